"""Everything that a periodic report states, counted: of the whole office, or of one unit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from docgen.base.locale import translate as _
from docgen.errors import Path, Problem, Severity
from docgen.model.counting.answers import Answer, Narrative, count_answers, expected_units, narratives
from docgen.model.counting.entries import NOTHING, Entries, Entry, Selection, by_owner, covered, entries
from docgen.model.counting.indicators import IndicatorCount, count_indicator
from docgen.model.counting.states import State, States, is_past
from docgen.model.counting.statistics import StatisticsCount, count_statistics
from docgen.model.counting.tables import Row, UnitTable, by_field, by_group, by_unit, total_row
from docgen.model.counting.tasks import Cutoff, Money, TaskCount, count_task, counts_for
from docgen.model.counting.units import Units
from docgen.model.periods.period import Period
from docgen.model.periods.scheme import Scheme, Window, next_end, window
from docgen.model.plan.history import as_of
from docgen.model.plan.plan import Plan
from docgen.model.plan.task import Change, Task
from docgen.model.problems import problem
from docgen.model.progress.progress import Progress, TaskProgress
from docgen.wording.dates import format_date
from docgen.wording.numbers import format_amount


@dataclass(frozen=True)
class Report:
    """What one report states.

    ``plan`` is the plan as of the window's end, ``unit`` the unit whose report it is (None: the whole office),
    ``day`` the day on which deadlines were judged, ``draft`` whether the window wasn't over then. ``empty`` is whether
    nobody sent anything up to its end, ``known_until`` the last day that any figure is of. ``tasks`` are in
    the plan's order; of a unit those that count for it: it is named first, or has a result of its own; ``co_led`` are
    those that it leads with others, not counted. ``changes`` are the decisions up to the window's end that added,
    withdrew or amended tasks. ``answers`` are empty for a span that nobody was asked to report. ``uncountable`` are the
    records of tasks and statistics whose flows reach over an edge of the window.
    ``remarks`` are problems at paths of the progress, for whoever read it to place.
    """

    plan: Plan
    scheme: Scheme
    period: Period
    window: Window
    unit: str | None
    day: date
    draft: bool
    empty: bool
    known_until: date | None
    tasks: tuple[TaskCount, ...]
    co_led: tuple[TaskCount, ...]
    total: Row
    groups: tuple[Row, ...]
    fields: tuple[Row, ...]
    units: UnitTable | None
    indicators: tuple[IndicatorCount, ...]
    statistics: StatisticsCount
    answers: tuple[Answer, ...]
    narratives: tuple[Narrative, ...]
    changes: tuple[tuple[Task, Change], ...]
    uncountable: tuple[Entry[Any], ...]
    remarks: tuple[Problem, ...]

    @property
    def states(self) -> States:
        """All tasks by state."""
        return self.total.states

    @cached_property
    def unfinished(self) -> tuple[TaskCount, ...]:
        """The tasks not done on the cut-off ("chưa xong tại ngày chốt"), with or without data."""
        return tuple(one for one in self.tasks if not one.state.done)

    def in_state(self, *states: State) -> tuple[TaskCount, ...]:
        """The tasks in any of the states."""
        return tuple(one for one in self.tasks if one.state in states)

    @cached_property
    def carried_over(self) -> tuple[TaskCount, ...]:
        """The tasks not done that were due by the period's last day of the calendar: they come first in the next one.

        Where the plan's year ends with the period, all that aren't done.
        """
        if self.next_end.year > self.plan.year:
            return self.unfinished
        last = max(self.period.calendar_days[1], self.window.end)
        return tuple(one for one in self.unfinished if one.last_day is not None and one.last_day <= last)

    @cached_property
    def due_next(self) -> tuple[TaskCount, ...]:
        """The tasks not done that are due in the next period, or whose last day can't be told."""
        carried = {one.task.code for one in self.carried_over}
        ahead = (one for one in self.unfinished if one.task.code not in carried)
        return tuple(one for one in ahead if one.last_day is None or one.last_day <= self.next_end)

    @cached_property
    def next_end(self) -> date:
        """The last day of the next period; see :func:`docgen.model.periods.scheme.next_end`."""
        return next_end(self.scheme, self.period)


