"""Parses amounts typed in digits into exact ``Decimal`` values, and formats them in the Vietnamese way."""

from decimal import Decimal

from docgen.base.locale import translate as _

_MINUSES = "-–−"
_DIGITS = frozenset("0123456789")
# No-break, narrow no-break, thin and figure space separate groups of three digits as the plain space does.
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007"), " ")
_LOOK_ALIKES = dict(zip("OolIi|ZzSsB", "00111122558", strict=True))
_TO_VIETNAMESE = str.maketrans(",.", ".,")


def parse_amount(text: str) -> Decimal:
    """Parse ``406``, ``406,5``, ``406.5``, ``1.234,5``, ``1,234.5``, ``1.234.567`` or ``1 234``.

    A leading minus (-, –, −) and surrounding white space are accepted. Raises ValueError for anything else, and
    for a single mark before exactly three digits (``1.234``), which is ambiguous: the message gives both readings.
    """
    trimmed = text.translate(_SPACES).strip()
    if not trimmed:
        raise ValueError(_("chưa có số: hãy viết một số như 406 hoặc 406,5"))
    _refuse_letters(trimmed)
    negative = trimmed[0] in _MINUSES
    sign = "-" if negative else ""
    body = trimmed[1:].lstrip() if negative else trimmed
    whole, fraction = _split(trimmed, body, sign)
    return Decimal(f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}")


def _refuse_letters(text: str) -> None:
    body = text[1:] if text[0] in _MINUSES else text
    strange = [char for char in body if char not in _DIGITS and char not in "., "]
    if not strange:
        return
    has_digit = any(char in _DIGITS for char in body)
    if has_digit and all(char in _LOOK_ALIKES for char in strange):
        raise ValueError(
            _("“{text}” có chữ “{letter}”: ý bạn là số {digit}? Nếu đúng, hãy viết “{meant}”").format(
                text=text,
                letter=strange[0],
                digit=_LOOK_ALIKES[strange[0]],
                meant="".join(_LOOK_ALIKES.get(char, char) for char in text),
            )
        )
    raise ValueError(
        _("“{text}” không phải một số vì có “{char}”: chỉ viết số, như 406 hoặc 406,5").format(
            text=text, char=strange[0]
        )
    )


def _split(text: str, body: str, sign: str) -> tuple[str, str]:
    """The digits before and after the decimal mark of ``body``; the latter are empty for a whole number."""
    marks = [char for char in body if char in "., "]
    if not marks:
        return _digits(text, body), ""
    last = marks[-1]
    if last == " " or (marks.count(last) > 1 and len(set(marks)) == 1):
        return _ungrouped(text, body, last), ""
    if marks.count(last) > 1:
        raise _bad_grouping(text)
    head, _mark, fraction = body.rpartition(last)
    if not head or not fraction:
        raise ValueError(
            _("“{text}” thiếu chữ số trước hoặc sau dấu “{mark}”: hãy viết đủ, như 0,5").format(text=text, mark=last)
        )
    if len(marks) > 1:
        return _ungrouped(text, head, marks[0]), fraction
    if _could_be_group(head, fraction):
        raise _two_readings(text, sign, head, fraction)
    return _digits(text, head), fraction


def _digits(text: str, part: str) -> str:
    if not part:
        raise ValueError(_("“{text}” không có chữ số nào: hãy viết một số như 406 hoặc 406,5").format(text=text))
    return part


def _ungrouped(text: str, part: str, mark: str) -> str:
    first, *others = part.split(mark)
    in_threes = all(len(group) == 3 and _DIGITS.issuperset(group) for group in others)
    if not (1 <= len(first) <= 3 and _DIGITS.issuperset(first) and first[0] != "0" and in_threes):
        raise _bad_grouping(text)
    return first + "".join(others)


def _could_be_group(head: str, fraction: str) -> bool:
    """Whether the only mark, between ``head`` and ``fraction``, could be a thousands separator."""
    return len(fraction) == 3 and len(head) <= 3 and head[0] != "0"


def _two_readings(text: str, sign: str, head: str, fraction: str) -> ValueError:
    return ValueError(
        _(
            "“{text}” có thể là {whole} hoặc {broken}: hãy viết {whole} nếu là số nguyên, "
            "hoặc {broken}0 nếu là số thập phân"
        ).format(text=text, whole=f"{sign}{head}{fraction}", broken=f"{sign}{head},{fraction}")
    )


def _bad_grouping(text: str) -> ValueError:
    return ValueError(
        _(
            "“{text}” có dấu ngăn cách đặt sai chỗ: hãy chia từng nhóm ba chữ số như 1.234.567,5, "
            "hoặc viết liền như 1234567,5"
        ).format(text=text)
    )


def exact(value: Decimal | int) -> Decimal:
    """``value`` as a finite Decimal, digit for digit.

    Raises TypeError for floats, which lose digits, and booleans; ValueError for NaN and infinity.
    """
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise TypeError(_("{value!r} không phải số chính xác: chỉ nhận int hoặc Decimal").format(value=value))
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(_("“{value}” không phải một số hữu hạn").format(value=value))
    return number


def format_amount(value: Decimal | int) -> str:
    """``value`` in the Vietnamese form, with all digits but no trailing zeros: 1234.50 → “1.234,5”."""
    text = f"{exact(value):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.translate(_TO_VIETNAMESE)


def format_percent(value: Decimal | int) -> str:
    """``value``, in percent, in the Vietnamese form: 45.5 → “45,5%”."""
    return f"{format_amount(value)}%"


def format_plain(value: Decimal | int) -> str:
    """``value`` as data files store it, without group marks; :func:`parse_amount` reads it back as an equal number.

    The decimal mark is a dot, because a comma separates items in a YAML list or a CSV row. A zero is appended
    where :func:`parse_amount` would find the mark ambiguous: 1.234 → “1.2340”.
    """
    text = f"{exact(value):f}"
    if "." not in text:
        return "0" if not exact(value) else text
    whole, _mark, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    if not fraction:
        return "0" if whole == "-0" else whole
    if _could_be_group(whole.lstrip("-"), fraction):
        fraction += "0"
    return f"{whole}.{fraction}"
