"""Whatever the terminal can show: Vietnamese where it can, the bare letters where it can't, never an error."""

import codecs
import sys
import unicodedata


def adapt_output() -> None:
    """Make stdout and stderr take any text; letters that the encoding lacks lose their diacritics."""
    codecs.register_error("docgen_bare_letters", _bare_letters)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="docgen_bare_letters")


def speaks_unicode() -> bool:
    """Whether stdout takes every character."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return codecs.lookup(encoding).name.startswith("utf")


_MARKS = {
    "đ": "d",
    "Đ": "D",
    "→": "->",
    "“": '"',
    "”": '"',
    "…": "...",
    "–": "-",
    "≥": ">=",
    "≤": "<=",
    "•": "*",
}


def _bare_letters(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    lost = error.object[error.start : error.end]
    bare = "".join(_MARKS.get(letter, unicodedata.normalize("NFD", letter)[0]) for letter in lost)
    return "".join(letter if letter < "\x80" else "?" for letter in bare), error.end
