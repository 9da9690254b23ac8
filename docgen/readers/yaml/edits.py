"""Changes to the text of a YAML file that leave everything else in it to the letter: spans, lines, blocks."""

from typing import NamedTuple

_LINE_BREAKS = "\n\r\x85\u2028\u2029"


class Edit(NamedTuple):
    """A span of characters, half-open, and what to put there."""

    start: int
    end: int
    text: str = ""


def line_start(text: str, at: int) -> int:
    """Where the line that holds ``at`` begins."""
    while at and text[at - 1] not in _LINE_BREAKS:
        at -= 1
    return at


def line_end(text: str, at: int) -> int:
    """Where the line that holds ``at`` ends, before its break."""
    while at < len(text) and text[at] not in _LINE_BREAKS:
        at += 1
    return at


def next_line(text: str, at: int) -> int:
    """Where the line below that of ``at`` begins; the end of the text where there is none."""
    end = line_end(text, at)
    return end + (2 if text[end : end + 2] == "\r\n" else 1 if end < len(text) else 0)


def end_of_block(text: str, start: int, end: int) -> int:
    """Where the last line of a block scalar ends, without its break and the blank lines that libyaml counts in."""
    return max(start + len(text[start:end].rstrip()), line_end(text, start))


def line_below(text: str, end: int, column: int) -> int:
    """The start of the line below a value that ends at ``end``; comments that stand deeper than ``column`` are its."""
    cut = at = next_line(text, end)
    while at < len(text):
        line = text[at : line_end(text, at)]
        inside = line.lstrip(" ").startswith("#") and len(line) - len(line.lstrip(" ")) > column
        if line.strip() and not inside:
            break
        at = next_line(text, at)
        cut = at if inside else cut
    return cut
