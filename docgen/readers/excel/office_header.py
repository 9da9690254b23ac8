"""Finding the headings of an office's own table of tasks, and the role that each column most likely has.

Headings may be in any order, with or without diacritics, over one to three rows, below titles. A column's labels are
read from top to bottom; a merged label belongs to each column that it covers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from docgen.base.declare import declarations
from docgen.model.plan.task import Task
from docgen.readers.excel.cells import Cell, Grid
from docgen.wording.text import closest, fold

#: The rows from the top that are searched for headings, and the most rows that headings take.
SEARCHED, TALLEST = 40, 3
#: The length from which a text isn't a heading.
_LONGEST = 60
#: The last column that is searched for headings.
_WIDEST = 200
EXACT, LIKELY, GUESSED = 3, 2, 1


@dataclass(frozen=True)
class Role:
    """What a column may hold: certain for a heading in ``names``, likely for one that contains one of ``parts``."""

    key: str
    label: str
    names: frozenset[str]
    parts: tuple[str, ...] = ()


#: Headings that offices use, without diacritics, by role: whole headings, then parts of longer ones.
_KNOWN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "stt": (("stt", "tt", "so tt", "so thu tu", "s t t"), ()),
    "nhom": (("nhom", "nhom nhiem vu", "linh vuc", "ten nhom"), ()),
    "ma": (("ma", "ma nhiem vu", "ma so"), ()),
    "mo_ta": (
        ("noi dung", "nhiem vu", "noi dung cong viec", "ten nhiem vu", "hoat dong", "noi dung nhiem vu", "cong viec",
         "nhiem vu cu the", "noi dung thuc hien", "noi dung hoat dong", "ten cong viec", "nhiem vu giai phap"),
        ("noi dung", "nhiem vu", "cong viec", "hoat dong"),
    ),
    "san_pham": (
        ("san pham", "ket qua", "san pham dau ra", "ket qua san pham", "san pham ket qua", "ket qua dau ra",
         "du kien san pham", "san pham du kien", "ket qua can dat", "san pham hoan thanh"),
        ("san pham", "ket qua", "dau ra"),
    ),
    "co_quan_chu_tri": (
        ("co quan chu tri", "don vi chu tri", "don vi thuc hien", "co quan thuc hien", "chu tri", "don vi",
         "don vi chiu trach nhiem", "co quan don vi chu tri", "co quan don vi thuc hien", "co quan don vi",
         "chu tri thuc hien", "don vi chu tri thuc hien", "co quan chu tri thuc hien"),
        ("chu tri", "don vi thuc hien", "co quan thuc hien", "chiu trach nhiem"),
    ),
    "co_quan_phoi_hop": (
        ("co quan phoi hop", "don vi phoi hop", "phoi hop", "co quan don vi phoi hop", "phoi hop thuc hien"),
        ("phoi hop",),
    ),
    "kinh_phi": (
        ("kinh phi", "du toan", "kinh phi du kien", "du kien kinh phi", "kinh phi thuc hien", "du toan kinh phi",
         "kinh phi tong so", "kinh phi tong", "kinh phi tong cong", "tong kinh phi", "so tien", "thanh tien"),
        ("kinh phi", "du toan"),
    ),
    "thoi_han": (
        ("thoi gian", "thoi han", "thoi gian hoan thanh", "tien do", "thoi gian thuc hien", "thoi han hoan thanh",
         "ket thuc", "hoan thanh", "thoi gian ket thuc", "han hoan thanh", "tien do thuc hien", "ngay hoan thanh"),
        ("thoi gian", "thoi han", "hoan thanh"),
    ),
    "bat_dau": (("bat dau", "thoi gian bat dau", "ngay bat dau"), ("bat dau",)),
    "ghi_chu": (("ghi chu",), ("ghi chu",)),
}  # fmt: skip
#: Roles that aren't fields of a task.
_HELPERS = {"stt": "Số thứ tự", "nhom": "Nhóm", "bat_dau": "Bắt đầu", "ghi_chu": "Ghi chú"}
#: Roles whose columns are recognized but not read.
LEFT_ALONE = frozenset(("bat_dau", "ghi_chu"))
#: The role that a table must have.
REQUIRED = "mo_ta"


@cache
def roles() -> Mapping[str, Role]:
    """All roles by key: the fields of a task, and others that tables have."""
    declared = declarations(Task)
    labels = {key: one.label for key, one in declared.items() if one.record is None and not one.internal}
    found = {}
    for key, label in {**_HELPERS, **labels}.items():
        names, parts = _KNOWN.get(key, ((), ()))
        found[key] = Role(key, label, frozenset((*names, plain(label))), parts)
    return found


def plain(text: str) -> str:
    """A heading for comparing: letters and digits without diacritics, without anything in brackets."""
    kept, depth = [], 0
    for char in fold(text):
        depth += (char == "(") - (char == ")" and depth > 0)
        kept.append(char if char.isalnum() and not depth else " ")
    return " ".join("".join(kept).split())


def letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    above, index = divmod(column, 26)
    return (letters(above - 1) if above else "") + chr(ord("A") + index)


@dataclass(frozen=True)
class Header:
    """The rows ``first`` to ``last`` as headings: labels by column; ``spanned`` columns have a merged label."""

    grid: Grid
    first: int
    last: int
    labels: Mapping[int, tuple[str, ...]]
    spanned: frozenset[int] = frozenset()

    @cached_property
    def found(self) -> Mapping[str, tuple[int, ...]]:
        """The likeliest columns of each role; several where they are equally likely."""
        found: dict[str, list[int]] = {}
        for column, (key, strength) in self._likely.items():
            if key and strength == self._strongest[key]:
                found.setdefault(key, []).append(column)
        return {key: tuple(columns) for key, columns in found.items()}

    @cached_property
    def _likely(self) -> Mapping[int, tuple[str, int]]:
        """The likeliest role of each column, and how likely."""
        return {column: self._role_of(column) for column in self.labels}

    @cached_property
    def _strongest(self) -> Mapping[str, int]:
        strongest: dict[str, int] = {}
        for key, strength in self._likely.values():
            strongest[key] = max(strength, strongest.get(key, 0))
        return strongest

    @property
    def worth(self) -> tuple[int, int, int, int]:
        """Sort key for candidates: roles found, found in one column, found for certain; then fewer rows."""
        alone = sum(len(columns) == 1 for columns in self.found.values())
        surely = sum(self._strongest[key] == EXACT for key in self.found)
        return len(self.found), alone, surely, self.first - self.last

    def heading(self, column: int) -> str:
        """A column's heading as a person reads it."""
        return " / ".join(" ".join(label.split()) for label in self.labels.get(column, ()))

    def _role_of(self, column: int) -> tuple[str, int]:
        """The likeliest role of a column, and how likely; of equally likely ones that with the longest part.

        Below a label that isn't merged over several columns only whole names count: the text may be the first task's.
        """
        labels = self.labels[column]
        lowest, joined, top = plain(labels[-1]), plain(" ".join(labels)), plain(labels[0])
        sure: tuple[str, ...] = (lowest, joined)
        if len(labels) > 1 and column not in self.spanned and not any(_sure_name(text) for text in sure):
            sure, lowest, joined = (top,), top, top
        best = ("", 0, 0)
        for key, role in roles().items():
            strength, length = _likeness(role, sure, lowest, joined)
            if (strength, length) > best[1:]:
                best = (key, strength, length)
        return best[0], best[1]


