"""Reading of a plan's progress: every ``tien-do/<period>.yaml``, and the form of statistics that they answer.

The form, ``bieu_so_lieu/<linh_vuc of the plan>.yaml``, is taken from the plan's folder, else from the shipped ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath

from docgen.base.locale import translate as _
from docgen.errors import DataError, Path, Place, Problem, Severity, SourceError
from docgen.model.periods.period import parse_period
from docgen.model.periods.scheme import Scheme
from docgen.model.progress.progress import Progress
from docgen.model.progress.progress_conflicts import check_progress
from docgen.model.progress.progress_rules import Checked
from docgen.readers.convert import Conversion, in_holes
from docgen.readers.named_files import Stamp, stamp
from docgen.readers.plan_folder import Loaded
from docgen.readers.scheme_file import UnknownSchemeError, read_scheme
from docgen.readers.tree import Mapping, Places, Scalar, TreePlaces, placed, worst_first
from docgen.readers.yaml.reader import read_mapping, read_yaml, said_by_system

PROGRESS_FOLDER = "tien-do"
STATISTICS_FOLDER = "bieu_so_lieu"
_OWN = ("ky", "bieu_so_lieu")


@dataclass(frozen=True)
class LoadedProgress:
    """The progress with the places of its values, remarks that don't stop the work, and the schemes named, by name."""

    value: Progress
    places: Places
    remarks: tuple[Problem, ...]
    folder: FilePath
    schemes: dict[str, Scheme]

    def placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Give places to problems at paths of the progress or of its plan."""
        return tuple(placed(problem, self.places) for problem in problems)


@dataclass(frozen=True)
class _JoinedPlaces:
    """Places of the progress, else of the plan."""

    progress: Places
    plan: Places

    def at(self, path: Path) -> Place:
        return (self.progress if path and path[0] in _OWN else self.plan).at(path)


def read_progress(plan: Loaded, folder: FilePath | None, data: FilePath) -> LoadedProgress:
    """Read and validate a plan's progress from ``folder``, by default ``tien-do/`` of the plan, which may be absent.

    ``data`` holds the lists that docgen ships.
    Raises SourceError or DataError with every problem of every file, worst first.
    """
    reading = _Reading(plan, folder, data)
    root = reading.root()
    conversion = Conversion(problems=reading.problems)
    progress = conversion.record(root, Progress)
    places = _JoinedPlaces(TreePlaces(root), plan.places)
    if progress is not None:
        muted = _Muted(conversion.holes)
        checked = Checked(plan.value, progress, reading.schemes)
        reading.problems += [placed(one, places) for one in check_progress(checked) if one not in muted]
    problems = tuple(sorted([*reading.unreadable, *reading.problems], key=lambda one: (worst_first(one), one.message)))
    if progress is None or any(problem.severity is Severity.ERROR for problem in problems):
        raise SourceError(problems) if reading.unreadable else DataError(problems)
    return LoadedProgress(progress, places, problems, reading.folder, reading.schemes)


class _Reading:
    """Reads the files of one folder of progress into one tree."""

    def __init__(self, plan: Loaded, folder: FilePath | None, data: FilePath) -> None:
        self.plan = plan
        self.folder = folder if folder is not None else plan.folder / PROGRESS_FOLDER
        self.must_be_there = folder is not None
        self.data = data
        self.problems: list[Problem] = []
        self.unreadable: list[Problem] = []
        self.schemes: dict[str, Scheme] = {}

    def root(self) -> Mapping:
        """The tree of all files, by period."""
        place = Place(self._shown(self.folder))
        files = Mapping(place)
        for path in self._files():
            if not self._is_period(path):
                continue
            tree = self._file(path, self._shown(path))
            if tree is not None:
                files.add(path.stem, tree)
                self._scheme(tree)
        root = Mapping(place, {"ky": files}, {"ky": place})
        if (form := self._form()) is not None:
            root.add("bieu_so_lieu", form)
        return root

    def _files(self) -> list[FilePath]:
        try:
            return sorted(path for path in self.folder.iterdir() if path.suffix == ".yaml")
        except FileNotFoundError:
            if not self.must_be_there:
                return []
            message, hint = _("không có thư mục tiến độ này"), _("kiểm tra lại đường dẫn")
        except NotADirectoryError:
            message, hint = _("đây là một tệp, không phải thư mục tiến độ"), _("ghi đường dẫn của thư mục chứa tệp đó")
        except OSError as error:
            message, hint = _("không mở được thư mục"), said_by_system(error)
        raise SourceError(Problem("progress.missing", message, hint, Place(self._shown(self.folder))))

    def _is_period(self, path: FilePath) -> bool:
        """Whether a file is named after a period; a problem is added where it isn't."""
        try:
            named = parse_period(path.stem).code == path.stem
            hint = _("đặt tên tệp theo kỳ, ví dụ 2023-Q1.yaml")
        except ValueError as error:
            named, hint = False, str(error)
        if not named:
            message = _("tên tệp “{name}” không phải mã kỳ báo cáo").format(name=path.name)
            self.problems.append(Problem("progress.file-name", message, hint, Place(self._shown(path))))
        return named

    def _file(self, path: FilePath, shown: str) -> Mapping | None:
        try:
            tree, problems = read_mapping(path, shown, _("xem tien-do/ của kế hoạch mẫu"))
        except SourceError as error:
            self.unreadable += error.problems
            return None
        self.problems += problems
        return tree

    def _scheme(self, tree: Mapping) -> None:
        """Read the scheme that a file names, once."""
        key = tree.items.get("luoc_do")
        if not isinstance(key, Scalar) or not key.text.strip() or key.text in self.schemes:
            return
        try:
            self.schemes[key.text] = read_scheme(key.text, self.plan.folder, self.data)
        except UnknownSchemeError as error:
            self.problems += [one.at(key.place) for one in error.problems]
        except (SourceError, DataError) as error:
            self.problems += [one for one in error.problems if one not in self.problems]

    def _form(self) -> Mapping | None:
        name = self.plan.value.field_list
        if name is None:
            return None
        own = self.plan.folder / STATISTICS_FOLDER / f"{name}.yaml"
        shipped = self.data / STATISTICS_FOLDER / f"{name}.yaml"
        if own.exists():
            return self._file(own, self._shown(own))
        return _shipped_form(shipped, stamp(shipped)) if shipped.exists() else None

    def _shown(self, path: FilePath) -> str:
        """The name of a file in messages, from the plan's folder or the folder of progress on."""
        for above in (self.plan.folder.parent, self.folder.parent):
            if path.is_relative_to(above):
                return path.relative_to(above).as_posix()
        return path.as_posix()


