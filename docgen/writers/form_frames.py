"""Which rows of a form have a frame from the start, and the rule that gives one to the others.

Excel prints whatever is framed, and a fixed area to print would cut off what is typed below it: so the spare rows get
their frame only when something is typed into them, and a sheet prints as far as it is filled in, and a little further.
"""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from docgen.base.sheets import FORM_FIRST_ROW, Entry, FormSheet, Formula, address
from docgen.writers.form_rules import LAST_ROW
from docgen.writers.spreadsheet import Formats

#: Empty rows that go to paper, for whoever fills in by hand first.
_PRINTED_SPARE = 5
FRAME_COLOUR = "#7F7F7F"


def framed_lines(sheet: FormSheet, cells: Sequence[Sequence[Entry]]) -> int:
    """How many lines have their frame from the start: up to the last that holds something, and a few to go on with."""
    if not sheet.spare:
        return len(cells)
    filled = [number for number, entries in enumerate(cells, 1) if not all(map(_shows_nothing, entries))]
    return (filled[-1] if filled else 0) + _PRINTED_SPARE


def _shows_nothing(entry: Entry) -> bool:
    return (entry.value.value if isinstance(entry.value, Formula) else entry.value) in (None, "")


def write_frame_rule(page: Worksheet, sheet: FormSheet, framed: int, formats: Formats) -> None:
    """Frame each row below the framed ones with the first thing typed into it, as deep as a sheet goes."""
    first = FORM_FIRST_ROW + framed
    open_columns = [index for index, column in enumerate(sheet.columns) if not column.locked]
    if not sheet.spare or not open_columns:
        return
    typed = "+".join(f"LEN(${address(index, first)})" for index in open_columns)
    look = formats.of({"border": 1, "border_color": FRAME_COLOUR})
    rule = {"type": "formula", "criteria": f"={typed}>0", "format": look}
    page.conditional_format(first - 1, 0, LAST_ROW - 1, len(sheet.columns) - 1, rule)
