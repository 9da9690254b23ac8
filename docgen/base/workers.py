"""Works through items with an executor, so that a process that hangs, dies or eats memory doesn't stop the rest.

Items that a process may have died of get a second try, each in a process of its own; an item whose process dies again
is reported as :class:`Died`.
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
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: Default time limit of an item in seconds; a document of 500 pages takes about five.
SECONDS = 120
#: Seconds after the time limit until which a process has ended itself, unless it hangs as a whole.
SLACK = 20.0
#: Items submitted per worker: enough to keep it busy, few enough to keep memory flat.
_AHEAD = 2
#: Seconds between two calls of :meth:`Patience.look`.
_TICK = 2.0
#: Exceptions that an executor raises if an item's process died, and those of processes of this machine.
Deaths = tuple[type[Exception], ...]
DEATHS: Deaths = (BrokenProcessPool,)
#: New objects between two garbage collections; with Python's 700 each plan would be searched many times.
_GARBAGE = 50_000
#: The most processes that Windows can wait for at once.
_MOST_ON_WINDOWS = 61


@dataclass(frozen=True)
class Died(Generic[T]):
    """An item whose process died twice, or could not be started."""

    item: T


#: Called every few seconds while no item is finished, with the executor, the items under way, and the time
#: (:func:`time.time`) since when. Returns whether it acted, so that the time is counted again; may raise to give up.
Patience = Callable[[Executor, Collection[T], float], bool]


def end_silent(seconds: float, beat: Callable[[Iterable[T]], float] = lambda _items: 0.0) -> Patience[T]:
    """Kill the processes of a pool that give no sign of life: a process that hangs as a whole can't end itself.

    This happens ``seconds`` after the last finished item or, if later, the last sign of life of the items, whose time
    ``beat`` returns (0 for none).
    """

    def look(pool: Executor, items: Collection[T], since: float) -> bool:
        if time.time() - max(since, beat(items)) <= seconds:
            return False
        for process in (getattr(pool, "_processes", None) or {}).copy().values():  # kill_workers(), from 3.14 on
            process.kill()
        return True

    return look


#: Opens an executor with the given number of workers.
OpenPool = Callable[[int], Executor]
#: Divides an item that was under way when its executor broke into suspects and parts that were only waiting.
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
    """Yield the outcome of each item, in the order of completion, from ``count`` workers.

    ``work`` must be a function of a module or a partial of one, and may be called twice for an item. Items are taken
    from their iterator as workers become free. ``deaths`` are the exceptions that the executor raises if an item's
    process died; ``patience`` is called while nothing is finished. If the caller stops early, items under way are
    finished and dropped.
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
            divided = [([item], []) for item in broken]  # processes die before they begin an item
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
    """Work until no item is left or the executor breaks; items that died or were then under way go to ``broken``."""
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
                    ended |= isinstance(error, BrokenProcessPool)  # the executor itself is broken
            if ended:
                broken += running.values()
                return


def _first_done(pool: Executor, running: Mapping[Future[R], T], patience: Patience[T] | None) -> set[Future[R]]:
    """Wait for the next finished items."""
    since = time.time()
    while True:
        done = wait(running, timeout=_TICK if patience is not None else None, return_when=FIRST_COMPLETED).done
        if done or patience is None:
            return done
        if patience(pool, tuple(running.values()), since):
            since = time.time()


@contextmanager
def _closed_early(pool: Executor) -> Iterator[Executor]:
    """Use an executor; if the block is stopped, drop its waiting items and wait for the running ones only."""
    with pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _alone(
    item: T, work: Callable[[T], R], open_pool: OpenPool, deaths: Deaths, patience: Patience[T] | None
) -> R | Died[T]:
    """Work on an item in a process of its own."""
    with open_pool(1) as pool:
        try:
            future = pool.submit(work, item)
            _first_done(pool, {future: item}, patience)
            return future.result()
        except deaths:
            return Died(item)


def process_pool(count: int, memory: int | None = None) -> ProcessPoolExecutor:
    """A pool of freshly started processes, which end when this one does in any way.

    ``memory`` limits each of them, in megabytes, on Linux and macOS.
    """
    count = min(count, _MOST_ON_WINDOWS) if sys.platform == "win32" else count
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin, initargs=(memory,))


def _begin(memory: int | None) -> None:
    """Prepare a process: Ctrl-C is left to the parent process, with which this one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()  # what is loaded stays, and a plan's many values hold no reference cycles
    gc.set_threshold(_GARBAGE, 20, 20)
    if memory is not None and sys.platform != "win32":
        import resource

        limited = resource.RLIMIT_AS if sys.platform != "darwin" else resource.RLIMIT_DATA
        most, hard = memory * 1024**2, resource.getrlimit(limited)[1]
        resource.setrlimit(limited, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _end_with_parent() -> None:
    """End this process when its parent was killed, instead of waiting for items for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the process if the block takes longer than ``seconds``, even inside of a library's loop."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a device, not a path
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
