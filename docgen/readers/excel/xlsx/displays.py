"""What a number format shows of a number where that isn't the number itself, scaled, hidden or with digits added.

A format that only rounds shows the number (``0``, ``#,##0.0``), as does one that adds words, a sign or a currency.
Sections, conditions and scaling commas: ECMA-376 Part 1, 18.8.31.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from docgen.wording.numbers import format_amount

#: One piece of a code: quoted text, an escaped, skipped or repeated character, a bracket, or any other character.
_PIECE = re.compile(r'"[^"]*"?|\\.?|[_*].?|\[[^\]]*\]?|.', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
_SCALING = re.compile(r"(?<=[0#?])(,+)(?![,0#?])")
_TEXT_SECTION = 3
_LONGEST_CODE = 1000


@dataclass(frozen=True)
class _Section:
    """One section of a code: its condition, its places for digits and signs, and the text that it adds."""

    condition: tuple[str, Decimal] | None
    places: str
    literal: str

    @property
    def has_digits(self) -> bool:
        """Whether it shows a number at all; an empty section shows none."""
        return any(char in self.places for char in "0#?@") or "general" in self.places.lower()

    @property
    def scale(self) -> int:
        """How many times the number is divided by a thousand."""
        return sum(len(commas) for commas in _SCALING.findall(self.places))

    def holds(self, number: Decimal) -> bool:
        """Whether a section with a condition is meant for a number."""
        assert self.condition is not None
        sign, limit = self.condition
        return {
            "<": number < limit,
            "<=": number <= limit,
            ">": number > limit,
            ">=": number >= limit,
            "=": number == limit,
            "<>": number != limit,
        }[sign]


def may_mislead(code: str) -> bool:
    """Whether some number is shown otherwise by a format."""
    sections = _sections(code)[:_TEXT_SECTION]
    return any(one.scale or not one.has_digits or _adds_digits(one) for one in sections)


def hides_text(code: str) -> bool:
    """Whether a format shows nothing of a text, as ``;;;`` does."""
    sections = _sections(code)
    return len(sections) > _TEXT_SECTION and "@" not in sections[_TEXT_SECTION].places


def misleading_text(code: str, number: Decimal) -> str | None:
    """What a format shows of a number, where that is another number or none; None where it shows the number.

    A zero that isn't shown, or is shown as a dash, is as good as shown.
    """
    if not number:
        return None
    section = _section_for(_sections(code)[:_TEXT_SECTION], number)
    if not section.has_digits:
        return section.literal.strip()
    if not section.scale and not _adds_digits(section):
        return None
    _whole, _point, decimals = section.places.partition(".")
    digits = sum(char in "0#?" for char in decimals)
    scaled = number.scaleb(-3 * section.scale).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{format_amount(abs(scaled) if scaled == 0 else scaled)}{section.literal}".rstrip()


def _adds_digits(section: _Section) -> bool:
    return any(char.isdigit() for char in section.literal)


def _section_for(sections: Sequence[_Section], number: Decimal) -> _Section:
    """The section that a number is shown by: that whose condition holds, else the one for its sign."""
    if any(one.condition is not None for one in sections):
        found = (one for one in sections if one.condition is None or one.holds(number))
        return next(found, sections[-1])
    return sections[1] if number < 0 and len(sections) > 1 else sections[0]


def _sections(code: str) -> list[_Section]:
    found: list[list[str]] = [[]]
    for piece in _PIECE.findall(code[:_LONGEST_CODE]):
        if piece == ";":
            found.append([])
        else:
            found[-1].append(piece)
    return [_section(pieces) for pieces in found]


def _section(pieces: Sequence[str]) -> _Section:
    places, literal, condition = "", "", None
    for piece in pieces:
        if piece.startswith('"'):
            literal += piece.strip('"')
        elif piece.startswith("\\"):
            literal += piece[1:]
        elif piece.startswith("["):
            if found := _CONDITION.fullmatch(piece):
                condition = (found[1], Decimal(found[2]))
        elif not piece.startswith(("_", "*")):
            places += piece
    return _Section(condition, places, literal)
