"""Makes the documents of a plan's jobs, reading the plan once and compiling each template once.

:func:`make_documents` makes bytes and writes nothing; :func:`delivered` writes them. A process of this machine does
both (:func:`work`); a worker of a cluster only makes documents, which the sender writes.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from docgen.base.files import refusal
from docgen.base.locale import translate as _
from docgen.base.workers import SECONDS, time_limit
from docgen.batch.due import expected_due
from docgen.batch.job import REMINDER, REPORT, UNIT_PLAN, Job, Outcome, State, beside, reason
from docgen.batch.ledger import now
from docgen.batch.survey import content_digest
from docgen.errors import DocgenError, OutputError, Place, Problem, own_fault
from docgen.model.periods.scheme import Window
from docgen.readers.plan_folder import Loaded
from docgen.readers.progress_folder import LoadedProgress, read_progress
from docgen.workflows.build import Prepared, compiled, load_plan, prepare, sealed, shipped_data, template_folders
from docgen.workflows.remind import prepare_reminders, reminder_name
from docgen.workflows.report import CountedPeriod, count_period, prepare_report, report_of, report_tables
from docgen.writers.seal import data_hash
from docgen.writers.write import Written, write_each

#: The value of ``Outcome.pdf`` while the PDF is still to be made.
PDF_WANTED = "wanted"
#: How many jobs a task has at most: enough to make reading the plan worth it, few enough to lose.
TASK_JOBS = 40


@dataclass(frozen=True)
class Task:
    """Jobs of one plan. ``folder`` is that of the jobs file, ``mark`` a file with the index of the job under way."""

    folder: str
    plan: str
    jobs: tuple[Job, ...]
    force: bool = False
    seconds: float = SECONDS
    mark: str = ""


@dataclass(frozen=True)
class Made:
    """The result of a job before it is written: its files by name, none if there is nothing to write.

    ``stages`` are the seconds spent by stage.
    """

    job: Job
    files: Mapping[str, bytes] = field(default_factory=dict)
    state: State = State.DONE
    message: str = ""
    seconds: float = 0.0
    stages: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Worked:
    """The outcomes of a task, and the seconds spent by stage."""

    outcomes: tuple[Outcome, ...]
    stages: Mapping[str, float]


def work(task: Task) -> Worked:
    """Make and write a task's documents, each independently of the others. Never raises."""
    return delivered(tuple(make_documents(task)), Path(task.folder), force=task.force)


def delivered(made: tuple[Made, ...], folder: Path, *, force: bool = False) -> Worked:
    """Write what was made, and return the outcomes; ``folder`` is that of the jobs file. Never raises."""
    begun = time.perf_counter()
    outcomes = _write(made, folder, force=force)
    stages = {"write": time.perf_counter() - begun}
    for one in made:
        for stage, seconds in one.stages.items():
            stages[stage] = stages.get(stage, 0.0) + seconds
    return Worked(tuple(outcomes), stages)


def make_documents(task: Task) -> Iterator[Made]:
    """Make the files of each job, or say why there are none. Never raises."""
    plan = _PlanWork(Path(task.folder, task.plan))
    for number, job in enumerate(task.jobs):
        _mark(task, number)
        begun = time.perf_counter()
        plan.stages = {}
        with time_limit(task.seconds):
            made = _made(plan, job)
        yield replace(made, seconds=time.perf_counter() - begun, stages=plan.stages)


def _mark(task: Task, number: int) -> None:
    """Record which job is under way, in case this process dies."""
    if task.mark:
        with suppress(OSError):
            Path(task.mark).write_text(str(number), encoding="ascii")


def last_begun(tasks: Iterable[Task]) -> float:
    """The time (:func:`time.time`) at which one of the tasks last began a job; 0 if none has."""
    latest = 0.0
    for task in tasks:
        with suppress(OSError):
            latest = max(latest, Path(task.mark).stat().st_mtime)
    return latest


