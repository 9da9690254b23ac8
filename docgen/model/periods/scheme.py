"""Reporting schemes: over which days each period's figures are counted, and when its report is due.

The records are read from ``ky_bao_cao/<name>.yaml``; the rules that they must keep are in ``scheme_rules.py``.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from docgen.base.declare import Lines, Record, field
from docgen.base.locale import translate as _
from docgen.model.periods.holidays import CERTAINTY_NAMES, Certainty, DaysOffUnknownError, Holidays, working_day_after
from docgen.model.periods.period import Period, period_of
from docgen.wording.text import fold

Slot = Literal[
    "M", "Q", "M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M10", "M11", "M12",
    "Q1", "Q2", "Q3", "Q4", "H1", "H2", "9M", "NAM",
]  # fmt: skip
SLOT_NAMES = {
    "M": "mọi tháng",
    "Q": "mọi quý",
    **{f"M{number:02}": f"tháng {number}" for number in range(1, 13)},
    **{f"Q{number}": f"quý {number}" for number in range(1, 5)},
    "H1": "6 tháng đầu năm",
    "H2": "6 tháng cuối năm",
    "9M": "9 tháng",
    "NAM": "năm",
}
#: The slots of the rows that stand for many periods.
MANY: dict[str, tuple[str, ...]] = {
    "M": tuple(f"M{number:02}" for number in range(1, 13)),
    "Q": tuple(f"Q{number}" for number in range(1, 5)),
}
_HELP_DAY = "“15/12 năm trước”, “14/3”, “ngày 15 tháng trước”, “ngày 14”, “ngày cuối tháng”"


class PeriodRule(Record):
    """One period of a scheme, or all months or quarters at once.

    ``start`` is relative to the first month of the period, ``end`` and ``due`` to its last month.
    """

    slot: Slot = field("ky", "Kỳ", example="Q1", choices=SLOT_NAMES)
    start: str = field("tu", "Số liệu từ ngày", example="15/12 năm trước", help=_HELP_DAY)
    end: str = field("den", "Chốt số liệu", example="14/3", help=_HELP_DAY)
    due: str | None = field("han_gui", "Hạn gửi", default=None, example="20/3", help=_HELP_DAY)
    due_after: int | None = field(
        "han_gui_sau", "Hạn gửi sau ngày chốt", default=None, example="2", help="số ngày làm việc"
    )
    certainty: Certainty | None = field(
        "do_tin_cay", "Độ tin cậy", default=None, example="B", choices=CERTAINTY_NAMES, help="bỏ trống: như cả chế độ"
    )
    source: str | None = field("nguon", "Nguồn", default=None, help="bỏ trống: như cả chế độ")


class Scheme(Record):
    """``ky_bao_cao/<name>.yaml``: the periods that one kind of report is made for."""

    code: str = field("ma", "Mã", example="nd09", help="đúng tên tệp")
    name: str = field("ten", "Tên", example="Báo cáo định kỳ theo Nghị định số 09/2019/NĐ-CP")
    source: str = field("nguon", "Nguồn", example="Quyết định số 01/2023/QĐ-UBND, Điều 4")
    certainty: Certainty = field("do_tin_cay", "Độ tin cậy", example="B", choices=CERTAINTY_NAMES)
    window_type: Literal["hanh_chinh", "duong_lich"] = field(
        "loai_ky",
        "Loại kỳ",
        example="hanh_chinh",
        choices={"hanh_chinh": "kỳ hành chính, chốt giữa tháng", "duong_lich": "kỳ dương lịch, trọn tháng"},
    )
    notes: Lines = field("luu_y", "Lưu ý", default=(), help="in kèm bảng kỳ báo cáo")
    due: str | None = field(
        "han_gui", "Hạn gửi", default=None, example="ngày 20", help="cho mọi kỳ không ghi hạn riêng"
    )
    due_after: int | None = field(
        "han_gui_sau",
        "Hạn gửi sau ngày chốt",
        default=None,
        example="2",
        help="số ngày làm việc, cho mọi kỳ không ghi hạn riêng",
    )
    rules: tuple[PeriodRule, ...] = field("ky", "Các kỳ")
    holidays: tuple[Holidays, ...] = field("ngay_nghi", "Ngày nghỉ", default=(), internal=True)

    @property
    def counts_working_days(self) -> bool:
        """Whether any due date is counted in working days."""
        return self.due_after is not None or any(rule.due_after is not None for rule in self.rules)

    def rule_for(self, period: Period) -> PeriodRule | None:
        """The row for a period: its own, else the one for all months or quarters; None if there is neither."""
        rows = {rule.slot: rule for rule in reversed(self.rules)}
        own = rows.get(period.slot)  # type: ignore[call-overload]  # an ad hoc period has the slot ""
        many = next((rows[slot] for slot in ("M", "Q") if slot in rows and period.slot in MANY[slot]), None)
        return own or many

    def periods(self, year: int) -> Iterator[Period]:
        """All periods of a year, each once, in the order of the rows."""
        slots = dict.fromkeys(slot for rule in self.rules for slot in MANY.get(rule.slot, (rule.slot,)))
        for slot in slots:
            yield period_of(slot, year)

    def certainty_of(self, period: Period) -> Certainty:
        """How certain the window of a period is: that of its row, else that of the scheme."""
        rule = self.rule_for(period)
        return (rule.certainty if rule is not None else None) or self.certainty


class Window(NamedTuple):
    """The days that a period's figures are counted over, both included, and the last day to send its report.

    ``due`` is None if the scheme fixes none, or if it depends on the unknown days off of the year ``days_off_unknown``.
    ``days_off_expected`` are the years whose days off are those of
    :func:`docgen.model.periods.holidays.expected_holidays`, since they have no file. ``in_scheme`` is false for a
    period that the scheme doesn't have, which is counted by the calendar.
    """

    start: date
    end: date
    due: date | None
    in_scheme: bool
    days_off_unknown: int | None = None
    days_off_expected: tuple[int, ...] = ()


def window(scheme: Scheme, period: Period, *, working_days: bool = True) -> Window:
    """The window of a period in a valid scheme.

    Without ``working_days``, a due date that is counted in working days stays None.
    """
    rule = scheme.rule_for(period)
    if rule is None:
        return Window(*period.calendar_days, None, in_scheme=False)
    start = parse_rule_day(rule.start).on(period.year, period.first_month)
    end = parse_rule_day(rule.end).on(period.year, period.last_month)
    stated, after = rule.due, rule.due_after
    if stated is None and after is None:
        stated, after = scheme.due, scheme.due_after
    if after is not None:
        found = Window(start, end, None, in_scheme=True)
        return _with_working_days(found, after, scheme.holidays) if working_days else found
    due = parse_rule_day(stated).on(period.year, period.last_month) if stated is not None else None
    return Window(start, end, due, in_scheme=True)


def _with_working_days(found: Window, after: int, holidays: tuple[Holidays, ...]) -> Window:
    try:
        due = working_day_after(found.end, after, holidays)
    except DaysOffUnknownError as error:
        return found._replace(days_off_unknown=error.year)
    listed = {one.year for one in holidays}
    years = range((found.end + timedelta(days=1)).year, due.year + 1)
    return found._replace(due=due, days_off_expected=tuple(year for year in years if year not in listed))


def next_end(scheme: Scheme, period: Period) -> date:
    """The calendar's last day of what comes after a period, to which deadlines such as “Quý II/2023” reach.

    A month or quarter is followed by the next one, six or nine months by the rest of the year, a year by the next year.
    After an ad hoc period comes whatever the scheme cuts off next.
    """
    if period.days is not None:
        after = [one for year in (period.year, period.year + 1) for one in scheme.periods(year)]
        ends = [(window(scheme, one, working_days=False).end, one.calendar_days[1]) for one in after]
        return min((pair for pair in ends if pair[0] > period.days[1]), default=(date.max, date.max))[1]
    if period.last_month == 12:
        return date(period.year + 1, 12, 31)
    if period.type not in ("month", "quarter"):
        return date(period.year, 12, 31)
    return Period(period.year, period.type, period.number + 1).calendar_days[1]


class RuleDay(NamedTuple):
    """A day as a scheme states it, relative to a period.

    ``day`` 0 is the last of the month. ``shift`` is in years if ``month`` is given, else in months of the period.
    """

    day: int
    month: int | None
    shift: int

    def on(self, year: int, month: int) -> date:
        """The day for a period of ``year``, counted from its first or last ``month``."""
        index = year * 12 + month - 1 + self.shift
        if self.month is not None:
            index = (year + self.shift) * 12 + self.month - 1
        found_year, found_month = divmod(index, 12)
        day = self.day or monthrange(found_year, found_month + 1)[1]
        return date(found_year, found_month + 1, day)


_DAY_AND_MONTH = re.compile(r"(?:ngay )?([0-9]{1,2}) ?/ ?([0-9]{1,2})(?: nam (truoc|nay|sau))?")
_DAY_OF_MONTH = re.compile(r"ngay ([0-9]{1,2})(?: thang (truoc|nay|sau))?")
_LAST_OF_MONTH = re.compile(r"(?:ngay )?cuoi thang(?: (truoc|nay|sau))?")
_SHIFTS = {"truoc": -1, None: 0, "nay": 0, "sau": 1}
#: Every month has a day of this number.
_SAFE_DAY = 28


def parse_rule_day(text: str) -> RuleDay:
    """Parse “14/3”, “15/12 năm trước”, “ngày 15 tháng trước”, “ngày 14” or “ngày cuối tháng”.

    White space and diacritics are ignored. Raises ValueError for anything else and for a day that some years or
    months don't have.
    """
    folded = fold(text)
    if found := _DAY_AND_MONTH.fullmatch(folded):
        day, month = int(found[1]), int(found[2])
        if not (1 <= month <= 12 and 1 <= day <= monthrange(2023, month)[1]):
            raise ValueError(_("“{text}”: không phải năm nào cũng có ngày này").format(text=text))
        return RuleDay(day, month, _SHIFTS[found[3]])
    if found := _DAY_OF_MONTH.fullmatch(folded):
        day = int(found[1])
        if not 1 <= day <= _SAFE_DAY:
            message = _("“{text}”: không phải tháng nào cũng có ngày này; hãy viết “ngày cuối tháng” hoặc ngày/tháng")
            raise ValueError(message.format(text=text))
        return RuleDay(day, None, _SHIFTS[found[2]])
    if found := _LAST_OF_MONTH.fullmatch(folded):
        return RuleDay(0, None, _SHIFTS[found[1]])
    message = _("“{text}” không phải ngày của một kỳ: hãy viết như {forms}")
    raise ValueError(message.format(text=text if len(text) <= 60 else f"{text[:60]}…", forms=_HELP_DAY))
