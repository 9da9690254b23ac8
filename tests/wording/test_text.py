import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.wording.text import closest, first_upper, fold, nfc, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kinh phí", "KINH  PHI"),
        ("Đơn vị", "don vi"),
        ("Phòng Tư\u00a0pháp\n", unicodedata.normalize("NFD", "phòng tư pháp")),
    ],
)
def test_fold_is_blind_to_case_marks_and_white_space(one, other):
    assert fold(one) == fold(other)


def test_fold_keeps_different_names_apart():
    assert fold("Phòng Tư pháp") != fold("Phòng Nội vụ")


@given(st.text())
def test_fold_is_stable(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("UBND thị xã Hương Thủy", "ubnd-thi-xa-huong-thuy"),
        ("Đề án 06/CP (2023)", "de-an-06-cp-2023"),
        ("***", ""),
    ],
)
def test_slug(text, wanted):
    assert slug(text) == wanted


@given(st.text())
def test_slug_is_a_safe_name(text):
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("kinh_ph", "kinh_phi"),
        ("Kinh phí", "kinh_phi"),
        ("thoi_hạn", "thoi_han"),
        ("sanpham", "san_pham"),
        ("xyz", None),
        ("", None),
    ],
)
def test_closest(word, wanted):
    assert closest(word, ["kinh_phi", "thoi_han", "san_pham", "ma"]) == wanted


def test_first_upper_leaves_later_capitals():
    assert first_upper("mười đô la Mỹ") == "Mười đô la Mỹ"
    assert first_upper("âm năm") == "Âm năm"
    assert first_upper("") == ""


def test_nfc():
    assert nfc("e\u0302\u0301") == "ế"
