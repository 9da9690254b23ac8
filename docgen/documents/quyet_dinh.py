"""Quyết định (mẫu 1.2 and 1.3): the decision that issues or approves the plan."""

from typing import Any

from docgen.base.declare import Contract, contract_of
from docgen.documents.example import YEAR, node
from docgen.documents.frame import FRAME, frame_context, no_place
from docgen.documents.kind import DRAFT, Context, Kind, Setting
from docgen.documents.text import PARAGRAPH, base_lines, paragraphs
from docgen.model.plan.frame import Frame
from docgen.model.plan.plan import Decision, Plan


def of_plan(plan: Plan) -> tuple[Frame, Decision] | None:
    """The plan's decision with its frame; None if the plan stands alone."""
    return None if plan.decision is None else (plan.decision.frame, plan.decision)


def build(setting: Setting[Decision]) -> Context:
    """The context of the plan's decision."""
    decision = setting.subject
    return {
        "du_thao": setting.draft,
        "van_ban": frame_context(decision.frame, setting.plan, "quyết định"),
        "trich_yeu": decision.abstract,
        "can_cu": base_lines(decision.legal_bases, decision.proposer),
        "noi_dung": paragraphs(decision.content),
    }


def _example() -> dict[str, Any]:
    articles = [
        node("dieu", f"Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính {YEAR}."),
        node("dieu", "Quyết định này có hiệu lực kể từ ngày ký."),
        node("dieu", "Chánh Văn phòng, Trưởng phòng Nội vụ và các cơ quan liên quan thi hành Quyết định này."),
    ]
    return {
        "van_ban.noi_nhan": ["- Như Điều 3;", "- Sở Nội vụ;", "- Lưu: VT, NV."],
        "van_ban.so_ky_hieu": "Số: 3951/QĐ-UBND",
        "trich_yeu": f"Ban hành Kế hoạch cải cách hành chính {YEAR}",
        "can_cu": [
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
            "Theo đề nghị của Trưởng phòng Nội vụ.",
        ],
        "noi_dung": paragraphs(articles),
    }


KIND = Kind(
    code="quyet_dinh",
    title="Quyết định",
    contract={
        **DRAFT,
        "van_ban": Contract("Văn bản", "record", fields=FRAME),
        **contract_of(Decision, ("trich_yeu",)),
        "can_cu": Contract("Căn cứ", "list", "Căn cứ Luật …;", required=True),
        "noi_dung": Contract("Nội dung", "list", required=True, fields=PARAGRAPH),
    },
    build=build,
    order=1,
    of_plan=of_plan,
    left_out=no_place("anh_bieu_trung", "lien_he", "kinh_gui_mot", "kinh_gui", "dien_tu", "thong_tin_ky_so"),
    example=_example,
)
