"""A file that calls itself a workbook in; out, its parts, of a bounded size unpacked, or what the file is instead."""

import hashlib
import posixpath
import pyexpat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path as FilePath
from typing import Any

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem, SourceError

#: The file itself; a sheet of 100,000 rows takes about 5 MB.
MAX_FILE = 64 * 1024 * 1024
#: All parts together, unpacked; a sheet of 100,000 rows of 10 columns unpacks to about 40 MB.
MAX_UNPACKED = 256 * 1024 * 1024
MAX_ENTRIES = 5000
_CHUNK = 1 << 20
Start = Callable[[str, dict[str, str]], None]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"


class DamagedError(Exception):
    """A part isn't what Excel writes; ``part`` names it."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass
class Container:
    """The parts of a workbook by name, each unpacked when it is read."""

    shown: str
    content: bytes
    archive: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The SHA-256 of the file's bytes, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    def has(self, name: str) -> bool:
        """Whether there is such a part; like Excel, blind to case."""
        return name.casefold() in self.names

    def below(self, folder: str) -> bool:
        """Whether there is any part in a folder."""
        return any(name.startswith(folder.casefold()) for name in self.names)

    def parse(self, name: str, start: Start, end: Callable[[str], None] | None = None, text: Any = None) -> None:
        """Let expat walk through a part, handing over its elements; a prefix that the root has is taken off all.

        Raises DamagedError where it isn't XML, SourceError where it declares a document type.
        """
        parser = pyexpat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype

        def begin(tag: str, attributes: dict[str, str]) -> None:
            prefix, colon, _name = tag.rpartition(":")
            skipped = len(prefix) + len(colon)
            # Without a prefix, as nearly always, expat calls the handlers itself: a million cells are read sooner.
            parser.StartElementHandler = (lambda tag, found: start(tag[skipped:], found)) if skipped else start
            if end is not None:
                parser.EndElementHandler = (lambda tag: end(tag[skipped:])) if skipped else end
                parser.CharacterDataHandler = text
            start(tag[skipped:], attributes)

        parser.StartElementHandler = begin
        try:
            for chunk in self._chunks(name):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (pyexpat.ExpatError, LookupError, ValueError) as error:
            raise DamagedError(name) from error

    def _chunks(self, name: str) -> Iterator[bytes]:
        """A part in pieces; zipfile itself stops at the size that was declared, and checked."""
        try:
            with self.archive.open(self.names[name.casefold()]) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise DamagedError(name) from error

    def _refuse_doctype(self, *_declared: object) -> None:
        message = _("tệp có khai báo DOCTYPE hoặc thực thể XML, Excel không bao giờ ghi như vậy")
        raise refused("book.doctype", self.shown, message, _("không mở tệp này; hỏi lại người gửi"))


def open_container(path: FilePath, shown: str) -> Container:
    """The package that a file holds, its sizes checked before anything is unpacked. Raises SourceError."""
    content = _read(path, shown)
    _refuse_other_formats(content, shown)
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise damaged(shown) from None
    if any(info.flag_bits & 1 for info in infos):
        raise _password(shown)
    size = sum(info.file_size for info in infos)
    if size > MAX_UNPACKED or len(infos) > MAX_ENTRIES:
        message = _("tệp giải nén ra {size} MB, {n} phần: quá lớn so với một biểu mẫu").format(
            size=size // 1024**2, n=len(infos)
        )
        hint = _("chép các ô có số liệu sang một tệp mới; tệp nhận từ nơi lạ thì đừng mở")
        raise refused("book.too-large", shown, message, hint)
    names = {info.filename.replace("\\", "/").casefold(): info for info in infos}
    if len(names) != len(infos):
        raise damaged(shown)
    container = Container(shown, content, archive, names)
    _refuse_other_packages(container)
    return container


def _read(path: FilePath, shown: str) -> bytes:
    try:
        status = path.stat()
        if path.is_dir():
            hint = _("ghi đường dẫn của tệp .xlsx trong thư mục đó")
            raise refused("file.unreadable", shown, _("đây là một thư mục, không phải tệp"), hint)
        if not path.is_file():
            hint = _("ghi đường dẫn của một tệp .xlsx")
            raise refused("file.unreadable", shown, _("đây không phải một tệp thường"), hint)
        if status.st_size > MAX_FILE:
            hint = _("bỏ hình ảnh và các trang tính không cần, hoặc chép số liệu sang một tệp mới")
            limit = MAX_FILE // 1024**2
            raise refused("file.too-large", shown, _("tệp lớn hơn {n} MB").format(n=limit), hint)
        return path.read_bytes()
    except FileNotFoundError:
        hint = _("kiểm tra lại tên tệp và đường dẫn")
        raise refused("file.missing", shown, _("không có tệp này"), hint) from None
    except PermissionError:
        hint = _("đóng tệp trong Excel rồi chạy lại; vẫn không được thì xin quyền đọc tệp")
        raise refused(
            "file.no-rights", shown, _("không mở được tệp: tệp đang bị giữ hoặc không có quyền đọc"), hint
        ) from None
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else None
        hint = _("hệ thống báo: {reason}").format(reason=said or error)
        raise refused("file.unreadable", shown, _("không đọc được tệp"), hint) from None


def _refuse_other_formats(content: bytes, shown: str) -> None:
    """Say what a file is that isn't a zip."""
    save_as = _("mở bằng Excel, chọn Lưu thành (Save As) → Excel Workbook (*.xlsx)")
    if not content:
        raise refused("book.empty", shown, _("tệp trống, không có byte nào"), _("xin lại tệp: bản này chép chưa xong"))
    if content.startswith(_OLE):
        if _wide("EncryptedPackage") in content:
            raise _password(shown)
        if _wide("WordDocument") in content:
            raise refused("book.other-format", shown, _("đây là tệp Word đời cũ (.doc)"), _("ghi đúng tên tệp Excel"))
        message = _("đây là tệp Excel đời cũ (.xls), hoặc tệp có mật khẩu")
        hint = _("{save_as}; có mật khẩu thì bỏ mật khẩu trước khi lưu").format(save_as=save_as)
        raise refused("book.old-format", shown, message, hint)
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<table")):
        raise refused("book.other-format", shown, _("đây là trang web hoặc tệp XML mang đuôi .xlsx"), save_as)
    if start.startswith(b"%pdf"):
        hint = _("lấy tệp Excel gốc; docgen không đọc bảng trong PDF")
        raise refused("book.other-format", shown, _("đây là tệp PDF"), hint)
    if not content.startswith(_ZIP):
        raise refused("book.other-format", shown, _("đây không phải tệp Excel (.xlsx)"), save_as)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _refuse_other_packages(container: Container) -> None:
    """Say what a package is that isn't a workbook."""
    save_as = _("mở bằng Excel, chọn Lưu thành (Save As) → Excel Workbook (*.xlsx)")
    others = {
        "word/document.xml": (_("đây là tệp Word (.docx), không phải Excel"), _("ghi đúng tên tệp Excel")),
        "ppt/presentation.xml": (_("đây là tệp PowerPoint, không phải Excel"), _("ghi đúng tên tệp Excel")),
        "xl/workbook.bin": (_("đây là tệp Excel nhị phân (.xlsb)"), save_as),
        "content.xml": (
            _("đây là tệp OpenDocument (.ods)"),
            _("mở bằng LibreOffice, lưu thành Excel 2007-365 (.xlsx)"),
        ),
    }
    if container.has("xl/workbook.xml"):
        return
    for part, (message, hint) in others.items():
        if container.has(part):
            raise refused("book.other-format", container.shown, message, hint)
    message = _("đây là tệp nén (zip), bên trong không có sổ tính Excel nào")
    raise refused("book.other-format", container.shown, message, _("giải nén, rồi ghi tên tệp .xlsx bên trong"))


def related(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """Relationship id → (last word of its type, name of the part), for those that stay in the package."""
    folder, file = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)

    if container.has(name):
        container.parse(name, start)
    return found


def refused(code: str, shown: str, message: str, hint: str) -> SourceError:
    """The error for a file that can't be read as a workbook."""
    return SourceError(Problem(code, message, hint, Place(shown)))


def damaged(shown: str, part: str = "") -> SourceError:
    """The error for a file that is broken, in the part that is named."""
    message = _("tệp bị hỏng hoặc chép chưa xong")
    if part:
        message = _("tệp bị hỏng ở phần {part}").format(part=part)
    hint = _("mở bằng Excel: nếu Excel sửa được thì lưu lại thành tệp mới; không thì xin lại tệp")
    return refused("book.damaged", shown, message, hint)


def _password(shown: str) -> SourceError:
    hint = _(
        "mở bằng Excel, vào Tệp (File) → Thông tin (Info) → Bảo vệ sổ tính → Mã hóa bằng mật khẩu, xóa mật khẩu, lưu"
    )
    return refused("book.password", shown, _("tệp có mật khẩu mở tệp"), hint)
