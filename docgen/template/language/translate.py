"""One part of a template in, its text as a Jinja template out, with the place of each of its lines.

The template language is docxtpl's, and docxtpl translates it; what docxtpl mends after each render is prepared here.
"""

from collections.abc import Callable, Iterator

from docxtpl import DocxTemplate
from lxml import etree

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem
from docgen.template.language.places import ParagraphNames, join_split_tags, mark_lines, part_name, text_of_part
from docgen.template.language.styles import Styles
from docgen.template.language.translated import Translated
from docgen.template.language.xml import Element, w
from docgen.template.tags.blocks import prepare_paragraphs, prepare_rows
from docgen.template.tags.breaks import prepare_breaks
from docgen.template.tags.drawings import prepare_drawings
from docgen.template.tags.grids import changes_grids
from docgen.template.tags.marks import Pending
from docgen.template.tags.merges import prepare_merges
from docgen.template.tags.numbering import Lists, NumberingStep
from docgen.template.tags.pictures import prepare_pictures
from docgen.template.tags.sections import keep_breaks, prepare_sections
from docgen.template.tags.spans import prepare_spans
from docgen.template.tags.tags import check_tags

_BODY = "word/document"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
#: Tags whose value takes the place of the element that they stand in.
_ELEMENT_TAGS = ("{{r ", "{{p ", "{{tr ", "{{tc ")
#: How docxtpl's users write literal braces.
_LITERAL_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}


def translate_part(
    root: Element, file: str, part: str, styles: Styles, lists: Lists | None = None
) -> tuple[Translated, list[Problem]]:
    """Translate a part; ``root`` is changed. What a maintainer must mend is returned beside it.

    ``lists`` are the document's, None where they don't matter, as for a look at its fields.
    """
    splices = _Splices()
    join_split_tags(root)

    names = ParagraphNames(root)

    def place(element: Element) -> Place:
        paragraph = element if element.tag == w("p") else next(element.iterancestors(w("p")), None)
        where = f", {names.name(paragraph)}" if paragraph is not None else ""
        return Place(file, part=part_name(part) + where)

    pending = Pending(splices.element)
    problems = _prepare_own_tags(root, splices, pending, place)
    problems += NumberingStep(styles, lists, splices.attribute, place).prepare(root, pending)
    problems += check_tags(root, place)
    links, unplaced = prepare_pictures(root, part, splices.attribute, pending, place)
    problems += [*unplaced, *_tags_in_attributes(root, place)]
    problems += prepare_drawings(root, styles, splices.attribute, place)
    prepare_sections(root, splices.element)
    places = mark_lines(root, file, part)
    pending.apply()
    said = text_of_part(root)
    varying, rich = part.startswith(_BODY) and changes_grids(said), any(tag in said for tag in _ELEMENT_TAGS)
    xml = DocxTemplate("").patch_xml(etree.tostring(root, encoding="unicode"))
    text = _HEAD + splices.put_back(_literal_braces(xml))
    return Translated(part, text, places, tuple(links), varying, rich), problems


def _prepare_own_tags(
    root: Element, splices: "_Splices", pending: Pending, place: Callable[[Element], Place]
) -> list[Problem]:
    """docgen's own tags; the order is that in which their code nests, from outside in."""
    keep_breaks(root, pending)
    problems = [*prepare_breaks(root, splices.attribute, place)]
    prepare_rows(root, pending)
    problems += prepare_spans(root, pending, place)
    problems += prepare_merges(root, splices.attribute, pending, place)
    prepare_paragraphs(root, pending)
    return problems


def _tags_in_attributes(root: Element, place: Callable[[Element], Place]) -> Iterator[Problem]:
    """Tags where Word shows no text, such as an alternative text: they would be printed into the file's markup."""
    for element in root.iter(etree.Element):
        for text in element.attrib.values():
            if "{{" in text or "{%" in text:
                message = _("thẻ {tag} nằm trong thuộc tính, không phải trong văn bản").format(tag=text[:60])
                hint = _("chuyển thẻ ra đoạn văn; văn bản thay thế của hình không nhận thẻ")
                yield Problem("template.attribute", message, hint, place(element))


class _Splices:
    """Template code that goes where docxtpl must not touch it: attributes, and between elements."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def attribute(self, code: str) -> str:
        """A stand-in for an attribute's value."""
        name = f"docgen-{len(self._codes)}-"
        self._codes[name] = code
        return name

    def element(self, code: str) -> str:
        """The name of an empty element that stands for code between elements."""
        name = f"docgen-{len(self._codes)}-"
        self._codes[f"<{name}/>"] = code
        return name

    def put_back(self, text: str) -> str:
        """The text with every stand-in replaced by its code."""
        for stand_in, code in self._codes.items():
            text = text.replace(stand_in, code)
        return text


def _literal_braces(xml: str) -> str:
    for written, meant in _LITERAL_BRACES.items():
        xml = xml.replace(written, "{{ '" + meant + "' }}")
    return xml
