from decimal import Decimal
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.wording.words import (
    MAX_DIGITS,
    MONEY_UNITS,
    amount_in_words,
    in_dong,
    number_in_words,
)

CHOICES = {"linh": ("linh", "lẻ"), "nghin": ("nghìn", "ngàn"), "tu": ("tư", "bốn"), "ty": ("tỷ", "tỉ")}
READINGS = [dict(zip(CHOICES, words, strict=True)) for words in product(*CHOICES.values())]

BOUNDARIES = [
    # R1 classes
    (1_000, "một nghìn"),
    (1_000_000, "một triệu"),
    (1_000_000_000, "một tỷ"),
    (46_704, "bốn mươi sáu nghìn bảy trăm linh bốn"),
    (999_999_999, "chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín"),
    # R2 tens
    (10, "mười"),
    (12, "mười hai"),
    (19, "mười chín"),
    (20, "hai mươi"),
    (90, "chín mươi"),
    (110, "một trăm mười"),
    # R3 one
    (1, "một"),
    (11, "mười một"),
    (21, "hai mươi mốt"),
    (91, "chín mươi mốt"),
    (101, "một trăm linh một"),
    (111, "một trăm mười một"),
    (121, "một trăm hai mươi mốt"),
    # R4 four
    (4, "bốn"),
    (14, "mười bốn"),
    (24, "hai mươi tư"),
    (104, "một trăm linh bốn"),
    (114, "một trăm mười bốn"),
    (4_000, "bốn nghìn"),
    (24_000_000, "hai mươi tư triệu"),
    # R5 five
    (5, "năm"),
    (15, "mười lăm"),
    (25, "hai mươi lăm"),
    (50, "năm mươi"),
    (55, "năm mươi lăm"),
    (105, "một trăm linh năm"),
    (115, "một trăm mười lăm"),
    # R6 linh
    (406, "bốn trăm linh sáu"),
    (100, "một trăm"),
    (502_009, "năm trăm linh hai nghìn không trăm linh chín"),
    # R7 không trăm
    (1_005, "một nghìn không trăm linh năm"),
    (1_050, "một nghìn không trăm năm mươi"),
    (5_000_023, "năm triệu không trăm hai mươi ba"),
    (5_023_000, "năm triệu không trăm hai mươi ba nghìn"),
    (1_000_001, "một triệu không trăm linh một"),
    (85_000_120, "tám mươi lăm triệu một trăm hai mươi"),
    # R8 from a tỷ up
    (1_234 * 10**9, "một nghìn hai trăm ba mươi tư tỷ"),
    (1_005 * 10**9, "một nghìn không trăm linh năm tỷ"),
    (5_000 * 10**9 + 23, "năm nghìn tỷ không trăm hai mươi ba"),
    (10**12, "một nghìn tỷ"),
    (10**15, "một triệu tỷ"),
    (10**18, "một tỷ tỷ"),
    (10**21, "một nghìn tỷ tỷ"),
    # R9 nine-digit blocks
    (10**18 + 200 * 10**9, "một tỷ tỷ hai trăm tỷ"),
    (201 * 10**9, "hai trăm linh một tỷ"),
    (10**18 + 1, "một tỷ tỷ không trăm linh một"),
    (10**27, "một tỷ tỷ tỷ"),
    # R11 zero and negative
    (0, "không"),
    (-5, "âm năm"),
    (-1_000_001, "âm một triệu không trăm linh một"),
    (Decimal("-0.0"), "không"),
    # R12 decimals
    (Decimal("37.42"), "ba mươi bảy phẩy bốn mươi hai"),
    (Decimal("502.467"), "năm trăm linh hai phẩy bốn trăm sáu mươi bảy"),
    (Decimal("73.108"), "bảy mươi ba phẩy một trăm linh tám"),
    (Decimal("3.05"), "ba phẩy không năm"),
    (Decimal("0.001"), "không phẩy không không một"),
    (Decimal("-0.5"), "âm không phẩy năm"),
    (Decimal("12.50"), "mười hai phẩy năm"),
    (Decimal("12.00"), "mười hai"),
    (Decimal("1E+3"), "một nghìn"),
    # R19 digit strings
    ("406", "bốn trăm linh sáu"),
    ("-5", "âm năm"),
    ("1" + "0" * 18, "một tỷ tỷ"),
]


@pytest.mark.parametrize(("number", "words"), BOUNDARIES)
def test_boundary(number, words):
    assert number_in_words(number) == words


@pytest.mark.parametrize(
    ("number", "reading", "words"),
    [
        (104, {"linh": "lẻ"}, "một trăm lẻ bốn"),
        (1_005, {"nghin": "ngàn"}, "một ngàn không trăm linh năm"),
        (24, {"tu": "bốn"}, "hai mươi bốn"),
        (10**18, {"ty": "tỉ"}, "một tỉ tỉ"),
        (
            34_024_104_105_000,
            {"linh": "lẻ", "nghin": "ngàn", "tu": "bốn", "ty": "tỉ"},
            "ba mươi bốn ngàn không trăm hai mươi bốn tỉ một trăm lẻ bốn triệu một trăm lẻ năm ngàn",
        ),
    ],
)
def test_regional_words(number, reading, words):
    assert number_in_words(number, **reading) == words


@pytest.mark.parametrize("value", [1.5, True, None, b"5"])
def test_inexact_types_are_refused(value):
    with pytest.raises(TypeError, match="không phải số chính xác"):
        number_in_words(value)


