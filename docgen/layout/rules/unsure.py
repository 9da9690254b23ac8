"""Rules about what a program can't decide: a finding says what a person should look at."""

from docgen.base.locale import translate as _
from docgen.layout.components import LETTERHEAD, Component, Document, Scene, Standing
from docgen.layout.rules.base import Findings, Rule, place_of

_II = "Phụ lục I, mục II"

LINE_UNSEEN = Rule(
    "ND30-U.1", "khong-do-duoc-duong-ke", "Không đo được đường kẻ vẽ bằng hình ảnh hoặc không ghi độ dài",
    _II, undecided=True,
    reason="Đường kẻ là hình ảnh thì trong tệp không có độ dài của nét; phải nhìn trên trang in.",
    example="đúng: đường kẻ vẽ bằng Shape, viền đoạn văn hoặc dấu gạch dưới",
)  # fmt: skip
BOXED = Rule(
    "ND30-U.2", "phan-dau-trong-hop-van-ban",
    "Phần đầu văn bản nằm trong hộp văn bản (text box), không tính được vị trí trên trang", _II, undecided=True,
    reason="Hộp văn bản nổi trên trang; tệp chỉ ghi nội dung, không ghi chữ nằm ngang hàng với chữ nào.",
    example="đúng: phần đầu đặt trong bảng hai cột không kẻ",
)  # fmt: skip
SECRECY = Rule(
    "ND30-U.3", "do-mat", "Độ mật đóng bằng dấu theo pháp luật về bảo vệ bí mật nhà nước", "Phụ lục I, mục III",
    undecided=True,
    reason="Hình dáng dấu độ mật không do Nghị định 30/2020/NĐ-CP quy định, nên không kiểm được ở đây.",
    example="đúng: dấu TUYỆT MẬT, TỐI MẬT, MẬT",
)  # fmt: skip
CONDITIONAL = Rule(
    "ND30-U.4", "kieu-bang-co-dieu-kien", "Kiểu bảng định dạng riêng cho hàng đầu, cột đầu, hàng chẵn lẻ", _II,
    undecided=True,
    reason="Định dạng theo vị trí ô của kiểu bảng không được tính ở đây; chữ trên màn hình có thể khác.",
    example="đúng: bảng kiểu Table Grid hoặc không kiểu",
)  # fmt: skip

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
