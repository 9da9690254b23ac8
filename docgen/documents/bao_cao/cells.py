"""What all sheets of a report share: what stands above a table, money in the plan's unit, and the formula of a rate."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from docgen.base.sheets import Cell, Column, Formula, Line, Sheet
from docgen.model.counting.report import Report
from docgen.model.counting.states import percent
from docgen.model.plan.sums import in_money_unit
from docgen.wording.dates import format_date

#: The row of tasks that a group of units leads.
COMMON = "Nhiệm vụ chung"


@dataclass(frozen=True)
class Head:
    """Makes the sheets of one report, each with the period, the window and, of a draft, that it is one."""

    report: Report
    draft: bool

    def sheet(
        self,
        title: str,
        columns: tuple[Column, ...],
        lines: Iterable[Line],
        *,
        note: str = "",
        money: bool = False,
        filtered: bool = False,
    ) -> Sheet:
        """A sheet; ``money`` adds the money unit to its note."""
        report = self.report
        days = f"Số liệu từ {format_date(report.window.start)} đến {format_date(report.window.end)}"
        unit = f"đơn vị tính tiền: {report.plan.money_unit}" if money else ""
        said = "; ".join(part for part in (days, unit, note) if part)
        of = report.plan.organisation.by_code[report.unit].name if report.unit is not None else ""
        caption = " - ".join(part for part in ("DỰ THẢO" if self.draft else "", title, report.period.name, of) if part)
        return Sheet(title, caption, said, columns, tuple(lines), filtered)


def dong(amount: int | None, report: Report) -> Decimal | None:
    """Whole đồng in the plan's money unit."""
    return None if amount is None else in_money_unit(amount, report.plan.money_unit)


def rate(part: str, whole: str, top: Decimal | int | None, bottom: Decimal | int | None) -> Cell:
    """One cell in percent of another, one decimal; it shows nothing where either is empty, or the whole is 0."""
    value = percent(top, bottom)
    text = f'IF(OR({part}="",{whole}="",N({whole})=0),"",ROUND(100*{part}/{whole},1))'
    return Formula(text, "" if value is None else value)
