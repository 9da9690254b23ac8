"""Tables as a spreadsheet holds them: typed cells, formulas with their value; neither a report nor a file format.

A sheet's place is fixed: caption in the first row, note in the second, headings in the third, then its lines. So
whoever makes a table can say in a formula where a figure stands.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

HEADING_ROW = 3
FIRST_ROW = 4
_LETTERS = 26


@dataclass(frozen=True)
class Formula:
    """A formula in Excel's English notation, without the leading "=", and what it makes; "" shows nothing."""

    text: str
    value: Decimal | int | str


Cell = str | Decimal | int | date | Formula | None


@dataclass(frozen=True)
class Column:
    """A column; ``width`` in characters. An ``amount`` shows all its digits, a ``percent`` (of 100) one decimal."""

    heading: str
    width: float
    style: Literal["text", "centred", "amount", "percent", "date"] = "text"


@dataclass(frozen=True)
class Line:
    """One row below the headings; a ``detail`` is folded away under the line before it."""

    cells: tuple[Cell, ...]
    kind: Literal["plain", "heading", "detail", "total"] = "plain"


@dataclass(frozen=True)
class Sheet:
    """One table; ``filtered`` gives its headings buttons to filter by."""

    title: str
    caption: str
    note: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    filtered: bool = False


#: The rows of a form's sheet: caption, guidance, sums, then an example above each heading; lines follow the headings.
FORM_SUM_ROW = 3
FORM_EXAMPLE_ROW = 4
FORM_HEADING_ROW = 5
FORM_FIRST_ROW = 6


@dataclass(frozen=True)
class Choice:
    """A drop-down: the words, or the range that holds them (``'Đơn vị'!$A$6:$A$205``).

    A strict one refuses anything else; the others only suggest.
    """

    source: tuple[str, ...] | str
    strict: bool = True


@dataclass(frozen=True)
class Entry:
    """A cell of a form whose style, drop-down or lock isn't its column's; None: as the column says."""

    value: Cell
    style: Literal["text", "centred", "amount", "percent", "date"] | None = None
    choice: Choice | None = None
    locked: bool | None = None


@dataclass(frozen=True)
class FormColumn:
    """A column to be filled in; ``example`` stands above its heading. A ``summed`` one has a live SUM above that.

    ``text`` cells keep what is typed (``05``, ``12/2026``). ``locked`` cells can't be typed into in a protected sheet.
    """

    heading: str
    width: float
    style: Literal["text", "centred", "amount", "percent", "date"] = "text"
    required: bool = False
    example: str = ""
    choice: Choice | None = None
    locked: bool = False
    summed: bool = False


@dataclass(frozen=True)
class FormLine:
    """A row of a form; a ``heading`` only separates those below it."""

    cells: tuple[Cell | Entry, ...]
    kind: Literal["plain", "heading"] = "plain"


@dataclass(frozen=True)
class FormSheet:
    """One sheet to be filled in: ``lines``, then ``spare`` empty ones formatted alike.

    ``guidance`` are sentences below the caption. A ``protected`` sheet lets only unlocked cells be changed. ``hidden``
    ones hold what docgen needs back.
    """

    title: str
    caption: str
    guidance: str
    columns: tuple[FormColumn, ...]
    lines: tuple[FormLine, ...] = ()
    spare: int = 0
    protected: bool = False
    hidden: bool = False


def address(column: int, row: int, sheet: str = "") -> str:
    """The name of a cell, in another sheet where one is given; columns count from 0, rows from 1: (1, 4) is B4."""
    return f"{_prefix(sheet)}{_letters(column)}{row}"


def span(column: int, first: int, last: int, sheet: str = "", to: int | None = None) -> str:
    """The name of a fixed range of one column, or of those up to ``to``: ``$B$4:$B$9``."""
    end = column if to is None else to
    return f"{_prefix(sheet)}${_letters(column)}${first}:${_letters(end)}${last}"


def _prefix(sheet: str) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!" if sheet else ""


def _letters(column: int) -> str:
    above, index = divmod(column, _LETTERS)
    return (_letters(above - 1) if above else "") + chr(ord("A") + index)
