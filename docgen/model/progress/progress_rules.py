"""Rules over single records of progress; rules over figures that contradict each other: ``progress_conflicts.py``.

Each rule yields problems at paths in :class:`Progress` (first key ``ky`` or ``bieu_so_lieu``); related places may be
paths in the plan.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from docgen.base.locale import translate as _
from docgen.errors import Path, Problem, Severity
from docgen.model.counting.entries import Entries, Entry, entries
from docgen.model.counting.tasks import TaskEntry, counts_for, says, states_something
from docgen.model.counting.units import Units
from docgen.model.periods.period import Period, parse_period
from docgen.model.periods.scheme import Scheme, window
from docgen.model.plan.history import as_of
from docgen.model.plan.plan import Indicator, Plan
from docgen.model.plan.task import Task
from docgen.model.problems import Problems, check_amount, check_codes, problem
from docgen.model.progress.progress import Progress, ProgressFile
from docgen.wording.dates import format_date
from docgen.wording.numbers import format_amount
from docgen.wording.text import did_you_mean


@dataclass(frozen=True)
class Checked:
    """A progress with all that its rules need; ``schemes`` by the name that files use."""

    plan: Plan
    progress: Progress
    schemes: Mapping[str, Scheme]

    @cached_property
    def units(self) -> Units:
        """The plan's units."""
        return Units(self.plan.organisation)

    @cached_property
    def entries(self) -> Entries:
        """All records with their windows."""
        return entries(self.progress, self.units)

    @cached_property
    def tasks(self) -> Mapping[str, tuple[Path, Task]]:
        """The plan's tasks by code."""
        return {task.code: (path, task) for path, task in reversed(list(self.plan.tasks()))}

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """The plan's indicators by code."""
        return {indicator.code: indicator for indicator in reversed(self.plan.indicators)}

    def plan_at(self, day: date) -> Mapping[str, Task]:
        """The tasks of the plan as of a day, by code."""
        if day not in self._plans:
            self._plans[day] = {task.code: task for _path, task in as_of(self.plan, day).tasks()}
        return self._plans[day]

    @cached_property
    def _plans(self) -> dict[date, dict[str, Task]]:
        return {}


def check_files(checked: Checked) -> Problems:
    """Check the days of each file against its name and its scheme."""
    for code, file in checked.progress.files.items():
        path: Path = ("ky", code)
        period = parse_period(code)
        if period.year != checked.plan.year:
            message = _("tệp của năm {year}, kế hoạch là của năm {plan}").format(
                year=period.year, plan=checked.plan.year
            )
            yield problem("progress.other-year", path, message, _("chuyển tệp sang thư mục của kế hoạch năm đó"))
        elif file.end < file.start:
            yield problem("progress.window", (*path, "den"), _("den sớm hơn tu"), _("sửa một trong hai ngày"))
        elif file.scheme in checked.schemes:
            yield from _against_scheme(path, file, checked.schemes[file.scheme], period)


def _against_scheme(path: Path, file: ProgressFile, scheme: Scheme, period: Period) -> Problems:
    expected = window(scheme, period, working_days=False)
    days = {"start": format_date(expected.start), "end": format_date(expected.end), "scheme": scheme.code}
    if (file.start, file.end) != (expected.start, expected.end):
        key = "tu" if file.start != expected.start else "den"
        message = _("chế độ {scheme} tính kỳ {period} từ {start} đến {end}").format(period=period, **days)
        hint = _("sửa tu, den; hoặc đổi tên tệp theo kỳ thật, ví dụ {name}.yaml")
        name = f"{file.start.isoformat()}..{file.end.isoformat()}"
        yield problem("progress.window", (*path, key), message, hint.format(name=name), Severity.WARNING)
    elif not expected.in_scheme and period.type != "ad_hoc":
        message = _("chế độ {scheme} không có kỳ {period}").format(period=period, **days)
        yield problem("progress.no-such-period", (*path, "luoc_do"), message, _("kiểm tra luoc_do"), Severity.WARNING)


