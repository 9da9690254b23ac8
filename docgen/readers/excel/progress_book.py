"""Reading of a progress form that a unit sent back, each value with its cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from docgen.base.locale import translate as _
from docgen.errors import Path, Place, Problem, Severity
from docgen.model.plan.organisation import Unit
from docgen.model.progress.merge import ABOUT
from docgen.model.progress.progress import ProgressFile
from docgen.model.progress.questions import Questions
from docgen.readers.convert import Conversion
from docgen.readers.excel.cells import Book, Cell, Fault, scalar
from docgen.readers.excel.columns import PERCENTAGES
from docgen.readers.excel.progress_form import (
    DONE,
    HIDDEN_SHEET,
    NOT_BEGUN,
    SHOWN,
    STATUS,
    UNDER_WAY,
    VERSION,
    Asked,
    Part,
    Shown,
    hidden_values,
    parts,
    shown_cells,
)
from docgen.readers.excel.table import Heading, Table, TableRow, label_key, read_table
from docgen.readers.tree import Mapping as TreeMapping
from docgen.readers.tree import Scalar, Sequence, Tree, TreePlaces
from docgen.wording.dates import format_date
from docgen.wording.numbers import format_amount
from docgen.wording.text import closest, did_you_mean, suggestion

_STATUSES = (NOT_BEGUN, UNDER_WAY, DONE)
_BY_KEY = {label_key(status): status for status in _STATUSES}


@dataclass
class Returned:
    """One workbook: its unit, the progress in it, and its problems; ``asked`` are the codes of its rows by list.

    ``said`` is None where the workbook isn't a form of this plan and period. ``holes`` are paths of values that
    couldn't be read, which ``problems`` name already.
    """

    file: str
    digest: str
    unit: str = ""
    said: ProgressFile | None = None
    asked: dict[str, set[str]] = field(default_factory=dict)
    places: TreePlaces = field(default_factory=lambda: TreePlaces(TreeMapping(Place())))
    problems: list[Problem] = field(default_factory=list)
    holes: set[Path] = field(default_factory=set)

    @property
    def refused(self) -> bool:
        """Whether a problem keeps the file from being collected."""
        return self.said is None or any(one.severity is Severity.ERROR for one in self.problems)


def read_returned(book: Book, questions: Questions, plan_hash: str) -> Returned:
    """Read a unit's workbook; everything that is wrong with it is in the result's ``problems``.

    ``plan_hash`` is that of the plan as it is now: where the form has another, changes of the plan are reported.
    """
    returned = Returned(book.file, book.digest)
    returned.problems += [one for one in book.remarks if one.place.sheet != HIDDEN_SHEET]
    hidden = hidden_values(book)
    if hidden is None:
        message = _("đây không phải biểu mẫu do docgen tạo, hoặc trang ẩn “{name}” đã bị xóa").format(name=HIDDEN_SHEET)
        hint = _("tạo lại biểu mẫu bằng `docgen form progress`, chép số liệu sang rồi gửi lại")
        returned.problems.append(Problem("collect.not-a-form", message, hint, Place(book.file)))
    elif _is_for(hidden, questions, book, returned):
        _Reading(book, questions, returned, hidden, changed=hidden.get("ke_hoach") != plan_hash).read()
    return returned


def _is_for(hidden: Mapping[str, str], questions: Questions, book: Book, returned: Returned) -> bool:
    """Whether the form is for this plan and period and a unit of the plan; else a problem is added."""
    place = book.by_name[HIDDEN_SHEET].place()._replace(sheet=None)
    again = _("tạo biểu mẫu của đúng kế hoạch và kỳ bằng `docgen form progress`, chép số liệu sang rồi gửi lại")
    known = {
        "bieu_mau": (VERSION, _("biểu mẫu phiên bản “{found}”, bản docgen này đọc phiên bản “{wanted}”")),
        "ma": (questions.plan.code, _("biểu mẫu của kế hoạch “{found}”, không phải “{wanted}”")),
        "ky": (questions.period.code, _("biểu mẫu của kỳ {found}, không phải kỳ {wanted}")),
        "luoc_do": (questions.scheme, _("biểu mẫu theo chế độ báo cáo “{found}”, kỳ này theo “{wanted}”")),
        "tu": (format_date(questions.start), _("số liệu của biểu mẫu từ ngày {found}, kỳ này từ ngày {wanted}")),
        "den": (format_date(questions.end), _("biểu mẫu chốt số liệu ngày {found}, kỳ này chốt ngày {wanted}")),
    }
    wrong = [(key, words) for key, (wanted, words) in known.items() if hidden.get(key, "") != wanted]
    if wrong:
        key, words = wrong[0]  # the others follow from it
        message = words.format(found=hidden.get(key, ""), wanted=known[key][0])
        returned.problems.append(Problem(f"collect.other-{_SLUGS[key]}", message, again, place))
        return False
    unit = questions.plan.organisation.by_code.get(hidden.get("don_vi", ""))
    if unit is not None and unit.is_group:
        message = _("biểu mẫu của “{name}”, là một nhóm đơn vị").format(name=unit.name)
        returned.problems.append(Problem("collect.unknown-unit", message, _("mỗi đơn vị của nhóm gửi một tệp"), place))
        return False
    if unit is None:
        message = _("biểu mẫu của đơn vị “{code}” không có trong kế hoạch").format(code=hidden.get("don_vi", ""))
        hint = suggestion(
            hidden.get("don_vi", ""),
            questions.plan.organisation.by_code,
            _("xem danh sách đơn vị của kế hoạch"),
        )
        returned.problems.append(Problem("collect.unknown-unit", message, hint, place))
        return False
    returned.unit = unit.code
    return True


_SLUGS = {"bieu_mau": "version", "ma": "plan", "ky": "period", "luoc_do": "scheme", "tu": "window", "den": "window"}


class _Reading:
    """Reads the sheets of a form for this plan and period."""

    def __init__(
        self, book: Book, questions: Questions, returned: Returned, hidden: Mapping[str, str], *, changed: bool
    ) -> None:
        self.book = book
        self.questions = questions
        self.returned = returned
        self.problems = returned.problems
        self.hidden = hidden
        self.changed = changed
        unit = questions.plan.organisation.by_code[returned.unit]
        self.asked = _asked(questions, unit, shown=changed)

    def read(self) -> None:
        """Read all sheets into ``returned``."""
        place = Place(self.book.file)
        root = TreeMapping(place)
        for key in ("luoc_do", "tu", "den"):
            root.add(key, Scalar(self.hidden[key], place))
        found = 0
        for part in parts(self.questions).values():
            sent = self.hidden.get(f"cot.{part.key}", "").split()
            if not sent:
                continue
            table = self._table(part, sent)
            if table is not None:
                records = self._records(part, table)
                root.add(part.key, records)
                found += len(records.items)
        if not found and not any(one.severity is Severity.ERROR for one in self.problems):
            message, hint = _("biểu mẫu chưa điền gì"), _("nhắc đơn vị điền vào các ô trống rồi gửi lại")
            self.problems.append(Problem("collect.empty", message, hint, place))
        conversion = Conversion(problems=self.problems, holes=self.returned.holes)
        self.returned.said = conversion.record(root, ProgressFile)
        self.returned.places = TreePlaces(root)

    def _table(self, part: Part, sent: list[str]) -> Table | None:
        """Read a sheet's table, which must have the columns ``sent``; None where the sheet is missing."""
        grid = self.book.by_name.get(part.title)
        if grid is None:
            names = [name for name in self.book.by_name if name != HIDDEN_SHEET]
            meant = closest(part.title, [name for name in names if label_key(name) not in _titles(self.questions)])
            message = _("thiếu trang tính “{name}”").format(name=part.title)
            hint = _("ý bạn là “{meant}”? Đổi lại tên trang đó").format(meant=meant) if meant else ""
            hint = hint or _("thêm lại trang đó từ biểu mẫu đã gửi, giữ đúng tên")
            self.problems.append(Problem("collect.missing-sheet", message, hint, Place(self.book.file)))
            return None
        columns = [one for one in part.columns if one.key in sent]
        percentages = PERCENTAGES - {"thuc_hien"} if part.key == "so_lieu" else PERCENTAGES  # statistics are counts
        headings = [
            Heading(one.key, one.label, not one.key.startswith(SHOWN), percentage=one.key in percentages)
            for one in columns
        ]
        return read_table(grid, headings, self.problems)

    def _records(self, part: Part, table: Table) -> Sequence:
        """The rows that were filled in, as records."""
        records = Sequence(table.grid.place())
        first: dict[str, Place] = {}
        seen = self.returned.asked.setdefault(part.key, set())
        answers = {one.key for one in part.columns if not one.key.startswith(SHOWN)} - {part.about}
        for row in table.rows:
            about = row.cells.get(part.about)
            code = _code_in(about, records.place) if about is not None else ""
            seen.add(code)
            if self.changed and code:
                self._compare(part, table, row, code)
            if answers.isdisjoint(row.cells) or not self._known(part, table, row, code):
                continue
            place = table.place(row.number, part.about)
            if code in first:
                message = _("“{code}” có hai dòng").format(code=code)
                hint = _("giữ một dòng, xóa dòng kia")
                self.problems.append(Problem("collect.doubled-row", message, hint, place, related=(first[code],)))
                continue
            first[code] = place
            records.items.append(self._record(part, table, row, code, len(records.items)))
        if self.changed:
            self._warn_of_new(part, table, seen)
        return records

    def _known(self, part: Part, table: Table, row: TableRow, code: str) -> bool:
        """Whether a row's code is one that this unit reports on; else a problem is added."""
        if code in self.asked[part.key]:
            return True
        place = table.place(row.number, part.about)
        if not code:
            message, hint = _("dòng có số liệu nhưng thiếu mã"), _("điền lại mã như trong biểu mẫu đã gửi")
        elif code in _codes_of(self.questions, part.key):
            message = _("“{code}” không phải việc của đơn vị này").format(code=code)
            hint = _("xóa số liệu ở dòng này; nếu đúng là của đơn vị thì sửa đơn vị chủ trì ở kế hoạch")
        else:
            message = _("không có mã “{code}” trong kế hoạch").format(code=code)
            hint = _("xóa số liệu ở dòng này, hoặc tạo lại biểu mẫu bằng `docgen form progress`")
            hint = suggestion(code, self.asked[part.key], hint)
        self.problems.append(Problem("collect.unknown-code", message, hint, place))
        return False

    def _record(self, part: Part, table: Table, row: TableRow, code: str, number: int) -> TreeMapping:
        record = TreeMapping(table.place(row.number, part.about))
        given: dict[str, Tree] = {
            part.about: Scalar(code, record.place),
            "don_vi": Scalar(self.returned.unit, record.place),
        }
        for asked in part.columns:
            if asked.declared is not None and asked.key in row.cells:
                given[asked.key] = _tree(asked, row.cells[asked.key], table.place(row.number, asked.key))
        before = len(self.problems)
        if STATUS in row.cells and part.key == "tien_do":
            self._join_status(given, row.cells[STATUS], table.place(row.number, STATUS))
        if len(self.problems) > before or any(isinstance(cell.value, Fault) for cell in row.cells.values()):
            self.returned.holes.add((part.key, number, STATUS))
        self._warn_of_fraction(given.get("phan_tram"))
        record.items = given
        record.keys = {key: tree.place for key, tree in given.items()}
        for asked in part.columns:
            if asked.declared is not None and asked.declared.required and asked.key not in given:
                record.keys[asked.key] = table.place(row.number, asked.key)
        return record

    def _join_status(self, given: dict[str, Tree], cell: Cell, place: Place) -> None:
        """Check a task's status against its figures; it gives the percent where that wasn't typed."""
        text = scalar(cell, place).text.strip()
        status = text if text in _STATUSES else _BY_KEY.get(label_key(text))
        if status is None:
            meant = closest(text, _STATUSES)
            question = did_you_mean(meant) + " " if meant else ""
            hint = question + _("Chọn một trong: {words}").format(words="; ".join(_STATUSES))
            self.problems.append(
                Problem("collect.status", _("không có tình trạng “{text}”").format(text=text), hint, place)
            )
            return
        percent, done_on = given.get("phan_tram"), given.get("ngay_hoan_thanh")
        typed = _number(percent)
        if percent is None and status != UNDER_WAY and (status == DONE or done_on is None):
            given["phan_tram"] = Scalar("100" if status == DONE else "0", place, exact=True)
        elif percent is None and done_on is None:
            message = _("“{status}” nhưng chưa ghi mức độ hoàn thành").format(status=status)
            self.problems.append(Problem("collect.status", message, _("ghi mức độ, ví dụ 50"), place))
        elif done_on is not None and status != DONE:
            self._contradicts(status, _("ngày hoàn thành"), place, done_on.place)
        elif percent is not None and typed is not None and not _agrees(status, typed):
            self._contradicts(status, f"{typed.normalize():f}%".replace(".", ","), place, percent.place)

    def _warn_of_fraction(self, percent: Tree | None) -> None:
        typed = _number(percent)
        if percent is not None and typed is not None and 0 < typed < 1:
            shown, meant = (format_amount(one.normalize()) for one in (typed, typed * 100))
            message = _("{shown} được hiểu là {shown}%, không phải {meant}%").format(shown=shown, meant=meant)
            hint = _("muốn nói {meant}% thì ghi {meant}").format(meant=meant)
            self.problems.append(Problem("collect.fraction", message, hint, percent.place, Severity.WARNING))

    def _contradicts(self, status: str, other: str, place: Place, related: Place) -> None:
        message = _("tình trạng “{status}” trái với {other}").format(status=status, other=other)
        hint = _("sửa một trong hai ô: chưa làm là 0%, đang làm là trên 0 đến dưới 100%, đã xong là 100%")
        self.problems.append(Problem("collect.status", message, hint, place, related=(related,)))

    def _compare(self, part: Part, table: Table, row: TableRow, code: str) -> None:
        """Warn of values of a row that changed in the plan since the form was sent."""
        now = self.asked[part.key].get(code)
        if now is None:
            if any(key.startswith(SHOWN) for key in row.cells) and code not in _codes_of(self.questions, part.key):
                message = _("kế hoạch đã thay đổi từ khi gửi biểu mẫu: “{code}” không còn").format(code=code)
                self._warn(message, table.place(row.number, part.about))
            return
        for asked in part.columns:
            if asked.key.startswith(SHOWN) and asked.key in table.columns:
                cell = row.cells.get(asked.key)
                sent = scalar(cell, table.place(row.number, asked.key)).text if cell is not None else ""
                if _words(sent) != _words(_as_text(now.get(asked.key))):
                    message = _(
                        "kế hoạch đã thay đổi từ khi gửi biểu mẫu: “{label}” của “{code}” nay là “{now}”"
                    ).format(label=asked.label, code=code, now=" ".join(_as_text(now.get(asked.key)).split()))
                    self._warn(message, table.place(row.number, asked.key))

    def _warn_of_new(self, part: Part, table: Table, seen: set[str]) -> None:
        for code in self.asked[part.key]:
            if code not in seen:
                message = _("kế hoạch đã thay đổi từ khi gửi biểu mẫu: thêm “{code}”, biểu mẫu này không có")
                self._warn(message.format(code=code), table.grid.place())

    def _warn(self, message: str, place: Place) -> None:
        hint = _("số liệu vẫn được nhận; gửi đơn vị biểu mẫu mới nếu cần báo lại")
        self.problems.append(Problem("collect.plan-changed", message, hint, place, Severity.WARNING))


