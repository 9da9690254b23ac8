"""Loops and conditions typed within the paragraph or row that they repeat, and page breaks between turns."""

from collections.abc import Iterator
from copy import deepcopy
from functools import partial

from docgen.base.locale import translate as _
from docgen.base.wordprocessing import Element, own_texts, w
from docgen.errors import Place, Problem
from docgen.template.tags.marks import (
    Mark,
    Preparation,
    add_after,
    lift_line,
    marks_of,
    properties_of,
    put_in,
    take_out,
)

_OPENERS = ("if", "for")


def prepare_rows(root: Element, preparation: Preparation) -> None:
    """Remove pairs of ``{%tr`` tags in the same row; their code goes around the row later."""
    for row in root.iter(w("tr")):
        own = (paragraph for paragraph in row.iter(w("p")) if next(paragraph.iterancestors(w("tr"))) is row)
        marks = [mark for paragraph in own for mark in marks_of(paragraph) if mark.takes == "tr"]
        if _is_pair(marks):
            take_out(marks)
            preparation.then(partial(lift_line, row, row))
            preparation.before(row, _code(marks[0]))
            preparation.after(row, "{% end" + marks[0].name + " %}")


def prepare_paragraphs(root: Element, preparation: Preparation) -> None:
    """Remove pairs of ``{%p`` tags in the same paragraph; their code goes around the paragraph later."""
    for paragraph in root.iter(w("p")):
        marks = [mark for mark in marks_of(paragraph) if mark.takes == "p"]
        if _is_pair(marks) and _stands_around(marks, own_texts(paragraph)):
            take_out(marks)
            _around(paragraph, marks[0], preparation)


def _is_pair(marks: list[Mark]) -> bool:
    return len(marks) == 2 and marks[0].name in _OPENERS and marks[1].name == f"end{marks[0].name}"


def _stands_around(marks: list[Mark], texts: list[Element]) -> bool:
    """Whether there is no text outside of the two tags."""
    before = _joined(texts[: texts.index(marks[0].text)]) + (marks[0].text.text or "")[: marks[0].start]
    after = (marks[1].text.text or "")[marks[1].stop :] + _joined(texts[texts.index(marks[1].text) + 1 :])
    return not before.strip() and not after.strip()


def _joined(texts: list[Element]) -> str:
    return "".join(text.text or "" for text in texts)


def _code(mark: Mark) -> str:
    return "{% " + f"{mark.name} {mark.rest}" + " %}"


def _around(paragraph: Element, opening: Mark, preparation: Preparation) -> None:
    preparation.before(paragraph, _code(opening))
    preparation.after(paragraph, "{% end" + opening.name + " %}")
    cell = paragraph.getparent()
    if cell is not None and cell.tag == w("tc") and len(cell.findall(w("p"))) == 1:
        # A cell must keep a paragraph.
        preparation.then(lambda: add_after(paragraph, empty_like(paragraph)))
        preparation.after(paragraph, "{% else %}")


def empty_like(paragraph: Element) -> Element:
    """A copy of a paragraph without content."""
    empty = deepcopy(paragraph)
    empty.tail = None
    for inner in list(empty):
        if inner.tag != w("pPr"):
            empty.remove(inner)
    properties = empty.find(w("pPr"))
    section = properties.find(w("sectPr")) if properties is not None else None
    if properties is not None and section is not None:
        properties.remove(section)
    return empty


BREAK_TAG = "ngat_trang"


def prepare_breaks(root: Element, preparation: Preparation) -> Iterator[Problem]:
    """Turn each tag into the property pageBreakBefore of its paragraph; yield problems for misplaced tags."""
    depth, number = 0, 0
    for paragraph in root.iter(w("p")):
        found = []
        for mark in marks_of(paragraph):
            depth += {"for": 1, "endfor": -1}.get(mark.name, 0)
            if mark.name == BREAK_TAG:
                found.append((mark, depth))
        if not found:
            continue
        take_out([mark for mark, _depth in found])
        problem = _fault(paragraph, [mark.takes for mark, _depth in found], found[0][1], preparation.place(paragraph))
        if problem is not None:
            yield problem
            continue
        number += 1
        setting = put_in(properties_of(paragraph), "pageBreakBefore")
        setting.set(w("val"), preparation.splice("{{ loop|_page_break('" + str(number) + "') }}"))


def _fault(paragraph: Element, takes: list[str], depth: int, where: Place) -> Problem | None:
    if any(takes):
        message = _("“ngat_trang” không đứng riêng một đoạn hay một hàng")
        return Problem("template.page-break", message, _("gõ {% ngat_trang %} vào đoạn đầu của mỗi lượt lặp"), where)
    if depth < 1:
        message = _("{% ngat_trang %} không nằm trong vòng lặp nào")
        hint = _("dùng trong vòng lặp; chỗ khác thì chọn “Page break before” của đoạn trong Word")
        return Problem("template.page-break", message, hint, where)
    if next(paragraph.iterancestors(w("tbl")), None) is not None:
        message = _("{% ngat_trang %} nằm trong bảng")
        return Problem("template.page-break", message, _("đặt vào một đoạn ở ngoài bảng, ngay trước bảng"), where)
    return None
