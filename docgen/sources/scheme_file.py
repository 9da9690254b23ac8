"""Names in, a reporting scheme with its days off out: ``ky_bao_cao/<name>.yaml`` and ``ngay_nghi/<year>.yaml``.

Both are looked for beside the plan first, then among the shipped ones; the plan's own file wins.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path as FilePath
from typing import TypeVar

from docgen.declare import Record, declarations
from docgen.errors import DataError, Path, Place, Problem, SourceError
from docgen.locale import translate as _
from docgen.model.scheme import Holidays, Scheme
from docgen.model.scheme_rules import check_holidays, check_scheme
from docgen.sources.convert import Conversion
from docgen.sources.tree import Mapping, TreePlaces
from docgen.sources.yaml_reader import read_yaml, said_by_system
from docgen.wording.text import closest

SCHEMES_FOLDER = "ky_bao_cao"
HOLIDAYS_FOLDER = "ngay_nghi"
DEFAULT_SCHEME = "nd09"

R = TypeVar("R", bound=Record)


class UnknownSchemeError(DataError):
    """No file has the name of the scheme that was asked for; whoever asked knows the place of the name."""


def read_scheme(name: str, plan_folder: FilePath | None, data: FilePath) -> Scheme:
    """The scheme of that name, with every list of days off that there is where a due date hangs on them.

    ``plan_folder`` is the plan whose own files go before those in ``data``, None for the shipped ones only.
    Raises UnknownSchemeError, or SourceError or DataError with every problem of a file.
    """
    known = _yaml_files(SCHEMES_FOLDER, plan_folder, data)
    path = known.get(name.strip())
    if path is None:
        raise UnknownSchemeError(_unknown(name, known))
    scheme = _read(path, _shown(path, data), Scheme, lambda read: check_scheme(read, path.stem))
    if not scheme.counts_working_days:
        return scheme
    return scheme.model_copy(update={"holidays": tuple(_all_holidays(plan_folder, data))})


def read_holidays(year: int, plan_folder: FilePath | None, data: FilePath) -> Holidays | None:
    """The days off of a year, None where no file says them. Raises SourceError or DataError."""
    path = _yaml_files(HOLIDAYS_FOLDER, plan_folder, data).get(str(year))
    if path is None:
        return None
    return _read(path, _shown(path, data), Holidays, lambda read: check_holidays(read, year))


def _all_holidays(plan_folder: FilePath | None, data: FilePath) -> Iterable[Holidays]:
    for name, path in _yaml_files(HOLIDAYS_FOLDER, plan_folder, data).items():
        if not (name.isascii() and name.isdigit() and len(name) == 4):
            message = _("tên tệp “{name}” không phải một năm").format(name=path.name)
            hint = _("đặt tên tệp theo năm, như {folder}/2023.yaml").format(folder=HOLIDAYS_FOLDER)
            raise DataError(Problem("holidays.year", message, hint, Place(_shown(path, data))))
        found = read_holidays(int(name), plan_folder, data)
        if found is not None:
            yield found


def _read(path: FilePath, shown: str, record: type[R], check: Callable[[R], Iterable[Problem]]) -> R:
    """The record that a file holds. Raises SourceError or DataError with every problem, in the order of the file."""
    tree, problems = read_yaml(path, shown)
    if not isinstance(tree, Mapping):
        message, hint = _("tệp phải gồm các dòng “khóa: giá trị”"), _("xem các tệp mẫu kèm theo docgen")
        raise SourceError([*problems, Problem("data.not-a-mapping", message, hint, tree.place)])
    for key, declared in declarations(record).items():
        if declared.internal and key in tree.items:
            message = _("khóa “{key}” không ghi trong tệp này").format(key=key)
            hint = _("ghi trong {file}").format(file=f"{HOLIDAYS_FOLDER}/<năm>.yaml")
            problems.append(Problem("data.unknown-key", message, hint, tree.keys.pop(key)))
            del tree.items[key]
    conversion = Conversion(problems=problems)
    value = conversion.record(tree, record)
    if value is not None and not _rows_unnamed(conversion.holes):
        problems += _placed(check(value), TreePlaces(tree), conversion.holes)
    if value is None or problems:
        raise DataError(sorted(problems, key=lambda one: (one.place.line or 0, one.place.column or 0)))
    return value


def _rows_unnamed(holes: set[Path]) -> bool:
    """Whether it isn't known which period some row is for; then nothing can be said of how rows fit together."""
    return any(hole[0] == "ky" and (len(hole) == 2 or hole[2:] == ("ky",)) for hole in holes)


def _placed(found: Iterable[Problem], places: TreePlaces, holes: set[Path]) -> Iterator[Problem]:
    """The problems with their places, but for those at a value that couldn't be read and was spoken of already."""
    for one in found:
        steps = one.place.path
        if not any(steps[:length] in holes for length in range(1, len(steps) + 1)):
            yield one.at(places.at(steps), tuple(places.at(place.path) for place in one.related))


def _yaml_files(name: str, plan_folder: FilePath | None, data: FilePath) -> dict[str, FilePath]:
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


def _shown(path: FilePath, data: FilePath) -> str:
    """How messages name a file: a shipped one by its folder, the plan's own by the plan's folder too."""
    above = data if path.is_relative_to(data) else path.parents[2]
    return path.relative_to(above).as_posix()


def _unknown(name: str, known: Iterable[str]) -> Problem:
    names = list(known)
    meant = closest(name, names)
    message = _("không có chế độ báo cáo “{name}”").format(name=name)
    hint = _("ý bạn là “{meant}”?").format(meant=meant) if meant else ""
    hint = hint or _("các chế độ có sẵn: {names}; chế độ khác: tạo {folder}/<tên>.yaml cạnh kế hoạch").format(
        names=", ".join(names), folder=SCHEMES_FOLDER
    )
    return Problem("data.unknown-reference", message, hint)
