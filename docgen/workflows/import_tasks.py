"""``docgen import tasks``: adds the tasks of an office's own table to a plan."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path as FilePath

from docgen.base.files import replace_file
from docgen.base.locale import translate as _
from docgen.errors import DataError, DocgenError, OutputError, Path, Place, Problem, Severity, UsageError
from docgen.model.plan.plan import Appendix, Plan
from docgen.model.plan.rules import check_plan
from docgen.model.plan.task import Group, Task
from docgen.readers.convert import Conversion
from docgen.readers.excel.office_cells import OfficeGroup, OfficeTable, OfficeTask, Skipped
from docgen.readers.excel.office_columns import Ask, Matched, Question, TableOptions, match_columns
from docgen.readers.excel.office_table import read_rows
from docgen.readers.excel.xlsx import read_book
from docgen.readers.plan_folder import PLAN_FILE, Loaded
from docgen.readers.tree import Mapping as TreeMapping
from docgen.readers.tree import Scalar
from docgen.readers.yaml.insert import Addition, add_records
from docgen.readers.yaml.reader import read_text
from docgen.wording.numbers import format_plain
from docgen.wording.text import fold, slug, suggestion
from docgen.workflows.build import load_plan
from docgen.workflows.plan_form import save_plan

_LONGEST_CODE = 40
#: Problems of a plan that adding tasks solves.
_FILLED_BY_IMPORT = ("appendix.empty",)


@dataclass(frozen=True)
class AddedGroup:
    """A group with the tasks added to it."""

    code: str
    title: str
    is_new: bool
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Import:
    """A prepared import: how the table was read, what it adds, and the resulting plan. Nothing is written yet.

    ``before`` and ``after`` are the bytes of the plan's file, ``after`` is None if the plan is a form.
    """

    into: FilePath
    matched: Matched
    groups: tuple[AddedGroup, ...]
    skipped: tuple[Skipped, ...]
    remarks: tuple[Problem, ...]
    plan: Plan
    before: bytes
    after: bytes | None

    @property
    def target(self) -> FilePath:
        """The file to write."""
        return self.into if self.after is None else self.into / PLAN_FILE

    @property
    def tasks(self) -> int:
        """The number of added tasks."""
        return sum(len(group.tasks) for group in self.groups)

    @property
    def total(self) -> Decimal:
        """The budget of the added tasks, in the plan's unit of money."""
        amounts = [task.budget for group in self.groups for task in group.tasks if task.budget is not None]
        return sum(amounts, Decimal(0))


def prepare_import(
    file: FilePath,
    into: FilePath,
    options: TableOptions | None = None,
    *,
    group: str | None = None,
    appendix: str | None = None,
    ask: Ask | None = None,
) -> Import:
    """Read a table of tasks and add it to a plan; ``ask`` is called for what the table doesn't say.

    ``group`` is the code of the group for tasks without a heading, ``appendix`` that of the appendix for all tasks.
    Raises SourceError, DataError with every problem at its cell, UsageError if an option is wrong or missing.
    """
    loaded = load_plan(into, unfinished=_FILLED_BY_IMPORT)
    joining = _Joining(loaded, group, appendix, ask)
    book = read_book(file, file.as_posix())
    problems: list[Problem] = []
    try:
        matched = match_columns(book, loaded.value.money_unit, options or TableOptions(), ask, problems)
    except DocgenError:
        # Headings in an old encoding can't be recognised: report the encoding instead.
        if _errors(list(book.remarks)):
            raise DataError(book.remarks) from None
        raise
    problems += [one for one in book.remarks if one.place.sheet in (None, matched.grid.name)]
    table = read_rows(matched.grid, matched.columns, matched.first_row, matched.money, problems)
    plan = joining.join(table, problems)
    if not table.tasks and not _errors(problems):
        message = _("không có nhiệm vụ nào dưới dòng tiêu đề cột")
        hint = _("kiểm tra cột nội dung nhiệm vụ; chọn trang tính khác bằng --sheet, cột khác bằng --map")
        problems.append(Problem("import.no-tasks", message, hint, matched.grid.place(matched.first_row)))
    if _errors(problems):
        raise DataError(sorted(problems, key=lambda one: list(Severity).index(one.severity)))
    skipped = (*table.skipped, *joining.skipped)
    before, after = _text_with(into, joining.additions())
    return Import(into, matched, joining.added(), skipped, tuple(problems), plan, before, after)


def write_import(prepared: Import) -> None:
    """Write the plan with all added tasks. Raises OutputError."""
    if not prepared.tasks:
        return
    if prepared.after is None:
        save_plan(prepared.into, prepared.plan)
        return
    path = prepared.into / PLAN_FILE
    if path.read_bytes() != prepared.before:
        message = _("tệp vừa được sửa trong lúc nhập; chưa ghi gì")
        raise OutputError(Problem("import.changed", message, _("chạy lại lệnh"), Place(path.as_posix())))
    replace_file(path, prepared.after)


