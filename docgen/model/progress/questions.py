"""The questions that each unit is asked for a period: its tasks and indicators, the statistics, the fields of work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from docgen.model.counting.answers import expected_units
from docgen.model.counting.tasks import answering
from docgen.model.counting.units import Units
from docgen.model.periods.period import Period
from docgen.model.plan.history import as_of
from docgen.model.plan.organisation import Unit
from docgen.model.plan.plan import FieldOfWork, Indicator, Plan
from docgen.model.plan.task import Group, Task
from docgen.model.progress.statistics import Statistic, StatisticsForm


@dataclass(frozen=True)
class Questions:
    """The questions of a plan to its units from ``start`` to ``end``, both included; ``scheme`` is a scheme's code."""

    plan: Plan
    period: Period
    scheme: str
    start: date
    end: date
    form: StatisticsForm | None

    @cached_property
    def units(self) -> Units:
        """The plan's units."""
        return Units(self.plan.organisation)

    @cached_property
    def standing(self) -> Plan:
        """The plan as of ``end``."""
        return as_of(self.plan, self.end)

    @cached_property
    def tasks(self) -> Mapping[str, tuple[tuple[Group, Task], ...]]:
        """The tasks in force, with their groups, that each unit answers for, by its code."""
        found: dict[str, list[tuple[Group, Task]]] = {}
        for _path, group in self.standing.groups():
            for task in group.tasks:
                for code in answering(self.units, task, self.end):
                    found.setdefault(code, []).append((group, task))
        return {code: tuple(asked) for code, asked in found.items()}

    @cached_property
    def indicators(self) -> Mapping[str, tuple[Indicator, ...]]:
        """The indicators that each unit is responsible for, alone or in a group, by its code."""
        found: dict[str, list[Indicator]] = {}
        for indicator in self.plan.indicators:
            for code in self.units.members([indicator.unit] if indicator.unit is not None else [], self.end):
                found.setdefault(code, []).append(indicator)
        return {code: tuple(asked) for code, asked in found.items()}

    @cached_property
    def statistics(self) -> tuple[Statistic, ...]:
        """The statistics in force that units fill in: all but percentages and those computed from the plan."""
        known = self.form.in_force(self.start, self.end) if self.form is not None else ()
        return tuple(one for one in known if one.adding != "ty_le" and one.computed is None)

    @cached_property
    def fields(self) -> tuple[FieldOfWork, ...]:
        """The plan's fields of work."""
        return self.plan.fields_of_work.fields if self.plan.fields_of_work is not None else ()

    @cached_property
    def expected(self) -> tuple[Unit, ...]:
        """The units that must answer, in the order of don-vi.yaml."""
        by_code = self.plan.organisation.by_code
        return tuple(by_code[code] for code in expected_units(self.standing, self.units, self.end))
