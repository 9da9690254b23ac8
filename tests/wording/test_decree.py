"""The names of the decree against its own text: Điều 7, and the table of abbreviations in Phụ lục III, Mục I."""

import pytest

from docgen.wording import decree
from docgen.wording.text import fold_case

ARTICLE_7 = (
    "Nghị quyết (cá biệt), quyết định (cá biệt), chỉ thị, quy chế, quy định, thông cáo, thông báo, hướng dẫn, "
    "chương trình, kế hoạch, phương án, đề án, dự án, báo cáo, biên bản, tờ trình, hợp đồng, công văn, công điện, "
    "bản ghi nhớ, bản thỏa thuận, giấy uỷ quyền, giấy mời, giấy giới thiệu, giấy nghỉ phép, phiếu gửi, phiếu chuyển, "
    "phiếu báo, thư công"
)
APPENDIX_III = """
Nghị quyết (cá biệt) | NQ
Quyết định (cá biệt) | QĐ
Chỉ thị | CT
Quy chế | QC
Quy định | QyĐ
Thông cáo | TC
Thông báo | TB
Hướng dẫn | HD
Chương trình | CTr
Kế hoạch | KH
Phương án | PA
Đề án | ĐA
Dự án | DA
Báo cáo | BC
Biên bản | BB
Tờ trình | TTr
Hợp đồng | HĐ
Công điện | CĐ
Bản ghi nhớ | BGN
Bản thỏa thuận | BTT
Giấy uỷ quyền | GUQ
Giấy mời | GM
Giấy giới thiệu | GGT
Giấy nghỉ phép | GNP
Phiếu gửi | PG
Phiếu chuyển | PC
Phiếu báo | PB
"""


def test_the_kinds_are_those_of_article_7() -> None:
    named = [fold_case(one.replace("(cá biệt)", "")) for one in ARTICLE_7.split(", ")]
    assert list(decree.KINDS) == named
    assert len(named) == 29


def test_the_abbreviations_are_those_of_appendix_iii() -> None:
    rows = [line.split(" | ") for line in APPENDIX_III.strip().splitlines()]
    listed = {fold_case(name.replace("(cá biệt)", "")): short for name, short in rows}
    assert {kind: short for kind, short in decree.KINDS.items() if short} == listed
    assert set(decree.KINDS) - set(listed) == {"công văn", "thư công"}


def test_names_in_small_letters_are_folded() -> None:
    names = {*decree.KINDS, *decree.DECISIONS, *decree.STAMPS, *decree.BODIES, *decree.LEVELS, decree.OFFICIAL_LETTER}
    assert {fold_case(name) for name in names} == names


@pytest.mark.parametrize(
    ("name", "short"), [("Giấy uỷ quyền", "GUQ"), ("GIẤY  ỦY QUYỀN", "GUQ"), ("công văn", ""), ("Bài thơ", "")]
)
def test_an_abbreviation_is_found_however_its_kind_is_typed(name: str, short: str) -> None:
    assert decree.abbreviation(name) == short


@pytest.mark.parametrize(
    ("title", "kind"),
    [("QUYẾT ĐỊNH", "quyết định"), ("Giấy uỷ quyền", "giấy ủy quyền"), ("CÔNG VĂN", None), ("QUYẾT ĐỊNH:", None)],
)
def test_a_title_names_its_kind(title: str, kind: str | None) -> None:
    assert decree.titled_kind(title) == kind
