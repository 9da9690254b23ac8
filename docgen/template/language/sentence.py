"""Sentences with tags in, functions that finish them out; the same sandbox and contract as for Word templates.

For texts that an office edits as data: an outline's opening, a report's one sentence for each case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Template, TemplateSyntaxError

from docgen.base.declare import Contract
from docgen.base.locale import translate as _
from docgen.errors import Place, Problem, TemplateError
from docgen.template.language.environment import Bounded, PlainEnvironment
from docgen.template.language.inspect import Inspection
from docgen.template.language.places import LinePlaces
from docgen.template.language.program import RUNTIME_FAULTS
from docgen.template.language.run import RUN, Run
from docgen.template.lint.balance import check_balance, syntax_problem


@dataclass(frozen=True)
class Sentence:
    """A compiled sentence; ``template`` is its text itself where it holds no tag."""

    place: Place
    template: Template | str

    def say(self, context: Mapping[str, Any]) -> str:
        """The finished text. Raises TemplateError where a field is missing or an expression can't be computed."""
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

    Raises TemplateError with every unknown field, unclosed block or fault of syntax in it.
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
