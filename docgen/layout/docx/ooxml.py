"""Names, switches and lengths of WordprocessingML; an unreadable value gives None, not an exception."""

from collections.abc import Iterator
from math import isfinite

from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
V = "{urn:schemas-microsoft-com:vml}"

_POINTS_PER_UNIT = {"pt": 1.0, "pc": 12.0, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "px": 0.75}
_OFF = {"0", "false", "off", "none"}


def child(element: Element | None, name: str) -> Element | None:
    """The first child with the Word name ``name``."""
    return None if element is None else element.find(W + name)


def value(element: Element | None, name: str = "val") -> str | None:
    """The Word attribute ``name``."""
    return None if element is None else element.get(W + name)


def child_value(element: Element | None, name: str, attribute: str = "val") -> str | None:
    """The Word attribute of the first child ``name``."""
    return value(child(element, name), attribute)


def switch(element: Element | None, name: str) -> bool | None:
    """The value of an on/off child: None if there is no such child, True if it has no value."""
    found = child(element, name)
    if found is None:
        return None
    return (value(found) or "true").lower() not in _OFF


def number(text: str | None) -> float | None:
    """``text`` as a finite number, or None."""
    try:
        found = float(text or "nan")
    except ValueError:
        return None
    return found if isfinite(found) else None


def integer(text: str | None) -> int | None:
    """``text`` as an int, truncated, or None; None also from 1e9 up, which is no number of a document."""
    found = number(text)
    return int(found) if found is not None and abs(found) < 1e9 else None


def length_pt(text: str | None, unit: float) -> float | None:
    """A length in points; ``unit`` is the size in points of the unit of a number that names none."""
    if text is None:
        return None
    text = text.strip()
    named = _POINTS_PER_UNIT.get(text[-2:])
    amount = number(text[:-2]) if named else number(text)
    if amount is None or abs(amount) > 1e7:
        return None
    return amount * (named or unit)


def twips_pt(text: str | None) -> float | None:
    """Twentieths of a point → points."""
    return length_pt(text, 1 / 20)


def half_points(text: str | None) -> float | None:
    """Half-points → points."""
    return length_pt(text, 1 / 2)


def emu_mm(text: str | None) -> float | None:
    """English metric units of DrawingML → mm."""
    amount = number(text)
    return None if amount is None else amount / 36000


def mm(points: float) -> float:
    """Points → mm."""
    return points * 25.4 / 72


def branches(element: Element) -> Iterator[Element]:
    """The children of ``element``; of an mc:AlternateContent those of the branch that Word displays."""
    for item in element:
        if item.tag == MC + "AlternateContent":
            yield from _shown_branch(item)
        else:
            yield item


#: Prefixes of the namespaces that Word 2010 and later understand; a branch that requires others is skipped.
_UNDERSTOOD = {"wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "wp14", "a14", "v"}


def _shown_branch(alternate: Element) -> Iterator[Element]:
    for choice in alternate.findall(MC + "Choice"):
        if set((choice.get("Requires") or "").split()) <= _UNDERSTOOD:
            return branches(choice)
    fallback = alternate.find(MC + "Fallback")
    return iter(()) if fallback is None else branches(fallback)
