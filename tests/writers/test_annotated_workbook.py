"""A copy with its problems in it: coloured, commented, listed with links; what it lacks is said; twice is as once."""

import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from docgen.errors import OutputError, Place, Problem, Severity
from docgen.writers.annotated_workbook import annotated

GREEN = PatternFill("solid", fgColor="FF00FF00")
RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


def problem(
    cell: str | None, message: str = "sai", *, sheet: str = "Nhiệm vụ", hint: str = "sửa", warns: bool = False
) -> Problem:
    severity = Severity.WARNING if warns else Severity.ERROR
    return Problem("data.x", message, hint, Place("x.xlsx", sheet=sheet, cell=cell), severity)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Nhiệm vụ"
    for place, value in {"A1": "Tên", "B2": "tháng 13", "B3": 5, "A9": "=chữ"}.items():
        page[place] = value
    page["A9"].data_type, page["A9"].quotePrefix = "s", 1
    page["B2"].fill = GREEN
    page["B2"].comment = Comment("của An", "An")
    page.merge_cells("D4:E5")
    book.create_sheet("O'Hara")["A1"] = "x"
    book.save(tmp_path / "x.xlsx")
    return tmp_path / "x.xlsx"


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def test_each_bad_cell_is_coloured_and_says_what_is_wrong(path: Path) -> None:
    found = [
        problem("B2", "chú ý ngày", warns=True),
        problem("B2", "ngày sai", hint="viết ngày/tháng/năm"),
        problem("B3", "lạ", hint="", warns=True),
        problem("A1", sheet="O'Hara"),
    ]
    copy = opened(annotated(path, found)[0])
    page = copy["Nhiệm vụ"]
    assert [page[place].fill.fgColor.rgb for place in ("B2", "B3")] == [RED, YELLOW]
    assert page["B2"].comment.text == (
        "LỖI: ngày sai\n→ viết ngày/tháng/năm\n\nCẢNH BÁO: chú ý ngày\n→ sửa\n\n— Ghi chú có sẵn trong ô:\ncủa An"
    )
    assert page["B3"].comment.text == "CẢNH BÁO: lạ"
    assert page["A1"].fill.patternType is None
    assert (page["B2"].value, page["B3"].value, page["A9"].value, page["A9"].data_type) == ("tháng 13", 5, "=chữ", "s")
    assert copy["O'Hara"]["A1"].comment is not None


def test_the_first_sheet_lists_all_problems_as_links(path: Path) -> None:
    found = [
        problem("B2", "=1+1", hint="+84"),
        problem("A1", sheet="O'Hara", warns=True),
        problem(None, "thiếu cột"),
        Problem("file.x", "ký tự \x07 lạ", "", Place("don-vi.yaml", 3)),
        problem("A1", sheet="Không có"),
        problem("hỏng"),
    ]
    copy = opened(annotated(path, found)[0])
    page = copy.worksheets[0]
    assert (page.title, copy.active.title) == ("Lỗi cần sửa", "Lỗi cần sửa")
    assert page["A2"].value.startswith("5 lỗi, 1 cảnh báo.")
    rows = [[cell.value for cell in row[:5]] for row in page.iter_rows(min_row=4)]
    assert rows == [
        ["Mức độ", "Trang tính", "Ô", "Sai ở đâu", "Cách sửa"],
        ["lỗi", "Nhiệm vụ", "B2", "=1+1", "+84"],
        ["cảnh báo", "O'Hara", "A1", "sai", "sửa"],
        ["lỗi", "Nhiệm vụ", None, "thiếu cột", "sửa"],
        ["lỗi", "don-vi.yaml:3", None, "ký tự \ufffd lạ", None],
        ["lỗi", "Không có", "A1", "sai", "sửa"],
        ["lỗi", "Nhiệm vụ", "hỏng", "sai", "sửa"],
    ]
    assert (page["D5"].data_type, page["D5"].quotePrefix, page["E5"].data_type) == ("s", True, "s")
    links = [page.cell(row, 3).hyperlink for row in range(5, 11)]
    assert [link and link.location for link in links] == ["'Nhiệm vụ'!B2", "'O''Hara'!A1", None, None, None, None]


def test_a_problem_in_a_merged_range_is_shown_at_its_first_cell(path: Path) -> None:
    page = opened(annotated(path, [problem("E5")])[0])["Nhiệm vụ"]
    assert page["D4"].fill.fgColor.rgb == RED
    assert page["D4"].comment is not None


def test_the_same_workbook_gives_the_same_bytes(path: Path) -> None:
    found = [problem("B2"), problem("B3", warns=True)]
    assert annotated(path, found)[0] == annotated(path, found)[0]


