"""The reader of workbooks: exact values, what stands beside them, and one message for each bad file."""

import hashlib
import os
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from docgen.errors import Place, Severity, SourceError
from docgen.readers.excel.cells import Book, Cell, Fault, Grid, Spot, fault_problem, scalar
from docgen.readers.excel.xlsx import read_book
from docgen.readers.excel.xlsx.sheet_xml import MAX_COLUMNS, MAX_ROWS
from docgen.readers.excel.xlsx.styles import exact_number, kind_of_code
from docgen.workflows.plan_form import write_plan_form
from tests.readers.excel import bad_files as bad


def read(content: bytes, folder: Path, name: str = "bieu-mau.xlsx") -> Book:
    path = folder / name
    path.write_bytes(content)
    return read_book(path, name)


def cells_of(content: bytes, folder: Path) -> dict[Spot, Cell]:
    (grid,) = read(content, folder).grids
    return grid.cells


def refusal(content: bytes, folder: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read(content, folder)
    (problem,) = caught.value.problems
    return str(problem)


def test_numbers_are_exact_in_the_digits_that_excel_shows(tmp_path: Path) -> None:
    stored = ["406000000", "12.5", "0.30000000000000004", "1E+20", "1.5E-7", "-0", "007", "9999999999999.99", "0.1"]
    places = "ABCDEFGHI"
    content = bad.workbook(bad.row(1, *(bad.number(f"{p}1", v) for p, v in zip(places, stored, strict=True))))
    found = [scalar(cell, Place()).text for cell in cells_of(content, tmp_path).values()]
    plain = ["406000000", "12.5", "0.3", "1" + "0" * 20, "0.00000015", "0", "7", "9999999999999.99", "0.1"]
    assert found == plain
    assert all(scalar(cell, Place()).exact for cell in cells_of(content, tmp_path).values())


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3, allow_nan=False))
def test_a_number_of_15_digits_survives_being_a_float(number: Decimal) -> None:
    assert exact_number(float(number)) == number


@settings(max_examples=300)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_has_an_exponent(number: float) -> None:
    assert "E" not in str(exact_number(number)) or abs(exact_number(number)) < Decimal("0.000001")
    assert "E" not in scalar(Cell(exact_number(number)), Place()).text


@pytest.mark.parametrize("stored", ["NaN", "inf", "1e400", "abc", "1_0"])
def test_what_is_no_number_is_a_fault(tmp_path: Path, stored: str) -> None:
    cell = cells_of(bad.workbook(bad.row(1, bad.number("A1", stored))), tmp_path)[Spot(1, 0)]
    assert cell == Cell(Fault.ERROR, stored)


@pytest.mark.parametrize(
    ("code", "stored", "value", "shown"),
    [
        ("dd/mm/yyyy", "45092", date(2023, 6, 15), None),
        ("dd/mm/yyyy hh:mm", "45092.75", date(2023, 6, 15), None),
        ("mm/yyyy", "45078", date(2023, 6, 1), "06/2023"),
        ("mmm-yy", "45078", date(2023, 6, 1), "06/2023"),
        ('"Tháng" m "năm" yyyy', "45078", date(2023, 6, 1), "06/2023"),
        ("[$-42A]mmmm yyyy;@", "45078", date(2023, 6, 1), "06/2023"),
        ("yyyy", "45078", date(2023, 6, 1), "2023"),
        ("dd/mm/yyyy", "59", date(1900, 2, 28), None),
        ("dd/mm/yyyy", "61", date(1900, 3, 1), None),
        ("dd/mm/yyyy", "2958465", date(9999, 12, 31), None),
        ("dd/mm/yyyy", "2958466", Fault.ERROR, "#####"),
        ("dd/mm/yyyy", "-5", Fault.ERROR, "#####"),
        ("dd/mm/yyyy", "1E+300", Fault.ERROR, "#####"),
        ("dd/mm/yyyy", "0", "00/01/1900", None),
        ("h:mm", "0.354166666666667", "08:30", None),
        ("[h]:mm", "1.5", "36:00", None),
        ("0.0%", "0.455", Decimal("0.455"), "45,5%"),
        ('#,##0 "triệu đồng"', "20", Decimal(20), None),
        ("General", "20", Decimal(20), None),
        ("0.00E+00", "20", Decimal(20), None),
        ("[Red]0", "20", Decimal(20), None),
    ],
)
def test_a_number_is_what_its_format_shows(
    tmp_path: Path, code: str, stored: str, value: object, shown: str | None
) -> None:
    style = bad.styles(code.replace('"', "&quot;"))
    cell = cells_of(bad.workbook(bad.row(1, bad.number("A1", stored, 1)), style=style), tmp_path)[Spot(1, 0)]
    assert (cell.value, cell.shown) == (value, shown)


