"""Compares jobs with the ledger and the disk to find what is left to do; unchanged files aren't read."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from docgen.base.files import is_temporary
from docgen.base.locale import translate as _
from docgen.base.ooxml import MAX_UNPACKED
from docgen.batch.job import Job, Key, Outcome, State, beside
from docgen.batch.survey import content_digest
from docgen.writers.seal import edited_by_hand, is_package


class Why(StrEnum):
    """Why a job has to be done."""

    NEW = "new"
    MISSING = "missing"
    DATA = "data"
    TEMPLATE = "template"
    TARGET = "target"
    AGAIN = "again"
    PDF = "pdf"
    FORCED = "forced"

    @property
    def label(self) -> str:
        """The Vietnamese name of the reason."""
        return {
            "new": _("chưa soạn"),
            "missing": _("mất tệp"),
            "data": _("dữ liệu đổi"),
            "template": _("mẫu đổi"),
            "target": _("đổi chỗ ghi"),
            "again": _("lần trước không thành"),
            "pdf": _("thiếu PDF"),
            "forced": _("soạn lại tất cả"),
        }[self.value]


@dataclass
class Scan:
    """What is left to do of a plan's jobs.

    ``todo`` are jobs to be done, with the reason. ``done`` counts those that are done; ``standing`` are the outcomes
    among them that have a message, such as a draft's. ``outcomes`` are those of jobs that wait, are refused, or whose
    file was edited by hand. ``news`` are outcomes of jobs not to be done that the ledger doesn't have yet.
    """

    todo: list[tuple[Job, Why]] = field(default_factory=list)
    done: int = 0
    standing: list[Outcome] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    news: list[Outcome] = field(default_factory=list)


def scan(jobs: list[Job], rows: Mapping[Key, Outcome], files: "Files", *, force: bool = False) -> Scan:
    """Compare a plan's jobs with their ``rows`` in the ledger and the ``files`` of the jobs file's folder."""
    found = Scan()
    for job in jobs:
        row = rows.get(job.key)
        stands = _idle(job, row) or (Why.FORCED if force else _why(job, row, files))
        if isinstance(stands, Why):
            found.todo.append((job, stands))
            continue
        if stands.state is State.DONE:
            found.done += 1
            if stands.message and stands.written:
                found.standing.append(stands)
        else:
            found.outcomes.append(stands)
        if row is None or (stands is not row and replace(stands, attempts=row.attempts) != row):
            found.news.append(stands)
    return found


def _idle(job: Job, row: Outcome | None) -> Outcome | None:
    """The outcome of a job that is refused or waits, None for others; what is known of an earlier file is kept."""
    state, message = (State.REFUSED, job.refused) if job.refused else (State.WAITING, job.waiting)
    if not message:
        return None
    if row is None:
        return Outcome(job.key, state, job.target, message=message)
    return replace(row, state=state, message=message, attempts=0, inputs="" if job.refused else row.inputs)


def _why(job: Job, row: Outcome | None, files: "Files") -> Why | Outcome:
    """Why a job has to be done, else its outcome: its row if nothing changed, else one that adds no attempt."""
    if row is None or (row.state is State.WAITING and not row.output):
        return Why.NEW
    if row.state in (State.FAILED, State.REFUSED):
        return Why.AGAIN
    if row.target != job.target:
        return Why.TARGET
    if row.inputs != job.inputs:
        return Why.DATA
    if row.template != job.template:
        return Why.TEMPLATE
    if not row.written:  # there was nothing to write
        return _still_done(row)
    stamp = files.stamp(job.target)
    if stamp is None:
        return Why.MISSING
    pdf_made = row.pdf == row.output and files.filled(beside(job.target, ".pdf"))
    if job.pdf and row.state is not State.KEPT and not pdf_made:
        return Why.PDF
    if job.xlsx and not files.filled(beside(job.target, ".xlsx")):
        return Why.MISSING
    if row.state is not State.KEPT and stamp == (row.size, row.modified):
        return _still_done(row)
    return _changed(job, row, files, stamp)


def _still_done(row: Outcome) -> Outcome:
    """The row of a job that is done, even if it waited meanwhile; a done row keeps its message."""
    return row if row.state is State.DONE else replace(row, state=State.DONE, message="", attempts=0)


def _changed(job: Job, row: Outcome, files: "Files", stamp: tuple[int, int]) -> Why | Outcome:
    """Look into a file whose stamp changed, or that was kept."""
    content = files.content(job.target)
    if content is not None and content_digest(content) == row.output:
        return replace(
            row, state=State.DONE, written=job.target, size=stamp[0], modified=stamp[1], message="", attempts=0
        )
    if content is None or edited_by_hand(content):
        if row.state is State.KEPT:
            return row
        message = _("đã sửa bằng tay; dữ liệu không đổi nên giữ nguyên")
        if content is not None and not is_package(content):
            message = _("tệp này trống hoặc hỏng, không như docgen đã soạn; xóa nó rồi chạy lại")
        return replace(row, state=State.KEPT, message=message, attempts=0)
    return Why.MISSING  # another document of ours stands there


class Files:
    """Sizes and times of files below a folder; each subfolder is listed once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listed = lru_cache(maxsize=8)(self._list)
        self._with_temporaries: set[str] = set()

    def stamp(self, name: str) -> tuple[int, int] | None:
        """Size and modification time (ns) of a regular file, None if there is none."""
        above, _slash, last = name.rpartition("/")
        return self._listed(above).get(last)

    def filled(self, name: str) -> bool:
        """Whether a file exists and isn't empty."""
        found = self.stamp(name)
        return found is not None and found[0] > 0

    def has_temporaries(self, name: str) -> bool:
        """Whether the file's folder holds temporary files, which a killed run may have left."""
        above, _slash, _last = name.rpartition("/")
        self._listed(above)
        return above in self._with_temporaries

    def content(self, name: str) -> bytes | None:
        """The bytes of a file, None if it can't be read or is larger than any document."""
        path = self._folder / name
        try:
            return None if path.stat().st_size > MAX_UNPACKED else path.read_bytes()
        except OSError:
            return None

    def _list(self, above: str) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        with (
            suppress(OSError),
            os.scandir(self._folder / above) as entries,
        ):  # no folder yet; else writing fails
            for entry in entries:
                with suppress(OSError):  # a link in a circle, a file that has just gone
                    if entry.is_file():
                        status = entry.stat()
                        found[entry.name] = (status.st_size, status.st_mtime_ns)
                        if is_temporary(entry.name):
                            self._with_temporaries.add(above)
        return found
