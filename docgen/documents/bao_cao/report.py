"""Báo cáo (mẫu 1.4, sent upward): the text by an outline that is data, and tables in Phụ lục."""

from dataclasses import replace
from datetime import date

from docgen.base.declare import Contract, contract_of
from docgen.documents.bao_cao.sentences import report_fields, report_inserts
from docgen.documents.bao_cao.tables import report_appendices
from docgen.documents.frame import FRAME, frame_context, issuing_unit
from docgen.documents.ke_hoach import main_document
from docgen.documents.kind import DRAFT, Context, Kind
from docgen.documents.text import PARAGRAPH, Say, finished, paragraphs
from docgen.model.counting.report import Report
from docgen.model.plan.frame import Frame
from docgen.model.plan.task import Task
from docgen.model.progress.outline import Outline, ReportPaper


def _cells(**labels: str) -> dict[str, Contract]:
    """The cells of a row, each a text under its heading."""
    return {key: Contract(label) for key, label in labels.items()}


#: One Phụ lục of a report; each holds one or more of the tables, the others being empty.
REPORT_APPENDIX = {
    "nhan": Contract("Nhãn", example="Phụ lục I", required=True, printed=True),
    "tieu_de": Contract("Tiêu đề", example="TÌNH HÌNH THỰC HIỆN NHIỆM VỤ", required=True, printed=True),
    "dan_chieu": Contract("Dòng “Kèm theo”", printed=True),
    "bang_trang_thai": Contract(
        "Bảng trạng thái", "list", fields=_cells(ten="Trạng thái", so_luong="Số nhiệm vụ", ty_le="Tỷ lệ (%)")
    ),
    "bang_nhiem_vu": Contract(
        "Bảng nhiệm vụ theo nhóm",
        "list",
        fields={
            **_cells(so="Số La Mã của nhóm", tieu_de="Tên nhóm"),
            "nhiem_vu": Contract(
                "Nhiệm vụ",
                "list",
                fields={
                    **contract_of(Task, ("mo_ta", "co_quan_chu_tri", "thoi_han")),
                    **_cells(stt="Stt", tinh_trang="Tình trạng", tien_do="Tiến độ", ket_qua="Kết quả"),
                },
            ),
        },
    ),
    "bang_don_vi": Contract(
        "Bảng theo đơn vị",
        "list",
        fields=_cells(
            stt="Stt",
            ten="Đơn vị",
            tong="Tổng số",
            dung_han="Hoàn thành đúng hạn",
            cham="Hoàn thành chậm",
            qua_han="Quá hạn",
            dang="Đang thực hiện",
            chua="Chưa thực hiện",
            khong_so_lieu="Chưa có số liệu",
        ),
    ),
    "bang_chi_tieu": Contract(
        "Bảng chỉ tiêu",
        "list",
        fields=_cells(stt="Stt", ten="Chỉ tiêu", muc_tieu="Mục tiêu", thuc_hien="Thực hiện", danh_gia="Đánh giá"),
    ),
    "bang_kinh_phi": Contract(
        "Bảng kinh phí",
        "list",
        fields=_cells(stt="Stt", ten="Nội dung", ke_hoach="Kế hoạch", giai_ngan="Giải ngân", ty_le="Tỷ lệ (%)"),
    ),
    **_cells(tong_ke_hoach="Tổng kinh phí", tong_giai_ngan="Tổng giải ngân", tong_ty_le="Tỷ lệ giải ngân (%)"),
    "bang_so_lieu": Contract(
        "Bảng số liệu thống kê",
        "list",
        fields={
            **_cells(so="Số thứ tự nhóm", tieu_de="Tên nhóm"),
            "hang": Contract(
                "Hàng",
                "list",
                fields=_cells(
                    stt="Stt", ten="Chỉ tiêu thống kê", don_vi_do="Đơn vị tính", thuc_hien="Số liệu", ghi_chu="Ghi chú"
                ),
            ),
        },
    ),
    "bang_tra_loi": Contract(
        "Bảng đơn vị gửi báo cáo",
        "list",
        fields=_cells(stt="Stt", ten="Đơn vị", ngay="Ngày gửi", ghi_chu="Ghi chú"),
    ),
    "ket_thuc": Contract("Dòng cuối: bằng chữ và dấu ./.", example="./.", printed=True),
}

REPORT_CONTRACT = {
    **DRAFT,
    "van_ban": Contract("Văn bản", "record", fields=FRAME),
    "trich_yeu": Contract("Trích yếu", example="Tình hình thực hiện …", required=True, printed=True),
    "noi_dung": Contract("Nội dung", "list", required=True, fields=PARAGRAPH),
    "phu_luc": Contract("Phụ lục", "list", required=True, fields=REPORT_APPENDIX),
    "don_vi_tinh": Contract("Đơn vị tính của kinh phí", example="triệu đồng"),
}


def report_frame(report: Report, paper: ReportPaper, outline: Outline) -> Frame:
    """The frame of a report: as its paper says, else issued by who reports, to the plan's office where a unit does."""
    main, plan, _kind = main_document(report.plan)
    frame = paper.frame
    office = frame.issuing_agency or main.issuing_agency or plan.organisation.issuing_agency
    if not frame.addressees and report.unit is not None:
        frame = replace(frame, addressees=(issuing_unit(main, plan).name,))
    if frame.signatory is None and report.unit is None:
        parent = frame.parent_agency or main.parent_agency
        frame = replace(frame, signatory=main.signatory, parent_agency=parent)
    return replace(
        frame,
        issuing_agency=report.unit or office,
        recipients=frame.recipients or outline.recipients,
        archive_line=frame.archive_line or outline.archive_line,
    )


def build_report(
    report: Report, frame: Frame, outline: Outline, paper: ReportPaper, say: Say, *, draft: bool, next_end: date
) -> Context:
    """The context of a report; ``frame`` is that of :func:`report_frame`, its sentences finished by ``say``."""
    plan = report.plan
    appendices = report_appendices(report, frame)
    context = report_fields(report, issuing_unit(frame, plan).name) | {"phu_luc": _named(appendices)}
    inserts = report_inserts(report, outline, paper, say, context, next_end)
    said = replace(frame, recipients=tuple(_finish(line, say, context) for line in frame.recipients))
    return {
        "du_thao": draft,
        "van_ban": frame_context(said, plan, "báo cáo"),
        "trich_yeu": paper.abstract or say(outline.abstract, context),
        "noi_dung": paragraphs(finished(outline.content, say, context, inserts)),
        "phu_luc": appendices,
        "don_vi_tinh": plan.money_unit,
    }


def _named(appendices: list[Context]) -> str:
    """The Phụ lục as the text points to them: “các Phụ lục I, II”; "" where there are none."""
    labels = [str(one["nhan"]) for one in appendices]
    if len(labels) < 2:
        return "".join(labels)
    return "các Phụ lục " + ", ".join(label.removeprefix("Phụ lục ") for label in labels)


def _finish(line: str, say: Say, context: Context) -> str:
    """A recipient of the outline's may have tags; one that the office typed in its paper has none."""
    return say(line, context) if "{{" in line else line


BAO_CAO = Kind("bao_cao", "Báo cáo", REPORT_CONTRACT, build_report)
