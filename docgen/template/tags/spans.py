"""Cells joined to the one at their left: ``{% gop_trai %}`` typed in a cell that is otherwise empty.

In the template the row keeps a cell for each column, so that whoever deletes or moves a column in Word or LibreOffice
deletes one cell of every row; LibreOffice takes the whole of a merged cell, and with it all columns below, along. The
cells are joined once, when the part is compiled.
"""

from collections.abc import Callable, Iterator

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem
from docgen.template.language.xml import Element, child, text_of, value, w, whole_number
from docgen.template.tags.marks import Mark, Pending, marks_of, properties_of, put_in, take_out

TAG = "gop_trai"


def prepare_spans(root: Element, pending: Pending, place: Callable[[Element], Place]) -> Iterator[Problem]:
    """Join each marked cell to the one at its left; what can't be is returned."""
    joined: set[Element] = set()
    for paragraph in root.iter(w("p")):
        marks = [mark for mark in marks_of(paragraph) if mark.name == TAG]
        if not marks:
            continue
        take_out(marks)
        cell = paragraph.getparent()
        left = _left_of(cell, joined)
        if cell is None or left is None or any(mark.takes for mark in marks) or not _is_empty(cell):
            yield _fault(cell, marks, place(paragraph))
            continue
        joined.add(cell)
        _widen(left, cell)
        pending.then(lambda cell=cell: _take_away(cell))  # type: ignore[misc]


def _left_of(cell: Element | None, joined: set[Element]) -> Element | None:
    """The nearest cell to the left that isn't itself joined to another; None where there is none."""
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
    """Take a cell out; the line of its paragraph stays, so that what follows keeps its place in messages."""
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