def test_a_copy_annotated_again_forgets_what_was_mended(path: Path, tmp_path: Path) -> None:
    first = tmp_path / "lan-1.xlsx"
    first.write_bytes(annotated(path, [problem("B2"), problem("B3"), problem("D4")])[0])
    copy = opened(annotated(first, [problem("B3", "vẫn sai", warns=True)])[0])
    page = copy["Nhiệm vụ"]
    assert copy.sheetnames == ["Lỗi cần sửa", "Nhiệm vụ", "O'Hara"]
    assert (page["B2"].fill.fgColor.rgb, page["B2"].comment.text) == ("FF00FF00", "của An")
    assert (page["D4"].fill.patternType, page["D4"].comment) == (None, None)
    assert (page["B3"].fill.fgColor.rgb, page["B3"].comment.text) == (YELLOW, "CẢNH BÁO: vẫn sai\n→ sửa")
    assert copy.worksheets[0].max_row == 5


def test_a_colour_that_a_person_changed_in_the_copy_stays(path: Path, tmp_path: Path) -> None:
    copy = opened(annotated(path, [problem("B3")])[0])
    copy["Nhiệm vụ"]["B3"].fill = GREEN
    copy.worksheets[0]["H5"] = "<hỏng"
    copy.save(tmp_path / "sua.xlsx")
    again = opened(annotated(tmp_path / "sua.xlsx", [])[0])
    assert again["Nhiệm vụ"]["B3"].fill.fgColor.rgb == "FF00FF00"


def test_a_sheet_of_that_name_is_left_alone(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.create_sheet("Lỗi cần sửa")["A1"] = "của tôi"
    book.save(path)
    assert opened(annotated(path, [problem("B2")])[0]).sheetnames[0] == "Lỗi cần sửa (2)"


def test_nothing_is_said_of_a_workbook_that_loses_nothing(path: Path) -> None:
    assert annotated(path, [])[1] == ()


def with_parts(path: Path, parts: dict[str, str], replaced: tuple[str, str] = ("", "")) -> Path:
    made = path.with_name("them.xlsx")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(made, "w") as copy:
        for name in archive.namelist():
            part = archive.read(name).decode()
            copy.writestr(name, part.replace(*replaced) if name == "xl/worksheets/sheet1.xml" and replaced[0] else part)
        for name, text in parts.items():
            copy.writestr(name, text)
    return made


SPARKLINE = (
    '</sheetData><extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:sparklineGroups>'
    "<x14:sparklineGroup><x14:sparklines><x14:sparkline/></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>"
    "</ext></extLst>"
)
SHAPE = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:twoCellAnchor>'
    "<xdr:sp/></xdr:twoCellAnchor></xdr:wsDr>"
)


@pytest.mark.parametrize(
    ("parts", "replaced", "said"),
    [
        ({"xl/drawings/drawing9.xml": SHAPE}, ("", ""), "hộp chữ và hình vẽ"),
        ({}, ("</sheetData>", SPARKLINE), "biểu đồ nhỏ trong ô (sparkline)"),
        ({"xl/featurePropertyBag/featurePropertyBag.xml": "<a/>"}, ("", ""), "ô đánh dấu trong ô (checkbox)"),
        ({"xl/vbaProject.bin": ""}, ("", ""), "macro"),
        ({"xl/ctrlProps/ctrlProp1.xml": "<a/>"}, ("", ""), "nút bấm và ô điều khiển"),
        ({}, ("<v>5</v>", "<f>2+3</f><v>5</v>"), "kết quả đã tính của công thức"),
    ],
)
def test_what_the_copy_lacks_is_said(path: Path, parts: dict[str, str], replaced: tuple[str, str], said: str) -> None:
    (sentence,) = annotated(with_parts(path, parts, replaced), [problem("B2")])[1]
    assert sentence.startswith(said)


def test_a_workbook_that_cant_be_copied_is_refused(path: Path) -> None:
    broken = with_parts(path, {}, ('r="B2"', 'r="B2" s="4711"'))
    with pytest.raises(OutputError, match="không sao được sổ tính này để ghi chú thích vào ô"):
        annotated(broken, [problem("B2")])


def test_libreoffice_shows_the_comments_and_colours_in_place(
    path: Path, needs_tool: Callable[[str], str], tmp_path: Path
) -> None:
    soffice = needs_tool("soffice")
    (tmp_path / "copy.xlsx").write_bytes(annotated(path, [problem("B2", "ngày sai")])[0])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, "--headless", "--norestore", profile, "--convert-to", "xlsx", "--outdir", "lo", "copy.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    shown = opened((tmp_path / "lo" / "copy.xlsx").read_bytes())["Nhiệm vụ"]
    assert shown["B2"].fill.fgColor.rgb == RED
    assert shown["B2"].comment.text.startswith("LỖI: ngày sai")
