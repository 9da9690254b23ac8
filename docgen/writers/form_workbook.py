"""Writing of forms as .xlsx, with the heights, widths and colours that all forms share.

The rows above the headings are fixed by :mod:`docgen.base.sheets`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil

from lxml import etree
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from docgen.base.ooxml import Entry as Part
from docgen.base.ooxml import make_entry, xml_bytes
from docgen.base.sheets import (
    FORM_EXAMPLE_ROW,
    FORM_FIRST_ROW,
    FORM_HEADING_ROW,
    FORM_SUM_ROW,
    Cell,
    Entry,
    FormColumn,
    FormLine,
    FormSheet,
    Formula,
    address,
)
from docgen.wording.dates import format_date
from docgen.wording.numbers import format_plain
from docgen.writers.form_rules import (
    FRAME_COLOUR,
    LAST_ROW,
    WordLists,
    framed_lines,
    runs_of,
    write_frame_rule,
    write_rules,
)
from docgen.writers.workbook import (
    CELL,
    FONT,
    HIGHEST,
    LINE,
    QUOTED,
    SIGNS,
    STYLES,
    Formats,
    height,
    hide_point,
    lines_of,
    sealed_workbook,
    set_paper,
    write_cell,
)

_Properties = Mapping[str, object]
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: The day from which Excel counts correctly; before it, it has a 29 February 1900.
_FIRST_DAY = date(1900, 3, 1)
_EXACT_DIGITS = 15
_HIGHEST_POWER = 300
#: Excel's format "@", which keeps texts as typed; Excel 2007 shows texts over 255 characters in it as ####.
_AS_TYPED: _Properties = {"num_format": 49}
_SHOWN_AS_TYPED = 255
#: The width of columns that fit on a page at full size.
_PAPER_WIDTH = 110
#: The width that fits on a page in letters of 6 points; wider sheets take several pages.
_LEGIBLE_WIDTH = 260
#: The widths in characters of a screen, and of the columns that may stay when the rest scrolls.
_READABLE = 120
_FROZEN = 40
#: The most points above the lines that may stay when the rest scrolls on a small screen.
_FROZEN_HEIGHT = 260
_GAP = 5
_CAPTION_HEIGHT = 24
#: The share of a column's width that counts for bold text.
_BOLD = 0.92
_MOST_PAGE_COLUMNS = 2

_INK = "#1F3864"
_CAPTION: _Properties = {**FONT, "bold": True, "font_size": 14, "font_color": _INK, "valign": "vcenter"}
_GUIDANCE: _Properties = {**FONT, "text_wrap": True, "valign": "top", "font_color": "#404040"}
_SUM_LABEL: _Properties = {**FONT, "bold": True, "indent": 1, "valign": "vcenter"}
_CELL: _Properties = {**CELL, "border_color": FRAME_COLOUR}
_FRAMELESS: _Properties = {name: value for name, value in CELL.items() if "border" not in name}
_SUM: _Properties = {**_CELL, "bold": True, "bg_color": "#DDEBF7", "valign": "vcenter"}
_EXAMPLE: _Properties = {
    **FONT,
    "italic": True,
    "font_size": 10,
    "font_color": "#7F7F7F",
    "text_wrap": True,
    "valign": "bottom",
}
_HEADING: _Properties = {**_CELL, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#BDD7EE"}
_REQUIRED: _Properties = {"bg_color": "#FCE4D6", "font_color": "#C00000"}
_OPEN: _Properties = {"locked": False}
_SHUT: _Properties = {"bg_color": "#F2F2F2"}
#: A heading line is one band, whose text runs on over the cells beside it.
_BAND: _Properties = {**FONT, "bold": True, "bg_color": "#DDEBF7", "top": 1, "bottom": 1, "valign": "vcenter"}
_PAGE_TEXT: _Properties = {**FONT, "text_wrap": True, "valign": "top"}
_PAGE_HEADING: _Properties = {
    **FONT,
    "bold": True,
    "font_size": 12,
    "font_color": _INK,
    "bottom": 1,
    "valign": "bottom",
}


def form_workbook_bytes(sheets: Sequence[FormSheet], *, title: str, created: date, version: str) -> bytes:
    """The workbook, sealed like a document; ``created`` is the day in its properties.

    Raises ValueError, naming sheet and cell, where a line hasn't one cell for each column or a cell can't hold its
    value, and where all sheets are hidden.
    """
    seen = [index for index, sheet in enumerate(sheets) if not sheet.hidden]
    if not seen:
        raise ValueError("a workbook needs a sheet that isn't hidden")

    def fill(workbook: Workbook, formats: Formats) -> None:
        lists = WordLists()
        for index, sheet in enumerate(sheets):
            page = workbook.add_worksheet(sheet.title)
            _write_sheet(page, sheet, formats, lists)
            if index == seen[0]:
                page.activate()
        lists.write(workbook)

    return sealed_workbook(fill, data=sheets, title=title, created=created, version=version, mend=_let_rows_grow)


def _write_sheet(page: Worksheet, sheet: FormSheet, formats: Formats, lists: WordLists) -> None:
    as_page = _reads_as_page(sheet)
    for index, column in enumerate(sheet.columns):
        keeps = _AS_TYPED if column.style == "text" else STYLES[column.style]
        page.set_column(index, index, column.width, None if as_page else formats.of(FONT, keeps))
    cells = [_cells_of(page, number, line, sheet) for number, line in enumerate(sheet.lines, FORM_FIRST_ROW)]
    heights = _write_top(page, sheet, formats, cells, as_page=as_page)
    framed = framed_lines(sheet, cells)
    for row, (line, entries) in enumerate(zip(sheet.lines, cells, strict=True), FORM_FIRST_ROW - 1):
        bare = row >= FORM_FIRST_ROW - 1 + framed
        _write_line(page, row, line, entries, sheet, formats, as_page=as_page, bare=bare)
    _write_spare(page, sheet, framed, formats)
    if not as_page:
        _write_column_rules(page, sheet, cells, formats, lists)
    _set_page(page, sheet, sum(heights), as_page=as_page)


def _reads_as_page(sheet: FormSheet) -> bool:
    """Whether a sheet is a text to read, such as the guide, rather than a table to fill in."""
    shut = all(column.locked for column in sheet.columns)
    return shut and len(sheet.columns) <= _MOST_PAGE_COLUMNS and not sheet.spare and not sheet.hidden


def _cells_of(page: Worksheet, row: int, line: FormLine, sheet: FormSheet) -> list[Entry]:
    if len(line.cells) != len(sheet.columns):
        raise ValueError(f"row {row} of “{page.get_name()}” hasn't one cell for each column")
    return [_resolved(cell, column) for cell, column in zip(line.cells, sheet.columns, strict=True)]


def _resolved(cell: Cell | Entry, column: FormColumn) -> Entry:
    """The cell with the defaults of its column, and its value as Excel stores it without loss."""
    entry = cell if isinstance(cell, Entry) else Entry(cell)
    style = entry.style or column.style
    locked = column.locked if entry.locked is None else entry.locked
    return Entry(_storable(entry.value, style), style, entry.choice or column.choice, locked)


def _storable(value: Cell, style: str) -> Cell:
    """The value, as text for numbers over 15 digits, dates that Excel counts wrongly, and dates in text cells."""
    if isinstance(value, date):
        return value if style == "date" and value >= _FIRST_DAY else format_date(value)
    if isinstance(value, Decimal | int):
        number = Decimal(value)
        digits = "".join(map(str, number.as_tuple().digits)).strip("0")
        exact = len(digits) <= _EXACT_DIGITS and abs(number.adjusted()) < _HIGHEST_POWER
        return value if exact else format_plain(value)
    return value


def _write_top(
    page: Worksheet, sheet: FormSheet, formats: Formats, cells: Sequence[Sequence[Entry]], *, as_page: bool
) -> list[float]:
    """Write the rows above the lines, and return their heights."""
    page.write_string(0, 0, sheet.caption, formats.of(_CAPTION))
    heights = [
        _CAPTION_HEIGHT,
        _write_guidance(page, sheet, formats),
        _write_sums(page, sheet, formats, cells),
        _write_examples(page, sheet, formats),
        _write_headings(page, sheet, formats, as_page=as_page),
    ]
    for row, points in enumerate(heights):
        page.set_row(row, points)
    return heights


def _write_guidance(page: Worksheet, sheet: FormSheet, formats: Formats) -> float:
    """Write the guidance over as many columns as a screen shows."""
    if not sheet.guidance:
        return _GAP
    last, width = 0, sheet.columns[0].width
    while last + 1 < len(sheet.columns) and width < _READABLE:
        last += 1
        width += sheet.columns[last].width
    shown = formats.of(_GUIDANCE, QUOTED if sheet.guidance.startswith(SIGNS) else {})
    if last:
        page.merge_range(1, 0, 1, last, "", shown)
    write_cell(page, 1, 0, sheet.guidance, shown)
    return min(LINE * lines_of(sheet.guidance, width) + _GAP, HIGHEST)


def _write_sums(page: Worksheet, sheet: FormSheet, formats: Formats, cells: Sequence[Sequence[Entry]]) -> float:
    """Write live sums above columns, also of lines typed below the form's last row."""
    row = FORM_SUM_ROW - 1
    summed = [index for index, column in enumerate(sheet.columns) if column.summed]
    if not summed:
        return _GAP
    last = LAST_ROW if sheet.spare else FORM_FIRST_ROW + max(len(cells), 1) - 1
    for index in summed:
        total = sum((_number_in(line[index]) for line in cells), Decimal(0))
        formula = Formula(f"SUM({address(index, FORM_FIRST_ROW)}:{address(index, last)})", total)
        write_cell(page, row, index, formula, formats.of(_SUM, STYLES[sheet.columns[index].style]))
        if sheet.columns[index].style == "amount":
            hide_point(page, formats, index, [(FORM_SUM_ROW, FORM_SUM_ROW)])
    beside = next(
        (index for index in range(summed[0] - 1, len(sheet.columns)) if index >= 0 and index not in summed), None
    )
    if beside is not None:
        align = {"align": "right" if beside < summed[0] else "left"}
        page.write_string(row, beside, "Tổng cộng", formats.of(_SUM_LABEL, align))
    return LINE + _GAP


