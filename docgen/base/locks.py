"""Exclusive locks between processes: a lock file that is locked through the operating system.

The system releases the lock when its process ends in any way; a lock file left behind locks nothing.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from docgen.base.files import refusal
from docgen.base.locale import translate as _
from docgen.errors import OutputError, Place, Problem

#: Bytes at the start that are locked, which Windows lets nobody else read; the holder is written behind them.
_LOCKED_BYTES = 1
_LONGEST = 100
#: Errors of file systems without locks, such as NFS without its lock service.
_NO_LOCKS = frozenset((errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP))


class Holder(NamedTuple):
    """The process that holds a lock and since when; both None if the lock file doesn't say."""

    process: int | None = None
    since: datetime | None = None


@contextmanager
def exclusive(lock: Path, busy: Callable[[Holder], Problem], *, patience: float) -> Iterator[None]:
    """Hold the lock file ``lock`` while the block runs, and remove it at the end.

    Raises OutputError: with the problem that ``busy`` makes of the holder if another process or thread still holds the
    lock after ``patience`` seconds, or if the file can't be written or locked.
    """
    from filelock import FileLock, Timeout  # takes 25 ms, and few commands lock

    held = FileLock(lock, timeout=patience, fallback_to_soft=False, on_acquired=_sign)
    try:
        held.acquire()
    except Timeout:
        raise OutputError(busy(_holder(lock))) from None
    except OSError as error:
        raise OutputError(_unlockable(lock) if error.errno in _NO_LOCKS else refusal(lock, error)) from None
    try:
        yield
    finally:
        if sys.platform != "win32":  # there filelock does so itself
            # Before the release: who locks the removed file then notices that it has no name, and makes a new one.
            with suppress(OSError):
                lock.unlink()
        held.release()


def _unlockable(lock: Path) -> Problem:
    message = _("ổ đĩa hoặc thư mục mạng này không khóa được tệp, nên không ngăn được hai lệnh cùng ghi")
    hint = _("chuyển thư mục về ổ đĩa của máy này, hoặc nhờ quản trị bật khóa tệp của thư mục mạng, rồi chạy lại")
    return Problem("output.no-locks", message, hint, Place(lock.as_posix()))


def _sign(descriptor: int) -> None:
    """Write the holder into the lock file; on a full disk only this is lost, not the lock."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, _LOCKED_BYTES, os.SEEK_SET)
        os.write(descriptor, f"{os.getpid()} {datetime.now(UTC).isoformat(timespec='seconds')}\n".encode())


def _holder(lock: Path) -> Holder:
    try:
        with lock.open("rb", buffering=0) as file:
            file.seek(_LOCKED_BYTES)
            process, since = (file.read(_LONGEST) or b"").decode("ascii").split()
        return Holder(int(process), datetime.fromisoformat(since))
    except (OSError, ValueError):
        return Holder()
