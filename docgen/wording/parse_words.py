"""Parses numbers and amounts of money written in Vietnamese words into exact numbers.

Parsing is lenient; then the number is spelled out again and must give the same words. So accepted text has one
meaning, and the message that refuses a wrong reading can give the right one.
"""

from decimal import Decimal
from typing import NamedTuple

from docgen.base.locale import translate as _
from docgen.wording.text import nfc
from docgen.wording.words import DIGITS, MAX_DIGITS, fraction_in_words, literal_in_words, number_in_words

_DIGITS = {word: digit for digit, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}
_CLASSES = {"nghìn": 10**3, "triệu": 10**6}
_SAME = {"lẻ": "linh", "ngàn": "nghìn", "tỉ": "tỷ"}
_KNOWN = {*_DIGITS, *_CLASSES, "trăm", "mươi", "mười", "linh", "tỷ", "phẩy", "âm", "đồng", "chẵn"}
_PREFIX = "bằng chữ:"

# A slip omits at most three words (“không trăm linh”); if more differ, a suggestion would mislead.
_SLIP = 3


class _Word(NamedTuple):
    """A word: in its default form, as written, and its position from 1."""

    text: str
    written: str
    position: int


def parse_words(text: str) -> Decimal:
    """The number that ``text`` spells out, in đồng if it names the currency: “Sáu triệu đồng” → 6000000.

    Accepts all correct variants: linh/lẻ, nghìn/ngàn, tư/bốn after mươi, tỷ/tỉ, “không nghìn” for an empty
    class, commas between classes, chẵn after đồng, “(Bằng chữ: …)” around the words, “./.” after them, any case.
    Raises ValueError for an unknown word, with its position, and for a wrong reading (“hai mươi năm”), with the
    right one.
    """
    words, is_money = _without_currency(_words(_trimmed(text)))
    negative = bool(words) and words[0].text == "âm"
    spoken = words[1:] if negative else words
    if not spoken:
        raise ValueError(_("chưa có số bằng chữ: hãy viết như “Bốn trăm linh sáu triệu đồng”"))
    whole, fraction = _around_comma(spoken)
    if fraction and is_money:
        raise ValueError(
            _("số tiền không đọc với “phẩy”: hãy đổi ra đồng, như “bốn trăm linh sáu triệu năm trăm nghìn đồng”")
        )
    value = Decimal(_checked_integer(_filled(_normal(whole))))
    if fraction:
        value = Decimal(f"{value}.{_checked_fraction(_spelled_zeros(_normal(fraction)))}")
    if negative and not value:
        raise ValueError(_("“âm không” không phải một số: hãy viết “không”"))
    # Unary minus would round to 28 digits.
    return value.copy_negate() if negative else value


def _trimmed(text: str) -> str:
    """``text`` in lower case, without “(Bằng chữ: …)” around it and punctuation at its end."""
    bare = " ".join(nfc(text).lower().split()).rstrip("./ ")
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1].strip()
    return bare.removeprefix(_PREFIX).strip().rstrip("./ ")


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    for position, written in enumerate(text.replace(" ,", ",").split(), start=1):
        bare = written.removesuffix(",")
        word = _Word(_SAME.get(bare, bare), bare, position)
        if word.text not in _KNOWN:
            raise ValueError(
                _("không hiểu từ thứ {position} “{word}” trong số bằng chữ: hãy xem lại chính tả").format(
                    position=position, word=bare
                )
            )
        if bare != written and word.text not in {*_CLASSES, "tỷ"}:
            raise ValueError(
                _(
                    "dấu phẩy sau từ thứ {position} “{word}” không đúng chỗ: chỉ đặt sau nghìn, triệu, tỷ; "
                    "số thập phân đọc là “phẩy”"
                ).format(position=position, word=bare)
            )
        found.append(word)
    return found


def _without_currency(words: list[_Word]) -> tuple[list[_Word], bool]:
    texts = [word.text for word in words]
    if texts[-2:] == ["đồng", "chẵn"]:
        words, is_money = words[:-2], True
    elif texts[-1:] == ["đồng"]:
        words, is_money = words[:-1], True
    else:
        is_money = False
    for word in words:
        if word.text in {"đồng", "chẵn"}:
            raise _misplaced(word)
    return words, is_money


def _normal(words: list[_Word]) -> list[_Word]:
    """Replace bốn by tư after mươi, the only position where both are right."""
    before = ["", *(word.text for word in words)]
    return [
        word._replace(text="tư") if word.text == "bốn" and last == "mươi" else word
        for last, word in zip(before, words, strict=False)
    ]


def _around_comma(words: list[_Word]) -> tuple[list[_Word], list[_Word]]:
    """The words before and after “phẩy”; the latter are empty if there is none."""
    places = [index for index, word in enumerate(words) if word.text == "phẩy"]
    if not places:
        return words, []
    if len(places) > 1:
        raise _misplaced(words[places[1]])
    before, after = words[: places[0]], words[places[0] + 1 :]
    if not before or not after:
        raise _misplaced(words[places[0]])
    return before, after


