"""Automatic numbers: which label Word prints before a paragraph, and the indent of its level."""

from lxml.etree import _Element as Element

from docgen.layout.docx.ooxml import W, child, child_value, integer, value
from docgen.layout.docx.properties import ParaProps, read_paragraph
from docgen.wording.labels import roman


class Numbering:
    """Counts the lists of one file while it is read from top to bottom."""

    def __init__(self, root: Element | None) -> None:
        self._counts: dict[tuple[str, int], int] = {}
        self._abstract: dict[str, str] = {}
        self._levels: dict[tuple[str, int], Element] = {}
        if root is None:
            return
        for number in root.iterfind(W + "num"):
            self._abstract[value(number, "numId") or ""] = child_value(number, "abstractNumId") or ""
        for abstract in root.iterfind(W + "abstractNum"):
            for level in abstract.iterfind(W + "lvl"):
                spot = (value(abstract, "abstractNumId") or "", integer(value(level, "ilvl")) or 0)
                self._levels[spot] = level

    def level(self, list_id: str, level: int) -> Element | None:
        """The w:lvl of a list, None when there is none; "0" takes a paragraph out of its list."""
        return None if list_id == "0" else self._levels.get((self._abstract.get(list_id, ""), level))

    def indent(self, list_id: str, level: int) -> ParaProps:
        """The indents of a level."""
        return read_paragraph(child(self.level(list_id, level), "pPr"))

    def label(self, list_id: str, level: int) -> str:
        """Count one more paragraph of a list and return its label."""
        found = self.level(list_id, level)
        if found is None:
            return ""
        pattern = child_value(found, "lvlText") or ""
        if child_value(found, "numFmt") == "bullet":
            return "-" if pattern in {"-", "\u2013", "\u2014", "\uf02d"} else "+" if pattern == "+" else "•"
        self._step(list_id, level)
        for step in range(min(level, 8) + 1):
            shown = self._shown(list_id, step)
            pattern = pattern.replace(f"%{step + 1}", shown)
        return pattern

    def _step(self, list_id: str, level: int) -> None:
        key = self._abstract.get(list_id, list_id)
        start = integer(child_value(self.level(list_id, level), "start")) or 1
        self._counts[key, level] = self._counts.get((key, level), start - 1) + 1
        for deeper in [spot for spot in self._counts if spot[0] == key and spot[1] > level]:
            del self._counts[deeper]

    def _shown(self, list_id: str, level: int) -> str:
        key = self._abstract.get(list_id, list_id)
        count = self._counts.get((key, level), 1)
        return _format(count, child_value(self.level(list_id, level), "numFmt") or "decimal")


def _format(count: int, kind: str) -> str:
    if kind in {"upperRoman", "lowerRoman"} and 1 <= count <= 3999:
        return roman(count) if kind == "upperRoman" else roman(count).lower()
    if kind in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    return str(count)
