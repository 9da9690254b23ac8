"""Detects Vietnamese in encodings older than Unicode, which only displays correctly in fonts made for them.

TCVN3 (.VnTime, .VnArial …) maps each Vietnamese letter to one character between ¡ and þ (TCVN 5712:1993, VN3); VNI
(VNI-Times …) writes a vowel followed by a character for its marks. A word is evidence for an encoding if decoding
turns it into a Vietnamese syllable and it isn't one already, so correct Vietnamese and French aren't reported.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from docgen.wording.text import TONES

Encoding = Literal["TCVN3", "VNI"]

#: Letters that the legacy encodings don't produce: a text with one of them is Unicode.
_UNICODE_ONLY = re.compile("[ăĂđĐĩĨũŨơƠưƯẠ-ỹ]")
_WORD = re.compile("[A-Za-z\u00a1-\u00ff]*[\u00a1-\u00ff][A-Za-z\u00a1-\u00ff]*")
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵăâđêôơư",
        strict=True,
    )
)
#: Signs that TCVN3 uses as letters; other text has them next to a letter in units only.
_TCVN3_SIGNS = re.compile("[µ¸¶·¹¨»¾¼½©®ª«¬\u00ad¡¢§£¤¥¦×÷]")
#: Units written with one of these signs (or a dot between two units).
_UNITS = frozenset(("µm", "µs", "µl", "µg", "µa", "µv", "µw", "µf", "£m", "¥m", "m·k", "w·h"))
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_HAT = dict(zip("âáàåãä", ("", *_VNI_TONES.values()), strict=True))
_VNI_BREVE = dict(zip("êéèúüë", ("", *_VNI_TONES.values()), strict=True))
_VNI_SINGLE = dict(zip("ôöñíìæóòî", "ơưđíìỉĩịỵ", strict=True))
#: VNI sequences that correct Vietnamese never has: some letters, and a plain vowel before an accented one.
_VNI_SIGNS = re.compile("[ïûåäëøñöüæ]|[ae][ùõâáàã]|oâ|a[êéèú]")
#: k, gh and ngh occur only before e, ê, i, y; c never does.
_ONSETS = "(?:ngh|gh|k)(?=[eêiy])|c(?![eêiy])|ng|nh|gi|kh|ch|ph|qu|th|tr|[bdđghlmnprstvx]"
_NUCLEI = (
    "iêu|yêu|oai|oao|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|uêu|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy]"
)
_MISPLACED_TONE = re.compile("ñ|[aăâeê][ìíỉĩịòóỏõọùúủũụỳýỷỹỵ]")
_SYLLABLE = re.compile(f"(?:{_ONSETS})?(?:{_NUCLEI})(ch|nh|ng|[cmnpt])?")


def legacy_encoding(text: str, font: str = "") -> Encoding | None:
    """The legacy encoding of ``text``; None for Unicode text in any language.

    ``font`` is the name of the font that displays the text: with a legacy one (.VnTime, VNI-Times) a single word is
    enough evidence. Without it one short word may be missed, as it could be French. Correct text is never reported.
    """
    if text.isascii() or _UNICODE_ONLY.search(text):
        return None
    words = [word for word in _WORD.findall(text) if len(word) > 1 and word.lower() not in _UNITS]
    expected = encoding_of_font(font)
    if _speaks_for(words, _from_tcvn3, _TCVN3_SIGNS, trusted=expected == "TCVN3"):
        return "TCVN3"
    return "VNI" if _speaks_for(words, _from_vni, _VNI_SIGNS, trusted=expected == "VNI") else None


def encoding_of_font(font: str) -> Encoding | None:
    """The encoding that a font is made for: TCVN3 for .Vn… fonts, VNI for VNI-… fonts, None for all others."""
    folded = font.strip().casefold()
    if folded.startswith(".vn"):
        return "TCVN3"
    return "VNI" if folded.startswith("vni-") else None


def _speaks_for(
    words: list[str], decode: Callable[[str], str | None], signs: re.Pattern[str], *, trusted: bool
) -> bool:
    """Whether most words become Vietnamese when decoded: at least two of them, or one with one of ``signs``.

    ``trusted`` (the font is a legacy one) makes one word enough.
    """
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
    """Whether a lower-case word has the structure of a Vietnamese syllable."""
    letters = unicodedata.normalize("NFD", word)
    tones = [char for char in letters if char in TONES]
    bare = unicodedata.normalize("NFC", "".join(char for char in letters if char not in TONES))
    found = _SYLLABLE.fullmatch(bare)
    # a and e carry the tone themselves: "xaõ" is no spelling of "xão", although "toà" is one of "tòa".
    if found is None or len(tones) > 1 or _MISPLACED_TONE.search(word):
        return False
    # A syllable that ends in a stop has only the tones sắc and nặng.
    return found[1] not in ("c", "ch", "p", "t") or tones in (["\u0301"], ["\u0323"])


def _from_tcvn3(word: str) -> str | None:
    """Decode a word to lower case; None if it has a letter that TCVN3 lacks."""
    if any(not char.isascii() and char not in _TCVN3 for char in word):
        return None
    return "".join(_TCVN3.get(char, char) for char in word).lower()


def _from_vni(word: str) -> str | None:
    """Decode a word to lower case; None if a mark has no vowel before it."""
    word = word.lower()  # before decoding: unlike in TCVN3, this doesn't change the meaning of a character
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
