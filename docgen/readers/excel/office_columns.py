"""Matching an office's own table of tasks: its sheet, the role of each column, and the unit of its money.

Options of the command line win over headings; what neither decides is asked, or refused where nobody can answer.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from docgen.base.locale import translate as _
from docgen.errors import DataError, Place, Problem, Severity, UsageError
from docgen.model.plan.plan import MoneyUnit
from docgen.readers.excel.cells import Book, Grid
from docgen.readers.excel.office_cells import MoneyColumn, unit_named, unit_of_heading, unit_of_title
from docgen.readers.excel.office_header import (
    REQUIRED,
    Header,
    column_named,
    find_header,
    letters,
    nearest_heading,
    role_named,
    roles,
)
from docgen.wording.text import did_you_mean, suggestion

#: Answers that mean “no column”.
_NOTHING = ("-", "")


@dataclass(frozen=True)
class Question:
    """A question about a table, and the possible answers with their meanings."""

    message: str
    choices: Mapping[str, str]


Ask = Callable[[Question], str]


@dataclass(frozen=True)
class TableOptions:
    """Options of the command line: ``mapping`` are texts such as ``mo_ta=C,san_pham=Kết quả``.

    ``first_row`` is the first row below the headings.
    """

    sheet: str | None = None
    mapping: tuple[str, ...] = ()
    money_unit: str | None = None
    first_row: int | None = None


@dataclass(frozen=True)
class Matched:
    """The table found: its columns (from 0) by role, and the first row below its headings."""

    grid: Grid
    header: Header | None
    columns: Mapping[str, int]
    first_row: int
    money: MoneyColumn

    @property
    def unread(self) -> tuple[int, ...]:
        """The columns with a heading that nothing is read from."""
        labels = self.header.labels if self.header is not None else ()
        return tuple(column for column in labels if column not in self.columns.values())

    def heading(self, column: int) -> str:
        """A column's heading; empty where there are none."""
        return self.header.heading(column) if self.header is not None else ""


def match_columns(
    book: Book, plan_unit: MoneyUnit, options: TableOptions, ask: Ask | None, problems: list[Problem]
) -> Matched:
    """Find the table of a workbook and the roles of its columns. Raises DataError or UsageError."""
    grid, header = _sheet(book, options)
    if header is None and not (options.first_row and options.mapping):
        raise DataError(_no_header(grid))
    columns = _columns(grid, header, options, ask)
    first = options.first_row or (header.last + 1 if header is not None else 1)
    money = _money(grid, header, columns, plan_unit, options, problems)
    return Matched(grid, header, columns, first, money)


def _sheet(book: Book, options: TableOptions) -> tuple[Grid, Header | None]:
    """The sheet named in the options, else that with the best headings, visible ones first."""
    if options.sheet is not None:
        grid = book.by_name.get(options.sheet)
        if grid is None:
            names = ", ".join(f"“{name}”" for name in book.by_name)
            hint = suggestion(options.sheet, book.by_name, _("tệp có: {names}").format(names=names))
            message = _("không có trang tính “{name}”").format(name=options.sheet)
            raise UsageError(Problem("import.sheet", message, hint, Place(book.file)))
        return grid, find_header(grid)
    found = [(grid, find_header(grid)) for grid in book.grids]
    headed = [(grid, header) for grid, header in found if header is not None]
    if headed:
        return max(headed, key=lambda one: (REQUIRED in one[1].found, not one[0].hidden, one[1].worth[:3]))
    if not found:
        message, hint = _("tệp không có trang tính nào có số liệu"), _("chọn tệp có bảng nhiệm vụ")
        raise DataError(Problem("import.no-header", message, hint, Place(book.file)))
    return max(found, key=lambda one: (not one[0].hidden, len(one[0].cells)))


def _no_header(grid: Grid) -> Problem:
    message = _("không thấy dòng tiêu đề của bảng nhiệm vụ trong 40 dòng đầu")
    hint = _(
        "bảng cần các cột như “Nội dung, nhiệm vụ”, “Cơ quan chủ trì”, “Thời gian”; "
        'tiêu đề khác thì thêm --map "mo_ta=C,san_pham=D" và --from-row DÒNG (dòng đầu dưới tiêu đề)'
    )
    return Problem("import.no-header", message, hint, grid.place())


# ---------------------------------------------------------------- columns


def _columns(grid: Grid, header: Header | None, options: TableOptions, ask: Ask | None) -> dict[str, int]:
    chosen = _chosen(header, options.mapping)
    columns = {key: column for key, column in chosen.items() if column is not None}
    found = header.found if header is not None else {}
    open_: list[Problem] = []
    for key, likely in found.items():
        free = [column for column in likely if column not in columns.values()]
        if key in chosen or not free:
            continue
        if len(free) == 1:
            columns[key] = free[0]
        elif ask is not None:
            _take_answer(columns, key, _answered(header, key, free, ask))
        else:
            open_.append(_ambiguous(grid, header, key, free))
    if REQUIRED not in columns and REQUIRED not in {one.place.path[0] for one in open_ if one.place.path}:
        free = [column for column in (header.labels if header else ()) if column not in columns.values()]
        if ask is not None and free:
            _take_answer(columns, REQUIRED, _answered(header, REQUIRED, free, ask))
        if REQUIRED not in columns:
            open_.append(_missing(grid, header))
    if open_:
        raise UsageError(open_)
    return columns


def _take_answer(columns: dict[str, int], key: str, answer: int | None) -> None:
    if answer is not None:
        columns[key] = answer


