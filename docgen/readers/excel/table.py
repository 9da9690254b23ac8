"""Finding of a form's sheets by title or by columns, and reading of their rows as cells by key."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from docgen.base.locale import translate as _
from docgen.base.sheets import FORM_HEADING_ROW
from docgen.errors import Place, Problem, Severity
from docgen.readers.excel.cells import Book, Cell, Fault, Grid, as_no_percentage, fault_problem
from docgen.wording.text import closest, fold

#: The rows from the top that are searched for headings, since people add lines above them.
_SEARCHED = 30
REQUIRED_MARK = "*"


@dataclass(frozen=True)
class Heading:
    """A column of a table: the key of its values and its heading.

    One that isn't ``read`` holds docgen's own sums or explanations; only in a ``percentage``, 45% is 45.
    """

    key: str
    label: str
    required: bool = False
    read: bool = True
    percentage: bool = False


@dataclass(frozen=True)
class TableRow:
    """A row that isn't empty: its number in the sheet, and its cells by key."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Table:
    """The rows of a sheet; ``columns`` are the columns (from 0) of the headings found, by key."""

    grid: Grid
    heading_row: int
    columns: Mapping[str, int]
    rows: tuple[TableRow, ...]

    def place(self, row: int, key: str) -> Place:
        """The place of a row's cell, empty or not; of its first cell where there is no such column."""
        return self.grid.place(row, self.columns.get(key))


def read_table(grid: Grid, headings: Sequence[Heading], problems: list[Problem]) -> Table | None:
    """Read the table of a sheet, without empty rows; None where none of its headings is found.

    Case, diacritics and the required mark of headings don't matter. What is wrong is added to ``problems``.
    """
    by_label = {label_key(heading.label): heading for heading in headings}
    row = _heading_row(grid, by_label)
    if row is None:
        wanted = ", ".join(f"“{heading.label}”" for heading in headings[:4])
        message = _("không thấy dòng tiêu đề cột ({labels} …)").format(labels=wanted)
        hint = _("giữ nguyên dòng tiêu đề của biểu mẫu; mất thì tạo lại biểu mẫu bằng `docgen form`, chép số liệu sang")
        problems.append(Problem("sheet.no-headings", message, hint, grid.place()))
        return None
    columns = _columns(grid, row, by_label, problems)
    read = {heading.key for heading in headings if heading.read}
    keys = {column: key for key, column in columns.items() if key in read}
    percentages = {heading.key for heading in headings if heading.percentage}
    rows = []
    for number, cells in grid.rows.items():
        if number > row:
            known = {keys[column]: cell for column, cell in cells.items() if column in keys and not _is_blank(cell)}
            known = {key: cell if key in percentages else as_no_percentage(cell) for key, cell in known.items()}
            if known:
                rows.append(TableRow(number, known))
                _check_cells(grid, number, {columns[key]: cell for key, cell in known.items()}, problems)
    warn_of_hidden_rows(grid, [one.number for one in rows], problems)
    return Table(grid, row, columns, tuple(rows))


@lru_cache(maxsize=8192)
def label_key(label: str) -> str:
    """A heading for comparing: letters and digits only, without case, diacritics and the required mark."""
    return "".join(char for char in fold(label.replace(REQUIRED_MARK, "")) if char.isalnum())


def _heading_row(grid: Grid, by_label: Mapping[str, Heading]) -> int | None:
    """The row with most headings among the first ones; of equals that of docgen's forms, else the first."""
    best, most = None, 0
    for number, cells in grid.rows.items():
        if number > _SEARCHED:
            break
        known = sum(_label(cell) in by_label for cell in cells.values())
        if known > most or (known == most and known and number == FORM_HEADING_ROW):
            best, most = number, known
    return best


def known_headings(grid: Grid, headings: Sequence[Heading]) -> int:
    """How many of the headings are in the row of the sheet that has most of them."""
    by_label = {label_key(heading.label): heading for heading in headings}
    row = _heading_row(grid, by_label)
    return len({_label(cell) for cell in grid.rows[row].values()} & by_label.keys()) if row is not None else 0


def _label(cell: Cell) -> str:
    return label_key(cell.value) if isinstance(cell.value, str) else ""


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell.value, str) and not isinstance(cell.value, Fault) and not cell.value.strip()


