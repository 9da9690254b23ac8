"""The issuing office and its units, with their names and members over time."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from docgen.base.declare import Record, field
from docgen.wording.dates import format_date


class OtherName(Record):
    """Another name of a unit; without dates it is always valid."""

    name: str = field("ten", "Tên", example="UBND thị xã")
    since: date | None = field("tu", "Từ ngày", default=None, example="01/01/2021", show=format_date)
    until: date | None = field("den", "Đến ngày", default=None, example="30/06/2025", show=format_date)


class Head(Record):
    """The head of a unit."""

    title: str | None = field("chuc_vu", "Chức vụ", default=None, example="Chủ tịch")
    name: str | None = field("ho_ten", "Họ và tên", default=None, example="Nguyễn Thanh Minh")


class Member(Record):
    """A unit's membership in a group."""

    unit: str = field("don_vi", "Đơn vị", example="phong-tu-phap", refers="don_vi")
    since: date | None = field("tu", "Từ ngày", default=None, show=format_date)
    until: date | None = field("den", "Đến ngày", default=None, show=format_date)


class Unit(Record):
    """An office, a division, a commune, or a group of units that plans name as one."""

    code: str = field("ma", "Mã", example="phong-tu-phap")
    name: str = field("ten", "Tên đầy đủ", example="Phòng Tư pháp")
    other_names: tuple[OtherName, ...] = field("ten_khac", "Tên khác", default=())
    abbreviation: str | None = field("viet_tat", "Viết tắt trong ký hiệu", default=None, example="UBND")
    parent: str | None = field("truc_thuoc", "Trực thuộc", default=None, example="ubnd-thi-xa", refers="don_vi")
    place: str | None = field("dia_danh", "Địa danh", default=None, example="Hương Thủy")
    parent_agency: str | None = field(
        "co_quan_chu_quan",
        "Cơ quan chủ quản",
        default=None,
        example="UBND TỈNH THỪA THIÊN HUẾ",
        help="in ở đầu văn bản của đơn vị; không suy ra từ truc_thuoc",
    )
    head: Head | None = field("thu_truong", "Thủ trưởng", default=None)
    members: tuple[Member, ...] = field("thanh_vien", "Thành viên (nếu là nhóm)", default=())
    valid_from: date | None = field("hieu_luc_tu", "Hiệu lực từ", default=None, example="01/07/2025", show=format_date)
    valid_until: date | None = field(
        "hieu_luc_den", "Hiệu lực đến", default=None, example="30/06/2025", show=format_date
    )
    replaced_by: str | None = field(
        "thay_boi", "Thay bởi", default=None, example="phong-van-hoa-xa-hoi", refers="don_vi"
    )

    @property
    def is_group(self) -> bool:
        """Whether the unit is a group of others."""
        return bool(self.members)

    @property
    def names(self) -> tuple[str, ...]:
        """All names that the unit has or had, the full one first."""
        return (self.name, *(other.name for other in self.other_names))


class Organisation(Record):
    """``don-vi.yaml``: the issuing office and all units that its documents name."""

    issuing_agency: str = field(
        "co_quan_ban_hanh", "Cơ quan ban hành", example="ubnd-thi-xa", help="mã của đơn vị", refers="don_vi"
    )
    units: tuple[Unit, ...] = field("don_vi", "Đơn vị", default=())

    @cached_property
    def by_code(self) -> Mapping[str, Unit]:
        """The units by code; the first of those that share a code."""
        return {unit.code: unit for unit in reversed(self.units)}