@dataclass(frozen=True)
class PeriodCount:
    """What the reports of a period have in common, whosever they are; see :func:`count_period`.

    ``standing`` is the plan as of the window's end, ``found`` every record, ``every`` all tasks counted.
    """

    plan: Plan
    progress: Progress
    scheme: Scheme
    period: Period
    window: Window
    day: date
    draft: bool
    standing: Plan
    units: Units
    found: Entries
    every: tuple[TaskCount, ...]

    @cached_property
    def found_of(self) -> dict[str, Entries]:
        """The records by the unit under which they count on the day of counting; of whoever has any."""
        return by_owner(self.found, lambda entry: self.units.counted(entry.unit, self.day))


def count_period(
    plan: Plan, progress: Progress, scheme: Scheme, period: Period, today: date | None = None
) -> PeriodCount:
    """Count a period, once for the reports of all units. ``today`` is the day of counting (None: it is over).

    The progress must be one that progress_conflicts.py found no error in.
    """
    days = window(scheme, period)
    day = min(days.end, today) if today is not None else days.end
    standing, units = as_of(plan, days.end), Units(plan.organisation)
    found = entries(progress, units)
    at = Cutoff(days.start, days.end, day, plan.year, plan.money_unit)
    every = _count_tasks(plan, standing, found if days.in_scheme else _with_later_days(found, days), units, at)
    draft = today is not None and today <= days.end
    return PeriodCount(plan, progress, scheme, period, days, day, draft, standing, units, found, every)


def report_of(whole: PeriodCount, unit: str | None = None) -> Report:
    """What is stated of the whole office, or of one unit by its code. Raises KeyError for an unknown code."""
    plan, days, day, standing, units = whole.plan, whole.window, whole.day, whole.standing, whole.units
    unit = units.counted(plan.organisation.by_code[unit].code, day) if unit is not None else None
    tasks, co_led, shown, found = _view(whole, unit)
    total = total_row(shown, tasks)
    span = (days.start, days.end)
    statistics = _statistics(whole.progress, found, total.states, units, span, day)
    asked = days.in_scheme or whole.period.code in whole.progress.files
    expected = () if not asked else (unit,) if unit is not None else expected_units(standing, units, day)
    known_until = _last_day(found, days.end)
    uncountable, remarks = _not_added((*tasks, *co_led), statistics)
    return Report(
        plan=standing,
        scheme=whole.scheme,
        period=whole.period,
        window=days,
        unit=unit,
        day=day,
        draft=whole.draft,
        empty=_last_day(found, days.end, words=True) is None,
        known_until=known_until,
        tasks=tasks,
        co_led=co_led,
        total=total,
        groups=by_group(shown, tasks),
        fields=by_field(shown, tasks),
        units=_unit_table(standing, whole.every, units, day) if unit is None else None,
        indicators=tuple(_indicators(standing, found, units, day, unit, whole)),
        statistics=statistics,
        answers=count_answers(expected, found, units, span, days.due, day),
        narratives=narratives(found.texts, units, span, day),
        changes=tuple(_changes(plan, days.end)),
        uncountable=uncountable,
        remarks=remarks,
    )


def _view(whole: PeriodCount, unit: str | None) -> tuple[tuple[TaskCount, ...], tuple[TaskCount, ...], Plan, Entries]:
    """What one unit's report is of: tasks, those led with others, the groups they are in, its records; or the whole."""
    if unit is None:
        return whole.every, (), whole.standing, whole.found
    tasks, co_led = _of_unit(whole.every, unit, whole.units, whole.day)
    return tasks, co_led, _plan_of(whole.standing, tasks), whole.found_of.get(unit, NOTHING)


def _not_added(
    tasks: Iterable[TaskCount], statistics: StatisticsCount
) -> tuple[tuple[Entry[Any], ...], tuple[Problem, ...]]:
    """The records that couldn't be counted, and what there is to say of them and of parts that differ."""
    selections = [flow for one in tasks for flow in one.flows]
    uncountable = _uncountable([*selections, *statistics.flows])
    return uncountable, tuple(_remarks(selections, uncountable))


