"""Outlines, which hold the text of reports and letters as data, and the office's own data for one report."""

from typing import Literal

from docgen.base.declare import Lines, Record, field
from docgen.model.periods.holidays import CERTAINTY_NAMES, Certainty
from docgen.model.plan.frame import Frame
from docgen.model.plan.text import LEVEL_NAMES, Level


class OutlineNode(Record):
    """A node of an outline: text with tags, or the name of a piece that docgen inserts."""

    level: Level = field("cap", "Cấp", example="khoan", choices=LEVEL_NAMES)
    heading: str | None = field("tieu_de", "Tiêu đề", default=None, example="Cải cách thể chế")
    text: str | None = field("van", "Văn", default=None, example="Trong kỳ có {{ tong }} nhiệm vụ.")
    insert: str | None = field(
        "chen", "Chèn", default=None, example="nhiem_vu_duoc_giao", help="tên phần do docgen chèn vào đây"
    )
    field_of_work: str | None = field("linh_vuc", "Lĩnh vực", default=None, example="the-che")
    children: "tuple[OutlineNode, ...]" = field("noi_dung", "Nội dung", default=())


class Sentences(Record):
    """One statement: always the same sentence (``van``), or one for each case."""

    code: str = field("ma", "Mã", example="nhiem_vu")
    text: str | None = field("van", "Câu", default=None, example="Tổng các tỷ lệ có thể không bằng 100%.")
    none: str | None = field("khong_co", "Không có gì để báo cáo", default=None)
    no_data: str | None = field("chua_co_so_lieu", "Chưa có số liệu", default=None)
    nothing: str | None = field("chua_xong", "Chưa hoàn thành việc nào", default=None)
    some: str | None = field("mot_phan", "Hoàn thành một phần", default=None)
    all: str | None = field("tat_ca", "Hoàn thành tất cả", default=None)


class Outline(Record):
    """``de_cuong/<name>.yaml``: the text of a report, letter or unit's plan, with its source and its certainty."""

    code: str = field("ma", "Mã", example="cchc")
    name: str = field("ten", "Tên", example="Báo cáo cải cách hành chính")
    source: str | None = field("nguon", "Nguồn", default=None)
    certainty: Certainty = field("do_tin_cay", "Độ tin cậy", default="C", choices=CERTAINTY_NAMES)
    abstract: str = field("trich_yeu", "Trích yếu", example="Tình hình thực hiện {{ ten_ke_hoach }}")
    recipients: tuple[str, ...] = field("noi_nhan", "Nơi nhận", default=(), example="{{ co_quan }} (báo cáo)")
    archive_line: str | None = field("luu", "Lưu", default=None, example="VT")
    omit_empty: Literal["don_vi", "luon", "khong"] = field(
        "bo_so_lieu_trong",
        "Bỏ dòng số liệu thống kê còn trống",
        default="don_vi",
        choices={"don_vi": "chỉ trong báo cáo của đơn vị", "luon": "trong mọi báo cáo", "khong": "không bỏ"},
    )
    content: tuple[OutlineNode, ...] = field("noi_dung", "Nội dung")
    sentences: tuple[Sentences, ...] = field("cau", "Câu theo trường hợp", default=())


class OwnText(Record):
    """The office's own text at one of the outline's inserts (``chen``)."""

    insert: str = field("chen", "Chỗ chèn", example="ton_tai", help="tên phần chèn trong đề cương")
    text: Lines = field("van", "Văn", example="Một số đơn vị gửi báo cáo chậm.")


class ReportPaper(Record):
    """``bao-cao/<period>[-<unit>].yaml``: the frame of one report and the office's own texts in it."""

    frame: Frame = field("van_ban", "Văn bản", default=Frame())
    abstract: str | None = field("trich_yeu", "Trích yếu", default=None, help="bỏ trống: theo đề cương")
    texts: tuple[OwnText, ...] = field("loi_van", "Lời văn của cơ quan", default=())
