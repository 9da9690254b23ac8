"""Runs a jobs file: makes what is due and records it in the ledger, so that a later run continues one cut off."""

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from docgen.base.files import remove_leftovers
from docgen.base.locale import translate as _
from docgen.base.workers import SECONDS, SLACK, Died, Patience, end_silent, work_off
from docgen.batch.executors import (
    PROCESSES,
    Workplace,
    divide_parcel,
    give_up_without_workers,
    packed,
    work_remotely,
    workplace,
)
from docgen.batch.expand import Expander, Found, asked_periods, find_plans
from docgen.batch.job import Job, Key, Outcome, State, beside
from docgen.batch.jobs_file import JobsFile, read_jobs_file
from docgen.batch.ledger import Ledger, run_lock
from docgen.batch.scan import Files, Scan, scan
from docgen.batch.summary import MOST_TOLD, JobLog, RunResult, open_log
from docgen.batch.survey import Asked, PlanSurvey, stamp_of, survey, unlisted
from docgen.batch.worker import PDF_WANTED, TASK_JOBS, Task, Worked, delivered, died, divide, last_begun, work
from docgen.writers.pdf import require_libreoffice

if TYPE_CHECKING:
    from docgen.batch.pdf import PdfPool

T = TypeVar("T")

#: A function called with the number of items done and of all items.
Step = Callable[[int, int], None]
#: Outcomes are recorded in groups of this size, or at the latest after these seconds.
_GROUP, _GROUP_SECONDS = 200, 0.5
#: Default limit of the memory of a process, in megabytes.
MEMORY = 2048


@dataclass(frozen=True)
class Options:
    """How a jobs file is run.

    ``today`` decides which periods are over and due. ``memory`` limits each process, in megabytes, ``seconds`` each
    job. ``pdf`` makes a PDF of every document.
    """

    today: date
    due: bool = False
    force: bool = False
    dry_run: bool = False
    pdf: bool = False
    workers: int | None = None
    seconds: float = SECONDS
    memory: int | None = MEMORY
    executor: str = PROCESSES


def run(
    path: Path, options: Options, step: Step = lambda _done, _all: None, read: Step = lambda _done, _all: None
) -> RunResult:
    """Make all documents of a jobs file that its ledger doesn't have as done.

    ``read`` is called while plans are read, ``step`` while documents are made. Faults of single jobs are in the result.
    Raises SourceError, DataError or UsageError for the jobs file itself, OutputError if the ledger or log can't be
    written, another run holds them, or the cluster is lost.
    """
    begun = time.monotonic()
    file = read_jobs_file(path)
    place = workplace(options.executor, options.memory)
    result = RunResult(dry_run=options.dry_run)
    with ExitStack() as stack:
        if options.dry_run:
            sqlite = file.beside("sqlite")
            opened = Ledger.open(sqlite, reading=True) if sqlite.exists() else Ledger.in_memory()
            ledger, log = stack.enter_context(opened), None
        else:
            stack.enter_context(run_lock(file.beside("lock")))
            ledger = stack.enter_context(Ledger.open(file.beside("sqlite")))
            log = stack.enter_context(open_log(file.beside("log")))
        _Run(file, options, place, ledger, log, result, (read, step)).go()
    result.seconds = time.monotonic() - begun
    return result


