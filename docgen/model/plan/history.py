"""A plan as it stood on a given day: later decisions add, withdraw and amend tasks, the original is never lost."""

from datetime import date

from docgen.base.declare import declarations
from docgen.model.plan.plan import Plan
from docgen.model.plan.task import NewValues, Task


def as_of(plan: Plan, day: date | None) -> Plan:
    """The plan as it read at the end of ``day``; None means as it was first issued."""
    appendices = tuple(
        appendix.replaced(
            {
                "groups": tuple(
                    group.replaced({"tasks": tuple(_standing(group.tasks, day))}) for group in appendix.groups
                )
            }
        )
        for appendix in plan.appendices
    )
    return plan.replaced({"appendices": appendices})


def _standing(tasks: tuple[Task, ...], day: date | None) -> list[Task]:
    return [standing for task in tasks if (standing := _task_as_of(task, day)) is not None]


def _task_as_of(task: Task, day: date | None) -> Task | None:
    """The task with every change up to the day made; None where it isn't yet, or no longer, in the plan."""
    in_force = not any(change.type == "them" for change in task.changes)
    updates: dict[str, object] = {}
    for change in sorted(task.changes, key=lambda change: change.on):
        if day is None or change.on > day:
            break
        if change.type == "them":
            in_force = True
        elif change.type == "bo":
            in_force = False
        if change.values is not None:
            updates.update(_given(change.values))
    return task.replaced(updates) if in_force else None


def _given(values: NewValues) -> dict[str, object]:
    """What a change gives, by field name; an amount and the words for it, a deadline and its last day go together."""
    given = {
        declared.name: value
        for declared in declarations(NewValues).values()
        if (value := getattr(values, declared.name)) not in (None, ())
    }
    if "budget" in given:
        given.setdefault("budget_words", None)
    elif "budget_words" in given:
        given.setdefault("budget", None)
    if "deadline" in given:
        given.setdefault("last_day", None)  # the old last day was that of the old deadline
    return given
