"""The road in one page: a plan's files are read, checked, and made into documents. Only here do the stages meet."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path

from docgen import __version__
from docgen.errors import DataError, Problem, Severity, UsageError
from docgen.kinds.ke_hoach import KE_HOACH
from docgen.kinds.kind import Context, Kind, Setting
from docgen.kinds.quyet_dinh import QUYET_DINH
from docgen.kinds.van_ban import build_document, kind_of
from docgen.locale import translate as _
from docgen.model.frame import Frame
from docgen.model.numbering import NumberConflictError, main_frame, with_number
from docgen.model.plan import Plan
from docgen.output.folder import write_folder
from docgen.output.pdf import convert_to_pdf
from docgen.output.seal import seal
from docgen.output.write import Written, write_documents
from docgen.sources.plan_folder import Loaded, read_plan
from docgen.sources.skeleton import read_skeleton
from docgen.template.compile import compile_template
from docgen.template.program import Program
from docgen.wording.dates import PartialDate
from docgen.wording.text import closest, slug

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
class Document:
    """One document to be made: its file's name, its kind, its frame, and how its context is built."""

    name: str
    kind: Kind
    frame: Frame
    context: Callable[[], Context]


def load_plan(folder: str | Path, *, data: Path | None = None) -> Loaded:
    """Read and check a plan's folder; ``data`` replaces the shipped lists.

    Raises SourceError or DataError (exit code 3) with every problem, each with file, line and column.
    """
    return read_plan(Path(folder), data or shipped_data())


def build(
    plan: Loaded | str | Path,
    out: str | Path | None = None,
    *,
    only: Sequence[str] = (),
    number: str | None = None,
    issued_on: PartialDate | None = None,
    draft: bool = False,
    templates: Path | None = None,
    pdf: bool = False,
    force: bool = False,
) -> Built:
    """Make a plan's documents: its decision, the plan with its appendices, and whatever stands in ``van-ban/``.

    ``out`` is ``output/<name of the plan>`` by default. ``only`` names documents (``quyet_dinh``, ``ke_hoach``, or a
    name in ``van-ban/``). ``number`` and ``issued_on`` number the main document: the decision, or the plan where it
    stands alone. ``templates`` is looked into before the plan's own and the shipped templates. Every document is
    made before the first is written; a file that a person edited is kept unless ``force`` is given.
    Raises SourceError, DataError, TemplateError, OutputError, UsageError.
    """
    loaded = plan if isinstance(plan, Loaded) else load_plan(plan)
    if not draft:
        _refuse_placeholders(loaded)
    numbered = _numbered(loaded, number, issued_on)
    folders = [*([templates] if templates else []), loaded.folder / OWN_TEMPLATES, shipped_templates()]
    chosen = _chosen(documents_of(Setting(numbered, draft)), only)
    target = Path(out) if out is not None else Path("output") / loaded.name
    digest = _data_hash(numbered)
    remarks = list(loaded.remarks)
    files: dict[Path, bytes] = {}
    for document in chosen:
        program = compiled(document.kind, folders)
        remarks += program.warnings
        entries = program.entries(document.context(), _date_of(document.frame, numbered))
        files[target / f"{document.name}.docx"] = seal(
            entries, template=program.digest, data=digest, version=__version__
        )
    written = write_documents(files, force=force)
    pdfs = convert_to_pdf([one.path for one in written]) if pdf else []
    kept = tuple(path for path, one in zip(files, written, strict=True) if one.kept)
    return Built(tuple(written), kept, tuple(pdfs), tuple(remarks))


def documents_of(setting: Setting) -> list[Document]:
    """Every document that a plan has data for, in the order of issue."""
    plan = setting.plan
    documents = []
    if plan.decision is not None:
        documents.append(Document("quyet-dinh", QUYET_DINH, plan.decision.frame, partial(QUYET_DINH.build, setting)))
    documents.append(Document("ke-hoach", KE_HOACH, main_frame(plan), partial(KE_HOACH.build, setting)))
    for name, document in plan.documents.items():
        build_one = partial(build_document, setting, document)
        documents.append(Document(slug(name), kind_of(document), document.frame, build_one))
    names = [document.name for document in documents]
    for name in names:
        if names.count(name) > 1:
            message = _("hai văn bản cùng có tên tệp {name}.docx").format(name=name)
            raise DataError(Problem("build.same-name", message, _("đổi tên tệp trong van-ban/")))
    return documents


def compiled(kind: Kind, folders: Sequence[Path]) -> Program:
    """The program of a kind's template, from the first folder that has one; compiled once as long as it is the same.

    Raises TemplateError.
    """
    path = next((folder / kind.template for folder in folders if (folder / kind.template).exists()), None)
    path = path or folders[-1] / kind.template
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    return _compiled(kind, path, stamp)


def new_plan(folder: Path, *, year: int | None = None, origin: Path | None = None) -> list[str]:
    """Make a new plan's folder from ``origin``, or from the skeleton that docgen ships; the names of its files.

    The templates come along, so that the office has a folder that is its own.
    Raises SourceError where the origin is no plan, OutputError where the folder has content already.
    """
    files: dict[str, str | bytes] = dict(
        read_skeleton(origin or shipped_data() / "khung-cap-xa", year, whole=origin is None)
    )
    own = origin / OWN_TEMPLATES if origin is not None else None
    for path in sorted(shipped_templates().glob("*.docx")):
        better = own / path.name if own is not None and (own / path.name).exists() else path
        files[f"{OWN_TEMPLATES}/{path.name}"] = better.read_bytes()
    write_folder(folder, files)
    return sorted(files)


def shipped_data() -> Path:
    """The folder of lists that docgen ships: fields of work and, below it, the sample and the skeleton plans."""
    return Path(str(resources.files("docgen.data")))


def shipped_templates() -> Path:
    """The folder of templates that docgen ships."""
    return Path(str(resources.files("docgen.templates_docx")))


@lru_cache(maxsize=64)
def _compiled(kind: Kind, path: Path, _stamp: int) -> Program:
    return compile_template(
        path, kind.contract, shown=path.as_posix() if path.is_relative_to(Path.cwd()) else path.name
    )


def _refuse_placeholders(loaded: Loaded) -> None:
    left = [replace(one, severity=Severity.ERROR) for one in loaded.remarks if one.code == "text.placeholder"]
    if left:
        hint = _("điền đủ, hoặc thêm --du-thao để in bản dự thảo")
        raise DataError([replace(one, hint=hint) for one in left])


def _numbered(loaded: Loaded, number: str | None, issued_on: PartialDate | None) -> Plan:
    try:
        return with_number(loaded.value, number, issued_on)
    except NumberConflictError as conflict:
        hint = _("bỏ tùy chọn trên dòng lệnh, hoặc sửa dữ liệu")
        place = loaded.places.at(conflict.path)
        raise DataError(Problem("build.number-conflict", str(conflict), hint, place)) from None


def _chosen(documents: list[Document], only: Sequence[str]) -> list[Document]:
    by_name = {document.name: document for document in documents}
    wanted = [slug(name) for name in only]
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


def _data_hash(plan: Plan) -> str:
    """A hash of the facts themselves, whatever file and order they were typed in."""
    return hashlib.sha256(plan.model_dump_json(by_alias=True).encode()).hexdigest()


def _date_of(frame: Frame, plan: Plan) -> date:
    """The date that a file's properties state: the document's, or the first day that it may have."""
    issued = frame.issued_on
    return date(issued.year, issued.month, issued.day or 1) if issued is not None else date(plan.year, 1, 1)
