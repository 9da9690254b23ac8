"""Units as they count on a given day: by any name they had then, under their successor, groups taken apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from docgen.model.plan.organisation import Organisation, Unit
from docgen.model.plan.responsible import UnitNames
from docgen.model.plan.task import Counting, Task
from docgen.wording.text import closest, fold_case


@dataclass(frozen=True)
class Units:
    """Looks units up; built once for an organisation."""

    organisation: Organisation

    @cached_property
    def names(self) -> UnitNames:
        """Units in texts such as “Phòng Tư pháp; UBND các xã, phường”."""
        return UnitNames(self.organisation)

    def find(self, text: str, start: date, end: date) -> str | None:
        """The code of the unit that somebody calls so: by code, else by a name.

        Of two units that bear a name at different times, the one that bore it in the days from ``start`` to ``end``.
        """
        asked = fold_case(text)
        if text.strip() in self.organisation.by_code:
            return text.strip()
        bearers = self._bearers.get(asked, [])
        for code, since, until in bearers:
            if (since is None or since <= end) and (until is None or until >= start):
                return code
        if bearers:
            return bearers[0][0]
        found = self.names.resolve(text)
        return found.units[0] if len(found.units) == 1 and not found.left_over else None

    def closest(self, text: str) -> str | None:
        """The code, else the name, that is most similar to ``text``, None if none is similar."""
        return closest(text, self.organisation.by_code) or self.names.closest(text)

    def counted(self, code: str, day: date) -> str:
        """The unit under which ``code`` counts on ``day``: itself, or whoever took its place by then."""
        asked = (code, day)
        found = self._counted.get(asked)
        if found is None:
            found = self._counted[asked] = self._counted_on(code, day)
        return found

    def _counted_on(self, code: str, day: date) -> str:
        seen: set[str] = set()
        while (unit := self.organisation.by_code.get(code)) is not None and code not in seen:
            seen.add(code)
            gone = unit.valid_until is None or unit.valid_until < day
            if unit.replaced_by is None or not gone:
                break
            code = unit.replaced_by
        return code

    def leads(self, task: Task) -> tuple[str, ...]:
        """The codes of the units and groups that the task's lead column names, in order."""
        return self.names.resolve(task.lead_units).units

    def counting(self, task: Task) -> Counting:
        """How a task's results are counted."""
        return self.names.counting(task)

    def is_group(self, code: str) -> bool:
        """Whether the code is that of a group."""
        unit = self.organisation.by_code.get(code)
        return unit is not None and unit.is_group

    def members(self, codes: Iterable[str], day: date) -> tuple[str, ...]:
        """The single units in force on ``day`` that the codes stand for, each once, in order."""
        asked = (tuple(codes), day)
        if asked not in self._members:
            self._members[asked] = self._members_of(*asked)
        return self._members[asked]

    def _members_of(self, codes: tuple[str, ...], day: date) -> tuple[str, ...]:
        found: dict[str, None] = {}
        seen: set[str] = set()

        def add(code: str) -> None:
            counted = self.counted(code, day)
            unit = self.organisation.by_code.get(counted)
            if unit is None or counted in seen:
                return
            seen.add(counted)
            if not unit.is_group:
                if _in_force(unit.valid_from, unit.valid_until, day):
                    found.setdefault(counted)
                return
            for member in unit.members:
                if _in_force(member.since, member.until, day):
                    add(member.unit)

        for code in codes:
            add(code)
        return tuple(found)

    def name(self, code: str) -> str:
        """The unit's full name."""
        unit = self.organisation.by_code.get(code)
        return unit.name if unit is not None else code

    def order(self, code: str) -> int:
        """Where the unit stands in don-vi.yaml."""
        return self._positions.get(code, len(self._positions))

    @cached_property
    def _counted(self) -> dict[tuple[str, date], str]:
        return {}

    @cached_property
    def _members(self) -> dict[tuple[tuple[str, ...], date], tuple[str, ...]]:
        return {}

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {unit.code: index for index, unit in enumerate(self.organisation.units)}

    @cached_property
    def _bearers(self) -> dict[str, list[tuple[str, date | None, date | None]]]:
        bearers: dict[str, list[tuple[str, date | None, date | None]]] = {}
        for unit in self.organisation.units:
            for name, since, until in _spans(unit):
                bearers.setdefault(fold_case(name), []).append((unit.code, since, until))
        return bearers


def _spans(unit: Unit) -> Iterable[tuple[str, date | None, date | None]]:
    yield unit.name, unit.valid_from, unit.valid_until
    for other in unit.other_names:
        yield other.name, other.since or unit.valid_from, other.until or unit.valid_until


def _in_force(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or until >= day)