def test_the_calendar_of_1904(tmp_path: Path) -> None:
    content = bad.workbook(bad.row(1, bad.number("A1", "43630", 1)), style=bad.styles("dd/mm/yyyy"), since_1904=True)
    assert cells_of(content, tmp_path)[Spot(1, 0)].value == date(2023, 6, 15)


@pytest.mark.parametrize(
    ("code", "kind"), [("d", "day"), ("mm:ss", "time"), ("m/yy h:mm", "day"), ('"dmy"0', "number")]
)
def test_kinds_of_formats(code: str, kind: str) -> None:
    assert kind_of_code(code) == kind


def test_texts_are_as_a_person_sees_them(tmp_path: Path) -> None:
    shared = bad.shared_strings(
        "<t>a_x000D_\nb</t>",
        "<r><t>Hương</t></r><r><t xml:space='preserve'> Thủy</t></r><rPh sb='0' eb='1'><t>X</t></rPh>",
        "<t>_x005F_x000D_</t>",
        "<t>Kê\u0301 hoạch\u00a0năm</t>",
        "<t>_xD83D__xDE00__xD800_</t>",
    )
    content = bad.workbook(bad.row(1, *(f'<c r="{"ABCDE"[i]}1" t="s"><v>{i}</v></c>' for i in range(5))), shared=shared)
    found = [cell.value for cell in cells_of(content, tmp_path).values()]
    assert found == ["a\nb", "Hương Thủy", "_x000D_", "Kế hoạch\u00a0năm", "😀\ufffd"]


def test_faults_are_told_from_empty_cells(tmp_path: Path) -> None:
    content = bad.workbook(
        bad.row(
            1,
            '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            '<c r="B1"><f>SUM(D1)</f><v></v></c>',
            '<c r="C1"><f>SUM(D1)</f></c>',
            '<c r="D1" t="str"><f>""</f><v></v></c>',
            '<c r="E1" s="1"/>',
            '<c r="F1" t="b"><v>1</v></c>',
            '<c r="G1" t="d"><v>2023-06-15T00:00:00</v></c>',
            '<c r="H1"><f>1+1</f><v>2</v></c>',
        )
    )
    found = {spot.column: (cell.value, cell.shown) for spot, cell in cells_of(content, tmp_path).items()}
    assert found == {
        0: (Fault.ERROR, "#DIV/0!"),
        1: (Fault.NO_VALUE, None),
        2: (Fault.NO_VALUE, None),
        5: (True, None),
        6: (date(2023, 6, 15), None),
        7: (Decimal(2), None),
    }
    place = Place("x.xlsx", sheet="A", cell="A1")
    error = fault_problem(Cell(Fault.ERROR, "#DIV/0!"), place)
    assert (error.message, error.place) == ("ô đang báo lỗi #DIV/0!", place)
    assert fault_problem(Cell(Fault.NO_VALUE), place).message == "ô có công thức chưa được tính, nên không có giá trị"
    assert scalar(Cell(Fault.ERROR, "#N/A"), place).text == ""


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell(True), "true"),
        (Cell(False), "false"),
        (Cell(date(2023, 2, 5)), "05/02/2023"),
        (Cell(date(2023, 2, 1), "02/2023"), "02/2023"),
        (Cell("007"), "007"),
        (Cell(Decimal("1234.5")), "1234.5"),
        (Cell(Decimal("0.45"), "45%"), "45.00"),
    ],
)
def test_a_cell_as_a_person_would_type_it(cell: Cell, text: str) -> None:
    assert scalar(cell, Place()).text == text


def test_rows_and_sheets_that_are_hidden_and_merged_cells(tmp_path: Path) -> None:
    first = bad.sheet_xml(
        bad.row(2, bad.text("B2", "gộp")) + bad.row(5, bad.text("A5", "ẩn"), more=' hidden="1"'),
        '<mergeCells><mergeCell ref="B2:D3"/><mergeCell ref="A9:A9"/></mergeCells>',
    )
    other = bad.sheet_xml("")
    made = bad.parts(
        first,
        other,
        other,
        other,
        names=("Một", "Ẩn", "_docgen", "_ẩn"),
        states=("visible", "hidden", "veryHidden", "hidden"),
    )
    book = read(bad.zipped(made), tmp_path)
    assert book.grids[0].cells[Spot(2, 1)].covers == (1, 2)
    assert book.grids[0].hidden_rows == {5}
    assert [grid.hidden for grid in book.grids] == [False, True, True, True]
    assert [(one.code, one.place.sheet, one.severity) for one in book.remarks] == [
        ("book.hidden-sheet", "Ẩn", Severity.WARNING),
        ("book.hidden-sheet", "_ẩn", Severity.WARNING),
    ]
    assert list(book.by_name) == ["Một", "Ẩn", "_docgen", "_ẩn"]


