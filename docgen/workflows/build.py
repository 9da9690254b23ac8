"""The road in one page: a plan's files are read, checked, and made into documents. Only here do the stages meet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from docgen import __version__
from docgen.base.declare import PartialDate, Record
from docgen.base.files import write_folder
from docgen.base.locale import translate as _
from docgen.base.ooxml import Entry
from docgen.documents import registry
from docgen.documents.kind import Context, Document, Kind, Setting
from docgen.errors import DataError, Place, Problem, Severity, TemplateError, UsageError
from docgen.model.plan.frame import Frame
from docgen.model.plan.frame_rules import check_frames
from docgen.model.plan.history import NumberConflictError, with_number
from docgen.model.plan.organisation import Unit
from docgen.model.plan.plan import Plan
from docgen.model.plan.responsible import UnitNames, members_of
from docgen.readers.named_files import Stamp, stamp
from docgen.readers.plan_folder import Loaded, is_workbook, plan_folder_of, read_plan
from docgen.template.language.compile import compile_template
from docgen.template.language.kept import kept_translations
from docgen.template.language.program import Program
from docgen.wording.text import closest, slug
from docgen.writers.proof import find_faults
from docgen.writers.seal import data_hash, seal
from docgen.writers.write import Written, write_documents

#: Where a plan's own folder keeps the office's templates.
OWN_TEMPLATES = "mau"


@dataclass(frozen=True)
class Built:
    """What a build wrote, the files it kept because a person had edited them, and what should be said of it."""

    written: tuple[Written, ...]
    kept: tuple[Path, ...]
    pdfs: tuple[Path, ...]
    remarks: tuple[Problem, ...]


@dataclass(frozen=True)
class Prepared:
    """A plan's documents, ready to be made; ``data`` is what they say, for the hash in their properties."""

    loaded: Loaded
    documents: tuple[Document[Any], ...]
    data: Record
    remarks: tuple[Problem, ...] = ()


