"""Problems of a unit's form in, the same in the order and the words of the form out: its headings, never a key."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from docgen.base.declare import declarations, records_of
from docgen.errors import Place, Problem, Severity
from docgen.model.plan.plan import Plan
from docgen.model.progress.progress import ProgressFile
from docgen.readers.excel.progress_form import SHEETS

#: A key, with the quotation marks around it, which its heading gets anyway.
_KEY = re.compile(r"“[a-z]+(?:_[a-z]+)+”|\b[a-z]+(?:_[a-z]+)+\b")


def in_form_words(problem: Problem) -> Problem:
    """A problem of a cell with the headings of columns in place of keys, which no form shows."""
    if problem.place.sheet is None:
        return problem
    message, hint = (_KEY.sub(lambda found: _heading(found.group()), text) for text in (problem.message, problem.hint))
    return replace(problem, message=message, hint=hint)


def _heading(key: str) -> str:
    label = _labels().get(key.strip("“”"))
    return f"“{label}”" if label is not None else key


def told(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems in the words of the form, each once: errors first, then as they stand in the workbook."""
    yield from sorted(dict.fromkeys(map(in_form_words, problems)), key=_order)


def _order(problem: Problem) -> tuple[int, int, int, str]:
    place: Place = problem.place
    sheets = list(SHEETS.values())
    sheet = sheets.index(place.sheet) if place.sheet in sheets else -1
    row = int("".join(filter(str.isdigit, place.cell or "")) or "0")
    return list(Severity).index(problem.severity), sheet, row, place.cell or ""


@cache
def _labels() -> Mapping[str, str]:
    """The headings of fields, and the labels of choices, by key; those of progress go before the plan's."""
    records = [record for root in (Plan, ProgressFile) for record in records_of(root)]
    known = [declared for record in records for declared in declarations(record).values()]
    choices = {key: label for declared in known for key, label in declared.choices.items()}
    return choices | {declared.key: declared.label for declared in known}
