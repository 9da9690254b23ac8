"""Reports what a program can't decide about a file, apart from what is wrong."""

from docgen.base.locale import translate as _
from docgen.layout.components import LETTERHEAD, Component, Document, Scene, Standing
from docgen.layout.rules.base import Findings, Rule, place_of
from docgen.layout.rules.rows import LINE_UNSEEN

_II = "Phụ lục I, mục II"

BOXED = Rule(
    "ND30-U.2",
    "phan-dau-trong-hop-van-ban",
    "Phần đầu văn bản nằm trong hộp văn bản (text box), không tính được vị trí trên trang",
    _II,
    reason="Hộp văn bản nổi trên trang; tệp chỉ ghi nội dung, không ghi chữ nằm ngang hàng với chữ nào.",
    example="đúng: phần đầu đặt trong bảng hai cột không kẻ",
    undecided=True,
)
CONDITIONAL = Rule(
    "ND30-U.4",
    "kieu-bang-co-dieu-kien",
    "Kiểu bảng định dạng riêng cho hàng đầu, cột đầu, hàng chẵn lẻ",
    _II,
    reason="Định dạng theo vị trí ô của kiểu bảng không được tính ở đây; chữ trên màn hình có thể khác.",
    example="đúng: bảng kiểu Table Grid hoặc không kiểu",
    undecided=True,
)

RULES = (BOXED, CONDITIONAL, LINE_UNSEEN)

_PLACED = LETTERHEAD | {Component.SIGNING_AUTHORITY, Component.SIGNER, Component.RECIPIENTS, Component.RECIPIENTS_LABEL}


def check_document(scene: Scene, document: Document) -> Findings:
    """Report components whose look or position isn't known: in text boxes, in conditionally formatted tables."""
    if document.standing is Standing.APPENDIX:
        return
    lines = [line for component in sorted(_PLACED) for line in document[component].paragraphs]
    boxed = [line for line in lines if line.boxed]
    if boxed:
        yield BOXED.broken(place_of(scene, boxed[0]), expected=_("vị trí các thành phần ở đầu trang 1"))
    conditional = [line for line in lines if line.conditional]
    if conditional:
        yield CONDITIONAL.broken(place_of(scene, conditional[0]), expected=_("cỡ chữ và kiểu chữ trong bảng này"))
