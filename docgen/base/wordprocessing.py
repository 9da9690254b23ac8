"""Names of WordprocessingML, and lookups in its trees: children, values, switches, texts, chains of styles."""

from collections.abc import Iterator, Mapping

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"

Element = etree._Element

_OFF = {"0", "false", "off", "none"}
#: Prefixes of the namespaces that Word 2010 and later understand; a branch that requires others is skipped.
_UNDERSTOOD = {"wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "wp14", "a14", "v"}


def w(name: str) -> str:
    """``w("p")``: the qualified name of ``w:p``."""
    return W + name


def child(element: Element | None, *names: str) -> Element | None:
    """The descendant down a path of w: names, or None."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def attribute(element: Element | None, name: str = "val") -> str | None:
    """An attribute in the w: namespace, or None."""
    return None if element is None else element.get(W + name)


def value(element: Element | None, *names: str, attribute: str = "val") -> str | None:
    """An attribute in the w: namespace of the descendant down a path of names, or None."""
    found = child(element, *names)
    return None if found is None else found.get(W + attribute)


def switch(element: Element | None, name: str) -> bool | None:
    """The value of an on/off child: None if there is no such child, True if it has no value."""
    found = child(element, name)
    return None if found is None else (found.get(W + "val") or "true").lower() not in _OFF


def whole_number(text: str | None) -> int:
    """``text`` as a whole number; 0 if it isn't one, or has 12 digits or more."""
    text = (text or "").strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 12 else 0


def own_texts(paragraph: Element) -> list[Element]:
    """The w:t elements of a paragraph, without those of text boxes inside it."""
    return [text for text in paragraph.iter(W + "t") if next(text.iterancestors(W + "p")) is paragraph]


def text_of(paragraph: Element) -> str:
    """The text of a paragraph, without text boxes inside it; tags as typed."""
    return "".join(text.text or "" for text in own_texts(paragraph))


def branches(element: Element) -> Iterator[Element]:
    """The children of ``element``; of an mc:AlternateContent those of the branch that Word displays."""
    for item in element:
        if item.tag == MC + "AlternateContent":
            yield from _shown_branch(item)
        else:
            yield item


def _shown_branch(alternate: Element) -> Iterator[Element]:
    for choice in alternate.findall(MC + "Choice"):
        if set((choice.get("Requires") or "").split()) <= _UNDERSTOOD:
            return branches(choice)
    fallback = alternate.find(MC + "Fallback")
    return iter(()) if fallback is None else branches(fallback)


def style_chain(styles: Mapping[str, Element], identity: str | None) -> list[Element]:
    """The style with an id and those it is based on, the base last; none if the id is unknown."""
    found: list[Element] = []
    while identity is not None and identity in styles and styles[identity] not in found:
        found.append(styles[identity])
        identity = value(found[-1], "basedOn")
    return found
