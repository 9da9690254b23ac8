"""Parses dates as people type them, and formats them as documents print them."""

import re
from calendar import monthrange
from datetime import date, datetime

from docgen.base.declare import PartialDate
from docgen.base.locale import translate as _

#: Room for a day that will be written in by hand.
GAP = " " * 8

# The same separator twice: 05/02/2023, 5-2-2023, 05.02.2023. Not \d, which matches other scripts' digits too.
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2}")
_NO_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})")
_NO_DAY_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})")


def parse_date(text: str) -> date:
    """Parse dd/mm/yyyy (also d/m/yyyy, and - or . instead of /) or yyyy-mm-dd.

    Surrounding white space is ignored. Raises ValueError for any other form and for a day that doesn't exist.
    """
    trimmed = text.strip()
    if found := _DAY_FIRST.fullmatch(trimmed):
        day, _separator, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(trimmed):
        year, month, day = found.groups()
    elif _SHORT_YEAR.fullmatch(trimmed):
        raise ValueError(_("“{text}”: năm phải viết đủ bốn chữ số, như 05/02/2023").format(text=trimmed))
    else:
        raise ValueError(_("“{text}” không phải ngày: hãy viết ngày/tháng/năm, như 05/02/2023").format(text=trimmed))
    return _existing_day(trimmed, int(year), int(month), int(day))


def parse_partial_date(text: str) -> PartialDate:
    """Parse what :func:`parse_date` accepts, or a month alone (12/2022, 2022-12), whose day is None."""
    trimmed = text.strip()
    if found := _NO_DAY.fullmatch(trimmed):
        month, year = found.groups()
    elif found := _NO_DAY_YEAR_FIRST.fullmatch(trimmed):
        year, month = found.groups()
    else:
        full = parse_date(trimmed)
        return PartialDate(full.year, full.month, full.day)
    _existing_day(trimmed, int(year), int(month), 1)
    return PartialDate(int(year), int(month), None)


def _existing_day(text: str, year: int, month: int, day: int) -> date:
    if year < 1:
        raise ValueError(_("“{text}”: không có năm {year:04}").format(text=text, year=year))
    if not 1 <= month <= 12:
        raise ValueError(
            _("“{text}”: không có tháng {month}; hãy viết ngày trước, tháng sau, như 05/02/2023").format(
                text=text, month=month
            )
        )
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise ValueError(
            _(
                "không có ngày {day:02}/{month:02}/{year:04}: tháng {month} năm {year} có {days} ngày, hãy xem lại"
            ).format(day=day, month=month, year=year, days=days)
        )
    return date(year, month, day)


def format_date(day: date) -> str:
    """``day`` as dd/mm/yyyy."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_clock(moment: datetime | None) -> str:
    """A moment as the clock here shows it, “05/02/2023 07:30”; “?” for one that isn't known (None)."""
    return f"{moment.astimezone():%d/%m/%Y %H:%M}" if moment is not None else "?"


def format_partial_date(day: PartialDate) -> str:
    """``day`` as dd/mm/yyyy, a month alone as mm/yyyy: what :func:`parse_partial_date` reads."""
    days = "" if day.day is None else f"{day.day:02}/"
    return f"{days}{day.month:02}/{day.year:04}"


def format_month(month: int) -> str:
    """A month's number as a text names it: the months 1 and 2 take a zero (NĐ 30/2020, Phụ lục I, Mục II.4)."""
    return f"{month:02}" if month <= 2 else str(month)


def format_short_date(day: date) -> str:
    """A day as a text names it, “01/3/2023”: the rule of :func:`format_long_date` in its short form."""
    return f"{day.day:02}/{format_month(day.month)}/{day.year}"


def format_long_date(day: PartialDate | date | None) -> str:
    """The official form, “ngày 05 tháng 02 năm 2023” (NĐ 30/2020, Phụ lục I, Mục II.4).

    Days below 10 and months 1 and 2 are padded with a zero, months 3 to 9 aren't. :data:`GAP` stands for
    a day that isn't known; if ``day`` is None, for day, month and year.
    """
    if day is None:
        return f"ngày{GAP}tháng{GAP}năm{GAP}"
    shown_day = GAP if day.day is None else f"{day.day:02} "
    return f"ngày {shown_day}tháng {format_month(day.month)} năm {day.year}"


def format_place_and_date(place: str, day: PartialDate | date | None) -> str:
    """Địa danh and date on one line: “Hương Thủy, ngày 30 tháng 12 năm 2022”."""
    return f"{place}, {format_long_date(day)}"
