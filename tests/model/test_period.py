"""Codes of periods: what they mean, how they are printed, and what is said of anything else."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.periods.period import Period, ad_hoc, parse_period, period_of
from docgen.model.periods.scheme import MANY

SLOTS = [*MANY["M"], *MANY["Q"], "H1", "H2", "9M", "NAM"]
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
REGULAR = st.builds(period_of, st.sampled_from(SLOTS), st.integers(1901, 2200))
AD_HOC = st.tuples(DAYS, DAYS).map(lambda days: ad_hoc(min(days), max(days)))


@pytest.mark.parametrize(
    ("code", "kind", "number", "name", "days"),
    [
        ("2023-M01", "month", 1, "tháng 01 năm 2023", "2023-01-01 2023-01-31"),
        ("2024-M02", "month", 2, "tháng 02 năm 2024", "2024-02-01 2024-02-29"),
        ("2023-M03", "month", 3, "tháng 3 năm 2023", "2023-03-01 2023-03-31"),
        ("2023-M12", "month", 12, "tháng 12 năm 2023", "2023-12-01 2023-12-31"),
        ("2023-Q1", "quarter", 1, "Quý I năm 2023", "2023-01-01 2023-03-31"),
        ("2023-Q4", "quarter", 4, "Quý IV năm 2023", "2023-10-01 2023-12-31"),
        ("2023-H1", "half", 1, "6 tháng đầu năm 2023", "2023-01-01 2023-06-30"),
        ("2023-H2", "half", 2, "6 tháng cuối năm 2023", "2023-07-01 2023-12-31"),
        ("2023-9M", "nine_months", 1, "9 tháng năm 2023", "2023-01-01 2023-09-30"),
        ("2023", "year", 1, "năm 2023", "2023-01-01 2023-12-31"),
        (
            "2023-03-01..2023-05-31",
            "ad_hoc",
            0,
            "từ ngày 01/3/2023 đến ngày 31/5/2023",
            "2023-03-01 2023-05-31",
        ),
        (
            "2022-12-15..2023-01-14",
            "ad_hoc",
            0,
            "từ ngày 15/12/2022 đến ngày 14/01/2023",
            "2022-12-15 2023-01-14",
        ),
    ],
)
def test_codes(code: str, kind: str, number: int, name: str, days: str) -> None:
    period = parse_period(f" {code} ")
    assert (period.type, period.number, period.name, period.year) == (kind, number, name, int(code[-10:][:4]))
    assert " ".join(day.isoformat() for day in period.calendar_days) == days
    assert str(period) == period.code == code


@given(REGULAR | AD_HOC)
def test_what_is_printed_is_read_back(period: Period) -> None:
    assert parse_period(str(period)) == period
    assert hash(parse_period(str(period))) == hash(period)


@pytest.mark.parametrize("slot", SLOTS)
def test_slots(slot: str) -> None:
    assert period_of(slot, 2023).slot == slot
    assert period_of(slot, 2023).cumulative == (slot in ("H1", "9M", "NAM"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2023Q1", "2023-Q1"),
        ("Q1-2023", "2023-Q1"),
        ("2023-q1", "2023-Q1"),
        ("1Q2023", "2023-Q1"),
        ("Q4/2023", "2023-Q4"),
        ("Quý I năm 2023", "2023-Q1"),
        ("quý III/2023", "2023-Q3"),
        ("Quy 2 2023", "2023-Q2"),
        ("6 tháng đầu năm 2023", "2023-H1"),
        ("6 tháng 2023", "2023-H1"),
        ("2023-6M", "2023-H1"),
        ("6 tháng cuối năm 2023", "2023-H2"),
        ("2023H2", "2023-H2"),
        ("9 tháng đầu năm 2023", "2023-9M"),
        ("9T/2023", None),
        ("9m-2023", "2023-9M"),
        ("2023-M1", "2023-M01"),
        ("2023-03", "2023-M03"),
        ("03/2023", "2023-M03"),
        ("T3/2023", "2023-M03"),
        ("tháng 12 năm 2023", "2023-M12"),
        ("năm 2023", "2023"),
        ("２０２３", "2023"),
        ("01/3/2023 - 31/5/2023", "2023-03-01..2023-05-31"),
        ("2023-03-01 đến 2023-05-31", "2023-03-01..2023-05-31"),
        ("2023-3-1..2023-5-31", "2023-03-01..2023-05-31"),
        ("31/5/2023 - 01/3/2023", None),
        ("31/2/2023 - 01/3/2023", None),
        ("2023-2-31 2023-3-1", None),
        ("", None),
        ("quý", None),
        ("2022-2023", None),
        ("2023-Q12", None),
        ("tháng 13/2023", None),
    ],
)
def test_anything_else_is_refused_with_what_was_meant(typed: str, meant: str | None) -> None:
    with pytest.raises(ValueError, match="không phải mã kỳ báo cáo") as refused:
        parse_period(typed)
    if meant is None:
        assert "; hãy viết như 2023-M01, 2023-Q1," in str(refused.value)
    else:
        assert str(refused.value) == f"“{typed}” không phải mã kỳ báo cáo; ý bạn là “{meant}”?"
        assert parse_period(meant).code == meant


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2023-Q5", "“2023-Q5”: quý chỉ từ 1 đến 4"),
        ("2023-Q0", "“2023-Q0”: quý chỉ từ 1 đến 4"),
        ("2023-M13", "“2023-M13”: tháng chỉ từ 1 đến 12"),
        ("2023-H3", "“2023-H3”: nửa năm chỉ từ 1 đến 2"),
        ("1800", "“1800”: năm phải từ 1900 đến 2200"),
        ("9999-12-30..9999-12-31", "“9999-12-30..9999-12-31”: năm phải từ 1900 đến 2200"),
        ("2023-05-31..2023-03-01", "ngày đầu kỳ 31/5/2023 sau ngày cuối kỳ 01/3/2023; đổi chỗ hai ngày"),
        (
            "2023-02-29..2023-03-01",
            "không có ngày 29/02/2023: tháng 2 năm 2023 có 28 ngày, hãy xem lại",
        ),
    ],
)
def test_periods_that_no_year_has(typed: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_period(typed)


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_a_message(text: str) -> None:
    try:
        parse_period(text)
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("2023-M01", "2022-M12"),
        ("2023-M02", "2023-M01"),
        ("2023-Q1", "2022-Q4"),
        ("2023-Q3", "2023-Q2"),
        ("2023-H1", "2022-H1"),
        ("2023-H2", "2023-H1"),
        ("2023-9M", "2022-9M"),
        ("2023", "2022"),
    ],
)
def test_stepping_back(code: str, before: str) -> None:
    assert parse_period(code).stepped_back().code == before
