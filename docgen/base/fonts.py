"""Widths of text in Times New Roman, in points.

The advance widths are those of Liberation Serif 2, which has the metrics of Times New Roman (2048 units per em). A test
compares the table with the font files if they are installed.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

#: Where a line may end: at any white space but a no-break space.
_LINE_ENDS = re.compile(r"[^\S\u00a0]+")


@dataclass(frozen=True)
class Face:
    """A font size in points with weight, slant and capitals."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    capitals: bool = False


def text_width(text: str, face: Face) -> float:
    """The width of a text on one line, in points."""
    widths, usual = _widths(face.bold, face.italic)
    if face.capitals:
        text = text.upper()
    return sum(widths.get(letter, usual) for letter in text) * face.size / UNITS_PER_EM


@lru_cache(maxsize=4096)  # names and titles recur in many documents
def longest_line(text: str, face: Face, column: float) -> float:
    """The width in points of the longest line of ``text``, wrapped at ``column`` points."""
    return min(column, max((_longest(line, face, column) for line in text.split("\n")), default=0.0))


def _longest(text: str, face: Face, column: float) -> float:
    space = text_width(" ", face)
    longest = at = 0.0
    for word in filter(None, _LINE_ENDS.split(text)):
        width = text_width(word, face)
        if at and at + space + width > column:
            longest, at = max(longest, at), width
        else:
            at += (space if at else 0.0) + width
    return max(longest, at)


@cache
def _widths(bold: bool, italic: bool) -> tuple[dict[str, int], int]:
    """The widths of known characters, and that of "n" for all others."""
    table = ((REGULAR, ITALIC), (BOLD, BOLD_ITALIC))[bold][italic]
    widths = dict(zip(CHARACTERS, table, strict=True))
    for letter in map(chr, ACCENTED):
        if letter not in widths:
            widths[letter] = widths[unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter)[:-1])]
    return widths, widths["n"]


