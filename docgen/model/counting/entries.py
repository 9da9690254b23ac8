"""Records of progress laid on the calendar, and which of them a window of days may count.

Flows: the widest records wholly inside the window, none overlapping another; narrower ones only check them; one that
reaches over the window's edge is never split. Stocks: the latest record that isn't after the window's end.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from docgen.base.declare import Record
from docgen.errors import Path
from docgen.model.counting.units import Units
from docgen.model.progress.progress import (
    IndicatorResult,
    Progress,
    ProgressFile,
    StatisticResult,
    TaskProgress,
    UnitAnswer,
    UnitText,
)

R = TypeVar("R", bound=Record)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry(Generic[R]):
    """One record with the unit that it was written for, the days it covers, and its path in the progress.

    ``unit`` is that unit's own code, even where it was replaced since; "" for a unit that isn't known.
    """

    path: Path
    period: str
    unit: str
    start: date
    end: date
    record: R

    @property
    def width(self) -> int:
        """How many days it covers."""
        return (self.end - self.start).days + 1

    def inside(self, start: date, end: date) -> bool:
        """Whether it covers no day outside of a window."""
        return start <= self.start and self.end <= end

    def overlaps(self, start: date, end: date) -> bool:
        """Whether it covers some day of a window."""
        return self.start <= end and start <= self.end


@dataclass(frozen=True)
class Entries:
    """All records of a progress, each kind in the order of periods and records."""

    tasks: tuple[Entry[TaskProgress], ...]
    indicators: tuple[Entry[IndicatorResult], ...]
    statistics: tuple[Entry[StatisticResult], ...]
    texts: tuple[Entry[UnitText], ...]
    answers: tuple[Entry[UnitAnswer], ...]


def entries(progress: Progress, units: Units) -> Entries:
    """Every record of a progress with its unit and window."""
    return Entries(
        tuple(_entries(progress, units, "tien_do", lambda file: file.tasks)),
        tuple(_entries(progress, units, "ket_qua_chi_tieu", lambda file: file.indicators)),
        tuple(_entries(progress, units, "so_lieu", lambda file: file.statistics)),
        tuple(_entries(progress, units, "loi_van", lambda file: file.texts)),
        tuple(_entries(progress, units, "tra_loi", lambda file: file.answers)),
    )


#: No records at all.
NOTHING = Entries((), (), (), (), ())


def by_owner(found: Entries, owner: Callable[[Entry[Any]], str]) -> dict[str, Entries]:
    """Records taken apart by whose they are, in their order; whoever has none is not there."""
    parts: dict[str, list[list[Any]]] = {}
    kinds: list[Sequence[Entry[Any]]] = [found.tasks, found.indicators, found.statistics, found.texts, found.answers]
    for at, kind in enumerate(kinds):
        for entry in kind:
            parts.setdefault(owner(entry), [[], [], [], [], []])[at].append(entry)
    return {code: Entries(*(tuple(kind) for kind in part)) for code, part in parts.items()}


def _entries(
    progress: Progress, units: Units, key: str, records: Callable[[ProgressFile], Sequence[R]]
) -> Iterator[Entry[R]]:
    for period, file in sorted(progress.files.items()):
        for index, record in enumerate(records(file)):
            start = getattr(record, "start", None) or file.start
            end = getattr(record, "end", None) or file.end
            unit = units.find(str(getattr(record, "unit", "")), start, end)
            yield Entry(("ky", period, key, index), period, unit or "", start, end, record)


@dataclass(frozen=True)
class Selection(Generic[R]):
    """What a window counts of a pool of flow records.

    ``counted`` are disjoint, in the order of days; ``checks`` are those with the narrower records inside each;
    ``uncountable`` reach over an edge of the window, or of a counted record, where nothing else covers those days.
    """

    counted: tuple[Entry[R], ...]
    checks: tuple[tuple[Entry[R], tuple[Entry[R], ...]], ...]
    uncountable: tuple[Entry[R], ...]


def select(pool: Iterable[Entry[R]], start: date, end: date) -> Selection[R]:
    """The widest records wholly inside the window; of two over the same days the first by unit."""
    touching = [entry for entry in pool if entry.overlaps(start, end)]
    inside = [entry for entry in touching if entry.inside(start, end)]
    inside.sort(key=lambda entry: (-entry.width, entry.start, entry.unit, entry.path))
    taken: list[Entry[R]] = []
    below: dict[Path, list[Entry[R]]] = {}
    doubtful = [entry for entry in touching if not entry.inside(start, end)]
    for entry in inside:
        over = [other for other in taken if entry.overlaps(other.start, other.end)]
        if not over:
            taken.append(entry)
        elif len(over) == 1 and entry.inside(over[0].start, over[0].end):
            below.setdefault(over[0].path, []).append(entry)
        else:
            doubtful.append(entry)
    taken.sort(key=lambda entry: entry.start)
    uncountable = tuple(entry for entry in doubtful if not covered(taken, max(entry.start, start), min(entry.end, end)))
    checks = tuple((entry, tuple(below[entry.path])) for entry in taken if entry.path in below)
    return Selection(tuple(taken), checks, uncountable)


def covered(pool: Iterable[Entry[R]], start: date, end: date) -> bool:
    """Whether the records together cover every day from ``start`` to ``end``."""
    day = start
    for entry in sorted(pool, key=lambda entry: (entry.start, entry.end)):
        if entry.start > day:
            break
        if entry.end >= day:
            if entry.end >= end:
                return True
            day = entry.end + _DAY
    return day > end


def latest(pool: Iterable[Entry[R]], end: date) -> list[Entry[R]]:
    """The records of the last day not after ``end``: the widest first, then by unit; empty where there are none."""
    known = [entry for entry in pool if entry.end <= end]
    last = max((entry.end for entry in known), default=None)
    return sorted(
        (entry for entry in known if entry.end == last), key=lambda entry: (-entry.width, entry.unit, entry.path)
    )


def one_each(entries: Iterable[Entry[R]]) -> list[Entry[R]]:
    """Of each unit written for the first record: of several that became one unit, all."""
    return list({entry.unit: entry for entry in reversed(list(entries))}.values())[::-1]
