"""Passes over a rendered part: breaks and marked hyphens in values become elements, varying tables get a grid."""

from collections.abc import Iterator

from lxml import etree

from docgen.base.locale import translate as _
from docgen.base.ooxml import parse_xml
from docgen.base.wordprocessing import W
from docgen.errors import Problem, TemplateError
from docgen.template.language.places import LinePlaces
from docgen.wording.typography import NO_BREAK_HYPHEN

BREAKS = ("\t", "\a", "\f")
_OPEN, _CLOSE = '<w:t xml:space="preserve">', "</w:t></w:r>"
_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_HYPHEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'


def resolve_breaks(xml: str) -> str:
    """Turn the break characters in the texts of a rendered part into Word's elements."""
    parts, end = [], 0
    for at in _positions(xml):
        run = _properties(xml, at, "w:r", "w:rPr")
        paragraph = _properties(xml, at, "w:p", "w:pPr")
        parts += [xml[end:at], _made(xml[at], run, paragraph)]
        end = at + 1
    return "".join([*parts, xml[end:]])


def write_hyphens(xml: str) -> str:
    """Turn marked hyphens into Word's element in a w:t, and into plain ones anywhere else, as in an attribute.

    A part whose values all stand in a w:t stays sound: the text is closed and opened again in the same run.
    """
    *pieces, rest = xml.split(NO_BREAK_HYPHEN)
    parts, in_text = [], False
    for piece in pieces:
        tag = piece.rfind("<")
        if tag >= 0:
            in_text = piece.startswith(("<w:t>", "<w:t "), tag) and piece.find(">", tag) >= 0
        parts += [piece, _HYPHEN if in_text else "-"]
    return "".join([*parts, rest])


def _positions(xml: str) -> list[int]:
    """The positions of break characters in texts; elsewhere they are white space of the template's XML."""
    found = sorted(at for letter in BREAKS for at in _all(xml, letter))
    return [at for at in found if xml.startswith(("<w:t>", "<w:t "), xml.rfind("<", 0, at))]


def _all(xml: str, letter: str) -> Iterator[int]:
    at = xml.find(letter)
    while at >= 0:
        yield at
        at = xml.find(letter, at + 1)


def _made(letter: str, run: str, paragraph: str) -> str:
    if letter == "\t":
        return f"{_CLOSE}<w:r>{run}<w:tab/></w:r><w:r>{run}{_OPEN}"
    between = _PAGE if letter == "\f" else ""
    return f"{_CLOSE}</w:p>{between}<w:p>{paragraph}<w:r>{run}{_OPEN}"


def _properties(xml: str, at: int, owner: str, name: str) -> str:
    """The XML of the properties of the run or paragraph around a position; empty if it has none."""
    start = max(xml.rfind(f"<{owner}>", 0, at), xml.rfind(f"<{owner} ", 0, at))
    inside = xml.index(">", start) + 1
    if not xml.startswith((f"<{name}>", f"<{name} "), inside):
        return ""
    close, end = f"</{name}>", inside
    while True:  # properties with tracked changes contain the previous properties
        end = xml.index(close, end) + len(close)
        within = xml[inside:end]
        if within.count(f"<{name}>") + within.count(f"<{name} ") == within.count(close):
            return within


def check_elements(content: bytes, places: LinePlaces) -> None:
    """Check a rendered part in which values have written elements.

    Raises TemplateError if a break is in a link, a content control or a tracked change, if text is outside of any run,
    which Word drops silently, or if a run is inside of a text.
    """
    try:
        root = parse_xml(content)
    except etree.XMLSyntaxError:
        message = _("giá trị có dấu ngắt đoạn hoặc ngắt trang (\\a, \\f) nằm trong liên kết hay ô nội dung")
        hint = _("bỏ dấu ngắt trong dữ liệu, hoặc đưa thẻ ra đoạn văn thường")
        raise TemplateError(Problem("template.break", message, hint, places.at(1))) from None
    found = _LOOSE(root)
    loose = [text for one in found if (text := str(one).strip())] if isinstance(found, list) else []
    if loose:
        message = _("thẻ {tag} in ra chữ “{text}” ở ngoài mọi đoạn chữ; Word sẽ bỏ mất")
        message = message.format(tag="{{r … }}", text=loose[0][:40])
        hint = _("văn bản thường thì dùng {{ … }}; {{r … }} chỉ dành cho RichText")
        raise TemplateError(Problem("template.loose-text", message, hint, places.at(1)))
    if _RUN_IN_TEXT(root):
        message, hint = _("RichText được in bằng {{ … }}"), _("dùng {{r … }} cho RichText")
        raise TemplateError(Problem("template.run-in-text", message, hint, places.at(1)))


_LOOSE = etree.XPath(
    "//w:body/text()|//w:p/text()|//w:r/text()|//w:tbl/text()|//w:tr/text()|//w:tc/text()|//w:hyperlink/text()",
    namespaces={"w": W[1:-1]},
    smart_strings=False,
)
_RUN_IN_TEXT = etree.XPath("boolean(//w:t/*)", namespaces={"w": W[1:-1]})


#: Tags that change the number of cells of a row.
_CHANGING = ("{%tc ", "{{tc ", "{% colspan", "{%colspan", "{% hm", "{%hm")


def changes_grids(xml: str) -> bool:
    """Whether the tags of a part can change the number of columns of a table."""
    return any(tag in xml for tag in _CHANGING)


def fit_grids(xml: str) -> str:
    """Fit the grid of each table of a rendered part to its rows; a part that isn't well-formed stays unchanged."""
    try:
        parse_xml(xml.encode())  # docxtpl would repair broken XML silently
    except etree.XMLSyntaxError:
        return xml  # the check before writing reports what is wrong with it
    from docxtpl import DocxTemplate  # slow to import, and only such templates need it

    tree = DocxTemplate("").fix_tables(xml.encode())
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + etree.tostring(tree, encoding="unicode")
