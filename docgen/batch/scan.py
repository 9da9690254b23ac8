"""Jobs and their rows in the ledger in, what is left to do out: nothing is read that its stamp says is unchanged."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from docgen.batch.job import Job, Key, Outcome, State
from docgen.locale import translate as _
from docgen.output.provenance import edited_by_hand
from docgen.package import MAX_UNPACKED


class Why(StrEnum):
    """Why a job is to be done."""

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
        """What a person reads."""
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
    """What a look at a plan's jobs found: those to do with the reason, and the outcome of those that aren't.

    ``outcomes`` are of jobs that wait or can't be done, and of files edited since: to be recorded where they are new.
    """

    todo: list[tuple[Job, Why]] = field(default_factory=list)
    done: int = 0
    outcomes: list[Outcome] = field(default_factory=list)


def scan(jobs: list[Job], rows: Mapping[Key, Outcome], files: "Files", *, force: bool = False) -> Scan:
    """Look at a plan's jobs; ``files`` are those of the jobs file's folder."""
    found = Scan()
    for job in jobs:
        row = rows.get(job.key)
        if job.refused or job.waiting:
            state = State.REFUSED if job.refused else State.WAITING
            found.outcomes.append(_idle(job, state, row))
            continue
        why = Why.FORCED if force else _why(job, row, files)
        if isinstance(why, Why):
            found.todo.append((job, why))
        elif why.state is State.DONE:
            found.done += 1
            if why is not row:
                found.outcomes.append(why)
        else:
            found.outcomes.append(why)
    return found


def _idle(job: Job, state: State, row: Outcome | None) -> Outcome:
    """The outcome of a job that isn't tried; what was made before of the same job is still there and known."""
    message = job.refused or job.waiting
    if row is None:
        return Outcome(job.key, state, job.target, message=message)
    return replace(row, state=state, message=message, attempts=0, inputs="" if job.refused else row.inputs)


def _why(job: Job, row: Outcome | None, files: "Files") -> Why | Outcome:
    """Why a job is to be done; else its outcome as it stands."""
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
        return row if row.state is State.DONE else replace(row, state=State.DONE, message="")
    stamp = files.stamp(job.target)
    if stamp is None:
        return Why.MISSING
    if (
        job.pdf
        and row.state is not State.KEPT
        and (row.pdf != row.output or files.stamp(job.target[: -len(".docx")] + ".pdf") is None)
    ):
        return Why.PDF
    if job.xlsx and files.stamp(job.target[: -len(".docx")] + ".xlsx") is None:
        return Why.MISSING
    if row.state is not State.KEPT and stamp == (row.size, row.modified):
        return row if row.state is State.DONE else replace(row, state=State.DONE, message="")
    return _changed(job, row, files, stamp)


def _changed(job: Job, row: Outcome, files: "Files", stamp: tuple[int, int]) -> Why | Outcome:
    """A file whose stamp isn't the one it was left with, or that was kept: it is looked into."""
    content = files.content(job.target)
    if content is not None and output_hash(content) == row.output:
        return replace(
            row, state=State.DONE, written=job.target, size=stamp[0], modified=stamp[1], message="", attempts=0
        )
    if content is None or edited_by_hand(content):
        if row.state is State.KEPT:
            return row
        message = _("đã sửa bằng tay; dữ liệu không đổi nên giữ nguyên")
        return replace(row, state=State.KEPT, message=message, attempts=0)
    return Why.MISSING  # another document of ours stands there


def output_hash(content: bytes) -> str:
    """The hash of a file's bytes."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


class Files:
    """The sizes and times of files below a folder, of which each is listed once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listed = lru_cache(maxsize=8)(self._list)

    def stamp(self, name: str) -> tuple[int, int] | None:
        """Size and time of a regular file, None where there is none."""
        above, _slash, last = name.rpartition("/")
        return self._listed(above).get(last)

    def content(self, name: str) -> bytes | None:
        """The bytes of a file, None where it can't be read or is larger than any document."""
        path = self._folder / name
        try:
            return None if path.stat().st_size > MAX_UNPACKED else path.read_bytes()
        except OSError:
            return None

    def _list(self, above: str) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        try:
            with os.scandir(self._folder / above) as entries:
                for entry in entries:
                    if entry.is_file():
                        status = entry.stat()
                        found[entry.name] = (status.st_size, status.st_mtime_ns)
        except OSError:  # no folder yet; whatever else is wrong, writing will tell
            return found
        return found
