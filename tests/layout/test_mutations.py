"""A right document passes; change one thing, and exactly the rule for that thing speaks."""

from collections.abc import Callable

import pytest

from docgen.layout.check import ND30, all_rules, check_document
from docgen.layout.rules.rows import Aspect, Row
from tests.layout.documents import (
    Draft,
    Line,
    appendix,
    body,
    build,
    decision,
    letter,
    plan,
    regulation,
    urgent_letter,
)

File = list[Draft]
Mutate = Callable[[File], object]


def issued() -> File:
    return [decision(), plan(), appendix()]


def regulated() -> File:
    return [decision(), regulation()]


def two_appendices() -> File:
    return [decision(), plan(), appendix("Phụ lục I"), appendix("Phụ lục II")]


def found(file: File) -> list[str]:
    return sorted({finding.rule for finding in check_document(build(*file))})


RIGHT = {
    "decision": lambda: [decision()],
    "plan": lambda: [plan()],
    "appendix": lambda: [appendix()],
    "letter": lambda: [letter()],
    "urgent letter": lambda: [urgent_letter()],
    "regulation": lambda: regulated(),
    "issued": issued,
    "two appendices": two_appendices,
}


@pytest.mark.parametrize("make", RIGHT.values(), ids=RIGHT)
def test_a_right_file_has_no_finding(make: Callable[[], File]) -> None:
    assert check_document(build(*make())) == []


# --- what rows say: every aspect of every row, broken in the same way each -----------------------------------------

_DRAFT = {"KT": 1, "PL": 2}
_LETTER = {"05b", "09a", "10b", "11", "12", "13"}
_WRONG_TEXT = {
    "national_name": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT-NAM",
    "motto": "Độc lập – Tự do – Hạnh phúc",
    "decides": "QUYẾT ĐỊNH",
    "recipients_label": "Nơi nhận",
}


def _break(row: Row, aspect: Aspect, draft: Draft) -> None:
    lines = draft[row.component]
    if aspect is Aspect.MISSING:
        draft[row.component] = []
        if row.component == "issuing_agency":  # otherwise the parent agency is taken for it
            draft["parent_agency"] = []
        return
    for line in lines:
        _break_line(row, aspect, line)


def _break_line(row: Row, aspect: Aspect, line: Line) -> None:
    match aspect:
        case Aspect.SIZE:
            assert row.size is not None
            line.size = row.size[1] + 1
        case Aspect.BOLD:
            line.bold = not row.bold
        case Aspect.ITALIC:
            line.italic = not row.italic
        case Aspect.ALIGN:
            line.align = "right" if row.align == "left" else "left"
        case Aspect.CASE:
            line.text = line.text.capitalize() if row.upper else line.text.upper()
        case Aspect.UNDERLINE:
            line.underline = True
        case Aspect.TEXT:
            line.text = _WRONG_TEXT[row.component]
        case Aspect.LINE:
            line.rule = None
        case Aspect.LINE_LENGTH:
            line.rule = line.rule and 4


FROM_ROWS = [(row, aspect) for row in ND30.rows for aspect in row.forms()]


@pytest.mark.parametrize(("row", "aspect"), FROM_ROWS, ids=[row.rule(aspect).slug for row, aspect in FROM_ROWS])
def test_one_change_against_a_row(row: Row, aspect: Aspect) -> None:
    file = [urgent_letter()] if row.box in _LETTER else issued()
    _break(row, aspect, file[_DRAFT.get(row.box, 0)])
    assert found(file) == [row.rule(aspect).code]


# --- what functions say -------------------------------------------------------------------------------------------


def page(draft: int = 0, **change: object) -> Mutate:
    return lambda file: [setattr(file[draft].page, name, value) for name, value in change.items()]


def edit(name: str, draft: int = 0, at: int = -1, **change: object) -> Mutate:
    return lambda file: [setattr(file[draft][name][at], field, value) for field, value in change.items()]


