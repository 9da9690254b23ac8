"""Texts typed for old fonts are known by their letters; the charts are stated here once more, the other way round."""

import unicodedata
from itertools import product

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docgen.wording.legacy_fonts import legacy_encoding
from tests.conftest import ROOT

# TCVN 5712:1993 (VN3): one character for a small letter; capitals with a tone are small letters in a font of capitals.
TCVN3 = {
    "à": "µ", "á": "¸", "ả": "¶", "ã": "·", "ạ": "¹", "ă": "¨", "ằ": "»", "ắ": "¾", "ẳ": "¼", "ẵ": "½", "ặ": "Æ",
    "â": "©", "ầ": "Ç", "ấ": "Ê", "ẩ": "È", "ẫ": "É", "ậ": "Ë", "đ": "®", "è": "Ì", "é": "Ð", "ẻ": "Î", "ẽ": "Ï",
    "ẹ": "Ñ", "ê": "ª", "ề": "Ò", "ế": "Õ", "ể": "Ó", "ễ": "Ô", "ệ": "Ö", "ì": "×", "í": "Ý", "ỉ": "Ø", "ĩ": "Ü",
    "ị": "Þ", "ò": "ß", "ó": "ã", "ỏ": "á", "õ": "â", "ọ": "ä", "ô": "«", "ồ": "å", "ố": "è", "ổ": "æ", "ỗ": "ç",
    "ộ": "é", "ơ": "¬", "ờ": "ê", "ớ": "í", "ở": "ë", "ỡ": "ì", "ợ": "î", "ù": "ï", "ú": "ó", "ủ": "ñ", "ũ": "ò",
    "ụ": "ô", "ư": "\xad", "ừ": "õ", "ứ": "ø", "ử": "ö", "ữ": "÷", "ự": "ù", "ỳ": "ú", "ý": "ý", "ỷ": "û", "ỹ": "ü",
    "ỵ": "þ", "Ă": "¡", "Â": "¢", "Đ": "§", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦",
}  # fmt: skip
# VNI Windows: the vowel, then its marks.
VNI = {
    "ạ": "aï", "à": "aø", "á": "aù", "ả": "aû", "ã": "aõ", "ă": "aê", "ằ": "aè", "ắ": "aé", "ẳ": "aú", "ẵ": "aü",
    "ặ": "aë", "â": "aâ", "ầ": "aà", "ấ": "aá", "ẩ": "aå", "ẫ": "aã", "ậ": "aä", "đ": "ñ", "è": "eø", "é": "eù",
    "ẻ": "eû", "ẽ": "eõ", "ẹ": "eï", "ê": "eâ", "ề": "eà", "ế": "eá", "ể": "eå", "ễ": "eã", "ệ": "eä", "ì": "ì",
    "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ò": "oø", "ó": "où", "ỏ": "oû", "õ": "oõ", "ọ": "oï", "ô": "oâ",
    "ồ": "oà", "ố": "oá", "ổ": "oå", "ỗ": "oã", "ộ": "oä", "ơ": "ô", "ờ": "ôø", "ớ": "ôù", "ở": "ôû", "ỡ": "ôõ",
    "ợ": "ôï", "ù": "uø", "ú": "uù", "ủ": "uû", "ũ": "uõ", "ụ": "uï", "ư": "ö", "ừ": "öø", "ứ": "öù", "ử": "öû",
    "ữ": "öõ", "ự": "öï", "ỳ": "yø", "ý": "yù", "ỷ": "yû", "ỹ": "yõ", "ỵ": "î",
}  # fmt: skip
VNI |= {letter.upper(): typed.upper() for letter, typed in VNI.items()}

_ONSETS = [
    "",
    *[
        "b",
        "c",
        "ch",
        "d",
        "đ",
        "g",
        "gi",
        "h",
        "kh",
        "l",
        "m",
        "n",
        "ng",
        "nh",
        "ph",
        "qu",
        "r",
        "s",
        "t",
        "th",
        "tr",
        "v",
        "x",
    ],
]
_OPEN = [
    "a",
    "e",
    "ê",
    "i",
    "o",
    "ô",
    "ơ",
    "u",
    "ư",
    "ia",
    "iêu",
    "ai",
    "ao",
    "au",
    "ay",
    "âu",
    "ây",
    "eo",
    "êu",
    "iu",
    "oa",
    "oai",
    "oi",
    "ôi",
    "ơi",
    "ua",
    "uây",
    "ui",
    "uy",
    "ưa",
    "ươi",
    "ưi",
    "yêu",
    "uê",
]
_VOWELS = ["a", "ă", "â", "e", "ê", "i", "iê", "o", "ô", "ơ", "u", "ư", "ươ", "uô", "oa", "oă", "uâ", "uyê"]
_FINALS = ["m", "n", "ng", "nh", "c", "ch", "p", "t"]
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")


