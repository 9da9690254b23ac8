"""``docgen build`` on one page: a plan's files are read, checked, and made into documents."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from docgen import __version__
from docgen.base.declare import Contract, PartialDate, Record
from docgen.base.locale import translate as _
from docgen.base.ooxml import Entry
from docgen.documents import registry
from docgen.documents.kind import Context, Document, Kind, Setting
from docgen.documents.text import Say, inserts_of, texts_of
from docgen.errors import DataError, Place, Problem, TemplateError, UsageError
from docgen.model.plan.frame import Frame
from docgen.model.plan.frame_rules import check_frames
from docgen.model.plan.history import NumberConflictError, with_number
from docgen.model.plan.organisation import Unit
from docgen.model.plan.plan import Plan
from docgen.model.plan.responsible import UnitNames, members_of
from docgen.model.progress.outline import Outline
from docgen.readers.named_files import Listed, Stamp, outline_path, read_outline, stamp
from docgen.readers.plan_folder import Loaded, read_plan
from docgen.template.language.compile import compile_sentence, compile_template
from docgen.template.language.kept import kept_translations
from docgen.template.language.program import Program
from docgen.wording.text import slug, suggestion
from docgen.workflows.unfinished import plan_missing_parts, refuse_unfinished, unit_missing_parts, unnumbered
from docgen.writers.proof import find_faults
from docgen.writers.seal import data_hash, seal
from docgen.writers.write import Written, write_documents

#: The folder beside a plan with the office's own templates.
OWN_TEMPLATES = "mau"
#: Outlines with their compiled sentences, by name, path and stamp; batches of many offices use many.
_OUTLINES: dict[tuple[str, Path, Stamp], tuple[Listed[Outline], Say]] = {}
_MOST_OUTLINES = 64


@dataclass(frozen=True)
class Built:
    """The files that a build wrote, those it kept because they were edited by hand, and its remarks."""

    written: tuple[Written, ...]
    kept: tuple[Path, ...]
    pdfs: tuple[Path, ...]
    remarks: tuple[Problem, ...]


@dataclass(frozen=True)
class Prepared:
    """Documents ready to be made; ``data`` is the record whose hash goes into their properties."""

    loaded: Loaded
    documents: tuple[Document[Any], ...]
    data: Record
    remarks: tuple[Problem, ...] = ()


def load_plan(plan: str | Path, *, data: Path | None = None, unfinished: Collection[str] = ()) -> Loaded:
    """Read and check a plan's folder or filled-in form (.xlsx); ``data`` replaces the shipped lists.

    Problems with a code in ``unfinished`` are left out, for callers that add what is missing. Raises SourceError or
    DataError with every problem, each with file, line and column or sheet and cell.
    """
    records = registry.records()
    return read_plan(Path(plan), data or shipped_data(), records=records, unfinished=unfinished)


def build(
    plan: Loaded | str | Path,
    out: str | Path | None = None,
    *,
    only: Sequence[str] = (),
    number: str | None = None,
    issued_on: PartialDate | date | None = None,
    draft: bool = False,
    templates: str | Path | None = None,
    pdf: bool = False,
    force: bool = False,
    unit: str | None = None,
) -> Built:
    """Make a plan's documents: the decision, the plan with its appendices, and the papers in ``van-ban/``.

    ``out`` is by default ``output/<name of the plan>``. ``only`` names documents: ``quyet_dinh``, ``ke_hoach`` or a
    name in ``van-ban/``, also several in one text with commas. ``number`` and ``issued_on`` are those of the main
    document: the decision, or the plan if it is issued alone. Templates are searched in ``templates``, the plan's own
    folder and the shipped ones. ``unit`` (a name or code) makes that unit's own plan instead. All documents are made
    before the first is written; files edited by hand are kept unless ``force``.
    Raises SourceError, DataError, TemplateError, OutputError, UsageError.
    """
    loaded = plan if isinstance(plan, Loaded) else load_plan(plan)
    prepared = prepare(loaded, only=only, number=number, issued_on=issued_on, draft=draft, unit=unit)
    return make(prepared, out, templates=templates, pdf=pdf, force=force)


def prepare(
    loaded: Loaded,
    *,
    only: Sequence[str] = (),
    number: str | None = None,
    issued_on: PartialDate | date | None = None,
    draft: bool = False,
    unit: str | None = None,
) -> Prepared:
    """Prepare a plan's documents; see :func:`build`. Raises DataError, SourceError, UsageError."""
    whole = loaded
    if unit is not None:
        loaded, name = _unit_loaded(loaded, unit)
    numbered = _numbered(loaded, number, issued_on)
    documents = documents_of(numbered, draft=draft)
    if unit is not None:
        documents = [replace(documents[0], name=name)]
    chosen = _chosen(documents, only)
    if (number is not None or issued_on is not None) and documents[0] not in chosen:
        message = _("--so và --ngay là của {name}, không nằm trong các văn bản được chọn").format(
            name=documents[0].name
        )
        raise UsageError(Problem("build.number-of-other", message, _("ghi số và ngày của văn bản khác vào tệp của nó")))
    remarks = [*loaded.remarks, *_numbering_remarks(numbered, loaded)]
    own = [] if unit is None else unit_missing_parts(whole, chosen[0].frame, "Kế hoạch")
    if draft:
        remarks += own
    else:
        refuse_unfinished(whole, plan_missing_parts(loaded, chosen) if unit is None else own)
        remarks += unnumbered(chosen, numbered)
    return Prepared(loaded, tuple(chosen), numbered, tuple(remarks))


