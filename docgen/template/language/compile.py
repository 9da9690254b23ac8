"""A .docx template in, a :class:`Program` out; everything that can be known before the first render is checked here."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError
from jinja2.exceptions import TemplateAssertionError

from docgen.base.declare import Contract
from docgen.base.locale import translate as _
from docgen.errors import Place, Problem, Severity, TemplateError
from docgen.template.language.environment import Bounded, Environment, PropertyEnvironment
from docgen.template.language.inspect import Inspection
from docgen.template.language.places import part_name
from docgen.template.language.program import CompiledPart, Program
from docgen.template.language.properties import prepare_properties
from docgen.template.language.source import read_content, template_entries
from docgen.template.language.translated import CORE, Kept, Translated


def compile_template(
    path: Path,
    contract: Mapping[str, Contract] | None = None,
    *,
    shown: str = "",
    filters: Mapping[str, Callable[..., Any]] | None = None,
    kept: Kept | None = None,
) -> Program:
    """Compile a template against the contract of its kind; ``shown`` is how messages name the file.

    Without a contract a template may name any field. ``filters`` are further filters by name: the caller's own code,
    which runs outside of the sandbox; what it returns is escaped like any value. ``kept`` are the translations of
    earlier times, and takes this one.
    Raises TemplateError with every problem of every part, each with part, paragraph or table cell.
    """
    shown = shown or path.name
    content = read_content(path, shown)
    digest = hashlib.sha256(content).hexdigest()
    entries = prepare_properties(template_entries(content, shown), shown)
    environment = Environment(filters)
    problems: list[Problem] = []
    translation = kept.find(digest, shown) if kept is not None else None
    if translation is None:
        from docgen.template.language.translation import (
            translate_template,  # and docxtpl, which a kept one does without
        )

        translation, problems = translate_template(entries, shown, environment)
        if kept is not None and not problems:
            kept.keep(digest, translation)
    inspection = Inspection(contract, environment)
    programs = {
        one.part: _program_of(
            one, PropertyEnvironment(filters) if one.part == CORE else environment, inspection, problems
        )
        for one in translation.parts
    }
    problems += inspection.problems
    if problems:
        raise TemplateError(problems)
    slots = [programs.get(entry.name) or (translation.core if entry.name == CORE else entry) for entry in entries]
    warnings = tuple(replace(problem, severity=Severity.WARNING, place=Place(shown)) for problem in inspection.unused())
    return Program(shown, digest, tuple(slots), inspection.tracked, inspection.lines, warnings, path, filters)


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
        from docgen.template.lint.balance import syntax_problem  # for the one that is wrong

        problems.append(syntax_problem(translated.text, error.lineno, translated.places))
        return None
    except (SyntaxError, RecursionError, MemoryError):
        message = _("mẫu lồng quá nhiều khối hoặc quá nhiều dấu ngoặc")
        place = Place(translated.places.file, part=part_name(translated.part))
        problems.append(Problem("template.too-deep", message, _("bớt số tầng lồng nhau"), place))
        return None
    return CompiledPart(translated, template)
