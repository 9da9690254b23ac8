"""The last day of every form of deadline."""

from datetime import date

import pytest

from docgen.model.plan.deadline import SUGGESTED_DEADLINES, last_day

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
        "Quý I và Quý III/2023",
        "Năm học 2023 - 2024",
        "",
        "2023",
        "Trước",
        "Khi có yêu cầu",
        "Từ ngày 01/3 đến ngày 30/6/2023",
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