def check_references(checked: Checked) -> Problems:
    """Check that codes and units exist, that records lie within their file's days, and that none is doubled."""
    found = checked.entries
    fields = [work.code for work in checked.plan.fields_of_work.fields] if checked.plan.fields_of_work else []
    form = checked.progress.form
    statistics = form.by_code if form is not None else {}
    at_form = _("các mã nằm ở bieu_so_lieu/{name}.yaml").format(name=checked.plan.field_list)
    at_plan = _("các mã nằm ở ke-hoach.yaml")
    at_fields = _("các mã nằm ở linh_vuc/{name}.yaml").format(name=checked.plan.field_list)
    tasks: _Records = [(e, e.record.task) for e in found.tasks]
    indicators: _Records = [(e, e.record.indicator) for e in found.indicators]
    figures: _Records = [(e, e.record.statistic) for e in found.statistics]
    texts: _Records = [(e, e.record.field_of_work) for e in found.texts]
    yield from check_codes(_("nhiệm vụ"), _coded(tasks, "ma"), checked.tasks, at_plan)
    yield from check_codes(_("chỉ tiêu"), _coded(indicators, "ma"), checked.indicators, at_plan)
    yield from check_codes(_("số liệu"), _coded(figures, "ma"), statistics, at_form)
    yield from check_codes(_("lĩnh vực"), _coded(texts, "linh_vuc"), fields, at_fields)
    for records in (tasks, indicators, figures):
        yield from _check_records(checked, records, "ma")
    yield from _check_records(checked, texts, "linh_vuc")
    yield from _check_records(checked, [(e, "") for e in found.answers], "don_vi")


#: Records of one type, each with the code of what it is about.
_Records = Sequence[tuple[Entry[Any], str]]


def _coded(records: _Records, key: str) -> Iterator[tuple[Path, str]]:
    return (((*entry.path, key), code) for entry, code in records)


def _check_records(checked: Checked, records: _Records, key: str) -> Problems:
    """Check units, days and doubled records; ``key`` is that of what the records are about."""
    first: dict[tuple[str, str, object], Path] = {}
    for entry, about in records:
        file = checked.progress.files[entry.period]
        if not entry.unit:
            yield _unknown_unit(checked.units, entry.path, entry.record.unit)
            continue
        own_days = (entry.start, entry.end) != (file.start, file.end)
        if own_days and (entry.end < entry.start or not entry.inside(file.start, file.end)):
            message = _("tu, den của mục này phải nằm trong kỳ của tệp, từ {start} đến {end}").format(
                start=format_date(file.start), end=format_date(file.end)
            )
            narrowed = "tu" if not file.start <= entry.start <= file.end else "den"
            yield problem("progress.narrowed", (*entry.path, narrowed), message, _("sửa ngày, hoặc xóa dòng này"))
        for where in (entry.period, (entry.start, entry.end)):
            before = first.setdefault((about, entry.unit, where), entry.path)
            if before != entry.path:
                yield _doubled(checked.units, entry, key, about, before)
                break


def _doubled(units: Units, entry: Entry[Any], key: str, about: str, before: Path) -> Problem:
    if about:
        message = _("“{about}” của {unit} bị ghi hai lần").format(about=about, unit=units.name(entry.unit))
    else:
        message = _("{unit} bị ghi hai lần").format(unit=units.name(entry.unit))
    hint = _("giữ một mục; số liệu của kỳ khác ghi vào tệp của kỳ đó")
    return problem("progress.doubled", (*entry.path, key), message, hint, related=[(*before, key)])


def _unknown_unit(units: Units, path: Path, name: str) -> Problem:
    message = _("không nhận ra đơn vị “{name}”").format(name=name)
    hint = did_you_mean(units.closest(name), _("ghi mã của đơn vị trong don-vi.yaml"))
    return problem("data.unknown-reference", (*path, "don_vi"), message, hint)


