"""Opening of a workbook's package, and errors that say what another file is instead."""

import pyexpat
from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any

from docgen.base.files import OLE_MARK, PDF_MARK, ZIP_MARK, IrregularFileError, LargeFileError, read_file
from docgen.base.locale import translate as _
from docgen.base.ooxml import DamagedError, DoctypeError, EncryptedError, Package, PackageError, TooLargeError
from docgen.errors import Place, Problem, SourceError

Start = Callable[[str, dict[str, str]], None]


class WorkbookPackage(Package):
    """The package of a workbook, whose parts are parsed while they are unpacked."""

    def parse(self, name: str, start: Start, end: Callable[[str], None] | None = None, text: Any = None) -> None:
        """Parse a part with expat, calling ``start``, ``end`` and ``text``; the root's prefix is cut off all tags.

        Raises DamagedError where the part isn't XML, DoctypeError where it has a DOCTYPE.
        """

        def refuse_doctype(*_declared: object) -> None:
            raise DoctypeError(name)

        parser = pyexpat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse_doctype

        def begin(tag: str, attributes: dict[str, str]) -> None:
            prefix, colon, _name = tag.rpartition(":")
            skipped = len(prefix) + len(colon)
            # Without a prefix, as nearly always, expat calls the handlers directly, which is faster.
            parser.StartElementHandler = (lambda tag, found: start(tag[skipped:], found)) if skipped else start
            if end is not None:
                parser.EndElementHandler = (lambda tag: end(tag[skipped:])) if skipped else end
                parser.CharacterDataHandler = text
            start(tag[skipped:], attributes)

        parser.StartElementHandler = begin
        try:
            for chunk in self.chunks(name):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (pyexpat.ExpatError, LookupError, ValueError) as error:
            raise DamagedError(name, str(error)) from error


def open_workbook(path: FilePath, shown: str) -> WorkbookPackage:
    """Open a workbook's package; sizes are checked before anything is unpacked. Raises SourceError."""
    content = _read(path, shown)
    _refuse_other_formats(content, shown)
    try:
        package = WorkbookPackage(content)
        _refuse_other_packages(package, shown)
    except PackageError as error:
        raise unreadable(error, shown) from None
    return package


def unreadable(error: PackageError, shown: str) -> SourceError:
    """The SourceError for a package that can't be read."""
    match error:
        case EncryptedError():
            return _password(shown)
        case DoctypeError():
            message = _("tệp có khai báo DOCTYPE hoặc thực thể XML, Excel không bao giờ ghi như vậy")
            return refused("book.doctype", shown, message, _("không mở tệp này; hỏi lại người gửi"))
        case TooLargeError():
            message = _("tệp giải nén ra {size} MB, {n} phần: quá lớn so với một biểu mẫu").format(
                size=error.size // 1024**2, n=error.parts
            )
            hint = _("chép các ô có số liệu sang một tệp mới; tệp nhận từ nơi lạ thì đừng mở")
            return refused("book.too-large", shown, message, hint)
    message = _("tệp bị hỏng hoặc chép chưa xong")
    if error.part:
        message = _("tệp bị hỏng ở phần {part}").format(part=error.part)
    hint = _("mở bằng Excel: nếu Excel sửa được thì lưu lại thành tệp mới; không thì xin lại tệp")
    return refused("book.damaged", shown, message, hint)


