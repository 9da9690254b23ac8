"""Building of a plan's tree from rows of a form: values, lists, text by depth, and the records that own rows."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem
from docgen.readers.excel.cells import Cell, Fault, scalar
from docgen.readers.excel.columns import Column
from docgen.readers.excel.plan_layout import plan_layout
from docgen.readers.excel.table import Table, TableRow, label_key
from docgen.readers.tree import Mapping, Scalar, Sequence, Tree
from docgen.wording.text import fold, suggestion

_CODE, _NAME, _TEXT = "ma", "ten", "noi_dung"


def row_record(table: Table, row: TableRow, columns: Iterable[Column]) -> Mapping:
    """A row as a mapping, with the places of empty cells too."""
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
    """Set the value at ``keys`` below a record; of an empty cell only the place is kept.

    A ``listed`` value is added to the list there; ``lines``: each line of the cell is an item of that list.
    ``needed``: an empty cell still makes the record on the way, whose missing fields are then reported.
    """
    value = scalar(cell, place) if cell is not None else None
    if value is None or not value.text.strip() or (cell is not None and isinstance(cell.value, Fault)):
        record.keys.setdefault(keys[0], place)
        if needed and len(keys) > 1:
            record.items.setdefault(keys[0], Mapping(place))
        if len(keys) > 1 and isinstance(below := record.items.get(keys[0]), Mapping):
            put(below, keys[1:], None, place)
        return
    if not (listed or lines):
        owner = _owner(record, keys, place)
        owner.items[keys[-1]], owner.keys[keys[-1]] = value, place
        return
    texts = value.text.replace(";", "\n").split("\n") if lines else [value.text]
    _list_in(record, keys, place).items += [Scalar(text, place) for text in texts if text.strip()]


def append(record: Mapping, keys: tuple[str, ...], item: Mapping) -> None:
    """Add a record to the list at ``keys`` below another."""
    _list_in(record, keys, item.place).items.append(item)


def _owner(record: Mapping, keys: tuple[str, ...], place: Place) -> Mapping:
    """The record that holds the last of the keys; records on the way are made at ``place``."""
    for key in keys[:-1]:
        below = record.items.setdefault(key, Mapping(place))
        record.keys.setdefault(key, place)
        assert isinstance(below, Mapping)
        record = below
    return record


def _list_in(record: Mapping, keys: tuple[str, ...], place: Place) -> Sequence:
    """The list at ``keys`` below a record, made at ``place`` where there is none."""
    owner = _owner(record, keys, place)
    items = owner.items.setdefault(keys[-1], Sequence(place))
    owner.keys[keys[-1]] = place
    assert isinstance(items, Sequence)
    return items


def _at(record: Mapping, keys: tuple[str, ...]) -> Tree | None:
    """The tree at ``keys`` below a record, or None."""
    found: Tree | None = record
    for key in keys:
        found = found.items.get(key) if isinstance(found, Mapping) else None
    return found


def holds_something(tree: Tree) -> bool:
    """Whether a tree has any text."""
    if isinstance(tree, Scalar):
        return bool(tree.text.strip())
    inside = tree.items.values() if isinstance(tree, Mapping) else tree.items
    return any(map(holds_something, inside))


def listed(record: Mapping, keys: tuple[str, ...]) -> list[Mapping]:
    """The records of the list at ``keys`` below another."""
    found = _at(record, keys)
    return [item for item in found.items if isinstance(item, Mapping)] if isinstance(found, Sequence) else []


def nodes(owner: Mapping) -> Iterator[Mapping]:
    """All nodes of the texts below a record."""
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
    """Codes by the folded names and codes of records; a code wins over another record's name."""
    by_name: dict[str, str] = {}
    by_code: dict[str, str] = {}
    for record in records:
        code, name = record.items.get(_CODE), record.items.get(_NAME)
        if isinstance(code, Scalar):
            by_code[fold(code.text.strip())] = code.text.strip()
            if isinstance(name, Scalar):
                by_name.setdefault(fold(name.text.strip()), code.text.strip())
    return by_name | by_code


def replace(record: Mapping, keys: tuple[str, ...], by_name: AnyMapping[str, str]) -> None:
    """Replace names by codes at ``keys`` below a record."""
    found = _at(record, keys)
    for one in found.items if isinstance(found, Sequence) else [found]:
        if isinstance(one, Scalar) and (code := by_name.get(fold(one.text.strip()))) is not None:
            one.text = code


