"""The result of a run and its summaries: lines for people, JSON, a workbook, the log, a notification command."""

import json
import logging
import os
import shlex
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from docgen import __version__
from docgen.base.files import refusal
from docgen.base.locale import translate as _
from docgen.base.sheets import Column, Line, Sheet
from docgen.batch.job import Job, Outcome, State
from docgen.batch.ledger import CommonMessage
from docgen.batch.scan import Why
from docgen.errors import OutputError, Problem
from docgen.writers.workbook import workbook_bytes

#: The size in bytes at which a log is rotated, and how many older logs are kept.
_LOG_BYTES, _OLD_LOGS = 10 * 1024 * 1024, 5
_NOTIFY_SECONDS = 60.0
#: How many outcomes that aren't simply done a result keeps for summaries; the ledger has all.
MOST_TOLD = 10_000
#: How many jobs of each state are shown on the screen, and how many characters a cell of the workbook holds.
_MOST_SHOWN, _LONGEST = 20, 2000


class JobLog:
    """A log with a line for each job: time, state, job, target, seconds and message, separated by tabs."""

    def __init__(self, handler: logging.Handler) -> None:
        self._handler = handler

    def write(self, text: str) -> None:
        """Write a line; errors of writing are ignored."""
        line = text.replace("\r", " ").replace("\n", " · ")
        self._handler.handle(logging.LogRecord("docgen.batch", logging.INFO, "", 0, line, None, None))

    def job(self, outcome: Outcome) -> None:
        """Write the outcome of a job."""
        where, took = outcome.written or outcome.target, f"{outcome.seconds:.3f}"
        parts = (outcome.state.value, str(outcome.key), where, took, outcome.message)
        self.write("\t".join(part.replace("\t", " ") for part in parts))


