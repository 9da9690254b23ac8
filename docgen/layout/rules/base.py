"""Rules, and how findings are made from them: message, place, further places."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from docgen.base.locale import translate as _
from docgen.errors import Anchor, Place, Severity
from docgen.layout.components import Document, Scene, Standing
from docgen.layout.facts import Paragraph
from docgen.layout.findings import About, Finding, Spot

#: A: from the text of the decree; B: from its templates or one secondary source; C: usual practice.
Confidence = Literal["A", "B", "C"]
_SEVERITY = {"A": Severity.ERROR, "B": Severity.WARNING, "C": Severity.INFO}

Findings = Iterator[Finding]
FileCheck = Callable[[Scene], Findings]
DocumentCheck = Callable[[Scene, Document], Findings]
Condition = Callable[[Document], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, the message when it is broken, and the clause of the decree.

    ``reason`` explains the rule in plain words; ``example`` shows a right case ("đúng: … / sai: …").
    ``undecided``: the rule only reports what a program can't decide.
    """

    code: str
    slug: str
    text: str
    clause: str
    confidence: Confidence = "A"
    about: About = "the_thuc"
    reason: str = ""
    example: str = ""
    undecided: bool = False

    @property
    def severity(self) -> Severity:
        """The severity, derived from the confidence in the rule."""
        if self.undecided:
            return Severity.INFO
        severity = _SEVERITY[self.confidence]
        return Severity.WARNING if self.about == "noi_dung" and severity is Severity.ERROR else severity

    def broken(self, spot: Spot, found: str = "", expected: str = "", also: Iterable[Spot] = ()) -> Finding:
        """The finding that this rule is broken at ``spot``, and likewise at the places of ``also``."""
        further = tuple(also)
        return Finding(
            self.code,
            self.slug,
            self.clause,
            spot.place,
            found,
            expected,
            self.severity,
            self.about,
            _(self.text),
            tuple(other.place for other in further),
            spot.anchor,
            tuple(other.anchor for other in further),
            self.undecided,
        )


def place_of(scene: Scene, paragraph: Paragraph | None) -> Spot:
    """The place of a paragraph, in words for the user and as an anchor; None stands for the whole file."""
    if paragraph is None:
        return Spot(Place(file=scene.file or None))
    spot = _("đoạn {number}").format(number=paragraph.number)
    if paragraph.cells:
        cell = paragraph.cells[-1]
        words = _("bảng {table}, hàng {row}, cột {column}")
        spot = words.format(table=cell.table, row=cell.row, column=cell.column) + ", " + spot
    page = scene.page_of(paragraph)
    if page is not None:
        spot = _("trang {page}").format(page=page) + ", " + spot
    if paragraph.part != scene.main_part:
        spot = f"{paragraph.part}, {spot}"
    if paragraph.text:
        spot += " " + excerpt(paragraph.text, 40)
    anchor = Anchor(paragraph.part, paragraph.index) if paragraph.index >= 0 else None
    return Spot(Place(file=scene.file or None, part=spot), anchor)


def is_main(document: Document) -> bool:
    """Whether a document has its own number: neither attached to another nor a Phụ lục."""
    return document.standing is Standing.MAIN


def excerpt(text: str, most: int = 60) -> str:
    """``text`` in quotation marks, cut to ``most`` characters."""
    return f"“{text}”" if len(text) <= most else f"“{text[:most].rstrip()}…”"


def figure(amount: float) -> str:
    """``amount`` with at most one decimal, in the Vietnamese form: 12,5."""
    return f"{amount:.1f}".removesuffix(".0").replace(".", ",")


def between(low: float, high: float, unit: str) -> str:
    """``13–14 pt``."""
    return f"{figure(low)} {unit}" if low == high else f"{figure(low)}–{figure(high)} {unit}"


def grouped(rule: Rule, scene: Scene, bad: Iterable[tuple[Paragraph, str]], expected: str = "") -> Findings:
    """One finding for each distinct text in ``bad``, pairs (paragraph, found), with all its places."""
    return grouped_pairs(rule, scene, ((paragraph, found, expected) for paragraph, found in bad))


def grouped_pairs(rule: Rule, scene: Scene, bad: Iterable[tuple[Paragraph, str, str]]) -> Findings:
    """As :func:`grouped`, for triples (paragraph, found, expected)."""
    spots: dict[tuple[str, str], list[Paragraph]] = {}
    for paragraph, found, expected in bad:
        here = spots.setdefault((found, expected), [])
        if not here or here[-1] is not paragraph:
            here.append(paragraph)
    for (found, expected), (first, *also) in spots.items():
        yield rule.broken(place_of(scene, first), found, expected, (place_of(scene, other) for other in also))