def _columns(grid: Grid, row: int, by_label: Mapping[str, Heading], problems: list[Problem]) -> dict[str, int]:
    """The column of each heading in the row; problems of missing, doubled and unknown ones are added."""
    columns: dict[str, int] = {}
    unknown: list[int] = []
    for column, cell in grid.rows[row].items():
        heading = by_label.get(_label(cell))
        if heading is None:
            if not _is_blank(cell):
                unknown.append(column)
        elif heading.key in columns:
            message = _("cột “{label}” có hai lần").format(label=heading.label)
            hint = _("giữ một cột, xóa hoặc đổi tên cột kia")
            first = grid.place(row, columns[heading.key])
            problems.append(Problem("sheet.doubled-column", message, hint, grid.place(row, column), related=(first,)))
        else:
            columns[heading.key] = column
    missing = [heading for heading in by_label.values() if heading.key not in columns and heading.read]
    strangers = []
    for column in unknown:
        meant = _meant(grid, row, column, missing)
        if meant is not None:
            missing.remove(meant)
            problems.append(_renamed(grid, row, column, meant))
        elif _holds_data(grid, row, column):
            strangers.append(column)
    if missing:
        strangers += _headless(grid, row)
    if strangers and missing:
        problems.append(_unread(grid, row, strangers, missing))
    else:
        problems += [_missing_column(grid, row, heading) for heading in missing]
        problems += [_other_column(grid, row, column) for column in strangers]
    return columns


def _meant(grid: Grid, row: int, column: int, missing: Sequence[Heading]) -> Heading | None:
    """The missing heading that a column's unknown one was likely meant to be, or None."""
    labels = {heading.label: heading for heading in missing}
    meant = closest(_shown(grid, row, column).replace(REQUIRED_MARK, "").strip(), list(labels))
    return labels[meant] if meant is not None else None


def _renamed(grid: Grid, row: int, column: int, meant: Heading) -> Problem:
    message = _("không có cột “{label}”").format(label=_shown(grid, row, column))
    hint = _("ý bạn là “{meant}”? Sửa lại tiêu đề cột").format(meant=meant.label)
    return Problem("sheet.renamed-column", message, hint, grid.place(row, column))


def _other_column(grid: Grid, row: int, column: int) -> Problem:
    message = _("cột “{label}” không có trong biểu mẫu, không được đọc").format(label=_shown(grid, row, column))
    hint = _("ghi chú riêng thì cứ để; số liệu thì chuyển sang cột của biểu mẫu")
    return Problem("sheet.other-column", message, hint, grid.place(row, column), Severity.WARNING)


def _unread(grid: Grid, row: int, strangers: Sequence[int], missing: Sequence[Heading]) -> Problem:
    """The problem of unknown columns with data while others are missing: most likely they are those."""
    names = [_shown(grid, row, column) for column in strangers]
    shown = [f"“{name}”" if name else str(grid.place(row, at).cell) for name, at in zip(names, strangers, strict=True)]
    wanted = ", ".join(f"“{heading.label}”" for heading in missing)
    message = _("cột {shown} không được đọc, và thiếu cột {wanted}").format(shown=", ".join(shown), wanted=wanted)
    hint = _("là cột đó thì sửa lại tiêu đề cho đúng; là ghi chú riêng thì để nguyên, thêm lại cột thiếu")
    places = [grid.place(row, column) for column in strangers]
    return Problem("sheet.unread-column", message, hint, places[0], related=tuple(places[1:]))


def _shown(grid: Grid, row: int, column: int) -> str:
    cell = grid.rows[row].get(column)
    return " ".join(str(cell.value).split()) if cell is not None else ""


def _holds_data(grid: Grid, row: int, column: int) -> bool:
    below = (cells[column] for number, cells in grid.rows.items() if number > row and column in cells)
    return any(not _is_blank(cell) for cell in below)


def _headless(grid: Grid, row: int) -> list[int]:
    """The columns with data but without any heading, between the others or right beside them."""
    headed = {column for column, cell in grid.rows[row].items() if not _is_blank(cell)}
    used = {column for number, cells in grid.rows.items() if number > row for column in cells}
    beside = range(max(min(headed) - 1, 0), max(headed) + 2)
    return [column for column in sorted(used - headed) if column in beside and _holds_data(grid, row, column)]


