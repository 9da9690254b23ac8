"""Drawn rule lines whose width follows a text, and ids of drawings that stay unique in loops.

A line whose alternative text is ``vach:0.4`` gets, at each render, four tenths of the width of the longest printed
line of the text it stands under (Phụ lục I: a third to a half under names and trích yếu).
"""

from collections.abc import Callable

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem
from docgen.template.language.styles import Styles, neighbour
from docgen.template.language.xml import MC, WP, A, Element, text_of, w

_MARK = "vach:"
_SMART_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
#: Turns template code into a stand-in that survives translation, and is put back after it.
Splice = Callable[[str], str]


def prepare_drawings(root: Element, styles: Styles, splice: Splice, place: Callable[[Element], Place]) -> list[Problem]:
    """Give every rule line its computed width and every drawing its own id; what can't be is returned."""
    problems: list[Problem] = []
    for properties in list(root.iter(f"{{{WP}}}docPr")):
        properties.set("id", splice("{{ 0|_so_hinh }}"))
        mark = (properties.get("descr") or "").strip()
        if mark.startswith(_MARK):
            problems += _prepare_line(properties, mark.removeprefix(_MARK), styles, splice, place)
    return problems


def _prepare_line(
    properties: Element, ratio: str, styles: Styles, splice: Splice, place: Callable[[Element], Place]
) -> list[Problem]:
    paragraph = next(properties.iterancestors(w("p")))
    where = place(paragraph)
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
    width = splice("{{ [" + ", ".join(pieces) + "]|_vach(" + ", ".join(map(repr, numbers)) + ") }}")
    anchor = properties.getparent()
    assert anchor is not None
    _put_below(anchor)
    for extent in [*anchor.iter(f"{{{WP}}}extent"), *anchor.iter(f"{{{A}}}ext")]:
        if extent.get("cx") is not None:
            extent.set("cx", width)
    return []


def _put_below(anchor: Element) -> None:
    """Let a rule line stand below the last line of its paragraph.

    LibreOffice, when it saves a .docx, writes the offset from a line upside down and anchors the drawing to the first.
    """
    for position in anchor.findall(f"{{{WP}}}positionV"):
        offset = position.find(f"{{{WP}}}posOffset")
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
    """A paragraph's text as the parts of a list in template code; None where it holds more than values."""
    if "{%" in text:
        return None
    pieces = []
    while text:
        before, opener, rest = text.partition("{{")
        if before:
            pieces.append(repr(before))
        code, _closer, text = rest.partition("}}")
        if opener:
            code = code.removeprefix("r ").strip(" -").translate(_SMART_QUOTES)
            pieces.append(f"({code})")
    return pieces


def drop_fallback(properties: Element) -> None:
    """The older drawing that Word keeps beside a shape can't follow the text; the shape alone is sound."""
    drawing = next(properties.iterancestors(w("drawing")))
    alternatives = next(drawing.iterancestors(f"{{{MC}}}AlternateContent"), None)
    if alternatives is not None and (parent := alternatives.getparent()) is not None:
        parent.replace(alternatives, drawing)
