"""A right document passes; change one thing, and exactly the rule for that thing speaks."""

from collections.abc import Callable

import pytest

from docgen.layout.check import ROWS, all_rules, check_document
from docgen.layout.rules.base import Aspect, Row
from tests.layout.documents import Draft, Line, appendix, body, build, decision, letter, plan

File = list[Draft]
Mutate = Callable[[File], object]


def issued() -> File:
    return [decision(), plan(), appendix()]


def two_appendices() -> File:
    return [decision(), plan(), appendix("Phụ lục I"), appendix("Phụ lục II")]


def found(file: File) -> list[str]:
    return sorted({finding.rule for finding in check_document(build(*file))})


RIGHT = {
    "decision": lambda: [decision()],
    "plan": lambda: [plan()],
    "appendix": lambda: [appendix()],
    "letter": lambda: [letter()],
    "issued": issued,
    "two appendices": two_appendices,
}


@pytest.mark.parametrize("make", RIGHT.values(), ids=RIGHT)
def test_a_right_file_has_no_finding(make: Callable[[], File]) -> None:
    assert check_document(build(*make())) == []


# --- what rows say: every aspect of every row, broken in the same way each -----------------------------------------

_DRAFT = {"05b": 0, "09a": 0, "KT": 1, "PL": 2}
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


FROM_ROWS = [(row, aspect) for row in ROWS for aspect in Aspect if row.says(aspect)]


@pytest.mark.parametrize(("row", "aspect"), FROM_ROWS, ids=[row.rule(aspect).slug for row, aspect in FROM_ROWS])
def test_one_change_against_a_row(row: Row, aspect: Aspect) -> None:
    file = [letter()] if row.box in {"05b", "09a"} else issued()
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


def headless(file: File) -> None:
    drop("parent_agency", "issuing_agency", "national_name", "motto", draft=1)(file)


def one_section(file: File) -> None:
    file[2].page = None


def unnumbered(file: File) -> None:
    """More text than one page holds, and no page number."""
    page(number=None)(file)
    add("content", *[body("Văn bản.")] * 40, body("./."))(file)


def unbracketed(file: File) -> None:
    file[1]["attached_to"] = [Line("Kèm theo Quyết định số 3951/QĐ-UBND của UBND thị xã", italic=True, rule=40)]


def chair_decides(file: File) -> None:
    edit("authority", text="CHỦ TỊCH ỦY BAN NHÂN DÂN THỊ XÃ HƯƠNG THỦY")(file)
    file[0]["signing_authority"].pop(0)


def deputy_signs(file: File) -> None:
    file[0]["signing_authority"][1:] = [Line("KT. CHỦ TỊCH", bold=True), Line("PHÓ CHỦ TỊCH", bold=True)]


def one_agency_on_one_line(file: File) -> None:
    file[0]["parent_agency"] = []
    file[0]["issuing_agency"].pop(0)


def table_ends_appendix(file: File) -> None:
    file[2].after_tasks.clear()
    file[2].tasks.append(["", "Tổng", "5./."])


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
    ("ND30-PL.35", issued, edit("attached_to", 2, text="Kèm theo Kế hoạch số 12/KH-UBND của UBND thị xã")),
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
    # a file that is no Word file is tested in test_check.py
    assert {rule.code for rule in all_rules()} - broken == {"ND30-T.1"}


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
    ("dark grey nobody sees", issued, edit("content", color="0D0D0D")),
]  # fmt: skip


@pytest.mark.parametrize(("make", "mutate"), [case[1:] for case in HARMLESS], ids=[case[0] for case in HARMLESS])
def test_a_harmless_change(make: Callable[[], File], mutate: Mutate) -> None:
    file = make()
    mutate(file)
    assert [finding.message for finding in check_document(build(*file))] == []
