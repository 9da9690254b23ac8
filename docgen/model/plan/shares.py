"""Who has which part of a plan's tasks and money.

A task's money goes by its ``phan_bo``; without one, to its first-named lead where that is a single unit. Whatever
neither names is not allocated, so that the shares of all units and the rest always make the plan's sum.
"""

from decimal import Decimal

from docgen.model.plan.organisation import Organisation
from docgen.model.plan.plan import Plan
from docgen.model.plan.responsible import UnitNames, members_of
from docgen.model.plan.task import Task


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
