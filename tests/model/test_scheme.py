"""Schemes: the windows and due dates that they give, what comes before, and what is said of a bad one."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import DataError, SourceError
from docgen.model.periods.holidays import working_day_after
from docgen.model.periods.period import Period, parse_period, period_of
from docgen.model.periods.scheme import MANY, Scheme, parse_rule_day, window
from docgen.readers.scheme_file import UnknownSchemeError, read_holidays, read_scheme
from tests.conftest import ROOT

DATA = ROOT / "data"
SCHEMES = {path.stem: read_scheme(path.stem, None, DATA) for path in sorted((DATA / "ky_bao_cao").glob("*.yaml"))}
YEARS = st.integers(1901, 2200)
MakeScheme = Callable[..., Scheme]


def shown(scheme: str, code: str) -> str:
    start, end, due, in_scheme, _unknown, _expected = window(SCHEMES[scheme], parse_period(code))
    return f"{start} {end} {due or '-'}" + ("" if in_scheme else " outside")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2023-M01", "2022-12-15 2023-01-14 2023-01-17"),
        ("2023-M02", "2023-01-15 2023-02-14 2023-02-16"),
        ("2023-M12", "2023-11-15 2023-12-14 2023-12-18"),
        ("2024-M03", "2024-02-15 2024-03-14 2024-03-18"),
        ("2023-Q1", "2022-12-15 2023-03-14 2023-03-16"),
        ("2023-Q2", "2023-03-15 2023-06-14 2023-06-16"),
        ("2023-Q3", "2023-06-15 2023-09-14 2023-09-18"),
        ("2023-Q4", "2023-09-15 2023-12-14 2023-12-18"),
        ("2023-H1", "2022-12-15 2023-06-14 2023-06-16"),
        ("2023-H2", "2023-06-15 2023-12-14 2023-12-18"),
        ("2023-9M", "2022-12-15 2023-09-14 2023-09-18"),
        ("2023", "2022-12-15 2023-12-14 2023-12-18"),
        ("2023-03-01..2023-05-31", "2023-03-01 2023-05-31 - outside"),
    ],
)
def test_decree_09(code: str, expected: str) -> None:
    assert shown("nd09", code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2023-Q1", "2022-12-15 2023-03-14 2023-03-20"),
        ("2023-H1", "2022-12-15 2023-06-14 2023-06-20"),
        ("2023-Q3", "2023-06-15 2023-09-14 2023-09-20"),
        ("2023", "2022-12-15 2023-12-14 2023-12-20"),
        ("2023-Q2", "2023-04-01 2023-06-30 - outside"),
        ("2023-9M", "2023-01-01 2023-09-30 - outside"),
        ("2023-M02", "2023-02-01 2023-02-28 - outside"),
    ],
)
def test_cchc(code: str, expected: str) -> None:
    assert shown("cchc", code) == expected


def test_cchc_has_four_reports_a_year() -> None:
    assert [period.code for period in SCHEMES["cchc"].periods(2023)] == ["2023-Q1", "2023-H1", "2023-Q3", "2023"]


@given(st.sampled_from([*MANY["M"], *MANY["Q"], "H1", "H2", "9M", "NAM"]), YEARS)
def test_the_calendar_scheme_is_the_calendar(slot: str, year: int) -> None:
    period = period_of(slot, year)
    assert window(SCHEMES["duong-lich"], period) == (*period.calendar_days, None, True, None, ())


def test_only_what_is_known_is_said_to_be_known() -> None:
    assert all(scheme.certainty != "A" for scheme in SCHEMES.values())
    certainty = {p.slot: SCHEMES["nd09"].certainty_of(p) for p in SCHEMES["nd09"].periods(2023)}
    assert {slot for slot, mark in certainty.items() if mark == "C"} == {"H2", "9M"}
    assert set(certainty.values()) == {"B", "C"}


@settings(deadline=None)  # the library holidays is loaded once
@given(st.sampled_from(["nd09", "duong-lich"]), st.sampled_from(["M", "Q", "H"]), YEARS)
def test_parts_tile_the_year(name: str, letter: str, year: int) -> None:
    scheme = SCHEMES[name]
    parts = sorted(window(scheme, p) for p in scheme.periods(year) if p.slot.startswith(letter))
    whole = window(scheme, Period(year, "year"))
    assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
    for one, following in pairwise(parts):
        assert following.start - one.end == timedelta(days=1)


@settings(deadline=None)  # the library holidays is loaded once
@given(st.sampled_from(sorted(SCHEMES)), YEARS, st.data())
def test_one_year_follows_the_other(name: str, year: int, data: st.DataObject) -> None:
    scheme = SCHEMES[name]
    assert (
        window(scheme, Period(year, "year")).end + timedelta(days=1) == window(scheme, Period(year + 1, "year")).start
    )
    period = data.draw(st.sampled_from(list(scheme.periods(year))))
    found = window(scheme, period)
    assert found.start <= found.end
    assert found.due is None or found.due >= found.end


def test_working_days() -> None:
    days_off = tuple(found for year in (2022, 2023, 2024, 2026) if (found := read_holidays(year, None, DATA)))
    assert len(days_off) == 4
    for day, count, expected in [
        ("2023-01-19", 1, "2023-01-27"),  # Tết is 20/01 to 26/01
        ("2023-04-28", 1, "2023-05-04"),
        ("2022-12-30", 1, "2023-01-03"),  # over the end of a year; 01/01 is a Sunday
        ("2024-04-26", 1, "2024-05-02"),
        ("2024-05-03", 1, "2024-05-04"),  # a Saturday that is worked
        ("2024-05-03", 2, "2024-05-06"),
        ("2026-08-21", 1, "2026-08-22"),
        ("2026-08-28", 1, "2026-09-03"),
    ]:
        assert working_day_after(date.fromisoformat(day), count, days_off).isoformat() == expected


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2026])
def test_fixed_holidays_are_in_every_year(year: int) -> None:
    found = read_holidays(year, None, DATA)
    assert found is not None
    assert found.certainty == "C"
    for month, day in [(1, 1), (4, 30), (5, 1), (9, 1), (9, 2)]:
        assert not found.working(date(year, month, day))
    off = sum(((one.last or one.first) - one.first).days + 1 for one in found.off)
    assert off >= 11  # Bộ luật Lao động 2019, Điều 112


def test_a_year_without_days_off_leaves_the_due_date_open() -> None:
    found = window(SCHEMES["nd09"], parse_period("2150-Q1"))
    assert (found.due, found.days_off_unknown, found.in_scheme) == (None, 2150, True)
    assert read_holidays(2150, None, DATA) is None


@pytest.mark.parametrize(
    ("text", "month", "expected"),
    [
        ("15/12 năm trước", 1, "2022-12-15"),
        ("  15 / 12  nam truoc ", 7, "2022-12-15"),
        ("14/3", 3, "2023-03-14"),
        ("ngày 5/1 năm sau", 12, "2024-01-05"),
        ("ngày 15 tháng trước", 1, "2022-12-15"),
        ("ngày 15 tháng trước", 4, "2023-03-15"),
        ("ngày 5 tháng sau", 12, "2024-01-05"),
        ("ngày 20", 6, "2023-06-20"),
        ("ngày cuối tháng", 2, "2023-02-28"),
        ("cuối tháng trước", 1, "2022-12-31"),
    ],
)
def test_days_of_a_scheme(text: str, month: int, expected: str) -> None:
    assert parse_rule_day(text).on(2023, month).isoformat() == expected


# Files

GOOD = """\
ma: rieng
ten: Báo cáo riêng
nguon: Quyết định của UBND
do_tin_cay: A
loai_ky: hanh_chinh
ky:
  - ky: Q
    tu: ngày 26 tháng trước
    den: ngày 25
    han_gui: ngày 28
  - ky: M12
    tu: 26/11
    den: 25/12
    han_gui_sau: 10
