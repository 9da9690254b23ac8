"""The tables of a report for a spreadsheet: what was typed as numbers, what docgen computed as formulas with its value.

A formula only reads cells of these sheets, so that whoever opens them can follow each figure back to what a unit said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from docgen.base.sheets import FIRST_ROW, Cell, Column, Formula, Line, Sheet, address, span
from docgen.documents.bao_cao.cells import COMMON, Head, dong, rate
from docgen.documents.bao_cao.statistics import statistic_sheets
from docgen.model.counting.indicators import IndicatorAnswer, IndicatorCount, Verdict, verdict_of
from docgen.model.counting.report import Report
from docgen.model.counting.states import State
from docgen.model.counting.tables import Row
from docgen.model.counting.tasks import TaskCount
from docgen.model.plan.plan import Indicator

TASKS, STATES = "Nhiệm vụ", "Trạng thái"
_NUMBER = Column("STT", 6, "centred")
_TASK_COLUMNS = (
    _NUMBER,
    Column("Mã", 13),
    Column("Nhiệm vụ", 40),
    Column("Nhóm", 15),
    Column("Cơ quan chủ trì", 18),
    Column("Tính cho đơn vị", 16),
    Column("Thời hạn", 12),
    Column("Hạn cuối", 11, "date"),
    Column("Trạng thái", 14),
    Column("Ngày hoàn thành", 11, "date"),
    Column("Mức độ (%)", 7, "amount"),
    Column("Số đơn vị đã xong", 7, "amount"),
    Column("Trên số đơn vị", 7, "amount"),
    Column("Kinh phí", 9, "amount"),
    Column("Giải ngân trong kỳ", 9, "amount"),
    Column("Giải ngân lũy kế", 9, "amount"),
    Column("Tỷ lệ giải ngân (%)", 9, "percent"),
)
_UNIT, _LAST_DAY, _STATE, _BUDGET, _DISBURSED, _CUMULATIVE = 5, 7, 8, 13, 14, 15
_SIGNS = {"toi_thieu": "≥", "toi_da": "≤", "bang": "=", "khoang": "từ … đến …"}


@dataclass(frozen=True)
class _Figures:
    """A report with the names of its units; two of one name are told apart by their codes."""

    report: Report
    head: Head
    names: Mapping[str, str]

    def owner(self, one: TaskCount) -> str:
        """For whom a task counts: in a unit's own report for that unit."""
        code = one.owner if self.report.unit is None else self.report.unit
        return self.name(code) if code is not None else COMMON

    def name(self, code: str) -> str:
        return self.names.get(code, code)

    def tasks(self, column: int) -> str:
        """The name of a column of the sheet of tasks."""
        return span(column, FIRST_ROW, FIRST_ROW + len(self.report.tasks) - 1, TASKS)

    def of_group(self, column: int, code: str) -> str:
        """The part of a column that holds a group's tasks; they stand together, in the plan's order."""
        rows = [row for row, one in enumerate(self.report.tasks, FIRST_ROW) if one.group.code == code]
        return span(column, rows[0], rows[-1], TASKS) if rows else ""


def report_sheets(report: Report, rounding: str, *, draft: bool = False) -> tuple[Sheet, ...]:
    """The sheets of a report, those without a line left out but for that of the tasks.

    ``rounding`` is what is said of percentages that don't make 100 together.
    """
    names = _names(report)
    figures = _Figures(report, Head(report, draft), names)
    computed = {
        "nhiem_vu": address(1, FIRST_ROW + len(State), STATES),
        "nhiem_vu_hoan_thanh": address(1, FIRST_ROW + len(State) + 1, STATES),
    }
    found = (
        _state_sheet(figures, rounding),
        _unit_sheet(figures),
        _indicator_sheet(figures),
        _money_sheet(figures),
        *statistic_sheets(report, figures.head, names, computed if report.tasks else {}),
    )
    return (_task_sheet(figures), *(sheet for sheet in found if sheet.lines))


def _names(report: Report) -> dict[str, str]:
    found: dict[str, str] = {}
    taken = {COMMON.casefold()}
    for unit in report.plan.organisation.units:
        found[unit.code] = unit.name if unit.name.casefold() not in taken else f"{unit.name} ({unit.code})"
        taken.add(unit.name.casefold())
    return found


