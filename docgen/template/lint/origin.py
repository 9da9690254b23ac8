"""Each paragraph of a template marked with its number, so that a paragraph of what it renders to leads back to it.

The mark takes the place of the id of Word's editing session (``w:rsidR``), which no reader shows and no rule looks at.
"""

from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from docgen.base.ooxml import make_entry, read_entries, write_entries
from docgen.errors import Anchor, Place
from docgen.template.language.source import holds_text, parse_part
from docgen.template.language.styles import STYLES, read_styles
from docgen.template.language.xml import Element, w
from docgen.template.lint.check_places import PartPlaces, with_heading

_MARK = w("rsidR")

#: The paragraph of the template that a paragraph of the rendered file was made from.
Origin = Callable[[Anchor], Anchor | None]


def marked(template: bytes, shown: str) -> bytes:
    """A copy of a template whose paragraphs carry their marks. Raises TemplateError for a part that can't be read."""
    entries = []
    for entry in read_entries(template):
        if holds_text(entry.name):
            root = parse_part(entry, shown)
            for number, paragraph in enumerate(root.iter(w("p"))):
                paragraph.set(_MARK, f"{number:08X}")
            entry = make_entry(
                entry.name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            )
        entries.append(entry)
    return write_entries(entries)


def origins(rendered: bytes, shown: str) -> Origin:
    """What leads from the paragraphs of a file rendered from a marked template back to the template's own."""
    entries = {entry.name: entry for entry in read_entries(rendered)}
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
    """A paragraph of a template in words: its place, and the heading above it."""

    place: Place
    heading: str


def paragraph_names(template: bytes, shown: str) -> Callable[[Anchor], Named]:
    """What names the paragraphs of a template as a person counts them."""
    entries = {entry.name: entry for entry in read_entries(template)}
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
