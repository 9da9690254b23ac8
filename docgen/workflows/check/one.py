"""One Word file in, its findings out, and its copy with comments where one is asked for."""

from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from docgen import __version__
from docgen.base.locale import translate as _
from docgen.base.ooxml import CUSTOM_PROPERTIES, Entry, content_hash, make_entry, parse_xml, read_entries, write_entries
from docgen.errors import DocgenError, Place, Problem, Severity
from docgen.layout.annotate import NotAnnotatedError, annotate
from docgen.layout.check import NOT_WORD, check_document
from docgen.layout.findings import Finding
from docgen.workflows.check.documents import Job, shown_name
from docgen.writers.provenance import CONTENT, VERSION, custom_properties_xml
from docgen.writers.write import Written, write_document

_FIRST_PROPERTY = 2


@dataclass(frozen=True)
class Checked:
    """What came of one file; ``problems`` are what kept it from being judged or its copy from being written."""

    path: Path
    findings: tuple[Finding, ...] = ()
    written: Written | None = None
    problems: tuple[Problem, ...] = ()
    judged: bool = True

    @property
    def name(self) -> str:
        """The file as messages name it."""
        return shown_name(self.path)

    def wrong(self, *, strict: bool = False) -> bool:
        """Whether the file is not as it must be: an error of form, with ``strict`` also a fault of the words."""
        return not self.judged or any(counts_as_wrong(finding, strict=strict) for finding in self.findings)


def counts_as_wrong(finding: Finding, *, strict: bool = False) -> bool:
    """Whether a finding makes the exit code 1; a mere remark and what nobody could decide never do."""
    if finding.undecided or finding.severity is Severity.INFO:
        return False
    return strict if finding.kind == "noi_dung" else finding.severity is Severity.ERROR


def check_one(job: Job) -> Checked:
    """Judge one file and write its annotated copy where one is asked for; never fails."""
    name = shown_name(job.path)
    try:
        findings = tuple(check_document(job.path, name=name, profile=job.profile))
    except Exception as error:  # one file of a thousand must not end the others' run
        return not_judged(job, _("docgen gặp lỗi của chính nó: {error}").format(error=repr(error)))
    checked = Checked(job.path, findings)
    if job.annotated is None or not findings or any(finding.rule == NOT_WORD.code for finding in findings):
        return checked
    try:
        copy = _signed(annotate(job.path.read_bytes(), findings))
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
    """The outcome for a file that couldn't be looked at."""
    hint = _("mở tệp trong Word, lưu lại thành .docx rồi kiểm tra riêng tệp này")
    problem = Problem("check.failed", message, hint, Place(shown_name(job.path)))
    return Checked(job.path, problems=(problem,), judged=False)


def _signed(content: bytes) -> bytes:
    """The bytes with docgen's hash among the file's own custom properties, so that an edit is seen later."""
    entries = read_entries(content)
    others = [entry for entry in entries if entry.name != CUSTOM_PROPERTIES]
    own = custom_properties_xml({CONTENT: content_hash(others), VERSION: __version__})
    (held,) = (entry for entry in entries if entry.name == CUSTOM_PROPERTIES)
    merged = make_entry(CUSTOM_PROPERTIES, _merged(held, own))
    return write_entries(merged if entry is held else entry for entry in entries)


def _merged(held: Entry, own: bytes) -> bytes:
    """The properties that a file had, without those of docgen, and then docgen's new ones."""
    try:
        root = parse_xml(held.content)
    except etree.XMLSyntaxError:
        return own
    for item in list(root):
        if (item.get("name") or "").startswith("docgen."):
            root.remove(item)
    root.extend(list(parse_xml(own)))
    for number, item in enumerate(root, _FIRST_PROPERTY):
        item.set("pid", str(number))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
