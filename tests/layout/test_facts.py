"""What a Word file really shows: styles, toggles, wrappers, tables, lines and sections resolved."""

from pytest import approx

from docgen.base.fonts import Face, text_width
from docgen.layout.docx.reader import read_facts
from docgen.layout.facts import Align, Facts, Look, Paragraph
from tests.layout.packages import package, paragraph, run


def only(body: str, **parts: str) -> Paragraph:
    (found,) = read_facts(package(body, **parts)).paragraphs
    return found


def look(props: str = "", ppr: str = "", styles: str = "", **parts: str) -> Look:
    return only(paragraph(run("a", props), ppr), styles=styles, **parts).runs[0].look


def texts(body: str, **parts: str) -> list[str]:
    return [item.text for item in read_facts(package(body, **parts)).paragraphs]


DEFAULTS = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'


def style(name: str, inside: str, kind: str = "paragraph", default: bool = False) -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}" w:default="{int(default)}">{inside}</w:style>'


class TestCharacters:
    def test_word_s_own_values_where_nothing_is_said(self) -> None:
        assert look() == Look("Times New Roman", "Times New Roman", 10)

    def test_defaults_then_default_style_then_named_style_then_run(self) -> None:
        styles = (
            DEFAULTS
            + style("Normal", '<w:rPr><w:sz w:val="24"/></w:rPr>', default=True)
            + style("Title", '<w:basedOn w:val="Normal"/><w:rPr><w:b/></w:rPr>')
        )
        assert look(styles=DEFAULTS).size == 11
        assert look(styles=styles).size == 12
        titled = look('<w:sz w:val="28"/>', '<w:pStyle w:val="Title"/>', styles)
        assert (titled.size, titled.bold) == (14, True)

    def test_a_style_based_on_itself_ends(self) -> None:
        styles = style("A", '<w:basedOn w:val="B"/>') + style("B", '<w:basedOn w:val="A"/><w:rPr><w:i/></w:rPr>')
        assert look(ppr='<w:pStyle w:val="A"/>', styles=styles).italic

    def test_bold_in_two_styles_cancels_out_but_a_run_decides(self) -> None:
        styles = style("P", "<w:rPr><w:b/></w:rPr>") + style("C", "<w:rPr><w:b/></w:rPr>", "character")
        both = '<w:rStyle w:val="C"/>'
        assert not look(both, '<w:pStyle w:val="P"/>', styles).bold
        assert look(both + "<w:b/>", '<w:pStyle w:val="P"/>', styles).bold
        assert not look('<w:b w:val="0"/>', '<w:pStyle w:val="P"/>', styles).bold

    def test_theme_fonts(self) -> None:
        latin = '<a:minorFont><a:latin typeface="Calibri"/></a:minorFont>'
        theme = f"<a:themeElements><a:fontScheme>{latin}</a:fontScheme></a:themeElements>"
        themed = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsi="Arial"/>'
        found = look(themed, theme=theme)
        assert (found.font, found.font_high) == ("Calibri", "Arial")

    def test_capitals_by_format_are_shown_as_capitals(self) -> None:
        assert only(paragraph(run("Quyết định", "<w:caps/>"))).text == "QUYẾT ĐỊNH"

    def test_colour(self) -> None:
        assert look('<w:color w:val="auto"/>').color is None
        assert look('<w:color w:val="ff0000"/>').color == "FF0000"

    def test_nonsense_is_passed_over(self) -> None:
        assert look('<w:sz w:val="big"/><w:color/>').size == 10


