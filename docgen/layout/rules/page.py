"""Rules of paper, margins, font, page numbers (Phụ lục I, mục I)."""

from collections.abc import Iterator, Mapping

from docgen.base.locale import translate as _
from docgen.errors import Place
from docgen.layout.components import Component, Scene, Standing
from docgen.layout.facts import Align, Facts, Paragraph, Run, Section
from docgen.layout.findings import Spot
from docgen.layout.rules.base import Findings, Rule, between, figure, grouped, place_of
from docgen.wording.decree import STAMPS
from docgen.wording.text import fold_case

_I = "Phụ lục I, mục I"

PAPER = Rule(
    "ND30-G1.1", "sai-kho-giay", "Khổ giấy không phải A4", _I,
    reason="Giấy khác khổ thì không in, sao, đóng hồ sơ chung với văn bản khác được.",
    example="đúng: 210 × 297 mm (A4) / sai: Letter 216 × 279 mm",
)  # fmt: skip
ORIENTATION = Rule(
    "ND30-G2.1", "sai-chieu-giay", "Trang nằm ngang ở phần không phải phụ lục, bảng biểu", _I,
    reason="Văn bản được lưu và đóng tập theo chiều dọc; chỉ bảng rộng hoặc phụ lục mới đặt ngang.",
    example="đúng: trang văn bản dọc, trang phụ lục bảng biểu ngang",
)  # fmt: skip
TOP = Rule(
    "ND30-G3.1", "sai-le-tren", "Lề trên không đúng", _I,
    reason="Lề đủ rộng để đóng dấu, đánh số trang; rộng quá thì phí giấy.", example="đúng: 20–25 mm / sai: 15 mm",
)  # fmt: skip
BOTTOM = Rule(
    "ND30-G3.2", "sai-le-duoi", "Lề dưới không đúng", _I,
    reason="Lề đủ rộng để không mất chữ khi in, sao.", example="đúng: 20–25 mm / sai: 15 mm",
)  # fmt: skip
LEFT = Rule(
    "ND30-G3.3", "sai-le-trai", "Lề trái không đúng", _I,
    reason="Lề trái rộng hơn các lề khác để đóng tập mà không che chữ.", example="đúng: 30–35 mm / sai: 25 mm",
)  # fmt: skip
RIGHT = Rule(
    "ND30-G3.4", "sai-le-phai", "Lề phải không đúng", _I,
    reason="Lề phải hẹp hơn lề trái để dành chỗ cho chữ.", example="đúng: 15–20 mm / sai: 25 mm",
)  # fmt: skip
#: Field of Section, rule, and least and greatest margin in mm.
_MARGINS = (
    ("top_mm", TOP, 20.0, 25.0),
    ("bottom_mm", BOTTOM, 20.0, 25.0),
    ("left_mm", LEFT, 30.0, 35.0),
    ("right_mm", RIGHT, 15.0, 20.0),
)
FONT = Rule(
    "ND30-G4.1", "sai-phong-chu", "Phông chữ không phải Times New Roman", _I,
    reason="Một phông Unicode chung thì văn bản mở ở máy nào cũng như nhau.",
    example="đúng: Times New Roman / sai: .VnTime, Calibri",
)  # fmt: skip
COLOR = Rule(
    "ND30-G4.2", "sai-mau-chu", "Chữ không phải màu đen", _I,
    reason="Chữ màu in ra hoặc sao chụp không còn đọc rõ; chỉ dấu chỉ mức độ khẩn, mật dùng màu đỏ.",
    example="đúng: chữ đen / sai: chữ đỏ, chữ xanh",
)  # fmt: skip
PAGE_MISSING = Rule(
    "ND30-G5.1", "thieu-so-trang", "Trang không đánh số ở lề trên", _I,
    reason="Số trang giúp người nhận biết văn bản có đủ trang.", example="đúng: số trang ở giữa lề trên từ trang 2",
)  # fmt: skip
PAGE_PLACE = Rule(
    "ND30-G5.2", "so-trang-khong-giua", "Số trang không canh giữa", _I,
    reason="Số trang canh giữa theo chiều ngang trong lề trên.", example="đúng: giữa / sai: góc phải",
)  # fmt: skip
PAGE_SIZE = Rule(
    "ND30-G5.3", "sai-co-chu-so-trang", "Cỡ chữ của số trang không đúng", _I,
    reason="Số trang cùng cỡ với chữ của văn bản để dễ đọc.", example="đúng: 13–14 pt / sai: 11 pt",
)  # fmt: skip
PAGE_FORMAT = Rule(
    "ND30-G5.4", "so-trang-khong-a-rap", "Số trang không dùng chữ số Ả Rập", _I,
    reason="Cả văn bản dùng một loại chữ số trang.", example="đúng: 2 / sai: II",
)  # fmt: skip
PAGE_FIRST = Rule(
    "ND30-G5.5", "hien-so-trang-1", "Trang thứ nhất hiển thị số trang", _I,
    reason="Trang thứ nhất đã có Quốc hiệu, không cần số.", example="đúng: trang 1 không hiện số, trang 2 hiện “2”",
)  # fmt: skip
PAGE_FOOT = Rule(
    "ND30-G5.6", "so-trang-o-chan-trang", "Số trang nằm ở lề dưới, không ở lề trên", _I,
    reason="Chân trang dành cho địa chỉ cơ quan và dòng kẻ của trang thứ nhất.",
    example="đúng: số trang ở lề trên / sai: số trang ở lề dưới",
)  # fmt: skip
PAGE_SLOPE = Rule(
    "ND30-G5.7", "so-trang-nghieng", "Số trang không phải kiểu chữ đứng", _I,
    reason="Số trang là chữ đứng như chữ của văn bản.", example="đúng: 2 / sai: số 2 nghiêng",
)  # fmt: skip
PAGE_START = Rule(
    "ND30-G5.8", "so-trang-khong-tu-1", "Số trang không bắt đầu từ 1", _I,
    reason="Số trang cho biết văn bản có bao nhiêu trang, nên đếm từ 1.",
    example="đúng: bắt đầu từ 1 / sai: bắt đầu từ 0",
)  # fmt: skip

