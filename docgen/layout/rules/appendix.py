"""Rules of Phụ lục: label, title, "(Kèm theo …)", order, own page numbers (Phụ lục I, mục III)."""

import re

from docgen.base.locale import translate as _
from docgen.layout.components import Component, Document, Scene, Standing
from docgen.layout.facts import Align
from docgen.layout.recognition.patterns import is_signing_line
from docgen.layout.rules.base import Findings, Rule, excerpt, place_of
from docgen.layout.rules.rows import DrawnUnder, Row
from docgen.wording.labels import roman
from docgen.wording.text import fold_case

_III = "Phụ lục I, mục III"


def _appendix(document: Document) -> bool:
    return document.standing is Standing.APPENDIX


ROWS = (
    Row(
        Component.LABEL, "PL", 0, "chữ “Phụ lục”", "chu-phu-luc", _III, size=(14, 14), bold=True, italic=False,
        align=Align.CENTER,
    ),
    Row(
        Component.TITLE, "PL", 10, "tiêu đề phụ lục", "tieu-de-phu-luc", _III, size=(13, 14), bold=True,
        italic=False, align=Align.CENTER, upper=True, applies=_appendix,
    ),
    Row(
        Component.ATTACHED_TO, "PL", 20, "dòng “(Kèm theo …)” của phụ lục", "kem-theo-phu-luc", _III, size=(13, 14),
        bold=False, italic=True, align=Align.CENTER, line=DrawnUnder("B"), required=_appendix, applies=_appendix,
    ),
)  # fmt: skip

CASE = Rule(
    "ND30-PL.5", "phu-luc-in-hoa", "Chữ “Phụ lục” viết thường, không viết hoa cả chữ", _III,
    reason="Tên “Phụ lục” viết thường; chữ in hoa dành cho tiêu đề bên dưới.",
    example="đúng: Phụ lục II / sai: PHỤ LỤC II",
)  # fmt: skip
LABEL = Rule(
    "ND30-PL.31", "sai-so-phu-luc", "Phụ lục ghi riêng một dòng, số thứ tự bằng chữ số La Mã", _III,
    reason="Số La Mã phân biệt số của phụ lục với số mục trong phụ lục.",
    example="đúng: Phụ lục II / sai: Phụ lục 2, Phụ lục số 2",
)  # fmt: skip
LONE = Rule(
    "ND30-PL.32", "mot-phu-luc-co-so", "Chỉ có một phụ lục thì không đánh số", _III, "B",
    reason="Chỉ đánh số khi có từ hai phụ lục.", example="đúng: Phụ lục / sai: Phụ lục I",
)  # fmt: skip
ORDER = Rule(
    "ND30-PL.33", "sai-thu-tu-phu-luc", "Có từ hai phụ lục thì đánh số La Mã theo thứ tự", _III,
    reason="Số theo thứ tự thì người đọc biết có đủ phụ lục.",
    example="đúng: Phụ lục I, Phụ lục II / sai: Phụ lục I, Phụ lục III",
)  # fmt: skip
PAGES = Rule(
    "ND30-PL.34", "phu-luc-khong-danh-so-trang-rieng", "Mỗi phụ lục đánh số trang riêng, từ 1", _III,
    reason="Mỗi phụ lục đọc và lưu được riêng, nên đếm trang riêng.", example="đúng: mỗi phụ lục bắt đầu từ trang 1",
)  # fmt: skip
BRACKETS = Rule(
    "ND30-PL.35", "thieu-ngoac-kem-theo-phu-luc", "Dòng kèm theo phải nằm trong ngoặc đơn", _III,
    reason="Dòng kèm theo là lời ghi chú, nên nằm trong ngoặc đơn.",
    example="đúng: (Kèm theo Kế hoạch số 12/KH-UBND ngày …)",
)  # fmt: skip

MENTIONED = Rule(
    "ND30-PL.36", "phu-luc-khong-duoc-nhac", "Trong nội dung văn bản phải có chỗ chỉ dẫn đến từng phụ lục", _III,
    about="noi_dung",
    reason="Phụ lục không được nhắc tới thì người đọc không biết nó bổ sung cho điều gì.",
    example="đúng: … (chi tiết tại Phụ lục II kèm theo)",
)  # fmt: skip

