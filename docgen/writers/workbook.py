"""Writing of tables as .xlsx: texts stay texts, formulas have their values, equal sheets give equal bytes."""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import pairwise

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from docgen.base.ooxml import Entry, read_entries
from docgen.base.sheets import FIRST_ROW, HEADING_ROW, Cell, Column, Formula, Line, Sheet, address
from docgen.writers.seal import VERSION, seal

#: The height of a line of text and of Excel's highest row, in points.
LINE = 15
HIGHEST = 409
#: The most characters of a cell, in UTF-16 units.
LONGEST = 32767
#: First characters of texts that Excel takes for formulas once somebody edits the cell.
SIGNS = ("=", "+", "-", "@")
FONT: Mapping[str, object] = {"font_name": "Times New Roman", "font_size": 11}
CELL: Mapping[str, object] = {**FONT, "border": 1, "valign": "top", "text_wrap": True}
STYLES: Mapping[str, Mapping[str, object]] = {
    "text": {},
    "centred": {"align": "center"},
    # "#,##0.###" would print 20 as "20."; a rule (hide_point) takes the mark from whole numbers.
    "amount": {"num_format": "#,##0.#########"},
    "percent": {"num_format": "0.0"},
    "date": {"num_format": "dd/mm/yyyy", "align": "center"},
}
QUOTED: Mapping[str, object] = {"quote_prefix": True}
_A4 = 9
_INCH = 2.54
#: The width of a blank and of narrow letters, in digits.
_SPACE = 0.6
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}


@dataclass
class Formats:
    """The formats of one workbook, each made once."""

    workbook: Workbook
    made: dict[frozenset[tuple[str, object]], Format] = field(default_factory=dict)

    def of(self, *parts: Mapping[str, object]) -> Format:
        """The format with all these properties; later ones win."""
        properties = {name: value for part in parts for name, value in part.items()}
        key = frozenset(properties.items())
        if key not in self.made:
            self.made[key] = self.workbook.add_format(properties)
        return self.made[key]


def sealed_workbook(
    fill: Callable[[Workbook, Formats], None],
    *,
    data: object,
    title: str,
    created: date,
    version: str,
    mend: Callable[[list[Entry]], Iterable[Entry]] = list,
) -> bytes:
    """The bytes of the workbook that ``fill`` writes, sealed with the hash of ``data``.

    ``mend`` changes its parts before they are sealed.
    """
    content = BytesIO()
    workbook = Workbook(content, _OPTIONS)
    workbook.set_properties({"title": title, "created": datetime(created.year, created.month, created.day)})
    workbook.set_custom_property(VERSION, version)  # this part is replaced by the seal's
    fill(workbook, Formats(workbook))
    workbook.close()
    digest = hashlib.sha256(repr(data).encode()).hexdigest()
    return seal(mend(read_entries(content.getvalue())), template="xlsx", data=digest, version=version)


def set_paper(page: Worksheet, *, left: float, right: float, repeated: int, wide: int = 1) -> None:
    """Set numbered pages of A4 landscape, with margins in cm and row ``repeated`` (from 1) on each page.

    The sheet is made smaller to be ``wide`` pages wide; 0 leaves its size.
    """
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=left / _INCH, right=right / _INCH, top=2 / _INCH, bottom=2 / _INCH)
    if wide:
        page.fit_to_pages(wide, 0)
    page.set_footer('&C&"Times New Roman,Regular"&10&P/&N')
    page.repeat_rows(repeated - 1)


def lines_of(text: str, width: float) -> int:
    """The lines that a text takes in a column of a width in digits; not every program computes it."""
    return sum(_wrapped(part.split(" "), max(width, 1)) for part in text.split("\n"))


def _wrapped(words: Iterable[str], width: float) -> int:
    lines, used = 1, 0.0
    for word in words:
        needed = sum(map(_letter_width, word))
        if used and used + needed > width:
            lines, used = lines + 1, 0.0
        if needed > width:
            lines += int(needed / width)
            needed %= width
        used += needed + _SPACE
    return lines


@cache
def _letter_width(letter: str) -> float:
    """The width of a letter of Times New Roman in digits of Excel's default font; a little generous."""
    base = unicodedata.normalize("NFD", letter)[0]
    if base in "iljt.,;:'!|":
        return _SPACE
    if base in "frsI()-/“”":
        return 0.8
    if base in "mwMW%…":
        return 1.75
    return 1.4 if base.isupper() else 1.05


def height(texts: Iterable[tuple[str, float]]) -> float:
    """The height in points of a row with these texts, each with the width of its column in digits."""
    return min(LINE * max((lines_of(text, width) for text, width in texts), default=1), HIGHEST)


def hide_point(page: Worksheet, formats: Formats, column: int, runs: Sequence[tuple[int, int]]) -> None:
    """Hide the decimal mark of whole amounts of a column, in runs of rows (from 1)."""
    first = runs[0][0]
    top = address(column, first)
    rule = {
        "type": "formula",
        "criteria": f"=ABS({top}-ROUND({top},0))<0.0000000001",
        "format": formats.of({"num_format": "#,##0"}),
    }
    if len(runs) > 1:
        rule["multi_range"] = " ".join(f"{address(column, start)}:{address(column, end)}" for start, end in runs)
    page.conditional_format(first - 1, column, runs[-1][1] - 1, column, rule)


def write_cell(page: Worksheet, row: int, column: int, cell: Cell, shown: Format) -> None:
    """Write a value by its type; row and column from 0.

    Raises ValueError, naming sheet and cell, where a sheet can't hold it.
    """
    match cell:
        case Formula(text, value):
            stored = value if isinstance(value, str) else _number(value)
            done = page.write_formula(row, column, f"={text}", shown, stored)
        case None | "":
            done = page.write_blank(row, column, None, shown)
        case str():
            long = len(cell.encode("utf-16-le")) // 2 > LONGEST
            done = -1 if long else page.write_string(row, column, cell, shown)
        case date():
            done = page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), shown)
        case _:
            done = page.write_number(row, column, _number(cell), shown)
    if done != 0:
        raise ValueError(f"cell {address(column, row + 1)} of “{page.get_name()}” can't hold {str(cell)[:40]!r}")


def _number(value: Decimal | int) -> int | float:
    """A number as Excel stores it, in 15 digits."""
    return int(value) if value == int(value) else float(value)


_KINDS: Mapping[str, Mapping[str, object]] = {
    "plain": {},
    "heading": {"bold": True, "bg_color": "#F2F2F2"},
    "detail": {"italic": True, "font_color": "#595959"},
    "total": {"bold": True, "bg_color": "#DDEBF7"},
}
_TITLE = {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#BDD7EE"}


def workbook_bytes(sheets: Sequence[Sheet], *, title: str, created: date, version: str) -> bytes:
    """The workbook, sealed like a document; ``created`` is the day in its properties.

    Raises ValueError where a line hasn't one cell for each column, or a text is too long for a cell.
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
    page.outline_settings(True, False, True, False)  # the "+" is at the summary line, above its details


def _set_rows(page: Worksheet, sheet: Sheet) -> None:
    """Fit rows to their text, and hide the details below a "+" at the line above."""
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
