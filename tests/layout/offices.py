"""Correct documents as offices make them: many ways to draw a letterhead, set fonts, number pages, sign."""

from tests.layout.packages import package, paragraph, run

LONG = (
    "Thực hiện nhiệm vụ được giao, các cơ quan, đơn vị đã chủ động xây dựng kế hoạch, phân công người phụ trách và "
    "báo cáo kết quả đúng thời hạn, đáp ứng yêu cầu của cấp có thẩm quyền"
)

# ---------------------------------------------------------------- letters and lines


def look(size: float = 14, bold: bool = False, italic: bool = False, more: str = "") -> str:
    return f'{"<w:b/>" if bold else ""}{"<w:i/>" if italic else ""}<w:sz w:val="{round(size * 2)}"/>{more}'


def line(text: str, size: float = 14, bold: bool = False, italic: bool = False, jc: str = "center", **shape) -> str:
    """A paragraph of one look; ``shape``: before, left, after; ``under`` is put behind the text."""
    spacing = f'<w:spacing w:before="{shape.get("before", 0) * 20}" w:after="{shape.get("after", 0) * 20}"/>'
    indent = f'<w:ind w:left="{shape.get("left", 0)}" w:firstLine="{shape.get("first", 0)}"/>'
    props = f'{shape.get("props", "")}{spacing}{indent}<w:jc w:val="{jc}"/>'
    return paragraph(run(text, look(size, bold, italic)) + shape.get("under", ""), props)


def body(
    text: str, size: float = 14, lead: str = "", bold: bool = False, italic: bool = False, first: int = 720
) -> str:
    props = f'<w:spacing w:before="120"/><w:ind w:firstLine="{first}"/><w:jc w:val="both"/>'
    start = run(lead, look(size, bold=True)) if lead else ""
    return paragraph(start + run(text, look(size, bold, italic)), props)


def shape(mm: float) -> str:
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:extent cx="{round(mm * 36000)}"'
        ' cy="0"/><a:graphic><a:graphicData><wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext'
        f' cx="{round(mm * 36000)}" cy="0"/></a:xfrm><a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>'
        "</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
    )


def vml(mm: float) -> str:
    points = mm * 72 / 25.4
    return (
        f'<w:r><w:pict><v:line from="50pt,2.5pt" to="{50 + points:.2f}pt,2.5pt" strokeweight=".75pt"/></w:pict></w:r>'
    )


def vml_group(mm: float) -> str:
    points = mm * 72 / 25.4
    inner = '<v:line from="1701,1134" to="4701,1134"/>'
    style = f"position:absolute;width:{points:.1f}pt;height:.05pt"
    return f'<w:r><w:pict><v:group style="{style}" coordsize="3000,1">{inner}</v:group></w:pict></w:r>'


