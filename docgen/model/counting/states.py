"""Percentages with one decimal, each rounded half up for itself; and the state of a task at the cut-off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from fractions import Fraction


def percent(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """``part`` of ``whole`` in percent, one decimal, half up; None where either is unknown or the whole is 0."""
    if part is None or not whole:
        return None
    return tenths(Fraction(part) / Fraction(whole) * 100)


def tenths(value: Fraction) -> Decimal:
    """An exact value with one decimal, half up (away from zero)."""
    doubled = abs(value) * 20
    rounded = int((doubled + 1) // 2)
    return Decimal(-rounded if value < 0 else rounded).scaleb(-1, Context(prec=200))


def rounded(value: Decimal, decimals: int = 1) -> Decimal:
    """``value`` with so many decimals, half up."""
    context = Context(prec=max(value.adjusted(), 0) + decimals + 2)
    return value.quantize(Decimal((0, (1,), -decimals)), rounding=ROUND_HALF_UP, context=context)


class State(StrEnum):
    """Where a task, or one unit's part of it, stands at the cut-off."""

    DONE_ON_TIME = "hoan_thanh_dung_han"
    DONE_LATE = "hoan_thanh_cham"
    OVERDUE = "qua_han"
    IN_PROGRESS = "dang_thuc_hien"
    NOT_BEGUN = "chua_thuc_hien"
    NO_DATA = "chua_co_so_lieu"

    @property
    def label(self) -> str:
        """What a table calls it."""
        return STATE_NAMES[self.value]

    @property
    def done(self) -> bool:
        """Whether it is done, on time or late."""
        return self in (State.DONE_ON_TIME, State.DONE_LATE)


#: How documents name the states, by key.
STATE_NAMES: Mapping[str, str] = {
    "hoan_thanh_dung_han": "Hoàn thành đúng hạn",
    "hoan_thanh_cham": "Hoàn thành chậm",
    "qua_han": "Quá hạn",
    "dang_thuc_hien": "Đang thực hiện (trong hạn)",
    "chua_thuc_hien": "Chưa thực hiện (trong hạn)",
    "chua_co_so_lieu": "Chưa có số liệu",
}


@dataclass(frozen=True)
class Stock:
    """What was last said of a task: percent done or day of completion, as at ``on``; ``unit`` said it."""

    percent: Decimal | None
    done_on: date | None
    on: date
    unit: str

    def at(self, day: date) -> "Stock":
        """As it counts on ``day``: a completion after it isn't one yet, and how far the work was isn't known."""
        return Stock(None, None, self.on, self.unit) if self.done_on is not None and self.done_on > day else self

    @property
    def begun(self) -> bool:
        """Whether anything was done."""
        return self.percent is None or self.percent > 0


def is_past(last_day: date | None, day: date) -> bool:
    """Whether ``day`` is after the last day, so that what isn't done is overdue; work without a last day never is.

    With data it is in the state OVERDUE (“quá hạn”). Without, its state stays NO_DATA, and reports, their tables and
    letters alike call it “đã quá hạn, chưa có số liệu”.
    """
    return last_day is not None and day > last_day


def state_of(stock: Stock | None, last_day: date | None, day: date) -> State:
    """The state on ``day`` of work that is due on ``last_day`` (None: never overdue)."""
    if stock is None:
        return State.NO_DATA
    now = stock.at(day)
    if now.done_on is not None:
        return done_state(now.done_on, last_day)
    if is_past(last_day, day):
        return State.OVERDUE
    return State.IN_PROGRESS if now.begun else State.NOT_BEGUN


def done_state(done_on: date, last_day: date | None) -> State:
    """On time, or late, for work done on a day."""
    return State.DONE_LATE if is_past(last_day, done_on) else State.DONE_ON_TIME


def joint_state(states: Iterable[State], last_done: date | None, last_day: date | None, day: date) -> State:
    """The state of a task that is done when all its units are; ``last_done`` is the last day that any was.

    Nobody answered: no data. Not all done: overdue after the last day, in progress as soon as one began.
    """
    known = list(states)
    answered = [state for state in known if state is not State.NO_DATA]
    if not answered:
        return State.NO_DATA
    if len(answered) == len(known) and all(state.done for state in known) and last_done is not None:
        return done_state(last_done, last_day)
    if is_past(last_day, day):
        return State.OVERDUE
    return State.NOT_BEGUN if all(state is State.NOT_BEGUN for state in answered) else State.IN_PROGRESS


@dataclass(frozen=True)
class States:
    """How many tasks are in each state; every state is there, in the order of :class:`State`.

    ``silent_past`` of those without data are past their last day; see :func:`is_past`.
    """

    counts: Mapping[State, int]
    silent_past: int = 0

    @classmethod
    def of(cls, states: Iterable[State], silent_past: int = 0) -> "States":
        """The tally of states."""
        counts = dict.fromkeys(State, 0)
        for state in states:
            counts[state] += 1
        return cls(counts, silent_past)

    def __getitem__(self, state: State) -> int:
        return self.counts[state]

    @property
    def total(self) -> int:
        """All tasks."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Those done, on time or late."""
        return sum(count for state, count in self.counts.items() if state.done)

    @property
    def done_percent(self) -> Decimal | None:
        """Done of all, one decimal, half up; None where there are no tasks."""
        return percent(self.done, self.total)

    @property
    def percents(self) -> Mapping[State, Decimal]:
        """Each state's percent, as a calculator rounds it; they may miss 100 together. Empty without tasks."""
        if not self.total:
            return {}
        return {state: tenths(Fraction(100 * count, self.total)) for state, count in self.counts.items()}

    @property
    def percents_miss(self) -> bool:
        """Whether the printed percentages don't make 100, because each is rounded for itself."""
        return bool(self.total) and sum(self.percents.values()) != 100
