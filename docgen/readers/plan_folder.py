"""Reading of a plan from its folder of YAML files or from its filled-in workbook.

The list of fields of work that a plan refers to is taken from the plan's folder, else from the shipped ones.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

from docgen.base.declare import Record, declarations
from docgen.base.locale import translate as _
from docgen.errors import DataError, DocgenError, Path, Place, Problem, Severity, SourceError
from docgen.model.plan.plan import FieldsOfWork, NamedDocument, Plan, Records, TextDocument, own_records, record_of
from docgen.model.plan.rules import check_plan
from docgen.readers.convert import Choose, Conversion, in_holes
from docgen.readers.named_files import check_images, read_list
from docgen.readers.tree import Mapping, Places, Scalar, TreePlaces, placed, worst_first
from docgen.readers.yaml.reader import read_mapping, said_by_system
from docgen.wording.text import closest, suggestion

PLAN_FILE = "ke-hoach.yaml"
ORGANISATION_FILE = "don-vi.yaml"
DECISION_FILE = "quyet-dinh.yaml"
DOCUMENTS_FOLDER = "van-ban"
FIELDS_FOLDER = "linh_vuc"
#: The plan's own files; those of documents are in van-ban/.
OWN_FILES = (PLAN_FILE, ORGANISATION_FILE, DECISION_FILE)
#: Suffixes of workbooks; only the first two can be read.
_WORKBOOK_ENDS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
#: Suffixes that YAML files get, some from Notepad; only the first is read.
_YAML_ENDS = (".yaml", ".yml", ".yaml.txt", ".yml.txt")


@dataclass(frozen=True)
class Loaded:
    """A plan with the places of its values and with remarks, problems that don't stop the work."""

    value: Plan
    places: Places
    remarks: tuple[Problem, ...]
    source: FilePath

    @property
    def folder(self) -> FilePath:
        """The folder of the plan's progress, papers, lists and templates."""
        return plan_folder_of(self.source)

    @property
    def name(self) -> str:
        """The name of the plan: that of its folder or workbook."""
        return self.source.stem if is_workbook(self.source) else self.source.name


_TEXTS_ONLY: Records = {}


def read_plan(
    path: FilePath, data: FilePath, *, records: Records = _TEXTS_ONLY, unfinished: Collection[str] = ()
) -> Loaded:
    """Read and validate a plan's folder or its filled-in form; ``data`` holds the lists that docgen ships.

    ``records`` are those of the kinds of named documents that have fields of their own.
    Problems with a code in ``unfinished`` are left out: the caller is about to add what is missing.

    Raises SourceError or DataError with every problem of every file, worst first.
    """
    reading = _BookReading(path, data, records) if is_workbook(path) else _Reading(path, data, _names_in(path))
    root = reading.root()
    if root is None:
        raise reading.error()
    conversion = Conversion(reading.problems, reading.holes, choosing(records))
    plan = conversion.record(root, Plan)
    places = TreePlaces(root)
    if plan is not None:
        muted = _Muted(conversion.holes)
        reading.problems += [placed(problem, places) for problem in check_plan(plan) if problem not in muted]
        reading.problems += [placed(problem, places) for problem in check_images(plan, plan_folder_of(path))]
    reading.problems = [reading.reworded(problem) for problem in reading.problems if problem.code not in unfinished]
    if plan is None or reading.unreadable or any(problem.severity is Severity.ERROR for problem in reading.problems):
        raise reading.error()
    return Loaded(plan, places, tuple(sorted(reading.problems, key=worst_first)), path.resolve())


def choosing(records: Records = _TEXTS_ONLY) -> Choose:
    """A function that picks the record of a named document by the name of its kind."""

    def choose(declared: type[Record], tree: Mapping) -> type[Record]:
        if declared is not NamedDocument:
            return declared
        name = tree.items.get("ten_loai")
        return record_of(name.text, records) if isinstance(name, Scalar) else TextDocument

    return choose


def plan_folder_of(path: FilePath) -> FilePath:
    """The plan's folder: the path itself, or the folder that its workbook is in."""
    return path.parent if is_workbook(path) else path


