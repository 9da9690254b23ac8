"""``docgen check``: checks files and folders against the form of NĐ 30/2020, with annotated copies and a summary."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from docgen import __version__
from docgen.base.files import read_file
from docgen.base.locale import translate as _
from docgen.base.ooxml import (
    CUSTOM_PROPERTIES,
    MAX_UNPACKED,
    Entry,
    content_hash,
    make_entry,
    parse_xml,
    read_entries,
    write_entries,
    xml_bytes,
)
from docgen.base.sheets import Cell, Column, Line, Sheet
from docgen.base.workers import SECONDS, SLACK, Died, Patience, end_silent, process_pool, time_limit, work_off
from docgen.errors import DocgenError, Place, Problem, Severity, UsageError
from docgen.layout.annotate import NotAnnotatedError, annotate
from docgen.layout.check import NOT_WORD, PROFILES, check_document
from docgen.layout.findings import About, Finding
from docgen.wording.text import suggestion
from docgen.writers.seal import CONTENT, VERSION, custom_properties_xml
from docgen.writers.workbook import workbook_bytes
from docgen.writers.write import Written, write_document

ANNOTATED = ".nhan-xet.docx"


@dataclass(frozen=True)
class Job:
    """A file to check; ``annotated`` is the path of its copy with comments, None for no copy."""

    path: Path
    profile: str = "nd30"
    annotated: Path | None = None


def shown_name(path: Path) -> str:
    """A path as valid Unicode, even if its name is in another encoding."""
    return path.as_posix().encode("utf-8", "replace").decode()


def documents_in(paths: Iterable[Path]) -> list[Path]:
    """The files to check, each once: the named files, and all .docx files below the named folders, sorted.

    In folders, hidden files and folders, lock files of Word (``~$…``) and annotated copies are left out.
    Raises UsageError with every path that is missing or has no document.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            here = _documents_at(path)
        except UsageError as error:
            problems += error.problems
            continue
        for document in here:
            found.setdefault(document.resolve(), document)
    if problems:
        raise UsageError(problems)
    return list(found.values())


def _documents_at(path: Path) -> list[Path]:
    if not path.is_dir():
        if not os.path.lexists(path):
            message, hint = _("không có tệp hoặc thư mục này"), _("kiểm tra lại tên và đường dẫn")
            raise UsageError(Problem("check.missing", message, hint, Place(shown_name(path))))
        return [path]
    found: list[Path] = []
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder, name) for name in sorted(files) if _is_document(name)]
    if not found:
        message = _("thư mục không có tệp .docx nào để kiểm tra")
        hint = _("chỉ đúng thư mục chứa văn bản; tệp .doc thì lưu lại thành .docx")
        raise UsageError(Problem("check.empty", message, hint, Place(shown_name(path))))
    return found


def _is_document(name: str) -> bool:
    low = name.lower()
    return low.endswith(".docx") and not low.startswith((".", "~$")) and not low.endswith(ANNOTATED)


def annotated_path(path: Path, folder: Path | None) -> Path:
    """The path of a document's annotated copy: beside it, or in ``folder``."""
    return (folder or path.parent) / f"{path.stem}{ANNOTATED}"


def make_jobs(
    paths: Sequence[Path], profile: str = "nd30", *, annotated: bool = False, out: Path | None = None
) -> list[Job]:
    """A job for each file. Raises UsageError for an unknown profile, or copies with the same path."""
    require_profile(profile)
    if not annotated:
        return [Job(path, profile) for path in paths]
    jobs = [Job(path, profile, annotated_path(path, out)) for path in paths]
    first: dict[Path | None, Path] = {}
    problems = [
        Problem(
            "check.same-copy",
            _("bản nhận xét trùng tên với bản của {other}").format(other=shown_name(first[job.annotated])),
            _("bỏ -o để ghi bản nhận xét cạnh từng tệp"),
            Place(shown_name(job.path)),
        )
        for job in jobs
        if first.setdefault(job.annotated, job.path) != job.path
    ]
    if problems:
        raise UsageError(problems)
    return jobs


def require_profile(code: str) -> None:
    """Raise UsageError if there is no profile (set of rules) of this name."""
    if code not in PROFILES:
        hint = suggestion(code, PROFILES, _("có: {all}").format(all=", ".join(PROFILES)))
        raise UsageError(Problem("check.profile", _("không có bộ quy tắc “{name}”").format(name=code), hint))


