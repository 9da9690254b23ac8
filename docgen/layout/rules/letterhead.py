"""Rules of Quốc hiệu, Tiêu ngữ, tên cơ quan, số và ký hiệu, địa danh và thời gian, V/v (ô 1 to 5b)."""

import calendar
import re

from docgen.base.locale import translate as _
from docgen.layout.components import Component, Document, Part, Scene
from docgen.layout.facts import Align
from docgen.layout.rules.base import Findings, Rule, excerpt, figure, is_main, place_of
from docgen.layout.rules.rows import DrawnUnder, Row
from docgen.wording.dates import format_month
from docgen.wording.decree import KINDS, MOTTO, NATIONAL_NAME

_II1 = "Phụ lục I, mục II.1"
_II2 = "Phụ lục I, mục II.2"
_II3 = "Phụ lục I, mục II.3"
_II4 = "Phụ lục I, mục II.4"
_II5 = "Phụ lục I, mục II.5"
#: A third to a half of the text (Phụ lục I, Mục II.2); wider, as it is drawn by eye and letter spacing isn't measured.
_SHORT_LINE = DrawnUnder(share=(0.25, 0.65))


ROWS = (
    Row(
        Component.NATIONAL_NAME, "01", 0, "Quốc hiệu", "quoc-hieu", _II1, size=(12, 13), bold=True, italic=False,
        align=Align.CENTER, upper=True, texts=NATIONAL_NAME, required=is_main,
    ),
    Row(
        Component.MOTTO, "01", 10, "Tiêu ngữ", "tieu-ngu", _II1, size=(13, 14), bold=True, italic=False,
        align=Align.CENTER, texts=(MOTTO,), line=DrawnUnder(least_mm=30), required=is_main,
    ),
    Row(
        Component.PARENT_AGENCY, "02", 0, "tên cơ quan chủ quản", "co-quan-chu-quan", _II2, size=(12, 13),
        bold=False, italic=False, align=Align.CENTER, upper=True,
    ),
    Row(
        Component.ISSUING_AGENCY, "02", 10, "tên cơ quan ban hành", "co-quan-ban-hanh", _II2, size=(12, 13),
        bold=True, italic=False, align=Align.CENTER, upper=True, line=_SHORT_LINE, required=is_main,
    ),
    Row(
        Component.NUMBER, "03", 0, "số, ký hiệu", "so-ky-hieu", _II3, size=(13, 13), bold=False, italic=False,
        align=Align.CENTER, required=is_main,
    ),
    Row(
        Component.PLACE_AND_DATE, "04", 0, "địa danh và thời gian ban hành", "dia-danh-thoi-gian", _II4,
        size=(13, 14), bold=False, italic=True, align=Align.CENTER, required=is_main,
    ),
    Row(
        Component.SUBJECT, "05b", 0, "trích yếu công văn", "trich-yeu-cong-van", _II5, size=(12, 13), bold=False,
        italic=False, align=Align.CENTER,
    ),
)  # fmt: skip

