"""The lines of one document's text, one by one, become its tree."""

from dataclasses import dataclass, field

from docgen.readers.excel.building import append
from docgen.readers.excel.depths import Depths
from docgen.readers.excel.plan_layout import plan_layout
from docgen.readers.excel.table import TableRow
from docgen.readers.tree import Mapping, Scalar


@dataclass
class Outline:
    """The text of one document while its lines are added."""

    owner: Mapping
    key: str
    depths: Depths = field(default_factory=Depths)
    open: list[Mapping] = field(default_factory=list)

    def add(self, node: Mapping, depth: int) -> None:
        """Put a line at a depth below the lines before it."""
        level = node.items.get("cap")
        self.depths.enter(depth, level_of(level.text) if isinstance(level, Scalar) else "")
        del self.open[depth - 1 :]
        above = self.open[-1] if self.open else self.owner
        append(above, (self.key if above is self.owner else "noi_dung",), node)
        self.open.append(node)


def level_in(row: TableRow) -> str:
    """The level that a row names, as its key; "" where it names none."""
    cell = row.cells.get("cap")
    return level_of(cell.value) if cell is not None and isinstance(cell.value, str) else ""


def level_of(text: str) -> str:
    """The key of a level by its key or label; "" for any other text."""
    choices = next(c for c in plan_layout().text_columns if c.key == "cap").declared.choices
    return next((word for word, label in choices.items() if text.strip() in (word, label)), "")
