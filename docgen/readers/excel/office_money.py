"""Money as offices write it in their tables: a cell in, the amount in a plan's own money unit out, or words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from docgen.base.locale import translate as _
from docgen.model.plan.plan import MoneyUnit
from docgen.model.plan.sums import in_money_unit
from docgen.readers.excel.grid import Cell
from docgen.wording.numbers import parse_amount
from docgen.wording.parse_words import parse_words
from docgen.wording.text import fold
from docgen.wording.words import in_dong

#: How a money unit is written, without diacritics; the longer words first.
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
    """What a cell says of money, in the plan's unit; or the words that stand in place of an amount."""

    amount: Decimal | None = None
    words: str | None = None


@dataclass(frozen=True)
class MoneyColumn:
    """Reads a column whose plain numbers are in ``stated`` into amounts in ``wanted``."""

    stated: MoneyUnit
    wanted: MoneyUnit

    def read(self, cell: Cell) -> Money:
        """The money of a cell that has a value. Raises ValueError where a number was meant but can't be read."""
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
        """Words that read out an amount are that amount; any others are printed in its place."""
        if fold(text).rstrip(" ./").endswith(("dong", "dong chan")):
            try:
                return Money(self._in_plan(parse_words(text), "đồng"))
            except ValueError:
                pass
        return Money(words=text)

    def _in_plan(self, amount: Decimal, unit: MoneyUnit) -> Decimal:
        return amount if unit == self.wanted else in_money_unit(in_dong(amount, unit), self.wanted)


def _number(text: str, unit: MoneyUnit) -> Decimal:
    """A number of a unit. Đồng have no parts, so 500.000 of them has one reading only. Raises ValueError."""
    return Decimal(re.sub("[.,]", "", text)) if unit == "đồng" and _IN_THREES.fullmatch(text) else parse_amount(text)


def unit_named(text: str) -> MoneyUnit | None:
    """The money unit that a text is: ``trđ``, ``triệu đồng``, ``1.000 đồng``; None for any other."""
    folded = fold(text).strip(" .:;,")
    return next((unit for unit, written in _WRITTEN.items() if re.fullmatch(written, folded)), None)


def unit_of_heading(text: str) -> MoneyUnit | None:
    """The money unit that a heading states, in brackets, after “ĐVT:”, or in full."""
    folded = fold(text)
    inside = [*re.findall(r"\(([^()]*)\)", folded), *re.findall(r"(?:dvt|don vi tinh)\s*:?\s*([^()]*)", folded)]
    for part in inside:
        bare = re.sub(r"^(?:dvt|don vi tinh|don vi)\s*:?\s*", "", part.strip())
        if unit := unit_named(bare):
            return unit
    return next((unit for unit in _WRITTEN if unit != "đồng" and f" {fold(unit)} " in f" {folded} "), None)


def unit_of_title(text: str) -> MoneyUnit | None:
    """The money unit that a line above the headings states: “Đơn vị tính: triệu đồng”."""
    folded = fold(text)
    found = re.search(r"(?:dvt|don vi tinh|don vi)\s*:\s*([a-z0-9., ]+)", folded)
    return unit_named(found[1]) if found else None
