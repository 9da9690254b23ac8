"""Quyết định (mẫu 1.2 and 1.3): the decision that issues or approves the plan."""

from docgen.base.declare import Contract, contract_of
from docgen.documents.frame import FRAME, frame_context
from docgen.documents.kind import DRAFT, Context, Kind, Setting
from docgen.documents.text import PARAGRAPH, base_lines, paragraphs
from docgen.model.plan.plan import Decision


def build_decision(setting: Setting) -> Context:
    """The context of the plan's decision; the plan must have one."""
    decision = setting.plan.decision
    assert decision is not None
    return {
        "du_thao": setting.draft,
        "van_ban": frame_context(decision.frame, setting.plan, "quyết định"),
        "trich_yeu": decision.abstract,
        "can_cu": base_lines(decision.legal_bases, decision.proposer),
        "noi_dung": paragraphs(decision.content),
    }


QUYET_DINH = Kind(
    "quyet_dinh",
    "Quyết định",
    {
        **DRAFT,
        "van_ban": Contract("Văn bản", "record", fields=FRAME),
        **contract_of(Decision, ("trich_yeu",)),
        "can_cu": Contract("Căn cứ", "list", "Căn cứ Luật …;", required=True),
        "noi_dung": Contract("Nội dung", "list", required=True, fields=PARAGRAPH),
    },
    build_decision,
)
