"""Where jobs run: processes of this machine, or a Dask cluster, whose tasks go out with the files that they need."""

import logging
import platform
import re
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from docgen import __version__
from docgen.base.locale import translate as _
from docgen.base.workers import DEATHS, Deaths, OpenPool, process_pool
from docgen.batch.job import State
from docgen.batch.survey import plan_files
from docgen.batch.worker import Made, Task, make_documents
from docgen.errors import OutputError, Problem, UsageError
from docgen.readers.plan_folder import is_workbook, plan_folder_of
from docgen.wording.text import closest
from docgen.workflows.build import OWN_TEMPLATES

PROCESSES = "processes"
_CLUSTER = re.compile(r"dask://([^/\s:]+|\[[0-9a-fA-F:]+\]):([0-9]+)")
_KNOWN = (PROCESSES, "dask://HOST:PORT")
#: How long to look for a scheduler.
_PATIENCE = "10s"
#: Seconds that a cluster may be without a worker, which its own watchman may be starting again.
_NO_WORKERS = 30.0
#: What Dask logs by these names goes to a screen on which docgen says in one sentence what is wrong.
_LOGGERS = ("distributed", "tornado")


@dataclass(frozen=True)
class Workplace:
    """Where jobs are worked on. ``remote``: on other machines, which are sent what they need and send documents back.

    ``workers`` is how many there are, None where as many as wished can be had; ``deaths`` are what is raised for one
    that died.
    """

    opener: OpenPool
    remote: bool = False
    workers: int | None = None
    deaths: Deaths = DEATHS

    @contextmanager
    def told(self) -> Iterator[None]:
        """Work on a cluster; that its scheduler is lost becomes an OutputError."""
        try:
            yield
        except (OSError, TimeoutError, CancelledError) as error:  # Dask's own errors of connections are such
            message, hint = _("mất liên lạc với cụm Dask: {reason}"), _("kiểm tra cụm rồi chạy lại đúng lệnh đó")
            said = message.format(reason=str(error) or type(error).__name__)
            raise OutputError(Problem("batch.cluster-lost", said, hint)) from None
        except RuntimeError as error:  # Dask's word for what could not be unpacked
            message = _("cụm Dask không hiểu việc được gửi: {reason}")
            hint = _("cài docgen cùng một phiên bản trên mọi máy của cụm, kể cả máy điều phối")
            raise OutputError(Problem("batch.cluster-lost", message.format(reason=error), hint)) from None


def workplace(name: str, memory: int | None) -> Workplace:
    """The workplace of that name; ``memory`` bounds each process of this machine, in megabytes.

    Raises UsageError for an unknown name or where Dask isn't installed, OutputError where no scheduler answers.
    """
    if name == PROCESSES:
        return Workplace(partial(process_pool, memory=memory))
    found = _CLUSTER.fullmatch(name)
    if found is not None:
        return _cluster(f"tcp://{found[1]}:{found[2]}")
    meant = closest(name, _KNOWN)
    hint = _("ý bạn là “{meant}”?").format(meant=meant) if meant else _("có: {all}").format(all=", ".join(_KNOWN))
    raise UsageError(Problem("batch.executor", _("không có cách chạy “{name}”").format(name=name), hint))


def _cluster(address: str) -> Workplace:
    try:
        from distributed import KilledWorker
    except ImportError:
        message, hint = _("máy này chưa có Dask"), _("trong thư mục docgen: python -m pip install '.[cluster]'")
        raise UsageError(Problem("batch.no-dask", message, hint)) from None
    with _DaskExecutor(address) as pool:
        workers = pool.workers()
    if not workers:
        message, hint = _("cụm {address} chưa có máy nào"), _("chạy `dask worker {address} --nthreads 1` trên từng máy")
        raise OutputError(Problem("batch.no-workers", message.format(address=address), hint.format(address=address)))
    return Workplace(_Opener(address), remote=True, workers=workers, deaths=(*DEATHS, KilledWorker))


class NoWorkers:
    """Ends the work when a cluster has had no worker for too long; else it would wait for ever, without a word."""

    def __init__(self) -> None:
        self._gone: float | None = None

    def look(self, pool: Executor, _items: Collection[object], _since: float) -> bool:
        """See :class:`docgen.base.workers.Patience`. Raises OutputError."""
        assert isinstance(pool, _DaskExecutor)
        if pool.workers():
            self._gone = None
        elif self._gone is None:
            self._gone = time.monotonic()
        elif time.monotonic() - self._gone > _NO_WORKERS:
            message, hint = (
                _("cụm không còn máy làm việc nào"),
                _("chạy lại `dask worker` trên các máy, rồi chạy lại đúng lệnh đó"),
            )
            raise OutputError(Problem("batch.no-workers", message, hint))
        return False


