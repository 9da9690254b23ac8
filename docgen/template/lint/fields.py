"""A contract in, its fields as rows of a table out: what a maintainer writes in Word to print each."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from docgen.base.declare import Contract
from docgen.template.language.inspect import TYPE_NAMES

_LOOP_NAMES = {
    "noi_dung": "doan",
    "phu_luc": "pl",
    "nhom": "nhom",
    "nhiem_vu": "nv",
    "bang_nhiem_vu": "nhom",
    "bang_so_lieu": "nhom",
}
_ROW, _LINE = "hang", "dong"


@dataclass(frozen=True)
class FieldRow:
    """One field: its whole ``tag``, what to ``write`` for it, and the ``loops`` around it, outermost first.

    ``write`` is a tag that prints, opens a loop or a condition; "" for a record, whose fields follow.
    """

    tag: str
    label: str
    type: str
    required: bool
    example: str
    write: str
    loops: tuple[str, ...]

    @property
    def type_label(self) -> str:
        """The type as a person reads it."""
        return TYPE_NAMES[self.type]

    def to_json(self) -> dict[str, Any]:
        """All fields."""
        return asdict(self) | {"loops": list(self.loops)}


def field_rows(contract: Mapping[str, Contract]) -> list[FieldRow]:
    """Every field of a contract, each record or list followed by what it holds."""
    return list(_rows(contract, "", "", ()))


def _rows(fields: Mapping[str, Contract], above: str, owner: str, loops: tuple[str, ...]) -> Iterator[FieldRow]:
    for key, contract in fields.items():
        tag, name = above + key, owner + key
        item = _item_name(key, contract, loops)
        write = _write(name, contract, item)
        yield FieldRow(tag, contract.label, contract.type, contract.required, contract.example, write, loops)
        if contract.type == "list" and contract.fields:
            yield from _rows(contract.fields, f"{tag}.", f"{item}.", (*loops, write))
        elif contract.fields:
            yield from _rows(contract.fields, f"{tag}.", f"{name}.", loops)


def _item_name(key: str, contract: Contract, loops: tuple[str, ...]) -> str:
    name = _LOOP_NAMES.get(key, _ROW) if contract.fields else _LINE
    taken = {loop.split()[2] for loop in loops}
    while name in taken:
        name += "_con"
    return name


def _write(name: str, contract: Contract, item: str) -> str:
    if contract.type == "list":
        return f"{{%p for {item} in {name} %}}"
    if contract.type == "flag":
        return f"{{%p if {name} %}}"
    if contract.type == "record":
        return ""
    return f"{{{{ {name} }}}}"
