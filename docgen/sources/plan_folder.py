"""A plan's folder in, the whole plan out: ke-hoach.yaml with the files beside it joined into one tree.

The lists that a plan refers to (fields of work) are looked for beside the plan first, then among the shipped ones.
"""

from collections.abc import Sequence as Items
from dataclasses import dataclass
from pathlib import Path as FilePath

from docgen.declare import declarations
from docgen.errors import DataError, DocgenError, Place, Problem, Severity, SourceError
from docgen.locale import translate as _
from docgen.model.plan import Plan
from docgen.model.rules import check_plan
from docgen.sources.convert import Conversion
from docgen.sources.tree import Mapping, Places, Scalar, TreePlaces
from docgen.sources.yaml_reader import read_yaml
from docgen.wording.text import closest

PLAN_FILE = "ke-hoach.yaml"
ORGANISATION_FILE = "don-vi.yaml"
DECISION_FILE = "quyet-dinh.yaml"
DOCUMENTS_FOLDER = "van-ban"
FIELDS_FOLDER = "linh_vuc"


@dataclass(frozen=True)
class Loaded:
    """A plan with the place of each of its values and what may be said of it without refusing it."""

    value: Plan
    places: Places
    remarks: tuple[Problem, ...]
    name: str


def read_plan(folder: FilePath, data: FilePath) -> Loaded:
    """Read and validate a plan's folder; ``data`` holds the lists that docgen ships.

    Raises SourceError or DataError with every problem of every file, worst first.
    """
    if not folder.is_dir():
        raise SourceError(_no_folder(folder))
    if not (folder / PLAN_FILE).exists():
        raise SourceError(_no_plan(folder))
    reading = _Reading(folder, data)
    root = reading.root()
    if root is None:
        raise reading.error()
    conversion = Conversion(problems=reading.problems)
    plan = conversion.record(root, Plan)
    places = TreePlaces(root)
    if plan is not None:
        found = check_plan(plan)
        reading.problems += [_placed(problem, places) for problem in found if not _spoiled(problem, conversion.holes)]
    if plan is None or any(problem.severity is Severity.ERROR for problem in reading.problems):
        raise reading.error()
    return Loaded(plan, places, tuple(_sorted(reading.problems)), folder.resolve().name)


