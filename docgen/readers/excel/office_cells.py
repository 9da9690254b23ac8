"""Cells of an office's own table of tasks (money, numbers, titles), and the groups and tasks read from its rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from docgen.base.locale import translate as _
from docgen.errors import Place
from docgen.model.plan.plan import MoneyUnit
from docgen.model.plan.sums import in_money_unit
from docgen.readers.excel.cells import Cell
from docgen.readers.tree import Scalar
from docgen.wording.labels import from_roman
from docgen.wording.numbers import parse_amount
from docgen.wording.parse_words import parse_words
from docgen.wording.text import fold
from docgen.wording.words import in_dong

#: Patterns of money units without diacritics, longer words first.
_WRITTEN: dict[MoneyUnit, str] = {
    "tỷ đồng": r"ty\s*(?:dong|d)?",
    "triệu đồng": r"(?:trieu|tr)\.?\s*(?:dong|d)?",
    "nghìn đồng": r"(?:nghin|ngan|1[.,]?000)\s*(?:dong|d)?",
    "đồng": r"(?:dong|vnd|d)",
}
_NUMBER_AND_UNIT = re.compile(r"(?P<number>[-–−]?[\d.,\s]*\d)\s*(?P<unit>[a-z].*)")
_IN_THREES = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}|,\d{3})")
_NO_AMOUNT = frozenset(("-", "–", "−", "—", "x", "/"))
_LIKE_DIGITS = re.compile(r"[-–−]?[0-9OolIiZzSB|.,\s]*[0-9][0-9OolIiZzSB|.,\s]*")


@dataclass(frozen=True)
class Money:
    """An amount in the plan's unit, or the words that replace one."""

    amount: Decimal | None = None
    words: str | None = None


@dataclass(frozen=True)
class MoneyColumn:
    """A column of money: plain numbers are in ``stated``, amounts read are in ``wanted``."""

    stated: MoneyUnit
    wanted: MoneyUnit

    def read(self, cell: Cell) -> Money:
        """The money of a cell that has a value. Raises ValueError where it looks like a number but can't be read."""
        if isinstance(cell.value, Decimal):
            return Money(self._in_plan(cell.value, self.stated))
        text = " ".join(str(cell.value).split())
        folded = fold(text)
        if not folded or folded in _NO_AMOUNT:
            return Money()
        if (found := _NUMBER_AND_UNIT.fullmatch(folded)) and (unit := unit_named(found["unit"])):
            return Money(self._in_plan(_number(found["number"], unit), unit))
        if _LIKE_DIGITS.fullmatch(text):
            return Money(self._in_plan(_number(text, self.stated), self.stated))
        if text[0].isdigit():
            raise ValueError(_("“{text}” không đọc được thành số tiền").format(text=text[:60]))
        return self._in_words(text)

    def _in_words(self, text: str) -> Money:
        """The amount that words read out; any other words are kept, to be printed in its place."""
        if fold(text).rstrip(" ./").endswith(("dong", "dong chan")):
            try:
                return Money(self._in_plan(parse_words(text), "đồng"))
            except ValueError:
                pass
        return Money(words=text)

    def _in_plan(self, amount: Decimal, unit: MoneyUnit) -> Decimal:
        return amount if unit == self.wanted else in_money_unit(in_dong(amount, unit), self.wanted)


def _number(text: str, unit: MoneyUnit) -> Decimal:
    """Parse a number; “500.000” of đồng, which have no parts, can only be thousands. Raises ValueError."""
    return Decimal(re.sub("[.,]", "", text)) if unit == "đồng" and _IN_THREES.fullmatch(text) else parse_amount(text)


def unit_named(text: str) -> MoneyUnit | None:
    """The money unit that a whole text names (``trđ``, ``triệu đồng``, ``1.000 đồng``), or None."""
    folded = fold(text).strip(" .:;,")
    return next((unit for unit, written in _WRITTEN.items() if re.fullmatch(written, folded)), None)


