"""Correct documents as offices make them have no finding; one thing changed in them has exactly its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.layout.check import check_document
from tests.layout import offices
from tests.layout.office_documents import DOCUMENTS, decision, letter, report
from tests.layout.offices import (
    DRAWN,
    HEADS,
    LONG,
    TIMES,
    addressees,
    body,
    cell,
    closing,
    defaults,
    file_of,
    line,
    look,
    number,
    recipients,
    signing,
    table,
)
from tests.layout.packages import paragraph, run

TAB, BREAK = "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"
ITEMS = ("- Như trên;", "- Lưu: VT, CCHC.")
CLOSING = closing(("- Như trên;", "- Giám đốc Sở (b/c);", "- Lưu: VT, CCHC (05)."), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
LETTERS = Path(__file__).parent / "letters"


def found(data: bytes | Path) -> list[str]:
    """The codes of what is wrong; that text boxes have no known place is no fault."""
    return [f"{one.rule} {one.message}" for one in check_document(data) if not one.undecided]


def swapped(old: str, new: str, text: str | None = None) -> str:
    text = letter() if text is None else text
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize("drawn", DRAWN)
@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_right_document_with_any_letterhead(kind: str, head: str, drawn: str) -> None:
    assert found(file_of(DOCUMENTS[kind](HEADS[head], DRAWN[drawn]))) == []


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_smaller_set_of_sizes(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offices, "BIG", 12.0)
    assert found(file_of(DOCUMENTS[kind](size=13))) == []


# ---------------------------------------------------------------- closings

BY_TABS = '<w:tabs><w:tab w:val="center" w:pos="6800"/></w:tabs>'
LABEL = run("Nơi nhận:", look(12, True, True))


def _row(left: str, right: str) -> str:
    return paragraph(left + TAB + right, BY_TABS)


def _item(text: str) -> str:
    return run(text, look(11))


def _office(text: str) -> str:
    return run(text, look(14, True))


TWO = cell(signing("KT. GIÁM ĐỐC SỞ NỘI VỤ", "PHÓ GIÁM ĐỐC"), 3000) + cell(signing("GIÁM ĐỐC SỞ TÀI CHÍNH"), 3300)
CLOSINGS = {
    "by tabs": _row(LABEL, _office("KT. GIÁM ĐỐC"))
    + _row(_item("- Như trên;"), _office("PHÓ GIÁM ĐỐC"))
    + _row(_item("- Các phòng;"), "")
    + _row(_item("- Lưu: VT."), "")
    + _row("", _office("Nguyễn Văn An")),
    "by spaces": paragraph(LABEL + run(" " * 40, look(14)) + _office("GIÁM ĐỐC"))
    + line("- Như trên;", 11, jc="left")
    + line("- Lưu: VT.", 11, jc="left")
    + line("Nguyễn Văn An", 14, True, jc="left", left=5000),
    "two signers, Nơi nhận beside them": table(cell(recipients(*ITEMS), 3000) + TWO),
    "two signers, Nơi nhận below them": table(TWO) + recipients(*ITEMS),
    "three lines": closing(ITEMS, "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    "an order on an order": closing(ITEMS, "TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    "a title of another body": table(
        cell(recipients(*ITEMS), 4500)
        + cell(line("TRƯỞNG BAN", 14, True) + "<w:p/><w:p/>" + signing("PHÓ CHỦ TỊCH UBND TỈNH"), 5000)
    ),
    "an item over two lines": closing(("- Như trên;", "- Lãnh đạo Bộ", "(để báo cáo);", "- Lưu: VT."), "GIÁM ĐỐC"),
    "one paragraph with line breaks": table(
        cell(paragraph(BREAK.join([LABEL, *map(_item, ITEMS)])), 4500)
        + cell(signing("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), 5000)
    ),
    "a contact line": CLOSING
    + paragraph(
        run("Địa chỉ: số 4 Trần Hưng Đạo; ĐT: 0263.3822.311", look(11)),
        '<w:pBdr><w:top w:val="single" w:sz="4"/></w:pBdr>',
    ),
}


@pytest.mark.parametrize("end", CLOSINGS)
def test_a_right_closing(end: str) -> None:
    assert found(file_of(swapped(CLOSING, CLOSINGS[end]))) == []


@pytest.mark.parametrize("end", ["by tabs", "by spaces"])
def test_a_closing_without_a_table_is_judged_all_the_same(end: str) -> None:
    wrong = CLOSINGS[end].replace("Nguyễn Văn An", "ThS. Nguyễn Văn An").replace("- Lưu: VT.", "- Lưu: VT;")
    assert [one.split()[0] for one in found(file_of(swapped(CLOSING, wrong)))] == ["ND30-07b.31", "ND30-09b.31"]


def test_of_two_signers_each_is_judged() -> None:
    wrong = CLOSINGS["two signers, Nơi nhận below them"].replace(">PHÓ GIÁM ĐỐC<", ">GIÁM ĐỐC<")
    assert [one.split()[0] for one in found(file_of(swapped(CLOSING, wrong)))] == ["ND30-07a.33"]


# ---------------------------------------------------------------- Kính gửi

TO = addressees("- Ủy ban nhân dân các huyện, thành phố;", "- Các phòng, đơn vị thuộc Sở.")
ADDRESSED = {
    "on one line": line("Kính gửi: Bộ Nội vụ", 14),
    "a line that goes on": line("Kính gửi:", 14, jc="left")
    + line("- Văn phòng Quốc hội, Văn phòng Chính phủ,", 14, jc="left")
    + line("Văn phòng Chủ tịch nước;", 14, jc="left")
    + line("- Bộ Nội vụ.", 14, jc="left"),
    "a table that touches the letterhead": table(
        cell(line("Kính gửi:", 14, jc="right"), 3000)
        + cell(line("- Bộ Nội vụ;", 14, jc="left") + line("- Bộ Tài chính.", 14, jc="left"), 5000)
    ),
    "line breaks": paragraph(
        BREAK.join(run(text, look(14)) for text in ("Kính gửi:", "- Bộ Nội vụ;", "- Bộ Tài chính.")),
        '<w:ind w:left="1700"/>',
    ),
}


@pytest.mark.parametrize("way", ADDRESSED)
def test_right_addressees(way: str) -> None:
    assert found(file_of(swapped(TO, ADDRESSED[way]).replace("</w:tbl><w:tbl><w:tblPr/>", ""))) == []


def test_an_addressee_that_goes_on_still_wants_its_mark() -> None:
    wrong = ADDRESSED["a line that goes on"].replace("Chủ tịch nước;", "Chủ tịch nước,")
    assert [one.split()[0] for one in found(file_of(swapped(TO, wrong)))] == ["ND30-09a.32"]


# ---------------------------------------------------------------- page numbers


def _marked(*parts: tuple[str, str]) -> str:
    return "".join(f"<w:r><w:rPr>{props}</w:rPr>{mark}</w:r>" for mark, props in parts)


def _split_field(result: str) -> str:
    """As Word leaves it after edits: the instruction in two pieces, the look on the result alone."""
    mark = '<w:fldChar w:fldCharType="{}"/>'
    return _marked(
        (mark.format("begin"), ""),
        ("<w:instrText> PA</w:instrText>", ""),
        ("<w:instrText>GE </w:instrText>", ""),
        (mark.format("separate"), ""),
        ("<w:t>2</w:t>", f'<w:sz w:val="{result}"/>'),
        (mark.format("end"), ""),
    )


SIMPLE = f'<w:fldSimple w:instr=" PAGE ">{run("2", look(13))}</w:fldSimple>'
CENTRED = '<w:jc w:val="center"/>'
HEADERS = {
    "split": paragraph(_split_field("26"), CENTRED),
    "simple": paragraph(SIMPLE, CENTRED),
    "gallery": f"<w:sdt><w:sdtPr/><w:sdtContent>{number()}</w:sdtContent></w:sdt><w:p/>",
    "placed tab": paragraph(f'<w:r><w:ptab w:relativeTo="margin" w:alignment="center"/></w:r>{SIMPLE}'),
    "frame": paragraph(SIMPLE, '<w:framePr w:wrap="around" w:xAlign="center"/>'),
    "dashes": paragraph(run("- ", look(13)) + SIMPLE + run(" -", look(13)), CENTRED),
}


def _paged() -> str:
    return swapped(CLOSING, "".join(body(f"{LONG}. {LONG}.") for _ in range(30)) + body("Hết./.") + CLOSING)


@pytest.mark.parametrize("way", HEADERS)
def test_a_right_page_number(way: str) -> None:
    assert found(file_of(_paged(), header=HEADERS[way])) == []


def test_the_size_of_a_page_number_is_that_of_its_result() -> None:
    small = paragraph(_split_field("22"), CENTRED)
    assert [one.split()[0] for one in found(file_of(_paged(), header=small))] == ["ND30-G5.3"]


# ---------------------------------------------------------------- fonts, pages, spacing, text

THEME = (
    '<a:themeElements><a:fontScheme name="x"><a:majorFont><a:latin typeface="{0}"/></a:majorFont>'
    '<a:minorFont><a:latin typeface="{0}"/></a:minorFont></a:fontScheme></a:themeElements>'
)
THEMED = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'
NORMAL = (
    f'<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:rPr>{TIMES}</w:rPr></w:style>'
)
FONTS: dict[str, Callable[[], bytes]] = {
    "theme": lambda: file_of(letter(), styles=defaults(THEMED), theme=THEME.format("Times New Roman")),
    "style over theme": lambda: file_of(letter(), styles=defaults(THEMED) + NORMAL, theme=THEME.format("Calibri")),
}


@pytest.mark.parametrize("way", FONTS)
def test_the_font_by_whatever_way(way: str) -> None:
    assert found(FONTS[way]()) == []


@pytest.mark.parametrize("sides", [(20, 20, 30, 15), (25, 25, 35, 20)])
def test_margins_at_each_end(sides: tuple[int, ...]) -> None:
    names = ("top", "bottom", "left", "right")
    margins = " ".join(f'w:{name}="{round(side * 56.693)}"' for name, side in zip(names, sides, strict=True))
    assert found(file_of(letter(), margins=f"<w:pgMar {margins}/>")) == []


@pytest.mark.parametrize(
    "spacing",
    [
        'w:before="120" w:line="360" w:lineRule="exact"',
        'w:after="120" w:line="276" w:lineRule="auto"',
        'w:before="60" w:after="60" w:line="360" w:lineRule="auto"',
        'w:before="120" w:line="340" w:lineRule="atLeast"',
    ],
)
def test_spacing_within_the_range(spacing: str) -> None:
    assert found(file_of(swapped('<w:spacing w:before="120"/>', f"<w:spacing {spacing}/>"))) == []


def test_first_lines_of_one_centimetre() -> None:
    assert found(file_of(swapped('w:firstLine="720"', 'w:firstLine="567"'))) == []


LAST = body(f"Đề nghị các cơ quan, đơn vị thực hiện. {LONG}./.")
PROSE = '<w:spacing w:before="120"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>'
TEXTS = {
    "notes of a table": table(cell(line("A", 12), 3000))
    + line("Ghi chú: số liệu tính đến ngày 31 tháng 5 năm 2024.", 12, italic=True, jc="left")
    + line("Nguồn: Sở Nội vụ.", 12, italic=True, jc="left"),
    "a unit on the right": line("Đơn vị tính: triệu đồng", 13, italic=True, jc="right") + table(cell("<w:p/>", 3000)),
    "stars in the middle": line("* * *", 14),
    "boxes to tick": paragraph(
        '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/><w:sz w:val="28"/></w:rPr>'
        '<w:sym w:font="Wingdings" w:char="F0A8"/></w:r>' + run(" Đồng ý", look(14)),
        PROSE,
    ),
    "points in their order": "".join(body(f"{letter_}) Việc cần làm;") for letter_ in "abcdđegh"),
    "a list inside a point, and the next point": body("a) Một:")
    + body("1. Việc trong điểm a:")
    + body("a) Điều thứ nhất;")
    + body("b) Điều thứ hai;")
    + body("2. Việc thứ hai.")
    + body("b) Hai."),
    "other bodies' documents": body(
        "Nghị quyết số 18-NQ/TW, Chỉ thị số 10-CT/TU, Quy định số 37-QĐ/TW, Công văn số 123/BNV-CCHC, Nghị quyết số "
        "12/2023/NQ-HĐND và khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP; TP. Đà Lạt, v.v. theo quy định."
    ),
}


@pytest.mark.parametrize("words", TEXTS)
def test_right_text(words: str) -> None:
    assert found(file_of(swapped(LAST, TEXTS[words] + LAST))) == []


@pytest.mark.parametrize(
    "points", [("a", "c"), ("1.", "a", "b", "2.", "a", "c"), ("I.", "1.", "a", "II.", "1.", "a", "đ")]
)
def test_a_letter_left_out_is_missed_in_whatever_list(points: tuple[str, ...]) -> None:
    text = "".join(body(f"{point}{'' if point.endswith('.') else ')'} Việc cần làm;") for point in points)
    text = text.replace("I. Việc cần làm;", "I. VIỆC CẦN LÀM;")
    codes = [one.split()[0] for one in found(file_of(swapped(LAST, text + LAST)))]
    assert codes == ["ND30-06.51"]


NUMBERED = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="Điều %1."/><w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr>{}</w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


@pytest.mark.parametrize(("level", "codes"), [("<w:rPr><w:b/></w:rPr>", []), ("", ["ND30-06.47"])])
def test_numbers_that_word_counts_are_bold_where_their_list_says_so(level: str, codes: list[str]) -> None:
    text = decision()
    for count in (1, 2, 3):
        lead = run(f"Điều {count}.", look(14, True))
        at = text.rindex("<w:pPr>", 0, text.index(lead)) + len("<w:pPr>")
        text = text[:at] + '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' + text[at:]
        text = text.replace(lead, "")
    assert [one.split()[0] for one in found(file_of(text, numbering=NUMBERED.format(level)))] == codes


@pytest.mark.parametrize("name", ["bien-ban-libreoffice.docx", "quyet-dinh-libreoffice.docx"])
def test_right_documents_that_libreoffice_saved(name: str) -> None:
    assert found(LETTERS / name) == []


@pytest.mark.parametrize("symbol", ["Số:      /BC-…", "Số: …/BC-STC", "Số: .…/BC-....."])
def test_the_number_of_a_form_to_fill_in_is_no_fault(symbol: str) -> None:
    assert found(file_of(swapped("Số: 310/BC-STC", symbol, report()))) == []


# ---------------------------------------------------------------- one thing changed

DATED = ("ngày 09 tháng 3", "ngày 9 tháng 3")
FAULTS = {
    "motto": (letter, "Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc", "ND30-01.17"),
    "day": (letter, *DATED, "ND30-04.32"),
    "month": (decision, "tháng 01 năm 2026<", "tháng 1 năm 2026<", "ND30-04.33"),
    "number": (report, "Số: 310/BC-STC", "Số: 310/BC - STC", "ND30-03.33"),
    "kind": (report, "Số: 310/BC-STC", "Số: 310/KH-STC", "ND30-03.34"),
    "prefix": (letter, ">KT. GIÁM ĐỐC<", ">K/T GIÁM ĐỐC<", "ND30-07a.31"),
    "prefix of three letters": (letter, ">KT. GIÁM ĐỐC<", ">T/UQ GIÁM ĐỐC<", "ND30-07a.31"),
    "deputy": (letter, ">PHÓ GIÁM ĐỐC<", ">GIÁM ĐỐC<", "ND30-07a.33"),
    "title of the signer": (letter, "Nguyễn Văn An", "TS. Nguyễn Văn An", "ND30-07b.31"),
    "end": (letter, "./.<", ".<", "ND30-06.31"),
    "kept copy": (letter, "- Lưu: VT, CCHC (05).", "- Lưu VT, CCHC (05).", "ND30-09b.32"),
    "as above": (letter, "- Như trên;", "- Sở Nội vụ;", "ND30-09b.33"),
    "bases": (decision, "tháng 01 năm 2026.<", "tháng 01 năm 2026;<", "ND30-CC.31"),
    "decides": (decision, ">QUYẾT ĐỊNH:<", ">QUYẾT ĐỊNH<", "ND30-QD.7"),
    "subject": (report, ">Kết quả cải cách hành chính 6", ">V/v kết quả cải cách hành chính 6", "ND30-05a.31"),
    "heading": (report, "I. KẾT QUẢ ĐẠT ĐƯỢC", "I. Kết quả đạt được", "ND30-06.52"),
    "point": (report, ">b) Công tác", ">c) Công tác", "ND30-06.51"),
    "colon": (letter, ">Kính gửi:<", ">Kính gửi<", "ND30-09a.31"),
    "indent": (letter, 'w:firstLine="720"', 'w:firstLine="0"', "ND30-06.3"),
    "gap": (letter, '<w:spacing w:before="120"/>', '<w:spacing w:before="0"/>', "ND30-06.4"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("head", ["one_row", "cell_borders", "tabs"])
def test_one_fault_is_found_whatever_the_letterhead(fault: str, head: str) -> None:
    make, old, new, code = FAULTS[fault]
    assert [one.split()[0] for one in found(file_of(swapped(old, new, make(HEADS[head]))))] == [code]
