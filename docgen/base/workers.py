"""Items in, what became of each out as they come: worked on by an executor, none of whose faults stops the rest.

A process that dies costs the items it may have died of a second try, each in a process of its own; what dies there
again is told as dead. So whatever hangs or eats memory is found, and everything else is done.
"""

import faulthandler
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from multiprocessing import connection, get_context, parent_process
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
R = TypeVar("R")

#: What one item may take; a document of 500 pages takes about five.
SECONDS = 120
#: Seconds beyond that limit in which a process should have ended itself.
SLACK = 20.0
#: Items handed to the executor for each of its workers, so that none waits for the next and memory stays flat.
_AHEAD = 2
#: Seconds between two looks at whether anything is still heard of what is under way.
_TICK = 2.0


#: What an executor raises where the process of an item died; and what processes of this machine raise.
Deaths = tuple[type[Exception], ...]
DEATHS: Deaths = (BrokenProcessPool,)

#: New objects between two searches for circles among them; Python's own 700 would look through each plan many times.
_GARBAGE = 50_000
#: Windows waits for no more processes at once.
_MOST_ON_WINDOWS = 61


@dataclass(frozen=True)
class Died(Generic[T]):
    """An item that ended its process twice, or for which no process could be had."""

    item: T


class Patience(Protocol[T_contra]):
    """Looks every few seconds at work of which nothing is done."""

    def look(self, pool: Executor, items: Collection[T_contra], since: float) -> bool:
        """Whether it did something about it, so that time counts anew; may raise, which ends the work.

        ``items`` are under way; nothing has been done ``since`` (:func:`time.time`).
        """


@dataclass(frozen=True)
class EndSilent(Generic[T]):
    """Ends the processes of this machine when nothing is heard of them: what stops one as a whole it can't end itself.

    ``seconds`` pass without an item done and without a later ``beat``: the time of the last sign of life that the
    items gave elsewhere, 0 for none.
    """

    seconds: float
    beat: Callable[[Iterable[T]], float] = lambda _items: 0.0

    def look(self, pool: Executor, items: Collection[T], since: float) -> bool:
        """See :class:`Patience`."""
        if time.time() - max(since, self.beat(items)) <= self.seconds:
            return False
        for process in (getattr(pool, "_processes", None) or {}).copy().values():  # kill_workers(), from 3.14 on
            process.kill()
        return True


#: Opens an executor of so many workers.
OpenPool = Callable[[int], Executor]
#: Divides an item under way when its executor broke into those it may have died of and those that only wait.
Divide = Callable[[T], tuple[list[T], list[T]]]


def work_off(
    items: Iterable[T],
    work: Callable[[T], R],
    open_pool: OpenPool,
    count: int,
    divide: Divide[T],
    deaths: Deaths = DEATHS,
    patience: Patience[T] | None = None,
) -> Iterator[R | Died[T]]:
    """The outcome of each item, as they come, from ``count`` workers.

    ``work`` must be a module's function or a partial of one, and may be called twice for an item. Items are taken
    from their iterator as workers become free. ``deaths`` are what the executor raises where an item's process died;
    ``patience`` is asked while nothing is done.
    When the caller stops early, what is under way is finished and dropped.
    """
    waiting = iter(items)
    suspects: list[T] = []
    while True:
        broken: list[T] = []
        advanced = False
        for found in _round(waiting, broken, work, open_pool, count, deaths, patience):
            advanced = True
            yield found
        if not broken:
            break
        divided = [divide(item) for item in broken]
        if not advanced and not any(guilty for guilty, _innocent in divided):
            divided = [([item], []) for item in broken]  # processes die before they begin on anything
        for guilty, innocent in divided:
            suspects += guilty
            waiting = chain(innocent, waiting)
    for item in suspects:
        yield _alone(item, work, open_pool, deaths, patience)


def _round(
    waiting: Iterator[T],
    broken: list[T],
    work: Callable[[T], R],
    open_pool: OpenPool,
    count: int,
    deaths: Deaths,
    patience: Patience[T] | None,
) -> Iterator[R]:
    """Work until nothing is left or the executor breaks; items that died, or were then under way, go to ``broken``."""
    running: dict[Future[R], T] = {}
    with _closed_early(open_pool(count)) as pool:
        while True:
            while len(running) < _AHEAD * count:
                try:
                    item = next(waiting)
                except StopIteration:
                    break
                try:
                    running[pool.submit(work, item)] = item
                except BrokenProcessPool:
                    broken.append(item)
                    break
            if not running:
                return
            done = _first_done(pool, running, patience)
            ended = False
            for future in done:
                item = running.pop(future)
                try:
                    yield future.result()
                except deaths as error:
                    broken.append(item)
                    ended |= isinstance(error, BrokenProcessPool)  # and with it all that it had
            if ended:
                broken += running.values()
                return


def _first_done(pool: Executor, running: Mapping[Future[R], T], patience: Patience[T] | None) -> set[Future[R]]:
    """What is done next."""
    since = time.time()
    while True:
        done = wait(running, timeout=_TICK if patience is not None else None, return_when=FIRST_COMPLETED).done
        if done or patience is None:
            return done
        if patience.look(pool, tuple(running.values()), since):
            since = time.time()


@contextmanager
def _closed_early(pool: Executor) -> Iterator[Executor]:
    """The executor; where the caller is stopped, what waits in it is dropped and only what runs is waited for."""
    with pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _alone(
    item: T, work: Callable[[T], R], open_pool: OpenPool, deaths: Deaths, patience: Patience[T] | None
) -> R | Died[T]:
    """An item in a process of its own, so that if it dies once more nothing else can be to blame."""
    with open_pool(1) as pool:
        try:
            future = pool.submit(work, item)
            _first_done(pool, {future: item}, patience)
            return future.result()
        except deaths:
            return Died(item)


def process_pool(count: int, memory: int | None = None) -> ProcessPoolExecutor:
    """Processes started anew, alike on every system; they end when this one does, however it ends.

    ``memory`` bounds what each may take, in megabytes, where the system can (Linux, macOS).
    """
    count = min(count, _MOST_ON_WINDOWS) if sys.platform == "win32" else count
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin, initargs=(memory,))


def _begin(memory: int | None) -> None:
    """Ctrl-C ends the command only; its processes end with it, without a trace each."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()  # what is loaded by now stays; and a plan's values are many, live long, and hold no circles
    gc.set_threshold(_GARBAGE, 20, 20)
    if memory is not None and sys.platform != "win32":
        import resource

        with_limit = resource.RLIMIT_AS if sys.platform != "darwin" else resource.RLIMIT_DATA
        most, hard = memory * 1024**2, resource.getrlimit(with_limit)[1]
        resource.setrlimit(with_limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for its next item for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """The block, in a process that ends itself when it takes too long: also inside of a library's own loop."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a device, not a path
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
