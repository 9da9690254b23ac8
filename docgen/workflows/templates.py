"""``docgen template``: checks a template, renders it with example data, starts a new one, or compares two."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docgen import __version__
from docgen.base.locale import translate as _
from docgen.base.ooxml import read_entries
from docgen.base.usual_names import with_usual_names
from docgen.documents import registry
from docgen.documents.example import empty_values, example_values, worst_values
from docgen.documents.kind import Context, Kind
from docgen.errors import Anchor, ExitCode, OutputError, Place, Problem, Severity, TemplateError, UsageError
from docgen.layout.annotate import NotAnnotatedError
from docgen.layout.annotate import annotate as comment_on
from docgen.layout.check import check_document
from docgen.layout.findings import Finding
from docgen.readers.plan_folder import Loaded
from docgen.readers.progress_folder import read_progress
from docgen.template.language.compile import compile_template
from docgen.template.language.program import Program
from docgen.template.language.source import prepare_properties, read_content
from docgen.template.lint.check import TemplateFinding, judge_template
from docgen.template.lint.difference import Difference, compare_files
from docgen.template.lint.example import empty_context, example_context, worst_context
from docgen.template.lint.fields import FieldRow, field_rows, fields_page, tags_of
from docgen.template.lint.paragraphs import Named, origins, paragraph_names
from docgen.wording.text import slug, suggestion
from docgen.workflows.build import build, documents_of, load_plan, shipped_data, shipped_templates
from docgen.workflows.report import build_period_report, count_period, report_of
from docgen.writers.pdf import convert_to_pdf, draw_pages, find_libreoffice, find_pdftoppm
from docgen.writers.seal import seal
from docgen.writers.write import Written, write_document, write_documents

#: The default folder of previews.
PREVIEWS = Path("output") / "mau"
#: The contexts that a kind is tried with, by the end of the preview's name.
_TRIALS: dict[str, Callable[[Kind[Any]], Context]] = {
    "": lambda kind: example_context(kind.contract, example_values(kind)),
    ".dai": lambda kind: worst_context(kind.contract, worst_values(kind)),
    ".trong": lambda kind: empty_context(kind.contract, empty_values()),
}


# ---------------------------------------------------------------- kinds


def kind_named(name: str) -> Kind[Any]:
    """The kind of that code, written in any way. Raises UsageError."""
    code, known = slug(name).replace("-", "_"), registry.with_template()
    if code in known:
        return known[code]
    hint = suggestion(code, known, _("có: {names}").format(names=", ".join(known)))
    raise UsageError(Problem("template.kind", _("không có loại mẫu “{name}”").format(name=name), hint))


def kind_of_template(path: Path, name: str | None = None) -> Kind[Any]:
    """The kind of a template: by ``name``, by its file's name, else the one whose contract has most of its tags.

    Raises UsageError for an unknown name, TemplateError if the file can't be opened.
    """
    if name is not None:
        return kind_named(name)
    stem, known = slug(path.stem).replace("-", "_"), registry.with_template()
    if fitting := [code for code in known if stem.startswith(code)]:
        return known[max(fitting, key=len)]
    tags = tags_of(path, path.as_posix())

    def strangeness(kind: Kind[Any]) -> tuple[int, int]:
        found = tags.against(kind.contract)
        return len(found.problems), len(found.unused_paths()) - len(found.used)

    return min(known.values(), key=strangeness)


def fields_of(name: str) -> tuple[Kind[Any], list[FieldRow]]:
    """A kind with the rows of its fields. Raises UsageError."""
    kind = kind_named(name)
    return kind, field_rows(kind.contract)


def write_fields_page(kind: Kind[Any], rows: Sequence[FieldRow], target: Path) -> Written:
    """Write a Word page with a kind's fields. Raises OutputError."""
    page = fields_page(_("Các trường của mẫu {title}").format(title=kind.title), rows)
    return write_document(_docx(target), _sealed(page))


# ---------------------------------------------------------------- checking


@dataclass(frozen=True)
class CheckedTemplate:
    """The result for a template; ``problems`` prevented its annotated copy from being written."""

    path: Path
    kind: Kind[Any]
    findings: tuple[TemplateFinding, ...]
    written: Written | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def check(path: Path, kind: str | None = None, *, annotated: Path | None = None) -> CheckedTemplate:
    """Check a template and, if it has no error, the form of its document with example data.

    ``annotated`` is the path of a copy with a Word comment at each finding. Raises UsageError, and TemplateError if the
    file can't be opened.
    """
    chosen = kind_of_template(path, kind)
    shown = path.as_posix()
    content = read_content(path, shown)
    judged = judge_template(content, chosen.contract, shown=shown)
    findings = judged.findings
    if judged.program is not None:
        try:
            rendered = judged.program.render(_TRIALS[""](chosen))
            findings += form_findings(rendered, content, shown)
        except TemplateError as error:
            findings += map(judged.finding, error.problems)
    if annotated is None or not findings:
        return CheckedTemplate(path, chosen, tuple(findings))
    try:
        copy = comment_on(with_usual_names(content), [_as_comment(finding) for finding in findings])
        written = write_document(annotated, _sealed(copy))
    except NotAnnotatedError as error:
        message = _("không ghi nhận xét được vào tệp này vì {reason}").format(reason=error)
        hint = _("mở tệp trong Word, lưu lại thành .docx rồi chạy lại; các phát hiện vẫn được in ra")
        problem = Problem("template.not-annotated", message, hint, Place(shown))
        return CheckedTemplate(path, chosen, tuple(findings), problems=(problem,))
    except OutputError as error:
        return CheckedTemplate(path, chosen, tuple(findings), problems=error.problems)
    return CheckedTemplate(path, chosen, tuple(findings), written)


