"""Fixed words of the decree, and how to compare Vietnamese text whichever way tone marks are placed."""

import unicodedata
from functools import lru_cache

#: Kind of document → its abbreviation in the ký hiệu (Phụ lục III, bảng chữ viết tắt); "" where there is none.
KINDS = {
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "chỉ thị": "CT",
    "quy chế": "QC",
    "quy định": "QyĐ",
    "thông cáo": "TC",
    "thông báo": "TB",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
    "kế hoạch": "KH",
    "phương án": "PA",
    "đề án": "ĐA",
    "dự án": "DA",
    "báo cáo": "BC",
    "biên bản": "BB",
    "tờ trình": "TTr",
    "hợp đồng": "HĐ",
    "công điện": "CĐ",
    "bản ghi nhớ": "BGN",
    "bản thỏa thuận": "BTT",
    "giấy ủy quyền": "GUQ",
    "giấy mời": "GM",
    "giấy giới thiệu": "GGT",
    "giấy nghỉ phép": "GNP",
    "phiếu gửi": "PG",
    "phiếu chuyển": "PC",
    "phiếu báo": "PB",
    "thư công": "",
}
#: The kinds with a line for the issuing authority, căn cứ, and a line "QUYẾT ĐỊNH:".
DECISIONS = {"quyết định", "nghị quyết"}

NATIONAL_NAME = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
MOTTO = ("Độc lập - Tự do - Hạnh phúc",)

#: The framed marks beside the letterhead: độ mật (ô 10a), mức khẩn (10b), phạm vi lưu hành (11).
SECRECY = {"tuyệt mật", "tối mật", "mật"}
URGENCY = {"hỏa tốc", "thượng khẩn", "khẩn"}
CIRCULATION = {"xem xong trả lại", "lưu hành nội bộ"}
STAMPS = SECRECY | URGENCY | CIRCULATION

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_TONES = {_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT}
_MOVED = tuple(pair + tone for pair in ("oa", "oe", "uy") for tone in sorted(_TONES))


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The key for comparing texts: lower case, single spaces, the tone of oa, oe, uy on the first vowel."""
    letters = unicodedata.normalize("NFD", " ".join(text.split()).casefold())
    if not any(mark in letters for mark in _MOVED):
        return unicodedata.normalize("NFC", letters)
    out = ""
    for letter in letters:
        pair = out[-2:]
        if letter in _TONES and pair in {"oa", "oe", "uy"}:
            out = out[:-1] + letter + out[-1]
        else:
            out += letter
    return unicodedata.normalize("NFC", out)


_KINDS_BY_KEY = {key(kind): kind for kind in KINDS}


def kind_of(text: str) -> str | None:
    """The kind of document that a title names, None if it names none."""
    return _KINDS_BY_KEY.get(key(text))
