"""Reads the last day out of a deadline in words, such as “Trước ngày 31/12/2023” or “Quý IV”."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from docgen.base.locale import translate as _
from docgen.wording.dates import format_date
from docgen.wording.labels import from_roman
from docgen.wording.text import fold

#: Deadlines that forms offer to choose from; ``nam`` is the plan's year.
SUGGESTED_DEADLINES = (
    "Trong năm {nam}",
    "Thường xuyên",
    "Quý I/{nam}",
    "Quý II/{nam}",
    "Quý III/{nam}",
    "Quý IV/{nam}",
    "Tháng 6/{nam}",
    "Trước ngày 30/6/{nam}",
    "Trước ngày 15/12/{nam}",
    "Trước ngày 31/12/{nam}",
)
#: One deadline of each form that :func:`last_day` reads; ``nam`` is the plan's year, ``nam_sau`` the next.
DEADLINE_FORMS = (
    "Trước ngày 31/12/{nam}",
    "Ngày 15/6/{nam}",
    "Tháng 6/{nam}",
    "Quý II/{nam}",
    "6 tháng đầu năm {nam}",
    "6 tháng cuối năm",
    "9 tháng năm {nam}",
    "Thường xuyên",
    "Hằng quý",
    "Trong năm {nam}",
    "Đến hết ngày 01/01/{nam_sau}",
)
_YEAR = r"(?:\s*(?:/|-|nam)?\s*(?P<year>(?:19|20)\d\d))?"
_FILL = r"(?:den|cham nhat|xong|het|trong|vao|cuoi|hoan thanh|\s)*"
_BEFORE = rf"{_FILL}(?P<before>truoc)?{_FILL}"
_DAY = re.compile(_BEFORE + r"(?:ngay)?\s*(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(?:\s*[/.-]\s*(?P<year>\d{4}))?")
_LONG_DAY = re.compile(_BEFORE + r"ngay\s*(?P<day>\d{1,2})\s*thang\s*(?P<month>\d{1,2})" + _YEAR)
_MONTH = re.compile(_BEFORE + r"thang\s*(?P<month>\d{1,2})" + _YEAR)
_QUARTER = re.compile(_BEFORE + r"quy\s*(?P<quarter>iv|i{1,3}|[1-4])" + _YEAR)
_PART = re.compile(_BEFORE + r"(?P<part>6 thang dau nam|6 thang cuoi nam|9 thang dau nam|9 thang)" + _YEAR)
_WHOLE = re.compile(_BEFORE + r"nam\s*(?P<year>(?:19|20)\d\d)")
#: Deadlines of work that goes on all year, which is due on the last day of the plan's year.
_ALL_YEAR = frozenset(
    ("thuong xuyen", "hang nam", "hang quy", "hang thang", "dinh ky", "trong nam", "ca nam", "cuoi nam", "nam")
)
#: The first and last month of parts of a year.
_PARTS = {"6 thang dau nam": (1, 6), "6 thang cuoi nam": (7, 12), "9 thang dau nam": (1, 9), "9 thang": (1, 9)}


def last_day(words: str, plan_year: int) -> date | None:
    """The last day on which a task with this deadline is still in time; None if the words name no day.

    “Trước ngày D” ends the day before D; a month, quarter, half or year ends on its last day; work that goes on
    all year (“Thường xuyên”) ends with the plan's year. A deadline without a year is in the plan's year.
    Raises ValueError for a day that doesn't exist.
    """
    text = fold(words).strip(" .;,")
    if text.split(",")[0].strip() in _ALL_YEAR:
        return date(plan_year, 12, 31)
    for pattern, read in _READINGS:
        if found := pattern.fullmatch(text):
            year = int(found["year"] or plan_year)
            first, last = read(found, year)
            return _day_before(first) if found["before"] else last
    return None


def _day_before(day: date) -> date:
    if day == date.min:
        raise ValueError(_("không có ngày nào trước ngày {day}").format(day=format_date(day)))
    return day - timedelta(days=1)


def _read_day(found: re.Match[str], year: int) -> tuple[date, date]:
    day, month = int(found["day"]), int(found["month"])
    try:
        named = date(year, month, day)
    except ValueError:
        raise ValueError(_("không có ngày {day}/{month}/{year}").format(day=day, month=month, year=year)) from None
    return named, named


def _read_month(found: re.Match[str], year: int) -> tuple[date, date]:
    month = int(found["month"])
    if not 1 <= month <= 12:
        raise ValueError(_("không có tháng {month}").format(month=month))
    return _months(year, month, month)


def _read_quarter(found: re.Match[str], year: int) -> tuple[date, date]:
    name = found["quarter"]
    quarter = int(name) if name.isdigit() else from_roman(name.upper())
    return _months(year, 3 * quarter - 2, 3 * quarter)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


_READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], tuple[date, date]]], ...] = (
    (_LONG_DAY, _read_day),
    (_DAY, _read_day),
    (_PART, lambda found, year: _months(year, *_PARTS[found["part"]])),
    (_MONTH, _read_month),
    (_QUARTER, _read_quarter),
    (_WHOLE, lambda _found, year: _months(year, 1, 12)),
)
