"""Translates a template's parts into Jinja source, with the place of each line, and reports what is wrong.

The template language is docxtpl's, and docxtpl translates it. What docxtpl does after each render is prepared here.
"""

from collections.abc import Iterator
from dataclasses import replace

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError
from lxml import etree
from markupsafe import escape

from docgen.base.locale import translate as _
from docgen.base.ooxml import Entry
from docgen.base.wordprocessing import Element, w
from docgen.errors import Place, Problem
from docgen.template.language.balance import check_balance
from docgen.template.language.environment import Environment
from docgen.template.language.kept import CORE, Translated, Translation
from docgen.template.language.places import (
    At,
    LinePlaces,
    ParagraphNames,
    join_split_tags,
    literal,
    mark_lines,
    part_name,
    plain_tags,
    split_tags,
    tag_spans,
    text_of_part,
)
from docgen.template.language.program import DATE_STAND_IN
from docgen.template.language.source import holds_text, parse_part
from docgen.template.language.structure import links_of
from docgen.template.language.styles import STYLES, Styles, read_styles
from docgen.template.language.values import NEW_LINE
from docgen.template.tags.additions import NUMBERING
from docgen.template.tags.blocks import prepare_breaks, prepare_paragraphs, prepare_rows
from docgen.template.tags.drawings import prepare_drawings, prepare_pictures
from docgen.template.tags.finish import changes_grids
from docgen.template.tags.marks import Preparation, check_tags
from docgen.template.tags.merges import prepare_merges, prepare_spans
from docgen.template.tags.numbering import Lists, NumberingStep
from docgen.template.tags.sections import keep_breaks, prepare_sections

_BODY = "word/document"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
#: Tags whose value replaces the element around them.
_ELEMENT_TAGS = ("{{r ", "{{p ", "{{tr ", "{{tc ")
#: docxtpl's notation of literal braces.
_LITERAL_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}


def translate_part(
    root: Element, file: str, part: str, styles: Styles, lists: Lists | None = None
) -> tuple[Translated, list[Problem]]:
    """Translate a part, and return what a maintainer must mend; ``root`` is changed.

    ``lists`` are the document's; None if they don't matter, as when only its fields are read.
    """
    join_split_tags(root)
    names = ParagraphNames(root)

    def place(element: Element) -> Place:
        paragraph = element if element.tag == w("p") else next(element.iterancestors(w("p")), None)
        where = f", {names.name(paragraph)}" if paragraph is not None else ""
        return Place(file, part=part_name(part) + where)

    preparation = Preparation(place)
    problems = _prepare_own_tags(root, preparation)
    problems += NumberingStep(styles, lists, preparation).prepare(root)
    problems += check_tags(root, place)
    links, unplaced = prepare_pictures(root, part, preparation)
    problems += [*unplaced, *_tags_in_attributes(root, place)]
    problems += prepare_drawings(root, styles, preparation)
    prepare_sections(root, preparation)
    places = mark_lines(root, file, part)
    preparation.finish()
    typed = text_of_part(root)
    varying, rich = part.startswith(_BODY) and changes_grids(typed), any(tag in typed for tag in _ELEMENT_TAGS)
    xml = DocxTemplate("").patch_xml(etree.tostring(root, encoding="unicode"))
    text = _HEAD + preparation.put_back(_literal_braces(xml))
    return Translated(part, text, places, tuple(links), varying, rich), problems


def _prepare_own_tags(root: Element, preparation: Preparation) -> list[Problem]:
    """Prepare docgen's own tags, in the order in which their code nests, from outside in."""
    keep_breaks(root, preparation)
    problems = [*prepare_breaks(root, preparation)]
    prepare_rows(root, preparation)
    problems += prepare_spans(root, preparation)
    problems += prepare_merges(root, preparation)
    prepare_paragraphs(root, preparation)
    return problems