@lru_cache(maxsize=16)
def _shipped_form(path: FilePath, _stamp: Stamp) -> Mapping:
    """A shipped form, read once; callers don't change its tree."""
    tree, problems = read_yaml(path, f"{STATISTICS_FOLDER}/{path.name}")
    if problems or not isinstance(tree, Mapping):
        raise DataError(problems)
    return tree


#: Codes of problems that depend on the days of a file.
_HANG_ON_WINDOW = frozenset(
    ("progress.window", "progress.narrowed", "progress.after-cut-off", "progress.no-such-period", "progress.doubled",
     "progress.not-in-plan", "progress.not-lead", "progress.contradiction", "progress.parts-differ")
)  # fmt: skip


class _Muted:
    """The problems that depend on a value that couldn't be read, and so are left out."""

    def __init__(self, holes: set[Path]) -> None:
        self._holes = holes
        self._records = {hole[:4] for hole in holes if len(hole) > 4}
        self._windows = {hole[:2] for hole in holes if len(hole) == 3 and hole[2] in ("tu", "den", "luoc_do")}
        self._form = any(hole[0] == "bieu_so_lieu" for hole in holes)

    def __contains__(self, problem: Problem) -> bool:
        return any(self._about(problem.code, place.path) for place in (problem.place, *problem.related))

    def _about(self, code: str, path: Path) -> bool:
        if in_holes(path, self._holes) or path[:4] in self._records:
            return True
        if path[:2] in self._windows and code in _HANG_ON_WINDOW:
            return True
        return self._form and (path[:1] == ("bieu_so_lieu",) or path[2:3] == ("so_lieu",))
