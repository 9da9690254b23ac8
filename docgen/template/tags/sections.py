"""Makes a last section conditional.

The properties of the last section are at the end of the body, even if a condition leaves its text out. If the
paragraph that ends the section before is inside a ``{%p if … %}`` that closes at the end of the body, the last
properties are printed under that condition, and otherwise those of the section before instead.
"""

from copy import deepcopy
from functools import partial
from itertools import pairwise

from lxml import etree

from docgen.base.wordprocessing import Element, child, text_of, w
from docgen.template.tags.marks import Preparation, add_after, marks_of, put_in

#: Properties that are equal in two sections with the same layout; LibreOffice writes all of them, and w:formProt.
_SAME = ("type", "pgSz", "pgMar", "pgNumType")


def prepare_sections(root: Element, preparation: Preparation) -> None:
    """Make the body's last section depend on the condition around it, if there is one."""
    _restore_title_pages(root)
    body = root.find(w("body"))
    if body is None or len(body) < 2 or body[-1].tag != w("sectPr"):
        return
    opened: list[str] = []
    for block in body:
        tag = _paragraph_tag(block)
        if tag.startswith("if "):
            opened.append(tag.removeprefix("if ").strip())
        elif tag.startswith("for "):
            opened.append("")
        elif tag.startswith("end") and opened:
            opened.pop()
        section = child(block, "pPr", "sectPr")
        if section is not None:
            if len(opened) == 1 and opened[0] and _closes_at_end(body):
                _make_conditional(body[-1], section, opened[0], preparation)
            return


def keep_breaks(root: Element, preparation: Preparation) -> None:
    """Move a section's end from a paragraph that is dropped with its tag into a paragraph of its own.

    Word puts a section break into the paragraph where it is inserted, LibreOffice into the paragraph before.
    """
    for paragraph in root.iter(w("p")):
        properties = child(paragraph, "pPr")
        section = child(properties, "sectPr")
        if properties is not None and section is not None and any(mark.takes == "p" for mark in marks_of(paragraph)):
            preparation.then(partial(_move_break, paragraph, properties, section))


def _restore_title_pages(root: Element) -> None:
    """Restore the headers of a section that LibreOffice reduced to its first page.

    If a section fills one page of the template, as one in a loop does, LibreOffice saves the header of its first page
    for all its pages, so that the page numbers are lost. The next section, with the same paper and margins, still has
    both headers; its properties are copied.
    """
    sections = [
        section for section in root.iter(w("sectPr")) if next(section.iterancestors(w("sectPrChange")), None) is None
    ]
    for section, behind in pairwise(sections):
        alike = all(_attributes(section, name) == _attributes(behind, name) for name in _SAME)
        if _header_types(section) == {"default"} and alike and child(section, "formProt") is not None:
            both = _header_types(behind) >= {"default", "first"} and child(behind, "titlePg") is not None
            if both and child(section, "titlePg") is None:
                for old in list(section):
                    section.remove(old)
                section.extend(deepcopy(one) for one in behind)


def _header_types(section: Element) -> set[str]:
    return {header.get(w("type"), "default") for header in section.findall(w("headerReference"))}


def _attributes(section: Element, name: str) -> dict[str, str] | None:
    found = child(section, name)
    return None if found is None else {str(key): str(value) for key, value in found.attrib.items()}


def _move_break(paragraph: Element, properties: Element, section: Element) -> None:
    properties.remove(section)
    own = etree.Element(w("p"))
    own_properties = etree.SubElement(own, w("pPr"))
    for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        put_in(own_properties, "spacing").set(w(name), value)
    own_properties.append(section)
    add_after(paragraph, own)


def _paragraph_tag(block: Element) -> str:
    """The code of a paragraph that consists of a ``{%p … %}`` tag; "" for any other block."""
    if block.tag != w("p"):
        return ""
    text = text_of(block).strip()
    if not (text.startswith("{%p ") and text.endswith("%}")):
        return ""
    return text.removeprefix("{%p ").removesuffix("%}").strip()


def _closes_at_end(body: Element) -> bool:
    return _paragraph_tag(body[-2]) == "endif"


def _make_conditional(last: Element, before: Element, condition: str, preparation: Preparation) -> None:
    last.addprevious(preparation.element("{% if " + condition + " %}"))
    other = deepcopy(before)
    other.tail = None
    for element in (preparation.element("{% endif %}"), other, preparation.element("{% else %}")):
        last.addnext(element)