@dataclass(frozen=True)
class _Opener:
    address: str

    def __call__(self, _count: int) -> Executor:
        return _DaskExecutor(self.address)


class _DaskExecutor(Executor):
    """Dask's own executor, with a connection that is closed with it."""

    def __init__(self, address: str) -> None:
        from distributed import Client

        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client = Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            message = _("không có trình điều phối Dask nào ở {address}: {reason}")
            hint = _("chạy `dask scheduler` ở máy đó, kiểm tra tường lửa")
            said = message.format(address=address, reason=error)
            raise OutputError(Problem("batch.no-scheduler", said, hint)) from None
        self._pool = self._client.get_executor(pure=False)
        self._closed = False

    def workers(self) -> int:
        """How many workers there are now, as far as is known; none where nobody answers."""
        return len(self._client.scheduler_info(n_workers=-1).get("workers", ()))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """See :class:`concurrent.futures.Executor`."""
        submitted: Future[Any] = self._pool.submit(fn, *args, **kwargs)
        return submitted

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the cluster; what it still has of ours is dropped where nobody waits for it.

        Once let go of, it is not waited for any more: what has no worker to do it would never end.
        """
        if self._closed:
            return
        self._closed = wait or cancel_futures
        self._pool.shutdown(wait=wait and not cancel_futures)
        if self._closed:
            self._client.close()


@dataclass(frozen=True)
class Parcel:
    """A task with the bytes of every file that it is made from, by its path in a folder of its own.

    ``plan`` is where the plan is in that folder, ``templates`` where each of the jobs' folders of templates is.
    """

    task: Task
    plan: str
    files: Mapping[str, bytes]
    templates: Mapping[str, str]
    version: str = __version__


@dataclass(frozen=True)
class Returned:
    """What a parcel came to: documents to be delivered, not yet written anywhere."""

    task: Task
    made: tuple[Made, ...]


def packed(task: Task) -> Parcel:
    """A task ready to be sent; a file that can't be read is left out, which making the document will tell."""
    path = Path(task.folder, task.plan)
    above = plan_folder_of(path)
    inside = f"plan/{path.name}" if is_workbook(path) else path.name
    root = "plan" if is_workbook(path) else path.name
    files = {f"{root}/{name}": _read(above / name) for name, _stamp in plan_files(path)}
    files |= _documents(above / OWN_TEMPLATES, f"{root}/{OWN_TEMPLATES}")
    templates: dict[str, str] = {}
    for number, folder in enumerate(sorted({job.templates for job in task.jobs if job.templates})):
        templates[folder] = f"mau-{number}/{Path(folder).name}"  # messages name a template with its folder
        files |= _documents(Path(folder), templates[folder])
    kept = {name: content for name, content in files.items() if content is not None}
    return Parcel(task, inside, kept, templates)


def _documents(folder: Path, inside: str) -> dict[str, bytes | None]:
    return {f"{inside}/{path.name}": _read(path) for path in sorted(folder.glob("*.docx")) if path.is_file()}


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def work_remotely(parcel: Parcel) -> Returned:
    """Make a parcel's documents in a temporary folder; on whatever machine this runs."""
    if parcel.version != __version__:
        message = _("máy này có docgen {own}, máy gửi việc có {theirs}: cài cùng một phiên bản")
        said = message.format(own=__version__, theirs=parcel.version)
        return Returned(parcel.task, tuple(Made(job, state=State.FAILED, message=said) for job in parcel.task.jobs))
    try:
        return _worked(parcel)
    except Exception as error:  # a full disk there: it costs these jobs, and is no matter of the cluster's
        message = _("máy làm việc {name} gặp lỗi: {reason}").format(name=platform.node(), reason=error)
        return Returned(parcel.task, tuple(Made(job, state=State.FAILED, message=message) for job in parcel.task.jobs))


def _worked(parcel: Parcel) -> Returned:
    with tempfile.TemporaryDirectory(prefix="docgen-") as name:
        folder = Path(name)
        for inside, content in parcel.files.items():
            path = folder / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for inside in parcel.templates.values():
            (folder / inside).mkdir(parents=True, exist_ok=True)
        jobs = tuple(
            replace(job, templates=str(folder / parcel.templates[job.templates]) if job.templates else "")
            for job in parcel.task.jobs
        )
        made = tuple(make_documents(replace(parcel.task, folder=name, plan=parcel.plan, jobs=jobs, mark="")))
    asked = zip(made, parcel.task.jobs, strict=True)
    return Returned(parcel.task, tuple(replace(one, job=job) for one, job in asked))


def divide_parcel(parcel: Parcel) -> tuple[list[Parcel], list[Parcel]]:
    """A parcel whose worker died more often than Dask tries: each of its jobs by itself."""
    return [replace(parcel, task=replace(parcel.task, jobs=(job,))) for job in parcel.task.jobs], []
