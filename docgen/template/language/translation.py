"""A template's parts in, each part's Jinja source out with the place of each of its lines; what is wrong beside it.

What comes out depends on the template's bytes alone, so it can be kept (:class:`Kept`) and taken up by a later command,
which then needs neither docxtpl nor the steps of this package that prepare a part for it.
"""

from dataclasses import replace

from jinja2 import TemplateSyntaxError
from lxml import etree
from markupsafe import escape

from docgen.base.locale import translate as _
from docgen.base.ooxml import Entry
from docgen.errors import Problem
from docgen.template.language.environment import Environment
from docgen.template.language.places import LinePlaces, literal, plain_tags, tag_spans
from docgen.template.language.program import DATE_STAND_IN
from docgen.template.language.source import holds_text, parse_part
from docgen.template.language.structure import links_of
from docgen.template.language.styles import STYLES, Styles, read_styles
from docgen.template.language.translate import translate_part
from docgen.template.language.translated import CORE, Translated, Translation
from docgen.template.language.values import NEW_LINE
from docgen.template.lint.balance import check_balance
from docgen.template.tags.added import NUMBERING
from docgen.template.tags.numbering import Lists

#: The properties that docxtpl renders: author, comments, identifier, language, subject, title.
_TAGGED_PROPERTIES = frozenset(("creator", "description", "identifier", "language", "subject", "title"))


def translate_template(entries: list[Entry], shown: str, environment: Environment) -> tuple[Translation, list[Problem]]:
    """Translate every part that may hold tags; a part that has problems is left out. Raises TemplateError.

    ``shown`` is how messages name the file; of ``environment`` only the grammar matters.
    """
    styles, lists = _styles(entries, shown), _lists(entries, shown)
    parts: list[Translated] = []
    core = ""
    problems: list[Problem] = []
    for entry in entries:
        if entry.name == CORE:
            core, translated, faults = _core_properties(entry, shown, environment)
        elif holds_text(entry.name):
            translated, faults = _translated(entry, shown, (styles, lists), environment)
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
        return None, []  # a tag may stand anywhere, in a field's code or a formula too
    translated, found = translate_part(root, shown, entry.name, *looks)
    problems = found or check_balance(translated.text, environment, translated.places)
    if problems:
        return None, problems
    return replace(translated, links=_links(translated.text, environment)), []


def _links(text: str, environment: Environment) -> frozenset[str] | None:
    try:
        return links_of(environment.parse(text))
    except (TemplateSyntaxError, RecursionError):
        return None  # compiling it tells


def _styles(entries: list[Entry], shown: str) -> Styles:
    found = next((entry for entry in entries if entry.name == STYLES), None)
    return read_styles(parse_part(found, shown) if found is not None else None)


def _lists(entries: list[Entry], shown: str) -> Lists:
    found = next((entry for entry in entries if entry.name == NUMBERING), None)
    return Lists(parse_part(found, shown) if found is not None else None)


def _core_properties(
    entry: Entry, shown: str, environment: Environment
) -> tuple[str, Translated | None, list[Problem]]:
    """The core properties with a stand-in for the dates, which are the document's own; their texts may hold tags."""
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
            key, rendered = f"docgen-{number}-", etree.QName(element).localname in _TAGGED_PROPERTIES
            texts[key] = _escaped_around(plain_tags(element.text)) if rendered else literal(str(escape(element.text)))
            element.text = key
    text = etree.tostring(root, encoding="unicode").replace("\n", "")
    for key, code in texts.items():
        text = text.replace(key, code.replace("\n", NEW_LINE))
    places = LinePlaces(shown, _("thuộc tính tệp"), ("",))
    return text, Translated(CORE, text, places), check_balance(text, environment, places)


def _escaped_around(text: str) -> str:
    """A text as XML, but for its tags."""
    parts, end = [], 0
    for start, stop in tag_spans(text):
        parts += [escape(text[end:start]), text[start:stop]]
        end = stop
    return "".join([*parts, escape(text[end:])])
