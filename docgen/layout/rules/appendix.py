"""Phụ lục: label, title, "(Kèm theo …)", order, page numbers of their own (Phụ lục I, mục III.1)."""

import re

from docgen.layout.components import Component, Document, DocumentKind, Scene
from docgen.layout.facts import Align
from docgen.layout.recognition.patterns import is_signing_line
from docgen.layout.rules.base import DrawnUnder, Findings, Row, Rule, excerpt, place_of
from docgen.locale import translate as _
from docgen.wording.labels import roman

_III1 = "Phụ lục I, mục III.1"


def _appendix(document: Document) -> bool:
    return document.kind is DocumentKind.APPENDIX


ROWS = (
    Row(
        Component.LABEL, "PL", 0, "chữ “Phụ lục”", "chu-phu-luc", _III1, size=(14, 14), bold=True, italic=False,
        align=Align.CENTER,
    ),
    Row(
        Component.TITLE, "PL", 10, "tiêu đề phụ lục", "tieu-de-phu-luc", _III1, size=(13, 14), bold=True,
        italic=False, align=Align.CENTER, upper=True, applies=_appendix,
    ),
    Row(
        Component.ATTACHED_TO, "PL", 20, "dòng “(Kèm theo …)” của phụ lục", "kem-theo-phu-luc", _III1, size=(13, 14),
        bold=False, italic=True, align=Align.CENTER, line=DrawnUnder("B"), required=_appendix, applies=_appendix,
    ),
)  # fmt: skip

CASE = Rule("ND30-PL.5", "phu-luc-in-hoa", "Chữ “Phụ lục” viết thường, không viết hoa cả chữ", _III1)
LABEL = Rule("ND30-PL.31", "sai-so-phu-luc", "Phụ lục ghi riêng một dòng, số thứ tự bằng chữ số La Mã", _III1)
LONE = Rule("ND30-PL.32", "mot-phu-luc-co-so", "Chỉ có một phụ lục thì không đánh số", _III1, "B")
ORDER = Rule("ND30-PL.33", "sai-thu-tu-phu-luc", "Có từ hai phụ lục thì đánh số La Mã theo thứ tự", _III1)
PAGES = Rule("ND30-PL.34", "phu-luc-khong-danh-so-trang-rieng", "Mỗi phụ lục đánh số trang riêng, từ 1", _III1)
BRACKETS = Rule("ND30-PL.35", "thieu-ngoac-kem-theo-phu-luc", "Dòng kèm theo phải nằm trong ngoặc đơn", _III1)

RULES = (CASE, LABEL, LONE, ORDER, PAGES, BRACKETS)

_LABEL = re.compile(r"phụ lục(?: (?P<number>[IVXLCDM]+))?", re.IGNORECASE)
_WORDS = "Phụ lục"


def check_document(scene: Scene, document: Document) -> Findings:
    """What rows can't say of one Phụ lục."""
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
    """The order of a document's Phụ lục, and the page numbers of each."""
    for host, appendices in scene.hosts():
        if host is not None:
            yield from _order(scene, appendices)
    for document in scene.documents:
        if document.kind is DocumentKind.APPENDIX and document is not scene.documents[0]:
            yield from _own_pages(scene, document)


def _order(scene: Scene, appendices: list[Document]) -> Findings:
    for index, document in enumerate(appendices, 1):
        label = document[Component.LABEL]
        found = _LABEL.fullmatch(label.text)
        if found is None:
            continue  # not a Roman numeral: said once already
        number, place = found["number"], place_of(scene, label.paragraphs[0])
        if len(appendices) == 1 and number:
            yield LONE.broken(place, excerpt(label.text), excerpt(_WORDS))
        elif len(appendices) > 1 and number != roman(index):
            yield ORDER.broken(place, excerpt(label.text), excerpt(f"{_WORDS} {roman(index)}"))


def _own_pages(scene: Scene, document: Document) -> Findings:
    """Each Phụ lục begins a section whose numbers start again."""
    begin = document.begin
    if begin is None:
        return
    texts = (item for item in scene.facts.paragraphs if item.section == begin.section and item.text)
    before = [item for item in texts if not is_signing_line(item)]
    section = scene.facts.sections[begin.section]
    if before[0] is not begin or section.page_start != 1:
        found = _("đánh số tiếp") if section.page_start is None or before[0] is not begin else str(section.page_start)
        yield PAGES.broken(place_of(scene, begin), found, "1")