def _number_in(entry: Entry) -> Decimal:
    value = entry.value.value if isinstance(entry.value, Formula) else entry.value
    return Decimal(value) if isinstance(value, Decimal | int) else Decimal(0)


def _write_examples(page: Worksheet, sheet: FormSheet, formats: Formats) -> float:
    row = FORM_EXAMPLE_ROW - 1
    texts = []
    for index, column in enumerate(sheet.columns):
        if column.example:
            text = f"VD: {column.example}"
            page.write_string(row, index, text, formats.of(_EXAMPLE))
            texts.append((text, column.width))
    return height(texts) if texts else _GAP


def _write_headings(page: Worksheet, sheet: FormSheet, formats: Formats, *, as_page: bool) -> float:
    row = FORM_HEADING_ROW - 1
    if as_page and not any(column.heading for column in sheet.columns):
        return _GAP
    texts = []
    for index, column in enumerate(sheet.columns):
        text = f"{column.heading} *" if column.required else column.heading
        page.write_string(row, index, text, formats.of(_HEADING, _REQUIRED if column.required else {}))
        texts.append((text, column.width * _BOLD))
    return height(texts) + _GAP


def _write_line(
    page: Worksheet,
    row: int,
    line: FormLine,
    entries: Sequence[Entry],
    sheet: FormSheet,
    formats: Formats,
    *,
    as_page: bool,
    bare: bool,
) -> None:
    alone = sum(entry.value not in (None, "") for entry in entries) <= 1
    for index, entry in enumerate(entries):
        shown: tuple[_Properties, ...]
        if line.kind == "heading":
            ends = {"left": int(index == 0), "right": int(index == len(entries) - 1)}
            wraps: _Properties = {} if alone else {"text_wrap": True}
            shown = (_PAGE_HEADING,) if as_page else (_BAND, ends, wraps)
        else:
            shown = (_PAGE_TEXT, STYLES[entry.style or "text"]) if as_page else _look(entry, sheet, bare=bare)
        quoted = QUOTED if isinstance(entry.value, str) and entry.value.startswith(SIGNS) else {}
        write_cell(page, row, index, entry.value, formats.of(*shown, quoted))
    page.set_row(row, _line_height(line, entries, sheet))