def _task_sheet(figures: _Figures) -> Sheet:
    lines = [_task(row, one, figures) for row, one in enumerate(figures.report.tasks, FIRST_ROW)]
    return figures.head.sheet(TASKS, _TASK_COLUMNS, lines, money=True, filtered=True)


def _task(row: int, one: TaskCount, figures: _Figures) -> Line:
    each = one.counting == "tung_don_vi" and one.all_units > 0
    amounts = [dong(amount, figures.report) for amount in (one.money.budget, one.money.disbursed, one.money.cumulative)]
    return Line(
        (
            row - FIRST_ROW + 1,
            one.task.code,
            "\n".join(one.task.description),
            one.group.title,
            one.task.lead_units,
            figures.owner(one),
            one.task.deadline,
            one.last_day,
            one.state.label,
            one.done_on,
            one.percent,
            one.done_units if each else None,
            one.all_units if each else None,
            *amounts,
            rate(address(_CUMULATIVE, row), address(_BUDGET, row), one.money.cumulative, one.money.budget),
        )
    )


def _state_sheet(figures: _Figures, rounding: str) -> Sheet:
    """The states with their shares of all tasks, each rounded for itself."""
    columns = (Column("Trạng thái", 40), Column("Số nhiệm vụ", 14, "amount"), Column("Tỷ lệ (%)", 14, "percent"))
    states = figures.report.states
    if not figures.report.tasks:
        return figures.head.sheet(STATES, columns, [])
    first, last, total = FIRST_ROW, FIRST_ROW + len(State) - 1, FIRST_ROW + len(State)

    def counted(row: int, name: str, count: str, number: int, kind: Literal["plain", "total"] = "plain") -> Line:
        share = rate(f"B{row}", f"B${total}", number, states.total)
        return Line((name, Formula(count, number), share), kind)

    lines = [
        counted(row, state.label, f"COUNTIF({figures.tasks(_STATE)},{address(0, row)})", states[state])
        for row, state in enumerate(State, first)
    ]
    lines += [
        counted(total, "Tổng", f"SUM(B{first}:B{last})", states.total, "total"),
        counted(total + 1, "Đã hoàn thành (đúng hạn và chậm)", f"B{first}+B{first + 1}", states.done),
        counted(total + 2, "Đã quá hạn, chưa có số liệu", _silent_past(figures), states.silent_past),
    ]
    return figures.head.sheet(STATES, columns, lines, note=rounding if states.percents_miss else "")


def _silent_past(figures: _Figures) -> str:
    """How many tasks without data have a last day before that of counting."""
    last_days, day = figures.tasks(_LAST_DAY), figures.report.day
    silent = f'({figures.tasks(_STATE)}="{State.NO_DATA.label}")'
    return f'SUMPRODUCT({silent}*({last_days}<>"")*({last_days}<DATE({day.year},{day.month},{day.day})))'


def _unit_sheet(figures: _Figures) -> Sheet:
    """Units by state and money; a task counts for its first-named lead."""
    columns = (
        _NUMBER,
        Column("Đơn vị", 34),
        *(Column(state.label, 12, "amount") for state in State),
        Column("Tổng", 9, "amount"),
        Column("Cùng chủ trì (không cộng)", 12, "amount"),
        Column("Kinh phí", 12, "amount"),
        Column("Giải ngân trong kỳ", 12, "amount"),
        Column("Giải ngân lũy kế", 12, "amount"),
        Column("Tỷ lệ giải ngân (%)", 11, "percent"),
    )
    table = figures.report.units
    rows = [*table.units, table.common] if table is not None else []
    if table is None or not figures.report.tasks:
        return figures.head.sheet("Theo đơn vị", columns, [])
    lines = [_unit(row, one, figures) for row, one in enumerate(rows, FIRST_ROW)]
    total, last = FIRST_ROW + len(rows), FIRST_ROW + len(rows) - 1
    sums = [*(table.total.states[state] for state in State), table.total.states.total]
    amounts = (table.total.money.budget, table.total.money.disbursed, table.total.money.cumulative)
    cells: list[Cell] = [None, "Tổng"]
    cells += [_sum(index, FIRST_ROW, last, value) for index, value in enumerate(sums, 2)]
    cells += [None, *(_sum(index, FIRST_ROW, last, dong(one, figures.report)) for index, one in enumerate(amounts, 10))]
    cells.append(rate(f"M{total}", f"K{total}", amounts[2], amounts[0]))
    return figures.head.sheet("Theo đơn vị", columns, [*lines, Line(tuple(cells), "total")], money=True)


