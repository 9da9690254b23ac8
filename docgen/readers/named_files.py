"""Files that a plan refers to by name: outlines, schemes, days off, papers of reports, pictures.

A file in the plan's folder is used in place of a shipped one of the same name.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Generic, TypeVar

from docgen.base.declare import Record, declarations
from docgen.base.images import ImageFault, read_image
from docgen.base.locale import translate as _
from docgen.errors import DataError, Path, Place, Problem, SourceError
from docgen.model.plan.frame import Frame
from docgen.model.plan.plan import Plan
from docgen.model.progress.outline import Outline, ReportPaper
from docgen.readers.convert import Conversion, in_holes
from docgen.readers.tree import TreePlaces, placed
from docgen.readers.yaml.reader import read_mapping, said_by_system
from docgen.wording.text import suggestion

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Listed(Generic[R]):
    """The record read from a file, with the places of its values."""

    value: R
    places: TreePlaces


def list_files(name: str, plan_folder: FilePath | None, data: FilePath) -> dict[str, FilePath]:
    """The YAML files of a folder of lists, by name without the suffix; the plan's own in place of shipped ones.

    Raises SourceError where there is no such plan folder, or a folder can't be listed.
    """
    if plan_folder is not None and not plan_folder.is_dir():
        hint = _("kiểm tra lại đường dẫn; `docgen init THƯ_MỤC` tạo một kế hoạch mới")
        raise SourceError(
            Problem("plan.missing", _("không có thư mục kế hoạch này"), hint, Place(plan_folder.as_posix()))
        )
    found: dict[str, FilePath] = {}
    for folder in (data / name, *([plan_folder / name] if plan_folder is not None else [])):
        try:
            found |= {path.stem: path for path in sorted(folder.iterdir()) if path.suffix == ".yaml"}
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            place = Place(folder.as_posix())
            message = _("không mở được thư mục")
            raise SourceError(Problem("file.unreadable", message, said_by_system(error), place)) from None
    return found


#: Size and modification time (ns) of a file, for caches of what was read from it.
Stamp = tuple[int, int]


def stamp(path: FilePath) -> Stamp:
    """The stamp of a file; (0, 0) where it can't be read."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return found.st_size, found.st_mtime_ns


def shown_name(path: FilePath, data: FilePath) -> str:
    """The name of a list's file in messages, from ``data`` or from the plan's parent folder on."""
    above = data if path.is_relative_to(data) else path.parents[2]
    return path.relative_to(above).as_posix()


def read_list(
    path: FilePath,
    shown: str,
    record: type[R],
    check: Callable[[R], Iterable[Problem]] = lambda _read: (),
    *,
    elsewhere: str = "",
) -> Listed[R]:
    """Read a record from a file; ``elsewhere`` names the file that holds its internal fields.

    Raises SourceError or DataError with every problem, in the order of the file.
    """
    tree, problems = read_mapping(path, shown, _("xem các tệp mẫu kèm theo docgen"))
    for key, declared in declarations(record).items():
        if declared.internal and key in tree.items:
            message = _("khóa “{key}” không ghi trong tệp này").format(key=key)
            hint = _("ghi trong {file}").format(file=elsewhere)
            problems.append(Problem("data.unknown-key", message, hint, tree.keys.pop(key)))
            del tree.items[key]
    conversion = Conversion(problems=problems)
    value = conversion.record(tree, record)
    if value is not None and not _rows_unnamed(conversion.holes):
        problems += _placed(check(value), TreePlaces(tree), conversion.holes)
    if value is None or problems:
        raise DataError(sorted(problems, key=lambda one: (one.place.line or 0, one.place.column or 0)))
    return Listed(value, TreePlaces(tree))


def _rows_unnamed(holes: set[Path]) -> bool:
    """Whether some row's period couldn't be read, without which rows can't be compared."""
    return any(hole[0] == "ky" and (len(hole) == 2 or hole[2:] == ("ky",)) for hole in holes)


def _placed(found: Iterable[Problem], places: TreePlaces, holes: set[Path]) -> Iterator[Problem]:
    """The problems with their places, without those at holes."""
    return (placed(one, places) for one in found if not in_holes(one.place.path, holes))


def unknown_name(kind: str, name: str, known: Iterable[str], folder: str) -> Problem:
    """The problem of a name that no file has."""
    names = list(known)
    message = _("không có {kind} “{name}”").format(kind=kind, name=name)
    others = _("các {kind} có sẵn: {names}; {kind} khác: tạo {folder}/<tên>.yaml cạnh kế hoạch").format(
        kind=kind, names=", ".join(names), folder=folder
    )
    return Problem("data.unknown-reference", message, suggestion(name, names, others))


OUTLINES_FOLDER = "de_cuong"


def outline_path(name: str, plan_folder: FilePath | None, data: FilePath) -> FilePath:
    """The file of an outline. Raises SourceError, or DataError for a name that no file has."""
    known = list_files(OUTLINES_FOLDER, plan_folder, data)
    if name not in known:
        raise DataError(unknown_name(_("đề cương"), name, known, OUTLINES_FOLDER))
    return known[name]


def read_outline(path: FilePath, data: FilePath) -> Listed[Outline]:
    """Read an outline's file. Raises SourceError or DataError with every problem."""
    return read_list(path, shown_name(path, data), Outline)


PAPERS_FOLDER = "bao-cao"


def read_paper(plan_folder: FilePath, period: str, unit: str | None) -> ReportPaper:
    """Read the paper of a period's report, or of one unit's; an empty one where there is no file.

    Raises SourceError or DataError with every problem.
    """
    name = f"{period}-{unit}.yaml" if unit is not None else f"{period}.yaml"
    path = plan_folder / PAPERS_FOLDER / name
    if not path.exists():
        return ReportPaper()
    return read_list(path, path.relative_to(plan_folder.parent).as_posix(), ReportPaper).value


def check_images(plan: Plan, folder: FilePath) -> Iterator[Problem]:
    """A problem, placed by its path, for each picture that can't be put into a document."""
    for path, frame, _kind_name in plan.frames():
        for key, name in _named_by(frame):
            try:
                read_image(folder, name)
            except ImageFault as fault:
                yield Problem(fault.code, fault.message, fault.hint, Place(path=(*path, *key)))


def _named_by(frame: Frame) -> Iterator[tuple[Path, str]]:
    if frame.emblem is not None:
        yield ("anh_bieu_trung",), frame.emblem
    if frame.signatory is not None and frame.signatory.signature_image is not None:
        yield ("nguoi_ky", "anh_chu_ky"), frame.signatory.signature_image
