"""Merges cells: down a column while their values are equal (``vm``), or into the cell at the left (``gop_trai``)."""

from collections.abc import Iterator

from docgen.base.locale import translate as _
from docgen.base.wordprocessing import Element, child, text_of, value, w, whole_number
from docgen.errors import Place, Problem
from docgen.template.tags.blocks import empty_like
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

MERGE_TAG = "vm"


def prepare_merges(root: Element, preparation: Preparation) -> Iterator[Problem]:
    """Turn each tag ``vm`` into a vMerge of its cell; yield problems for tags outside of tables."""
    columns: dict[Element, dict[str, set[Element]]] = {}
    for paragraph in root.iter(w("p")):
        marks = [mark for mark in marks_of(paragraph) if mark.name == MERGE_TAG and not mark.takes]
        if not marks:
            continue
        take_out(marks)
        cell = next(paragraph.iterancestors(w("tc")), None)
        row = cell.getparent() if cell is not None else None
        if cell is None or row is None or row.tag != w("tr"):
            message = _("{% vm %} không nằm trong ô của bảng")
            yield Problem(
                "template.merge", message, _("gõ vào ô cần gộp, trong hàng được lặp"), preparation.place(paragraph)
            )
            continue
        table = next(row.iterancestors(w("tbl")))
        key = f"{_position(root, table)}.{_column(cell)}"
        columns.setdefault(table, {}).setdefault(key, set()).add(row)
        _merge(cell, marks[0], key, preparation)
        _add_stand_in(cell, paragraph, key, preparation)
    for table, keys in columns.items():
        _end_elsewhere(table, keys, preparation)


def _position(root: Element, table: Element) -> int:
    return next(number for number, one in enumerate(root.iter(w("tbl"))) if one is table)


def _column(cell: Element) -> int:
    """The column of the table's grid that a cell begins in."""
    before = cell.itersiblings(w("tc"), preceding=True)
    row = cell.getparent()
    skipped = whole_number(value(row, "trPr", "gridBefore"))
    return skipped + sum(whole_number(value(one, "tcPr", "gridSpan")) or 1 for one in before)


def _merge(cell: Element, mark: Mark, key: str, preparation: Preparation) -> None:
    code = f"({mark.rest})|_merge('{key}')" if mark.rest else f"''|_merge('{key}', loop.first)"
    properties = properties_of(cell)
    preparation.then(lambda: lift_line(cell, properties))
    put_in(properties, "vMerge").set(w("val"), preparation.splice("{{ " + code + " }}"))


def _add_stand_in(cell: Element, paragraph: Element, key: str, preparation: Preparation) -> None:
    """Add code that replaces the content of a cell that continues the one above by an empty paragraph."""
    blocks = [block for block in cell if block.tag != w("tcPr")]
    preparation.before(blocks[0], "{% filter _unless_merged('" + key + "') %}")
    # Code right after the same element is added in reverse order.
    preparation.after(blocks[-1], "{% endif %}")
    preparation.then(lambda: add_after(blocks[-1], empty_like(paragraph)))
    preparation.after(blocks[-1], "{% endfilter %}{% if '" + key + "'|_is_merged %}")


def _end_elsewhere(table: Element, keys: dict[str, set[Element]], preparation: Preparation) -> None:
    """Add code that ends the merging at the beginning of the table, and at rows without a tag in that column."""
    rows = [row for row in table.iter(w("tr")) if next(row.iterancestors(w("tbl"))) is table]
    for row in rows:
        if row is not rows[0] and any("{%tr" in text_of(paragraph) for paragraph in row.iter(w("p"))):
            continue  # the row is dropped with its tag
        for key in [key for key, merged in keys.items() if row is rows[0] or row not in merged]:
            preparation.before(row, "{{ '" + key + "'|_end_merge }}")


SPAN_TAG = "gop_trai"


def prepare_spans(root: Element, preparation: Preparation) -> Iterator[Problem]:
    """Merge each cell with a tag ``gop_trai`` into the one at its left; yield problems for misplaced tags."""
    joined: set[Element] = set()
    for paragraph in root.iter(w("p")):
        marks = [mark for mark in marks_of(paragraph) if mark.name == SPAN_TAG]
        if not marks:
            continue
        take_out(marks)
        cell = paragraph.getparent()
        left = _left_of(cell, joined)
        if cell is None or left is None or any(mark.takes for mark in marks) or not _is_empty(cell):
            yield _fault(cell, marks, preparation.place(paragraph))
            continue
        joined.add(cell)
        _widen(left, cell)
        preparation.then(lambda cell=cell: _take_away(cell))  # type: ignore[misc]


def _left_of(cell: Element | None, joined: set[Element]) -> Element | None:
    """The nearest cell to the left that isn't merged into another, or None."""
    if cell is None or cell.tag != w("tc"):
        return None
    return next((one for one in cell.itersiblings(w("tc"), preceding=True) if one not in joined), None)


def _is_empty(cell: Element) -> bool:
    blocks = [block for block in cell if block.tag != w("tcPr")]
    return len(blocks) == 1 and not text_of(blocks[0]).strip()


def _widen(left: Element, cell: Element) -> None:
    """Give the left cell the width and the columns of both."""
    columns = sum(whole_number(value(one, "tcPr", "gridSpan")) or 1 for one in (left, cell))
    put_in(properties_of(left), "gridSpan").set(w("val"), str(columns))
    widths = [child(one, "tcPr", "tcW") for one in (left, cell)]
    if all(width is not None and width.get(w("type"), "dxa") == "dxa" for width in widths):
        total = sum(whole_number(value(one, "tcPr", "tcW", attribute="w")) for one in (left, cell))
        put_in(properties_of(left), "tcW").set(w("w"), str(total))


def _take_away(cell: Element) -> None:
    """Remove a cell but keep the line break of its paragraph, so that the lines after it keep their numbers."""
    row, before = cell.getparent(), cell.getprevious()
    if row is None or before is None:
        return
    before.tail = (before.tail or "") + "\n" + (cell.tail or "")
    row.remove(cell)


def _fault(cell: Element | None, marks: list[Mark], place: Place) -> Problem:
    message, hint = _("{% gop_trai %} không nằm trong ô của bảng"), _("gõ vào ô cần gộp với ô bên trái")
    if any(mark.takes for mark in marks):
        message, hint = _("“gop_trai” không đứng riêng một đoạn hay một hàng"), _("gõ {% gop_trai %} vào ô cần gộp")
    elif cell is not None and cell.tag == w("tc"):
        message = _("{% gop_trai %} nằm ở ô đầu hàng, bên trái không có ô nào")
        hint = _("chuyển thẻ sang ô bên phải, hoặc xóa")
        if not _is_empty(cell):
            message = _("ô có {% gop_trai %} phải trống, nội dung trong ô sẽ mất")
            hint = _("chuyển nội dung sang ô bên trái, hoặc xóa thẻ")
    return Problem("template.span", message, hint, place)
