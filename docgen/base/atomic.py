"""Files and folders written whole or not at all, and the system's refusals in words.

The bytes go to a temporary file beside the target, are synced, and then take its place.
"""

import errno
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from docgen.base.locale import translate as _
from docgen.errors import OutputError, Place, Problem

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_WORKBOOKS = (".xlsx", ".xlsm")
#: Windows: the file name or extension is too long.
_WINDOWS_TOO_LONG = 206


def refusal(target: Path, error: OSError) -> Problem:
    """The problem for a file or folder that the system won't let us write."""
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
    """A folder, or a device, stands where the file should go."""
    message = _("ở đây đã có một thư mục (hoặc thứ không phải tệp thường) cùng tên")
    return _problem("output.is-folder", target, message, _("đổi tên hoặc dời nó đi, rồi chạy lại"))


def parent_is_file(target: Path, parent: Path) -> Problem:
    """A file stands where the file's folder should be."""
    message = _("“{parent}” là một tệp, không phải thư mục").format(parent=parent.as_posix())
    return _problem("output.parent-is-file", target, message, _("chọn nơi lưu khác, hoặc đổi tên tệp đó"))


def is_open(target: Path, owner_file: str = "") -> Problem:
    """Word or Excel has it open: ``owner_file`` says so by its name, or the system by refusing to replace it."""
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


def write_folder(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Create ``folder`` with the given files; it must not exist yet, or be empty.

    The files are written beside it and the folder is moved into place, so that a run which is cut off leaves nothing.
    Raises OutputError.
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
            if folder.exists():  # empty; it may be the one that the user's shell stands in, so it stays
                for child in sorted(staged.iterdir()):
                    child.replace(folder / child.name)
            else:
                staged.replace(folder)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    except OSError as error:
        raise OutputError(refusal(folder, error)) from None
