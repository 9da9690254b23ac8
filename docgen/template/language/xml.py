"""Names of WordprocessingML, and basic lookups in trees for the steps of compiling."""

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

Element = etree._Element


def w(name: str) -> str:
    """``w("p")``: the qualified name of ``w:p``."""
    return f"{{{W}}}{name}"


def child(element: Element | None, *names: str) -> Element | None:
    """The descendant down a path of w: names, or None."""
    for name in names:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def value(element: Element | None, *names: str, attribute: str = "val") -> str | None:
    """An attribute in the w: namespace of the descendant down a path of names."""
    found = child(element, *names)
    return None if found is None else found.get(w(attribute))


def own_texts(paragraph: Element) -> list[Element]:
    """The w:t elements of a paragraph, without those of text boxes inside it."""
    return [text for text in paragraph.iter(w("t")) if next(text.iterancestors(w("p"))) is paragraph]


def text_of(paragraph: Element) -> str:
    """The text of a paragraph, without text boxes inside it; tags as typed."""
    return "".join(text.text or "" for text in own_texts(paragraph))


def whole_number(text: str | None) -> int:
    """``text`` as a whole number; 0 if it isn't one, or has 12 digits or more."""
    text = (text or "").strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 12 else 0
