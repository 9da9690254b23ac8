"""Writes exact numbers and amounts of money in Vietnamese words.

The rules are those of the school book Toán 4 and of Nghị định 123/2020, Điều 10 khoản 13. Numbers are split
into groups of three digits and, from one tỷ up, into blocks of nine, each read alike. Floats are refused, as
they lose digits.
"""

from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple, TypedDict, Unpack

from docgen.base.locale import translate as _
from docgen.wording.numbers import exact, format_amount
from docgen.wording.text import first_upper, nfc

#: Money units, and how many đồng each is worth.
MONEY_UNITS = {"đồng": 1, "nghìn đồng": 10**3, "triệu đồng": 10**6, "tỷ đồng": 10**9}

#: Most digits of a number; the limit also keeps Decimal("1E+999999999") from filling the memory.
MAX_DIGITS = 4_000

#: Below this many units a literal reading can't be mistaken for that of another amount.
_LITERAL_UNITS = 10**6

#: The words for 0 to 9.
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BLOCK = 10**9


class Reading(TypedDict, total=False):
    """The words in which regions differ. All choices are correct, the first of each is the default."""

    linh: Literal["linh", "lẻ"]
    nghin: Literal["nghìn", "ngàn"]
    tu: Literal["tư", "bốn"]
    ty: Literal["tỷ", "tỉ"]


class _Speech(NamedTuple):
    """The words for 0 to 999, as the first group of a number and as a later one (“không trăm linh một”)."""

    first: tuple[str, ...]
    later: tuple[str, ...]
    nghin: str
    ty: str


def number_in_words(number: int | Decimal | str, **reading: Unpack[Reading]) -> str:
    """``number`` in lower case words: 406 → “bốn trăm linh sáu”, -5 → “âm năm”, 3.05 → “ba phẩy không năm”.

    A str must be plain digits, with an optional leading minus. Trailing zeros of a fraction aren't read.
    Raises ValueError for other text, a word that isn't a choice of :class:`Reading`, NaN, infinity, and numbers
    longer than :data:`MAX_DIGITS`; TypeError for floats and booleans.
    """
    speech = _speech(**reading)
    if type(number) is int:
        return _integer(number, speech)
    value = _number(number)
    if isinstance(value, int):
        return _integer(value, speech)
    return _decimal(value, speech)


def amount_in_words(
    amount: Decimal | int | str,
    unit: str = "đồng",
    *,
    chan: bool = False,
    fold: bool = True,
    **reading: Unpack[Reading],
) -> str:
    """``amount`` of ``unit`` (a name of :data:`MONEY_UNITS`) in words, its first letter capital.

    Money is never read with phẩy: 1234.5 triệu đồng → “Một tỷ hai trăm ba mươi tư triệu năm trăm nghìn đồng”.
    ``fold=False`` keeps the unit, “Một nghìn hai trăm ba mươi tư triệu …”, for less than a million of it; a
    larger amount would be ambiguous that way and is read as with ``fold=True``. ``chan`` ends with “đồng chẵn”.
    Raises ValueError for an unknown unit and for an amount that isn't whole đồng, else as :func:`number_in_words`.
    """
    speech = _speech(**reading)
    dong = in_dong(_number(amount), unit)
    scale = MONEY_UNITS[_unit_name(unit)]
    words = _integer(dong, speech) if fold else _literal(dong, scale, speech)
    return first_upper(f"{words} đồng chẵn" if chan else f"{words} đồng")


def literal_in_words(dong: int, scale: int) -> str:
    """``dong`` counted in units of ``scale`` đồng (10**3 or 10**6), without the currency: “một nghìn triệu”."""
    return _literal(dong, scale, _speech())


def fraction_in_words(digits: str) -> str:
    """The ``digits`` after a decimal mark in words: each leading zero, then a number (05 → “không năm”)."""
    return _fraction(digits, _speech())


def in_dong(amount: Decimal | int, unit: str) -> int:
    """``amount`` of ``unit`` (see :data:`MONEY_UNITS`) as whole đồng, exactly; ValueError if not whole."""
    scale = MONEY_UNITS[_unit_name(unit)]
    number = _within_bounds(exact(amount))
    # Decimal's own multiplication rounds to 28 digits.
    numerator, denominator = number.as_integer_ratio()
    dong, rest = divmod(numerator * scale, denominator)
    if rest:
        raise ValueError(
            _("{amount} {unit} không chẵn đến đồng: hãy làm tròn số tiền, hoặc xem lại đơn vị tính").format(
                amount=format_amount(number), unit=unit
            )
        )
    return dong


def _unit_name(unit: str) -> str:
    name = " ".join(nfc(unit).lower().split()).replace("ngàn", "nghìn").replace("tỉ", "tỷ")
    if name not in MONEY_UNITS:
        raise ValueError(
            _("không có đơn vị tính “{unit}”: hãy dùng một trong {units}").format(
                unit=unit, units=", ".join(f"“{known}”" for known in MONEY_UNITS)
            )
        )
    return name