class _Run:
    """One run: find, scan, make, record."""

    def __init__(
        self,
        file: JobsFile,
        options: Options,
        place: Workplace,
        ledger: Ledger,
        log: JobLog | None,
        result: RunResult,
        steps: tuple[Step, Step],
    ) -> None:
        self.file, self.options, self.place, self.ledger = file, options, place, ledger
        self.log, self.result, (self.read, self.step) = log, result, steps
        self.expander = Expander(file, options.today, options.due, options.pdf)
        self.files = Files(file.folder)
        self._group: list[Outcome] = []
        self._interrupted: list[Job] = []
        self._taken = 0
        self._since = time.monotonic()

    def go(self) -> None:
        """Do all of it; the result is in ``result``."""
        found = find_plans(self.file)
        self.expander.check_templates()
        self.result.remarks = found.remarks
        surveys = self._surveys(found)
        todo = self._scan(found, surveys)
        if self.options.dry_run or self.log is None:
            return
        started = self.ledger.begin_run()
        total = sum(todo.values())
        self.log.write(f"run\t{self.file.path.name}\t{total}/{self.result.jobs}")
        try:
            self._clean(self._interrupted)
            with tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True) as marks:
                self._make(self._tasks(found, surveys, todo, Path(marks)), total)
        finally:
            self._flush()
            counts = " ".join(f"{state}={self.result.states[state]}" for state in State)
            self.log.write(f"end\t{self.file.path.name}\t{counts}")
        self.ledger.end_run(started, json.dumps(self.result.figures(), ensure_ascii=False))

    def _surveys(self, found: Found) -> dict[str, PlanSurvey]:
        """The survey of each plan: from the ledger if nothing changed, else made now."""
        remembered, surveys, asked = self.ledger.plans(), {}, []
        for plan, entries in found.plans.items():
            periods = asked_periods(self.file, entries)
            try:
                stamp = stamp_of(self.file.folder / plan, periods)
                known = PlanSurvey.from_json(remembered[plan])
                answers_known = known.answers or not self.options.due
                if known.stamp == stamp and answers_known and not known.refused:
                    surveys[plan] = known
                    continue
            except OSError as error:
                surveys[plan] = unlisted(plan, error)
                continue
            except (KeyError, ValueError, TypeError, AttributeError):
                pass  # not surveyed yet, or by another version
            asked.append(Asked(str(self.file.folder), plan, stamp, periods, answers=self.options.due))
        for group in _groups(self._surveyed(asked), 500):
            surveys.update((one.plan, one) for one in group)
            if not self.options.dry_run:
                self.ledger.remember_plans({one.plan: one.to_json() for one in group})
        return surveys

    def _surveyed(self, asked: list[Asked]) -> Iterator[PlanSurvey]:
        count = min(self._workers(), max(len(asked), 1))
        look = partial(survey, self.options.seconds)
        here = workplace(PROCESSES, self.options.memory)  # the plans are on this machine
        silent: Patience[Asked] = end_silent(self.options.seconds + SLACK)
        found = work_off(asked, look, here.opener, count, lambda item: ([item], []), patience=silent)
        for number, one in enumerate(found, 1):
            self.read(number, len(asked))
            if isinstance(one, Died):
                message = _("việc đọc kế hoạch này bị dừng giữa chừng: quá {seconds:g} giây, hoặc thiếu bộ nhớ")
                yield PlanSurvey(one.item.plan, one.item.stamp, refused=message.format(seconds=self.options.seconds))
            else:
                yield one

    def _scan(self, found: Found, surveys: Mapping[str, PlanSurvey]) -> dict[str, int]:
        """Scan all jobs and count those to do, by plan. Nothing is written before all are known."""
        todo: dict[str, int] = {}
        news: list[Outcome] = []
        gone: list[Key] = []
        for plan, entries in found.plans.items():
            rows = self.ledger.outcomes_of(plan)
            jobs = self.expander.jobs(surveys[plan], entries)
            seen = scan(jobs, rows, self.files, force=self.options.force)
            self._count(jobs, seen)
            news += seen.news
            named = {job.key for job in jobs}
            gone += [key for key, row in rows.items() if key not in named and not row.written]
            if seen.todo:
                todo[plan] = len(seen.todo)
        self.expander.check_targets()
        if todo and self._wants_pdf():
            require_libreoffice()
        if self.log is not None:
            self.ledger.forget(gone)
            self.ledger.forget_others(found.plans)
            self.ledger.record(news)
            for one in news:
                self.log.job(one)
        return todo

    def _wants_pdf(self) -> bool:
        jobs = self.file.listed.value
        return self.options.pdf or any(
            entry.pdf if entry.pdf is not None else jobs.defaults.pdf for entry in jobs.entries
        )

    def _count(self, jobs: list[Job], seen: Scan) -> None:
        result = self.result
        result.jobs += len(jobs)
        result.before += seen.done
        result.states[State.DONE] += seen.done
        for one in seen.standing[: MOST_TOLD - len(result.told)]:
            result.told.append(one)
        for one in seen.outcomes:
            result.tell(one)
        for job, why in seen.todo:
            result.why[why] += 1
            if self.files.has_temporaries(job.target):
                self._interrupted.append(job)
            if self.options.dry_run and len(result.planned) < MOST_TOLD:
                result.planned.append((job, why))

    def _tasks(
        self, found: Found, surveys: Mapping[str, PlanSurvey], todo: Mapping[str, int], marks: Path
    ) -> Iterator[Task]:
        """The jobs to do, named again plan by plan, so that a million of them aren't in memory at once."""
        for number, plan in enumerate(todo):
            rows = self.ledger.outcomes_of(plan)
            jobs = self.expander.jobs(surveys[plan], found.plans[plan])
            seen = scan(jobs, rows, self.files, force=self.options.force)
            for part, group in enumerate(_groups((job for job, _why in seen.todo), TASK_JOBS)):
                yield Task(
                    folder=str(self.file.folder),
                    plan=plan,
                    jobs=group,
                    force=self.options.force,
                    seconds=self.options.seconds,
                    mark=str(marks / f"{number}-{part}"),
                )

    def _make(self, tasks: Iterator[Task], total: int) -> None:
        count = max(1, min(self._workers(), total))
        with self._pdf_pool(count) as pdfs:
            for found in self._worked(tasks, count):
                for outcome in self._outcomes(found):
                    if outcome.pdf == PDF_WANTED and pdfs is not None:
                        pdfs.submit(self.file.folder / outcome.written, outcome)
                    else:
                        self._take(outcome)
                self._take_pdfs(pdfs, wait=False)
                self.step(self._taken, total)
                self._flush_sometimes()
            self._take_pdfs(pdfs, wait=True)
            self.step(self._taken, total)

    @contextmanager
    def _pdf_pool(self, count: int) -> Iterator["PdfPool[Outcome] | None"]:
        """The pool that makes PDFs in the background, None if no PDF is wanted."""
        if not self._wants_pdf():
            yield None
            return
        from docgen.batch.pdf import PdfPool

        with PdfPool[Outcome](count) as pdfs:
            yield pdfs

    def _worked(self, tasks: Iterator[Task], count: int) -> Iterator[Worked | Died[Task]]:
        """The outcomes of each task; documents from other machines are written here."""
        if not self.place.remote:
            patience = end_silent(self.options.seconds + SLACK, last_begun)
            yield from work_off(tasks, work, self.place.opener, count, self._divided, patience=patience)
            return
        parcels = map(packed, tasks)
        with self.place.cluster_errors():
            patience = give_up_without_workers()
            for found in work_off(
                parcels, work_remotely, self.place.opener, count, divide_parcel, self.place.deaths, patience
            ):
                if isinstance(found, Died):
                    yield Died(found.item.task)
                else:
                    yield delivered(found, self.file.folder, force=self.options.force)

    def _divided(self, task: Task) -> tuple[list[Task], list[Task]]:
        self._clean(task.jobs)
        return divide(task)

    def _clean(self, jobs: Iterable[Job]) -> None:
        """Remove temporary files that a killed process left of these jobs."""
        remove_leftovers(self.file.folder / beside(job.target, end) for job in jobs for end in (".docx", ".xlsx"))

    def _outcomes(self, found: Worked | Died[Task]) -> tuple[Outcome, ...]:
        if isinstance(found, Died):
            self._clean(found.item.jobs)
            memory = None if self.place.remote else self.options.memory  # it doesn't limit workers of a cluster
            return tuple(died(job, self.options.seconds, memory) for job in found.item.jobs)
        for stage, seconds in found.stages.items():
            self.result.stages[stage] += seconds
        return found.outcomes

    def _take_pdfs(self, pdfs: "PdfPool[Outcome] | None", *, wait: bool) -> None:
        for found in pdfs.finished(wait=wait) if pdfs is not None else ():
            outcome = found.token
            if found.kept:
                message = "\n".join(filter(None, (outcome.message, found.message)))
                self._take(replace(outcome, pdf=outcome.output, message=message))
            elif found.message:
                self._take(replace(outcome, pdf="", state=State.FAILED, message=found.message))
            else:
                self.result.pdfs += 1
                self._take(replace(outcome, pdf=outcome.output))
            self._flush_sometimes()

    def _take(self, outcome: Outcome) -> None:
        self._group.append(outcome)
        self._taken += 1
        self.result.tell(outcome)
        if outcome.state in (State.DONE, State.KEPT) and outcome.written:
            self.result.made += 1
            if len(self.result.written) < MOST_TOLD:
                self.result.written.append(outcome.written)
        elif outcome.state is State.DONE:
            self.result.nothing += 1
        if self.log is not None:
            self.log.job(outcome)

    def _flush_sometimes(self) -> None:
        if len(self._group) >= _GROUP or time.monotonic() - self._since > _GROUP_SECONDS:
            self._flush()

    def _flush(self) -> None:
        group, self._group, self._since = self._group, [], time.monotonic()
        if group:
            begun = time.perf_counter()
            self.ledger.record(group)
            self.result.stages["ledger"] += time.perf_counter() - begun

    def _workers(self) -> int:
        return self.options.workers or self.place.workers or os.cpu_count() or 1


def _groups(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    taken = iter(items)
    while group := tuple(islice(taken, size)):
        yield group