NUMBER_COLON = Rule(
    "ND30-03.31", "sai-chu-so", "Từ “Số” viết thường và có dấu hai chấm ngay sau", _II3,
    reason="Người đọc và phần mềm tìm số văn bản theo chữ “Số:”.", example="đúng: Số: 15/QĐ-BNV / sai: SỐ 15/QĐ-BNV",
)  # fmt: skip
NUMBER_ZERO = Rule(
    "ND30-03.32", "sai-so-0-dau", "Số nhỏ hơn 10 phải ghi thêm số 0 phía trước", _II3,
    reason="Số 0 phía trước giữ cho số nhỏ không bị viết thêm chữ số.",
    example="đúng: Số: 05/KH-UBND / sai: Số: 5/KH-UBND",
)  # fmt: skip
NUMBER_JOINTS = Rule(
    "ND30-03.33", "sai-dau-noi-ky-hieu", "Giữa số và ký hiệu là dấu “/”, giữa các nhóm là “-”, không cách chữ", _II3,
    reason="Viết liền, đúng dấu thì ký hiệu tra cứu được.", example="đúng: Số: 05/KH-UBND / sai: Số: 05 / KH - UBND",
)  # fmt: skip
NUMBER_KIND = Rule(
    "ND30-03.34", "ky-hieu-khac-ten-loai", "Chữ viết tắt trong ký hiệu không khớp tên loại văn bản",
    "Phụ lục III, bảng chữ viết tắt tên loại",
    reason="Ký hiệu bắt đầu bằng chữ viết tắt của tên loại; công văn không có chữ viết tắt tên loại.",
    example="đúng: QUYẾT ĐỊNH – Số: 12/QĐ-UBND / sai: QUYẾT ĐỊNH – Số: 12/KH-UBND",
)  # fmt: skip
DATE_COMMA = Rule(
    "ND30-04.31", "thieu-dau-phay-dia-danh", "Sau địa danh phải có dấu phẩy", _II4,
    reason="Dấu phẩy ngăn địa danh với ngày tháng.", example="đúng: Hương Thủy, ngày 05 tháng 12 năm 2022",
)  # fmt: skip
DATE_DAY = Rule(
    "ND30-04.32", "sai-so-0-ngay", "Ngày nhỏ hơn 10 phải ghi thêm số 0 phía trước", _II4,
    reason="Số 0 phía trước để không ai viết thêm chữ số vào ngày.", example="đúng: ngày 05 / sai: ngày 5",
)  # fmt: skip
DATE_MONTH = Rule(
    "ND30-04.33", "sai-so-0-thang", "Chỉ tháng 1, 2 phải ghi thêm số 0 phía trước", _II4,
    reason="Chỉ tháng 1 và tháng 2 có thể bị thêm chữ số phía trước thành 11, 12; từ tháng 3 không cần số 0.",
    example="đúng: tháng 02, tháng 3 / sai: tháng 2, tháng 03",
)  # fmt: skip
DATE_FORM = Rule(
    "ND30-04.34", "sai-mau-ngay-thang", "Địa danh và thời gian không đúng mẫu", _II4,
    reason="Ngày tháng viết đủ chữ thì không ai hiểu lầm ngày với tháng.",
    example="đúng: Hương Thủy, ngày 30 tháng 12 năm 2022 / sai: Hương Thủy, 30/12/2022",
)  # fmt: skip
SIZES = Rule(
    "ND30-G6.1", "co-chu-khong-cung-bo", "Cỡ chữ của Quốc hiệu, Tiêu ngữ và địa danh không cùng một bộ",
    "Phụ lục I, mục V", "B",
    reason="Cỡ chữ trong một văn bản tăng giảm cùng nhau: Quốc hiệu 13 thì Tiêu ngữ và ngày 14; 12 thì 13 và 13.",
    example="đúng: 13 – 14 – 14 hoặc 12 – 13 – 13 / sai: 13 – 13 – 14",
)  # fmt: skip
SUBJECT_GAP = Rule(
    "ND30-05b.31", "sai-khoang-cach-trich-yeu", "Trích yếu công văn phải cách số, ký hiệu 6 pt", _II5,
    reason="Khoảng cách 6 pt tách trích yếu với số, ký hiệu ở trên.", example="đúng: cách 6 pt",
)  # fmt: skip

#: Sizes in pt of Quốc hiệu, Tiêu ngữ, place and date that belong together.
_SETS = ((13, 14, 14), (12, 13, 13))
_GAP = r"[\s.…_]*"
_NUMBER = re.compile(r"số\s*:?\s*(?P<number>[^/]*)(?P<slash>/?)(?P<symbol>.*)", re.IGNORECASE)
_SYMBOL = re.compile(r"(?:\d{4}/)?[^\W\d_]\w*(?:&\w+)*(?:-[^\W\d_][\w.&]*)*")
_DATE = re.compile(
    rf"(?P<place>.*?)(?P<comma>,?)\s*ngày\s(?P<day>\d*){_GAP}\s?tháng\s(?P<month>\d*){_GAP}\s?năm(?:\s\d*{_GAP})?",
    re.IGNORECASE,
)


def check_document(scene: Scene, document: Document) -> Findings:
    """The rules of the letterhead that aren't rows."""
    yield from _number(scene, document)
    yield from _date(scene, document)
    yield from _subject_gap(scene, document)
    yield from _sizes(scene, document)


