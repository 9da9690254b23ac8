"""Tasks and groups of tasks: the rows of a Phụ lục."""

from datetime import date
from decimal import Decimal
from typing import Literal

from docgen.base.declare import Lines, Record, field
from docgen.base.locale import deferred
from docgen.model.plan.deadline import SUGGESTED_DEADLINES
from docgen.wording.dates import format_date
from docgen.wording.numbers import format_amount

Counting = Literal["chung", "tung_don_vi"]
COUNTING_NAMES = {"chung": "một kết quả chung", "tung_don_vi": "từng đơn vị một kết quả"}


class Allocation(Record):
    """One unit's share of a task's budget, in the plan's money unit."""

    unit: str = field("don_vi", "Đơn vị", example="phong-tu-phap", refers="don_vi")
    budget: Decimal = field("kinh_phi", "Kinh phí", example="5", show=format_amount)


class NewValues(Record):
    """The fields of a task that a later decision changes; absent fields keep their value."""

    description: Lines = field("mo_ta", "Nội dung, nhiệm vụ", default=())
    product: Lines = field("san_pham", "Sản phẩm", default=())
    lead_units: str | None = field("co_quan_chu_tri", "Cơ quan chủ trì", default=None, refers="don_vi.ten")
    partner_units: str | None = field("co_quan_phoi_hop", "Cơ quan phối hợp", default=None, refers="don_vi.ten")
    counting: Counting | None = field("cach_tinh", "Cách tính", default=None, choices=COUNTING_NAMES)
    budget: Decimal | None = field("kinh_phi", "Kinh phí", default=None, example="20", show=format_amount)
    budget_words: str | None = field("kinh_phi_ghi", "Kinh phí ghi bằng chữ", default=None)
    deadline: str | None = field(
        "thoi_han", "Thời gian hoàn thành", default=None, example="Quý IV/2023", suggests=SUGGESTED_DEADLINES
    )
    last_day: date | None = field("han_cuoi", "Hạn cuối", default=None, show=format_date)


class Change(Record):
    """The addition, withdrawal or amendment of a task by a later decision; the plan's data keeps the original."""

    type: Literal["them", "bo", "sua"] = field(
        "loai",
        "Loại thay đổi",
        example="sua",
        choices={"them": "thêm nhiệm vụ", "bo": "bỏ nhiệm vụ", "sua": "sửa nhiệm vụ"},
    )
    document: str = field("van_ban", "Văn bản", example="Quyết định số 1200/QĐ-UBND")
    on: date = field("ngay", "Ngày", example="15/06/2023", show=format_date)
    values: NewValues | None = field("gia_tri", "Giá trị mới", default=None)


class Task(Record):
    """A row of an appendix; amounts are in the plan's money unit (``don_vi_tinh``)."""

    code: str = field("ma", "Mã", example="the-che-1", help="cố định, không dấu")
    description: Lines = field(
        "mo_ta", "Nội dung, nhiệm vụ", example="Kế hoạch kiểm tra văn bản QPPL năm 2024", printed=True
    )
    product: Lines = field("san_pham", "Sản phẩm", default=(), example="Kế hoạch", printed=True)
    lead_units: str | None = field(
        "co_quan_chu_tri",
        "Cơ quan chủ trì",
        default=None,
        example="Phòng Tư pháp",
        help="in đúng như gõ",
        printed=True,
        refers="don_vi.ten",
    )
    partner_units: str | None = field(
        "co_quan_phoi_hop",
        "Cơ quan phối hợp",
        default=None,
        example="Các cơ quan, đơn vị; UBND các xã, phường",
        help="in đúng như gõ",
        printed=True,
        refers="don_vi.ten",
    )
    counting: Counting | None = field(
        "cach_tinh",
        "Cách tính",
        default=None,
        example="chung",
        choices=COUNTING_NAMES,
        help="bỏ trống: từng đơn vị nếu một nhóm chủ trì, còn lại là chung",
    )
    allocations: tuple[Allocation, ...] = field("phan_bo", "Phân bổ kinh phí", default=())
    budget: Decimal | None = field(
        "kinh_phi",
        "Kinh phí",
        default=None,
        example="20",
        help=deferred("chỉ ghi số, theo don_vi_tinh; chữ in thay số tiền thì ghi ở kinh_phi_ghi"),
        show=format_amount,
        printed=True,
    )
    budget_words: str | None = field(
        "kinh_phi_ghi",
        "Kinh phí ghi bằng chữ",
        default=None,
        example="Kinh phí thường xuyên",
        help="in thay cho số tiền",
    )
    deadline: str | None = field(
        "thoi_han",
        "Thời gian hoàn thành",
        default=None,
        example="Trước ngày 31/12/2023",
        help="in đúng như gõ",
        printed=True,
        suggests=SUGGESTED_DEADLINES,
    )
    last_day: date | None = field(
        "han_cuoi",
        "Hạn cuối",
        default=None,
        example="30/12/2023",
        help="chỉ khi không đọc được từ thời gian",
        show=format_date,
    )
    changes: tuple[Change, ...] = field("thay_doi", "Thay đổi", default=())


class Group(Record):
    """Tasks under one heading with a sum of their own."""

    code: str = field("ma", "Mã", example="the-che")
    title: str = field("tieu_de", "Tên nhóm", example="CẢI CÁCH THỂ CHẾ", printed=True)
    field_of_work: str | None = field("linh_vuc", "Lĩnh vực", default=None, example="the-che", refers="linh_vuc")
    budget: Decimal | None = field(
        "kinh_phi",
        "Kinh phí",
        default=None,
        show=format_amount,
        help=deferred("chỉ khi không nhiệm vụ nào trong nhóm có kinh phí"),
    )
    stated_total: Decimal | None = field(
        "tong_ghi",
        "Tổng đã ghi",
        default=None,
        show=format_amount,
        help=deferred("tổng mà văn bản ghi, được đối chiếu với tổng tính ra"),
    )
    accept_total: str | None = field("chap_nhan_tong", "Lý do giữ tổng đã ghi", default=None)
    tasks: tuple[Task, ...] = field("nhiem_vu", "Nhiệm vụ", default=())
