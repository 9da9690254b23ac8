"""What the system refused, in words: an OSError goes in, a problem with its place and its remedy comes out."""

import errno
from pathlib import Path

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem

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
