"""A unit's answers put in the place of its earlier ones, in one file of progress; and what that changes.

In: the file as it was, and what units say now. Out: a file in an order that doesn't hang on who answered first.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from docgen.base.declare import Declaration, Record, declarations, shown_text
from docgen.base.locale import translate as _
from docgen.model.counting.units import Units
from docgen.model.plan.plan import Plan
from docgen.model.progress.progress import ProgressFile, UnitAnswer
from docgen.model.progress.questions import Questions

#: The lists of records that a unit answers, by key, with the key that says what each record is about.
ABOUT = {"tien_do": "ma", "ket_qua_chi_tieu": "ma", "so_lieu": "ma", "loi_van": "linh_vuc"}
#: What isn't an answer: what a record is about, by whom, and over which days.
IDENTITY = frozenset(("ma", "linh_vuc", "don_vi", "tu", "den"))


class Origin(NamedTuple):
    """Where a merged record comes from: a unit's new answers ("" for the file as it was), and its place there."""

    unit: str
    place: int


@dataclass(frozen=True)
class Merged:
    """A merged file, and by key where each of its records comes from."""

    file: ProgressFile
    origins: Mapping[str, tuple[Origin, ...]]


class Difference(NamedTuple):
    """One value that a corrected answer changes; "" is nothing. ``about`` is the code of the task, indicator …"""

    about: str
    label: str
    old: str
    new: str


class Said(NamedTuple):
    """A unit's answers, and by list the codes that it was asked: what it left blank of them it no longer says."""

    file: ProgressFile
    asked: Mapping[str, Collection[str]]

    def replaces(self, key: str, record: Record) -> bool:
        """Whether the answers take the place of an earlier record of the unit over the same days."""
        return _about(record, ABOUT[key]) in self.asked.get(key, ())


def merge(before: ProgressFile, answers: Mapping[str, Said], questions: Questions, today: date) -> Merged:
    """The file with the answers of each unit (by code) in place of what that unit said before of the same questions.

    Whoever answers for the first time is noted in ``tra_loi`` with ``today``.
    """
    values: dict[str, Any] = {}
    origins: dict[str, tuple[Origin, ...]] = {}
    order = _order(questions)
    for key in ABOUT:
        declared = declarations(ProgressFile)[key]
        kept = [
            (record, Origin("", index))
            for index, record in enumerate(getattr(before, declared.name))
            if (unit := own_unit(record, before, questions.units)) not in answers
            or not answers[unit].replaces(key, record)
        ]
        new = [
            (record, Origin(unit, index))
            for unit, said in answers.items()
            for index, record in enumerate(getattr(said.file, declared.name))
        ]
        both = sorted([*kept, *new], key=lambda pair: order(key, pair[0], before))
        values[declared.name] = tuple(record for record, _origin in both)
        origins[key] = tuple(origin for _record, origin in both)
    values["answers"], origins["tra_loi"] = _answered(before, answers, questions.units, today)
    return Merged(replace(before, **values), origins)


def own_unit(record: Record, file: ProgressFile, units: Units) -> str:
    """The code of the unit whose word over the whole of the file's days a record is; "" where it is of other days."""
    start, end = getattr(record, "start", None) or file.start, getattr(record, "end", None) or file.end
    if (start, end) != (file.start, file.end):
        return ""
    return units.find(str(getattr(record, "unit", "")), start, end) or ""


def by_unit(file: ProgressFile, units: Units) -> dict[str, ProgressFile]:
    """The parts of a file that forms hold, by unit; those who said nothing are left out."""
    found: dict[str, dict[str, list[Record]]] = {}
    for key in ABOUT:
        name = declarations(ProgressFile)[key].name
        for record in getattr(file, name):
            if unit := own_unit(record, file, units):
                found.setdefault(unit, {}).setdefault(name, []).append(record)
    empty: dict[str, Any] = {**{declarations(ProgressFile)[key].name: () for key in ABOUT}, "answers": ()}
    return {
        unit: replace(file, **empty | {name: tuple(records) for name, records in lists.items()})
        for unit, lists in found.items()
    }


def differences(before: ProgressFile, said: Said) -> Iterator[Difference]:
    """What a unit's answers change in what it said before, value by value, in the order of the later ones."""
    for key, about in ABOUT.items():
        name = declarations(ProgressFile)[key].name
        old = {_about(one, about): one for one in getattr(before, name) if said.replaces(key, one)}
        new = {_about(one, about): one for one in getattr(said.file, name)}
        for code in [*new, *(code for code in old if code not in new)]:
            yield from _of_record(code, old.get(code), new.get(code))


def _about(record: Record, key: str) -> str:
    return str(getattr(record, declarations(type(record))[key].name))


def _of_record(code: str, old: Record | None, new: Record | None) -> Iterator[Difference]:
    known = new or old
    for key, declared in declarations(type(known)).items() if known is not None else ():
        if key in IDENTITY:
            continue
        first, second = (_value(record, declared) for record in (old, new))
        if first != second:
            yield Difference(code, declared.label, _shown(declared, first), _shown(declared, second))


def _value(record: Record | None, declared: Declaration) -> Any:
    value = getattr(record, declared.name) if record is not None else None
    return None if value == () else value


def _shown(declared: Declaration, value: Any) -> str:
    return (_("có") if value else _("không")) if isinstance(value, bool) else shown_text(declared, value)


def _order(questions: Questions) -> Callable[[str, Record, ProgressFile], tuple[int, int, str, date]]:
    """Where a record stands: as the plan has what it is about, then as don-vi.yaml has its unit."""
    plan, units = questions.plan, questions.units
    places = {key: {code: index for index, code in enumerate(codes)} for key, codes in _codes(plan, questions).items()}

    def order(key: str, record: Record, file: ProgressFile) -> tuple[int, int, str, date]:
        start, end = getattr(record, "start", None) or file.start, getattr(record, "end", None) or file.end
        named = str(getattr(record, "unit", ""))
        unit = units.find(named, start, end) or named
        return places[key].get(_about(record, ABOUT[key]), len(places[key])), units.order(unit), unit, start

    return order


def _codes(plan: Plan, questions: Questions) -> dict[str, Sequence[str]]:
    statistics = questions.form.statistics if questions.form is not None else ()
    return {
        "tien_do": [task.code for _path, task in plan.tasks()],
        "ket_qua_chi_tieu": [one.code for one in plan.indicators],
        "so_lieu": [one.code for one in statistics],
        "loi_van": [one.code for one in questions.fields],
    }


def _answered(
    before: ProgressFile, answers: Collection[str], units: Units, today: date
) -> tuple[tuple[UnitAnswer, ...], tuple[Origin, ...]]:
    """Who answered, with the first day; a correction that comes later doesn't make a unit late."""
    pairs = [(one, Origin("", index)) for index, one in enumerate(before.answers)]
    known = {units.find(one.unit, before.start, before.end) for one in before.answers}
    new = [unit for unit in answers if unit not in known]
    pairs += [(UnitAnswer(unit=unit, on=today), Origin(unit, -1)) for unit in sorted(new, key=units.order)]
    pairs.sort(key=lambda pair: units.order(units.find(pair[0].unit, before.start, before.end) or pair[0].unit))
    return tuple(one for one, _origin in pairs), tuple(origin for _one, origin in pairs)
