"""Lines that no shape draws: rows of underscores, borders of paragraphs and of cells."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml.etree import _Element as Element

from docgen.layout.docx.ooxml import child, child_value, mm
from docgen.layout.docx.properties import ParaProps
from docgen.layout.facts import DrawnLine, Paragraph, Run

#: Characters that offices type a line with, and the width of each in shares of the font size.
_WIDTHS = {"_": 0.5, "¯": 0.5, "-": 0.333, "–": 0.5, "—": 1.0, "―": 1.0, "−": 0.564, "─": 0.7}
_SHORTEST = 3
_BREAKS = "\n\t"


def lines_from_characters(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Between two breaks, nothing but underscores or dashes is a drawn line, not text."""
    if not any(letter in _WIDTHS for run in runs for letter in run.text):
        return runs
    out: list[Run] = []
    for stretch in _stretches(runs):
        out += _as_line(stretch)
    return tuple(out)


def _stretches(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs between breaks; a break is a run of its own."""
    inside: list[Run] = []
    for run in runs:
        if run.text and run.text in _BREAKS:
            yield inside
            yield [run]
            inside = []
        else:
            inside.append(run)
    yield inside


def _as_line(runs: list[Run]) -> list[Run]:
    text = "".join(run.text for run in runs).strip()
    if len(text) < _SHORTEST or not set(text) <= _WIDTHS.keys():
        return runs
    width = sum(_WIDTHS[letter] * run.look.size for run in runs for letter in run.text.strip())
    line = DrawnLine(mm(width), "text")
    return [replace(runs[0], text="", lines=(*runs[0].lines, line)), *(replace(run, text="") for run in runs[1:])]


def border_of(props: ParaProps, width: float) -> tuple[DrawnLine, ...]:
    """The line above or below a paragraph in a column of ``width`` mm."""
    if not props.border:
        return ()
    return (DrawnLine(width - mm((props.left or 0.0) + (props.right or 0.0)), "border"),)


def with_cell_border(cell: Element, inside: list[Paragraph], width: float | None) -> list[Paragraph]:
    """A cell that is ruled above or below only: the line belongs to its first or its last paragraph."""
    borders = child(child(cell, "tcPr"), "tcBorders")
    if borders is None or not inside:
        return inside
    top, bottom, *sides = (_is_drawn(borders, side) for side in ("top", "bottom", "left", "right", "start", "end"))
    if any(sides) or top is bottom:
        return inside
    at = 0 if top else -1
    ruled = inside[at]
    out = list(inside)
    out[at] = replace(ruled, border_lines=(*ruled.border_lines, DrawnLine(width, "border")))
    return out


def _is_drawn(borders: Element, side: str) -> bool:
    return child_value(borders, side) not in {None, "none", "nil"}
