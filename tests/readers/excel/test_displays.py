"""A cell that shows another number than it holds is asked about by every reader; a rounded one is read exactly."""

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from docgen.base.sheets import FORM_FIRST_ROW, FORM_HEADING_ROW
from docgen.readers.excel.cells import Cell, Fault
from docgen.readers.excel.xlsx import read_book
from docgen.readers.excel.xlsx.displays import hides_text, may_mislead, misleading_text
from docgen.workflows.plan_form import write_plan_form

Run = Callable[..., tuple[int, str]]
ACCOUNTING = '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)'


ROUNDING = ["0", "0.0", "#,##0", "#,##0.#########", "#,###", "General", "@", ACCOUNTING, "0.00E+00", "# ?/8", "0\\ %"]
ROUNDING += [
    '#,##0" đ"',
    "#,##0;[Red]-#,##0",
    "[$₫-42A]#,##0",
    "[Blue]0",
    'General" hồ sơ"',
    "0_ ;-0 ",
    "#,##0;-#,##0;",
]


@pytest.mark.parametrize("code", [*ROUNDING, "[>=1000]#,##0;0.00"])
@pytest.mark.parametrize("number", ["20", "-5", "0", "1234567.891", "0.4"])
def test_a_format_that_only_rounds_or_adds_words(code: str, number: str) -> None:
    assert misleading_text(code, Decimal(number)) is None


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("#,##0,", "20000", "20"),
        ("#,##0,,", "5000000", "5"),
        ("#,##0,,", "20", "0"),
        ("0.0,,", "1250000", "1,3"),
        ("#,##0,.00", "20500", "20,5"),
        ('#,##0," nghìn"', "20000", "20 nghìn"),
        ('#,##0",000"', "20", "20,000"),
        ("0\\0\\0\\0", "20", "20000"),
        (";;;", "20", ""),
        ('"đã chi"', "20", "đã chi"),
        ("0;", "-20", ""),
        (";;", "20", ""),
        ('[>=1000000]0.0,,"tr";0', "2500000", "2,5tr"),
    ],
)
def test_a_format_that_scales_hides_or_adds_digits(code: str, number: str, shown: str) -> None:
    assert may_mislead(code)
    assert misleading_text(code, Decimal(number)) == shown


def test_what_a_condition_leaves_alone_is_shown() -> None:
    assert misleading_text('[>=1000000]0.0,,"tr";0', Decimal(20)) is None
    assert misleading_text(";;;", Decimal(0)) is None
    assert [hides_text(code) for code in (";;;", "0;0;0;", "0;0;0;@", ";;", ACCOUNTING)] == [
        True,
        True,
        False,
        False,
        False,
    ]


@given(st.text('0#?,.;%"\\_*[]><=1-E@ \u0111', max_size=40), st.decimals(-(10**9), 10**9, places=3))
def test_any_code_is_read(code: str, number: Decimal) -> None:
    if not may_mislead(code):
        assert misleading_text(code, number) is None
    hides_text(code)


def put(path: Path, sheet: str, heading: str, value: object, code: str, row: int = FORM_FIRST_ROW) -> str:
    """Write a value with a number format into a column of a form; the address of its cell."""
    book = load_workbook(path)
    cells = book[sheet][FORM_HEADING_ROW]
    column = next(one.column for one in cells if str(one.value).removesuffix(" *").startswith(heading))
    cell = book[sheet].cell(row, column)
    cell.value, cell.number_format = value, code
    book.save(path)
    address: str = cell.coordinate
    return address


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        (20, "0%", "ô hiện “2000%” nhưng chứa “20”"),
        (5_000_000, "#,##0,,", "ô hiện “5” nhưng chứa “5.000.000”"),
        (20, ";;;", "ô không hiện gì nhưng chứa “20”"),
    ],
)
def test_every_reader_asks(run: Run, sample: Path, tmp_path: Path, value: object, code: str, said: str) -> None:
    plan = tmp_path / "ke-hoach.xlsx"
    folder = tmp_path / "ke-hoach"
    shutil.copytree(sample, folder)
    write_plan_form(folder, plan)
    address = put(plan, "Nhiệm vụ", "Kinh phí", value, code)
    exit_code, shown = run("validate", plan)
    assert (exit_code, f"trang tính “Nhiệm vụ”, ô {address}: lỗi: {said}" in shown) == (3, True)

    asked = ("--period", "2023-Q3", "--unit", "phong-noi-vu")
    assert run("form", "progress", folder, *asked, "-o", tmp_path / "forms")[0] == 0
    (form,) = (tmp_path / "forms").glob("*.xlsx")
    address = put(form, "Nhiệm vụ", "Giải ngân", value, code)
    _code, shown = run("collect", folder, form, "--period", "2023-Q3")
    assert f"trang tính “Nhiệm vụ”, ô {address}: lỗi: {said}" in shown

    book = Workbook()
    book.active.append(["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Kinh phí (triệu đồng)"])
    book.active.append([1, "Kiểm tra văn bản", "Phòng Tư pháp", value])
    book.active["D2"].number_format = code
    book.save(tmp_path / "bang.xlsx")
    exit_code, shown = run(
        "import", "tasks", tmp_path / "bang.xlsx", "--into", folder, "--group", "the-che", "--dry-run"
    )
    assert (exit_code, f"ô D2: lỗi: {said}" in shown) == (3, True)


def test_a_percentage_shows_itself_and_rounding_loses_nothing(tmp_path: Path) -> None:
    book = Workbook()
    for row, (value, code) in enumerate([(0.45, "0%"), (20.1234, "0"), ("chữ", ";;;")], 1):
        book.active.cell(row, 1, value).number_format = code
    book.save(tmp_path / "a.xlsx")
    cells = list(read_book(tmp_path / "a.xlsx", "a.xlsx").grids[0].cells.values())
    assert cells == [
        Cell(Decimal("0.45"), "45%"),
        Cell(Decimal("20.1234")),
        Cell(Fault.SHOWN_OTHERWISE, "", held="chữ"),
    ]