def shown_names(known: AnyMapping[str, Mapping]) -> list[str]:
    """The codes of records as typed; of one without a code, its key in ``known``."""
    names = []
    for key, record in known.items():
        code = record.items.get(_CODE)
        names.append(code.text.strip() if isinstance(code, Scalar) else key)
    return names


_RANKS = {"phan": 0, "muc": 1, "dieu": 1, "khoan": 2, "diem": 3, "gach": 4}
_UNNUMBERED = "khong"
_LOWEST = 5


@dataclass
class Depths:
    """The levels of the lines that the next one may be below, outermost first."""

    open: list[str] = field(default_factory=list)

    def expected(self, level: str) -> int:
        """The depth, from 1, of a line of that level that doesn't state one.

        A numbered line is below the nearest line of a higher level, an unnumbered one below the nearest numbered line.
        """
        rank = _RANKS.get(level, _LOWEST)
        depth = len(self.open)
        while depth and (self.open[depth - 1] == _UNNUMBERED or _RANKS.get(self.open[depth - 1], _LOWEST) >= rank):
            depth -= 1
        return depth + 1

    @property
    def deepest(self) -> int:
        """The greatest depth that the next line may have."""
        return len(self.open) + 1

    def enter(self, depth: int, level: str) -> None:
        """Add a line at a depth; lines as deep or deeper are closed."""
        self.open[depth - 1 :] = [level]


@dataclass
class TextTree:
    """Adds the lines of one document's text, each below the right one before it."""

    owner: Mapping
    key: str
    depths: Depths = field(default_factory=Depths)
    open: list[Mapping] = field(default_factory=list)

    def add(self, node: Mapping, depth: int) -> None:
        """Add a line at a depth."""
        level = node.items.get("cap")
        self.depths.enter(depth, level_of(level.text) if isinstance(level, Scalar) else "")
        del self.open[depth - 1 :]
        above = self.open[-1] if self.open else self.owner
        append(above, (self.key if above is self.owner else "noi_dung",), node)
        self.open.append(node)


def level_in(row: TableRow) -> str:
    """The key of the level in a row; "" where it has none."""
    cell = row.cells.get("cap")
    return level_of(cell.value) if cell is not None and isinstance(cell.value, str) else ""


def level_of(text: str) -> str:
    """The key of the level with this key or label; "" for any other text."""
    choices = next(c for c in plan_layout().text_columns if c.key == "cap").declared.choices
    return next((word for word, label in choices.items() if text.strip() in (word, label)), "")


@dataclass(frozen=True)
class Owners:
    """The records, by :func:`label_key` of their names, that rows of a sheet may belong to.

    ``kind`` is the Vietnamese word for one, ``sheet`` the title of their sheet. Names that start with one of ``lost``
    are in missing sheets, so rows of those aren't reported again. ``shown`` are names as typed, of records without a
    code.
    """

    known: AnyMapping[str, Mapping]
    kind: str
    sheet: str
    lost: tuple[str, ...] = ()
    shown: AnyMapping[str, str] = field(default_factory=dict)

    def of(self, table: Table, row: TableRow, key: str, problems: list[Problem]) -> Mapping | None:
        """The record that a row belongs to; None, with a problem added, where its name is missing or unknown."""
        cell, place = row.cells.get(key), table.place(row.number, key)
        names = self._names()
        choices = _("chọn một trong: {names}").format(names=", ".join(names))
        if cell is None:
            if len(self.known) == 1:
                return next(iter(self.known.values()))
            if key in table.columns and "" not in self.lost:
                problems.append(Problem("sheet.no-owner", _("chưa ghi dòng này thuộc về đâu"), choices, place))
            return None
        text = scalar(cell, place).text
        found = self.known.get(label_key(text))
        if found is None and not label_key(text).startswith(self.lost):
            message = _("không có {kind} “{name}”").format(kind=self.kind, name=text.strip())
            hint = suggestion(text, names, choices)
            problems.append(Problem("data.unknown-reference", message, hint, place))
        return found

    def report_none(self, table: Table, key: str, problems: list[Problem]) -> bool:
        """Whether there are no records at all; then the first row is reported."""
        if self.known:
            return False
        if table.rows and not self.lost:
            message = _("trang “{sheet}” chưa có dòng nào để các dòng ở đây thuộc về").format(sheet=self.sheet)
            hint = _("điền trang “{sheet}” trước, hoặc xóa các dòng ở trang này").format(sheet=self.sheet)
            problems.append(Problem("sheet.no-owner", message, hint, table.place(table.rows[0].number, key)))
        return True

    def _names(self) -> list[str]:
        return [self.shown.get(key, name) for key, name in zip(self.known, shown_names(self.known), strict=True)]
