"""A picture of the template that shows what data names: its alternative text is a field, ``{{ van_ban.anh_chu_ky }}``.

The data's picture is fitted into the placeholder's box, proportions kept, in its middle where the placeholder floats.
Without a value nothing is shown. Where there is no folder to read from, as in a preview, the placeholder stays.
"""

from collections.abc import Callable

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem
from docgen.template.language.places import plain_tags
from docgen.template.language.xml import PIC, WP, A, Element, R, w, whole_number
from docgen.template.tags.drawings import drop_fallback
from docgen.template.tags.marks import Pending

_OPEN, _CLOSE = "{{", "}}"
_EMBED = f"{{{R}}}embed"


def has_field(element: Element) -> bool:
    """Whether an element's alternative text is meant as a field."""
    return _OPEN in (element.get("descr") or "")


def prepare_pictures(
    root: Element, part: str, splice: Callable[[str], str], pending: Pending, place: Callable[[Element], Place]
) -> tuple[list[str], list[Problem]]:
    """Turn placeholders into pictures of their fields: the relationships that they showed, and what can't be."""
    links: list[str] = []
    problems: list[Problem] = []
    for properties in [one for one in root.iter(f"{{{WP}}}docPr") if has_field(one)]:
        code = _field_in(properties.get("descr") or "")
        anchor = properties.getparent()
        blips = list(anchor.iter(f"{{{A}}}blip")) if anchor is not None else []
        if anchor is None or code is None or len(blips) != 1 or not blips[0].get(_EMBED) or not _has_box(anchor):
            problems.append(_fault(properties, place))
            _rename(properties)
            continue
        link = blips[0].get(_EMBED) or ""
        links.append(link)
        _prepare(anchor, blips[0], f"({code})|_image({part!r}, {link!r}", splice, pending)
        _rename(properties)
    return links, problems


def _has_box(anchor: Element) -> bool:
    """Whether a drawing stands in text and has a size, into which a picture can be fitted."""
    extent = anchor.find(f"{{{WP}}}extent")
    sides = [whole_number(extent.get(side)) for side in ("cx", "cy")] if extent is not None else [0]
    return min(sides) > 0 and next(anchor.iterancestors(w("drawing")), None) is not None


def _rename(properties: Element) -> None:
    """Give the picture its title for an alternative text: what it shows, where the field said only from where."""
    anchor = properties.getparent()
    for named in [properties, *(anchor.iter(f"{{{PIC}}}cNvPr") if anchor is not None else ())]:
        named.set("descr", properties.get("title") or "")


def _field_in(text: str) -> str | None:
    """The code of an alternative text that is one tag and nothing else."""
    text = plain_tags(text.strip())
    inside = text.removeprefix(_OPEN).removesuffix(_CLOSE)
    whole = len(inside) == len(text) - len(_OPEN) - len(_CLOSE)
    return inside.strip() if whole and inside.strip() and not set("{}") & set(inside) else None


def _fault(properties: Element, place: Callable[[Element], Place]) -> Problem:
    message = _("văn bản thay thế “{text}” không dùng làm chỗ đặt ảnh được").format(
        text=(properties.get("descr") or "")[:60]
    )
    hint = _("chèn một ảnh (không phải hình vẽ), ghi văn bản thay thế đúng một thẻ, ví dụ {{ van_ban.anh_chu_ky }}")
    return Problem("template.image", message, hint, place(properties))


def _prepare(anchor: Element, blip: Element, image: str, splice: Callable[[str], str], pending: Pending) -> None:
    drop_fallback(anchor)
    drawing = next(anchor.iterancestors(w("drawing")))
    extent = anchor.find(f"{{{WP}}}extent")
    width, height = (whole_number(extent.get(side)) if extent is not None else 0 for side in ("cx", "cy"))
    run = drawing.getparent()
    alone = run is not None and run.tag == w("r") and all(one.tag == w("rPr") for one in run if one is not drawing)
    whole = run if alone and run is not None else drawing
    pending.before(whole, "{% if " + f"{image}, {width}, {height})" + " %}")
    pending.after(whole, "{% endif %}")
    blip.set(_EMBED, splice("{{ 'link'|_shown }}"))
    for inner in list(blip):  # a vector twin of the placeholder, which Word would show instead
        blip.remove(inner)
    fill = blip.getparent()
    for crop in fill.findall(f"{{{A}}}srcRect") if fill is not None else ():
        fill.remove(crop)  # type: ignore[union-attr]
    for size in [*anchor.iter(f"{{{WP}}}extent"), *anchor.iter(f"{{{A}}}ext")]:
        if size.get("cx") is not None:
            size.set("cx", splice("{{ 'width'|_shown }}"))
            size.set("cy", splice("{{ 'height'|_shown }}"))
    for axis, name in (("positionH", "left"), ("positionV", "top")):
        for offset in anchor.findall(f"{{{WP}}}{axis}/{{{WP}}}posOffset"):
            offset.text = splice("{{ '" + name + "'|_shown(" + str(whole_number(offset.text)) + ") }}")
