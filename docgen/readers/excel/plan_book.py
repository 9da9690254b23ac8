"""Reading of a plan's filled-in form into a tree, each value with its sheet and cell."""

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence as AnySequence
from dataclasses import dataclass, field

from docgen.base.locale import translate as _
from docgen.errors import Path, Place, Problem
from docgen.model.plan.plan import NamedDocument, Records, TextDocument, own_records, record_of
from docgen.readers.excel.cells import Book, Cell, Fault, Grid, scalar
from docgen.readers.excel.columns import PERCENTAGES, Column
from docgen.readers.excel.plan_holes import holes_of
from docgen.readers.excel.plan_layout import (
    COMPUTED,
    COMPUTED_KEY,
    DEPTH,
    DEPTH_KEY,
    DOCUMENT,
    DOCUMENT_KEY,
    DOCUMENTS,
    GENERAL,
    ITEM,
    ITEM_KEY,
    OWNER_KEY,
    TEXTS,
    VALUE,
    VALUE_KEY,
    DocumentKind,
    ItemSheet,
    TableSheet,
    plan_layout,
)
from docgen.readers.excel.progress_form import progress_form_problem
from docgen.readers.excel.row_trees import (
    Owners,
    TextTree,
    append,
    codes_by_name,
    holds_something,
    level_in,
    listed,
    nodes,
    put,
    replace,
    row_record,
    shown_names,
)
from docgen.readers.excel.table import Heading, SheetFinder, Table, TableRow, label_key, read_table
from docgen.readers.tree import Mapping, Scalar
from docgen.wording.text import closest, did_you_mean

_EXPLANATION = Heading("@vi_du", "Ví dụ, giải thích", read=False)
_CODE, _KIND_NAME = "ma", "ten_loai"


