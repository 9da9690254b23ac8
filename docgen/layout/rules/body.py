"""Rules of Kính gửi, the paragraphs of the content, and the mark at its end (ô 9a and 6)."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from docgen.base.locale import translate as _
from docgen.layout.components import Component, Document, Scene
from docgen.layout.facts import Align, Facts, Paragraph
from docgen.layout.recognition.patterns import is_upper
from docgen.layout.rules.base import Findings, Rule, between, excerpt, figure, grouped, place_of
from docgen.layout.rules.recipients import check_marks, listed
from docgen.layout.rules.rows import Row
from docgen.wording.text import fold_case

_II6 = "Phụ lục I, mục II.6"
_II9 = "Phụ lục I, mục II.9"

ROWS = (
    Row(
        Component.ADDRESSEES, "09a", 0, "Kính gửi", "kinh-gui", _II9, size=(13, 14), bold=False, italic=False,
    ),
)  # fmt: skip

ADDRESSEE_COLON = Rule(
    "ND30-09a.31", "thieu-hai-cham-kinh-gui", "Sau “Kính gửi” phải có dấu hai chấm", _II9,
    reason="Dấu hai chấm báo rằng sau đó là nơi nhận.", example="đúng: Kính gửi: Sở Nội vụ. / sai: Kính gửi Sở Nội vụ.",
)  # fmt: skip
ADDRESSEE_MARKS = Rule(
    "ND30-09a.32", "sai-dau-kinh-gui", "Mỗi nơi kính gửi một dòng “- …;”, dòng cuối kết thúc bằng “.”", _II9,
    reason="Mỗi nơi một dòng thì không sót nơi nào.", example="đúng: - Phòng Nội vụ; - Phòng Tài chính.",
)  # fmt: skip
SIZE = Rule(
    "ND30-06.1", "sai-co-chu-noi-dung", "Cỡ chữ của nội dung không đúng", _II6,
    reason="Cả nội dung cùng một cỡ chữ đủ lớn để đọc.", example="đúng: 13 hoặc 14 pt / sai: 12 pt",
)  # fmt: skip
ALIGN = Rule(
    "ND30-06.2", "noi-dung-khong-can-deu", "Đoạn văn không dàn đều cả hai lề", _II6,
    reason="Chữ đều hai lề thì trang gọn và lề thẳng.", example="đúng: căn đều hai lề / sai: căn trái",
)  # fmt: skip
INDENT = Rule(
    "ND30-06.3", "sai-lui-dau-dong", "Dòng đầu đoạn văn lùi vào không đúng", _II6,
    reason="Dòng đầu lùi vào cho biết đoạn mới bắt đầu.", example="đúng: 1 cm hoặc 1,27 cm / sai: không lùi",
)  # fmt: skip
GAP = Rule(
    "ND30-06.4", "sai-khoang-cach-doan", "Khoảng cách giữa các đoạn văn không đủ", _II6,
    reason="Khoảng cách tối thiểu để nhìn thấy các đoạn.", example="đúng: 6 pt / sai: 0 pt",
)  # fmt: skip
SPACING = Rule(
    "ND30-06.5", "sai-dan-dong", "Khoảng cách giữa các dòng không đúng", _II6,
    reason="Dòng quá sít thì khó đọc, quá thưa thì phí giấy.", example="đúng: từ dòng đơn đến 1,5 dòng / sai: 2 dòng",
)  # fmt: skip
END_MARK = Rule(
    "ND30-06.31", "thieu-dau-ket-thuc", "Nội dung không kết thúc bằng “./.”", "Phụ lục III, mẫu 1.1 đến 2.2", "B",
    reason="Dấu “./.” cho biết nội dung đã hết, không ai viết thêm được.",
    example="đúng: … chịu trách nhiệm thi hành Quyết định này./.",
)  # fmt: skip

_INDENTS_MM = (10.0, 12.7)
_INDENT_SLACK = 0.5
_GAP_PT = 6.0
#: Alignments of lines that aren't running text.
_APART = {Align.CENTER, Align.RIGHT}
#: Beginnings of captions and notes of tables and figures, which need no indent.
_CAPTIONS = ("bảng ", "biểu ", "hình ", "ghi chú:", "đơn vị tính", "đvt", "nguồn:", "nguồn số liệu")


def check_document(scene: Scene, document: Document) -> Findings:
    """Check Kính gửi and the content, without text in tables, whose font and colour alone are regulated."""
    yield from _addressees(scene, document)
    prose = [item for item in document[Component.CONTENT].paragraphs if item.text and not item.cells and not item.boxed]
    sizes = (
        (item, f"{figure(run.look.size)} pt")
        for item in prose
        if not _is_caption(item.text)
        for run in item.inked
        if not 13 <= run.look.size <= 14
    )
    yield from grouped(SIZE, scene, sizes, between(13, 14, "pt"))
    plain = [item for item in prose if not _is_display(item)]
    aligned = ((item, item.shape.align.label) for item in plain if _is_ragged(scene.facts, item))
    yield from grouped(ALIGN, scene, aligned, Align.BOTH.label)
    yield from grouped(INDENT, scene, _found(plain, _wrong_indent), _("10 mm hoặc 12,7 mm"))
    yield from grouped(GAP, scene, _narrow_gaps(plain), _("ít nhất 6 pt"))
    yield from grouped(SPACING, scene, _found(plain, _wrong_spacing), _("từ 1 đến 1,5 dòng"))
    yield from _end_mark(scene, document)


def _found(paragraphs: list[Paragraph], test: Callable[[Paragraph], str | None]) -> Iterator[tuple[Paragraph, str]]:
    for item in paragraphs:
        found = test(item)
        if found is not None:
            yield item, found


def _is_display(item: Paragraph) -> bool:
    """Whether a paragraph isn't running text but a centred heading, a note in brackets or a caption."""
    text = item.text
    heading = item.shape.align is Align.CENTER and (is_upper(text) or all(run.look.bold for run in item.inked))
    return heading or text.startswith("(") or _is_caption(text)


