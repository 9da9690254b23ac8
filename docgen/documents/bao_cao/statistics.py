"""The statistics of a report for a spreadsheet: sums over units and percentages as formulas, and the cross-checks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from docgen.base.sheets import FIRST_ROW, Cell, Column, Formula, Line, Sheet, address
from docgen.documents.bao_cao.cells import Head, rate
from docgen.model.counting.report import Report
from docgen.model.counting.statistics import CheckCount, StatisticCount

_SHEET = "Số liệu"
_VALUE = 4
_COLUMNS = (
    Column("STT", 7, "centred"),
    Column("Số liệu", 60),
    Column("Đơn vị đo", 14, "centred"),
    Column("Đơn vị trả lời", 34),
    Column("Thực hiện", 16, "amount"),
)
_CHECK_COLUMNS = (
    Column("STT", 7, "centred"),
    Column("Kiểm tra", 70),
    Column("Vế trái", 16, "amount"),
    Column("Quan hệ", 14, "centred"),
    Column("Vế phải", 16, "amount"),
    Column("Kết quả", 18, "centred"),
)
_RELATIONS = {"bang": ("=", "="), "khong_qua": ("≤", "<=")}
_VERDICTS = {True: "Khớp", False: "Cần kiểm tra", None: "Chưa đủ số liệu"}


@dataclass(frozen=True)
class _Placed:
    """One statistic at its row."""

    number: str
    row: int
    counted: StatisticCount

    @property
    def last(self) -> int:
        """The last row that it takes, with one below it for each unit where several answered."""
        answers = len(self.counted.answers)
        return self.row + (answers if answers > 1 else 0)


def statistic_sheets(
    report: Report, head: Head, names: Mapping[str, str], computed: Mapping[str, str]
) -> tuple[Sheet, Sheet]:
    """The statistics and their cross-checks; ``computed`` says in which cells stand the figures of the plan's tasks."""
    lines: list[Line] = []
    groups = _placed(report)
    rows = {one.counted.statistic.code: one.row for _title, members in groups for one in members}
    for number, (title, members) in enumerate(groups, 1):
        lines.append(Line((str(number), title, None, None, None), "heading"))
        for one in members:
            lines += _lines(one, report, names, rows, computed)
    checks = [_check(number, check, rows) for number, check in enumerate(report.statistics.checks, 1)]
    note = "bấm dấu + bên trái để xem số của từng đơn vị"
    return (
        head.sheet(_SHEET, _COLUMNS, lines, note=note),
        head.sheet("Kiểm tra chéo", _CHECK_COLUMNS, checks),
    )


def _placed(report: Report) -> list[tuple[str, list[_Placed]]]:
    """The statistics by field of work, with its heading, in the order in which the document lists them."""
    listed = report.plan.fields_of_work.fields if report.plan.fields_of_work else ()
    names = {work.code: work.name for work in listed}
    by_field: dict[str, list[StatisticCount]] = {}
    for one in report.statistics.rows:
        by_field.setdefault(one.statistic.field_of_work or "", []).append(one)
    found, row = [], FIRST_ROW
    for number, (code, members) in enumerate(by_field.items(), 1):
        row += 1
        placed = []
        for n, one in enumerate(members, 1):
            placed.append(_Placed(f"{number}.{n}", row, one))
            row = placed[-1].last + 1
        found.append((names.get(code, "Số liệu khác"), placed))
    return found


def _lines(
    one: _Placed, report: Report, names: Mapping[str, str], rows: Mapping[str, int], computed: Mapping[str, str]
) -> Iterable[Line]:
    counted, statistic = one.counted, one.counted.statistic
    answers = counted.answers
    unit = names.get(answers[0].unit, answers[0].unit) if len(answers) == 1 else None
    value = _value(one, report, rows, computed)
    yield Line((one.number, statistic.name, statistic.measure_unit, unit, value))
    if len(answers) > 1:
        for answer in answers:
            yield Line((None, None, None, names.get(answer.unit, answer.unit), answer.value), "detail")


def _value(one: _Placed, report: Report, rows: Mapping[str, int], computed: Mapping[str, str]) -> Cell:
    counted, statistic = one.counted, one.counted.statistic
    if statistic.computed is not None:
        at = computed.get(statistic.computed)
        return counted.value if at is None or counted.value is None else Formula(at, counted.value)
    if statistic.adding == "ty_le":
        top, bottom = statistic.numerator or "", statistic.denominator or ""
        if top not in rows or bottom not in rows:
            return None
        values = report.statistics.value(top), report.statistics.value(bottom)
        return rate(address(_VALUE, rows[top]), address(_VALUE, rows[bottom]), *values)
    if len(counted.answers) > 1 and counted.value is not None and not statistic.coded:
        return Formula(f"SUM({address(_VALUE, one.row + 1)}:{address(_VALUE, one.last)})", counted.value)
    return counted.value


def _check(number: int, counted: CheckCount, rows: Mapping[str, int]) -> Line:
    row = FIRST_ROW + number - 1
    check = counted.check
    shown, sign = _RELATIONS[check.relation]
    sides = [[address(_VALUE, rows[code], _SHEET) for code in side] for side in (check.left, check.right)]
    every = [*sides[0], *sides[1]]
    left, right = (_side(side, every, value) for side, value in zip(sides, (counted.left, counted.right), strict=True))
    verdict = Formula(
        f'IF(OR(C{row}="",E{row}=""),"{_VERDICTS[None]}",'
        f'IF(ROUND(C{row}-E{row},9){sign}0,"{_VERDICTS[True]}","{_VERDICTS[False]}"))',
        _VERDICTS[counted.holds],
    )
    return Line((number, check.explanation, left, shown, right, verdict))


def _side(cells: Sequence[str], every: Sequence[str], value: Decimal | None) -> Formula:
    """One side's sum, where every figure of both sides is known."""
    known = f"COUNT({','.join(every)})={len(every)}"
    return Formula(f'IF({known},{"+".join(cells)},"")', "" if value is None else value)
