"""Sums of groups and plans, in whole đồng; a sum is computed, never typed."""

from decimal import Decimal

from docgen.model.plan import Appendix, MoneyUnit, Plan
from docgen.model.task import Group
from docgen.wording.words import MONEY_UNITS, in_dong


def group_sum(group: Group, unit: MoneyUnit) -> int | None:
    """A group's money in đồng: that of its tasks, else its own; None where nothing states an amount."""
    amounts = [task.budget for task in group.tasks if task.budget is not None]
    if not amounts and group.budget is not None:
        amounts = [group.budget]
    return sum(in_dong(amount, unit) for amount in amounts) if amounts else None


def appendix_sum(appendix: Appendix, unit: MoneyUnit) -> int | None:
    """The money of an appendix's groups in đồng; None where no group has any."""
    return _total([group_sum(group, unit) for group in appendix.groups])


def plan_sum(plan: Plan) -> int | None:
    """The plan's money in đồng; None where no amount is stated anywhere."""
    return _total([appendix_sum(appendix, plan.money_unit) for appendix in plan.appendices])


def in_money_unit(dong: int, unit: MoneyUnit) -> Decimal:
    """An amount of whole đồng in the plan's money unit, exact."""
    return Decimal(dong) / MONEY_UNITS[unit]


def _total(sums: list[int | None]) -> int | None:
    known = [amount for amount in sums if amount is not None]
    return sum(known) if known else None
