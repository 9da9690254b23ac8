"""The last day of every form of deadline."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.plan.deadline import DEADLINE_FORMS, SUGGESTED_DEADLINES, is_standing, last_day

FORMS = [
    # the forms of the real plan
    ("Trước ngày 31/12/2023", "2023-12-30"),
    ("Trước ngày 15/01/2024", "2024-01-14"),
    ("Trước ngày 31/12/2022", "2022-12-30"),
    ("Quý I/2023", "2023-03-31"),
    ("Quý II/2023", "2023-06-30"),
    ("Quý IV/2023", "2023-12-31"),
    ("Năm 2023", "2023-12-31"),
    ("Thường xuyên", "2023-12-31"),
    # days
    ("31/12/2023", "2023-12-31"),
    ("Ngày 5/3/2023", "2023-03-05"),
    ("15-11-2023", "2023-11-15"),
    ("15.11.2023", "2023-11-15"),
    ("Đến ngày 15/11/2023", "2023-11-15"),
    ("Chậm nhất ngày 20/10/2023", "2023-10-20"),
    ("Xong trước ngày 20/10/2023", "2023-10-19"),
    ("Hoàn thành trước ngày 20/10/2023", "2023-10-19"),
    ("Trước 30/6", "2023-06-29"),
    ("Trước ngày 01/3/2024", "2024-02-29"),
    ("Trước ngày 01/01/2023", "2022-12-31"),
    ("Trước ngày 20 tháng 10 năm 2023", "2023-10-19"),
    ("Ngày 05 tháng 02", "2023-02-05"),
    ("29/02/2024", "2024-02-29"),
    # months
    ("Tháng 6/2023", "2023-06-30"),
    ("Tháng 02/2024", "2024-02-29"),
    ("Tháng 6", "2023-06-30"),
    ("Tháng 6 năm 2023", "2023-06-30"),
    ("Trước tháng 6/2023", "2023-05-31"),
    ("Trong tháng 01/2024", "2024-01-31"),
    # quarters
    ("Quý II năm 2023", "2023-06-30"),
    ("Quý 3", "2023-09-30"),
    ("Trong quý iv", "2023-12-31"),
    ("Trước quý II/2023", "2023-03-31"),
    ("Cuối quý I", "2023-03-31"),
    # parts of a year
    ("6 tháng đầu năm 2023", "2023-06-30"),
    ("6 tháng đầu năm", "2023-06-30"),
    ("6 tháng cuối năm 2023", "2023-12-31"),
    ("9 tháng đầu năm", "2023-09-30"),
    ("9 tháng", "2023-09-30"),
    # whole years and standing work
    ("Trong năm 2023", "2023-12-31"),
    ("Trong năm", "2023-12-31"),
    ("Cả năm", "2023-12-31"),
    ("Cuối năm 2023", "2023-12-31"),
    ("Hàng quý", "2023-12-31"),
    ("Hàng tháng", "2023-12-31"),
    ("Hàng năm", "2023-12-31"),
    ("Thường xuyên, hàng quý", "2023-12-31"),
    ("Trước năm 2024", "2023-12-31"),
    ("06 tháng đầu năm", "2023-06-30"),
    ("06 tháng cuối năm 2023", "2023-12-31"),
    ("Sáu tháng đầu năm 2023", "2023-06-30"),
    ("Trước 6 tháng cuối năm", "2023-06-30"),
    ("03 tháng đầu năm", "2023-03-31"),
    ("3 tháng cuối năm", "2023-12-31"),
    ("Cả năm 2024", "2024-12-31"),
    # a month and its year
    ("12/2023", "2023-12-31"),
    ("02/2024", "2024-02-29"),
    ("6.2023", "2023-06-30"),
    ("Trước 12/2023", "2023-11-30"),
    ("T12/2023", "2023-12-31"),
    ("T6", "2023-06-30"),
    ("Quí IV/2023", "2023-12-31"),
    ("Quý IV.2023", "2023-12-31"),
    ("Quý IV, năm 2023", "2023-12-31"),
    ("Quý 02/2023", "2023-06-30"),
    ("Trước ngày 15/12 hằng năm", "2023-12-14"),
    # several: the last of them counts
    ("Quý I, II/2023", "2023-06-30"),
    ("Quý III, IV", "2023-12-31"),
    ("Quý I, quý II, năm 2023", "2023-06-30"),
    ("Quý I và Quý III/2023", "2023-09-30"),
    ("Quý I - III/2023", "2023-09-30"),
    ("Quý I-II", "2023-06-30"),
    ("Quý III – IV/2023", "2023-12-31"),
    ("Quý I - 2/2023", "2023-06-30"),
    ("Quý IV/2023 - Quý I/2024", "2024-03-31"),
    ("Tháng 3 - 6/2023", "2023-06-30"),
    ("Tháng 3, 6, 9/2023", "2023-09-30"),
    ("Tháng 12/2023 - 01/2024", "2024-01-31"),
    ("Tháng 3 và tháng 9", "2023-09-30"),
    ("Tháng 3 - 15/6/2023", "2023-06-15"),
    ("Trước ngày 15/6 và 15/12", "2023-12-14"),
    ("Trước ngày 15/6 và ngày 15/12/2023", "2023-12-14"),
    ("15/6; 15/12/2023", "2023-12-15"),
    ("01/3 - 30/6/2023", "2023-06-30"),
    ("Năm 2023-2025", "2025-12-31"),
    ("Năm 2023 - 2025", "2025-12-31"),
    ("Giai đoạn 2023-2025", "2025-12-31"),
    # from … to …
    ("Từ ngày 01/3 đến ngày 30/6/2023", "2023-06-30"),
    ("Từ ngày 01/3 đến hết ngày 30/6/2023", "2023-06-30"),
    ("Từ 01/3/2023 đến trước ngày 30/6/2023", "2023-06-29"),
    ("Từ quý I đến quý III/2023", "2023-09-30"),
    ("Từ quý I đến III", "2023-09-30"),
    ("Từ tháng 3 đến tháng 6", "2023-06-30"),
    ("Tháng 3 đến tháng 6/2023", "2023-06-30"),
    ("Từ tháng 3 tới tháng 6 năm 2023", "2023-06-30"),
    ("Từ tháng 11 đến tháng 02/2024", "2024-02-29"),
    ("Từ tháng 3/2024 đến tháng 6", "2024-06-30"),
    ("Từ ngày 15 đến ngày 20/11/2023", "2023-11-20"),
    ("Từ khi có quyết định đến ngày 30/6/2023", "2023-06-30"),
    ("Từ nay cho đến hết năm 2023", "2023-12-31"),
    ("Từ năm 2023 đến năm 2025", "2025-12-31"),
    # standing work
    ("Định kỳ hằng quý", "2023-12-31"),
    ("Định kỳ hàng tháng, quý, 6 tháng, năm", "2023-12-31"),
    ("Hằng tháng, hằng quý và cả năm", "2023-12-31"),
    ("Thường xuyên trong năm 2024", "2024-12-31"),
    ("Thường xuyên, theo yêu cầu", "2023-12-31"),
    ("Hằng năm, trước ngày 15/12", "2023-12-14"),
    # as people type
    ("  trước   ngày\n31/12/2023. ", "2023-12-30"),
    ("QUÝ I/2023", "2023-03-31"),
    ("TRƯỚC NGÀY 31/12/2023;", "2023-12-30"),
]


@pytest.mark.parametrize(("words", "expected"), FORMS)
def test_last_day(words: str, expected: str) -> None:
    assert last_day(words, 2023) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "words",
    [
        "Sau khi có hướng dẫn của cấp trên",
        "Theo Kế hoạch của tỉnh",
        "Quý V/2023",
        "Năm học 2023 - 2024",
        "",
        "2023",
        "Trước",
        "Khi có yêu cầu",
        "Từ quý I",
        "Từ ngày 01/3/2023 đến nay",
        "Hội nghị đến tháng 6",
        # which year, or which of several readings, isn't certain
        "Quý IV, quý I/2024",
        "Quý III, I/2023",
        "Từ tháng 11 đến tháng 02",
        "Từ ngày 30/6/2023 đến ngày 01/3/2023",
        "3 - 6/2023",
        "1/3-2023",
        "2023 - 2025",
        "03 tháng",
        "Quý I, khi có yêu cầu",
        "Quý I/2023 và các quý sau",
    ],
)
def test_words_that_name_no_day(words: str) -> None:
    assert last_day(words, 2023) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("29/02/2026", "không có ngày 29/2/2026"),
        ("Trước ngày 31/4", "không có ngày 31/4/2023"),
        ("Ngày 30 tháng 02 năm 2024", "không có ngày 30/2/2024"),
        ("00/01/2023", "không có ngày 0/1/2023"),
        ("Tháng 13/2023", "không có tháng 13"),
        ("13/2023", "không có tháng 13"),
        ("Tháng 3 - 16/2023", "không có tháng 16"),
        ("Từ ngày 31/4 đến ngày 30/6", "không có ngày 31/4/2023"),
        ("Trước ngày 01/01/0001", "không có ngày nào trước ngày 01/01/0001"),
        ("01/01/0000", "không có ngày 1/1/0"),
    ],
)
def test_days_that_no_calendar_has(words: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        last_day(words, 2023)


@pytest.mark.parametrize("form", SUGGESTED_DEADLINES)
def test_what_forms_suggest_is_read(form: str) -> None:
    assert last_day(form.format(nam=2023), 2023) is not None


@pytest.mark.parametrize("form", DEADLINE_FORMS)
def test_what_is_said_to_be_read_is_read(form: str) -> None:
    assert last_day(form.format(nam=2023, nam_sau=2024), 2023) is not None


@pytest.mark.parametrize(
    ("words", "standing"),
    [("Thường xuyên", True), ("Định kỳ hằng quý", True), ("Hằng năm, theo yêu cầu", True), ("Năm 2023", False)],
)
def test_standing_work_names_no_day_of_its_own(words: str, standing: bool) -> None:
    assert is_standing(words) is standing


DAYS = st.dates(date(1950, 1, 2), date(2090, 12, 31))


@given(DAYS, DAYS)
def test_a_span_ends_with_its_last_day(first: date, last: date) -> None:
    first, last = sorted((first, last))
    for words, wanted in (
        ("Từ ngày {:%d/%m/%Y} đến ngày {:%d/%m/%Y}", last),
        ("{:%d.%m.%Y} - {:%d.%m.%Y}", last),
        ("Ngày {:%d/%m/%Y}, {:%d/%m/%Y}", last),
        ("Trước ngày {:%d/%m/%Y} và {:%d/%m/%Y}", last - timedelta(days=1)),
    ):
        assert last_day(words.format(first, last), 2023) == wanted


@given(st.lists(st.integers(1, 12), min_size=2, max_size=5, unique=True), st.sampled_from([", ", " và ", " - ", "; "]))
def test_a_list_of_months_ends_with_its_last(months: list[int], mark: str) -> None:
    months = sorted(months)
    shown = mark.join(map(str, months))
    assert last_day(f"Tháng {shown}/2024", 2023) == last_day(f"Tháng {months[-1]}/2024", 2023)


PIECES = ["từ", "đến", "trước", "ngày", "tháng", "quý", "năm", "hằng", "định", "kỳ", "thường", "xuyên", "đầu", "và"]
PIECES += ["I", "IV", "3", "6", "12", "31/6", "15/11/2023", "2024", ",", "-", "/", ";"]


@given(st.lists(st.sampled_from(PIECES), max_size=400))
def test_any_words_are_read_or_not_and_soon(pieces: list[str]) -> None:
    try:
        last_day(" ".join(pieces), 2023)
    except ValueError as error:
        assert str(error).startswith("không có ")
