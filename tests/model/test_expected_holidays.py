"""Days off of a year without a file: what the library `holidays` says, its differences from our files, due dates."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from docgen.model.periods.holidays import EXPECTED, expected_holidays, working_day_after
from docgen.model.periods.period import parse_period
from docgen.model.periods.scheme import window
from docgen.readers.scheme_file import days_off_remarks, read_holidays, read_scheme
from docgen.workflows.build import shipped_data
from tests.conftest import ROOT

#: The days on which the library and our file of a year disagree: whether one works by our file, and why.
DIFFERENCES = {
    2022: {},
    2023: {},
    2024: {},
    2026: {
        "2026-01-02": False,  # swapped for 10/01 by 12729/VPCP-KGVX of 25/12/2025, which the library doesn't know
        "2026-01-10": True,
        "2026-11-24": True,  # Ngày Văn hóa Việt Nam: the library takes it as law, our file knows of an intention only
    },
}


@pytest.mark.parametrize("year", sorted(DIFFERENCES))
def test_differences_from_our_files(year: int) -> None:
    own, expected = read_holidays(year, None, shipped_data()), expected_holidays(year)
    assert own is not None and expected is not None
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    found = {day.isoformat(): own.working(day) for day in days if own.working(day) != expected.working(day)}
    assert {day: works for day, works in found.items() if day.startswith(str(year))} == DIFFERENCES[year]


def test_every_shipped_year_is_compared() -> None:
    assert {int(path.stem) for path in (ROOT / "data" / "ngay_nghi").glob("*.yaml")} == set(DIFFERENCES)


def test_a_year_of_the_library() -> None:
    found = expected_holidays(2025)
    assert found is not None
    assert (found.year, found.certainty) == (2025, "C")
    assert found.source.startswith(EXPECTED)
    assert {off.first: off.name for off in found.off}[date(2025, 9, 2)] == "Quốc khánh"
    # 02/5 is off, and Saturday 26/4 worked for it; days swapped in other years aren't of this one.
    assert not found.working(date(2025, 5, 2)) and found.working(date(2025, 4, 26))
    assert [made_up.day for made_up in found.worked] == [date(2025, 4, 26)]


@pytest.mark.parametrize("year", [1900, 2101, 2150])
def test_a_year_that_the_library_has_not(year: int) -> None:
    assert expected_holidays(year) is None


def test_names_are_vietnamese_whatever_the_language_here(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from docgen.model.periods.holidays import expected_holidays as e; print(ascii(e(2027).off[0].name))"
    monkeypatch.setenv("LANGUAGE", "en_US")
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="ascii", check=True).stdout
    assert found.strip() == ascii("Tết Dương lịch")


@pytest.mark.parametrize(
    ("code", "due", "expected"),
    [
        ("2025-M01", "2025-01-16", (2025,)),
        ("2025-M04", "2025-04-16", (2025,)),
        ("2027-Q1", "2027-03-16", (2027,)),
        ("2027", "2027-12-16", (2027,)),
        ("2024", "2024-12-17", ()),  # 14/12 is a Saturday
        ("2026", "2026-12-16", ()),
    ],
)
def test_due_dates(code: str, due: str, expected: tuple[int, ...]) -> None:
    found = window(read_scheme("nd09", None, shipped_data()), parse_period(code))
    assert found.due is not None
    assert (found.due.isoformat(), found.days_off_expected, found.days_off_unknown) == (due, expected, None)


def test_days_off_are_passed_over_in_such_years() -> None:
    assert working_day_after(date(2025, 1, 24), 1, ()) == date(2025, 2, 3)  # Tết
    assert working_day_after(date(2025, 4, 25), 1, ()) == date(2025, 4, 26)  # a Saturday that is worked
    assert working_day_after(date(2026, 12, 31), 1, ()) == date(2027, 1, 4)


def test_what_is_said() -> None:
    scheme = read_scheme("nd09", None, shipped_data())
    said = days_off_remarks(window(scheme, parse_period(code)) for code in ("2023", "2025", "2027", "2027-Q1", "2150"))
    assert [(one.code, one.message) for one in said] == [
        ("holidays.expected", "hạn gửi tính theo ngày làm việc: ngày nghỉ năm 2025 theo lịch dự kiến, chưa có văn bản"),
        ("holidays.expected", "hạn gửi tính theo ngày làm việc: ngày nghỉ năm 2027 theo lịch dự kiến, chưa có văn bản"),
        (
            "holidays.missing",
            "chưa có danh sách ngày nghỉ năm 2150, nên hạn gửi tính theo ngày làm việc còn để trống",
        ),
    ]
    assert said[0].hint == "tạo ngay_nghi/2025.yaml trong thư mục kế hoạch"


_LOADED = """
import sys
from docgen.cli.main import main
try:
    main()
finally:
    print("loaded" if "holidays" in sys.modules else "not loaded")
"""


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (("periods", "2023"), "not loaded"),
        (("periods", "2025", "--scheme", "cchc"), "not loaded"),
        (("periods", "2025"), "loaded"),
    ],
)
def test_the_library_is_loaded_where_a_year_has_no_file(arguments: tuple[str, ...], loaded: str) -> None:
    code = [sys.executable, "-X", "utf8", "-c", _LOADED, *arguments]
    shown = subprocess.run(code, capture_output=True, encoding="utf-8", check=True).stdout
    assert shown.splitlines()[-1] == loaded
