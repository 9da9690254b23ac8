"""What must be known of a plan to name its jobs, and hashes that tell whether they are still right."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from docgen import __version__
from docgen.base.files import MAX_FILE
from docgen.base.locale import translate as _
from docgen.base.workers import time_limit
from docgen.batch.job import own_fault, reason
from docgen.documents.frame import issuing_unit
from docgen.errors import DocgenError, Place, Problem
from docgen.model.counting.answers import count_answers, expected_units
from docgen.model.counting.entries import Entries, entries
from docgen.model.counting.tasks import answering
from docgen.model.counting.units import Units
from docgen.model.periods.period import Period, parse_period
from docgen.model.periods.scheme import Scheme, window
from docgen.model.plan.history import as_of, main_frame
from docgen.model.plan.plan import Plan
from docgen.model.progress.progress import Progress
from docgen.readers.named_files import Stamp, read_scheme
from docgen.readers.plan_folder import Loaded, is_workbook
from docgen.readers.progress_folder import PROGRESS_FOLDER, STATISTICS_FOLDER, LoadedProgress, read_progress
from docgen.readers.yaml.reader import said_by_system
from docgen.workflows.build import OWN_TEMPLATES, documents_of, load_plan, shipped_data
from docgen.workflows.report import chosen_scheme


def content_digest(content: bytes) -> str:
    """The hash of some bytes."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def digest(*parts: object) -> str:
    """The hash of some values, by how Python writes them."""
    return content_digest(repr(parts).encode("utf-8", "surrogateescape"))


@lru_cache(maxsize=1024)
def file_digest(path: Path, _stamp: Stamp) -> str:
    """The hash of a file's content, read once as long as its stamp is the same. Raises OSError."""
    return content_digest(path.read_bytes())


#: Folders beside a plan that only reports and reminders are made from.
_REPORT_FOLDERS = (PROGRESS_FOLDER, "bao-cao", STATISTICS_FOLDER, "ky_bao_cao", "ngay_nghi")
#: Folders that belong to a plan's form; of a plan's own folder, all do but the first.
_FORM_FOLDERS = (*_REPORT_FOLDERS, "linh_vuc", "de_cuong")
#: Receipts, templates and output say nothing that a document is made from, or are hashed apart.
_LEFT_OUT = ("nhan", OWN_TEMPLATES, "output")
_PICTURES = (".png", ".jpg", ".jpeg")
_ENDS = (".yaml", *_PICTURES)
#: No plan has as many files; a folder that does is a mistake, and reading all of them would take the night.
_MOST_FILES = 5000
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class PeriodSurvey:
    """One period of a plan in a scheme; days as ISO 8601 texts, ``due`` empty where the scheme fixes none.

    ``due_expected``: it was counted with days off that no file says.
    ``expected`` are the codes of the units that must answer, ``missing`` of those that have not.
    """

    scheme: str
    period: str
    in_scheme: bool
    end: str
    due: str
    expected: tuple[str, ...]
    missing: tuple[str, ...]
    due_expected: bool = False


