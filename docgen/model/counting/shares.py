"""Percentages with one decimal: single ones rounded half up, those of a whole by largest remainders."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

_TENTHS_OF_ALL = 1000


def percent(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """``part`` of ``whole`` in percent, one decimal, half up; None where either is unknown or the whole is 0."""
    if part is None or not whole:
        return None
    return tenths(Fraction(part) / Fraction(whole) * 100)


def tenths(value: Fraction) -> Decimal:
    """An exact value with one decimal, half up (away from zero)."""
    doubled = abs(value) * 20
    rounded = int((doubled + 1) // 2)
    return Decimal(-rounded if value < 0 else rounded).scaleb(-1, Context(prec=200))


def shares(counts: Sequence[int]) -> tuple[Decimal, ...] | None:
    """The percentages of counts, one decimal each, that make exactly 100; None where there is nothing to share.

    What rounding down leaves goes to the largest remainders, of equal ones to the first.
    """
    total = sum(counts)
    if not total:
        return None
    whole = [count * _TENTHS_OF_ALL // total for count in counts]
    rest = [count * _TENTHS_OF_ALL % total for count in counts]
    neediest = sorted(range(len(counts)), key=lambda index: (-rest[index], index))
    for index in neediest[: _TENTHS_OF_ALL - sum(whole)]:
        whole[index] += 1
    return tuple(Decimal(tenth).scaleb(-1) for tenth in whole)


def rounded(value: Decimal, decimals: int = 1) -> Decimal:
    """``value`` with so many decimals, half up."""
    context = Context(prec=max(value.adjusted(), 0) + decimals + 2)
    return value.quantize(Decimal((0, (1,), -decimals)), rounding=ROUND_HALF_UP, context=context)
