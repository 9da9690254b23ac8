"""The page docs/excel.md walks a clerk through a year: typed and run as it says, it makes what it says it makes."""

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import docx
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.wording.typography import plainly
from tests.conftest import ROOT
from tests.forms import edit

PAGE = (ROOT / "docs" / "excel.md").read_text(encoding="utf-8")
PLAN = "ke-hoach.xlsx"
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_NUMBER = re.compile(r"\d+(,\d+)?")
_SHEET = re.compile(r"### (?:.* )?[Tt]rang “(?P<sheet>[^”]+)”")
_FILE = re.compile(r"\S+\.xlsx")

Table = list[list[str]]
Run = Callable[..., tuple[int, str]]


class Step(NamedTuple):
    """Something that the page says to do: a command with lines that it prints, or a table to type into a sheet."""

    command: list[str]
    shown: list[str]
    file: str
    sheet: str
    table: Table


def steps() -> Iterator[Step]:
    """What the numbered parts of the page say to do, in order."""
    for part in re.findall(r"^## \d.*?(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL):
        blocks = [block.splitlines() for block in re.split(r"\n\n+", part.strip())]
        for lines, under in pairwise([*blocks, [""]]):
            if heading := _SHEET.match(lines[0]):
                file, sheet = _FILE.search(lines[0]), heading["sheet"]
            elif lines[0].startswith("| "):
                rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
                yield Step([], [], file[0] if file else PLAN, sheet, [rows[0], *rows[2:]])
            elif lines[0].startswith("    docgen "):
                shown = under[1:-1] if under[0] == "```" else []
                for line in lines:
                    yield Step(shlex.split(line)[1:], shown, "", "", [])


def typed(text: str, shown_as: str) -> object:
    """What Excel, set to Vietnamese, keeps of what is typed into a cell with that number format."""
    if shown_as == "@":
        return text
    if _DAY.fullmatch(text):
        return datetime.strptime(text, "%d/%m/%Y")
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else text


def type_in(sheet: Worksheet, table: Table) -> None:
    """Type a table of the page into the columns of the same headings; a row that is there already is completed."""
    heads, *rows = table
    top = next(cell.row for cell in sheet["A"] if bare(cell.value) == heads[0])
    columns = {bare(cell.value): cell.column for cell in sheet[top]}
    used: set[int] = set()
    for row in rows:
        at = row_of(sheet, row[0], top, used)
        used.add(at)
        for head, text in zip(heads, row, strict=True):
            cell = sheet.cell(at, columns[head])
            if text and bare(cell.value) != text:
                assert not (sheet.protection.sheet and cell.protection.locked), f"{sheet.title}!{cell.coordinate}"
                cell.value = typed(text, cell.number_format)


def row_of(sheet: Worksheet, name: str, top: int, used: set[int]) -> int:
    """The row that the form has for it, else the first empty one."""
    free = {row: bare(sheet.cell(row, 1).value) for row in range(top + 1, sheet.max_row + 1) if row not in used}
    return next((row for row, text in free.items() if text == name), None) or next(
        row for row, text in free.items() if not text
    )


def bare(value: object) -> str:
    return str(value or "").removesuffix(" *")


def fill_in(path: Path, sheet: str, table: Table) -> None:
    book = load_workbook(path)
    type_in(book[sheet], table)
    book.save(path)


def returned(name: str) -> Path:
    """A unit's workbook in the folder of those that came back: the one that was sent, at first."""
    path = Path("nhan-ve") / name
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        shutil.copy(Path("gui-di") / name, path)
    return path


def text_of(path: str) -> str:
    document = docx.Document(path)
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return plainly("\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The clerk's own folder, in which the commands are given."""
    own = tmp_path / "cchc-2026"
    own.mkdir()
    monkeypatch.chdir(own)
    return own


#: The form as typed by :func:`plan_of_the_page`, by the sheets left empty: made once, since typing takes a second.
_TYPED: dict[tuple[str, ...], bytes] = {}


def plan_of_the_page(run: Run, *, without: tuple[str, ...] = ()) -> None:
    """The plan's form as it is before the first check, some sheets left empty."""
    if without not in _TYPED:
        for step in steps():
            if step.command[:1] == ["validate"]:
                break
            if step.sheet not in without:
                do(step, run)
        _TYPED[without] = Path(PLAN).read_bytes()
    Path(PLAN).write_bytes(_TYPED[without])


def do(step: Step, run: Run) -> None:
    if not step.command:
        fill_in(Path(PLAN) if step.file == PLAN else returned(step.file), step.sheet, step.table)
        return
    code, shown = run(*step.command)
    assert code == 0, f"docgen {' '.join(step.command)}\n{shown}"
    missing = [line for line in step.shown if line not in shown.splitlines()]
    assert not missing, f"docgen {' '.join(step.command)} prints\n{shown}"


def test_a_year_by_the_page_alone(folder: Path, run: Run) -> None:
    done = list(steps())
    for step in done:
        do(step, run)
    given = " ".join(step.command[0] for step in done if step.command)
    assert given == "form validate validate build build form collect remind collect report init convert"
    assert not {path.suffix for path in folder.iterdir()} & {".yaml", ".docx"}
    decision, plan = text_of("output/ke-hoach/quyet-dinh.docx"), text_of("output/ke-hoach/ke-hoach.docx")
    assert "Điều 3" in decision and "Số: 15/QĐ-UBND" in decision
    assert "Niêm yết công khai thủ tục hành chính" in plan and "40,5" in plan
    report = text_of("output/ke-hoach/bao-cao-2026-Q1.docx")
    assert "Quyết định số 15/QĐ-UBND ngày 05 tháng 01 năm 2026" in report
    assert "Đã niêm yết 120 thủ tục" in report and "18,5 triệu đồng" in report and "1/3 đơn vị" in report
    assert load_workbook("../cchc-2027/ke-hoach.xlsx")["Thông tin chung"]["B7"].value == 2027


@pytest.mark.parametrize(
    ("empty", "summary"),
    [
        ((), "3 nhóm, 4 nhiệm vụ, 51 triệu đồng"),
        (("Phụ lục", "Nhóm", "Nhiệm vụ"), "1 nhóm, 1 nhiệm vụ, 10,5 triệu đồng"),
        (("Nhóm", "Nhiệm vụ"), "1 nhóm, 1 nhiệm vụ, 10,5 triệu đồng"),
    ],
)
def test_a_table_of_tasks_is_imported_and_the_plan_goes_over_to_yaml_and_back(
    empty: tuple[str, ...], summary: str, folder: Path, run: Run
) -> None:
    plan_of_the_page(run, without=empty)
    office = load_workbook(PLAN)
    for name in office.sheetnames[1:]:
        del office[name]
    table = office.active
    assert isinstance(table, Worksheet)
    table.title = "PL"
    table.delete_rows(1, table.max_row)
    table.append(["STT", "Noi dung", "Đơn vị chủ trì", "Kinh phí (triệu đồng)"])
    table.append(["I", "CHUYỂN ĐỔI SỐ"])
    table.append([1, "Số hóa hồ sơ", "Phòng Kinh tế", 10.5])
    office.save("bang-cu.xlsx")
    for line in re.findall(r"^    docgen ((?:import|convert ke-hoach).*)$", PAGE, re.MULTILINE):
        code, shown = run(*shlex.split(line))
        assert code == 0, shown
    assert Path("ke-hoach.xlsx.bak").exists()
    for name in (PLAN, "ke-hoach-2.xlsx"):
        assert summary in run("validate", name)[1]


@pytest.mark.parametrize(
    ("message", "mistake"),
    [
        ("có chữ “O”: ý bạn là số 0?", ("ghi", "Nhiệm vụ!H6", "1O")),
        ("có thể là 1234 hoặc 1,234", ("ghi", "Nhiệm vụ!H6", "1.234 ")),
        ("không nhận ra đơn vị", ("ghi", "Nhiệm vụ!E6", "Phòng Kinh tê")),
        ("không có cột", ("ghi", "Nhiệm vụ!C5", "Nội dung nhiệm vu cu the")),
        ("thiếu cột", ("xoa-cot", "Nhiệm vụ", "3")),
        ("không được đọc, và thiếu cột", ("ghi", "Nhiệm vụ!D5", "Kết quả mong đợi")),
        ("không có trang tính", ("doi-ten-trang", "Nhóm", "Bảng 2")),
        ("thiếu trang tính", ("xoa-trang", "Thông tin chung")),
        ("có hai lần", ("ghi", "Nhiệm vụ!D5", "Cơ quan chủ trì")),
        ("ô gộp", ("gop-o", "Nhiệm vụ", "E6:E7")),
        ("công thức chưa được tính", ("ghi", "Nhiệm vụ!H6", "=5+5")),
        ("dòng đang ẩn", ("an-dong", "Nhiệm vụ", "7")),
        ("bảng mã VNI cũ", ("ghi", "Nhiệm vụ!C6", "Phoøng Noäi vuï toång hôïp")),
        ("TCVN3", ("ghi", "Nhiệm vụ!C6", "Céng hßa x· héi chñ nghÜa ViÖt Nam")),
    ],
)
def test_a_message_that_the_page_explains_is_said(
    message: str, mistake: tuple[str, ...], folder: Path, run: Run
) -> None:
    plan_of_the_page(run)
    assert message not in run("validate", PLAN)[1]
    edit(Path(PLAN), [mistake])
    assert f"`{message}`" in PAGE
    assert message in run("validate", PLAN)[1]


def test_a_form_that_was_filled_in_is_kept_and_one_that_is_open_is_told(folder: Path, run: Run) -> None:
    plan_of_the_page(run)
    before = Path(PLAN).read_bytes()
    code, shown = run("form", "plan", "-o", PLAN)
    assert (code, "vì đã sửa bằng tay" in shown, Path(PLAN).read_bytes()) == (6, True, before)
    Path(f"~${PLAN}").touch()
    assert "tệp đang mở trong Excel" in run("validate", PLAN)[1]
