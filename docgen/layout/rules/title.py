"""Rules of tên loại, trích yếu, thẩm quyền ban hành, căn cứ, "QUYẾT ĐỊNH:", and attached texts."""

from docgen.base.locale import translate as _
from docgen.layout.components import Component, Document, Scene, Standing
from docgen.layout.facts import Align
from docgen.layout.recognition.patterns import is_subject
from docgen.layout.rules.base import Findings, Rule, excerpt, is_main, place_of
from docgen.layout.rules.rows import DrawnUnder, Row
from docgen.wording.decree import COMMITTEE, COUNCIL
from docgen.wording.text import fold_case

_II5 = "Phụ lục I, mục II.5"
_II6 = "Phụ lục I, mục II.6"
_FORM_12 = "Phụ lục III, mẫu 1.2 và 1.3"
_FORM_13 = "Phụ lục III, mẫu 1.3"
#: Kinds whose form has no trích yếu.
_WITHOUT_ABSTRACT = {"công điện", "hợp đồng", "giấy mời", "giấy giới thiệu", "giấy nghỉ phép", "phiếu gửi"}
_WITHOUT_ABSTRACT |= {"phiếu chuyển", "phiếu báo", "thư công"}


def _own(document: Document) -> bool:
    return document.standing is not Standing.APPENDIX


def _titled(document: Document) -> bool:
    return _own(document) and not document.is_letter


def _abstracted(document: Document) -> bool:
    return _own(document) and bool(document[Component.TITLE]) and document.name not in _WITHOUT_ABSTRACT


def _decision(document: Document) -> bool:
    return document.is_decision and is_main(document)


def _line_of_its_own(document: Document) -> bool:
    """Whether the line is under the trích yếu; in an attached text it is under "(Kèm theo …)" (mẫu 1.3)."""
    return not _attached(document)


def _attached(document: Document) -> bool:
    return document.standing is Standing.ATTACHED


ROWS = (
    Row(
        Component.TITLE, "05a", 0, "tên loại văn bản", "ten-loai", _II5, size=(13, 14), bold=True, italic=False,
        align=Align.CENTER, upper=True, required=_titled, applies=_own,
    ),
    Row(
        Component.ABSTRACT, "05a", 10, "trích yếu", "trich-yeu", _II5, size=(13, 14), bold=True, italic=False,
        align=Align.CENTER, upper=False, line=DrawnUnder(share=(0.25, 0.65), applies=_line_of_its_own),
        required=_abstracted,
    ),
    Row(
        Component.AUTHORITY, "TQ", 0, "thẩm quyền ban hành", "tham-quyen", _FORM_12, confidence="B", size=(13, 14),
        bold=True, italic=False, align=Align.CENTER, upper=True, required=_decision,
    ),
    Row(
        Component.BASES, "CC", 0, "căn cứ ban hành", "can-cu", _II6, size=(13, 14), bold=False, italic=True,
        required=_decision,
    ),
    Row(
        Component.DECIDES, "QD", 0, "dòng “QUYẾT ĐỊNH:”", "dong-quyet-dinh", _FORM_12, confidence="B", size=(13, 14),
        bold=True, italic=False, align=Align.CENTER, upper=True, texts=("QUYẾT ĐỊNH:", "QUYẾT NGHỊ:"),
        required=_decision,
    ),
    Row(
        Component.ATTACHED_TO, "KT", 0, "dòng “(Kèm theo …)”", "dong-kem-theo", _FORM_13, confidence="B",
        size=(13, 14), bold=False, italic=True, align=Align.CENTER, line=DrawnUnder("B"), required=_attached,
        applies=_attached,
    ),
)  # fmt: skip

ABSTRACT_VV = Rule(
    "ND30-05a.31", "trich-yeu-v-v", "Trích yếu của văn bản có tên loại không viết “V/v”", _FORM_12,
    reason="“V/v” là cách viết của công văn; văn bản có tên loại viết trích yếu thành câu.",
    example="đúng: Về việc phê duyệt Kế hoạch … / sai: V/v phê duyệt Kế hoạch …",
)  # fmt: skip
AUTHORITY_SIGNED = Rule(
    "ND30-TQ.31", "tham-quyen-khac-nguoi-ky", "Thẩm quyền ban hành không khớp quyền hạn người ký", _FORM_12, "B",
    reason="Ủy ban nhân dân ban hành thì ký thay mặt (TM.); Chủ tịch ban hành thì Chủ tịch ký, không có TM.",
    example="đúng: ỦY BAN NHÂN DÂN TỈNH … ký TM. ỦY BAN NHÂN DÂN",
)  # fmt: skip
BASES_MARKS = Rule(
    "ND30-CC.31", "sai-dau-cuoi-can-cu", "Mỗi căn cứ kết thúc bằng “;”, dòng cuối cùng kết thúc bằng “.”", _II6,
    reason="Các căn cứ là một câu liệt kê: ngăn bằng chấm phẩy, hết thì chấm.",
    example="đúng: …; …; Theo đề nghị của Giám đốc Sở Nội vụ. / sai: Theo đề nghị của Giám đốc Sở Nội vụ,",
)  # fmt: skip
ATTACHED_BRACKETS = Rule(
    "ND30-KT.31", "thieu-ngoac-kem-theo", "Dòng kèm theo phải nằm trong ngoặc đơn", _FORM_13, "B",
    reason="Dòng kèm theo là lời ghi chú, nên nằm trong ngoặc đơn.",
    example="đúng: (Kèm theo Quyết định số 12/QĐ-UBND ngày …)",
)  # fmt: skip
ATTACHED_NUMBER = Rule(
    "ND30-KT.32", "van-ban-kem-theo-co-so", "Văn bản kèm theo không có số, ký hiệu", _FORM_13, "B",
    reason="Văn bản kèm theo mang số của văn bản ban hành nó, không có số riêng.",
    example="đúng: không có dòng “Số: …”",
)  # fmt: skip
ATTACHED_DATE = Rule(
    "ND30-KT.33", "van-ban-kem-theo-co-ngay", "Văn bản kèm theo không có địa danh, thời gian", _FORM_13, "B",
    reason="Văn bản kèm theo mang ngày của văn bản ban hành nó.",
    example="đúng: không có dòng “…, ngày … tháng … năm …”",
)  # fmt: skip
ATTACHED_HEAD = Rule(
    "ND30-KT.34", "van-ban-kem-theo-thieu-phan-dau", "Văn bản kèm theo thiếu tên cơ quan, Quốc hiệu, Tiêu ngữ",
    _FORM_13, "B",
    reason="Mẫu 1.3 vẽ văn bản kèm theo có tên cơ quan, Quốc hiệu và Tiêu ngữ.",
    example="đúng: có đủ ba thành phần, không có số và ngày",
)  # fmt: skip

