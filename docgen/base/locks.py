"""One run at a time: a lock file beside what is written, held through the operating system.

The system lets go of the lock when its process ends, however it ends; a file that is left behind locks nothing.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from docgen.base.atomic import refusal
from docgen.base.locale import translate as _
from docgen.errors import OutputError, Place, Problem

#: The byte that is locked, which on Windows nobody else can read; who holds the lock stands behind it.
_LOCKED_BYTES = 1
_LONGEST = 100
#: What file systems without locks answer, such as NFS whose lock service isn't running.
_NO_LOCKS = frozenset((errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP))


class Holder(NamedTuple):
    """Who holds a lock: the number of its process and since when, both None where the lock's file doesn't say."""

    process: int | None = None
    since: datetime | None = None


@contextmanager
def exclusive(lock: Path, busy: Callable[[Holder], Problem], *, patience: float) -> Iterator[None]:
    """Hold the file ``lock`` while the block runs; the file is removed at the end.

    Raises OutputError: with ``busy`` of the holder where another process, or another block of this one, still holds the
    lock after ``patience`` seconds; or where the file can't be written or its file system can't lock.
    """
    from filelock import FileLock, Timeout  # 25 ms; few commands lock

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
            # While it is held: whoever locked the removed file meanwhile sees that it has no name, and takes a new one.
            with suppress(OSError):
                lock.unlink()
        held.release()


def _unlockable(lock: Path) -> Problem:
    message = _("ổ đĩa hoặc thư mục mạng này không khóa được tệp, nên không ngăn được hai lệnh cùng ghi")
    hint = _("chuyển thư mục về ổ đĩa của máy này, hoặc nhờ quản trị bật khóa tệp của thư mục mạng, rồi chạy lại")
    return Problem("output.no-locks", message, hint, Place(lock.as_posix()))


def _sign(descriptor: int) -> None:
    """Write into a lock's file who holds it; a full disk loses the name, not the lock."""
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
