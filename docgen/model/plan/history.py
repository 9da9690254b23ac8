"""Plans as of a day, with the changes that later decisions made; number and date of the main document."""

from dataclasses import replace
from datetime import date
from typing import Any

from docgen.base.declare import PartialDate, declarations
from docgen.base.locale import translate as _
from docgen.errors import Path
from docgen.model.plan.frame import Frame
from docgen.model.plan.plan import Plan
from docgen.model.plan.task import NewValues, Task
from docgen.wording.dates import format_long_date


def as_of(plan: Plan, day: date | None) -> Plan:
    """The plan at the end of ``day``, or as first issued if ``day`` is None."""
    appendices = tuple(
        replace(
            appendix,
            groups=tuple(replace(group, tasks=tuple(_standing(group.tasks, day))) for group in appendix.groups),
        )
        for appendix in plan.appendices
    )
    return replace(plan, appendices=appendices)


def _standing(tasks: tuple[Task, ...], day: date | None) -> list[Task]:
    return [standing for task in tasks if (standing := _task_as_of(task, day)) is not None]


def _task_as_of(task: Task, day: date | None) -> Task | None:
    """The task with all its changes up to ``day``; None if it isn't in the plan on that day."""
    in_force = not any(change.type == "them" for change in task.changes)
    updates: dict[str, Any] = {}
    for change in sorted(task.changes, key=lambda change: change.on):
        if day is None or change.on > day:
            break
        if change.type == "them":
            in_force = True
        elif change.type == "bo":
            in_force = False
        if change.values is not None:
            updates.update(_given(change.values))
    if not in_force:
        return None
    return replace(task, **updates) if updates else task


def _given(values: NewValues) -> dict[str, Any]:
    """The new values of a task by field name.

    An amount clears the words that are printed instead of one and the reverse; a deadline clears the last day.
    """
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
        given.setdefault("last_day", None)
    return given


class NumberConflictError(ValueError):
    """A number or date differs from the one in the data, which is at ``path``."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


def main_frame(plan: Plan) -> Frame:
    """The frame of the main document: the decision, or the plan itself if it stands alone."""
    if plan.document.form == "doc_lap" or plan.decision is None:
        return plan.document.frame
    return plan.decision.frame


def with_number(plan: Plan, number: str | None, issued_on: PartialDate | None) -> Plan:
    """The plan with number and date of its main document. Raises NumberConflictError if the data has others."""
    if number is None and issued_on is None:
        return plan
    frame = main_frame(plan)
    alone = frame is plan.document.frame
    path: Path = ("ke_hoach", "van_ban") if alone else ("quyet_dinh", "van_ban")
    if number is not None and frame.number is not None and _bare(frame.number) != _bare(number):
        message = _("dữ liệu ghi số {stated}, dòng lệnh ghi số {given}").format(stated=frame.number, given=number)
        raise NumberConflictError(message, (*path, "so"))
    if issued_on is not None and frame.issued_on is not None and not _agrees(frame.issued_on, issued_on):
        message = _("dữ liệu ghi {stated}, dòng lệnh ghi {given}").format(
            stated=format_long_date(frame.issued_on), given=format_long_date(issued_on)
        )
        raise NumberConflictError(message, (*path, "ngay"))
    numbered = replace(frame, number=frame.number or number, issued_on=issued_on or frame.issued_on)
    if alone:
        return replace(plan, document=replace(plan.document, frame=numbered))
    assert plan.decision is not None
    return replace(plan, decision=replace(plan.decision, frame=numbered))


def _bare(number: str) -> str:
    """A number without leading zeros."""
    return number.strip().lstrip("0")


def _agrees(stated: PartialDate, given: PartialDate) -> bool:
    """Whether two dates are equal; a stated month without a day agrees with any day of it."""
    return stated[:2] == given[:2] and stated.day in (None, given.day)
