"""What else a template's file brings along: each told at its paragraph."""

import re
from pathlib import Path

import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from docgen.base.ooxml import Entry, make_entry, read_entries, write_entries
from docgen.errors import Severity
from docgen.template.language.compile import compile_template
from tests.template.documents import CONTEXT, CONTRACT, blank, check_template, saved, template, texts
from tests.template.test_check import check, codes

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
INS = "<w:ins w:id='1' w:author='A'>{}</w:ins>"
DEL = INS.replace("w:ins", "w:del")
MOVED = INS.replace("w:ins", "w:moveFrom")
BOX = """<w:r {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{inside}</w:drawing>
</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""


def start() -> Document:
    document = blank()
    document.add_paragraph("{{ ten }}")
    return document


def add(document: Document, xml: str) -> None:
    """A paragraph of the given content at the document's end."""
    document.add_paragraph()._p.append(parse_xml(re.sub("^<[a-zA-Z:]+", rf"\g<0> {nsdecls('w')}", xml)))


@pytest.mark.parametrize(
    ("xml", "code", "words"),
    [
        (INS.format("<w:r><w:t>thêm</w:t></w:r>"), "template.tracked-change", "Track Changes"),
        (DEL.format("<w:r><w:delText>b</w:delText></w:r>"), "template.tracked-change", ""),
        (DEL.format("<w:r><w:delText>{{ x }}</w:delText></w:r>"), "template.deleted-tag", "{{ x }}"),
        (MOVED.format("<w:r><w:t>{{ x }}</w:t></w:r>"), "template.deleted-tag", "{{ x }}"),
        ("<w:r><w:rPr><w:rPrChange w:id='1'/></w:rPr><w:t>a</w:t></w:r>", "template.tracked-format", "1 đoạn"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>kín</w:t></w:r>", "template.hidden-text", "“kín”"),
    ],
)
def test_what_word_keeps_beside_the_text(tmp_path: Path, xml: str, code: str, words: str) -> None:
    document = start()
    add(document, xml)
    path = saved(document, tmp_path)
    (finding,) = check(path)
    assert (finding.code, finding.severity) == (code, Severity.WARNING)
    assert finding.place.part == "thân văn bản, đoạn 2" and words in finding.message
    compile_template(path, CONTRACT).render(CONTEXT)


def test_tags_in_deleted_text_come_out_as_they_are(tmp_path: Path) -> None:
    document = start()
    add(document, "<w:del w:id='1' w:author='A'><w:r><w:delText>{{ x }}{% if %}}{#</w:delText></w:r></w:del>")
    content = compile_template(saved(document, tmp_path), CONTRACT).render(CONTEXT)
    part = next(entry for entry in read_entries(content) if entry.name == "word/document.xml")
    assert b"<w:delText>{{ x }}{% if %}}{#</w:delText>" in part.content


def test_text_hidden_by_a_style_is_found(tmp_path: Path) -> None:
    document = start()
    document.styles.add_style("Kín", WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
    document.add_paragraph("không thấy", style="Kín")
    assert codes(check(saved(document, tmp_path))) == ["template.hidden-text"]


def test_a_comment_is_told_with_its_author(tmp_path: Path) -> None:
    document = start()
    paragraph = document.add_paragraph("x")
    document.add_comment(paragraph.runs, text="sửa lại", author="Bình")
    (finding,) = check(saved(document, tmp_path))
    assert finding.code == "template.comment" and "Bình: “sửa lại”" in finding.message
    assert finding.place.part == "thân văn bản, đoạn 2"


def test_bookmarks_of_one_id_and_bookmarks_in_loops(tmp_path: Path) -> None:
    document = start()
    for name in ("a", "b"):
        add(document, f"<w:bookmarkStart w:id='7' w:name='{name}'/>")
        add(document, "<w:bookmarkEnd w:id='7'/>")
    document.add_paragraph("{%p for d in dong %}")
    add(document, "<w:bookmarkStart w:id='8' w:name='c'/>")
    document.add_paragraph("{%p endfor %}")
    found = check(saved(document, tmp_path))
    assert codes(found) == ["template.duplicate-id"] * 2
    assert "“b” trùng mã 7" in found[0].message and "“c” nằm trong vòng lặp" in found[1].message


def test_the_mark_that_word_hides_at_the_last_edit_is_left_out(tmp_path: Path) -> None:
    document = start()
    for name in ("_GoBack", "giu"):
        document.add_paragraph("{%p for d in dong %}" if name == "_GoBack" else "")
        add(document, f"<w:bookmarkStart w:id='8' w:name='{name}'/>".replace("8", str(len(name))))
        add(document, f"<w:bookmarkEnd w:id='{len(name)}'/>")
        document.add_paragraph("{%p endfor %}" if name == "_GoBack" else "")
    path = saved(document, tmp_path)
    assert check(path) == []
    part = next(
        one for one in read_entries(compile_template(path, CONTRACT).render(CONTEXT)) if one.name == "word/document.xml"
    )
    assert b"_GoBack" not in part.content and part.content.count(b"bookmark") == 2


def test_a_bookmark_that_goes_out_with_its_tag_is_written_in_no_turn(tmp_path: Path) -> None:
    document = start()
    mark = "<w:bookmarkStart w:id='8' w:name='cho_nay'/>"
    for tag in ("{%p for d in dong %}", "{%p endfor %}"):
        add(document, f"<w:r><w:t xml:space='preserve'>{tag}</w:t></w:r>")
        add_mark(document, mark.replace("8", str(len(tag))))
    assert check(saved(document, tmp_path)) == []
    add(document, mark)
    document.paragraphs[-1].add_run("{%p for d in dong %}{{ d }}{%p endfor %}")
    assert codes(check(saved(document, tmp_path))) == ["template.duplicate-id"]


def add_mark(document: Document, xml: str) -> None:
    """A bookmark at the end of the last paragraph."""
    document.paragraphs[-1]._p.append(parse_xml(xml.replace(" ", f" {nsdecls('w')} ", 1)))


def test_a_tag_in_a_chart_is_told(tmp_path: Path) -> None:
    chart = make_entry("word/charts/chart1.xml", b"<c><v>{{ ten }}</v></c>")
    found = check_template(with_parts(template(tmp_path, ["{{ ten }}"]), chart), CONTRACT, shown="mau.docx")
    assert [(one.code, one.severity) for one in found] == [("template.unreached-tag", Severity.WARNING)]
    assert "word/charts/chart1.xml" in found[0].message


def test_tags_in_a_text_box_are_named_by_it(tmp_path: Path) -> None:
    inside = "<w:txbxContent><w:p/><w:p><w:r><w:t>{{ tne }}</w:t></w:r></w:p></w:txbxContent>"
    document = start()
    document.add_paragraph()._p.append(parse_xml(BOX.format(ns=nsdecls("w"), inside=inside)))
    document.add_paragraph("{{ sai }}")
    found = check(saved(document, tmp_path))
    assert [finding.place.part for finding in found] == [
        "thân văn bản, đoạn 2, khung 1, đoạn 2",
        "thân văn bản, đoạn 3",
    ]
    assert [finding.anchor.index for finding in found if finding.anchor] == [3, 6]


def test_outside_links_are_told_where_they_are_used(tmp_path: Path) -> None:
    document = start()
    link = document.part.relate_to("https://ngoai.example/anh.png", f"{OFFICE}/image", is_external=True)
    names = f"xmlns:v='urn:schemas-microsoft-com:vml' xmlns:r='{OFFICE}'"
    add(document, f"<w:r><w:pict><v:imagedata r:id='{link}' {names}/></w:pict></w:r>")
    (finding,) = check(saved(document, tmp_path))
    assert (finding.code, finding.place.part) == ("template.external", "thân văn bản, đoạn 2")


def with_parts(path: Path, *added: Entry) -> bytes:
    return write_entries([*read_entries(path.read_bytes()), *added])


def test_macros_do_not_hide_what_else_is_wrong(tmp_path: Path) -> None:
    content = with_parts(template(tmp_path, ["{{ ten }}{{ sai }}"]), make_entry("word/vbaProject.bin", b"x"))
    found = check_template(content, CONTRACT, shown="mau.docx")
    assert codes(found) == ["template.macros", "template.unknown-field"]


def test_a_broken_part_does_not_hide_what_else_is_wrong(tmp_path: Path) -> None:
    content = with_parts(template(tmp_path, ["{{ ten }}{{ sai }}"]), make_entry("word/header9.xml", b"<w:hdr>"))
    found = check_template(content, CONTRACT, shown="mau.docx")
    assert codes(found) == ["template.broken-part", "template.unknown-field"]


SPLIT = "x{{ ten|replace('K', \"k\") }}y{%if co%}z{% endif %}{# lời #}"


def cut_run(text: str, *, between: str = "") -> str:
    return f"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>{between}"


@pytest.mark.parametrize(
    "between",
    [
        "",
        "<w:proofErr w:type='spellStart'/>",
        "<w:bookmarkStart w:id='ID' w:name='_GoBack'/><w:bookmarkEnd w:id='ID'/>",
        "<w:r><w:lastRenderedPageBreak/></w:r>",
        "<w:r><w:softHyphen/></w:r>",
        "<w:r><w:t></w:t></w:r>",
        "<w:del w:id='ID' w:author='A'><w:r><w:delText>{{ cũ</w:delText></w:r></w:del>",
    ],
)
def test_a_tag_split_in_every_place_is_read_whole(tmp_path: Path, between: str) -> None:
    document = blank()
    cuts = range(1, len(SPLIT))
    for cut in reversed(cuts):
        pieces = cut_run(SPLIT[:cut], between=between.replace("ID", f"{100 + cut}")) + cut_run(SPLIT[cut:])
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{pieces}</w:p>"))
    path = saved(document, tmp_path)
    assert [one for one in check(path) if one.severity is Severity.ERROR] == []
    found = texts(compile_template(path, CONTRACT).render(CONTEXT))
    assert found[: len(cuts)] == ["xkế hoạchyz"] * len(cuts)


def test_a_tag_in_a_run_a_letter_is_read_whole(tmp_path: Path) -> None:
    for wrapped in ("{}", "<w:ins w:id='1' w:author='A'>{}</w:ins>", "<w:smartTag w:element='a'>{}</w:smartTag>"):
        document = blank()
        pieces = "".join(wrapped.format(cut_run(letter)) for letter in SPLIT)
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{pieces}</w:p>"))
        path = saved(document, tmp_path)
        compile_template(path, CONTRACT).render(CONTEXT)
        assert [one for one in check(path) if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("{{\u00a0ten\u00a0}}", "Kế hoạch"),
        ("{%\u00a0if\u202fco\u00a0%}a{%\u2009endif\u00a0%}", "a"),
        ("{{ ten|replace(“Kế”, ”kế”) }}", "kế hoạch"),
        ("{{ ten|replace(‘Kế’, ’kế’) }}", "kế hoạch"),
        ("{{ ten|replace(„Kế“, 'kế') }}", "kế hoạch"),
        ("{{ \"“\" ~ ten ~ '”' }}", "“Kế hoạch”"),
        ("{{ te\u200bn }}", "Kế hoạch"),
        ("{{ ten\ufeff }}", "Kế hoạch"),
        ("{{ nhom|length – 1 }}", "1"),
        ("{{ ten if co and 1 < 2 }}", "Kế hoạch"),
        ("{{ 'a–b\u00a0c' }}", "a–b\u00a0c"),
        ("“{{ ten }}”", "“Kế hoạch”"),
    ],
)
def test_what_word_makes_of_a_tag_keeps_its_meaning(tmp_path: Path, typed: str, printed: str) -> None:
    path = template(tmp_path, [typed, "{{ ten }}"])
    assert check(path) == []
    assert texts(compile_template(path, CONTRACT).render(CONTEXT))[0] == printed


def test_a_paragraph_tag_may_have_a_hard_space(tmp_path: Path) -> None:
    path = template(tmp_path, ["{%p\u00a0for d in dong %}", "{{ d }}", "{%p\u00a0endfor\u00a0%}", "{{ ten }}"])
    assert check(path) == []
    assert texts(compile_template(path, CONTRACT).render(CONTEXT)) == ["một", "hai", "Kế hoạch"]


@pytest.mark.parametrize("typed", ["{{ «ten» }}", "{{ ten… }}", "{{ ten|replace('a’, 'b') }}", "{ { ten } }"])
def test_where_the_meaning_is_not_clear_it_is_a_finding(tmp_path: Path, typed: str) -> None:
    (finding,) = check(template(tmp_path, ["{{ ten }}", typed]))
    assert (finding.severity, finding.place.part) == (Severity.ERROR, "thân văn bản, đoạn 2")
