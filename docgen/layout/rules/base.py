"""What a rule is: one row of data a component where a row can say it, a function where it can't."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from docgen.errors import Place, Severity
from docgen.layout.components import LETTERHEAD, Component, Document, Part, Scene
from docgen.layout.facts import Align, Paragraph, Run
from docgen.layout.findings import Finding, Kind
from docgen.layout.recognition.patterns import is_upper
from docgen.layout.widths import text_width_mm
from docgen.locale import translate as _

#: A: read in the decree itself; B: read off its templates, or from one secondary source; C: usual practice.
Confidence = Literal["A", "B", "C"]
_SEVERITY = {"A": Severity.ERROR, "B": Severity.WARNING, "C": Severity.INFO}

Findings = Iterator[Finding]
FileCheck = Callable[[Scene], Findings]
DocumentCheck = Callable[[Scene, Document], Findings]
Condition = Callable[[Document], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, what it says when broken, and where the decree says it."""

    code: str
    slug: str
    text: str
    clause: str
    confidence: Confidence = "A"
    kind: Kind = "the_thuc"

    @property
    def severity(self) -> Severity:
        """How much it matters, by how surely the rule is known."""
        return _SEVERITY[self.confidence]

    def broken(self, place: Place, found: str = "", expected: str = "", also: Iterable[Place] = ()) -> Finding:
        """The finding that this rule is broken at a place."""
        text = _(self.text)
        return Finding(
            self.code,
            self.slug,
            self.clause,
            place,
            found,
            expected,
            self.severity,
            self.kind,
            text,
            tuple(also),
        )


def place_of(scene: Scene, paragraph: Paragraph | None) -> Place:
    """Where a paragraph stands, in words for the user."""
    if paragraph is None:
        return Place(file=scene.file or None)
    spot = _("đoạn {number}").format(number=paragraph.number)
    if paragraph.cells:
        cell = paragraph.cells[-1]
        words = _("bảng {table}, hàng {row}, cột {column}")
        spot = words.format(table=cell.table, row=cell.row, column=cell.column) + ", " + spot
    if paragraph.part != _main_part(scene):
        spot = f"{paragraph.part}, {spot}"
    if paragraph.text:
        spot += " " + excerpt(paragraph.text, 40)
    return Place(file=scene.file or None, part=spot)


def _main_part(scene: Scene) -> str:
    return scene.facts.paragraphs[0].part if scene.facts.paragraphs else ""


def excerpt(text: str, most: int = 60) -> str:
    """A text in quotation marks, cut to fit a message."""
    return f"“{text}”" if len(text) <= most else f"“{text[:most].rstrip()}…”"


def figure(amount: float) -> str:
    """A measure as Vietnamese writes it: 12,5."""
    return f"{amount:.1f}".removesuffix(".0").replace(".", ",")


def between(low: float, high: float, unit: str) -> str:
    """``13–14 pt``."""
    return f"{figure(low)} {unit}" if low == high else f"{figure(low)}–{figure(high)} {unit}"


def grouped(rule: Rule, scene: Scene, bad: Iterable[tuple[Paragraph, str]], expected: str = "") -> Findings:
    """One finding for each thing found, at the first place, with the further places beside it."""
    places: dict[str, list[Place]] = {}
    for paragraph, found in bad:
        here = places.setdefault(found, [])
        place = place_of(scene, paragraph)
        if place not in here:
            here.append(place)
    for found, (first, *also) in places.items():
        yield rule.broken(first, found, expected, also)


class Aspect(IntEnum):
    """What a row can say of a component; its number, plus the row's base, is the rule's number."""

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


_ASPECTS = {
    Aspect.SIZE: ("sai-co-chu", "Cỡ chữ của {name} không đúng"),
    Aspect.BOLD: ("sai-do-dam", "Độ đậm của {name} không đúng"),
    Aspect.ITALIC: ("sai-kieu-nghieng", "Kiểu chữ đứng hay nghiêng của {name} không đúng"),
    Aspect.ALIGN: ("sai-vi-tri", "Vị trí của {name} trên dòng không đúng"),
    Aspect.CASE: ("sai-in-hoa", "Chữ in hoa hay in thường của {name} không đúng"),
    Aspect.UNDERLINE: ("gach-chan", "Không gạch chân {name}"),
    Aspect.TEXT: ("sai-chu", "Chữ của {name} không đúng"),
    Aspect.MISSING: ("thieu", "Thiếu {name}"),
    Aspect.LINE: ("thieu-duong-ke", "Thiếu đường kẻ nét liền bên dưới {name}"),
    Aspect.LINE_LENGTH: ("sai-do-dai-duong-ke", "Độ dài đường kẻ bên dưới {name} không đúng"),
}


