"""Who reported, when, and who has not; and what each unit wrote on each field of work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from docgen.model.counting.entries import Entries, Entry, select
from docgen.model.counting.tasks import answering
from docgen.model.counting.units import Units
from docgen.model.periods.period import Period, parse_period
from docgen.model.plan.plan import Plan
from docgen.model.progress.progress import UnitText


@dataclass(frozen=True)
class Answer:
    """Whether a unit answered for the window's last days.

    ``on`` is the day that ``tra_loi`` gives, None where the unit's figures came without one. ``late`` compares it
    with the scheme's due date, None where either isn't known. ``earlier`` are the periods inside the window, ending
    before it, that the unit answered, each with its day; ``sent`` are the codes of all that it answered.
    """

    unit: str
    name: str
    answered: bool
    on: date | None
    late: bool | None
    earlier: tuple[tuple[str, date | None], ...]
    sent: tuple[str, ...]


@dataclass(frozen=True)
class Narrative:
    """What one unit wrote on a field of work, paragraph by paragraph; ``period`` is the code of the file."""

    field_of_work: str
    unit: str
    period: str
    start: date
    end: date
    text: tuple[str, ...]


def expected_units(plan: Plan, units: Units, day: date) -> tuple[str, ...]:
    """Who must answer: whoever leads a task, has a share of its money, or is responsible for an indicator."""
    codes = [code for _path, task in plan.tasks() for code in answering(units, task, day)]
    codes += [indicator.unit for indicator in plan.indicators if indicator.unit is not None]
    return tuple(sorted(units.members(codes, day), key=units.order))


def count_answers(
    expected: Iterable[str], found: Entries, units: Units, window: tuple[date, date], due: date | None, day: date
) -> tuple[Answer, ...]:
    """One answer for each expected unit, in their order."""
    stated: dict[tuple[str, str], date | None] = {}
    ends: dict[str, date] = {}
    records: list[Entry[Any]] = [*found.tasks, *found.indicators, *found.statistics, *found.texts]
    for entry in records:
        if entry.inside(*window):
            stated.setdefault((units.counted(entry.unit, day), entry.period), None)
            ends[entry.period] = max(entry.end, ends.get(entry.period, entry.end))
    for answer in found.answers:
        if answer.inside(*window):
            key = (units.counted(answer.unit, day), answer.period)
            stated[key] = max(filter(None, (stated.get(key), answer.record.on)))
            ends[answer.period] = max(answer.end, ends.get(answer.period, answer.end))
    return tuple(_answer(unit, units, stated, ends, window[1], due) for unit in expected)


def _answer(
    unit: str,
    units: Units,
    stated: dict[tuple[str, str], date | None],
    ends: dict[str, date],
    end: date,
    due: date | None,
) -> Answer:
    own = {period: on for (code, period), on in stated.items() if code == unit}
    final = [on for period, on in own.items() if ends[period] == end]
    on = max((day for day in final if day is not None), default=None)
    late = on > due if on is not None and due is not None else None
    earlier = tuple(sorted((period, day) for period, day in own.items() if ends[period] < end))
    return Answer(unit, units.name(unit), bool(final), on, late, earlier, tuple(sorted(own)))


def quarters_sent(answers: Iterable[Answer], period: Period) -> tuple[tuple[Period, int], ...]:
    """Of each quarter of a period, how many units answered for it: in its file, a wider one, or its last month's."""
    told = [[parse_period(code) for code in answer.sent] for answer in answers]
    numbers = range((period.first_month + 2) // 3, period.last_month // 3 + 1)
    quarters = [Period(period.year, "quarter", number) for number in numbers]
    return tuple((one, sum(any(_reaches(sent, one) for sent in own) for own in told)) for one in quarters)


def _reaches(sent: Period, quarter: Period) -> bool:
    """Whether what was sent for a period holds the last figures of a quarter."""
    (first, last), (start, end) = sent.calendar_days, quarter.calendar_days
    return (first <= start or sent.type == "month") and last >= end


def narratives(
    pool: Iterable[Entry[UnitText]], units: Units, window: tuple[date, date], day: date
) -> tuple[Narrative, ...]:
    """The texts of a window by code of the field of work, then unit, then day; of a unit's, the widest only."""
    pools: dict[tuple[str, str], list[Entry[UnitText]]] = {}
    for entry in pool:
        pools.setdefault((entry.record.field_of_work, entry.unit), []).append(entry)
    return tuple(
        Narrative(field, units.counted(unit, day), entry.period, entry.start, entry.end, entry.record.text)
        for field, unit in sorted(pools, key=lambda key: (key[0], units.order(key[1]), key[1]))
        for entry in select(pools[field, unit], *window).counted
    )
