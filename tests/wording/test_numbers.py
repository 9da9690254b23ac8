import re
from decimal import Decimal, localcontext

import pytest
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.wording.numbers import format_amount, format_percent, format_plain, parse_amount

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("406", "406"),
        ("406.5", "406.5"),
        ("406,5", "406.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1 234 567", "1234567"),
        ("1\u00a0234\u202f567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1 234.567", "1234.567"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1234,567", "1234.567"),
        ("1,2340", "1.234"),
        ("1.2345", "1.2345"),
        ("-5", "-5"),
        ("–5", "-5"),
        ("−1.234,5", "-1234.5"),
        (" \u00a0406\n", "406"),
        ("05", "5"),
        ("0", "0"),
        ("9" * 60 + ",5", "9" * 60 + ".5"),
    ],
)
def test_accepted(text, value):
    assert parse_amount(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "chưa có số"),
        ("  ", "chưa có số"),
        ("-", "không có chữ số nào"),
        ("1.234", "“1.234” có thể là 1234 hoặc 1,234: hãy viết 1234 nếu là số nguyên, hoặc 1,2340"),
        ("1,234", "“1,234” có thể là 1234 hoặc 1,234"),
        ("12.345", "có thể là 12345 hoặc 12,345"),
        ("-123,456", "có thể là -123456 hoặc -123,456"),
        ("2O", "“2O” có chữ “O”: ý bạn là số 0? Nếu đúng, hãy viết “20”"),
        ("l5", "“l5” có chữ “l”: ý bạn là số 1? Nếu đúng, hãy viết “15”"),
        ("1.OOO.000", "hãy viết “1.000.000”"),
        ("SO", "không phải một số vì có “S”"),
        ("20 triệu", "vì có “t”"),
        ("20%", "vì có “%”"),
        ("1e5", "vì có “e”"),
        ("1_000", "vì có “_”"),
        ("+5", "vì có “+”"),
        ("--5", "vì có “-”"),
        ("٣", "vì có “٣”"),
        ("1.23.456", "dấu ngăn cách đặt sai chỗ"),
        ("1.2345.678", "dấu ngăn cách đặt sai chỗ"),
        ("0.123.456", "dấu ngăn cách đặt sai chỗ"),
        ("1,5 000", "dấu ngăn cách đặt sai chỗ"),
        ("1  234", "dấu ngăn cách đặt sai chỗ"),
        ("12 34", "dấu ngăn cách đặt sai chỗ"),
        ("1,234.567.890", "dấu ngăn cách đặt sai chỗ"),
        ("1.234 567,8", "dấu ngăn cách đặt sai chỗ"),
        ("1234.567,8", "dấu ngăn cách đặt sai chỗ"),
        ("1..5", "dấu ngăn cách đặt sai chỗ"),
        (",5", "thiếu chữ số"),
        ("5,", "thiếu chữ số"),
    ],
)
def test_refused(text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_amount(text)


@given(decimals)
@example(Decimal("1.234"))
@example(Decimal("-12.3450"))
@example(Decimal("-0.00"))
@example(Decimal("0E+3"))
@example(Decimal("1E+3"))
def test_plain_text_is_read_back(number):
    assert parse_amount(format_plain(number)) == number


@given(decimals)
def test_printed_form_is_read_back_unless_it_has_two_readings(number):
    try:
        value = parse_amount(format_amount(number))
    except ValueError as error:
        assert "có thể là" in str(error)
    else:
        assert value == number


@given(st.text(alphabet="0123456789., -–Ol\u00a0", max_size=12))
def test_any_text_is_read_or_refused(text):
    try:
        parse_amount(text)
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.234"), "1.2340"),
        (Decimal("0.125"), "0.125"),
        (Decimal("1234.567"), "1234.567"),
        (Decimal("406.50"), "406.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.0"), "0"),
        (406, "406"),
    ],
)
def test_plain(value, text):
    assert format_plain(value) == text


@given(decimals)
@example(Decimal("-0.0"))
@example(Decimal("1E+5"))
def test_printed_form_is_that_of_babel(number):
    # Babel prints "-0", which a document never does, and rounds to the precision of the context.
    with localcontext(prec=100):
        wanted = format_decimal(number or Decimal(0), locale="vi", decimal_quantization=False)
    assert format_amount(number) == wanted


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234.50"), "1.234,5"),
        (406_000_000, "406.000.000"),
        (Decimal("-1234567.891"), "-1.234.567,891"),
        (Decimal("1E+3"), "1.000"),
        (0, "0"),
        (Decimal("-0.00"), "0"),
    ],
)
def test_amount(value, text):
    assert format_amount(value) == text


@pytest.mark.parametrize(("value", "text"), [(Decimal("45.5"), "45,5%"), (Decimal("100"), "100%")])
def test_percent(value, text):
    assert format_percent(value) == text


@pytest.mark.parametrize("show", [format_amount, format_percent, format_plain])
def test_only_exact_numbers_are_shown(show):
    with pytest.raises(TypeError, match="không phải số chính xác"):
        show(1.5)
    with pytest.raises(TypeError, match="không phải số chính xác"):
        show(True)
    with pytest.raises(ValueError, match="hữu hạn"):
        show(Decimal("NaN"))