def _is_caption(text: str) -> bool:
    """Whether a text belongs to a table or figure, and so may be in small letters."""
    return fold_case(text).startswith(_CAPTIONS)


def _is_ragged(facts: Facts, item: Paragraph) -> bool:
    """Whether a paragraph isn't justified, and has more than one line, so that it shows."""
    if item.shape.align is Align.BOTH:
        return False
    room = facts.column_width_mm(item) - max(0.0, item.shape.left_mm) - max(0.0, item.shape.right_mm)
    return item.width_mm + item.shape.first_line_mm - item.shape.left_mm > room


def _wrong_indent(item: Paragraph) -> str | None:
    """The indent of the first line if wrong, else None; lines that begin with a dash or plus aren't regulated."""
    if item.text.startswith(("-", "+", "–", "•")) or item.shape.align in _APART:
        return None
    indent = item.shape.first_line_mm
    if any(abs(indent - right) <= _INDENT_SLACK for right in _INDENTS_MM):
        return None
    return f"{figure(indent)} mm"


def _wrong_spacing(item: Paragraph) -> str | None:
    if 0.97 <= item.shape.line <= 1.53:
        return None
    exact = item.shape.line_exact_pt
    if exact is not None:
        return _("đúng {points} pt").format(points=figure(exact))
    return _("{lines} dòng").format(lines=f"{item.shape.line:.2f}".replace(".", ","))


def _narrow_gaps(plain: list[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    for above, below in pairwise(plain):
        if below.number - above.number != 1 or {above.shape.align, below.shape.align} & _APART:
            continue
        alike = above.style == below.style
        after = 0.0 if alike and above.shape.contextual else above.shape.after_pt
        before = 0.0 if alike and below.shape.contextual else below.shape.before_pt
        if after + before < _GAP_PT - 0.1:
            yield below, f"{figure(after + before)} pt"


def _addressees(scene: Scene, document: Document) -> Findings:
    lines = document[Component.ADDRESSEES].paragraphs
    if not lines:
        return
    first, items = lines[0], listed(tuple(line for line in lines[1:] if line.text))
    if not first.text[len("Kính gửi") :].lstrip(" ").startswith(":"):
        yield ADDRESSEE_COLON.broken(place_of(scene, first), excerpt(first.text), "“Kính gửi:”")
    if len(items) > 1:
        yield from check_marks(ADDRESSEE_MARKS, scene, items)


def _end_mark(scene: Scene, document: Document) -> Findings:
    shown = [item for item in document[Component.CONTENT].paragraphs if item.text]
    if shown and not shown[-1].text.endswith("./."):
        text = shown[-1].text
        yield END_MARK.broken(place_of(scene, shown[-1]), excerpt(text[-40:]), "“./.”")