def load_plan(plan: str | Path, *, data: Path | None = None, unfinished: Collection[str] = ()) -> Loaded:
    """Read and check a plan's folder or its filled-in form (.xlsx); ``data`` replaces the shipped lists.

    Problems of ``unfinished`` codes are left out: the caller is about to put in what is missing.

    Raises SourceError or DataError (exit code 3) with every problem, each with file, line and column or sheet and cell.
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
    """Make a plan's documents: its decision, the plan with its appendices, and whatever stands in ``van-ban/``.

    ``out`` is ``output/<name of the plan>`` by default. ``only`` names documents (``quyet_dinh``, ``ke_hoach``, or a
    name in ``van-ban/``; one text may name several with commas). ``number`` and ``issued_on`` number the main document:
    the decision, or the plan where it stands alone. ``templates`` is looked
    into before the plan's own and the shipped templates. Every document is
    made before the first is written; a file that a person edited is kept unless ``force`` is given.
    ``unit`` (a name or code) makes that unit's own plan instead, which ``number`` and ``issued_on`` then number.
    Raises SourceError, DataError, TemplateError, OutputError, UsageError.
    """
    loaded = plan if isinstance(plan, Loaded) else load_plan(plan)
    prepared = prepare(loaded, only=only, number=number, issued_on=issued_on, draft=draft, unit=unit)
    return make(prepared, Making(out, templates, pdf=pdf, force=force))


def prepare(
    loaded: Loaded,
    *,
    only: Sequence[str] = (),
    number: str | None = None,
    issued_on: PartialDate | date | None = None,
    draft: bool = False,
    unit: str | None = None,
) -> Prepared:
    """The documents of a plan, ready to be made; see :func:`build`. Raises DataError, SourceError, UsageError."""
    if not draft:
        refuse_placeholders(loaded)
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
    return Prepared(loaded, tuple(chosen), numbered, tuple(remarks))


@dataclass(frozen=True)
class Making:
    """Where documents are written to and with which templates; see :func:`build`."""

    out: str | Path | None
    templates: str | Path | None
    pdf: bool = False
    force: bool = False


def make(prepared: Prepared, making: Making) -> Built:
    """Render, prove and write documents: all are made before the first is written.

    Raises TemplateError, OutputError, UsageError.
    """
    if not prepared.documents:
        return Built((), (), (), prepared.remarks)
    loaded = prepared.loaded
    folders = template_folders(making.templates, loaded.folder)
    if making.pdf:
        from docgen.writers.pdf import convert_to_pdf, require_libreoffice  # no other build needs them

        require_libreoffice()
    target = Path(making.out) if making.out is not None else Path("output") / loaded.name
    digest, said = data_hash(prepared.data), list(prepared.remarks)
    files: dict[Path, bytes] = {}
    for document in prepared.documents:
        program = compiled(document.kind, folders)
        said += program.warnings
        files[target / f"{document.name}.docx"] = sealed(document, document.context(), program, loaded, digest)
    written = write_documents(files, force=making.force, proved=True)
    pdfs = convert_to_pdf([one.path for one in written]) if making.pdf else []
    kept = tuple(path for path, one in zip(files, written, strict=True) if one.kept)
    return Built(tuple(written), kept, tuple(pdfs), tuple(dict.fromkeys(said)))


def sealed(document: Document[Any], context: Context, program: Program, loaded: Loaded, digest: str) -> bytes:
    """The bytes of one document, proved; ``digest`` is the :func:`data_hash` of what its context is made from.

    Raises TemplateError.
    """
    created = _date_of(document.frame, loaded.value)
    entries = program.entries(context, created, loaded.folder)
    content = seal(entries, template=program.digest, data=digest, version=__version__)
    _prove(content, entries, program)
    return content


def documents_of(plan: Plan, *, draft: bool = False) -> list[Document[Any]]:
    """Every document that a plan has data for, in the order of issue. Raises DataError where two have one name."""
    documents: list[Document[Any]] = []
    for kind in registry.kinds():
        if (found := kind.of_plan(plan)) is not None:
            frame, subject = found
            documents.append(Document(kind.code.replace("_", "-"), kind, frame, Setting(plan, subject, draft)))
    for name, named in plan.documents.items():
        file = slug(name)
        if not file or any(other.name == file for other in documents):
            message = _("van-ban/{name}.yaml cho tên tệp “{file}.docx” trống hoặc đã có").format(name=name, file=file)
            raise DataError(Problem("build.same-name", message, _("đổi tên tệp trong van-ban/")))
        kind = registry.kind_of(named.kind_name)
        documents.append(Document(file, kind, named.frame, Setting(plan, named, draft)))
    return documents


def compiled(kind: Kind[Any], folders: Sequence[Path]) -> Program:
    """The program of a kind's template, from the first folder that has one; compiled once as long as it is the same.

    Raises TemplateError.
    """
    path = template_path(kind, folders)
    return _compiled(kind, path, stamp(path))


def template_path(kind: Kind[Any], folders: Sequence[Path]) -> Path:
    """The file of a kind's template: that of the first folder that has one."""
    found = (folder / kind.template_file for folder in folders if (folder / kind.template_file).exists())
    return next(found, folders[-1] / kind.template_file)


def new_plan(folder: Path, *, year: int | None = None, origin: Path | None = None) -> list[str]:
    """Make a new plan's folder from ``origin``, or from the skeleton that docgen ships; the names of its files.

    ``origin`` is a plan's folder or its filled-in form.
    The templates come along, so that the office has a folder that is its own.
    Raises SourceError where the origin is no plan, OutputError where the folder has content already.
    """
    files: dict[str, str | bytes] = dict(_skeleton(origin, year))
    own = plan_folder_of(origin) / OWN_TEMPLATES if origin is not None else None
    for path in sorted(shipped_templates().glob("*.docx")):
        better = own / path.name if own is not None and (own / path.name).exists() else path
        files[f"{OWN_TEMPLATES}/{path.name}"] = better.read_bytes()
    write_folder(folder, files)
    return sorted(files)


def _skeleton(origin: Path | None, year: int | None) -> dict[str, str]:
    """The files of a new plan by name; a form's plan is written down first, since a skeleton is cut out of text."""
    from docgen.readers.yaml.skeleton import read_skeleton  # with all of the progress, which no build needs

    if origin is None or not is_workbook(origin):
        return read_skeleton(origin or shipped_data() / "khung-cap-xa", year, whole=origin is None)
    from tempfile import TemporaryDirectory

    from docgen.readers.yaml.writer import write_plan

    with TemporaryDirectory(prefix="docgen-") as folder:
        write_folder(Path(folder), write_plan(load_plan(origin).value))
        return read_skeleton(Path(folder), year, whole=False)