@pytest.mark.parametrize("value", ["", "-", "406.500", "1,5", "+5", "5 ", "--5", "٣", "năm", "1_000"])
def test_text_that_is_not_plain_digits_is_refused(value):
    with pytest.raises(ValueError, match="không phải dãy chữ số"):
        number_in_words(value)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("sNaN")])
def test_what_is_not_a_number_is_refused(value):
    with pytest.raises(ValueError, match="hữu hạn"):
        number_in_words(value)


@pytest.mark.parametrize(
    "value",
    [10 ** (MAX_DIGITS + 9), Decimal("1E+999999"), Decimal("1E-999999"), "9" * (MAX_DIGITS + 1)],
    ids=["int", "large", "small", "text"],
)
def test_more_digits_than_anyone_reads_are_refused(value):
    with pytest.raises(ValueError, match="quá 4000 chữ số"):
        number_in_words(value)


def test_the_longest_number_is_read():
    assert number_in_words("9" * MAX_DIGITS).startswith("chín nghìn chín trăm chín mươi chín tỷ")


def test_a_word_that_is_no_choice_is_refused():
    with pytest.raises(ValueError, match="“linh” hoặc “lẻ”"):
        number_in_words(5, linh="lẽ")
    with pytest.raises(TypeError):
        number_in_words(5, unknown="x")


@given(st.integers(-(10**30), 10**30), st.sampled_from(READINGS))
def test_no_reading_holds_a_forbidden_pair(number, reading):
    words = number_in_words(number, **reading).split()
    pairs = set(pairwise(words))
    forbidden = {("một", "mươi"), ("mươi", "một"), ("mươi", "năm"), ("mười", "năm"), ("mười", "mốt")}
    forbidden |= {("mười", "tư"), (reading["linh"], "tư"), (reading["linh"], "không"), ("không", "mươi")}
    assert not pairs & forbidden
    assert reading["linh"] not in words or "trăm" in words


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (406, "triệu đồng", "Bốn trăm linh sáu triệu đồng"),
        (Decimal("406.5"), "triệu đồng", "Bốn trăm linh sáu triệu năm trăm nghìn đồng"),
        (
            Decimal("1234.5"),
            "triệu đồng",
            "Một tỷ hai trăm ba mươi tư triệu năm trăm nghìn đồng",
        ),
        ("20", "tỷ đồng", "Hai mươi tỷ đồng"),
        (Decimal("0.5"), "tỉ đồng", "Năm trăm triệu đồng"),
        (1_500, "ngàn đồng", "Một triệu năm trăm nghìn đồng"),
        (1_500, "  Nghìn  đồng ", "Một triệu năm trăm nghìn đồng"),
        (0, "triệu đồng", "Không đồng"),
        (-5, "đồng", "Âm năm đồng"),
        (Decimal("5.00"), "đồng", "Năm đồng"),
    ],
)
def test_amount(amount, unit, words):
    assert amount_in_words(amount, unit) == words


def test_unit_is_dong_unless_said():
    assert amount_in_words(406_500) == "Bốn trăm linh sáu nghìn năm trăm đồng"


def test_chan_follows_the_currency():
    assert amount_in_words(5, chan=True) == "Năm đồng chẵn"


def test_amount_takes_regional_words():
    assert amount_in_words(1_024, "ngàn đồng", nghin="ngàn", tu="bốn") == (
        "Một triệu không trăm hai mươi bốn ngàn đồng"
    )


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (1_234, "triệu đồng", "Một nghìn hai trăm ba mươi tư triệu đồng"),
        (Decimal("1234.5"), "triệu đồng", "Một nghìn hai trăm ba mươi tư triệu năm trăm nghìn đồng"),
        (Decimal("1000.000005"), "triệu đồng", "Một nghìn triệu không trăm linh năm đồng"),
        (Decimal("-0.5"), "triệu đồng", "Âm năm trăm nghìn đồng"),
        (-1_000, "nghìn đồng", "Âm một nghìn nghìn đồng"),
        (406, "triệu đồng", "Bốn trăm linh sáu triệu đồng"),
        (1_234, "tỷ đồng", "Một nghìn hai trăm ba mươi tư tỷ đồng"),
        # Literally “một triệu năm trăm nghìn”, which is another amount.
        (1_000_500, "nghìn đồng", "Một tỷ năm trăm nghìn đồng"),
        (0, "triệu đồng", "Không đồng"),
    ],
)
def test_literal_amount(amount, unit, words):
    assert amount_in_words(amount, unit, fold=False) == words


@given(st.integers(1, 999), st.sampled_from(sorted(MONEY_UNITS)))
def test_folded_and_literal_agree_below_a_thousand(amount, unit):
    assert amount_in_words(amount, unit) == amount_in_words(amount, unit, fold=False)


def test_an_amount_must_be_whole_dong():
    with pytest.raises(ValueError, match=r"406,0000005 triệu đồng không chẵn đến đồng"):
        amount_in_words(Decimal("406.0000005"), "triệu đồng")


def test_an_unknown_unit_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="“USD”: hãy dùng một trong “đồng”, “nghìn đồng”"):
        in_dong(Decimal(5), "USD")


@given(st.integers(-(10**40), 10**40), st.sampled_from(sorted(MONEY_UNITS)))
def test_in_dong_is_exact_beyond_the_precision_of_decimal(dong, unit):
    places = len(str(MONEY_UNITS[unit])) - 1
    sign, digits, _exponent = Decimal(dong).as_tuple()
    assert in_dong(Decimal((sign, digits, -places)), unit) == dong


def test_in_dong_refuses_floats():
    with pytest.raises(TypeError):
        in_dong(406.5, "triệu đồng")
