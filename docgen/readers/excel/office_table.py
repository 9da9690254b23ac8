"""Reading of the rows of an office's own table: tasks in groups, and rows that are neither.

What a row is follows from its number (I, A: a group; 1, 1.1: a task; none: more of the task above) and from which of
its cells are filled. Values stay the texts of their cells, with the cells' places.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem, Severity
from docgen.readers.excel.cells import Cell, Fault, Grid, as_no_percentage, fault_problem, scalar
from docgen.readers.excel.office_cells import (
    BULLETS,
    LEADING,
    LETTER,
    NUMBER,
    Money,
    MoneyColumn,
    OfficeGroup,
    OfficeTable,
    OfficeTask,
    Skipped,
    are_column_numbers,
    is_group_number,
    is_title,
    is_total,
    point_mark,
    sum_of,
)
from docgen.readers.excel.office_header import LEFT_ALONE
from docgen.readers.excel.table import warn_of_hidden_rows
from docgen.readers.tree import Scalar
from docgen.wording.numbers import format_plain
from docgen.wording.text import fold

_TEXTS = ("mo_ta", "san_pham", "co_quan_chu_tri", "co_quan_phoi_hop", "thoi_han")
#: Roles that are no text of a task.
_NO_TEXTS = frozenset(("stt", "nhom", "kinh_phi", *LEFT_ALONE))
#: Columns that only a task of its own fills, not a further line of the task above.
_OWN = frozenset(("co_quan_chu_tri", "co_quan_phoi_hop", "kinh_phi", "thoi_han"))


def read_rows(
    grid: Grid, columns: Mapping[str, int], first: int, money: MoneyColumn, problems: list[Problem]
) -> OfficeTable:
    """Read the tasks from row ``first`` on; ``columns`` are the columns (from 0) by role.

    What can't be read is added to ``problems``, at its cell.
    """
    reading = _Rows(grid, columns, money, problems)
    numbers = [number for number in grid.rows if number >= first]
    if numbers and are_column_numbers(list(map(_text, grid.rows[numbers[0]].values()))):
        reading.skip(numbers.pop(0), _("dòng đánh số cột"))
    for at, number in enumerate(numbers):
        reading.take(number, numbers[at + 1] if at + 1 < len(numbers) else None)
    reading.close(numbers)
    return reading.table


def _text(cell: Cell | None) -> str:
    """A cell's text for telling what its row is; whole numbers without decimals."""
    if cell is None or isinstance(cell.value, Fault):
        return ""
    if isinstance(cell.value, Decimal):
        return format_plain(cell.value)
    return str(cell.value).strip()


