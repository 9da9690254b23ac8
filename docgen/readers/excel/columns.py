"""Columns of forms from the declared fields of records, and values as cells.

A record inside a record gives columns of its own; lists of records get sheets of their own (:mod:`plan_layout`).
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

#: Widths of columns in characters, by key; other columns get theirs from their example.
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

#: The fields that may hold a percentage, by key: of what Excel shows as 45% they take 45.
PERCENTAGES = frozenset(("phan_tram", "thuc_hien", "muc_tieu", "muc_tieu_den"))


@dataclass(frozen=True)
class Column:
    """A field of a record or of one inside it: ``keys`` lead there, ``label`` is its heading."""

    keys: tuple[str, ...]
    declared: Declaration
    label: str
    required: bool

    @property
    def key(self) -> str:
        """The keys as one word."""
        return ".".join(self.keys)


def columns_of(record: type[Record], without: Collection[str] = ()) -> tuple[Column, ...]:
    """The columns of a record in the order of declaration, without those at or below the keys in ``without``.

    Headings of columns of an optional record start with its label.
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
    """The column as a form shows it; ``choice`` replaces the drop-down of its declaration."""
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
    """The style of a field's cells; partial dates are text, since Excel would add a day."""
    if declared.many:
        return "text"
    return {"amount": "amount", "date": "date", "flag": "centred", "integer": "centred"}.get(declared.kind, "text")


def own_choice(declared: Declaration) -> Choice | None:
    """The drop-down of a field's own choices."""
    if declared.kind == "flag":
        return Choice((YES, NO))
    return Choice(tuple(declared.choices.values())) if declared.choices else None


def example_of(declared: Declaration) -> str:
    """The example above a heading, as it would be typed; without one, the field's help."""
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
    """A value of a field as a cell that reads back equal; several texts are lines of one cell."""
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
    """The value at a column's keys below a record; None where it or a record on the way is absent or the default."""
    found: Record | Any | None = record
    for key in keys:
        if not isinstance(found, Record):
            return None
        declared = declarations(type(found))[key]
        value = getattr(found, declared.name)
        found = None if value == declared.default and not declared.required else value
    return found