def make(
    prepared: Prepared,
    out: str | Path | None = None,
    *,
    templates: str | Path | None = None,
    pdf: bool = False,
    force: bool = False,
) -> Built:
    """Render, prove and write documents; see :func:`build`. Raises TemplateError, OutputError, UsageError."""
    if not prepared.documents:
        return Built((), (), (), prepared.remarks)
    loaded = prepared.loaded
    folders = template_folders(templates, loaded.folder)
    if pdf:
        from docgen.writers.pdf import convert_to_pdf, require_libreoffice

        require_libreoffice()
    target = Path(out) if out is not None else Path("output") / loaded.name
    digest, remarks = data_hash(prepared.data), list(prepared.remarks)
    files: dict[Path, bytes] = {}
    for document in prepared.documents:
        program = compiled(document.kind, folders)
        remarks += program.warnings
        files[target / f"{document.name}.docx"] = sealed(document, document.context(), program, loaded, digest)
    written = write_documents(files, force=force, proved=True)
    pdfs = convert_to_pdf([one.path for one in written]) if pdf else []
    kept = tuple(path for path, one in zip(files, written, strict=True) if one.kept)
    return Built(tuple(written), kept, tuple(pdfs), tuple(dict.fromkeys(remarks)))


def sealed(document: Document[Any], context: Context, program: Program, loaded: Loaded, digest: str) -> bytes:
    """The proved bytes of a document; ``digest`` is the :func:`data_hash` of its data. Raises TemplateError."""
    created = _date_of(document.frame, loaded.value)
    entries = program.entries(context, created, loaded.folder)
    content = seal(entries, template=program.digest, data=digest, version=__version__)
    _prove(content, entries, program)
    return content


def documents_of(plan: Plan, *, draft: bool = False) -> list[Document[Any]]:
    """The documents that a plan has data for, in the order of issue. Raises DataError if two have the same name."""
    documents: list[Document[Any]] = []
    for kind in registry.kinds():
        if (found := kind.of_plan(plan)) is not None:
            frame, subject = found
            setting = Setting(plan, subject, draft)
            documents.append(Document(kind.code.replace("_", "-"), kind, frame, setting, (kind.code,)))
    for name, named in plan.documents.items():
        file = slug(name)
        if not file or any(other.name == file for other in documents):
            message = _("van-ban/{name}.yaml cho tên tệp “{file}.docx” trống hoặc đã có").format(name=name, file=file)
            raise DataError(Problem("build.same-name", message, _("đổi tên tệp trong van-ban/")))
        kind = registry.kind_of(named.kind_name)
        documents.append(Document(file, kind, named.frame, Setting(plan, named, draft), ("van_ban", name)))
    return documents


def compiled(kind: Kind[Any], folders: Sequence[Path]) -> Program:
    """The program of a kind's template, compiled once while the file is unchanged. Raises TemplateError."""
    path = template_path(kind, folders)
    return _compiled(kind, path, stamp(path))


def template_path(kind: Kind[Any], folders: Sequence[Path]) -> Path:
    """The path of a kind's template, in the first folder that has one."""
    found = (folder / kind.template_file for folder in folders if (folder / kind.template_file).exists())
    return next(found, folders[-1] / kind.template_file)


