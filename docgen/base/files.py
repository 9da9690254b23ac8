"""Reads a file that somebody handed over: a regular file of a bounded size, never a pipe or a device."""

import errno
import stat
from pathlib import Path

from docgen.base.locale import translate as _

#: What a template, a workbook or a file of data may hold; a sheet of 100,000 rows takes about 5 MB.
MAX_FILE = 64 * 1024 * 1024
#: How an Office file older than 2007 begins, and a newer one with a password.
OLE_MARK = b"\xd0\xcf\x11\xe0"
#: How a zip begins that holds anything, as Word's and Excel's files are.
ZIP_MARK = b"PK\x03\x04"
PDF_MARK = b"%PDF"


class IrregularFileError(OSError):
    """A folder, a pipe, a socket or a device stands where a file is asked for."""

    strerror: str


class LargeFileError(OSError):
    """A file is larger than the limit, which the message names."""

    strerror: str


def read_file(path: Path, limit: int = MAX_FILE) -> bytes:
    """The bytes of a regular file of at most ``limit`` bytes.

    Raises OSError: IrregularFileError and LargeFileError with a Vietnamese ``strerror``, others as the system has them.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IrregularFileError(errno.EISDIR, _("đây là một thư mục, không phải tệp"))
    if not stat.S_ISREG(status.st_mode):
        raise IrregularFileError(errno.EINVAL, _("đây không phải một tệp thường"))
    if status.st_size > limit:
        raise LargeFileError(errno.EFBIG, _("tệp lớn hơn {n} MB").format(n=limit // 1024**2))
    return path.read_bytes()
