"""A counted report and its outline in, the context of a Báo cáo out."""

from dataclasses import dataclass, replace

from docgen.documents.bao_cao.sentences import report_fields, report_inserts, sent_by_quarter
from docgen.documents.bao_cao.tables import report_appendices
from docgen.documents.frame import frame_context, issuing_unit
from docgen.documents.ke_hoach import main_document
from docgen.documents.kind import Context, Setting
from docgen.documents.text import Say, Wording, finished, paragraphs
from docgen.model.counting.report import Report
from docgen.model.plan.frame import Frame
from docgen.model.progress.outline import Outline, ReportPaper


def report_frame(report: Report, paper: ReportPaper, outline: Outline) -> Frame:
    """The frame of a report: as its paper says, else issued by who reports, to the plan's office where a unit does."""
    main, plan, _kind = main_document(report.plan)
    frame = paper.frame
    office = frame.issuing_agency or main.issuing_agency or plan.organisation.issuing_agency
    if not frame.addressees and report.unit is not None:
        frame = replace(frame, addressees=(issuing_unit(main, plan).name,))
    if frame.signatory is None and report.unit is None:
        parent = frame.parent_agency or main.parent_agency
        frame = replace(frame, signatory=main.signatory, parent_agency=parent)
    return replace(
        frame,
        issuing_agency=report.unit or office,
        recipients=frame.recipients or outline.recipients,
        archive_line=frame.archive_line or outline.archive_line,
    )


@dataclass(frozen=True)
class PeriodReport:
    """What a report is made from: the count, and how its office says it.

    ``frame`` is that of :func:`report_frame`; ``say`` finishes the sentences of the outline.
    """

    report: Report
    frame: Frame
    outline: Outline
    paper: ReportPaper
    say: Say


def build_report(setting: Setting[PeriodReport]) -> Context:
    """The context of a report."""
    told = setting.subject
    report, frame, outline, paper, say = told.report, told.frame, told.outline, told.paper, told.say
    plan = report.plan
    words = report_words(report, frame, outline, say)
    appendices = report_appendices(report, frame, words)
    words = replace(words, context={**words.context, "phu_luc": _named(appendices)})
    context, inserts = words.context, report_inserts(report, paper, words)
    recipients = frame.recipients if paper.frame.recipients else tuple(say(line, context) for line in frame.recipients)
    said = replace(frame, recipients=tuple(filter(None, recipients)))
    return {
        "du_thao": setting.draft,
        "van_ban": frame_context(said, plan, "báo cáo"),
        "trich_yeu": paper.abstract or say(outline.abstract, context),
        "noi_dung": paragraphs(finished(outline.content, say, context, inserts)),
        "phu_luc": appendices,
        "don_vi_tinh": plan.money_unit,
    }


def report_words(report: Report, frame: Frame, outline: Outline, say: Say) -> Wording:
    """The sentences of a report's outline, about that report."""
    words = Wording(outline, say, report_fields(report, frame))
    return replace(words, context={**words.context, "gui_tung_ky": sent_by_quarter(report, words)})


def _named(appendices: list[Context]) -> str:
    """The Phụ lục as the text points to them: “các Phụ lục I, II”; "" where there are none."""
    labels = [str(one["nhan"]) for one in appendices]
    if len(labels) < 2:
        return "".join(labels)
    return "các Phụ lục " + ", ".join(label.removeprefix("Phụ lục ") for label in labels)
