"""Parsing of a sheet's XML into cells by row, in one pass of expat.

Cells without a value, which are only formatted, aren't kept.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date

from docgen.base.ooxml import DamagedError
from docgen.readers.excel.cells import Cell, Fault, Spot
from docgen.readers.excel.xlsx.package import WorkbookPackage
from docgen.readers.excel.xlsx.styles import PLAIN, Kind, Style, number_cell

#: Limits: rows with values and columns of one sheet, cells with values of a whole workbook.
MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELLS = 2_000_000
#: The most cells kept to be used again for equal values.
_KEPT = 20_000
#: Excel's last row.
_LAST_ROW = 1_048_576
_LETTERS = 26
_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ISO_DAY = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T.*)?", re.DOTALL)


class TooMuchError(Exception):
    """A sheet is over a limit, "rows", "columns" or "cells"; ``spot`` is the first cell too many."""

    def __init__(self, what: str, spot: Spot) -> None:
        super().__init__(what)
        self.what, self.spot = what, spot


@dataclass
class Values:
    """What a workbook's sheets share: texts, styles, the calendar, and how many cells may still be read."""

    texts: list[str]
    styles: list[Style]
    since_1904: bool = False
    left: int = MAX_CELLS
    text_cells: dict[str, Cell] = field(default_factory=dict)
    number_cells: dict[tuple[Kind, str], dict[str, Cell]] = field(default_factory=dict)
    _by_number: dict[str | None, Style] = field(default_factory=dict)

    def style(self, number: str | None) -> Style:
        """The style with that number; a plain one where there is none."""
        style = self._by_number.get(number)
        if style is None:
            known = number is not None and number.isascii() and number.isdigit() and len(number) < 7
            index = int(number) if known and number is not None else len(self.styles)
            style = self._by_number[number] = self.styles[index] if index < len(self.styles) else PLAIN
        return style

    def text(self, text: str) -> Cell:
        """The cell of a text, mostly the same object for equal texts."""
        cell = self.text_cells.get(text)
        if cell is None:
            if len(self.text_cells) > _KEPT:
                self.text_cells.clear()
            cell = self.text_cells[text] = Cell(text)
        return cell

    def number(self, text: str, style: str | None) -> Cell:
        """The cell of a stored number, mostly the same object for equal numbers of one kind."""
        found = self.style(style)
        known = self.number_cells.setdefault((found.kind, found.code), {})
        cell = known.get(text)
        if cell is None:
            if len(known) > _KEPT:
                known.clear()
            cell = known[text] = number_cell(text.strip(), found.kind, found.code, since_1904=self.since_1904)
        return cell