"""


@pytest.fixture
def make_scheme(tmp_path: Path) -> MakeScheme:
    """Reads a scheme "rieng" from a plan's folder: the good one, some of its text replaced."""

    def make(*changes: tuple[str, str], days_off: str | None = None, text: str = GOOD) -> Scheme:
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        for folder, name, content in (("ky_bao_cao", "rieng", text), ("ngay_nghi", "2024", days_off)):
            if content is not None:
                path = tmp_path / "plan" / folder / f"{name}.yaml"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, encoding="utf-8")
        return read_scheme("rieng", tmp_path / "plan", DATA)

    return make


def test_an_own_scheme(make_scheme: MakeScheme) -> None:
    scheme = make_scheme()
    assert [period.slot for period in scheme.periods(2023)] == ["Q1", "Q2", "Q3", "Q4", "M12"]
    assert window(scheme, parse_period("2023-Q1")) == (
        date(2022, 12, 26),
        date(2023, 3, 25),
        date(2023, 3, 28),
        True,
        None,
        (),
    )
    # Ten working days lead into the next year, past New Year's day.
    assert window(scheme, parse_period("2023-M12")).due == date(2024, 1, 9)


def test_own_days_off_go_before_the_shipped(make_scheme: MakeScheme) -> None:
    own = "nam: 2024\nnguon: x\ndo_tin_cay: A\nnghi:\n  - ngay: 01/01/2024\n    den: 05/01/2024\n    ten: Nghỉ dài\n"
    assert window(make_scheme(days_off=own), parse_period("2023-M12")).due == date(2024, 1, 15)