def _made(plan: "_PlanWork", job: Job) -> Made:
    try:
        return plan.make(job)
    except DocgenError as error:
        state = State.FAILED if isinstance(error, OutputError) else State.REFUSED
        return Made(job, state=state, message=reason(error))
    except MemoryError:
        message = _("không đủ bộ nhớ cho văn bản này; tăng --memory, hoặc chia nhỏ kế hoạch")
        return Made(job, state=State.FAILED, message=message)
    except Exception as error:
        return Made(job, state=State.FAILED, message=own_fault(error))


class _PlanWork:
    """A plan being worked on; what several of its jobs need is read or counted once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folders: dict[str, list[Path]] = {}
        self._counted: tuple[tuple[object, ...], CountedPeriod] | None = None
        self._letters: dict[tuple[object, ...], Prepared] = {}
        self.stages: dict[str, float] = {}

    @cached_property
    def _loaded(self) -> Loaded:
        with self._stage("load"):
            return load_plan(self._path)

    @cached_property
    def _digest(self) -> str:
        return data_hash(self._loaded.value)

    @cached_property
    def _progress(self) -> LoadedProgress:
        loaded = self._loaded
        with self._stage("load"):
            return read_progress(loaded, None, shipped_data())

    def make(self, job: Job) -> Made:
        """Make a job's files. Raises DocgenError."""
        if job.key.kind == REPORT:
            return self._report(job)
        if job.key.kind == REMINDER:
            return self._reminder(job)
        loaded = self._loaded
        with self._stage("prepare"):
            of_unit = job.key.kind == UNIT_PLAN
            unit, only = (job.key.unit, ()) if of_unit else (None, (job.key.kind,))
            prepared = prepare(loaded, only=only, unit=unit, draft=job.draft)
        return Made(job, self._files(job, prepared))

    def _report(self, job: Job) -> Made:
        period = self._period(job)
        with self._stage("count"):
            counted = report_of(period, job.key.unit or None)
        with self._stage("prepare"):
            prepared = prepare_report(counted, draft=job.draft)
        files = self._files(job, prepared)
        if job.xlsx:
            with self._stage("tables"):
                files[beside(job.target, ".xlsx")] = report_tables(counted, prepared, draft=job.draft)
        draft = _("bản dự thảo; chưa báo cáo: {names}").format(names=", ".join(job.missing)) if job.missing else ""
        return Made(job, files, message="; ".join(filter(None, (draft, _due_remark(period.count.window)))))

    def _reminder(self, job: Job) -> Made:
        prepared = self._reminders(job)
        name = reminder_name(job.key.period, job.key.unit)
        letters = tuple(one for one in prepared.documents if one.name == name)
        if not letters:
            return Made(job, message=_("không phải đôn đốc"))
        remark = _due_remark(self._period(job).count.window)
        return Made(job, self._files(job, replace(prepared, documents=letters)), message=remark)

    def _reminders(self, job: Job) -> Prepared:
        """The reminders of a period, made once for all units."""
        key = (job.key.scheme, job.key.period, job.as_of, job.draft)
        if key not in self._letters:
            period = self._period(job)
            with self._stage("count"):
                counted = report_of(period)
            with self._stage("prepare"):
                self._letters[key] = prepare_reminders(counted, draft=job.draft)
        return self._letters[key]

    def _period(self, job: Job) -> CountedPeriod:
        """A counted period. Only the last one is kept, since jobs come period by period."""
        key = (job.key.scheme, job.key.period, job.as_of)
        if self._counted is None or self._counted[0] != key:
            loaded, progress, (_plan, _kind, scheme, code, _unit) = self._loaded, self._progress, job.key
            with self._stage("count"):
                period = count_period(loaded, code, scheme=scheme, progress=progress, today=job.as_of)
            self._counted = key, period
        return self._counted[1]

    def _files(self, job: Job, prepared: Prepared) -> dict[str, bytes]:
        (document,) = prepared.documents
        with self._stage("template"):
            if job.templates not in self._folders:
                self._folders[job.templates] = template_folders(job.templates or None, prepared.loaded.folder)
            program = compiled(document.kind, self._folders[job.templates])
        with self._stage("context"):
            context = document.context()
            whole = prepared.data is self._loaded.value  # else a unit's own plan
            digest = self._digest if whole else data_hash(prepared.data)
        with self._stage("render"):
            return {job.target: sealed(document, context, program, prepared.loaded, digest)}

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        """Add the time of the block to a stage."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.stages[name] = self.stages.get(name, 0.0) + time.perf_counter() - begun


def _due_remark(window: Window) -> str:
    """The remark on a paper whose due date was counted with days off that are only expected."""
    return expected_due(window.due) if window.due is not None and window.days_off_expected else ""


def _write(made: Iterable[Made], folder: Path, *, force: bool) -> list[Outcome]:
    """Write what was made; it survives a power cut once this returns."""
    listed = list(made)
    files = {folder / name: content for one in listed for name, content in one.files.items()}
    try:
        written: Mapping[Path, Written | OutputError] = write_each(files, force=force)
    except Exception as error:
        problem = Problem("batch.write", own_fault(error), place=Place(folder.as_posix()))
        written = dict.fromkeys(files, OutputError(problem))
    return [_outcome(one, written, folder) for one in listed]


def _outcome(one: Made, written: Mapping[Path, Written | OutputError], folder: Path) -> Outcome:
    job = one.job
    outcome = Outcome(
        job.key, one.state, job.target, job.inputs, job.template,
        attempts=1, seconds=round(one.seconds, 4), finished=now(), message=one.message,
    )  # fmt: skip
    if not one.files:
        if one.state is State.DONE and (folder / job.target).exists():
            message = _("{message}; tệp của lần trước còn đó: xóa nếu không gửi").format(message=one.message)
            return replace(outcome, message=message)
        return outcome
    faults = [found for name in one.files if isinstance(found := written[folder / name], OutputError)]
    found = written[folder / job.target]
    if faults or isinstance(found, OutputError):
        return replace(outcome, state=State.FAILED, message="\n".join(map(str, faults)))
    try:
        status = found.path.stat()
    except OSError as error:
        return replace(outcome, state=State.FAILED, message=str(refusal(found.path, error)))
    outcome = replace(
        outcome,
        written=found.path.relative_to(folder).as_posix() if found.path.is_relative_to(folder) else str(found.path),
        output=content_digest(one.files[job.target]),
        size=status.st_size,
        modified=status.st_mtime_ns,
    )
    kept = [name for name in one.files if isinstance(found := written[folder / name], Written) and found.kept]
    if kept:
        message = _("đã sửa bằng tay nên giữ nguyên {files}; bản mới nằm bên cạnh (.moi)").format(files=", ".join(kept))
        return replace(outcome, state=State.KEPT, message=message)
    return replace(outcome, pdf=PDF_WANTED) if job.pdf else outcome


def died(job: Job, seconds: float, memory: int | None) -> Outcome:
    """The outcome of a job whose process died twice."""
    message = _("việc soạn văn bản này bị dừng giữa chừng: quá {seconds:g} giây, hoặc quá {memory} MB bộ nhớ")
    if memory is None:
        message = _("việc soạn văn bản này bị dừng giữa chừng: quá {seconds:g} giây, hoặc máy làm việc thiếu bộ nhớ")
    return Outcome(
        job.key, State.FAILED, job.target, job.inputs, job.template,
        attempts=2, finished=now(), message=message.format(seconds=seconds, memory=memory),
    )  # fmt: skip


def divide(task: Task) -> tuple[list[Task], list[Task]]:
    """Divide a task whose process may have died into the job under way, to try alone, and the rest, to try again."""
    if len(task.jobs) == 1:
        return [task], []
    try:
        at = int(Path(task.mark).read_text(encoding="ascii"))
        Path(task.mark).unlink()  # the index is of this task, not of what is left of it
    except (OSError, ValueError):
        return [], [task]
    rest = (*task.jobs[:at], *task.jobs[at + 1 :])
    return [replace(task, jobs=task.jobs[at : at + 1])], [replace(task, jobs=rest)]
