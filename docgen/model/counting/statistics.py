"""Statistics of the appendix: flows summed over windows and units, stocks over units, percentages from two of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from docgen.model.counting.entries import Entry, Selection, latest, one_each, select
from docgen.model.counting.states import percent
from docgen.model.counting.units import Units
from docgen.model.progress.progress import StatisticResult
from docgen.model.progress.statistics import CrossCheck, Statistic, StatisticsForm

StatisticEntry = Entry[StatisticResult]


@dataclass(frozen=True)
class StatisticAnswer:
    """One unit's figure; ``said_on`` is the last day that it is of."""

    unit: str
    value: Decimal
    said_on: date


@dataclass(frozen=True)
class StatisticCount:
    """One row. ``value`` is None where nobody answered, a denominator is 0, or units gave different codes.

    ``answers`` are empty for percentages and for what is computed from the plan.
    """

    statistic: Statistic
    value: Decimal | None
    answers: tuple[StatisticAnswer, ...]


@dataclass(frozen=True)
class CheckCount:
    """A cross-check with its two sums; ``holds`` is None where some figure isn't known."""

    check: CrossCheck
    left: Decimal | None
    right: Decimal | None
    holds: bool | None


@dataclass(frozen=True)
class StatisticsCount:
    """The appendix: the rows that hold in the window, the cross-checks, and how flows were selected."""

    form: StatisticsForm | None
    rows: tuple[StatisticCount, ...]
    checks: tuple[CheckCount, ...]
    flows: tuple[Selection[StatisticResult], ...]

    def value(self, code: str) -> Decimal | None:
        """The figure of a row by code."""
        return next((row.value for row in self.rows if row.statistic.code == code), None)


def count_statistics(
    form: StatisticsForm | None,
    pool: Iterable[StatisticEntry],
    computed: dict[str, int],
    units: Units,
    window: tuple[date, date],
    day: date,
) -> StatisticsCount:
    """The appendix over a window; ``computed`` are the figures taken from the plan's own tasks."""
    if form is None:
        return StatisticsCount(None, (), (), ())
    by_code: dict[str, list[StatisticEntry]] = {}
    for entry in pool:
        by_code.setdefault(entry.record.statistic, []).append(entry)
    rows: dict[str, StatisticCount] = {}
    flows: list[Selection[StatisticResult]] = []
    in_force = form.in_force(*window)
    for one in in_force:
        if one.computed is not None:
            value = Decimal(computed[one.computed]) if one.computed in computed else None
            rows[one.code] = StatisticCount(one, value, ())
        elif one.adding != "ty_le":
            rows[one.code], selected = _summed(one, by_code.get(one.code, []), units, window, day)
            flows += selected
    for one in in_force:
        if one.adding == "ty_le":
            top, bottom = (rows[code].value if code in rows else None for code in (one.numerator, one.denominator))
            rows[one.code] = StatisticCount(one, percent(top, bottom), ())
    values = {code: row.value for code, row in rows.items()}
    checks = tuple(_check(check, values) for check in form.checks if {*check.left, *check.right} <= set(values))
    return StatisticsCount(form, tuple(rows[one.code] for one in in_force), checks, tuple(flows))


def _summed(
    one: Statistic, pool: list[StatisticEntry], units: Units, window: tuple[date, date], day: date
) -> tuple[StatisticCount, list[Selection[StatisticResult]]]:
    """A flow or a stock over all units; of each unit written for, its own records."""
    if not pool:
        return StatisticCount(one, None, ()), []
    flow = one.adding == "dong"
    pools: dict[str, list[StatisticEntry]] = {}
    for entry in pool:
        pools.setdefault(entry.unit if flow else units.counted(entry.unit, day), []).append(entry)
    flows = [select(pools[unit], *window) for unit in sorted(pools)] if flow else []
    counted = [entry for selected in flows for entry in selected.counted]
    if not flow:
        counted = [entry for unit in sorted(pools) for entry in one_each(latest(pools[unit], window[1]))]
    found: dict[str, tuple[Decimal, date]] = {}
    for entry in counted:
        unit = units.counted(entry.unit, day)
        before, said_on = found.get(unit, (Decimal(0), entry.end))
        found[unit] = (before + entry.record.value, max(said_on, entry.end))
    answers = tuple(
        StatisticAnswer(unit, *found[unit]) for unit in sorted(found, key=lambda code: (units.order(code), code))
    )
    return StatisticCount(one, _together(one, [answer.value for answer in answers]), answers), flows


def _together(one: Statistic, values: list[Decimal]) -> Decimal | None:
    if not values:
        return None
    if one.coded:  # a code isn't a quantity
        return values[0] if len(set(values)) == 1 else None
    return sum(values, Decimal(0))


def _check(check: CrossCheck, values: dict[str, Decimal | None]) -> CheckCount:
    left, right = ([values[code] for code in side] for side in (check.left, check.right))
    known = [[value for value in side if value is not None] for side in (left, right)]
    if len(known[0]) < len(left) or len(known[1]) < len(right):
        return CheckCount(check, None, None, None)
    sums = [sum(side, Decimal(0)) for side in known]
    holds = sums[0] == sums[1] if check.relation == "bang" else sums[0] <= sums[1]
    return CheckCount(check, sums[0], sums[1], holds)
