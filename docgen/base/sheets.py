"""Tables and forms as sheets of typed cells and formulas, independent of a file format.

The rows of a sheet are fixed (caption, note, headings, lines), so that formulas can refer to cells.
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
    """A formula in Excel's English notation, without the leading "=", and its result; "" shows nothing."""

    text: str
    value: Decimal | int | str


Cell = str | Decimal | int | date | Formula | None
Style = Literal["text", "centred", "amount", "percent", "date"]


@dataclass(frozen=True)
class Column:
    """A column; ``width`` in characters. An "amount" shows all digits, a "percent" (of 100) one decimal."""

    heading: str
    width: float
    style: Style = "text"


@dataclass(frozen=True)
class Line:
    """A row below the headings; a ``detail`` is grouped under the line before it, folded away."""

    cells: tuple[Cell, ...]
    kind: Literal["plain", "heading", "detail", "total"] = "plain"


@dataclass(frozen=True)
class Sheet:
    """A table; ``filtered`` adds filter buttons to its headings."""

    title: str
    caption: str
    note: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    filtered: bool = False


#: Rows of a form's sheet, below caption and guidance: sums, examples, headings, lines.
FORM_SUM_ROW = 3
FORM_EXAMPLE_ROW = 4
FORM_HEADING_ROW = 5
FORM_FIRST_ROW = 6


@dataclass(frozen=True)
class Choice:
    """A drop-down of words or of the range that holds them (``'Đơn vị'!$A$6:$A$205``).

    A ``strict`` one refuses other values, else it only suggests.
    """

    source: tuple[str, ...] | str
    strict: bool = True


@dataclass(frozen=True)
class Entry:
    """A cell of a form with its own style, drop-down or lock; None means the column's."""

    value: Cell
    style: Style | None = None
    choice: Choice | None = None
    locked: bool | None = None


@dataclass(frozen=True)
class FormColumn:
    """A column to be filled in; its ``example`` is above the heading, the SUM of a ``summed`` one above that.

    "text" cells keep what is typed (``05``, ``12/2026``). ``locked`` cells of a protected sheet can't be changed.
    """

    heading: str
    width: float
    style: Style = "text"
    required: bool = False
    example: str = ""
    choice: Choice | None = None
    locked: bool = False
    summed: bool = False


@dataclass(frozen=True)
class FormLine:
    """A row of a form; a "heading" introduces those below it."""

    cells: tuple[Cell | Entry, ...]
    kind: Literal["plain", "heading"] = "plain"


@dataclass(frozen=True)
class FormSheet:
    """A sheet to be filled in: ``lines``, then ``spare`` empty rows formatted alike.

    ``guidance`` is the text below the caption. In a ``protected`` sheet only unlocked cells can be changed. A
    ``hidden`` sheet holds what docgen needs to read the form.
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
    """A cell's address, with the name of its sheet if given. Columns count from 0, rows from 1: (1, 4) is B4."""
    return f"{_prefix(sheet)}{_letters(column)}{row}"


def span(column: int, first: int, last: int, sheet: str = "", to: int | None = None) -> str:
    """The absolute address of the range from ``column`` to column ``to`` (by default the same): ``$B$4:$B$9``."""
    end = column if to is None else to
    return f"{_prefix(sheet)}${_letters(column)}${first}:${_letters(end)}${last}"


def _prefix(sheet: str) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!" if sheet else ""


def _letters(column: int) -> str:
    above, index = divmod(column, _LETTERS)
    return (_letters(above - 1) if above else "") + chr(ord("A") + index)