def _last_day(found: Entries, end: date, *, words: bool = False) -> date | None:
    """The last day, not after ``end``, that any figure is of; or, with ``words``, anything that a unit sent."""
    kinds: tuple[tuple[Entry[Any], ...], ...] = (found.tasks, found.indicators, found.statistics)
    if words:
        kinds = (*kinds, found.texts, found.answers)
    return max((entry.end for kind in kinds for entry in kind if entry.end <= end), default=None)


def _statistics(
    progress: Progress, found: Entries, states: States, units: Units, span: tuple[date, date], day: date
) -> StatisticsCount:
    computed = {"nhiem_vu": states.total, "nhiem_vu_hoan_thanh": states.done}
    return count_statistics(progress.form, found.statistics, computed, units, span, day)


def _with_later_days(found: Entries, days: Window) -> Entries:
    """The records, and of each that ends after a span but names a day of completion in it, that day as of its end.

    A period of the scheme isn't counted so: its report was signed with what was known then. What a unit told last goes
    before all that was told for the span's end: it covers more days than any.
    """
    last: dict[tuple[str, str], Entry[TaskProgress]] = {}
    for entry in sorted(found.tasks, key=lambda entry: entry.end):
        record = entry.record
        if entry.end > days.end and record.done_on is not None and record.done_on <= days.end:
            day = TaskProgress(task=record.task, unit=record.unit, done_on=record.done_on)
            last[record.task, entry.unit] = replace(entry, start=date.min, end=days.end, record=day)
    return replace(found, tasks=(*found.tasks, *last.values()))


def _count_tasks(plan: Plan, standing: Plan, found: Entries, units: Units, at: Cutoff) -> tuple[TaskCount, ...]:
    paths = {task.code: path for path, task in reversed(list(plan.tasks()))}
    then: dict[date, dict[str, Task]] = {}
    heard: dict[str, list[Entry[TaskProgress]]] = {}
    for entry in found.tasks:
        # Whose word counts is judged as of the record's own cut-off: leads may change and units be merged later.
        if entry.end not in then:
            then[entry.end] = {task.code: task for _path, task in as_of(plan, entry.end).tasks()}
        task = then[entry.end].get(entry.record.task)
        if task is not None and counts_for(units, task, entry, entry.end):
            heard.setdefault(task.code, []).append(entry)
    return tuple(
        count_task(task, group, paths[task.code], heard.get(task.code, []), units, at)
        for _path, group in standing.groups()
        for task in group.tasks
    )


def _unit_table(plan: Plan, tasks: tuple[TaskCount, ...], units: Units, day: date) -> UnitTable:
    leads = {one.task.code: tuple(units.counted(code, day) for code in one.leads) for one in tasks}
    return by_unit(plan, tasks, units, leads)


def _of_unit(
    tasks: Iterable[TaskCount], unit: str, units: Units, day: date
) -> tuple[tuple[TaskCount, ...], tuple[TaskCount, ...]]:
    """What counts for one unit, its own result and share in place of the whole; and what it leads with others."""
    counted, co_led = [], []
    for one in tasks:
        own = next((result for result in one.units if result.unit == unit), None)
        share = dict(one.money_of).get(unit)
        if one.counting == "tung_don_vi" and own is not None:
            money = replace(own.money, budget=share.budget if share is not None else None)
            past = is_past(one.last_day, day) and not own.state.done
            counted.append(
                replace(
                    one,
                    state=own.state,
                    percent=own.percent,
                    done_on=own.done_on,
                    said_on=own.said_on,
                    past_due=past,
                    units=(own,),
                    done_units=int(own.state.done),
                    all_units=1,
                    money=money,
                    money_of=((unit, money),),
                    said=tuple(said for said in one.said if said.unit == unit),
                    flows=tuple(flow for flow in one.flows if _is_of(flow, unit, units, day)),
                )
            )
        elif one.owner == unit:
            money = share or Money()
            counted.append(replace(one, money=money, money_of=((unit, money),)))
        elif share is not None or unit in units.members(one.leads, day):
            money = share or Money()
            co_led.append(replace(one, money=money, money_of=((unit, money),)))
    return tuple(counted), tuple(co_led)


