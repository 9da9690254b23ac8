"""Rules of phần, chương, mục, điều, khoản, điểm: labels, titles and order (Phụ lục I, mục II.6 and mục V)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from docgen.base.locale import translate as _
from docgen.layout.components import Component, Document, Scene
from docgen.layout.facts import Align, Paragraph
from docgen.layout.recognition.patterns import is_upper
from docgen.layout.rules.base import Findings, Rule, excerpt, grouped
from docgen.wording.labels import LETTERS, roman

_II6 = "Phụ lục I, mục II.6"

DIVISION_ALIGN = Rule(
    "ND30-06.41", "phan-chuong-khong-giua", "“Phần”, “Chương”, “Mục” phải căn giữa", _II6,
    reason="Tên các phần lớn đứng giữa dòng để nhìn thấy bố cục của văn bản.",
    example="đúng: Chương I (giữa dòng)",
)  # fmt: skip
DIVISION_BOLD = Rule(
    "ND30-06.42", "phan-chuong-khong-dam", "“Phần”, “Chương”, “Mục” và tiêu đề của nó phải in đậm", _II6,
    reason="Chữ đậm phân biệt tên phần, chương, mục với lời văn.", example="đúng: Chương I in đậm",
)  # fmt: skip
DIVISION_CASE = Rule(
    "ND30-06.43", "phan-chuong-in-hoa", "Các chữ “Phần”, “Chương”, “Mục” viết thường, tiêu đề viết hoa", _II6,
    reason="Chỉ tiêu đề bên dưới viết hoa cả chữ.", example="đúng: Chương I / QUY ĐỊNH CHUNG",
)  # fmt: skip
DIVISION_NUMBER = Rule(
    "ND30-06.44", "sai-so-phan-chuong", "Phần, chương dùng số La Mã; mục, tiểu mục dùng số Ả Rập", _II6,
    reason="Hai loại chữ số cho biết đang ở cấp nào.", example="đúng: Chương II, Mục 1 / sai: Chương 2, Mục I",
)  # fmt: skip
DIVISION_TITLE = Rule(
    "ND30-06.45", "thieu-tieu-de-phan-chuong", "Dưới “Phần”, “Chương”, “Mục” phải có tiêu đề viết hoa, căn giữa", _II6,
    reason="Phần, chương, mục bắt buộc có tiêu đề, ở dòng ngay dưới.", example="đúng: Chương I / QUY ĐỊNH CHUNG",
)  # fmt: skip
ARTICLE_FORM = Rule(
    "ND30-06.46", "sai-mau-dieu", "Sau số của điều là dấu chấm, số viết bằng chữ số Ả Rập", _II6,
    reason="“Điều 1.” viết giống nhau thì viện dẫn không nhầm.", example="đúng: Điều 1. / sai: Điều 1:, Điều I.",
)  # fmt: skip
ARTICLE_BOLD = Rule(
    "ND30-06.47", "dieu-khong-dam", "“Điều …” phải in đậm", _II6,
    reason="Chữ đậm để tìm thấy điều khi lướt qua trang.", example="đúng: Điều 1. in đậm",
)  # fmt: skip
ARTICLE_ORDER = Rule(
    "ND30-06.48", "sai-thu-tu-dieu", "Số của các điều không liên tục", _II6, "B",
    reason="Điều đánh số liên tục trong cả văn bản, không bắt đầu lại ở mỗi chương.",
    example="đúng: Điều 1, Điều 2, Điều 3 / sai: Điều 1, Điều 3",
)  # fmt: skip
CLAUSE_FORM = Rule(
    "ND30-06.49", "sai-mau-khoan", "Khoản đánh số Ả Rập, sau số là dấu chấm", _II6,
    reason="“1.” là khoản, “a)” là điểm; lẫn dấu thì không biết cấp nào.", example="đúng: 1. / sai: 1/, 1)",
)  # fmt: skip
POINT_FORM = Rule(
    "ND30-06.50", "sai-mau-diem", "Điểm viết bằng chữ cái thường, sau chữ là dấu đóng ngoặc đơn", _II6,
    reason="“a)” là điểm, viết giống nhau thì viện dẫn không nhầm.", example="đúng: a) / sai: a., a/, A)",
)  # fmt: skip
POINT_ORDER = Rule(
    "ND30-06.51", "sai-thu-tu-diem", "Chữ cái của điểm không theo thứ tự tiếng Việt", _II6,
    reason="Thứ tự là a b c d đ e g h i k l m n o p q r s t u v x y; không có f, j, w, z.",
    example="đúng: d), đ), e), g) / sai: d), e), f)",
)  # fmt: skip
HEADING_CASE = Rule(
    "ND30-06.52", "muc-la-ma-khong-in-hoa", "Mục đánh số La Mã viết hoa", "Phụ lục I, mục V",
    reason="Trong văn bản không có điều, mục là cấp lớn nhất nên viết hoa, in đậm trên cùng dòng với số.",
    example="đúng: I. MỤC TIÊU, YÊU CẦU / sai: I. Mục tiêu, yêu cầu",
)  # fmt: skip
HEADING_BOLD = Rule(
    "ND30-06.53", "muc-la-ma-khong-dam", "Mục đánh số La Mã in đậm", "Phụ lục I, mục V",
    reason="Chữ đậm để nhìn thấy bố cục của văn bản.", example="đúng: I. MỤC TIÊU, YÊU CẦU in đậm",
)  # fmt: skip
SUBNUMBER = Rule(
    "ND30-06.54", "danh-so-nhieu-cap", "Cách đánh số “1.1” không có trong nghị định", _II6, "B",
    reason="Nghị định chỉ có khoản “1.” và điểm “a)”; nhiều báo cáo vẫn dùng “1.1”.",
    example="đúng: 1. rồi a) / sai: 1.1.",
)  # fmt: skip

_DIVISION = re.compile(r"(?P<word>phần|chương|mục|tiểu mục) (?:thứ \w+|(?P<number>[IVXLC]+|\d{1,3}))\.?", re.IGNORECASE)
_ARTICLE = re.compile(r"(?P<word>Điều|ĐIỀU) (?P<number>\d{1,3}|[IVXLC]+)(?P<mark>[.:,)/]?)(?=\s|$)")
_BAD_CLAUSE = re.compile(r"\d{1,2}(?:/|\))\s+\D")
_STEP = re.compile(
    r"(?P<letter>[a-zđ])\)\s|(?P<roman>[IVXL]{1,7})\.\s|Điều (?P<article>\d{1,3})\b|(?P<number>\d{1,2})[.)/]\s"
)
#: The beginning of a part of the text, at which lists start again.
_DIVIDED = re.compile(r"(?:Phụ lục|Chương|Phần|Mục) ")
#: Most nested lists that are followed.
_DEEPEST = 12
_ROMANS = [roman(number) for number in range(1, 90)]
_BAD_POINT = re.compile(r"(?:[a-zđ][./]|[A-ZĐ]\))\s+\w")
_HEADING = re.compile(r"[IVX]{1,6}\.\s+\S")
_SUBNUMBER = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.?\s+\D")
#: Most characters of a heading; longer ones are paragraphs.
_HEADING_MOST = 150


def check_document(scene: Scene, document: Document) -> Findings:
    """Check the outline of a document's content, without tables and text boxes."""
    content = document[Component.CONTENT].paragraphs
    lines = [item for item in content if item.text and not item.cells and not item.boxed]
    yield from _divisions(scene, lines)
    yield from _articles(scene, lines)
    yield from grouped(CLAUSE_FORM, scene, _starts(lines, _BAD_CLAUSE), "“1.”")
    yield from grouped(POINT_FORM, scene, _starts(lines, _BAD_POINT), "“a)”")
    yield from grouped(POINT_ORDER, scene, _out_of_order(lines))
    headings = [item for item in lines if _is_heading(item)]
    yield from grouped(HEADING_CASE, scene, ((item, "") for item in headings if not is_upper(item.text)))
    yield from grouped(HEADING_BOLD, scene, ((item, "") for item in headings if not _all_bold(item)))
    yield from grouped(SUBNUMBER, scene, ((item, "1.1") for item, _start in _starts(lines, _SUBNUMBER)))


