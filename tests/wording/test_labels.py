import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.wording.labels import from_roman, label, list_letter, roman


def test_letters_follow_the_vietnamese_alphabet():
    assert " ".join(map(list_letter, range(1, 24))) == "a b c d đ e g h i k l m n o p q r s t u v x y"


def test_no_letter_beyond_y():
    with pytest.raises(ValueError, match="tối đa 23 điểm"):
        list_letter(24)
    with pytest.raises(ValueError, match="đánh số từ 1"):
        list_letter(0)


@pytest.mark.parametrize(
    ("number", "letters"),
    [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX"), (1994, "MCMXCIV"), (3999, "MMMCMXCIX")],
)
def test_roman(number, letters):
    assert roman(number) == letters


@given(st.integers(1, 3999))
def test_roman_is_read_back(number):
    assert from_roman(roman(number)) == from_roman(f" {roman(number).lower()} ") == number


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_roman_has_bounds(number):
    with pytest.raises(ValueError, match="chỉ từ 1 đến 3999"):
        roman(number)


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "IVI", "MMMM", "A", "1", "I V"])
def test_what_only_looks_roman_is_refused(text):
    with pytest.raises(ValueError, match="không phải số La Mã"):
        from_roman(text)


@pytest.mark.parametrize(
    ("level", "number", "text"),
    [
        ("phan", 1, "Phần I"),
        ("muc", 4, "IV."),
        ("khoan", 12, "12."),
        ("diem", 5, "đ)"),
        ("gach", 3, "-"),
        ("dieu", 2, "Điều 2."),
        ("khong", 1, ""),
    ],
)
def test_label(level, number, text):
    assert label(level, number) == text


def test_label_refuses_an_unknown_level_and_a_number_below_one():
    with pytest.raises(ValueError, match="không có cấp “chuong”: hãy dùng một trong phan, muc, khoan"):
        label("chuong", 1)
    with pytest.raises(ValueError, match="thứ tự tính từ 1"):
        label("gach", 0)
