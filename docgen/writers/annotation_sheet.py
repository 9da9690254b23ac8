"""The first sheet of an annotated copy: every problem in a row with a link to its cell; and how to take it out again.

Objects of openpyxl go in untyped: it has no type hints, and is imported only where a copy is made, for its 140 ms.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from docgen.base.locale import translate as _
from docgen.base.ooxml import parse_xml
from docgen.errors import Problem, Severity

#: Who our comments are by: by this they are known again.
AUTHOR = "docgen"
COLOURS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.INFO: "FFDDEBF7"}
#: By these an earlier run is known again, so they are the same in every language.
_CAPTION = "docgen: các chỗ cần sửa trong tệp này"
_HEADING_ROW, _WIDTHS = 4, (12, 24, 9, 60, 60)
#: The hidden columns in which a cell's own fill and place wait until its annotation is taken off.
_PLACE_COLUMN, _FILL_COLUMN = 7, 8
_LONGEST = 32_000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_OWN_REMARK = "\n\n— Ghi chú có sẵn trong ô:\n"


def sheet_title() -> str:
    """The title of the list of problems."""
    return _("Lỗi cần sửa")


def printable(text: str) -> str:
    """A text as a cell and a comment can hold it."""
    return _UNPRINTABLE.sub("\ufffd", text)[:_LONGEST]


def write_list(book: Any, problems: Sequence[Problem], spots: Mapping[int, tuple[str, str]], fills: list[Any]) -> None:
    """Put the list before all sheets.

    ``spots`` are, by number of the problem, the sheet's title and the cell that was annotated; ``fills`` their own
    fills before that, as (sheet's title, cell, fill).
    """
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # type: ignore[import-untyped]

    page = book.create_sheet(_free_title(book), 0)
    wrapped = Alignment(vertical="top", wrap_text=True)
    line = Side(style="thin", color="FFA6A6A6")
    border = Border(left=line, right=line, top=line, bottom=line)
    plain, bold = Font(name="Times New Roman", size=11), Font(name="Times New Roman", size=11, bold=True)
    link = Font(name="Times New Roman", size=11, underline="single", color="FF0563C1")
    _head(page, problems, bold, plain)
    heading = PatternFill("solid", fgColor="FFBDD7EE")
    headings = (_("Mức độ"), _("Trang tính"), _("Ô"), _("Sai ở đâu"), _("Cách sửa"))
    for column, text in enumerate(headings, 1):
        cell = page.cell(_HEADING_ROW, column, text)
        cell.font, cell.fill, cell.border = bold, heading, border
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row, (index, problem) in enumerate(enumerate(problems), _HEADING_ROW + 1):
        sheet, where = spots.get(index, (problem.place.sheet or str(problem.place), problem.place.cell or ""))
        for column, text in enumerate((problem.severity.label, sheet, where, problem.message, problem.hint), 1):
            cell = page.cell(row, column)
            _put_text(cell, text)
            cell.font, cell.border, cell.alignment = plain, border, wrapped
        page.cell(row, 1).fill = PatternFill("solid", fgColor=COLOURS[problem.severity])
        page.row_dimensions[row].height = _height(problem)
        if index in spots:
            _link(page.cell(row, 3), sheet, where, link)
    _remember(page, fills)
    _lay_out(page)


def _head(page: Any, problems: Sequence[Problem], bold: Any, plain: Any) -> None:
    counts = {severity: sum(one.severity is severity for one in problems) for severity in Severity}
    said = ", ".join(f"{n} {severity.label}" for severity, n in counts.items() if n)
    page["A1"], page["A1"].font = _CAPTION, bold
    page["A2"] = _("{counts}. Bấm vào tên ô để đến chỗ sai; sửa xong, lưu tệp rồi chạy lại docgen.").format(counts=said)
    page["A2"].font = plain


def _put_text(cell: Any, text: str) -> None:
    """Text as text, whatever it begins with."""
    cell.value = printable(text)
    if text.startswith(("=", "+", "-", "@")):
        cell.data_type, cell.quotePrefix = "s", 1


def _link(cell: Any, sheet: str, where: str, font: Any) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped]

    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{where}", display=where)
    cell.font = font


def _height(problem: Problem) -> float:
    """In points: not every program finds it itself."""
    lines = [sum(-(-max(len(part), 1) // 75) for part in text.split("\n")) for text in (problem.message, problem.hint)]
    return float(min(15 * max(*lines, 1) + 3, 409))


def _remember(page: Any, fills: list[Any]) -> None:
    for row, (sheet, where, fill) in enumerate(fills, _HEADING_ROW + 1):
        page.cell(row, _PLACE_COLUMN, f"{where} {sheet}").data_type = "s"
        page.cell(row, _FILL_COLUMN, etree.tostring(fill.to_tree(), encoding="unicode")).data_type = "s"
    for letter in ("G", "H"):
        page.column_dimensions[letter].hidden = True


def _lay_out(page: Any) -> None:
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = f"A{_HEADING_ROW + 1}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    page.print_area = f"A1:E{max(page.max_row, _HEADING_ROW)}"


def _free_title(book: Any) -> str:
    title, number = sheet_title(), 1
    while title.casefold() in {name.casefold() for name in book.sheetnames}:
        number += 1
        title = f"{sheet_title()} ({number})"
    return title


def remark(text: str, there: Any) -> str:
    """The text of a comment: ours, and below it what a person had written there."""
    return printable(text) + (f"{_OWN_REMARK}{there.text}" if there is not None else "")


def remove_annotations(book: Any) -> None:
    """Take out the list, the comments and the colours of an earlier run."""
    from openpyxl.comments import Comment  # type: ignore[import-untyped]

    for page in book.worksheets:
        for cell in [cell for cell in list(page._cells.values()) if cell.comment is not None]:
            if cell.comment.author == AUTHOR:
                _ours, mark, own = cell.comment.text.partition(_OWN_REMARK)
                cell.comment = Comment(own, "") if mark else None
    for page in [page for page in book.worksheets if page["A1"].value == _CAPTION]:
        for row in range(_HEADING_ROW + 1, page.max_row + 1):
            _restore(book, page.cell(row, _PLACE_COLUMN).value, page.cell(row, _FILL_COLUMN).value)
        book.remove(page)


def _restore(book: Any, place: object, fill: object) -> None:
    """Give a cell its own fill back; whatever a person did to the list is no reason to fail."""
    from openpyxl.styles.fills import Fill  # type: ignore[import-untyped]
    from openpyxl.utils.cell import coordinate_from_string  # type: ignore[import-untyped]

    where, _blank, sheet = str(place or "").partition(" ")
    if sheet not in book.sheetnames or not hasattr(book[sheet], "cell"):
        return
    try:
        coordinate_from_string(where)
        own = Fill.from_tree(parse_xml(str(fill or "")))
        cell = book[sheet][where]
        if getattr(cell.fill.fgColor, "rgb", None) in COLOURS.values():
            cell.fill = own
    except (etree.XMLSyntaxError, ValueError, TypeError, AttributeError, KeyError):
        return


def same_title(one: str, other: str) -> bool:
    """Whether two titles name one sheet."""
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