class TestText:
    def test_inserted_text_is_text_and_deleted_is_not(self) -> None:
        body = f"<w:ins>{run('mới')}</w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>{run(' hơn')}"
        assert texts(paragraph(body)) == ["mới hơn"]

    def test_hyperlinks_and_content_controls_are_text(self) -> None:
        inner = f"<w:hyperlink>{run('a')}</w:hyperlink><w:sdt><w:sdtContent>{run('b')}</w:sdtContent></w:sdt>"
        outer = f"<w:sdt><w:sdtContent>{paragraph(inner)}</w:sdtContent></w:sdt>"
        assert texts(outer) == ["ab"]

    def test_hidden_text_is_none(self) -> None:
        assert texts(paragraph(run("ẩn", "<w:vanish/>") + run("hiện"))) == ["hiện"]

    def test_breaks_cut_a_paragraph_into_pieces(self) -> None:
        item = only(paragraph("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t><w:br w:type='page'/></w:r>"))
        assert [piece.text for piece in item.pieces()] == ["một", "hai"]

    def test_text_is_normalized(self) -> None:
        assert texts(paragraph(run("Hu\u031bo\u031bng\u00a0 Thu\u0309y"))) == ["Hương Thủy"]

    def test_no_break_spaces_and_hyphens_are_plain(self) -> None:
        body = "<w:r><w:t>Số:\u00a018</w:t><w:noBreakHyphen/><w:t>NQ/TW, QĐ\u2011UBND</w:t></w:r>"
        assert texts(paragraph(body)) == ["Số: 18-NQ/TW, QĐ-UBND"]

    def test_automatic_numbers_are_part_of_the_text(self) -> None:
        numbering = (
            '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/>'
            '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
        )
        props = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
        body = paragraph(run("Mục tiêu"), props) + paragraph(run("Yêu cầu"), props)
        assert texts(body, numbering=numbering) == ["I. Mục tiêu", "II. Yêu cầu"]


class TestShape:
    def test_lengths_are_in_mm_and_points(self) -> None:
        props = (
            '<w:jc w:val="both"/><w:ind w:firstLine="720"/><w:spacing w:before="120" w:line="360" w:lineRule="auto"/>'
        )
        shape = only(paragraph(run("a"), props)).shape
        assert (shape.align, shape.before_pt, shape.line) == (Align.BOTH, 6, 1.5)
        assert shape.first_line_mm == approx(12.7)

    def test_a_hanging_indent_counts_from_the_margin(self) -> None:
        assert only(paragraph(run("a"), '<w:ind w:left="1000" w:hanging="433"/>')).shape.first_line_mm == approx(
            10, abs=0.1
        )

    def test_a_leading_tab_is_an_indent(self) -> None:
        tabbed = paragraph("<w:r><w:tab/><w:t>a</w:t></w:r>", '<w:tabs><w:tab w:val="left" w:pos="567"/></w:tabs>')
        assert only(tabbed).shape.first_line_mm == approx(10, abs=0.01)
        assert only(paragraph("<w:r><w:tab/><w:t>a</w:t></w:r>")).shape.first_line_mm == approx(12.7)

    def test_an_exact_height_is_a_multiple_of_the_font_s_line(self) -> None:
        props = '<w:spacing w:line="360" w:lineRule="exact"/>'
        shape = only(paragraph(run("a", '<w:sz w:val="28"/>'), props)).shape
        assert (shape.line_exact_pt, shape.line) == (18, approx(1.118, abs=0.001))


class TestTables:
    def test_cells_know_their_place_and_nested_tables_are_read(self) -> None:
        inner = f"<w:tbl><w:tr><w:tc>{paragraph(run('trong'))}</w:tc></w:tr></w:tbl>"
        spanned = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph(run("a"))}</w:tc>'
        body = f"<w:tbl><w:tr>{spanned}<w:tc>{paragraph(run('b'))}{inner}</w:tc></w:tr></w:tbl>{paragraph(run('c'))}"
        items = read_facts(package(body)).paragraphs
        spots = [[(cell.table, cell.row, cell.column) for cell in item.cells] for item in items]
        assert spots == [[(1, 1, 1)], [(1, 1, 3)], [(1, 1, 3), (2, 1, 1)], []]

    def test_a_table_style_gives_way_to_a_paragraph_style(self) -> None:
        styles = style("T", '<w:rPr><w:sz w:val="20"/><w:i/></w:rPr>', "table") + style(
            "N", '<w:rPr><w:sz w:val="26"/></w:rPr>', default=True
        )
        table = '<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>'
        found = only(table.format(paragraph(run("a"))), styles=styles).runs[0].look
        assert (found.size, found.italic) == (13, True)


SHAPE = (
    '<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:spPr><a:xfrm><a:ext cx="1800000" cy="0"/></a:xfrm>'
    '<a:prstGeom prst="{}"/></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>'
)
VML = '<w:pict><v:line from="0,18pt" to="72pt,18pt"/></w:pict>'