def shape_group(mm: float) -> str:
    """A line inside of a group of DrawingML whose units are a tenth of the page's."""
    frame = f'<a:ext cx="{round(mm * 36000)}" cy="1"/><a:chOff x="0" y="0"/><a:chExt cx="{round(mm * 360000)}" cy="1"/>'
    line_ = (
        '<wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{round(mm * 360000)}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom></wps:spPr><wps:bodyPr/></wps:wsp>'
    )
    return (
        '<w:r><w:drawing><wp:anchor><wp:extent cx="1" cy="1"/><a:graphic><a:graphicData><wpg:wgp xmlns:wpg='
        '"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>'
        f"{frame}</a:xfrm></wpg:grpSpPr>{line_}</wpg:wgp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def cell(content: str, width: int, borders: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}</w:tcPr>{content}</w:tc>'


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


# ---------------------------------------------------------------- letterheads

#: Quốc hiệu and agencies in pt; Tiêu ngữ and the date are one more.
BIG = 13.0


class Head:
    """What a letterhead says; ``drawn`` makes a line of a width in mm, as a run."""

    def __init__(self, parent: str, agency: str, number: str, date: str, subject: str = "", drawn=shape) -> None:
        self.parent, self.agency, self.number, self.date, self.subject = parent, agency, number, date, subject
        self.drawn = drawn
        self.big = BIG

    @property
    def short(self) -> float:
        """The length of the line under the agency in mm: a good third of its name."""
        return 1.25 * len(self.agency)

    NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"

    def agencies(self, under: str) -> str:
        above = line(self.parent, self.big) if self.parent else ""
        return above + line(self.agency, self.big, bold=True, under=under)

    def nation(self, under: str) -> str:
        return line(self.NATION, self.big, bold=True) + line(self.MOTTO, self.big + 1, bold=True, under=under)

    def numbers(self) -> str:
        lines = self.subject.split("|") if self.subject else []
        subject = "".join(line(text, 12, before=6 if n == 0 else 0) for n, text in enumerate(lines))
        return line(self.number, 13) + subject

    def dated(self) -> str:
        return line(self.date, self.big + 1, italic=True)


def one_row(head: Head) -> str:
    left, right = head.agencies(head.drawn(head.short)) + head.numbers(), head.nation(head.drawn(58)) + head.dated()
    return table(cell(left, 3900) + cell(right, 5600))


def two_rows(head: Head) -> str:
    first = cell(head.agencies(head.drawn(head.short)), 3900) + cell(head.nation(head.drawn(58)), 5600)
    return table(first, cell(head.numbers(), 3900) + cell(head.dated(), 5600))


def three_columns(head: Head) -> str:
    gap = cell("<w:p/>", 200)
    first = cell(head.agencies(head.drawn(head.short)), 3800) + gap + cell(head.nation(head.drawn(58)), 5500)
    return table(first, cell(head.numbers(), 3800) + gap + cell(head.dated(), 5500))


def bordered_paragraphs(head: Head) -> str:
    def rule(indent: int) -> str:
        border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1"/></w:pBdr>'
        return paragraph("", f'{border}<w:ind w:left="{indent}" w:right="{indent}"/>')

    first = cell(head.agencies("") + rule(round((3900 - head.short * 56.7) / 2)), 3900) + cell(
        head.nation("") + rule(1100), 5600
    )
    return table(first, cell(head.numbers(), 3900) + cell(head.dated(), 5600))


def underscores(head: Head) -> str:
    left = head.agencies("") + line("_" * round(head.short / 2.29), 13) + head.numbers()
    return table(cell(left, 3900) + cell(head.nation("") + line("_" * 24, 13) + head.dated(), 5600))


def underscores_behind_breaks(head: Head) -> str:
    def broken(*lines: tuple[str, float, bool]) -> str:
        runs = [run(text, look(size, bold)) for text, size, bold in lines]
        return paragraph("<w:r><w:br/></w:r>".join(runs), '<w:jc w:val="center"/>')

    left = broken((head.parent, 13, False), (head.agency, 13, True), ("_" * round(head.short / 2.29), 13, False))
    right = broken((head.NATION, 13, True), (head.MOTTO, 14, True), ("_" * 24, 13, False))
    return table(cell(left + head.numbers(), 3900) + cell(right + head.dated(), 5600))


def dashes(head: Head) -> str:
    left = head.agencies("") + line("-" * round(head.short / 1.53), 13) + head.numbers()
    return table(cell(left, 3900) + cell(head.nation("") + line("-" * 38, 13) + head.dated(), 5600))


def macrons(head: Head) -> str:
    left = head.agencies("") + line("¯" * round(head.short / 2.29), 13) + head.numbers()
    return table(cell(left, 3900) + cell(head.nation("") + line("¯" * 24, 13) + head.dated(), 5600))


def cell_borders(head: Head) -> str:
    """A row of narrow cells whose top border is the line."""
    top = '<w:tcBorders><w:top w:val="single" w:sz="6"/></w:tcBorders>'
    short = round(head.short * 56.7)
    spans = [(3900 - short) // 2, short, (3900 - short) // 2, 1150, 3300, 1150]

    def wide(content: str, start: int) -> str:
        width = sum(spans[start : start + 3])
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="3"/></w:tcPr>{content}</w:tc>'

    rule = "".join(cell("<w:p/>", width, top if at in {1, 4} else "") for at, width in enumerate(spans))
    return table(
        wide(head.agencies(""), 0) + wide(head.nation(""), 3), rule, wide(head.numbers(), 0) + wide(head.dated(), 3)
    )


def tabs(head: Head) -> str:
    stops = '<w:tabs><w:tab w:val="center" w:pos="1700"/><w:tab w:val="center" w:pos="6500"/></w:tabs>'
    tab = "<w:r><w:tab/></w:r>"

    def row(left: str, right: str) -> str:
        return paragraph(tab + left + tab + right, stops)

    rows = row(run(head.parent, look(13)), run(head.NATION, look(13, True)))
    rows += row(
        run(head.agency, look(13, True)) + head.drawn(head.short), run(head.MOTTO, look(14, True)) + head.drawn(58)
    )
    return rows + row(run(head.number, look(13)), run(head.date, look(14, italic=True)))


def boxes(head: Head) -> str:
    def box(content: str) -> str:
        return (
            "<w:r><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:spPr/><wps:txbx><w:txbxContent>"
            f"{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
        )

    left, right = head.agencies(head.drawn(head.short)) + head.numbers(), head.nation(head.drawn(58)) + head.dated()
    return paragraph(box(left) + box(right))


HEADS = {
    maker.__name__: maker
    for maker in (
        one_row,
        two_rows,
        three_columns,
        bordered_paragraphs,
        underscores,
        underscores_behind_breaks,
        dashes,
        macrons,
        cell_borders,
        tabs,
        boxes,
    )
}
DRAWN = {"shape": shape, "shape_group": shape_group, "vml": vml, "vml_group": vml_group}

# ---------------------------------------------------------------- closings


def signing(*offices: str, name: str = "Nguyễn Văn An") -> str:
    return "".join(line(text, 14, bold=True) for text in offices) + "<w:p/>" * 4 + line(name, 14, bold=True)


def recipients(*items: str) -> str:
    label = line("Nơi nhận:", 12, bold=True, italic=True, jc="left")
    return label + "".join(line(item, 11, jc="left") for item in items)


def closing(items: tuple[str, ...], *offices: str) -> str:
    return table(cell(recipients(*items), 4500) + cell(signing(*offices), 5000))


def closing_by_lines(items: tuple[str, ...], *offices: str) -> str:
    """No table: the signature on the right by an indent, and Nơi nhận below it."""
    block = [line(text, 14, bold=True, left=4500) for text in offices]
    name = line("Nguyễn Văn An", 14, bold=True, left=4500)
    return "".join(block) + "<w:p/>" * 4 + name + recipients(*items)


def addressees(*items: str) -> str:
    if len(items) == 1:
        return line(f"Kính gửi: {items[0]}", 14, before=12)
    first = line("Kính gửi:", 14, jc="left", left=1700, before=12)
    return first + "".join(line(item, 14, jc="left", left=2300) for item in items)


# ---------------------------------------------------------------- the file around them

PAPER = '<w:pgSz w:w="11906" w:h="16838"/>'
MARGINS = '<w:pgMar w:top="1134" w:bottom="1134" w:left="1701" w:right="851" w:header="567" w:footer="567"/>'
TIMES = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'


def defaults(run_props: str = TIMES, paragraph_props: str = "") -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run_props}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph_props}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def number(inside: str = "", props: str = '<w:jc w:val="center"/>', size: int = 26) -> str:
    marks = "".join(
        f'<w:r><w:rPr><w:sz w:val="{size}"/></w:rPr>{mark}</w:r>'
        for mark in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE   \\* MERGEFORMAT </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>2</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return paragraph(inside + marks, props)


def file_of(content: str, header: str = "", styles: str = "", margins: str = MARGINS, **parts: str) -> bytes:
    """A file of one section, the number of its pages in the header from page 2 on."""
    section = f'<w:sectPr><w:headerReference w:type="default" r:id="r1"/>{PAPER}{margins}<w:titlePg/></w:sectPr>'
    return package(content + section, header=header or number(), styles=styles or defaults(), **parts)
