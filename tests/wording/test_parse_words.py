import re
import unicodedata
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docgen.wording.parse_words import parse_words
from docgen.wording.words import MONEY_UNITS, amount_in_words, in_dong, number_in_words

CHOICES = {"linh": ("linh", "lẻ"), "nghin": ("nghìn", "ngàn"), "tu": ("tư", "bốn"), "ty": ("tỷ", "tỉ")}
READINGS = [dict(zip(CHOICES, words, strict=True)) for words in product(*CHOICES.values())]
readings = st.sampled_from(READINGS)
# Random integers hardly ever hold empty groups, where the rules are.
sparse = st.lists(st.sampled_from([0, 0, 1, 4, 5, 10, 15, 21, 24, 100, 105, 999]), max_size=11).map(
    lambda groups: sum(group * 1000**index for index, group in enumerate(groups))
)
integers = st.integers(-(10**30), 10**30) | sparse | sparse.map(lambda number: -number)
WORDS = (
    *("không", "một", "mốt", "hai", "bốn", "tư", "năm", "lăm", "chín", "mười", "mươi", "trăm", "linh", "lẻ"),
    *("nghìn", "ngàn", "triệu", "tỷ", "tỉ", "phẩy", "âm", "đồng", "chẵn"),
)


@given(integers, readings)
@settings(max_examples=400)
@example(10**18 + 200 * 10**9, READINGS[0])
def test_every_integer_comes_back(number, reading):
    assert parse_words(number_in_words(number, **reading)) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20), readings)
@settings(max_examples=200)
@example(Decimal("0.000123000000001"), READINGS[0])
@example(Decimal("0.1000000001"), READINGS[-1])
def test_every_decimal_comes_back(number, reading):
    assert parse_words(number_in_words(number, **reading)) == number


@given(
    st.integers(-(10**20), 10**20) | st.integers(0, 10**7) | sparse,
    st.sampled_from(sorted(MONEY_UNITS)),
    readings,
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=400)
def test_every_amount_comes_back(amount, unit, reading, fold, chan):
    words = amount_in_words(amount, unit, fold=fold, chan=chan, **reading)
    assert parse_words(words) == in_dong(amount, unit)


@given(integers)
def test_decomposed_letters_and_capitals_are_read(number):
    words = unicodedata.normalize("NFD", number_in_words(number).upper())
    assert parse_words(words) == number


@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
@settings(max_examples=400)
def test_whatever_is_accepted_is_read_back_alike(text):
    try:
        value = parse_words(text)
    except ValueError:
        return
    assert parse_words(number_in_words(value)) == value


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        parse_words(text)
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("bốn trăm linh sáu triệu đồng", "406000000"),
        ("Bốn trăm lẻ sáu triệu đồng chẵn", "406000000"),
        ("(Bằng chữ: Bốn trăm linh sáu triệu đồng./.)", "406000000"),
        ("Bằng chữ: Bốn trăm linh sáu triệu đồng.", "406000000"),
        ("(Bằng chữ: Bốn trăm linh sáu triệu đồng).", "406000000"),
        ("Một tỷ, hai trăm triệu, không trăm linh năm nghìn đồng", "1200005000"),
        ("một tỷ , hai trăm triệu", "1200000000"),
        ("  hai   mươi\n tư ", "24"),
        ("hai mươi bốn", "24"),
        ("mười bốn", "14"),
        ("tám mươi lăm triệu không nghìn một trăm hai mươi", "85000120"),
        ("một triệu không nghìn không trăm linh một", "1000001"),
        ("một nghìn hai trăm ba mươi bốn triệu đồng", "1234000000"),
        ("một nghìn triệu", "1000000000"),
        ("một triệu năm trăm nghìn đồng", "1500000"),
        ("một nghìn không trăm linh năm nghìn đồng", "1005000"),
        ("không phẩy không trăm linh một", "0.001"),
        ("không phẩy không trăm hai mươi bốn", "0.024"),
        ("không phẩy không không trăm mười", "0.0010"),
        ("ba phẩy năm mươi", "3.5"),
        ("âm ba phẩy không năm", "-3.05"),
        ("không đồng", "0"),
        ("âm năm đồng", "-5"),
    ],
)
def test_accepted(text, value):
    assert parse_words(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "chưa có số bằng chữ"),
        ("đồng", "chưa có số bằng chữ"),
        ("hai mươi năm", "từ thứ 3 “năm”: nếu là 25, hãy viết “hai mươi lăm”"),
        ("hai mươi một", "từ thứ 3 “một”: nếu là 21, hãy viết “hai mươi mốt”"),
        ("mười mốt", "nếu là 11, hãy viết “mười một”"),
        ("mười tư", "nếu là 14, hãy viết “mười bốn”"),
        ("một trăm linh tư", "hãy viết “một trăm linh bốn”"),
        ("một trăm linh lăm", "hãy viết “một trăm linh năm”"),
        ("lăm", "nếu là 5, hãy viết “năm”"),
        ("một mươi", "nếu là 10, hãy viết “mười”"),
        ("một nghìn năm", "từ thứ 3 “năm”: nếu là 1005, hãy viết “một nghìn không trăm linh năm”"),
        ("một trăm hai", "hãy viết “một trăm linh hai”"),
        ("một tỷ một tỷ", "nếu là 2000000000"),
        ("hai mươi phẩy hai mươi năm", "từ thứ 6 “năm”: nếu là …,25, hãy viết “hai mươi lăm”"),
        ("bốn chăm linh sáu", "không hiểu từ thứ 2 “chăm”"),
        ("bốn trăm linh sáu triệu USD", "không hiểu từ thứ 6 “usd”"),
        ("406 triệu", "không hiểu từ thứ 1 “406”"),
        ("hai mươi nhăm", "không hiểu từ thứ 3 “nhăm”"),
        ("hai, ba", "dấu phẩy sau từ thứ 1 “hai”"),
        ("hai ba", "từ thứ 2 “ba” không đứng được"),
        ("trăm hai", "từ thứ 1 “trăm” không đứng được"),
        ("năm triệu một triệu một triệu", "không đứng được"),
        ("tỷ", "từ thứ 1 “tỷ” không đứng được"),
        ("nghìn", "từ thứ 1 “nghìn” không đứng được"),
        ("một " + "tỷ " * 1000, "không đứng được"),
        ("chẵn", "từ thứ 1 “chẵn” không đứng được"),
        ("hai mươi chẵn", "từ thứ 3 “chẵn” không đứng được"),
        ("hai đồng ba đồng", "từ thứ 2 “đồng” không đứng được"),
        ("năm âm", "từ thứ 2 “âm” không đứng được"),
        ("âm không", "hãy viết “không”"),
        ("âm", "chưa có số"),
        ("hai phẩy", "từ thứ 2 “phẩy” không đứng được"),
        ("phẩy hai", "từ thứ 1 “phẩy” không đứng được"),
        ("hai phẩy ba phẩy bốn", "từ thứ 4 “phẩy” không đứng được"),
        ("không phẩy không trăm năm", "từ thứ 4 “trăm” không đứng được"),
        ("bốn trăm linh sáu phẩy năm triệu", "“triệu” sau “phẩy” không rõ nghĩa"),
        ("bốn trăm linh sáu phẩy năm triệu đồng", "số tiền không đọc với “phẩy”"),
    ],
)
def test_refused(text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_words(text)
