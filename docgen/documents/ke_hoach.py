"""Kế hoạch with its Phụ lục: attached to a decision (mẫu 1.3, the text issued with it) or standing alone (mẫu 1.4)."""

from dataclasses import replace

from docgen.base.declare import Contract, contract_of
from docgen.documents.frame import FRAME, frame_context, issuing_unit, number_and_symbol, signing_line
from docgen.documents.kind import DRAFT, Context, Kind, Setting
from docgen.documents.phu_luc import APPENDIX, appendix_contexts
from docgen.documents.text import PARAGRAPH, paragraphs
from docgen.model.plan.frame import Frame
from docgen.model.plan.history import as_of, main_frame
from docgen.model.plan.plan import Plan, PlanDocument
from docgen.wording.dates import format_long_date


def build_plan(setting: Setting) -> Context:
    """The context of the plan as it was issued: later changes to its tasks are not in it."""
    plan = as_of(setting.plan, None)
    document = plan.document
    alone = document.form == "doc_lap"
    shown = frame_context(plan_frame(plan), plan, "kế hoạch")
    if shown["dien_tu"]:
        # Only a file that goes with another document is signed by this line (C33).
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
    """The plan's own frame; one attached to a decision shares the decision's letterhead and way of issue."""
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
    """The main document, as :mod:`docgen.documents.frame` takes it: its frame, the plan, and the name of its kind."""
    frame = main_frame(plan)
    return frame, plan, "Kế hoạch" if frame is plan.document.frame else "Quyết định"


def reference_line(plan: Plan) -> str:
    """The line "(Kèm theo …)" that names the main document (C23, C25).

    The places for number and date stay free until they are known, and always on an electronic document.
    """
    frame, _plan, name = main_document(plan)
    if frame.issued_as == "dien_tu":
        frame = replace(frame, number=None, issued_on=None)
    number = number_and_symbol(frame, plan, name)
    return f"(Kèm theo {name} số {number} {format_long_date(frame.issued_on)} của {issuing_unit(frame, plan).name})"


KE_HOACH = Kind(
    "ke_hoach",
    "Kế hoạch",
    {
        **DRAFT,
        "van_ban": Contract("Văn bản", "record", fields=FRAME),
        "doc_lap": Contract("Kế hoạch là văn bản độc lập", "flag", "false"),
        "ky_ten": Contract("Kế hoạch có phần chữ ký", "flag", "true"),
        **contract_of(PlanDocument, ("trich_yeu", "dan_chieu")),
        "noi_dung": Contract("Nội dung", "list", required=True, fields=PARAGRAPH),
        "phu_luc": Contract("Phụ lục", "list", required=True, fields=APPENDIX),
        "don_vi_tinh": Contract("Đơn vị tính của kinh phí", example="triệu đồng"),
    },
    build_plan,
)
