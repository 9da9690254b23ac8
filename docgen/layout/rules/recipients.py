"""Rules of Nơi nhận: the label and the list (ô 9b)."""

import re

from docgen.layout.components import Component, Document, Scene
from docgen.layout.facts import Align, Paragraph
from docgen.layout.rules.base import Findings, Rule, excerpt, is_main, place_of
from docgen.layout.rules.rows import Row
from docgen.wording.text import fold_case

_II9 = "Phụ lục I, mục II.9"


ROWS = (
    Row(
        Component.RECIPIENTS_LABEL, "09b", 0, "chữ “Nơi nhận”", "chu-noi-nhan", _II9, size=(12, 12), bold=True,
        italic=True, align=Align.LEFT, upper=False, no_underline=True, texts=("Nơi nhận:",), required=is_main,
    ),
    Row(
        Component.RECIPIENTS, "09b", 10, "danh sách nơi nhận", "danh-sach-noi-nhan", _II9, size=(11, 11), bold=False,
        italic=False, align=Align.LEFT, required=is_main,
    ),
)  # fmt: skip

MARKS = Rule(
    "ND30-09b.31", "sai-dau-noi-nhan", "Mỗi nơi nhận một dòng “- …;”, dòng cuối kết thúc bằng “.”", _II9,
    reason="Danh sách là một câu liệt kê: mỗi nơi một dòng, hết thì chấm.", example="đúng: - Sở Nội vụ; - Lưu: VT, NV.",
)  # fmt: skip
ARCHIVE = Rule(
    "ND30-09b.32", "sai-dong-luu", "Dòng cuối của nơi nhận là dòng “Lưu”", _II9,
    reason="Dòng “Lưu” cho biết bản gốc giữ ở đâu và ai soạn thảo.", example="đúng: - Lưu: VT, NV. / sai: - Văn thư.",
)  # fmt: skip
FIRST = Rule(
    "ND30-09b.33", "thieu-nhu-tren", "Dòng đầu của nơi nhận là “Như trên” hoặc “Như Điều …”", _II9,
    reason="Dòng đầu chỉ lại những nơi đã nêu trong văn bản.",
    example="đúng: - Như Điều 3; (quyết định), - Như trên; (công văn)",
)  # fmt: skip

_ARCHIVE = re.compile(r"- Lưu: .*\bVT\b.*")


def check_document(scene: Scene, document: Document) -> Findings:
    """The rules of the list of recipients that aren't rows."""
    items = listed(document[Component.RECIPIENTS].paragraphs)
    if not items:
        return
    yield from check_marks(MARKS, scene, items)
    last, text = items[-1]
    if not _ARCHIVE.fullmatch(text):
        yield ARCHIVE.broken(place_of(scene, last), excerpt(text), "“- Lưu: VT, … .”")
    yield from _first(scene, document, items[0])


def listed(lines: tuple[Paragraph, ...]) -> list[tuple[Paragraph, str]]:
    """The recipients, each with its first line and whole text.

    A line without a dash continues the recipient above if that doesn't end with ";" or ".".
    """
    items: list[tuple[Paragraph, str]] = []
    for line in lines:
        open_above = bool(items) and not items[-1][1].endswith((";", "."))
        if open_above and not line.text.startswith("-"):
            items[-1] = (items[-1][0], f"{items[-1][1]} {line.text}")
        else:
            items.append((line, line.text))
    return items


def check_marks(rule: Rule, scene: Scene, items: list[tuple[Paragraph, str]]) -> Findings:
    """Check that each item is "- …;", the last "- …."."""
    for number, (line, text) in enumerate(items, 1):
        mark = "." if number == len(items) else ";"
        if not (text.startswith("- ") and text.endswith(mark)):
            yield rule.broken(place_of(scene, line), excerpt(text), f"“- …{mark}”")


def _first(scene: Scene, document: Document, item: tuple[Paragraph, str]) -> Findings:
    place, text = item
    words = fold_case(text.lstrip("- "))
    if document.is_decision and not words.startswith("như điều"):
        yield FIRST.broken(place_of(scene, place), excerpt(text), "“- Như Điều …;”")
    elif document[Component.ADDRESSEES] and not words.startswith("như"):
        yield FIRST.broken(place_of(scene, place), excerpt(text), "“- Như trên;”")
