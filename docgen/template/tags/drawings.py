"""Drawings: rule lines as wide as a text, ids that are unique even in loops, pictures named by the data."""

from docgen.base.locale import translate as _
from docgen.base.wordprocessing import MC, PIC, WP, A, Element, R, text_of, w, whole_number
from docgen.errors import Place, Problem
from docgen.template.language.places import plain_tags
from docgen.template.language.styles import Styles, neighbour
from docgen.template.tags.marks import Preparation

_MARK = "vach:"


def prepare_drawings(root: Element, styles: Styles, preparation: Preparation) -> list[Problem]:
    """Give each rule line its computed width and each drawing its own id; return problems for wrong rule lines."""
    problems: list[Problem] = []
    for properties in list(root.iter(WP + "docPr")):
        properties.set("id", preparation.splice("{{ 0|_so_hinh }}"))
        mark = (properties.get("descr") or "").strip()
        if mark.startswith(_MARK):
            problems += _prepare_line(properties, mark.removeprefix(_MARK), styles, preparation)
    return problems


def _prepare_line(properties: Element, ratio: str, styles: Styles, preparation: Preparation) -> list[Problem]:
    paragraph = next(properties.iterancestors(w("p")))
    where = preparation.place(paragraph)
    share = _share(ratio)
    if share is None:
        message = _("vạch ghi “vach:{ratio}” không hợp lệ").format(ratio=ratio)
        return [Problem("template.rule-line", message, _("ghi từ vach:0.1 đến vach:1, ví dụ vach:0.4"), where)]
    text = neighbour(paragraph)
    if text is None:
        message = _("vạch không đứng dưới văn bản nào để lấy độ dài")
        return [Problem("template.rule-line", message, _("đặt vạch trong đoạn văn bản hoặc ngay dưới nó"), where)]
    pieces = _pieces(text_of(text))
    if pieces is None:
        message = _("không tính được độ dài vạch: đoạn có thẻ {% … %} ở giữa")
        return [Problem("template.rule-line", message, _("chỉ dùng {{ … }} trong đoạn có vạch"), where)]
    drop_fallback(properties)
    face = styles.face(text)
    numbers = (share, face.size, int(face.bold), int(face.italic), int(face.capitals), round(styles.column(text), 2))
    width = preparation.splice("{{ [" + ", ".join(pieces) + "]|_vach(" + ", ".join(map(repr, numbers)) + ") }}")
    anchor = properties.getparent()
    assert anchor is not None
    _put_below(anchor)
    for extent in [*anchor.iter(WP + "extent"), *anchor.iter(A + "ext")]:
        if extent.get("cx") is not None:
            extent.set("cx", width)
    return []


def _put_below(anchor: Element) -> None:
    """Put a rule line below the last line of its paragraph.

    When LibreOffice saves a .docx, it inverts the offset from a line, and anchors the drawing to the first line.
    """
    for position in anchor.findall(WP + "positionV"):
        offset = position.find(WP + "posOffset")
        if position.get("relativeFrom") != "line" or offset is None:
            continue
        offset.text = (offset.text or "").strip().removeprefix("-")
        run = next(anchor.iterancestors(w("r")), None)
        paragraph = run.getparent() if run is not None else None
        if run is not None and paragraph is not None and paragraph.tag == w("p") and run.find(w("t")) is None:
            paragraph.append(run)


def _share(text: str) -> float | None:
    try:
        share = float(text.replace(",", "."))
    except ValueError:
        return None
    return share if 0 < share <= 1 else None


def _pieces(text: str) -> list[str] | None:
    """A paragraph's text as the items of a list in template code; None if it has tags other than values."""
    if "{%" in text:
        return None
    pieces = []
    while text:
        before, opener, rest = text.partition("{{")
        if before:
            pieces.append(repr(before))
        code, _closer, text = rest.partition("}}")
        if opener:
            code = code.removeprefix("r ").strip(" -")
            pieces.append(f"({code})")
    return pieces


def drop_fallback(properties: Element) -> None:
    """Remove the copy of a shape that Word keeps for old programs, whose width can't be computed."""
    drawing = next(properties.iterancestors(w("drawing")))
    alternatives = next(drawing.iterancestors(MC + "AlternateContent"), None)
    if alternatives is not None and (parent := alternatives.getparent()) is not None:
        parent.replace(alternatives, drawing)


