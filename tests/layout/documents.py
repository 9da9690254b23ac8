"""Builds Word files for the layout tests from plain records, so that a test can change one thing and rebuild."""

from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO

from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

_ALIGN = {"left": 0, "center": 1, "right": 2, "both": 3}
_LINE = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>
 <wp:extent cx="{emu}" cy="0"/><a:graphic><a:graphicData
 uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm>
 <a:off x="0" y="0"/><a:ext cx="{emu}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom></wps:spPr>
 <wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>
 <v:line from="0,18pt" to="{points}pt,18pt"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>
"""


@dataclass
class Line:
    """One paragraph; ``lead`` is a bold beginning, ``rule`` the length in mm of the line drawn below."""

    text: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: str = "center"
    lead: str = ""
    rule: float | None = None
    indent: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    spacing: float = 1.0
    font: str = "Times New Roman"
    color: str | None = None


@dataclass
class Page:
    """A section; ``number`` is what its header holds, ``start`` where its page numbers begin."""

    width: float = 210
    height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    title_page: bool = True
    start: int | None = None
    format: str | None = None
    number: Line | None = field(default_factory=lambda: Line("PAGE", size=13))
    footer: Line | None = None


Lines = list[Line]


@dataclass
class Draft:
    """A document of a file: its components by name, a table of tasks if any, and the section that it begins."""

    parts: dict[str, Lines]
    page: Page | None = None
    tasks: list[list[str]] = field(default_factory=list)
    after_tasks: Lines = field(default_factory=list)

    def __getitem__(self, name: str) -> Lines:
        return self.parts.setdefault(name, [])

    def __setitem__(self, name: str, lines: Lines) -> None:
        self.parts[name] = lines

    def line(self, name: str) -> Line:
        return self.parts[name][-1]


def body(text: str, **look: object) -> Line:
    """A paragraph of the content."""
    return Line(text, **{"align": "both", "indent": 12.7, "before": 6, **look})


LONG = (
    "Đẩy mạnh công tác cải cách hành chính để tạo chuyển biến mạnh mẽ, hiện đại hóa nền hành chính theo hướng "
    "chuyên nghiệp, hiện đại và hiệu quả, gắn với chính quyền số"
)


def _head() -> dict[str, Lines]:
    return {
        "parent_agency": [Line("UBND TỈNH THỪA THIÊN HUẾ", size=13)],
        "issuing_agency": [
            Line("ỦY BAN NHÂN DÂN", size=13, bold=True),
            Line("THỊ XÃ HƯƠNG THỦY", size=13, bold=True, rule=22),
        ],
        "national_name": [Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True)],
        "motto": [Line("Độc lập - Tự do - Hạnh phúc", bold=True, rule=55)],
    }


def _foot(first: str) -> dict[str, Lines]:
    items = [first, "- Sở Nội vụ;", "- Lưu: VT, NV."]
    return {
        "recipients_label": [Line("Nơi nhận:", size=12, bold=True, italic=True, align="left")],
        "recipients": [Line(text, size=11, align="left") for text in items],
        "signing_authority": [Line("TM. ỦY BAN NHÂN DÂN", bold=True), Line("CHỦ TỊCH", bold=True)],
        "signer": [Line("Nguyễn Thanh Minh", bold=True, before=60)],
    }


def decision() -> Draft:
    """A quyết định by mẫu 1.3."""
    bases = [
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
        "Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ;",
        "Theo đề nghị của Trưởng phòng Nội vụ.",
    ]
    articles = [
        f" Phê duyệt Kế hoạch cải cách hành chính năm 2023. {LONG}.",
        " Quyết định này có hiệu lực kể từ ngày ký.",
        " Chánh Văn phòng, Trưởng phòng Nội vụ chịu trách nhiệm thi hành Quyết định này./.",
    ]
    parts = {
        **_head(),
        "number": [Line("Số: 3951/QĐ-UBND", size=13)],
        "place_and_date": [Line("Hương Thủy, ngày 05 tháng 12 năm 2022", italic=True)],
        "title": [Line("QUYẾT ĐỊNH", bold=True)],
        "abstract": [
            Line("Về việc phê duyệt Kế hoạch cải cách hành chính", bold=True),
            Line("gắn với chính quyền số năm 2023", bold=True, rule=45),
        ],
        "authority": [Line("ỦY BAN NHÂN DÂN THỊ XÃ HƯƠNG THỦY", bold=True)],
        "bases": [body(text, italic=True) for text in bases],
        "decides": [Line("QUYẾT ĐỊNH:", bold=True)],
        "content": [body(text, lead=f"Điều {n}.") for n, text in enumerate(articles, 1)],
        **_foot("- Như Điều 3;"),
    }
    return Draft(parts, Page())


def plan() -> Draft:
    """A kế hoạch issued by a quyết định: no number, no date."""
    parts = {
        **_head(),
        "title": [Line("KẾ HOẠCH", bold=True)],
        "abstract": [Line("Cải cách hành chính gắn với chính quyền số năm 2023", bold=True, rule=40)],
        "attached_to": [
            Line("(Ban hành kèm theo Quyết định số 3951/QĐ-UBND ngày 05 tháng 12 năm 2022", italic=True),
            Line("của Ủy ban nhân dân thị xã Hương Thủy)", italic=True, rule=40),
        ],
        "content": [
            body(f"{LONG}."),
            body("I. MỤC TIÊU, YÊU CẦU", bold=True),
            body("1. Mục tiêu", bold=True),
            body("a) Chỉ tiêu:"),
            body(f"- {LONG};"),
            body("Nhiệm vụ cụ thể tại Phụ lục kèm theo./."),
        ],
        "signing_authority": [Line("TM. ỦY BAN NHÂN DÂN", bold=True), Line("CHỦ TỊCH", bold=True)],
        "signer": [Line("Nguyễn Thanh Minh", bold=True, before=60)],
    }
    return Draft(parts, Page())


def appendix(label: str = "Phụ lục") -> Draft:
    """A phụ lục of tasks on a landscape page."""
    parts = {
        "label": [Line(label, bold=True)],
        "title": [Line("NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2023", bold=True)],
        "attached_to": [
            Line("(Kèm theo Kế hoạch số 12/KH-UBND ngày 05 tháng 12 năm 2022 của UBND thị xã)", italic=True, rule=40)
        ],
    }
    tasks = [["Stt", "Nội dung, nhiệm vụ", "Kinh phí"], ["I", "CẢI CÁCH THỂ CHẾ", "5"], ["1", "Kế hoạch kiểm tra", "5"]]
    words = [Line("(Bằng chữ: Năm triệu đồng)./.", italic=True, align="center", before=6)]
    return Draft(parts, Page(width=297, height=210, start=1), tasks, words)


def letter() -> Draft:
    """A công văn by mẫu 1.5, not numbered and not dated yet."""
    parts = {
        **_head(),
        "number": [Line("Số:        /UBND-NV", size=13)],
        "subject": [
            Line("V/v báo cáo kết quả cải cách", size=12, before=6),
            Line("hành chính quý I năm 2023", size=12),
        ],
        "place_and_date": [Line("Hương Thủy, ngày      tháng 3 năm 2023", italic=True)],
        "addressees": [
            Line("Kính gửi:", align="left", left=40),
            Line("- Phòng Nội vụ;", align="left", left=55),
            Line("- Ủy ban nhân dân các xã, phường.", align="left", left=55),
        ],
        "content": [body(f"{LONG}."), body(f"Đề nghị các đơn vị báo cáo. {LONG}./.")],
        **_foot("- Như trên;"),
        "contact": [Line("Địa chỉ: 345 Nguyễn Tất Thành; điện thoại: 0234 3861 111", size=11, align="left", rule=165)],
    }
    return Draft(parts, Page())


def urgent_letter() -> Draft:
    """A công văn with its marks: mức khẩn, phạm vi lưu hành, người soạn thảo."""
    draft = letter()
    draft["urgency"] = [Line("KHẨN", size=13, bold=True)]
    draft["circulation"] = [Line("LƯU HÀNH NỘI BỘ", size=13, bold=True)]
    draft["drafter"] = [Line("NV.(30)", size=11, align="left")]
    return draft


def regulation() -> Draft:
    """A quy chế issued by a quyết định: chương, mục, điều, khoản, điểm."""
    draft = plan()
    draft["title"] = [Line("QUY CHẾ", bold=True)]
    draft["abstract"] = [Line("Làm việc của Ủy ban nhân dân thị xã", bold=True)]
    draft["content"] = [
        Line("Chương I", bold=True, before=6),
        Line("QUY ĐỊNH CHUNG", bold=True, before=6),
        Line("Mục 1", bold=True, before=6),
        Line("PHẠM VI", bold=True, before=6),
        body(" Phạm vi điều chỉnh", lead="Điều 1."),
        body("1. Quy chế này quy định về làm việc."),
        body("2. Quy chế này áp dụng cho:"),
        body("a) Công chức;"),
        body("b) Viên chức;"),
        body("c) Người lao động;"),
        body("d) Cộng tác viên;"),
        body("đ) Chuyên gia."),
        body(" Nguyên tắc", lead="Điều 2."),
        body(f"{LONG}./."),
    ]
    return draft


LEFT = ("parent_agency", "issuing_agency", "number", "subject", "urgency", "circulation")
RIGHT = ("national_name", "motto", "place_and_date")
HEADING = (
    "signing",
    "label",
    "title",
    "abstract",
    "attached_to",
    "authority",
    "bases",
    "decides",
    "addressees",
    "content",
)


def build(*drafts: Draft) -> bytes:
    """The bytes of a .docx that holds these documents one after the other."""
    file = Document()
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.paragraph_format.space_after = Pt(0)
    fresh = True
    for draft in drafts:
        if draft.page is not None:
            section = file.sections[0] if fresh else file.add_section(WD_SECTION.NEW_PAGE)
            _page(section, draft.page, first=fresh)
        fresh = False
        _draft(file, draft)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _page(section, page: Page, first: bool) -> None:
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.different_first_page_header_footer = page.title_page
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    if page.start is not None or page.format is not None:
        numbers = OxmlElement("w:pgNumType")
        if page.start is not None:
            numbers.set(qn("w:start"), str(page.start))
        if page.format is not None:
            numbers.set(qn("w:fmt"), page.format)
        section._sectPr.find(qn("w:cols")).addprevious(numbers)
    if first:
        _story(section.header, page.number)
        _story(section.footer, page.footer)


def _story(story, line: Line | None) -> None:
    if line is not None:
        story.is_linked_to_previous = False
        paragraph = story.paragraphs[0]
        _fill(paragraph, deepcopy(line))


def _draft(file, draft: Draft) -> None:
    left, right = ([line for name in names for line in draft[name]] for names in (LEFT, RIGHT))
    if left or right:
        _two_columns(file, left, right)
        file.add_paragraph()
    for name in HEADING:
        for line in draft[name]:
            _fill(file.add_paragraph(), line)
    if draft.tasks:
        table = file.add_table(len(draft.tasks), len(draft.tasks[0]), style="Table Grid")
        for row, texts in enumerate(draft.tasks):
            for column, text in enumerate(texts):
                _fill(table.cell(row, column).paragraphs[0], Line(text, size=12))
    for line in draft.after_tasks:
        _fill(file.add_paragraph(), line)
    left = [*draft["recipients_label"], *draft["recipients"], *draft["drafter"]]
    right = [*draft["signing_authority"], *draft["signer"]]
    if left or right:
        file.add_paragraph()
        _two_columns(file, left, right)
    for line in draft["contact"]:
        _fill(file.add_paragraph(), line)


def _two_columns(file, left: Lines, right: Lines) -> None:
    table = file.add_table(1, 2)
    for cell, lines, width in zip(table.rows[0].cells, (left, right), (70, 95), strict=True):
        cell.width = Mm(width)
        for index, line in enumerate(lines):
            _fill(cell.paragraphs[0] if index == 0 else cell.add_paragraph(), line)


def _fill(paragraph, line: Line) -> None:
    shape = paragraph.paragraph_format
    paragraph.alignment = _ALIGN[line.align]
    shape.first_line_indent, shape.left_indent = Mm(line.indent), Mm(line.left)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(line.before), Pt(line.after), line.spacing
    if line.text == "PAGE":
        _field(paragraph, line)
        return
    for text, bold in ((line.lead, True), (line.text, line.bold)):
        if text:
            _run(paragraph, line, text, bold)
    if line.rule is not None:
        xml = _LINE.format(emu=round(line.rule * 36000), points=line.rule * 72 / 25.4)
        paragraph._p.append(parse_xml(xml))


def _run(paragraph, line: Line, text: str, bold: bool):
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic, run.font.underline = Pt(line.size), bold, line.italic, line.underline
    run.font.name = line.font
    if line.color is not None:
        run.font.color.rgb = RGBColor.from_string(line.color)
    return run


def _field(paragraph, line: Line) -> None:
    for kind in ("begin", "PAGE", "end"):
        run = _run(paragraph, line, "", line.bold)
        if kind == "PAGE":
            instruction = OxmlElement("w:instrText")
            instruction.text = " PAGE "
            run._r.append(instruction)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
