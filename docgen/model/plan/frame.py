"""The frame of a document: who issues, signs and receives it, its number and date (NĐ 30/2020, Điều 8)."""

from dataclasses import replace
from typing import Literal

from docgen.base.declare import PartialDate, Record, field
from docgen.model.plan.organisation import Unit
from docgen.wording.dates import format_long_date
from docgen.wording.decree import COMMITTEE
from docgen.wording.text import fold_case

IssuedAs = Literal["giay", "dien_tu"]


class Signatory(Record):
    """Who signs, and with which authority (Phụ lục I, Mục II.7)."""

    authority: tuple[str, ...] = field(
        "quyen_han",
        "Quyền hạn, chức vụ",
        example="TM. ỦY BAN NHÂN DÂN",
        help="một đến ba dòng, in đúng như gõ",
        printed=True,
    )
    other_title: str | None = field(
        "chuc_danh_khac", "Chức danh khác", default=None, example="Trưởng Ban Chỉ đạo", help="của hội đồng, ban chỉ đạo"
    )
    name: str | None = field("ho_ten", "Họ và tên", default=None, example="Nguyễn Thanh Minh")
    signature_image: str | None = field(
        "anh_chu_ky", "Ảnh chữ ký", default=None, example="chu-ky.png", help="tệp .png hoặc .jpg trong thư mục kế hoạch"
    )


class Frame(Record):
    """``van_ban``: everything around the content of one document; :func:`with_unit_defaults` fills absent fields."""

    issuing_agency: str | None = field(
        "co_quan_ban_hanh",
        "Cơ quan ban hành",
        default=None,
        example="ubnd-thi-xa",
        help="mã đơn vị; bỏ trống: cơ quan của kế hoạch",
        refers="don_vi",
    )
    parent_agency: str | None = field(
        "co_quan_chu_quan", "Cơ quan chủ quản", default=None, example="UBND TỈNH THỪA THIÊN HUẾ"
    )
    issuing_authority: str | None = field(
        "tham_quyen", "Thẩm quyền ban hành", default=None, example="ỦY BAN NHÂN DÂN THỊ XÃ"
    )
    number: str | None = field(
        "so", "Số", default=None, example="3951", help="để trống nếu chưa vào sổ; giữ nguyên như 8001a"
    )
    symbol: str | None = field("ky_hieu", "Ký hiệu", default=None, example="QĐ-UBND")
    place: str | None = field("dia_danh", "Địa danh", default=None, example="Hương Thủy")
    issued_on: PartialDate | None = field(
        "ngay",
        "Ngày ban hành",
        default=None,
        example="30/12/2022",
        help="chưa biết ngày: 12/2022",
        show=format_long_date,
    )
    signatory: Signatory | None = field("nguoi_ky", "Người ký", default=None)
    addressees: tuple[str, ...] = field("kinh_gui", "Kính gửi", default=(), example="Sở Nội vụ")
    recipients: tuple[str, ...] = field("noi_nhan", "Nơi nhận", default=(), example="Như Điều 3")
    archive_line: str | None = field("luu", "Lưu", default=None, example="VT, NV")
    issued_as: IssuedAs = field(
        "phat_hanh",
        "Phát hành",
        default="giay",
        example="giay",
        choices={"giay": "văn bản giấy", "dien_tu": "văn bản điện tử"},
    )
    emblem: str | None = field(
        "anh_bieu_trung",
        "Ảnh biểu trưng",
        default=None,
        example="bieu-trung.png",
        help="tệp .png hoặc .jpg trong thư mục kế hoạch",
    )
    contact: str | None = field(
        "lien_he", "Địa chỉ, liên hệ", default=None, example="Địa chỉ: …; điện thoại: …", help="chân trang đầu"
    )


def with_unit_defaults(frame: Frame, unit: Unit) -> Frame:
    """The frame with absent parent agency, place and signatory taken from its issuing unit."""
    signatory = frame.signatory
    if unit.head is not None and unit.head.title is not None:
        title = unit.head.title.upper()
        if signatory is None:
            signatory = Signatory(authority=(*_on_behalf(unit, title), title), name=unit.head.name)
        elif signatory.name is None and signatory.authority[-1:] == (title,):
            signatory = replace(signatory, name=unit.head.name)
    return replace(
        frame,
        parent_agency=frame.parent_agency or unit.parent_agency,
        place=frame.place or unit.place,
        signatory=signatory,
    )


def _on_behalf(unit: Unit, title: str) -> tuple[str, ...]:
    """The line above the title of a chairman: a people's committee decides as a body (Điều 13, khoản 2)."""
    is_committee = any(fold_case(name).startswith((COMMITTEE, "ubnd")) for name in unit.names)
    return (f"TM. {COMMITTEE.upper()}",) if is_committee and title == "CHỦ TỊCH" else ()
