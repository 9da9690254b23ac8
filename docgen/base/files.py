"""Reads files with a limit on their size, and writes files and folders whole or not at all.

A written file's bytes go to a temporary file beside the target, are synced, and then take its place.
"""

import errno
import os
import secrets
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from docgen.base.locale import translate as _
from docgen.errors import OutputError, Place, Problem

#: Limit in bytes of a template, workbook or data file; a sheet of 100,000 rows takes about 5 MB.
MAX_FILE = 64 * 1024 * 1024
#: First bytes of an Office file older than 2007, or of a newer one with a password.
OLE_MARK = b"\xd0\xcf\x11\xe0"
#: First bytes of a zip that isn't empty, such as a .docx or .xlsx.
ZIP_MARK = b"PK\x03\x04"
PDF_MARK = b"%PDF"
_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_WORKBOOKS = (".xlsx", ".xlsm")
#: Windows' error for a name that is too long.
_WINDOWS_TOO_LONG = 206
_SUFFIX = ".tmp"
_DAY = 24 * 60 * 60


class IrregularFileError(OSError):
    """A path is that of a folder, pipe, socket or device, not of a regular file."""

    strerror: str


class LargeFileError(OSError):
    """A file is larger than the limit, which the message states."""

    strerror: str


def read_file(path: Path, limit: int = MAX_FILE) -> bytes:
    """Read a regular file of at most ``limit`` bytes.

    Raises IrregularFileError or LargeFileError, with a Vietnamese ``strerror``, or any other OSError.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IrregularFileError(errno.EISDIR, _("đây là một thư mục, không phải tệp"))
    if not stat.S_ISREG(status.st_mode):
        raise IrregularFileError(errno.EINVAL, _("đây không phải một tệp thường"))
    if status.st_size > limit:
        raise LargeFileError(errno.EFBIG, _("tệp lớn hơn {n} MB").format(n=limit // 1024**2))
    return path.read_bytes()


def refusal(target: Path, error: OSError) -> Problem:
    """The problem for a file or folder that the system refuses to write."""
    if error.errno in _FULL:
        message, hint = _("đĩa đã đầy"), _("xóa bớt tệp, hoặc chọn nơi lưu khác, rồi chạy lại")
        return _problem("output.disk-full", target, message, hint)
    if error.errno in _FORBIDDEN:
        message, hint = _("không có quyền ghi ở đây"), _("chọn nơi lưu khác, hoặc xin quyền ghi, rồi chạy lại")
        return _problem("output.unwritable", target, message, hint)
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", None) == _WINDOWS_TOO_LONG:
        message, hint = _("tên tệp hoặc đường dẫn quá dài"), _("đặt tên ngắn hơn, hoặc chọn thư mục gần gốc ổ đĩa hơn")
        return _problem("output.name-too-long", target, message, hint)
    if error.errno == errno.EISDIR:
        return is_folder(target)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return parent_is_file(target, target.parent)
    if error.errno == errno.ENOENT:
        message, hint = _("không có ổ đĩa hoặc thư mục này"), _("kiểm tra lại đường dẫn, nhất là ổ đĩa mạng và USB")
        return _problem("output.no-folder", target, message, hint)
    message = _("không ghi được: {reason}").format(reason=error.strerror or error)
    return _problem("output.unwritable", target, message, _("chọn nơi lưu khác rồi chạy lại"))


def is_folder(target: Path) -> Problem:
    """The problem that the target is a folder or a device."""
    message = _("ở đây đã có một thư mục (hoặc thứ không phải tệp thường) cùng tên")
    return _problem("output.is-folder", target, message, _("đổi tên hoặc dời nó đi, rồi chạy lại"))


def parent_is_file(target: Path, parent: Path) -> Problem:
    """The problem that the target's folder is a file."""
    message = _("“{parent}” là một tệp, không phải thư mục").format(parent=parent.as_posix())
    return _problem("output.parent-is-file", target, message, _("chọn nơi lưu khác, hoặc đổi tên tệp đó"))