def _filled(words: list[_Word]) -> list[_Word]:
    """Drop “không nghìn” after triệu, which school books read for an empty class."""
    kept: list[_Word] = []
    for word in words:
        if [*(known.text for known in kept[-2:]), word.text] == ["triệu", "không", "nghìn"]:
            kept.pop()
        else:
            kept.append(word)
    return kept


def _spelled_zeros(words: list[_Word]) -> list[_Word]:
    """Spell the zeros of a group one by one: “không trăm linh một” becomes “không không một”.

    Both are correct readings of the decimals of 0,001.
    """
    texts = [word.text for word in words]
    if "trăm" not in texts or set(texts[: texts.index("trăm")]) != {"không"}:
        return words
    hundred = texts.index("trăm")
    rest = words[hundred + 1 :]
    if texts[hundred + 1 : hundred + 2] == ["linh"]:
        return [*words[:hundred], words[0], *rest[1:]]
    if {"mươi", "mười"}.isdisjoint(texts[hundred + 1 : hundred + 3]):
        raise _misplaced(words[hundred])
    return words[:hundred] + rest


def _checked_integer(words: list[_Word]) -> int:
    number = _integer(words)
    texts = [word.text for word in words]
    right = number_in_words(number)
    if texts != right.split() and not _is_literal(texts, number):
        raise _wrong_reading(words, str(number), right)
    return number


def _is_literal(texts: list[str], number: int) -> bool:
    """Whether ``texts`` count thousands of triệu or of nghìn, as “một nghìn hai trăm triệu” does."""
    return "tỷ" not in texts and any(texts == literal_in_words(number, scale).split() for scale in _CLASSES.values())


def _checked_fraction(words: list[_Word]) -> str:
    """The digits after the decimal mark."""
    if words[-1].text in {*_CLASSES, "tỷ"}:
        raise ValueError(
            _("“{word}” sau “phẩy” không rõ nghĩa: hãy đọc cả số, như “bốn trăm linh sáu triệu năm trăm nghìn”").format(
                word=words[-1].written
            )
        )
    zeros = next((index for index, word in enumerate(words) if word.text != "không"), len(words))
    digits = "0" * zeros
    if words[zeros:]:
        digits += str(_integer(words[zeros:]))
    reading = fraction_in_words(digits)
    if [word.text for word in words] != reading.split():
        raise _wrong_reading(words, f"…,{digits}", reading)
    return digits


def _integer(words: list[_Word]) -> int:
    """The number of ``words``, parsed leniently: blocks of nine digits, each with one tỷ per block below it."""
    total, block, depth = 0, [], 0
    for index, word in enumerate(words):
        if word.text != "tỷ":
            block.append(word)
            continue
        depth += 1
        if index + 1 < len(words) and words[index + 1].text == "tỷ":
            continue
        if not block or depth * 9 > MAX_DIGITS:
            raise _misplaced(word)
        total += _block(block) * 10 ** (9 * depth)
        block, depth = [], 0
    return total + (_block(block) if block else 0)


def _block(words: list[_Word]) -> int:
    total, last_scale = 0, 10**9
    group: list[_Word] = []
    for word in words:
        scale = _CLASSES.get(word.text)
        if scale is None:
            group.append(word)
            continue
        if not group and not total:
            raise _misplaced(word)
        value = _group(group)
        # “một nghìn hai trăm triệu”: a literal reading counts thousands of the class that follows.
        total = (total + value) * scale if scale >= last_scale else total + value * scale
        last_scale, group = scale, []
    return total + _group(group)


def _group(words: list[_Word]) -> int:
    """The value of up to three digits; hundreds, tens and units must come in that order."""
    total, limit = 0, 1000
    digit: int | None = None
    for word in words:
        if word.text in _DIGITS and digit is None:
            digit = _DIGITS[word.text]
            continue
        scale = {"trăm": 100, "mươi": 10, "mười": 10, "linh": 10}.get(word.text, 1000)
        counted = word.text in {"trăm", "mươi"}
        if scale >= limit or counted != (digit is not None):
            raise _misplaced(word)
        if counted and digit is not None:
            total += digit * scale
        elif word.text == "mười":
            total += 10
        digit, limit = None, scale
    return total + (digit or 0)


def _misplaced(word: _Word) -> ValueError:
    return ValueError(
        _("từ thứ {position} “{word}” không đứng được ở chỗ này trong số bằng chữ: hãy xem lại").format(
            position=word.position, word=word.written
        )
    )


def _wrong_reading(words: list[_Word], number: str, reading: str) -> ValueError:
    right = [*reading.split(), *[""] * len(words)]
    odd = next((word for word, wanted in zip(words, right, strict=False) if word.text != wanted), words[-1])
    if abs(len(reading.split()) - len(words)) > _SLIP:
        return _misplaced(odd)
    return ValueError(
        _("“{text}” không rõ nghĩa ở từ thứ {position} “{word}”: nếu là {number}, hãy viết “{right}”").format(
            text=" ".join(word.written for word in words),
            position=odd.position,
            word=odd.written,
            number=number,
            right=reading,
        )
    )
