"""A workbook as read: sheets as grids of typed cells, and cells as text.

A cell's value is what Excel stored: an exact number, a date, a text in NFC or a flag. A cell without a usable value (an
error such as #N/A, a formula that was never computed) has a :class:`Fault`, unlike an empty cell, which isn't kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from docgen.base.locale import translate as _
from docgen.base.sheets import address
from docgen.errors import Place, Problem
from docgen.readers.tree import Scalar
from docgen.wording.numbers import format_amount


class Fault(StrEnum):
    """Why a cell that holds something has no value."""

    ERROR = "error"  # #N/A, #DIV/0! …
    NO_VALUE = "no-value"  # a formula that no program has computed yet
    SHOWN_OTHERWISE = "shown-otherwise"  # its format shows another number than it holds, or nothing


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that isn't empty; ``shown`` is what Excel displays where that isn't simply the value.

    Examples of ``shown``: "12/2026" for a date formatted ``mm/yyyy``, "#N/A" for an error, "45%" for a value of 0.45
    formatted as a percentage. The time of day of a date is dropped; a time alone is the text "08:30".
    ``covers`` counts the further rows and columns of a merged cell; ``held`` is what a cell shown otherwise holds.
    """

    value: str | Decimal | date | bool | Fault
    shown: str | None = None
    covers: tuple[int, int] = (0, 0)
    held: str | None = None


class Spot(NamedTuple):
    """A cell's row, from 1, and column, from 0: B4 is (4, 1)."""

    row: int
    column: int


@dataclass(frozen=True)
class Grid:
    """One sheet: its cells that aren't empty, by row (from 1), then by column (from 0), both in order."""

    file: str
    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()

    @property
    def cells(self) -> dict[Spot, Cell]:
        """The cells by place, in order."""
        return {Spot(row, column): cell for row, cells in self.rows.items() for column, cell in cells.items()}

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """The place of a cell, of a row (its first cell), or of the whole sheet."""
        cell = None if row is None else address(column or 0, row)
        return Place(self.file, sheet=self.name, cell=cell)


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets in order, warnings about it, and the SHA-256 of its file in hexadecimal."""

    file: str
    grids: tuple[Grid, ...]
    remarks: tuple[Problem, ...]
    digest: str

    @cached_property
    def by_name(self) -> Mapping[str, Grid]:
        """The grids by name."""
        return {grid.name: grid for grid in self.grids}


def scalar(cell: Cell, place: Place) -> Scalar:
    """A cell as the text that a person would type. A fault gives an empty text: see :func:`fault_problem`.

    A cell that shows 45% gives 45, since percentages of plans are out of a hundred.
    """
    match cell.value:
        case Fault():
            return Scalar("", place)
        case bool(flag):
            return Scalar("true" if flag else "false", place)
        case Decimal() as number:
            whole = number * 100 if (cell.shown or "").endswith("%") else number
            return Scalar(f"{whole:f}", place, exact=True)
        case date() as day:
            return Scalar(cell.shown or f"{day.day:02}/{day.month:02}/{day.year:04}", place)
        case text:
            return Scalar(text, place)


def as_no_percentage(cell: Cell) -> Cell:
    """A cell where no percentage belongs: one that shows a percentage is asked about, since 20 shown as 2000% may mean
    either.
    """
    if isinstance(cell.value, Decimal) and cell.shown is not None and cell.value:
        return replace(cell, value=Fault.SHOWN_OTHERWISE, held=format_amount(cell.value))
    return cell


def fault_problem(cell: Cell, place: Place) -> Problem:
    """The problem of a cell whose value is a :class:`Fault`."""
    if cell.value is Fault.NO_VALUE:
        message = _("ô có công thức chưa được tính, nên không có giá trị")
        hint = _("mở tệp trong Excel, lưu lại (Ctrl+S) rồi chạy lại; hoặc gõ thẳng giá trị vào ô")
        return Problem("sheet.no-value", message, hint, place)
    if cell.value is Fault.SHOWN_OTHERWISE:
        message = _("ô hiện “{shown}” nhưng chứa “{held}”: không rõ số nào đúng")
        if not cell.shown:
            message = _("ô không hiện gì nhưng chứa “{held}”")
        hint = _("gõ lại giá trị đúng, rồi chọn định dạng General (chuột phải, Format Cells) cho ô")
        return Problem("sheet.shown-otherwise", message.format(shown=cell.shown, held=cell.held), hint, place)
    message = _("ô đang báo lỗi {error}").format(error=cell.shown or "")
    hint = _("sửa công thức trong ô, hoặc xóa đi và gõ thẳng giá trị")
    return Problem("sheet.error-value", message, hint, place)