#: Tolerance in mm, as Word stores rounded twips: the decree's own files have 35.01 mm and 20.003 mm.
_MARGIN_SLACK = 0.5
_PAPER_SLACK = 1.0
_A4 = (210.0, 297.0)


def check_file(scene: Scene) -> Findings:
    """Check paper, margins, letters and page numbers of a file."""
    for section in scene.facts.sections:
        place = _section_place(scene, section)
        sides = sorted((section.width_mm, section.height_mm))
        if any(abs(side - wanted) > _PAPER_SLACK for side, wanted in zip(sides, _A4, strict=True)):
            yield PAPER.broken(place, f"{sides[0]:.0f} × {sides[1]:.0f} mm", "210 × 297 mm")
        if section.landscape and not _may_lie(scene, section):
            yield ORIENTATION.broken(place, _("khổ ngang"), _("khổ dọc"))
        for side, rule, low, high in _MARGINS:
            width = getattr(section, side)
            if not low - _MARGIN_SLACK <= width <= high + _MARGIN_SLACK:
                yield rule.broken(place, f"{figure(width)} mm", between(low, high, "mm"))
    yield from _letters(scene)
    yield from _page_numbers(scene)


def _section_place(scene: Scene, section: Section) -> Spot:
    return Spot(Place(file=scene.file or None, part=_("phần trang thứ {n}").format(n=section.number + 1)))


def _may_lie(scene: Scene, section: Section) -> bool:
    """Whether a section may be landscape: it has a Phụ lục, or tables."""
    for document in scene.documents:
        here = (item for item in document.paragraphs if item.section == section.number and item.text)
        content = document[Component.CONTENT].paragraphs
        tables = any(item.cells and item.section == section.number for item in content)
        if document.standing is not Standing.APPENDIX and not tables and any(here):
            return False
    return True


def _letters(scene: Scene) -> Findings:
    runs = ((item, run) for item in scene.facts.everything() for run in item.runs)
    shown = [(item, run) for item, run in runs if run.text.strip() or run.is_page_number]
    fonts = ((item, font) for item, run in shown for font in _wrong_fonts(run))
    yield from grouped(FONT, scene, fonts, "Times New Roman")
    colored = (
        (item, f"#{run.look.color}")
        for item, run in shown
        if not _is_black(run.look.color) and fold_case(item.text) not in STAMPS
    )
    yield from grouped(COLOR, scene, colored, _("màu đen"))


