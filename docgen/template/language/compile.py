"""Compiles .docx templates into :class:`Program` objects, and sentences with tags into :class:`Sentence` objects.

Everything that can be checked before the first render is checked here.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Template, TemplateSyntaxError
from jinja2.exceptions import TemplateAssertionError

from docgen.base.declare import Contract
from docgen.base.locale import translate as _
from docgen.errors import Place, Problem, Severity, TemplateError
from docgen.template.language.balance import check_balance, syntax_problem, too_deep_problem
from docgen.template.language.environment import Bounded, Environment, PlainEnvironment, PropertyEnvironment
from docgen.template.language.inspect import Inspection
from docgen.template.language.kept import CORE, Translated, Translations
from docgen.template.language.places import LinePlaces, part_name
from docgen.template.language.program import RUNTIME_FAULTS, CompiledPart, Program
from docgen.template.language.source import prepare_properties, read_content, template_entries
from docgen.template.language.values import RUN, Run


def compile_template(
    path: Path,
    contract: Mapping[str, Contract] | None = None,
    *,
    shown: str = "",
    filters: Mapping[str, Callable[..., Any]] | None = None,
    kept: Translations | None = None,
) -> Program:
    """Compile a template against the contract of its kind; ``shown`` is the file's name in messages.

    Without a contract a template may use any field names. ``filters`` are further filters by name: the caller's own
    code, which runs outside of the sandbox; their results are escaped like any value. ``kept`` caches translations.
    Raises TemplateError with all problems of all parts, each with part, paragraph or table cell.
    """
    shown = shown or path.name
    content = read_content(path, shown)
    digest = hashlib.sha256(content).hexdigest()
    entries = prepare_properties(template_entries(content, shown), shown)
    environment = Environment(filters)
    problems: list[Problem] = []
    translation = kept.find(digest, shown) if kept is not None else None
    if translation is None:
        from docgen.template.language.translate import (
            translate_template,  # imports docxtpl, which a cached translation doesn't need
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
        problems.append(syntax_problem(translated.text, error.lineno, translated.places))
        return None
    except (SyntaxError, RecursionError, MemoryError):
        problems.append(too_deep_problem(Place(translated.places.file, part=part_name(translated.part))))
        return None
    return CompiledPart(translated, template)


@dataclass(frozen=True)
class Sentence:
    """A compiled sentence; ``template`` is its text if it has no tag."""

    place: Place
    template: Template | str

    def say(self, context: Mapping[str, Any]) -> str:
        """Render the sentence. Raises TemplateError if a field is missing or an expression can't be computed."""
        if isinstance(self.template, str):
            return self.template
        run = Run()
        token = RUN.set(run)
        try:
            text = self.template.render(context)
        except RUNTIME_FAULTS:
            message = _("không tính được câu này")
            raise TemplateError(
                Problem("sentence.expression", message, _("kiểm tra các thẻ trong câu"), self.place)
            ) from None
        finally:
            RUN.reset(token)
        if run.missing:
            message = _("câu dùng trường không có: {names}").format(names=", ".join(run.missing))
            raise TemplateError(Problem("sentence.missing-field", message, _("sửa tên trường trong câu"), self.place))
        return " ".join(text.split())


def compile_sentence(text: str, contract: Mapping[str, Contract], place: Place) -> Sentence:
    """Compile one sentence; ``place`` is where it was typed.

    Raises TemplateError with all its unknown fields, unclosed blocks or syntax errors.
    """
    environment = PlainEnvironment()
    one_line = " ".join(text.split())
    if "{" not in one_line and "}" not in one_line:
        return Sentence(place, one_line)
    places = LinePlaces(str(place), "", ("",))
    problems = check_balance(one_line, environment, places)
    if not problems:
        inspection = Inspection(contract, environment)
        try:
            tree = environment.parse(one_line)
            inspection.inspect(tree, places)
            problems = inspection.problems
            if not problems:
                return Sentence(place, environment.from_string(Bounded().visit(tree)))
        except TemplateSyntaxError as error:
            problems = [syntax_problem(one_line, error.lineno, places)]
    raise TemplateError([problem.at(place) for problem in problems])
