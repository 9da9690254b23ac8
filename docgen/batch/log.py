"""A line a job in a file beside the jobs file, rotated so that a year of nights doesn't fill the disk."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from docgen.base.refusal import refusal
from docgen.batch.job import Outcome
from docgen.errors import OutputError

_BYTES = 10 * 1024 * 1024
_FILES = 5


class JobLog:
    """Writes lines: time, state, job, target, seconds, message, parted by tabs."""

    def __init__(self, handler: logging.Handler) -> None:
        self._handler = handler

    def write(self, text: str) -> None:
        """A line of its own; a log that can't be written doesn't stop the work."""
        line = text.replace("\r", " ").replace("\n", " · ")
        self._handler.handle(logging.LogRecord("docgen.batch", logging.INFO, "", 0, line, None, None))

    def job(self, outcome: Outcome) -> None:
        """What became of a job."""
        where, took = outcome.written or outcome.target, f"{outcome.seconds:.3f}"
        parts = (outcome.state.value, str(outcome.key), where, took, outcome.message)
        self.write("\t".join(part.replace("\t", " ") for part in parts))


@contextmanager
def open_log(path: Path, *, size: int = _BYTES) -> Iterator[JobLog]:
    """The log in ``path``, with up to five older ones beside it. Raises OutputError where it can't be opened."""
    try:
        handler = RotatingFileHandler(path, maxBytes=size, backupCount=_FILES, encoding="utf-8", errors="replace")
    except OSError as error:
        raise OutputError(refusal(path, error)) from None
    handler.setFormatter(logging.Formatter("%(asctime)s\t%(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    handler.handleError = lambda record: None  # type: ignore[method-assign] # a full disk: the work says so itself
    try:
        yield JobLog(handler)
    finally:
        with suppress(OSError):  # a full disk again
            handler.close()
