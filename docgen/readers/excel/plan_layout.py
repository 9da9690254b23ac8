"""The sheets of a plan's form, made from the declarations of its records, so that new fields appear by themselves.

One sheet has the plan's single values; one the documents, with a field a row and a document a column; each list of
records has a sheet, whose first column says what a row belongs to; one sheet has the texts of all documents.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from docgen.base.declare import Declaration, Record, declarations
from docgen.model.plan.frame import Frame
from docgen.model.plan.plan import NamedDocument, Plan, TextDocument
from docgen.model.plan.text import Node
from docgen.readers.excel.columns import Column, columns_of

GENERAL, DOCUMENTS, TEXTS = "Thông tin chung", "Văn bản", "Nội dung"
#: Headings and keys of columns that aren't fields.
ITEM, VALUE, DOCUMENT, DEPTH, COMPUTED = "Mục", "Điền vào đây", "Văn bản", "Bậc", "Tổng tính ra"
OWNER_KEY, DOCUMENT_KEY, DEPTH_KEY, ITEM_KEY, COMPUTED_KEY = "@", "@van_ban", "@bac", "@muc", "@tong"
VALUE_KEY = "value"
#: Titles of lists of texts with a sheet of their own; other lists are rows of the documents' sheet.
_ITEM_SHEETS = {"can_cu": "Căn cứ", "noi_nhan": "Nơi nhận", "kinh_gui": "Kính gửi"}
_TITLES = {
    "phu_luc": "Phụ lục",
    "nhom": "Nhóm",
    "nhiem_vu": "Nhiệm vụ",
    "phan_bo": "Phân bổ",
    "thay_doi": "Thay đổi",
    "chi_tieu": "Chỉ tiêu",
    "don_vi": "Đơn vị",
    "ten_khac": "Tên khác",
    "thanh_vien": "Thành viên",
    "linh_vuc": "Lĩnh vực",
}
_LONGEST_TITLE = 31


@dataclass(frozen=True)
class DocumentKind:
    """A field of the plan that holds a document, or several by name, with the record of the document.

    Named documents may have other records, those of kinds with fields of their own.
    """

    key: str
    declared: Declaration
    record: type[Record]

    @property
    def named(self) -> bool:
        """Whether the field holds several documents by name."""
        return self.declared.many == "named"


@dataclass(frozen=True)
class ItemSheet:
    """A sheet with a list of texts of documents, one a row."""

    title: str
    column: Column


@dataclass(frozen=True)
class TableSheet:
    """A sheet with a list of records, one a row; ``keys`` lead to the list from the plan or a row of ``owner``.

    ``texts`` is the key of the records' tree of text, "" where they have none.
    """

    title: str
    keys: tuple[str, ...]
    record: type[Record]
    columns: tuple[Column, ...]
    owner: "TableSheet | None"
    texts: str

    @property
    def owner_label(self) -> str:
        """The heading of the column with what a row belongs to."""
        return f"Thuộc {self.owner.title.lower()}" if self.owner is not None else ""

    def index(self, key: str) -> int:
        """The number of a column in the sheet, from 0; that of the owner comes first."""
        keys = [column.key for column in self.columns]
        return keys.index(key) + (self.owner is not None)


@dataclass(frozen=True)
class PlanLayout:
    """All sheets of a plan's form but the guide.

    ``text_columns`` are those of a node of text, ``keys`` the keys of columns by record of a document.
    """

    general: tuple[Column, ...]
    documents: tuple[DocumentKind, ...]
    document_columns: tuple[Column, ...]
    items: tuple[ItemSheet, ...]
    tables: tuple[TableSheet, ...]
    text_columns: tuple[Column, ...]
    keys: Mapping[type[Record], frozenset[str]]

    def has(self, kind: DocumentKind, column: Column, record: type[Record] | None = None) -> bool:
        """Whether a document of a kind has a column; for named ones, by ``record``."""
        return column.key in self.keys[record if record is not None and kind.named else kind.record]

    def table(self, key: str) -> TableSheet | None:
        """The sheet of the list with that key."""
        return next((table for table in self.tables if table.keys[-1] == key), None)


@cache
def plan_layout(own: tuple[type[Record], ...] = ()) -> PlanLayout:
    """The layout of a plan's form; ``own`` are the records of named documents with fields of their own."""
    kinds = tuple(_document_kinds())
    found = {record: columns_of(record) for record in (*(kind.record for kind in kinds), *own)}
    columns: dict[str, Column] = {}
    for one in found.values():
        for column in one:
            columns.setdefault(column.key, column)
    items = tuple(
        ItemSheet(_ITEM_SHEETS[column.keys[-1]], column)
        for column in columns.values()
        if column.keys[-1] in _ITEM_SHEETS and column.declared.many
    )
    own_sheet = {item.column.key for item in items}
    return PlanLayout(
        general=columns_of(Plan, without={kind.key for kind in kinds}),
        documents=kinds,
        document_columns=tuple(column for column in columns.values() if column.key not in own_sheet),
        items=items,
        tables=tuple(_tables(Plan, (), None)),
        text_columns=columns_of(Node),
        keys={record: frozenset(column.key for column in one) for record, one in found.items()},
    )


def _document_kinds() -> Iterator[DocumentKind]:
    for key, declared in declarations(Plan).items():
        if _is_document(declared):
            assert declared.record is not None
            named = declared.record is NamedDocument
            yield DocumentKind(key, declared, TextDocument if named else declared.record)


def _is_document(declared: Declaration) -> bool:
    """Whether a field holds a record with the frame of a document."""
    if declared.record is None or declared.many == "list":
        return False
    return any(below.record is Frame for below in declarations(declared.record).values())


def _tables(record: type[Record], above: tuple[str, ...], owner: TableSheet | None) -> Iterator[TableSheet]:
    """The sheets of a record's lists, each before those of lists in its records."""
    for key, declared in declarations(record).items():
        if declared.record is None or declared.record is Node or _is_document(declared):
            continue
        if declared.many != "list":
            yield from _tables(declared.record, (*above, key), owner)
            continue
        title = _TITLES.get(key, declared.label)[:_LONGEST_TITLE]
        texts = next((k for k, below in declarations(declared.record).items() if below.record is Node), "")
        table = TableSheet(title, (*above, key), declared.record, columns_of(declared.record), owner, texts)
        yield table
        yield from _tables(declared.record, (), table)
