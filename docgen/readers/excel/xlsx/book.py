"""Reading of whole workbooks: the sheets in order, and warnings about the file."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from docgen.base.locale import translate as _
from docgen.base.ooxml import DamagedError, Link, PackageError
from docgen.base.sheets import address
from docgen.errors import Place, Problem, Severity
from docgen.readers.excel.cells import Book, Grid, Spot
from docgen.readers.excel.xlsx.package import WorkbookPackage, open_workbook, refused, unreadable
from docgen.readers.excel.xlsx.sheet_xml import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    TooMuchError,
    Values,
    read_sheet,
    read_texts,
)
from docgen.readers.excel.xlsx.styles import read_styles
from docgen.wording.legacy_fonts import legacy_encoding
from docgen.wording.text import nfc

#: The most texts in old fonts that are reported one by one.
_SHOWN_TEXTS = 5


@dataclass
class _Outline:
    """The main part: name, relationship and state of each sheet, and the calendar."""

    sheets: list[tuple[str, str, str]] = field(default_factory=list)
    since_1904: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), link, attributes.get("state", "visible")))
        elif tag == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


def read_book(path: FilePath, shown: str) -> Book:
    """Read all sheets of a workbook; ``shown`` is its name in messages.

    Raises SourceError where it isn't a readable workbook: another format, a password, a zip bomb, too many rows …
    """
    package = open_workbook(path, shown)
    try:
        grids, remarks = _read_sheets(package, shown)
        remarks = [*_file_remarks(path, package, shown), *remarks]
    except PackageError as error:
        raise unreadable(error, shown) from None
    return Book(shown, tuple(grids), tuple(remarks), hashlib.sha256(package.content).hexdigest())


def _read_sheets(package: WorkbookPackage, shown: str) -> tuple[list[Grid], list[Problem]]:
    outline = _Outline()
    package.parse(package.main, outline.start)
    links = package.links(package.main)
    by_kind = {link.kind: link.target for link in links.values()}
    texts = read_texts(package, by_kind.get("sharedStrings"))
    values = Values(texts, read_styles(package, by_kind.get("styles")), outline.since_1904)
    grids: list[Grid] = []
    remarks: list[Problem] = []
    for name, link, state in outline.sheets:
        kind, part = links.get(link, Link("", ""))
        if kind in ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"):
            continue
        if kind != "worksheet" or not package.has(part):
            raise DamagedError(part or package.main)
        grid, old = _read_grid(package, shown, nfc(name), part, state, values)
        if grid.name in {other.name for other in grids}:
            raise DamagedError(package.main)
        grids.append(grid)
        remarks += [*_state_remark(grid, state), *old]
    if not grids:
        message = _("tệp không có trang tính nào")
        raise refused("book.no-sheets", shown, message, _("mở bằng Excel, kiểm tra lại rồi lưu"))
    return grids, remarks


def _read_grid(
    package: WorkbookPackage, shown: str, name: str, part: str, state: str, values: Values
) -> tuple[Grid, list[Problem]]:
    try:
        sheet = read_sheet(package, part, values)
    except TooMuchError as error:
        raise _too_much(shown, name, error) from None
    grid = Grid(shown, name, sheet.in_order(), state != "visible", frozenset(sheet.hidden_rows))
    return grid, list(_old_texts(grid, sheet.old_fonts))


def _too_much(shown: str, name: str, error: TooMuchError) -> Exception:
    messages = {
        "rows": _("trang tính có hơn {n} dòng có nội dung").format(n=f"{MAX_ROWS:,}".replace(",", ".")),
        "columns": _("trang tính có nội dung ở quá cột thứ {n}").format(n=MAX_COLUMNS),
        "cells": _("tệp có hơn {n} ô có nội dung").format(n=f"{MAX_CELLS:,}".replace(",", ".")),
    }
    hint = _("xóa các dòng, cột thừa (chọn cả dòng, cột rồi Delete), hoặc tách thành nhiều tệp")
    refusal = refused("book.too-many", shown, messages[error.what], hint)
    place = Place(shown, sheet=name, cell=address(error.spot.column, error.spot.row))
    return type(refusal)(refusal.problems[0].at(place))


def _state_remark(grid: Grid, state: str) -> Iterator[Problem]:
    """Warn of a hidden sheet, unless docgen itself hid it."""
    if grid.hidden and not (state == "veryHidden" and grid.name.startswith("_")):
        message = _("trang tính đang ẩn mà vẫn được đọc")
        hint = _("hiện trang (Unhide) để xem; không cần thì xóa hẳn")
        yield Problem("book.hidden-sheet", message, hint, grid.place(), Severity.WARNING)


def _file_remarks(path: FilePath, package: WorkbookPackage, shown: str) -> Iterator[Problem]:
    """Warnings about the file as a whole: open in Excel, macros, links to other files."""
    place, kinds = Place(shown), {link.kind for link in package.links(package.main).values()}
    if any(path.with_name(lock).exists() for lock in (f"~${path.name}", f".~lock.{path.name}#")):
        message = _("tệp đang mở trong Excel: bản trên đĩa có thể chưa có những gì vừa gõ")
        yield Problem("book.open", message, _("lưu (Ctrl+S) và đóng tệp, rồi chạy lại"), place, Severity.WARNING)
    if "vbaProject" in kinds or package.has("xl/vbaProject.bin"):
        message = _("tệp có macro; docgen bỏ qua, không chạy")
        hint = _("không cần macro thì lưu thành Excel Workbook (*.xlsx)")
        yield Problem("book.macros", message, hint, place, Severity.WARNING)
    if "externalLink" in kinds or any(name.casefold().startswith("xl/externallinks/") for name in package.names):
        message = _("tệp có công thức lấy số từ tệp khác; docgen chỉ đọc giá trị đã lưu, không mở tệp kia")
        hint = _("số có thể đã cũ: mở trong Excel, cập nhật liên kết rồi lưu; hoặc dán giá trị (Paste Values)")
        yield Problem("book.external-links", message, hint, place, Severity.WARNING)


def _old_texts(grid: Grid, fonts: Mapping[Spot, str]) -> Iterator[Problem]:
    """Errors for texts in encodings older than Unicode: the first few by cell, then the number of the others."""
    found = []
    for row, columns in grid.rows.items():
        for column, cell in columns.items():
            if isinstance(cell.value, str) and not cell.value.isascii():
                encoding = legacy_encoding(cell.value, fonts.get(Spot(row, column), ""))
                if encoding is not None:
                    found.append((grid.place(row, column), encoding))
    hint = _("chuyển mã sang Unicode bằng UniKey (chép ô, Ctrl+Shift+F6, dán lại), đặt phông Times New Roman")
    for place, encoding in found[:_SHOWN_TEXTS]:
        message = _("chữ gõ bằng bảng mã {encoding} cũ, không phải Unicode").format(encoding=encoding)
        yield Problem("text.legacy-font", message, hint, place)
    if len(found) > _SHOWN_TEXTS:
        message = _("và {n} ô khác cũng gõ bằng bảng mã cũ").format(n=len(found) - _SHOWN_TEXTS)
        yield Problem("text.legacy-font", message, hint, grid.place())
