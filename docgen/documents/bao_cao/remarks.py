"""Which of the units' texts a report prints: the latest, and earlier ones only where they say something else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from docgen.model.counting.report import Report
from docgen.model.counting.tasks import Said, TaskCount
from docgen.wording.text import fold


@dataclass(frozen=True)
class Remark:
    """One text of a unit; ``period`` is the code of the period that it was written for, "" where it is the latest."""

    unit: str
    period: str
    text: str


def remarks_on(one: TaskCount, what: Callable[[Said], tuple[str, ...]]) -> list[Remark]:
    """What units say of a task in one of its fields, unit by unit, in the order of days.

    A text is an earlier one where the unit wrote another later, or said later how far the task is.
    """
    found: list[Remark] = []
    for unit in dict.fromkeys(said.unit for said in one.said):
        own = [said for said in one.said if said.unit == unit and what(said)]
        days = [said.end for said in own]
        heard = one.heard_last(unit)
        last = max([*days, *([heard] if heard is not None else [])], default=date.min)
        found += _latest(unit, [(said.period, said.end, what(said)) for said in own], last)
    return found


def narrated(report: Report, field_of_work: str | None) -> list[Remark]:
    """What units wrote on a field of work; a text is an earlier one where it isn't of the report's last days."""
    own = [one for one in report.narratives if one.field_of_work == field_of_work]
    found: list[Remark] = []
    for unit in dict.fromkeys(one.unit for one in own):
        told = [(one.period, one.end, one.text) for one in own if one.unit == unit]
        found += _latest(unit, told, report.window.end)
    return found


def _latest(unit: str, told: Iterable[tuple[str, date, tuple[str, ...]]], last: date) -> list[Remark]:
    """The texts in the order of days, each marked with its period where it is older than ``last``.

    One that a later text repeats, alone or within it, is left out.
    """
    lines = [(period if end < last else "", text) for period, end, texts in told for text in texts]
    folded = [fold(text).rstrip(" .;") for _period, text in lines]
    return [
        Remark(unit, period, text)
        for at, (period, text) in enumerate(lines)
        if not any(folded[at] in later for later in folded[at + 1 :])
    ]
