"""Progress: what units report of tasks, indicators and statistics, by period; and receipts of their workbooks."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from docgen.base.declare import Lines, Record, field
from docgen.base.locale import deferred
from docgen.model.progress.statistics import StatisticsForm
from docgen.wording.dates import format_date
from docgen.wording.numbers import format_amount

_UNIT_HELP = "mã, hoặc tên hiện nay hay tên cũ trong don-vi.yaml"


class TaskProgress(Record):
    """One unit's progress on one task; amounts are in the plan's money unit (``don_vi_tinh``)."""

    task: str = field("ma", "Mã nhiệm vụ", example="the-che-1")
    unit: str = field("don_vi", "Đơn vị", example="phong-tu-phap", help=_UNIT_HELP)
    start: date | None = field("tu", "Từ ngày", default=None, help="bỏ trống: như cả tệp", show=format_date)
    end: date | None = field("den", "Đến ngày", default=None, help="bỏ trống: như cả tệp", show=format_date)
    percent: Decimal | None = field(
        "phan_tram",
        "Mức độ hoàn thành (%)",
        default=None,
        example="50",
        help=deferred("từ 0 đến 100, tính đến ngày chốt"),
        show=format_amount,
    )
    done_on: date | None = field(
        "ngay_hoan_thanh",
        "Ngày hoàn thành",
        default=None,
        example="10/03/2023",
        help="chỉ khi đã xong",
        show=format_date,
    )
    issued: tuple[str, ...] = field(
        "da_ban_hanh", "Văn bản đã ban hành trong kỳ", default=(), example="Kế hoạch số 12/KH-UBND ngày 05/01/2023"
    )
    disbursed: Decimal | None = field(
        "giai_ngan",
        "Giải ngân trong kỳ",
        default=None,
        example="4,5",
        help=deferred("theo don_vi_tinh của kế hoạch"),
        show=format_amount,
    )
    result: Lines = field("ket_qua", "Kết quả", default=(), example="Đã ban hành kế hoạch")
    difficulties: Lines = field("kho_khan", "Khó khăn, vướng mắc", default=(), example="Thiếu kinh phí")
    proposals: Lines = field("kien_nghi", "Kiến nghị, đề xuất", default=(), example="Bổ sung kinh phí")
    source: str | None = field("nguon", "Nguồn", default=None, example="Báo cáo số 15/BC-TP ngày 13/03/2023")


class IndicatorResult(Record):
    """One unit's result for one indicator, from the start of the year to the cut-off."""

    indicator: str = field("ma", "Mã chỉ tiêu", example="hai-long")
    unit: str = field("don_vi", "Đơn vị", example="van-phong", help=_UNIT_HELP)
    value: Decimal | None = field("thuc_hien", "Thực hiện", default=None, example="96,5", show=format_amount)
    numerator: Decimal | None = field("tu_so", "Tử số", default=None, example="193", show=format_amount)
    denominator: Decimal | None = field("mau_so", "Mẫu số", default=None, example="200", show=format_amount)
    met: bool | None = field("dat", "Đạt", default=None, example="true", help="chỉ với chỉ tiêu định tính")
    source: str | None = field("nguon", "Nguồn", default=None, example="Cổng Dịch vụ công")


class StatisticResult(Record):
    """One unit's figure for one statistic; a flow or a stock, depending on the statistic (``cach_gop``)."""

    statistic: str = field("ma", "Mã số liệu", example="ho-so-da-giai-quyet")
    unit: str = field("don_vi", "Đơn vị", example="van-phong", help=_UNIT_HELP)
    start: date | None = field("tu", "Từ ngày", default=None, help="bỏ trống: như cả tệp", show=format_date)
    end: date | None = field("den", "Đến ngày", default=None, help="bỏ trống: như cả tệp", show=format_date)
    value: Decimal = field("thuc_hien", "Thực hiện", example="120", show=format_amount)
    source: str | None = field("nguon", "Nguồn", default=None)


class UnitText(Record):
    """One unit's own text on one field of work."""

    field_of_work: str = field("linh_vuc", "Lĩnh vực", example="the-che")
    unit: str = field("don_vi", "Đơn vị", example="phong-tu-phap", help=_UNIT_HELP)
    text: Lines = field("van", "Văn", example="Đã kiểm tra 12 văn bản.")


class UnitAnswer(Record):
    """The day on which a unit sent its report."""

    unit: str = field("don_vi", "Đơn vị", example="phong-tu-phap", help=_UNIT_HELP)
    on: date = field("ngay", "Ngày", example="13/03/2023", show=format_date)


class ProgressFile(Record):
    """``tien-do/<period>.yaml``: all that units report of one period, whose first and last day are included."""

    scheme: str = field("luoc_do", "Chế độ báo cáo", example="nd09", help="tên tệp trong ky_bao_cao/")
    start: date = field("tu", "Số liệu từ ngày", example="15/12/2022", show=format_date)
    end: date = field("den", "Chốt số liệu", example="14/03/2023", show=format_date)
    tasks: tuple[TaskProgress, ...] = field("tien_do", "Tiến độ nhiệm vụ", default=())
    indicators: tuple[IndicatorResult, ...] = field("ket_qua_chi_tieu", "Kết quả chỉ tiêu", default=())
    statistics: tuple[StatisticResult, ...] = field("so_lieu", "Số liệu thống kê", default=())
    texts: tuple[UnitText, ...] = field("loi_van", "Lời văn của đơn vị", default=())
    answers: tuple[UnitAnswer, ...] = field("tra_loi", "Đơn vị đã gửi báo cáo", default=())


class Progress(Record):
    """All progress of a plan: its files by period code (``2023-Q1``), and its form of statistics."""

    files: dict[str, ProgressFile] = field("ky", "Kỳ", default={}, internal=True)
    form: StatisticsForm | None = field("bieu_so_lieu", "Biểu số liệu", default=None, internal=True)


class Receipt(Record):
    """The receipt of a unit's workbook; ``digest`` is the SHA-256 of the file in hexadecimal."""

    unit: str = field("don_vi", "Đơn vị", example="phong-tu-phap")
    file: str = field("tep", "Tệp", example="cchc-2023-2023-Q1-phong-tu-phap.xlsx")
    digest: str = field("sha256", "Mã băm của tệp")
    on: date = field("ngay", "Ngày thu", example="13/03/2023", show=format_date)
    at: str = field("gio", "Giờ thu", example="08:15:00")
    replaces: str | None = field("thay_cho", "Thay cho tệp có mã băm", default=None)
    changes: int | None = field("so_thay_doi", "Số chỗ đổi so với tệp trước", default=None, example="2")


class Receipts(Record):
    """``tien-do/nhan/<period>.yaml``: the receipts of one period, in the order of collection."""

    receipts: tuple[Receipt, ...] = field("nhan", "Biểu mẫu đã thu", default=())

    def of_unit(self, unit: str) -> Iterator[Receipt]:
        """A unit's receipts, the earliest first."""
        return (one for one in self.receipts if one.unit == unit)
