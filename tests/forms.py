"""Fills in forms as a clerk would, with openpyxl."""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def fill(path: Path, cells: dict[str, dict[str, object]]) -> Path:
    """Type values into cells, by sheet and cell, and save."""
    book = load_workbook(path)
    for sheet, values in cells.items():
        for cell, value in values.items():
            book[sheet][cell] = value
    book.save(path)
    return path


def edit(path: Path, steps: Iterable[tuple[str, ...]]) -> None:
    """Do what a case's sua.txt says to a workbook."""
    book = load_workbook(path)
    for verb, *words in steps:
        _VERBS[verb](book, *words)
    book.save(path)


def _set(book: Workbook, where: str, text: str) -> None:
    sheet, cell = where.split("!")
    book[sheet][cell] = typed(text)


def typed(text: str) -> object:
    """A number, a day (ngay:2026-01-05) or a text."""
    if text.startswith("ngay:"):
        return datetime.fromisoformat(text.removeprefix("ngay:"))
    if _NUMBER.fullmatch(text):
        return float(text)
    return text or None


def _rename(book: Workbook, sheet: str, name: str) -> None:
    book[sheet].title = name


def _remove(book: Workbook, sheet: str) -> None:
    del book[sheet]


def _remove_column(book: Workbook, sheet: str, number: str) -> None:
    book[sheet].delete_cols(int(number))


def _copy_row(book: Workbook, sheet: str, row: str, to: str) -> None:
    for cell in book[sheet][row]:
        book[sheet].cell(int(to), cell.column, cell.value)


def _merge(book: Workbook, sheet: str, cells: str) -> None:
    book[sheet].merge_cells(cells)


def _hide_row(book: Workbook, sheet: str, row: str) -> None:
    book[sheet].row_dimensions[int(row)].hidden = True


_VERBS = {
    "ghi": _set,
    "doi-ten-trang": _rename,
    "xoa-trang": _remove,
    "xoa-cot": _remove_column,
    "chep-dong": _copy_row,
    "gop-o": _merge,
    "an-dong": _hide_row,
}
