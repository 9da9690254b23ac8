"""The road of reports: a plan and its progress are read, a period is counted, and the count becomes a Báo cáo."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from docgen import __version__
from docgen.base.declare import PartialDate
from docgen.base.locale import translate as _
from docgen.documents import registry
from docgen.documents.bao_cao.report import PeriodReport, report_frame
from docgen.documents.bao_cao.sentences import INSERTS, REPORT_FIELDS
from docgen.documents.bao_cao.sheets import report_sheets
from docgen.documents.kind import Document, Setting
from docgen.errors import DataError, OutputError, Place, Problem, Severity, UsageError
from docgen.model.counting import report as counting
from docgen.model.counting.report import Report
from docgen.model.periods.period import Period, parse_period
from docgen.model.periods.scheme import Scheme
from docgen.model.progress.outline import ReportPaper
from docgen.readers.named_files import DEFAULT_SCHEME, PAPERS_FOLDER, days_off_remarks, read_paper, read_scheme
from docgen.readers.plan_folder import Loaded
from docgen.readers.progress_folder import LoadedProgress, read_progress
from docgen.wording.dates import format_date
from docgen.wording.text import slug
from docgen.workflows.build import (
    Built,
    Making,
    Prepared,
    checked_number,
    load_plan,
    make,
    refuse_placeholders,
    shipped_data,
    unit_named,
)
from docgen.workflows.outlines import spoken
from docgen.writers.workbook import workbook_bytes
from docgen.writers.write import write_documents

OUTLINE = "bao-cao-cchc"


@dataclass(frozen=True)
class CountedPeriod:
    """A period counted once for all its reports, with what was read for it."""

    loaded: Loaded
    progress: LoadedProgress
    count: counting.PeriodCount


@dataclass(frozen=True)
class CountedReport:
    """A report of a counted period, with what was read for it and what should be said of it."""

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

    ``scheme`` names the reporting scheme (default: the one that the progress of that period names, else nd09),
    ``today`` is the day of counting: a period that isn't over by then is a draft's.
    Raises SourceError, DataError, UsageError.
    """
    loaded = plan if isinstance(plan, Loaded) else load_plan(plan)
    told = progress if isinstance(progress, LoadedProgress) else read_progress(loaded, progress, shipped_data())
    asked = asked_period(period)
    chosen = chosen_scheme(loaded, told, asked, scheme)
    return CountedPeriod(loaded, told, counting.count_period(loaded.value, told.value, chosen, asked, today))


def report_of(counted: CountedPeriod, unit: str | None = None) -> CountedReport:
    """The report of a counted period: of the whole office, or of one unit by its name or code. Raises UsageError."""
    loaded, told = counted.loaded, counted.progress
    code = unit_named(loaded.value, unit).code if unit is not None else None
    report = counting.report_of(counted.count, code)
    remarks = [*loaded.remarks, *told.remarks, *told.placed(report.remarks), *_remarks(report)]
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
    """Write the Báo cáo of a counted period; one that isn't over is a draft, and says so.

    ``workbook`` writes its tables beside it as an .xlsx, too; a file that a person edited is kept likewise.
    Raises SourceError, DataError, TemplateError, OutputError, UsageError.
    """
    prepared = prepare_report(counted, number=number, issued_on=issued_on, draft=draft)
    built = make(prepared, Making(out, templates, pdf=pdf, force=force))
    if not workbook:
        return built
    tables = report_tables(counted, prepared, draft=draft)
    return _with_workbook(built, tables, force=force)


def prepare_report(
    counted: CountedReport, *, number: str | None = None, issued_on: PartialDate | None = None, draft: bool = False
) -> Prepared:
    """The Báo cáo of a counted period, ready to be made. Raises SourceError, DataError, TemplateError, UsageError."""
    report, loaded = counted.report, counted.loaded
    draft = draft or report.draft
    if not draft:
        refuse_placeholders(loaded)
    outline, say = spoken(OUTLINE, loaded.folder, shipped_data(), REPORT_FIELDS, INSERTS)
    paper = paper_of(loaded, report.period.code, report.unit)
    frame = report_frame(report, paper, outline.value)
    frame = replace(frame, number=checked_number(number) or frame.number, issued_on=issued_on or frame.issued_on)
    setting = Setting(report.plan, PeriodReport(report, frame, outline.value, paper, say), draft)
    document = Document(report_name(report.period.code, report.unit), registry.kind("bao_cao"), frame, setting)
    return Prepared(loaded, (document,), loaded.value, counted.remarks)


def report_name(period: str, unit: str | None) -> str:
    """The name of a report's file, without its suffix."""
    name = "-".join(part for part in ("bao-cao", period, slug(unit or "")) if part)
    return name.replace("..", "_")


def report_tables(counted: CountedReport, prepared: Prepared, *, draft: bool) -> bytes:
    """The bytes of an .xlsx with the tables of a report that is ready to be made."""
    report, frame = counted.report, prepared.documents[0].frame
    issued = frame.issued_on
    created = date(issued.year, issued.month, issued.day or 1) if issued is not None else report.window.end
    sheets = report_sheets(report, draft=draft or report.draft)
    return workbook_bytes(sheets, title=sheets[0].caption, created=created, version=__version__)


def _with_workbook(built: Built, tables: bytes, *, force: bool) -> Built:
    """Write the tables beside the report, which is there already. Raises OutputError, which says so."""
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
    """A report's own paper. Raises SourceError or DataError."""
    paper = read_paper(loaded.folder, name, unit)
    if paper.frame.issuing_agency not in (None, *loaded.value.organisation.by_code):
        message = _("không có đơn vị mã “{code}”").format(code=paper.frame.issuing_agency)
        file = f"{loaded.name}/{PAPERS_FOLDER}/{'-'.join(part for part in (name, unit) if part)}.yaml"
        raise DataError(Problem("data.unknown-reference", message, _("xem don-vi.yaml"), Place(file)))
    return paper


def asked_period(text: str) -> Period:
    """The period that a person asked for. Raises UsageError."""
    try:
        return parse_period(text)
    except ValueError as error:
        raise UsageError(Problem("report.period", str(error))) from None


def chosen_scheme(loaded: Loaded, told: LoadedProgress, period: Period, name: str | None) -> Scheme:
    """The scheme asked for by name, else that of the period's file, else of any, else the usual one.

    Raises SourceError, DataError.
    """
    if name is None:
        file = told.value.files.get(period.code)
        name = file.scheme if file is not None else next(iter(told.schemes), DEFAULT_SCHEME)
    return told.schemes.get(name) or read_scheme(name, loaded.folder, shipped_data())


def _remarks(report: Report) -> list[Problem]:
    """What a person must know of a report before signing it."""
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
