"""Tests of which component a line of text is; each takes one line as displayed."""

import re

from docgen.layout.components import Component
from docgen.layout.facts import Align, Paragraph
from docgen.wording.decree import CIRCULATION, SECRECY, STAMPS, URGENCY, titled_kind
from docgen.wording.text import fold_case

_NUMBER = re.compile(r"số\b\s*[:.…/\d]")
_DATE = re.compile(r"\bngày\b.*\btháng\b")
_DRAFTER = re.compile(r"\w{1,6}\.?\s?\(\d{1,4}\)\.?")
_CONTACT = re.compile(r"địa chỉ|điện thoại|đt:|email|e-mail|thư điện tử|website|fax|số fax")
_APPENDIX = re.compile(r"phụ lục(?:\s+(?:số\s+)?(?P<number>[ivxlcdm]+|\d+|[a-z]))?\s*(?:[.:–-]\s*(?P<rest>.*))?")
_BODY = re.compile(
    r"(?:phần|chương|mục|tiểu mục|điều)\s+(?:thứ\s|[\divxlc]+\b)|(?:[ivxlc]+|\d+)[.)]\s|[a-zđ]\)\s|[-+]\s"
)
_BASES = ("căn cứ", "theo đề nghị", "xét ", "trên cơ sở", "thực hiện", "theo ")
_DECIDES = re.compile(r"(?:quyết định|quyết nghị|nghị quyết)\s*:?")
_SIGNING = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s*[./]|[TKU]/[MTLUQ]")
#: Words of which every title of an office has one; a person's name in capitals has none.
_OFFICES = (
    "chủ tịch", "giám đốc", "trưởng", "phó", "chánh", "bí thư", "chủ nhiệm", "thủ tướng", "thống đốc",
    "ủy ban", "hội đồng", "ủy viên", "cục", "sở", "văn phòng",
    "thư ký", "chủ tọa", "chủ trì", "người ghi", "đại diện",
)  # fmt: skip
_AGENCY_STARTS = (
    "ủy ban nhân dân", "ubnd", "hội đồng", "hđnd", "sở", "phòng", "ban", "văn phòng", "trung tâm", "chi cục", "cục",
    "tổng cục", "bộ", "viện", "trường", "thanh tra", "công an", "tòa án", "đảng ủy", "ủy ban mặt trận", "kho bạc",
    "bảo hiểm", "bệnh viện", "đội", "trạm", "học viện", "hội", "chính phủ", "chủ tịch", "tỉnh", "tổng công ty",
    "công ty", "liên đoàn", "ngân hàng", "đài",
)  # fmt: skip


def is_national_name(text: str) -> bool:
    """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, also misspelt."""
    found = fold_case(text)
    return len(found) < 60 and (found.startswith("cộng hòa xã hội") or found.endswith("xhcn việt nam"))


def is_motto(text: str) -> bool:
    """Độc lập - Tự do - Hạnh phúc, also misspelt."""
    found = fold_case(text)
    return len(found) < 50 and "độc lập" in found and "hạnh phúc" in found


def is_number(text: str) -> bool:
    """Số: 12/KH-UBND, with or without the number."""
    return bool(_NUMBER.match(fold_case(text))) and len(text) < 80


def is_date(text: str) -> bool:
    """Hương Thủy, ngày 30 tháng 12 năm 2022."""
    return bool(_DATE.search(fold_case(text))) and len(text) < 100


def is_subject(text: str) -> bool:
    """V/v … under the number of a công văn."""
    return fold_case(text).startswith(("v/v", "v/ v", "về việc"))


def is_stamp(text: str) -> bool:
    """Độ mật, mức khẩn, phạm vi lưu hành."""
    return fold_case(text) in STAMPS


def stamp_of(text: str) -> Component | None:
    """The component of a stamp, or None."""
    stamps = {Component.SECRECY: SECRECY, Component.URGENCY: URGENCY, Component.CIRCULATION: CIRCULATION}
    found = fold_case(text)
    return next((name for name, words in stamps.items() if found in words), None)


def is_drafter_mark(text: str) -> bool:
    """PL.(300): the drafter's initials and the number of copies."""
    return bool(_DRAFTER.fullmatch(text))


def is_contact(text: str) -> bool:
    """Địa chỉ, điện thoại, thư điện tử … at the foot of the page."""
    return bool(_CONTACT.search(fold_case(text)))


def starts_agency(text: str) -> bool:
    """Whether an agency's name may begin with these words."""
    found = fold_case(text) + " "
    return any(found.startswith(f"{word} ") for word in _AGENCY_STARTS)


def is_upper(text: str) -> bool:
    """Whether there are letters and all are capitals."""
    return text == text.upper() and any(letter.isalpha() for letter in text)


def is_bold(line: Paragraph) -> bool:
    """Whether all visible characters are bold."""
    return bool(line.inked) and all(run.look.bold for run in line.inked)


def is_centered(line: Paragraph) -> bool:
    """Whether the line is centred."""
    return line.shape.align is Align.CENTER


def is_appendix_label(line: Paragraph) -> bool:
    """Phụ lục, Phụ lục I, PHỤ LỤC 2; followed by a title only if centred."""
    found = _APPENDIX.fullmatch(fold_case(line.text))
    return found is not None and not line.cells and (not found["rest"] or is_centered(line))


def is_signing_line(line: Paragraph) -> bool:
    """Số: …; ngày/tháng/năm; giờ:phút:giây, which the signing program writes on a separate file (mục II.7, 10 pt)."""
    text = fold_case(line.text)
    return text.startswith("số:") and text.count(";") >= 2 and text.count(":") >= 3 and line.size <= 11


def is_addressee_line(text: str) -> bool:
    """Kính gửi: …"""
    return fold_case(text).startswith("kính gửi")


def is_attached_line(line: Paragraph) -> bool:
    """(Kèm theo …), or without brackets if centred."""
    found = fold_case(line.text)
    if found.startswith("("):
        return "kèm theo" in found[:40]
    return found.startswith(("kèm theo", "ban hành kèm theo")) and is_centered(line)


def is_base(text: str) -> bool:
    """Căn cứ …; Theo đề nghị của … ."""
    return fold_case(text).startswith(_BASES)


def is_decides(text: str) -> bool:
    """QUYẾT ĐỊNH: or QUYẾT NGHỊ:"""
    return bool(_DECIDES.fullmatch(fold_case(text)))


def starts_body(text: str) -> bool:
    """Phần I, Điều 1., I. …, 1. …, a) …, - …"""
    return bool(_BODY.match(fold_case(text)))


def is_title(line: Paragraph) -> bool:
    """The name of a kind of document, or a centred or bold line in capitals."""
    text = line.text
    return titled_kind(text) is not None or (
        is_upper(text) and (is_centered(line) or is_bold(line)) and not starts_body(text) and not is_decides(text)
    )


def is_recipients_label(text: str) -> bool:
    """Nơi nhận:"""
    return fold_case(text).rstrip(" :.") == "nơi nhận"


def has_signing_prefix(text: str) -> bool:
    """TM., KT., TL., TUQ., Q., and the forms with a slash that the Party uses."""
    return bool(_SIGNING.match(text)) and len(text) < 80


def names_office(text: str) -> bool:
    """Whether a line in capitals names an office, not a person."""
    found = f" {fold_case(text)} "
    return any(f" {word} " in found for word in _OFFICES)


def is_office_line(text: str) -> bool:
    """Whether a signature block may begin with this line."""
    return has_signing_prefix(text) or (is_upper(text) and len(text) < 60 and names_office(text))