UNITS_PER_EM = 2048
#: Code points of Latin letters; one that isn't in the tables is as wide as the letter without its last mark.
ACCENTED = (*range(0xC0, 0x180), *map(ord, "ƠơƯư"), *range(0x1EA0, 0x1EFA))
#: The characters of the tables below, in their order.
CHARACTERS = (
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\xa0"
    "¡¢£¤¥¦§¨©ª«¬\xad®¯°±²³´µ¶·¸¹º»¼½¾¿ÆÐ×ØÞßæð÷øþďĐđĦħıĲĳĸľĿŀŁłŉŊŋŒœťŦŧſơƯư–—‘’“”•…₫≥≤"
)
# fmt: off
REGULAR = (
    512, 682, 836, 1024, 1024, 1706, 1593, 369, 682, 682, 1024, 1155, 512, 682, 512, 569, 1024, 1024, 1024,
    1024, 1024, 1024, 1024, 1024, 1024, 1024, 569, 569, 1155, 1155, 1155, 909, 1886, 1479, 1366, 1366, 1479,
    1251, 1139, 1479, 1479, 682, 797, 1479, 1251, 1821, 1479, 1479, 1139, 1479, 1366, 1139, 1251, 1479, 1479,
    1933, 1479, 1479, 1251, 682, 569, 682, 961, 1024, 682, 909, 1024, 909, 1024, 909, 682, 1024, 1024, 569,
    569, 1024, 569, 1593, 1024, 1024, 1024, 1024, 682, 797, 569, 1024, 1024, 1479, 1024, 1024, 909, 983, 410,
    983, 1108, 512, 682, 1024, 1024, 1024, 1024, 410, 1024, 682, 1556, 565, 1024, 1155, 682, 1556, 1024, 819,
    1124, 614, 614, 682, 1180, 928, 682, 682, 614, 635, 1024, 1536, 1536, 1536, 909, 1821, 1479, 1155, 1479,
    1139, 1024, 1366, 1024, 1124, 1024, 1024, 1324, 1479, 1024, 1479, 1024, 569, 1451, 1131, 1024, 832, 1251,
    704, 1251, 569, 1237, 1437, 1013, 1821, 1479, 875, 1251, 569, 569, 1083, 1589, 1110, 1024, 2048, 682, 682,
    909, 909, 717, 2048, 1050, 1124, 1124,
)
BOLD = (
    512, 682, 1137, 1024, 1024, 2048, 1706, 569, 682, 682, 1024, 1167, 512, 682, 512, 569, 1024, 1024, 1024,
    1024, 1024, 1024, 1024, 1024, 1024, 1024, 682, 682, 1167, 1167, 1167, 1024, 1905, 1479, 1366, 1479, 1479,
    1366, 1251, 1593, 1593, 797, 1024, 1593, 1366, 1933, 1479, 1593, 1251, 1593, 1479, 1139, 1366, 1479, 1479,
    2048, 1479, 1479, 1366, 682, 569, 682, 1190, 1024, 682, 1024, 1139, 909, 1139, 909, 682, 1024, 1139, 569,
    682, 1139, 569, 1706, 1139, 1024, 1139, 1139, 909, 797, 682, 1139, 1024, 1479, 1024, 1024, 909, 807, 451,
    807, 1065, 512, 682, 1024, 1024, 1024, 1024, 451, 1024, 682, 1530, 614, 1024, 1167, 682, 1530, 1024, 819,
    1124, 614, 614, 682, 1180, 1106, 683, 682, 614, 676, 1024, 1536, 1536, 1536, 1024, 2048, 1479, 1167, 1593,
    1251, 1139, 1479, 1024, 1124, 1024, 1139, 1502, 1479, 1139, 1593, 1139, 569, 1685, 1131, 1139, 960, 1366,
    810, 1366, 569, 1493, 1575, 1139, 2048, 1479, 1067, 1366, 682, 569, 1134, 1630, 1229, 1024, 2048, 682,
    682, 1024, 1024, 717, 2048, 1050, 1124, 1124,
)
ITALIC = (
    512, 682, 860, 1024, 1024, 1706, 1593, 438, 682, 682, 1024, 1382, 512, 682, 512, 569, 1024, 1024, 1024,
    1024, 1024, 1024, 1024, 1024, 1024, 1024, 682, 682, 1382, 1382, 1382, 1024, 1884, 1251, 1251, 1366, 1479,
    1251, 1251, 1479, 1479, 682, 909, 1366, 1139, 1706, 1366, 1479, 1251, 1479, 1251, 1024, 1139, 1479, 1251,
    1706, 1251, 1139, 1139, 797, 569, 797, 864, 1024, 682, 1024, 1024, 909, 1024, 909, 569, 1024, 1024, 569,
    569, 909, 569, 1479, 1024, 1024, 1024, 1024, 797, 797, 569, 1024, 909, 1366, 909, 909, 797, 819, 563, 819,
    1108, 512, 797, 1024, 1024, 1024, 1024, 563, 1024, 682, 1556, 565, 1024, 1382, 682, 1556, 1024, 819, 1124,
    614, 614, 682, 1180, 1071, 512, 682, 614, 635, 1024, 1536, 1536, 1536, 1024, 1821, 1479, 1382, 1479, 1251,
    1024, 1366, 1024, 1124, 1024, 1024, 1246, 1479, 1024, 1479, 1024, 569, 1536, 1025, 909, 745, 1139, 661,
    1139, 569, 1182, 1426, 987, 1933, 1366, 745, 1139, 570, 569, 1093, 1544, 1117, 1024, 1821, 682, 682, 1139,
    1139, 717, 1821, 1050, 1124, 1124,
)
BOLD_ITALIC = (
    512, 797, 1137, 1024, 1024, 1706, 1593, 569, 682, 682, 1024, 1167, 512, 682, 512, 569, 1024, 1024, 1024,
    1024, 1024, 1024, 1024, 1024, 1024, 1024, 682, 682, 1167, 1167, 1167, 1024, 1704, 1366, 1366, 1366, 1479,
    1366, 1366, 1479, 1593, 797, 1024, 1366, 1251, 1821, 1479, 1479, 1251, 1479, 1366, 1139, 1251, 1479, 1366,
    1821, 1366, 1251, 1251, 682, 569, 682, 1167, 1024, 682, 1024, 1024, 909, 1024, 909, 682, 1024, 1139, 569,
    569, 1024, 569, 1593, 1139, 1024, 1024, 1024, 797, 797, 569, 1139, 909, 1366, 1024, 909, 797, 713, 451,
    713, 1167, 512, 797, 1024, 1024, 1024, 1024, 451, 1024, 682, 1530, 545, 1024, 1241, 682, 1530, 1024, 819,
    1124, 614, 614, 682, 1180, 1024, 512, 682, 614, 614, 1024, 1536, 1536, 1536, 1024, 1933, 1479, 1167, 1479,
    1251, 1024, 1479, 1024, 1124, 1024, 1024, 1533, 1479, 1024, 1593, 1139, 569, 1685, 1131, 1024, 1067, 1251,
    768, 1251, 569, 1472, 1605, 1107, 1933, 1479, 1088, 1251, 569, 682, 1099, 1587, 1227, 1024, 2048, 682,
    682, 1024, 1024, 717, 2048, 1050, 1124, 1124,
)
