"""Resolves the styles and automatic numbers of a Word file, before direct formatting."""

from dataclasses import replace
from functools import cache, reduce

from docgen.base.wordprocessing import A, Element, W, attribute, child, style_chain, value
from docgen.layout.docx.measures import integer
from docgen.layout.docx.properties import ParaProps, RunProps, read_paragraph, read_run
from docgen.wording.labels import roman

#: Toggle properties: set in two kinds of style at once, they cancel out (ECMA-376, 17.7.3).
_TOGGLES = ("bold", "italic", "caps", "hidden")


class Styles:
    """Resolves style ids along their basedOn chains."""

    def __init__(self, root: Element | None, theme: Element | None) -> None:
        self.theme = _theme_fonts(theme)
        self._styles: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        for style in () if root is None else root.iterfind(W + "style"):
            self._add(style)
        defaults = child(root, "docDefaults")
        self.run_default = read_run(child(defaults, "rPrDefault", "rPr"), self.theme)
        self.para_default = read_paragraph(child(defaults, "pPrDefault", "pPr"))
        self._chains: dict[str, tuple[Element, ...]] = {}
        # A file has thousands of runs and a handful of style combinations.
        self.paragraph = cache(self._paragraph_of)
        self.run = cache(self._run_of)
        self.conditional = cache(self._conditional)

    def _add(self, style: Element) -> None:
        name, kind = attribute(style, "styleId"), attribute(style, "type") or "paragraph"
        if name is None:
            return
        self._styles[name] = style
        if (attribute(style, "default") or "0").lower() in {"1", "true", "on"}:
            self._defaults[kind] = name

    def _conditional(self, table_style: str) -> bool:
        """Whether a table style has conditional formats: of the first row, of bands and so on."""
        chain = self._chain(table_style)
        return any(child(part, "rPr") is not None for style in chain for part in style.iterfind(W + "tblStylePr"))

    def in_force(self, kind: str, named: str | None) -> str:
        """The style id of a ``paragraph`` or ``table`` (``kind``) that names ``named``; the default if unknown."""
        return named if named in self._styles else self._defaults.get(kind, "")

    def _chain(self, name: str) -> tuple[Element, ...]:
        """The style and those it is based on, the base first."""
        if name not in self._chains:
            self._chains[name] = tuple(reversed(style_chain(self._styles, name)))
        return self._chains[name]

    def _run(self, name: str) -> RunProps:
        layers = (read_run(child(style, "rPr"), self.theme) for style in self._chain(name))
        return reduce(lambda base, layer: layer.over(base), layers, RunProps())

    def _para(self, name: str) -> ParaProps:
        layers = (read_paragraph(child(style, "pPr")) for style in self._chain(name))
        return reduce(lambda base, layer: layer.over(base), layers, ParaProps())

    def _paragraph_of(self, table_style: str, style: str) -> ParaProps:
        """The properties of defaults, table style and paragraph style together."""
        return self._para(style).over(self._para(table_style).over(self.para_default))

    def _run_of(self, table_style: str, style: str, character_style: str | None) -> RunProps:
        """The properties of defaults, table, paragraph and character style together."""
        levels = [self._run(name) for name in (table_style, style, character_style or "") if name]
        together = reduce(lambda base, layer: layer.over(base), levels, self.run_default)
        bold, italic, caps, hidden = (self._toggle(name, levels) for name in _TOGGLES)
        return replace(together, bold=bold, italic=italic, caps=caps, hidden=hidden)

    def _toggle(self, name: str, levels: list[RunProps]) -> bool | None:
        values = [getattr(level, name) for level in levels]
        base: bool | None = getattr(self.run_default, name)
        if base or all(one is None for one in values):
            return base
        return sum(one is True for one in values) % 2 == 1


def _theme_fonts(theme: Element | None) -> dict[str, str]:
    """Theme font → font: ``minorHAnsi`` → Calibri and so on."""
    fonts: dict[str, str] = {}
    for kind in ("minor", "major"):
        latin = None if theme is None else theme.find(f".//{A}{kind}Font/{A}latin")
        face = None if latin is None else latin.get("typeface")
        if face:
            fonts |= {f"{kind}Ascii": face, f"{kind}HAnsi": face}
    return fonts


class Numbering:
    """Numbers the list items of one file while it is read from top to bottom."""

    def __init__(self, root: Element | None) -> None:
        self._counts: dict[tuple[str, int], int] = {}
        self._abstract: dict[str, str] = {}
        self._levels: dict[tuple[str, int], Element] = {}
        if root is None:
            return
        for number in root.iterfind(W + "num"):
            self._abstract[attribute(number, "numId") or ""] = value(number, "abstractNumId") or ""
        for abstract in root.iterfind(W + "abstractNum"):
            for level in abstract.iterfind(W + "lvl"):
                spot = (attribute(abstract, "abstractNumId") or "", integer(attribute(level, "ilvl")) or 0)
                self._levels[spot] = level

    def level(self, list_id: str, level: int) -> Element | None:
        """The w:lvl of a list, or None; list id "0" means that a paragraph is in no list."""
        return None if list_id == "0" else self._levels.get((self._abstract.get(list_id, ""), level))

    def indent(self, list_id: str, level: int) -> ParaProps:
        """The indents of a level."""
        return read_paragraph(child(self.level(list_id, level), "pPr"))

    def label(self, list_id: str, level: int) -> str:
        """Count the next paragraph of a list and return its label."""
        found = self.level(list_id, level)
        if found is None:
            return ""
        pattern = value(found, "lvlText") or ""
        if value(found, "numFmt") == "bullet":
            return "-" if pattern in {"-", "\u2013", "\u2014", "\uf02d"} else "+" if pattern == "+" else "•"
        self._step(list_id, level)
        for step in range(min(level, 8) + 1):
            shown = self._shown(list_id, step)
            pattern = pattern.replace(f"%{step + 1}", shown)
        return pattern

    def _step(self, list_id: str, level: int) -> None:
        key = self._abstract.get(list_id, list_id)
        start = integer(value(self.level(list_id, level), "start")) or 1
        self._counts[key, level] = self._counts.get((key, level), start - 1) + 1
        for deeper in [spot for spot in self._counts if spot[0] == key and spot[1] > level]:
            del self._counts[deeper]

    def _shown(self, list_id: str, level: int) -> str:
        key = self._abstract.get(list_id, list_id)
        count = self._counts.get((key, level), 1)
        return _format(count, value(self.level(list_id, level), "numFmt") or "decimal")


def _format(count: int, kind: str) -> str:
    if kind in {"upperRoman", "lowerRoman"} and 1 <= count <= 3999:
        return roman(count) if kind == "upperRoman" else roman(count).lower()
    if kind in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    return str(count)
