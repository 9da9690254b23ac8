"""The sheets of a plan's form: filled from a plan, or empty, with rows to type in and a guide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from docgen.base.declare import Record, declarations
from docgen.base.sheets import (
    FORM_FIRST_ROW,
    Cell,
    Choice,
    Entry,
    FormColumn,
    FormLine,
    FormSheet,
    Formula,
    address,
    span,
)
from docgen.model.plan.plan import FieldsOfWork, Plan, own_records
from docgen.model.plan.task import Group
from docgen.model.plan.text import Node
from docgen.readers.excel.columns import (
    Column,
    cell_of,
    example_of,
    form_column,
    own_choice,
    style_of,
    value_of,
)
from docgen.readers.excel.plan_layout import (
    COMPUTED,
    DEPTH,
    DOCUMENT,
    DOCUMENTS,
    GENERAL,
    ITEM,
    TEXTS,
    VALUE,
    DocumentKind,
    ItemSheet,
    PlanLayout,
    TableSheet,
    plan_layout,
)
from docgen.readers.excel.row_trees import Depths

_STEPS = (
    ("1. Đơn vị, Thành viên",
     "Kê cơ quan ban hành và mọi đơn vị có tên trong kế hoạch. Mã do bạn đặt, không dấu, ví dụ phong-noi-vu. Nhóm "
     "đơn vị (“Các phòng, ban”) cũng là một dòng; kê thành viên ở trang “Thành viên”."),
    ("2. Thông tin chung", "Mã kế hoạch, năm, đơn vị tính, cơ quan ban hành (mã ở trang “Đơn vị”)."),
    ("3. Văn bản",
     "Mỗi cột một văn bản: số, ngày, trích yếu, người ký. Chưa có số, ngày thì để trống; khi soạn ghi bằng --so và "
     "--ngay."),
    ("4. Căn cứ, Nơi nhận, Nội dung",
     "Mỗi dòng một căn cứ, một nơi nhận, một đoạn văn. Dấu “;” cuối căn cứ, số mục và dấu “./.” do docgen in."),
    ("5. Phụ lục, Nhóm, Nhiệm vụ",
     "Một phụ lục, các nhóm (I, II …) của nó, rồi mỗi nhiệm vụ một dòng. Tổng kinh phí tự cộng, không gõ tổng. Nhiều "
     "đơn vị trong một ô: cách nhau bằng dấu phẩy, chấm phẩy hoặc xuống dòng."),
    ("6. Chỉ tiêu", "Chỉ tiêu mà báo cáo phải đánh giá, nếu có."),
    ("7. Kiểm tra", "docgen validate TỆP.xlsx --annotate: tạo bản sao tô màu từng ô sai, kèm cách sửa."),
    ("8. Soạn", "docgen build TỆP.xlsx: Quyết định, Kế hoạch, Phụ lục thành tệp Word."),
    ("Lưu ý",
     "Cột có dấu * phải điền. Dòng chữ nghiêng phía trên tiêu đề là ví dụ. Giữ nguyên tên trang và tiêu đề cột; "
     "thêm, xóa, sắp xếp dòng tùy ý. Xuống dòng trong ô: Alt+Enter. Không gộp ô. Phông Unicode (Times New Roman), "
     "không dùng .VnTime, VNI."),
)  # fmt: skip


def guide_sheet() -> FormSheet:
    """The first sheet of a plan's form, which says how to fill in the others."""
    columns = (FormColumn("Việc", 30, locked=True), FormColumn("Cách làm", 100, locked=True))
    lines = tuple(map(FormLine, _STEPS))
    note = "Điền lần lượt các trang dưới đây. Trang nào không dùng thì để trống."
    return FormSheet("Hướng dẫn", "CÁCH ĐIỀN BIỂU MẪU KẾ HOẠCH", note, columns, lines)


_SPARE = {"Nhiệm vụ": 150, "Nội dung": 150, "Đơn vị": 60}
_FEWEST_SPARE = 30
#: The fewest rows of a list of texts in the documents' sheet.
_ROWS_OF_A_LIST = 3
_NEW_DOCUMENT = "to-trinh"
_CODE = "ma"


def plan_sheets(plan: Plan | None, fields_of_work: FieldsOfWork | None = None) -> tuple[FormSheet, ...]:
    """The sheets of a form filled from ``plan``; without one, empty but for ``fields_of_work``."""
    return _Form(plan, fields_of_work).sheets()


