"""Horizontal lines in the XML of a run: DrawingML shapes, and VML of older files."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from docgen.layout.docx.ooxml import PIC, WP, WPS, A, V, W, branches, emu_mm, length_pt, mm
from docgen.layout.facts import DrawnLine

_LINES = {"line", "straightConnector1"}
#: A shape counts as horizontal when it rises less than this, in mm.
_FLAT = 2.0
#: A picture of a line has white above and below it.
_PICTURE_FLAT = 6.0


def drawn_lines(element: Element) -> Iterator[DrawnLine]:
    """The lines of a w:drawing, w:pict or w:object, whichever branch of mc:AlternateContent is shown."""
    for item in branches(element):
        if item.tag == WPS + "wsp":
            yield from _shape(item)
        elif item.tag == PIC + "pic":
            yield from _picture(item)
        elif item.tag in {V + "line", V + "shape", V + "rect"}:
            yield from _vml(item)
        elif item.tag != WP + "docPr":
            yield from drawn_lines(item)


def _shape(shape: Element) -> Iterator[DrawnLine]:
    geometry = shape.find(f"{WPS}spPr/{A}prstGeom")
    extent = shape.find(f"{WPS}spPr/{A}xfrm/{A}ext")
    if geometry is None or extent is None:
        return
    width, height = emu_mm(extent.get("cx")) or 0.0, emu_mm(extent.get("cy")) or 0.0
    flat = height < _FLAT and width > height
    if flat and (geometry.get("prst") in _LINES or (geometry.get("prst") == "rect" and height < 0.5)):
        yield DrawnLine(width, "drawing")


def _picture(picture: Element) -> Iterator[DrawnLine]:
    """A flat picture is most likely a rule line; how much of it is ink nobody can tell."""
    extent = picture.find(f"{PIC}spPr/{A}xfrm/{A}ext")
    if extent is not None:
        width, height = emu_mm(extent.get("cx")) or 0.0, emu_mm(extent.get("cy")) or 0.0
        if height < _PICTURE_FLAT and width > 4 * height:
            yield DrawnLine(None, "drawing")


def text_boxes(element: Element) -> Iterator[Element]:
    """The w:txbxContent in a paragraph's drawings, those of the branch that is shown, outermost only."""
    for item in branches(element):
        if item.tag == W + "txbxContent":
            yield item
        elif item.tag != W + "t":
            yield from text_boxes(item)


def _vml(shape: Element) -> Iterator[DrawnLine]:
    if shape.tag == V + "line":
        start, end = _point(shape.get("from")), _point(shape.get("to"))
        if start and end and abs(end[1] - start[1]) < _FLAT:
            yield DrawnLine(abs(end[0] - start[0]), "vml")
        return
    style = dict(item.partition(":")[::2] for item in (shape.get("style") or "").lower().split(";"))
    style = {name.strip(): value.strip() for name, value in style.items()}
    width, height = _length(style.get("width")), _length(style.get("height"))
    straight = (shape.get("type") or "").endswith(("_t32", "_t20")) or height < 0.5
    if straight and width > 0 and height < _FLAT and shape.find(V + "imagedata") is None:
        yield DrawnLine(width, "vml")


def _point(text: str | None) -> tuple[float, float] | None:
    parts = (text or "").split(",")
    return (_length(parts[0]), _length(parts[1])) if len(parts) == 2 else None


def _length(text: str | None) -> float:
    """A VML length in mm; a bare number counts in pixels."""
    return mm(length_pt(text, 0.75) or 0.0)
