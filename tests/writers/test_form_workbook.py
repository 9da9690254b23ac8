"""A form is laid out as docgen reads it back, keeps what is typed, offers and refuses what it should."""

import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator

from docgen.base.ooxml import Package
from docgen.base.sheets import Cell, Choice, Entry, FormColumn, FormLine, FormSheet, Formula, span
from docgen.writers.annotated_workbook import losses
from docgen.writers.form_rules import LIST_SHEET, filled_part, runs_of
from docgen.writers.form_workbook import form_workbook_bytes
from docgen.writers.seal import edited_by_hand
from docgen.writers.workbook import lines_of
from docgen.writers.write import write_documents
from tests.writers.spreadsheets import MAIN, Stored, calculate, differences, read_cells, sheet_parts, without_values

CODE = FormColumn("Mã", 8, required=True, example="05")
NAME = FormColumn("Tên", 40)
COST = FormColumn("Kinh phí", 12, "amount", summed=True)
DAY = FormColumn("Ngày", 12, "date")


def form(*lines: FormLine, columns: tuple[FormColumn, ...] = (CODE, NAME, COST, DAY), **options: object) -> FormSheet:
    settings = {"title": "Bảng", "caption": "Biểu mẫu", "guidance": "Mỗi dòng một nhiệm vụ.", **options}
    return FormSheet(columns=columns, lines=lines, **settings)  # type: ignore[arg-type] # options are FormSheet's own


def line(code: Cell = "01", name: Cell | Entry = "x", cost: Cell = None, day: Cell = None) -> FormLine:
    return FormLine((code, name, cost, day))


def made(*sheets: FormSheet) -> bytes:
    return form_workbook_bytes(sheets, title="Biểu mẫu", created=date(2026, 1, 1), version="1")


def part(content: bytes, title: str = "Bảng") -> etree._Element:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(sheet_parts(content)[title]))