def _starts(lines: list[Paragraph], pattern: re.Pattern[str]) -> Iterator[tuple[Paragraph, str]]:
    """The lines that begin with ``pattern``, each with that beginning, its number or letter replaced by 1 or a."""
    for item in lines:
        found = pattern.match(item.text)
        if found:
            # so that 1/, 2/, 3/ give one finding together
            beginning = re.sub(r"\d+", "1", found[0].split()[0])
            yield item, excerpt(re.sub(r"^[a-zđ](?=\W)", "a", beginning))


def _all_bold(item: Paragraph) -> bool:
    return all(run.look.bold for run in item.inked)


def _is_heading(item: Paragraph) -> bool:
    text = item.text
    return bool(_HEADING.match(text)) and len(text) <= _HEADING_MOST and not text.endswith((".", ";", ":", ","))


def _divisions(scene: Scene, lines: list[Paragraph]) -> Findings:
    found = [(at, item, match) for at, item in enumerate(lines) if (match := _DIVISION.fullmatch(item.text))]
    shown = [item for _at, item, _match in found]
    ragged = ((item, item.shape.align.label) for item in shown if item.shape.align is not Align.CENTER)
    yield from grouped(DIVISION_ALIGN, scene, ragged, Align.CENTER.label)
    titles = [lines[at + 1] for at, _item, _match in found if _is_title(lines[at + 1 : at + 2])]
    yield from grouped(DIVISION_BOLD, scene, ((item, "") for item in (*shown, *titles) if not _all_bold(item)))
    yield from grouped(DIVISION_CASE, scene, ((item, "") for _at, item, match in found if is_upper(match["word"])))
    numbers = (
        (item, _("số Ả Rập") if match["number"].isdecimal() else _("số La Mã"))
        for _at, item, match in found
        if match["number"] and match["number"].isdecimal() == (match["word"].lower() in {"phần", "chương"})
    )
    yield from grouped(DIVISION_NUMBER, scene, numbers)
    untitled = ((item, "") for at, item, _match in found if not _is_title(lines[at + 1 : at + 2]))
    yield from grouped(DIVISION_TITLE, scene, untitled)


