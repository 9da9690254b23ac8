"""Rules of a form's cells: drop-downs, hints, and frames of rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from docgen.base.sheets import FORM_FIRST_ROW, Choice, Entry, FormSheet, Formula, address, span
from docgen.writers.workbook import Formats

#: Excel's last row, to which rules reach below a form's empty rows.
LAST_ROW = 1_048_576
LIST_SHEET = "_danh_muc"
_LONGEST_LIST = 255
#: Characters that a word of a list within a rule can't have.
_MARKS = (",", '"', "\n")
_DATE = "date"


@dataclass
class WordLists:
    """Lists of words too long for a rule, as columns of a hidden sheet."""

    columns: dict[tuple[str, ...], str] = field(default_factory=dict)

    def source(self, choice: Choice) -> list[str] | str:
        """The words for a rule, or the range with them."""
        if isinstance(choice.source, str):
            return f"={filled_part(choice.source)}"
        words = choice.source
        short = len(",".join(words).encode("utf-16-le")) // 2 <= _LONGEST_LIST
        if short and not any(mark in word or word != word.strip() for word in words for mark in _MARKS):
            return list(words)
        place = span(len(self.columns), 1, len(words), LIST_SHEET)
        return f"={self.columns.setdefault(words, place)}"

    def write(self, workbook: Workbook) -> None:
        """Add the sheet of lists, if there are any."""
        if not self.columns:
            return
        page = workbook.add_worksheet(LIST_SHEET)
        for column, words in enumerate(self.columns):
            for row, word in enumerate(words):
                page.write_string(row, column, word)
        page.very_hidden()


def filled_part(range_name: str) -> str:
    """A formula for a range of one column up to its last cell that isn't empty.

    Excel would open the list of an empty cell at the range's first empty cell, below all words.
    """
    first = range_name.rpartition(":")[0]
    filled = f'SUMPRODUCT(MAX(({range_name}<>"")*ROW({range_name})))'
    formula = f"OFFSET({first},0,0,MAX(1,{filled}-ROW({first})+1),1)"
    return formula if first and len(formula) <= _LONGEST_LIST else range_name


def runs_of(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending rows as runs (first, last) without gaps."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def write_rules(
    page: Worksheet, column: int, entries: Mapping[int, Entry], below: tuple[int, Entry] | None, lists: WordLists
) -> None:
    """Write the rules of a column's cells by row (from 1); ``below`` is the first empty row with its cell."""
    rows: dict[Choice | str, list[int]] = {}
    for row, entry in entries.items():
        rule = _rule_of(entry)
        if rule is not None:
            rows.setdefault(rule, []).append(row)
    found = {rule: runs_of(numbers) for rule, numbers in rows.items()}
    if below is not None:
        rule = _rule_of(below[1])
        if rule is not None:
            runs = found.setdefault(rule, [])
            first = runs.pop()[0] if runs and runs[-1][1] == below[0] - 1 else below[0]
            runs.append((first, LAST_ROW))
    for one, runs in found.items():
        _write_rule(page, column, one, runs, lists)


def _rule_of(entry: Entry) -> Choice | str | None:
    if entry.choice is not None:
        return entry.choice if entry.choice.source else None
    return _DATE if entry.style == "date" and not entry.locked else None


def _write_rule(
    page: Worksheet, column: int, rule: Choice | str, runs: Sequence[tuple[int, int]], lists: WordLists
) -> None:
    options: dict[str, object]
    if isinstance(rule, Choice):
        options = {
            "validate": "list",
            "source": lists.source(rule),
            "show_error": rule.strict,
            "error_title": "Không có trong danh sách",
            "error_message": "Bấm “Hủy” (Cancel), rồi chọn một mục trong danh sách thả xuống; chưa có gì thì để trống.",
        }
    else:
        options = {
            "validate": "any",
            "input_title": "Ngày",
            "input_message": "Gõ ngày/tháng/năm, như 05/02/2026.",
        }
    options["other_cells"] = [(first - 1, column, last - 1, column) for first, last in runs[1:]]
    first, last = runs[0]
    if page.data_validation(first - 1, column, last - 1, column, options) != 0:
        raise ValueError(f"a rule of column {column} of “{page.get_name()}” can't be written: {options}")


#: Framed empty rows, for filling in by hand on paper.
_PRINTED_SPARE = 5
FRAME_COLOUR = "#7F7F7F"


def framed_lines(sheet: FormSheet, cells: Sequence[Sequence[Entry]]) -> int:
    """How many lines are framed from the start: up to the last that isn't empty, and some more."""
    if not sheet.spare:
        return len(cells)
    filled = [number for number, entries in enumerate(cells, 1) if not all(map(_shows_nothing, entries))]
    return (filled[-1] if filled else 0) + _PRINTED_SPARE


def _shows_nothing(entry: Entry) -> bool:
    return (entry.value.value if isinstance(entry.value, Formula) else entry.value) in (None, "")


def write_frame_rule(page: Worksheet, sheet: FormSheet, framed: int, formats: Formats) -> None:
    """Frame further rows, to the end of the sheet, as soon as something is typed into them."""
    first = FORM_FIRST_ROW + framed
    open_columns = [index for index, column in enumerate(sheet.columns) if not column.locked]
    if not sheet.spare or not open_columns:
        return
    typed = "+".join(f"LEN(${address(index, first)})" for index in open_columns)
    look = formats.of({"border": 1, "border_color": FRAME_COLOUR})
    rule = {"type": "formula", "criteria": f"={typed}>0", "format": look}
    page.conditional_format(first - 1, 0, LAST_ROW - 1, len(sheet.columns) - 1, rule)