@dataclass
class PlanBook:
    """Reads a workbook into a plan's tree; ``problems`` are those of the workbook itself.

    ``holes`` are the paths of values in missing sheets and columns, which are reported once. ``records`` are those of
    the kinds of named documents that have fields of their own.
    """

    book: Book
    problems: list[Problem] = field(default_factory=list)
    holes: set[Path] = field(default_factory=set)
    records: Records = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.layout = plan_layout(own_records(self.records.values()))
        place = Place(self.book.file)
        self.root = Mapping(place)
        self._documents: dict[str, Mapping] = {}
        self._rows: dict[str, dict[str, Mapping]] = {}
        self._tables: dict[str, Table] = {}
        self._names: list[str] = []
        self.finder = SheetFinder(self.book, tuple(self._titles()), self.problems)

    @property
    def is_form(self) -> bool:
        """Whether the workbook has a sheet of a plan's form, and isn't a progress form."""
        titles = set(map(label_key, self._titles()))
        known = any(label_key(grid.name) in titles for grid in self.book.grids)
        return known and progress_form_problem(self.book) is None

    def tree(self) -> Mapping:
        """Read all sheets into one tree."""
        self.problems += self.book.remarks
        if (progress := progress_form_problem(self.book)) is not None:
            self.problems.append(progress)
            return self.root
        if not self.is_form:
            message = _("đây không phải biểu mẫu kế hoạch của docgen")
            hint = _(
                "tạo biểu mẫu bằng `docgen form plan -o TỆP.xlsx`; có sẵn bảng nhiệm vụ thì dùng `docgen import tasks`"
            )
            self.problems.append(Problem("sheet.no-form", message, hint, Place(self.book.file)))
            return self.root
        self._read_general()
        self._read_documents()
        for table in self.layout.tables:
            self._read_rows(table)
        for item in self.layout.items:
            self._read_items(item)
        self._read_texts()
        self._name_units()
        self._attach_documents()
        self.holes |= set(holes_of(self.root, self._tables, self.finder.lost))
        return self.root

    # -- sheets ---------------------------------------------------------------------------------------------------

    def _titles(self) -> Iterator[str]:
        yield from (GENERAL, DOCUMENTS, TEXTS)
        yield from (item.title for item in self.layout.items)
        yield from (table.title for table in self.layout.tables)

    def _table(self, title: str, headings: AnySequence[Heading], *, needed: bool = False) -> Table | None:
        grid = self.finder.find(title, headings, needed=needed)
        table = read_table(grid, headings, self.problems) if grid is not None else None
        if table is None:
            self.finder.lost.add(title)
        else:
            self._tables[title] = table
        return table

    # -- single values --------------------------------------------------------------------------------------------

    def _read_general(self) -> None:
        headings = (Heading(ITEM_KEY, ITEM, True), Heading(VALUE_KEY, VALUE, True), _EXPLANATION)
        table = self._table(GENERAL, headings, needed=True)
        if table is None:
            return
        for row, column in self._items_of(table, self.layout.general):
            place = table.place(row.number, VALUE_KEY)
            put(self.root, column.keys, row.cells.get(VALUE_KEY), place, needed=column.required)
        for column in self.layout.general:
            self.root.keys.setdefault(column.keys[0], table.grid.place())

    def _items_of(self, table: Table, columns: AnySequence[Column]) -> Iterator[tuple[TableRow, Column]]:
        """The rows of a sheet with one field a row, each with the column of that field."""
        by_label = {label_key(column.label): column for column in columns}
        seen: set[str] = set()
        unknown: list[tuple[TableRow, str]] = []
        for row in table.rows:
            cell = row.cells.get(ITEM_KEY)
            label = cell.value if cell is not None and isinstance(cell.value, str) else ""
            column = by_label.get(label_key(label))
            if column is None:
                unknown.append((row, label.strip()))
                continue
            if column.key in seen and not column.declared.many:
                message = _("mục “{label}” có hai dòng").format(label=column.label)
                place = table.place(row.number, ITEM_KEY)
                self.problems.append(Problem("sheet.doubled-item", message, _("giữ một dòng, xóa dòng kia"), place))
                continue
            seen.add(column.key)
            yield row, column
        missing = [column for column in columns if column.key not in seen]
        for row, label in unknown:
            self._unknown_item(table, row, label, [column.label for column in missing])

    def _unknown_item(self, table: Table, row: TableRow, label: str, missing: list[str]) -> None:
        values = [key for key in row.cells if key != ITEM_KEY]
        meant = closest(label, missing) if label else None
        if not values and meant is None:
            return
        message = _("không có mục “{label}”").format(label=label) if label else _("dòng này chưa có tên mục")
        hint = did_you_mean(meant, _("giữ nguyên cột “Mục” của biểu mẫu"))
        self.problems.append(Problem("sheet.unknown-item", message, hint, table.place(row.number, ITEM_KEY)))

    # -- documents ------------------------------------------------------------------------------------------------

    def _read_documents(self) -> None:
        known = [Heading(ITEM_KEY, ITEM, True), *(Heading(k.key, k.declared.label) for k in self.layout.documents[:2])]
        grid = self.finder.find(DOCUMENTS, known, needed=True)
        if grid is None:
            return
        names = self._names = list(_document_headings(grid))
        headings = [Heading(ITEM_KEY, ITEM, True), *(Heading(name, name) for name in names), _EXPLANATION]
        table = read_table(grid, headings, self.problems)
        if table is None or not names:
            self.finder.lost.add(DOCUMENTS)
            return
        self._tables[DOCUMENTS] = table
        for name in names:
            self._document(name, grid.place(table.heading_row, table.columns.get(name)))
        items = list(self._items_of(table, self.layout.document_columns))
        kind_names = next((row.cells for row, column in items if column.key == _KIND_NAME), {})
        for row, column in items:
            for name in names:
                kind, place = self._kind(name), table.place(row.number, name)
                cell = row.cells.get(name)
                if not self.layout.has(kind, column, self._record(kind_names.get(name))):
                    if cell is not None:
                        message = _("văn bản “{name}” không có mục “{label}”").format(name=name, label=column.label)
                        self.problems.append(Problem("sheet.not-of-document", message, _("xóa ô này"), place))
                    continue
                put(self._documents[label_key(name)], column.keys, cell, place, listed=bool(column.declared.many))

    def _record(self, kind_name: Cell | None) -> type[NamedDocument]:
        """The record of a named document by the cell with the name of its kind."""
        text = kind_name.value if kind_name is not None else None
        return record_of(text, self.records) if isinstance(text, str) else TextDocument

    def _document(self, name: str, place: Place) -> Mapping:
        return self._documents.setdefault(label_key(name), Mapping(place))

    def _kind(self, name: str) -> DocumentKind:
        wanted = label_key(name)
        for kind in self.layout.documents:
            if not kind.named and wanted in (label_key(kind.declared.label), label_key(kind.key)):
                return kind
        return next(kind for kind in self.layout.documents if kind.named)

    def _read_items(self, item: ItemSheet) -> None:
        headings = (Heading(DOCUMENT_KEY, DOCUMENT, True), Heading("item", item.column.label, True))
        table = self._table(item.title, headings)
        if table is None:
            return
        owners = self._document_owners(self._documents)
        if owners.report_none(table, DOCUMENT_KEY, self.problems):
            return
        for row in table.rows:
            document = owners.of(table, row, DOCUMENT_KEY, self.problems)
            cell = row.cells.get("item")
            if document is not None and cell is not None:
                put(document, item.column.keys, cell, table.place(row.number, "item"), listed=True)

    def _attach_documents(self) -> None:
        for key, document in self._documents.items():
            name = next((one for one in self._names if label_key(one) == key), key)
            kind = self._kind(name)
            if not kind.declared.required and not holds_something(document):
                continue
            document.items.setdefault("van_ban", Mapping(document.place))
            if not kind.named:
                self.root.items[kind.key], self.root.keys[kind.key] = document, document.place
                continue
            others = self.root.items.setdefault(kind.key, Mapping(document.place))
            assert isinstance(others, Mapping)
            self.root.keys.setdefault(kind.key, document.place)
            bare = name.strip().removeprefix("van-ban/")
            others.items[bare], others.keys[bare] = document, document.place
        named = self.root.items.get(next(kind.key for kind in self.layout.documents if kind.named))
        if isinstance(named, Mapping):  # in the order in which a folder's files are read
            named.items = dict(sorted(named.items.items()))

    # -- lists of records -----------------------------------------------------------------------------------------

    def _read_rows(self, layout: TableSheet) -> None:
        owner = [Heading(OWNER_KEY, layout.owner_label, True)] if layout.owner is not None else []
        fields = [
            Heading(column.key, column.label, column.required, percentage=column.key in PERCENTAGES)
            for column in layout.columns
        ]
        needed = any(below.owner is layout for below in self.layout.tables)
        table = self._table(layout.title, [*owner, *fields, *self._computed(layout)], needed=needed)
        records = self._rows.setdefault(layout.title, {})
        if table is None:
            return
        owners = self._row_owners(layout.owner) if layout.owner is not None else None
        orphans = owners is not None and owners.report_none(table, OWNER_KEY, self.problems)
        for row in table.rows:
            if not row.cells.keys() - {OWNER_KEY}:
                continue
            one = row_record(table, row, layout.columns)
            above: Mapping | None = None if orphans else self.root
            if owners is not None and not orphans:
                above = owners.of(table, row, OWNER_KEY, self.problems)
            if above is not None:
                append(above, layout.keys, one)
            code = one.items.get(_CODE)
            if isinstance(code, Scalar):
                records.setdefault(label_key(code.text), one)

    def _row_owners(self, owner: TableSheet) -> Owners:
        """The rows of a sheet that those of another belong to; without a column of codes, any name is accepted."""
        table = self._tables.get(owner.title)
        known = table is not None and _CODE in table.columns
        return Owners(self._rows[owner.title], owner.title.lower(), owner.title, () if known else ("",))

    def _document_owners(self, known: AnyMapping[str, Mapping]) -> Owners:
        lost = [label_key(one.title) for one in self.layout.tables if one.texts and one.title in self.finder.lost]
        if DOCUMENTS in self.finder.lost:
            lost = [""]
        shown = {label_key(name): name for name in self._names}
        for table in self.layout.tables:
            if table.texts:
                names = [f"{table.title} {code}" for code in shown_names(self._rows[table.title])]
                shown |= {label_key(name): name for name in names}
        return Owners(known, DOCUMENT.lower(), DOCUMENTS, tuple(lost), shown)

    def _computed(self, layout: TableSheet) -> list[Heading]:
        return [Heading(COMPUTED_KEY, COMPUTED, read=False)] if layout.title == "Nhóm" else []

    # -- texts ----------------------------------------------------------------------------------------------------

    def _read_texts(self) -> None:
        columns = self.layout.text_columns
        fields = [Heading(column.key, column.label, column.required) for column in columns]
        headings = [Heading(DOCUMENT_KEY, DOCUMENT, True), Heading(DEPTH_KEY, DEPTH), *fields]
        table = self._table(TEXTS, headings, needed=True)
        if table is None:
            return
        owners = dict(self._owners())
        for owner, key in owners.values():
            owner.keys[key] = table.grid.place()
        named = self._document_owners({name: owner for name, (owner, _key) in owners.items()})
        if named.report_none(table, DOCUMENT_KEY, self.problems):
            return
        trees: dict[int, TextTree] = {}
        for row in table.rows:
            if not row.cells.keys() - {DOCUMENT_KEY, DEPTH_KEY}:
                continue
            found = named.of(table, row, DOCUMENT_KEY, self.problems)
            if found is None:
                continue
            key = next(key for owner, key in owners.values() if owner is found)
            tree = trees.setdefault(id(found), TextTree(found, key))
            tree.add(row_record(table, row, columns), self._depth(table, row, tree))

    def _owners(self) -> Iterator[tuple[str, tuple[Mapping, str]]]:
        """Records with a text by folded name, with the key of the text."""
        for name, document in self._documents.items():
            yield name, (document, "noi_dung")
        for table in self.layout.tables:
            if table.texts:
                for code, record in self._rows[table.title].items():
                    yield label_key(f"{table.title} {code}"), (record, table.texts)

    def _depth(self, table: Table, row: TableRow, tree: TextTree) -> int:
        level = level_in(row)
        cell, place = row.cells.get(DEPTH_KEY), table.place(row.number, DEPTH_KEY)
        if cell is None:
            return tree.depths.expected(level)
        text = scalar(cell, place).text.strip()
        deepest = tree.depths.deepest
        if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= deepest:
            return int(text)
        message = _("bậc “{text}” không dùng được ở dòng này").format(text=text[:20])
        hint = _("để trống, hoặc ghi số từ 1 đến {deepest}").format(deepest=deepest)
        self.problems.append(Problem("text.depth", message, hint, place))
        return tree.depths.expected(level)

    # -- references -----------------------------------------------------------------------------------------------

    def _name_units(self) -> None:
        """Replace names of units and fields of work by their codes in all fields that refer to them."""
        coded = {table.keys[-1]: self._rows.get(table.title, {}).values() for table in self.layout.tables}
        codes = {key: codes_by_name(coded[key]) for key in ("don_vi", "linh_vuc")}
        tables = [(table.columns, self._rows_of(table)) for table in self.layout.tables]
        texts = [node for owner in (self.root, *self._documents.values()) for node in nodes(owner)]
        for columns, records in (
            *tables,
            (self.layout.general, [self.root]),
            (self.layout.document_columns, list(self._documents.values())),
            (self.layout.text_columns, texts),
        ):
            for column in columns:
                by_name = codes.get(column.declared.refers)
                if by_name:
                    for record in records:
                        replace(record, column.keys, by_name)

    def _rows_of(self, table: TableSheet) -> list[Mapping]:
        above = [self.root] if table.owner is None else self._rows_of(table.owner)
        return [one for record in above for one in listed(record, table.keys)]


def _document_headings(grid: Grid) -> Iterator[str]:
    """The headings of the documents' columns."""
    for cells in grid.rows.values():
        labels = {
            column: str(cell.value).strip() for column, cell in cells.items() if not isinstance(cell.value, Fault)
        }
        if label_key(ITEM) in map(label_key, labels.values()):
            known = {label_key(ITEM), label_key(_EXPLANATION.label), ""}
            yield from (label for label in labels.values() if label_key(label) not in known)
            return
