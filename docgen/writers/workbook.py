"""Sheets in, the bytes of an .xlsx out: formulas stored with their values, text always text, same sheets same bytes."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from docgen.base.sheets import FIRST_ROW, HEADING_ROW, Cell, Column, Line, Sheet, address
from docgen.writers.spreadsheet import (
    CELL,
    FONT,
    QUOTED,
    SIGNS,
    STYLES,
    Formats,
    height,
    hide_point,
    sealed_workbook,
    set_paper,
    write_cell,
)

_KINDS: Mapping[str, Mapping[str, object]] = {
    "plain": {},
    "heading": {"bold": True, "bg_color": "#F2F2F2"},
    "detail": {"italic": True, "font_color": "#595959"},
    "total": {"bold": True, "bg_color": "#DDEBF7"},
}
_TITLE = {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#BDD7EE"}


def workbook_bytes(sheets: Sequence[Sheet], *, title: str, created: date, version: str) -> bytes:
    """The workbook, sealed like a document; ``created`` is the day that its properties state.

    Raises ValueError where a line hasn't one cell for each column, or a text is longer than a cell holds.
    """

    def fill(workbook: Workbook, formats: Formats) -> None:
        for sheet in sheets:
            _write_sheet(workbook.add_worksheet(sheet.title), sheet, formats)

    return sealed_workbook(fill, data=sheets, title=title, created=created, version=version)


def _write_sheet(page: Worksheet, sheet: Sheet, formats: Formats) -> None:
    last = len(sheet.columns) - 1
    end = FIRST_ROW + len(sheet.lines) - 1
    _set_page(page, last, end)
    page.write_string(0, 0, sheet.caption, formats.of(FONT, {"bold": True, "font_size": 13}))
    page.write_string(1, 0, sheet.note, formats.of(FONT, {"italic": True}))
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width)
        page.write_string(HEADING_ROW - 1, index, column.heading, formats.of(CELL, _TITLE))
    for row, line in enumerate(sheet.lines, FIRST_ROW - 1):
        _write_line(page, row, line, sheet.columns, formats)
    _set_rows(page, sheet)
    if not sheet.lines:
        return
    page.ignore_errors({"number_stored_as_text": f"A1:{address(last, end)}"})
    if sheet.filtered:
        page.autofilter(HEADING_ROW - 1, 0, end - 1, last)
    for index, column in enumerate(sheet.columns):
        if column.style == "amount":
            hide_point(page, formats, index, [(FIRST_ROW, end)])


def _set_page(page: Worksheet, last: int, end: int) -> None:
    set_paper(page, left=2, right=1.5, repeated=HEADING_ROW)
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
    pairs = zip(cells, columns, strict=True)
    return height((cell, column.width) for cell, column in pairs if isinstance(cell, str))


def _write_line(page: Worksheet, row: int, line: Line, columns: Sequence[Column], formats: Formats) -> None:
    for index, (cell, column) in enumerate(zip(line.cells, columns, strict=True)):
        quoted = QUOTED if isinstance(cell, str) and cell.startswith(SIGNS) else {}
        write_cell(page, row, index, cell, formats.of(CELL, STYLES[column.style], _KINDS[line.kind], quoted))
