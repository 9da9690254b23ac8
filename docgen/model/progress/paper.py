"""A report's own paper: number, date, signature, and what the office itself writes under the outline's headings."""

from docgen.base.declare import Lines, Record, field
from docgen.model.plan.frame import Frame


class OwnText(Record):
    """What the office writes at one of the outline's places ("chen")."""

    insert: str = field("chen", "Chỗ chèn", required=True, example="ton_tai", help="tên phần chèn trong đề cương")
    text: Lines = field("van", "Văn", required=True, example="Một số đơn vị gửi báo cáo chậm.")


class ReportPaper(Record):
    """``bao-cao/<period>[-<unit>].yaml``: the frame of one report and the office's own texts in it."""

    frame: Frame = field("van_ban", "Văn bản", default=Frame())
    abstract: str | None = field("trich_yeu", "Trích yếu", help="bỏ trống: theo đề cương")
    texts: tuple[OwnText, ...] = field("loi_van", "Lời văn của cơ quan", default=())