def _line_height(line: FormLine, entries: Sequence[Entry], sheet: FormSheet) -> float:
    texts = [
        (entry.value, column.width)
        for entry, column in zip(entries, sheet.columns, strict=True)
        if isinstance(entry.value, str) and entry.value
    ]
    if line.kind == "heading" and len(texts) == 1:
        return LINE + _GAP
    return height(texts)


def _look(entry: Entry, sheet: FormSheet, *, bare: bool = False) -> tuple[_Properties, ...]:
    """The format of a table's cell; a ``bare`` one has no frame yet."""
    style = entry.style or "text"
    typed = _AS_TYPED if style == "text" and len(str(entry.value or "")) <= _SHOWN_AS_TYPED else {}
    access = _SHUT if entry.locked and not bare else _OPEN if sheet.protected else {}
    return (_FRAMELESS if bare else _CELL, STYLES[style], typed, access)


def _write_spare(page: Worksheet, sheet: FormSheet, framed: int, formats: Formats) -> None:
    """Write the empty rows, and the rule that frames unframed ones when they are typed into."""
    start = len(sheet.lines)
    for number in range(start, start + sheet.spare):
        for index, column in enumerate(sheet.columns):
            look = _look(_resolved(None, column), sheet, bare=number >= framed)
            page.write_blank(FORM_FIRST_ROW - 1 + number, index, None, formats.of(*look))
    write_frame_rule(page, sheet, framed, formats)


