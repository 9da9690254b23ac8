"""Sheets in, the bytes of an .xlsx out: formulas stored with their values, text always text, same sheets same bytes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from textwrap import wrap

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from docgen.output.provenance import VERSION
from docgen.output.seal import seal
from docgen.package import read_entries
from docgen.tables import FIRST_ROW, HEADING_ROW, Cell, Column, Formula, Line, Sheet, address

_A4 = 9
_INCH = 2.54
_LINE = 15
_HIGHEST = 409
#: What would make Excel take a text for a formula once somebody edits the cell.
_SIGNS = ("=", "+", "-", "@")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}
_FONT = {"font_name": "Times New Roman", "font_size": 11}
_CELL = {**_FONT, "border": 1, "valign": "top", "text_wrap": True}
_STYLES = {
    "text": {},
    "centred": {"align": "center"},
    # "#,##0.###" would print 20 as "20."; a rule below takes the mark from whole numbers.
    "amount": {"num_format": "#,##0.#########"},
    "percent": {"num_format": "0.0"},
    "date": {"num_format": "dd/mm/yyyy", "align": "center"},
}
_KINDS = {
    "plain": {},
    "heading": {"bold": True, "bg_color": "#F2F2F2"},
    "detail": {"italic": True, "font_color": "#595959"},
    "total": {"bold": True, "bg_color": "#DDEBF7"},
    "title": {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#BDD7EE"},
}


def workbook_bytes(sheets: Sequence[Sheet], *, title: str, created: date, version: str) -> bytes:
    """The workbook, sealed like a document; ``created`` is the day that its properties state.

    Raises ValueError where a line hasn't one cell for each column, or a text is longer than a cell holds.
    """
    content = BytesIO()
    workbook = Workbook(content, _OPTIONS)
    workbook.set_properties({"title": title, "created": datetime(created.year, created.month, created.day)})
    workbook.set_custom_property(VERSION, version)  # the seal's own take the place of this part
    formats = _Formats(workbook)
    for sheet in sheets:
        _write_sheet(workbook.add_worksheet(sheet.title), sheet, formats)
    workbook.close()
    data = hashlib.sha256(repr(sheets).encode()).hexdigest()
    return seal(read_entries(content.getvalue()), template="xlsx", data=data, version=version)


@dataclass
class _Formats:
    """The formats of one workbook, each made once."""

    workbook: Workbook
    made: dict[tuple[str, str, bool], Format] = field(default_factory=dict)

    def cell(self, style: str, kind: str, *, quoted: bool = False) -> Format:
        key = (style, kind, quoted)
        if key not in self.made:
            quote = {"quote_prefix": True} if quoted else {}
            self.made[key] = self.workbook.add_format({**_CELL, **_STYLES[style], **_KINDS[kind], **quote})
        return self.made[key]

    def free(self, **properties: object) -> Format:
        return self.workbook.add_format({**_FONT, **properties})


def _write_sheet(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    last = len(sheet.columns) - 1
    end = FIRST_ROW + len(sheet.lines) - 1
    _set_page(page, last, end)
    page.write_string(0, 0, sheet.caption, formats.free(bold=True, font_size=13))
    page.write_string(1, 0, sheet.note, formats.free(italic=True))
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width)
        page.write_string(HEADING_ROW - 1, index, column.heading, formats.cell("text", "title"))
    for row, line in enumerate(sheet.lines, FIRST_ROW - 1):
        _write_line(page, row, line, sheet.columns, formats)
    _set_rows(page, sheet)
    if not sheet.lines:
        return
    page.ignore_errors({"number_stored_as_text": f"A1:{address(last, end)}"})
    if sheet.filtered:
        page.autofilter(HEADING_ROW - 1, 0, end - 1, last)
    whole = formats.workbook.add_format({"num_format": "#,##0"})
    for index, column in enumerate(sheet.columns):
        if column.style == "amount":
            top = address(index, FIRST_ROW)
            rule = {"type": "formula", "criteria": f"=ABS({top}-ROUND({top},0))<0.0000000001", "format": whole}
            page.conditional_format(FIRST_ROW - 1, index, end - 1, index, rule)


def _set_page(page: Worksheet, last: int, end: int) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=2 / _INCH, right=1.5 / _INCH, top=2 / _INCH, bottom=2 / _INCH)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P/&N")
    page.repeat_rows(HEADING_ROW - 1)
    page.print_area(0, 0, max(end, HEADING_ROW) - 1, last)
    page.freeze_panes(HEADING_ROW, 0)
    page.outline_settings(True, False, True, False)  # a "+" stands at the line that sums up, above its details


def _set_rows(page: Worksheet, sheet: Sheet) -> None:
    """Make rows as high as their text, and hide the details; a "+" beside the line above shows them again."""
    page.set_row(HEADING_ROW - 1, _height([column.heading for column in sheet.columns], sheet.columns))
    for row, (line, following) in enumerate(pairwise([*sheet.lines, Line(())]), FIRST_ROW - 1):
        options: dict[str, object] = {}
        if line.kind == "detail":
            options = {"level": 1, "hidden": True}
        elif following.kind == "detail":
            options = {"collapsed": True}
        page.set_row(row, _height(line.cells, sheet.columns), None, options)


def _height(cells: Sequence[Cell], columns: Sequence[Column]) -> float:
    """The height in points; not every program finds it itself. A column's width is counted in digits."""
    rows = [
        sum(len(wrap(text, int(column.width))) or 1 for text in cell.split("\n"))
        for cell, column in zip(cells, columns, strict=True)
        if isinstance(cell, str)
    ]
    return min(_LINE * max(rows, default=1), _HIGHEST)


def _write_line(page: Worksheet, row: int, line: Line, columns: Sequence[Column], formats: _Formats) -> None:
    for index, (cell, column) in enumerate(zip(line.cells, columns, strict=True)):
        quoted = isinstance(cell, str) and cell.startswith(_SIGNS)
        _write_cell(page, row, index, cell, formats.cell(column.style, line.kind, quoted=quoted))


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, shown: Format) -> None:
    match cell:
        case Formula(text, value):
            stored = value if isinstance(value, str) else _number(value)
            done = page.write_formula(row, column, f"={text}", shown, stored)
        case None | "":
            done = page.write_blank(row, column, None, shown)
        case str():
            done = page.write_string(row, column, cell, shown)
        case date():
            done = page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), shown)
        case _:
            done = page.write_number(row, column, _number(cell), shown)
    if done != 0:
        raise ValueError(f"cell {address(column, row + 1)} of “{page.get_name()}” can't hold {str(cell)[:40]!r}")


def _number(value: Decimal | int) -> int | float:
    """As Excel holds it, in 15 digits."""
    return int(value) if value == int(value) else float(value)