def number(**change: object) -> Mutate:
    return lambda file: [setattr(file[0].page.number, name, value) for name, value in change.items()]


def add(name: str, *lines: Line, draft: int = 0) -> Mutate:
    return lambda file: file[draft].parts.__setitem__(name, [*file[draft][name], *lines])


def drop(*names: str, draft: int = 0) -> Mutate:
    return lambda file: [file[draft].parts.__setitem__(name, []) for name in names]


def say(text: str) -> Mutate:
    return lambda file: file[1]["content"].insert(0, body(text))


def headless(file: File) -> None:
    drop("parent_agency", "issuing_agency", "national_name", "motto", draft=1)(file)


def one_section(file: File) -> None:
    file[2].page = None


def unnumbered(file: File) -> None:
    """More text than one page holds, and no page number."""
    page(number=None)(file)
    add("content", *[body("Văn bản.")] * 40, body("./."))(file)


def unbracketed(file: File) -> None:
    text = "Kèm theo Quyết định số 3951/QĐ-UBND ngày 05/12/2022 của UBND"
    file[1]["attached_to"] = [Line(text, italic=True, rule=40)]


def chair_decides(file: File) -> None:
    edit("authority", text="CHỦ TỊCH ỦY BAN NHÂN DÂN THỊ XÃ HƯƠNG THỦY")(file)
    file[0]["signing_authority"].pop(0)


def deputy_signs(file: File) -> None:
    file[0]["signing_authority"][1:] = [Line("KT. CHỦ TỊCH", bold=True), Line("PHÓ CHỦ TỊCH", bold=True)]


def points_again(file: File) -> None:
    file[1]["content"][9:12] = [
        body("3. Quy chế này không áp dụng cho:"),
        body("a) Công tác viên;"),
        body("b) Chuyên gia."),
    ]


def head_signs_for_head(file: File) -> None:
    deputy_signs(file)
    file[0].line("signing_authority").text = "CHỦ TỊCH"


def one_agency_on_one_line(file: File) -> None:
    file[0]["parent_agency"] = []
    file[0]["issuing_agency"].pop(0)


def smaller_sizes(file: File) -> None:
    for name, size in (("national_name", 12), ("motto", 13), ("place_and_date", 13)):
        file[0].line(name).size = size


def table_ends_appendix(file: File) -> None:
    file[2].after_tasks.clear()
    file[2].tasks.append(["", "Tổng", "5./."])


SIGNED = "Số: 12/KH-UBND; ngày 05/12/2022; 08:30:15"
OFFICE = Line("Số: 05/KH-UBND", size=13)
DATED = Line("Hương Thủy, ngày 05 tháng 12 năm 2022", italic=True)

