"""A reporting period: its code as people type it in (``2023-Q1``), a frozen value out, with the months it covers.

A period says nothing of cut-offs: which days its figures are counted over is said by a scheme (model/scheme.py).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from docgen.base.locale import translate as _
from docgen.model.plan.plan import YEARS
from docgen.wording.dates import format_month, format_short_date, parse_date
from docgen.wording.labels import from_roman, roman
from docgen.wording.text import fold

PeriodType = Literal["month", "quarter", "half", "nine_months", "year", "ad_hoc"]
#: One of each form of code, for messages.
FORMS = ("2023-M01", "2023-Q1", "2023-H1", "2023-H2", "2023-9M", "2023", "2023-03-01..2023-05-31")

_LETTERS: dict[str, PeriodType] = {"M": "month", "Q": "quarter", "H": "half"}
_COUNTS: dict[PeriodType, int] = {"month": 12, "quarter": 4, "half": 2, "nine_months": 1, "year": 1}
_MONTHS: dict[PeriodType, int] = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}
_CODE = re.compile(r"(?P<year>[0-9]{4})(?:-(?:(?P<nine>9M)|M(?P<M>[0-9]{2})|Q(?P<Q>[0-9])|H(?P<H>[0-9])))?")
_RANGE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True)
class Period:
    """One period, made by :func:`parse_period` or :func:`ad_hoc`.

    ``number`` counts from 1 among its type in ``year`` (month 1 to 12, quarter 1 to 4, half 1 or 2; nine months and
    the year: 1; ad hoc: 0). ``days`` are the first and last day of an ad hoc period, whose year is that of its end.
    """

    year: int
    type: PeriodType
    number: int = 1
    days: tuple[date, date] | None = None

    def __post_init__(self) -> None:
        if self.type == "ad_hoc":
            assert self.days is not None and self.days[0] <= self.days[1], self.days
        else:
            assert self.days is None and 1 <= self.number <= _COUNTS[self.type], self.number

    @property
    def slot(self) -> str:
        """Its code within any year, as a scheme names it: ``M01``, ``Q1``, ``H1``, ``9M``, ``NAM``; "" for ad hoc."""
        match self.type:
            case "month":
                return f"M{self.number:02}"
            case "quarter":
                return f"Q{self.number}"
            case "half":
                return f"H{self.number}"
            case "nine_months":
                return "9M"
            case "year":
                return "NAM"
            case "ad_hoc":
                return ""

    @property
    def code(self) -> str:
        """What :func:`parse_period` reads: ``2023-M01``, ``2023``, ``2023-03-01..2023-05-31``."""
        if self.days is not None:
            return "..".join(day.isoformat() for day in self.days)
        return f"{self.year:04}" if self.type == "year" else f"{self.year:04}-{self.slot}"

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """How a document names it: “Quý I năm 2023”, “6 tháng đầu năm 2023”, “từ ngày 01/3/2023 đến ngày …”."""
        if self.days is not None:
            first, last = map(format_short_date, self.days)
            return f"từ ngày {first} đến ngày {last}"
        match self.type:
            case "month":
                return f"tháng {format_month(self.number)} năm {self.year}"
            case "quarter":
                return f"Quý {roman(self.number)} năm {self.year}"
            case "half":
                return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
            case "nine_months":
                return f"9 tháng năm {self.year}"
            case _:
                return f"năm {self.year}"

    @property
    def cumulative(self) -> bool:
        """Whether it is one of those that grow from the start of the year: 6 tháng đầu năm, 9 tháng, năm."""
        return self.slot in ("H1", "9M", "NAM")

    @property
    def first_month(self) -> int:
        """The first month (1 to 12) that it covers."""
        return self.days[0].month if self.days else _MONTHS[self.type] * (self.number - 1) + 1

    @property
    def last_month(self) -> int:
        """The last month (1 to 12) that it covers."""
        return self.days[1].month if self.days else _MONTHS[self.type] * self.number

    @property
    def calendar_days(self) -> tuple[date, date]:
        """Its first and last day by the calendar, whatever a scheme says."""
        if self.days is not None:
            return self.days
        last = monthrange(self.year, self.last_month)[1]
        return date(self.year, self.first_month, 1), date(self.year, self.last_month, last)

    def stepped_back(self) -> "Period":
        """The one before of the same type; for a cumulative period the same one of the year before.

        Before an ad hoc period comes an equally long one: as many months where it is whole months (from any day to
        the day before the same day of a later month), else as many days.
        """
        if self.days is not None:
            return ad_hoc(*span_before(*self.days))
        if self.cumulative or self.number == 1:
            return Period(self.year - 1, self.type, 1 if self.cumulative else _COUNTS[self.type])
        return Period(self.year, self.type, self.number - 1)


def period_of(slot: str, year: int) -> Period:
    """The period of a year whose :attr:`Period.slot` this is."""
    match slot[0]:
        case "M":
            return Period(year, "month", int(slot[1:]))
        case "Q":
            return Period(year, "quarter", int(slot[1:]))
        case "H":
            return Period(year, "half", int(slot[1:]))
        case "9":
            return Period(year, "nine_months")
        case _:
            return Period(year, "year")


def ad_hoc(first: date, last: date) -> Period:
    """A period of any days. Raises ValueError where the last comes before the first."""
    if last < first:
        message = _("ngày đầu kỳ {first} sau ngày cuối kỳ {last}; đổi chỗ hai ngày")
        raise ValueError(message.format(first=format_short_date(first), last=format_short_date(last)))
    return Period(last.year, "ad_hoc", 0, (first, last))


def span_before(first: date, last: date) -> tuple[date, date]:
    """The days of an equally long span that ends the day before ``first``; see :meth:`Period.stepped_back`."""
    after = last + timedelta(days=1)
    months = _month_index(after) - _month_index(first)
    before = first - (after - first)
    if months and after.day == first.day:
        year, month = divmod(_month_index(first) - months, 12)
        if first.day <= monthrange(year, month + 1)[1]:
            before = date(year, month + 1, first.day)
    return before, first - timedelta(days=1)


def _month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def parse_period(text: str) -> Period:
    """The period that a code means; white space around it is ignored.

    Raises ValueError, with the code that was likely meant, for anything but the forms in :data:`FORMS`.
    """
    trimmed = text.strip()
    if found := _RANGE.fullmatch(trimmed):
        first, last = parse_date(found[1]), parse_date(found[2])
        _check_year(trimmed, first.year)
        _check_year(trimmed, last.year)
        return ad_hoc(first, last)
    if not (found := _CODE.fullmatch(trimmed)):
        raise _not_a_code(trimmed)
    year = int(found["year"])
    _check_year(trimmed, year)
    for letter, type_ in _LETTERS.items():
        if found[letter]:
            return _numbered(trimmed, year, type_, int(found[letter]))
    return Period(year, "nine_months" if found["nine"] else "year")


def _numbered(text: str, year: int, type_: PeriodType, number: int) -> Period:
    count = _COUNTS[type_]
    if not 1 <= number <= count:
        what = {"month": _("tháng"), "quarter": _("quý"), "half": _("nửa năm")}[type_]
        raise ValueError(_("“{text}”: {what} chỉ từ 1 đến {count}").format(text=text, what=what, count=count))
    return Period(year, type_, number)


def _check_year(text: str, year: int) -> None:
    if year not in YEARS:
        message = _("“{text}”: năm phải từ {first} đến {last}")
        raise ValueError(message.format(text=text, first=YEARS.start, last=YEARS.stop - 1))


def _not_a_code(text: str) -> ValueError:
    message = _("“{text}” không phải mã kỳ báo cáo").format(text=text if len(text) <= 60 else f"{text[:60]}…")
    meant = _meant(text)
    if meant is not None:
        return ValueError(message + "; " + _("ý bạn là “{meant}”?").format(meant=meant))
    return ValueError(message + "; " + _("hãy viết như {forms}").format(forms=", ".join(FORMS)))


_ANY_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}")
_ANY_YEAR = re.compile(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")
#: What may stand beside the year, folded and without marks, and the code it means.
_SPOKEN = (
    (re.compile(r"(?:q|quy)0*([1-4])|([1-4])q"), "Q{}"),
    (re.compile(r"(?:q|quy)(iv|i{1,3})"), "Q{}"),
    (re.compile(r"h([12])|([12])h"), "H{}"),
    (re.compile(r"6thang(?:dau)?|6m"), "H1"),
    (re.compile(r"6thangcuoi"), "H2"),
    (re.compile(r"0?9m|9thang(?:dau)?"), "9M"),
    (re.compile(r"(?:m|thang|t)?0*(1[0-2]|[1-9])|(1[0-2]|[1-9])m"), "M{:0>2}"),
)


def _meant(text: str) -> str | None:
    """The code that somebody who typed ``text`` likely meant."""
    days = _ANY_DAY.findall(text)
    if len(days) == 2:
        try:
            return ad_hoc(*map(_any_day, days)).code
        except ValueError:
            return None
    folded = fold(text)
    years = _ANY_YEAR.findall(folded)
    if len(years) != 1:
        return None
    rest = re.sub(r"nam|[^0-9a-z]", "", _ANY_YEAR.sub(" ", folded))
    if not rest:
        return str(years[0])
    for pattern, form in _SPOKEN:
        if found := pattern.fullmatch(rest):
            number = next(filter(None, found.groups()), "")
            number = str(from_roman(number)) if number.isalpha() else number
            return f"{years[0]}-{form.format(number)}"
    return None


def _any_day(text: str) -> date:
    if text[4] == "-" and text[:4].isdigit():
        year, month, day = map(int, text.split("-"))
        return date(year, month, day)
    return parse_date(text)
