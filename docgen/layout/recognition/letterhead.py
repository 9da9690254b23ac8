"""Recognises the letterhead (ô 1 to 5b) in a table of two columns, or in lines set with tabs or spaces."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from docgen.layout.components import Component, Part
from docgen.layout.facts import Align, DrawnLine, Paragraph
from docgen.layout.recognition import patterns as is_like
from docgen.wording.decree import titled_kind

#: Number of first lines with text in which the table of a letterhead is searched for.
_REACH = 25
#: Most lines with text of a letterhead without a table.
_UNTABLED = 14


@dataclass(frozen=True)
class Letterhead:
    """The components found, and how many paragraphs they take; ``tabled`` if they are in a table."""

    parts: dict[Component, Part]
    length: int
    tabled: bool


def is_anchor(line: Paragraph) -> bool:
    """Whether a line occurs only in a letterhead: Quốc hiệu or Tiêu ngữ."""
    return is_like.is_national_name(line.text) or is_like.is_motto(line.text)


def read_letterhead(paragraphs: Sequence[Paragraph]) -> Letterhead:
    """Find the letterhead at the start of a document; empty if there is none."""
    table = _table(paragraphs)
    if table is not None:
        return _from_table(paragraphs, table)
    return _from_lines(paragraphs)


def _table(paragraphs: Sequence[Paragraph]) -> int | None:
    shown = [item for item in paragraphs if item.text][:_REACH]
    for test in (is_anchor, lambda line: is_like.is_number(line.text) or is_like.is_date(line.text)):
        for paragraph in shown:
            if paragraph.cells and any(test(line) for line in paragraph.pieces()):
                return paragraph.cells[0].table
    return None


def _from_table(paragraphs: Sequence[Paragraph], table: int) -> Letterhead:
    inside = _rows_above_addressees([(at, item) for at, item in enumerate(paragraphs) if item.in_table(table)])
    lines = [line for index in inside for line in paragraphs[index].pieces()]
    named = [(line, _name(line.text)) for line in lines]
    right = min(
        (line.cells[0].column for line, name in named if name in _RIGHT),
        default=max(line.cells[0].column for line in lines),
    )
    left_named = _follow_subject([item for item in named if item[0].cells[0].column < right])
    parts = _collect([*left_named, *(item for item in named if item[0].cells[0].column >= right)])
    _add_agencies(parts, [line for line, name in left_named if name is None and line.text])
    below_agency = [drawn for line in lines if line.cells[0].column < right for drawn in line.lines]
    below_motto = [drawn for line in lines if line.cells[0].column >= right for drawn in line.lines]
    _add_lines(parts, *_shared(below_agency, below_motto))
    return Letterhead(parts, inside[-1] + 1, True)


def _rows_above_addressees(inside: list[tuple[int, Paragraph]]) -> list[int]:
    """Indices of the paragraphs above Kính gửi: two adjacent tables may be one, in which Kính gửi begins the second."""
    addressed = [item.cells[0].row for _index, item in inside if is_like.is_addressee_line(item.text)]
    end = min(addressed, default=10_000)
    return [index for index, item in inside if item.cells[0].row < max(end, 2)]


def _from_lines(paragraphs: Sequence[Paragraph]) -> Letterhead:
    lines: list[tuple[Paragraph, int]] = []
    for index, paragraph in enumerate(paragraphs):
        lines += [(line, index) for line in paragraph.pieces("\n\t")]
    shown = list(takewhile(lambda item: not _below(item[0]), (item for item in lines if item[0].text)))[:_UNTABLED]
    found = [(line, index) for line, index in shown if _name(line.text) in _RIGHT or is_like.is_number(line.text)]
    if not any(is_anchor(line) for line, _index in found):
        return Letterhead({}, 0, False)
    end = found[-1][1] + 1
    inside = [(line, _name(line.text)) for line, index in lines if index < end]
    parts = _collect(inside)
    agencies = [line for line, name in inside if name is None and line.text and is_like.is_upper(line.text)]
    _add_agencies(parts, agencies)
    drawn = [item for line, index in lines if index <= end for item in line.lines]
    _add_lines(parts, drawn[:1], drawn[1:2] or drawn[:1])
    return Letterhead(parts, end, False)


def _below(line: Paragraph) -> bool:
    """Whether a line is below a letterhead: the title, căn cứ or Kính gửi."""
    text = line.text
    return titled_kind(text) is not None or is_like.is_base(text) or is_like.is_addressee_line(text)


_RIGHT = {Component.NATIONAL_NAME, Component.MOTTO, Component.PLACE_AND_DATE}


def _name(text: str) -> Component | None:
    tests = (
        (is_like.is_national_name, Component.NATIONAL_NAME),
        (is_like.is_motto, Component.MOTTO),
        (is_like.is_number, Component.NUMBER),
        (is_like.is_date, Component.PLACE_AND_DATE),
        (is_like.is_subject, Component.SUBJECT),
    )
    return next((name for test, name in tests if test(text)), None)


_Named = tuple[Paragraph, Component | None]


def _follow_subject(named: list[_Named]) -> list[_Named]:
    """Name the lines that continue a V/v after it."""
    out: list[_Named] = []
    for line, name in named:
        goes_on = bool(out) and out[-1][1] is Component.SUBJECT and name is None and line.text
        stamp = is_like.is_stamp(line.text)
        out.append((line, Component.SUBJECT if goes_on and not stamp else name))
    return out


def _collect(named: list[_Named]) -> dict[Component, Part]:
    parts: dict[Component, Part] = {}
    for line, name in named:
        if name is not None:
            parts[name] = Part((*parts.get(name, Part()).paragraphs, line))
    return parts


def _add_agencies(parts: dict[Component, Part], lines: list[Paragraph]) -> None:
    lines = [line for line in lines if not is_like.is_stamp(line.text)]
    start = _issuer_start(lines)
    if lines[:start]:
        parts[Component.PARENT_AGENCY] = Part(tuple(lines[:start]))
    if lines[start:]:
        parts[Component.ISSUING_AGENCY] = Part(tuple(lines[start:]))


def _issuer_start(lines: list[Paragraph]) -> int:
    """Index of the first line of the issuing agency: the first bold one, else where the last agency name begins."""
    bold = [is_like.is_bold(line) for line in lines]
    if True in bold and not bold[0] and all(bold[bold.index(True) :]):
        return bold.index(True)
    starts = [index for index, line in enumerate(lines) if is_like.starts_agency(line.text)]
    return starts[-1] if len(starts) > 1 else 0


def _shared(left: list[DrawnLine], right: list[DrawnLine]) -> tuple[list[DrawnLine], list[DrawnLine]]:
    """Share the drawn lines between agency and motto: if one cell has them all, the shortest goes to the agency."""
    if (left and right) or len(left) + len(right) < 2:
        return left, right
    short, *rest = sorted(left or right, key=lambda line: line.width_mm or 0.0)
    return [short], rest


def _add_lines(parts: dict[Component, Part], agency: list[DrawnLine], motto: list[DrawnLine]) -> None:
    for name, lines in ((Component.ISSUING_AGENCY, agency), (Component.MOTTO, motto)):
        if name in parts:
            parts[name] = Part(parts[name].paragraphs, tuple(lines))


#: A run of spaces that separates columns; sentences have none that long.
_GAP = re.compile("[ \u00a0]{4,}")
#: A line that begins further from the left margin than this, in mm, is in the right column.
_RIGHT_FROM_MM = 50.0
_DASHES = {"-", "–", "+"}


def in_columns(line: Paragraph) -> tuple[Paragraph | None, Paragraph | None]:
    """Split one line (without line breaks) into left and right column; None for an empty column.

    The exact position of the right column isn't known (tabs, spaces, an indent), so it counts as centred.
    """
    parts = _parts(line)
    shown = [part for part in parts if part.text]
    if not shown:
        return None, None
    if len(shown) > 1:
        return shown[0], _centred(shown[-1])
    if parts[0].text and not _stands_right(line):
        return shown[0], None
    return None, _centred(shown[0])


def has_columns(line: Paragraph) -> bool:
    """Whether a line has text in both columns."""
    return all(in_columns(line))


def _parts(line: Paragraph) -> Sequence[Paragraph]:
    """The texts between tabs or wide gaps; a dash and its text are one part."""
    tabbed = replace(line, runs=tuple(replace(run, text=_GAP.sub("\t", run.text)) for run in line.runs))
    parts = list(tabbed.pieces("\t"))
    if len(parts) > 1 and parts[0].text in _DASHES:
        parts[:2] = [replace(line, runs=(*parts[0].runs, *parts[1].runs))]
    return parts


def _stands_right(line: Paragraph) -> bool:
    shape = line.shape
    return shape.align in {Align.CENTER, Align.RIGHT} or max(shape.left_mm, shape.first_line_mm) > _RIGHT_FROM_MM


def _centred(part: Paragraph) -> Paragraph:
    align = Align.RIGHT if part.shape.align is Align.RIGHT else Align.CENTER
    return replace(part, shape=replace(part.shape, align=align))
