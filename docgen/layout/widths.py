"""How wide a line of Times New Roman is, from the widths of its letters; good to a few per cent."""

import math
import unicodedata

from docgen.layout.facts import Facts, Look, Paragraph

# Widths of A–Z and a–z in thousandths of the font size; letters with marks are as wide as their base letter.
_REGULAR = (
    "722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611",
    "444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444",
)
_BOLD = (
    "722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 722 722 667",
    "500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500 722 500 500 444",
)
_OTHERS = {" ": 250, ",": 250, ".": 250, ";": 278, ":": 278, "/": 278, "-": 333, "(": 333, ")": 333, "…": 1000}


def _table(upper: str, lower: str) -> dict[str, int]:
    letters = zip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", f"{upper} {lower}".split(), strict=True)
    return _OTHERS | {letter: int(width) for letter, width in letters}


_WIDTHS = {False: _table(*_REGULAR), True: _table(*_BOLD)}


def text_width_mm(line: Paragraph) -> float:
    """The width of a paragraph's text on one line, in mm."""
    points = sum(_run_points(run.shown, run.look) for run in line.runs)
    return points * 25.4 / 72


def _run_points(text: str, look: Look) -> float:
    widths = _WIDTHS[look.bold]
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    letters = (letter for letter in bare if not unicodedata.combining(letter))
    return sum(widths.get(letter, 500) for letter in letters) * look.size / 1000


def height_pt(facts: Facts, item: Paragraph) -> float:
    """A rough height of a paragraph; cells of a row stand side by side, so that only the first column counts."""
    if item.boxed or (item.cells and item.cells[0].column > 1):
        return 0.0
    lines = max(1, math.ceil(text_width_mm(item) / max(1.0, facts.column_width_mm(item))))
    return lines * 1.15 * (item.size or 12.0) * item.shape.line + item.shape.before_pt + item.shape.after_pt