def _wrong_fonts(run: Run) -> Iterator[str]:
    letters = run.text.translate(_SIGNS).split()
    if not letters and not run.is_page_number:
        return iter(())
    letters = letters or ["1"]
    used = {run.look.font if letter.isascii() else run.look.font_high for letter in "".join(letters)}
    return (font for font in sorted(used) if font.casefold() != "times new roman")


#: Bullets and check boxes, which Times New Roman doesn't have.
_SIGNS = dict.fromkeys([*map(ord, "•●○■□▪▫◆◇★☆☐☑☒✓✔→⇒"), *range(0xF000, 0xF100)])


def _is_black(color: str | None) -> bool:
    """Whether a colour is black, or so dark that the difference isn't visible."""
    if color is None or len(color) != 6 or not set(color) <= set("0123456789ABCDEF"):
        return True
    return all(int(color[at : at + 2], 16) <= 0x20 for at in (0, 2, 4))


Found = tuple[Paragraph, Run]


def _numbers(story: tuple[Paragraph, ...]) -> list[Found]:
    return [(paragraph, run) for paragraph in story for run in paragraph.runs if run.is_page_number]


def _page_numbers(scene: Scene) -> Findings:
    sections = scene.facts.sections
    yield from _first_page(scene, sections[0])
    judged: set[tuple[str, int]] = set()
    for section in sections:
        at_foot = _numbers(_all(section.footers))
        at_head = _numbers(section.headers.get("default", ()))
        if scene.facts.even_and_odd and not _numbers(section.headers.get("even", ())):
            at_head = []
        if at_foot:
            if _is_new(judged, at_foot[0][0]):
                yield PAGE_FOOT.broken(place_of(scene, at_foot[0][0]))
        elif not at_head and _turns_page(scene.facts, section):
            yield PAGE_MISSING.broken(_section_place(scene, section))
        for paragraph, run in _numbers(_all(section.headers)):
            if _is_new(judged, paragraph):
                yield from _number_look(scene, paragraph, run)
        if section.page_format not in {"decimal", "numberInDash"} and (at_head or at_foot):
            yield PAGE_FORMAT.broken(_section_place(scene, section), section.page_format, "1, 2, 3")


def _all(stories: Mapping[str, tuple[Paragraph, ...]]) -> tuple[Paragraph, ...]:
    return tuple(paragraph for story in stories.values() for paragraph in story)


def _is_new(judged: set[tuple[str, int]], paragraph: Paragraph) -> bool:
    """Whether a paragraph of a header or footer, which sections share, is seen for the first time."""
    key = (paragraph.part, paragraph.number)
    new = key not in judged
    judged.add(key)
    return new


def _first_page(scene: Scene, section: Section) -> Findings:
    kind = "first" if section.title_page else "default"
    shown = _numbers(section.headers.get(kind, ())) or _numbers(section.footers.get(kind, ()))
    if shown:
        yield PAGE_FIRST.broken(place_of(scene, shown[0][0]))
    if section.page_start not in {None, 1}:
        yield PAGE_START.broken(_section_place(scene, section), str(section.page_start), "1")


def _number_look(scene: Scene, paragraph: Paragraph, run: Run) -> Findings:
    place, look = place_of(scene, paragraph), run.look
    if paragraph.shape.align is not Align.CENTER:
        yield PAGE_PLACE.broken(place, paragraph.shape.align.label, Align.CENTER.label)
    if not 13 <= look.size <= 14:
        yield PAGE_SIZE.broken(place, f"{figure(look.size)} pt", between(13, 14, "pt"))
    if look.italic:
        yield PAGE_SLOPE.broken(place, _("chữ nghiêng"), _("chữ đứng"))
    if "roman" in (run.field or "").lower() or "alphabetic" in (run.field or "").lower():
        yield PAGE_FORMAT.broken(place, run.field or "", "1, 2, 3")


def _turns_page(facts: Facts, section: Section) -> bool:
    """Whether a section certainly needs page numbers: it isn't the first, or its text is longer than a page."""
    inside = [item for item in facts.paragraphs if item.section == section.number]
    if not any(item.text for item in inside):
        return False
    return section.number > 0 or sum(facts.height_pt(item) for item in inside) > 1.2 * section.text_height_pt
