"""Which sheet of a workbook is one of the form's, whatever it is called now; what to say where it isn't there."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem, Severity
from docgen.readers.excel.grid import Book, Grid
from docgen.readers.excel.table import Heading, known_headings, label_key
from docgen.wording.text import closest

#: How many of a sheet's headings make another one of any name the same sheet.
_FEWEST, _SHARE = 2, 2 / 3


@dataclass
class SheetFinder:
    """The sheets of a book while they are looked for, each by its title; ``lost`` are the titles of those not there."""

    book: Book
    titles: Collection[str]
    problems: list[Problem]
    lost: set[str] = field(default_factory=set)

    def find(self, title: str, headings: Sequence[Heading], *, needed: bool) -> Grid | None:
        """The sheet of that title, however its case and diacritics; of another title by its headings, which is said.

        Where a ``needed`` one isn't there, that is an error; others are then taken for empty.
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
        """The sheets that a person sees and no title is that of."""
        titles = {label_key(title) for title in self.titles}
        return (grid for grid in self.book.grids if label_key(grid.name) not in titles and not grid.hidden)

    def _alike(self, headings: Sequence[Heading]) -> Grid | None:
        """The stranger with most of the headings."""
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
