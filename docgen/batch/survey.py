"""Surveys a plan: what is needed to name its jobs, with hashes that change when its documents would."""

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
from docgen.batch.job import reason
from docgen.documents.frame import issuing_unit
from docgen.errors import DocgenError, Place, Problem, own_fault
from docgen.model.counting.answers import count_answers, expected_units
from docgen.model.counting.entries import Entries, entries
from docgen.model.counting.tasks import answering
from docgen.model.counting.units import Units
from docgen.model.periods.period import Period, parse_period
from docgen.model.periods.scheme import Scheme, window
from docgen.model.plan.history import as_of, main_frame
from docgen.model.plan.plan import Plan
from docgen.model.progress.progress import Progress
from docgen.readers.named_files import Stamp
from docgen.readers.plan_folder import Loaded, is_workbook
from docgen.readers.progress_folder import PROGRESS_FOLDER, STATISTICS_FOLDER, LoadedProgress, read_progress
from docgen.readers.scheme_file import read_scheme
from docgen.readers.yaml.reader import said_by_system
from docgen.workflows.build import OWN_TEMPLATES, documents_of, load_plan, shipped_data
from docgen.workflows.report import chosen_scheme


def content_digest(content: bytes) -> str:
    """The hash of bytes, as hex digits."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def digest(*parts: object) -> str:
    """The hash of values, by their ``repr``."""
    return content_digest(repr(parts).encode("utf-8", "surrogateescape"))


@lru_cache(maxsize=1024)
def file_digest(path: Path, _stamp: Stamp) -> str:
    """The hash of a file's content, kept while its stamp is the same. Raises OSError."""
    return content_digest(path.read_bytes())


