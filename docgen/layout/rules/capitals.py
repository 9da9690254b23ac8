"""Rules of capital letters (Phụ lục II) that patterns can check without a dictionary of names."""

import re

from docgen.layout.components import Document, Scene
from docgen.layout.rules.base import Findings, Rule
from docgen.layout.rules.citation import Saying, check_sayings

_II = "Phụ lục II"

SENTENCE = Rule(
    "ND30-VH.1", "dau-cau-viet-thuong", "Sau dấu chấm, chấm hỏi, chấm than viết hoa chữ cái đầu", _II, "C",
    about="noi_dung", reason="Chữ hoa đầu câu cho biết câu mới bắt đầu.",
    example="đúng: … hiệu quả. Các đơn vị … / sai: … hiệu quả. các đơn vị …",
)  # fmt: skip
COUNCIL = Rule(
    "ND30-VH.2", "viet-hoa-ten-co-quan", "Tên cơ quan viết hoa không đúng", _II, about="noi_dung",
    reason="Tên loại cơ quan viết hoa chữ cái đầu; “nhân dân” trong tên ấy viết thường.",
    example="đúng: Ủy ban nhân dân xã / sai: Ủy Ban Nhân Dân xã, Ủy ban Nhân dân xã",
)  # fmt: skip
AND = Rule(
    "ND30-VH.3", "viet-hoa-chu-va", "Chữ “và” trong tên cơ quan viết thường", _II, about="noi_dung",
    reason="Chỉ những từ chỉ loại và chức năng của cơ quan viết hoa.",
    example="đúng: Sở Giáo dục và Đào tạo / sai: Sở Giáo dục Và Đào tạo",
)  # fmt: skip
PEOPLE = Rule(
    "ND30-VH.4", "nhan-dan-nha-nuoc-viet-thuong", "Danh từ “Nhân dân”, “Nhà nước” viết hoa chữ cái đầu", _II, "B",
    about="noi_dung", reason="“Nhân dân”, “Nhà nước” là danh từ thuộc trường hợp đặc biệt, luôn viết hoa.",
    example="đúng: phục vụ Nhân dân / sai: phục vụ nhân dân",
)  # fmt: skip
NUMBERED_UNIT = Rule(
    "ND30-VH.5", "don-vi-theo-so-viet-thuong", "Đơn vị hành chính gọi theo số viết hoa cả danh từ chung", _II,
    about="noi_dung", reason="“Quận 1” là một tên riêng, nên chữ “Quận” cũng viết hoa.",
    example="đúng: Ủy ban nhân dân Quận 1 / sai: Ủy ban nhân dân quận 1",
)  # fmt: skip
NAMED_UNIT = Rule(
    "ND30-VH.6", "danh-tu-chung-viet-hoa", "Danh từ chung đứng trước tên riêng của tỉnh, huyện viết thường", _II, "B",
    about="noi_dung", reason="Chỉ tên riêng viết hoa; đơn vị mang tên người hay sự kiện thì viết hoa cả hai.",
    example="đúng: tỉnh Nam Định / sai: Tỉnh Nam Định",
)  # fmt: skip
WEEKDAY = Rule(
    "ND30-VH.7", "thu-thang-viet-thuong", "Thứ và tháng viết bằng chữ thì viết hoa", _II, about="noi_dung",
    reason="Tên thứ, tên tháng viết bằng chữ là tên riêng; viết bằng số thì không.",
    example="đúng: thứ Hai, tháng Tám, tháng 8 / sai: ngày thứ hai, vào tháng tám",
)  # fmt: skip
MONTH = Rule(
    "ND30-VH.8", "thang-so-viet-hoa", "Tháng viết bằng số thì chữ “tháng” viết thường", _II, "B", about="noi_dung",
    reason="Chỉ tên tháng viết bằng chữ mới viết hoa.", example="đúng: trong tháng 8 / sai: trong Tháng 8",
)  # fmt: skip

RULES = (SENTENCE, COUNCIL, AND, PEOPLE, NUMBERED_UNIT, NAMED_UNIT, WEEKDAY, MONTH)

