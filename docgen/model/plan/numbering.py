"""The main document of a plan, which carries the number that the others refer to."""

from docgen.base.declare import PartialDate
from docgen.base.locale import translate as _
from docgen.errors import Path
from docgen.model.plan.frame import Frame
from docgen.model.plan.plan import Plan
from docgen.wording.dates import format_long_date


class NumberConflictError(ValueError):
    """The data already says another number or date; ``path`` is where."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


def main_frame(plan: Plan) -> Frame:
    """The frame of the main document: the decision, or the plan where it stands alone."""
    alone = plan.document.form == "doc_lap" or plan.decision is None
    return plan.document.frame if alone or plan.decision is None else plan.decision.frame


def with_number(plan: Plan, number: str | None, issued_on: PartialDate | None) -> Plan:
    """The plan with its main document numbered and dated. Raises NumberConflictError where the data says otherwise."""
    if number is None and issued_on is None:
        return plan
    frame = main_frame(plan)
    alone = frame is plan.document.frame
    path: Path = ("ke_hoach", "van_ban") if alone else ("quyet_dinh", "van_ban")
    if number is not None and frame.number is not None and _bare(frame.number) != _bare(number):
        message = _("dữ liệu ghi số {stated}, dòng lệnh ghi số {given}").format(stated=frame.number, given=number)
        raise NumberConflictError(message, (*path, "so"))
    if issued_on is not None and frame.issued_on is not None and not _agrees(frame.issued_on, issued_on):
        message = _("dữ liệu ghi {stated}, dòng lệnh ghi {given}").format(
            stated=format_long_date(frame.issued_on), given=format_long_date(issued_on)
        )
        raise NumberConflictError(message, (*path, "ngay"))
    update = {"number": frame.number or number, "issued_on": issued_on or frame.issued_on}
    numbered = frame.replaced(update)
    if alone:
        return plan.replaced({"document": plan.document.replaced({"frame": numbered})})
    assert plan.decision is not None
    return plan.replaced({"decision": plan.decision.replaced({"frame": numbered})})


def _bare(number: str) -> str:
    """A number without the zeros that printing puts before it."""
    return number.strip().lstrip("0")


def _agrees(stated: PartialDate, given: PartialDate) -> bool:
    """A date whose day isn't fixed agrees with any day of its month."""
    return stated[:2] == given[:2] and stated.day in (None, given.day)
