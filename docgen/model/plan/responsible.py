"""Finds the units that are named in a text, such as those that lead a task."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from docgen.model.plan.organisation import Organisation, Unit
from docgen.model.plan.task import Counting, Task
from docgen.wording.text import closest, fold_case, nfc

_BETWEEN = " ,;.\n\t"
_JOINTS = re.compile(r"\s*[,;]\s*|\s+và\s+")


class Resolved(NamedTuple):
    """The codes of the units named in a text, in its order, and the pieces of text that name no known unit."""

    units: tuple[str, ...]
    left_over: tuple[str, ...]


@dataclass(frozen=True)
class UnitNames:
    """Finds an organisation's units in texts by the longest name that matches."""

    organisation: Organisation

    def resolve(self, text: str | None) -> Resolved:
        """The units named in ``text``, ignoring case and runs of white space.

        Names may follow each other directly or be joined by “,”, “;”, line breaks or “và”. Any of these may also be
        part of a name, so the longest name wins.
        """
        folded = " ".join(nfc(text or "").split())
        if not folded:
            return Resolved((), ())
        found = self._known.get(folded)
        if found is None:
            found = self._known[folded] = self._scan(folded)
        return found

    def closest(self, text: str) -> str | None:
        """The known name that is most similar to ``text``, None if none is similar."""
        return closest(text, [name for unit in self.organisation.units for name in unit.names])

    def unknown(self, text: str | None) -> Iterator[tuple[str, str | None]]:
        """The unknown names in ``text``, each with the most similar known name, None if none is similar."""
        for rest in self.resolve(text).left_over:
            meant = self.closest(rest)
            parts = [rest] if meant is not None else list(filter(None, _JOINTS.split(rest)))
            for part in parts:
                yield part, meant or self.closest(part)

    def counting(self, task: Task) -> Counting:
        """How a task's results are counted: as it states, else unit by unit if a group leads it."""
        if task.counting is not None:
            return task.counting
        leads = self.resolve(task.lead_units).units
        by_code = self.organisation.by_code
        return "tung_don_vi" if any(by_code[code].is_group for code in leads) else "chung"

    @cached_property
    def _known(self) -> dict[str, Resolved]:
        return {}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for unit in self.organisation.units:
            for name in unit.names:
                names.setdefault(fold_case(name), unit.code)
        return names

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(self._by_name, key=len, reverse=True)
        if not longest_first:
            return None
        return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")

    def _scan(self, folded: str) -> Resolved:
        lowered = fold_case(folded)
        units: list[str] = []
        left: list[str] = []
        end = 0
        for match in self._pattern.finditer(lowered) if self._pattern else ():
            left.append(folded[end : match.start()])
            code = self._by_name[match.group()]
            if code not in units:
                units.append(code)
            end = match.end()
        left.append(folded[end:])
        return Resolved(tuple(units), tuple(rest for rest in map(_without_joints, left) if rest))


def _without_joints(text: str) -> str:
    """``text`` without the joints (“,”, “;”, “và”) at its start and end."""
    words = text.strip(_BETWEEN).split(" ")
    while words and words[0].strip(_BETWEEN).lower() in ("", "và"):
        words.pop(0)
    while words and words[-1].strip(_BETWEEN).lower() in ("", "và"):
        words.pop()
    return " ".join(words).strip(_BETWEEN)


def members_of(organisation: Organisation, codes: Sequence[str]) -> list[Unit]:
    """The units with these codes, with groups replaced by their members, each once, in order."""
    found: dict[str, Unit] = {}
    pending = list(reversed(codes))
    seen: set[str] = set()
    while pending:
        unit = organisation.by_code.get(pending.pop())
        if unit is None or unit.code in seen:
            continue
        seen.add(unit.code)
        if unit.is_group:
            pending += [member.unit for member in reversed(unit.members)]
        else:
            found.setdefault(unit.code, unit)
    return list(found.values())