_LABEL = re.compile(r"phụ lục(?: (?P<number>[IVXLCDM]+))?", re.IGNORECASE)
_WORDS = "Phụ lục"
_ANY = re.compile(r"phụ lục|(?:danh mục|biểu|bảng)[^.;]{0,60}kèm theo")
_ALL = re.compile(
    r"(?:các|những|toàn bộ|\d+|hai|ba|bốn|năm) phụ lục|phụ lục(?: đính)? kèm theo"
    r"|phụ lục [ivx\d]+ ?(?:-|–|đến|,|và|;)|danh mục[^.;]{0,60}kèm theo"
)


def check_document(scene: Scene, document: Document) -> Findings:
    """The rules of a single Phụ lục that aren't rows."""
    label = document[Component.LABEL]
    if not label:
        return
    place = place_of(scene, label.paragraphs[0])
    if not label.text.startswith(_WORDS):
        yield CASE.broken(place, excerpt(label.text), excerpt(_WORDS))
    if not _LABEL.fullmatch(label.text):
        yield LABEL.broken(place, excerpt(label.text), "“Phụ lục I”")
    line = document[Component.ATTACHED_TO]
    if line and not (line.text.startswith("(") and line.text.endswith(")")):
        yield BRACKETS.broken(place_of(scene, line.paragraphs[0]), excerpt(line.text))


def check_file(scene: Scene) -> Findings:
    """Check the order of the Phụ lục of each document, that the text mentions them, and their page numbers."""
    for host, appendices in scene.hosts():
        if host is not None:
            yield from _order(scene, appendices)
            yield from _mentioned(scene, host, appendices)
    for document in scene.documents:
        if document.standing is Standing.APPENDIX and document is not scene.documents[0]:
            yield from _own_pages(scene, document)


def _order(scene: Scene, appendices: list[Document]) -> Findings:
    for index, document in enumerate(appendices, 1):
        label = document[Component.LABEL]
        found = _LABEL.fullmatch(label.text)
        if found is None:
            continue  # not a Roman numeral, which the rule LABEL reports
        number, place = found["number"], place_of(scene, label.paragraphs[0])
        if len(appendices) == 1 and number:
            yield LONE.broken(place, excerpt(label.text), excerpt(_WORDS))
        elif len(appendices) > 1 and number != roman(index):
            yield ORDER.broken(place, excerpt(label.text), excerpt(f"{_WORDS} {roman(index)}"))


def _own_pages(scene: Scene, document: Document) -> Findings:
    """Check that a Phụ lục begins a section whose page numbers start from 1."""
    begin = document.begin
    if begin is None:
        return
    texts = (item for item in scene.facts.paragraphs if item.section == begin.section and item.text)
    before = [item for item in texts if not is_signing_line(item)]
    section = scene.facts.sections[begin.section]
    if before[0] is not begin or section.page_start != 1:
        found = _("đánh số tiếp") if section.page_start is None or before[0] is not begin else str(section.page_start)
        yield PAGES.broken(place_of(scene, begin), found, "1")


def _mentioned(scene: Scene, host: Document, appendices: list[Document]) -> Findings:
    """Check that the content mentions each Phụ lục by number, or all together (các phụ lục, Phụ lục I đến III)."""
    if not appendices:
        return
    text = fold_case(host[Component.CONTENT].text)
    together = _ALL.search(text) is not None
    for document in appendices:
        label = document[Component.LABEL]
        number = fold_case(label.text).removeprefix(fold_case(_WORDS)).strip(" .:")
        own = re.search(rf"phụ lục(?: số)? {re.escape(number)}(?!\w)", text) if number else _ANY.search(text)
        if label and not together and own is None:
            yield MENTIONED.broken(
                place_of(scene, label.paragraphs[0]), "", _("nhắc đến {label}").format(label=label.text)
            )
