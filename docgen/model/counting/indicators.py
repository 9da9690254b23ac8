"""Indicators: target and actual, met or not; an office's percent is the sum of numerators by that of denominators."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from docgen.errors import Path
from docgen.model.counting.entries import Entry, latest, one_each
from docgen.model.counting.states import tenths
from docgen.model.counting.units import Units
from docgen.model.plan.plan import Indicator
from docgen.model.progress.progress import IndicatorResult


class Verdict(StrEnum):
    """What is said of an indicator at the cut-off. A target of the plan's year can't be missed before the year ends."""

    MET = "dat"
    NOT_MET = "chua_dat"
    NOT_DUE = "chua_den_han"
    NO_DATA = "chua_co_so_lieu"

    @property
    def label(self) -> str:
        """What a table calls it."""
        return VERDICT_NAMES[self.value]


#: How documents name the verdicts, by key.
VERDICT_NAMES: Mapping[str, str] = {
    "dat": "Đạt",
    "chua_dat": "Chưa đạt",
    "chua_den_han": "Chưa đến hạn đánh giá",
    "chua_co_so_lieu": "Chưa có số liệu",
}


def verdict_of(met: bool | None, due: bool) -> Verdict:
    """The verdict on a target that is met or not (None: nothing to compare) and that is due, or not yet."""
    if met is None:
        return Verdict.NO_DATA
    if met:
        return Verdict.MET
    return Verdict.NOT_MET if due else Verdict.NOT_DUE


@dataclass(frozen=True)
class IndicatorAnswer:
    """What one unit says of an indicator as at ``said_on``.

    ``value`` is typed, or its own ratio with one decimal. ``met`` is what it says of a qualitative indicator, else
    whether its exact value reaches the target; None where there is nothing to compare.
    """

    unit: str
    said_on: date
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    met: bool | None
    source: str | None


@dataclass(frozen=True)
class IndicatorCount:
    """An indicator at the cut-off.

    ``value`` is one unit's own figure, or Σ ``numerator`` / Σ ``denominator`` in percent with one decimal where every
    answer has both; None where nothing is known, nothing arose (denominator 0), or several units gave bare figures,
    which are listed (``listed``). ``met`` compares the exact value; a listed indicator is met when all units that have
    a figure meet it. None where there is none to compare. ``due`` is whether the plan's year ends with the period.
    """

    indicator: Indicator
    path: Path
    answers: tuple[IndicatorAnswer, ...]
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    met: bool | None
    listed: bool
    due: bool

    @property
    def verdict(self) -> Verdict:
        """What is said of it."""
        return verdict_of(self.met, self.due)


def count_indicator(
    indicator: Indicator,
    path: Path,
    pool: Iterable[Entry[IndicatorResult]],
    units: Units,
    end: date,
    day: date,
    *,
    due: bool,
) -> IndicatorCount:
    """One indicator from all records of it: of each unit the latest not after ``end``."""
    by_unit: dict[str, list[Entry[IndicatorResult]]] = {}
    for entry in pool:
        by_unit.setdefault(units.counted(entry.unit, day), []).append(entry)
    answers = tuple(
        _answer(unit, entry, indicator)
        for unit in sorted(by_unit, key=lambda code: (units.order(code), code))
        for entry in one_each(latest(by_unit[unit], end))
    )
    said = [answer.met for answer in answers if answer.met is not None]
    together = all(said) if said else None
    count = IndicatorCount(indicator, path, answers, None, None, None, together, listed=False, due=due)
    if indicator.qualitative or not answers:
        return count
    if all(one.numerator is not None and one.denominator is not None for one in answers):
        top = sum((one.numerator for one in answers if one.numerator is not None), Decimal(0))
        bottom = sum((one.denominator for one in answers if one.denominator is not None), Decimal(0))
        exact = Fraction(top) / Fraction(bottom) * 100 if bottom else None
        value = tenths(exact) if exact is not None else None
        return replace(count, value=value, numerator=top, denominator=bottom, met=is_met(indicator, exact))
    return replace(count, value=answers[0].value) if len(answers) == 1 else replace(count, listed=True)


def is_met(indicator: Indicator, value: Fraction | None) -> bool | None:
    """Whether an exact value reaches the target; None where there is no value or no target."""
    if value is None or indicator.target is None:
        return None
    target = Fraction(indicator.target)
    match indicator.operator:
        case "toi_thieu":
            return value >= target
        case "toi_da":
            return value <= target
        case "khoang":
            return indicator.target_to is not None and target <= value <= Fraction(indicator.target_to)
        case _:
            return value == target


def _answer(unit: str, entry: Entry[IndicatorResult], indicator: Indicator) -> IndicatorAnswer:
    record = entry.record
    value, exact = record.value, Fraction(record.value) if record.value is not None else None
    if value is None and record.numerator is not None and record.denominator:
        exact = Fraction(record.numerator) / Fraction(record.denominator) * 100
        value = tenths(exact)
    met = record.met if indicator.qualitative else is_met(indicator, exact)
    return IndicatorAnswer(unit, entry.end, value, record.numerator, record.denominator, met, record.source)