@dataclass(frozen=True, slots=True)
class DrawnUnder:
    """The line below a component: at least ``least_mm`` long, and between two shares of its text's width.

    ``applies`` says in which documents it is asked for; everywhere when None.
    """

    confidence: Confidence = "A"
    least_mm: float = 0.0
    share: tuple[float, float] | None = None
    applies: Condition | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What the decree says of one component; whatever is None, it doesn't say.

    ``base`` keeps rows that share an ô apart: their rules count from base + 1.
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

    def says(self, aspect: Aspect) -> bool:
        """Whether this row has a rule for an aspect."""
        said = {
            Aspect.SIZE: self.size,
            Aspect.BOLD: self.bold,
            Aspect.ITALIC: self.italic,
            Aspect.ALIGN: self.align,
            Aspect.CASE: self.upper,
            Aspect.UNDERLINE: self.no_underline or None,
            Aspect.TEXT: self.texts or None,
            Aspect.MISSING: self.required,
            Aspect.LINE: self.line,
            Aspect.LINE_LENGTH: (self.line.share or self.line.least_mm or None) if self.line else None,
        }
        return said[aspect] is not None

    def rule(self, aspect: Aspect) -> Rule:
        """The rule for one aspect."""
        slug, text = _ASPECTS[aspect]
        drawn = aspect in {Aspect.LINE, Aspect.LINE_LENGTH} and self.line
        return Rule(
            code=f"ND30-{self.box}.{self.base + aspect}",
            slug=f"{slug}-{self.slug}",
            text=_(text).format(name=_(self.name)),
            clause=self.clause,
            confidence=drawn.confidence if drawn else self.confidence,
        )

    def rules(self) -> Iterator[Rule]:
        """All rules of this row."""
        return (self.rule(aspect) for aspect in Aspect if self.says(aspect))


def check_row(row: Row, scene: Scene, document: Document) -> Findings:
    """Everything that a row finds in a document."""
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
    inked = [(line, run) for line in part.paragraphs for run in line.inked]
    if row.size is not None:
        low, high = row.size
        bad = [(line, run) for line, run in inked if not low <= run.look.size <= high]
        expected = between(low, high, "pt")
        yield from _first(row, Aspect.SIZE, scene, bad, lambda run: f"{figure(run.look.size)} pt", expected)
    if row.bold is not None:
        bad = [(line, run) for line, run in inked if run.look.bold is not row.bold and _has_letters(run)]
        yield from _first(row, Aspect.BOLD, scene, bad, lambda run: _bold(run.look.bold), _bold(row.bold))
    if row.italic is not None:
        bad = [(line, run) for line, run in inked if run.look.italic is not row.italic and _has_letters(run)]
        wanted = _slope(row.italic)
        yield from _first(row, Aspect.ITALIC, scene, bad, lambda run: _slope(run.look.italic), wanted)
    if row.no_underline:
        bad = [(line, run) for line, run in inked if run.look.underline]
        yield from _first(row, Aspect.UNDERLINE, scene, bad, lambda run: excerpt(run.shown.strip()), "")


def _has_letters(run: Run) -> bool:
    return any(letter.isalnum() for letter in run.text)


def _bold(bold: bool) -> str:
    return _("chữ đậm") if bold else _("chữ không đậm")


def _slope(italic: bool) -> str:
    return _("chữ nghiêng") if italic else _("chữ đứng")


def _first(
    row: Row,
    aspect: Aspect,
    scene: Scene,
    bad: list[tuple[Paragraph, Run]],
    show: Callable[[Run], str],
    expected: str,
) -> Findings:
    if bad:
        line, run = bad[0]
        yield row.rule(aspect).broken(place_of(scene, line), show(run), expected)


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
        expected = _("chữ in hoa") if row.upper else _("chữ in thường")
        yield row.rule(Aspect.CASE).broken(place, excerpt(part.text), expected)
    shown = part.text if row.upper is None else part.text.upper()  # another case is for the aspect CASE to say
    if row.texts and shown not in {text if row.upper is None else text.upper() for text in row.texts}:
        yield row.rule(Aspect.TEXT).broken(place, excerpt(part.text), excerpt(row.texts[0]))


def _stands(align: Align, wanted: Align) -> bool:
    """A short justified line looks flush left."""
    return align is wanted or (wanted is Align.LEFT and align is Align.BOTH)


def _line_findings(row: Row, drawn: DrawnUnder, scene: Scene, part: Part) -> Findings:
    place = place_of(scene, part.paragraphs[-1])
    if not part.lines:
        yield row.rule(Aspect.LINE).broken(place)
        return
    width = max(line.width_mm or 0.0 for line in part.lines)
    low, high = _lengths(drawn, scene, part)
    if width and not low <= width <= high:
        expected = between(round(low), round(high), "mm") if high < 1000 else _("ít nhất {mm} mm").format(mm=round(low))
        yield row.rule(Aspect.LINE_LENGTH).broken(place, f"{figure(width)} mm", expected)


def _lengths(line: DrawnUnder, scene: Scene, part: Part) -> tuple[float, float]:
    """The lengths that a line may have, in mm; text that fills its column has no certain width of its own."""
    if line.share is None:
        return line.least_mm, 10_000.0
    room = scene.facts.column_width_mm(part.paragraphs[0])
    width = max(text_width_mm(item) for item in part.paragraphs)
    low, high = line.share
    return max(line.least_mm, (low * width) if width < room else 0.1 * room), high * min(width, room) + 3
