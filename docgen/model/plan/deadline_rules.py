"""Rules over deadlines of tasks: their words name a day, which agrees with the stated one and the plan's year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from docgen.base.locale import translate as _
from docgen.errors import Path, Severity
from docgen.model.plan.deadline import is_standing, last_day
from docgen.model.plan.plan import YEARS, Plan
from docgen.model.plan.task import Task
from docgen.model.problems import Problems, problem
from docgen.wording.dates import format_date


def check_deadlines(plan: Plan) -> Problems:
    """Words that name no day or one that no calendar has, a last day that contradicts them, and days of other years."""
    if plan.year not in YEARS:
        return
    for path, task in plan.tasks():
        for deadline in _deadlines(path, task):
            yield from _check(plan, deadline)


@dataclass(frozen=True)
class _Deadline:
    """A deadline as the plan or a change of it states it; ``path`` is that of whoever does, ``words_at`` the words'."""

    path: Path
    words: str | None
    words_at: Path
    stated: date | None


def _deadlines(path: Path, task: Task) -> Iterator[_Deadline]:
    """A task's deadline as it is first, and after each change of it.

    New words put the old last day out of force; a new last day alone is held against the words that stand.
    """
    words, words_at = task.deadline, (*path, "thoi_han")
    yield _Deadline(path, words, words_at, task.last_day)
    for index, change in sorted(enumerate(task.changes), key=lambda numbered: numbered[1].on):
        values = change.values
        if values is None or (values.deadline is None and values.last_day is None):
            continue
        here: Path = (*path, "thay_doi", index, "gia_tri")
        if values.deadline is not None:
            words, words_at = values.deadline, (*here, "thoi_han")
        yield _Deadline(here, words, words_at, values.last_day)


def _check(plan: Plan, deadline: _Deadline) -> Problems:
    words, stated, at = deadline.words, deadline.stated, deadline.words_at
    try:
        day = last_day(words, plan.year) if words is not None else None
    except ValueError as error:
        message = _("thoi_han “{text}”: {problem}").format(text=words, problem=error)
        yield problem("task.deadline", at, message, _("sửa ngày"))
        return
    if words is not None and day is None and stated is None:
        message = _("không đọc được ngày nào từ thoi_han “{text}”: nhiệm vụ sẽ không bao giờ bị tính là quá hạn")
        hint = _("thêm han_cuoi: dd/mm/yyyy")
        yield problem("task.unread-deadline", at, message.format(text=words), hint, Severity.WARNING)
    elif words is not None and day is not None and stated is not None and day != stated and not is_standing(words):
        message = _(
            "han_cuoi “{stated}” khác thoi_han “{text}”, tức là hết ngày {day}; quá hạn được tính theo han_cuoi"
        )
        message = message.format(stated=format_date(stated), text=words, day=format_date(day))
        hint = _("sửa một trong hai; thoi_han đã đúng thì xóa han_cuoi")
        yield problem("task.two-deadlines", (*deadline.path, "han_cuoi"), message, hint, Severity.WARNING, [at])
    if stated is not None:
        yield from _check_year(plan, (*deadline.path, "han_cuoi"), format_date(stated), stated)
    elif words is not None and day is not None:
        yield from _check_year(plan, at, words, day)


def _check_year(plan: Plan, path: Path, text: str, day: date) -> Problems:
    if day.year != plan.year:
        message = _("{key} “{text}” rơi vào năm {year}, khác năm {plan_year} của kế hoạch").format(
            key=path[-1], text=text, year=day.year, plan_year=plan.year
        )
        yield problem("text.other-year", path, message, _("đúng ý thì không cần sửa"), Severity.INFO)