class _Reading:
    """The files of one folder, read into one tree."""

    def __init__(self, folder: FilePath, data: FilePath) -> None:
        self.folder = folder
        self.data = data
        self.problems: list[Problem] = []
        self.unreadable: list[Problem] = []

    def root(self) -> Mapping | None:
        """The plan's tree; None where its own file can't be read as a mapping."""
        root = self._file(self.folder / PLAN_FILE)
        organisation = self._file(self.folder / ORGANISATION_FILE)
        decision = self._file(self.folder / DECISION_FILE) if (self.folder / DECISION_FILE).exists() else None
        documents = self._documents()
        if root is None:
            return None
        self._refuse_internal(root)
        for key, tree in (("co_quan", organisation), ("quyet_dinh", decision), ("van_ban", documents)):
            if tree is not None:
                root.items[key], root.keys[key] = tree, tree.place
        if (fields := self._fields_of_work(root)) is not None:
            root.items["danh_muc_linh_vuc"], root.keys["danh_muc_linh_vuc"] = fields, fields.place
        return None if organisation is None else root

    def error(self) -> DocgenError:
        """Everything that was found, as one error."""
        problems = _sorted([*self.unreadable, *self.problems])
        return SourceError(problems) if self.unreadable else DataError(problems)

    def _file(self, path: FilePath, shown: str = "") -> Mapping | None:
        shown = shown or path.relative_to(self.folder.parent).as_posix()
        try:
            tree, problems = read_yaml(path, shown)
        except SourceError as error:
            self.unreadable += error.problems
            return None
        self.problems += problems
        if isinstance(tree, Mapping):
            return tree
        message, hint = _("tệp phải gồm các dòng “khóa: giá trị”"), _("xem tệp mẫu mà `docgen init` tạo")
        self.unreadable.append(Problem("data.not-a-mapping", message, hint, tree.place))
        return None

    def _documents(self) -> Mapping | None:
        folder = self.folder / DOCUMENTS_FOLDER
        files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
        if not files:
            return None
        documents = Mapping(Place(folder.relative_to(self.folder.parent).as_posix()))
        for path in files:
            if (tree := self._file(path)) is not None:
                documents.items[path.stem], documents.keys[path.stem] = tree, tree.place
        return documents

    def _fields_of_work(self, root: Mapping) -> Mapping | None:
        key = root.items.get("linh_vuc")
        if not isinstance(key, Scalar) or not key.text.strip():
            return None
        name = f"{key.text.strip()}.yaml"
        available = {
            path.name: path for folder in (self.data, self.folder) for path in _yaml_files(folder / FIELDS_FOLDER)
        }
        if name in available:
            path = available[name]
            return self._file(path, f"{FIELDS_FOLDER}/{name}" if path.is_relative_to(self.data) else "")
        names = [FilePath(known).stem for known in available]
        meant = closest(key.text, names)
        message = _("không có bộ lĩnh vực “{name}”").format(name=key.text)
        hint = _("ý bạn là “{meant}”?").format(meant=meant) if meant else ""
        hint = hint or _("các bộ có sẵn: {names}; bộ khác: tạo linh_vuc/<tên>.yaml cạnh kế hoạch").format(
            names=", ".join(names)
        )
        self.problems.append(Problem("data.unknown-reference", message, hint, key.place))
        return None

    def _refuse_internal(self, root: Mapping) -> None:
        for key, declared in declarations(Plan).items():
            if declared.internal and key in root.items:
                message = _("khóa “{key}” không ghi trong tệp này").format(key=key)
                hint = _("ghi trong {file}").format(file=_FILE_OF.get(key, FIELDS_FOLDER))
                self.problems.append(Problem("data.unknown-key", message, hint, root.keys.pop(key)))
                del root.items[key]


_FILE_OF = {
    "co_quan": ORGANISATION_FILE,
    "quyet_dinh": DECISION_FILE,
    "van_ban": f"{DOCUMENTS_FOLDER}/<tên>.yaml",
}


def _yaml_files(folder: FilePath) -> list[FilePath]:
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def _placed(problem: Problem, places: Places) -> Problem:
    return problem.at(places.at(problem.place.path), tuple(places.at(place.path) for place in problem.related))


def _spoiled(problem: Problem, holes: Items[tuple[str | int, ...]]) -> bool:
    """Whether what a rule says hangs on a value that couldn't be read."""
    owner = problem.place.path[:-1]
    return any(hole[: len(owner)] == owner for hole in holes)


def _sorted(problems: list[Problem]) -> list[Problem]:
    order = list(Severity)
    return sorted(
        problems,
        key=lambda problem: (
            order.index(problem.severity),
            problem.place.file or "",
            problem.place.line or 0,
            problem.place.column or 0,
        ),
    )


def _no_folder(folder: FilePath) -> Problem:
    message = (
        _("không có thư mục kế hoạch này") if not folder.exists() else _("đây là một tệp, không phải thư mục kế hoạch")
    )
    hint = _("kiểm tra lại đường dẫn; `docgen init THƯ_MỤC` tạo một kế hoạch mới")
    return Problem("plan.missing", message, hint, Place(folder.as_posix()))


def _no_plan(folder: FilePath) -> Problem:
    message = _("thư mục không có tệp {file}").format(file=PLAN_FILE)
    inside = sorted(path.parent.name for path in folder.glob(f"*/{PLAN_FILE}"))
    hint = _("kế hoạch nằm trong: {names}").format(names=", ".join(inside)) if inside else ""
    return Problem("plan.missing", message, hint or _("tạo mới bằng `docgen init`"), Place(folder.as_posix()))
