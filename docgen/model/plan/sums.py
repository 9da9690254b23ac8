"""Sums of groups, appendices and plans in whole đồng, and the shares that units have of them."""

from decimal import Decimal

from docgen.model.plan.plan import Appendix, MoneyUnit, Plan
from docgen.model.plan.responsible import UnitNames, members_of
from docgen.model.plan.task import Group, Task
from docgen.wording.words import MONEY_UNITS, in_dong


def group_sum(group: Group, unit: MoneyUnit) -> int | None:
    """The money of a group in đồng: the sum of its tasks, else its own budget; None if no amount is stated."""
    amounts = [task.budget for task in group.tasks if task.budget is not None]
    if not amounts and group.budget is not None:
        amounts = [group.budget]
    return sum(in_dong(amount, unit) for amount in amounts) if amounts else None


def appendix_sum(appendix: Appendix, unit: MoneyUnit) -> int | None:
    """The money of an appendix's groups in đồng; None if no amount is stated."""
    return _total([group_sum(group, unit) for group in appendix.groups])


def plan_sum(plan: Plan) -> int | None:
    """The money of a plan in đồng; None if no amount is stated."""
    return _total([appendix_sum(appendix, plan.money_unit) for appendix in plan.appendices])


def printed_group_sum(group: Group, unit: MoneyUnit) -> int | None:
    """The money printed for a group, in đồng: its stated total if accepted (``chap_nhan_tong``), else its sum."""
    if group.stated_total is not None and group.accept_total is not None:
        return in_dong(group.stated_total, unit)
    return group_sum(group, unit)


def printed_plan_sum(plan: Plan) -> int | None:
    """The money printed for a plan, in đồng: its stated total if accepted (``chap_nhan_tong``), else its sum."""
    if plan.stated_total is not None and plan.accept_total is not None:
        return in_dong(plan.stated_total, plan.money_unit)
    return plan_sum(plan)


def with_groups(plan: Plan) -> list[tuple[int, Appendix]]:
    """The appendices that are tables of tasks, each with its index among all appendices."""
    return [(index, appendix) for index, appendix in enumerate(plan.appendices) if appendix.groups]


def printed_appendix_sum(plan: Plan, appendix: Appendix) -> int | None:
    """The money printed for an appendix, in đồng: the plan's if it is the only table of tasks, else its sum."""
    alone = len(with_groups(plan)) == 1
    return printed_plan_sum(plan) if alone else appendix_sum(appendix, plan.money_unit)


def in_money_unit(dong: int, unit: MoneyUnit) -> Decimal:
    """An amount of whole đồng in a money unit, exact."""
    sign, digits, exponent = Decimal(dong).as_tuple()
    assert isinstance(exponent, int)  # an int is never NaN
    zeros = len(str(MONEY_UNITS[unit])) - 1
    # Decimal's own division rounds to 28 digits; format_amount and == don't care about trailing zeros.
    return Decimal((sign, digits, exponent - zeros))


def _total(sums: list[int | None]) -> int | None:
    known = [amount for amount in sums if amount is not None]
    return sum(known) if known else None


def leads_of(task: Task, names: UnitNames) -> tuple[str, ...]:
    """The codes of the units that lead a task, with groups replaced by their members, in the order of the text."""
    return tuple(unit.code for unit in members_of(names.organisation, names.resolve(task.lead_units).units))


def shares_of(task: Task, names: UnitNames) -> dict[str, Decimal]:
    """Each unit's share of a task's budget by code, in the plan's money unit.

    Without allocations the unit that is named first has all of it, unless that is a group.
    """
    if task.budget is None:
        return {}
    if task.allocations:
        shares: dict[str, Decimal] = {}
        for part in task.allocations:
            shares[part.unit] = shares.get(part.unit, Decimal(0)) + part.budget
        return shares
    named = names.resolve(task.lead_units).units
    if named and not names.organisation.by_code[named[0]].is_group:
        return {named[0]: task.budget}
    return {}