def _number(number: object) -> int | Decimal:
    if isinstance(number, str):
        digits = number.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()):
            raise ValueError(
                _("“{text}” không phải dãy chữ số: hãy viết liền các chữ số, như 406500").format(text=number)
            )
        return _within_bounds(Decimal(number))
    if isinstance(number, bool) or not isinstance(number, (int, Decimal)):
        raise TypeError(
            _("{value!r} không phải số chính xác: chỉ nhận int, Decimal hoặc dãy chữ số").format(value=number)
        )
    return number


def _within_bounds(number: Decimal) -> Decimal:
    exponent = exact(number).as_tuple().exponent
    if number.adjusted() >= MAX_DIGITS or (isinstance(exponent, int) and -exponent > MAX_DIGITS):
        raise _too_long()
    return number


def _too_long() -> ValueError:
    return ValueError(_("số có quá {most} chữ số, không đọc được: hãy xem lại").format(most=MAX_DIGITS))


def _decimal(number: Decimal, speech: _Speech) -> str:
    whole, _mark, fraction = f"{_within_bounds(number).copy_abs():f}".partition(".")
    words = _integer(int(whole), speech)
    digits = fraction.rstrip("0")
    if digits:
        words += f" phẩy {_fraction(digits, speech)}"
    return f"âm {words}" if number < 0 else words


def _fraction(digits: str, speech: _Speech) -> str:
    rest = digits.lstrip("0")
    zeros = [DIGITS[0]] * (len(digits) - len(rest))
    return " ".join([*zeros, _integer(int(rest), speech)] if rest else zeros)


def _integer(number: int, speech: _Speech) -> str:
    if number > 0:
        return " ".join(_positive(number, speech, speech.first))
    if number < 0:
        return "âm " + " ".join(_positive(-number, speech, speech.first))
    return DIGITS[0]


def _literal(dong: int, scale: int, speech: _Speech) -> str:
    units, rest = divmod(abs(dong), scale)
    if scale not in (10**3, 10**6) or not 0 < units < _LITERAL_UNITS:
        return _integer(dong, speech)
    words = ["âm"] if dong < 0 else []
    words += [*_positive(units, speech, speech.first), speech.nghin if scale == 10**3 else "triệu"]
    if rest:
        words += _positive(rest, speech, speech.later)
    return " ".join(words)


def _positive(number: int, speech: _Speech, groups: tuple[str, ...]) -> list[str]:
    """The words of ``number``, its first group taken from ``groups``.

    Each block of nine digits is followed by one tỷ per block below it: 10**18 is “một tỷ tỷ”. So no two numbers
    read alike; reading the quotient by a tỷ as one number would make 10**18 + 200 * 10**9 sound like 201 * 10**9.
    """
    if number < _BLOCK:
        return _block(number, speech, groups)
    if number.bit_length() > _MAX_BITS:
        raise _too_long()
    blocks: list[int] = []
    while number:
        number, block = divmod(number, _BLOCK)
        blocks.append(block)
    words: list[str] = []
    for depth in range(len(blocks) - 1, -1, -1):
        if blocks[depth]:
            words += _block(blocks[depth], speech, groups)
            words += [speech.ty] * depth
            groups = speech.later
    return words


def _block(number: int, speech: _Speech, groups: tuple[str, ...]) -> list[str]:
    words: list[str] = []
    if number >= 10**6:
        millions, number = divmod(number, 10**6)
        words += [groups[millions], "triệu"]
        groups = speech.later
    if number >= 10**3:
        thousands, number = divmod(number, 10**3)
        words += [groups[thousands], speech.nghin]
        groups = speech.later
    if number:
        words.append(groups[number])
    return words


_MAX_BITS = (10**MAX_DIGITS).bit_length()


@cache
def _speech(linh: str = "linh", nghin: str = "nghìn", tu: str = "tư", ty: str = "tỷ") -> _Speech:
    choices = {"linh": ("linh", "lẻ"), "nghin": ("nghìn", "ngàn"), "tu": ("tư", "bốn"), "ty": ("tỷ", "tỉ")}
    for (name, words), word in zip(choices.items(), (linh, nghin, tu, ty), strict=True):
        if word not in words:
            raise ValueError(
                _("cách đọc {name} không thể là “{word}”: hãy chọn “{words}”").format(
                    name=name, word=word, words=_("” hoặc “").join(words)
                )
            )
    pairs = [_pair(number, linh, tu) for number in range(100)]
    hundreds = [f"{digit} trăm" for digit in DIGITS]
    later = [f"{hundred} {pair}".rstrip() for hundred in hundreds for pair in pairs]
    first = [DIGITS[number] if number < 10 else pairs[number] for number in range(100)]
    return _Speech(tuple(first + later[100:]), tuple(later), nghin, ty)


def _pair(number: int, linh: str, tu: str) -> str:
    """Tens and units after a spoken hundred; empty for 0."""
    tens, units = divmod(number, 10)
    if tens == 0:
        return f"{linh} {DIGITS[units]}" if units else ""
    after_ten = {0: "", 5: "lăm"}
    if tens == 1:
        return f"mười {after_ten.get(units, DIGITS[units])}".rstrip()
    after_tens = after_ten | {1: "mốt", 4: tu}
    return f"{DIGITS[tens]} mươi {after_tens.get(units, DIGITS[units])}".rstrip()
