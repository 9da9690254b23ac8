"""Kế hoạch with its Phụ lục: attached to a decision (mẫu 1.3) or standing alone (mẫu 1.4)."""

from dataclasses import replace
from typing import Any

from docgen.base.declare import Contract, contract_of
from docgen.documents.example import YEAR, attached, long_text, sections
from docgen.documents.frame import FRAME, frame_context, issuing_unit, no_place, number_and_symbol, signing_line
from docgen.documents.ke_hoach.phu_luc import APPENDIX, NO_COLUMN, appendix_contexts
from docgen.documents.kind import DRAFT, Context, Kind, Setting
from docgen.documents.text import PARAGRAPH, paragraphs
from docgen.model.plan.frame import Frame
from docgen.model.plan.history import as_of, main_frame
from docgen.model.plan.plan import Plan, PlanDocument
from docgen.wording.dates import format_long_date
from docgen.wording.text import fold_case, running


def of_plan(plan: Plan) -> tuple[Frame, PlanDocument]:
    """The plan's own document, with the frame of the main document."""
    return main_frame(plan), plan.document


def build(setting: Setting[PlanDocument]) -> Context:
    """The context of the plan as first issued, without later changes to its tasks."""
    plan = as_of(setting.plan, None)
    document = plan.document
    alone = document.form == "doc_lap"
    shown = frame_context(plan_frame(plan), plan, "kế hoạch")
    if shown["dien_tu"]:
        # Only files attached to another document have this line (C33).
        shown["thong_tin_ky_so"] = "" if alone else signing_line(*main_document(plan))
    return {
        "du_thao": setting.draft,
        "van_ban": shown,
        "doc_lap": alone,
        "ky_ten": alone or document.signed,
        "trich_yeu": document.abstract,
        "dan_chieu": "" if alone else document.reference or reference_line(plan),
        "noi_dung": paragraphs(document.content),
        "phu_luc": appendix_contexts(
            plan, [appendix.reference or reference_line(plan) for appendix in plan.appendices]
        ),
        "don_vi_tinh": plan.money_unit,
    }


def plan_frame(plan: Plan) -> Frame:
    """The plan's own frame, which takes letterhead and way of issue from the decision that it is attached to."""
    frame, main = plan.document.frame, main_frame(plan)
    if main is frame:
        return frame
    return replace(
        frame,
        issuing_agency=frame.issuing_agency or main.issuing_agency,
        parent_agency=frame.parent_agency or main.parent_agency,
        issued_as=main.issued_as,
    )


def main_document(plan: Plan) -> tuple[Frame, Plan, str]:
    """The main document as functions of :mod:`docgen.documents.frame` take it: frame, plan and name of the kind."""
    frame = main_frame(plan)
    return frame, plan, "Kế hoạch" if frame is plan.document.frame else "Quyết định"


def about(plan: Plan) -> str:
    """What the main document is about, as a sentence cites it: “về việc phê duyệt Kế hoạch …” of a Quyết định."""
    _frame, _plan, kind = main_document(plan)
    decided = kind == "Quyết định" and plan.decision is not None
    abstract = running(plan.decision.abstract if decided and plan.decision is not None else plan.document.abstract)
    if fold_case(abstract).startswith("về "):
        return abstract
    return f"về việc {abstract}" if decided else f"về {abstract}"


def reference_line(plan: Plan) -> str:
    """The line “(Kèm theo …)” that names the main document (C23, C25).

    Number and date are gaps if they are absent or the document is electronic.
    """
    frame, _plan, name = main_document(plan)
    if frame.issued_as == "dien_tu":
        frame = replace(frame, number=None, issued_on=None)
    number = number_and_symbol(frame, plan, name)
    return f"(Kèm theo {name} số {number} {format_long_date(frame.issued_on)} của {issuing_unit(frame, plan).name})"


def _example() -> dict[str, Any]:
    line = attached("Quyết định số 3951/QĐ-UBND")
    return {
        "van_ban.noi_nhan": [],
        "van_ban.so_ky_hieu": "Số: 15/KH-UBND",
        "trich_yeu": f"Cải cách hành chính {YEAR}",
        "dan_chieu": line,
        "noi_dung": paragraphs(sections()),
        "phu_luc.dan_chieu": line,
        "phu_luc.nhom": (2, 0),
        "phu_luc.nhom.tieu_de": ("CẢI CÁCH THỂ CHẾ", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH"),
        "phu_luc.nhom.nhiem_vu.mo_ta": ("Ban hành kế hoạch kiểm tra văn bản", "Rà soát, đơn giản hóa thủ tục"),
        "phu_luc.nhom.nhiem_vu.kinh_phi": ("20", "1"),
        "phu_luc.nhom.nhiem_vu.thoi_han": ("Quý I/2026", "Trước ngày 31/12/2026"),
        "phu_luc.noi_dung": ([], paragraphs(sections())),
        "phu_luc.ket_thuc": ("(Bằng chữ: Bốn mươi hai triệu đồng)./.", ""),
        "phu_luc.tong": ("42", ""),
        "phu_luc.tieu_de": ("NHIỆM VỤ CỤ THỂ", "HƯỚNG DẪN THỰC HIỆN"),
    }


def _worst() -> dict[str, Any]:
    return {
        "phu_luc.noi_dung": ([], paragraphs(long_text()), []),
        "phu_luc.tong": ("123.456.789.012,5", "1.000,5", ""),
    }


KIND = Kind(
    code="ke_hoach",
    title="Kế hoạch",
    contract={
        **DRAFT,
        "van_ban": Contract("Văn bản", "record", fields=FRAME),
        "doc_lap": Contract("Kế hoạch là văn bản độc lập", "flag", "false"),
        "ky_ten": Contract("Kế hoạch có phần chữ ký", "flag", "true"),
        **contract_of(PlanDocument, ("trich_yeu", "dan_chieu")),
        "noi_dung": Contract("Nội dung", "list", required=True, fields=PARAGRAPH),
        "phu_luc": Contract("Phụ lục", "list", required=True, fields=APPENDIX),
        "don_vi_tinh": Contract("Đơn vị tính của kinh phí", example="triệu đồng"),
    },
    build=build,
    order=2,
    of_plan=of_plan,
    left_out={
        **no_place("anh_bieu_trung", "tham_quyen", "lien_he", "kinh_gui_mot", "kinh_gui", "dien_tu"),
        **NO_COLUMN,
    },
    example=_example,
    worst=_worst,
)
