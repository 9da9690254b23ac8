"""The road of forms: a plan becomes a workbook to fill in, a workbook a folder of YAML, and errors are shown in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from docgen import __version__
from docgen.base.files import replace_file, write_folder
from docgen.base.locale import translate as _
from docgen.base.ooxml import read_entries
from docgen.base.sheets import FormSheet
from docgen.errors import DataError, DocgenError, Place, Problem, SourceError, UsageError
from docgen.model.plan.plan import Plan
from docgen.readers.excel.plan_form import plan_sheets
from docgen.readers.plan_folder import FIELDS_FOLDER, Loaded, is_workbook, read_fields_of_work
from docgen.readers.yaml.writer import write_plan
from docgen.workflows.build import load_plan, shipped_data
from docgen.writers.form_workbook import form_workbook_bytes
from docgen.writers.seal import seal
from docgen.writers.write import Written, write_documents

#: The fields of work that an empty form offers.
_FIELDS = "cchc"
#: The day that the properties of an empty form state, so that it has the same bytes on any day.
_NO_DAY = date(2020, 1, 1)
_END = ".xlsx"


@dataclass(frozen=True)
class Converted:
    """What a conversion wrote: a workbook, or the files of a folder."""

    target: Path
    written: tuple[Written, ...]
    files: tuple[str, ...]


def write_plan_form(plan: str | Path | None, out: str | Path, *, force: bool = False) -> Written:
    """Write a plan's form: filled from ``plan`` (a folder or a form), or empty where it is None.

    A form that a person filled in is kept unless ``force`` is given. Raises SourceError, DataError, OutputError,
    UsageError.
    """
    target = _workbook_path(Path(out))
    loaded = load_plan(plan) if plan is not None else None
    (written,) = write_documents({target: _form_bytes(loaded.value if loaded else None)}, force=force, proved=True)
    return written


def convert_plan(plan: str | Path, out: str | Path, *, force: bool = False) -> Converted:
    """Turn a plan's folder into a filled-in form, or a form into a folder, which must be new or empty.

    Raises SourceError, DataError, OutputError, UsageError.
    """
    source, target = Path(plan), Path(out)
    if is_workbook(target) and not target.suffix.lower() == _END:
        raise UsageError(_not_a_workbook_name(target))
    if is_workbook(source) == is_workbook(target):
        message = _("nguồn và đích cùng một dạng")
        hint = _("thư mục kế hoạch → -o TÊN.xlsx; biểu mẫu .xlsx → -o THƯ_MỤC mới")
        raise UsageError(Problem("convert.same", message, hint))
    if is_workbook(target):
        return Converted(target, (write_plan_form(source, target, force=force),), ())
    files = write_plan(load_plan(source).value)
    write_folder(target, files)
    return Converted(target, (), tuple(files))


def save_plan(path: Path, plan: Plan) -> None:
    """Put a plan in the place of the one that a form holds; the form as it was is kept as ``<name>.bak``.

    Raises DataError, OutputError.
    """
    content = _form_bytes(plan)
    replace_file(path.with_name(f"{path.name}.bak"), path.read_bytes())
    replace_file(path, content)


def check_form(path: Path) -> tuple[Loaded | None, tuple[Problem, ...], DocgenError | None]:
    """A form's plan, or None with the error that it can't be loaded for; every problem of it in either case.

    Raises SourceError where it can't be read as a workbook, UsageError where it isn't one by its name.
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
    """Write ``<name>.loi.xlsx`` beside a form: each bad cell coloured, with message and remedy; what the copy loses.

    Raises OutputError.
    """
    from docgen.writers.annotated_workbook import annotated  # loads openpyxl, which nothing else needs

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
    return _bytes_of(sheets, " ".join(title.split()), created)


def _bytes_of(sheets: Sequence[FormSheet], title: str, created: date) -> bytes:
    try:
        return form_workbook_bytes(sheets, title=title, created=created, version=__version__)
    except ValueError as error:
        hint = _("một ô Excel chứa tối đa 32.767 ký tự: chia đoạn văn ra")
        raise DataError(Problem("form.cell-too-long", str(error), hint)) from None


def _workbook_path(path: Path) -> Path:
    if path.suffix.lower() != _END:
        raise UsageError(_not_a_workbook_name(path))
    return path


def _not_a_workbook_name(path: Path) -> Problem:
    hint = _("ghi -o {name}.xlsx").format(name=path.stem or "ke-hoach")
    return Problem("form.name", _("tên tệp biểu mẫu phải kết thúc bằng .xlsx"), hint, Place(path.as_posix()))