def test_places() -> None:
    grid = Grid("x.xlsx", "Nhiệm vụ", {2: {3: Cell("c")}, 4: {0: Cell("a"), 1: Cell("b")}})
    assert str(grid.place(4, 1)) == "x.xlsx, trang tính “Nhiệm vụ”, ô B4"
    assert (grid.place(4).cell, grid.place(4, 27).cell, grid.place().cell) == ("A4", "AB4", None)
    assert grid.cells == {Spot(2, 3): Cell("c"), Spot(4, 0): Cell("a"), Spot(4, 1): Cell("b")}


def test_cells_out_of_order_and_without_names_are_put_in_order(tmp_path: Path) -> None:
    rows = bad.row(3, bad.number("B3", "2"), bad.number("A3", "1")) + bad.row(1, "<c><v>5</v></c><c><v>6</v></c>")
    (grid,) = read(bad.workbook(rows), tmp_path).grids
    assert list(grid.cells) == [(1, 0), (1, 1), (3, 0), (3, 1)]
    assert {row: list(cells) for row, cells in grid.rows.items()} == {1: [0, 1], 3: [0, 1]}
    assert len(grid.cells) == 4


def test_prefixed_names_and_strict_links_are_read(tmp_path: Path) -> None:
    made = bad.parts(bad.sheet_xml(""))
    made[bad.SHEET_1] = (
        f'<x:worksheet xmlns:x="{bad.MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    links = str(made["xl/_rels/workbook.xml.rels"])
    made["xl/_rels/workbook.xml.rels"] = links.replace(
        bad.LINKS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
    )
    assert cells_of(bad.zipped(made), tmp_path) == {Spot(1, 0): Cell(Decimal(7))}


def test_a_workbook_of_another_program_reads_as_that_program_wrote_it(tmp_path: Path) -> None:
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    page = made.add_worksheet("Dữ liệu")
    day = made.add_format({"num_format": "dd/mm/yyyy"})
    page.write_string(0, 0, "=1+1")
    page.write_number(1, 2, 406.5)
    page.write_datetime(2, 0, datetime(2023, 6, 15), day)
    page.write_datetime(2, 1, time(8, 30), made.add_format({"num_format": 20}))
    page.write_formula(3, 0, "=C2*2", None, 813)
    page.write_boolean(4, 0, True)
    page.merge_range(5, 0, 6, 2, "gộp")
    made.close()
    assert {tuple(spot): cell.value for spot, cell in cells_of(out.getvalue(), tmp_path).items()} == {
        (1, 0): "=1+1",
        (2, 2): Decimal("406.5"),
        (3, 0): date(2023, 6, 15),
        (3, 1): "08:30",
        (4, 0): Decimal(813),
        (5, 0): True,
        (6, 0): "gộp",
    }


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    content = bad.workbook(bad.row(1, bad.number("A1", "1")))
    assert read(content, tmp_path).digest == hashlib.sha256(content).hexdigest()


PLAIN = bad.workbook(bad.row(1, bad.number("A1", "1")))
SAVE_AS = "mở bằng Excel, chọn Lưu thành (Save As) → Excel Workbook (*.xlsx)"


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        (b"", "tệp trống, không có byte nào", "xin lại tệp: bản này chép chưa xong"),
        (b"a,b,c\n1,2,3\n", "đây không phải tệp Excel (.xlsx)", SAVE_AS),
        (b"<html><table>", "đây là trang web hoặc tệp XML mang đuôi .xlsx", SAVE_AS),
        (b"%PDF-1.7", "đây là tệp PDF", "lấy tệp Excel gốc; docgen không đọc bảng trong PDF"),
        (bad.OLE + b"\0" * 600, "đây là tệp Excel đời cũ (.xls), hoặc tệp có mật khẩu", "bỏ mật khẩu trước khi lưu"),
        (bad.OLE + "EncryptedPackage".encode("utf-16-le"), "tệp có mật khẩu mở tệp", "xóa mật khẩu, lưu"),
        (bad.OLE + "WordDocument".encode("utf-16-le"), "đây là tệp Word đời cũ (.doc)", "ghi đúng tên tệp Excel"),
        (bad.encrypted_entry(), "tệp có mật khẩu mở tệp", "xóa mật khẩu, lưu"),
        (PLAIN[:-30], "tệp bị hỏng hoặc chép chưa xong", "xin lại tệp"),
        (bad.zipped({"word/document.xml": ""}), "đây là tệp Word (.docx), không phải Excel", "ghi đúng tên tệp Excel"),
        (bad.zipped({"ppt/presentation.xml": ""}), "đây là tệp PowerPoint, không phải Excel", "ghi đúng tên"),
        (bad.zipped({"xl/workbook.bin": ""}), "đây là tệp Excel nhị phân (.xlsb)", SAVE_AS),
        (bad.zipped({"content.xml": ""}), "đây là tệp OpenDocument (.ods)", "lưu thành Excel 2007-365 (.xlsx)"),
        (bad.nameless_entry(), "không có trang tính nào", "mở bằng Excel"),
        (bad.zipped({"a.txt": ""}), "đây là tệp nén (zip), bên trong không có sổ tính Excel nào", "giải nén"),
        (bad.honest_bomb(300 << 20), "tệp giải nén ra 300 MB, 4 phần: quá lớn so với một biểu mẫu", "nơi lạ"),
        (bad.lying_bomb(1 << 20), "tệp bị hỏng ở phần xl/worksheets/sheet1.xml", "xin lại tệp"),
        (bad.zipped({f"a{i}": "" for i in range(5001)}), "tệp giải nén ra 0 MB, 5001 phần", "chép các ô"),
        (bad.zipped(bad.parts()), "tệp không có trang tính nào", "mở bằng Excel"),
        (bad.zipped({**bad.parts(bad.sheet_xml("")), bad.SHEET_1: "<a"}), "hỏng ở phần xl/worksheets/sheet1.xml", ""),
        (
            bad.zipped({**bad.parts(bad.sheet_xml("")), bad.SHEET_1: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "tệp có khai báo DOCTYPE hoặc thực thể XML, Excel không bao giờ ghi như vậy",
            "không mở tệp này; hỏi lại người gửi",
        ),
        (
            bad.zipped(bad.parts(bad.sheet_xml(""), shared='<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')),
            "tệp có khai báo DOCTYPE",
            "hỏi lại người gửi",
        ),
        (bad.workbook('<row r="99999999999"><c><v>1</v></c></row>'), "tệp bị hỏng ở phần", "xin lại tệp"),
        (bad.workbook(bad.row(1, bad.number("1A", "1"))), "tệp bị hỏng ở phần", "xin lại tệp"),
        (bad.workbook(bad.row(1, bad.number("A2", "1"))), "tệp bị hỏng ở phần", "xin lại tệp"),
        (bad.workbook(bad.row(1, '<c r="A1" t="s"><v>9</v></c>')), "tệp bị hỏng ở phần", "xin lại tệp"),
        (
            bad.workbook(bad.row(1, bad.number("A1", "1"), bad.number("XFD1", "1"))),
            f"trang tính “Trang 1”, ô XFD1: lỗi: trang tính có nội dung ở quá cột thứ {MAX_COLUMNS}",
            "xóa các dòng, cột thừa",
        ),
        (
            bad.workbook(*(bad.row(i, "<c><v>1</v></c>") for i in range(1, MAX_ROWS + 2))),
            "trang tính “Trang 1”, ô A100001: lỗi: trang tính có hơn 100.000 dòng có nội dung",
            "tách thành nhiều tệp",
        ),
    ],
    # The bytes of a zip hold the time of day, by which workers would collect different tests.
    ids=lambda value: value if isinstance(value, str) else "file",
)  # fmt: skip
def test_each_bad_file_has_its_message(tmp_path: Path, content: bytes, message: str, hint: str) -> None:
    said = refusal(content, tmp_path)
    assert message in said
    assert hint in said
    assert said.startswith("bieu-mau.xlsx")


def test_rows_that_are_only_formatted_count_for_nothing(tmp_path: Path) -> None:
    rows = [bad.row(i, f'<c r="A{i}" s="0"/>') for i in range(1, MAX_ROWS + 500)]
    assert cells_of(bad.workbook(*rows, bad.row(1_048_576, bad.number("B1048576", "1"))), tmp_path) == {
        Spot(1_048_576, 1): Cell(Decimal(1))
    }


def test_counts_that_lie_change_nothing(tmp_path: Path) -> None:
    shared = bad.shared_strings("<t>a</t>", more=' count="4000000000" uniqueCount="4000000000"')
    content = bad.workbook(bad.row(1, '<c r="A1" t="s"><v>0</v></c>'), shared=shared)
    assert cells_of(content, tmp_path) == {Spot(1, 0): Cell("a")}


def test_no_file_a_folder_and_no_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(path: Path) -> str:
        with pytest.raises(SourceError) as caught:
            read_book(path, "x.xlsx")
        return str(caught.value.problems[0])

    assert said(tmp_path / "khong-co.xlsx").startswith("x.xlsx: lỗi: không có tệp này")
    assert "đây là một thư mục, không phải tệp" in said(tmp_path)
    (tmp_path / "giu.xlsx").write_bytes(PLAIN)

    def held(_path: Path) -> bytes:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "read_bytes", held)
    locked = said(tmp_path / "giu.xlsx")
    assert "không mở được tệp: tệp đang bị giữ hoặc không có quyền đọc" in locked
    assert "đóng tệp trong Excel rồi chạy lại" in locked


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_a_pipe_isnt_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.xlsx")
    with pytest.raises(SourceError, match="đây không phải một tệp thường"):
        read_book(tmp_path / "x.xlsx", "x.xlsx")


