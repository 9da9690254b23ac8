"""The tables of a report: tasks, units, indicators, money, statistics and who answered, each row finished text."""

from collections.abc import Iterable, Mapping
from typing import Any

from docgen.documents.bao_cao.cells import COMMON
from docgen.documents.bao_cao.sentences import earlier_periods, money_in_words, percent_text, result_lines
from docgen.documents.frame import issuing_unit, number_and_symbol
from docgen.documents.kind import Context
from docgen.documents.text import END_MARK, Case, Wording
from docgen.model.counting.answers import Answer
from docgen.model.counting.indicators import IndicatorCount
from docgen.model.counting.report import Report
from docgen.model.counting.states import State
from docgen.model.counting.tables import Row
from docgen.model.counting.tasks import TaskCount
from docgen.model.plan.frame import Frame
from docgen.model.plan.sums import in_money_unit
from docgen.wording.dates import format_date, format_long_date
from docgen.wording.labels import roman
from docgen.wording.numbers import format_amount

_LISTS = (
    *("bang_trang_thai", "bang_nhiem_vu", "bang_don_vi", "bang_chi_tieu", "bang_kinh_phi", "bang_so_lieu"),
    "bang_tra_loi",
)
_TEXTS = ("ghi_chu_trang_thai", "tong_ke_hoach", "tong_giai_ngan", "tong_ty_le")
_OPERATORS = {"toi_thieu": "≥ ", "toi_da": "≤ ", "bang": ""}
_STATE_KEYS = {
    State.DONE_ON_TIME: "dung_han",
    State.DONE_LATE: "cham",
    State.OVERDUE: "qua_han",
    State.IN_PROGRESS: "dang",
    State.NOT_BEGUN: "chua",
    State.NO_DATA: "khong_so_lieu",
}


def report_appendices(report: Report, frame: Frame, words: Wording) -> list[Context]:
    """The Phụ lục of a report: only those that have a row, numbered where there are several."""
    names = {unit.code: unit.name for unit in report.plan.organisation.units}
    found = [
        ("phu_luc_nhiem_vu", _tasks(report, words)),
        (
            "phu_luc_chi_tieu",
            {"bang_chi_tieu": [_indicator(n, one, names) for n, one in _numbered(report.indicators)]},
        ),
        ("phu_luc_kinh_phi", _money(report, words)),
        ("phu_luc_so_lieu", {"bang_so_lieu": _statistics(report, words)}),
        ("phu_luc_tra_loi", {"bang_tra_loi": _answers(report, words)}),
    ]
    kept = [(title, tables) for title, tables in found if any(tables.get(name) for name in _LISTS)]
    line = _reference(report, frame)
    return [
        {
            "nhan": f"Phụ lục {roman(number)}" if len(kept) > 1 else "Phụ lục",
            "tieu_de": words.say(title),
            "dan_chieu": line,
            **{name: [] for name in _LISTS},
            **dict.fromkeys(_TEXTS, ""),
            "ket_thuc": END_MARK,
            **tables,
        }
        for number, (title, tables) in _numbered(kept)
    ]


def _numbered(items: Iterable[Any]) -> Iterable[tuple[int, Any]]:
    return enumerate(items, 1)


def _reference(report: Report, frame: Frame) -> str:
    number = number_and_symbol(frame, report.plan, "báo cáo")
    office = issuing_unit(frame, report.plan).name
    return f"(Kèm theo Báo cáo số {number} {format_long_date(frame.issued_on)} của {office})"


def _tasks(report: Report, words: Wording) -> dict[str, Any]:
    percents = report.states.percents
    groups = [
        {
            "so": roman(number),
            "tieu_de": group.name,
            "nhiem_vu": [
                _task(n, one, report, words)
                for n, one in _numbered(t for t in report.tasks if t.group.code == group.code)
            ],
        }
        for number, group in _numbered(row for row in report.groups if row.states.total)
    ]
    table = report.units
    rows = [] if table is None else [*table.units, *([table.common] if table.common.states.total else [])]
    units = [_unit(str(number), row) for number, row in _numbered(rows)]
    if table is not None and units:
        units.append({**_unit("", table.total), "ten": "Tổng"})
    return {
        "bang_trang_thai": [
            {
                "ten": _state_name(state, report, words),
                "so_luong": str(report.states[state]),
                "ty_le": format_amount(percents[state]),
            }
            for state in State
        ]
        if report.tasks
        else [],
        "ghi_chu_trang_thai": words.say("lam_tron") if report.states.percents_miss else "",
        "bang_nhiem_vu": groups,
        "bang_don_vi": units,
    }


def _state_name(state: State, report: Report, words: Wording) -> str:
    """A state as the table names it: of tasks without data it says how many are past their last day."""
    past = report.states.silent_past
    return words.say("trang_thai_chua_co_so_lieu") if state is State.NO_DATA and past else state.label


def _standing(one: TaskCount, words: Wording) -> str:
    """Where a task stands, with the day on which it was done."""
    if one.silent_past:
        return words.say("tinh_trang_qua_han")
    return one.state.label + (f" ({format_date(one.done_on)})" if one.done_on is not None else "")


