"""Resolves the format of a paragraph's text and the width of its column, to measure its lines."""

from collections.abc import Iterable
from dataclasses import dataclass

from docgen.base.fonts import Face
from docgen.base.wordprocessing import Element, child, style_chain, switch, text_of, value, w

#: The part with the styles.
STYLES = "word/styles.xml"
_TWIPS_A_POINT = 20
_CELL_MARGIN = 108  # Word's default on the left and the right, in twips


@dataclass(frozen=True)
class Styles:
    """The styles of a document by id, and its defaults."""

    by_id: dict[str, Element]
    defaults: Element | None

    def face(self, paragraph: Element) -> Face:
        """The font of the paragraph's first run with text."""
        run = next((run for run in paragraph.iter(w("r")) if run.find(w("t")) is not None), None)
        sources = [child(run, "rPr"), *self.chain(value(run, "rPr", "rStyle"), "rPr")] if run is not None else []
        sources += self.chain(value(paragraph, "pPr", "pStyle") or self._default_id(), "rPr")
        sources.append(child(self.defaults, "rPrDefault", "rPr"))
        return Face(
            size=int(_first(sources, "sz") or 20) / 2,
            bold=is_on(sources, "b"),
            italic=is_on(sources, "i"),
            capitals=is_on(sources, "caps"),
        )

    def column(self, paragraph: Element) -> float:
        """The width available to the paragraph's lines, in points."""
        cell = next(paragraph.iterancestors(w("tc")), None)
        width = _cell_width(cell) if cell is not None else _text_width(paragraph)
        sources = [child(paragraph, "pPr"), *self.chain(value(paragraph, "pPr", "pStyle"), "pPr")]
        for side in (("left", "start"), ("right", "end")):
            width -= next((indent for source in sources if (indent := _indent(source, side)) is not None), 0)
        return max(width, _TWIPS_A_POINT) / _TWIPS_A_POINT

    def of_paragraph(self, paragraph: Element, *names: str) -> str | None:
        """The value that a paragraph's style gives to the property at a path of names below w:pPr, or None."""
        sources = self.chain(value(paragraph, "pPr", "pStyle") or self._default_id(), "pPr")
        return next((found for source in sources if (found := value(source, *names)) is not None), None)

    def properties_of(self, paragraph: Element, name: str) -> Element | None:
        """The child ``name`` of w:pPr in a paragraph's style, or None."""
        sources = self.chain(value(paragraph, "pPr", "pStyle") or self._default_id(), "pPr")
        return next((found for source in sources if (found := child(source, name)) is not None), None)

    def chain(self, style_id: str | None, part: str) -> list[Element | None]:
        """The element ``part`` ("rPr", "pPr") of a style and of those it is based on, the base last."""
        return [child(style, part) for style in style_chain(self.by_id, style_id)]

    def _default_id(self) -> str | None:
        for style_id, style in self.by_id.items():
            if style.get(w("type")) == "paragraph" and style.get(w("default")) == "1":
                return style_id
        return None


def read_styles(root: Element | None) -> Styles:
    """Read the styles of a part word/styles.xml; None, for a document without it, gives no styles."""
    if root is None:
        return Styles({}, None)
    return Styles({style.get(w("styleId"), ""): style for style in root.iter(w("style"))}, root.find(w("docDefaults")))


def neighbour(paragraph: Element) -> Element | None:
    """The paragraph whose text a rule line belongs to: its own if it has text, else the nearest before with text."""
    at: Element | None = paragraph
    while at is not None and not text_of(at).strip():
        at = next(at.itersiblings(w("p"), preceding=True), None)
    return at


def _first(sources: list[Element | None], name: str) -> str | None:
    return next((found for source in sources if (found := value(source, name)) is not None), None)


def is_on(sources: Iterable[Element | None], name: str) -> bool:
    """Whether the first of ``sources`` that has the on/off property ``name`` turns it on."""
    return next((on for source in sources if (on := switch(source, name)) is not None), False)


def _cell_width(cell: Element) -> int:
    width = int(value(cell, "tcPr", "tcW", attribute="w") or 0)
    table = next(cell.iterancestors(w("tbl")))
    for side in (("left", "start"), ("right", "end")):
        width -= next((margin for name in side if (margin := _margin(table, name)) is not None), _CELL_MARGIN)
    return width


def _margin(table: Element, side: str) -> int | None:
    found = value(table, "tblPr", "tblCellMar", side, attribute="w")
    return int(found) if found is not None else None


def _text_width(paragraph: Element) -> int:
    section = next((section for section in _sections_after(paragraph)), None)
    page = int(value(section, "pgSz", attribute="w") or 11906)
    left = int(value(section, "pgMar", attribute="left") or 1701)
    return page - left - int(value(section, "pgMar", attribute="right") or 1134)


def _sections_after(paragraph: Element) -> list[Element]:
    """The section properties after a paragraph; the first are those of its section."""
    body = next(paragraph.iterancestors(w("body")), None)
    if body is None:
        return []
    top = paragraph
    while (parent := top.getparent()) is not None and parent is not body:
        top = parent
    found = []
    for block in [top, *top.itersiblings()]:
        section = block if block.tag == w("sectPr") else child(block, "pPr", "sectPr")
        if section is not None:
            found.append(section)
    return found


def _indent(source: Element | None, side: tuple[str, str]) -> int | None:
    for name in side:
        found = value(source, "ind", attribute=name)
        if found is not None:
            return int(found)
    return None