@contextmanager
def open_log(path: Path, *, size: int = _LOG_BYTES) -> Iterator[JobLog]:
    """Open the log at ``path``, rotated at ``size`` bytes. Raises OutputError."""
    try:
        handler = RotatingFileHandler(path, maxBytes=size, backupCount=_OLD_LOGS, encoding="utf-8", errors="replace")
    except OSError as error:
        raise OutputError(refusal(path, error)) from None
    handler.setFormatter(logging.Formatter("%(asctime)s\t%(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    handler.handleError = lambda record: None  # type: ignore[method-assign] # a full disk: writing the documents reports it
    try:
        yield JobLog(handler)
    finally:
        with suppress(OSError):  # a full disk again
            handler.close()


def notify(command: str, summary: Mapping[str, Any], *, seconds: float = _NOTIFY_SECONDS) -> str:
    """Run a command, without a shell, that sends a notification.

    It gets the summary as JSON (UTF-8) on stdin, and the main figures on one line in ``DOCGEN_SUMMARY``. Returns "", or
    a sentence that says what went wrong.
    """
    line = " ".join(f"{name}={summary[name]}" for name in ("jobs", "made", "refused", "failed") if name in summary)
    environment = {**os.environ, "DOCGEN_SUMMARY": line}
    try:
        words = command if sys.platform == "win32" else shlex.split(command)
        content = json.dumps(summary, ensure_ascii=False).encode()
        done = subprocess.run(  # noqa: S603 - the operator's own command
            words, input=content, env=environment, timeout=seconds, check=False, stdout=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return _("lệnh --notify chưa xong sau {seconds:g} giây nên đã bị dừng").format(seconds=seconds)
    except OSError as error:
        return _("không chạy được lệnh --notify: {reason}").format(reason=error.strerror or error)
    except (ValueError, IndexError):
        return _("không chạy được lệnh --notify: lệnh trống, hoặc có dấu nháy chưa đóng")
    return _("lệnh --notify kết thúc với mã {code}").format(code=done.returncode) if done.returncode else ""


@dataclass
class RunResult:
    """What a run found and did.

    ``jobs`` counts all jobs, ``before`` those that were done already, ``made`` those made now, ``nothing`` those with
    nothing to write. ``states`` counts jobs by their state at the end, ``why`` the reasons of those to do. ``told`` are
    the outcomes that aren't simply done, ``written`` the files made now, ``planned`` what a dry run would make: each at
    most :data:`MOST_TOLD`. ``stages`` are the seconds spent by stage, summed over all workers.
    """

    jobs: int = 0
    before: int = 0
    made: int = 0
    nothing: int = 0
    pdfs: int = 0
    states: Counter[State] = field(default_factory=Counter)
    why: Counter[Why] = field(default_factory=Counter)
    told: list[Outcome] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    planned: list[tuple[Job, Why]] = field(default_factory=list)
    remarks: tuple[Problem, ...] = ()
    stages: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    seconds: float = 0.0
    dry_run: bool = False

    def tell(self, outcome: Outcome) -> None:
        """Count an outcome, and keep it unless it is simply done."""
        self.states[outcome.state] += 1
        if (outcome.state is not State.DONE or (outcome.message and outcome.written)) and len(self.told) < MOST_TOLD:
            self.told.append(outcome)

    def figures(self) -> dict[str, int | float]:
        """The figures by name, for JSON."""
        return {
            "jobs": self.jobs,
            "before": self.before,
            "made": self.made,
            "nothing": self.nothing,
            "pdfs": self.pdfs,
            **{state.value: self.states[state] for state in State},
            "seconds": round(self.seconds, 2),
        }

    @property
    def failed(self) -> bool:
        """Whether any document could not be made."""
        return bool(self.states[State.REFUSED] or self.states[State.FAILED])


def summary_json(result: RunResult) -> dict[str, Any]:
    """A run's figures, what a dry run would make, and the outcomes that aren't simply done."""
    return {
        **result.figures(),
        "planned": [{**job.key._asdict(), "target": job.target, "why": why.value} for job, why in result.planned],
        "reasons": {why.value: count for why, count in result.why.items()},
        "told": [outcome_json(one) for one in result.told],
    }


def whole_summary_json(result: RunResult) -> dict[str, Any]:
    """The summary with the remarks on the jobs file, for use outside of the envelope, which has them already."""
    return {**summary_json(result), "problems": [one.to_json() for one in result.remarks]}


def outcome_json(one: Outcome) -> dict[str, Any]:
    """An outcome for JSON."""
    return {**one.key._asdict(), "state": one.state.value, "target": one.target, "message": one.message}


def summary_lines(result: RunResult) -> Iterator[str]:
    """A table of figures, then what isn't simply done and why."""
    rows = [(_("Công việc"), result.jobs), (_("Đã xong từ trước"), result.before)]
    if result.dry_run:
        rows += [(_("Sẽ soạn: {why}").format(why=why.label), count) for why, count in result.why.items()]
    else:
        rows.append((_("Vừa soạn"), result.made))
        if result.nothing:
            rows.append((_("Không phải soạn"), result.nothing))
        if result.pdfs:
            rows.append((_("Vừa tạo PDF"), result.pdfs))
    rows += [
        (state.label.capitalize(), result.states[state])
        for state in State
        if state is not State.DONE and result.states[state]
    ]
    width = max(len(label) for label, _count in rows)
    yield from (f"{label.ljust(width)}  {count:>9}" for label, count in rows)
    for job, why in result.planned[:_MOST_SHOWN]:
        yield f"  {job.target}: {why.label}"
    if len(result.planned) > _MOST_SHOWN:
        yield _("  … và {n} văn bản khác").format(n=len(result.planned) - _MOST_SHOWN)
    yield from _told_lines(result.told)


def _told_lines(outcomes: list[Outcome]) -> Iterator[str]:
    """The messages of outcomes, the worst state first, each once."""
    for state in reversed(State):
        groups: dict[tuple[str, str], list[Outcome]] = {}
        for one in outcomes:
            if one.state is state:
                apart = one.target if state is State.KEPT else ""  # each file edited by hand is listed
                groups.setdefault((one.message, apart), []).append(one)
        messages = [CommonMessage(message, len(some), some[0].key.plan, some[0].written or some[0].target)
                    for (message, _apart), some in groups.items()]  # fmt: skip
        yield from message_lines(state, messages, sum(map(len, groups.values())))


def message_lines(state: State, messages: list[CommonMessage], count: int) -> Iterator[str]:
    """The first messages of a state, each with its number of jobs, and how many of the ``count`` jobs are left out."""
    for one in messages[:_MOST_SHOWN]:
        lines = one.message.splitlines() or [""]
        if one.jobs > 1 and len(lines) == 1:
            yield f"{state.label} ({one.jobs}): {lines[0]}"
            continue
        whose = _("{n} công việc của {plan}").format(n=one.jobs, plan=one.plan) if one.jobs > 1 else one.target
        yield f"{state.label}: {whose or one.plan}"
        yield from (f"    {line}" for line in lines)
    left = count - sum(one.jobs for one in messages[:_MOST_SHOWN])
    if messages and left > 0:
        message = _("{state}: … và {n} công việc khác (xem --summary, hoặc tệp nhật ký)")
        yield message.format(state=state.label, n=left)


def summary_workbook(result: RunResult, created: date) -> bytes:
    """The bytes of an .xlsx: a sheet of figures, and a sheet of the outcomes that aren't simply done."""
    title, note = _("Kết quả chạy hàng loạt"), _("docgen batch run")
    figures = Sheet(
        _("Tổng hợp"),
        title,
        note,
        (Column(_("Mục"), 30), Column(_("Số lượng"), 14, "amount")),
        tuple(Line((name, round(value))) for name, value in _figure_rows(result)),
    )
    columns = tuple(
        Column(heading, width)
        for heading, width in (
            (_("Trạng thái"), 16), (_("Tệp"), 50), (_("Kế hoạch"), 30), (_("Loại"), 16), (_("Chế độ"), 12),
            (_("Kỳ"), 12), (_("Đơn vị"), 24), (_("Lý do"), 80),
        )
    )  # fmt: skip
    wrong = tuple(Line((_("lỗi"), *[""] * 6, str(one)[:_LONGEST])) for one in result.remarks)
    lines = wrong + tuple(
        Line(tuple(text[:_LONGEST] for text in (one.state.label, one.target, *one.key, one.message)))
        for one in result.told
    )
    jobs = Sheet(_("Công việc"), title, note, columns, lines, filtered=True)
    return workbook_bytes([figures, jobs], title=title, created=created, version=__version__)


def _figure_rows(result: RunResult) -> Iterator[tuple[str, float]]:
    yield _("Công việc"), result.jobs
    yield _("Đã xong từ trước"), result.before
    yield _("Vừa soạn"), result.made
    yield _("Không phải soạn"), result.nothing
    yield _("Vừa tạo PDF"), result.pdfs
    yield from ((state.label.capitalize(), result.states[state]) for state in State)
    yield _("Thời gian (giây)"), result.seconds