def check_tasks(checked: Checked) -> Problems:
    """Check each record of a task, by itself and against the plan as of its last day."""
    for entry in checked.entries.tasks:
        yield from _check_percent(entry.path, entry.record.percent, entry.record.done_on)
        if entry.record.done_on is not None:
            yield from _check_day(checked, entry.path, entry.record.done_on, entry.end)
        if entry.record.disbursed is not None:
            path = (*entry.path, "giai_ngan")
            yield from check_amount(_("giải ngân"), entry.record.disbursed, checked.plan.money_unit, path)
        if not (states_something(entry) or says(entry) or entry.record.disbursed is not None):
            message = _("mục này chưa ghi tiến độ: không có phan_tram, ngay_hoan_thanh hay nội dung nào")
            yield problem("progress.no-status", entry.path, message, _("ghi phan_tram, hoặc xóa mục"), Severity.WARNING)
        if entry.unit and entry.record.task in checked.tasks:
            yield from _check_belonging(checked, entry.path, entry)


def _check_percent(path: Path, percent: Decimal | None, done_on: date | None) -> Problems:
    at = (*path, "phan_tram")
    if percent is not None and not 0 <= percent <= 100:
        message = _("mức độ hoàn thành {percent}% ngoài khoảng 0 đến 100").format(percent=format_amount(percent))
        yield problem("progress.percent", at, message, _("ghi từ 0 đến 100"))
    elif percent == 100 and done_on is None:
        message = _("đã xong 100% nhưng chưa ghi ngày hoàn thành")
        yield problem("progress.percent-and-date", at, message, _("thêm ngay_hoan_thanh: ngày/tháng/năm"))
    elif percent is not None and percent < 100 and done_on is not None:
        message = _("có ngày hoàn thành {day} nhưng mới xong {percent}%").format(
            day=format_date(done_on), percent=format_amount(percent)
        )
        hint = _("xóa ngay_hoan_thanh nếu chưa xong; đã xong thì ghi phan_tram: 100")
        related = [(*path, "ngay_hoan_thanh")]
        yield problem("progress.percent-and-date", at, message, hint, related=related)


def _check_day(checked: Checked, path: Path, done_on: date, end: date) -> Problems:
    at = (*path, "ngay_hoan_thanh")
    if not checked.plan.year - 1 <= done_on.year <= checked.plan.year + 1:
        message = _("ngày hoàn thành {day} không thuộc năm kế hoạch {year}").format(
            day=format_date(done_on), year=checked.plan.year
        )
        yield problem("progress.other-year", at, message, _("kiểm tra năm"))
    elif done_on > end:
        message = _("ngày hoàn thành {day} sau ngày chốt {end}: kỳ này chưa tính là xong, để sang kỳ sau").format(
            day=format_date(done_on), end=format_date(end)
        )
        yield problem("progress.after-cut-off", at, message, severity=Severity.INFO)


def _check_belonging(checked: Checked, path: Path, entry: TaskEntry) -> Problems:
    """Check that the task is in the plan at the cut-off, and that the unit answers for it."""
    at_path, task = checked.tasks[entry.record.task]
    standing = checked.plan_at(entry.end).get(task.code)
    if standing is None:
        message = _("nhiệm vụ “{code}” không có trong kế hoạch vào ngày {day}: số liệu này không được tính").format(
            code=task.code, day=format_date(entry.end)
        )
        related = [(*at_path, "thay_doi")]
        yield problem(
            "progress.not-in-plan", (*path, "ma"), message, _("xem thay_doi của nhiệm vụ"), Severity.WARNING, related
        )
    elif not counts_for(checked.units, standing, entry, entry.end):
        message = _("{unit} không chủ trì nhiệm vụ “{code}”: số liệu này không được tính vào kết quả nhiệm vụ")
        hint = _("ghi theo đơn vị chủ trì; hoặc sửa co_quan_chu_tri, thanh_vien của nhóm chủ trì")
        if checked.units.is_group(entry.unit):
            hint = _("“{unit}” là một nhóm: ghi riêng từng đơn vị của nhóm")
        name = checked.units.name(entry.unit)
        yield problem(
            "progress.not-lead",
            (*path, "don_vi"),
            message.format(unit=name, code=task.code),
            hint.format(unit=name),
            Severity.WARNING,
            [(*at_path, "co_quan_chu_tri")],
        )