CHANGES: list[tuple[str, Callable[[], File], Mutate]] = [
    ("ND30-G1.1", issued, page(width=216, height=279)),
    ("ND30-G2.1", issued, page(width=297, height=210)),
    ("ND30-G3.1", issued, page(top=15)),
    ("ND30-G3.1", issued, page(2, top=26)),
    ("ND30-G3.2", issued, page(bottom=15)),
    ("ND30-G3.3", issued, page(left=25)),
    ("ND30-G3.4", issued, page(right=21)),
    ("ND30-G4.1", issued, edit("content", font="Arial")),
    ("ND30-G4.1", issued, number(font="Calibri")),
    ("ND30-G4.2", issued, edit("title", color="FF0000")),
    ("ND30-G5.1", issued, page(number=None)),
    ("ND30-G5.1", lambda: [decision()], unnumbered),
    ("ND30-G5.2", issued, number(align="right")),
    ("ND30-G5.3", issued, number(size=12)),
    ("ND30-G5.4", issued, page(format="upperRoman")),
    ("ND30-G5.5", issued, page(title_page=False)),
    ("ND30-G5.6", issued, page(number=None, footer=Line("PAGE", size=13))),
    ("ND30-G5.7", issued, number(italic=True)),
    ("ND30-G5.8", issued, page(start=2)),
    ("ND30-03.31", issued, edit("number", text="Số 3951/QĐ-UBND")),
    ("ND30-03.31", issued, edit("number", text="SỐ: 3951/QĐ-UBND")),
    ("ND30-03.32", issued, edit("number", text="Số: 5/QĐ-UBND")),
    ("ND30-03.33", issued, edit("number", text="Số: 3951 / QĐ-UBND")),
    ("ND30-03.33", issued, edit("number", text="Số: 3951/QĐ - UBND")),
    ("ND30-03.33", issued, edit("number", text="Số: 3951/QĐ–UBND")),
    ("ND30-03.34", issued, edit("number", text="Số: 3951/KH-UBND")),
    ("ND30-03.34", lambda: [letter()], edit("number", text="Số: 12/CV-UBND")),
    ("ND30-04.31", issued, edit("place_and_date", text="Hương Thủy ngày 05 tháng 12 năm 2022")),
    ("ND30-04.32", issued, edit("place_and_date", text="Hương Thủy, ngày 5 tháng 12 năm 2022")),
    ("ND30-04.33", issued, edit("place_and_date", text="Hương Thủy, ngày 05 tháng 03 năm 2022")),
    ("ND30-04.33", issued, edit("place_and_date", text="Hương Thủy, ngày 05 tháng 1 năm 2022")),
    ("ND30-04.34", issued, edit("place_and_date", text="Hương Thủy, ngày 31 tháng 02 năm 2022")),
    ("ND30-04.34", issued, edit("place_and_date", text="Hương Thủy, ngày 05 tháng 12/2022")),
    ("ND30-05b.31", lambda: [letter()], edit("subject", at=0, before=0)),
    ("ND30-05a.31", issued, edit("abstract", at=0, text="V/v phê duyệt Kế hoạch cải cách hành chính")),
    ("ND30-TQ.31", issued, edit("authority", text="CHỦ TỊCH ỦY BAN NHÂN DÂN THỊ XÃ")),
    ("ND30-TQ.31", issued, lambda file: file[0]["signing_authority"].pop(0)),
    ("ND30-CC.31", issued, edit("bases", text="Theo đề nghị của Trưởng phòng Nội vụ,")),
    ("ND30-CC.31", issued, edit("bases", at=0, text="Căn cứ Luật Tổ chức chính quyền địa phương.")),
    ("ND30-KT.31", issued, unbracketed),
    ("ND30-KT.32", issued, add("number", OFFICE, draft=1)),
    ("ND30-KT.33", issued, add("place_and_date", DATED, draft=1)),
    ("ND30-KT.34", issued, headless),
    ("ND30-09a.31", lambda: [letter()], edit("addressees", at=0, text="Kính gửi")),
    ("ND30-09a.32", lambda: [letter()], edit("addressees", text="- Ủy ban nhân dân các xã, phường;")),
    ("ND30-06.1", issued, edit("content", 1, 0, size=12)),
    ("ND30-06.2", issued, edit("content", 1, 0, align="left")),
    ("ND30-06.3", issued, edit("content", 1, 0, indent=0)),
    ("ND30-06.4", issued, edit("content", 1, 1, before=0)),
    ("ND30-06.5", issued, edit("content", 1, 0, spacing=2.0)),
    ("ND30-06.5", issued, edit("content", 1, 0, spacing=0.9)),
    ("ND30-06.31", issued, edit("content", text=" Quyết định này có hiệu lực.")),
    ("ND30-06.31", issued, edit("content", 1, text="Nhiệm vụ cụ thể tại Phụ lục.")),
    ("ND30-06.31", issued, lambda file: setattr(file[2].after_tasks[0], "text", "(Bằng chữ: Năm triệu đồng)")),
    ("ND30-07a.31", issued, edit("signing_authority", at=0, text="T/M ỦY BAN NHÂN DÂN")),
    ("ND30-07a.31", issued, edit("signing_authority", at=0, text="TM/ỦY BAN NHÂN DÂN")),
    ("ND30-07b.31", issued, edit("signer", text="ThS. Nguyễn Thanh Minh")),
    ("ND30-07b.31", issued, edit("signer", text="PGS.TS Nguyễn Thanh Minh")),
    ("ND30-07b.31", issued, edit("signer", text="Đ/c Nguyễn Thanh Minh")),
    ("ND30-09b.31", issued, edit("recipients", at=1, text="- Sở Nội vụ,")),
    ("ND30-09b.31", issued, edit("recipients", at=1, text="Sở Nội vụ;")),
    ("ND30-09b.32", issued, edit("recipients", text="- Văn thư.")),
    ("ND30-09b.33", issued, edit("recipients", at=0, text="- Như trên;")),
    ("ND30-09b.33", lambda: [letter()], edit("recipients", at=0, text="- UBND tỉnh;")),
    ("ND30-PL.5", issued, edit("label", 2, text="PHỤ LỤC")),
    ("ND30-PL.31", two_appendices, edit("label", 2, text="Phụ lục 1")),
    ("ND30-PL.32", issued, edit("label", 2, text="Phụ lục I")),
    ("ND30-PL.33", two_appendices, edit("label", 3, text="Phụ lục III")),
    ("ND30-PL.33", two_appendices, edit("label", 2, text="Phụ lục")),
    ("ND30-PL.34", issued, page(2, start=None)),
    ("ND30-PL.34", issued, one_section),
    ("ND30-G6.1", issued, edit("place_and_date", size=13)),
    ("ND30-G6.1", issued, edit("national_name", size=12)),
    ("ND30-07a.32", issued, lambda file: file[0]["signing_authority"].pop()),
    ("ND30-07a.33", issued, head_signs_for_head),
    ("ND30-13.31", lambda: [letter()], edit("contact", rule=None)),
    ("ND30-PL.41", issued, add("signing", Line(SIGNED, size=11, align="right"), draft=2)),
    ("ND30-KT.35", issued, edit("attached_to", 2, text="(Kèm theo Kế hoạch số 12/KH-UBND)")),
    ("ND30-KT.35", issued, edit("attached_to", 1, 0, text="(Ban hành kèm theo Quyết định")),
    ("ND30-U.3", lambda: [urgent_letter()], edit("urgency", text="TỐI MẬT")),
    ("ND30-06.41", regulated, edit("content", 1, 0, align="both", indent=12.7)),
    ("ND30-06.42", regulated, edit("content", 1, 2, bold=False)),
    ("ND30-06.43", regulated, edit("content", 1, 0, text="CHƯƠNG I")),
    ("ND30-06.44", regulated, edit("content", 1, 0, text="Chương 1")),
    ("ND30-06.44", regulated, edit("content", 1, 2, text="Mục I")),
    ("ND30-06.45", regulated, edit("content", 1, 3, text="Phạm vi")),
    ("ND30-06.46", regulated, edit("content", 1, 4, lead="Điều 1:")),
    ("ND30-06.46", issued, edit("content", 0, 0, lead="Điều I.")),
    ("ND30-06.47", regulated, edit("content", 1, 4, lead="", text="Điều 1. Phạm vi điều chỉnh")),
    ("ND30-06.48", regulated, edit("content", 1, 12, lead="Điều 3.")),
    ("ND30-06.49", regulated, edit("content", 1, 5, text="1/ Quy chế này quy định về làm việc.")),
    ("ND30-06.49", regulated, edit("content", 1, 5, text="1) Quy chế này quy định về làm việc.")),
    ("ND30-06.50", regulated, edit("content", 1, 7, text="a. Công chức;")),
    ("ND30-06.51", regulated, edit("content", 1, 11, text="e) Chuyên gia.")),
    ("ND30-06.51", regulated, edit("content", 1, 8, text="c) Viên chức;")),
    ("ND30-06.52", issued, edit("content", 1, 1, text="I. Mục tiêu, yêu cầu")),
    ("ND30-06.53", issued, edit("content", 1, 1, bold=False)),
    ("ND30-06.54", issued, say("1.1. Đẩy mạnh cải cách.")),
    ("ND30-PL.36", issued, edit("content", 1, text="Nhiệm vụ cụ thể như sau./.")),
    ("ND30-PL.36", two_appendices, edit("content", 1, text="Nhiệm vụ cụ thể tại Phụ lục I./.")),
    ("ND30-VD.1", issued, say("Thực hiện Quyết định số 3134/KH-UBND của tỉnh.")),
    ("ND30-VD.1", issued, say("Thực hiện Nghị định số 30/2020/QĐ-TTg của Chính phủ.")),
    ("ND30-VD.1", issued, say("Thực hiện Nghị quyết số 39-QĐ/TW của Bộ Chính trị.")),
    ("ND30-VD.2", issued, say("Thực hiện Nghị định 30/2020/NĐ-CP của Chính phủ.")),
    ("ND30-VD.2", issued, say("Thực hiện Nghị định 30/2020 của Chính phủ.")),
    ("ND30-VD.3", issued, say("Theo quy định tại khoản 2 điều 5 Nghị định này.")),
    ("ND30-VD.3", issued, say("Theo quy định tại điều 5 Luật Đầu tư công.")),
    ("ND30-VD.3", issued, say("Các nhiệm vụ nêu tại mục II Kế hoạch này.")),
    ("ND30-VD.4", issued, say("Theo quy định tại Khoản 2 Điều 5 Nghị định này.")),
    ("ND30-VD.4", issued, say("Theo quy định tại Điểm a khoản 2 Điều 5 Nghị định này.")),
    ("ND30-VD.5", issued, say("Hoàn thành trước ngày 15 tháng 03 năm 2023.")),
    ("ND30-VD.6", issued, edit("bases", at=1, text="Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ;")),
    ("ND30-VH.1", issued, say("Đẩy mạnh cải cách. các đơn vị thực hiện.")),
    ("ND30-VH.2", issued, say("Giao Ủy Ban Nhân Dân các xã thực hiện.")),
    ("ND30-VH.2", issued, say("Giao Hội đồng Nhân dân thị xã giám sát.")),
    ("ND30-VH.2", issued, say("Giao ủy ban nhân dân xã Thủy Bằng thực hiện.")),
    ("ND30-VH.3", issued, say("Giao Sở Giáo dục Và Đào tạo chủ trì.")),
    ("ND30-VH.4", issued, say("Xây dựng nền hành chính phục vụ nhân dân.")),
    ("ND30-VH.4", issued, say("Chủ trương của Đảng và nhà nước về cải cách.")),
    ("ND30-VH.5", issued, say("Giao Ủy ban nhân dân quận 1 thực hiện.")),
    ("ND30-VH.6", issued, say("Trên địa bàn Tỉnh Nam Định và các nơi khác.")),
    ("ND30-VH.7", issued, say("Họp vào sáng thứ hai, tại trụ sở.")),
    ("ND30-VH.7", issued, say("Hoàn thành trong tháng tám.")),
    ("ND30-VH.8", issued, say("Hoàn thành trong Tháng 8.")),
    ("ND30-PL.35", issued, edit("attached_to", 2, text="Kèm theo Kế hoạch số 12/KH-UBND ngày 05/12/2022 của UBND")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "make", "mutate"), CHANGES, ids=[f"{code}-{n}" for n, (code, *_) in enumerate(CHANGES)]
)
def test_one_change_against_a_function(code: str, make: Callable[[], File], mutate: Mutate) -> None:
    file = make()
    mutate(file)
    assert found(file) == [code]


