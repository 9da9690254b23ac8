"""Times our reader of workbooks against openpyxl and python-calamine on the same files, alternating in one run.

Two loads: the forms that bench_collect hands to ``docgen collect``, and one sheet of 10,000 rows and 8 columns; medians
of CPU seconds, which a busy machine hardly changes. openpyxl reads each file twice behind our guard, once for values
and once for formulas (nothing else tells a formula without a value from an empty cell), then twice read-only, where it
gives no merges and no hidden rows. python-calamine gives bare values; "+ pass" adds the least that must be read besides
it: a pass over each sheet for formulas, errors and hidden rows. It is timed where it is installed, and is no
dependency: ``pip install python-calamine``. Imports aren't counted.

``python -m tests.benchmarks.bench_workbooks [units] [tasks] [turns]``, by default 200, 20 and 5.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import openpyxl
import xlsxwriter

from docgen.readers.excel.xlsx import read_book
from docgen.readers.excel.xlsx.package import open_workbook
from docgen.workflows.build import load_plan
from docgen.workflows.progress_form import open_period, write_progress_forms
from tests.benchmarks.bench_collect import write_plan

_ROWS = 10_000
Reader = Callable[[Path], object]


def _ours(path: Path) -> object:
    return read_book(path, path.name)


def _openpyxl(path: Path) -> object:
    content = open_workbook(path, path.name).content
    return [openpyxl.load_workbook(BytesIO(content), data_only=values) for values in (True, False)]


def _openpyxl_read_only(path: Path) -> object:
    content = open_workbook(path, path.name).content
    cells = 0
    for values in (True, False):
        book = openpyxl.load_workbook(BytesIO(content), data_only=values, read_only=True)
        for sheet in book.worksheets:
            cells += sum(cell.value is not None for row in sheet.iter_rows() for cell in row)
        book.close()
    return cells


def _calamine(path: Path) -> object:
    from python_calamine import CalamineWorkbook  # type: ignore[import-not-found, unused-ignore]

    content = open_workbook(path, path.name).content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def _calamine_and_pass(path: Path) -> object:
    package, seen = open_workbook(path, path.name), {"formulas": 0, "errors": 0, "hidden": 0}

    def start(tag: str, attributes: dict[str, str]) -> None:
        seen["formulas"] += tag == "f"
        seen["errors"] += tag == "c" and attributes.get("t") == "e"
        seen["hidden"] += tag == "row" and "hidden" in attributes

    for kind, part in package.links(package.main).values():
        if kind == "worksheet":
            package.parse(part, start)
    return _calamine(path), seen


def _readers() -> dict[str, Reader]:
    readers: dict[str, Reader] = {"ours": _ours, "openpyxl x2": _openpyxl, "read-only x2": _openpyxl_read_only}
    if find_spec("python_calamine") is not None:
        readers |= {"calamine": _calamine, "calamine + pass": _calamine_and_pass}
    return readers


def main() -> None:
    """Print a row for each load and reader, then the same as JSON."""
    units, tasks, turns = (
        int(sys.argv[place]) if len(sys.argv) > place else usual for place, usual in ((1, 200), (2, 20), (3, 5))
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan, forms = folder / "ke-hoach", folder / "gui-ve"
        write_plan(plan, "nhom", units, tasks)
        write_progress_forms(open_period(load_plan(plan), "2026-Q1"), forms)
        shutil.rmtree(plan / "tien-do")
        table = folder / "bang.xlsx"
        _write_table(table)
        found = {
            f"{units} forms": _seconds(sorted(forms.glob("*.xlsx")), turns),
            f"{_ROWS} x 8 cells": _seconds([table], turns),
        }
        collect = _seconds_of_collect(plan, forms, turns)
    print(f"{'load':<18}{'reader':<17}{'seconds':>9}{'x ours':>8}")
    for load, seconds in found.items():
        for reader, second in seconds.items():
            print(f"{load:<18}{reader:<17}{second:>9.3f}{second / seconds['ours']:>8.2f}")
    print(f"\ndocgen collect of the {units} forms: {collect:.2f} s; with another reader in place of ours:")
    ours, *others = found[f"{units} forms"].items()
    instead = {reader: collect - ours[1] + second for reader, second in others}
    for reader, second in instead.items():
        print(f"{'':<18}{reader:<17}{second:>9.2f}{second / collect:>8.2f}")
    print("\n" + json.dumps({"turns": turns, "loads": found, "collect": collect, "collect_with": instead}))


def _seconds(files: Sequence[Path], turns: int) -> Mapping[str, float]:
    """Median CPU seconds of reading all files, by reader; each turn begins with another one."""
    readers = list(_readers().items())
    found: dict[str, list[float]] = {name: [] for name, _reader in readers}
    for turn in range(turns + 1):
        for name, reader in readers[turn % len(readers) :] + readers[: turn % len(readers)]:
            start = time.process_time()
            for path in files:
                reader(path)
            if turn:  # the first turn warms up
                found[name].append(time.process_time() - start)
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def _seconds_of_collect(plan: Path, forms: Path, turns: int) -> float:
    """Median CPU seconds of the whole process, from a plan without progress each time."""
    arguments = ["collect", str(plan), str(forms), "--period", "2026-Q1"]
    seconds = []
    for _turn in range(turns):
        shutil.rmtree(plan / "tien-do", ignore_errors=True)
        shutil.rmtree(plan / "nhan", ignore_errors=True)
        before = _children()
        subprocess.run([sys.executable, "-m", "docgen", *arguments], check=True, capture_output=True)
        seconds.append(_children() - before)
    return statistics.median(seconds)


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _write_table(path: Path) -> None:
    """A sheet as offices have them: a number, two texts, a day, two amounts, a formula with its value, a mark."""
    book = xlsxwriter.Workbook(str(path))
    page, day = book.add_worksheet("Bảng"), book.add_format({"num_format": "dd/mm/yyyy"})
    for row in range(_ROWS):
        page.write_number(row, 0, row + 1)
        page.write_string(row, 1, f"Nhiệm vụ minh họa số {row + 1}")
        page.write_string(row, 2, "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân")
        page.write_number(row, 3, 45_000 + row % 365, day)
        page.write_number(row, 4, row * 1.5)
        page.write_number(row, 5, row * 2)
        page.write_formula(row, 6, f"=E{row + 1}+F{row + 1}", None, row * 3.5)
        page.write_string(row, 7, "x" if row % 2 else "Đã xong")
    book.close()


if __name__ == "__main__":
    main()
