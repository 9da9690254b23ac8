"""What a Word file shows, with all styles resolved: frozen records in mm and points, no XML."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Literal

from docgen.base.fonts import Face, text_width
from docgen.base.locale import translate as _
from docgen.wording.text import nfc


class Align(StrEnum):
    """The alignment of a paragraph."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    BOTH = "both"

    @property
    def label(self) -> str:
        """The name in Vietnamese, for messages."""
        return {
            Align.LEFT: _("căn trái"),
            Align.CENTER: _("căn giữa"),
            Align.RIGHT: _("căn phải"),
            Align.BOTH: _("căn đều hai lề"),
        }[self]


@dataclass(frozen=True, slots=True)
class Look:
    """The effective format of characters; ``font_high`` is the font of non-ASCII letters, ``size`` is in pt."""

    font: str = "Times New Roman"
    font_high: str = "Times New Roman"
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    caps: bool = False
    color: str | None = None  # six hexadecimal digits; None is automatic, that is black


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A horizontal line: a shape, a paragraph border, or a row of underscores; ``width_mm`` None if unknown."""

    width_mm: float | None
    drawn_as: Literal["drawing", "vml", "border", "text"]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look, the lines anchored among them, and the instruction of the field, if it is one."""

    text: str
    look: Look
    lines: tuple[DrawnLine, ...] = ()
    field: str | None = None

    @property
    def shown(self) -> str:
        """The text as displayed: in NFC, and in capitals if the look has ``caps``."""
        text = nfc(self.text)
        return text.upper() if self.look.caps else text

    @property
    def is_page_number(self) -> bool:
        """Whether this is a PAGE field."""
        return self.field is not None and self.field.upper().split()[:1] == ["PAGE"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: numbers count from 1, tables in document order, columns by the table's grid."""

    table: int
    row: int
    column: int
    width_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """The effective format of a paragraph; ``line`` is the line spacing as a multiple of single spacing."""

    align: Align = Align.LEFT
    first_line_mm: float = 0.0  # where the first line begins, from the left margin
    left_mm: float = 0.0
    right_mm: float = 0.0
    before_pt: float = 0.0
    after_pt: float = 0.0
    line: float = 1.0
    line_exact_pt: float | None = None  # set when the spacing is given in points ("exactly")
    keep_next: bool = False
    contextual: bool = False  # no space between paragraphs of the same style


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in document order, ``number`` from 1 in its part, ``cells`` from the outermost table inwards.

    ``label`` is its automatic number ("1.", "-"), ``label_bold`` whether that is bold; ``index`` is its position
    among all w:p of the part, from 0, -1 if unknown; ``page`` is the page of the file it begins on, as Word last laid
    it out, None if unknown; ``boxed`` says whether it is in a text box; ``conditional`` whether the style of its table
    has conditional formats (first row, bands), which aren't resolved here.
    """

    part: str
    number: int
    section: int
    runs: tuple[Run, ...]
    shape: Shape
    style: str = ""
    label: str = ""
    label_bold: bool = False
    cells: tuple[Cell, ...] = ()
    border_lines: tuple[DrawnLine, ...] = ()
    page_break: bool = False
    index: int = -1
    page: int | None = None
    boxed: bool = False
    conditional: bool = False

    @cached_property
    def text(self) -> str:
        """The text as displayed, with the automatic number in front; white space collapsed, ends trimmed."""
        shown = "".join([run.shown for run in self.runs])
        return " ".join(f"{self.label} {shown}".replace("\u200b", "").split())

    @property
    def lines(self) -> tuple[DrawnLine, ...]:
        """The lines anchored in this paragraph."""
        return (*(line for run in self.runs for line in run.lines), *self.border_lines)

    def in_table(self, table: int) -> bool:
        """Whether this paragraph is in the outermost table with that number."""
        return bool(self.cells) and self.cells[0].table == table

    @property
    def inked(self) -> tuple[Run, ...]:
        """The runs with visible characters."""
        return tuple(run for run in self.runs if run.text.strip())

    @property
    def width_mm(self) -> float:
        """The width of its text on one line, in mm, measured in Times New Roman."""
        points = sum(
            text_width(run.shown, Face(run.look.size, bold=run.look.bold, italic=run.look.italic)) for run in self.runs
        )
        return points * 25.4 / 72

    @property
    def size(self) -> float:
        """The size in pt of its largest letters; 0 without any."""
        return max((run.look.size for run in self.inked), default=0.0)

    def pieces(self, breaks: str = "\n") -> tuple["Paragraph", ...]:
        """This paragraph split at its line breaks (Shift+Enter), or at any character of ``breaks``."""
        if not any(mark in run.text for run in self.runs for mark in breaks):
            return (self,)
        cut: list[list[Run]] = [[]]
        for run in self.runs:
            first, *rest = _split(run.text, breaks)
            cut[-1].append(replace(run, text=first))
            cut.extend([replace(run, text=text, lines=())] for text in rest)
        last = len(cut) - 1
        return tuple(
            replace(
                self,
                runs=tuple(runs),
                label=self.label if index == 0 else "",
                border_lines=self.border_lines if index == last else (),
            )
            for index, runs in enumerate(cut)
        )


def _split(text: str, breaks: str) -> list[str]:
    for mark in breaks[1:]:
        text = text.replace(mark, breaks[0])
    return text.split(breaks[0])


@dataclass(frozen=True, slots=True)
class Section:
    """A section: paper and margins in mm, page numbers, headers and footers.

    ``headers`` and ``footers`` have the keys ``default``, ``first``, ``even``, inherited from earlier sections;
    ``page_start`` is None if numbering continues from the section before.
    """

    number: int
    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    page_start: int | None
    page_format: str
    title_page: bool
    headers: Mapping[str, tuple[Paragraph, ...]]
    footers: Mapping[str, tuple[Paragraph, ...]]

    @property
    def landscape(self) -> bool:
        """Whether the page is wider than high."""
        return self.width_mm > self.height_mm

    @property
    def text_width_mm(self) -> float:
        """The width between the margins."""
        return self.width_mm - self.left_mm - self.right_mm

    @property
    def text_height_pt(self) -> float:
        """The height that the margins leave, in pt."""
        return (self.height_mm - self.top_mm - self.bottom_mm) * 72 / 25.4


@dataclass(frozen=True, slots=True)
class Facts:
    """One Word file; ``notes`` are the paragraphs of its footnotes and endnotes."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    even_and_odd: bool = False
    notes: tuple[Paragraph, ...] = ()

    def everything(self) -> Iterator[Paragraph]:
        """Every paragraph: of the text, of the notes, then of each header and footer once."""
        yield from self.paragraphs
        yield from self.notes
        seen: set[tuple[str, int]] = set()
        for section in self.sections:
            for story in (*section.headers.values(), *section.footers.values()):
                for paragraph in story:
                    if (paragraph.part, paragraph.number) not in seen:
                        seen.add((paragraph.part, paragraph.number))
                        yield paragraph

    def column_width_mm(self, paragraph: Paragraph) -> float:
        """The width available to a paragraph's text, in mm: that of its cell or of its section."""
        if paragraph.cells and paragraph.cells[-1].width_mm:
            return paragraph.cells[-1].width_mm
        return self.sections[paragraph.section].text_width_mm

    def height_pt(self, paragraph: Paragraph) -> float:
        """A rough height of a paragraph; cells of a row stand side by side, so that only the first column counts."""
        if paragraph.boxed or (paragraph.cells and paragraph.cells[0].column > 1):
            return 0.0
        shape = paragraph.shape
        lines = max(1, math.ceil(paragraph.width_mm / max(1.0, self.column_width_mm(paragraph))))
        return lines * 1.15 * (paragraph.size or 12.0) * shape.line + shape.before_pt + shape.after_pt