def _sure_name(text: str) -> bool:
    """Whether a plain heading is a whole name of some role."""
    return any(text in role.names for role in roles().values())


def _likeness(role: Role, sure: Sequence[str], lowest: str, joined: str) -> tuple[int, int]:
    """How certainly headings name a role, and the length of what matched."""
    if any(text in role.names for text in sure):
        return EXACT, len(joined)
    for text, strength in ((lowest, LIKELY), (joined, GUESSED)):
        lengths = [len(part) for part in role.parts if f" {part} " in f" {text} " and len(text) <= _LONGEST]
        if lengths:
            return strength, max(lengths)
    return 0, 0


def find_header(grid: Grid) -> Header | None:
    """The best headings of a sheet; None where fewer than two roles are found."""
    best: Header | None = None
    for header in _candidates(grid):
        if len(header.found) >= 2 and (best is None or header.worth > best.worth):
            best = header
    return best


def _candidates(grid: Grid) -> Iterator[Header]:
    """All runs of one to three rows near the top that may be headings, topmost first."""
    numbers = [number for number in grid.rows if number <= SEARCHED]
    for first in numbers:
        tall = [number for number in numbers if first <= number < first + TALLEST]
        for last in tall:
            if last > first and not _may_be_headings(grid.rows[last]):
                break
            yield header_at(grid, first, last)


def _may_be_headings(cells: Mapping[int, Cell]) -> bool:
    return all(isinstance(cell.value, str) for cell in cells.values())


def header_at(grid: Grid, first: int, last: int) -> Header:
    """The rows as headings, extended to the last row of merged cells that start in them."""
    labels: dict[int, list[str]] = {}
    spanned: set[int] = set()
    end = last
    for number in range(first, last + 1):
        for column, cell in grid.rows.get(number, {}).items():
            text = cell.value.strip() if isinstance(cell.value, str) else ""
            if not text or column > _WIDEST:
                continue
            down, right = cell.covers
            end = max(end, min(number + down, first + 2 * TALLEST))
            for covered in range(column, min(column + right, _WIDEST) + 1):
                labels.setdefault(covered, []).append(text)
                if right and number < last:
                    spanned.add(covered)
    return Header(grid, first, end, {column: tuple(labels[column]) for column in sorted(labels)}, frozenset(spanned))


def column_named(header: Header | None, text: str) -> int | None:
    """The column, from 0, with these letters (``C``) or this heading; None where there is none."""
    wanted = text.strip()
    if wanted.isascii() and wanted.isalpha() and len(wanted) <= 3 and wanted.upper() == wanted:
        number = 0
        for letter in wanted:
            number = number * 26 + ord(letter) - ord("A") + 1
        return number - 1
    if header is None:
        return None
    for exact in (True, False):
        for column, labels in header.labels.items():
            texts = (" ".join(labels), labels[-1])
            if any((fold(wanted) == fold(text)) if exact else (plain(wanted) == plain(text)) for text in texts):
                return column
    return None


def nearest_heading(header: Header | None, text: str) -> str | None:
    """The heading closest to a text, or None."""
    return closest(text, [header.heading(column) for column in header.labels]) if header is not None else None


def role_named(text: str) -> str | None:
    """The key of the role with this key or label, or None."""
    wanted = text.strip()
    known = roles()
    if wanted in known:
        return wanted
    return next((key for key, role in known.items() if plain(role.label) == plain(wanted)), None)
