"""Rules of quyền hạn, chức vụ and họ tên of the signer (ô 7a and 7b)."""

import re
from collections.abc import Iterator
from itertools import groupby

from docgen.layout.components import Component, Document, Scene
from docgen.layout.facts import Align, Paragraph
from docgen.layout.rules.base import Findings, Rule, excerpt, is_main, place_of
from docgen.layout.rules.rows import Row
from docgen.wording.decree import ACTING, FOR_ANOTHER, FOR_COLLECTIVE, RANK, SLASHED

_II7 = "Phụ lục I, mục II.7"


ROWS = (
    Row(
        Component.SIGNING_AUTHORITY, "07a", 0, "quyền hạn, chức vụ người ký", "quyen-han-chuc-vu", _II7,
        size=(13, 14), bold=True, italic=False, align=Align.CENTER, upper=True, required=is_main,
    ),
    Row(
        Component.SIGNER, "07b", 0, "họ tên người ký", "ho-ten-nguoi-ky", _II7, size=(13, 14), bold=True,
        italic=False, align=Align.CENTER, upper=False, required=is_main,
    ),
)  # fmt: skip

PREFIX = Rule(
    "ND30-07a.31", "quyen-han-dau-gach-cheo", "Quyền hạn viết tắt bằng dấu chấm: TM., KT., TL., TUQ., Q.", _II7,
    reason="Văn bản hành chính dùng dấu chấm sau chữ viết tắt; dấu gạch chéo là cách của văn bản Đảng.",
    example="đúng: TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH / sai: T/M ỦY BAN NHÂN DÂN, K/T CHỦ TỊCH",
)  # fmt: skip
TITLES = Rule(
    "ND30-07b.31", "ho-ten-co-hoc-ham-hoc-vi", "Trước họ tên người ký không ghi học hàm, học vị", _II7,
    reason="Người ký ký với chức vụ được giao, không ký với học vị.",
    example="đúng: Nguyễn Thanh Minh / sai: ThS. Nguyễn Thanh Minh",
)  # fmt: skip

SECOND_LINE = Rule(
    "ND30-07a.32", "thieu-chuc-vu-nguoi-ky", "Dưới dòng quyền hạn phải có dòng chức vụ của người ký", _II7,
    reason="Quyền hạn và chức vụ là hai dòng: ký thay mặt, ký thay cho ai, và người ký giữ chức vụ gì.",
    example="đúng: TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH",
)  # fmt: skip
DEPUTY = Rule(
    "ND30-07a.33", "ky-thay-khong-phai-cap-pho", "Ký thay (KT.) thì chức vụ của người ký là cấp phó", _II7, "B",
    reason="KT. là cấp phó ký thay cấp trưởng; cấp trưởng tự ký thì không ghi KT.",
    example="đúng: KT. CHỦ TỊCH / PHÓ CHỦ TỊCH – sai: KT. CHỦ TỊCH / CHỦ TỊCH",
)  # fmt: skip

_FOR_OTHERS, _SLASHED = "|".join((FOR_COLLECTIVE, *FOR_ANOTHER)), "|".join(SLASHED)
#: A right prefix: the abbreviation, a full stop and a space.
_PREFIX = re.compile(rf"(?:{_FOR_OTHERS}|{ACTING})\.\s")
_ANY_PREFIX = re.compile(rf"(?:{_FOR_OTHERS}|{ACTING})\s*[./]|{_SLASHED}")
_ON_BEHALF = re.compile(rf"(?:{_FOR_OTHERS})\s*[./]|{_SLASHED}")
_FOR_HEAD = re.compile(r"KT\s*[./]|K/T")
_DEPUTIES = re.compile(r"\b(?:PHÓ|THỨ)\b")


def check_document(scene: Scene, document: Document) -> Findings:
    """The rules of the signature block that aren't rows."""
    for line in document[Component.SIGNING_AUTHORITY].paragraphs:
        if _ANY_PREFIX.match(line.text) and not _PREFIX.match(line.text):
            yield PREFIX.broken(place_of(scene, line), excerpt(line.text), "“TM. …”")
    for lines in _signers(document[Component.SIGNING_AUTHORITY].paragraphs):
        yield from _own_title(scene, lines)
    for line in document[Component.SIGNER].paragraphs:
        if RANK.match(line.text):
            yield TITLES.broken(place_of(scene, line), excerpt(line.text))


def _signers(lines: tuple[Paragraph, ...]) -> Iterator[tuple[Paragraph, ...]]:
    """The lines of each signer; several may sign side by side in a table."""
    for _column, own in groupby(lines, key=lambda line: line.cells[0].column if line.cells else 0):
        yield tuple(own)


def _own_title(scene: Scene, lines: tuple[Paragraph, ...]) -> Findings:
    """Check that the last line is the signer's own title, and that below KT. it is a deputy's."""
    prefixed = [line for line in lines if _ON_BEHALF.match(line.text)]
    if not prefixed:
        return
    last = prefixed[-1]
    if last is lines[-1]:
        yield SECOND_LINE.broken(place_of(scene, last), excerpt(last.text))
    elif _FOR_HEAD.match(last.text) and not _DEPUTIES.search(lines[-1].text.upper()):
        yield DEPUTY.broken(place_of(scene, lines[-1]), excerpt(lines[-1].text))