ATTACHED_WORDS = Rule(
    "ND30-KT.35", "kem-theo-thieu-so-ngay", "Dòng kèm theo ghi số, ký hiệu, ngày và cơ quan ban hành của văn bản chính",
    "Phụ lục I, mục III", about="noi_dung",
    reason="Nhờ dòng này mà phần kèm theo tách ra vẫn biết thuộc văn bản nào.",
    example="đúng: (Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 12 năm 2022 của Ủy ban nhân dân xã)",
)  # fmt: skip

_HEADS = ("chủ tịch", "giám đốc", "bộ trưởng", "trưởng ", "tổng giám đốc", "cục trưởng", "hiệu trưởng", "chánh ")


def check_document(scene: Scene, document: Document) -> Findings:
    """The rules between letterhead and content that aren't rows."""
    abstract = document[Component.ABSTRACT]
    if abstract and fold_case(abstract.text).startswith("v/v") and is_subject(abstract.text):
        yield ABSTRACT_VV.broken(place_of(scene, abstract.paragraphs[0]), excerpt(abstract.text))
    yield from _authority(scene, document)
    line = document[Component.ATTACHED_TO]
    if line and not all(word in fold_case(line.text) for word in ("số", "ngày", "của")):
        yield ATTACHED_WORDS.broken(place_of(scene, line.paragraphs[0]), excerpt(line.text))
    yield from _base_marks(scene, document)
    if document.standing is Standing.ATTACHED:
        yield from _attached_head(scene, document)


def _full(text: str) -> str:
    return fold_case(text).replace("ubnd", COMMITTEE).replace("hđnd", COUNCIL)


def _authority(scene: Scene, document: Document) -> Findings:
    """Check that authority and signature agree: TM. if a collective decides, no TM. if its chair does.

    The chair of a people's committee signs its documents with TM.; that of a people's council without.
    """
    authority, signing = document[Component.AUTHORITY], document[Component.SIGNING_AUTHORITY]
    if not authority or not signing:
        return
    decides, first = _full(authority.text), _full(signing.paragraphs[0].text)
    if first.startswith(("tm.", "t/m", "tm/")):
        collective = first[3:].strip(" .")
        right = decides.startswith(collective) or collective.startswith(decides)
    else:
        right = not decides.startswith(COMMITTEE)
    if not right or (first.startswith("tm.") and decides.startswith(_HEADS)):
        found = _("{authority}, ký “{signing}”").format(
            authority=excerpt(authority.text), signing=signing.paragraphs[0].text
        )
        yield AUTHORITY_SIGNED.broken(place_of(scene, authority.paragraphs[0]), found)


def _base_marks(scene: Scene, document: Document) -> Findings:
    lines = document[Component.BASES].paragraphs
    for line in lines:
        wanted = "." if line is lines[-1] else ";"
        if not line.text.endswith(wanted):
            yield BASES_MARKS.broken(place_of(scene, line), excerpt(line.text[-30:]), f"“{wanted}”")


def _attached_head(scene: Scene, document: Document) -> Findings:
    line = document[Component.ATTACHED_TO]
    if line and not (line.text.startswith("(") and line.text.rstrip().endswith(")")):
        yield ATTACHED_BRACKETS.broken(place_of(scene, line.paragraphs[0]), excerpt(line.text))
    for component, rule in ((Component.NUMBER, ATTACHED_NUMBER), (Component.PLACE_AND_DATE, ATTACHED_DATE)):
        part = document[component]
        if part:
            yield rule.broken(place_of(scene, part.paragraphs[0]), excerpt(part.text))
    needed = (Component.NATIONAL_NAME, Component.MOTTO, Component.ISSUING_AGENCY)
    if not all(document[component] for component in needed):
        yield ATTACHED_HEAD.broken(place_of(scene, document.begin))