#: Folders beside a plan that only reports and reminders use.
_REPORT_FOLDERS = (PROGRESS_FOLDER, "bao-cao", STATISTICS_FOLDER, "ky_bao_cao", "ngay_nghi")
#: Folders beside a form that its documents use.
_FORM_FOLDERS = (*_REPORT_FOLDERS, "linh_vuc", "de_cuong")
#: Folders left out: no document uses receipts or output, and templates are hashed apart.
_LEFT_OUT = ("nhan", OWN_TEMPLATES, "output")
_PICTURES = (".png", ".jpg", ".jpeg")
_ENDS = (".yaml", *_PICTURES)
#: A folder with more files than any plan is a mistake, and reading it all would take the night.
_MOST_FILES = 5000
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class PeriodSurvey:
    """A period of a plan in a scheme; days are ISO 8601 texts, ``due`` is "" if the scheme sets none.

    ``expected`` are the codes of the units that must answer, ``missing`` of those that haven't. ``due_expected``: the
    due date was counted with days off that are only expected, not yet laid down in a file.
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
    """What a batch knows of a plan; ``plan`` is its path from the jobs file's folder.

    ``refused`` is the reason why the plan doesn't load, "" if it does. ``progress_refused`` is the reason why its
    periods can't be named, and ``periods`` are the periods, both by the scheme in the jobs file ("" for the one that
    the progress names). ``answers``: the progress was read, so that ``missing`` of the periods is right. ``documents``
    are the codes of kinds by file name, ``units`` the names of its single units by code, ``leads`` the codes of units
    that lead a task.
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
        """The survey as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "PlanSurvey":
        """Read what :meth:`to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
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
    """A plan to be surveyed.

    ``folder`` is that of the jobs file, ``periods`` are pairs of scheme and period as in the jobs file, including ""
    and "auto". ``answers``: find out which units have answered.
    """

    folder: str
    plan: str
    stamp: str
    periods: tuple[tuple[str, str], ...]
    answers: bool = False


def survey(seconds: float, asked: Asked) -> PlanSurvey:
    """Load and survey a plan; a plan that can't be loaded is refused. Never raises.

    The process ends itself after ``seconds``.
    """
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
    """The survey of a plan whose files can't be listed."""
    message, hint = _("không mở được tệp của kế hoạch"), said_by_system(error)
    place = Place(str(error.filename or plan))
    return PlanSurvey(plan, "", refused=str(Problem("file.unreadable", message, hint, place)))


def _periods(loaded: Loaded, asked: Asked, units: Units) -> tuple[dict[str, tuple[PeriodSurvey, ...]], dict[str, str]]:
    """The periods asked for, and the reasons for schemes that can't be read, both by scheme.

    Progress that can't be read is a reason for every scheme.
    """
    names = list(dict.fromkeys(name for name, _code in asked.periods))
    progress, wrong = None, ""
    if asked.answers or "" in names:
        try:
            progress = read_progress(loaded, None, shipped_data())
        except DocgenError as error:
            wrong = reason(error)
    found = entries(progress.value if progress is not None else Progress(), units)
    periods: dict[str, tuple[PeriodSurvey, ...]] = {}
    refused: dict[str, str] = {}
    for name in names:
        if wrong:
            refused[name] = wrong
            continue
        try:
            codes = [code for one, code in asked.periods if one == name]
            pairs = list(_schemes(loaded, progress, name, codes))
            periods[name] = tuple(_period(loaded.value, scheme, period, found, units) for scheme, period in pairs)
        except DocgenError as error:
            refused[name] = reason(error)
    return periods, refused


def _schemes(
    loaded: Loaded, progress: LoadedProgress | None, name: str, codes: list[str]
) -> Iterator[tuple[Scheme, Period]]:
    """Every period asked for, with its scheme: the named one, else that of the progress."""

    def scheme_of(period: Period) -> Scheme:
        if progress is None or name:
            return read_scheme(name, loaded.folder, shipped_data())
        return chosen_scheme(loaded, progress, period, None)

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
    """A text that changes with any file that a plan's documents use, and with the periods asked for.

    Raises OSError if the plan is missing or can't be listed.
    """
    files = [(name, found.st_size, found.st_mtime_ns) for name, found in plan_files(path)]
    return digest(__version__, shipped_hash(), version("holidays"), periods, files)


def _hashes(path: Path) -> tuple[str, str]:
    """The hash of the files that a plan's own documents use, and of those that its reports use."""
    own: list[str] = []
    every: list[str] = []
    folder = path.parent if is_workbook(path) else path
    for name, found in plan_files(path):
        large = found.st_size > MAX_FILE  # refused when it is read
        content = str(found.st_mtime_ns).encode() if large else (folder / name).read_bytes()
        every.append(digest(name, content_digest(content)))
        if name.partition("/")[0] not in _REPORT_FOLDERS:
            own.append(every[-1])
    return digest(__version__, shipped_hash(), own), digest(__version__, shipped_hash(), every)


@lru_cache(maxsize=1)
def shipped_hash() -> str:
    """The hash of the lists that docgen ships: schemes, outlines, fields of work."""
    folder = shipped_data()
    shipped = sorted(path for path in folder.glob("*/*.yaml") if path.parent.name in _FORM_FOLDERS)
    return content_digest(b"\0".join(path.read_bytes() for path in shipped))


def plan_files(path: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The files that a plan's documents use, sorted, with their path from its folder. Raises OSError."""
    if not is_workbook(path):
        yield from _below(path, "", _DEEPEST)
        return
    yield path.name, path.stat()
    for entry in sorted(os.scandir(path.parent), key=lambda one: one.name):
        if entry.is_dir() and entry.name not in _LEFT_OUT and not entry.name.startswith("."):
            ends = _ENDS if entry.name in _FORM_FOLDERS else _PICTURES  # pictures may lie in any folder
            yield from _below(Path(entry.path), f"{entry.name}/", _DEEPEST - 1, ends)
        elif entry.name.lower().endswith(_PICTURES) and entry.is_file():
            yield entry.name, entry.stat()


def _below(
    folder: Path, prefix: str, depth: int, ends: tuple[str, ...] = _ENDS
) -> Iterator[tuple[str, os.stat_result]]:
    """The files below a folder. Links are followed, as in reading the plan."""
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
