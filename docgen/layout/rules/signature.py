"""Quyền hạn, chức vụ, họ tên of the signer (ô 7a and 7b)."""

import re

from docgen.layout.components import Component, Document, DocumentKind, Scene
from docgen.layout.facts import Align
from docgen.layout.rules.base import Findings, Row, Rule, excerpt, place_of

_II7 = "Phụ lục I, mục II.7"


def _main(document: Document) -> bool:
    return document.kind is DocumentKind.MAIN


ROWS = (
    Row(
        Component.SIGNING_AUTHORITY, "07a", 0, "quyền hạn, chức vụ người ký", "quyen-han-chuc-vu", _II7,
        size=(13, 14), bold=True, italic=False, align=Align.CENTER, upper=True, required=_main,
    ),
    Row(
        Component.SIGNER, "07b", 0, "họ tên người ký", "ho-ten-nguoi-ky", _II7, size=(13, 14), bold=True,
        italic=False, align=Align.CENTER, upper=False, required=_main,
    ),
)  # fmt: skip

PREFIX = Rule(
    "ND30-07a.31", "quyen-han-dau-gach-cheo", "Quyền hạn viết tắt bằng dấu chấm: TM., KT., TL., TUQ., Q.", _II7
)
TITLES = Rule("ND30-07b.31", "ho-ten-co-hoc-ham-hoc-vi", "Trước họ tên người ký không ghi học hàm, học vị", _II7)

RULES = (PREFIX, TITLES)

#: The office or its abbreviation is followed by a full stop and a space.
_PREFIX = re.compile(r"(TM|KT|TL|TUQ|Q)\.\s")
_ANY_PREFIX = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s*[./]|T/M|K/T|T/L|T/U/Q|TU/Q")
_TITLES = re.compile(
    r"(?:(?:GS|PGS|TS|ThS|Ths|BS|CN|KS|KTS|LS|DS|CKI|CKII|NGND|NGƯT|NSND|NSƯT)\b[.,]?|(?:Tiến sĩ|Tiến sỹ|Thạc sĩ"
    r"|Thạc sỹ|Giáo sư|Phó Giáo sư|Bác sĩ|Bác sỹ|Kỹ sư|Cử nhân|Luật sư|Dược sĩ|Ông|Bà)\s)"
)


def check_document(scene: Scene, document: Document) -> Findings:
    """What rows can't say of the signature block."""
    for line in document[Component.SIGNING_AUTHORITY].paragraphs:
        if _ANY_PREFIX.match(line.text) and not _PREFIX.match(line.text):
            yield PREFIX.broken(place_of(scene, line), excerpt(line.text), "“TM. …”")
    for line in document[Component.SIGNER].paragraphs:
        if _TITLES.match(line.text):
            yield TITLES.broken(place_of(scene, line), excerpt(line.text))
