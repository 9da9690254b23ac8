"""A .docx template in, a :class:`Program` out; everything that can be known before the first render is checked here."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError
from jinja2.exceptions import TemplateAssertionError
from lxml import etree
from markupsafe import escape

from docgen.declare import Contract
from docgen.errors import Place, Problem, Severity, TemplateError
from docgen.locale import translate as _
from docgen.package import Entry
from docgen.template.added import NUMBERING
from docgen.template.balance import check_balance, syntax_problem
from docgen.template.environment import Bounded, Environment
from docgen.template.inspect import Inspection
from docgen.template.numbering import Lists
from docgen.template.places import LinePlaces, literal, part_name, plain_tags, tag_spans, text_of_part
from docgen.template.program import DATE_STAND_IN, CompiledPart, Program
from docgen.template.properties import prepare_properties
from docgen.template.source import holds_text, parse_part, read_template
from docgen.template.styles import STYLES, Styles, read_styles
from docgen.template.translate import Translated, translate_part

_CORE = "docProps/core.xml"
#: The properties that docxtpl renders: author, comments, identifier, language, subject, title.
_TAGGED_PROPERTIES = frozenset(("creator", "description", "identifier", "language", "subject", "title"))


def compile_template(
    path: Path,
    contract: Mapping[str, Contract] | None = None,
    *,
    shown: str = "",
    filters: Mapping[str, Callable[..., Any]] | None = None,
) -> Program:
    """Compile a template against the contract of its kind; ``shown`` is how messages name the file.

    Without a contract a template may name any field. ``filters`` are further filters by name: the caller's own code,
    which runs outside of the sandbox; what it returns is escaped like any value.
    Raises TemplateError with every problem of every part, each with part, paragraph or table cell.
    """
    shown = shown or path.name
    entries = prepare_properties(read_template(path, shown), shown)
    styles = _styles(entries, shown)
    lists = _lists(entries, shown)
    environment = Environment(filters)
    inspection = Inspection(contract, environment)
    problems: list[Problem] = []
    slots: list[Entry | CompiledPart | str] = []
    for entry in entries:
        if entry.name == _CORE:
            slots.append(_core_properties(entry, shown, environment, inspection, problems))
        elif not holds_text(entry.name):
            slots.append(entry)
        else:
            slots.append(_compile_part(entry, shown, (styles, lists), environment, inspection, problems))
    problems += inspection.problems
    if problems:
        raise TemplateError(problems)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    warnings = tuple(replace(problem, severity=Severity.WARNING, place=Place(shown)) for problem in inspection.unused())
    return Program(shown, digest, tuple(slots), inspection.tracked, inspection.lines, warnings, path, filters)


def _compile_part(
    entry: Entry,
    shown: str,
    looks: tuple[Styles, Lists],
    environment: Environment,
    inspection: Inspection,
    problems: list[Problem],
) -> Entry | CompiledPart:
    """A part's program; where it can't have one, its problems are added and the part stays as it is."""
    root = parse_part(entry, shown)
    if not set("{}") & set(text_of_part(root)) and b"vach:" not in entry.content and b":docPr" not in entry.content:
        return entry
    translated, found = translate_part(root, shown, entry.name, *looks)
    problems += found
    if found:
        return entry
    faults = check_balance(translated.text, environment, translated.places)
    if faults:
        problems += faults
        return entry
    return _program_of(translated, environment, inspection, problems) or entry


def _program_of(
    translated: Translated, environment: Environment, inspection: Inspection, problems: list[Problem]
) -> CompiledPart | None:
    try:
        tree = environment.parse(translated.text)
        before = len(inspection.problems)
        inspection.inspect(tree, translated.places)
        if len(inspection.problems) > before:
            return None
        template = environment.from_string(Bounded().visit(tree))
    except (TemplateSyntaxError, TemplateAssertionError) as error:
        problems.append(syntax_problem(translated.text, error.lineno, translated.places))
        return None
    except (SyntaxError, RecursionError, MemoryError):
        message = _("mẫu lồng quá nhiều khối hoặc quá nhiều dấu ngoặc")
        place = Place(translated.places.file, part=part_name(translated.part))
        problems.append(Problem("template.too-deep", message, _("bớt số tầng lồng nhau"), place))
        return None
    return CompiledPart(translated.part, template, translated.places, translated.placeholders, translated.varying_grid)


def _styles(entries: list[Entry], shown: str) -> Styles:
    found = next((entry for entry in entries if entry.name == STYLES), None)
    return read_styles(parse_part(found, shown) if found is not None else None)


def _lists(entries: list[Entry], shown: str) -> Lists:
    found = next((entry for entry in entries if entry.name == NUMBERING), None)
    return Lists(parse_part(found, shown) if found is not None else None)


def _core_properties(
    entry: Entry, shown: str, environment: Environment, inspection: Inspection, problems: list[Problem]
) -> str | CompiledPart:
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
        return etree.tostring(root, encoding="unicode")
    texts: dict[str, str] = {}
    for number, element in enumerate(root):
        if element.text and "{" in element.text:
            key, rendered = f"docgen-{number}-", etree.QName(element).localname in _TAGGED_PROPERTIES
            texts[key] = _escaped_around(plain_tags(element.text)) if rendered else literal(str(escape(element.text)))
            element.text = key
    text = etree.tostring(root, encoding="unicode").replace("\n", "")
    for key, code in texts.items():
        text = text.replace(key, code)
    places = LinePlaces(shown, _("thuộc tính tệp"), ("",))
    faults = check_balance(text, environment, places)
    problems += faults
    translated = Translated(_CORE, text, places)
    return (None if faults else _program_of(translated, environment, inspection, problems)) or text


def _escaped_around(text: str) -> str:
    """A text as XML, but for its tags."""
    parts, end = [], 0
    for start, stop in tag_spans(text):
        parts += [escape(text[end:start]), text[start:stop]]
        end = stop
    return "".join([*parts, escape(text[end:])])
