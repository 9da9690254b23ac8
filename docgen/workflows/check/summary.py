"""The outcomes of many files in, their counts and a workbook that sums them up out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from docgen import __version__
from docgen.base.locale import translate as _
from docgen.base.sheets import Cell, Column, Line, Sheet
from docgen.errors import Severity
from docgen.layout.findings import Finding
from docgen.layout.profiles import PROFILES
from docgen.workflows.check.one import Checked
from docgen.writers.workbook import workbook_bytes

#: A cell of Excel holds 32,767 characters, a sheet 1,048,576 lines; nobody reads as many.
_LONGEST = 2000
_MOST_LINES = 1_000_000


@dataclass(frozen=True)
class Counts:
    """How many findings of each sort there are; undecided ones and those on the author's words stand apart."""

    errors: int = 0
    warnings: int = 0
    remarks: int = 0
    words: int = 0
    undecided: int = 0

    def figures(self) -> tuple[int, int, int, int, int]:
        """In the order of :func:`count_headings`."""
        return self.errors, self.warnings, self.remarks, self.words, self.undecided


_SORTS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "remarks"}


def _sort(finding: Finding) -> str:
    if finding.undecided:
        return "undecided"
    return "words" if finding.kind == "noi_dung" else _SORTS[finding.severity]


def count_headings() -> tuple[str, str, str, str, str]:
    """The headings of a table of counts."""
    return _("Lỗi"), _("Cảnh báo"), _("Lưu ý"), _("Lời văn"), _("Cần xem")


def counts_of(findings: Iterable[Finding]) -> Counts:
    """The counts of some findings."""
    return Counts(**Counter(map(_sort, findings)))


def class_label(finding: Finding) -> str:
    """Whether a finding is about the form or the author's words, for people."""
    return _("lời văn") if finding.kind == "noi_dung" else _("thể thức")


def severity_label(finding: Finding) -> str:
    """How sure a finding is, for people."""
    return _("cần xem bằng mắt") if finding.undecided else finding.severity.label


def summary_workbook(results: Sequence[Checked], profile: str, created: date) -> bytes:
    """The bytes of an .xlsx: a sheet of the files with their counts, a sheet of all findings."""
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
    counts = counts_of(checked.findings)
    result = _("đúng thể thức")
    if not checked.judged:
        result = _("không kiểm tra được")
    elif checked.wrong():
        result = _("phải sửa")
    elif checked.findings:
        result = _("nên xem lại")
    return Line((_cut(checked.name), result, *counts.figures()))


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
        checked.name, finding.rule, class_label(finding), severity_label(finding),
        (finding.place.part or _("cả tệp")) + others, finding.text, finding.found, finding.expected, finding.clause,
    )  # fmt: skip
    return tuple(_cut(text) for text in texts)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
