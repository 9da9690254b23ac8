"""A bar for whoever waits: on a terminal, and only once it has taken longer than a second."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")
#: Whatever is done sooner needs no bar.
PATIENCE_SECONDS = 1.0


@contextmanager
def waiting(label: str, *, rate: str = "") -> Iterator[Callable[[int, int], None]]:
    """Gives a function that is told how many of how many are done; the bar is on stderr and gone at the end.

    ``rate`` is the unit in which its speed is shown beside the time that is left; none is shown without.
    """
    bar = _Bar(label, rate)
    try:
        yield bar.step
    finally:
        bar.close()


def waited_for(items: Iterable[T], label: str, total: int) -> Iterator[T]:
    """Hand on the items, of which there are ``total``, and show how many have been."""
    with waiting(label) as step:
        for done, item in enumerate(items, 1):
            yield item
            step(done, total)


class _Bar:
    """A progress bar that isn't there before somebody waits for it."""

    def __init__(self, label: str, rate: str = "") -> None:
        self.label, self.rate = label, rate
        self.start = time.monotonic()
        self.first: tuple[float, int] | None = None
        self.done = 0
        self.shown: click._termui_impl.ProgressBar[int] | None = None

    def step(self, done: int, total: int) -> None:
        """Say how many are done."""
        self.first = self.first or (time.monotonic(), done)
        long_enough = time.monotonic() - self.start > PATIENCE_SECONDS
        if self.shown is None and long_enough and done < total and sys.stderr.isatty():
            speed = self._speed if self.rate else None
            self.shown = click.progressbar(
                length=total, label=self.label, file=sys.stderr, show_pos=bool(self.rate), item_show_func=speed
            )
            self.shown.__enter__()
            self.shown.update(self.done)
        if self.shown is not None:
            self.shown.update(done - self.done)
        self.done = done
        if done >= total:
            self.close()

    def _speed(self, _item: object) -> str:
        since, before = self.first or (self.start, 0)  # what came before it began on these is another's time
        return f"{(self.done - before) / max(time.monotonic() - since, 0.001):.0f} {self.rate}"

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self.shown is not None:
            self.shown.__exit__(None, None, None)
            self.shown = None
