"""Rules of độ mật, mức khẩn, phạm vi lưu hành, người soạn thảo, địa chỉ (ô 10a, 10b, 11, 12, 13)."""

from docgen.layout.components import Component, Document, Scene
from docgen.layout.recognition.patterns import is_signing_line
from docgen.layout.rules.base import Findings, Rule, excerpt, figure, grouped, place_of
from docgen.layout.rules.rows import Row
from docgen.layout.rules.unsure import SECRECY

_III = "Phụ lục I, mục III"
_SIGNING_PT = 10.0

ROWS = (
    Row(
        Component.URGENCY, "10b", 0, "mức độ khẩn", "muc-do-khan", _III, size=(13, 14), bold=True, italic=False,
        upper=True,
    ),
    Row(
        Component.CIRCULATION, "11", 0, "chỉ dẫn phạm vi lưu hành", "pham-vi-luu-hanh", _III, size=(13, 14),
        bold=True, italic=False, upper=True,
    ),
    Row(
        Component.DRAFTER, "12", 0, "ký hiệu người soạn thảo và số lượng bản", "nguoi-soan-thao", _III,
        size=(11, 11), italic=False,
    ),
    Row(
        Component.CONTACT, "13", 0, "địa chỉ, điện thoại, thư điện tử", "dia-chi", _III, size=(11, 12), italic=False,
    ),
)  # fmt: skip

CONTACT_LINE = Rule(
    "ND30-13.31", "thieu-duong-ke-dia-chi", "Thiếu đường kẻ nét liền bên trên địa chỉ, điện thoại, thư điện tử", _III,
    reason="Đường kẻ dài bằng vùng chữ ngăn phần liên hệ ở chân trang với nội dung.",
    example="đúng: viền trên của đoạn địa chỉ",
)  # fmt: skip

SIGNING = Rule(
    "ND30-PL.41", "sai-co-chu-dong-ky-so", "Cỡ chữ của dòng số, ký hiệu và thời gian ký số không đúng",
    "Phụ lục I, mục II.7",
    reason="Dòng này do phần mềm ký ghi ở góc phải trang đầu tệp kèm theo, nhỏ hơn chữ của văn bản.",
    example="đúng: 10 pt",
)  # fmt: skip


def check_file(scene: Scene) -> Findings:
    """Check the size of the line of the signing program, which belongs to no component."""
    lines = (item for item in scene.facts.paragraphs if is_signing_line(item))
    wrong = ((item, f"{figure(item.size)} pt") for item in lines if item.size != _SIGNING_PT)
    yield from grouped(SIGNING, scene, wrong, f"{figure(_SIGNING_PT)} pt")


def check_document(scene: Scene, document: Document) -> Findings:
    """The rules of the marks beside the letterhead and at the foot that aren't rows."""
    contact = document[Component.CONTACT]
    if contact and not contact.lines:
        yield CONTACT_LINE.broken(place_of(scene, contact.paragraphs[0]))
    for stamp in document[Component.SECRECY].paragraphs:
        yield SECRECY.broken(place_of(scene, stamp), expected=excerpt(stamp.text))