@dataclass(frozen=True, slots=True)
class PlanSurvey:
    """What is known of a plan; ``plan`` is its path from the jobs file's folder.

    ``answers``: the progress was read, and ``missing`` of its periods can be relied on. ``refused`` says why the plan
    doesn't load, empty where it does; ``progress_refused`` why its periods can't be named, by the scheme as it was
    asked for.
    ``documents`` are the codes of the kinds of its papers by the name of their file, ``units`` the names of its single
    units by code, ``leads`` the codes of those that lead a task. ``periods`` are by the scheme as it was asked for
    ("" for whichever the progress names).
    """

    plan: str
    stamp: str
    refused: str = ""
    progress_refused: dict[str, str] = field(default_factory=dict)
    answers: bool = False
    plan_hash: str = ""
    report_hash: str = ""
    name: str = ""
    code: str = ""
    year: int = 0
    office: str = ""
    documents: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    leads: tuple[str, ...] = ()
    periods: dict[str, tuple[PeriodSurvey, ...]] = field(default_factory=dict)

    def to_json(self) -> str:
        """The survey as text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "PlanSurvey":
        """A survey that :meth:`to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        read: dict[str, Any] = json.loads(text)
        read["leads"] = tuple(read["leads"])
        read["periods"] = {
            scheme: tuple(
                PeriodSurvey(**{**one, "expected": tuple(one["expected"]), "missing": tuple(one["missing"])})
                for one in found
            )
            for scheme, found in read["periods"].items()
        }
        return cls(**read)


class Asked(NamedTuple):
    """A plan to be surveyed: ``folder`` is that of the jobs file; ``periods`` are pairs of scheme and period as they
    stand in the jobs file, "" and "auto" included. ``answers``: it must be known who has answered."""

    folder: str
    plan: str
    stamp: str
    periods: tuple[tuple[str, str], ...]
    answers: bool = False


def survey(seconds: float, asked: Asked) -> PlanSurvey:
    """Load a plan and survey it, in ``seconds`` or the process ends; a plan that can't be loaded is told as
    refused, never raised."""
    try:
        with time_limit(seconds):
            return _survey(asked)
    except MemoryError:
        message = _("không đủ bộ nhớ để đọc kế hoạch này; tăng --memory, hoặc chia nhỏ kế hoạch")
        return PlanSurvey(asked.plan, asked.stamp, refused=message)
    except Exception as error:
        return PlanSurvey(asked.plan, asked.stamp, refused=own_fault(error))


def _survey(asked: Asked) -> PlanSurvey:
    path = Path(asked.folder, asked.plan)
    try:
        hashes = _hashes(path)
        loaded = load_plan(path)
        plan = loaded.value
        documents = {one.name: one.kind.code for one in documents_of(plan)}
    except DocgenError as error:
        return PlanSurvey(asked.plan, asked.stamp, refused=reason(error))
    except OSError as error:
        return unlisted(asked.plan, error)
    units = Units(plan.organisation)
    last = date(plan.year, 12, 31)
    leading = [code for _at, task in as_of(plan, last).tasks() for code in answering(units, task, last)]
    periods, refused = _periods(loaded, asked, units)
    return PlanSurvey(
        plan=asked.plan,
        stamp=asked.stamp,
        progress_refused=refused,
        answers=asked.answers,
        plan_hash=hashes[0],
        report_hash=hashes[1],
        name=loaded.name,
        code=plan.code,
        year=plan.year,
        office=issuing_unit(main_frame(plan), plan).code,
        documents=documents,
        units={one.code: one.name for one in plan.organisation.units if not one.is_group},
        leads=tuple(sorted(set(leading), key=units.order)),
        periods=periods,
    )


def unlisted(plan: str, error: OSError) -> PlanSurvey:
    """The survey of a plan whose files can't be looked at."""
    message, hint = _("không mở được tệp của kế hoạch"), said_by_system(error)
    place = Place(str(error.filename or plan))
    return PlanSurvey(plan, "", refused=str(Problem("file.unreadable", message, hint, place)))


def _periods(loaded: Loaded, asked: Asked, units: Units) -> tuple[dict[str, tuple[PeriodSurvey, ...]], dict[str, str]]:
    """The periods that were asked for by scheme, and why there are none of a scheme that can't be read.

    Where the progress can't be read, that is so of every scheme that needs it.
    """
    names = list(dict.fromkeys(name for name, _code in asked.periods))
    told, wrong = None, ""
    if asked.answers or "" in names:
        try:
            told = read_progress(loaded, None, shipped_data())
        except DocgenError as error:
            wrong = reason(error)
    found = entries(told.value if told is not None else Progress(), units)
    periods: dict[str, tuple[PeriodSurvey, ...]] = {}
    refused: dict[str, str] = {}
    for name in names:
        if wrong:
            refused[name] = wrong
            continue
        try:
            codes = [code for one, code in asked.periods if one == name]
            pairs = list(_schemes(loaded, told, name, codes))
            periods[name] = tuple(_period(loaded.value, scheme, period, found, units) for scheme, period in pairs)
        except DocgenError as error:
            refused[name] = reason(error)
    return periods, refused


def _schemes(
    loaded: Loaded, told: LoadedProgress | None, name: str, codes: list[str]
) -> Iterator[tuple[Scheme, Period]]:
    """Every period that is meant, with the scheme that it is counted by: the named one, else the progress's."""

    def scheme_of(period: Period) -> Scheme:
        if told is None or name:
            return read_scheme(name, loaded.folder, shipped_data())
        return chosen_scheme(loaded, told, period, None)

    usual = scheme_of(Period(loaded.value.year, "year"))
    wanted = [usual.periods(loaded.value.year) if code == "auto" else [parse_period(code)] for code in codes]
    for period in dict.fromkeys(period for some in wanted for period in some):
        yield usual if name else scheme_of(period), period


def _period(plan: Plan, scheme: Scheme, period: Period, found: Entries, units: Units) -> PeriodSurvey:
    days = window(scheme, period)
    expected = expected_units(as_of(plan, days.end), units, days.end)
    answers = count_answers(expected, found, units, (days.start, days.end), days.due, days.end)
    return PeriodSurvey(
        scheme=scheme.code,
        period=period.code,
        in_scheme=days.in_scheme,
        end=days.end.isoformat(),
        due=days.due.isoformat() if days.due is not None else "",
        expected=tuple(expected),
        missing=tuple(one.unit for one in answers if not one.answered),
        due_expected=bool(days.days_off_expected),
    )


def stamp_of(path: Path, periods: tuple[tuple[str, str], ...]) -> str:
    """What changes when any file that a plan's documents are made from does, or when other periods are asked for.

    Raises OSError where the plan isn't there or can't be listed.
    """
    files = [(name, found.st_size, found.st_mtime_ns) for name, found in plan_files(path)]
    return digest(__version__, shipped_hash(), version("holidays"), periods, files)


def _hashes(path: Path) -> tuple[str, str]:
    """The hash of the contents that a plan's own documents are made from, and of those that its reports are."""
    own: list[str] = []
    every: list[str] = []
    folder = path.parent if is_workbook(path) else path
    for name, found in plan_files(path):
        large = found.st_size > MAX_FILE  # whoever reads it refuses it
        content = str(found.st_mtime_ns).encode() if large else (folder / name).read_bytes()
        every.append(digest(name, content_digest(content)))
        if name.partition("/")[0] not in _REPORT_FOLDERS:
            own.append(every[-1])
    return digest(__version__, shipped_hash(), own), digest(__version__, shipped_hash(), every)


@lru_cache(maxsize=1)
def shipped_hash() -> str:
    """A hash of the lists that docgen ships: schemes, outlines, fields of work."""
    folder = shipped_data()
    shipped = sorted(path for path in folder.glob("*/*.yaml") if path.parent.name in _FORM_FOLDERS)
    return content_digest(b"\0".join(path.read_bytes() for path in shipped))


def plan_files(path: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The files of a plan by their path from its folder, sorted. Raises OSError."""
    if not is_workbook(path):
        yield from _below(path, "", _DEEPEST)
        return
    yield path.name, path.stat()
    for entry in sorted(os.scandir(path.parent), key=lambda one: one.name):
        if entry.is_dir() and entry.name not in _LEFT_OUT and not entry.name.startswith("."):
            ends = _ENDS if entry.name in _FORM_FOLDERS else _PICTURES  # which may lie anywhere beside a form
            yield from _below(Path(entry.path), f"{entry.name}/", _DEEPEST - 1, ends)
        elif entry.name.lower().endswith(_PICTURES) and entry.is_file():
            yield entry.name, entry.stat()


def _below(
    folder: Path, prefix: str, depth: int, ends: tuple[str, ...] = _ENDS
) -> Iterator[tuple[str, os.stat_result]]:
    """The files below a folder; links are followed, since whoever reads the plan follows them."""
    for count, entry in enumerate(sorted(os.scandir(folder), key=lambda one: one.name)):
        if count > _MOST_FILES:
            return
        if entry.name.startswith(".") or entry.name in _LEFT_OUT:
            continue
        if entry.is_dir():
            if depth > 1:
                yield from _below(Path(entry.path), f"{prefix}{entry.name}/", depth - 1, ends)
        elif entry.name.lower().endswith(ends) and entry.is_file():
            yield prefix + entry.name, entry.stat()
