"""One task counted: its state at the cut-off, its money, and what its units say of it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from docgen.errors import Path
from docgen.model.counting.entries import Entry, Selection, latest, select
from docgen.model.counting.states import State, Stock, is_past, joint_state, state_of
from docgen.model.counting.units import Units
from docgen.model.plan import deadline
from docgen.model.plan.plan import MoneyUnit
from docgen.model.plan.task import Counting, Group, Task
from docgen.model.progress.progress import TaskProgress
from docgen.wording.words import in_dong

TaskEntry = Entry[TaskProgress]


@dataclass(frozen=True)
class Cutoff:
    """What is counted: flows from ``start`` to ``end``, stocks not after ``end``, deadlines as on ``day``.

    ``day`` is ``end``, or the day of counting where that comes before it.
    """

    start: date
    end: date
    day: date
    year: int
    money_unit: MoneyUnit


@dataclass(frozen=True)
class Money:
    """Whole đồng: budget, what was disbursed in the window, and from the start; None where nothing states it."""

    budget: int | None = None
    disbursed: int | None = None
    cumulative: int | None = None

    def __add__(self, other: "Money") -> "Money":
        return Money(
            _plus(self.budget, other.budget),
            _plus(self.disbursed, other.disbursed),
            _plus(self.cumulative, other.cumulative),
        )


def _plus(first: int | None, second: int | None) -> int | None:
    return second if first is None else first if second is None else first + second


@dataclass(frozen=True)
class UnitResult:
    """One unit's own result of a task; ``said_on`` is the cut-off that its stock is of, ``money`` what it disbursed."""

    unit: str
    state: State
    percent: Decimal | None
    done_on: date | None
    said_on: date | None
    money: Money
    path: Path | None


@dataclass(frozen=True)
class Said:
    """What one unit says in the window: paragraphs of results, difficulties and proposals, documents issued.

    ``period`` is the code of the file that says it, ``end`` its last day.
    """

    unit: str
    period: str
    start: date
    end: date
    result: tuple[str, ...]
    difficulties: tuple[str, ...]
    proposals: tuple[str, ...]
    issued: tuple[str, ...]
    source: str | None


@dataclass(frozen=True)
class TaskCount:
    """One task at the cut-off.

    ``leads`` are the codes that its lead column names, groups untouched; ``owner`` the first of them where it is a
    single unit, None where a group leads ("nhiệm vụ chung") or nobody is named. ``units`` are the results unit by
    unit: of a ``tung_don_vi`` task one for each unit that must do it (``done_units`` of ``all_units`` are done), of a
    ``chung`` task the one answer, if any. ``percent`` is None for ``tung_don_vi``. ``said_on`` is the day as at which
    the state is known. ``past_due`` is true after the last day where it isn't done, also without data. ``money_of``
    splits the money by unit (None: nobody's own) and sums to ``money``.
    """

    task: Task
    group: Group
    path: Path
    counting: Counting
    leads: tuple[str, ...]
    owner: str | None
    state: State
    last_day: date | None
    percent: Decimal | None
    done_on: date | None
    said_on: date | None
    past_due: bool
    units: tuple[UnitResult, ...]
    done_units: int
    all_units: int
    money: Money
    money_of: tuple[tuple[str | None, Money], ...]
    said: tuple[Said, ...]
    flows: tuple[Selection[TaskProgress], ...]

    @property
    def common(self) -> bool:
        """Whether it belongs in the row "nhiệm vụ chung"."""
        return self.owner is None

    @property
    def silent_past(self) -> bool:
        """Whether its last day is past and nobody said how far it is: “đã quá hạn, chưa có số liệu”."""
        return self.past_due and self.state is State.NO_DATA

    def heard_last(self, unit: str) -> date | None:
        """The last day that the state of a unit's part, or of a ``chung`` task, is known of."""
        if self.counting == "chung":
            return self.said_on
        return next((result.said_on for result in self.units if result.unit == unit), None)

    @property
    def issued(self) -> tuple[str, ...]:
        """The documents issued in the window, each once."""
        return tuple(dict.fromkeys(text for said in self.said for text in said.issued))

    @property
    def silent(self) -> tuple[str, ...]:
        """Units of a ``tung_don_vi`` task that nobody has said anything of."""
        return tuple(result.unit for result in self.units if result.state is State.NO_DATA)