def test_an_own_scheme_goes_before_the_shipped(tmp_path: Path) -> None:
    (tmp_path / "ky_bao_cao").mkdir()
    shipped = (DATA / "ky_bao_cao" / "cchc.yaml").read_text(encoding="utf-8")
    (tmp_path / "ky_bao_cao" / "cchc.yaml").write_text(shipped.replace("ngày 20", "ngày 16"), encoding="utf-8")
    assert window(read_scheme("cchc", tmp_path, DATA), parse_period("2023-Q1")).due == date(2023, 3, 16)
    assert read_scheme("duong-lich", tmp_path, DATA) == SCHEMES["duong-lich"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ma: rieng", "ma: khac", "1:5: lỗi: mã “khac” khác tên tệp “rieng.yaml”"),
        ("26/11", "26/13", "12:9: lỗi: “26/13”: không phải năm nào cũng có ngày này"),
        ("26/11", "29/2", "12:9: lỗi: “29/2”: không phải năm nào cũng có ngày này"),
        ("26/11", "26", "12:9: lỗi: “26” không phải ngày của một kỳ: hãy viết như “15/12 năm trước”,"),
        ("ngày 28", "ngày 31", "10:14: lỗi: “ngày 31”: không phải tháng nào cũng có ngày này"),
        ("ngày 25", "25/3", "9:10: lỗi: “25/3” là ngày của một tháng, không dùng cho nhiều kỳ"),
        ("26/11", "26/12", "12:9: lỗi: kỳ số liệu của tháng 12 năm 2023 đi lùi: từ 26/12/2023 đến 25/12/2023"),
        ("ngày 28", "ngày 24", "10:14: lỗi: hạn gửi 24/3/2023 của Quý I năm 2023 trước ngày chốt số liệu 25/3/2023"),
        ("ngày 26", "ngày 27", "8:9: lỗi: Quý II năm 2023 tính từ 27/3/2023, nhưng Quý I năm 2023 chốt ngày 25/3/2023"),
        ("han_gui_sau: 10", "han_gui_sau: 0", "14:18: lỗi: hạn gửi sau ngày chốt phải từ 1 đến 60 ngày làm việc"),
        ("han_gui_sau: 10", "han_gui_sau: -1", "14:18: lỗi: “Hạn gửi sau ngày chốt”: “-1” không phải số nguyên"),
        ("han_gui_sau: 10", "han_gui_sau: 1\n    han_gui: 28/12", "14:18: lỗi: ghi cả “han_gui” và “han_gui_sau”"),
        ("- ky: Q\n", "- ky: M12\n", "11:9: lỗi: kỳ “M12” bị ghi hai lần\n  xem thêm: plan/ky_bao_cao/rieng.yaml:7:9"),
        (
            "ky: M12",
            "ky: T12",
            "11:9: lỗi: “Kỳ”: không có lựa chọn “T12”\n  → Chọn một trong: M = mọi tháng; Q = mọi quý;",
        ),
        ("hanh_chinh", "duong_lich", "8:9: lỗi: loai_ky là duong_lich nhưng Quý I năm 2023 tính từ 26/12/2022"),
        ("do_tin_cay: A", "do_tin_cay: D", "4:13: lỗi: “Độ tin cậy”: không có lựa chọn “D”"),
        ("    tu: 26/11\n", "", "11:5: lỗi: thiếu “Số liệu từ ngày” (tu)"),
        ("tu: 26/11", "tuu: 26/11", "12:5: lỗi: không có khóa “tuu”\n  → ý bạn là “tu”?"),
        ("ma: rieng", "ma: rieng\nngay_nghi: 2023", "2:1: lỗi: khóa “ngay_nghi” không ghi trong tệp này"),
    ],
)
def test_bad_schemes(make_scheme: MakeScheme, old: str, new: str, message: str) -> None:
    with pytest.raises(DataError) as refused:
        make_scheme((old, new))
    assert f"plan/ky_bao_cao/rieng.yaml:{message}" in str(refused.value)
    assert len({problem.code for problem in refused.value.problems}) == 1
    assert all(problem.hint for problem in refused.value.problems)