@pytest.mark.parametrize("lock", ["~$bieu-mau.xlsx", ".~lock.bieu-mau.xlsx#"])
def test_a_file_that_is_open_elsewhere_is_said(tmp_path: Path, lock: str) -> None:
    (tmp_path / lock).touch()
    (remark,) = read(PLAIN, tmp_path).remarks
    assert remark.code == "book.open"
    assert remark.message == "tệp đang mở trong Excel: bản trên đĩa có thể chưa có những gì vừa gõ"


def test_macros_and_outside_links_are_said_and_ignored(tmp_path: Path) -> None:
    made = bad.parts(bad.sheet_xml(bad.row(1, bad.number("A1", "1"))))
    made |= {"xl/vbaProject.bin": b"\0", "xl/externalLinks/externalLink1.xml": "<!DOCTYPE a><a/>"}
    book = read(bad.zipped(made), tmp_path)
    assert [(one.code, one.severity) for one in book.remarks] == [
        ("book.macros", Severity.WARNING),
        ("book.external-links", Severity.WARNING),
    ]
    assert book.grids[0].cells == {Spot(1, 0): Cell(Decimal(1))}


def test_texts_of_old_fonts_are_refused_by_cell(tmp_path: Path) -> None:
    style = bad.styles(fonts=("Calibri", ".VnTime"))
    rows = [bad.row(i, bad.text(f"A{i}", f"KÕ ho¹ch n¨m {i}")) for i in range(1, 9)]
    rows += [bad.row(9, bad.text("A9", "KÕ", 1)), bad.row(10, bad.text("A10", "KÕ"), bad.text("B10", "Phú Bài", 1))]
    book = read(bad.workbook(*rows, style=style), tmp_path)
    assert [(one.code, one.place.cell, one.severity) for one in book.remarks] == [
        *(("text.legacy-font", f"A{i}", Severity.ERROR) for i in range(1, 6)),
        ("text.legacy-font", None, Severity.ERROR),
    ]
    assert book.remarks[0].message == "chữ gõ bằng bảng mã TCVN3 cũ, không phải Unicode"
    assert "UniKey" in book.remarks[0].hint
    assert book.remarks[-1].message == "và 4 ô khác cũng gõ bằng bảng mã cũ"


def test_openpyxl_reads_the_same_values(tmp_path: Path, sample: Path) -> None:
    """Our own pass over the XML against a library's, on every cell of the forms that we write."""
    form = tmp_path / "form.xlsx"
    write_plan_form(sample, form)
    theirs = load_workbook(form, data_only=True)
    compared = 0
    for grid in read_book(form, form.name).grids:
        for row in theirs[grid.name].iter_rows():
            for cell in row:
                ours = grid.cells.get(Spot(cell.row, cell.column - 1))
                if cell.value is None:
                    # A formula that nobody has computed yet: openpyxl calls it empty, too.
                    assert ours in (None, Cell(Fault.NO_VALUE)), (grid.name, cell.coordinate)
                    continue
                assert ours is not None, (grid.name, cell.coordinate)
                value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
                expected = Decimal(str(value)) if isinstance(value, int | float) else value
                assert ours.value == expected, (grid.name, cell.coordinate)
                compared += 1
    assert compared > 1000
