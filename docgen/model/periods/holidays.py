"""Days off, days worked in their place, and due dates in working days.

Days off are read from ``ngay_nghi/<year>.yaml``; for a year without such a file they come from the library `holidays`.
"""

from datetime import date, timedelta
from functools import cache
from typing import Literal

from docgen.base.declare import Record, field
from docgen.base.locale import deferred
from docgen.base.locale import translate as _
from docgen.wording.dates import format_date

Certainty = Literal["A", "B", "C"]
CERTAINTY_NAMES = {
    "A": deferred("đọc ở văn bản gốc"),
    "B": deferred("đọc ở nguồn dẫn lại văn bản gốc"),
    "C": deferred("theo thông lệ, chưa kiểm chứng"),
}
#: The note on days off that no document of the office or the State confirms.
EXPECTED = deferred("theo lịch dự kiến, chưa có văn bản")


class DayOff(Record):
    """One day off, or several in a row."""

    first: date = field("ngay", "Ngày", example="01/01/2023", show=format_date)
    last: date | None = field("den", "Đến ngày", default=None, example="26/01/2023", show=format_date)
    name: str = field("ten", "Tên", example="Tết Dương lịch")


class MakeUpDay(Record):
    """A Saturday or Sunday that is worked in place of a day off."""

    day: date = field("ngay", "Ngày", example="04/05/2024", show=format_date)
    instead_of: date | None = field("thay_cho", "Thay cho ngày", default=None, example="29/04/2024", show=format_date)


class Holidays(Record):
    """``ngay_nghi/<year>.yaml``: a year's days off besides Saturdays and Sundays, and days worked in their place."""

    year: int = field("nam", "Năm", example="2023")
    source: str = field("nguon", "Nguồn", example="Bộ luật Lao động 2019, Điều 112")
    certainty: Certainty = field(
        "do_tin_cay", "Độ tin cậy", example="C", choices=CERTAINTY_NAMES, help="mức thấp nhất trong tệp"
    )
    off: tuple[DayOff, ...] = field("nghi", "Ngày nghỉ", default=())
    worked: tuple[MakeUpDay, ...] = field("lam_bu", "Ngày làm bù", default=())

    def working(self, day: date) -> bool:
        """Whether a day of this year is a working day."""
        if any(made_up.day == day for made_up in self.worked):
            return True
        return day.weekday() < 5 and not any(off.first <= day <= (off.last or off.first) for off in self.off)


class DaysOffUnknownError(ValueError):
    """The days off of a year are needed but unknown."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(_("chưa có danh sách ngày nghỉ năm {year}").format(year=year))


@cache
def expected_holidays(year: int) -> Holidays | None:
    """The days off of a year as the library `holidays` computes them; None outside 1901 to 2100, which it covers."""
    from holidays.utils import country_holidays  # 70 ms; only a due date in a year without a file needs it
    from holidays.version import __version__

    found = country_holidays("VN", years=year, language="vi")
    if not found:
        return None
    return Holidays(
        year=year,
        source=_("{expected} (thư viện holidays {version})").format(expected=_(EXPECTED), version=__version__),
        certainty="C",
        off=tuple(DayOff(first=day, name=name) for day, name in sorted(found.items())),
        worked=tuple(MakeUpDay(day=day) for day in sorted(found.weekend_workdays) if day.year == year),
    )


def working_day_after(day: date, count: int, holidays: tuple[Holidays, ...]) -> date:
    """The ``count``-th working day after ``day``, ``count`` from 1.

    Years that ``holidays`` lacks are taken from :func:`expected_holidays`. Raises DaysOffUnknownError if a year is in
    neither.
    """
    by_year = {year.year: year for year in holidays}
    while count > 0:
        day += timedelta(days=1)
        found = by_year.get(day.year) or expected_holidays(day.year)
        if found is None:
            raise DaysOffUnknownError(day.year)
        count -= found.working(day)
    return day
