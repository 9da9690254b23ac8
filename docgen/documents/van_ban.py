"""Any other document from data alone: a named one such as a Tờ trình (mẫu 1.4), or a công văn (mẫu 1.5)."""

from docgen.base.declare import Contract, contract_of
from docgen.documents.frame import FRAME, frame_context
from docgen.documents.kind import DRAFT, Context, Kind, Setting
from docgen.documents.text import PARAGRAPH, base_lines, paragraphs
from docgen.model.plan.plan import NamedDocument
from docgen.wording.decree import is_official_letter

_SUBJECT_OPENINGS = ("v/v", "về việc")


def build_document(setting: Setting, document: NamedDocument) -> Context:
    """The context of a named document or a công văn."""
    context = {
        "du_thao": setting.draft,
        "van_ban": frame_context(document.frame, setting.plan, document.kind_name),
        "ten_loai": document.kind_name.upper(),
        "trich_yeu": document.abstract,
        "can_cu": base_lines(document.legal_bases, document.proposer),
        "noi_dung": paragraphs(document.content),
    }
    if is_official_letter(document.kind_name):
        del context["ten_loai"], context["can_cu"]
        context["trich_yeu"] = _subject(document.abstract)
    return context


def kind_of(document: NamedDocument) -> Kind:
    """The kind that a named document is of."""
    return CONG_VAN if is_official_letter(document.kind_name) else VAN_BAN


def _subject(abstract: str) -> str:
    """The trích yếu of a công văn opens with "V/v" (C9)."""
    for opening in _SUBJECT_OPENINGS:
        if abstract.lower().startswith(opening):
            return f"V/v {abstract[len(opening) :].strip()}"
    return f"V/v {abstract}"


_COMMON = {
    **DRAFT,
    "van_ban": Contract("Văn bản", "record", fields=FRAME),
    **contract_of(NamedDocument, ("trich_yeu",)),
    "noi_dung": Contract("Nội dung", "list", required=True, fields=PARAGRAPH),
}

VAN_BAN = Kind(
    "van_ban",
    "Văn bản có tên loại",
    {
        **_COMMON,
        "ten_loai": Contract("Tên loại, chữ in hoa", example="TỜ TRÌNH", required=True, printed=True),
        "can_cu": Contract("Căn cứ", "list", "Căn cứ Luật …;"),
    },
    build_document,
)

CONG_VAN = Kind("cong_van", "Công văn", _COMMON, build_document)
