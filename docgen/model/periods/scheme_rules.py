"""Rules over reporting schemes and over a year's days off; each yields problems at paths."""

from collections.abc import Mapping
from datetime import date, timedelta

from docgen.base.locale import translate as _
from docgen.errors import Path
from docgen.model.periods.holidays import Holidays
from docgen.model.periods.period import Period
from docgen.model.periods.scheme import MANY, PeriodRule, Scheme, Window, parse_rule_day, window
from docgen.model.problems import Problems, problem
from docgen.wording.dates import format_short_date

#: Working days after its cut-off that a report may be due.
_DUE_AFTER = range(1, 61)
#: The years whose windows are checked: a common year and the leap year after it.
_TRIED = (2023, 2024)


def check_scheme(scheme: Scheme, name: str) -> Problems:
    """All problems of a scheme read from ``<name>.yaml``."""
    if scheme.code != name:
        message = _("mã “{code}” khác tên tệp “{name}.yaml”").format(code=scheme.code, name=name)
        yield problem("scheme.name", ("ma",), message, _("sửa mã, hoặc đổi tên tệp"))
    found = [*_check_due((), scheme), *_check_rows(scheme)]
    yield from found
    if not found:
        yield from _check_windows(scheme)


def _check_rows(scheme: Scheme) -> Problems:
    first: dict[str, int] = {}
    for index, rule in enumerate(scheme.rules):
        path: Path = ("ky", index)
        if rule.slot in first:
            message = _("kỳ “{slot}” bị ghi hai lần").format(slot=rule.slot)
            other: Path = ("ky", first[rule.slot], "ky")
            yield problem("scheme.doubled", (*path, "ky"), message, _("giữ lại một"), related=[other])
        first.setdefault(rule.slot, index)
        yield from _check_day((*path, "tu"), rule.start, many=rule.slot in MANY)
        yield from _check_day((*path, "den"), rule.end, many=rule.slot in MANY)
        yield from _check_due(path, rule, many=rule.slot in MANY)


def _check_due(path: Path, said: Scheme | PeriodRule, *, many: bool = True) -> Problems:
    if said.due is not None and said.due_after is not None:
        message = _("ghi cả “han_gui” và “han_gui_sau”")
        yield problem("scheme.two-dues", (*path, "han_gui_sau"), message, _("giữ lại một"))
    if said.due is not None:
        yield from _check_day((*path, "han_gui"), said.due, many=many)
    if said.due_after is not None and said.due_after not in _DUE_AFTER:
        message = _("hạn gửi sau ngày chốt phải từ {first} đến {last} ngày làm việc")
        message = message.format(first=_DUE_AFTER.start, last=_DUE_AFTER.stop - 1)
        yield problem("scheme.due-after", (*path, "han_gui_sau"), message, _("sửa số ngày"))


def _check_day(path: Path, text: str, *, many: bool) -> Problems:
    try:
        day = parse_rule_day(text)
    except ValueError as error:
        hint = _("viết ví dụ: 15/12 năm trước; ngày 14; ngày cuối tháng")
        yield problem("scheme.day", path, str(error), hint)
        return
    if many and day.month is not None:
        message = _("“{text}” là ngày của một tháng, không dùng cho nhiều kỳ").format(text=text)
        yield problem("scheme.day", path, message, _("viết ngày tính theo tháng của kỳ, như “ngày 15 tháng trước”"))


def _check_windows(scheme: Scheme) -> Problems:
    """Windows run forward, follow each other and are due after their end; each row is reported once."""
    windows = {period: window(scheme, period, working_days=False) for year in _TRIED for period in scheme.periods(year)}
    said: set[Path] = set()
    for period in windows:
        path: Path = ("ky", next(i for i, rule in enumerate(scheme.rules) if rule is scheme.rule_for(period)))
        for one in _check_window(scheme, period, path, windows):
            if one.place.path not in said:
                said.add(one.place.path)
                yield one


def _check_window(scheme: Scheme, period: Period, path: Path, windows: Mapping[Period, Window]) -> Problems:
    start, end, due, *_rest = windows[period]
    shown = {"name": period.name, "start": format_short_date(start), "end": format_short_date(end)}
    if end < start:
        message = _("kỳ số liệu của {name} đi lùi: từ {start} đến {end}").format(**shown)
        yield problem("scheme.backwards", (*path, "tu"), message, _("kỳ bắt đầu từ năm trước thì ghi “năm trước”"))
        return
    if due is not None and due < end:
        message = _("hạn gửi {due} của {name} trước ngày chốt số liệu {end}").format(
            due=format_short_date(due), **shown
        )
        yield problem("scheme.due-early", (*path, "han_gui"), message, _("sửa hạn gửi; sang năm sau thì ghi “năm sau”"))
    if scheme.window_type == "duong_lich" and (start, end) != period.calendar_days:
        message = _("loai_ky là duong_lich nhưng {name} tính từ {start} đến {end}").format(**shown)
        hint = _("viết “ngày 1” và “ngày cuối tháng”, hoặc đổi loai_ky")
        yield problem("scheme.not-calendar", (*path, "tu"), message, hint)
    before = period.stepped_back()
    if period.cumulative or before not in windows or windows[before].end == start - timedelta(days=1):
        return
    message = _("{name} tính từ {start}, nhưng {before} chốt ngày {ended}: số liệu bị sót hoặc tính hai lần")
    message = message.format(before=before.name, ended=format_short_date(windows[before].end), **shown)
    yield problem("scheme.gap", (*path, "tu"), message, _("hai kỳ liền nhau phải nối tiếp từng ngày"))


def check_holidays(holidays: Holidays, year: int) -> Problems:
    """All problems of the days off read from ``<year>.yaml``."""
    if holidays.year != year:
        message = _("năm {year} khác tên tệp “{name}.yaml”").format(year=holidays.year, name=year)
        yield problem("holidays.year", ("nam",), message, _("sửa năm, hoặc đổi tên tệp"))
        return
    for index, off in enumerate(holidays.off):
        if off.last is not None and off.last < off.first:
            message = _("ngày đến sớm hơn ngày đầu")
            yield problem("holidays.dates", ("nghi", index, "den"), message, _("sửa một trong hai ngày"))
        for key, day in (("ngay", off.first), ("den", off.last)):
            if day is not None:
                yield from _check_year(("nghi", index, key), day, year)
    for index, made_up in enumerate(holidays.worked):
        path: Path = ("lam_bu", index, "ngay")
        yield from _check_year(path, made_up.day, year)
        if made_up.day.weekday() < 5:
            message = _("ngày làm bù {day} không phải thứ Bảy hay Chủ nhật").format(day=format_short_date(made_up.day))
            yield problem("holidays.make-up", path, message, _("sửa ngày"))
        instead = made_up.instead_of
        if instead is not None and instead.year == year and holidays.working(instead):
            message = _("làm bù thay cho ngày {day}, nhưng ngày đó không nghỉ").format(day=format_short_date(instead))
            yield problem("holidays.make-up", ("lam_bu", index, "thay_cho"), message, _("thêm ngày đó vào “nghi”"))


def _check_year(path: Path, day: date, year: int) -> Problems:
    if day.year != year:
        message = _("ngày {day} không thuộc năm {year}").format(day=format_short_date(day), year=year)
        yield problem("holidays.year", path, message, _("ghi vào tệp của năm đó"))
