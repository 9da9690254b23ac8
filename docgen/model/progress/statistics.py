"""Forms of statistics: the rows of a report's appendix, how each is added up, and which figures must agree."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from docgen.base.declare import Lines, Record, field
from docgen.model.periods.holidays import CERTAINTY_NAMES, Certainty
from docgen.wording.dates import format_date

Adding = Literal["dong", "ton", "ty_le"]
ADDING_NAMES = {
    "dong": "phát sinh trong kỳ, cộng qua các kỳ và các đơn vị",
    "ton": "tại ngày chốt, cộng qua các đơn vị",
    "ty_le": "tỷ lệ %, tính từ hai số liệu khác",
}
Computed = Literal["nhiem_vu", "nhiem_vu_hoan_thanh"]
COMPUTED_NAMES = {"nhiem_vu": "số nhiệm vụ của kế hoạch", "nhiem_vu_hoan_thanh": "số nhiệm vụ đã hoàn thành"}


class Statistic(Record):
    """One row of the statistics appendix."""

    code: str = field("ma", "Mã", example="ho-so-dung-han")
    name: str = field("ten", "Tên", example="Hồ sơ giải quyết đúng hạn")
    measure_unit: str | None = field("don_vi_do", "Đơn vị đo", default=None, example="hồ sơ")
    field_of_work: str | None = field("linh_vuc", "Lĩnh vực", default=None, example="tthc")
    adding: Adding = field("cach_gop", "Cách gộp", example="dong", choices=ADDING_NAMES)
    numerator: str | None = field(
        "ma_tu_so", "Mã của tử số", default=None, help="chỉ với ty_le", example="ho-so-dung-han"
    )
    denominator: str | None = field(
        "ma_mau_so", "Mã của mẫu số", default=None, help="chỉ với ty_le", example="ho-so-da-giai-quyet"
    )
    computed: Computed | None = field(
        "tinh_tu", "Tính từ kế hoạch", default=None, choices=COMPUTED_NAMES, help="không đơn vị nào gõ số này"
    )
    coded: Lines = field("quy_uoc", "Quy ước mã số", default=(), help="có: là mã, không cộng các đơn vị")
    valid_from: date | None = field("hieu_luc_tu", "Hiệu lực từ", default=None, example="01/07/2025", show=format_date)
    valid_until: date | None = field(
        "hieu_luc_den", "Hiệu lực đến", default=None, example="30/06/2025", show=format_date
    )


class CrossCheck(Record):
    """Two sums of statistics that must be equal, or of which the left may not exceed the right."""

    left: tuple[str, ...] = field("ve_trai", "Vế trái", example="ho-so-dung-han")
    relation: Literal["bang", "khong_qua"] = field(
        "quan_he", "Quan hệ", example="khong_qua", choices={"bang": "bằng", "khong_qua": "không lớn hơn"}
    )
    right: tuple[str, ...] = field("ve_phai", "Vế phải", example="ho-so-da-giai-quyet")
    explanation: str = field("giai_thich", "Giải thích", example="đúng hạn không nhiều hơn đã giải quyết")


class StatisticsForm(Record):
    """``bieu_so_lieu/<name>.yaml``: the statistics for plans with one list of fields of work."""

    code: str = field("ma", "Mã", example="cchc", help="đúng tên tệp")
    name: str = field("ten", "Tên", example="Số liệu cải cách hành chính")
    source: str = field("nguon", "Nguồn")
    certainty: Certainty = field("do_tin_cay", "Độ tin cậy", example="C", choices=CERTAINTY_NAMES)
    statistics: tuple[Statistic, ...] = field("bieu", "Các số liệu")
    checks: tuple[CrossCheck, ...] = field("kiem_tra", "Kiểm tra chéo", default=())

    @cached_property
    def by_code(self) -> Mapping[str, Statistic]:
        """The statistics by code; the first of those that share a code."""
        return {statistic.code: statistic for statistic in reversed(self.statistics)}

    def in_force(self, start: date, end: date) -> tuple[Statistic, ...]:
        """The statistics in force on some day of a window."""
        return tuple(
            one
            for one in self.statistics
            if (one.valid_from is None or one.valid_from <= end)
            and (one.valid_until is None or one.valid_until >= start)
        )
