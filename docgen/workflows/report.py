"""``docgen report``: a plan and its progress are read, a period is counted, and a Báo cáo is made of it."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from docgen import __version__
from docgen.base.declare import PartialDate
from docgen.base.locale import translate as _
from docgen.documents import registry
from docgen.documents.bao_cao.report import PeriodReport, report_frame, report_words
from docgen.documents.bao_cao.sentences import INSERTS, REPORT_FIELDS
from docgen.documents.bao_cao.sheets import report_sheets
from docgen.documents.kind import Document, Setting
from docgen.errors import DataError, OutputError, Place, Problem, Severity, UsageError
from docgen.model.counting import report as counting
from docgen.model.counting.report import Report
from docgen.model.periods.period import Period, parse_period
from docgen.model.periods.scheme import Scheme
from docgen.model.progress.outline import ReportPaper
from docgen.readers.named_files import PAPERS_FOLDER, read_paper
from docgen.readers.plan_folder import Loaded
from docgen.readers.progress_folder import LoadedProgress, read_progress
from docgen.readers.scheme_file import DEFAULT_SCHEME, days_off_remarks, read_scheme
from docgen.wording.dates import format_date
from docgen.wording.text import slug
from docgen.workflows.build import (
    Built,
    Prepared,
    checked_number,
    compiled_outline,
    load_plan,
    make,
    shipped_data,
    unit_named,
)
from docgen.workflows.unfinished import refuse_unfinished, unit_missing_parts, unnumbered
from docgen.writers.workbook import workbook_bytes
from docgen.writers.write import write_documents

OUTLINE = "bao-cao-cchc"


@dataclass(frozen=True)
class CountedPeriod:
    """A period counted once for all its reports, with the plan and progress it was counted from."""

    loaded: Loaded
    progress: LoadedProgress
    count: counting.PeriodCount


@dataclass(frozen=True)
class CountedReport:
    """A report of a counted period, with its plan and the remarks on it."""

    loaded: Loaded
    report: Report
    remarks: tuple[Problem, ...]


def count_period(
    plan: Loaded | str | Path,
    period: str,
    *,
    scheme: str | None = None,
    progress: LoadedProgress | Path | None = None,
    today: date | None = None,
) -> CountedPeriod:
    """Read a plan and its progress, and count a period.

    ``scheme`` is by default the one in the period's progress file, else nd09. ``today`` is the day of counting: if the
    period isn't over by then, its report is a draft. Raises SourceError, DataError, UsageError.
    """
    loaded = plan if isinstance(plan, Loaded) else load_plan(plan)
    read = progress if isinstance(progress, LoadedProgress) else read_progress(loaded, progress, shipped_data())
    asked = asked_period(period)
    chosen = chosen_scheme(loaded, read, asked, scheme)
    return CountedPeriod(loaded, read, counting.count_period(loaded.value, read.value, chosen, asked, today))


def report_of(counted: CountedPeriod, unit: str | None = None) -> CountedReport:
    """The report of a counted period for the whole office, or for a unit by name or code. Raises UsageError."""
    loaded, progress = counted.loaded, counted.progress
    code = unit_named(loaded.value, unit).code if unit is not None else None
    report = counting.report_of(counted.count, code)
    remarks = [*loaded.remarks, *progress.remarks, *progress.placed(report.remarks), *_remarks(report)]
    return CountedReport(loaded, report, tuple(dict.fromkeys(remarks)))


def build_period_report(
    counted: CountedReport,
    out: str | Path | None = None,
    *,
    number: str | None = None,
    issued_on: PartialDate | None = None,
    draft: bool = False,
    templates: str | Path | None = None,
    pdf: bool = False,
    force: bool = False,
    workbook: bool = False,
) -> Built:
    """Write the Báo cáo of a counted period, as a draft if the period isn't over.

    ``workbook`` also writes its tables as an .xlsx beside it. Files edited by hand are kept unless ``force``.
    Raises SourceError, DataError, TemplateError, OutputError, UsageError.
    """
    prepared = prepare_report(counted, number=number, issued_on=issued_on, draft=draft)
    built = make(prepared, out, templates=templates, pdf=pdf, force=force)
    return _with_workbook(built, report_tables(counted, prepared, draft=draft), force=force) if workbook else built


def prepare_report(
    counted: CountedReport, *, number: str | None = None, issued_on: PartialDate | None = None, draft: bool = False
) -> Prepared:
    """Prepare the Báo cáo of a counted period. Raises SourceError, DataError, TemplateError, UsageError."""
    report, loaded = counted.report, counted.loaded
    draft = draft or report.draft
    outline, say = compiled_outline(OUTLINE, loaded.folder, REPORT_FIELDS, INSERTS)
    paper = paper_of(loaded, report.period.code, report.unit)
    frame = report_frame(report, paper, outline.value)
    frame = replace(frame, number=checked_number(number) or frame.number, issued_on=issued_on or frame.issued_on)
    setting = Setting(report.plan, PeriodReport(report, frame, outline.value, paper, say), draft)
    document = Document(report_name(report.period.code, report.unit), registry.kind("bao_cao"), frame, setting)
    file = f"{PAPERS_FOLDER}/{'-'.join(filter(None, (report.period.code, report.unit)))}.yaml"
    missing = unit_missing_parts(loaded, frame, "Báo cáo", file)
    if not draft:
        refuse_unfinished(loaded, missing)
        missing = unnumbered([document], report.plan)
    remarks = (*counted.remarks, *missing)
    return Prepared(loaded, (document,), loaded.value, remarks)


def report_name(period: str, unit: str | None) -> str:
    """The name of a report's file, without its suffix."""
    name = "-".join(part for part in ("bao-cao", period, slug(unit or "")) if part)
    return name.replace("..", "_")


