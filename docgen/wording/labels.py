"""Labels of outline items, such as “Phần I”, “1.” or “a)” (NĐ 30/2020, Phụ lục I)."""

from collections.abc import Callable

from docgen.base.locale import translate as _

#: The letters of điểm, in order. The decree requires the order of the Vietnamese alphabet; its own text has a b c d đ
#: e g h i. Letters with marks (ă â ê ô ơ ư) are left out in all legislative practice; there is no f, j, w, z.
LETTERS = "abcdđeghiklmnopqrstuvxy"

_ROMAN = {
    "M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5,
    "IV": 4, "I": 1,
}  # fmt: skip
_ROMAN_MAX = 3999


def list_letter(n: int) -> str:
    """The letter of the ``n``-th điểm, ``n`` from 1 to 23: a b c d đ e g h i k ….

    Raises ValueError outside that range.
    """
    if n < 1:
        raise ValueError(_("không có điểm thứ {n}: các điểm đánh số từ 1").format(n=n))
    if n > len(LETTERS):
        raise ValueError(
            _(
                "không có chữ cái cho điểm thứ {n}: một danh sách có tối đa {most} điểm (a đến y); "
                "hãy tách thành nhiều khoản"
            ).format(n=n, most=len(LETTERS))
        )
    return LETTERS[n - 1]


def roman(n: int) -> str:
    """``n`` from 1 to 3999 in capital Roman numerals; ValueError outside that range."""
    if not 1 <= n <= _ROMAN_MAX:
        raise ValueError(_("{n} không viết được bằng số La Mã: chỉ từ 1 đến {most}").format(n=n, most=_ROMAN_MAX))
    letters = ""
    for sign, value in _ROMAN.items():
        count, n = divmod(n, value)
        letters += sign * count
    return letters


def from_roman(text: str) -> int:
    """The number that Roman numerals stand for, in either case; ValueError unless they are well formed."""
    wanted = text.strip().upper()
    total, rest = 0, wanted
    for sign, value in _ROMAN.items():
        while rest.startswith(sign):
            total, rest = total + value, rest.removeprefix(sign)
    # Converting the number back rejects IIII, VX and other malformed numerals.
    if rest or not 1 <= total <= _ROMAN_MAX or roman(total) != wanted:
        raise ValueError(_("“{text}” không phải số La Mã: hãy viết như I, II, IV, IX").format(text=text))
    return total


_LABELS: dict[str, Callable[[int], str]] = {
    "phan": lambda n: f"Phần {roman(n)}",
    "muc": lambda n: f"{roman(n)}.",
    "khoan": lambda n: f"{n}.",
    "diem": lambda n: f"{list_letter(n)})",
    "gach": lambda _n: "-",
    "dieu": lambda n: f"Điều {n}.",
    "khong": lambda _n: "",
}


def label(level: str, n: int) -> str:
    """The label of the ``n``-th item (from 1) of a ``level``: “Phần I”, “I.”, “1.”, “a)”, “-”, “Điều 1.”, “”.

    ``level`` is phan, muc, khoan, diem, gach, dieu or khong. Raises ValueError for any other level, for ``n``
    below 1, and when letters or Roman numerals run out.
    """
    if level not in _LABELS:
        raise ValueError(
            _("không có cấp “{level}”: hãy dùng một trong {levels}").format(level=level, levels=", ".join(_LABELS))
        )
    if n < 1:
        raise ValueError(_("không có nhãn cho thứ tự {n}: thứ tự tính từ 1").format(n=n))
    return _LABELS[level](n)
