"""Finds the plans of a jobs file and, from their surveys, names every job of each."""

import glob
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from docgen.base.locale import translate as _
from docgen.batch.due import decide, not_over, over
from docgen.batch.job import PERIODIC, REMINDER, REPORT, UNIT_PLAN, Job, Key
from docgen.batch.jobs_file import (
    ALL_PAPERS,
    AUTO,
    DEFAULT_LEAD,
    DEFAULT_OUT,
    EVERY,
    KIND_WORDS,
    NO_UNIT,
    OTHER_PAPERS,
    Entry,
    JobsFile,
    folder_of,
    words,
)
from docgen.batch.survey import PeriodSurvey, PlanSurvey, digest, file_digest
from docgen.documents import registry
from docgen.errors import Problem, Severity, UsageError
from docgen.readers.named_files import stamp
from docgen.readers.plan_folder import PLAN_FILE, is_workbook, plan_folder_of
from docgen.readers.yaml.reader import said_by_system
from docgen.wording.text import closest, fold, nfc, slug
from docgen.workflows.build import template_folders, template_path
from docgen.workflows.remind import reminder_name
from docgen.workflows.report import report_name

_MAIN_PAPERS = ("quyet-dinh", "ke-hoach")
#: Ends of the copies that docgen writes beside a form.
_COPIES = (".loi.xlsx", ".moi.xlsx")


@dataclass(frozen=True)
class Found:
    """The plans of a jobs file, each with the indexes of its entries, and remarks on patterns that match nothing."""

    plans: Mapping[str, tuple[int, ...]]
    remarks: tuple[Problem, ...]


def find_plans(file: JobsFile) -> Found:
    """Every plan that an entry's path or pattern matches, sorted. Raises UsageError for a missing path, or no plan."""
    plans: dict[str, list[int]] = {}
    remarks: list[Problem] = []
    missing: list[Problem] = []
    for index, entry in enumerate(file.listed.value.entries):
        pattern = entry.plan.replace("\\", "/").rstrip("/")
        place = file.place(index, "plan")
        here = list(_matching(file.folder, pattern))
        for name in here:
            plans.setdefault(name, []).append(index)
        if here:
            continue
        if not glob.has_magic(pattern) or os.path.lexists(file.folder / pattern):
            message = _("không có kế hoạch {path}").format(path=pattern)
            hint = _("đường dẫn tính từ thư mục của tệp công việc; kế hoạch là thư mục có {file}, hoặc tệp .xlsx")
            missing.append(Problem("batch.no-plan", message, hint.format(file=PLAN_FILE), place))
        else:
            message, hint = _("không tìm thấy kế hoạch nào theo “{path}”"), _("kiểm tra lại mẫu tên sau plan")
            remarks.append(
                Problem("batch.no-plan", message.format(path=pattern), hint, place, severity=Severity.WARNING)
            )
    if missing or not plans:
        raise UsageError([*missing, *(replace(one, severity=Severity.ERROR) for one in remarks)])
    return Found({name: tuple(entries) for name, entries in sorted(plans.items())}, tuple(remarks))


def _matching(folder: Path, pattern: str) -> Iterator[str]:
    """The plans that match a pattern, each once even if links lead to it; an existing path is taken literally."""
    found = [pattern] if os.path.lexists(folder / pattern) else glob.glob(pattern, root_dir=folder, recursive=True)  # noqa: PTH207 - takes any path
    seen: set[str] = set()
    for name in sorted(found):
        real = os.path.realpath(folder / name)
        if real not in seen and _is_plan(folder / name):
            seen.add(real)
            # A name that isn't UTF-8 no longer leads to its plan, which is then refused on its own.
            yield name.replace("\\", "/").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_plan(path: Path) -> bool:
    if path.is_dir():
        try:
            return (path / PLAN_FILE).is_file()
        except OSError:
            return True  # no permission: surveying the plan reports it
    return is_workbook(path) and not path.name.startswith("~$") and not path.name.lower().endswith(_COPIES)


