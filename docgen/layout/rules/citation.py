"""Rules of how the author's text cites others: kind, ký hiệu, điều, khoản, dates; and their common engine."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from docgen.layout.components import Component, Document, Scene
from docgen.layout.facts import Paragraph
from docgen.layout.rules.base import Findings, Rule, excerpt, grouped_pairs
from docgen.wording.dates import format_month
from docgen.wording.decree import KINDS
from docgen.wording.text import fold_case

#: The components that an author writes; letterhead and signature have their own rules.
WORDS = (
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
    components: Sequence[Component] = WORDS


def written(document: Document, components: Sequence[Component]) -> Iterator[Paragraph]:
    """The paragraphs with text of these components."""
    for component in components:
        for item in document[component].paragraphs:
            if item.text:
                yield item


def check_sayings(sayings: Sequence[Saying], scene: Scene, document: Document) -> Findings:
    """Apply ``sayings`` to a document; one finding for each wrong text, with all its places."""
    for saying in sayings:
        bad = (
            (item, excerpt(match[0]), excerpt(right))
            for item in written(document, saying.components)
            for match in saying.pattern.finditer(item.text)
            if (right := saying.correct(match)) is not None and right != match[0]
        )
        yield from grouped_pairs(saying.rule, scene, bad)


_II6 = "Phụ lục I, mục II.6"
_CITED = "Phụ lục II"

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
    "ND30-VD.3", "dieu-viet-thuong", "Viện dẫn Phần, Chương, Mục, Điều phải viết hoa chữ cái đầu", _CITED,
    about="noi_dung", reason="Phần, Chương, Mục, Tiểu mục, Điều viết hoa khi viện dẫn; khoản, điểm viết thường.",
    example="đúng: khoản 2 Điều 5 / sai: khoản 2 điều 5",
)  # fmt: skip
CLAUSE_SMALL = Rule(
    "ND30-VD.4", "khoan-diem-viet-hoa", "Viện dẫn khoản, điểm viết thường", _CITED, about="noi_dung",
    reason="Khoản, điểm viết thường khi viện dẫn, trừ khi đứng đầu câu.",
    example="đúng: tại điểm a khoản 2 Điều 5 / sai: tại Điểm a Khoản 2 Điều 5",
)  # fmt: skip
MONTH = Rule(
    "ND30-VD.5", "thang-co-so-0", "Chỉ tháng 1, 2 ghi thêm số 0 phía trước", "Phụ lục I, mục II.4", "C",
    about="noi_dung", reason="Từ tháng 3 không ai thêm được chữ số phía trước, nên không cần số 0.",
    example="đúng: ngày 05 tháng 3 năm 2023 / sai: ngày 05 tháng 03 năm 2023",
)  # fmt: skip
BASE_DATE = Rule(
    "ND30-VD.6", "can-cu-ngay-viet-tat", "Ngày trong căn cứ ghi đủ ngày … tháng … năm …", _II6, "C", about="noi_dung",
    reason="Căn cứ ghi lần đầu thì ghi đủ tên loại, số, ngày, cơ quan và trích yếu; nhiều nơi vẫn ghi tắt.",
    example="đúng: ngày 16 tháng 6 năm 2025 / sai: ngày 16/6/2025",
)  # fmt: skip

RULES = (KIND, NUMBER_WORD, ARTICLE_CAPITAL, CLAUSE_SMALL, MONTH, BASE_DATE)

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
_MONTH = re.compile(r"tháng 0(?P<month>[3-9])\b(?!/)")
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


SAYINGS = (
    Saying(KIND, _CITED_KIND, _kind),
    Saying(NUMBER_WORD, _NO_NUMBER_WORD, lambda match: f"{match['kind']} số {match['rest']}"),
    Saying(ARTICLE_CAPITAL, _ARTICLE, _article),
    Saying(ARTICLE_CAPITAL, _DIVISION, _division),
    Saying(CLAUSE_SMALL, _CLAUSE, lambda match: f"{match['before']}{match['word'][0].lower()}{match['word'][1:]}"),
    Saying(MONTH, _MONTH, lambda match: f"tháng {match['month']}"),
    Saying(BASE_DATE, _DATE, _date, (Component.BASES,)),
)


def check_document(scene: Scene, document: Document) -> Findings:
    """Check the citations in a document."""
    return check_sayings(SAYINGS, scene, document)
