"""All other documents that print the name of their kind, such as a Tờ trình (mẫu 1.4)."""

from typing import Any

from docgen.base.declare import Contract, contract_of
from docgen.documents.example import YEAR, request
from docgen.documents.frame import FRAME, frame_context, no_place
from docgen.documents.kind import DRAFT, Context, Kind, Setting
from docgen.documents.text import PARAGRAPH, base_lines, paragraphs
from docgen.model.plan.plan import TextDocument


def build(setting: Setting[TextDocument]) -> Context:
    """The context of a named document."""
    document = setting.subject
    return {
        "du_thao": setting.draft,
        "van_ban": frame_context(document.frame, setting.plan, document.kind_name),
        "ten_loai": document.kind_name.upper(),
        "trich_yeu": document.abstract,
        "can_cu": base_lines(document.legal_bases, document.proposer),
        "noi_dung": paragraphs(document.content),
    }


def _example() -> dict[str, Any]:
    return {
        "van_ban.so_ky_hieu": "Số: 30/TTr-UBND",
        "van_ban.kinh_gui": [],
        "van_ban.kinh_gui_mot": "Ủy ban nhân dân thành phố Huế",
        "trich_yeu": f"Về việc báo cáo kết quả cải cách hành chính {YEAR}",
        "can_cu": ["Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025."],
        "noi_dung": paragraphs(request()),
    }


KIND = Kind(
    code="van_ban",
    title="Văn bản có tên loại",
    contract={
        **DRAFT,
        "van_ban": Contract("Văn bản", "record", fields=FRAME),
        **contract_of(TextDocument, ("trich_yeu",)),
        "noi_dung": Contract("Nội dung", "list", required=True, fields=PARAGRAPH),
        "ten_loai": Contract("Tên loại, chữ in hoa", example="TỜ TRÌNH", required=True, printed=True),
        "can_cu": Contract("Căn cứ", "list", "Căn cứ Luật …;"),
    },
    build=build,
    order=3,
    record=TextDocument,
    left_out=no_place("anh_bieu_trung", "tham_quyen", "lien_he", "dien_tu", "thong_tin_ky_so"),
    example=_example,
)
