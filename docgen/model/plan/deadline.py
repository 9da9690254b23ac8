"""Reads the last day out of a deadline in words, such as “Trước ngày 31/12/2023” or “Quý IV”."""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
    "Quý II, IV/{nam}",
    "12/{nam}",
    "Từ tháng 3 đến tháng 6/{nam}",
    "Thường xuyên",
    "Hằng quý",
    "Định kỳ hằng quý",
    "Trong năm {nam}",
    "Đến hết ngày 01/01/{nam_sau}",
)
# All patterns are over folded text: without case, diacritics and repeated white space.
_YEAR = r"(?:\s*(?:[/.,-]|,?\s*(?:cua\s*)?nam)?\s*(?P<year>(?:19|20)\d\d)|\s*hang nam)?"
_FILL = r"(?:den|toi|cham nhat|muon nhat|xong|het|trong|vao|cuoi|hoan thanh|\s)*+"
_BEFORE = rf"{_FILL}(?P<before>truoc)?{_FILL}"
_DAY = re.compile(
    _BEFORE + r"(?:ngay)?\s*(?P<day>\d{1,2})\s*(?P<mark>[/.-])\s*(?P<month>\d{1,2})"
    r"(?:\s*(?P=mark)\s*(?P<year>\d{4})|\s*hang nam)?"
)
_LONG_DAY = re.compile(_BEFORE + r"ngay\s*(?P<day>\d{1,2})\s*thang\s*(?P<month>\d{1,2})" + _YEAR)
_MONTH = re.compile(_BEFORE + r"(?:thang|t\.?)\s*(?P<month>\d{1,2})" + _YEAR)
_MONTH_OF_YEAR = re.compile(_BEFORE + r"(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>(?:19|20)\d\d)")
_QUARTER = re.compile(_BEFORE + r"qu[yi]\s*(?P<quarter>iv|i{1,3}|0?[1-4])" + _YEAR)
_PART = re.compile(
    _BEFORE + r"(?:(?P<count>0?[1-9]|1[01]|sau|chin) thang (?P<side>dau|cuoi) nam|(?P<bare>0?9) thang)" + _YEAR
)
_WHOLE = re.compile(_BEFORE + r"(?:ca )?(?:nam|giai doan)\s*(?P<year>(?:19|20)\d\d)")
#: Months that are written in words.
_IN_WORDS = {"sau": 6, "chin": 9}
#: Work that goes on all year is due on the plan year's last day: "Thường xuyên", "Định kỳ hằng quý, 6 tháng, năm".
_RHYTHM = r"(?:thuong xuyen|dinh ky|lien tuc|(?:hang|moi|theo|cac)\s*(?:ngay|tuan|thang|quy|nam)|(?:trong|ca|cuoi) nam)"
_ALL_YEAR = re.compile(
    rf"nam|{_RHYTHM}(?:(?:\s*[,;/&-]\s*|\s+va\s+|\s+)(?:{_RHYTHM}|ngay|tuan|thang|quy|nam|0?[369] thang))*"
    r"(?:\s*(?P<year>(?:19|20)\d\d))?"
)
_FROM_TO = re.compile(r"(?:(?P<since>tu)\s+)?(?P<first>.+?)\s+(?:cho )?(?:den|toi)\s+(?P<last>.+)")
_LISTED = re.compile(r"\s*(?:[,;&+]|\bva\b)\s*")
_SPANNED = re.compile(r"\s*[-–—]\s*")
#: What a later item of a list leaves out because the first one says it: "Trước ngày", "Quý", "Tháng".
_LEAD = re.compile(rf"(?P<before>{_FILL}truoc\b)?{_FILL}(?P<unit>qu[yi]|thang|ngay|nam|giai doan|t\.?(?=\s*\d))?")
_YEAR_APART = re.compile(r",\s*(?=nam (?:19|20)\d\d$)")


@dataclass(frozen=True)
class _Named:
    """A time that words name, ``year`` None where they leave it out; ``days`` gives its first and last day."""

    found: re.Match[str]
    days: Callable[[re.Match[str], int], tuple[date, date]]
    year: int | None

    def last(self) -> date:
        """The last day in time. Raises ValueError for a day that no calendar has."""
        assert self.year is not None
        first, last = self.days(self.found, self.year)
        return _day_before(first) if self.found["before"] else last


