"""Công văn (mẫu 1.5), which don't print the name of their kind."""

from typing import Any

from docgen.base.declare import Contract, contract_of
from docgen.documents.example import YEAR, request
from docgen.documents.frame import FRAME, frame_context, no_place
from docgen.documents.kind import DRAFT, Context, Kind, Setting
from docgen.documents.text import PARAGRAPH, paragraphs
from docgen.model.plan.plan import TextDocument

_SUBJECT_OPENINGS = ("v/v", "về việc")


def build(setting: Setting[TextDocument]) -> Context:
    """The context of a công văn."""
    document = setting.subject
    return {
        "du_thao": setting.draft,
        "van_ban": frame_context(document.frame, setting.plan, document.kind_name),
        "trich_yeu": _subject(document.abstract),
        "noi_dung": paragraphs(document.content),
    }


def _subject(abstract: str) -> str:
    """The trích yếu of a công văn, which starts with “V/v” (C9)."""
    for opening in _SUBJECT_OPENINGS:
        if abstract.lower().startswith(opening):
            return f"V/v {abstract[len(opening) :].strip()}"
    return f"V/v {abstract}"


def _example() -> dict[str, Any]:
    return {
        "van_ban.so_ky_hieu": "Số: 125/UBND-NV",
        "van_ban.kinh_gui": ["- Sở Nội vụ;", "- Sở Tài chính."],
        "van_ban.kinh_gui_mot": "",
        "trich_yeu": f"V/v báo cáo kết quả cải cách hành chính {YEAR}",
        "noi_dung": paragraphs(request()),
    }


KIND = Kind(
    code="cong_van",
    title="Công văn",
    contract={
        **DRAFT,
        "van_ban": Contract("Văn bản", "record", fields=FRAME),
        **contract_of(TextDocument, ("trich_yeu",)),
        "noi_dung": Contract("Nội dung", "list", required=True, fields=PARAGRAPH),
    },
    build=build,
    order=4,
    record=TextDocument,
    names=("Công văn",),
    left_out=no_place("anh_bieu_trung", "tham_quyen", "dien_tu", "thong_tin_ky_so"),
    example=_example,
    worst=lambda: {"van_ban.so_ky_hieu": "Số: 123456/BCĐCCHC-BQLKKTCN-VPĐKĐĐ"},
)