def _write_column_rules(
    page: Worksheet, sheet: FormSheet, cells: Sequence[Sequence[Entry]], formats: Formats, lists: WordLists
) -> None:
    """Write drop-downs, hints and the rule for decimal marks of each column."""
    below = FORM_FIRST_ROW + len(cells)
    end = below + sheet.spare - 1
    plain = [(row, line) for row, line in enumerate(sheet.lines, FORM_FIRST_ROW) if line.kind == "plain"]
    for index, column in enumerate(sheet.columns):
        entries = {row: cells[row - FORM_FIRST_ROW][index] for row, _line in plain}
        spare = (below, _resolved(None, column)) if sheet.spare else None
        write_rules(page, index, entries, spare, lists)
        amounts = [row for row, entry in entries.items() if entry.style == "amount"]
        amounts += range(below, end + 1) if column.style == "amount" else []
        if amounts:
            hide_point(page, formats, index, runs_of(amounts))


def _set_page(page: Worksheet, sheet: FormSheet, top: float, *, as_page: bool) -> None:
    last = len(sheet.columns) - 1
    end = FORM_FIRST_ROW + len(sheet.lines) - 1
    everything = f"A1:{address(last, max(end + sheet.spare, FORM_HEADING_ROW))}"
    page.ignore_errors({"number_stored_as_text": everything, "two_digit_text_year": everything})
    if sheet.protected:
        page.protect("", {"format_columns": True, "format_rows": True})
    if sheet.hidden:  # LibreOffice would print a hidden sheet that has an area to print
        page.very_hidden()
        return
    kept = 0 if as_page else _frozen_columns(sheet.columns)
    wide = _pages_wide(sheet.columns)
    set_paper(page, left=1.5, right=1, repeated=FORM_HEADING_ROW, wide=wide)
    if wide > 1 and kept:
        page.repeat_columns(0, kept - 1)
    if not sheet.spare:
        page.print_area(0, 0, max(end, FORM_HEADING_ROW) - 1, last)
    if as_page:
        page.hide_gridlines(2)
    elif top <= _FROZEN_HEIGHT:
        page.freeze_panes(FORM_HEADING_ROW, kept)
    first = next((index for index, column in enumerate(sheet.columns) if not column.locked), 0)
    page.set_selection(FORM_FIRST_ROW - 1, first, FORM_FIRST_ROW - 1, first)


def _pages_wide(columns: Sequence[FormColumn]) -> int:
    """How many pages wide the columns are; 0 where they fit at full size (LibreOffice would enlarge them)."""
    width = sum(column.width for column in columns)
    return 0 if width <= _PAPER_WIDTH else ceil(width / _LEGIBLE_WIDTH)


def _frozen_columns(columns: Sequence[FormColumn]) -> int:
    """How many narrow first columns stay when the others scroll; 0 where a screen shows all columns."""
    if sum(column.width for column in columns) <= _READABLE:
        return 0
    first = columns[0].width
    second = first + columns[1].width if len(columns) > 1 else first
    return 2 if second <= _FROZEN else 1 if first <= _FROZEN else 0


def _let_rows_grow(parts: list[Part]) -> Iterable[Part]:
    """Make the heights of lines not fixed, so that rows grow with what is typed into them."""
    for part in parts:
        if not part.name.startswith("xl/worksheets/sheet"):
            yield part
            continue
        root = etree.fromstring(part.content)
        for row in root.iter(f"{_MAIN}row"):
            if int(row.get("r", "0")) >= FORM_FIRST_ROW:
                row.attrib.pop("customHeight", "")
        yield make_entry(part.name, xml_bytes(root))