class TestLines:
    def lines(self, inside: str, props: str = "") -> list[tuple[float, str]]:
        item = only(paragraph(f"<w:r>{inside}</w:r>", props) + SECTION)
        return [(round(line.width_mm or 0, 1), line.drawn_as) for line in item.lines]

    def test_of_two_branches_one_is_taken(self) -> None:
        both = (
            f'<mc:AlternateContent><mc:Choice Requires="{{}}">{SHAPE.format("line")}</mc:Choice>'
            f"<mc:Fallback>{VML}</mc:Fallback></mc:AlternateContent>"
        )
        assert self.lines(both.format("wps")) == [(50, "drawing")]
        assert self.lines(both.format("am3d")) == [(25.4, "vml")]

    def test_connectors_and_old_shapes(self) -> None:
        assert self.lines(SHAPE.format("straightConnector1")) == [(50, "drawing")]
        assert self.lines(SHAPE.format("ellipse")) == []
        shape = '<w:pict><v:shape type="#_x0000_t32" style="position:absolute;width:141.7pt;height:0"/></w:pict>'
        assert self.lines(shape) == [(50, "vml")]

    def test_a_border_is_as_wide_as_its_column_less_the_indents(self) -> None:
        props = '<w:pBdr><w:top w:val="single"/></w:pBdr><w:ind w:left="2835" w:right="2835"/>'
        assert self.lines("<w:t/>", props) == [(165 - 100, "border")]

    def test_a_box_is_no_line(self) -> None:
        sides = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right"))
        assert self.lines("<w:t/>", f"<w:pBdr>{sides}</w:pBdr>") == []

    def test_underscores_are_a_line_and_no_text(self) -> None:
        item = only(paragraph(run("_" * 20, '<w:sz w:val="26"/>')))
        assert (item.text, len(item.lines)) == ("", 1)


A4 = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:bottom="1134" w:left="1701" w:right="851"/>'
SECTION = f"<w:sectPr>{A4}</w:sectPr>"


class TestSections:
    def facts(self) -> Facts:
        first = f'<w:sectPr><w:headerReference r:id="r1"/>{A4}<w:titlePg/></w:sectPr>'
        last = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgNumType w:start="1"/></w:sectPr>'
        field = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
        body = paragraph(run("một"), first) + paragraph(run("hai")) + last
        return read_facts(package(body, header=paragraph(field, '<w:jc w:val="center"/>')))

    def test_paper_margins_and_numbers(self) -> None:
        one, two = self.facts().sections
        assert (round(one.width_mm), round(one.left_mm), round(one.right_mm)) == (210, 30, 15)
        assert (one.landscape, one.title_page, one.page_start) == (False, True, None)
        assert (two.landscape, two.title_page, two.page_start) == (True, False, 1)

    def test_paragraphs_know_their_section(self) -> None:
        assert [item.section for item in self.facts().paragraphs] == [0, 1]

    def test_headers_are_inherited(self) -> None:
        for section in self.facts().sections:
            (line,) = section.headers["default"]
            assert line.runs[0].is_page_number
            assert line.shape.align is Align.CENTER

    def test_a_page_number_centred_by_a_tab(self) -> None:
        body = paragraph(run("a")) + '<w:sectPr><w:headerReference r:id="r1"/></w:sectPr>'
        header = paragraph(
            '<w:r><w:tab/></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>',
            '<w:tabs><w:tab w:val="center" w:pos="4680"/></w:tabs>',
        )
        (line,) = read_facts(package(body, header=header)).sections[0].headers["default"]
        assert line.shape.align is Align.CENTER


def test_a_paragraph_is_as_wide_as_its_runs_in_their_own_weight_and_slant() -> None:
    bold, slanted = '<w:b/><w:sz w:val="26"/>', '<w:i/><w:sz w:val="28"/>'
    found = only(paragraph(run("Ủy ban 50%", bold) + run(" nhân dân", slanted)))
    points = text_width("Ủy ban 50%", Face(13, bold=True)) + text_width(" nhân dân", Face(14, italic=True))
    assert found.width_mm == approx(points * 25.4 / 72)