def _is_of(flow: Selection[TaskProgress], unit: str, units: Units, day: date) -> bool:
    """Whether a unit has any record in a selection."""
    return any(units.counted(entry.unit, day) == unit for entry in (*flow.counted, *flow.uncountable))


def _plan_of(plan: Plan, tasks: tuple[TaskCount, ...]) -> Plan:
    """The plan with the groups that some of the tasks are in, and no group's own amount."""
    codes = {one.group.code for one in tasks}
    appendices = tuple(
        replace(appendix, groups=tuple(replace(one, budget=None) for one in appendix.groups if one.code in codes))
        for appendix in plan.appendices
    )
    return replace(plan, appendices=appendices)


def _indicators(
    plan: Plan, found: Entries, units: Units, day: date, unit: str | None, whole: PeriodCount
) -> Iterator[IndicatorCount]:
    """All indicators; for one unit those that it is responsible for, or says something of."""
    end, due = whole.window.end, next_end(whole.scheme, whole.period).year > plan.year
    for index, indicator in enumerate(plan.indicators):
        pool = [entry for entry in found.indicators if entry.record.indicator == indicator.code]
        responsible = indicator.unit is not None and units.counted(indicator.unit, day) == unit
        if unit is None or responsible or pool:
            yield count_indicator(indicator, ("chi_tieu", index), pool, units, end, day, due=due)


def _changes(plan: Plan, end: date) -> Iterator[tuple[Task, Change]]:
    made = [
        (change.on, index, task, change) for index, (_path, task) in enumerate(plan.tasks()) for change in task.changes
    ]
    for on, _index, task, change in sorted(made, key=lambda one: one[:2]):
        if on <= end:
            yield task, change


def _uncountable(selections: Iterable[Selection[Any]]) -> tuple[Entry[Any], ...]:
    by_path: dict[Path, Entry[Any]] = {}
    for selection in selections:
        by_path |= {entry.path: entry for entry in selection.uncountable}
    return tuple(by_path[path] for path in sorted(by_path, key=lambda path: tuple(map(str, path))))


def _remarks(selections: Iterable[Selection[TaskProgress]], uncountable: Iterable[Entry[Any]]) -> Iterator[Problem]:
    by_file: dict[tuple[str, date, date], list[Entry[Any]]] = {}
    for entry in uncountable:
        by_file.setdefault((entry.period, entry.start, entry.end), []).append(entry)
    for (_period, start, end), found in by_file.items():
        message = _("số liệu từ {start} đến {end} vượt ra ngoài kỳ báo cáo nên không cộng được vào kỳ này: {count} mục")
        yield problem(
            "progress.straddling",
            found[0].path,
            message.format(start=format_date(start), end=format_date(end), count=len(found)),
            _("docgen không chia nhỏ số liệu: ghi tu, den hẹp hơn, hoặc thêm số liệu của riêng kỳ này"),
            Severity.WARNING,
        )
    for selection in selections:
        for wide, narrow in selection.checks:
            yield from _parts_differ(wide, narrow)


def _parts_differ(wide: Entry[TaskProgress], narrow: tuple[Entry[TaskProgress], ...]) -> Iterator[Problem]:
    """The narrower records that don't overlap each other, where they cover the wide one, must sum to it."""
    parts: list[Entry[TaskProgress]] = []
    for entry in sorted(narrow, key=lambda one: (-one.width, one.start, one.path)):
        if not any(entry.overlaps(other.start, other.end) for other in parts):
            parts.append(entry)
    if wide.record.disbursed is None or any(entry.record.disbursed is None for entry in parts):
        return
    total = sum(entry.record.disbursed for entry in parts if entry.record.disbursed is not None)
    whole = covered(parts, wide.start, wide.end)
    if total == wide.record.disbursed or (not whole and total < wide.record.disbursed):
        return
    message = _("giải ngân {wide} khác tổng các kỳ nhỏ hơn bên trong: {total}").format(
        wide=format_amount(wide.record.disbursed), total=format_amount(total)
    )
    hint = _("báo cáo lấy số của kỳ dài hơn; sửa một trong các số")
    related = [(*entry.path, "giai_ngan") for entry in parts]
    yield problem("progress.parts-differ", (*wide.path, "giai_ngan"), message, hint, Severity.WARNING, related)