def _number(scene: Scene, document: Document) -> Findings:
    part = document[Component.NUMBER]
    if not part:
        return
    text, place = part.text, place_of(scene, part.paragraphs[0])
    if not text.startswith("Số:"):
        yield NUMBER_COLON.broken(place, excerpt(text), "“Số:”")
    found = _NUMBER.fullmatch(text)
    if found is None:
        return
    number, symbol = found["number"], found["symbol"]
    digits = number.strip(" .…_")
    leading = digits[:1] == "0" and len(digits) > 2
    if digits.isdecimal() and (len(digits) < 2 or leading):
        yield NUMBER_ZERO.broken(place, excerpt(digits), excerpt(f"{int(digits):02d}"))
    spaced = bool(digits) and number != number.rstrip()
    open_symbol = any(mark in symbol for mark in "…_") or ".." in symbol  # a form to be filled in
    if not found["slash"] or spaced or (symbol and not open_symbol and not _SYMBOL.fullmatch(symbol)):
        yield NUMBER_JOINTS.broken(place, excerpt(text), "“Số: 05/KH-UBND”")
    else:
        yield from _number_kind(scene, document, symbol)


def _number_kind(scene: Scene, document: Document, symbol: str) -> Findings:
    """Check that the ký hiệu begins with the kind's abbreviation; that of a công văn has none, not even CV."""
    place = place_of(scene, document[Component.NUMBER].paragraphs[0])
    first = symbol.rpartition("/")[2].split("-")[0]
    wanted = KINDS.get(document.name or "", "")
    if wanted and first and first != wanted:
        yield NUMBER_KIND.broken(place, excerpt(symbol), excerpt(wanted))
    if document.is_letter and first == "CV":
        yield NUMBER_KIND.broken(place, excerpt(symbol), _("chữ viết tắt của cơ quan ban hành"))


def _date(scene: Scene, document: Document) -> Findings:
    part = document[Component.PLACE_AND_DATE]
    if not part:
        return
    text, place = part.text, place_of(scene, part.paragraphs[0])
    found = _DATE.fullmatch(text)
    if found is None or not found["place"].strip() or not _exists(found["day"], found["month"]):
        yield DATE_FORM.broken(place, excerpt(text), "“Hương Thủy, ngày 30 tháng 12 năm 2022”")
        return
    if not found["comma"] or found["place"].endswith(" "):
        yield DATE_COMMA.broken(place, excerpt(text))
    day, month = found["day"], found["month"]
    if day and day != f"{int(day):02d}":
        yield DATE_DAY.broken(place, _("ngày {day}").format(day=day), _("ngày {day}").format(day=f"{int(day):02d}"))
    right = format_month(int(month)) if month else ""
    if month != right:
        yield DATE_MONTH.broken(place, _("tháng {month}").format(month=month), _("tháng {month}").format(month=right))


def _exists(day: str, month: str) -> bool:
    if month and not 1 <= int(month) <= 12:
        return False
    return not day or 1 <= int(day) <= (calendar.monthrange(2024, int(month))[1] if month else 31)


def _subject_gap(scene: Scene, document: Document) -> Findings:
    number, subject = document[Component.NUMBER], document[Component.SUBJECT]
    if not number or not subject:
        return
    above, below = number.paragraphs[-1], subject.paragraphs[0]
    if below.number - above.number > 1:
        return  # empty paragraphs between them, whose height isn't known
    gap = above.shape.after_pt + below.shape.before_pt if below.number > above.number else 0.0
    if abs(gap - 6) > 0.5:
        yield SUBJECT_GAP.broken(place_of(scene, below), f"{figure(gap)} pt", "6 pt")


def _sizes(scene: Scene, document: Document) -> Findings:
    """Check that the sizes are one of the decree's two sets; rows report a size outside of its own range."""
    wanted = (Component.NATIONAL_NAME, Component.MOTTO, Component.PLACE_AND_DATE)
    parts = [document[component] for component in wanted if document[component]]
    if len(parts) < 2 or not document[Component.MOTTO]:
        return
    sizes = tuple(_size(document[component]) for component in wanted)
    ranges = ((12, 13), (13, 14), (13, 14))
    if any(size and not low <= size <= high for size, (low, high) in zip(sizes, ranges, strict=True)):
        return
    if not any(all(not size or size == right for size, right in zip(sizes, set_, strict=True)) for set_ in _SETS):
        found = " – ".join(figure(size) for size in sizes if size)
        yield SIZES.broken(
            place_of(scene, document[Component.MOTTO].paragraphs[0]), found, "13 – 14 – 14, 12 – 13 – 13"
        )


def _size(part: Part) -> float:
    return max((line.size for line in part.paragraphs), default=0.0)