def is_workbook(path: FilePath) -> bool:
    """Whether a path has a workbook's suffix; its content isn't looked at."""
    return path.suffix.lower() in _WORKBOOK_ENDS and not path.is_dir()


class _Reading:
    """Reads the files of a plan's folder into one tree."""

    def __init__(self, folder: FilePath, data: FilePath, names: Collection[str]) -> None:
        self.folder = folder
        self.data = data
        self.names = names
        self.problems: list[Problem] = []
        self.unreadable: list[Problem] = []
        self.holes: set[Path] = set()

    def root(self) -> Mapping | None:
        """The plan's tree; None where its own file can't be read as a mapping."""
        root = self._file(self.folder / PLAN_FILE)
        organisation = self._file(self.folder / ORGANISATION_FILE)
        decision = self._file(self.folder / DECISION_FILE) if DECISION_FILE in self.names else None
        documents = self._documents()
        self.problems += _unread(self.folder)
        if root is None:
            return None
        self._refuse_internal(root)
        for key, tree in (("co_quan", organisation), ("quyet_dinh", decision), ("van_ban", documents)):
            if tree is not None:
                root.add(key, tree)
            elif self.unreadable:
                self.holes.add((key,))
        if (fields := self._fields_of_work(root)) is not None:
            root.add("danh_muc_linh_vuc", fields)
        return root

    def reworded(self, problem: Problem) -> Problem:
        """The problem in the words of the input format."""
        return problem

    def error(self) -> DocgenError:
        """All problems found, as one error."""
        problems = sorted([*self.unreadable, *self.problems], key=worst_first)
        return SourceError(problems) if self.unreadable else DataError(problems)

    def _file(self, path: FilePath, shown: str = "") -> Mapping | None:
        shown = shown or path.relative_to(self.folder.parent).as_posix()
        try:
            tree, problems = read_mapping(path, shown, _("xem tệp mẫu mà `docgen init` tạo"))
        except SourceError as error:
            self.unreadable += error.problems
            return None
        self.problems += problems
        return tree

    def _documents(self) -> Mapping | None:
        folder = self.folder / DOCUMENTS_FOLDER
        files = self._yaml_files(folder)
        if not files:
            return None
        documents = Mapping(Place(folder.relative_to(self.folder.parent).as_posix()))
        for path in files:
            if (tree := self._file(path)) is not None:
                documents.add(path.stem, tree)
        return documents

    def _fields_of_work(self, root: Mapping) -> Mapping | None:
        key = root.items.get("linh_vuc")
        if not isinstance(key, Scalar) or not key.text.strip():
            return None
        name = f"{key.text.strip()}.yaml"
        available = {
            path.name: path for folder in (self.data, self.folder) for path in self._yaml_files(folder / FIELDS_FOLDER)
        }
        if name in available:
            path = available[name]
            tree = self._file(path, f"{FIELDS_FOLDER}/{name}" if path.is_relative_to(self.data) else "")
            if tree is None:
                self.holes.add(("danh_muc_linh_vuc",))
            return tree
        self.holes.add(("danh_muc_linh_vuc",))
        names = [FilePath(known).stem for known in available]
        message = _("không có bộ lĩnh vực “{name}”").format(name=key.text)
        others = _("các bộ có sẵn: {names}; bộ khác: tạo linh_vuc/<tên>.yaml cạnh kế hoạch").format(
            names=", ".join(names)
        )
        hint = suggestion(key.text, names, others)
        self.problems.append(Problem("data.unknown-reference", message, hint, key.place))
        return None

    def _yaml_files(self, folder: FilePath) -> list[FilePath]:
        """The YAML files of a folder; none where there is no such folder."""
        try:
            return sorted(path for path in folder.iterdir() if path.suffix == ".yaml")
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.unreadable.append(_unlisted(folder, error))
            return []

    def _refuse_internal(self, root: Mapping) -> None:
        for key, declared in declarations(Plan).items():
            if declared.internal and key in root.items:
                message = _("khóa “{key}” không ghi trong tệp này").format(key=key)
                hint = _("ghi trong {file}").format(file=_FILE_OF.get(key, FIELDS_FOLDER))
                self.problems.append(Problem("data.unknown-key", message, hint, root.keys.pop(key)))
                del root.items[key]