def due_day(task: Task, year: int) -> date | None:
    """The last day of a task, None where none can be read."""
    if task.last_day is not None:
        return task.last_day
    try:
        return deadline.last_day(task.deadline, year) if task.deadline is not None else None
    except ValueError:
        return None


def answering(units: Units, task: Task, day: date) -> tuple[str, ...]:
    """The single units whose word counts for a task: leads, members of leading groups, and whoever has a share."""
    return units.members([*units.leads(task), *(share.unit for share in task.allocations)], day)


def counts_for(units: Units, task: Task, entry: TaskEntry, day: date) -> bool:
    """Whether a record's word counts for its task; of a ``chung`` task a leading group's own word does as well."""
    leads = units.leads(task)
    if not leads or units.counted(entry.unit, day) in answering(units, task, day):
        return True
    return units.counting(task) == "chung" and entry.unit in leads


def count_task(task: Task, group: Group, path: Path, heard: list[TaskEntry], units: Units, at: Cutoff) -> TaskCount:
    """One task at a cut-off, from all records whose word counts for it, whatever their window."""
    counting, leads = units.counting(task), units.leads(task)
    own = counting == "tung_don_vi"
    last_day = due_day(task, at.year)
    answers = _answers(heard, leads, own, last_day, units, at)
    owner = units.counted(leads[0], at.day) if leads and not units.is_group(leads[0]) else None
    done = [answer.done_on for answer in answers if answer.state.done and answer.done_on is not None]
    state = joint_state([answer.state for answer in answers], max(done, default=None), last_day, at.day)
    money_of = _split(task, heard, owner, own, units, at)
    pools = [*_money_pools(task, heard, own), *_text_pools(heard, units)]
    return TaskCount(
        task=task,
        group=group,
        path=path,
        counting=counting,
        leads=leads,
        owner=owner,
        state=state,
        last_day=last_day,
        percent=answers[0].percent if answers and not own else None,
        done_on=max(done) if state.done else None,
        said_on=max((answer.said_on for answer in answers if answer.said_on is not None), default=None),
        past_due=is_past(last_day, at.day) and not state.done,
        units=answers,
        done_units=len(done),
        all_units=len(answers) if own else 1,
        money=sum((money for _unit, money in money_of), Money()),
        money_of=money_of,
        said=_said(heard, units, at),
        flows=tuple(select(part, at.start, at.end) for part in pools),
    )


def _answers(
    heard: list[TaskEntry], leads: tuple[str, ...], own: bool, last_day: date | None, units: Units, at: Cutoff
) -> tuple[UnitResult, ...]:
    """The results by unit where each has its own, else the one answer, if there is any."""
    stocks = [entry for entry in heard if states_something(entry)]
    if own:
        return tuple(_own_result(unit, stocks, heard, last_day, units, at) for unit in units.members(leads, at.day))
    found = latest(stocks, at.end)
    if not found:
        return ()
    unit = units.counted(found[0].unit, at.day)
    return (_result(unit, stock_of(found[0]), last_day, at, Money(), found[0].path),)


def states_something(entry: TaskEntry) -> bool:
    """Whether a record says how far its task is."""
    return entry.record.percent is not None or entry.record.done_on is not None


def stock_of(entry: TaskEntry) -> Stock:
    """What a record says of how far its task is; a day of completion alone means 100."""
    record = entry.record
    percent = Decimal(100) if record.percent is None and record.done_on is not None else record.percent
    return Stock(percent, record.done_on, entry.end, entry.unit)


def _own_result(
    unit: str, stocks: list[TaskEntry], heard: list[TaskEntry], last_day: date | None, units: Units, at: Cutoff
) -> UnitResult:
    """A unit's own result; what several units that it took the place of say as at one day is joined: the least."""
    found = latest((entry for entry in stocks if units.counted(entry.unit, at.day) == unit), at.end)
    own: dict[str, list[TaskEntry]] = {}
    for entry in heard:
        if units.counted(entry.unit, at.day) == unit:
            own.setdefault(entry.unit, []).append(entry)
    money = sum((_disbursed(pool, at) for pool in own.values()), Money())
    if not found:
        return _result(unit, None, last_day, at, money, None)
    first_of = {entry.unit: entry for entry in reversed(found)}
    least = min(first_of.values(), key=lambda entry: (stock_of(entry).at(at.day).done_on is not None, _percent(entry)))
    joined = stock_of(least)
    if joined.done_on is not None:
        joined = replace(joined, done_on=max(filter(None, (entry.record.done_on for entry in first_of.values()))))
    return _result(unit, joined, last_day, at, money, least.path)