class _Rows:
    """Reads row by row, keeping the group and the task that the last row belongs to."""

    def __init__(self, grid: Grid, columns: Mapping[str, int], money: MoneyColumn, problems: list[Problem]) -> None:
        self.table = OfficeTable()
        self._grid, self._columns, self._money, self._problems = grid, columns, money, problems
        self._merged: dict[str, tuple[int, Cell]] = {}
        self._task: OfficeTask | None = None
        self._last = 0
        self._ended = False
        self._roman = False

    # ------------------------------------------------------------ rows

    def take(self, number: int, following: int | None) -> None:
        """Read one row; ``following`` is the next row that isn't empty."""
        row = self._grid.rows[number]
        cells = {
            key: as_no_percentage(row[at]) for key, at in self._columns.items() if at in row and key not in LEFT_ALONE
        }
        cells = {key: cell for key, cell in cells.items() if isinstance(cell.value, Fault) or _text(cell)}
        for key, cell in cells.items():
            if isinstance(cell.value, Fault):
                self._problems.append(fault_problem(cell, self._grid.place(number, self._columns[key])))
        if not self._is_heading(number, row, cells):
            self._sort(number, cells, following)
        for key, cell in cells.items():
            if cell.covers[0]:
                self._merged[key] = (number, cell)
        self._last = number + max((cell.covers[0] for cell in cells.values()), default=0)

    def close(self, numbers: Sequence[int]) -> None:
        """Check what needs all rows, those of ``numbers``: empty groups, hidden rows, totals."""
        for group in [group for group in self.table.groups if not group.tasks]:
            self.table.groups.remove(group)
            self.table.skipped.append(Skipped(group.place, group.title, _("nhóm không có nhiệm vụ nào")))
        warn_of_hidden_rows(self._grid, numbers, self._problems)
        for group in self.table.groups:
            self._compare(group.stated, group.tasks, group.place)

    def skip(self, number: int, reason: str) -> None:
        """Leave a row out, with the reason."""
        row = self._grid.rows[number]
        text = " ".join(filter(None, map(_text, row.values())))
        self.table.skipped.append(Skipped(self._grid.place(number, min(row)), text, reason))

    def _is_heading(self, number: int, row: Mapping[int, Cell], cells: Mapping[str, Cell]) -> bool:
        """Take a row whose only text is a title or a note; False where it is none."""
        filled = {at: cell for at, cell in row.items() if _text(cell)}
        if len(filled) != 1:
            return False
        ((at, cell),) = filled.items()
        text = _text(cell)
        across = cell.covers[1] > 0 and at <= self._columns["mo_ta"] <= at + cell.covers[1]
        if at == self._columns["mo_ta"] and not across:
            return False
        if is_total(text):
            self.skip(number, _("dòng cộng"))
        elif across and not self._covered("mo_ta", number):
            self._open(number, at, text)
        elif at == self._columns.get("stt"):
            self.skip(number, _("không phải nhiệm vụ"))
        else:
            return False
        return True

    def _sort(self, number: int, cells: Mapping[str, Cell], following: int | None) -> None:
        """Take a row as a total, a group, a task, or more of the task above."""
        stt, filled = _text(cells.get("stt")), set(cells) - {"stt"}
        description = _text(cells.get("mo_ta"))
        if is_total(stt) or (is_total(description) and not filled & {"co_quan_chu_tri", "thoi_han"}):
            self._total(number, cells)
        elif is_group_number(stt) and description and not filled - {"mo_ta", "kinh_phi", "nhom"}:
            self._open(number, self._columns["mo_ta"], description, self._amount(number, cells))
        elif found := NUMBER.fullmatch(stt):
            self._numbered(number, found[1], cells, following)
        elif stt and stt[0] not in BULLETS and not LETTER.fullmatch(stt) and not is_group_number(stt):
            self.skip(number, _("không phải nhiệm vụ"))
        elif filled:
            self._unnumbered(number, stt, cells)

    def _numbered(self, number: int, label: str, cells: Mapping[str, Cell], following: int | None) -> None:
        filled = set(cells) - {"stt"}
        description = _text(cells.get("mo_ta"))
        if not description and not self._covered("mo_ta", number):
            if filled:
                self._refuse_no_description(number)
            return
        is_title = not filled - {"mo_ta", "kinh_phi"} and not any(self._covered(key, number) for key in _OWN)
        if is_title and following is not None and self._number_of(following).startswith(f"{label}."):
            if any(group.title for group in self.table.groups) and "." not in label and self._roman:
                self._skip_subtitle(number, description)
            else:
                self._open(number, self._columns["mo_ta"], description, self._amount(number, cells), label)
            return
        above = self._task
        is_part = "." in label and above is not None and label.startswith(f"{above.number}.")
        if is_part and not filled - {"mo_ta", "san_pham"}:
            self._continue(number, cells)
        else:
            self._add(number, label, cells)

    def _unnumbered(self, number: int, stt: str, cells: Mapping[str, Cell]) -> None:
        """A row without a number of its own: more of the task above, a task, a title or a note."""
        description = _text(cells.get("mo_ta"))
        filled = set(cells) - {"stt"}
        follows = self._task is not None and number <= self._last + 1 and not self._ended
        has_numbers = "stt" in self._columns
        if self._task is not None and (self._covered("stt", number) or self._covered("mo_ta", number)):
            self._continue(number, cells)
        elif description and not filled - {"mo_ta"} and is_title(description):
            self._open(number, self._columns["mo_ta"], description)
        elif description and not stt and (not has_numbers or (filled & _OWN and (follows or not self._last))):
            if not has_numbers and description[0] in BULLETS and not filled & _OWN and follows:
                self._continue(number, cells)
            else:
                self._add(number, "", cells)
        elif description and filled & _OWN and follows:
            self._add(number, stt, cells)
        elif follows:
            self._continue(number, cells)
        else:
            self.skip(number, _("không có số thứ tự, không liền sau nhiệm vụ nào"))

    # ------------------------------------------------------------ groups and tasks

    def _open(self, number: int, at: int, title: str, stated: Decimal | None = None, label: str = "") -> None:
        found = LEADING.match(title)
        title = found["rest"] if found and not label else title
        place = self._grid.place(number, at)
        group = OfficeGroup(" ".join(title.split()), place, stated)
        self._roman = not label
        self.table.groups.append(group)
        self._task, self._ended = None, False

    def _add(self, number: int, label: str, cells: Mapping[str, Cell]) -> None:
        values: dict[str, Scalar] = {}
        for key, column in self._columns.items():
            cell = cells.get(key) or self._covered(key, number)
            if key in _NO_TEXTS or cell is None or isinstance(cell.value, Fault):
                continue
            values[key] = scalar(cell, self._grid.place(number, column) if key in cells else self._anchor(key))
        task = OfficeTask(number, self._grid.place(number, self._columns["mo_ta"]), label, values)
        if "stt" not in self._columns and "mo_ta" in values and (found := LEADING.match(values["mo_ta"].text)):
            values["mo_ta"].text = found["rest"] if found["number"] else values["mo_ta"].text
        self._budget(task, number, cells)
        self._group_for(number, cells).tasks.append(task)
        self._task, self._ended = task, False

    def _group_for(self, number: int, cells: Mapping[str, Cell]) -> OfficeGroup:
        """The group of a task's row: that in its column, else the last one opened."""
        groups = self.table.groups
        named = cells.get("nhom") or self._covered("nhom", number)
        if title := _text(named):
            title = " ".join(title.split())
            found = next((group for group in groups if fold(group.title) == fold(title)), None)
            if found is None:
                groups.append(found := OfficeGroup(title, self._grid.place(number, self._columns["nhom"])))
            return found
        if not groups:
            groups.append(OfficeGroup("", self._grid.place(number)))
        return groups[-1]

    def _continue(self, number: int, cells: Mapping[str, Cell]) -> None:
        """Add a row's texts to the task above, as further lines."""
        task = self._task
        assert task is not None
        for key in _TEXTS:
            cell = cells.get(key)
            if cell is None or isinstance(cell.value, Fault):
                continue
            read = scalar(cell, self._grid.place(number, self._columns[key]))
            if key == "mo_ta":
                read.text = point_mark(_text(cells.get("stt"))) + read.text
            if key in task.values:
                task.values[key].text += "\n" + read.text
            else:
                task.values[key] = read
        self._budget(task, number, cells)

    def _budget(self, task: OfficeTask, number: int, cells: Mapping[str, Cell]) -> None:
        """Read the money of a row: its own amount, or the words of a merged cell that covers several rows."""
        own = "kinh_phi" in cells
        cell = cells.get("kinh_phi") or self._covered("kinh_phi", number)
        if cell is None or isinstance(cell.value, Fault):
            return
        place = self._grid.place(number, self._columns["kinh_phi"]) if own else self._anchor("kinh_phi")
        money = self._money_of(cell, place) if own else self._quietly(cell)
        if money.words is not None and "kinh_phi_ghi" not in task.values:
            task.values["kinh_phi_ghi"] = Scalar(money.words, place)
            if own and any(char.isdigit() for char in money.words):
                message = _("“{text}” được giữ là lời, không cộng vào tổng").format(text=money.words)
                hint = _("là số tiền thì chỉ ghi số trong ô")
                self._problems.append(Problem("import.words", message, hint, place, Severity.WARNING))
        if money.amount is None:
            return
        if not own:
            self._warn_of_merged_amount(place)
            return
        if task.amount is not None:
            message = _("nhiệm vụ ở dòng {row} có hai số tiền").format(row=task.row)
            hint = _("ghi một số ở dòng đầu của nhiệm vụ, hoặc đánh số thứ tự cho từng nhiệm vụ")
            self._problems.append(Problem("import.second-amount", message, hint, place))
            return
        task.amount = money.amount
        task.values["kinh_phi"] = Scalar(format_plain(money.amount), place, exact=True)

    def _total(self, number: int, cells: Mapping[str, Cell]) -> None:
        """Compare a row of sums with the tasks above it: those of its group, or all."""
        self.skip(number, _("dòng cộng"))
        self._ended = True
        stated = self._amount(number, cells)
        groups = self.table.groups
        last = groups[-1].tasks if groups else []
        sums = [sum_of(last), sum_of(self.table.tasks)]
        if stated is not None and stated not in sums:
            self._compare(stated, self.table.tasks, self._grid.place(number, self._columns["kinh_phi"]))

    def _compare(self, stated: Decimal | None, tasks: list[OfficeTask], place: Place) -> None:
        computed = sum_of(tasks)
        if stated is None or stated == computed or all(task.amount is None for task in tasks):
            return
        message = _("tổng ghi {stated} khác tổng các nhiệm vụ {computed} {unit}").format(
            stated=format_plain(stated), computed=format_plain(computed), unit=self._money.wanted
        )
        hint = _("kiểm tra lại bảng; docgen dùng tổng tính ra")
        self._problems.append(Problem("import.total", message, hint, place, Severity.WARNING))

    # ------------------------------------------------------------ cells

    def _covered(self, key: str, number: int) -> Cell | None:
        """The merged cell above that covers this row of a column, or None."""
        found = self._merged.get(key)
        return found[1] if found is not None and found[0] < number <= found[0] + found[1].covers[0] else None

    def _anchor(self, key: str) -> Place:
        return self._grid.place(self._merged[key][0], self._columns[key])

    def _number_of(self, number: int) -> str:
        found = NUMBER.fullmatch(_text(self._grid.rows[number].get(self._columns.get("stt", -1))))
        return found[1] if found else ""

    def _amount(self, number: int, cells: Mapping[str, Cell]) -> Decimal | None:
        cell = cells.get("kinh_phi")
        if cell is None or isinstance(cell.value, Fault):
            return None
        return self._money_of(cell, self._grid.place(number, self._columns["kinh_phi"])).amount

    def _money_of(self, cell: Cell, place: Place) -> Money:
        try:
            return self._money.read(cell)
        except ValueError as error:
            hint = _("chỉ ghi số, ví dụ 20 hoặc 1.200.000; lời thay số tiền thì không bắt đầu bằng chữ số")
            self._problems.append(Problem("import.amount", _("kinh phí: {why}").format(why=error), hint, place))
            return Money()

    def _quietly(self, cell: Cell) -> Money:
        try:
            return self._money.read(cell)
        except ValueError:  # reported at the merged cell itself
            return Money()

    def _warn_of_merged_amount(self, place: Place) -> None:
        """Warn, once for each merged cell, that its money is the first task's."""
        message = _("kinh phí gộp cho nhiều nhiệm vụ: chỉ ghi ở nhiệm vụ đầu")
        hint = _("muốn chia kinh phí thì bỏ gộp ô, ghi số từng nhiệm vụ")
        warning = Problem("import.merged-amount", message, hint, place, Severity.WARNING)
        if warning not in self._problems:
            self._problems.append(warning)

    def _skip_subtitle(self, number: int, title: str) -> None:
        self.skip(number, _("tiêu đề con: kế hoạch chỉ có một cấp nhóm"))
        message = _("tiêu đề con “{title}” không được thêm: kế hoạch chỉ có một cấp nhóm").format(title=title)
        hint = _("cần giữ thì ghi vào nội dung của các nhiệm vụ bên dưới")
        place = self._grid.place(number, self._columns["mo_ta"])
        self._problems.append(Problem("import.subtitle", message, hint, place, Severity.WARNING))

    def _refuse_no_description(self, number: int) -> None:
        message = _("dòng có số thứ tự mà không có nội dung nhiệm vụ")
        hint = _("ghi nội dung nhiệm vụ, hoặc xóa dòng này")
        place = self._grid.place(number, self._columns["mo_ta"])
        self._problems.append(Problem("import.no-description", message, hint, place))