class _BookReading(_Reading):
    """Reads a filled-in workbook into one tree; a list of fields of work that it lacks is read from a file."""

    def __init__(self, path: FilePath, data: FilePath, records: Records) -> None:
        super().__init__(path.absolute().parent, data, ())
        self.path = path
        self.records = records

    def root(self) -> Mapping | None:
        """The plan's tree; None where the workbook can't be read."""
        # Loading these takes longer than reading a plan in YAML, which doesn't need them.
        from docgen.readers.excel.plan_book import PlanBook
        from docgen.readers.excel.row_trees import holds_something
        from docgen.readers.excel.xlsx import read_book

        try:
            book = read_book(self.path, self.path.name)
        except SourceError as error:
            self.unreadable += error.problems
            return None
        reading = PlanBook(book, self.problems, self.holes, self.records)
        root = reading.tree()
        if not reading.is_form:
            return None
        if (fields := root.items.get("danh_muc_linh_vuc")) is None or not holds_something(fields):
            root.items.pop("danh_muc_linh_vuc", None)
            if (listed := self._fields_of_work(root)) is not None:
                root.add("danh_muc_linh_vuc", listed)
        return root

    def reworded(self, problem: Problem) -> Problem:
        """The problem with sheets and headings in place of files and keys."""
        from docgen.readers.excel.form_words import in_plan_words

        return in_plan_words(problem, own_records(self.records.values()))


_FILE_OF = {
    "co_quan": ORGANISATION_FILE,
    "quyet_dinh": DECISION_FILE,
    "van_ban": f"{DOCUMENTS_FOLDER}/<tên>.yaml",
}


def _unread(folder: FilePath) -> Iterator[Problem]:
    """Warnings for YAML files in a plan's folder and in van-ban/ that aren't read."""
    for inside in (folder, folder / DOCUMENTS_FOLDER):
        for path in _yaml_like(inside):
            name = path.name if inside == folder else f"{DOCUMENTS_FOLDER}/{path.name}"
            if inside == folder and path.name not in OWN_FILES:
                meant = _file_meant(path)
                hint = _("chỉ đọc {names}; văn bản khác thì chuyển vào {folder}/").format(
                    names=", ".join(OWN_FILES), folder=DOCUMENTS_FOLDER
                )
            elif inside != folder and path.suffix != ".yaml":
                meant, hint = f"{_stem(path)}.yaml", ""
            else:
                continue
            if meant is not None:
                hint = _("ý bạn là “{meant}”? Đổi tên tệp thì nó được đọc").format(meant=meant)
            message = _("tệp này không được đọc")
            place = Place((folder.name / FilePath(name)).as_posix())
            yield Problem("file.not-read", message, hint, place, Severity.WARNING)


def _yaml_like(folder: FilePath) -> list[FilePath]:
    """Files that look like YAML, without hidden ones; none where the folder can't be listed."""
    try:
        return sorted(
            path
            for path in folder.iterdir()
            if path.name.lower().endswith(_YAML_ENDS) and not path.name.startswith(".") and path.is_file()
        )
    except OSError:
        return []


def _file_meant(path: FilePath) -> str | None:
    """The file of a plan's folder whose name is closest to that of ``path``."""
    meant = closest(_stem(path), [FilePath(name).stem for name in OWN_FILES])
    return f"{meant}.yaml" if meant is not None else None


def _stem(path: FilePath) -> str:
    """The name of a file without its YAML suffix."""
    end = max((end for end in _YAML_ENDS if path.name.lower().endswith(end)), key=len)
    return path.name[: -len(end)]


