"""Cells put into a tree: a row as a mapping, a list in it, and what a tree of a plan's form is searched for."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping

from docgen.errors import Place
from docgen.readers.excel.columns import Column
from docgen.readers.excel.grid import Cell, Fault, scalar
from docgen.readers.excel.table import Table, TableRow
from docgen.readers.tree import Mapping, Scalar, Sequence, Tree
from docgen.wording.text import fold

_CODE, _NAME, _TEXT = "ma", "ten", "noi_dung"


def row_record(table: Table, row: TableRow, columns: Iterable[Column]) -> Mapping:
    """A row as a mapping, every column's place known whether it holds something or not."""
    record = Mapping(table.grid.place(row.number, min(table.columns.values())))
    for column in columns:
        place = table.place(row.number, column.key)
        put(record, column.keys, row.cells.get(column.key), place, lines=bool(column.declared.many))
    return record


def put(
    record: Mapping,
    keys: tuple[str, ...],
    cell: Cell | None,
    place: Place,
    *,
    listed: bool = False,
    lines: bool = False,
    needed: bool = False,
) -> None:
    """Set the value at keys below a record; where the cell is empty only its place is kept.

    A ``listed`` value is added to the list that stands there, ``lines`` of a cell are the items of that list. Of a
    ``needed`` one the records on the way are there even so, and say what they lack.
    """
    value = scalar(cell, place) if cell is not None else None
    if value is None or not value.text.strip() or (cell is not None and isinstance(cell.value, Fault)):
        record.keys.setdefault(keys[0], place)
        if needed and len(keys) > 1:
            record.items.setdefault(keys[0], Mapping(place))
        if len(keys) > 1 and isinstance(below := record.items.get(keys[0]), Mapping):
            put(below, keys[1:], None, place)
        return
    for key in keys[:-1]:
        below = record.items.setdefault(key, Mapping(place))
        record.keys.setdefault(key, place)
        assert isinstance(below, Mapping)
        record = below
    record.keys[keys[-1]] = place
    if not (listed or lines):
        record.items[keys[-1]] = value
        return
    items = record.items.setdefault(keys[-1], Sequence(place))
    assert isinstance(items, Sequence)
    texts = value.text.replace(";", "\n").split("\n") if lines else [value.text]
    items.items += [Scalar(text, place) for text in texts if text.strip()]


def append(record: Mapping, keys: tuple[str, ...], item: Mapping) -> None:
    """Add a record to the list at keys below another."""
    for key in keys[:-1]:
        below = record.items.setdefault(key, Mapping(item.place))
        record.keys.setdefault(key, item.place)
        assert isinstance(below, Mapping)
        record = below
    items = record.items.setdefault(keys[-1], Sequence(item.place))
    record.keys[keys[-1]] = item.place
    assert isinstance(items, Sequence)
    items.items.append(item)


def holds_something(tree: Tree) -> bool:
    """Whether anything was typed into a tree."""
    if isinstance(tree, Scalar):
        return bool(tree.text.strip())
    inside = tree.items.values() if isinstance(tree, Mapping) else tree.items
    return any(map(holds_something, inside))


def listed(record: Mapping, keys: tuple[str, ...]) -> list[Mapping]:
    """The records of the list at keys below another."""
    found: Tree | None = record
    for key in keys:
        found = found.items.get(key) if isinstance(found, Mapping) else None
    return [item for item in found.items if isinstance(item, Mapping)] if isinstance(found, Sequence) else []


def nodes(owner: Mapping) -> Iterator[Mapping]:
    """Every node of the texts below a record."""
    for key, tree in owner.items.items():
        if isinstance(tree, Sequence):
            for item in tree.items:
                if isinstance(item, Mapping):
                    if key == _TEXT:
                        yield item
                    yield from nodes(item)
        elif isinstance(tree, Mapping):
            yield from nodes(tree)


def codes_by_name(records: Iterable[Mapping]) -> dict[str, str]:
    """Codes by the folded names of records; a code stands for itself."""
    codes: dict[str, str] = {}
    for record in records:
        code, name = record.items.get(_CODE), record.items.get(_NAME)
        if isinstance(code, Scalar) and isinstance(name, Scalar):
            codes.setdefault(fold(name.text.strip()), code.text.strip())
    for record in records:
        code = record.items.get(_CODE)
        if isinstance(code, Scalar):
            codes[fold(code.text.strip())] = code.text.strip()
    return codes


def replace(record: Mapping, keys: tuple[str, ...], by_name: AnyMapping[str, str]) -> None:
    """Put codes in the place of names at keys below a record."""
    found: Tree | None = record
    for key in keys:
        found = found.items.get(key) if isinstance(found, Mapping) else None
    for one in found.items if isinstance(found, Sequence) else [found]:
        if isinstance(one, Scalar) and (code := by_name.get(fold(one.text.strip()))) is not None:
            one.text = code


def shown_names(known: AnyMapping[str, Mapping]) -> list[str]:
    """Names as they were typed: a record's own code, else the key that it is known by."""
    names = []
    for key, record in known.items():
        code = record.items.get(_CODE)
        names.append(code.text.strip() if isinstance(code, Scalar) else key)
    return names
