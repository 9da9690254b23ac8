"""Text normalisation: NFC, comparison without case and diacritics, slugs, the closest name."""

import difflib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

#: Least similarity (difflib's ratio, 0 to 1) of a suggestion; less similar names confuse.
_LIKENESS = 0.7


def nfc(text: str) -> str:
    """``text`` in Unicode normal form C, the form used in all documents."""
    return unicodedata.normalize("NFC", text)


def first_upper(text: str) -> str:
    """``text`` with its first letter in upper case, the others unchanged (``str.capitalize`` lowers them)."""
    return text[:1].upper() + text[1:]


def fold(text: str) -> str:
    """``text`` without case, diacritics (đ becomes d) and repeated white space; equal folds mean the same name.

    For comparing only, not for printing.
    """
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(bare.casefold().replace("đ", "d").split())


@lru_cache(maxsize=10_000)
def slug(text: str) -> str:
    """``text`` as lower-case ASCII letters and digits with hyphens between words: ``ubnd-thi-xa-huong-thuy``.

    Empty if ``text`` has no Latin letter or digit.
    """
    kept = (char if char.isascii() and char.isalnum() else " " for char in fold(text))
    return "-".join("".join(kept).split())


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most similar to ``word`` when folded, or None if none is similar; for “ý bạn là …?”.

    Of candidates with the same :func:`fold` the first wins.
    """
    by_fold: dict[str, str] = {}
    for candidate in candidates:
        by_fold.setdefault(fold(candidate), candidate)
    found = difflib.get_close_matches(fold(word), by_fold, n=1, cutoff=_LIKENESS)
    return by_fold[found[0]] if found else None


def running(text: str) -> str:
    """``text`` (a trích yếu) as part of a sentence: on one line, its first letter in lower case."""
    line = " ".join(text.split())
    return line[:1].lower() + line[1:]