@dataclass(frozen=True)
class Checked:
    """The result for a file; ``problems`` prevented it from being ``judged``, or its copy from being written."""

    path: Path
    findings: tuple[Finding, ...] = ()
    written: Written | None = None
    problems: tuple[Problem, ...] = ()
    judged: bool = True

    @property
    def name(self) -> str:
        """The file's name in messages."""
        return shown_name(self.path)

    def wrong(self, *, strict: bool = False) -> bool:
        """Whether the file wasn't judged, or has errors of form or, with ``strict``, faults of words."""
        return not self.judged or any(counts_as_wrong(finding, strict=strict) for finding in self.findings)


def counts_as_wrong(finding: Finding, *, strict: bool = False) -> bool:
    """Whether a finding makes the exit code 1; remarks and undecided findings never do."""
    if finding.undecided or finding.severity is Severity.INFO:
        return False
    return strict if finding.about == "noi_dung" else finding.severity is Severity.ERROR


def check_one(job: Job) -> Checked:
    """Check a file and write its annotated copy if asked for. Never raises."""
    name = shown_name(job.path)
    try:
        findings = tuple(check_document(job.path, name=name, profile=job.profile))
    except Exception as error:  # one file must not stop the check of others
        return not_judged(job, _("docgen gặp lỗi của chính nó: {error}").format(error=repr(error)))
    checked = Checked(job.path, findings)
    if job.annotated is None or not findings or any(finding.rule == NOT_WORD.code for finding in findings):
        return checked
    try:
        copy = _signed(annotate(read_file(job.path, MAX_UNPACKED), findings))
        return replace(checked, written=write_document(job.annotated, copy))
    except NotAnnotatedError as error:
        message = _("không ghi nhận xét được vào tệp này vì {reason}").format(reason=error)
        hint = _("mở tệp trong Word, lưu lại thành .docx rồi chạy lại; các phát hiện vẫn được in ra")
        return replace(checked, problems=(Problem("check.not-annotated", message, hint, Place(name)),))
    except DocgenError as error:
        return replace(checked, problems=error.problems)
    except OSError as error:
        message = _("không đọc được tệp: {why}").format(why=error.strerror or error)
        problem = Problem("check.unreadable", message, _("kiểm tra tệp còn đó và đọc được"), Place(name))
        return replace(checked, problems=(problem,))


def not_judged(job: Job, message: str) -> Checked:
    """The result for a file that couldn't be checked."""
    hint = _("mở tệp trong Word, lưu lại thành .docx rồi kiểm tra riêng tệp này")
    problem = Problem("check.failed", message, hint, Place(shown_name(job.path)))
    return Checked(job.path, problems=(problem,), judged=False)


def _signed(content: bytes) -> bytes:
    """Add docgen's hash to a file's custom properties, by which later edits are recognised."""
    entries = read_entries(content)
    others = [entry for entry in entries if entry.name != CUSTOM_PROPERTIES]
    own = custom_properties_xml({CONTENT: content_hash(others), VERSION: __version__})
    (held,) = (entry for entry in entries if entry.name == CUSTOM_PROPERTIES)
    merged = make_entry(CUSTOM_PROPERTIES, _merged(held, own))
    return write_entries(merged if entry is held else entry for entry in entries)


def _merged(held: Entry, own: bytes) -> bytes:
    """A file's custom properties with docgen's replaced."""
    try:
        root = parse_xml(held.content)
    except etree.XMLSyntaxError:
        return own
    for item in list(root):
        if (item.get("name") or "").startswith("docgen."):
            root.remove(item)
    root.extend(list(parse_xml(own)))
    for number, item in enumerate(root, 2):  # ids below 2 are reserved
        item.set("pid", str(number))
    return xml_bytes(root)


#: The number of files above which several processes are worth their start.
MANY = 20

Work = Callable[[Job], Checked]


def check_files(
    jobs: Sequence[Job], *, workers: int | None = None, work: Work = check_one, seconds: float = SECONDS
) -> Iterator[Checked]:
    """Yield the result of each job, in the order of completion, from ``workers`` processes (default: one per CPU).

    Without ``workers``, up to :data:`MANY` files are checked in this process, without a time limit. ``work`` must be a
    function of a module, and may be called twice for a job. ``seconds`` limits each file.
    """
    if workers is None and len(jobs) <= MANY:
        yield from map(work, jobs)
        return
    count = max(1, min(workers or os.cpu_count() or 1, len(jobs)))
    look = partial(_timed, work, seconds)
    silent: Patience[Job] = end_silent(seconds + SLACK)
    for found in work_off(jobs, look, process_pool, count, lambda job: ([job], []), patience=silent):
        if isinstance(found, Died):
            message = _("việc kiểm tra tệp này bị dừng giữa chừng: quá {seconds:g} giây, hoặc thiếu bộ nhớ")
            yield not_judged(found.item, message.format(seconds=seconds))
        else:
            yield found


