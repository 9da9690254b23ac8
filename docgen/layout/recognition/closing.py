"""Recognises what follows the content: Nơi nhận, the signature block, and the contact line of a công văn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from docgen.layout.components import Component, Part
from docgen.layout.facts import Paragraph
from docgen.layout.recognition import patterns as is_like
from docgen.layout.recognition.letterhead import has_columns, in_columns
from docgen.wording.text import fold_case

#: Number of last lines with text in which a signature block is searched for.
_REACH = 40
_SIGNED = {"đã ký", "(đã ký)", "đã ký số"}


@dataclass(frozen=True)
class Closing:
    """The components found, and the index of the paragraph that they begin at."""

    parts: dict[Component, Part]
    start: int


def read_closing(paragraphs: Sequence[Paragraph]) -> Closing:
    """Find the closing of a document; ``paragraphs`` begin below its letterhead and heading."""
    at = _find(paragraphs)
    if at is None:
        return Closing({}, len(paragraphs))
    if paragraphs[at].cells:
        return _from_table(paragraphs, paragraphs[at].cells[0].table)
    return _from_lines(paragraphs, at)


def _find(paragraphs: Sequence[Paragraph]) -> int | None:
    """Index of the paragraph with the label Nơi nhận or, without one, of the first line of a signature."""
    shown = [index for index, item in enumerate(paragraphs) if item.text][-_REACH:]
    for index in reversed(shown):
        if any(_is_label(line) for line in paragraphs[index].pieces()):
            return index
    offices = [index for index in shown if _begins_signature(paragraphs, index)]
    return offices[0] if offices else None


def _is_label(line: Paragraph) -> bool:
    """Whether the line is “Nơi nhận:”, alone or with the signature beside it."""
    left = in_columns(line)[0]
    return is_like.is_recipients_label(line.text) or (left is not None and is_like.is_recipients_label(left.text))


def _begins_signature(paragraphs: Sequence[Paragraph], index: int) -> bool:
    paragraph = paragraphs[index]
    text = paragraph.pieces()[0].text
    if is_like.has_signing_prefix(text):
        return not paragraph.cells or _small_table(paragraphs, paragraph)
    if not is_like.is_office_line(text) or is_like.starts_body(text):
        return False
    if paragraph.cells:
        return paragraph.cells[0].column > 1 and _small_table(paragraphs, paragraph)
    return paragraph.shape.left_mm > 50 or paragraph.shape.first_line_mm > 50


def _small_table(paragraphs: Sequence[Paragraph], paragraph: Paragraph) -> bool:
    """Whether the table around a paragraph is small enough for a signature: at most 3 rows and 3 columns."""
    table = paragraph.cells[0].table
    cells = [item.cells[0] for item in paragraphs if item.in_table(table)]
    return max(cell.row for cell in cells) <= 3 and len({cell.column for cell in cells}) <= 3


def _from_table(paragraphs: Sequence[Paragraph], table: int) -> Closing:
    inside = [index for index, item in enumerate(paragraphs) if item.in_table(table)]
    lines = [line for index in inside for line in paragraphs[index].pieces()]
    label = next((line for line in lines if is_like.is_recipients_label(line.text)), None)
    column = label.cells[0].column if label else min(line.cells[0].column for line in lines)
    signing = [line for line in lines if line.cells[0].column != column]
    others = [line for line in lines if line.cells[0].column == column]
    if not signing and label is None:
        signing, others = others, []
    parts = _recipients(others) | _signatures(signing)
    parts |= _contact(paragraphs[inside[-1] + 1 :])
    return Closing(parts, inside[0])


def _contact(below: Sequence[Paragraph]) -> dict[Component, Part]:
    """The lines from the first one with contact details on, and the lines drawn anywhere below the signature."""
    shown = [item for item in below if item.text]
    first = next((index for index, item in enumerate(shown) if is_like.is_contact(item.text)), None)
    if first is None:
        return {}
    return {Component.CONTACT: Part(tuple(shown[first:]), tuple(line for item in below for line in item.lines))}


def _from_lines(paragraphs: Sequence[Paragraph], at: int) -> Closing:
    """Read a closing outside a table: the signature is above Nơi nhận, below it, or beside it by tabs."""
    start = _signature_above(paragraphs, at)
    lines = [line for item in paragraphs[start:] for line in item.pieces()]
    label = next((index for index, line in enumerate(lines) if _is_label(line)), None)
    if label is None:
        return Closing(_signature(lines), start)
    if has_columns(lines[label]):
        return Closing(_from_columns(lines[label:]), start)
    end = label + 1
    while end < len(lines) and (not lines[end].text or lines[end].text.startswith(("-", "–", "+"))):
        end += 1
    parts = _recipients(lines[label:end]) | _signatures(lines[:label] or lines[end:])
    return Closing(parts, start)


def _signature_above(paragraphs: Sequence[Paragraph], at: int) -> int:
    """Where a signature above ``at`` begins, which may be a table for two signers; ``at`` if there is none."""
    above = next((item for item in reversed(paragraphs[:at]) if item.text), None)
    if above is not None and above.cells and _small_table(paragraphs, above):
        table = above.cells[0].table
        inside = [index for index in range(at) if paragraphs[index].in_table(table)]
        if any(is_like.is_office_line(paragraphs[index].pieces()[0].text) for index in inside):
            return inside[0]
    near = range(max(0, at - 14), at)
    return next((index for index in near if _begins_signature(paragraphs, index)), at)


def _from_columns(lines: Sequence[Paragraph]) -> dict[Component, Part]:
    """Read lines of two columns. Empty lines are kept in both, since gaps separate the titles of a signer."""
    left: list[Paragraph] = []
    right: list[Paragraph] = []
    for line in lines:
        first, second = in_columns(line)
        blank = replace(line, runs=(), label="")
        left.append(first or blank)
        right.append(second or blank)
    return _recipients(left) | _signature(right)


def _recipients(lines: Sequence[Paragraph]) -> dict[Component, Part]:
    shown = [line for line in lines if line.text]
    parts: dict[Component, Part] = {}
    labels = [line for line in shown if is_like.is_recipients_label(line.text)]
    drafter = [line for line in shown if is_like.is_drafter_mark(line.text)]
    items = [line for line in shown if line not in labels and line not in drafter]
    if drafter:
        parts[Component.DRAFTER] = Part(tuple(drafter))
    if labels:
        parts[Component.RECIPIENTS_LABEL] = Part(tuple(labels))
    if items:
        parts[Component.RECIPIENTS] = Part(tuple(items), tuple(drawn for line in lines for drawn in line.lines))
    return parts


def _signatures(lines: Sequence[Paragraph]) -> dict[Component, Part]:
    """The signatures of all columns, from left to right: two agencies, or a secretary and a chair, side by side."""
    columns = sorted({line.cells[0].column if line.cells else 0 for line in lines})
    parts: dict[Component, Part] = {}
    for column in columns:
        own = [line for line in lines if (line.cells[0].column if line.cells else 0) == column]
        for name, part in _signature(own).items():
            parts[name] = Part((*parts.get(name, Part()).paragraphs, *part.paragraphs))
    return parts


def _signature(lines: Sequence[Paragraph]) -> dict[Component, Part]:
    """Split a signature into offices (from the top), other titles of the signer (after a gap) and name (last line)."""
    shown = [index for index, line in enumerate(lines) if line.text and not _is_filler(line.text)]
    if not shown:
        return {}
    names = [index for index in shown[-1:] if _is_name(lines[index].text, len(shown) == 1)]
    offices = [index for index in shown if index not in names]
    gap = next((n for n, (a, b) in enumerate(pairwise(offices), 1) if b - a > 1), None)
    others = offices[gap:] if gap else []
    parts: dict[Component, Part] = {}
    if offices:
        parts[Component.SIGNING_AUTHORITY] = Part(tuple(lines[index] for index in offices[:gap]))
    if others:
        parts[Component.OTHER_TITLE] = Part(tuple(lines[index] for index in others))
    if names:
        parts[Component.SIGNER] = Part(tuple(lines[index] for index in names))
    return parts


def _is_filler(text: str) -> bool:
    return text.startswith("(") or fold_case(text) in _SIGNED or not any(letter.isalpha() for letter in text)


def _is_name(text: str, alone: bool) -> bool:
    if alone and is_like.is_upper(text):
        return False
    return not is_like.has_signing_prefix(text) and not (is_like.is_upper(text) and is_like.names_office(text))
