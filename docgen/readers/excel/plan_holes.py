"""The paths of values in missing sheets and columns of a plan's form.

A missing sheet or column is reported once; problems that depend on its values are left out.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping

from docgen.errors import Path
from docgen.readers.excel.columns import Column
from docgen.readers.excel.plan_layout import (
    DOCUMENT_KEY,
    DOCUMENTS,
    GENERAL,
    ITEM_KEY,
    OWNER_KEY,
    TEXTS,
    VALUE_KEY,
    TableSheet,
    plan_layout,
)
from docgen.readers.excel.table import Table
from docgen.readers.tree import Mapping, Sequence

_CHILDREN, _CODE = "noi_dung", "ma"


def holes_of(root: Mapping, tables: AnyMapping[str, Table], lost: Iterable[str]) -> Iterator[Path]:
    """The paths of all values in the ``lost`` sheets, and in columns that the ``tables`` lack."""
    missing, layout = set(lost), plan_layout()
    if GENERAL in missing or not _has(tables.get(GENERAL), ITEM_KEY, VALUE_KEY):
        for column in layout.general:
            yield from _prefixes((), column.keys)
    if DOCUMENTS in missing or not _has(tables.get(DOCUMENTS), ITEM_KEY):
        yield from (hole for kind in layout.documents for hole in ((kind.key,), (kind.key, _CHILDREN, _CODE)))
    documents = list(_documents(root))
    for item in layout.items:
        if item.title in missing or not _has(tables.get(item.title), DOCUMENT_KEY, "item"):
            yield from (hole for path, _document in documents for hole in _prefixes(path, item.column.keys))
    for table in layout.tables:
        yield from _of_table(root, table, tables.get(table.title), lost=table.title in missing)
    texts = [(path, owner, _CHILDREN) for path, owner in documents]
    texts += [(*found, table.texts) for table in layout.tables if table.texts for found in _rows(root, table)]
    yield from _of_texts(texts, tables.get(TEXTS), lost=TEXTS in missing)


def _has(table: Table | None, *keys: str) -> bool:
    """Whether a table has these columns; True for a table that is missing as a whole."""
    return table is None or all(key in table.columns for key in keys)


def _of_table(root: Mapping, layout: TableSheet, table: Table | None, *, lost: bool) -> Iterator[Path]:
    if lost or (layout.owner is not None and not _has(table, OWNER_KEY)):
        for path, _owner in _rows(root, layout.owner) if layout.owner is not None else [((), root)]:
            yield from _prefixes(path, layout.keys)
    elif table is not None and (absent := _absent(layout.columns, table)):
        for path, _record in _rows(root, layout):
            yield from (hole for column in absent for hole in _prefixes(path, column.keys))


def _of_texts(texts: Iterable[tuple[Path, Mapping, str]], table: Table | None, *, lost: bool) -> Iterator[Path]:
    absent = _absent(plan_layout().text_columns, table) if table is not None else []
    for path, owner, key in texts:
        if lost or not _has(table, DOCUMENT_KEY):
            yield (*path, key)
            yield (*path, key, _CODE)  # references to codes there can't be checked
        elif absent:
            for at in _nodes(path, owner, key):
                yield from (hole for column in absent for hole in _prefixes(at, column.keys))


def _absent(columns: Iterable[Column], table: Table) -> list[Column]:
    return [column for column in columns if column.key not in table.columns]


def _prefixes(path: Path, keys: tuple[str, ...]) -> Iterator[Path]:
    """The paths of the records on the way to a value, and of the value."""
    return ((*path, *keys[:length]) for length in range(1, len(keys) + 1))


def _documents(root: Mapping) -> Iterator[tuple[Path, Mapping]]:
    for kind in plan_layout().documents:
        tree = root.items.get(kind.key)
        found = tree.items.items() if kind.named and isinstance(tree, Mapping) else [("", tree)]
        for name, document in found:
            if isinstance(document, Mapping):
                yield ((kind.key, name) if kind.named else (kind.key,)), document


def _rows(root: Mapping, table: TableSheet) -> Iterator[tuple[Path, Mapping]]:
    """All records of a sheet with their paths."""
    owners: Iterable[tuple[Path, Mapping]] = [((), root)] if table.owner is None else _rows(root, table.owner)
    for path, owner in owners:
        yield from _listed((*path, *table.keys), owner, table.keys)


def _listed(path: Path, record: Mapping, keys: tuple[str, ...]) -> Iterator[tuple[Path, Mapping]]:
    tree = record.items.get(keys[0])
    if len(keys) > 1:
        if isinstance(tree, Mapping):
            yield from _listed(path, tree, keys[1:])
    elif isinstance(tree, Sequence):
        for index, item in enumerate(tree.items):
            if isinstance(item, Mapping):
                yield (*path, index), item


def _nodes(path: Path, owner: Mapping, key: str) -> Iterator[Path]:
    for at, node in _listed((*path, key), owner, (key,)):
        yield at
        yield from _nodes(at, node, _CHILDREN)