def unit_of_heading(text: str) -> MoneyUnit | None:
    """The money unit in a heading, in brackets, after “ĐVT:” or in full, or None."""
    folded = fold(text)
    inside = [*re.findall(r"\(([^()]*)\)", folded), *re.findall(r"(?:dvt|don vi tinh)\s*:?\s*([^()]*)", folded)]
    for part in inside:
        bare = re.sub(r"^(?:dvt|don vi tinh|don vi)\s*:?\s*", "", part.strip())
        if unit := unit_named(bare):
            return unit
    return next((unit for unit in _WRITTEN if unit != "đồng" and f" {fold(unit)} " in f" {folded} "), None)


def unit_of_title(text: str) -> MoneyUnit | None:
    """The money unit in a line above the headings, such as “Đơn vị tính: triệu đồng”, or None."""
    folded = fold(text)
    found = re.search(r"(?:dvt|don vi tinh|don vi)\s*:\s*([a-z0-9., ]+)", folded)
    return unit_named(found[1]) if found else None


#: A task's number, at most five levels deep: 1, 2., (3), 1.1.
NUMBER = re.compile(r"\(?(\d{1,4}(?:\.\d{1,4}){0,4})[.)]?")
#: A number at the start of a text.
LEADING = re.compile(r"^(?:(?P<letter>[IVXLC]+|[A-Z])|(?P<number>\d{1,3}(?:\.\d{1,3})*))\s*[.)]\s*(?P<rest>\S.*)", re.S)
#: A part's letter: a, b), (đ).
LETTER = re.compile(r"\(?([a-zđ])[.)]?")
#: First characters of a further line of a task.
BULLETS = frozenset("-–+*•")
#: The number of a column in a row below the headings: 1, (2), A, (7) = (5) + (6).
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Z])\)?(?:\s*=.*)?")
_TOTALS = ("tong cong", "tong so", "tong kinh phi", "tong", "cong")


def is_total(text: str) -> bool:
    """Whether a text heads a row of sums."""
    bare = fold(text).strip(" .:;()")
    return bare in _TOTALS or any(bare.startswith(f"{start}{end}") for start in _TOTALS[:3] for end in (":", " ("))


def is_group_number(text: str) -> bool:
    """Whether a text of the column Stt numbers a group: I, II, A, B."""
    bare = text.strip(" .)(")
    if len(bare) == 1 and "A" <= bare <= "Z":
        return True
    try:
        return bool(bare) and bare == bare.upper() and from_roman(bare) > 0
    except ValueError:
        return False


def is_title(text: str) -> bool:
    """Whether a text alone in its row is a group's title: in capitals, or numbered “I. …”."""
    found = LEADING.match(text)
    return bool(found and found["letter"]) or (text == text.upper() and sum(map(str.isalpha, text)) > 3)


def point_mark(number: str) -> str:
    """The start of a further line of a task: its letter, a dash for any other number, or nothing."""
    return "" if not number else f"{number} " if LETTER.fullmatch(number) else "- "


def are_column_numbers(texts: Sequence[str]) -> bool:
    """Whether a row's texts number its columns: A, B, C …, then 1, 2, 3 …"""
    found = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
    names = [one[1] for one in found if one is not None]
    letters = [name for name in names if not name.isdigit()]
    wanted = [chr(ord("A") + n) for n in range(len(letters))] + [str(n + 1) for n in range(len(names) - len(letters))]
    return len(texts) > 1 and len(names) == len(texts) and names == wanted


@dataclass
class OfficeTask:
    """A task: its texts by key, and ``number`` from the column Stt."""

    row: int
    place: Place
    number: str
    values: dict[str, Scalar]
    amount: Decimal | None = None


@dataclass
class OfficeGroup:
    """A group and its tasks; ``title`` is empty for tasks above the first title."""

    title: str
    place: Place
    stated: Decimal | None = None
    tasks: list[OfficeTask] = field(default_factory=list)


@dataclass(frozen=True)
class Skipped:
    """A row that wasn't read as a task, and why."""

    place: Place
    text: str
    reason: str


@dataclass
class OfficeTable:
    """The groups of a table, and its rows that were skipped."""

    groups: list[OfficeGroup] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def tasks(self) -> list[OfficeTask]:
        """All tasks in the order of their groups."""
        return [task for group in self.groups for task in group.tasks]


def sum_of(tasks: list[OfficeTask]) -> Decimal:
    """The sum of the tasks' amounts, in the plan's unit."""
    return sum((task.amount for task in tasks if task.amount is not None), Decimal(0))