def test_every_problem_at_once(make_scheme: MakeScheme) -> None:
    with pytest.raises(DataError) as refused:
        make_scheme(("ma: rieng", "ma: khac"), ("ngày 25", "25"), ("26/11", "x"), ("do_tin_cay: A", "do_tin_cay: D"))
    assert [problem.place.line for problem in refused.value.problems] == [1, 4, 9, 12]


def test_a_file_that_is_no_scheme(make_scheme: MakeScheme) -> None:
    with pytest.raises(SourceError, match="tệp phải gồm các dòng “khóa: giá trị”"):
        make_scheme(text="- Q1\n")
    with pytest.raises(SourceError, match="tệp trống"):
        make_scheme(text="")
    with pytest.raises(DataError, match="thiếu “Các kỳ”"):
        make_scheme(text=GOOD.split("ky:\n")[0])


HOLIDAYS = (
    "nam: 2024\nnguon: x\ndo_tin_cay: C\nnghi:\n  - ngay: 29/04/2024\n    ten: y\nlam_bu:\n  - ngay: 04/05/2024\n"
)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("nam: 2024", "nam: 2023", "1:6: lỗi: năm 2023 khác tên tệp “2024.yaml”"),
        ("29/04/2024", "29/04/2023", "5:11: lỗi: ngày 29/4/2023 không thuộc năm 2024"),
        ("29/04/2024", "31/04/2024", "5:11: lỗi: “Ngày”: không có ngày 31/04/2024"),
        ("    ten: y", "    ten: y\n    den: 28/04/2024", "7:10: lỗi: ngày đến sớm hơn ngày đầu"),
        ("04/05/2024", "06/05/2024", "8:11: lỗi: ngày làm bù 06/5/2024 không phải thứ Bảy hay Chủ nhật"),
        ("04/05/2024", "04/05/2024\n    thay_cho: 02/05/2024", "9:15: lỗi: làm bù thay cho ngày 02/5/2024, nhưng"),
    ],
)
def test_bad_days_off(make_scheme: MakeScheme, old: str, new: str, message: str) -> None:
    make_scheme(days_off=HOLIDAYS)
    with pytest.raises(DataError) as refused:
        make_scheme(days_off=HOLIDAYS.replace(old, new))
    assert str(refused.value).startswith(f"plan/ngay_nghi/2024.yaml:{message}")
    assert len(refused.value.problems) == 1


def test_days_off_in_a_file_that_names_no_year(make_scheme: MakeScheme, tmp_path: Path) -> None:
    make_scheme(days_off=HOLIDAYS)
    (tmp_path / "plan" / "ngay_nghi" / "tet.yaml").write_text(HOLIDAYS, encoding="utf-8")
    with pytest.raises(DataError, match=r"tên tệp “tet.yaml” không phải một năm"):
        make_scheme()


def test_unknown_names(tmp_path: Path) -> None:
    with pytest.raises(UnknownSchemeError, match=r"không có chế độ báo cáo “cchcc”\n  → ý bạn là “cchc”\?"):
        read_scheme("cchcc", None, DATA)
    with pytest.raises(UnknownSchemeError, match="các chế độ báo cáo có sẵn: cchc, duong-lich, nd09"):
        read_scheme("../x", tmp_path, DATA)
    with pytest.raises(SourceError, match="không có thư mục kế hoạch này"):
        read_scheme("nd09", tmp_path / "khong-co", DATA)
