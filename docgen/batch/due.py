"""Decides whether a period's report is made today: finished, as a draft, or not yet.

A report is finished once its period is over and every unit has answered. A few days before its due date it is made as
a draft even if answers are missing.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from docgen.base.locale import translate as _
from docgen.batch.survey import PeriodSurvey
from docgen.model.periods.holidays import EXPECTED
from docgen.wording.dates import format_date

#: How many missing units a reason names; the rest are only counted.
_MOST_NAMES = 5


@dataclass(frozen=True)
class Decision:
    """Whether a report is made: not while ``waiting`` gives a reason, and as a ``draft`` while answers are missing.

    ``missing`` holds the codes of the units that haven't answered.
    """

    waiting: str = ""
    draft: bool = False
    missing: tuple[str, ...] = ()


def over(period: PeriodSurvey, today: date) -> bool:
    """Whether the period ended before ``today``."""
    return today > date.fromisoformat(period.end)


def not_over(period: PeriodSurvey) -> str:
    """The reason for waiting for a period that isn't over."""
    end = format_date(date.fromisoformat(period.end))
    return _("kỳ {period} chưa kết thúc (chốt số liệu {end})").format(period=period.period, end=end)


def decide(period: PeriodSurvey, names: dict[str, str], today: date, lead: int, unit: str = "") -> Decision:
    """Decide whether a report is made on ``today``.

    From ``lead`` days before the due date on, a draft is made even if answers are missing. ``names`` are the units'
    names by code; a single ``unit``'s report only needs that unit's own answer.
    """
    if not over(period, today):
        return Decision(not_over(period))
    missing = tuple(code for code in period.missing if not unit or code == unit)
    if not missing:
        return Decision()
    if not period.due:
        message = _("{missing}; chế độ {scheme} không định hạn gửi nên chờ đủ mới soạn")
        return Decision(message.format(missing=_missing_units(missing, names), scheme=period.scheme))
    last = date.fromisoformat(period.due)
    first = max(last - timedelta(days=lead), date.fromisoformat(period.end) + timedelta(days=1))
    if today < first:
        message = _("{missing}; từ {day} soạn bản dự thảo").format(
            missing=_missing_units(missing, names), day=format_date(first)
        )
        return Decision("; ".join((message, expected_due(last))) if period.due_expected else message)
    return Decision(draft=True, missing=missing)


def expected_due(due: date) -> str:
    """The remark on a due date whose days off are only expected, not yet laid down in a file."""
    return _("hạn gửi {due} {expected}").format(due=format_date(due), expected=_(EXPECTED))


def _missing_units(missing: tuple[str, ...], names: dict[str, str]) -> str:
    shown = ", ".join(names.get(code, code) for code in missing[:_MOST_NAMES])
    more = _(" và {n} đơn vị khác").format(n=len(missing) - _MOST_NAMES) if len(missing) > _MOST_NAMES else ""
    return _("còn {n} đơn vị chưa báo cáo: {names}").format(n=len(missing), names=shown + more)
