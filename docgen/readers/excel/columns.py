"""A record's declared fields in, the columns of a form out, and a value as the cell that holds it.

A single record inside a record becomes columns of its own; lists of records become sheets, which is the layout's work.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.base.declare import Declaration, PartialDate, Record, declarations
from docgen.base.locale import translate as _
from docgen.base.sheets import Cell, Choice, FormColumn
from docgen.wording.dates import format_partial_date

#: How wide columns are, in characters, by key where the example doesn't tell.
_WIDTHS: dict[str, float] = {
    "ma": 20,
    "ten": 34,
    "tieu_de": 36,
    "van": 75,
    "can_cu": 110,
    "noi_nhan": 60,
    "kinh_gui": 60,
    "mo_ta": 44,
    "kinh_phi": 12,
    "kinh_phi_ghi": 15,
    "tong_ghi": 12,
    "chap_nhan_tong": 18,
    "cach_tinh": 13,
    "thoi_han": 18,
    "cap": 20,
}
_LINES, _NARROWEST, _WIDEST = 26, 11, 26
YES, NO = "có", "không"


@dataclass(frozen=True)
class Column:
    """One scalar of a record: the keys down to it, its declaration, its heading and whether a row must have it."""

    keys: tuple[str, ...]
    declared: Declaration
    label: str
    required: bool

    @property
    def key(self) -> str:
        """The keys as one word."""
        return ".".join(self.keys)


def columns_of(record: type[Record], without: Collection[str] = ()) -> tuple[Column, ...]:
    """The columns of a record, in the order of declaration, but for some keys and what is below them.

    Those of a record that may be absent are headed by its name, too.
    """
    found = [one for one in _columns(record, (), "", required=True) if one.keys[0] not in without]
    labels = [column.label for column in found]
    assert len(labels) == len(set(labels)), f"{record.__name__}: two columns have one heading"
    return tuple(found)


def _columns(record: type[Record], above: tuple[str, ...], prefix: str, *, required: bool) -> Iterator[Column]:
    for key, declared in declarations(record).items():
        must = required and declared.required
        if declared.record is None:
            label = f"{prefix}: {declared.label}" if prefix else declared.label
            yield Column((*above, key), declared, label, must)
        elif not declared.many:
            named = declared.label if declared.default is None and not declared.required else prefix
            yield from _columns(declared.record, (*above, key), named, required=must)


def form_column(column: Column, choice: Choice | None = None) -> FormColumn:
    """The column as a form shows it; ``choice`` where the values stand elsewhere in the workbook."""
    declared = column.declared
    return FormColumn(
        column.label,
        _width(declared),
        style_of(declared),
        required=column.required,
        example=example_of(declared),
        choice=choice or own_choice(declared),
        summed=column.keys == ("kinh_phi",),
    )


def style_of(declared: Declaration) -> Any:
    """The style of a field's cells; a date whose day may be missing is text, lest Excel make a day up."""
    if declared.many:
        return "text"
    return {"amount": "amount", "date": "date", "flag": "centred", "integer": "centred"}.get(declared.kind, "text")


def own_choice(declared: Declaration) -> Choice | None:
    """The drop-down that a field's own declaration gives."""
    if declared.kind == "flag":
        return Choice((YES, NO))
    return Choice(tuple(declared.choices.values())) if declared.choices else None


def example_of(declared: Declaration) -> str:
    """What stands above a heading: an example as it would be typed, or what the field is for."""
    if declared.kind == "flag":
        return YES
    shown = declared.choices.get(declared.example, declared.example)
    return shown or declared.help


def _width(declared: Declaration) -> float:
    if declared.key in _WIDTHS:
        return _WIDTHS[declared.key]
    if declared.kind == "lines":
        return _LINES
    longest = max([len(declared.label), len(example_of(declared)), *map(len, declared.choices.values())])
    return min(max(longest * 0.8 + 2, _NARROWEST), _WIDEST)


def cell_of(declared: Declaration, value: Any) -> Cell:
    """A value of a field as a cell that reads back equal; several texts stand in one cell, each on its line."""
    match value:
        case None:
            return None
        case bool():
            return YES if value else NO
        case PartialDate():
            return format_partial_date(value)
        case tuple():
            return "\n".join(value)
        case str():
            return declared.choices.get(value, value)
        case date() | Decimal() | int():
            return value
    raise TypeError(_("{key}: không ghi được vào ô").format(key=declared.key))


def value_of(record: Record, keys: tuple[str, ...]) -> Any:
    """The value below a record at a column's keys; None where it, or a record on the way, is absent or the default."""
    found: Record | Any | None = record
    for key in keys:
        if not isinstance(found, Record):
            return None
        declared = declarations(type(found))[key]
        value = getattr(found, declared.name)
        found = None if value == declared.default and not declared.required else value
    return found
