"""The survey of a period in, whether its report is made today: finished, as a draft, or not yet and why.

A report is due when its period is over and everybody has answered; some days before it must be sent it is made as a
draft, whoever is missing.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from docgen.base.locale import translate as _
from docgen.batch.survey import PeriodSurvey
from docgen.model.periods.holidays import EXPECTED
from docgen.wording.dates import format_date

#: Names that a reason spells out; of more only the number.
_MOST_NAMES = 5


@dataclass(frozen=True)
class Decision:
    """``waiting`` says why a report may not be made yet; else it is made, as a draft if ``draft``, because the units
    of the codes in ``missing`` haven't answered."""

    waiting: str = ""
    draft: bool = False
    missing: tuple[str, ...] = ()


def over(period: PeriodSurvey, today: date) -> bool:
    """Whether a period's figures are closed."""
    return today > date.fromisoformat(period.end)


def not_over(period: PeriodSurvey) -> str:
    """Why nothing is made of a period that isn't over."""
    end = format_date(date.fromisoformat(period.end))
    return _("kỳ {period} chưa kết thúc (chốt số liệu {end})").format(period=period.period, end=end)


def decide(period: PeriodSurvey, names: dict[str, str], today: date, lead: int, unit: str = "") -> Decision:
    """Whether a report is made on ``today``; ``lead`` days before its last day at the latest.

    ``names`` are the units' names by code; for one unit's report only its own answer matters.
    """
    if not over(period, today):
        return Decision(not_over(period))
    missing = tuple(code for code in period.missing if not unit or code == unit)
    if not missing:
        return Decision()
    if not period.due:
        message = _("{missing}; chế độ {scheme} không định hạn gửi nên chờ đủ mới soạn")
        return Decision(message.format(missing=_said(missing, names), scheme=period.scheme))
    last = date.fromisoformat(period.due)
    first = max(last - timedelta(days=lead), date.fromisoformat(period.end) + timedelta(days=1))
    if today < first:
        message = _("{missing}; từ {day} soạn bản dự thảo").format(
            missing=_said(missing, names), day=format_date(first)
        )
        return Decision("; ".join((message, expected_due(last))) if period.due_expected else message)
    return Decision(draft=True, missing=missing)


def expected_due(due: date) -> str:
    """What is said of a due date that was counted with days off that no file says."""
    return _("hạn gửi {due} {expected}").format(due=format_date(due), expected=_(EXPECTED))


def _said(missing: tuple[str, ...], names: dict[str, str]) -> str:
    shown = ", ".join(names.get(code, code) for code in missing[:_MOST_NAMES])
    more = _(" và {n} đơn vị khác").format(n=len(missing) - _MOST_NAMES) if len(missing) > _MOST_NAMES else ""
    return _("còn {n} đơn vị chưa báo cáo: {names}").format(n=len(missing), names=shown + more)
