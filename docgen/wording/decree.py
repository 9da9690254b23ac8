"""Names that Nghị định 30/2020/NĐ-CP fixes, for whoever writes them and whoever looks for them in a file.

Names in small letters are as :func:`docgen.wording.text.fold_case` leaves them, so that a folded text is looked up as
it is.
"""

import re

from docgen.wording.text import fold_case

#: The 29 kinds of documents (Điều 7) → their abbreviation in the ký hiệu (Phụ lục III, Mục I); "" where there is none.
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
    "công văn": "",
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
#: The one kind that doesn't print its name, and whose ký hiệu is the unit's abbreviation alone (Mẫu 1.5).
OFFICIAL_LETTER = "công văn"
#: The kinds that are signed by an authority of their own, with căn cứ and a line "QUYẾT ĐỊNH:" (Mẫu 1.1 to 1.3).
DECISIONS = {"quyết định", "nghị quyết"}

#: The kind that has no line of place and date: its text says where and when (Mẫu 1.9).
NO_PLACE_LINE = {"biên bản"}
#: The kinds that the decree has no form of: contracts of several parties, and letters of thanks or congratulation.
WITHOUT_OWN_FORM = {"hợp đồng", "bản ghi nhớ", "bản thỏa thuận", "thư công"}

#: Quốc hiệu, in both spellings in use, and Tiêu ngữ (Phụ lục I, Mục II.1).
NATIONAL_NAME = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
MOTTO = "Độc lập - Tự do - Hạnh phúc"

#: What stands in a frame beside the letterhead: độ mật (ô 10a), mức khẩn (10b), phạm vi lưu hành (11).
SECRECY = {"tuyệt mật", "tối mật", "mật"}
URGENCY = {"hỏa tốc", "thượng khẩn", "khẩn"}
CIRCULATION = {"xem xong trả lại", "lưu hành nội bộ"}
STAMPS = SECRECY | URGENCY | CIRCULATION

#: The bodies of local government, and the levels that stand before a place's name in theirs.
COMMITTEE, COUNCIL = "ủy ban nhân dân", "hội đồng nhân dân"
BODIES = (COMMITTEE, COUNCIL)
LEVELS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường", "đặc khu")

#: What stands before the authority that is signed for: the collective (TM), the head, signed for by a deputy (KT), by
#: order (TL) or by authorisation (TUQ); and before the title of an acting head (Q) (Phụ lục I, Mục II.7.b).
FOR_COLLECTIVE = "TM"
FOR_ANOTHER = ("KT", "TL", "TUQ")
ACTING = "Q"
#: The same with a slash, as documents of the Party have them.
SLASHED = ("T/M", "K/T", "T/L", "TU/Q", "T/UQ", "T/U/Q")
#: What doesn't stand before the name of a signer (Phụ lục I, Mục II.7.b): ranks, degrees, honours, forms of address.
#: The armed forces, schools, hospitals and scientific bodies may print ranks and degrees.
RANK = re.compile(
    r"(?:(?:P?GS(?:TS)?|TS|ThS|Ths|BS|CN|KS|KTS|LS|DS|CKI|CKII|NGND|NGƯT|NSND|NSƯT|Đ/c)\b[.,]?"
    r"|(?:Tiến sĩ|Tiến sỹ|Thạc sĩ|Thạc sỹ|Giáo sư|Phó Giáo sư|Bác sĩ|Bác sỹ|Kỹ sư|Cử nhân|Luật sư|Dược sĩ|Ông|Bà)\s)"
)


def abbreviation(kind_name: str) -> str:
    """What a kind's name is in the ký hiệu, in whatever case it is typed; "" for one that has none or is unknown."""
    return KINDS.get(fold_case(kind_name), "")


def is_official_letter(kind_name: str) -> bool:
    """Whether the name of a kind is that of a công văn."""
    return fold_case(kind_name) == OFFICIAL_LETTER


def titled_kind(text: str) -> str | None:
    """The kind of document that a title names, None if it names none; a công văn has no title."""
    folded = fold_case(text)
    return folded if folded in KINDS and folded != OFFICIAL_LETTER else None
