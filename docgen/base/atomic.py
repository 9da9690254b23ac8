"""One file written whole or not at all: the bytes go to a temporary file beside it, which then takes its place."""

import os
import secrets
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from docgen.base.refusal import is_folder, is_open, refusal
from docgen.errors import OutputError

_SUFFIX = ".tmp"
_DAY = 24 * 60 * 60


def replace_file(target: Path, content: bytes, *, synced: bool = True) -> None:
    """Write ``content`` to ``target``, whatever is there; the folder must exist. On any failure nothing is changed.

    Without ``synced`` the caller makes the new name last with :func:`sync_folder`. Raises OutputError.
    """
    temporary = temporary_path(target)
    try:
        _write_synced(temporary, content)
        _move(temporary, target)
    except OSError as error:
        raise OutputError(refusal(target, error)) from None
    finally:  # also when the user presses Ctrl-C; after the move there is nothing left to remove
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    if synced:
        sync_folder(target.parent)


def temporary_path(target: Path) -> Path:
    """A name beside ``target`` that no one else uses: ``.<name>.<process id>.<random>.tmp``."""
    return target.with_name(f".{target.name}.{os.getpid()}.{secrets.token_hex(4)}{_SUFFIX}")


def is_temporary(name: str) -> bool:
    """Whether a file of this name may be one that :func:`temporary_path` named."""
    return name.startswith(".") and name.endswith(_SUFFIX)


def remove_leftovers(targets: Iterable[Path]) -> None:
    """Remove what killed runs left of the targets, of new files beside edited ones and of their backups.

    A temporary file whose process still runs stays.
    """
    folders: dict[Path, set[str]] = {}
    for target in targets:
        beside = (target.name, f"{target.stem}.moi{target.suffix}", f"{target.name}.bak")
        folders.setdefault(target.parent, set()).update(beside)
    for folder, names in folders.items():
        with suppress(OSError):  # no folder yet, or one that we may not list: then nothing of ours is there
            for name in os.listdir(folder):  # noqa: PTH208 - a folder may hold 10,000 files; names are all we need
                if is_temporary(name) and _is_leftover(folder / name, names):
                    (folder / name).unlink()


def _is_leftover(path: Path, names: set[str]) -> bool:
    target, _dot, rest = path.name.removesuffix(_SUFFIX).removeprefix(".").rpartition(".")
    target, _dot, process = target.rpartition(".")
    if target not in names or not rest or not process.isdecimal():
        return False
    return not _is_running(int(process)) or time.time() - path.stat().st_mtime > _DAY


def _is_running(process: int) -> bool:
    """Whether the process exists; on Windows, where asking would end it, always true."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _write_synced(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, 0o666), "wb") as file:  # noqa: PTH123 - Path.open takes no descriptor
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except PermissionError:
        raise OutputError(is_folder(target) if target.is_dir() else is_open(target)) from None


def sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where a folder can be synced; the file itself is safe already."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
