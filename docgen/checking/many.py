"""Many jobs in, their outcomes as they come: judged by several processes, none of which keeps a document.

A process that dies, or takes longer than :data:`SECONDS` for one file, costs that file alone.
"""

import faulthandler
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from docgen.checking.documents import Job
from docgen.checking.one import Checked, check_one, not_judged
from docgen.locale import translate as _

#: What one file may take; a document of 500 pages takes about five.
SECONDS = 120
#: From so many files on, several processes are faster than their start.
MANY = 20

Work = Callable[[Job], Checked]


def check_files(
    jobs: Sequence[Job], *, workers: int | None = None, work: Work = check_one, seconds: float = SECONDS
) -> Iterator[Checked]:
    """The outcome of each job, as they come, in ``workers`` processes; by default one a processor.

    Up to :data:`MANY` files are judged in this process unless ``workers`` is given, and then without a limit of
    time. ``work`` must be a module's function, and may be called twice for a job. ``seconds`` is for one file.
    """
    if workers is None and len(jobs) <= MANY:
        yield from map(work, jobs)
        return
    count = max(1, min(workers or os.cpu_count() or 1, len(jobs)))
    suspects: list[Job] = []
    waiting = deque(jobs)
    while waiting:  # each round ends with all done, or with a dead process and whatever it may have died of
        yield from _round(waiting, suspects, count, work, seconds)
    for job in suspects:
        yield _alone(job, work, seconds)


def _round(waiting: deque[Job], suspects: list[Job], count: int, work: Work, seconds: float) -> Iterator[Checked]:
    """Work on ``waiting`` until nothing is left or a process dies; those then under way go to ``suspects``."""
    running: dict[Future[Checked], Job] = {}
    with _pool(count) as pool:
        while waiting or running:
            while waiting and len(running) < 2 * count:
                try:
                    future = pool.submit(_timed, work, waiting[0], seconds)
                except BrokenProcessPool:
                    break
                running[future] = waiting.popleft()
            done, _rest = wait(running, return_when=FIRST_COMPLETED)
            broken = False
            for future in done:
                job = running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    suspects.append(job)
                    broken = True
            if broken:
                suspects += running.values()
                return


def _alone(job: Job, work: Work, seconds: float) -> Checked:
    """A job in a process of its own, so that if it dies once more nothing else can be to blame."""
    with _pool(1) as pool:
        try:
            return pool.submit(_timed, work, job, seconds).result()
        except BrokenProcessPool:
            message = _("việc kiểm tra tệp này bị dừng giữa chừng: quá {seconds:g} giây, hoặc thiếu bộ nhớ")
            return not_judged(job, message.format(seconds=seconds))


def _pool(count: int) -> ProcessPoolExecutor:
    """Processes started anew, alike on every system; they end when this one does."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_ignore_interrupt)


def _ignore_interrupt() -> None:
    """Let Ctrl-C end the command only; its processes end with it, without a trace each."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _timed(work: Work, job: Job, seconds: float) -> Checked:
    """The work, in a process that ends itself when it takes too long: also inside of a library's own loop."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a device, not a path
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            return work(job)
        finally:
            faulthandler.cancel_dump_traceback_later()
