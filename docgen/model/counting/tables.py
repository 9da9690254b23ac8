"""Tables of tasks and money: by group, by field of work, by unit; in each, the rows sum to the total."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from docgen.model.counting.states import States, percent
from docgen.model.counting.tasks import Money, TaskCount
from docgen.model.counting.units import Units
from docgen.model.plan.plan import Plan
from docgen.model.plan.task import Group
from docgen.wording.words import in_dong


@dataclass(frozen=True)
class Row:
    """One row: tasks by state, and money in đồng. ``co_led`` are codes of tasks led with others, not added here."""

    code: str
    name: str
    states: States
    money: Money
    co_led: tuple[str, ...] = ()

    @property
    def disbursed_percent(self) -> Decimal | None:
        """Disbursed in the window of the budget, one decimal; None where either isn't known."""
        return percent(self.money.disbursed, self.money.budget)

    @property
    def cumulative_percent(self) -> Decimal | None:
        """Disbursed from the start of the budget, one decimal; None where either isn't known."""
        return percent(self.money.cumulative, self.money.budget)


@dataclass(frozen=True)
class UnitTable:
    """Units in the order of don-vi.yaml; ``common`` is the row "nhiệm vụ chung"; units + common = total."""

    units: tuple[Row, ...]
    common: Row
    total: Row


def total_row(plan: Plan, tasks: Sequence[TaskCount]) -> Row:
    """The whole: every task, and the money of groups that have an amount of their own."""
    own = (group_money(group, plan) for _path, group in plan.groups())
    return _row("", "", tasks, sum(own, Money()))


def by_group(plan: Plan, tasks: Sequence[TaskCount]) -> tuple[Row, ...]:
    """A row for each group of the plan, in its order."""
    return tuple(
        _row(group.code, group.title, [one for one in tasks if one.group.code == group.code], group_money(group, plan))
        for _path, group in plan.groups()
    )


def by_field(plan: Plan, tasks: Sequence[TaskCount]) -> tuple[Row, ...]:
    """A row for each field of work that a group has, in the order of the list; the last, without code, for the rest."""
    named = {work.code: work.name for work in plan.fields_of_work.fields} if plan.fields_of_work else {}
    groups: dict[str, list[Group]] = {code: [] for code in named}
    for _path, group in plan.groups():
        groups.setdefault(group.field_of_work or "", []).append(group)
    rows = []
    for code, members in sorted(groups.items(), key=lambda item: item[0] == ""):
        if members:
            codes = {group.code for group in members}
            money = sum((group_money(group, plan) for group in members), Money())
            rows.append(_row(code, named.get(code, ""), [one for one in tasks if one.group.code in codes], money))
    return tuple(rows)


def by_unit(plan: Plan, tasks: Sequence[TaskCount], units: Units, day_leads: dict[str, tuple[str, ...]]) -> UnitTable:
    """A row for each unit that leads a task, or has a share of one's money.

    A task counts for its first-named lead; ``day_leads`` are the leads of each task under their successors.
    """
    owned: dict[str | None, list[TaskCount]] = {}
    money: dict[str | None, Money] = {}
    co_led: dict[str, list[str]] = {}
    for one in tasks:
        owned.setdefault(one.owner, []).append(one)
        for unit, part in one.money_of:
            money[unit] = money.get(unit, Money()) + part
        for unit in day_leads[one.task.code]:
            if unit != one.owner and not units.is_group(unit):
                co_led.setdefault(unit, []).append(one.task.code)
    present = {unit for unit in (*owned, *money, *co_led) if unit is not None}
    rows = tuple(
        _row(unit, units.name(unit), owned.get(unit, ()), money.get(unit, Money()), co_led.get(unit, ()), split=True)
        for unit in sorted(present, key=lambda code: (units.order(code), code))
    )
    own = sum((group_money(group, plan) for _path, group in plan.groups()), Money())
    common = _row("", "", owned.get(None, ()), money.get(None, Money()) + own, split=True)
    return UnitTable(rows, common, total_row(plan, tasks))


def group_money(group: Group, plan: Plan) -> Money:
    """The amount that a group has of its own, where no task of it has any; else nothing."""
    if group.budget is None or any(task.budget is not None for task in group.tasks):
        return Money()
    return Money(budget=in_dong(group.budget, plan.money_unit))


def _row(
    code: str,
    name: str,
    tasks: Iterable[TaskCount],
    money: Money,
    co_led: Iterable[str] = (),
    *,
    split: bool = False,
) -> Row:
    """A row; ``money`` is beside that of the tasks, or where it was ``split`` already, all there is."""
    counted = list(tasks)
    if not split:
        money = sum((one.money for one in counted), money)
    states = States.of((one.state for one in counted), sum(one.silent_past for one in counted))
    return Row(code, name, states, money, tuple(co_led))