def test_every_rule_is_broken_by_a_change() -> None:
    broken = {code for code, *_ in CHANGES} | {row.rule(aspect).code for row, aspect in FROM_ROWS}
    # a file that is no Word file is tested in test_check.py, what a program can't tell in test_unsure.py
    assert {rule.code for rule in all_rules()} - broken == {"ND30-T.1", "ND30-U.1", "ND30-U.2", "ND30-U.4"}


# --- what must pass -----------------------------------------------------------------------------------------------

HARMLESS: list[tuple[str, Callable[[], File], Mutate]] = [
    ("tone mark on the second vowel", issued, edit("national_name", text="CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
    ("not numbered yet", issued, edit("number", text="Số:          /QĐ-UBND")),
    ("a number with a letter", issued, edit("number", text="Số: 8001a/QĐ-UBND")),
    ("a small number", issued, edit("number", text="Số: 05/QĐ-UBND")),
    ("not dated yet", issued, edit("place_and_date", text="Hương Thủy, ngày      tháng 12 năm 2022")),
    ("January is padded", issued, edit("place_and_date", text="Hương Thủy, ngày 05 tháng 01 năm 2022")),
    ("twips are rounded", issued, page(left=35.01, top=25.01, right=20.003)),
    ("10 mm", issued, edit("content", 1, 0, indent=10)),
    ("exactly 17 pt", issued, edit("content", 1, 0, spacing=1.06)),
    ("no parent agency", issued, drop("parent_agency")),
    ("no agency above, one line", issued, one_agency_on_one_line),
    ("the chair decides and signs", issued, chair_decides),
    ("a deputy signs", issued, deputy_signs),
    ("a plan without a signature", issued, drop("signing_authority", "signer", draft=1)),
    ("one addressee", lambda: [letter()], lambda file: file[0].parts.__setitem__(
        "addressees", [Line("Kính gửi: Ủy ban nhân dân tỉnh.")])),
    ("a table ends a phụ lục", issued, table_ends_appendix),
    ("the signing program's line", issued, add("signing", Line(SIGNED, size=10, align="right"), draft=2)),
    ("the smaller set of sizes", issued, smaller_sizes),
    ("no title below điều", regulated, edit("content", 1, 4, text=" Phạm vi điều chỉnh.")),
    ("points begin again", regulated, points_again),
    ("abbreviations are no ends of sentences", issued, say("Giao TP. đầu tiên, KT. trưởng phòng, v.v. theo 1.5 lần.")),
    ("decimals, times, ranges", issued, say("Tăng 2.5 lần; 7h30 ngày 01/3; giai đoạn 2021 - 2025.")),
    ("the decree's own small letters", issued, say("Các cơ quan nhà nước, tòa án nhân dân các cấp.")),
    ("councils in general", issued, say("Việc bầu ủy ban nhân dân các cấp.")),
    ("a Party resolution", issued, say("Thực hiện Nghị quyết số 39-NQ/TW ngày 17/4/2015 của Bộ Chính trị.")),
    ("a plan issued by a decision", issued, say("Thực hiện Kế hoạch số 12/QĐ-UBND của tỉnh.")),
    ("a công văn of an agency named like a kind", issued, say("Theo Công văn số 12/KH-TH của Sở.")),
    ("khoản at the head of a sentence", issued, say("Khoản 2 Điều 5 Nghị định này được áp dụng.")),
    ("điều as a verb", issued, say("Đã điều 5 cán bộ về cơ sở; lần thứ hai, trong năm tháng.")),
    ("a month with a date in figures", issued, say("Trước ngày 15 tháng 3 và trong tháng 03/2023.")),
    ("names of people's own", issued, say("Giao Phường Điện Biên Phủ, Tỉnh Đoàn, Tỉnh ủy thực hiện.")),
    ("money of another country", issued, say("Quy đổi với nhân dân tệ.")),
    ("dark grey nobody sees", issued, edit("content", color="0D0D0D")),
]  # fmt: skip


@pytest.mark.parametrize(("make", "mutate"), [case[1:] for case in HARMLESS], ids=[case[0] for case in HARMLESS])
def test_a_harmless_change(make: Callable[[], File], mutate: Mutate) -> None:
    file = make()
    mutate(file)
    assert [finding.message for finding in check_document(build(*file))] == []