class _Form:
    """Makes the sheets of one form."""

    def __init__(self, plan: Plan | None, fields_of_work: FieldsOfWork | None) -> None:
        self.plan = plan
        named = plan.documents.values() if plan is not None else ()
        self.layout: PlanLayout = plan_layout(own_records(map(type, named)))
        self.shown = list(self._shown_documents())
        self.names = [name for _kind, name, _record in self.shown]
        self.rows: dict[str, list[tuple[str, Record]]] = {table.title: [] for table in self.layout.tables}
        if plan is not None:
            for table in self.layout.tables:
                if table.owner is None:
                    self._collect(table, plan, "")
        elif fields_of_work is not None:
            self.rows["Lĩnh vực"] = [("", one) for one in fields_of_work.fields]
        self.field_list = fields_of_work

    def sheets(self) -> tuple[FormSheet, ...]:
        tables = {table.title: self._table(table) for table in self.layout.tables}
        items = {item.title: self._items(item) for item in self.layout.items}
        # In the order of filling in: drop-downs of a sheet offer values of those before it.
        first = [tables.pop("Đơn vị"), tables.pop("Thành viên"), self._general(), self._documents()]
        first += [items.pop("Căn cứ"), items.pop("Nơi nhận"), self._texts()]
        first += [tables.pop(title) for title in ("Phụ lục", "Nhóm", "Nhiệm vụ", "Chỉ tiêu")]
        return (guide_sheet(), *first, *items.values(), *tables.values())

    def _collect(self, table: TableSheet, above: Record, code: str) -> None:
        for record in _list_at(above, table.keys):
            self.rows[table.title].append((code, record))
            own = getattr(record, "code", "")
            for below in self.layout.tables:
                if below.owner is table:
                    self._collect(below, record, own)

    # -- single values and documents ------------------------------------------------------------------------------

    def _general(self) -> FormSheet:
        lines = []
        for column in self.layout.general:
            value = value_of(self.plan, column.keys) if self.plan is not None else self._given(column)
            lines.append(FormLine((self._label(column), self._entry(column, value), example_of(column.declared))))
        columns = (
            FormColumn(ITEM, 40, locked=True),
            FormColumn(VALUE, 60),
            FormColumn("Ví dụ, giải thích", 50, locked=True),
        )
        note = "Mỗi dòng một mục, điền ở cột giữa. Mục có dấu * phải có."
        return FormSheet(GENERAL, "THÔNG TIN CHUNG CỦA KẾ HOẠCH", note, columns, tuple(lines))

    def _given(self, column: Column) -> Any:
        """The value of an empty form's field, which only those of the list of fields of work have."""
        if self.field_list is None:
            return None
        return {
            "linh_vuc": self.field_list.code,
            "danh_muc_linh_vuc.ma": self.field_list.code,
            "danh_muc_linh_vuc.ten": self.field_list.name,
        }.get(column.key)

    def _documents(self) -> FormSheet:
        lines = [line for column in self.layout.document_columns for line in self._document_lines(column)]
        columns = (
            FormColumn(ITEM, 34, locked=True),
            *(FormColumn(name, 40) for name in self.names),
            FormColumn("Ví dụ, giải thích", 40, locked=True),
        )
        note = (
            "Mỗi cột một văn bản; ô xám: văn bản đó không có mục này. Văn bản khác (Tờ trình, Công văn …): đặt tên ở "
            "đầu cột, ví dụ “to-trinh”. Không ban hành quyết định thì để trống cả cột."
        )
        return FormSheet(DOCUMENTS, "CÁC VĂN BẢN", note, columns, tuple(lines))

    def _document_lines(self, column: Column) -> Iterator[FormLine]:
        """The rows of a field of documents, one for each item of a list; marked as required where every document is.

        Cells of documents without the field are locked.
        """
        has = [self.layout.has(kind, column, _type(record)) for kind, _name, record in self.shown]
        values = [
            value_of(record, column.keys) if record is not None and here else None
            for (_kind, _name, record), here in zip(self.shown, has, strict=True)
        ]
        label = self._label(column) if all(has) else column.label
        rows = [values]
        if column.declared.many:
            longest = max(_ROWS_OF_A_LIST, *(len(value or ()) for value in values))
            rows = [[value[at] if value and at < len(value) else None for value in values] for at in range(longest)]
        for at, items in enumerate(rows):
            pairs = zip(has, items, strict=True)
            cells = [self._entry(column, item) if here else Entry(None, locked=True) for here, item in pairs]
            yield FormLine((label, *cells, f"dòng {at + 1}, nếu có" if at else example_of(column.declared)))

    def _shown_documents(self) -> Iterator[tuple[DocumentKind, str, Record | None]]:
        """The kind, name and record of each document that has a column."""
        for kind in self.layout.documents:
            value = getattr(self.plan, kind.declared.name) if self.plan is not None else None
            if not kind.named:
                yield kind, kind.declared.label, value
                continue
            for name, record in (value or {}).items():
                yield kind, self._document_name(name), record
            if not value:
                yield kind, _NEW_DOCUMENT, None

    def _document_name(self, name: str) -> str:
        """The heading of a named document: its name, with a prefix where that means something else."""
        taken = {other.declared.label for other in self.layout.documents} | {o.key for o in self.layout.documents}
        return f"van-ban/{name}" if name in taken or name in (ITEM, "Ví dụ, giải thích") else name

    def _label(self, column: Column) -> str:
        return f"{column.label} *" if column.required else column.label

    def _entry(self, column: Column, value: Any) -> Entry:
        style = style_of(column.declared)
        shown = value if isinstance(value, str) and column.declared.many else cell_of(column.declared, value)
        return Entry(shown, style="text" if style == "centred" else style, choice=self._choice(column))

    # -- lists ----------------------------------------------------------------------------------------------------

    def _items(self, item: ItemSheet) -> FormSheet:
        lines = []
        for kind, name, record in self.shown:
            if record is not None and self.layout.has(kind, item.column, type(record)):
                values: Sequence[str] = value_of(record, item.column.keys) or ()
                lines += [FormLine((name, value)) for value in values]
        choice = Choice(tuple(self.names), strict=False)
        owner = FormColumn(DOCUMENT, 18, required=True, example=self.names[0], choice=choice)
        columns = (owner, form_column(item.column))
        note = "Mỗi dòng một mục, theo đúng thứ tự in. Cột đầu: văn bản có mục đó."
        return FormSheet(item.title, item.title.upper(), note, columns, tuple(lines), _FEWEST_SPARE)

    def _table(self, table: TableSheet) -> FormSheet:
        owner = [self._owner_column(table.owner, table.owner_label)] if table.owner is not None else []
        columns = [*owner, *(form_column(column, self._choice(column)) for column in table.columns)]
        rows = self.rows[table.title]
        lines = [[*([code] if owner else []), *_cells(table.columns, record)] for code, record in rows]
        spare = self._spare(table)
        if (below := self._summed_below(table)) is not None:
            # A group's own budget is used where its tasks have none: a second sum, of those, would mislead.
            columns = [replace(column, summed=False) for column in columns]
            columns.append(FormColumn(COMPUTED, 14, "amount", locked=True, example="tự tính", summed=True))
            lines += [[None] * (len(columns) - 1) for _row in range(spare)]
            for at, line in enumerate(lines):
                line.append(self._sum_of(table, below, FORM_FIRST_ROW + at))
        return FormSheet(table.title, table.title.upper(), _note(table), tuple(columns),
                         tuple(FormLine(tuple(line)) for line in lines), spare)  # fmt: skip

    def _owner_column(self, owner: TableSheet, label: str) -> FormColumn:
        example = next(example_of(column.declared) for column in owner.columns if column.key == _CODE)
        return FormColumn(label, 16, required=True, example=example, choice=self._range(owner, _CODE))

    def _summed_below(self, table: TableSheet) -> TableSheet | None:
        """The sheet whose money is summed in rows of this one, or None."""
        return next((one for one in self.layout.tables if one.owner is table and one.title == "Nhiệm vụ"), None)

    def _sum_of(self, table: TableSheet, below: TableSheet, row: int) -> Formula:
        """A formula for the money of the rows below that belong to a row, with its value; "" without a code."""
        last = FORM_FIRST_ROW + len(self.rows[below.title]) + self._spare(below) - 1
        owners = span(0, FORM_FIRST_ROW, last, below.title)
        money = span(below.index("kinh_phi"), FORM_FIRST_ROW, last, below.title)
        code, rows = address(table.index(_CODE), row), self.rows[table.title]
        total: Decimal | str = ""
        if row - FORM_FIRST_ROW < len(rows):
            group = rows[row - FORM_FIRST_ROW][1]
            assert isinstance(group, Group)
            total = sum((task.budget or Decimal(0) for task in group.tasks), Decimal(0)) if group.code else ""
        return Formula(f'IF({code}="","",SUMIF({owners},{code},{money}))', total)

    def _spare(self, table: TableSheet) -> int:
        return _SPARE.get(table.title, _FEWEST_SPARE)

    def _choice(self, column: Column) -> Choice | None:
        declared = column.declared
        if declared.suggests:
            year = self.plan.year if self.plan is not None else 2026
            return Choice(tuple(text.format(nam=year) for text in declared.suggests), strict=False)
        if not declared.refers:
            return own_choice(declared)
        key, _dot, of = declared.refers.partition(".")
        table = self.layout.table(key)
        if table is None:
            return None
        return self._range(table, of or _CODE)

    def _range(self, table: TableSheet, key: str) -> Choice:
        """A column's values as suggestions: a cell may hold several, and names as well as codes."""
        last = FORM_FIRST_ROW + len(self.rows[table.title]) + self._spare(table) - 1
        return Choice(span(table.index(key), FORM_FIRST_ROW, last, table.title), strict=False)

    # -- texts ----------------------------------------------------------------------------------------------------

    def _texts(self) -> FormSheet:
        lines = [
            FormLine(tuple(cells)) for name, nodes in self._named_texts() for cells in self._text_lines(name, nodes)
        ]
        names = [*self.names, *(name for name, _nodes in self._table_texts())]
        columns = (
            FormColumn(DOCUMENT, 14, required=True, example=names[0], choice=Choice(tuple(names), strict=False)),
            FormColumn(DEPTH, 6, "centred", example="bỏ trống"),
            *(form_column(column, self._choice(column)) for column in self.layout.text_columns),
        )
        note = (
            "Mỗi dòng một đoạn, theo đúng thứ tự in; số I., 1., a) do docgen in. Mỗi đoạn có “Tiêu đề” (in đậm) hoặc "
            "“Văn”. Đoạn nằm dưới đoạn có cấp cao hơn gần nhất ở trên; khác thế thì ghi bậc 1, 2, 3 …"
        )
        return FormSheet(TEXTS, "NỘI DUNG CÁC VĂN BẢN", note, columns, tuple(lines), _SPARE[TEXTS])

    def _named_texts(self) -> Iterator[tuple[str, tuple[Node, ...]]]:
        yield from ((name, _tree(record)) for _kind, name, record in self.shown if record is not None)
        yield from self._table_texts()

    def _table_texts(self) -> Iterator[tuple[str, tuple[Node, ...]]]:
        """The texts of records in tables, by the name of their record."""
        for table in self.layout.tables:
            if table.texts:
                for _code, record in self.rows[table.title]:
                    yield f"{table.title} {getattr(record, 'code', '')}", _tree(record)

    def _text_lines(self, name: str, nodes: tuple[Node, ...]) -> Iterator[list[Cell]]:
        depths = Depths()
        for depth, node in _with_depths(nodes, 1):
            shown = None if depths.expected(node.level) == depth else depth
            depths.enter(depth, node.level)
            yield [name, shown, *_cells(self.layout.text_columns, node)]