def _unit(row: int, one: Row, figures: _Figures) -> Line:
    name = figures.name(one.code) if one.code else COMMON
    counts = [
        Formula(
            f"SUMPRODUCT(({figures.tasks(_UNIT)}=$B{row})*({figures.tasks(_STATE)}={address(index, FIRST_ROW - 1)}))",
            one.states[state],
        )
        for index, state in enumerate(State, 2)
    ]
    amounts = [dong(amount, figures.report) for amount in (one.money.budget, one.money.disbursed, one.money.cumulative)]
    return Line(
        (
            row - FIRST_ROW + 1,
            name,
            *counts,
            Formula(f"SUM(C{row}:H{row})", one.states.total),
            len(one.co_led) or None,
            *amounts,
            rate(f"M{row}", f"K{row}", one.money.cumulative, one.money.budget),
        )
    )


def _sum(column: int, first: int, last: int, value: Decimal | int | None) -> Cell:
    """The sum of a stretch of a column; nothing where nothing in it is known."""
    return None if value is None else Formula(f"SUM({address(column, first)}:{address(column, last)})", value)


def _indicator_sheet(figures: _Figures) -> Sheet:
    columns = (
        _NUMBER,
        Column("Chỉ tiêu", 45),
        Column("Đơn vị tính", 10, "centred"),
        Column("Yêu cầu", 11, "centred"),
        Column("Mục tiêu", 10, "amount"),
        Column("Mục tiêu đến", 10, "amount"),
        Column("Đơn vị trả lời", 28),
        Column("Tử số", 12, "amount"),
        Column("Mẫu số", 12, "amount"),
        Column("Thực hiện", 12, "amount"),
        Column("Đánh giá", 16, "centred"),
    )
    lines: list[Line] = []
    for number, one in enumerate(figures.report.indicators, 1):
        lines += _indicator(number, FIRST_ROW + len(lines), one, figures)
    note = "tỷ lệ = tổng tử số : tổng mẫu số × 100; bấm dấu + bên trái để xem số của từng đơn vị"
    return figures.head.sheet("Chỉ tiêu", columns, lines, note=note)


def _indicator(number: int, row: int, one: IndicatorCount, figures: _Figures) -> Iterable[Line]:
    """An indicator, and below it what each unit says where several answer."""
    details = one.answers if len(one.answers) > 1 else ()
    last = row + len(details)
    typed = one.answers[0] if len(one.answers) == 1 else None
    if details:
        parts: Sequence[Cell] = (
            None,
            _sum(7, row + 1, last, one.numerator),
            _sum(8, row + 1, last, one.denominator),
            None if one.numerator is None else _ratio(row, one.value),
        )
    else:
        parts = _answer(row, typed, figures)
    indicator = one.indicator
    target = ("định tính",) if indicator.qualitative else (_SIGNS.get(indicator.operator or "", "="),)
    yield Line(
        (
            *(number, indicator.name, indicator.measure_unit),
            *(*target, indicator.target, indicator.target_to),
            *(*parts, _verdict(row, one)),
        )
    )
    for below, answer in enumerate(details, row + 1):
        met: Cell = None
        if indicator.qualitative:
            met = verdict_of(answer.met, one.due).label
        elif one.listed:
            exact = f"100*H{below}/I{below}" if answer.numerator is not None else f"J{below}"
            met = _compared(indicator, row, below, exact, verdict_of(answer.met, one.due), due=one.due)
        yield Line((None, None, None, None, None, None, *_answer(below, answer, figures), met), "detail")


def _answer(row: int, answer: IndicatorAnswer | None, figures: _Figures) -> Sequence[Cell]:
    if answer is None:
        return None, None, None, None
    ratio = answer.numerator is not None and answer.denominator is not None
    value = _ratio(row, answer.value) if ratio else answer.value
    return figures.name(answer.unit), answer.numerator, answer.denominator, value


def _ratio(row: int, value: Decimal | None) -> Formula:
    return Formula(f'IF(N(I{row})=0,"",ROUND(100*H{row}/I{row},1))', "" if value is None else value)


