"""How wide a text is printed in Times New Roman, and how wide its longest line is in a column; all in points."""

from dataclasses import dataclass
from functools import cache, lru_cache

from docgen.base import font_widths


@dataclass(frozen=True)
class Face:
    """A size in points with weight, slant and capitals."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    capitals: bool = False


def text_width(text: str, face: Face) -> float:
    """The width of a text on one line, in points."""
    widths, usual = _widths(face.bold, face.italic)
    if face.capitals:
        text = text.upper()
    return sum(widths.get(letter, usual) for letter in text) * face.size / font_widths.UNITS_PER_EM


@lru_cache(maxsize=4096)  # rule lines stand below names and titles, which are the same in many documents
def longest_line(text: str, face: Face, column: float) -> float:
    """The width in points of the longest line that ``text`` is printed in, wrapped at ``column`` points."""
    return min(column, max((_longest(line, face, column) for line in text.split("\n")), default=0.0))


def _longest(text: str, face: Face, column: float) -> float:
    space = text_width(" ", face)
    longest = at = 0.0
    for word in text.split():
        width = text_width(word, face)
        if at and at + space + width > column:
            longest, at = max(longest, at), width
        else:
            at += (space if at else 0.0) + width
    return max(longest, at)


@cache
def _widths(bold: bool, italic: bool) -> tuple[dict[str, int], int]:
    tables = {
        (False, False): font_widths.REGULAR,
        (True, False): font_widths.BOLD,
        (False, True): font_widths.ITALIC,
        (True, True): font_widths.BOLD_ITALIC,
    }
    widths = dict(zip(font_widths.CHARACTERS, tables[bold, italic], strict=True))
    return widths, widths["n"]
