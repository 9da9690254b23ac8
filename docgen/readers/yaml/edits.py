"""Spans, lines and blocks of a YAML text, for changes that leave everything else in it as it is."""

from typing import NamedTuple

_LINE_BREAKS = "\n\r\x85\u2028\u2029"


class Edit(NamedTuple):
    """A half-open span of characters and the text that replaces it."""

    start: int
    end: int
    text: str = ""


def line_start(text: str, at: int) -> int:
    """The start of the line that holds ``at``."""
    while at and text[at - 1] not in _LINE_BREAKS:
        at -= 1
    return at


def line_end(text: str, at: int) -> int:
    """The end of the line that holds ``at``, before its line break."""
    while at < len(text) and text[at] not in _LINE_BREAKS:
        at += 1
    return at


def next_line(text: str, at: int) -> int:
    """The start of the line below that of ``at``, or the end of the text."""
    end = line_end(text, at)
    return end + (2 if text[end : end + 2] == "\r\n" else 1 if end < len(text) else 0)


def end_of_block(text: str, start: int, end: int) -> int:
    """The end of a block scalar's last line, without the line break and blank lines that libyaml counts in."""
    return max(start + len(text[start:end].rstrip()), line_end(text, start))


def line_below(text: str, end: int, column: int) -> int:
    """The start of the line below a value that ends at ``end``, and below its comments deeper than ``column``."""
    cut = at = next_line(text, end)
    while at < len(text):
        line = text[at : line_end(text, at)]
        inside = line.lstrip(" ").startswith("#") and len(line) - len(line.lstrip(" ")) > column
        if line.strip() and not inside:
            break
        at = next_line(text, at)
        cut = at if inside else cut
    return cut