def _timed(work: Work, seconds: float, job: Job) -> Checked:
    with time_limit(seconds):
        return work(job)


#: Below Excel's limits of 32,767 characters per cell and 1,048,576 lines per sheet.
_LONGEST = 2000
_MOST_LINES = 1_000_000


class Counts(NamedTuple):
    """Numbers of findings, in the order of :func:`count_headings`; undecided ones and those on words are apart."""

    errors: int = 0
    warnings: int = 0
    remarks: int = 0
    words: int = 0
    undecided: int = 0


_SORTS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "remarks"}


def _sort(finding: Finding) -> str:
    if finding.undecided:
        return "undecided"
    return "words" if finding.about == "noi_dung" else _SORTS[finding.severity]


def count_headings() -> tuple[str, str, str, str, str]:
    """The headings of a table of counts."""
    return _("Lỗi"), _("Cảnh báo"), _("Lưu ý"), _("Lời văn"), _("Cần xem")


def counts_of(findings: Iterable[Finding]) -> Counts:
    """Count findings."""
    return Counts(**Counter(map(_sort, findings)))


def class_label(about: About) -> str:
    """What a rule or finding is about, the form or the author's words, for people."""
    return _("lời văn") if about == "noi_dung" else _("thể thức")


def severity_label(finding: Finding) -> str:
    """The severity of a finding, for people."""
    return _("cần xem bằng mắt") if finding.undecided else finding.severity.label


def findings_workbook(results: Sequence[Checked], profile: str, created: date) -> bytes:
    """The bytes of an .xlsx with a sheet of files and their counts, and a sheet of findings."""
    title = _("Kết quả kiểm tra thể thức văn bản")
    note = _("Bộ quy tắc: {name}. Mỗi phát hiện có căn cứ; xem docgen rules <mã>.").format(name=PROFILES[profile].name)
    sheets = [_files_sheet(results, title, note), _findings_sheet(results, title, note)]
    return workbook_bytes(sheets, title=title, created=created, version=__version__)


def _files_sheet(results: Sequence[Checked], title: str, note: str) -> Sheet:
    columns = (
        Column(_("Tệp"), 60),
        Column(_("Kết quả"), 24),
        *(Column(heading, 11, "amount") for heading in count_headings()),
    )
    lines = [_file_line(checked) for checked in results[:_MOST_LINES]]
    return Sheet(_("Tệp"), title, note, columns, tuple(lines), filtered=True)


def _file_line(checked: Checked) -> Line:
    result = _("đúng thể thức")
    if not checked.judged:
        result = _("không kiểm tra được")
    elif checked.wrong():
        result = _("phải sửa")
    elif checked.findings:
        result = _("nên xem lại")
    return Line((_cut(checked.name), result, *counts_of(checked.findings)))


def _findings_sheet(results: Sequence[Checked], title: str, note: str) -> Sheet:
    headings = (
        (_("Tệp"), 40), (_("Mã"), 12), (_("Loại"), 10), (_("Mức"), 12), (_("Chỗ"), 36), (_("Sai gì"), 44),
        (_("Đang là"), 30), (_("Phải là"), 30), (_("Căn cứ"), 24),
    )  # fmt: skip
    lines = [Line(_finding_cells(checked, finding)) for checked in results for finding in checked.findings]
    columns = tuple(Column(heading, width) for heading, width in headings)
    return Sheet(_("Phát hiện"), title, note, columns, tuple(lines[:_MOST_LINES]), filtered=True)


def _finding_cells(checked: Checked, finding: Finding) -> tuple[Cell, ...]:
    others = _(" (và {count} chỗ khác)").format(count=len(finding.also)) if finding.also else ""
    texts = (
        checked.name, finding.rule, class_label(finding.about), severity_label(finding),
        (finding.place.part or _("cả tệp")) + others, finding.text, finding.found, finding.expected, finding.clause,
    )  # fmt: skip
    return tuple(_cut(text) for text in texts)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