def is_open(target: Path, owner_file: str = "") -> Problem:
    """The problem that Word or Excel has the file open.

    ``owner_file`` is the name of their lock file; without it, the system refused to replace the target.
    """
    program = "Excel" if target.suffix.lower() in _WORKBOOKS else "Word"
    hint = _("đóng tệp trong {program} rồi chạy lại").format(program=program)
    if owner_file:
        hint += _("; nếu tệp không mở ở máy nào, xóa “{owner}”").format(owner=owner_file)
    else:
        hint += _("; nếu tệp không mở, kiểm tra quyền ghi và thuộc tính chỉ đọc của tệp")
    message = _("tệp đang mở trong {program} hoặc đang bị khóa").format(program=program)
    return _problem("output.open", target, message, hint)


def _problem(code: str, target: Path, message: str, hint: str) -> Problem:
    return Problem(code, message, hint, Place(target.as_posix()))


def replace_file(target: Path, content: bytes, *, synced: bool = True) -> None:
    """Write ``content`` to ``target``, replacing a file there; the folder must exist. Nothing changes on failure.

    Without ``synced`` the caller must call :func:`sync_folder`. Raises OutputError.
    """
    temporary = temporary_path(target)
    try:
        _write_synced(temporary, content)
        _move(temporary, target)
    except OSError as error:
        raise OutputError(refusal(target, error)) from None
    finally:  # also on Ctrl-C; after the move it is gone already
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    if synced:
        sync_folder(target.parent)


def temporary_path(target: Path) -> Path:
    """An unused path beside ``target``: ``.<name>.<process id>.<random>.tmp``."""
    return target.with_name(f".{target.name}.{os.getpid()}.{secrets.token_hex(4)}{_SUFFIX}")


def is_temporary(name: str) -> bool:
    """Whether a file name looks like one of :func:`temporary_path`."""
    return name.startswith(".") and name.endswith(_SUFFIX)


def remove_leftovers(targets: Iterable[Path]) -> None:
    """Remove temporary files that killed runs left of the targets, their ``.moi`` files and their backups.

    Those of running processes stay.
    """
    folders: dict[Path, set[str]] = {}
    for target in targets:
        beside = (target.name, f"{target.stem}.moi{target.suffix}", f"{target.name}.bak")
        folders.setdefault(target.parent, set()).update(beside)
    for folder, names in folders.items():
        with suppress(OSError):  # no folder, or no permission to list it
            for name in os.listdir(folder):  # noqa: PTH208 - fast for 10,000 files
                if is_temporary(name) and _is_leftover(folder / name, names):
                    (folder / name).unlink()


def _is_leftover(path: Path, names: set[str]) -> bool:
    target, _dot, rest = path.name.removesuffix(_SUFFIX).removeprefix(".").rpartition(".")
    target, _dot, process = target.rpartition(".")
    if target not in names or not rest or not process.isdecimal():
        return False
    return not _is_running(int(process)) or time.time() - path.stat().st_mtime > _DAY


def _is_running(process: int) -> bool:
    """Whether the process exists; always true on Windows, where os.kill would end it."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass  # it belongs to another user
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
    """Sync a folder, where the system can, so that new names in it survive a power cut."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_folder(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Create ``folder`` with ``files``; it must not exist, or must be empty.

    The files are written beside it and moved into place, so that a run cut off leaves nothing. Raises OutputError.
    """
    folder = folder.absolute()
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            message, hint = _("thư mục đã có nội dung"), _("chọn một thư mục mới hoặc thư mục trống")
            raise OutputError(Problem("output.exists", message, hint, Place(folder.as_posix())))
        folder.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            for name, content in files.items():
                target = staged / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.encode() if isinstance(content, str) else content)
            staged.chmod(0o755)
            if folder.exists():  # empty; kept, as it may be the working directory of the user's shell
                for child in sorted(staged.iterdir()):
                    child.replace(folder / child.name)
            else:
                staged.replace(folder)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    except OSError as error:
        raise OutputError(refusal(folder, error)) from None