def form_findings(rendered: bytes, content: bytes, shown: str) -> list[TemplateFinding]:
    """Check the form (NĐ 30/2020) of a rendered example; each finding is at the template's own paragraph.

    ``rendered`` comes from a program of the template ``content`` whose paragraphs are marked, as of judge_template.
    """
    return _at_template(check_document(rendered, name=shown), rendered, content, shown)


def _at_template(findings: Sequence[Finding], rendered: bytes, content: bytes, shown: str) -> list[TemplateFinding]:
    """Turn findings on a rendered example into findings on its template, each once."""
    origin, named = origins(rendered, shown), paragraph_names(content, shown)
    homes: dict[Finding, dict[Anchor, Named]] = {}
    parts: dict[Finding, list[Named]] = {}  # of findings on a section as a whole
    for finding in findings:
        if finding.about == "the_thuc" and not finding.undecided:
            bare = replace(finding, place=Place(shown), also=(), anchor=None, also_anchors=())
            found = [origin(one) for one in (finding.anchor, *finding.also_anchors) if one is not None]
            whole = finding.place._replace(file=shown) if finding.anchor is None else Place(shown)
            parts.setdefault(bare, []).append(Named(whole, ""))
            homes.setdefault(bare, {}).update({one: named(one) for one in found if one is not None})
    at_template = []
    for bare, listed in homes.items():
        hint = _("Căn cứ: {clause}").format(clause=bare.clause) if bare.clause else ""
        message = _("{message} (khi dựng thử)").format(message=bare.message)
        anchors = sorted(listed, key=lambda anchor: (anchor.part, anchor.index))
        where, *others = [listed[one] for one in anchors] or parts[bare]
        first, code = (anchors[0] if anchors else None), f"form.{bare.rule}"
        related = tuple(one.place for one in others)
        at_template.append(
            TemplateFinding(code, message, hint, bare.severity, where.place, first, where.heading, related, bare.rule)
        )
    return at_template


def _as_comment(finding: TemplateFinding) -> Finding:
    """A template's finding in the form that :func:`docgen.layout.annotate.annotate` takes."""
    text = f"{finding.message} → {finding.hint}" if finding.hint else finding.message
    place, severity = finding.place, finding.severity
    return Finding(
        finding.code, finding.code, "", place, "", "", severity, "the_thuc", text, finding.related, finding.anchor
    )


# ---------------------------------------------------------------- preview and new


@dataclass(frozen=True)
class Previewed:
    """The files of a preview, and remarks on those that couldn't be made."""

    written: tuple[Written, ...]
    pdfs: tuple[Path, ...]
    pictures: tuple[Path, ...]
    remarks: tuple[Problem, ...]


def preview(path: Path, out: Path | None = None, *, kind: str | None = None, long: bool = False) -> Previewed:
    """Render a template with example data to .docx and, if LibreOffice and poppler are installed, PDF and PNG.

    ``long`` adds documents with the longest data (``x.dai.docx``) and with empty data (``x.trong.docx``).
    Raises UsageError, TemplateError, OutputError.
    """
    chosen = kind_of_template(path, kind)
    program = compile_template(path, chosen.contract, shown=path.as_posix())
    folder = out if out is not None else PREVIEWS
    files = {folder / f"{path.stem}{end}.docx": _trial(program, chosen, end) for end in (_TRIALS if long else ("",))}
    written = write_documents(files)
    remarks = list(program.warnings)
    if find_libreoffice() is None:
        hint = _("cài LibreOffice (miễn phí, libreoffice.org), hoặc mở tệp .docx trong Word")
        remarks.append(_remark("template.no-pdf", _("máy này chưa có LibreOffice nên không có PDF và ảnh"), hint))
        return Previewed(tuple(written), (), (), tuple(remarks))
    pdfs = convert_to_pdf([one.path for one in written])
    drawing = find_pdftoppm()
    if drawing is None:
        hint = _("cài poppler (poppler-utils), hoặc mở tệp PDF")
        remarks.append(_remark("template.no-picture", _("máy này chưa có pdftoppm nên không có ảnh PNG"), hint))
        return Previewed(tuple(written), tuple(pdfs), (), tuple(remarks))
    pictures = [picture for pdf in pdfs for picture in draw_pages(drawing, pdf, folder)]
    return Previewed(tuple(written), tuple(pdfs), tuple(pictures), tuple(remarks))