def last_day(words: str, plan_year: int) -> date | None:
    """The last day on which a task with this deadline is still in time; None if the words name no day.

    “Trước ngày D” ends the day before D; a month, quarter, half or year ends on its last day; of several (“Quý I, II”,
    “Từ … đến …”) the last one counts; work that goes on all year (“Thường xuyên”) ends with the plan's year. A deadline
    without a year is in the plan's year. Raises ValueError for a day that doesn't exist.
    """
    text = fold(words).strip(" .;,")
    if (standing := _ALL_YEAR.fullmatch(text)) is not None:
        return date(int(standing["year"] or plan_year), 12, 31)
    head, _comma, rest = text.partition(",")
    if rest and _ALL_YEAR.fullmatch(head.strip()):
        return last_day(rest, plan_year) or date(plan_year, 12, 31)
    if (one := _named(text)) is not None:
        return _dated(one, plan_year).last()
    return _last_of_span(text, plan_year) or _last_of_list(text, plan_year)


def is_standing(words: str) -> bool:
    """Whether the words speak of work that goes on all year, and name no day of their own."""
    return _ALL_YEAR.fullmatch(fold(words).partition(",")[0].strip(" .;,")) is not None


def _named(text: str) -> _Named | None:
    """The one time that a folded text names."""
    for pattern, days in _READINGS:
        if found := pattern.fullmatch(text):
            return _Named(found, days, int(found["year"]) if found["year"] else None)
    return None


def _dated(one: _Named, year: int) -> _Named:
    return one if one.year is not None else replace(one, year=year)


def _last_of_span(text: str, plan_year: int) -> date | None:
    """The end of "Từ … đến …": what it starts with may be any words, but not a later time."""
    if (found := _FROM_TO.fullmatch(text)) is None:
        return None
    first, last = _items([found["first"], found["last"]])
    if last is None or (first is None and not found["since"]):
        return None
    if first is None or (first.year is None and last.year is not None):
        return _dated(last, plan_year).last()
    return _ascending([first, last], plan_year)


def _last_of_list(text: str, plan_year: int) -> date | None:
    """The last of "Quý I, II/2023", "Tháng 3 - 6/2023": items in order, each of which names a time."""
    if len(re.findall(r"(?:19|20)\d\d", text)) == 1:
        text = _YEAR_APART.sub(" ", text)  # "Quý I, quý II, năm 2023"
    for separator in (_LISTED, _SPANNED):
        parts = separator.split(text)
        items = [one for one in _items(parts) if one is not None]
        if 1 < len(parts) == len(items):
            return _ascending(items, plan_year)
    return None


def _items(parts: Sequence[str]) -> list[_Named | None]:
    """What each item of a list names; one that has no word of its own takes that of the item before it."""
    items: list[_Named | None] = []
    before, unit = "", ""
    for part in parts:
        found = _LEAD.match(part)
        assert found is not None  # everything in it may be left out
        before, unit = found["before"] or before, found["unit"] or unit
        wordless = part if found["unit"] else f"{unit} {part}"
        items.append(_named(f"{before} {wordless}" if not found["before"] else part) or _named(f"{before} {part}"))
    return items


def _ascending(items: Sequence[_Named], plan_year: int) -> date | None:
    """The last day of times in order; None where they go backwards: the years left out can't be told then."""
    stated = [one.year for one in items]
    days = []
    for index, one in enumerate(items):
        following = next((year for year in stated[index:] if year is not None), None)
        preceding = next((year for year in reversed(stated[:index]) if year is not None), None)
        days.append(_dated(one, following or preceding or plan_year).last())
    return days[-1] if days == sorted(days) else None


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


def _read_part(found: re.Match[str], year: int) -> tuple[date, date]:
    if found["bare"]:
        return _months(year, 1, int(found["bare"]))
    count = _IN_WORDS.get(found["count"]) or int(found["count"])
    return _months(year, 1, count) if found["side"] == "dau" else _months(year, 13 - count, 12)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


_READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], tuple[date, date]]], ...] = (
    (_LONG_DAY, _read_day),
    (_DAY, _read_day),
    (_PART, _read_part),
    (_MONTH, _read_month),
    (_MONTH_OF_YEAR, _read_month),
    (_QUARTER, _read_quarter),
    (_WHOLE, lambda _found, year: _months(year, 1, 12)),
)