_SMALL = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_BIG = _SMALL.replace("a-z", "A-Z").upper()
#: Requires a word of four letters or more before the mark: a shorter one may be an abbreviation (TP., v.v., ThS.).
_SENTENCE = re.compile(rf"(?<![\w.])(?P<before>[{_SMALL}]{{4,}}[.?!] )(?P<letter>[{_SMALL}])(?P<after>[{_SMALL}]+)")
_COUNCIL = re.compile(r"(?P<name>(?:ủy|uỷ) ban|hội đồng) nhân dân", re.IGNORECASE)
_OWN_NAME = re.compile(rf" (?:tỉnh|huyện|xã|phường|thị xã|thành phố|thị trấn) [{_BIG}]")
_AND = re.compile(
    rf"(?P<before>\b(?:Sở|Bộ|Phòng|Cục|Chi cục|Ban|Trung tâm)(?: [{_BIG}]?[{_SMALL}]+,?){{1,5}} )Và(?P<after> [{_BIG}])"
)
_PEOPLE = re.compile(
    rf"(?P<before>\b(?:phục vụ|với|lợi ích của|đời sống|tầng lớp|quần chúng|ý kiến|nguyện vọng của|trong) )"
    rf"nhân dân(?! tệ)(?![{_SMALL}\w])|(?P<before2>\bĐảng(?: và|,) )nhà nước(?!\w)"
)
_NUMBERED = re.compile(
    r"(?P<before>\b(?:nhân dân|UBND|HĐND|tại|thuộc|địa bàn|ở) )(?P<unit>quận|phường)(?P<after> \d{1,2}\b)(?! [/%])"
)
_NAMED = re.compile(
    rf"(?P<before>[{_SMALL}\d,;] )(?P<unit>Tỉnh|Huyện)(?P<after> (?!Đoàn)[{_BIG}][{_SMALL}]+ [{_BIG}][{_SMALL}]+)"
)
_WEEKDAY = re.compile(
    r"(?P<before>\b(?:ngày|sáng|chiều|tối) thứ )(?P<name>hai|ba|tư|năm|sáu|bảy)(?=[ ,.;)]|$)(?! ngày)"
    r"|(?P<before2>\b(?:trong|vào|từ|đến|cuối|đầu|giữa|Cách mạng) tháng )"
    r"(?P<name2>giêng|tư|sáu|bảy|tám|chín|chạp)(?!\w)"
)
_MONTH = re.compile(rf"(?P<before>[{_SMALL}] )Tháng(?P<after> \d{{1,2}}\b)")


def _sentence(match: re.Match[str]) -> str:
    return f"{match['before']}{match['letter'].upper()}{match['after']}"


def _council(match: re.Match[str]) -> str | None:
    """Accept all capitals, as in headings, and all small letters where no particular council is named."""
    text = match[0]
    if text == text.upper():
        return None
    if text == text.lower() and not _OWN_NAME.match(match.string, match.end()):
        return None
    return f"{match['name'].capitalize()} nhân dân"


def _people(match: re.Match[str]) -> str:
    return f"{match['before']}Nhân dân" if match["before"] else f"{match['before2']}Nhà nước"


def _weekday(match: re.Match[str]) -> str:
    before, name = match["before"] or match["before2"], match["name"] or match["name2"]
    return f"{before}{name.capitalize()}"


SAYINGS = (
    Saying(SENTENCE, _SENTENCE, _sentence),
    Saying(COUNCIL, _COUNCIL, _council),
    Saying(AND, _AND, lambda match: f"{match['before']}và{match['after']}"),
    Saying(PEOPLE, _PEOPLE, _people),
    Saying(NUMBERED_UNIT, _NUMBERED, lambda match: f"{match['before']}{match['unit'].capitalize()}{match['after']}"),
    Saying(NAMED_UNIT, _NAMED, lambda match: f"{match['before']}{match['unit'].lower()}{match['after']}"),
    Saying(WEEKDAY, _WEEKDAY, _weekday),
    Saying(MONTH, _MONTH, lambda match: f"{match['before']}tháng{match['after']}"),
)


def check_document(scene: Scene, document: Document) -> Findings:
    """Check the capital letters in a document's text."""
    return check_sayings(SAYINGS, scene, document)
