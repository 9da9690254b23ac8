"""Plans as files: forms to fill in, conversion between form and folder, annotated forms, new folders."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from docgen import __version__
from docgen.base.files import replace_file, write_folder
from docgen.base.locale import translate as _
from docgen.base.ooxml import read_entries
from docgen.errors import DataError, DocgenError, Place, Problem, SourceError, UsageError
from docgen.model.plan.plan import Plan
from docgen.readers.excel.plan_form import plan_sheets
from docgen.readers.plan_folder import FIELDS_FOLDER, Loaded, is_workbook, plan_folder_of, read_fields_of_work
from docgen.readers.yaml.skeleton import read_skeleton
from docgen.readers.yaml.writer import write_plan
from docgen.workflows.build import OWN_TEMPLATES, load_plan, shipped_data, shipped_templates
from docgen.writers.form_workbook import form_workbook_bytes
from docgen.writers.seal import seal
from docgen.writers.write import Written, write_documents

#: The list of fields of work in an empty form.
_FIELDS = "cchc"
#: The date in the properties of an empty form, so that its bytes are always the same.
_NO_DAY = date(2020, 1, 1)
_END = ".xlsx"


def write_plan_form(plan: str | Path | None, out: str | Path, *, force: bool = False) -> Written:
    """Write a plan's form, filled in from ``plan`` (a folder or a form), or empty for None.

    A filled-in form is kept unless ``force``. Raises SourceError, DataError, OutputError, UsageError.
    """
    target = Path(out)
    if target.suffix.lower() != _END:
        raise UsageError(_not_a_workbook_name(target))
    loaded = load_plan(plan) if plan is not None else None
    (written,) = write_documents({target: _form_bytes(loaded.value if loaded else None)}, force=force, proved=True)
    return written


def convert_plan(plan: str | Path, out: str | Path, *, force: bool = False) -> tuple[list[Written], list[Path]]:
    """Convert a plan's folder to a filled-in form, or a form to a folder, which must be new or empty.

    Returns the written form, or the paths of the folder's files. Raises SourceError, DataError, OutputError,
    UsageError.
    """
    source, target = Path(plan), Path(out)
    if is_workbook(target) and not target.suffix.lower() == _END:
        raise UsageError(_not_a_workbook_name(target))
    if is_workbook(source) == is_workbook(target):
        message = _("nguồn và đích cùng một dạng")
        hint = _("thư mục kế hoạch → -o TÊN.xlsx; biểu mẫu .xlsx → -o THƯ_MỤC mới")
        raise UsageError(Problem("convert.same", message, hint))
    if is_workbook(target):
        return [write_plan_form(source, target, force=force)], []
    files = write_plan(load_plan(source).value)
    write_folder(target, files)
    return [], [target / name for name in files]


def new_plan(folder: Path, *, year: int | None = None, origin: Path | None = None) -> list[str]:
    """Create a new plan's folder with its templates, and return the names of its files.

    It is made from ``origin``, a plan's folder or filled-in form, or from the shipped skeleton.
    Raises SourceError if ``origin`` is no plan, OutputError if the folder isn't empty.
    """
    files: dict[str, str | bytes] = dict(_skeleton(origin, year))
    own = plan_folder_of(origin) / OWN_TEMPLATES if origin is not None else None
    for path in sorted(shipped_templates().glob("*.docx")):
        chosen = own / path.name if own is not None and (own / path.name).exists() else path
        files[f"{OWN_TEMPLATES}/{path.name}"] = chosen.read_bytes()
    write_folder(folder, files)
    return sorted(files)


def _skeleton(origin: Path | None, year: int | None) -> dict[str, str]:
    """The files of a new plan by name. A form's plan is written as YAML first: skeletons are made from text."""
    if origin is None or not is_workbook(origin):
        return read_skeleton(origin or shipped_data() / "khung-cap-xa", year, whole=origin is None)
    with TemporaryDirectory(prefix="docgen-") as folder:
        write_folder(Path(folder), write_plan(load_plan(origin).value))
        return read_skeleton(Path(folder), year, whole=False)


def save_plan(path: Path, plan: Plan) -> None:
    """Replace the plan in a form; the old form is saved as ``<name>.bak``. Raises DataError, OutputError."""
    content = _form_bytes(plan)
    replace_file(path.with_name(f"{path.name}.bak"), path.read_bytes())
    replace_file(path, content)


def check_form(path: Path) -> tuple[Loaded | None, tuple[Problem, ...], DocgenError | None]:
    """Load a form's plan: the plan or None, all problems, and the error if it can't be loaded.

    Raises SourceError if the form can't be read as a workbook, UsageError if its name isn't that of one.
    """
    if not is_workbook(path):
        message, hint = _("--annotate chỉ dùng cho biểu mẫu Excel"), _("bỏ --annotate, hoặc ghi tên tệp .xlsx")
        raise UsageError(Problem("validate.annotate", message, hint))
    try:
        loaded = load_plan(path)
    except SourceError:
        raise
    except DocgenError as error:
        return None, error.problems, error
    return loaded, loaded.remarks, None


def annotate_form(path: Path, problems: Sequence[Problem], *, force: bool = False) -> tuple[Written, tuple[str, ...]]:
    """Write ``<name>.loi.xlsx`` beside a form, with each bad cell coloured and explained.

    Returns the copy and sentences on what it loses of the form. Raises OutputError.
    """
    from docgen.writers.annotated_workbook import annotated  # loads openpyxl, which only this needs

    content, lost = annotated(path, problems)
    sealed = seal(read_entries(content), template="xlsx", data="", version=__version__)
    target = path.with_name(f"{path.stem}.loi{_END}")
    (written,) = write_documents({target: sealed}, force=force, proved=True)
    return written, lost


def _form_bytes(plan: Plan | None) -> bytes:
    fields = read_fields_of_work(shipped_data() / FIELDS_FOLDER / f"{_FIELDS}.yaml") if plan is None else None
    sheets = plan_sheets(plan, fields)
    title = plan.document.abstract if plan is not None else "Biểu mẫu kế hoạch"
    created = date(plan.year, 1, 1) if plan is not None else _NO_DAY
    try:
        return form_workbook_bytes(sheets, title=" ".join(title.split()), created=created, version=__version__)
    except ValueError as error:
        hint = _("một ô Excel chứa tối đa 32.767 ký tự: chia đoạn văn ra")
        raise DataError(Problem("form.cell-too-long", str(error), hint)) from None


def _not_a_workbook_name(path: Path) -> Problem:
    hint = _("ghi -o {name}.xlsx").format(name=path.stem or "ke-hoach")
    return Problem("form.name", _("tên tệp biểu mẫu phải kết thúc bằng .xlsx"), hint, Place(path.as_posix()))
