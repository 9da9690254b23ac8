"""Merges units' answers into a file of progress, in place of their earlier answers, and lists what that changes.

The result doesn't depend on the order in which units answer.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from docgen.base.declare import Declaration, Record, declarations, shown_text
from docgen.base.locale import translate as _
from docgen.model.counting.units import Units
from docgen.model.progress.progress import ProgressFile, UnitAnswer
from docgen.model.progress.questions import Questions

#: The lists of answers in a file, by key, with the key of what each record is about (task, indicator …).
ABOUT = {"tien_do": "ma", "ket_qua_chi_tieu": "ma", "so_lieu": "ma", "loi_van": "linh_vuc"}
#: The keys of a record that identify it: what it is about, its unit and its days.
IDENTITY = frozenset(("ma", "linh_vuc", "don_vi", "tu", "den"))


class Origin(NamedTuple):
    """The origin of a merged record: a unit's new answers ("" for the earlier file), and its index there."""

    unit: str
    place: int


@dataclass(frozen=True)
class Merged:
    """A merged file, and by key of each list the origins of its records."""

    file: ProgressFile
    origins: Mapping[str, tuple[Origin, ...]]


class Difference(NamedTuple):
    """One value changed by a new answer, "" if absent; ``about`` is the code of the task, indicator …"""

    about: str
    label: str
    old: str
    new: str


class Said(NamedTuple):
    """A unit's answers, and by key of each list the codes that it was asked about.

    Earlier answers to what it was asked are replaced, even by blanks.
    """

    file: ProgressFile
    asked: Mapping[str, Collection[str]]

    def replaces(self, key: str, record: Record) -> bool:
        """Whether these answers replace the unit's earlier ``record`` of the same days."""
        return _about(record, ABOUT[key]) in self.asked.get(key, ())


def merge(before: ProgressFile, answers: Mapping[str, Said], questions: Questions, today: date) -> Merged:
    """The file with each unit's answers (by code) in place of its earlier answers to the same questions.

    Units that answer for the first time are added to ``tra_loi`` with the date ``today``.
    """
    values: dict[str, Any] = {}
    origins: dict[str, tuple[Origin, ...]] = {}
    order = _order(questions)
    for key in ABOUT:
        kept = [
            (record, Origin("", index))
            for index, record in enumerate(getattr(before, _name(key)))
            if (unit := own_unit(record, before, questions.units)) not in answers
            or not answers[unit].replaces(key, record)
        ]
        new = [
            (record, Origin(unit, index))
            for unit, said in answers.items()
            for index, record in enumerate(getattr(said.file, _name(key)))
        ]
        both = sorted([*kept, *new], key=lambda pair: order(key, pair[0], before))
        values[_name(key)] = tuple(record for record, _origin in both)
        origins[key] = tuple(origin for _record, origin in both)
    values["answers"], origins["tra_loi"] = _answered(before, answers, questions.units, today)
    return Merged(replace(before, **values), origins)


def own_unit(record: Record, file: ProgressFile, units: Units) -> str:
    """The code of the unit that a record is of; "" if it is of other days than the file or the unit is unknown."""
    start, end = _days(record, file)
    if (start, end) != (file.start, file.end):
        return ""
    return units.find(str(getattr(record, "unit", "")), start, end) or ""


def by_unit(file: ProgressFile, units: Units) -> dict[str, ProgressFile]:
    """The answers of each unit in a file, by its code; units without answers are left out."""
    found: dict[str, dict[str, list[Record]]] = {}
    for key in ABOUT:
        for record in getattr(file, _name(key)):
            if unit := own_unit(record, file, units):
                found.setdefault(unit, {}).setdefault(_name(key), []).append(record)
    empty: dict[str, Any] = {**{_name(key): () for key in ABOUT}, "answers": ()}
    return {
        unit: replace(file, **empty | {name: tuple(records) for name, records in lists.items()})
        for unit, lists in found.items()
    }


def differences(before: ProgressFile, said: Said) -> Iterator[Difference]:
    """The values that a unit's answers change in its earlier ones, in the order of the new ones."""
    for key, about in ABOUT.items():
        old = {_about(one, about): one for one in getattr(before, _name(key)) if said.replaces(key, one)}
        new = {_about(one, about): one for one in getattr(said.file, _name(key))}
        for code in [*new, *(code for code in old if code not in new)]:
            yield from _of_record(code, old.get(code), new.get(code))


def _days(record: Record, file: ProgressFile) -> tuple[date, date]:
    """The first and last day of a record: its own, else those of its file."""
    return getattr(record, "start", None) or file.start, getattr(record, "end", None) or file.end


def _name(key: str) -> str:
    """The name of a field of :class:`ProgressFile`."""
    return declarations(ProgressFile)[key].name


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
    """The sort key of records: the order of what they are about in the plan, then of units in don-vi.yaml."""
    units = questions.units
    places = {key: {code: index for index, code in enumerate(codes)} for key, codes in _codes(questions).items()}

    def order(key: str, record: Record, file: ProgressFile) -> tuple[int, int, str, date]:
        start, end = _days(record, file)
        named = str(getattr(record, "unit", ""))
        unit = units.find(named, start, end) or named
        return places[key].get(_about(record, ABOUT[key]), len(places[key])), units.order(unit), unit, start

    return order


def _codes(questions: Questions) -> dict[str, Sequence[str]]:
    """The codes that records of each list may be about, by the list's key, in their order."""
    plan = questions.plan
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
    """The units that answered, each with the day of its first answer, and the origins of these records."""
    pairs = [(one, Origin("", index)) for index, one in enumerate(before.answers)]
    known = {units.find(one.unit, before.start, before.end) for one in before.answers}
    new = [unit for unit in answers if unit not in known]
    pairs += [(UnitAnswer(unit=unit, on=today), Origin(unit, -1)) for unit in sorted(new, key=units.order)]
    pairs.sort(key=lambda pair: units.order(units.find(pair[0].unit, before.start, before.end) or pair[0].unit))
    return tuple(one for one, _origin in pairs), tuple(origin for _one, origin in pairs)