def asked_periods(file: JobsFile, entries: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    """The pairs of scheme and period that the given entries need from a plan's survey."""
    pairs = [
        (_scheme(file, entry), code)
        for entry in (file.listed.value.entries[index] for index in entries)
        if any(kind in PERIODIC for kind in words(entry.kinds))
        for code in words(entry.periods)
    ]
    return tuple(dict.fromkeys(pairs))


def _scheme(file: JobsFile, entry: Entry) -> str:
    return (entry.scheme or file.listed.value.defaults.scheme or "").strip()


@dataclass
class Expander:
    """Names the jobs of one plan after the other.

    ``today`` decides which periods are over; with ``due`` only what is due by then is made. ``pdf`` asks for a PDF of
    every document. After the last plan, :meth:`check_targets` refuses jobs that would write the same file.
    """

    file: JobsFile
    today: date
    due: bool = False
    pdf: bool = False

    def __post_init__(self) -> None:
        self._targets: dict[str, tuple[Key, int]] = {}
        self._real: dict[str, str] = {}
        self._clashes: dict[tuple[str, int, int], tuple[Problem, int]] = {}

    def check_templates(self) -> None:
        """Raise UsageError with every template folder that can't be used."""
        problems: list[Problem] = []
        for index, entry in enumerate(self.file.listed.value.entries):
            place = self.file.place(index if entry.templates else None, "templates")
            try:
                template_folders(self._templates(entry) or None, self.file.folder)
            except UsageError as error:
                problems += [one.at(place) for one in error.problems]
            except OSError as error:
                message = _("không mở được thư mục mẫu {folder}").format(folder=self._templates(entry))
                problems.append(Problem("batch.templates", message, said_by_system(error), place))
        if problems:
            raise UsageError(dict.fromkeys(problems))

    def jobs(self, survey: PlanSurvey, entries: tuple[int, ...]) -> list[Job]:
        """The jobs of a plan, each once; clashes over a file are noted for :meth:`check_targets`."""
        found: dict[Key, tuple[Job, int]] = {}
        for index in entries:
            entry = self.file.listed.value.entries[index]
            for job in _PlanJobs(self, survey, entry).all():
                first, other = found.setdefault(job.key, (job, index))
                if first is job and job.target:
                    self._claim(job, index)
                elif first != job:
                    self._refuse_second(first, job, index, other)
        return [job for job, _index in found.values()]

    def _refuse_second(self, first: Job, job: Job, index: int, other: int) -> None:
        """Note a job that is named twice with different options: the ledger has one row for it."""
        message = _("cùng một công việc ({job}) ghi vào hai chỗ: {first}; {second}")
        if first.target == job.target:
            message = _("cùng một công việc ({job}) được nêu hai lần với tùy chọn khác nhau")
        said = message.format(job=job.key, first=first.target, second=job.target)
        hint = _("bỏ bớt một dòng; cần bản thứ hai thì dùng tệp công việc khác")
        self._clash("batch.two-targets", said, hint, index, other)

    def _claim(self, job: Job, index: int) -> None:
        """Note which job writes a file, and a clash if another one does."""
        key, other = self._targets.setdefault(self._spot(job.target), (job.key, index))
        if key == job.key and other == index:
            return
        message = _("hai công việc cùng ghi {path}: {first}; {second}").format(
            path=job.target, first=key, second=job.key
        )
        hint = _("thêm chỗ điền vào out để tách ra, ví dụ {ke_hoach}, {ky}, {che_do}")
        self._clash("batch.same-target", message, hint, index, other)

    def _spot(self, target: str) -> str:
        """A target's real path with case folded, the same for all ways to name the file."""
        above, _slash, name = target.rpartition("/")
        if above not in self._real:
            self._real[above] = nfc(os.path.realpath(self.file.folder / above)).casefold()
        return f"{self._real[above]}/{nfc(name).casefold()}"

    def _clash(self, code: str, message: str, hint: str, index: int, other: int) -> None:
        """Note a clash between two entries: the first in full, further ones counted."""
        there = (self.file.place(other),) if other != index else ()
        first = Problem(code, message, hint, self.file.place(index), related=there)
        found, count = self._clashes.get((code, index, other), (first, 0))
        self._clashes[code, index, other] = found, count + 1

    def check_targets(self) -> None:
        """Raise UsageError with all clashes noted so far."""
        if self._clashes:
            more = _("{message} (và {n} chỗ nữa)")
            raise UsageError(
                one if count == 1 else replace(one, message=more.format(message=one.message, n=count - 1))
                for one, count in self._clashes.values()
            )

    def _templates(self, entry: Entry) -> str:
        name = entry.templates or self.file.listed.value.defaults.templates
        return str(self.file.folder / name) if name else ""


class _PlanJobs:
    """The jobs that one entry asks for of one plan."""

    def __init__(self, expander: Expander, survey: PlanSurvey, entry: Entry) -> None:
        file, defaults = expander.file, expander.file.listed.value.defaults
        self.survey, self.entry, self.today, self.due = survey, entry, expander.today, expander.due
        self.templates = expander._templates(entry)
        self.out = entry.out or defaults.out or DEFAULT_OUT
        self.scheme = _scheme(file, entry)
        self.pdf = expander.pdf or bool(entry.pdf if entry.pdf is not None else defaults.pdf)
        self.xlsx = bool(entry.xlsx if entry.xlsx is not None else defaults.xlsx)
        lead = entry.lead if entry.lead is not None else defaults.lead
        self.lead = DEFAULT_LEAD if lead is None else lead
        plan = file.folder / survey.plan
        self._folders = template_folders(self.templates or None, plan_folder_of(plan))
        self._template: dict[str, str] = {}
        self._where: dict[tuple[str, ...], str] = {}

    def all(self) -> Iterator[Job]:
        """Every job, including those that are refused."""
        for kind in words(self.entry.kinds):
            if self.survey.refused:
                yield self._refused(kind, self.survey.refused)
            elif kind in PERIODIC:
                yield from self._periodic(kind)
            elif kind == UNIT_PLAN:
                yield from self._unit_plans()
            else:
                yield from self._papers(kind)

    def _papers(self, kind: str) -> Iterator[Job]:
        known = self.survey.documents
        names = {ALL_PAPERS: list(known), OTHER_PAPERS: [name for name in known if name not in _MAIN_PAPERS]}
        for name in names.get(kind, [slug(kind)]):
            if name in known:
                inputs = digest(self.survey.plan_hash, self.entry.draft)
                yield self._job(Key(self.survey.plan, name), name, known[name], inputs)
            else:
                message = _("kế hoạch không có văn bản “{name}”; có: {all}").format(name=kind, all=", ".join(known))
                meant = closest(kind, [*known, *KIND_WORDS])
                hint = _("; ý bạn là “{meant}”?").format(meant=meant) if meant else ""
                yield self._refused(kind, message + hint)

    def _unit_plans(self) -> Iterator[Job]:
        for unit, wrong in self._units(self.survey.leads):
            if wrong:
                yield self._refused(UNIT_PLAN, wrong, unit=unit)
                continue
            inputs = digest(self.survey.plan_hash, self.entry.draft, unit)
            yield self._job(Key(self.survey.plan, UNIT_PLAN, unit=unit), f"ke-hoach-{slug(unit)}", "ke_hoach", inputs)

    def _periodic(self, kind: str) -> Iterator[Job]:
        if (wrong := self.survey.progress_refused.get(self.scheme)) is not None:
            yield self._refused(kind, wrong, self.scheme)
            return
        codes = words(self.entry.periods)
        for period in self.survey.periods.get(self.scheme, ()):
            if period.period not in codes and not (AUTO in codes and period.in_scheme):
                continue
            units = list(self._units(period.expected)) if kind == REMINDER or self._of_units() else [("", "")]
            if kind == REPORT and self._of_units() and NO_UNIT in words(self.entry.units):
                units.insert(0, ("", ""))
            for unit, wrong in units:
                if wrong:
                    yield self._refused(kind, wrong, period.scheme, period.period, unit)
                elif kind == REPORT:
                    yield self._report(period, unit, named=period.period in codes)
                else:
                    yield self._reminder(period, unit, named=period.period in codes)

    def _report(self, period: PeriodSurvey, unit: str, *, named: bool) -> Job:
        waiting, draft = "", self.entry.draft
        missing: tuple[str, ...] = ()
        if self.due:
            decision = decide(period, self.survey.units, self.today, self.lead, unit)
            waiting, draft, missing = decision.waiting, draft or decision.draft, decision.missing
        elif not named and not over(period, self.today):
            waiting = not_over(period)
        as_of = None if over(period, self.today) else self.today
        key = Key(self.survey.plan, REPORT, period.scheme, period.period, unit)
        inputs = digest(self.survey.report_hash, *key, as_of, draft, self.xlsx, *_expected(period))
        name = report_name(period.period, unit or None)
        names = tuple(self.survey.units.get(code, code) for code in missing)
        return self._job(
            key, name, REPORT, inputs, as_of=as_of, draft=draft, missing=names, waiting=waiting, xlsx=self.xlsx
        )

    def _reminder(self, period: PeriodSurvey, unit: str, *, named: bool) -> Job:
        done = over(period, self.today)
        waiting = "" if done or (named and not self.due) else not_over(period)
        as_of = None if done else self.today
        key = Key(self.survey.plan, REMINDER, period.scheme, period.period, unit)
        inputs = digest(self.survey.report_hash, *key, as_of, self.entry.draft, *_expected(period))
        return self._job(key, reminder_name(period.period, unit), REMINDER, inputs, as_of=as_of, waiting=waiting)

    def _of_units(self) -> bool:
        return words(self.entry.units) not in ((), (NO_UNIT,))

    def _units(self, every: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """The codes of the units asked for, each with "" or the reason why it is refused."""
        typed = tuple(word for word in words(self.entry.units) if word != NO_UNIT)
        if not typed or EVERY in typed:
            yield from ((code, "") for code in every)
            return
        known = self.survey.units
        by_name = {fold(name): code for code, name in known.items()}
        for word in typed:
            code = word if word in known else by_name.get(fold(word))
            if code is not None:
                yield code, ""
                continue
            meant = closest(word, [*known, *known.values()])
            hint = _("; ý bạn là “{meant}”?").format(meant=meant) if meant else ""
            yield word, _("không có đơn vị “{name}”").format(name=word) + hint

    def _refused(self, kind: str, why: str, scheme: str = "", period: str = "", unit: str = "") -> Job:
        return Job(Key(self.survey.plan, kind, scheme, period, unit), "", refused=why)

    def _job(
        self,
        key: Key,
        name: str,
        template: str,
        inputs: str,
        *,
        as_of: date | None = None,
        draft: bool | None = None,
        missing: tuple[str, ...] = (),
        waiting: str = "",
        xlsx: bool = False,
    ) -> Job:
        """A job that isn't refused; see :class:`Job`. ``draft`` is by default what the entry says."""
        return Job(
            key=key,
            target=f"{self._folder(key)}/{name}.docx",
            inputs=inputs,
            template=self._template_hash(template),
            templates=self.templates,
            as_of=as_of,
            draft=self.entry.draft if draft is None else draft,
            missing=missing,
            pdf=self.pdf,
            xlsx=xlsx,
            waiting=waiting,
        )

    def _folder(self, key: Key) -> str:
        """The folder of a job's file; computed once for all jobs with the same values."""
        values = {"ky": key.period or str(self.survey.year), "che_do": key.scheme,
                  "don_vi": key.unit or self.survey.office, "loai": key.kind}  # fmt: skip
        asked = tuple(value for name, value in values.items() if f"{{{name}}}" in self.out)
        if asked not in self._where:
            same = {"co_quan": self.survey.office, "ke_hoach": self.survey.name, "ma": self.survey.code}
            self._where[asked] = folder_of(self.out, {**same, "nam": str(self.survey.year), **values})
        return self._where[asked]

    def _template_hash(self, code: str) -> str:
        """The hash of a kind's template; "" if it can't be read, which making the document reports."""
        if code not in self._template:
            path = template_path(registry.kind(code), self._folders)
            try:  # reading a pipe or a device might never end
                self._template[code] = file_digest(path, stamp(path)) if path.is_file() else ""
            except OSError:
                self._template[code] = ""
        return self._template[code]


def _expected(period: PeriodSurvey) -> tuple[str, ...]:
    """The due date if it is only expected: a new list of holidays may move it, and with it which answers are late."""
    return (period.due,) if period.due_expected else ()
