"""What an office's table of tasks holds: groups of tasks, each value with its cell, and rows that are neither."""

from dataclasses import dataclass, field
from decimal import Decimal

from docgen.errors import Place
from docgen.readers.tree import Scalar


@dataclass
class OfficeTask:
    """A task's row: its values by key of a task, as typed; ``number`` is what stands in the column Stt."""

    row: int
    place: Place
    number: str
    values: dict[str, Scalar]
    amount: Decimal | None = None


@dataclass
class OfficeGroup:
    """A heading row and the tasks below it; no title where tasks stand above any heading."""

    title: str
    place: Place
    stated: Decimal | None = None
    tasks: list[OfficeTask] = field(default_factory=list)


@dataclass(frozen=True)
class Skipped:
    """A row that is no task, and why."""

    place: Place
    text: str
    reason: str


@dataclass
class OfficeTable:
    """What the rows of a table hold."""

    groups: list[OfficeGroup] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def tasks(self) -> list[OfficeTask]:
        """Every task, in the order of its rows."""
        return [task for group in self.groups for task in group.tasks]


def sum_of(tasks: list[OfficeTask]) -> Decimal:
    """The money of tasks, in the plan's unit."""
    return sum((task.amount for task in tasks if task.amount is not None), Decimal(0))