def _answered(header: Header | None, key: str, free: list[int], ask: Ask) -> int | None:
    choices = {letters(column): header.heading(column) if header is not None else "" for column in free}
    if key != REQUIRED:
        choices["-"] = _("không cột nào")
    answer = ask(Question(_("Cột nào là “{label}”?").format(label=roles()[key].label), choices))
    return column_named(None, answer) if answer not in _NOTHING else None


def _ambiguous(grid: Grid, header: Header | None, key: str, free: list[int]) -> Problem:
    heads = ", ".join(f"{letters(one)} (“{header.heading(one) if header else ''}”)" for one in free)
    message = _("nhiều cột có thể là “{label}”: {heads}").format(label=roles()[key].label, heads=heads)
    hint = _('chọn một cột: --map "{key}={letter}"; không đọc cột nào: --map "{key}=-"')
    place = grid.place(header.last if header else None, free[0])._replace(path=(key,))
    return Problem("import.ambiguous", message, hint.format(key=key, letter=letters(free[0])), place)


def _missing(grid: Grid, header: Header | None) -> Problem:
    message = _("không thấy cột “{label}”").format(label=roles()[REQUIRED].label)
    heads = [f"{letters(one)} (“{header.heading(one)}”)" for one in header.labels] if header is not None else []
    hint = _('chỉ ra cột đó, ví dụ --map "mo_ta=C,san_pham=D"; bảng có: {heads}').format(heads=", ".join(heads))
    return Problem("import.no-column", message, hint, grid.place(header.last if header else None))


def _chosen(header: Header | None, mapping: tuple[str, ...]) -> dict[str, int | None]:
    """The columns given by --map, by role; None for a role without a column. Raises UsageError."""
    chosen: dict[str, int | None] = {}
    problems = []
    # A heading may hold commas: only one before a further "field=" separates pairs.
    for pair in (pair for text in mapping for pair in re.split(r",(?=[^,=]*=)", text) if pair.strip()):
        name, equals, column_text = (part.strip() for part in pair.partition("="))
        key = role_named(name)
        if not equals or key is None:
            problems.append(_unknown_field(name))
            continue
        column = None if column_text in _NOTHING else column_named(header, column_text)
        if column is None and column_text not in _NOTHING:
            problems.append(_unknown_column(header, column_text))
        elif column is not None and column in chosen.values():
            message = _("--map dùng cột {letter} hai lần").format(letter=letters(column))
            problems.append(Problem("import.map", message, _("mỗi cột chỉ cho một trường")))
        else:
            chosen[key] = column
    if problems:
        raise UsageError(problems)
    return chosen


def _unknown_field(name: str) -> Problem:
    hint = suggestion(name, roles(), _("các trường: {keys}").format(keys=", ".join(roles())))
    return Problem("import.map", _("--map không có trường “{name}”").format(name=name), hint)


def _unknown_column(header: Header | None, text: str) -> Problem:
    hint = did_you_mean(nearest_heading(header, text), _("ghi chữ cái của cột (C) hoặc đúng tiêu đề cột"))
    return Problem("import.map", _("--map: không có cột “{text}”").format(text=text), hint)


# ---------------------------------------------------------------- money


def _money(
    grid: Grid,
    header: Header | None,
    columns: Mapping[str, int],
    plan_unit: MoneyUnit,
    options: TableOptions,
    problems: list[Problem],
) -> MoneyColumn:
    """The column of money with its unit; a stated unit other than the plan's needs the option --don-vi-tinh."""
    if options.money_unit is not None:
        unit = unit_named(options.money_unit)
        if unit is None:
            message = _("--don-vi-tinh “{unit}” không dùng được").format(unit=options.money_unit)
            raise UsageError(
                Problem("import.money-unit", message, _("một trong: đồng, nghìn đồng, triệu đồng, tỷ đồng"))
            )
        return MoneyColumn(unit, plan_unit)
    column = columns.get("kinh_phi")
    if column is None:
        return MoneyColumn(plan_unit, plan_unit)
    stated, place = _stated_unit(grid, header, column)
    if stated is None:
        message = _("bảng không ghi đơn vị tính của kinh phí: các số được hiểu là {unit}").format(unit=plan_unit)
        hint = _('bảng tính bằng đơn vị khác thì thêm --don-vi-tinh, ví dụ --don-vi-tinh "nghìn đồng"')
        problems.append(Problem("import.money-unit", message, hint, place, Severity.WARNING))
    elif stated != plan_unit:
        message = _("kinh phí của bảng tính bằng {stated}, kế hoạch tính bằng {unit}").format(
            stated=stated, unit=plan_unit
        )
        hint = _('thêm --don-vi-tinh "{stated}" để docgen quy đổi, hoặc sửa don_vi_tinh của kế hoạch')
        problems.append(Problem("import.money-unit", message, hint.format(stated=stated), place))
        return MoneyColumn(stated, plan_unit)
    return MoneyColumn(plan_unit, plan_unit)


def _stated_unit(grid: Grid, header: Header | None, column: int) -> tuple[MoneyUnit | None, Place]:
    """The unit in the column's heading, else in a line above the headings, and its place."""
    if header is None:
        return None, grid.place(None, None)
    for label in header.labels.get(column, ()):
        if unit := unit_of_heading(label):
            return unit, grid.place(header.first, column)
    for number, cells in grid.rows.items():
        if number >= header.first:
            break
        for at, cell in cells.items():
            if isinstance(cell.value, str) and (unit := unit_of_title(cell.value)):
                return unit, grid.place(number, at)
    return None, grid.place(header.last, column)
