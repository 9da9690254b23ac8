"""Two columns that a clerk set with tabs or spaces: which words of a line stand on the left, which on the right."""

import re
from collections.abc import Sequence
from dataclasses import replace

from docgen.layout.facts import Align, Paragraph

#: Spaces in a row that no sentence has.
_GAP = re.compile("[ \u00a0]{4,}")
#: A line that begins further from the margin than this, in mm, stands in the right column.
_RIGHT = 50.0
_DASHES = {"-", "–", "+"}


def in_columns(line: Paragraph) -> tuple[Paragraph | None, Paragraph | None]:
    """The left and the right words of one line (without line breaks); None where a column is empty.

    Where tabs, spaces or an indent put the right words can't be told, so that these count as centred.
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
    """Whether one line holds words of both columns."""
    return all(in_columns(line))


def _parts(line: Paragraph) -> Sequence[Paragraph]:
    """The words between tabs; a dash and its words are one part."""
    tabbed = replace(line, runs=tuple(replace(run, text=_GAP.sub("\t", run.text)) for run in line.runs))
    parts = list(tabbed.pieces("\t"))
    if len(parts) > 1 and parts[0].text in _DASHES:
        parts[:2] = [replace(line, runs=(*parts[0].runs, *parts[1].runs))]
    return parts


def _stands_right(line: Paragraph) -> bool:
    shape = line.shape
    return shape.align in {Align.CENTER, Align.RIGHT} or max(shape.left_mm, shape.first_line_mm) > _RIGHT


def _centred(part: Paragraph) -> Paragraph:
    align = Align.RIGHT if part.shape.align is Align.RIGHT else Align.CENTER
    return replace(part, shape=replace(part.shape, align=align))
