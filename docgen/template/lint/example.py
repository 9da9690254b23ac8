"""Makes contexts from a contract to try a template with: usual data, the worst case, and empty data.

``own`` are better values than those of the contract: by dotted tag (``van_ban.ho_ten``), or by ``*.key`` for that key
anywhere. The items of a tuple go to the rows of a list in turn; a value may also be a whole list, or the number of rows
of a list of records.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from docgen.base.declare import Contract

Own = Mapping[str, Any]
Sort = Literal["usual", "worst", "empty"]

#: Number of rows of a list without lists in it, in the first, second and further rows around it.
WORST_ROWS = (60, 1, 0)
WORST_LINES = 12
_USUAL_ROWS = 2
_OUTER_ROWS = 3
#: Length of a text in the first row of all lists around it, and in any other row.
_LONGEST, _LONG = 240, 60
_LONGEST_NUMBER = "123.456.789.012,5"
#: Most characters of an example with a digit that is taken for a number in a narrow column.
_SHORT = 12
_FILLING = (
    "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông, nông nghiệp và phát triển nông thôn tỉnh "
    "Thừa Thiên Huế; Trung tâm Phục vụ hành chính công; Ủy ban nhân dân các xã, phường thuộc thị xã Hương Thủy"
)


def example_context(contract: Mapping[str, Contract], own: Own | None = None) -> dict[str, Any]:
    """A context of the contract's examples: two rows in each list, flags as in their examples."""
    return _Making("usual", own or {}).record(contract, "", 0, 0)


def worst_context(contract: Mapping[str, Contract], own: Own | None = None) -> dict[str, Any]:
    """The longest texts and numbers, sixty rows in one list, one in the next, none in the last, every flag set."""
    return _Making("worst", own or {}).record(contract, "", 0, 0)


def empty_context(contract: Mapping[str, Contract], own: Own | None = None) -> dict[str, Any]:
    """Every list empty, every flag unset, and no text that isn't required."""
    return _Making("empty", own or {}).record(contract, "", 0, 0)


@dataclass(frozen=True)
class _Making:
    sort: Sort
    own: Own

    def record(self, fields: Mapping[str, Contract], above: str, row: int, rank: int) -> dict[str, Any]:
        """Make a record; ``row`` is its position in its list, ``rank`` the sum of the positions in all lists around."""
        return {key: self._value(key, contract, above, row, rank) for key, contract in fields.items()}

    def _value(self, key: str, contract: Contract, above: str, row: int, rank: int) -> Any:
        tag = above + key
        held = self.own.get(tag, self.own.get(f"*.{key}"))
        held = held[row % len(held)] if isinstance(held, tuple) else held
        if isinstance(held, int) and contract.type == "list":
            return [self.record(contract.fields, f"{tag}.", number, rank + number) for number in range(held)]
        if held is not None:
            return held
        if contract.type == "record":
            return self.record(contract.fields, f"{tag}.", row, rank)
        if contract.type == "flag":
            return self.sort == "worst" or (self.sort == "usual" and contract.example == "true")
        if contract.type == "number":
            return {"usual": 1, "worst": 10**12, "empty": 0}[self.sort]
        if contract.type == "image":
            return "" if self.sort == "empty" else contract.example  # there is no file: the placeholder picture stays
        if contract.type == "list":
            return self._list(contract, tag, rank)
        return self._text(contract, rank)

    def _list(self, contract: Contract, tag: str, rank: int) -> list[Any]:
        if self.sort == "empty":
            return []
        if not contract.fields:
            lines = WORST_LINES if self.sort == "worst" else 1
            return [self._text(contract, line) for line in range(lines)]
        rows = _USUAL_ROWS
        if self.sort == "worst":
            outer = any(inner.type == "list" for inner in contract.fields.values())
            rows = (_OUTER_ROWS if rank < _OUTER_ROWS - 1 else 0) if outer else WORST_ROWS[min(rank, 2)]
        return [self.record(contract.fields, f"{tag}.", row, rank + row) for row in range(rows)]

    def _text(self, contract: Contract, rank: int) -> str:
        usual = contract.example or contract.label
        if self.sort == "usual":
            return usual
        if self.sort == "empty":
            return usual if contract.required and contract.type == "text" else ""
        if len(usual) <= _SHORT and any(letter.isdigit() for letter in usual):
            return _LONGEST_NUMBER
        long = f"{usual} {_FILLING.upper() if usual.isupper() else _FILLING}"
        return (long * 2)[: _LONGEST if rank == 0 else max(_LONG, len(usual))].rstrip()
