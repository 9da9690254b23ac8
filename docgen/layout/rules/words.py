"""Rules of the author's own words that patterns can check: citations (ND30-VD) and capital letters (ND30-VH)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docgen.layout.components import Component, Document, Scene
from docgen.layout.rules.base import Findings, Rule, excerpt, grouped_pairs
from docgen.wording.dates import format_month
from docgen.wording.decree import KINDS
from docgen.wording.text import fold_case

#: The components that an author writes; letterhead and signature have their own rules.
_WORDS = (
    Component.ABSTRACT, Component.ATTACHED_TO, Component.BASES, Component.ADDRESSEES, Component.CONTENT,
    Component.RECIPIENTS,
)  # fmt: skip

#: A match → its right form; None if it is right already.
Correct = Callable[[re.Match[str]], str | None]


@dataclass(frozen=True)
class Saying:
    """A rule about words: it is broken where ``pattern`` matches and ``correct`` returns a different text."""

    rule: Rule
    pattern: re.Pattern[str]
    correct: Correct
    components: Sequence[Component] = _WORDS


_II6 = "Phụ lục I, mục II.6"
_WRITING = "Phụ lục II"

KIND = Rule(
    "ND30-VD.1", "vien-dan-khac-ky-hieu", "Tên loại viện dẫn không khớp chữ viết tắt trong ký hiệu",
    "Phụ lục III, bảng chữ viết tắt tên loại", about="noi_dung",
    reason="Ký hiệu QĐ là của quyết định, KH là của kế hoạch; không khớp thì tên loại hoặc số đã gõ nhầm.",
    example="đúng: Quyết định số 3134/QĐ-UBND / sai: Quyết định số 3134/KH-UBND",
)  # fmt: skip
NUMBER_WORD = Rule(
    "ND30-VD.2", "vien-dan-thieu-chu-so", "Viện dẫn văn bản thiếu chữ “số”", _II6, "B", about="noi_dung",
    reason="Nghị định luôn viết “số” giữa tên loại và số, ký hiệu.",
    example="đúng: Nghị định số 30/2020/NĐ-CP / sai: Nghị định 30/2020/NĐ-CP",
)  # fmt: skip
ARTICLE_CAPITAL = Rule(
    "ND30-VD.3", "dieu-viet-thuong", "Viện dẫn Phần, Chương, Mục, Điều phải viết hoa chữ cái đầu", _WRITING,
    about="noi_dung", reason="Phần, Chương, Mục, Tiểu mục, Điều viết hoa khi viện dẫn; khoản, điểm viết thường.",
    example="đúng: khoản 2 Điều 5 / sai: khoản 2 điều 5",
)  # fmt: skip
CLAUSE_SMALL = Rule(
    "ND30-VD.4", "khoan-diem-viet-hoa", "Viện dẫn khoản, điểm viết thường", _WRITING, about="noi_dung",
    reason="Khoản, điểm viết thường khi viện dẫn, trừ khi đứng đầu câu.",
    example="đúng: tại điểm a khoản 2 Điều 5 / sai: tại Điểm a Khoản 2 Điều 5",
)  # fmt: skip
ZERO_MONTH = Rule(
    "ND30-VD.5", "thang-co-so-0", "Chỉ tháng 1, 2 ghi thêm số 0 phía trước", "Phụ lục I, mục II.4", "C",
    about="noi_dung", reason="Từ tháng 3 không ai thêm được chữ số phía trước, nên không cần số 0.",
    example="đúng: ngày 05 tháng 3 năm 2023 / sai: ngày 05 tháng 03 năm 2023",
)  # fmt: skip
BASE_DATE = Rule(
    "ND30-VD.6", "can-cu-ngay-viet-tat", "Ngày trong căn cứ ghi đủ ngày … tháng … năm …", _II6, "C", about="noi_dung",
    reason="Căn cứ ghi lần đầu thì ghi đủ tên loại, số, ngày, cơ quan và trích yếu; nhiều nơi vẫn ghi tắt.",
    example="đúng: ngày 16 tháng 6 năm 2025 / sai: ngày 16/6/2025",
)  # fmt: skip

SENTENCE = Rule(
    "ND30-VH.1", "dau-cau-viet-thuong", "Sau dấu chấm, chấm hỏi, chấm than viết hoa chữ cái đầu", _WRITING, "C",
    about="noi_dung", reason="Chữ hoa đầu câu cho biết câu mới bắt đầu.",
    example="đúng: … hiệu quả. Các đơn vị … / sai: … hiệu quả. các đơn vị …",
)  # fmt: skip
COUNCIL = Rule(
    "ND30-VH.2", "viet-hoa-ten-co-quan", "Tên cơ quan viết hoa không đúng", _WRITING, about="noi_dung",
    reason="Tên loại cơ quan viết hoa chữ cái đầu; “nhân dân” trong tên ấy viết thường.",
    example="đúng: Ủy ban nhân dân xã / sai: Ủy Ban Nhân Dân xã, Ủy ban Nhân dân xã",
)  # fmt: skip
AND = Rule(
    "ND30-VH.3", "viet-hoa-chu-va", "Chữ “và” trong tên cơ quan viết thường", _WRITING, about="noi_dung",
    reason="Chỉ những từ chỉ loại và chức năng của cơ quan viết hoa.",
    example="đúng: Sở Giáo dục và Đào tạo / sai: Sở Giáo dục Và Đào tạo",
)  # fmt: skip
PEOPLE = Rule(
    "ND30-VH.4", "nhan-dan-nha-nuoc-viet-thuong", "Danh từ “Nhân dân”, “Nhà nước” viết hoa chữ cái đầu", _WRITING, "B",
    about="noi_dung", reason="“Nhân dân”, “Nhà nước” là danh từ thuộc trường hợp đặc biệt, luôn viết hoa.",
    example="đúng: phục vụ Nhân dân / sai: phục vụ nhân dân",
)  # fmt: skip
NUMBERED_UNIT = Rule(
    "ND30-VH.5", "don-vi-theo-so-viet-thuong", "Đơn vị hành chính gọi theo số viết hoa cả danh từ chung", _WRITING,
    about="noi_dung", reason="“Quận 1” là một tên riêng, nên chữ “Quận” cũng viết hoa.",
    example="đúng: Ủy ban nhân dân Quận 1 / sai: Ủy ban nhân dân quận 1",
)  # fmt: skip
NAMED_UNIT = Rule(
    "ND30-VH.6", "danh-tu-chung-viet-hoa", "Danh từ chung đứng trước tên riêng của tỉnh, huyện viết thường", _WRITING,
    "B", about="noi_dung", reason="Chỉ tên riêng viết hoa; đơn vị mang tên người hay sự kiện thì viết hoa cả hai.",
    example="đúng: tỉnh Nam Định / sai: Tỉnh Nam Định",
)  # fmt: skip
WEEKDAY = Rule(
    "ND30-VH.7", "thu-thang-viet-thuong", "Thứ và tháng viết bằng chữ thì viết hoa", _WRITING, about="noi_dung",
    reason="Tên thứ, tên tháng viết bằng chữ là tên riêng; viết bằng số thì không.",
    example="đúng: thứ Hai, tháng Tám, tháng 8 / sai: ngày thứ hai, vào tháng tám",
)  # fmt: skip
CAPITAL_MONTH = Rule(
    "ND30-VH.8", "thang-so-viet-hoa", "Tháng viết bằng số thì chữ “tháng” viết thường", _WRITING, "B", about="noi_dung",
    reason="Chỉ tên tháng viết bằng chữ mới viết hoa.", example="đúng: trong tháng 8 / sai: trong Tháng 8",
)  # fmt: skip

#: Kind → abbreviation, including legal documents, which the decree's table doesn't list.
_SYMBOLS = {kind: symbol for kind, symbol in KINDS.items() if symbol} | {
    "nghị định": "NĐ",
    "thông tư": "TT",
    "thông tư liên tịch": "TTLT",
    "pháp lệnh": "PL",
}
#: Kinds that may be issued by a decision, and so may be cited by its number.
_ISSUED = {"quy chế", "quy định", "đề án", "dự án", "phương án", "chương trình", "kế hoạch"}
_KINDS = "|".join(sorted(_SYMBOLS, key=len, reverse=True))
_SYMBOL = r"(?P<number>\d{1,6}[a-zA-Z]?)(?:/\d{4})?[/-](?P<symbol>[A-ZĐa-zđ]{2,5})(?=[-/])"
_CITED_KIND = re.compile(rf"(?<!\w)(?P<kind>{_KINDS}) số:? ?{_SYMBOL}", re.IGNORECASE)
_NO_NUMBER_WORD = re.compile(
    rf"(?<!\w)(?P<kind>Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Báo cáo|Tờ trình|Thông báo|Nghị định|Thông tư)"
    rf" (?P<rest>{_SYMBOL}|(?<=Nghị định )\d{{1,3}}/20\d\d\b|(?<=Thông tư )\d{{1,3}}/20\d\d\b)"
)
_LAW = r"(?:của |tại )?(?:Luật|Bộ luật|Nghị định|Nghị quyết|Quyết định|Thông tư|Quy chế|Quy định|Hiến pháp|này)"
_ARTICLE = re.compile(
    rf"(?P<before>(?:khoản \d{{1,2}},?|điểm [a-zđ]\)?,?) )(?P<word>điều)(?P<after> \d{{1,3}})"
    rf"|(?P<before2>)(?P<word2>điều)(?P<after2> \d{{1,3}} {_LAW})(?!\w)",
    re.IGNORECASE,
)
_DIVISION = re.compile(
    r"(?P<before>\b(?:tại|theo|thuộc|của) )(?P<word>phần|chương|tiểu mục|mục)(?P<after> [IVX]{1,5}\b)"
)
_CLAUSE = re.compile(r"(?P<before>[a-zà-ỹ,;] )(?P<word>Khoản \d{1,2}|Điểm [a-zđ](?=\)|,| khoản| Khoản| Điều| điều))")
_ZERO_MONTH = re.compile(r"tháng 0(?P<month>[3-9])\b(?!/)")
_DATE = re.compile(r"ngày (?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})\b")
_KNOWN = {fold_case(symbol): symbol for symbol in _SYMBOLS.values()}


def _kind(match: re.Match[str]) -> str | None:
    kind, symbol = fold_case(match["kind"]), match["symbol"]
    wanted = _SYMBOLS.get(kind, "")
    foreign = fold_case(symbol) in _KNOWN and fold_case(symbol) != fold_case(wanted)
    if not wanted or not foreign or (kind in _ISSUED and symbol == "QĐ"):
        return None
    return f"{match[0][: match.start('symbol') - match.start()]}{wanted}"


def _article(match: re.Match[str]) -> str | None:
    before = match["before"] or ""
    word, after = match["word"] or match["word2"], match["after"] or match["after2"]
    return None if word[0].isupper() else f"{before}{word.capitalize()}{after}"


def _division(match: re.Match[str]) -> str:
    return f"{match['before']}{match['word'].capitalize()}{match['after']}"


def _date(match: re.Match[str]) -> str:
    day, month = int(match["day"]), int(match["month"])
    return f"ngày {day:02d} tháng {format_month(month)} năm {match['year']}"


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
_CAPITAL_MONTH = re.compile(rf"(?P<before>[{_SMALL}] )Tháng(?P<after> \d{{1,2}}\b)")


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


_SAYINGS = (
    Saying(KIND, _CITED_KIND, _kind),
    Saying(NUMBER_WORD, _NO_NUMBER_WORD, lambda match: f"{match['kind']} số {match['rest']}"),
    Saying(ARTICLE_CAPITAL, _ARTICLE, _article),
    Saying(ARTICLE_CAPITAL, _DIVISION, _division),
    Saying(CLAUSE_SMALL, _CLAUSE, lambda match: f"{match['before']}{match['word'][0].lower()}{match['word'][1:]}"),
    Saying(ZERO_MONTH, _ZERO_MONTH, lambda match: f"tháng {match['month']}"),
    Saying(BASE_DATE, _DATE, _date, (Component.BASES,)),
    Saying(SENTENCE, _SENTENCE, _sentence),
    Saying(COUNCIL, _COUNCIL, _council),
    Saying(AND, _AND, lambda match: f"{match['before']}và{match['after']}"),
    Saying(PEOPLE, _PEOPLE, _people),
    Saying(NUMBERED_UNIT, _NUMBERED, lambda match: f"{match['before']}{match['unit'].capitalize()}{match['after']}"),
    Saying(NAMED_UNIT, _NAMED, lambda match: f"{match['before']}{match['unit'].lower()}{match['after']}"),
    Saying(WEEKDAY, _WEEKDAY, _weekday),
    Saying(CAPITAL_MONTH, _CAPITAL_MONTH, lambda match: f"{match['before']}tháng{match['after']}"),
)


def check_document(scene: Scene, document: Document) -> Findings:
    """Check the words of an author; one finding for each wrong text, with all its places."""
    for saying in _SAYINGS:
        bad = (
            (item, excerpt(match[0]), excerpt(right))
            for component in saying.components
            for item in document[component].paragraphs
            for match in saying.pattern.finditer(item.text)
            if (right := saying.correct(match)) is not None and right != match[0]
        )
        yield from grouped_pairs(saying.rule, scene, bad)
