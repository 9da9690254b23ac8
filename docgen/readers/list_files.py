"""Lists that documents refer to, read from YAML: beside the plan first, then among the shipped ones.

In: the name of a folder of lists. Out: its files by name, and the record that one of them holds, with its places.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Generic, TypeVar

from docgen.base.declare import Record, declarations
from docgen.base.locale import translate as _
from docgen.errors import DataError, Path, Place, Problem, SourceError
from docgen.readers.convert import Conversion
from docgen.readers.tree import Mapping, TreePlaces
from docgen.readers.yaml.reader import read_yaml, said_by_system
from docgen.wording.text import closest

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Listed(Generic[R]):
    """A list and where each of its values stands."""

    value: R
    places: TreePlaces


def list_files(name: str, plan_folder: FilePath | None, data: FilePath) -> dict[str, FilePath]:
    """The YAML files of a folder of lists by name, the plan's own in place of shipped ones.

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


#: Size and time of a file, by which a reader that keeps what it read sees that it changed.
Stamp = tuple[int, int]


def stamp(path: FilePath) -> Stamp:
    """The stamp of a file; that of none where it can't be looked at, which reading it will tell."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return found.st_size, found.st_mtime_ns


def shown_name(path: FilePath, data: FilePath) -> str:
    """How messages name a file: a shipped one by its folder, the plan's own by the plan's folder too."""
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
    """The record that a file holds; ``elsewhere`` names the file in which its internal fields stand.

    Raises SourceError or DataError with every problem, in the order of the file."""
    tree, problems = read_yaml(path, shown)
    if not isinstance(tree, Mapping):
        message, hint = _("tệp phải gồm các dòng “khóa: giá trị”"), _("xem các tệp mẫu kèm theo docgen")
        raise SourceError([*problems, Problem("data.not-a-mapping", message, hint, tree.place)])
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
    """Whether it isn't known which period some row is for; then nothing can be said of how rows fit together."""
    return any(hole[0] == "ky" and (len(hole) == 2 or hole[2:] == ("ky",)) for hole in holes)


def _placed(found: Iterable[Problem], places: TreePlaces, holes: set[Path]) -> Iterator[Problem]:
    """The problems with their places, but for those at a value that couldn't be read and was spoken of already."""
    for one in found:
        steps = one.place.path
        if not any(steps[:length] in holes for length in range(1, len(steps) + 1)):
            yield one.at(places.at(steps), tuple(places.at(place.path) for place in one.related))


def unknown_name(kind: str, name: str, known: Iterable[str], folder: str) -> Problem:
    """What to say of a name that no file has."""
    names = list(known)
    meant = closest(name, names)
    message = _("không có {kind} “{name}”").format(kind=kind, name=name)
    hint = _("ý bạn là “{meant}”?").format(meant=meant) if meant else ""
    hint = hint or _("các {kind} có sẵn: {names}; {kind} khác: tạo {folder}/<tên>.yaml cạnh kế hoạch").format(
        kind=kind, names=", ".join(names), folder=folder
    )
    return Problem("data.unknown-reference", message, hint)