def shipped_data() -> Path:
    """The shipped folder of data: lists, the sample plan and the skeleton plan."""
    return _shipped("data")


def shipped_templates() -> Path:
    """The shipped folder of templates."""
    return _shipped("templates_docx")


def _shipped(name: str) -> Path:
    """A shipped folder: in the installed package, or beside the package in a checkout."""
    package = Path(__file__).parents[1]
    within = package / name
    return within if within.is_dir() else package.parent / name


def _unit_loaded(loaded: Loaded, name: str) -> tuple[Loaded, str]:
    """One unit's plan instead of the whole, and the name of its file."""
    from docgen.documents.ke_hoach.don_vi import INSERTS, UNIT_PLAN_FIELDS, unit_plan

    unit = unit_named(loaded.value, name)
    outline, say = compiled_outline("ke-hoach-don-vi", loaded.folder, UNIT_PLAN_FIELDS, INSERTS)
    return replace(loaded, value=unit_plan(loaded.value, unit, outline.value, say)), f"ke-hoach-{slug(unit.code)}"


def unit_named(plan: Plan, name: str) -> Unit:
    """The single unit with that code or name. Raises UsageError for other names, and for groups of units."""
    wanted = " ".join(name.split())
    found = plan.organisation.by_code.get(wanted)
    if found is None:
        resolved = UnitNames(plan.organisation).resolve(wanted)
        found = plan.organisation.by_code[resolved.units[0]] if len(resolved.units) == 1 else None
        found = None if resolved.left_over else found
    if found is None:
        names = [one for unit in plan.organisation.units for one in (unit.code, *unit.names)]
        hint = suggestion(wanted, names, _("xem don-vi.yaml"))
        raise UsageError(Problem("unit.unknown", _("không có đơn vị “{name}”").format(name=name), hint))
    if found.is_group:
        members = ", ".join(unit.name for unit in members_of(plan.organisation, [found.code]))
        hint = _("chọn một trong: {members}").format(members=members)
        raise UsageError(Problem("unit.group", _("“{name}” là một nhóm đơn vị").format(name=found.name), hint))
    return found


@lru_cache(maxsize=64)
def _compiled(kind: Kind[Any], path: Path, _stamp: Stamp) -> Program:
    shown = f"{path.parent.name}/{path.name}"
    return compile_template(path, kind.contract, shown=shown, kept=kept_translations())


def template_folders(templates: str | Path | None, plan_folder: Path) -> list[Path]:
    """The folders in which templates are searched, the office's first. Raises UsageError."""
    if templates is not None and not Path(templates).is_dir():
        message = _("không có thư mục mẫu {folder}").format(folder=templates)
        raise UsageError(Problem("build.no-templates", message, _("kiểm tra lại đường dẫn của thư mục mẫu")))
    known = [kind.template_file for kind in registry.with_template().values()] if templates is not None else []
    if templates is not None and not any((Path(templates) / name).exists() for name in known):
        message = _("thư mục {folder} không có mẫu nào").format(folder=templates)
        hint = _("tên mẫu phải là: {names}").format(names=", ".join(sorted(known)))
        raise UsageError(Problem("build.no-templates", message, hint))
    first = [Path(templates)] if templates is not None else []
    return [*first, plan_folder / OWN_TEMPLATES, shipped_templates()]


def compiled_outline(
    name: str, folder: Path, contract: Mapping[str, Contract], inserts: Collection[str]
) -> tuple[Listed[Outline], Say]:
    """The outline of that name and what renders its sentences, compiled once while its file is unchanged.

    The outline in the plan's ``folder`` wins over the shipped one, which lends it the sentences whose code it doesn't
    have. ``contract`` must be the same for all uses of a name. Raises SourceError, DataError or TemplateError.
    """
    path = outline_path(name, folder, shipped_data())
    key = (name, path, stamp(path))
    if key not in _OUTLINES:
        outline = read_outline(path, shipped_data())
        shipped = read_outline(outline_path(name, None, shipped_data()), shipped_data()).value
        own = {one.code for one in outline.value.sentences}
        lent = replace(shipped, content=(), sentences=tuple(one for one in shipped.sentences if one.code not in own))
        whole = replace(outline.value, sentences=(*outline.value.sentences, *lent.sentences))
        while len(_OUTLINES) >= _MOST_OUTLINES:
            del _OUTLINES[next(iter(_OUTLINES))]
        _OUTLINES[key] = replace(outline, value=whole), _compiled_sentences(outline, lent, contract, inserts)
    return _OUTLINES[key]


