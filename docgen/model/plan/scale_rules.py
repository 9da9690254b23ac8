"""A rule over the budgets of all tasks, which finds one that is typed in a smaller unit than the plan's."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from docgen.base.locale import translate as _
from docgen.errors import Path, Severity
from docgen.model.plan.plan import MoneyUnit, Plan
from docgen.model.problems import Problems, problem
from docgen.wording.numbers import format_amount
from docgen.wording.words import MONEY_UNITS

#: Budgets are asked about that are more than so many times as much as all the others, at least half and so many.
_FAR, _ENOUGH = 100, 2
#: In the smaller unit it must be within so many times the least and the greatest of those.
_NEAR = 10


def check_scale(plan: Plan) -> Problems:
    """Warn of 5.000.000 triệu đồng among tasks of 5 to 200: far above the others, and like them as đồng."""
    said = list(_budgets(plan))
    usual = _usual(sorted(amount for _path, amount in said))
    for path, amount in said:
        if not usual or amount <= usual[-1]:
            continue
        smaller = _likely_unit(amount, plan.money_unit, usual[0] / _NEAR, usual[-1] * _NEAR)
        if smaller is not None:
            shown, meant = format_amount(amount), format_amount(_in(plan.money_unit, amount, smaller))
            message = _("kinh phí {amount} {unit} lớn hơn {times} lần các nhiệm vụ khác")
            hint = _("là {amount} {smaller} thì ghi {meant}; đúng là {unit} thì không cần sửa")
            message = message.format(amount=shown, unit=plan.money_unit, times=_FAR)
            hint = hint.format(amount=shown, smaller=smaller, meant=meant, unit=plan.money_unit)
            yield problem("task.scale", path, message, hint, Severity.WARNING)


def _usual(amounts: Sequence[Decimal]) -> Sequence[Decimal]:
    """Those of the amounts, in order, that are far below all the others; empty where no such step is among them."""
    least = max(_ENOUGH, (len(amounts) + 1) // 2)
    steps = (at for at in range(least, len(amounts)) if amounts[at] > amounts[at - 1] * _FAR)
    return amounts[: next(steps, 0)]


def _budgets(plan: Plan) -> Iterator[tuple[Path, Decimal]]:
    """The budgets of tasks, first and by later decisions, that are more than nothing."""
    for path, task in plan.tasks():
        if task.budget is not None and task.budget > 0:
            yield (*path, "kinh_phi"), task.budget
        for index, change in enumerate(task.changes):
            if change.values is not None and change.values.budget is not None and change.values.budget > 0:
                yield (*path, "thay_doi", index, "gia_tri", "kinh_phi"), change.values.budget


def _likely_unit(amount: Decimal, plan_unit: MoneyUnit, least: Decimal, most: Decimal) -> str | None:
    """The smaller unit in which an amount is between two amounts in the plan's unit, None where there is none."""
    smaller = [unit for unit, scale in MONEY_UNITS.items() if scale < MONEY_UNITS[plan_unit]]
    return next((unit for unit in smaller if least <= _in(plan_unit, amount, unit) <= most), None)


def _in(plan_unit: MoneyUnit, amount: Decimal, unit: str) -> Decimal:
    """An amount of ``unit`` in the plan's unit."""
    return amount * MONEY_UNITS[unit] / MONEY_UNITS[plan_unit]
