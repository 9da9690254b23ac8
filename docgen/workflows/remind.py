"""``docgen remind``: makes a công văn to each unit that is behind in a counted period."""

from collections.abc import Iterator
from pathlib import Path

from docgen.base.locale import translate as _
from docgen.documents import registry
from docgen.documents.don_doc.letters import (
    INSERTS,
    REMINDER_FIELDS,
    Letter,
    Reminder,
    reminder_frame,
    reminders,
)
from docgen.documents.frame import issuing_unit
from docgen.documents.kind import Document, Setting
from docgen.errors import Place, Problem, Severity
from docgen.model.plan.frame import Frame
from docgen.model.progress.outline import ReportPaper
from docgen.readers.named_files import PAPERS_FOLDER
from docgen.wording.dates import format_date
from docgen.workflows.build import Built, Prepared, compiled_outline, make
from docgen.workflows.report import CountedReport, paper_of
from docgen.workflows.unfinished import refuse_unfinished, unit_missing_parts

#: The name of the outline of reminders, and of their common file in ``bao-cao/``.
REMINDER = "don-doc"


def build_reminders(
    counted: CountedReport,
    out: str | Path | None = None,
    *,
    draft: bool = False,
    templates: str | Path | None = None,
    pdf: bool = False,
    force: bool = False,
) -> Built:
    """Write a công văn to each unit with an overdue task or without an answer.

    ``counted`` is the report of the whole office. The frame is in ``bao-cao/don-doc.yaml``, else that of the plan's
    office. Raises SourceError, DataError, TemplateError, OutputError, UsageError.
    """
    return make(prepare_reminders(counted, draft=draft), out, templates=templates, pdf=pdf, force=force)


def prepare_reminders(counted: CountedReport, *, draft: bool = False) -> Prepared:
    """Prepare a công văn to each unit that needs one; see :func:`build_reminders`."""
    report, loaded = counted.report, counted.loaded
    outline, say = compiled_outline(REMINDER, loaded.folder, REMINDER_FIELDS, INSERTS)
    paper = paper_of(loaded, REMINDER, None)
    frame = reminder_frame(report, paper, outline.value)
    found = reminders(report)
    remarks = [one for one in counted.remarks if one.code != "report.not-over"]
    remarks += _reminder_remarks(counted, paper, frame, found)
    documents = tuple(
        Document(
            reminder_name(report.period.code, one.unit.code),
            registry.kind("don_doc"),
            frame,
            Setting(report.plan, Letter(report, one, frame, outline.value, paper, say), draft),
        )
        for one in found
        if one.unit.code != frame.issuing_agency
    )
    if documents:
        missing = unit_missing_parts(loaded, frame, "Công văn đôn đốc", f"{PAPERS_FOLDER}/{REMINDER}.yaml")
        if not draft:
            refuse_unfinished(loaded, missing)
        remarks += missing
    return Prepared(loaded, documents, loaded.value, tuple(remarks))


def reminder_name(period: str, unit: str) -> str:
    """The name of a reminder's file, without its suffix."""
    return f"don-doc-{period.replace('..', '_')}-{unit}"


def _reminder_remarks(
    counted: CountedReport, paper: ReportPaper, frame: Frame, found: tuple[Reminder, ...]
) -> Iterator[Problem]:
    """Remarks to be read before reminders are sent, or on why there are none."""
    report, place = counted.report, Place(f"{counted.loaded.name}/{PAPERS_FOLDER}/{REMINDER}.yaml")
    sender = issuing_unit(frame, report.plan)
    if report.draft:
        message = _("kỳ {period} chưa kết thúc (chốt số liệu {end}): chỉ đôn đốc nhiệm vụ quá hạn").format(
            period=report.period.code, end=format_date(report.window.end)
        )
        hint = _("chạy lại sau ngày chốt để đôn đốc đơn vị chưa gửi báo cáo")
        yield Problem("remind.not-over", message, hint, severity=Severity.WARNING)
    if not found:
        yield Problem("remind.none", _("Không có đơn vị nào phải đôn đốc"), severity=Severity.INFO)
    for one in found:
        if one.unit.code == sender.code:
            message = _("{name} là nơi gửi nên không có công văn cho chính mình").format(name=sender.name)
            yield Problem("remind.sender", message, _("xem báo cáo của kỳ này"), severity=Severity.WARNING)
    if paper.frame.number is not None:
        message = _("so không dùng cho công văn đôn đốc: mỗi công văn lấy một số riêng")
        yield Problem("remind.number", message, _("bỏ dòng so"), place, Severity.WARNING)
    for text in paper.texts:
        if text.insert not in INSERTS:
            message = _("không có chỗ chèn “{name}”, lời văn này không được in").format(name=text.insert)
            hint = _("các phần chèn được: {names}").format(names=", ".join(INSERTS))
            yield Problem("remind.insert", message, hint, place, Severity.WARNING)