@dataclass
class SheetXml:
    """One sheet while it is parsed: cells, hidden rows, and fonts of texts in fonts older than Unicode."""

    part: str
    values: Values
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    old_fonts: dict[Spot, str] = field(default_factory=dict)
    _merges: list[str] = field(default_factory=list)
    _columns: dict[str, int] = field(default_factory=dict)
    _row: int = 0
    _ending: str = ""
    _column: int = -1
    _cells: dict[int, Cell] | None = None
    _attributes: dict[str, str] | None = None
    _formula: bool = False
    _phonetic: bool = False
    _pieces: list[str] | None = None
    _text: str | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element."""
        if self._attributes is not None:
            if tag in ("v", "t") and not self._phonetic:
                self._pieces = []
            elif tag == "f":
                self._formula = True
            elif tag == "rPh":
                self._phonetic = True
            elif tag == "c":
                raise DamagedError(self.part)
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "mergeCell":
            self._merges.append(attributes.get("ref", ""))

    def characters(self, text: str) -> None:
        """Handle text of an element."""
        if self._pieces is not None:
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        """Handle the end of an element."""
        if self._attributes is None:
            return
        if tag == "c":
            self._end_cell(self._attributes)
            self._attributes = None
        elif tag in ("v", "t"):
            if self._pieces is not None:
                text = "".join(self._pieces)
                self._text = text if self._text is None else self._text + text
                self._pieces = None
        elif tag == "rPh":
            self._phonetic = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        if number is None:
            self._row += 1
        elif number.isascii() and number.isdigit() and len(number) < 8:
            self._row = int(number)
        else:
            raise DamagedError(self.part)
        if not 1 <= self._row <= _LAST_ROW:
            raise DamagedError(self.part)
        self._column, self._cells = -1, self.rows.get(self._row)
        self._ending = str(self._row)
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            column = self._columns.get(reference[: -len(self._ending)]) if reference.endswith(self._ending) else None
            if column is None:
                row, column = spot_of(reference, self.part)
                if row != self._row:
                    raise DamagedError(self.part)
                self._columns[reference[: -len(self._ending)]] = column
            self._column = column
        self._attributes, self._formula, self._text = attributes, False, None

    def _end_cell(self, attributes: dict[str, str]) -> None:
        cell = self._cell(attributes)
        if cell is None:
            return
        if self._column >= MAX_COLUMNS:
            raise TooMuchError("columns", Spot(self._row, self._column))
        if self._cells is None:
            if len(self.rows) >= MAX_ROWS:
                raise TooMuchError("rows", Spot(self._row, self._column))
            self._cells = self.rows[self._row] = {}
        self.values.left -= 1
        if self.values.left < 0:
            raise TooMuchError("cells", Spot(self._row, self._column))
        self._cells[self._column] = cell

    def _cell(self, attributes: dict[str, str]) -> Cell | None:
        """The cell; None where it has no value or an empty text."""
        kind, text = attributes.get("t", "n"), self._text
        if not text:
            # A formula with an empty text as its result has t="str"; one never computed hasn't.
            return Cell(Fault.NO_VALUE) if self._formula and kind not in ("str", "inlineStr") else None
        if kind == "n":
            return self.values.number(text, attributes.get("s"))
        if kind in ("s", "str", "inlineStr"):
            shown = self._shared(text) if kind == "s" else clean(text)
            if not shown:
                return None
            style = self.values.style(attributes.get("s"))
            if style.hides_text and shown.strip():
                return Cell(Fault.SHOWN_OTHERWISE, "", held=shown)
            if style.font and not shown.isascii():
                self.old_fonts[Spot(self._row, self._column)] = style.font
            return self.values.text(shown)
        if kind == "b":
            return Cell(text.strip() in ("1", "true"))
        if kind == "d":
            return _iso_cell(text.strip())
        return Cell(Fault.ERROR, text.strip()[:40])

    def _shared(self, number: str) -> str:
        stripped = number.strip()
        if stripped.isascii() and stripped.isdigit() and len(stripped) < 9 and int(stripped) < len(self.values.texts):
            return self.values.texts[int(stripped)]
        raise DamagedError(self.part)

    def in_order(self) -> dict[int, dict[int, Cell]]:
        """All cells by row and column in order, with what merged ones cover."""
        for reference in self._merges:
            first, _colon, last = reference.partition(":")
            top, left = spot_of(first, self.part)
            bottom, right = spot_of(last or first, self.part)
            cell = self.rows.get(top, {}).get(left)
            if cell is not None and (bottom > top or right > left):
                self.rows[top][left] = replace(cell, covers=(max(bottom - top, 0), max(right - left, 0)))
        return {row: dict(sorted(self.rows[row].items())) for row in sorted(self.rows)}


def read_sheet(package: WorkbookPackage, part: str, values: Values) -> SheetXml:
    """Read one sheet. Raises DamagedError, DoctypeError, TooMuchError."""
    sheet = SheetXml(part, values)
    package.parse(part, sheet.start, sheet.end, sheet.characters)
    return sheet


def read_texts(package: WorkbookPackage, part: str | None) -> list[str]:
    """The shared texts, which cells refer to by number. Raises DamagedError."""
    texts: list[str] = []
    if part is None or not package.has(part):
        return texts
    pieces: list[str] = []
    inside: list[str] = []

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if tag in ("si", "t", "rPh"):
            inside.append(tag)

    def end(tag: str) -> None:
        if tag in ("si", "t", "rPh") and inside:
            inside.pop()
            if tag == "si":
                texts.append(clean("".join(pieces)))
                pieces.clear()

    def characters(text: str) -> None:
        if inside and inside[-1] == "t" and "rPh" not in inside[-2:]:
            pieces.append(text)

    package.parse(part, start, end, characters)
    return texts


def clean(text: str) -> str:
    """A stored text as displayed: ``_x000D_`` is a character, lines end in \\n, letters are NFC."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        # An emoji may be escaped as two surrogates; a single one is no character.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def spot_of(reference: str, part: str) -> Spot:
    """The row and column of a reference such as ``B4``. Raises DamagedError."""
    found = _REFERENCE.fullmatch(reference.replace("$", ""))
    if found is None or int(found[2]) > _LAST_ROW:
        raise DamagedError(part)
    column = 0
    for letter in found[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return Spot(int(found[2]), column - 1)


def _iso_cell(text: str) -> Cell:
    found = _ISO_DAY.fullmatch(text)
    try:
        return Cell(date(int(found[1]), int(found[2]), int(found[3]))) if found else Cell(Fault.ERROR, text[:40])
    except ValueError:
        return Cell(Fault.ERROR, text[:40])