def toned(rhyme: str, tone: str) -> str:
    """The tone set on the vowel that bears one in most spellings: a marked one, else the last before a final."""
    marked = [i for i, char in enumerate(rhyme) if char in "ăâêôơư"]
    vowels = [i for i, char in enumerate(rhyme) if char in "aăâeêioôơuưy"]
    closed = rhyme[-1] not in "aăâeêioôơuưy"
    at = marked[-1] if marked else vowels[-1] if closed or len(vowels) == 1 else vowels[-2]
    return unicodedata.normalize("NFC", rhyme[: at + 1] + tone + rhyme[at + 1 :])


def syllables() -> list[str]:
    found = [onset + toned(rhyme, tone) for onset, rhyme, tone in product(_ONSETS, _OPEN, _TONES)]
    for onset, vowel, final in product(_ONSETS, _VOWELS, _FINALS):
        allowed = ("\u0301", "\u0323") if final in ("c", "ch", "p", "t") else _TONES
        found += [onset + toned(vowel + final, tone) for tone in allowed]
    return [one for one in found if is_spelled(one)]


def is_spelled(syllable: str) -> bool:
    """Whether its first consonant may stand before its vowel: c never before e, ê, i, y; k, gh, ngh only there."""
    bare = "".join(char for char in unicodedata.normalize("NFD", syllable) if not unicodedata.combining(char))
    if bare.startswith("c") and not bare.startswith("ch"):
        return bare[1] not in "eiy"
    onset = next((one for one in ("ngh", "gh", "kh", "k") if bare.startswith(one)), "")
    return onset in ("", "kh") or bare[len(onset)] in "eiy"


SYLLABLES = syllables()


def converted(text: str, chart: dict[str, str]) -> str:
    return "".join(chart.get(char, char) for char in text)


def to_tcvn3(text: str) -> str:
    """As typed with a font of capitals: a capital with a tone is stored as its small letter."""
    return "".join(TCVN3.get(char, TCVN3.get(char.lower(), char)) for char in text)


def sample_texts() -> list[str]:
    texts: list[str] = []

    def collect(node: object) -> None:
        if isinstance(node, str):
            texts.append(node)
        elif isinstance(node, dict):
            for one in node.values():
                collect(one)
        elif isinstance(node, list):
            for one in node:
                collect(one)

    for path in sorted((ROOT / "data" / "huong-thuy-2023").rglob("*.yaml")):
        collect(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader))
    return sorted(set(texts))


SAMPLE = sample_texts()


def test_no_syllable_of_proper_vietnamese_is_claimed() -> None:
    assert len(SYLLABLES) > 15_000
    claimed = [word for word in SYLLABLES if legacy_encoding(word) or legacy_encoding(word.upper())]
    assert claimed == []


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=12).map(" ".join))
def test_no_text_of_proper_syllables_is_claimed(text: str) -> None:
    assert legacy_encoding(text) is None
    assert legacy_encoding(unicodedata.normalize("NFC", text.title())) is None


def test_no_text_of_the_sample_is_claimed() -> None:
    assert len(SAMPLE) > 500
    assert [text for text in SAMPLE if legacy_encoding(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Phú Bài", "toà án", "khoá sổ", "100 m²", "50 µm", "± 5%", "5 × 3", "§ 12", "© 2023", "Ø 100", "1ª", "25 °C",
        "«Le Monde»", "Café de la Paix", "où est né Noël ?", "naïve", "garçon", "À bientôt, déjà vu", "Citroën", "goût",
        "façade", "crème brûlée", "Île-de-France", "L'été à Orléans", "Dürer", "Malmö", "São Paulo", "señor", "£5", "",
        "KH-UBND", "Số 12", "Hương Thủy",
    ],
)  # fmt: skip
def test_what_only_looks_foreign_is_left_alone(text: str) -> None:
    assert legacy_encoding(text) is None


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
def test_every_long_text_of_the_sample_is_known_when_converted(encoding: str) -> None:
    typed = [to_tcvn3(text) if encoding == "TCVN3" else converted(text, VNI) for text in SAMPLE]
    long = [text for text in typed if sum(not word.isascii() for word in text.split()) >= 3]
    assert len(long) > 300
    assert [text for text in long if legacy_encoding(text) != encoding] == []


@pytest.mark.parametrize(("encoding", "font"), [("TCVN3", ".VnTimeH"), ("VNI", "VNI-Times")])
def test_with_an_old_font_one_word_is_enough(encoding: str, font: str) -> None:
    words = ["Kế", "Đảng", "lưới", "Huế", "nợ", "được"]
    typed = [to_tcvn3(word) if encoding == "TCVN3" else converted(word, VNI) for word in words]
    assert [legacy_encoding(word, font) for word in typed] == [encoding] * len(words)
    assert legacy_encoding("Kế hoạch", font) is None
    assert legacy_encoding("KH", font) is None


def test_examples_as_offices_have_them() -> None:
    assert legacy_encoding("KÕ ho¹ch c¶i c¸ch hµnh chÝnh") == "TCVN3"
    assert legacy_encoding("Keá hoaïch caûi caùch haønh chính") == "VNI"
    assert legacy_encoding("UBND thÞ x· H\xad¬ng Thñy") == "TCVN3"
    assert legacy_encoding("ÑAÛNG UÛY XAÕ") == "VNI"