def look(content: bytes, cell: str, title: str = "Bảng") -> etree._Element:
    """The format record of a cell."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        formats = etree.fromstring(archive.read("xl/styles.xml")).find(f"{MAIN}cellXfs")
    number = next(one.get("s", "0") for one in part(content, title).iter(f"{MAIN}c") if one.get("r") == cell)
    assert formats is not None
    return formats[int(number)]


def rules(content: bytes, title: str = "Bảng") -> dict[str, tuple[str | None, str | None]]:
    """The rules of a sheet by their cells: what is offered, and whether anything else is refused."""
    return {
        rule.get("sqref", ""): (rule.findtext(f"{MAIN}formula1"), rule.get("showErrorMessage"))
        for rule in part(content, title).iter(f"{MAIN}dataValidation")
    }


def test_every_row_stands_where_forms_have_it() -> None:
    cells = read_cells(made(form(line("01", "a", Decimal("1.5"), date(2026, 3, 2)), line("02", "b", 2), spare=3)))
    assert {name: cell.value for name, cell in cells["Bảng"].items()} == {
        "A1": "Biểu mẫu",
        "A2": "Mỗi dòng một nhiệm vụ.",
        "B3": "Tổng cộng",
        "C3": 3.5,
        "A4": "VD: 05",
        "A5": "Mã *",
        "B5": "Tên",
        "C5": "Kinh phí",
        "D5": "Ngày",
        "A6": "01",
        "B6": "a",
        "C6": 1.5,
        "D6": 46083,
        "A7": "02",
        "B7": "b",
        "C7": 2,
    }
    assert cells["Bảng"]["C3"].formula == "SUM(C6:C1048576)"


def test_a_sum_stands_beside_its_word_wherever_its_column_is() -> None:
    first = read_cells(made(form(FormLine((1, "x")), columns=(COST, NAME))))["Bảng"]
    assert (first["A3"].formula, first["B3"].value) == ("SUM(A6:A6)", "Tổng cộng")
    only = read_cells(made(form(FormLine((1,)), columns=(COST,))))["Bảng"]
    assert set(only) == {"A1", "A2", "A3", "A5", "A6"}
    assert "B3" not in read_cells(made(form(columns=(CODE, NAME))))["Bảng"]


def test_text_cells_keep_what_is_typed() -> None:
    content = made(form(line("05", "12/2026"), line(name="x" * 300), spare=1))
    assert [look(content, cell).get("numFmtId") for cell in ("A6", "B6", "B7", "A8")] == ["49", "49", "0", "49"]
    ignored = next(part(content).iter(f"{MAIN}ignoredError"))
    assert ignored.get("sqref") == "A1:D8"


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "{=1}", "https://x.vn", "1e5", "007"])
def test_text_stays_text(text: str) -> None:
    content = made(form(line(name=text), guidance=text))
    assert read_cells(content)["Bảng"]["B6"] == Stored("", text)
    assert read_cells(content)["Bảng"]["A2"] == Stored("", text)
    assert {look(content, cell).get("quotePrefix") for cell in ("A2", "B6")} == {"1" if text[0] in "=+-@" else None}


WRITTEN = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff_")


@settings(deadline=None)
@given(text=st.text(WRITTEN, min_size=1))
def test_every_text_comes_back(text: str) -> None:
    assert read_cells(made(form(line(name=text))))["Bảng"]["B6"] == Stored("", text)


@settings(deadline=None)
@given(value=st.decimals(allow_nan=False, allow_infinity=False))
def test_no_digit_of_a_number_is_lost(value: Decimal) -> None:
    cell = read_cells(made(form(line(cost=value))))["Bảng"]["C6"].value
    assert Decimal(repr(cell) if isinstance(cell, float) else cell) == value


def test_what_excel_would_change_is_text() -> None:
    content = made(
        form(
            line(cost=Decimal("1234567890.1234567"), day=date(1899, 12, 31)),
            line(cost=12345678901234500, day=date(1900, 3, 1)),
            line(name=date(2026, 2, 5)),
        )
    )
    cells = read_cells(content)["Bảng"]
    assert [cells[name].value for name in ("C6", "D6", "C7", "D7", "B8")] == [
        *("1234567890.1234567", "31/12/1899", 12345678901234500, 61, "05/02/2026")
    ]
    assert cells["C3"].value == 12345678901234500


def test_words_are_offered_and_the_rest_refused() -> None:
    many, comma = tuple(f"Đơn vị số {number}" for number in range(40)), ("Một, hai", "Ba")
    columns = (
        FormColumn("A", 9, choice=Choice(("Đang làm", "Đã xong"))),
        FormColumn("B", 9, choice=Choice(many, strict=False)),
        FormColumn("C", 9, choice=Choice(comma)),
        FormColumn("D", 9, choice=Choice("'Đơn vị'!$B$6:$B$35")),
        FormColumn("E", 9, "date"),
    )
    own = Entry("", choice=Choice(("x", "y")))
    other = FormLine((own, None, "", None, Entry("", choice=Choice(many))))
    content = made(
        form(FormLine(("",) * 5), other, FormLine(("",) * 5), FormLine(("",) * 5, "heading"), columns=columns)
    )
    offered = rules(content)
    assert offered == {
        "A6 A8": ('"Đang làm,Đã xong"', "1"),
        "A7": ('"x,y"', "1"),
        "B6:B8": (f"'{LIST_SHEET}'!$A$1:$A$40", None),
        "C6:C8": (f"'{LIST_SHEET}'!$B$1:$B$2", "1"),
        "D6:D8": (filled_part("'Đơn vị'!$B$6:$B$35"), "1"),
        "E6 E8": (None, "1"),
        "E7": (f"'{LIST_SHEET}'!$A$1:$A$40", "1"),
    }
    assert read_cells(content)[LIST_SHEET]["A40"].value == "Đơn vị số 39"
    rule = next(one for one in part(content).iter(f"{MAIN}dataValidation") if one.get("sqref") == "E6 E8")
    assert rule.get("type") is None
    assert "05/02/2026" in rule.get("prompt", "")


def test_rules_reach_below_the_last_empty_row() -> None:
    column = FormColumn("A", 9, choice=Choice(("x",)))
    assert list(rules(made(form(FormLine(("",)), columns=(column,), spare=2)))) == ["A6:A1048576"]
    assert list(rules(made(form(columns=(column,), spare=2)))) == ["A6:A1048576"]
    assert rules(made(form(columns=(column,)))) == {}
    own = Entry("", choice=Choice(("y",)))
    assert list(rules(made(form(FormLine((own,)), columns=(column,), spare=2)))) == ["A6", "A7:A1048576"]


def test_a_list_ends_at_its_last_word(tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    """LibreOffice counts the rows that a drop-down would offer: a gap stays, the empty end goes."""
    words = [FormLine((word,)) for word in ("a", None, "c", None, None)]
    source = form(*words, columns=(CODE,), title="Đơn vị", spare=5)
    ranges = [span(0, 6, 15, "Đơn vị"), span(0, 9, 15, "Đơn vị")]
    asks = [
        FormLine(("", Formula(f"ROWS({filled_part(name)})", rows))) for name, rows in zip(ranges, (3, 1), strict=True)
    ]
    content = made(source, form(*asks, columns=(CODE, NAME)))
    (calculated,) = calculate(needs_tool("soffice"), [content], tmp_path)
    assert differences(content, calculated) == []


def test_sums_are_live(tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    content = made(form(line(cost=Decimal("20.5")), line(cost="chưa có"), line(cost=Formula("C6*2", 41)), spare=4))
    assert read_cells(content)["Bảng"]["C3"].value == 61.5
    (calculated,) = calculate(needs_tool("soffice"), [content], tmp_path)
    assert differences(content, calculated) == []


def test_only_open_cells_of_a_protected_sheet_can_be_changed() -> None:
    columns = (FormColumn("Mã", 8, locked=True), NAME)
    free = FormLine((Entry("a", locked=False), Entry("b", locked=True)))
    content = made(form(FormLine(("01", "")), free, columns=columns, protected=True, spare=1))
    opened = [look(content, cell).find(f"{MAIN}protection") for cell in ("A6", "B6", "A7", "B7", "A8", "B8", "B5")]
    assert [one is not None and one.get("locked") for one in opened] == [False, "0", "0", False, False, "0", False]
    (protection,) = part(content).iter(f"{MAIN}sheetProtection")
    assert protection.get("sheet") == "1"
    assert (protection.get("formatColumns"), protection.get("formatRows"), protection.get("password")) == (
        "0",
        "0",
        None,
    )
    bare = made(form(line(name=Entry("x", locked=True))))
    assert not list(part(bare).iter(f"{MAIN}sheetProtection"))
    assert [look(bare, cell).get("fillId") == "0" for cell in ("A6", "B6")] == [True, False]
    assert look(bare, "B6").find(f"{MAIN}protection") is None


def test_hidden_sheets_stay_hidden_and_another_is_in_front() -> None:
    content = made(form(title="_docgen", hidden=True), form())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        book = etree.fromstring(archive.read("xl/workbook.xml"))
    assert [sheet.get("state") for sheet in book.iter(f"{MAIN}sheet")] == ["veryHidden", None]
    assert next(book.iter(f"{MAIN}workbookView")).get("activeTab") == "1"


def test_headings_stay_in_view_where_a_screen_has_room() -> None:
    pane = next(part(made(form(line()))).iter(f"{MAIN}pane"))
    assert (pane.get("xSplit"), pane.get("ySplit"), pane.get("state")) == (None, "5", "frozen")
    wide = (CODE, FormColumn("Tên", 25), FormColumn("Văn", 120))
    assert next(part(made(form(columns=wide))).iter(f"{MAIN}pane")).get("xSplit") == "2"
    assert next(part(made(form(columns=(CODE, NAME, wide[2])))).iter(f"{MAIN}pane")).get("xSplit") == "1"
    assert not list(part(made(form(guidance="rất dài " * 400))).iter(f"{MAIN}pane"))


def test_rows_are_as_high_as_their_text_and_grow_with_it() -> None:
    content = made(form(line(name="dài " * 100), line(), guidance="hướng dẫn " * 30, spare=1))
    rows = {
        row.get("r"): (float(row.get("ht", "0")), row.get("customHeight")) for row in part(content).iter(f"{MAIN}row")
    }
    assert rows["2"][0] > 60
    assert rows["2"][1] == "1"
    assert rows["6"][0] > 100
    assert {rows[number][1] for number in ("6", "7", "8")} == {None}


def test_a_text_to_be_read_has_no_grid() -> None:
    columns = (FormColumn("", 100, locked=True),)
    content = made(form(FormLine(("Cách điền",), "heading"), FormLine(("Điền từ trái sang phải.",)), columns=columns))
    assert look(content, "A7").get("borderId") == "0"
    assert not list(part(content).iter(f"{MAIN}pane"))
    assert look(made(form(FormLine(("x",)), columns=(NAME,))), "A6").get("borderId") != "0"


def test_it_is_sound_and_ready_to_print(tmp_path: Path) -> None:
    heading = FormLine(("I", "Cải cách thể chế", None, None), "heading")
    long = Choice(tuple(f"mục {number}" for number in range(99)))
    sheets = [
        form(heading, line("01", Entry("x", "centred", long, True), Decimal("1.5"), date(2026, 1, 1)), spare=50),
        form(title="Khóa", protected=True, columns=(CODE, FormColumn("B", 9, "percent", choice=long))),
        form(title="_docgen", hidden=True),
    ]
    (tmp_path / "x.xlsx").write_bytes(made(*sheets))
    assert OpenXmlValidator().validate(tmp_path / "x.xlsx").is_valid
    page = part(made(*sheets)).find(f"{MAIN}pageSetup")
    assert page is not None
    assert (page.get("orientation"), page.get("paperSize"), page.get("fitToHeight")) == ("landscape", "9", None)
    wide = part(made(form(columns=(CODE, FormColumn("Văn", 150))))).find(f"{MAIN}pageSetup")
    assert wide is not None
    assert (wide.get("fitToWidth"), wide.get("fitToHeight")) == (None, "0")
    widest = made(form(columns=(CODE, *(FormColumn(f"Văn {number}", 70) for number in range(4)))))
    page = part(widest).find(f"{MAIN}pageSetup")
    assert page is not None
    assert page.get("fitToWidth") == "2"
    with zipfile.ZipFile(BytesIO(widest)) as archive:
        assert "$A:$A" in archive.read("xl/workbook.xml").decode()
    with zipfile.ZipFile(BytesIO(made(*sheets))) as archive:
        book = archive.read("xl/workbook.xml").decode()
    assert "$A$1:$D$12" not in book, "what is typed below a fixed area would be cut off"
    assert "$5:$5" in book
    assert "'_docgen'" not in book
    assert "_docgen!" not in book


def test_spare_rows_get_their_frame_when_they_are_filled_in() -> None:
    own = FormColumn("Cộng", 9, "amount", locked=True)
    nothing = FormLine((None, None, None, None, Formula('IF(A7="","",1)', "")))
    lines = [FormLine(("01", "x", None, None, Formula("1", 1))), *[nothing] * 9]
    content = made(form(*lines, columns=(CODE, NAME, COST, DAY, own), spare=20))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        styles = etree.fromstring(archive.read("xl/styles.xml"))
    borders = styles.findall(f"{MAIN}borders/{MAIN}border")
    framed = {
        row: borders[int(look(content, f"B{row}").get("borderId", "0"))][0].get("style") for row in (6, 11, 12, 35)
    }
    assert framed == {6: "thin", 11: "thin", 12: None, 35: None}
    found = [one for one in part(content).iter(f"{MAIN}conditionalFormatting") if one.get("sqref") == "A12:E1048576"]
    assert [one.findtext(f"{MAIN}cfRule/{MAIN}formula") for one in found] == [
        "LEN($A12)+LEN($B12)+LEN($C12)+LEN($D12)>0"
    ]


def test_a_copy_of_a_form_loses_nothing_by_the_form_s_own_sums() -> None:
    own = Formula("IF(A6=\"\",\"\",SUMIF('Bảng'!$A$6:$A$9,A6,'Bảng'!$C$6:$C$9))", "")
    assert losses(Package(made(form(line(cost=2), line(cost=own), spare=3)))) == ()
    lost = losses(Package(made(form(line(cost=Formula("1+1", 2))))))
    assert [sentence.partition(":")[0] for sentence in lost] == ["kết quả đã tính của công thức"]


def test_a_form_that_was_filled_in_is_kept(tmp_path: Path) -> None:
    content, target = made(form(line())), tmp_path / "x.xlsx"
    assert content == made(form(line()))
    assert content != made(form(line("02")))
    assert not edited_by_hand(content)
    write_documents({target: content}, proved=True)
    target.write_bytes(without_values(made(form(line(cost=5)))))
    (written,) = write_documents({target: content}, proved=True)
    assert written.kept
    assert (written.path.name, written.path.read_bytes()) == ("x.moi.xlsx", content)


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (form(line(name="x" * 32768)), "cell B6 of “Bảng” can't hold"),
        (form(line(name="𝄞" * 16384)), "cell B6 of “Bảng” can't hold"),
        (form(FormLine(("x",))), "row 6 of “Bảng” hasn't one cell for each column"),
        (form(hidden=True), "isn't hidden"),
    ],
)
def test_what_a_form_cannot_hold_is_refused(sheet: FormSheet, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        made(sheet)


def test_runs_of_rows() -> None:
    assert runs_of([6, 7, 9, 10, 11, 20]) == [(6, 7), (9, 11), (20, 20)]
    assert runs_of([]) == []


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("a\n\nb", 10, 3),
        ("Rà soát, hệ thống hóa văn bản quy phạm pháp luật thuộc lĩnh vực quản lý; tham mưu sửa đổi, bổ sung", 40, 3),
        ("Rà soát, hệ thống hóa văn bản quy phạm pháp luật thuộc lĩnh vực quản lý; tham mưu sửa đổi, bổ sung", 100, 1),
        ("Văn phòng HĐND và UBND thị xã Hương Thủy", 40, 2),
        ("PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG", 32, 2),
        ("iiiiiiiiii", 7, 1),
        ("x" * 100, 10, 11),
        ("ab " + "x" * 15, 10, 3),
    ],
)
def test_lines_of_wrapped_text(text: str, width: float, lines: int) -> None:
    assert lines_of(text, width) == lines
