import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.wording.text import closest, did_you_mean, first_upper, fold, fold_case, nfc, slug, without_end_mark


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ỦY BAN  NHÂN DÂN", "Uỷ ban nhân dân"),
        ("Điện thoại", "điện thọai"),
        ("khỏe khoắn", "KHOẺ\u00a0KHOẮN"),
        ("hoà", "ho\u0300a"),
        ("quý", "QÚY"),
    ],
)
def test_fold_case_is_blind_to_case_white_space_and_the_place_of_the_tone(one, other):
    assert fold_case(one) == fold_case(other)


@pytest.mark.parametrize(("one", "other"), [("Sở", "Số"), ("hòa", "hỏa"), ("to ạ", "tọ a"), ("đe", "de")])
def test_fold_case_keeps_diacritics_apart(one, other):
    assert fold_case(one) != fold_case(other)


@given(st.text())
def test_fold_case_keeps_the_length_and_is_stable(text):
    folded = fold_case(text)
    assert len(folded) == len(" ".join(nfc(text).split()))
    assert fold_case(folded) == folded or nfc(folded) != folded


def test_the_hint_of_what_was_meant():
    assert did_you_mean(closest("phong tu phap", ["Phòng Nội vụ", "Phòng Tư pháp"])) == "ý bạn là “Phòng Tư pháp”?"
    assert did_you_mean(closest("x", ["Phòng Nội vụ"]), "xem don-vi.yaml") == "xem don-vi.yaml"


def test_end_marks():
    assert [without_end_mark(text) for text in ("Luật A;", "Luật A. ;", "v.v.", "A...", ";")] == [
        "Luật A", "Luật A", "v.v.", "A...", "",
    ]  # fmt: skip
