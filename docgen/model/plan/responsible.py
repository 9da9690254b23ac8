"""Who leads a task or takes part in it, read out of the text that the plan prints as typed."""

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
    """Units named in a text, in its order, and what no name explains."""

    units: tuple[str, ...]
    left_over: tuple[str, ...]


@dataclass(frozen=True)
class UnitNames:
    """Finds units in texts by the longest name that fits; built once for an organisation."""

    organisation: Organisation

    def resolve(self, text: str | None) -> Resolved:
        """The units that ``text`` names; white space is folded and letter case ignored.

        Names may stand beside each other, or be joined by "," ";" line breaks or "và"; any of these may also stand
        inside a name, which is why the longest name wins.
        """
        folded = " ".join(nfc(text or "").split())
        if not folded:
            return Resolved((), ())
        found = self._known.get(folded)
        if found is None:
            found = self._known[folded] = self._scan(folded)
        return found

    def suggestion(self, text: str) -> str | None:
        """The known name most like ``text``, for "ý bạn là …?"."""
        return closest(text, [name for unit in self.organisation.units for name in unit.names])

    def unknown(self, text: str | None) -> Iterator[tuple[str, str | None]]:
        """What no name in ``text`` explains, name by name as far as can be told, each with the name it may mean."""
        for rest in self.resolve(text).left_over:
            meant = self.suggestion(rest)
            parts = [rest] if meant is not None else list(filter(None, _JOINTS.split(rest)))
            for part in parts:
                yield part, meant or self.suggestion(part)

    def counting(self, task: Task) -> Counting:
        """How a task's results are counted: as it says, else unit by unit where a group leads."""
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
    """Text between two names, without the words and marks that may join names."""
    words = text.strip(_BETWEEN).split(" ")
    while words and words[0].strip(_BETWEEN).lower() in ("", "và"):
        words.pop(0)
    while words and words[-1].strip(_BETWEEN).lower() in ("", "và"):
        words.pop()
    return " ".join(words).strip(_BETWEEN)


def members_of(organisation: Organisation, codes: Sequence[str]) -> list[Unit]:
    """The single units that the codes stand for, groups taken apart, each unit once, in order."""
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
