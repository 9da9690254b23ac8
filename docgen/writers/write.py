"""Writing of documents: checked first, written atomically, and never over a file that a person edited."""

import errno
import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from docgen.base.files import (
    is_folder,
    is_open,
    parent_is_file,
    refusal,
    remove_leftovers,
    replace_file,
    sync_folder,
    temporary_path,
)
from docgen.base.locale import translate as _
from docgen.base.ooxml import MAX_UNPACKED
from docgen.errors import OutputError, Place, Problem, Severity
from docgen.writers.proof import prove
from docgen.writers.seal import edited_by_hand


@dataclass(frozen=True)
class Written:
    """The outcome for one document: ``target`` is the file asked for, ``path`` the one with the document.

    ``kept``: a person edited the target, which stays, and ``path`` is a new file beside it. ``backup``: the copy of
    an edited file that was replaced by force. ``unchanged``: the same bytes were there, so nothing was written.
    """

    target: Path
    path: Path
    kept: bool = False
    backup: Path | None = None
    unchanged: bool = False


def write_document(target: Path, content: bytes, *, force: bool = False) -> Written:
    """Write one .docx; see :func:`write_documents`."""
    return write_documents({target: content}, force=force)[0]


def write_documents(files: Mapping[Path, bytes], *, force: bool = False, proved: bool = False) -> list[Written]:
    """Write .docx files in their order, making the folders they need.

    A file that a person edited is kept and the new one goes beside it (``x.moi.docx``, ``x.moi-2.docx``); with
    ``force`` the edited one is saved (``x.docx.bak``, ``x.docx.bak-2``) and replaced. All documents, unless ``proved``
    already, and all targets are checked before the first is written.
    Raises OutputError with every problem, and with what was written before it.
    """
    remove_leftovers(files)
    problems: list[Problem] = []
    for target, content in files.items():
        try:
            if not proved:
                prove(content, target.as_posix())
            _decide(target, content, force)
        except OutputError as error:
            problems += error.problems
    if problems:
        raise OutputError(problems)
    written: list[Written] = []
    for target, content in files.items():
        try:
            written.append(_write(target, content, force))
        except OutputError as error:
            raise OutputError([*error.problems, *map(_already, written)]) from None
    return written


def write_each(files: Mapping[Path, bytes], *, force: bool = False) -> dict[Path, Written | OutputError]:
    """Write proved documents like :func:`write_documents`, but go on after one that fails.

    Each folder is synced once, before this returns. Leftovers of killed runs are the caller's task
    (remove_leftovers), since looking for them in a large folder takes long.
    """
    found: dict[Path, Written | OutputError] = {}
    for target, content in files.items():
        try:
            found[target] = _write(target, content, force, synced=False)
        except OutputError as error:
            found[target] = error
    for folder in {one.path.parent for one in found.values() if isinstance(one, Written) and not one.unchanged}:
        sync_folder(folder)
    return found


def write_plain(target: Path, content: bytes) -> None:
    """Write or replace a file that isn't a document, atomically. Raises OutputError."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(refusal(target, error)) from None
    replace_file(target, content)


def _already(written: Written) -> Problem:
    """A notice of a file that was written before another failed."""
    message, hint = _("tệp này đã ghi xong"), _("sửa lỗi trên rồi chạy lại đúng lệnh đó")
    return Problem("output.written", message, hint, Place(written.path.as_posix()), Severity.INFO)


def _write(target: Path, content: bytes, force: bool, *, synced: bool = True) -> Written:
    written = _decide(target, content, force)  # again: a person may have saved the file meanwhile
    if written.unchanged:
        return written
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(refusal(target, error)) from None
    if written.backup is not None:
        _back_up(target, written.backup)
    try:
        replace_file(written.path, content, synced=synced)
    except BaseException:
        if written.backup is not None:  # the edited file is still in its place
            written.backup.unlink(missing_ok=True)
        raise
    return written


def _decide(target: Path, content: bytes, force: bool) -> Written:
    """Where the document goes; nothing is written yet. Raises OutputError where it can't be written."""
    old = _read(target)
    if old == content:
        return Written(target, target, unchanged=True)
    if old is None or not edited_by_hand(old):
        written = Written(target, target)
    elif force:
        written = Written(target, target, backup=_free_backup(target))
    else:
        written = _beside(target, content)
    if not written.unchanged:
        _check_folder(written.path)
        _check_closed(written.path)
    return written


def _beside(target: Path, content: bytes) -> Written:
    for number in count(1):
        path = target.with_name(f"{target.stem}.moi{_numbered(number)}{target.suffix}")
        old = _read(path)
        if old is None or old == content or not edited_by_hand(old):
            return Written(target, path, kept=True, unchanged=old == content)
    raise AssertionError("count() never ends")


def _free_backup(target: Path) -> Path:
    names = (f"{target.name}.bak{_numbered(number)}" for number in count(1))
    return next(path for name in names if not os.path.lexists(path := target.with_name(name)))


def _numbered(number: int) -> str:
    return "" if number == 1 else f"-{number}"


def _back_up(target: Path, backup: Path) -> None:
    try:
        replace_file(backup, target.read_bytes())
    except OSError as error:
        raise OutputError(refusal(backup, error)) from None
    with suppress(OSError):
        shutil.copystat(target, backup)


def _read(path: Path) -> bytes | None:
    """The file's content; None where there is no file, empty for one larger than any document."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise OutputError(is_folder(path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise OutputError(refusal(path, error)) from None
    try:
        return b"" if status.st_size > MAX_UNPACKED else path.read_bytes()
    except PermissionError:
        raise OutputError(is_open(path)) from None
    except OSError as error:
        raise OutputError(refusal(path, error)) from None


def _check_folder(target: Path) -> None:
    """Check that the folder can be written to, or made. Raises OutputError."""
    absolute = target.absolute()
    try:
        folder = next((parent for parent in absolute.parents if os.path.lexists(parent)), None)
        if folder is None:  # a drive that isn't there
            raise FileNotFoundError(errno.ENOENT, "")
        if not folder.is_dir():
            raise OutputError(parent_is_file(target, folder))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "")
        for name in (*absolute.relative_to(folder).parts, temporary_path(target).name):
            with suppress(FileNotFoundError):
                (folder / name).lstat()  # fails where a name is too long for this disk
    except OSError as error:
        raise OutputError(refusal(target, error)) from None


def _check_closed(target: Path) -> None:
    """Check that no program has the document open, by its owner file. Raises OutputError."""
    for name in _owner_files(target.name):
        if os.path.lexists(target.with_name(name)):
            raise OutputError(is_open(target, name))


def _owner_files(name: str) -> tuple[str, ...]:
    """The names of files that Word and LibreOffice put beside an open one.

    Word's “~$” replaces two letters of a stem of eight or more, one of seven, none of a shorter stem, and on some
    network folders none at all.
    """
    dropped = min(max(len(Path(name).stem) - 6, 0), 2)
    return f"~${name[dropped:]}", f"~${name}", f".~lock.{name}#"