#: Codes of problems that compare a sum: they depend on everything beside and below their own value.
_SUMS = frozenset(("plan.total", "plan.total-accepted", "task.allocated-above"))
#: By code, the key of the neighbouring value that a problem depends on.
_HANG_ON_NEIGHBOUR = {"task.unread-deadline": "han_cuoi", "frame.no-day": "ngay"}
#: By code, the path that a problem depends on, itself and all below it.
_HANG_ON: dict[str, Path] = {
    "plan.no-decision": ("quyet_dinh",),
    "text.other-year": ("nam",),
    "task.unknown-unit": ("co_quan",),
    "frame.symbol": ("co_quan",),
    "frame.no-name": ("co_quan",),
    "frame.no-place": ("co_quan",),
    "plan.total-of-groups": ("phu_luc",),
}


class _Muted:
    """The problems that depend on a value that couldn't be read, and so are left out."""

    def __init__(self, holes: set[Path]) -> None:
        self._holes = holes
        self._above = {hole[:length] for hole in holes for length in range(len(hole))}
        self._parents = {hole[:-1] for hole in holes}
        self._codes_missing = any(hole[-1] == "ma" or hole[0] == "danh_muc_linh_vuc" for hole in holes)

    def __contains__(self, problem: Problem) -> bool:
        path, code = problem.place.path, problem.code
        if path in self._parents or in_holes(path, self._holes):
            return True
        if code in _SUMS and path[:-1] in self._above:
            return True
        if code in _HANG_ON_NEIGHBOUR and (*path[:-1], _HANG_ON_NEIGHBOUR[code]) in self._holes:
            return True
        if code == "data.unknown-reference" and (self._codes_missing or ("co_quan",) in self._holes):
            return True
        cause = _HANG_ON.get(code)
        return cause is not None and (cause in self._holes or cause in self._above)


def _names_in(folder: FilePath) -> set[str]:
    """The names in a plan's folder. Raises SourceError where it can't be listed or holds no plan."""
    try:
        names = {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        hint = _("kiểm tra lại đường dẫn; `docgen init THƯ_MỤC` tạo một kế hoạch mới")
        problem = Problem("plan.missing", _("không có thư mục kế hoạch này"), hint, Place(folder.as_posix()))
        raise SourceError(problem) from None
    except NotADirectoryError:
        message = _("đây là một tệp, không phải thư mục kế hoạch hay biểu mẫu Excel (.xlsx)")
        hint = _("ghi đường dẫn của thư mục chứa tệp đó")
        raise SourceError(Problem("plan.missing", message, hint, Place(folder.as_posix()))) from None
    except OSError as error:
        raise SourceError(_unlisted(folder, error)) from None
    if PLAN_FILE not in names:
        message = _("thư mục không có tệp {file}").format(file=PLAN_FILE)
        inside = sorted(path.parent.name for path in folder.glob(f"*/{PLAN_FILE}"))
        alike = [path.name for path in _yaml_like(folder) if _file_meant(path) == PLAN_FILE]
        hint = _("kế hoạch nằm trong: {names}").format(names=", ".join(inside)) if inside else ""
        if alike:
            hint = _("đổi tên tệp {name} thành {file}").format(name=alike[0], file=PLAN_FILE)
        if not hint and (books := sorted(path.name for path in folder.glob("*.xlsx") if path.name[:2] != "~$")):
            hint = _("biểu mẫu Excel thì ghi thẳng tên tệp: {names}").format(names=", ".join(books[:3]))
        hint = hint or _("tạo kế hoạch mới bằng `docgen init THƯ_MỤC`")
        raise SourceError(Problem("plan.missing", message, hint, Place(folder.as_posix())))
    return names


def _unlisted(folder: FilePath, error: OSError) -> Problem:
    if isinstance(error, PermissionError):
        return Problem(
            "file.no-rights", _("không có quyền mở thư mục"), _("xin quyền đọc thư mục"), Place(folder.as_posix())
        )
    return Problem("file.unreadable", _("không mở được thư mục"), said_by_system(error), Place(folder.as_posix()))


def read_fields_of_work(path: FilePath) -> FieldsOfWork:
    """Read a list of fields of work. Raises SourceError or DataError."""
    return read_list(path, path.name, FieldsOfWork).value