def _is_title(below: list[Paragraph]) -> bool:
    return bool(below) and is_upper(below[0].text) and below[0].shape.align is Align.CENTER


def _articles(scene: Scene, lines: list[Paragraph]) -> Findings:
    found = [(item, match) for item in lines if (match := _ARTICLE.match(item.text))]
    wrong = [
        (item, excerpt(f"{match['word']} {'1' if match['number'].isdecimal() else 'I'}{match['mark']}"))
        for item, match in found
        if match["mark"] != "." or not match["number"].isdecimal() or match["word"] != "Điều"
    ]
    yield from grouped(ARTICLE_FORM, scene, wrong, "“Điều 1.”")
    yield from grouped(ARTICLE_BOLD, scene, ((item, "") for item, _match in found if not _starts_bold(item)))
    numbered = [(item, int(match["number"])) for item, match in found if match["number"].isdecimal()]
    jumps = (
        (item, _("Điều {above} rồi Điều {below}").format(above=above, below=below))
        for (_above, above), (item, below) in pairwise(numbered)
        if below != above + 1
    )
    yield from grouped(ARTICLE_ORDER, scene, jumps)


def _starts_bold(item: Paragraph) -> bool:
    if item.label:
        return item.label_bold
    return not item.inked or item.inked[0].look.bold


def _out_of_order(lines: list[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    """The points whose letter doesn't follow the one before, with a message.

    ``opened`` are the last items of the lists open at a line. An item that continues one of them closes the lists
    that were opened inside it.
    """
    opened: list[_Step] = []
    for item in lines:
        step = _step_of(item.text)
        if step is None:
            opened = [] if _DIVIDED.match(item.text) else opened
            continue
        alike = [at for at, one in enumerate(opened) if one.series == step.series]
        at = next((at for at in reversed(alike) if opened[at].rank + 1 == step.rank), None)
        above = opened[alike[-1]] if alike else None
        if at is None and step.series == "letter" and _jumps(above, step):
            yield item, _("{above}) rồi {letter})").format(above=above.shown if above else "…", letter=step.shown)
        if at is None and step.rank and alike:
            at = alike[-1]
        opened = [*(opened if at is None else opened[:at]), step][-_DEEPEST:]


def _jumps(above: "_Step | None", step: "_Step") -> bool:
    """Whether a letter is out of order: not used in lists, or neither the first nor next to ``above``."""
    return step.rank < 0 or (step.rank > 0 and above is not None and above.rank >= 0)


@dataclass(frozen=True)
class _Step:
    """A number or letter at the start of a paragraph; ``rank`` counts from 0, -1 for a letter not used in lists."""

    series: str
    rank: int
    shown: str


def _step_of(text: str) -> _Step | None:
    found = _STEP.match(text)
    if found is None:
        return None
    series, shown = next((series, value) for series, value in found.groupdict().items() if value)
    match series:
        case "letter":
            return _Step(series, LETTERS.find(shown), shown)
        case "roman":
            return _Step(series, _ROMANS.index(shown) if shown in _ROMANS else 0, shown)
    return _Step(series, int(shown) - 1, shown)
