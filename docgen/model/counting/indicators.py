"""Indicators: target and actual, met or not; an office's percent is the sum of numerators by that of denominators."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from docgen.errors import Path
from docgen.model.counting.entries import Entry, latest, one_each
from docgen.model.counting.states import tenths
from docgen.model.counting.units import Units
from docgen.model.plan.plan import Indicator
from docgen.model.progress.progress import IndicatorResult


@dataclass(frozen=True)
class IndicatorAnswer:
    """What one unit says of an indicator as at ``said_on``; ``value`` is typed, or its own ratio with one decimal."""

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
    which are only listed (``listed``). ``met`` compares the exact value; None where there is none to compare.
    """

    indicator: Indicator
    path: Path
    answers: tuple[IndicatorAnswer, ...]
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    met: bool | None
    listed: bool


def count_indicator(
    indicator: Indicator, path: Path, pool: Iterable[Entry[IndicatorResult]], units: Units, end: date, day: date
) -> IndicatorCount:
    """One indicator from all records of it: of each unit the latest not after ``end``."""
    by_unit: dict[str, list[Entry[IndicatorResult]]] = {}
    for entry in pool:
        by_unit.setdefault(units.counted(entry.unit, day), []).append(entry)
    answers = tuple(
        _answer(unit, entry)
        for unit in sorted(by_unit, key=lambda code: (units.order(code), code))
        for entry in one_each(latest(by_unit[unit], end))
    )
    if indicator.qualitative:
        said = [answer.met for answer in answers if answer.met is not None]
        met = all(said) if said else None
        return IndicatorCount(indicator, path, answers, None, None, None, met, listed=False)
    ratios = [(one.numerator, one.denominator) for one in answers]
    if answers and all(top is not None and bottom is not None for top, bottom in ratios):
        top = sum((top for top, _bottom in ratios if top is not None), Decimal(0))
        bottom = sum((bottom for _top, bottom in ratios if bottom is not None), Decimal(0))
        exact = Fraction(top) / Fraction(bottom) * 100 if bottom else None
        value = tenths(exact) if exact is not None else None
        return IndicatorCount(indicator, path, answers, value, top, bottom, is_met(indicator, exact), listed=False)
    if len(answers) == 1 and answers[0].value is not None:
        value = answers[0].value
        return IndicatorCount(
            indicator, path, answers, value, None, None, is_met(indicator, Fraction(value)), listed=False
        )
    return IndicatorCount(indicator, path, answers, None, None, None, None, listed=len(answers) > 1)


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


def _answer(unit: str, entry: Entry[IndicatorResult]) -> IndicatorAnswer:
    record = entry.record
    value = record.value
    if value is None and record.numerator is not None and record.denominator:
        value = tenths(Fraction(record.numerator) / Fraction(record.denominator) * 100)
    return IndicatorAnswer(unit, entry.end, value, record.numerator, record.denominator, record.met, record.source)
