"""Where no line may end: the examples of the office, what must stay free, and laws over any text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.wording.typography import IN_CELL, NO_BREAK_HYPHEN, NO_BREAK_SPACE, keep_together, plainly


def shown(text: str) -> str:
    """What is kept together, with "_" for the spaces and "=" for the hyphens that bind."""
    return keep_together(text).replace(NO_BREAK_SPACE, "_").replace(NO_BREAK_HYPHEN, "=")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Nghị quyết số 18-NQ/TW", "Nghị quyết số 18=NQ/TW"),
        ("Kế hoạch số 270/KH-UBND ngày 28/12/2022", "Kế hoạch số 270/KH=UBND ngày_28/12/2022"),
        ("mẫu số 5", "mẫu số_5"),
        ("giai đoạn 2021 - 2025, định hướng", "giai đoạn 2021_=_2025, định hướng"),
        ("(2021 - 2025)", "(2021_=_2025)"),
        ("nhiệm kỳ 2020 – 2025", "nhiệm kỳ_2020_–_2025"),
        ("từ 70% - 100%", "từ 70%_=_100%"),
        ("giải ngân 409 triệu đồng (6,4%).", "giải ngân 409_triệu_đồng (6,4%)."),
        ("1.250,5 tỷ đồng; 5.000.000 đồng", "1.250,5_tỷ_đồng; 5.000.000_đồng"),
        ("3 nghìn tỷ đồng", "3_nghìn_tỷ_đồng"),
        ("Hai mươi sáu triệu đồng", "Hai mươi sáu triệu đồng"),
        ("(triệu đồng)", "(triệu đồng)"),
        ("đến hết ngày 14 tháng 3 năm 2023", "đến hết ngày_14 tháng_3 năm_2023"),
        ("ngày 05 tháng 01 năm 2024 của", "ngày_05 tháng_01 năm_2024 của"),
        ("6 tháng đầu năm 2023", "6_tháng đầu năm_2023"),
        ("Quý I năm 2023; Quý IV/2023", "Quý_I năm_2023; Quý_IV/2023"),
        ("điểm a khoản 2 Điều 5 Luật", "điểm_a khoản_2 Điều_5 Luật"),
        ("các Phụ lục I, II", "các Phụ lục_I, II"),
        ("Đại hội lần thứ XVI", "Đại hội lần thứ_XVI"),
        ("hoàn thành 3/22 nhiệm vụ", "hoàn thành 3/22 nhiệm vụ"),
        ("trong đó 1 nhiệm vụ quá hạn", "trong đó 1_nhiệm vụ quá hạn"),
        ("trong năm 2023 nhiệm vụ này", "trong năm_2023 nhiệm vụ này"),
        ("quý 1, 2, năm 2023", "quý_1, 2, năm_2023"),
        ("đạt 95 % trở lên, ≥ 90%", "đạt 95_% trở lên, ≥_90%"),
        ("tiêu chuẩn ISO 9001:2015", "tiêu chuẩn ISO_9001:2015"),
        ("Phòng Tài chính - Kế hoạch", "Phòng Tài chính_- Kế hoạch"),
        ("Trung tâm VH-TT&TT, dịch COVID-19", "Trung tâm VH=TT&TT, dịch COVID=19"),
        ("- Xây dựng kế hoạch", "- Xây dựng kế hoạch"),
        ("nối mạng in-tơ-nét, 5-10 đơn vị", "nối mạng in-tơ-nét, 5=10 đơn vị"),
        ("tại https://a.vn/VB-2023 hoặc A-B@a.vn", "tại https://a.vn/VB-2023 hoặc A-B@a.vn"),
        ("Số:        /BC-UBND ngày        tháng", "Số:        /BC=UBND ngày        tháng"),
        ("một dòng 5\nnhiệm vụ", "một dòng 5\nnhiệm vụ"),
        ("quan điểm của Điều", "quan điểm của Điều"),
    ],
)
def test_what_a_person_would_never_break(text: str, kept: str) -> None:
    assert shown(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Trước ngày 31/12/2022", "Trước ngày 31/12/2022"),
        ("Quý IV/2023, 6 tháng", "Quý_IV/2023, 6_tháng"),
        ("số 270/KH-UBND, 3951/QĐ-UBND", "số 270/KH=UBND, 3951/QĐ-UBND"),
        ("409 triệu đồng", "409_triệu đồng"),
        ("2021 - 2025", "2021_=_2025"),
    ],
)
def test_a_piece_in_a_cell_fits_into_its_column(text: str, kept: str) -> None:
    assert keep_together(text, IN_CELL).replace(NO_BREAK_SPACE, "_").replace(NO_BREAK_HYPHEN, "=") == kept


_WORDS = st.sampled_from(
    (
        *("ngày", "14", "tháng", "năm", "2023", "-", "–", "409", "triệu", "đồng", "Điều", "5", "18-NQ/TW", "số"),
        *("điểm", "a", "(2021", "2025)", "I,", "≥", "%", "nhiệm", "vụ", ",", ".", "-5", ""),
    )
)


@given(
    st.lists(st.tuples(_WORDS, st.sampled_from((" ", "  ", "\n", "\t"))), max_size=12).map(
        lambda pairs: "".join(word + gap for word, gap in pairs)
    )
    | st.text(alphabet=st.characters(exclude_characters=(NO_BREAK_SPACE, NO_BREAK_HYPHEN)))
)
@example(" - ")
@example("-")
@example("1 - ")
def test_the_text_comes_back_and_is_only_bound_once(text: str) -> None:
    kept = keep_together(text)
    assert plainly(kept) == text
    assert len(kept) == len(text)
    assert plainly(keep_together(text, IN_CELL)) == text
    assert plainly(keep_together(kept)) == text


@given(st.text(alphabet="a1IĐ -–/", max_size=30))
def test_nothing_but_single_spaces_and_hyphens_changes(text: str) -> None:
    for before, after in zip(text, keep_together(text), strict=True):
        assert after == before or (before, after) in ((" ", NO_BREAK_SPACE), ("-", NO_BREAK_HYPHEN))
    assert "\u2011" not in keep_together(text)
