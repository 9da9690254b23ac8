"""A workbook holds formulas with their values, text as text, and the same bytes for the same tables."""

import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from docgen.base.sheets import Cell, Column, Formula, Line, Sheet, address, span
from docgen.writers.seal import edited_by_hand
from docgen.writers.workbook import workbook_bytes
from docgen.writers.write import write_documents
from tests.writers.spreadsheets import MAIN, Stored, calculate, differences, read_cells, sheet_parts, without_values

COLUMNS = (
    Column("Tên", 20),
    Column("Số", 10, "amount"),
    Column("Tỷ lệ (%)", 10, "percent"),
    Column("Ngày", 12, "date"),
)


def sheet(*lines: Line, title: str = "Bảng của “A” & B", filtered: bool = False) -> Sheet:
    return Sheet(title, "Bảng", "đơn vị tính: đồng", COLUMNS, lines, filtered)


def row(name: Cell = "x", number: Cell = 1, rate: Cell = None, day: Cell = None) -> Line:
    return Line((name, number, rate, day))


def made(*sheets: Sheet) -> bytes:
    return workbook_bytes(sheets, title="Báo cáo", created=date(2023, 6, 14), version="1")


def part(content: bytes, title: str = "Bảng của “A” & B") -> etree._Element:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(sheet_parts(content)[title]))


def test_cells_keep_their_type_and_formulas_their_value() -> None:
    cells = read_cells(
        made(
            sheet(
                row("a", Decimal("1234.5"), Formula('IF(B4=0,"",1)', 1), date(2023, 6, 14)),
                row("007", 20, Formula('""', ""), None),
                Line(("Tổng", Formula("SUM(B4:B5)", Decimal("1254.5")), Formula('"Đạt"', "Đạt"), None), "total"),
            )
        )
    )["Bảng của “A” & B"]
    assert [cells[name].value for name in ("A1", "A2", "A3")] == ["Bảng", "đơn vị tính: đồng", "Tên"]
    assert cells["B4"] == Stored("", 1234.5)
    assert cells["D4"] == Stored("", 45091)
    assert cells["A5"] == Stored("", "007")
    assert cells["B6"] == Stored("SUM(B4:B5)", 1254.5)
    assert cells["C5"] == Stored('""', "")
    assert cells["C6"] == Stored('"Đạt"', "Đạt")
    assert "D5" not in cells


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "{=1}", "https://x.vn", "12", "1e5", "_x0041_"])
def test_text_stays_text(text: str) -> None:
    content = made(sheet(row(text)))
    assert read_cells(content)["Bảng của “A” & B"]["A4"] == Stored("", text.replace("_x0041_", "_x005F_x0041_"))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        styles = etree.fromstring(archive.read("xl/styles.xml"))
        assert not any("hyperlink" in name for name in archive.namelist())
    number = next(cell.get("s", "0") for cell in part(content).iter(f"{MAIN}c") if cell.get("r") == "A4")
    formats = styles.find(f"{MAIN}cellXfs")
    assert formats is not None
    assert (formats[int(number)].get("quotePrefix") == "1") is (text[0] in "=+-@")


def test_the_same_tables_make_the_same_bytes() -> None:
    assert made(sheet(row())) == made(sheet(row()))
    assert made(sheet(row())) != made(sheet(row("y")))


def test_it_is_sound_and_ready_to_print(tmp_path: Path) -> None:
    lines = [row("dài " * 50, 1), Line(("a", 1, None, None), "detail"), Line(("b", 1, None, None), "detail"), row()]
    content = made(sheet(*lines, filtered=True), sheet(title="Trống"))
    (tmp_path / "x.xlsx").write_bytes(content)
    assert OpenXmlValidator().validate(tmp_path / "x.xlsx").is_valid
    root = part(content)
    page = root.find(f"{MAIN}pageSetup")
    assert page is not None
    assert (page.get("orientation"), page.get("paperSize"), page.get("fitToHeight")) == ("landscape", "9", "0")
    pane = next(root.iter(f"{MAIN}pane"))
    assert (pane.get("ySplit"), pane.get("state")) == ("3", "frozen")
    assert [(one.get("r"), one.get("hidden"), one.get("outlineLevel")) for one in root.iter(f"{MAIN}row")][2:] == [
        *[("3", None, None), ("4", None, None), ("5", "1", "1"), ("6", "1", "1"), ("7", None, None)]
    ]
    assert float(next(one.get("ht", "0") for one in root.iter(f"{MAIN}row") if one.get("r") == "4")) > 100
    with zipfile.ZipFile(BytesIO(content)) as archive:
        book = archive.read("xl/workbook.xml").decode()
        assert "2023-06-14T00:00:00Z" in archive.read("docProps/core.xml").decode()
    assert "Print_Titles" in book
    assert "$3:$3" in book


def test_a_file_that_a_person_edited_is_kept(tmp_path: Path) -> None:
    content, target = made(sheet(row())), tmp_path / "x.xlsx"
    assert not edited_by_hand(content)
    write_documents({target: content}, proved=True)
    target.write_bytes(without_values(made(sheet(row(Formula("A1", "x"))))))
    (written,) = write_documents({target: content}, proved=True)
    assert written.kept
    assert (written.path.name, written.path.read_bytes()) == ("x.moi.xlsx", content)


@pytest.mark.parametrize("line", [Line(("x",)), row("x" * 32768)])
def test_what_a_sheet_cannot_hold_is_refused(line: Line) -> None:
    with pytest.raises(ValueError, match=r"zip|can't hold"):
        made(sheet(line))


def test_names_of_cells() -> None:
    assert [address(column, 4) for column in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A4", "Z4", "AA4", "AZ4", "BA4", "ZZ4", "AAA4")
    ]
    assert address(1, 4, "Nhiệm vụ") == "'Nhiệm vụ'!B4"
    assert span(1, 4, 9, "A'B") == "'A''B'!$B$4:$B$9"
    assert span(1, 4, 9, to=3) == "$B$4:$D$9"


def test_a_wrong_value_is_seen(tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    """The check that the tests of reports lean on: LibreOffice calculates, and doesn't repeat what is stored."""
    soffice = needs_tool("soffice")
    content = made(
        sheet(row("a", 2), row("b", Formula("B4*2", 5), Formula("ROUND(100*1/8,0)", 13)), row(Formula("A4", "c")))
    )
    (calculated,) = calculate(soffice, [content], tmp_path)
    assert differences(content, calculated) == [
        "Bảng của “A” & B!B5 =B4*2: stored 5.0, calculated 4.0",
        "Bảng của “A” & B!A6 =A4: stored 'c', calculated 'a'",
    ]
