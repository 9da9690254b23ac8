"""Reporting periods: their codes (``2023-Q1``), names and months.

The days that a period's figures are counted over depend on the reporting scheme (``scheme.py``).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from docgen.base.locale import translate as _
from docgen.model.plan.plan import YEARS
from docgen.wording.dates import format_month, format_short_date, parse_date
from docgen.wording.labels import from_roman, roman
from docgen.wording.text import did_you_mean, fold

PeriodType = Literal["month", "quarter", "half", "nine_months", "year", "ad_hoc"]
#: One of each form of code, for messages.
FORMS = ("2023-M01", "2023-Q1", "2023-H1", "2023-H2", "2023-9M", "2023", "2023-03-01..2023-05-31")

_SLOTS: dict[PeriodType, str] = {
    "month": "M{:02}",
    "quarter": "Q{}",
    "half": "H{}",
    "nine_months": "9M",
    "year": "NAM",
    "ad_hoc": "",
}
_COUNTS: dict[PeriodType, int] = {"month": 12, "quarter": 4, "half": 2, "nine_months": 1, "year": 1}
_MONTHS: dict[PeriodType, int] = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}
#: Type and number of a regular period, by its slot.
_BY_SLOT = {
    _SLOTS[type_].format(number): (type_, number) for type_, most in _COUNTS.items() for number in range(1, most + 1)
}
_CODE = re.compile(r"([0-9]{4})(?:-(9M|M[0-9]{2}|[QH][0-9]))?")
_RANGE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True)
class Period:
    """One period, made by :func:`parse_period` or :func:`ad_hoc`.

    ``number`` is its place among those of its type in ``year``, from 1; 0 for an ad hoc period. ``days`` are the first
    and last day of an ad hoc period, whose year is that of its end; None for any other.
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
        """Its code within a year, as a scheme names it: ``M01``, ``Q1``, ``H1``, ``9M``, ``NAM``; "" if ad hoc."""
        return _SLOTS[self.type].format(self.number)

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
        """Its name in a document: “Quý I năm 2023”, “6 tháng đầu năm 2023”, “từ ngày 01/3/2023 đến ngày …”."""
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
        """Whether it runs from the start of the year for half a year or longer: 6 tháng đầu năm, 9 tháng, năm."""
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
        """Its first and last day by the calendar."""
        if self.days is not None:
            return self.days
        last = monthrange(self.year, self.last_month)[1]
        return date(self.year, self.first_month, 1), date(self.year, self.last_month, last)

    def stepped_back(self) -> "Period":
        """The regular period before this one of the same type; of a cumulative one, that of the year before."""
        if self.cumulative or self.number == 1:
            return Period(self.year - 1, self.type, 1 if self.cumulative else _COUNTS[self.type])
        return Period(self.year, self.type, self.number - 1)


def period_of(slot: str, year: int) -> Period:
    """The period of a year with this :attr:`Period.slot`."""
    return Period(year, *_BY_SLOT[slot])


def ad_hoc(first: date, last: date) -> Period:
    """The period of any span of days. Raises ValueError if ``last`` comes before ``first``."""
    if last < first:
        message = _("ngày đầu kỳ {first} sau ngày cuối kỳ {last}; đổi chỗ hai ngày")
        raise ValueError(message.format(first=format_short_date(first), last=format_short_date(last)))
    return Period(last.year, "ad_hoc", 0, (first, last))


def parse_period(text: str) -> Period:
    """Parse the code of a period, ignoring white space around it.

    Raises ValueError for anything but the forms in :data:`FORMS`; its message suggests the code that was likely meant.
    """
    trimmed = text.strip()
    if found := _RANGE.fullmatch(trimmed):
        first, last = parse_date(found[1]), parse_date(found[2])
        _check_year(trimmed, first.year)
        _check_year(trimmed, last.year)
        return ad_hoc(first, last)
    if not (found := _CODE.fullmatch(trimmed)):
        raise _not_a_code(trimmed)
    year, slot = int(found[1]), found[2] or "NAM"
    _check_year(trimmed, year)
    if slot not in _BY_SLOT:
        what, count = {"M": (_("tháng"), 12), "Q": (_("quý"), 4), "H": (_("nửa năm"), 2)}[slot[0]]
        raise ValueError(_("“{text}”: {what} chỉ từ 1 đến {count}").format(text=trimmed, what=what, count=count))
    return period_of(slot, year)


def _check_year(text: str, year: int) -> None:
    if year not in YEARS:
        message = _("“{text}”: năm phải từ {first} đến {last}")
        raise ValueError(message.format(text=text, first=YEARS.start, last=YEARS.stop - 1))


def _not_a_code(text: str) -> ValueError:
    message = _("“{text}” không phải mã kỳ báo cáo").format(text=text if len(text) <= 60 else f"{text[:60]}…")
    forms = _("hãy viết như {forms}").format(forms=", ".join(FORMS))
    return ValueError(f"{message}; {did_you_mean(_meant(text), forms)}")


_ANY_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}")
_ANY_YEAR = re.compile(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")
#: Ways to name a period beside its year, folded and without marks, and the slot that each means.
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
