"""A plan as a whole: its own document, decision, appendices of tasks, indicators and other documents."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Literal, get_args

from docgen.base.declare import Record, field
from docgen.base.locale import deferred
from docgen.errors import Path, Problem
from docgen.model.plan.frame import Frame
from docgen.model.plan.organisation import Organisation
from docgen.model.plan.task import Group, Task
from docgen.model.plan.text import Node, walk
from docgen.wording.numbers import format_amount
from docgen.wording.text import without_end_mark

MoneyUnit = Literal["đồng", "nghìn đồng", "triệu đồng", "tỷ đồng"]
#: Years that a plan may be for.
YEARS = range(1900, 2201)


def _legal_basis(text: str) -> str:
    """A căn cứ without its end mark, which docgen adds in print."""
    return without_end_mark(text) or text


class FieldOfWork(Record):
    """A field of work, by which texts, groups of tasks, indicators and sections of reports are matched."""

    code: str = field("ma", "Mã", example="the-che")
    name: str = field("ten", "Tên", example="Cải cách thể chế")


class FieldsOfWork(Record):
    """``linh_vuc/<name>.yaml``: the fields of work of one sort of plans."""

    code: str = field("ma", "Mã", example="cchc")
    name: str = field("ten", "Tên", example="Cải cách hành chính")
    fields: tuple[FieldOfWork, ...] = field("linh_vuc", "Lĩnh vực", default=())


class Decision(Record):
    """``quyet-dinh.yaml``: the decision that issues or approves the plan (mẫu 1.2, 1.3)."""

    frame: Frame = field("van_ban", "Văn bản")
    abstract: str = field("trich_yeu", "Trích yếu", example="Về việc phê duyệt Kế hoạch …", printed=True)
    legal_bases: tuple[str, ...] = field(
        "can_cu",
        "Căn cứ",
        default=(),
        example="Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
        help="không gõ dấu “;” cuối dòng",
        printed=True,
        clean=_legal_basis,
    )
    proposer: str | None = field(
        "theo_de_nghi", "Theo đề nghị của", default=None, example="Trưởng phòng Nội vụ", printed=True
    )
    content: tuple[Node, ...] = field("noi_dung", "Nội dung")


class NamedDocument(Record):
    """``van-ban/<name>.yaml``: a document besides plan and decision; a kind may add fields in a subclass."""

    kind_name: str = field("ten_loai", "Tên loại", example="Tờ trình")
    frame: Frame = field("van_ban", "Văn bản")

    def problems(self) -> Iterator[Problem]:
        """Problems that involve several fields, at paths within the document; overridden by records of kinds."""
        return iter(())


class TextDocument(NamedDocument):
    """``van-ban/<name>.yaml``: a document whose content is a text (mẫu 1.4; a công văn: mẫu 1.5)."""

    abstract: str = field("trich_yeu", "Trích yếu", example="Về việc …", printed=True)
    legal_bases: tuple[str, ...] = field("can_cu", "Căn cứ", default=(), printed=True, clean=_legal_basis)
    proposer: str | None = field("theo_de_nghi", "Theo đề nghị của", default=None, printed=True)
    content: tuple[Node, ...] = field("noi_dung", "Nội dung")


def kind_key(kind_name: str) -> str:
    """The key by which names of kinds are compared: “Công văn” → “công văn”."""
    return kind_name.strip().lower()


#: The records of named documents by :func:`kind_key`; documents of all other kinds are a :class:`TextDocument`.
Records = Mapping[str, type[NamedDocument]]


def record_of(kind_name: str, records: Records) -> type[NamedDocument]:
    """The record for documents of a kind."""
    return records.get(kind_key(kind_name), TextDocument)


def own_records(records: Iterable[type[NamedDocument]]) -> tuple[type[NamedDocument], ...]:
    """Those of ``records`` that have fields of their own, each once, sorted by name."""
    return tuple(sorted(set(records) - {TextDocument}, key=lambda record: record.__name__))


class PlanDocument(Record):
    """``ke_hoach``: the plan's own document, attached to a decision or standing alone."""

    form: Literal["kem_quyet_dinh", "doc_lap"] = field(
        "hinh_thuc",
        "Hình thức",
        example="kem_quyet_dinh",
        choices={"kem_quyet_dinh": "kèm theo quyết định", "doc_lap": "văn bản độc lập"},
    )
    signed: bool = field("ky_ten", "Có chữ ký riêng", default=False, example="true")
    frame: Frame = field("van_ban", "Văn bản", default=Frame())
    abstract: str = field("trich_yeu", "Trích yếu", example="Cải cách hành chính năm 2026", printed=True)
    reference: str | None = field(
        "dan_chieu", "Dòng “Kèm theo”", default=None, help="bỏ trống: docgen tự ghi; có: in đúng như gõ", printed=True
    )
    content: tuple[Node, ...] = field("noi_dung", "Nội dung")


class Appendix(Record):
    """A Phụ lục: groups of tasks in a table, or a text."""

    code: str = field("ma", "Mã", example="phu-luc")
    title: str | None = field("tieu_de", "Tiêu đề", default=None, example="NHIỆM VỤ CỤ THỂ", printed=True)
    reference: str | None = field(
        "dan_chieu", "Dòng “Kèm theo”", default=None, help="bỏ trống: docgen tự ghi; có: in đúng như gõ", printed=True
    )
    groups: tuple[Group, ...] = field("nhom", "Nhóm nhiệm vụ", default=())
    content: tuple[Node, ...] = field("noi_dung", "Nội dung", default=())