def shipped_data() -> Path:
    """The folder of lists that docgen ships: fields of work and, below it, the sample and the skeleton plans."""
    return _shipped("data")


def shipped_templates() -> Path:
    """The folder of templates that docgen ships."""
    return _shipped("templates_docx")


def _shipped(name: str) -> Path:
    """A folder that docgen ships: within the package where it is installed, beside the package in a checkout."""
    package = Path(__file__).parents[1]
    within = package / name
    return within if within.is_dir() else package.parent / name


def _unit_loaded(loaded: Loaded, name: str) -> tuple[Loaded, str]:
    """One unit's plan in place of the whole, and the name of its file."""
    from docgen.documents.ke_hoach.don_vi import INSERTS, UNIT_PLAN_FIELDS, unit_plan  # no other plan needs an outline
    from docgen.workflows.outlines import spoken

    unit = unit_named(loaded.value, name)
    outline, say = spoken("ke-hoach-don-vi", loaded.folder, shipped_data(), UNIT_PLAN_FIELDS, INSERTS)
    return replace(loaded, value=unit_plan(loaded.value, unit, outline.value, say)), f"ke-hoach-{slug(unit.code)}"


def unit_named(plan: Plan, name: str) -> Unit:
    """The single unit of that code or name. Raises UsageError for any other name, and for a group of units."""
    wanted = " ".join(name.split())
    found = plan.organisation.by_code.get(wanted)
    if found is None:
        resolved = UnitNames(plan.organisation).resolve(wanted)
        found = plan.organisation.by_code[resolved.units[0]] if len(resolved.units) == 1 else None
        found = None if resolved.left_over else found
    if found is None:
        names = [one for unit in plan.organisation.units for one in (unit.code, *unit.names)]
        meant = closest(wanted, names)
        hint = _("ý bạn là “{meant}”?").format(meant=meant) if meant else _("xem don-vi.yaml")
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
    """The folders that templates are looked for in, the office's own first. Raises UsageError."""
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


def _prove(content: bytes, entries: list[Entry], program: Program) -> None:
    """What isn't sound after rendering comes from the template. Raises TemplateError."""
    faults = list(find_faults(content, entries))
    if faults:
        hint = _("kiểm tra vòng lặp mở ở đoạn này mà đóng trong ô bảng khác; mở mẫu trong Word rồi lưu lại")
        raise TemplateError(
            [
                Problem(f"template.{fault.code}", fault.message, hint, Place(program.file, part=fault.part))
                for fault in faults
            ]
        )


def refuse_placeholders(loaded: Loaded) -> None:
    """What a skeleton left to fill in may stand in drafts only. Raises DataError."""
    left = [replace(one, severity=Severity.ERROR) for one in loaded.remarks if one.code == "text.placeholder"]
    if left:
        hint = _("điền đủ, hoặc thêm --du-thao để in bản dự thảo")
        raise DataError([replace(one, hint=hint) for one in left])


def checked_number(number: str | None) -> str | None:
    """The number that a person gives on the command line, for a document's "Số". Raises UsageError."""
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
    """What only shows once the plan is numbered: typed lines that stay as typed, a number without a day."""
    if numbered is loaded.value:
        return []
    told = ("frame.typed-reference", "frame.no-day")
    return [found.at(loaded.places.at(found.place.path)) for found in check_frames(numbered) if found.code in told]


def _chosen(documents: list[Document[Any]], only: Sequence[str]) -> list[Document[Any]]:
    by_name = {document.name: document for document in documents}
    listed = only.split(",") if isinstance(only, str) else only
    wanted = [slug(name) for name in listed if name.strip()]
    problems = []
    for name in wanted:
        if name not in by_name:
            meant = closest(name, by_name)
            hint = _("ý bạn là “{meant}”?").format(meant=meant) if meant else ""
            hint = hint or _("kế hoạch có: {names}").format(names=", ".join(by_name))
            message = _("không có văn bản “{name}” trong kế hoạch").format(name=name)
            problems.append(Problem("build.no-document", message, hint))
    if problems:
        raise UsageError(problems)
    return [by_name[name] for name in wanted] if wanted else documents


def _date_of(frame: Frame, plan: Plan) -> date:
    """The date that a file's properties state: the document's, or the first day that it may have."""
    issued = frame.issued_on
    return date(issued.year, issued.month, issued.day or 1) if issued is not None else date(plan.year, 1, 1)
