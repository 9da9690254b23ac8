import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.wording.dates import (
    PartialDate,
    format_date,
    format_long_date,
    format_partial_date,
    format_place_and_date,
    format_short_date,
    parse_date,
    parse_partial_date,
)


@pytest.mark.parametrize("text", ["05/02/2023", "5/2/2023", "05-02-2023", "5.2.2023", "2023-02-05", " 05/02/2023\n"])
def test_accepted(text):
    assert parse_date(text) == date(2023, 2, 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/02/2023", "không có ngày 31/02/2023: tháng 2 năm 2023 có 28 ngày"),
        ("29/02/2023", "không có ngày 29/02/2023"),
        ("2023-02-30", "không có ngày 30/02/2023"),
        ("0/2/2023", "không có ngày 00/02/2023"),
        ("12/13/2022", "không có tháng 13; hãy viết ngày trước, tháng sau"),
        ("05/02/0000", "không có năm 0000"),
        ("05/02/23", "năm phải viết đủ bốn chữ số"),
        ("05/02-2023", "không phải ngày"),
        ("2023/02/05", "không phải ngày"),
        ("05/02/20233", "không phải ngày"),
        ("12/2022", "không phải ngày"),
        ("5 tháng 2", "không phải ngày"),
        ("٠٥/٠٢/٢٠٢٣", "không phải ngày"),
        ("", "không phải ngày"),
    ],
)
def test_refused(text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12/2022", PartialDate(2022, 12, None)),
        ("2/2022", PartialDate(2022, 2)),
        ("2022-12", PartialDate(2022, 12)),
        ("30/12/2022", PartialDate(2022, 12, 30)),
        ("2022-12-30", PartialDate(2022, 12, 30)),
    ],
)
def test_partial(text, wanted):
    assert parse_partial_date(text) == wanted


@pytest.mark.parametrize("text", ["13/2022", "0/2022", "12/22", "31/02/2023", "2022"])
def test_partial_refused(text):
    with pytest.raises(ValueError, match="không"):
        parse_partial_date(text)


@given(st.dates())
def test_short_form_is_read_back(day):
    assert parse_date(format_date(day)) == parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2023, 2, 5), "ngày 05 tháng 02 năm 2023"),
        (date(2023, 1, 10), "ngày 10 tháng 01 năm 2023"),
        (date(2022, 3, 9), "ngày 09 tháng 3 năm 2022"),
        (date(2022, 6, 29), "ngày 29 tháng 6 năm 2022"),
        (date(2022, 12, 30), "ngày 30 tháng 12 năm 2022"),
        (PartialDate(2022, 12, 30), "ngày 30 tháng 12 năm 2022"),
        (PartialDate(2022, 12), "ngày         tháng 12 năm 2022"),
    ],
)
def test_long_form(day, text):
    assert format_long_date(day) == text


@pytest.mark.parametrize("text", ["05/02/2023", "12/2022"])
def test_a_partial_date_reads_back(text):
    assert format_partial_date(parse_partial_date(text)) == text


def test_days_in_a_text_have_zeros_before_small_numbers_only():
    assert format_short_date(date(2023, 2, 5)) == "05/02/2023"
    assert format_short_date(date(2023, 3, 15)) == "15/3/2023"


def test_place_and_date():
    day = date(2022, 12, 30)
    assert format_place_and_date("Hương Thủy", day) == "Hương Thủy, ngày 30 tháng 12 năm 2022"
