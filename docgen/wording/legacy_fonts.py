"""Vietnamese typed for fonts older than Unicode, and stored as Latin letters that only those fonts show rightly.

TCVN3 (.VnTime, .VnArial …) gives each Vietnamese letter one character between ¡ and þ (TCVN 5712:1993, VN3); VNI
(VNI-Times …) writes a vowel and after it a character for its marks. A word counts for an encoding when it becomes a
syllable of Vietnamese by it and isn't one as it stands, so that proper Vietnamese and French are left alone.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

Encoding = Literal["TCVN3", "VNI"]

#: Letters that the old encodings lack: a text with one of them was typed rightly.
_UNICODE_ONLY = re.compile("[ăĂđĐĩĨũŨơƠưƯẠ-ỹ]")
_WORD = re.compile("[A-Za-z\u00a1-\u00ff]*[\u00a1-\u00ff][A-Za-z\u00a1-\u00ff]*")
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵăâđêôơư",
        strict=True,
    )
)
#: Signs that TCVN3 uses for letters: beside a letter nobody else writes them.
_TCVN3_SIGNS = re.compile("[µ¸¶·¹¨»¾¼½©®ª«¬\u00ad¡¢§£¤¥¦×÷]")
#: … but for units.
_UNITS = frozenset(("µm", "µs", "µl", "µg", "µa", "µv", "µw", "µf", "£m", "¥m", "m·k", "w·h"))
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_HAT = dict(zip("âáàåãä", ("", *_VNI_TONES.values()), strict=True))
_VNI_BREVE = dict(zip("êéèúüë", ("", *_VNI_TONES.values()), strict=True))
_VNI_SINGLE = dict(zip("ôöñíìæóòî", "ơưđíìỉĩịỵ", strict=True))
#: What of VNI Vietnamese never has: letters, and a vowel before another that bears the mark.
_VNI_SIGNS = re.compile("[ïûåäëøñöüæ]|[ae][ùõâáàã]|oâ|a[êéèú]")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
#: k, gh and ngh stand before e, ê, i, y alone; c never does.
_ONSETS = "(?:ngh|gh|k)(?=[eêiy])|c(?![eêiy])|ng|nh|gi|kh|ch|ph|qu|th|tr|[bdđghlmnprstvx]"
_NUCLEI = (
    "iêu|yêu|oai|oao|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|uêu|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy]"
)
_MISPLACED_TONE = re.compile("ñ|[aăâeê][ìíỉĩịòóỏõọùúủũụỳýỷỹỵ]")
_SYLLABLE = re.compile(f"(?:{_ONSETS})?(?:{_NUCLEI})(ch|nh|ng|[cmnpt])?")


def legacy_encoding(text: str, font: str = "") -> Encoding | None:
    """The old encoding that a text is in; None for Unicode, whatever its language.

    ``font`` is the name of the font that the text is shown in: with an old one (.VnTime, VNI-Times) a single word is
    enough. A text of one short word without it may be missed, as it may be French; a proper text never is claimed.
    """
    if text.isascii() or _UNICODE_ONLY.search(text):
        return None
    words = [word for word in _WORD.findall(text) if len(word) > 1 and word.lower() not in _UNITS]
    expected = encoding_of_font(font)
    if _speaks_for(words, _from_tcvn3, _TCVN3_SIGNS, trusted=expected == "TCVN3"):
        return "TCVN3"
    return "VNI" if _speaks_for(words, _from_vni, _VNI_SIGNS, trusted=expected == "VNI") else None


def encoding_of_font(font: str) -> Encoding | None:
    """The encoding that a font is made for: TCVN3 for .VnTime and its like, VNI for VNI-Times; None for all others."""
    folded = font.strip().casefold()
    if folded.startswith(".vn"):
        return "TCVN3"
    return "VNI" if folded.startswith("vni-") else None


def _speaks_for(
    words: list[str], decode: Callable[[str], str | None], signs: re.Pattern[str], *, trusted: bool
) -> bool:
    """Whether the words make better sense decoded: most of them, and more than one or one with a telling sign."""
    better = worse = 0
    telling = trusted
    for word in words:
        decoded = decode(word)
        proper, meant = _is_syllable(word.lower()), decoded is not None and _is_syllable(decoded)
        has_sign = signs.search(word.lower()) is not None
        if meant and (trusted or not proper):
            better += 1
            telling = telling or has_sign
        elif not meant and not has_sign:
            worse += 1
    return better > worse and (telling or better > 1)


def _is_syllable(word: str) -> bool:
    """Whether a word in small letters is built like a Vietnamese syllable, known or not."""
    letters = unicodedata.normalize("NFD", word)
    tones = [char for char in letters if char in _TONES]
    bare = unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONES))
    found = _SYLLABLE.fullmatch(bare)
    # a and e bear the tone themselves: "xaõ" is no spelling of "xão", though "toà" is one of "tòa".
    if found is None or len(tones) > 1 or _MISPLACED_TONE.search(word):
        return False
    # A syllable that ends in a stop has only the tones sắc and nặng.
    return found[1] not in ("c", "ch", "p", "t") or tones in (["\u0301"], ["\u0323"])


def _from_tcvn3(word: str) -> str | None:
    """A word decoded, in small letters; None where it has a letter that the encoding doesn't."""
    if any(not char.isascii() and char not in _TCVN3 for char in word):
        return None
    return "".join(_TCVN3.get(char, char) for char in word).lower()


def _from_vni(word: str) -> str | None:
    """A word decoded, in small letters; None where a mark has no vowel to stand on."""
    word = word.lower()  # unlike TCVN3's, its letters keep their meaning
    made: list[str] = []
    position = 0
    while position < len(word):
        char, mark = word[position], word[position + 1 : position + 2]
        pair = _vni_pair(char, mark) if mark else None
        single = _VNI_SINGLE.get(char, char if char.isascii() else None)
        if pair is None and single is None:
            return None
        made.append(pair or single or "")
        position += 1 if pair is None else 2
    return unicodedata.normalize("NFC", "".join(made))


def _vni_pair(vowel: str, mark: str) -> str | None:
    if mark in _VNI_TONES and vowel in "aeouyôö":
        return _VNI_SINGLE.get(vowel, vowel) + _VNI_TONES[mark]
    if mark in _VNI_HAT and vowel in "aeo":
        return vowel + "\u0302" + _VNI_HAT[mark]
    if mark in _VNI_BREVE and vowel == "a":
        return vowel + "\u0306" + _VNI_BREVE[mark]
    return None
