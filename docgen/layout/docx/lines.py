"""Horizontal lines: shapes (DrawingML, VML of older files), rows of underscores, borders of paragraphs and cells."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.base.wordprocessing import PIC, WP, WPG, WPS, A, Element, V, W, branches, child, value
from docgen.layout.docx.measures import emu_mm, length_pt, mm
from docgen.layout.docx.properties import ParaProps
from docgen.layout.facts import DrawnLine, Paragraph, Run

_LINES = {"line", "straightConnector1"}
#: A shape lower than this, in mm, counts as horizontal.
_FLAT = 2.0
#: The same for a picture of a line, which has white space above and below.
_PICTURE_FLAT = 6.0


def drawn_lines(element: Element, scale: float = 1.0) -> Iterator[DrawnLine]:
    """The lines of a w:drawing, w:pict or w:object; of mc:AlternateContent only the branch that Word displays.

    ``scale`` is the size of one unit of the group that contains the shapes.
    """
    for item in branches(element):
        if item.tag == WPS + "wsp":
            yield from _shape(item, scale)
        elif item.tag == PIC + "pic":
            yield from _picture(item, scale)
        elif item.tag in {V + "line", V + "shape", V + "rect"}:
            yield from _vml(item, scale)
        elif item.tag == V + "group":
            yield from drawn_lines(item, scale * _vml_scale(item))
        elif item.tag in {WPG + "wgp", WPG + "grpSp"}:
            yield from drawn_lines(item, scale * _group_scale(item))
        elif item.tag != WP + "docPr":
            yield from drawn_lines(item, scale)


def _group_scale(group: Element) -> float:
    """The scale of a DrawingML group: its width divided by its width in the units of its shapes."""
    frame = group.find(f"{WPG}grpSpPr/{A}xfrm")
    outer, inner = (None if frame is None else emu_mm(_width(frame, name)) for name in ("ext", "chExt"))
    return outer / inner if outer and inner else 1.0


def _width(frame: Element, name: str) -> str | None:
    found = frame.find(A + name)
    return None if found is None else found.get("cx")


def _vml_scale(group: Element) -> float:
    """The scale of a VML group: its width divided by its coordinate size, read as pixels."""
    outer = _length(_styled(group).get("width"))
    inner = _length((group.get("coordsize") or "1000,1000").split(",")[0])
    return outer / inner if outer and inner else 1.0


def _shape(shape: Element, scale: float) -> Iterator[DrawnLine]:
    geometry = shape.find(f"{WPS}spPr/{A}prstGeom")
    extent = shape.find(f"{WPS}spPr/{A}xfrm/{A}ext")
    if geometry is None or extent is None:
        return
    width, height = ((emu_mm(extent.get(side)) or 0.0) * scale for side in ("cx", "cy"))
    flat = height < _FLAT and width > height
    if flat and (geometry.get("prst") in _LINES or (geometry.get("prst") == "rect" and height < 0.5)):
        yield DrawnLine(width, "drawing")


def _picture(picture: Element, scale: float) -> Iterator[DrawnLine]:
    """Take a flat picture for a rule line of unknown length, as its white edges can't be measured."""
    extent = picture.find(f"{PIC}spPr/{A}xfrm/{A}ext")
    if extent is not None:
        width, height = ((emu_mm(extent.get(side)) or 0.0) * scale for side in ("cx", "cy"))
        if height < _PICTURE_FLAT and width > 4 * height:
            yield DrawnLine(None, "drawing")


def text_boxes(element: Element) -> Iterator[Element]:
    """The outermost w:txbxContent in a paragraph's drawings, in the branch that Word displays."""
    for item in branches(element):
        if item.tag == W + "txbxContent":
            yield item
        elif item.tag != W + "t":
            yield from text_boxes(item)


def _vml(shape: Element, scale: float) -> Iterator[DrawnLine]:
    if shape.tag == V + "line":
        start, end = _point(shape.get("from")), _point(shape.get("to"))
        if start and end and abs(end[1] - start[1]) * scale < _FLAT:
            yield DrawnLine(abs(end[0] - start[0]) * scale, "vml")
        return
    style = _styled(shape)
    width, height = (_length(style.get(side)) * scale for side in ("width", "height"))
    straight = (shape.get("type") or "").endswith(("_t32", "_t20")) or height < 0.5
    if straight and width > 0 and height < _FLAT and shape.find(V + "imagedata") is None:
        yield DrawnLine(width, "vml")


def _styled(shape: Element) -> dict[str, str]:
    pairs = (item.partition(":") for item in (shape.get("style") or "").lower().split(";"))
    return {name.strip(): value.strip() for name, _colon, value in pairs}


def _point(text: str | None) -> tuple[float, float] | None:
    parts = (text or "").split(",")
    return (_length(parts[0]), _length(parts[1])) if len(parts) == 2 else None


def _length(text: str | None) -> float:
    """A VML length in mm; a number without a unit is in pixels."""
    return mm(length_pt(text, 0.75) or 0.0)


#: Characters used to type a line, and their widths as fractions of the font size.
_WIDTHS = {"_": 0.5, "¯": 0.5, "-": 0.333, "–": 0.5, "—": 1.0, "―": 1.0, "−": 0.564, "─": 0.7}
_SHORTEST = 3
_BREAKS = "\n\t"


def lines_from_characters(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Replace underscores or dashes by a drawn line where there is no other text between two breaks."""
    if not any(letter in _WIDTHS for run in runs for letter in run.text):
        return runs
    out: list[Run] = []
    for stretch in _stretches(runs):
        out += _as_line(stretch)
    return tuple(out)


def _stretches(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs between breaks, and each break on its own."""
    inside: list[Run] = []
    for run in runs:
        if run.text and run.text in _BREAKS:
            yield inside
            yield [run]
            inside = []
        else:
            inside.append(run)
    yield inside


def _as_line(runs: list[Run]) -> list[Run]:
    text = "".join(run.text for run in runs).strip()
    if len(text) < _SHORTEST or not set(text) <= _WIDTHS.keys():
        return runs
    width = sum(_WIDTHS[letter] * run.look.size for run in runs for letter in run.text.strip())
    line = DrawnLine(mm(width), "text")
    return [replace(runs[0], text="", lines=(*runs[0].lines, line)), *(replace(run, text="") for run in runs[1:])]


def border_of(props: ParaProps, width: float) -> tuple[DrawnLine, ...]:
    """The line above or below a paragraph in a column of ``width`` mm."""
    if not props.border:
        return ()
    return (DrawnLine(width - mm((props.left or 0.0) + (props.right or 0.0)), "border"),)


def with_cell_border(cell: Element, inside: list[Paragraph], width: float | None) -> list[Paragraph]:
    """Give the border of a cell to its first paragraph if it is at the top only, to its last if at the bottom only."""
    borders = child(cell, "tcPr", "tcBorders")
    if borders is None or not inside:
        return inside
    top, bottom, *sides = (_is_drawn(borders, side) for side in ("top", "bottom", "left", "right", "start", "end"))
    if any(sides) or top is bottom:
        return inside
    at = 0 if top else -1
    ruled = inside[at]
    out = list(inside)
    out[at] = replace(ruled, border_lines=(*ruled.border_lines, DrawnLine(width, "border")))
    return out


def _is_drawn(borders: Element, side: str) -> bool:
    return value(borders, side) not in {None, "none", "nil"}