def _note(table: TableSheet) -> str:
    notes: Mapping[str, str] = {
        "Đơn vị": "Cơ quan ban hành và mọi đơn vị có tên trong kế hoạch. “Mã” do bạn đặt: chữ không dấu, "
        "không đổi về sau.",
        "Nhóm": "Mỗi nhóm một dòng, theo thứ tự in. Cột cuối tự cộng kinh phí của các nhiệm vụ trong nhóm.",
        "Nhiệm vụ": "Mỗi nhiệm vụ một dòng, theo thứ tự in; cột đầu là mã nhóm. Kinh phí chỉ ghi số, theo "
        "“Đơn vị tính”.",
        "Chỉ tiêu": "Chỉ tiêu của kế hoạch mà các báo cáo phải đánh giá.",
        "Phụ lục": "Kế hoạch có bảng nhiệm vụ thì có ít nhất một phụ lục.",
    }
    return notes.get(table.title, "Không có thì để trống trang này.")


def _cells(columns: Sequence[Column], record: Record) -> list[Cell]:
    return [cell_of(column.declared, value_of(record, column.keys)) for column in columns]


def _type(record: Record | None) -> type[Record] | None:
    return type(record) if record is not None else None


def _list_at(record: Record, keys: Sequence[str]) -> tuple[Record, ...]:
    found: Record | Any | None = record
    for key in keys:
        if not isinstance(found, Record):
            return ()
        found = getattr(found, declarations(type(found))[key].name)
    return found if isinstance(found, tuple) else ()


def _tree(record: Record) -> tuple[Node, ...]:
    for declared in declarations(type(record)).values():
        if declared.record is Node:
            nodes: tuple[Node, ...] = getattr(record, declared.name)
            return nodes
    return ()


def _with_depths(nodes: tuple[Node, ...], depth: int) -> Iterator[tuple[int, Node]]:
    for node in nodes:
        yield depth, node
        yield from _with_depths(node.children, depth + 1)
