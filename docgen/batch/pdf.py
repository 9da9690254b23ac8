"""Makes PDFs of Word files in the background, with a few LibreOffices that convert many files per start.

A file on which LibreOffice fails or hangs doesn't affect others: its group is halved until the file stands alone.
"""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue, SimpleQueue
from types import TracebackType
from typing import Generic, Self, TypeVar

from docgen.errors import OutputError
from docgen.writers.pdf import convert_to_pdf

T = TypeVar("T")

#: Files per start of LibreOffice; a start takes about as long as ten pages.
BATCH = 40
#: Time limit in seconds of a start, and of each file.
START_SECONDS, FILE_SECONDS = 60.0, 10.0
#: Files in the queue; :meth:`PdfPool.submit` blocks while it is full.
_AHEAD = 400
#: Problems that another try doesn't solve.
_FINAL = frozenset(("output.pdf-kept", "output.unreadable", "output.no-libreoffice"))


@dataclass(frozen=True)
class Finished(Generic[T]):
    """A document whose PDF was made; else ``message`` says why not. ``kept``: a PDF that isn't docgen's stays there."""

    token: T
    document: Path
    message: str = ""
    kept: bool = False


class PdfPool(Generic[T]):
    """A context manager that makes PDFs in ``workers`` threads, each with its own LibreOffice profile."""

    def __init__(self, workers: int, *, batch: int = BATCH, seconds: float = START_SECONDS) -> None:
        self._batch, self._seconds = batch, seconds
        self._waiting: Queue[tuple[Path, T] | None] = Queue(_AHEAD)
        self._done: SimpleQueue[Finished[T]] = SimpleQueue()
        self._open = 0
        self._stopped = threading.Event()
        self._folder = tempfile.TemporaryDirectory(prefix="docgen-pdf-", ignore_cleanup_errors=True)
        self._threads = [
            threading.Thread(target=self._work, args=(Path(self._folder.name, f"{number}"),), daemon=True)
            for number in range(max(1, workers))
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for all submitted files, after an exception only for those under way."""
        if kind is not None:
            self._stopped.set()
            with suppress(Empty):
                while True:
                    self._waiting.get_nowait()
        for _thread in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()
        self._folder.cleanup()

    def submit(self, document: Path, token: T) -> None:
        """Queue a document; blocks while the queue is full."""
        self._open += 1
        self._waiting.put((document, token))

    def finished(self, *, wait: bool = False) -> Iterator[Finished[T]]:
        """Yield what was finished since the last call; with ``wait``, wait for everything that was submitted."""
        while self._open and (wait or not self._done.empty()):
            found = self._done.get()
            self._open -= 1
            yield found

    def _work(self, profile: Path) -> None:
        while True:
            first = self._waiting.get()
            if first is None:
                return
            group = [first]
            ended = False
            with suppress(Empty):
                while len(group) < self._batch:
                    item = self._waiting.get_nowait()
                    if item is None:
                        ended = True
                        break
                    group.append(item)
            self._convert(group, profile, last_try=False)
            if ended:
                return

    def _convert(self, group: list[tuple[Path, T]], profile: Path, *, last_try: bool) -> None:
        if self._stopped.is_set():
            return
        try:
            seconds = self._seconds + FILE_SECONDS * len(group)
            convert_to_pdf([document for document, _token in group], seconds=seconds, profile=profile)
        except OutputError as error:
            self._again(group, profile, error, last_try=last_try)
        except Exception as error:
            for document, token in group:
                self._done.put(Finished(token, document, str(error)))
        else:
            for document, token in group:
                self._done.put(Finished(token, document))

    def _again(self, group: list[tuple[Path, T]], profile: Path, error: OutputError, *, last_try: bool) -> None:
        """Report what can't be solved and try the others in halves, a single file once more with a new profile."""
        final = {one.place.file: one for one in error.problems if one.code in _FINAL}
        if "output.no-libreoffice" in {one.code for one in error.problems}:
            final = {document.as_posix(): error.problems[0] for document, _token in group}
        left = []
        for document, token in group:
            problem = final.get(document.with_suffix(".pdf").as_posix()) or final.get(document.as_posix())
            if problem is not None:
                self._done.put(Finished(token, document, str(problem), kept=problem.code == "output.pdf-kept"))
            else:
                left.append((document, token))
        if not left:
            return
        if len(left) == 1 and last_try:
            ((document, token),) = left
            self._done.put(Finished(token, document, str(error)))
            return
        shutil.rmtree(profile, ignore_errors=True)
        if len(left) < len(group):
            self._convert(left, profile, last_try=last_try)
        elif len(left) == 1:
            self._convert(left, profile, last_try=True)
        else:
            middle = len(left) // 2
            self._convert(left[:middle], profile, last_try=False)
            self._convert(left[middle:], profile, last_try=False)
