"""Sums of groups and plans in whole đồng, and the parts that units have of them; a sum is computed, never typed."""

from collections.abc import Iterator
from decimal import Decimal

from docgen.model.plan.organisation import Organisation
from docgen.model.plan.plan import Appendix, MoneyUnit, Plan
from docgen.model.plan.responsible import UnitNames, members_of
from docgen.model.plan.task import Group, Task
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


def printed_group_sum(group: Group, unit: MoneyUnit) -> int | None:
    """What a document prints for a group, in đồng: the sum, or the stated total that the plan stands by."""
    if group.stated_total is not None and group.accept_total is not None:
        return in_dong(group.stated_total, unit)
    return group_sum(group, unit)


def printed_plan_sum(plan: Plan) -> int | None:
    """What a document prints, and reads in words, for the plan, in đồng: the sum, or the total it stands by."""
    if plan.stated_total is not None and plan.accept_total is not None:
        return in_dong(plan.stated_total, plan.money_unit)
    return plan_sum(plan)


def with_groups(plan: Plan) -> Iterator[tuple[int, Appendix]]:
    """The appendices that are tables of tasks, each with its place among all."""
    return ((index, appendix) for index, appendix in enumerate(plan.appendices) if appendix.groups)


def printed_appendix_sum(plan: Plan, appendix: Appendix) -> int | None:
    """What a document prints for one of the plan's tables, in đồng: the plan's total where there is no other table."""
    alone = sum(1 for _found in with_groups(plan)) == 1
    return printed_plan_sum(plan) if alone else appendix_sum(appendix, plan.money_unit)


def in_money_unit(dong: int, unit: MoneyUnit) -> Decimal:
    """An amount of whole đồng in the plan's money unit, exact."""
    sign, digits, exponent = Decimal(dong).as_tuple()
    assert isinstance(exponent, int)  # an int is never NaN
    zeros = len(str(MONEY_UNITS[unit])) - 1
    # Decimal's own division rounds to 28 digits; format_amount and == don't care about trailing zeros.
    return Decimal((sign, digits, exponent - zeros))


def _total(sums: list[int | None]) -> int | None:
    known = [amount for amount in sums if amount is not None]
    return sum(known) if known else None


def leads_of(task: Task, names: UnitNames) -> tuple[str, ...]:
    """The codes of the single units that lead a task, groups taken apart, in the order of the text."""
    return tuple(unit.code for unit in members_of(names.organisation, names.resolve(task.lead_units).units))


def shares_of(task: Task, names: UnitNames) -> dict[str, Decimal]:
    """The part of a task's money that each unit has, in the plan's money unit."""
    if task.budget is None:
        return {}
    if task.allocations:
        shares: dict[str, Decimal] = {}
        for part in task.allocations:
            shares[part.unit] = shares.get(part.unit, Decimal(0)) + part.budget
        return shares
    named = names.resolve(task.lead_units).units
    if named and not _is_group(names.organisation, named[0]):
        return {named[0]: task.budget}
    return {}


def unallocated(plan: Plan) -> Decimal:
    """The money of a plan's tasks that no unit has, in the plan's money unit."""
    names = UnitNames(plan.organisation)
    rest = Decimal(0)
    for _path, task in plan.tasks():
        rest += (task.budget or Decimal(0)) - sum(shares_of(task, names).values(), Decimal(0))
    return rest


def _is_group(organisation: Organisation, code: str) -> bool:
    unit = organisation.by_code.get(code)
    return unit is not None and unit.is_group
