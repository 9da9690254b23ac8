"""A finding says where it stands, in words and so that a program finds the paragraph again."""

import re
import zipfile
from io import BytesIO

from lxml import etree

from docgen.errors import Anchor
from docgen.layout.check import check_document
from docgen.layout.docx.reader import read_facts
from tests.layout.documents import Page, build, decision, letter, plan
from tests.layout.packages import W, package, paragraph, run

MARK = "<w:r><w:lastRenderedPageBreak/></w:r>"
BREAK = '<w:r><w:br w:type="page"/></w:r>'


def anchored(data: bytes, anchor: Anchor) -> str:
    """The text of the paragraph that an anchor leads to, in the file's own XML."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        root = etree.fromstring(file.read(anchor.part))
    found = list(root.iter(f"{{{W}}}p"))[anchor.index]
    return "".join(found.itertext(f"{{{W}}}t"))


def test_an_anchor_leads_to_the_paragraph() -> None:
    draft = decision()
    for name in ("signer", "motto", "title", "recipients"):
        draft.line(name).italic = True
    data = build(draft, plan())
    texts = [anchored(data, finding.anchor) for finding in check_document(data) if finding.anchor]
    assert texts == ["Độc lập - Tự do - Hạnh phúc", "QUYẾT ĐỊNH", "Nguyễn Thanh Minh", "- Lưu: VT, NV."]


def test_an_anchor_in_a_header() -> None:
    draft = decision()
    draft.page = Page()
    draft.page.number.size = 11
    data = build(draft)
    (finding,) = check_document(data)
    assert finding.anchor is not None and finding.anchor.part == "word/header1.xml"


def test_further_places_have_their_anchors() -> None:
    draft = plan()
    for line in draft["content"]:
        line.font = "Arial"
    data = build(draft)
    (finding,) = check_document(data)
    assert len(finding.also_anchors) == len(finding.also) == 5
    shown = [anchored(data, anchor) for anchor in finding.also_anchors if anchor]
    assert shown == [line.text for line in draft["content"][1:]]


def test_what_is_about_a_section_has_no_anchor() -> None:
    draft = letter()
    draft.page = Page(top=10)
    (finding,) = check_document(build(draft))
    assert (finding.anchor, finding.also_anchors) == (None, ())
    assert finding.to_json()["anchor"] is None


def test_an_index_counts_paragraphs_that_are_not_read() -> None:
    old = f"<mc:AlternateContent><mc:Choice Requires='x'>{paragraph()}</mc:Choice></mc:AlternateContent>"
    facts = read_facts(package(paragraph(f"<w:r><w:pict>{old}</w:pict></w:r>") + paragraph(run("a"))))
    assert [(item.number, item.index) for item in facts.paragraphs] == [(1, 0), (2, 2)]


def sheets(body: str) -> list[int | None]:
    return [item.page for item in read_facts(package(body)).paragraphs]


def test_pages_follow_word_s_marks() -> None:
    body = (
        paragraph(run("a")) + paragraph(MARK + run("b")) + paragraph(run("c") + MARK + run("d")) + paragraph(run("e"))
    )
    assert sheets(body) == [1, 2, 2, 3]


def test_a_break_and_word_s_mark_behind_it_are_one_page() -> None:
    body = paragraph(run("a") + BREAK) + paragraph(MARK + run("b")) + paragraph(BREAK) + paragraph(run("c"))
    assert sheets(body) == [1, 2, 2, 3]


def test_a_new_section_begins_a_page_unless_it_goes_on() -> None:
    turned = paragraph(run("a"), "<w:sectPr/>") + paragraph(run("b")) + paragraph(MARK + run("c"))
    assert sheets(turned + "<w:sectPr/>") == [1, 2, 3]
    assert sheets(turned + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>') == [1, 1, 2]


def test_a_row_over_two_pages_leaves_a_doubt() -> None:
    cells = f"<w:tc>{paragraph(run('a'))}</w:tc><w:tc>{paragraph(run('b'))}{paragraph(MARK + run('c'))}</w:tc>"
    assert sheets(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>{paragraph(run('d'))}") == [None, 1, 2, 2]


def test_without_marks_only_the_first_page_is_sure() -> None:
    draft = plan()
    draft["content"] = [draft["content"][0]] * 30
    draft["content"].append(draft["content"][0].__class__("Hết./.", size=12, align="both", indent=12.7, before=6))
    draft.line("title").size = 16
    first, last = check_document(build(draft))
    assert re.match(r"trang 1, đoạn \d+ ", str(first.place)) and "trang" not in str(last.place)