def _asked(questions: Questions, unit: Unit, *, shown: bool) -> dict[str, dict[str, Shown]]:
    """What a unit reports on, by list and code, with the values shown in its form where ``shown``."""
    if shown:
        rows = shown_cells(questions, unit)
        return {key: {str(cells[ABOUT[key]]): cells for cells in rows[key]} for key in rows}
    codes = {
        "tien_do": [task.code for _group, task in questions.tasks.get(unit.code, ())],
        "ket_qua_chi_tieu": [one.code for one in questions.indicators.get(unit.code, ())],
        "so_lieu": [one.code for one in questions.statistics],
        "loi_van": [one.code for one in questions.fields],
    }
    nothing: Shown = {}
    return {key: dict.fromkeys(found, nothing) for key, found in codes.items()}


def _code_in(cell: Cell, place: Place) -> str:
    """A code as typed, also one that Excel stored as a number."""
    return (cell.value if isinstance(cell.value, str) else scalar(cell, place).text).strip()


def _tree(asked: Asked, cell: Cell, place: Place) -> Tree:
    """A cell as the tree of its field; for a list, with an item a line."""
    value = scalar(cell, place)
    if asked.declared is not None and asked.declared.many == "list":
        return Sequence(place, [Scalar(line.strip(), place) for line in value.text.splitlines() if line.strip()])
    return value


def _agrees(status: str, percent: Decimal) -> bool:
    if status == DONE:
        return percent == 100
    return percent == 0 if status == NOT_BEGUN else 0 < percent < 100


def _number(tree: Tree | None) -> Decimal | None:
    """A typed percent as a number; None for other texts, which conversion reports."""
    if not isinstance(tree, Scalar):
        return None
    text = tree.text.strip().replace(",", ".")
    try:
        return Decimal(text) if text else None
    except ArithmeticError:
        return None


def _words(text: str) -> str:
    return " ".join(text.split())


def _as_text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def _titles(questions: Questions) -> set[str]:
    return {label_key(part.title) for part in parts(questions).values()}


def _codes_of(questions: Questions, key: str) -> Mapping[str, object]:
    """All codes of the plan for rows of a sheet, of whichever unit."""
    match key:
        case "tien_do":
            return {task.code: task for _path, task in questions.standing.tasks()}
        case "ket_qua_chi_tieu":
            return {one.code: one for one in questions.plan.indicators}
        case "so_lieu":
            return {one.code: one for one in questions.statistics}
        case _:
            return {one.code: one for one in questions.fields}
