"""A bar for whoever waits: on a terminal, and only once it has taken longer than a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_PATIENCE = 1.0


@contextmanager
def waiting(label: str) -> Iterator[Callable[[int, int], None]]:
    """Gives a function that is told how many of how many are done; the bar is on stderr and gone at the end."""
    bar = _Bar(label)
    try:
        yield bar.step
    finally:
        bar.close()


class _Bar:
    """A progress bar that isn't there before somebody waits for it."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.start = time.monotonic()
        self.done = 0
        self.shown: click._termui_impl.ProgressBar[int] | None = None

    def step(self, done: int, total: int) -> None:
        """Say how many are done."""
        if self.shown is None and sys.stderr.isatty() and time.monotonic() - self.start > _PATIENCE and done < total:
            self.shown = click.progressbar(length=total, label=self.label, file=sys.stderr)
            self.shown.__enter__()
            self.shown.update(self.done)
        if self.shown is not None:
            self.shown.update(done - self.done)
        self.done = done

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self.shown is not None:
            self.shown.__exit__(None, None, None)