def _verdict(row: int, one: IndicatorCount) -> Cell:
    """Met or not, by the exact value; of one that units meet each for itself, when all that have a figure do."""
    if one.indicator.qualitative:
        return one.verdict.label
    if one.listed:
        below, every = f"K{row + 1}:K{row + len(one.answers)}", len(one.answers)
        silent = f'COUNTIF({below},"{Verdict.NO_DATA.label}")'
        met = f'COUNTIF({below},"{Verdict.MET.label}")'
        missed = verdict_of(False, one.due).label
        return Formula(
            f'IF({silent}={every},"{Verdict.NO_DATA.label}",IF({met}+{silent}={every},"{Verdict.MET.label}","{missed}"))',
            one.verdict.label,
        )
    exact = f"100*H{row}/I{row}" if one.numerator is not None else f"J{row}"
    return _compared(one.indicator, row, row, exact, one.verdict, due=one.due)


def _compared(indicator: Indicator, target: int, row: int, exact: str, verdict: Verdict, *, due: bool) -> Formula:
    """The verdict on the figure of a row, whose target stands in another."""
    said = [one.label for one in (Verdict.NO_DATA, Verdict.MET, verdict_of(False, due))]
    test = _test(indicator, target, exact)
    return Formula(f'IF(J{row}="","{said[0]}",IF({test},"{said[1]}","{said[2]}"))', verdict.label)


def _test(indicator: Indicator, row: int, exact: str) -> str:
    match indicator.operator:
        case "toi_thieu":
            return f"{exact}>=E{row}"
        case "toi_da":
            return f"{exact}<=E{row}"
        case "khoang":
            return f"AND({exact}>=E{row},{exact}<=F{row})"
        case _:
            return f"{exact}=E{row}"


def _money_sheet(figures: _Figures) -> Sheet:
    """Budget and disbursement by group, each summed from its tasks, beside what a group has of its own."""
    columns = (
        _NUMBER,
        Column("Nhóm nhiệm vụ", 55),
        Column("Kế hoạch", 16, "amount"),
        Column("Giải ngân trong kỳ", 16, "amount"),
        Column("Giải ngân lũy kế", 16, "amount"),
        Column("Tỷ lệ giải ngân (%)", 14, "percent"),
    )
    report = figures.report
    rows = [one for one in report.groups if any(amount is not None for amount in _amounts(one))]
    lines = [
        Line(
            (
                row - FIRST_ROW + 1,
                one.name,
                *(
                    _of_tasks(column, amount, one, figures)
                    for column, amount in zip(_MONEY, _amounts(one), strict=True)
                ),
                rate(f"E{row}", f"C{row}", one.money.cumulative, one.money.budget),
            )
        )
        for row, one in enumerate(rows, FIRST_ROW)
    ]
    if lines:
        total, money = FIRST_ROW + len(rows), report.total.money
        sums = [_sum(at, FIRST_ROW, total - 1, dong(one, report)) for at, one in enumerate(_amounts(report.total), 2)]
        part = rate(f"E{total}", f"C{total}", money.cumulative, money.budget)
        lines.append(Line((None, "Tổng", *sums, part), "total"))
    return figures.head.sheet("Kinh phí", columns, lines, money=True)


_MONEY = (_BUDGET, _DISBURSED, _CUMULATIVE)


def _amounts(row: Row) -> tuple[int | None, int | None, int | None]:
    return row.money.budget, row.money.disbursed, row.money.cumulative


def _of_tasks(column: int, amount: int | None, row: Row, figures: _Figures) -> Cell:
    """A group's amount as the sum of its tasks', and what is left over as a number: the group's own."""
    if amount is None:
        return None
    of = {_BUDGET: "budget", _DISBURSED: "disbursed", _CUMULATIVE: "cumulative"}[column]
    tasks = [getattr(one.money, of) for one in figures.report.tasks if one.group.code == row.code]
    known = [one for one in tasks if one is not None]
    own = dong(amount - sum(known), figures.report)
    if not known or own is None:
        return own
    rest = f"+{own:f}" if own else ""
    return Formula(f"SUM({figures.of_group(column, row.code)}){rest}", dong(amount, figures.report) or Decimal(0))