def _task(number: int, one: TaskCount, report: Report, words: Wording) -> dict[str, str]:
    results = dict.fromkeys((*one.issued, *result_lines(one, report, words)))
    return {
        "stt": str(number),
        "mo_ta": "\n".join(one.task.description),
        "co_quan_chu_tri": one.task.lead_units or "",
        "thoi_han": one.task.deadline or "",
        "tinh_trang": _standing(one, words),
        "tien_do": _reach(one),
        "ket_qua": "\n".join(results),
    }


def _reach(one: TaskCount) -> str:
    """How far a task is: m/n units, or percent; nothing where nobody said."""
    if one.counting == "tung_don_vi" and one.all_units:
        return f"{one.done_units}/{one.all_units} đơn vị"
    return f"{format_amount(one.percent)}%" if one.percent is not None else ""


def _unit(number: str, row: Row) -> dict[str, str]:
    return {
        "stt": number,
        "ten": row.name or COMMON,
        "tong": str(row.states.total),
        **{key: str(row.states[state]) for state, key in _STATE_KEYS.items()},
    }


def _indicator(number: int, one: IndicatorCount, names: Mapping[str, str]) -> dict[str, str]:
    indicator = one.indicator
    unit = indicator.measure_unit or ""
    target = "định tính"
    if indicator.target is not None:
        target = f"{_OPERATORS.get(indicator.operator or '', '')}{format_amount(indicator.target)}{unit}"
        if indicator.target_to is not None:
            target = f"{format_amount(indicator.target)} - {format_amount(indicator.target_to)}{unit}"
    value = "" if one.value is None else f"{format_amount(one.value)}{unit}"
    if one.listed:
        value = "; ".join(
            f"{names.get(answer.unit, answer.unit)}: {format_amount(answer.value)}{unit}"
            for answer in one.answers
            if answer.value is not None
        )
    return {
        "stt": str(number),
        "ten": indicator.name,
        "muc_tieu": target,
        "thuc_hien": value,
        "danh_gia": one.verdict.label,
    }


def _money(report: Report, words: Wording) -> dict[str, Any]:
    """Budget and what was disbursed from the start of the year, by group; the total in words closes it."""

    def amount(dong: int | None) -> str:
        return "" if dong is None else format_amount(in_money_unit(dong, report.plan.money_unit))

    rows = [row for row in report.groups if row.money.budget is not None or row.money.cumulative is not None]
    total = report.total
    spelt = money_in_words(total.money.cumulative)
    return {
        "bang_kinh_phi": [
            {
                "stt": str(number),
                "ten": row.name,
                "ke_hoach": amount(row.money.budget),
                "giai_ngan": amount(row.money.cumulative),
                "ty_le": percent_text(row.cumulative_percent),
            }
            for number, row in _numbered(rows)
        ],
        "tong_ke_hoach": amount(total.money.budget),
        "tong_giai_ngan": amount(total.money.cumulative),
        "tong_ty_le": percent_text(total.cumulative_percent),
        "ket_thuc": (words.say("tong_bang_chu", bang_chu=spelt) if spelt else "") + END_MARK,
    }


def _statistics(report: Report, words: Wording) -> list[dict[str, Any]]:
    listed = report.plan.fields_of_work.fields if report.plan.fields_of_work else ()
    names = {work.code: work.name for work in listed}
    omit = words.outline.omit_empty
    omitted = omit == "luon" or (omit == "don_vi" and report.unit is not None)
    by_field: dict[str, list[Any]] = {}
    for row in report.statistics.rows:
        if row.value is None and omitted:
            continue
        by_field.setdefault(row.statistic.field_of_work or "", []).append(row)
    failed = {
        code: check.check.explanation
        for check in report.statistics.checks
        if check.holds is False
        for code in check.check.left
    }
    return [
        {
            "so": str(number),
            "tieu_de": names.get(code, "Số liệu khác"),
            "hang": [
                {
                    "stt": f"{number}.{n}",
                    "ten": row.statistic.name,
                    "don_vi_do": row.statistic.measure_unit or "",
                    "thuc_hien": "" if row.value is None else format_amount(row.value),
                    "ghi_chu": words.say("can_kiem_tra", giai_thich=failed[row.statistic.code])
                    if row.statistic.code in failed
                    else "",
                }
                for n, row in _numbered(rows)
            ],
        }
        for number, (code, rows) in _numbered(by_field.items())
    ]


def _answers(report: Report, words: Wording) -> list[dict[str, str]]:
    """Who reported and when, and who has not; a unit's own report has no such table."""
    if report.unit is not None:
        return []
    return [
        {
            "stt": str(number),
            "ten": answer.name,
            "ngay": format_date(answer.on) if answer.on is not None else "",
            "ghi_chu": words.say("gui_bao_cao", _sent(answer), ky_da_gui=earlier_periods(answer)),
        }
        for number, answer in _numbered(report.answers)
    ]


def _sent(answer: Answer) -> Case:
    """Whether a unit sent its report, in the outline's cases."""
    if answer.answered:
        return "some" if answer.late else "all"
    return "nothing" if answer.earlier else "none"