def _text_with(into: FilePath, additions: list[Addition]) -> tuple[bytes, bytes | None]:
    """The plan's file before and after, which is None if the plan is a form. Raises SourceError."""
    if not into.is_dir():
        return b"", None
    path = into / PLAN_FILE
    shown = f"{into.resolve().name}/{PLAN_FILE}"
    before = path.read_bytes()
    text = add_records(read_text(path, shown), additions, shown)
    if before[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return before, text.encode("utf-16")
    return before, text.encode("utf-8-sig" if before.startswith(b"\xef\xbb\xbf") else "utf-8")


def _errors(problems: list[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


@dataclass
class _Target:
    """A group of the result with its path and the tasks added to it."""

    path: Path
    group: Group
    is_new: bool
    added: list[Task]


class _Joining:
    """Adds the tasks of a table to a plan."""

    def __init__(self, loaded: Loaded, group: str | None, appendix: str | None, ask: Ask | None) -> None:
        self.skipped: list[Skipped] = []
        self._loaded, self._plan, self._group, self._ask = loaded, loaded.value, group, ask
        self._appendix = self._chosen_appendix(appendix)
        groups = self._groups_before()
        self._targets = [
            _Target(("phu_luc", self._appendix, "nhom", at), group, False, []) for at, group in enumerate(groups)
        ]
        if group is not None:
            self._named(group)
        self._codes = {task.code for _path, task in self._plan.tasks()}
        self._group_codes = {group.code for _path, group in self._plan.groups()}
        self._origins: dict[Path, OfficeTask | OfficeGroup] = {}

    def join(self, table: OfficeTable, problems: list[Problem]) -> Plan:
        """The plan with the table's tasks; problems that they cause are added to ``problems``."""
        self._codes |= {task.values["ma"].text.strip() for task in table.tasks if "ma" in task.values} - self._codes
        for found in table.groups:
            target = self._target(found, problems)
            self._take(found, target, problems)
        plan = self._joined()
        known = {
            (one.code, one.message, one.place.path)
            for one in check_plan(self._plan)
            if one.code not in _FILLED_BY_IMPORT
        }
        for one in check_plan(plan):
            if (one.code, one.message, one.place.path) not in known:
                places = [self._place(place.path) for place in one.related]
                problems.append(one.at(self._place(one.place.path), tuple(places)))
        return plan

    def added(self) -> tuple[AddedGroup, ...]:
        """The groups with added tasks."""
        return tuple(
            AddedGroup(target.group.code, target.group.title, target.is_new, tuple(target.added))
            for target in self._targets
            if target.added
        )

    def additions(self) -> list[Addition]:
        """The records to add to the plan's file."""
        fresh = [
            replace(target.group, tasks=tuple(target.added))
            for target in self._targets
            if target.is_new and target.added
        ]
        if self._appendix >= len(self._plan.appendices):
            return [Addition(("phu_luc",), [_new_appendix(tuple(fresh))])] if fresh else []
        found = [
            Addition((*target.path, "nhiem_vu"), target.added)
            for target in self._targets
            if target.added and not target.is_new
        ]
        return [*found, Addition(("phu_luc", self._appendix, "nhom"), fresh)] if fresh else found

    def _chosen_appendix(self, wanted: str | None) -> int:
        """The index of the appendix to add to; that of a new one if the plan has none."""
        appendices = self._plan.appendices
        codes = {appendix.code: at for at, appendix in enumerate(appendices)}
        if wanted is not None:
            if wanted not in codes:
                raise _unknown(_("không có phụ lục mã “{code}”").format(code=wanted), wanted, codes)
            return codes[wanted]
        likely = [at for at, one in enumerate(appendices) if one.groups or not one.content]
        likely = [at for at in likely if any(one.code == self._group for one in appendices[at].groups)] or likely
        if len(likely) == 1 or not appendices:
            return likely[0] if likely else 0
        message = _("kế hoạch có {n} phụ lục").format(n=len(appendices))
        choices = {appendices[at].code: appendices[at].title or "" for at in (likely or codes.values())}
        return codes[self._asked("import.appendix", message, choices, "--phu-luc")]

    def _groups_before(self) -> tuple[Group, ...]:
        return self._plan.appendices[self._appendix].groups if self._appendix < len(self._plan.appendices) else ()

    def _target(self, found: OfficeGroup, problems: list[Problem]) -> _Target:
        """The group for a heading of the table, or for tasks without a heading."""
        if not found.title:
            return self._without_heading(found)
        for target in self._targets:
            if fold(target.group.title) == fold(found.title):
                return target
        works = self._plan.fields_of_work.fields if self._plan.fields_of_work is not None else ()
        work = next((one.code for one in works if fold(one.name) == fold(found.title)), None)
        code = _free(work or slug(found.title)[:_LONGEST_CODE].strip("-") or "nhom", self._group_codes)
        self._group_codes.add(code)
        typed = {"ma": code, "tieu_de": found.title, "linh_vuc": work or ""}
        if found.stated is not None and all(task.amount is None for task in found.tasks):
            typed["kinh_phi"] = format_plain(found.stated)
        values = {key: Scalar(text, found.place, exact=key == "kinh_phi") for key, text in typed.items()}
        conversion = Conversion()
        group = conversion.record(TreeMapping(found.place, dict(values), dict.fromkeys(values, found.place)), Group)
        problems += conversion.problems
        assert group is not None  # no required value is missing
        return self._opened(group, found)

    def _opened(self, group: Group, found: OfficeGroup) -> _Target:
        path: Path = ("phu_luc", self._appendix, "nhom", len(self._targets))
        self._targets.append(target := _Target(path, group, True, []))
        self._origins[path] = found
        return target

    def _without_heading(self, found: OfficeGroup) -> _Target:
        if self._group is not None:
            return self._named(self._group)
        old = [target for target in self._targets if not target.is_new]
        if len(old) == 1:
            return old[0]
        message = _("bảng không có dòng nhóm (I, II …) cho nhiệm vụ ở {place}").format(place=found.tasks[0].place.cell)
        if not old:
            hint = _("thêm dòng nhóm vào bảng (số thứ tự I, tên nhóm), hoặc thêm nhóm vào kế hoạch")
            raise UsageError(Problem("import.group", message, hint, found.tasks[0].place))
        choices = {target.group.code: target.group.title for target in old}
        return self._named(self._asked("import.group", message, choices, "--group"))

    def _named(self, code: str) -> _Target:
        for target in self._targets:
            if target.group.code == code:
                return target
        codes = {target.group.code: target.group.title for target in self._targets}
        raise _unknown(_("không có nhóm mã “{code}”").format(code=code), code, codes)

    def _asked(self, code: str, message: str, choices: Mapping[str, str], option: str) -> str:
        if self._ask is not None:
            return self._ask(Question(message, dict(choices)))
        listed = ", ".join(f"{key} ({label})" if label else key for key, label in choices.items())
        hint = _("thêm {option} với một trong: {listed}").format(option=option, listed=listed)
        raise UsageError(Problem(code, message, hint))

    def _take(self, found: OfficeGroup, target: _Target, problems: list[Problem]) -> None:
        known = {_key(task) for task in target.group.tasks}
        for row in found.tasks:
            self._origins[(*target.path, "nhiem_vu", len(target.group.tasks) + len(target.added))] = row
            task = self._task(row, target, problems)
            if task is None:
                continue
            if _key(task) in known:
                message = _("nhóm “{group}” đã có nhiệm vụ này: bỏ qua").format(group=target.group.title)
                hint = _("đúng là nhiệm vụ khác thì sửa nội dung cho khác")
                problems.append(Problem("import.known", message, hint, row.place, Severity.WARNING))
                self.skipped.append(Skipped(row.place, " ".join(task.description), _("đã có trong kế hoạch")))
                continue
            self._codes.add(task.code)
            target.added.append(task)

    def _task(self, row: OfficeTask, target: _Target, problems: list[Problem]) -> Task | None:
        values = dict(row.values)
        if "ma" not in values:
            number = len(target.group.tasks) + len(target.added) + 1
            while (code := f"{target.group.code}-{number}") in self._codes:
                number += 1
            values["ma"] = Scalar(code, row.place)
        tree = TreeMapping(row.place, dict(values), {key: value.place for key, value in values.items()})
        conversion = Conversion()
        task = conversion.record(tree, Task)
        problems += conversion.problems
        return task

    def _joined(self) -> Plan:
        groups = tuple(
            replace(target.group, tasks=(*target.group.tasks, *target.added))
            for target in self._targets
            if target.added or not target.is_new
        )
        appendices = list(self._plan.appendices)
        if self._appendix >= len(appendices):
            appendices += [_new_appendix(groups)] if groups else []
        else:
            appendices[self._appendix] = replace(appendices[self._appendix], groups=groups)
        return replace(self._plan, appendices=tuple(appendices))

    def _place(self, path: Path) -> Place:
        """The cell that a value comes from, else its place in the plan."""
        row = self._origins.get(path[:6])
        if isinstance(row, OfficeTask):
            value = row.values.get(str(path[6])) if len(path) > 6 else None
            return (value.place if value is not None else row.place)._replace(path=path)
        group = self._origins.get(path[:4])
        return group.place._replace(path=path) if group is not None else self._loaded.places.at(path)


def _key(task: Task) -> str:
    return fold(" ".join(task.description))


def _free(code: str, used: set[str]) -> str:
    number, free = 1, code
    while free in used:
        number += 1
        free = f"{code}-{number}"
    return free


def _new_appendix(groups: tuple[Group, ...]) -> Appendix:
    return Appendix(code="phu-luc", title="NHIỆM VỤ CỤ THỂ", groups=groups)


def _unknown(message: str, wanted: str, codes: Mapping[str, object]) -> UsageError:
    hint = suggestion(wanted, codes, _("kế hoạch có: {codes}").format(codes=", ".join(codes)))
    return UsageError(Problem("import.unknown", message, hint))