def _tags_in_attributes(root: Element, place: At) -> Iterator[Problem]:
    """Report tags in attributes, such as an alternative text, as they would be printed into the markup."""
    for element in root.iter(etree.Element):
        for text in element.attrib.values():
            if "{{" in text or "{%" in text:
                message = _("thẻ {tag} nằm trong thuộc tính, không phải trong văn bản").format(tag=text[:60])
                hint = _("chuyển thẻ ra đoạn văn; văn bản thay thế của hình không nhận thẻ")
                yield Problem("template.attribute", message, hint, place(element))


def _literal_braces(xml: str) -> str:
    for written, meant in _LITERAL_BRACES.items():
        xml = xml.replace(written, "{{ '" + meant + "' }}")
    return xml


#: The properties that docxtpl renders: author, comments, identifier, language, subject, title.
_TAGGED_PROPERTIES = frozenset(("creator", "description", "identifier", "language", "subject", "title"))


def translate_template(entries: list[Entry], shown: str, environment: Environment) -> tuple[Translation, list[Problem]]:
    """Translate every part that may have tags; parts with problems are left out.

    ``shown`` is the file's name in messages; of ``environment`` only the grammar matters. Raises TemplateError for a
    part that can't be parsed.
    """
    looks = read_styles(_root(entries, STYLES, shown)), Lists(_root(entries, NUMBERING, shown))
    parts: list[Translated] = []
    core = ""
    problems: list[Problem] = []
    for entry in entries:
        if entry.name == CORE:
            core, translated, faults = _core_properties(entry, shown, environment)
        elif holds_text(entry.name):
            translated, faults = _translated(entry, shown, looks, environment)
        else:
            continue
        problems += faults
        if translated is not None and not faults:
            parts.append(translated)
    return Translation(tuple(parts), core), problems


def _translated(
    entry: Entry, shown: str, looks: tuple[Styles, Lists], environment: Environment
) -> tuple[Translated | None, list[Problem]]:
    root = parse_part(entry, shown)
    if not any(mark in entry.content for mark in (b"{", b"}", b"vach:", b":docPr")):
        return None, []  # the whole part is searched, as a tag may be in a field's code or a formula too
    translated, found = translate_part(root, shown, entry.name, *looks)
    problems = found or check_balance(translated.text, environment, translated.places)
    if problems:
        return None, problems
    return replace(translated, links=_links(translated.text, environment)), []


def _links(text: str, environment: Environment) -> frozenset[str] | None:
    try:
        return links_of(environment.parse(text))
    except (TemplateSyntaxError, RecursionError):
        return None  # compiling reports it


def _root(entries: list[Entry], name: str, shown: str) -> Element | None:
    found = next((entry for entry in entries if entry.name == name), None)
    return parse_part(found, shown) if found is not None else None


def _core_properties(
    entry: Entry, shown: str, environment: Environment
) -> tuple[str, Translated | None, list[Problem]]:
    """The core properties with placeholders for their dates, and their translation if their texts have tags."""
    root = parse_part(entry, shown)
    tagged = False
    for element in root:
        name = etree.QName(element).localname
        if name in ("created", "modified"):
            element.text = DATE_STAND_IN
        elif name in _TAGGED_PROPERTIES and tag_spans(element.text or ""):
            tagged = True
    if not tagged:
        return etree.tostring(root, encoding="unicode"), None, []
    texts: dict[str, str] = {}
    for number, element in enumerate(root):
        if element.text and "{" in element.text:
            key = f"docgen-{number}-"
            if etree.QName(element).localname in _TAGGED_PROPERTIES:
                pieces = split_tags(plain_tags(element.text))
                texts[key] = "".join(f"{escape(before)}{tag}" for before, tag in pieces)
            else:
                texts[key] = literal(str(escape(element.text)))
            element.text = key
    text = etree.tostring(root, encoding="unicode").replace("\n", "")
    for key, code in texts.items():
        text = text.replace(key, code.replace("\n", NEW_LINE))
    places = LinePlaces(shown, _("thuộc tính tệp"), ("",))
    return text, Translated(CORE, text, places), check_balance(text, environment, places)
