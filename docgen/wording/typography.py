"""Finds the places in a text where a careful typist lets no line end, as in “18-NQ/TW” or “409 triệu đồng”.

For papers that docgen words itself. Words, digits and signs stay what they are.
"""

import re

NO_BREAK_SPACE = "\u00a0"
#: Stands for a no-break hyphen until the template stage writes Word's own element. Word has the same code for it in
#: plain text; nobody can type it, since readers refuse control characters, and no document can hold it by mistake,
#: since XML forbids them.
NO_BREAK_HYPHEN = "\x1e"

#: Words whose number or letter follows them; of “Phụ lục”, “lần thứ” the last syllable.
_NUMBERED = frozenset(
    (
        *("ngày", "tháng", "năm", "quý", "kỳ", "đợt", "lần", "thứ", "khóa", "khoá", "điều", "khoản", "điểm", "tiết"),
        *("mục", "chương", "phần", "lục", "bảng", "biểu", "mẫu", "số", "trang", "tập", "cấp", "hạng", "loại", "độ"),
        *("iso", "tcvn", "qcvn"),
    )
)
#: Those of them that a single letter may follow: “điểm a khoản 2”, “Biểu B”.
_LETTERED = frozenset(("điểm", "tiết", "mục", "phần", "lục", "bảng", "biểu", "mẫu", "loại", "hạng"))
_SCALES = frozenset(("nghìn", "ngàn", "triệu", "tỷ", "tỉ"))
_CURRENCIES = frozenset(("đồng", "usd"))
_UNITS = (
    _SCALES | _CURRENCIES | {"%", "‰", "ha", "m", "m2", "m²", "m3", "m³", "km", "km2", "km²", "kg", "tạ", "tấn", "lít"}
)
#: First syllables of what is counted; a number before them stays with them.
_COUNTED = frozenset(
    (
        *("nhiệm", "chỉ", "đơn", "cơ", "hồ", "văn", "thủ", "người", "trường", "xã", "phường", "lĩnh", "ý", "cuộc"),
        *("giờ", "ngày", "tuần", "tháng", "quý", "năm"),
    )
)
_DASHES = frozenset(("-", "–", NO_BREAK_HYPHEN))
_SIGNS = frozenset(("≥", "≤", "<", ">", "±", "≈"))
_OPENING, _CLOSING = "([{“‘\"'«", ".,;:!?)]}”’\"'»…"
_GAPS = re.compile(r"(\s+)")
_NUMBER = re.compile(r"[+-]?[0-9](?:[0-9.,]*[0-9])?")
#: What a range goes from or to: a year, a date, a percentage, an amount, a quarter.
_END_OF_RANGE = re.compile(r"(?:[0-9][0-9.,/]*%?|[IVX]+(?:/[0-9]{4})?)")
#: A number as a clause, a document or a period has it: 5, 14/3, 3951/QĐ-UBND, 1.4, IV, II/2023.
_ORDINAL = re.compile(r"(?:[0-9]\S*|[IVXLC]+(?:/[0-9]{4})?)")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


#: Most letters of a piece that stays together: in a line of text, and in a cell, whose column it must fit into.
IN_LINE, IN_CELL = 24, 11


def keep_together(text: str, most: int = IN_LINE) -> str:
    """``text`` with no-break spaces and hyphens where no line may end; :func:`plainly` gives ``text`` back.

    A number stays with its unit, its money words or what it counts, a date's or a clause's word with its number, both
    ends of a range with the dash between, and a ký hiệu whole, but not with its “số”: so long a piece leaves wide gaps
    in a justified line. A dash between words stays with the word before it. Only single spaces bind: several are room
    to write in. No piece gets longer than ``most`` letters, its punctuation apart; a longer word may be
    broken at its hyphens.
    """
    if " " not in text and "-" not in text:
        return text
    pieces = _GAPS.split(text)
    words = pieces[::2]
    lengths = [len(word.strip(_OPENING + _CLOSING)) for word in words]
    dashes = [_is_range_dash(words, at) for at in range(len(words))]
    for at, dash in enumerate(dashes):
        if dash and words[at] == "-":
            pieces[2 * at] = NO_BREAK_HYPHEN
        elif lengths[at] <= most:
            pieces[2 * at] = _bound_hyphens(words[at])
    length = 0
    for at in range(len(words) - 1):
        length += lengths[at]
        fits = length + 1 + lengths[at + 1] <= most
        if fits and pieces[2 * at + 1] == " " and (dashes[at] or _binds(words, at)):
            pieces[2 * at + 1] = NO_BREAK_SPACE
            length += 1
        else:
            length = 0
    return "".join(pieces)


def plainly(text: str) -> str:
    """``text`` as it was typed: plain spaces and hyphens for those of :func:`keep_together`."""
    return text.replace(NO_BREAK_SPACE, " ").replace(NO_BREAK_HYPHEN, "-")


def _binds(words: list[str], at: int) -> bool:
    """Whether the space between the words ``at`` and ``at + 1`` binds."""
    left, right = words[at].lstrip(_OPENING), words[at + 1].rstrip(_CLOSING)
    if not left or not right:
        return False
    before = words[at - 1].lstrip(_OPENING).lower() if at else ""
    name, follower = left.lower(), right.lower()
    if name in _NUMBERED and _is_its_number(name, right):
        return True
    if left in _SIGNS and right[0].isdigit():
        return True
    if words[at + 1] in _DASHES:
        return at + 2 < len(words) and words[at] not in _DASHES
    if _NUMBER.fullmatch(left):
        return follower in _UNITS or (follower in _COUNTED and before not in _NUMBERED)
    if name in _SCALES:
        return follower in _SCALES | _CURRENCIES and (before in _SCALES or bool(_NUMBER.fullmatch(before)))
    return False


def _is_its_number(name: str, right: str) -> bool:
    if name == "số":
        return bool(_NUMBER.fullmatch(right))
    return bool(_ORDINAL.fullmatch(right)) or (name in _LETTERED and len(right) == 1 and right.isalpha())


def _is_range_dash(words: list[str], at: int) -> bool:
    """Whether a word is the dash of a range, as in “2021 - 2025”."""
    if words[at] not in _DASHES or not 0 < at < len(words) - 1:
        return False
    first, last = words[at - 1].lstrip(_OPENING), words[at + 1].rstrip(_CLOSING)
    return bool(_END_OF_RANGE.fullmatch(first) and _END_OF_RANGE.fullmatch(last))


def _bound_hyphens(word: str) -> str:
    """A word with no-break hyphens between capitals and digits: 18-NQ/TW, QĐ-UBND, 5-10; not in “in-tơ-nét”."""
    if "-" not in word or "://" in word or "@" in word:
        return word
    return _HYPHEN.sub(lambda found: NO_BREAK_HYPHEN if _ties(word, found.start()) else "-", word)


def _ties(word: str, at: int) -> bool:
    return all(letter.isdigit() or letter.isupper() for letter in (word[at - 1], word[at + 1]))