_OPEN, _CLOSE = "{{", "}}"
_EMBED = R + "embed"


def has_field(element: Element) -> bool:
    """Whether an element's alternative text has a field."""
    return _OPEN in (element.get("descr") or "")


def prepare_pictures(root: Element, name: str, preparation: Preparation) -> tuple[list[str], list[Problem]]:
    """Turn placeholder pictures into pictures of their fields; ``name`` is the part's.

    Return the relationship ids of the placeholders, and problems for pictures that can't be placeholders.
    """
    links: list[str] = []
    problems: list[Problem] = []
    for properties in [one for one in root.iter(WP + "docPr") if has_field(one)]:
        code = _field_in(properties.get("descr") or "")
        anchor = properties.getparent()
        blips = list(anchor.iter(A + "blip")) if anchor is not None else []
        if anchor is None or code is None or len(blips) != 1 or not blips[0].get(_EMBED) or not _has_box(anchor):
            problems.append(_fault(properties, preparation.place(properties)))
            _rename(properties)
            continue
        link = blips[0].get(_EMBED) or ""
        links.append(link)
        _prepare(anchor, blips[0], f"({code})|_image({name!r}, {link!r}", preparation)
        _rename(properties)
    return links, problems


def _has_box(anchor: Element) -> bool:
    """Whether a drawing is part of the text and has a size, so that a picture can be fitted into it."""
    extent = anchor.find(WP + "extent")
    sides = [whole_number(extent.get(side)) for side in ("cx", "cy")] if extent is not None else [0]
    return min(sides) > 0 and next(anchor.iterancestors(w("drawing")), None) is not None


def _rename(properties: Element) -> None:
    """Replace the alternative text, which was the field, by the picture's title."""
    anchor = properties.getparent()
    for named in [properties, *(anchor.iter(PIC + "cNvPr") if anchor is not None else ())]:
        named.set("descr", properties.get("title") or "")


def _field_in(text: str) -> str | None:
    """The code of an alternative text that consists of exactly one tag, else None."""
    text = plain_tags(text.strip())
    inside = text.removeprefix(_OPEN).removesuffix(_CLOSE)
    whole = len(inside) == len(text) - len(_OPEN) - len(_CLOSE)
    return inside.strip() if whole and inside.strip() and not set("{}") & set(inside) else None


def _fault(properties: Element, place: Place) -> Problem:
    message = _("văn bản thay thế “{text}” không dùng làm chỗ đặt ảnh được").format(
        text=(properties.get("descr") or "")[:60]
    )
    hint = _("chèn một ảnh (không phải hình vẽ), ghi văn bản thay thế đúng một thẻ, ví dụ {{ van_ban.anh_chu_ky }}")
    return Problem("template.image", message, hint, place)


def _prepare(anchor: Element, blip: Element, image: str, preparation: Preparation) -> None:
    drop_fallback(anchor)
    drawing = next(anchor.iterancestors(w("drawing")))
    extent = anchor.find(WP + "extent")
    width, height = (whole_number(extent.get(side)) if extent is not None else 0 for side in ("cx", "cy"))
    run = drawing.getparent()
    alone = run is not None and run.tag == w("r") and all(one.tag == w("rPr") for one in run if one is not drawing)
    whole = run if alone and run is not None else drawing
    preparation.before(whole, "{% if " + f"{image}, {width}, {height})" + " %}")
    preparation.after(whole, "{% endif %}")
    blip.set(_EMBED, preparation.splice("{{ 'link'|_shown }}"))
    for inner in list(blip):  # a vector version of the placeholder, which Word would show instead
        blip.remove(inner)
    fill = blip.getparent()
    for crop in fill.findall(A + "srcRect") if fill is not None else ():
        fill.remove(crop)  # type: ignore[union-attr]
    for size in [*anchor.iter(WP + "extent"), *anchor.iter(A + "ext")]:
        if size.get("cx") is not None:
            size.set("cx", preparation.splice("{{ 'width'|_shown }}"))
            size.set("cy", preparation.splice("{{ 'height'|_shown }}"))
    for axis, name in (("positionH", "left"), ("positionV", "top")):
        for offset in anchor.findall(f"{WP}{axis}/{WP}posOffset"):
            offset.text = preparation.splice("{{ '" + name + "'|_shown(" + str(whole_number(offset.text)) + ") }}")