class Indicator(Record):
    """A target that the plan's text sets."""

    code: str = field("ma", "Mã", example="hai-long")
    name: str = field("ten", "Tên chỉ tiêu", example="Mức độ hài lòng về giải quyết TTHC")
    operator: Literal["toi_thieu", "toi_da", "bang", "khoang"] | None = field(
        "toan_tu",
        "Phép so sánh",
        default=None,
        example="toi_thieu",
        choices={"toi_thieu": "≥", "toi_da": "≤", "bang": "=", "khoang": "từ … đến"},
    )
    target: Decimal | None = field("muc_tieu", "Mục tiêu", default=None, example="95", show=format_amount)
    target_to: Decimal | None = field(
        "muc_tieu_den", "Mục tiêu đến", default=None, help=deferred("chỉ với “khoang”"), show=format_amount
    )
    measure_unit: str | None = field("don_vi_do", "Đơn vị đo", default=None, example="%")
    qualitative: bool = field("dinh_tinh", "Định tính", default=False, help="thay cho mục tiêu bằng số")
    field_of_work: str | None = field("linh_vuc", "Lĩnh vực", default=None, example="tthc", refers="linh_vuc")
    unit: str | None = field("don_vi", "Đơn vị chịu trách nhiệm", default=None, example="van-phong", refers="don_vi")
    cites: str | None = field(
        "trich_tu", "Trích từ", default=None, example="ii-2-hai-long", help="mã của đoạn văn nêu chỉ tiêu"
    )


class Plan(Record):
    """A plan with everything that its documents need.

    Internal fields come from files beside ``ke-hoach.yaml``, which holds the others.
    """

    code: str = field("ma", "Mã", example="cchc-2026")
    year: int = field("nam", "Năm", example="2026")
    money_unit: MoneyUnit = field(
        "don_vi_tinh",
        "Đơn vị tính",
        default="triệu đồng",
        example="triệu đồng",
        choices={unit: unit for unit in get_args(MoneyUnit)},
    )
    field_list: str | None = field(
        "linh_vuc", "Bộ lĩnh vực", default=None, example="cchc", help="tên tệp trong linh_vuc/"
    )
    stated_total: Decimal | None = field("tong_ghi", "Tổng đã ghi", default=None, show=format_amount)
    accept_total: str | None = field("chap_nhan_tong", "Lý do giữ tổng đã ghi", default=None)
    document: PlanDocument = field("ke_hoach", "Kế hoạch")
    appendices: tuple[Appendix, ...] = field("phu_luc", "Phụ lục", default=())
    indicators: tuple[Indicator, ...] = field("chi_tieu", "Chỉ tiêu", default=())
    organisation: Organisation = field("co_quan", "Cơ quan, đơn vị", internal=True)
    decision: Decision | None = field("quyet_dinh", "Quyết định", default=None, internal=True)
    documents: dict[str, NamedDocument] = field("van_ban", "Văn bản khác", default={}, internal=True)
    fields_of_work: FieldsOfWork | None = field("danh_muc_linh_vuc", "Danh mục lĩnh vực", default=None, internal=True)

    def groups(self) -> Iterator[tuple[Path, Group]]:
        """All groups with their paths, in the order of printing."""
        for a, appendix in enumerate(self.appendices):
            for g, group in enumerate(appendix.groups):
                yield ("phu_luc", a, "nhom", g), group

    def tasks(self) -> Iterator[tuple[Path, Task]]:
        """All tasks with their paths, in the order of printing."""
        for path, group in self.groups():
            for t, task in enumerate(group.tasks):
                yield (*path, "nhiem_vu", t), task

    def nodes(self) -> Iterator[tuple[Path, Node]]:
        """All nodes of all texts with their paths: plan, appendices, decision, other documents."""
        yield from walk(self.document.content, ("ke_hoach", "noi_dung"))
        for a, appendix in enumerate(self.appendices):
            yield from walk(appendix.content, ("phu_luc", a, "noi_dung"))
        if self.decision is not None:
            yield from walk(self.decision.content, ("quyet_dinh", "noi_dung"))
        for name, document in self.text_documents():
            yield from walk(document.content, ("van_ban", name, "noi_dung"))

    def text_documents(self) -> Iterator[tuple[str, TextDocument]]:
        """The other documents that are a text, with their names."""
        for name, document in self.documents.items():
            if isinstance(document, TextDocument):
                yield name, document

    def frames(self) -> Iterator[tuple[Path, Frame, str]]:
        """The frames of all documents, each with its path and the name of the document's kind."""
        yield ("ke_hoach", "van_ban"), self.document.frame, "Kế hoạch"
        if self.decision is not None:
            yield ("quyet_dinh", "van_ban"), self.decision.frame, "Quyết định"
        for name, document in self.documents.items():
            yield ("van_ban", name, "van_ban"), document.frame, document.kind_name

    @cached_property
    def nodes_by_code(self) -> dict[str, Node]:
        """The nodes that have a code, by code; the first of those that share one."""
        return {node.code: node for _, node in reversed(list(self.nodes())) if node.code is not None}