def _compiled_sentences(
    outline: Listed[Outline], lent: Outline, contract: Mapping[str, Contract], inserts: Collection[str]
) -> Say:
    """Compile all sentences of an outline and those that are ``lent`` to it.

    Raises TemplateError with every wrong sentence or insert, at its line.
    """
    sentences = {text: compile_sentence(text, contract, Place()) for _path, text in texts_of(lent)}
    problems: list[Problem] = []
    for path, text in texts_of(outline.value):
        try:
            sentences[text] = compile_sentence(text, contract, outline.places.at(path))
        except TemplateError as error:
            problems += error.problems
    for path, name in inserts_of(outline.value):
        if name not in inserts:
            message = _("không có phần chèn “{name}”").format(name=name)
            hint = _("các phần chèn được: {names}").format(names=", ".join(inserts))
            problems.append(Problem("outline.insert", message, hint, outline.places.at(path)))
    if problems:
        raise TemplateError(problems)
    return lambda text, context: sentences[text].say(context)


def _prove(content: bytes, entries: list[Entry], program: Program) -> None:
    """Raise TemplateError with the faults of a rendered document, which come from its template."""
    faults = list(find_faults(content, entries))
    if faults:
        hint = _("kiểm tra vòng lặp mở ở đoạn này mà đóng trong ô bảng khác; mở mẫu trong Word rồi lưu lại")
        raise TemplateError(
            Problem(f"template.{fault.code}", fault.message, hint, Place(program.file, part=fault.part))
            for fault in faults
        )


def checked_number(number: str | None) -> str | None:
    """A number from the command line for a document's "Số", without spaces around it. Raises UsageError."""
    if number is None:
        return None
    number = number.strip()
    if not (number[:1].isdigit() and number.replace("-", "").isalnum()):
        shown = number[:20].encode("unicode_escape").decode()
        message = _("“{number}” không dùng làm số văn bản được").format(number=shown)
        raise UsageError(Problem("build.number", message, _("chỉ ghi số, ví dụ --so 3951; ký hiệu ghi ở ky_hieu")))
    return number


def _numbered(loaded: Loaded, number: str | None, issued_on: PartialDate | date | None) -> Plan:
    number = checked_number(number)
    if isinstance(issued_on, date):
        issued_on = PartialDate(issued_on.year, issued_on.month, issued_on.day)
    try:
        return with_number(loaded.value, number, issued_on)
    except NumberConflictError as conflict:
        hint = _("bỏ tùy chọn trên dòng lệnh, hoặc sửa dữ liệu")
        place = loaded.places.at(conflict.path)
        raise DataError(Problem("build.number-conflict", str(conflict), hint, place)) from None


def _numbering_remarks(numbered: Plan, loaded: Loaded) -> list[Problem]:
    """Remarks that arise from numbering: typed references that don't change, a number without a day."""
    if numbered is loaded.value:
        return []
    codes = ("frame.typed-reference", "frame.no-day")
    return [found.at(loaded.places.at(found.place.path)) for found in check_frames(numbered) if found.code in codes]


def _chosen(documents: list[Document[Any]], only: Sequence[str]) -> list[Document[Any]]:
    by_name = {document.name: document for document in documents}
    listed = only.split(",") if isinstance(only, str) else only
    wanted = [slug(name) for name in listed if name.strip()]
    problems = []
    for name in wanted:
        if name not in by_name:
            hint = suggestion(name, by_name, _("kế hoạch có: {names}").format(names=", ".join(by_name)))
            message = _("không có văn bản “{name}” trong kế hoạch").format(name=name)
            problems.append(Problem("build.no-document", message, hint))
    if problems:
        raise UsageError(problems)
    return [by_name[name] for name in wanted] if wanted else documents


def _date_of(frame: Frame, plan: Plan) -> date:
    """The date in a file's properties: that of the document, or the first day that it may have."""
    issued = frame.issued_on
    return date(issued.year, issued.month, issued.day or 1) if issued is not None else date(plan.year, 1, 1)