def _percent(entry: TaskEntry) -> Decimal:
    return stock_of(entry).percent or Decimal(0)


def _result(
    unit: str, stock: Stock | None, last_day: date | None, at: Cutoff, money: Money, path: Path | None
) -> UnitResult:
    state = state_of(stock, last_day, at.day)
    if stock is None:
        return UnitResult(unit, state, None, None, None, money, path)
    now = stock.at(at.day)
    return UnitResult(unit, state, now.percent, now.done_on, stock.on, money, path)


def _split(
    task: Task, heard: list[TaskEntry], owner: str | None, own: bool, units: Units, at: Cutoff
) -> tuple[tuple[str | None, Money], ...]:
    """A task's money by unit: shares to whom they are given, all else to the owner (None where a group leads)."""
    found: dict[str | None, Money] = {owner: Money()}
    shared = 0
    for share in task.allocations:
        dong = in_dong(share.budget, at.money_unit)
        unit = units.counted(share.unit, at.day)
        shared += dong
        found[unit] = found.get(unit, Money()) + Money(budget=dong)
    if task.budget is not None:
        rest = in_dong(task.budget, at.money_unit) - shared
        if rest or not task.allocations:
            found[owner] += Money(budget=rest)
    having_share = {units.counted(share.unit, at.day) for share in task.allocations}
    for pool in _money_pools(task, heard, own):
        unit = units.counted(pool[0].unit, at.day)
        to = unit if unit in having_share else owner
        found[to] = found.get(to, Money()) + _disbursed(pool, at)
    return tuple(found.items())


def _money_pools(task: Task, heard: list[TaskEntry], own: bool) -> list[list[TaskEntry]]:
    """Records that tell of the same money: one unit's own, or all where a ``chung`` task's isn't split."""
    paid = [entry for entry in heard if entry.record.disbursed is not None]
    if not (own or task.allocations):
        return [paid] if paid else []
    pools: dict[str, list[TaskEntry]] = {}
    for entry in paid:
        pools.setdefault(entry.unit, []).append(entry)
    return [pools[unit] for unit in sorted(pools)]


def _text_pools(heard: list[TaskEntry], units: Units) -> list[list[TaskEntry]]:
    """Records with texts or documents, unit by unit in the order of don-vi.yaml."""
    pools: dict[str, list[TaskEntry]] = {}
    for entry in heard:
        if says(entry):
            pools.setdefault(entry.unit, []).append(entry)
    return [pools[unit] for unit in sorted(pools, key=lambda code: (units.order(code), code))]


def _disbursed(pool: list[TaskEntry], at: Cutoff) -> Money:
    """What records of one pool say was disbursed, in the window and from the start."""
    paid = [entry for entry in pool if entry.record.disbursed is not None]
    window = select(paid, at.start, at.end).counted
    whole = select(paid, date.min, at.end).counted
    return Money(None, _sum(window, at.money_unit), _sum(whole, at.money_unit))


def _sum(entries: tuple[TaskEntry, ...], unit: MoneyUnit) -> int | None:
    amounts = [entry.record.disbursed for entry in entries if entry.record.disbursed is not None]
    return sum(in_dong(amount, unit) for amount in amounts) if amounts else None


def says(entry: TaskEntry) -> bool:
    """Whether a record has any text, or a document issued."""
    record = entry.record
    return bool(record.result or record.difficulties or record.proposals or record.issued)


def _said(heard: list[TaskEntry], units: Units, at: Cutoff) -> tuple[Said, ...]:
    """The texts of the window, unit by unit in the order of don-vi.yaml, each unit's in the order of days."""
    return tuple(
        Said(
            units.counted(entry.unit, at.day),
            entry.period,
            entry.start,
            entry.end,
            entry.record.result,
            entry.record.difficulties,
            entry.record.proposals,
            entry.record.issued,
            entry.record.source,
        )
        for pool in _text_pools(heard, units)
        for entry in select(pool, at.start, at.end).counted
    )
