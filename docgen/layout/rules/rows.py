"""Rules as rows of data: the decree's requirements for one component, such as size, weight and alignment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from docgen.base.locale import deferred
from docgen.base.locale import translate as _
from docgen.layout.components import LETTERHEAD, Component, Document, Part, Scene
from docgen.layout.facts import Align, Run
from docgen.layout.recognition.patterns import is_upper
from docgen.layout.rules.base import Condition, Confidence, Findings, Rule, between, excerpt, figure, place_of
from docgen.layout.rules.unsure import LINE_UNSEEN


class Aspect(IntEnum):
    """An aspect of a component that a row may regulate; its number plus the row's base is the rule's number."""

    SIZE = 1
    BOLD = 2
    ITALIC = 3
    ALIGN = 4
    CASE = 5
    UNDERLINE = 6
    TEXT = 7
    MISSING = 8
    LINE = 9
    LINE_LENGTH = 10


#: Aspect → slug, message when broken, reason.
_ASPECTS = {
    Aspect.SIZE: (
        "sai-co-chu", deferred("Cỡ chữ của {name} không đúng"),
        "Mỗi thành phần có cỡ chữ riêng, để văn bản của mọi cơ quan trông như nhau và nhìn là biết thành phần nào.",
    ),
    Aspect.BOLD: (
        "sai-do-dam", deferred("Độ đậm của {name} không đúng"),
        "Chữ đậm chỉ dành cho những thành phần phải nổi lên; {name} trình bày đúng độ đậm đã định.",
    ),
    Aspect.ITALIC: (
        "sai-kieu-nghieng", deferred("Kiểu chữ đứng hay nghiêng của {name} không đúng"),
        "Chữ nghiêng chỉ dành cho vài thành phần như ngày tháng, căn cứ, dòng kèm theo.",
    ),
    Aspect.ALIGN: (
        "sai-vi-tri", deferred("Vị trí của {name} trên dòng không đúng"),
        "Mỗi thành phần có chỗ của nó trong sơ đồ bố trí, để người đọc tìm thấy ngay.",
    ),
    Aspect.CASE: (
        "sai-in-hoa", deferred("Chữ in hoa hay in thường của {name} không đúng"),
        "In hoa hay in thường do nghị định định cho từng thành phần.",
    ),
    Aspect.UNDERLINE: (
        "gach-chan", deferred("Không gạch chân {name}"),
        "Gạch chân là thói quen cũ; nghị định không quy định gạch chân {name}.",
    ),
    Aspect.TEXT: (
        "sai-chu", deferred("Chữ của {name} không đúng"),
        "Câu chữ của {name} là cố định, đúng cả dấu.",
    ),
    Aspect.MISSING: (
        "thieu", deferred("Thiếu {name}"),
        "Đây là thành phần bắt buộc; thiếu thì văn bản không đủ thể thức.",
    ),
    Aspect.LINE: (
        "thieu-duong-ke", deferred("Thiếu đường kẻ nét liền bên dưới {name}"),
        "Đường kẻ ngăn {name} với phần dưới.",
    ),
    Aspect.LINE_LENGTH: (
        "sai-do-dai-duong-ke", deferred("Độ dài đường kẻ bên dưới {name} không đúng"),
        "Độ dài đường kẻ tính theo độ dài của dòng chữ, để hai bên cân nhau.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawnUnder:
    """The line below a component: at least ``least_mm`` long, and between two fractions of the text's width.

    ``applies`` tells in which documents it is required; None for all.
    """

    confidence: Confidence = "A"
    least_mm: float = 0.0
    share: tuple[float, float] | None = None
    applies: Condition | None = None

    @property
    def example(self) -> str:
        """The right length, in Vietnamese words."""
        return _("từ 1/3 đến 1/2 độ dài của dòng chữ") if self.share else _("bằng độ dài của dòng chữ")


@dataclass(frozen=True, slots=True)
class Row:
    """The decree's requirements for one component; aspects that are None aren't regulated.

    Codes of its rules are ``decree``, ``box`` (the ô) and a number from ``base`` + 1, so rows that share an ô
    differ by ``base``. ``size`` is a range in pt. ``required`` and ``applies`` tell for which documents the component
    is mandatory, and for which the row holds at all.
    """

    component: Component
    box: str
    base: int
    name: str
    slug: str
    clause: str
    confidence: Confidence = "A"
    size: tuple[float, float] | None = None
    bold: bool | None = None
    italic: bool | None = None
    align: Align | None = None
    upper: bool | None = None
    no_underline: bool = False
    texts: tuple[str, ...] = ()
    line: DrawnUnder | None = None
    required: Condition | None = None
    applies: Condition | None = None
    decree: str = "ND30"

    def forms(self) -> dict[Aspect, str]:
        """The right form of each aspect that this row regulates, as findings word it."""
        line = self.line
        forms = {
            Aspect.SIZE: between(*self.size, "pt") if self.size else None,
            Aspect.BOLD: None if self.bold is None else _bold(self.bold),
            Aspect.ITALIC: None if self.italic is None else _slope(self.italic),
            Aspect.ALIGN: self.align.label if self.align else None,
            Aspect.CASE: None if self.upper is None else _("chữ in hoa") if self.upper else _("chữ in thường"),
            Aspect.UNDERLINE: _("không gạch chân") if self.no_underline else None,
            Aspect.TEXT: self.texts[0] if self.texts else None,
            Aspect.MISSING: _("có {name}").format(name=_(self.name)) if self.required else None,
            Aspect.LINE: _("có đường kẻ nét liền") if line else None,
            Aspect.LINE_LENGTH: line.example if line and (line.share or line.least_mm) else None,
        }
        return {aspect: form for aspect, form in forms.items() if form is not None}

    def rule(self, aspect: Aspect) -> Rule:
        """The rule for one aspect."""
        slug, text, reason = _ASPECTS[aspect]
        drawn = aspect in {Aspect.LINE, Aspect.LINE_LENGTH} and self.line
        code, named = f"{self.decree}-{self.box}.{self.base + aspect}", f"{slug}-{self.slug}"
        return Rule(
            code=code,
            slug=named,
            text=_(text).format(name=_(self.name)),
            clause=self.clause,
            confidence=drawn.confidence if drawn else self.confidence,
            reason=reason.format(name=self.name),
            example=_("đúng: {right}").format(right=self.forms()[aspect]),
        )

    def rules(self) -> Iterator[Rule]:
        """All rules of this row."""
        return (self.rule(aspect) for aspect in self.forms())


def check_row(row: Row, scene: Scene, document: Document) -> Findings:
    """Check a document against a row."""
    if row.applies is not None and not row.applies(document):
        return
    part = document[row.component]
    if not part:
        if row.required is not None and row.required(document):
            yield row.rule(Aspect.MISSING).broken(place_of(scene, document.begin))
        return
    yield from _look_findings(row, scene, part)
    yield from _text_findings(row, scene, part, document)
    if row.line is not None and (row.line.applies is None or row.line.applies(document)):
        yield from _line_findings(row, row.line, scene, part)


def _look_findings(row: Row, scene: Scene, part: Part) -> Findings:
    """Report the first wrong run in each aspect of its letters."""
    low, high = row.size or (0.0, 0.0)
    looks: tuple[tuple[Aspect, Callable[[Run], bool], Callable[[Run], str]], ...] = (
        (Aspect.SIZE, lambda run: not low <= run.look.size <= high, lambda run: f"{figure(run.look.size)} pt"),
        (
            Aspect.BOLD,
            lambda run: run.look.bold is not row.bold and _has_letters(run),
            lambda run: _bold(run.look.bold),
        ),
        (
            Aspect.ITALIC,
            lambda run: run.look.italic is not row.italic and _has_letters(run),
            lambda run: _slope(run.look.italic),
        ),
        (Aspect.UNDERLINE, lambda run: run.look.underline, lambda run: excerpt(run.shown.strip())),
    )
    forms = row.forms()
    inked = [(line, run) for line in part.paragraphs for run in line.inked]
    for aspect, is_wrong, shown in looks:
        bad = next(((line, run) for line, run in inked if is_wrong(run)), None)
        if bad is not None and aspect in forms:
            line, run = bad
            expected = "" if aspect is Aspect.UNDERLINE else forms[aspect]
            yield row.rule(aspect).broken(place_of(scene, line), shown(run), expected)


def _has_letters(run: Run) -> bool:
    return any(letter.isalnum() for letter in run.text)


def _bold(bold: bool) -> str:
    return _("chữ đậm") if bold else _("chữ không đậm")


def _slope(italic: bool) -> str:
    return _("chữ nghiêng") if italic else _("chữ đứng")


def _text_findings(row: Row, scene: Scene, part: Part, document: Document) -> Findings:
    place = place_of(scene, part.paragraphs[0])
    judged = document.tabled or row.component not in LETTERHEAD
    if row.align is not None and judged:
        for line in part.paragraphs:
            if not _stands(line.shape.align, row.align):
                found = line.shape.align.label
                yield row.rule(Aspect.ALIGN).broken(place_of(scene, line), found, row.align.label)
                break
    cased = part.text.upper() != part.text.lower()
    if row.upper is not None and cased and is_upper(part.text) is not row.upper:
        yield row.rule(Aspect.CASE).broken(place, excerpt(part.text), row.forms()[Aspect.CASE])
    shown = part.text if row.upper is None else part.text.upper()  # a wrong case is reported by the aspect CASE
    if row.texts and shown not in {text if row.upper is None else text.upper() for text in row.texts}:
        yield row.rule(Aspect.TEXT).broken(place, excerpt(part.text), excerpt(row.texts[0]))


def _stands(align: Align, wanted: Align) -> bool:
    """Whether ``align`` looks like ``wanted``: a short justified line looks left-aligned."""
    return align is wanted or (wanted is Align.LEFT and align is Align.BOTH)


def _line_findings(row: Row, drawn: DrawnUnder, scene: Scene, part: Part) -> Findings:
    place = place_of(scene, part.paragraphs[-1])
    if not part.lines:
        yield row.rule(Aspect.LINE).broken(place)
        return
    width = max(line.width_mm or 0.0 for line in part.lines)
    if not width and Aspect.LINE_LENGTH in row.forms():
        yield LINE_UNSEEN.broken(place, "", _("độ dài đường kẻ bên dưới {name}").format(name=_(row.name)))
    low, high = _lengths(drawn, scene, part)
    if width and not low <= width <= high:
        expected = between(round(low), round(high), "mm") if high < 1000 else _("ít nhất {mm} mm").format(mm=round(low))
        yield row.rule(Aspect.LINE_LENGTH).broken(place, f"{figure(width)} mm", expected)


def _lengths(line: DrawnUnder, scene: Scene, part: Part) -> tuple[float, float]:
    """The least and greatest length of a line, in mm.

    The width of text that fills its column isn't certain, so there the least length is 0.1 of the column.
    """
    if line.share is None:
        return line.least_mm, 10_000.0
    room = scene.facts.column_width_mm(part.paragraphs[0])
    width = max(item.width_mm for item in part.paragraphs)
    low, high = line.share
    return max(line.least_mm, (low * width) if width < room else 0.1 * room), high * min(width, room) + 3
