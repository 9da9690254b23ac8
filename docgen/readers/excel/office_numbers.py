"""How offices number the rows of their tables; a text in, what kind of row it heads out."""

import re
from collections.abc import Sequence

from docgen.wording.labels import from_roman
from docgen.wording.text import fold

#: A task's number, at most five deep: 1, 2., (3), 1.1.
NUMBER = re.compile(r"\(?(\d{1,4}(?:\.\d{1,4}){0,4})[.)]?")
#: A number at the start of a text.
LEADING = re.compile(r"^(?:(?P<letter>[IVXLC]+|[A-Z])|(?P<number>\d{1,3}(?:\.\d{1,3})*))\s*[.)]\s*(?P<rest>\S.*)", re.S)
#: A part's letter: a, b), (đ).
LETTER = re.compile(r"\(?([a-zđ])[.)]?")
#: What a further line of a task begins with.
BULLETS = frozenset("-–+*•")
#: What numbers a column below its heading: 1, (2), A, (7) = (5) + (6).
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Z])\)?(?:\s*=.*)?")
_TOTALS = ("tong cong", "tong so", "tong kinh phi", "tong", "cong")


def is_total(text: str) -> bool:
    """Whether a text heads a row of sums."""
    bare = fold(text).strip(" .:;()")
    return bare in _TOTALS or any(bare.startswith(f"{start}{end}") for start in _TOTALS[:3] for end in (":", " ("))


def is_group_number(text: str) -> bool:
    """Whether a number in the column Stt is a group's: I, II, A, B."""
    bare = text.strip(" .)(")
    if len(bare) == 1 and "A" <= bare <= "Z":
        return True
    try:
        return bool(bare) and bare == bare.upper() and from_roman(bare) > 0
    except ValueError:
        return False


def is_title(text: str) -> bool:
    """Whether a text that stands alone in its row, without a number, is a heading: in capitals, or “I. …”."""
    found = LEADING.match(text)
    return bool(found and found["letter"]) or (text == text.upper() and sum(map(str.isalpha, text)) > 3)


def point_mark(number: str) -> str:
    """What a further line of a task begins with: its letter, else a dash for any other number."""
    return "" if not number else f"{number} " if LETTER.fullmatch(number) else "- "


def are_column_numbers(texts: Sequence[str]) -> bool:
    """Whether a row's texts number its columns: A, B, C …, then 1, 2, 3 …"""
    found = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
    names = [one[1] for one in found if one is not None]
    letters = [name for name in names if not name.isdigit()]
    wanted = [chr(ord("A") + n) for n in range(len(letters))] + [str(n + 1) for n in range(len(names) - len(letters))]
    return len(texts) > 1 and len(names) == len(texts) and names == wanted