def report_tables(counted: CountedReport, prepared: Prepared, *, draft: bool) -> bytes:
    """The bytes of an .xlsx with the tables of a prepared report."""
    report, frame = counted.report, prepared.documents[0].frame
    issued = frame.issued_on
    created = date(issued.year, issued.month, issued.day or 1) if issued is not None else report.window.end
    told: PeriodReport = prepared.documents[0].setting.subject
    rounding = report_words(report, frame, told.outline, told.say).say("lam_tron")
    sheets = report_sheets(report, rounding, draft=draft or report.draft)
    return workbook_bytes(sheets, title=sheets[0].caption, created=created, version=__version__)


def _with_workbook(built: Built, tables: bytes, *, force: bool) -> Built:
    """Write the tables beside the written report. Raises OutputError, with a note that the report is written."""
    target = built.written[0].target.with_suffix(".xlsx")
    try:
        found = write_documents({target: tables}, force=force, proved=True)
    except OutputError as error:
        message, hint = _("tệp này đã ghi xong"), _("sửa lỗi trên rồi chạy lại đúng lệnh đó")
        done = [
            Problem("output.written", message, hint, Place(path.as_posix()), Severity.INFO)
            for path in (*(one.path for one in built.written), *built.pdfs)
        ]
        raise OutputError([*error.problems, *done]) from None
    kept = tuple(one.target for one in found if one.kept)
    return replace(built, written=(*built.written, *found), kept=(*built.kept, *kept))


def paper_of(loaded: Loaded, name: str, unit: str | None) -> ReportPaper:
    """Read a report's own file in ``bao-cao/``. Raises SourceError or DataError."""
    paper = read_paper(loaded.folder, name, unit)
    if paper.frame.issuing_agency not in (None, *loaded.value.organisation.by_code):
        message = _("không có đơn vị mã “{code}”").format(code=paper.frame.issuing_agency)
        file = f"{loaded.name}/{PAPERS_FOLDER}/{'-'.join(part for part in (name, unit) if part)}.yaml"
        raise DataError(Problem("data.unknown-reference", message, _("xem don-vi.yaml"), Place(file)))
    return paper


def asked_period(text: str) -> Period:
    """Parse the code of a period. Raises UsageError."""
    try:
        return parse_period(text)
    except ValueError as error:
        raise UsageError(Problem("report.period", str(error))) from None


def chosen_scheme(loaded: Loaded, progress: LoadedProgress, period: Period, name: str | None) -> Scheme:
    """The scheme of that name, else of the period's progress file, else of another one, else the default.

    Raises SourceError, DataError.
    """
    if name is None:
        file = progress.value.files.get(period.code)
        name = file.scheme if file is not None else next(iter(progress.schemes), DEFAULT_SCHEME)
    return progress.schemes.get(name) or read_scheme(name, loaded.folder, shipped_data())


def _remarks(report: Report) -> list[Problem]:
    """Remarks to be read before a report is signed."""
    found = []
    if not report.window.in_scheme:
        message = _("kỳ {period} không có trong chế độ {scheme}: tính theo ngày lịch {start} - {end}").format(
            period=report.period.code,
            scheme=report.scheme.code,
            start=format_date(report.window.start),
            end=format_date(report.window.end),
        )
        found.append(Problem("report.ad-hoc", message, _("kiểm tra ngày chốt số liệu"), Place(), Severity.WARNING))
    if report.draft:
        message = _("kỳ {period} chưa kết thúc (chốt số liệu {end}): báo cáo là bản dự thảo").format(
            period=report.period.code, end=format_date(report.window.end)
        )
        found.append(Problem("report.not-over", message, _("chạy lại sau ngày chốt"), Place(), Severity.WARNING))
    if report.empty:
        message = _("chưa có số liệu nào của kỳ {period}").format(period=report.period.code)
        found.append(Problem("report.empty", message, _("thêm tien-do/<kỳ>.yaml"), Place(), Severity.WARNING))
    found += days_off_remarks([report.window])
    return [replace(one, place=Place()) for one in found]
