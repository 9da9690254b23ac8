"""Text normalisation: NFC, two foldings for comparing names, slugs, end marks, the closest name."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from docgen.base.locale import translate as _

#: Least similarity (difflib's ratio, 0 to 1) of a suggestion; less similar names confuse.
_LIKENESS = 0.7
#: The five tone marks, as Unicode writes them behind a letter: huyền, sắc, ngã, hỏi, nặng.
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
#: oa, oe, uy with the tone on the first vowel, and on the second: both are in use, hoà and hòa are one word.
_ON_FIRST, _ON_SECOND = (
    [unicodedata.normalize("NFC", order.format(*pair, tone)) for pair in ("oa", "oe", "uy") for tone in sorted(TONES)]
    for order in ("{0}{2}{1}", "{0}{1}{2}")
)
_TONE_MOVED = dict(zip(_ON_FIRST + _ON_SECOND, _ON_SECOND + _ON_FIRST, strict=True))
#: A tone that isn't where a school book has it: on the first vowel of an open syllable, else on the second.
_TONE_MISPLACED = re.compile(
    rf"(?:{'|'.join(_ON_FIRST)})(?=[^\W\d_])|(?<=q)(?:{'|'.join(_ON_FIRST)})"
    rf"|(?<!q)(?:{'|'.join(_ON_SECOND)})(?![^\W\d_])"
)


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


@lru_cache(maxsize=8192)  # a file is looked through for some fifty names, line by line
def fold_case(text: str) -> str:
    """``text`` blind to case, runs of white space and the vowel that the tone of oa, oe, uy is typed on.

    The tone goes where a school book has it: “hòa”, “ủy”, but “hoạch”, “quý”. Diacritics count, unlike in
    :func:`fold`: “Sở” is another word than “Số”. The length stays that of the text in NFC with single spaces, so that
    a place in the one is a place in the other. For comparing only, never for printing.
    """
    words = " ".join(nfc(text).split())
    lowered = words.lower()
    if len(lowered) != len(words):  # İ alone has a small form of two characters
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in words)
    return _TONE_MISPLACED.sub(lambda found: _TONE_MOVED[found.group()], lowered)


@lru_cache(maxsize=10_000)
def slug(text: str) -> str:
    """``text`` as lower-case ASCII letters and digits with hyphens between words: ``ubnd-thi-xa-huong-thuy``.

    Empty if ``text`` has no Latin letter or digit.
    """
    kept = (char if char.isascii() and char.isalnum() else " " for char in fold(text))
    return "-".join("".join(kept).split())


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most similar to ``word`` when folded, or None if none is similar.

    Of candidates with the same :func:`fold` the first wins.
    """
    by_fold: dict[str, str] = {}
    for candidate in candidates:
        by_fold.setdefault(fold(candidate), candidate)
    found = difflib.get_close_matches(fold(word), by_fold, n=1, cutoff=_LIKENESS)
    return by_fold[found[0]] if found else None


def did_you_mean(meant: str | None, otherwise: str = "") -> str:
    """The hint that asks whether ``meant``, as found by :func:`closest`, was meant; ``otherwise`` if it is None."""
    return _("ý bạn là “{meant}”?").format(meant=meant) if meant is not None else otherwise


def without_end_mark(text: str) -> str:
    """``text`` without the “;” or “.” at its end; “...” and “v.v.” stay."""
    bare = text.rstrip()
    while bare.endswith((";", ".")) and not bare.endswith(("...", "v.v.")):
        bare = bare[:-1].rstrip()
    return bare


def suggestion(word: str, candidates: Iterable[str], otherwise: str = "") -> str:
    """The hint of :func:`did_you_mean` with the :func:`closest` candidate, or ``otherwise`` if none is similar."""
    return did_you_mean(closest(word, candidates), otherwise)


def running(text: str) -> str:
    """``text`` (a trích yếu) as part of a sentence: on one line, its first letter in lower case."""
    line = " ".join(text.split())
    return line[:1].lower() + line[1:]
