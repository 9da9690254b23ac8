"""Gives paragraphs of a template places, anchors and headings, and traces rendered paragraphs back to them."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from docgen.base.locale import translate as _
from docgen.base.ooxml import make_entry, write_entries, xml_bytes
from docgen.base.usual_names import usual_entries
from docgen.base.wordprocessing import Element, text_of, w
from docgen.errors import Anchor, Place
from docgen.template.language.places import LinePlaces, ParagraphNames, part_name
from docgen.template.language.source import holds_text, parse_part
from docgen.template.language.styles import STYLES, Styles, read_styles

#: Most characters of a bold line that counts as a heading.
_LONGEST_HEADING = 120
_SHOWN_HEADING = 60
_NO_LEVEL = "9"


class PartPlaces:
    """The places of a part's paragraphs in the file.

    Make it before the tree is changed; paragraphs that are removed from the tree later keep their places.
    """

    def __init__(self, root: Element, file: str, part: str, styles: Styles) -> None:
        self._file, self._part = file, part
        self._anchors: dict[str, Anchor] = {}
        self._headings: dict[str, str] = {}
        self._words: dict[Element, str] = {}
        names, heading = ParagraphNames(root), ""
        for index, paragraph in enumerate(root.iter(w("p"))):
            words = f"{part_name(part)}, {names.name(paragraph)}"
            self._words[paragraph] = words
            self._anchors.setdefault(words, Anchor(part, index))
            self._headings.setdefault(words, heading)
            heading = _heading(paragraph, styles) or heading

    def at(self, element: Element) -> Place:
        """The place of an element: of the paragraph that it is or is in, or else of the part."""
        paragraph = element if element.tag == w("p") else next(element.iterancestors(w("p")), None)
        if paragraph is None:
            paragraph = next((one for one in element.itersiblings(w("p"))), None)  # a bookmark between paragraphs
        words = self._words.get(paragraph) if paragraph is not None else None
        return Place(self._file, part=words or part_name(self._part))

    def lines(self, elements: Iterable[Element]) -> LinePlaces:
        """The places of lines that correspond to ``elements``."""
        prefix = f"{part_name(self._part)}, "
        words = tuple((self.at(element).part or "").removeprefix(prefix) for element in elements)
        return LinePlaces(self._file, self._part, words)

    def anchor(self, place: Place) -> Anchor | None:
        """The anchor of a place, or None if it isn't a paragraph of this part."""
        return self._anchors.get(place.part or "")

    def heading(self, place: Place) -> str:
        """The heading above the paragraph at a place, "" if there is none."""
        return self._headings.get(place.part or "", "")


def _heading(paragraph: Element, styles: Styles) -> str:
    """The shortened text of a paragraph that is a heading (has an outline level, or is short and bold), else ""."""
    if next(paragraph.iterancestors(w("tbl"), w("txbxContent")), None) is not None:
        return ""
    text = " ".join(text_of(paragraph).split())
    if not text or text.startswith("{%"):
        return ""
    level = styles.of_paragraph(paragraph, "outlineLvl") or _NO_LEVEL
    own = paragraph.find(f"{w('pPr')}/{w('outlineLvl')}")
    if own is not None:
        level = own.get(w("val"), _NO_LEVEL)
    if level == _NO_LEVEL and not (len(text) <= _LONGEST_HEADING and styles.face(paragraph).bold):
        return ""
    return text if len(text) <= _SHOWN_HEADING else text[: _SHOWN_HEADING - 1] + "…"


def with_heading(place: Place, heading: str) -> Place:
    """``place`` with the heading above it added to its words."""
    return place._replace(part=_("{part} (dưới “{heading}”)").format(part=place.part, heading=heading))


_MARK = w("rsidR")

#: Anchor in a rendered file → anchor of the template's paragraph that it was made from.
Origin = Callable[[Anchor], Anchor | None]


def marked(template: bytes, shown: str) -> bytes:
    """A copy of a template with numbered paragraphs (in w:rsidR). Raises TemplateError for an unreadable part."""
    entries = []
    for entry in usual_entries(template):
        if holds_text(entry.name):
            root = parse_part(entry, shown)
            for number, paragraph in enumerate(root.iter(w("p"))):
                paragraph.set(_MARK, f"{number:08X}")
            entry = make_entry(entry.name, xml_bytes(root))
        entries.append(entry)
    return write_entries(entries)


def origins(rendered: bytes, shown: str) -> Origin:
    """The function that traces paragraphs of a file rendered from a :func:`marked` template back to the template."""
    entries = {entry.name: entry for entry in usual_entries(rendered)}
    listed: dict[str, list[str | None]] = {}

    def origin(anchor: Anchor) -> Anchor | None:
        if anchor.part not in listed:
            entry = entries.get(anchor.part)
            paragraphs = parse_part(entry, shown).iter(w("p")) if entry is not None else ()
            listed[anchor.part] = [paragraph.get(_MARK) for paragraph in paragraphs]
        marks = listed[anchor.part]
        mark = marks[anchor.index] if anchor.index < len(marks) else None
        return Anchor(anchor.part, int(mark, 16)) if mark is not None else None

    return origin


class Named(NamedTuple):
    """The place of a paragraph of a template, and the heading above it."""

    place: Place
    heading: str


def paragraph_names(template: bytes, shown: str) -> Callable[[Anchor], Named]:
    """The function that gives place and heading of the paragraphs of a template."""
    entries = {entry.name: entry for entry in usual_entries(template)}
    styles = read_styles(parse_part(entries[STYLES], shown) if STYLES in entries else None)
    read: dict[str, tuple[list[Element], PartPlaces]] = {}

    def named(anchor: Anchor) -> Named:
        if anchor.part not in read:
            root = parse_part(entries[anchor.part], shown)
            read[anchor.part] = (list(root.iter(w("p"))), PartPlaces(root, shown, anchor.part, styles))
        paragraphs, places = read[anchor.part]
        place = places.at(paragraphs[anchor.index])
        heading = places.heading(place)
        return Named(with_heading(place, heading) if heading else place, heading)

    return named
