"""Where jobs run: in processes of this machine, or on a Dask cluster, which is sent the files that a task needs."""

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
from docgen.base.workers import DEATHS, Deaths, OpenPool, Patience, process_pool
from docgen.batch.job import State
from docgen.batch.survey import plan_files
from docgen.batch.worker import Made, Task, make_documents
from docgen.errors import OutputError, Problem, UsageError
from docgen.readers.plan_folder import is_workbook, plan_folder_of
from docgen.wording.text import suggestion
from docgen.workflows.build import OWN_TEMPLATES

PROCESSES = "processes"
_CLUSTER = re.compile(r"dask://([^/\s:]+|\[[0-9a-fA-F:]+\]):([0-9]+)")
_KNOWN = (PROCESSES, "dask://HOST:PORT")
#: How long to wait for an answer of the scheduler.
_PATIENCE = "10s"
#: Seconds that a cluster may be without workers, which its own supervisor may be restarting.
_NO_WORKERS = 30.0
#: Loggers of Dask that are silenced: docgen itself reports what is wrong.
_LOGGERS = ("distributed", "tornado")


@dataclass(frozen=True)
class Workplace:
    """Where jobs are worked on.

    A ``remote`` workplace is sent files and sends documents back. ``workers`` is how many it has, None where any number
    can be started. ``deaths`` are the exceptions that its executor raises when a worker dies.
    """

    opener: OpenPool
    remote: bool = False
    workers: int | None = None
    deaths: Deaths = DEATHS

    @contextmanager
    def cluster_errors(self) -> Iterator[None]:
        """Turn errors of a cluster, such as a lost scheduler, into OutputError."""
        try:
            yield
        except (OSError, TimeoutError, CancelledError) as error:  # Dask's connection errors are OSErrors
            message, hint = _("mất liên lạc với cụm Dask: {reason}"), _("kiểm tra cụm rồi chạy lại đúng lệnh đó")
            message = message.format(reason=str(error) or type(error).__name__)
            raise OutputError(Problem("batch.cluster-lost", message, hint)) from None
        except RuntimeError as error:  # raised by Dask where a task can't be unpickled
            message = _("cụm Dask không hiểu việc được gửi: {reason}")
            hint = _("cài docgen cùng một phiên bản trên mọi máy của cụm, kể cả máy điều phối")
            raise OutputError(Problem("batch.cluster-lost", message.format(reason=error), hint)) from None


def workplace(name: str, memory: int | None) -> Workplace:
    """The workplace of that name; ``memory`` limits each process of this machine, in megabytes.

    Raises UsageError for an unknown name or if Dask isn't installed, OutputError if no scheduler answers.
    """
    if name == PROCESSES:
        return Workplace(partial(process_pool, memory=memory))
    found = _CLUSTER.fullmatch(name)
    if found is not None:
        return _cluster(f"tcp://{found[1]}:{found[2]}")
    hint = suggestion(name, _KNOWN, _("có: {all}").format(all=", ".join(_KNOWN)))
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
    return Workplace(
        lambda _count: _DaskExecutor(address), remote=True, workers=workers, deaths=(*DEATHS, KilledWorker)
    )


def give_up_without_workers() -> Patience[object]:
    """Raise OutputError when a cluster has had no workers for too long, instead of waiting for ever."""
    gone: float | None = None

    def look(pool: Executor, _items: Collection[object], _since: float) -> bool:
        nonlocal gone
        assert isinstance(pool, _DaskExecutor)
        if pool.workers():
            gone = None
        elif gone is None:
            gone = time.monotonic()
        elif time.monotonic() - gone > _NO_WORKERS:
            hint = _("chạy lại `dask worker` trên các máy, rồi chạy lại đúng lệnh đó")
            raise OutputError(Problem("batch.no-workers", _("cụm không còn máy làm việc nào"), hint))
        return False

    return look


class _DaskExecutor(Executor):
    """Dask's own executor, which also closes its connection."""

    def __init__(self, address: str) -> None:
        from distributed import Client

        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client = Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            message = _("không có trình điều phối Dask nào ở {address}: {reason}")
            hint = _("chạy `dask scheduler` ở máy đó, kiểm tra tường lửa")
            message = message.format(address=address, reason=error)
            raise OutputError(Problem("batch.no-scheduler", message, hint)) from None
        self._pool = self._client.get_executor(pure=False)
        self._closed = False

    def workers(self) -> int:
        """The number of workers known to the scheduler now."""
        return len(self._client.scheduler_info(n_workers=-1).get("workers", ()))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """See :class:`concurrent.futures.Executor`."""
        submitted: Future[Any] = self._pool.submit(fn, *args, **kwargs)
        return submitted

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Release the cluster, dropping its unfinished tasks unless the caller waits.

        A second call does nothing: waiting for tasks on a cluster without workers would never end.
        """
        if self._closed:
            return
        self._closed = wait or cancel_futures
        self._pool.shutdown(wait=wait and not cancel_futures)
        if self._closed:
            self._client.close()


@dataclass(frozen=True)
class Parcel:
    """A task with the bytes of all files that it needs, by their path in a folder of its own.

    ``plan`` is the plan's path in that folder, ``templates`` the path of each template folder that the jobs name.
    """

    task: Task
    plan: str
    files: Mapping[str, bytes]
    templates: Mapping[str, str]
    version: str = __version__


def packed(task: Task) -> Parcel:
    """A task ready to be sent. Files that can't be read are left out: making the document reports them."""
    path = Path(task.folder, task.plan)
    source = plan_folder_of(path)
    inside = f"plan/{path.name}" if is_workbook(path) else path.name
    root = "plan" if is_workbook(path) else path.name
    files = {f"{root}/{name}": _read(source / name) for name, _stamp in plan_files(path)}
    files |= _documents(source / OWN_TEMPLATES, f"{root}/{OWN_TEMPLATES}")
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


def work_remotely(parcel: Parcel) -> tuple[Made, ...]:
    """Make a parcel's documents in a temporary folder of the machine that this runs on. Never raises."""
    if parcel.version != __version__:
        message = _("máy này có docgen {own}, máy gửi việc có {theirs}: cài cùng một phiên bản")
        return _failed(parcel, message.format(own=__version__, theirs=parcel.version))
    try:
        return _worked(parcel)
    except Exception as error:  # such as a full disk: these jobs fail, the cluster goes on
        message = _("máy làm việc {name} gặp lỗi: {reason}")
        return _failed(parcel, message.format(name=platform.node(), reason=error))


def _failed(parcel: Parcel, message: str) -> tuple[Made, ...]:
    return tuple(Made(job, state=State.FAILED, message=message) for job in parcel.task.jobs)


def _worked(parcel: Parcel) -> tuple[Made, ...]:
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
        task = replace(parcel.task, folder=name, plan=parcel.plan, jobs=jobs, mark="")
        return tuple(replace(made, job=job) for made, job in zip(make_documents(task), parcel.task.jobs, strict=True))


def divide_parcel(parcel: Parcel) -> tuple[list[Parcel], list[Parcel]]:
    """Divide a parcel whose worker died more often than Dask retries: each job becomes a parcel to try alone."""
    return [replace(parcel, task=replace(parcel.task, jobs=(job,))) for job in parcel.task.jobs], []
