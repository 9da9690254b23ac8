"""One run at a time: a lock file beside what is written, held for the moment of writing only."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from docgen.base.atomic import refusal
from docgen.base.locale import translate as _
from docgen.errors import OutputError, Place, Problem

#: How long to wait for another run, and after how long a lock is one that a killed run left, in seconds.
_PATIENCE = 5.0
_LEFT_BEHIND = 120.0


@contextmanager
def exclusive(lock: Path) -> Iterator[None]:
    """Hold ``lock`` (its folder must exist) while the block runs. Raises OutputError where another run holds it."""
    _take(lock)
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()


def _take(lock: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            os.close(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
            return
        except FileExistsError:
            if _age(lock) > _LEFT_BEHIND:
                with suppress(OSError):
                    lock.unlink()
            elif time.monotonic() > until:
                message = _("một lệnh docgen khác đang ghi ở đây")
                hint = _("chờ lệnh kia xong rồi chạy lại; nếu không có lệnh nào, xóa “{name}”").format(name=lock.name)
                raise OutputError(Problem("output.locked", message, hint, Place(lock.as_posix()))) from None
            else:
                time.sleep(0.05)
        except OSError as error:
            raise OutputError(refusal(lock, error)) from None


def _age(lock: Path) -> float:
    """The age of a lock in seconds; 0 where it is gone."""
    try:
        return time.time() - lock.stat().st_mtime
    except OSError:
        return 0.0
