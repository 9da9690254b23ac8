"""What the hidden sheet of a unit's progress form says: whose it is, of which plan and period."""

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem
from docgen.readers.excel.grid import Book, Spot, scalar
from docgen.readers.excel.progress_form import HIDDEN_HEADINGS, HIDDEN_SHEET
from docgen.readers.excel.table import read_table

#: Where the form's first sheet has the unit's own name.
_GUIDE, _UNIT_SPOT = "Hướng dẫn", Spot(2, 0)


def hidden_facts(book: Book) -> dict[str, str] | None:
    """The rows of the hidden sheet, by key; None where there is no such sheet, or nothing of that kind in it."""
    grid = book.by_name.get(HIDDEN_SHEET)
    table = read_table(grid, HIDDEN_HEADINGS, []) if grid is not None else None
    if table is None:
        return None
    key, value = (heading.key for heading in HIDDEN_HEADINGS)
    texts = [
        {name: scalar(cell, table.place(row.number, name)).text.strip() for name, cell in row.cells.items()}
        for row in table.rows
    ]
    return {one[key]: one.get(value, "") for one in texts if key in one}


def progress_form_problem(book: Book) -> Problem | None:
    """What to say of a progress form where a plan is wanted; None where the workbook isn't one."""
    if HIDDEN_SHEET not in book.by_name:
        return None
    facts = hidden_facts(book) or {}
    guide = book.by_name.get(_GUIDE)
    cell = guide.cells.get(_UNIT_SPOT) if guide is not None else None
    named = cell.value if cell is not None and isinstance(cell.value, str) else facts.get("don_vi", "")
    unit, period = " ".join(named.split()) or _("một đơn vị"), facts.get("ky") or _("KỲ")
    message = _("đây là biểu mẫu tiến độ của {unit}, kỳ {period}, không phải kế hoạch")
    hint = _("thu vào bằng `docgen collect KẾ_HOẠCH {file} --period {period}`")
    words = {"unit": unit, "period": period, "file": book.file}
    return Problem("sheet.progress-form", message.format(**words), hint.format(**words), Place(book.file))