def _missing_column(grid: Grid, row: int, heading: Heading) -> Problem:
    message = _("thiếu cột “{label}”").format(label=heading.label)
    hint = _("thêm lại cột với đúng tiêu đề đó, ở bất cứ vị trí nào của dòng {row}").format(row=row)
    severity = Severity.ERROR if heading.required else Severity.WARNING
    return Problem("sheet.missing-column", message, hint, grid.place(row), severity)


def _check_cells(grid: Grid, row: int, cells: Mapping[int, Cell], problems: list[Problem]) -> None:
    """Report cells without a usable value, and merged cells."""
    for column, cell in cells.items():
        if not isinstance(cell.value, Fault) and cell.covers == (0, 0):
            continue
        place = grid.place(row, column)
        if isinstance(cell.value, Fault):
            problems.append(fault_problem(cell, place))
        if cell.covers != (0, 0):
            message = _("ô gộp: chỉ ô đầu có giá trị, các ô còn lại bị coi là trống")
            hint = _("bỏ gộp (Merge & Center), điền đủ từng ô")
            problems.append(Problem("sheet.merged", message, hint, place))


def warn_of_hidden_rows(grid: Grid, rows: Sequence[int], problems: list[Problem]) -> None:
    """Warn that those of the rows that are hidden were read all the same."""
    hidden = [row for row in rows if row in grid.hidden_rows]
    if hidden:
        shown = ", ".join(map(str, hidden[:5])) + (" …" if len(hidden) > 5 else "")
        message = _("có dòng đang ẩn mà vẫn được đọc: {rows}").format(rows=shown)
        hint = _("hiện dòng (Unhide) để xem; không cần thì xóa hẳn")
        problems.append(Problem("sheet.hidden-rows", message, hint, grid.place(hidden[0]), Severity.WARNING))


#: The least number, and share, of a sheet's headings by which a sheet of another title is taken for it.
_FEWEST, _SHARE = 2, 2 / 3


@dataclass
class SheetFinder:
    """Finds sheets of a book by title; ``lost`` are the titles of those that weren't found."""

    book: Book
    titles: Collection[str]
    problems: list[Problem]
    lost: set[str] = field(default_factory=set)

    def find(self, title: str, headings: Sequence[Heading], *, needed: bool) -> Grid | None:
        """The sheet with that title, whatever its case and diacritics, else the one with its headings, or None.

        A missing sheet is an error where it is ``needed``, else a warning.
        """
        wanted = label_key(title)
        found = next((grid for grid in self.book.grids if label_key(grid.name) == wanted), None)
        if found is not None:
            return found
        alike = self._alike(headings)
        meant = alike.name if alike is not None else closest(title, [grid.name for grid in self._strangers()])
        self.problems.append(self._renamed(title, meant) if meant is not None else self._missing(title, needed=needed))
        if alike is None:
            self.lost.add(title)
        return alike

    def _strangers(self) -> Iterator[Grid]:
        """The visible sheets with a title that isn't among ``titles``."""
        titles = {label_key(title) for title in self.titles}
        return (grid for grid in self.book.grids if label_key(grid.name) not in titles and not grid.hidden)

    def _alike(self, headings: Sequence[Heading]) -> Grid | None:
        """The unknown sheet with most of the headings, if it has enough of them."""
        headings = [heading for heading in headings if heading.read]
        counted = [(known_headings(grid, headings), grid) for grid in self._strangers()]
        most, best = max(counted, key=lambda one: one[0], default=(0, None))
        return best if most >= max(_FEWEST, _SHARE * len(headings)) else None

    def _renamed(self, title: str, meant: str) -> Problem:
        message = _("không có trang tính “{title}”").format(title=title)
        hint = _("đổi tên trang “{meant}” thành “{title}”").format(meant=meant, title=title)
        return Problem("sheet.renamed", message, hint, Place(self.book.file, sheet=meant))

    def _missing(self, title: str, *, needed: bool) -> Problem:
        message = _("thiếu trang tính “{title}”").format(title=title)
        hint = _("tạo lại biểu mẫu bằng `docgen form plan`, chép trang đó sang")
        if not needed:
            hint = _("coi như trang này để trống; cần thì chép lại từ một biểu mẫu mới (`docgen form plan`)")
        severity = Severity.ERROR if needed else Severity.WARNING
        return Problem("sheet.missing", message, hint, Place(self.book.file), severity)