def _read(path: FilePath, shown: str) -> bytes:
    try:
        return read_file(path)
    except IrregularFileError as error:
        hint = _("ghi đường dẫn của một tệp .xlsx")
        if path.is_dir():
            hint = _("ghi đường dẫn của tệp .xlsx trong thư mục đó")
        raise refused("file.unreadable", shown, error.strerror, hint) from None
    except LargeFileError as error:
        hint = _("bỏ hình ảnh và các trang tính không cần, hoặc chép số liệu sang một tệp mới")
        raise refused("file.too-large", shown, error.strerror, hint) from None
    except FileNotFoundError:
        hint = _("kiểm tra lại tên tệp và đường dẫn")
        raise refused("file.missing", shown, _("không có tệp này"), hint) from None
    except PermissionError:
        hint = _("đóng tệp trong Excel rồi chạy lại; vẫn không được thì xin quyền đọc tệp")
        raise refused(
            "file.no-rights", shown, _("không mở được tệp: tệp đang bị giữ hoặc không có quyền đọc"), hint
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        hint = _("hệ thống báo: {reason}").format(reason=reason or error)
        raise refused("file.unreadable", shown, _("không đọc được tệp"), hint) from None


def _refuse_other_formats(content: bytes, shown: str) -> None:
    """Raise SourceError for a file that isn't a zip, with what it is instead."""
    save_as = _("mở bằng Excel, chọn Lưu thành (Save As) → Excel Workbook (*.xlsx)")
    if not content:
        raise refused("book.empty", shown, _("tệp trống, không có byte nào"), _("xin lại tệp: bản này chép chưa xong"))
    if content.startswith(OLE_MARK):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _password(shown)
        if "WordDocument".encode("utf-16-le") in content:
            raise refused("book.other-format", shown, _("đây là tệp Word đời cũ (.doc)"), _("ghi đúng tên tệp Excel"))
        message = _("đây là tệp Excel đời cũ (.xls), hoặc tệp có mật khẩu")
        hint = _("{save_as}; có mật khẩu thì bỏ mật khẩu trước khi lưu").format(save_as=save_as)
        raise refused("book.old-format", shown, message, hint)
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<table")):
        raise refused("book.other-format", shown, _("đây là trang web hoặc tệp XML mang đuôi .xlsx"), save_as)
    if start.startswith(PDF_MARK.lower()):
        hint = _("lấy tệp Excel gốc; docgen không đọc bảng trong PDF")
        raise refused("book.other-format", shown, _("đây là tệp PDF"), hint)
    if not content.startswith(ZIP_MARK[:2]):  # also of a zip without entries
        raise refused("book.other-format", shown, _("đây không phải tệp Excel (.xlsx)"), save_as)


def _refuse_other_packages(package: Package, shown: str) -> None:
    """Raise SourceError for a package that isn't a workbook. Also raises DamagedError, DoctypeError."""
    save_as = _("mở bằng Excel, chọn Lưu thành (Save As) → Excel Workbook (*.xlsx)")
    others = (
        # A part of the content type; the start of the main part's name, for packages without content types.
        ("word", "word/", _("đây là tệp Word (.docx), không phải Excel"), _("ghi đúng tên tệp Excel")),
        ("presentation", "ppt/", _("đây là tệp PowerPoint, không phải Excel"), _("ghi đúng tên tệp Excel")),
        ("sheet.binary", "xl/workbook.bin", _("đây là tệp Excel nhị phân (.xlsb)"), save_as),
    )
    kind, main = package.main_type, package.main
    for part_of_type, start, message, hint in others:
        if part_of_type in kind or (not kind and main.startswith(start)):
            raise refused("book.other-format", shown, message, hint)
    if main:
        return
    if package.has("content.xml"):
        hint = _("mở bằng LibreOffice, lưu thành Excel 2007-365 (.xlsx)")
        raise refused("book.other-format", shown, _("đây là tệp OpenDocument (.ods)"), hint)
    message = _("đây là tệp nén (zip), bên trong không có sổ tính Excel nào")
    raise refused("book.other-format", shown, message, _("giải nén, rồi ghi tên tệp .xlsx bên trong"))


def refused(code: str, shown: str, message: str, hint: str) -> SourceError:
    """The SourceError with one problem of the whole file."""
    return SourceError(Problem(code, message, hint, Place(shown)))


def _password(shown: str) -> SourceError:
    hint = _(
        "mở bằng Excel, vào Tệp (File) → Thông tin (Info) → Bảo vệ sổ tính → Mã hóa bằng mật khẩu, xóa mật khẩu, lưu"
    )
    return refused("book.password", shown, _("tệp có mật khẩu mở tệp"), hint)