def _trial(program: Program, kind: Kind[Any], end: str) -> bytes:
    entries = program.entries(_TRIALS[end](kind))
    return seal(entries, template=program.digest, data=f"vi-du{end}", version=__version__)


def new_template(name: str, target: Path) -> tuple[Written, Mapping[str, str]]:
    """Write a new template of a kind in the official form, and return it with the fields left out and why.

    An existing file is never replaced. Raises UsageError, OutputError.
    """
    kind = kind_named(name)
    target = _docx(target)
    if target.exists():
        hint = _("chọn tên khác, hoặc đổi tên tệp cũ")
        raise OutputError(Problem("output.exists", _("tệp này đã có"), hint, Place(target.as_posix())))
    written = write_document(target, (shipped_templates() / kind.template_file).read_bytes())
    return written, kind.left_out


# ---------------------------------------------------------------- difference


@dataclass(frozen=True)
class TemplateDifference:
    """The differences between two templates of a kind, and between a plan's documents made with each."""

    kind: Kind[Any]
    added: tuple[str, ...]
    gone: tuple[str, ...]
    template: Difference
    documents: Mapping[str, Difference]
    remarks: tuple[Problem, ...] = ()


def difference(old: Path, new: Path, *, kind: str | None = None, plan: Path | None = None) -> TemplateDifference:
    """Compare two templates: their fields, their text, and with a ``plan`` its documents.

    Raises UsageError, SourceError, DataError, and TemplateError if a template can't be opened or, with a plan, used.
    """
    chosen = kind_of_template(new, kind)
    fields = [
        {".".join(field) for field in tags_of(one, one.as_posix()).against(chosen.contract).used} for one in (old, new)
    ]
    shown = (old.as_posix(), new.as_posix())
    texts = compare_files(read_content(old, shown[0]), read_content(new, shown[1]), shown=shown)
    documents: dict[str, Difference] = {}
    remarks: list[Problem] = []
    if plan is not None:
        loaded = load_plan(plan)
        before, after = (_made_with(template, chosen, loaded) for template in (old, new))
        documents = {name: compare_files(before[name], after[name], shown=(name, name)) for name in after}
        if not documents:
            message = _("kế hoạch này không có văn bản nào soạn bằng mẫu {kind}").format(kind=chosen.code)
            remarks.append(_remark("template.no-document", message, _("chọn kế hoạch khác sau --data")))
    added, gone = sorted(fields[1] - fields[0]), sorted(fields[0] - fields[1])
    return TemplateDifference(chosen, tuple(added), tuple(gone), texts, documents, tuple(remarks))


def _made_with(template: Path, kind: Kind[Any], loaded: Loaded) -> dict[str, bytes]:
    """Drafts of a plan's documents of one kind, by name, made with a template; of reports, one per period."""
    with tempfile.TemporaryDirectory(prefix="docgen-mau-") as name:
        folder, out = Path(name) / "mau", Path(name) / "van-ban"
        folder.mkdir()
        (folder / kind.template_file).write_bytes(template.read_bytes())
        options: dict[str, Any] = {"draft": True, "templates": folder}
        documents = [one.name for one in documents_of(loaded.value) if one.kind is kind]
        if documents:
            build(loaded, out, only=documents, **options)
        if kind.code == "bao_cao":
            for period in read_progress(loaded, None, shipped_data()).value.files:
                build_period_report(report_of(count_period(loaded, period)), out, **options)
        return {path.name: path.read_bytes() for path in sorted(out.glob("*.docx"))}


# ---------------------------------------------------------------- shared


def exit_code(checked: CheckedTemplate) -> ExitCode:
    """6 if the annotated copy wasn't written, 1 if a finding is an error, else 0."""
    if checked.problems or (checked.written is not None and checked.written.kept):
        return ExitCode.OUTPUT
    return ExitCode.FINDINGS if checked.wrong else ExitCode.OK


def _docx(target: Path) -> Path:
    """The path of a file to write. Raises UsageError if it doesn't end in .docx."""
    if target.suffix.lower() != ".docx":
        message = _("tệp ghi ra phải có đuôi .docx: {path}").format(path=target.as_posix())
        raise UsageError(Problem("template.ending", message, _("thêm .docx vào tên sau -o")))
    return target


def _sealed(content: bytes) -> bytes:
    """A .docx without data with docgen's hash, by which later edits are recognised."""
    entries = prepare_properties(read_entries(content), "")
    return seal(entries, template="", data="", version=__version__)


def _remark(code: str, message: str, hint: str) -> Problem:
    return Problem(code, message, hint, severity=Severity.INFO)
