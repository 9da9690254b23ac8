"""Styles of cells: whether a number is a date, a month, a time or a percentage, and fonts older than Unicode."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from docgen.base.ooxml import DamagedError
from docgen.readers.excel.cells import Cell, Fault
from docgen.readers.excel.xlsx.displays import hides_text, may_mislead, misleading_text
from docgen.readers.excel.xlsx.package import WorkbookPackage
from docgen.wording.legacy_fonts import encoding_of_font
from docgen.wording.numbers import format_amount

Kind = Literal["number", "percent", "day", "month", "year", "time", "elapsed"]

#: Built-in formats, which files don't spell out (ECMA-376, 18.8.30); 27 to 36 and 50 to 58 are East Asian dates.
_BUILT_IN: dict[int, Kind] = {
    **dict.fromkeys((9, 10), "percent"),
    **dict.fromkeys((14, 15, 16, 22, *range(27, 37), *range(50, 59)), "day"),
    17: "month",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47), "time"),
    46: "elapsed",
}
#: Literals of a format code: quoted text; escaped, skipped and repeated characters; colours, locales.
_SHOWN_ONLY = re.compile(r'"[^"]*"?|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]?|am/pm|a/p', re.IGNORECASE | re.DOTALL)
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_LONGEST_CODE = 1000
_LAST_SERIAL = 2_958_465  # 31/12/9999
_FALSE_LEAP_DAY = 60  # 29/02/1900, a day that Excel has and no calendar
_1900, _1904 = date(1899, 12, 30), date(1904, 1, 1)
_DIGITS = 15


@dataclass(frozen=True)
class Style:
    """The kind of a cell's number; ``font`` is the name of its font where that is older than Unicode, else empty.

    ``code`` is the number format where it shows some numbers otherwise, else empty; ``hides_text`` is true where it
    shows no text.
    """

    kind: Kind = "number"
    font: str = ""
    code: str = ""
    hides_text: bool = False


PLAIN = Style()


@dataclass
class _Reading:
    """Collects formats from styles.xml by section: differential formats have fonts and codes of their own."""

    codes: dict[str, str] = field(default_factory=dict)
    fonts: list[str] = field(default_factory=list)
    cells: list[tuple[str, str]] = field(default_factory=list)
    section: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("numFmts", "fonts", "cellXfs", "cellStyleXfs", "dxfs", "fills", "borders", "cellStyles"):
            self.section = tag
        elif tag == "numFmt" and self.section == "numFmts":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "font" and self.section == "fonts":
            self.fonts.append("")
        elif tag == "name" and self.section == "fonts" and self.fonts:
            self.fonts[-1] = attributes.get("val", "")
        elif tag == "xf" and self.section == "cellXfs":
            self.cells.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))


def read_styles(package: WorkbookPackage, part: str | None) -> list[Style]:
    """The styles of cells by number. Raises DamagedError."""
    if part is None or not package.has(part):
        return []
    reading = _Reading()
    package.parse(part, reading.start)
    known: dict[tuple[str, str], Style] = {}
    for pair in reading.cells:
        if pair not in known:
            code, font = pair
            if not (code.isascii() and code.isdigit() and font.isascii() and font.isdigit()):
                raise DamagedError(part)
            name = reading.fonts[int(font)] if len(font) < 6 and int(font) < len(reading.fonts) else ""
            known[pair] = _style(code, reading.codes.get(code), name if encoding_of_font(name) else "")
    return [known[pair] for pair in reading.cells]


def _style(number: str, code: str | None, font: str) -> Style:
    if code is None:
        return Style(_BUILT_IN.get(int(number[:6]), "number"), font)
    kind = kind_of_code(code)
    misleading = kind in ("number", "percent") and may_mislead(code)
    return Style(kind, font, code if misleading else "", hides_text(code))


def kind_of_code(code: str) -> Kind:
    """The kind of a number format by its first section: ``mm/yyyy`` is a month, ``0.0%`` a percentage."""
    bare = _SHOWN_ONLY.sub("", code[:_LONGEST_CODE]).partition(";")[0].lower()
    if _ELAPSED.search(bare):
        return "elapsed"
    if "d" in bare:
        return "day"
    if "y" in bare:
        return "month" if "m" in bare and "h" not in bare and "s" not in bare else "day" if "m" in bare else "year"
    if "h" in bare or "s" in bare:
        return "time"
    if "m" in bare and "general" not in bare:
        return "day"
    return "percent" if "%" in bare else "number"


def number_cell(text: str, kind: Kind, code: str = "", *, since_1904: bool) -> Cell:
    """The cell of a stored number; one that isn't finite, or that its format ``code`` shows otherwise, is a fault."""
    try:
        value = float(text)
    except ValueError:
        return Cell(Fault.ERROR, text[:40])
    if value - value != 0 or "_" in text:
        return Cell(Fault.ERROR, text[:40])
    number = exact_number(value)
    if code and (shown := misleading_text(code, number)) is not None:
        return Cell(Fault.SHOWN_OTHERWISE, shown, held=format_amount(number))
    if kind == "number":
        return Cell(number)
    if kind == "percent":
        percent = f"{number * 100:f}"
        percent = percent.rstrip("0").rstrip(".") if "." in percent else percent
        return Cell(number, f"{percent.replace('.', ',')}%")
    return _day_cell(value, kind, since_1904=since_1904)


def exact_number(value: float) -> Decimal:
    """A number in the 15 digits that Excel keeps, without an exponent; negative zero is zero."""
    number = Decimal(f"{value:.{_DIGITS}g}")
    return Decimal(f"{number:f}") if number else Decimal(0)


def _day_cell(value: float, kind: Kind, *, since_1904: bool) -> Cell:
    if not 0 <= value <= _LAST_SERIAL:
        return Cell(Fault.ERROR, "#####")  # as Excel shows it
    # Half a second, so that 08:00 isn't 07:59:59.
    days, seconds = divmod(round(value * 86_400), 86_400)
    if kind == "elapsed":
        return Cell(_clock(days * 86_400 + seconds))
    if kind == "time" or (days == 0 and not since_1904):
        return Cell(_clock(seconds) if seconds or kind == "time" else "00/01/1900")
    if since_1904:
        day = _1904 + timedelta(days=min(days, _LAST_SERIAL - 1462))
    else:
        day = _1900 + timedelta(days=min(days + (days < _FALSE_LEAP_DAY), _LAST_SERIAL))
    if kind == "month":
        return Cell(day, f"{day.month:02}/{day.year}")
    return Cell(day, f"{day.year}" if kind == "year" else None)


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}" + (f":{rest:02}" if rest else "")
