"""A row and the records that it may belong to in; out, the one that its first cell names, or what is wrong with it."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field

from docgen.base.locale import translate as _
from docgen.errors import Problem
from docgen.readers.excel.building import shown_names
from docgen.readers.excel.grid import scalar
from docgen.readers.excel.table import Table, TableRow, label_key
from docgen.readers.tree import Mapping
from docgen.wording.text import closest


@dataclass(frozen=True)
class Owners:
    """What the rows of a sheet may belong to: records by folded name. ``kind`` is a word for one, ``sheet`` holds them.

    ``lost`` are the folded beginnings of names that stand in sheets which aren't there, "" for any name: rows of those
    aren't spoken of, since the sheet is. ``shown`` are names as they were typed, where the records have no code.
    """

    known: AnyMapping[str, Mapping]
    kind: str
    sheet: str
    lost: tuple[str, ...] = ()
    shown: AnyMapping[str, str] = field(default_factory=dict)

    def of(self, table: Table, row: TableRow, key: str, problems: list[Problem]) -> Mapping | None:
        """The record that the row names; None where there is none, with what is wrong in ``problems``."""
        cell, place = row.cells.get(key), table.place(row.number, key)
        names = self._names()
        choices = _("chọn một trong: {names}").format(names=", ".join(names))
        if cell is None:
            if len(self.known) == 1:
                return next(iter(self.known.values()))
            if key in table.columns and "" not in self.lost:
                problems.append(Problem("sheet.no-owner", _("chưa ghi dòng này thuộc về đâu"), choices, place))
            return None
        text = scalar(cell, place).text
        found = self.known.get(label_key(text))
        if found is None and not label_key(text).startswith(self.lost):
            meant = closest(text, names)
            message = _("không có {kind} “{name}”").format(kind=self.kind, name=text.strip())
            hint = _("ý bạn là “{meant}”?").format(meant=meant) if meant else choices
            problems.append(Problem("data.unknown-reference", message, hint, place))
        return found

    def say_none(self, table: Table, key: str, problems: list[Problem]) -> bool:
        """Whether there is nothing that rows could belong to: said once, at the first of them."""
        if self.known:
            return False
        if table.rows and not self.lost:
            message = _("trang “{sheet}” chưa có dòng nào để các dòng ở đây thuộc về").format(sheet=self.sheet)
            hint = _("điền trang “{sheet}” trước, hoặc xóa các dòng ở trang này").format(sheet=self.sheet)
            problems.append(Problem("sheet.no-owner", message, hint, table.place(table.rows[0].number, key)))
        return True

    def _names(self) -> list[str]:
        return [self.shown.get(key, name) for key, name in zip(self.known, shown_names(self.known), strict=True)]
