"""Text in, text out: the normal form, comparison blind to case and diacritics, slugs, the nearest name."""

import difflib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

#: Below this likeness (0 to 1, difflib's ratio) a suggestion puzzles more than it helps.
_LIKENESS = 0.7


def nfc(text: str) -> str:
    """``text`` with each letter and its marks as one character, the only form that documents hold."""
    return unicodedata.normalize("NFC", text)


def first_upper(text: str) -> str:
    """``text`` with its first letter capital and all others as they were (``capitalize`` lowers them)."""
    return text[:1].upper() + text[1:]


def fold(text: str) -> str:
    """``text`` blind to case, diacritics (đ is d) and runs of white space: equal folds mean the same name.

    For comparing only, never for printing.
    """
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(bare.casefold().replace("đ", "d").split())


@lru_cache(maxsize=10_000)
def slug(text: str) -> str:
    """ASCII letters and digits of ``text``, lower case, hyphens between words: ``ubnd-thi-xa-huong-thuy``.

    Empty when ``text`` holds no Latin letter and no digit.
    """
    kept = (char if char.isascii() and char.isalnum() else " " for char in fold(text))
    return "-".join("".join(kept).split())


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that ``word`` was most likely meant to be, compared by :func:`fold`, or None.

    For “ý bạn là …?”. Of candidates that fold alike the first wins.
    """
    by_fold: dict[str, str] = {}
    for candidate in candidates:
        by_fold.setdefault(fold(candidate), candidate)
    found = difflib.get_close_matches(fold(word), by_fold, n=1, cutoff=_LIKENESS)
    return by_fold[found[0]] if found else None


def running(text: str) -> str:
    """A trích yếu inside a sentence: on one line, its first letter small."""
    line = " ".join(text.split())
    return line[:1].lower() + line[1:]
