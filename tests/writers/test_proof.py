"""One sound document, one thing spoiled, exactly that fault."""

import pytest

from docgen.base.ooxml import CUSTOM_PROPERTIES, make_entry, read_entries, write_entries
from docgen.errors import ExitCode, OutputError
from docgen.writers.proof import find_faults, prove
from tests.writers.documents import DOCUMENT, HEADER, LINKS, TYPES, changed, make_document, without

BODY = "<!--body-->"
DRAWING = '<w:p><w:r><wp:docPr id="7" name="a"/></w:r></w:p>'
BOOKMARK = '<w:p><w:bookmarkStart w:id="{}" w:name="b"/><w:bookmarkEnd w:id="{}"/></w:p>'


def into_body(xml: str) -> bytes:
    return changed(make_document(), DOCUMENT, BODY, xml)


SPOILED = {
    "no zip": (b"a text", "broken-zip", None),
    "empty": (b"", "broken-zip", None),
    "cut off": (make_document()[:-30], "broken-zip", None),
    "body cut off": (changed(make_document(), DOCUMENT, "</w:document>", ""), "broken-part", DOCUMENT),
    "header not closed": (changed(make_document(), HEADER, "</w:r>", ""), "broken-part", HEADER),
    "unescaped": (into_body("<w:p><w:r><w:t>Tom & Jerry</w:t></w:r></w:p>"), "broken-part", DOCUMENT),
    "unbound prefix": (into_body("<v:p/>"), "broken-part", DOCUMENT),
    "escape character": (into_body("<w:p>\x1b</w:p>"), "broken-part", DOCUMENT),
    "escape reference": (into_body("<w:p>&#8;</w:p>"), "broken-part", DOCUMENT),
    "noncharacter": (into_body("<w:p>\uffff</w:p>"), "broken-part", DOCUMENT),
    "doctype": (changed(make_document(), HEADER, "<w:hdr ", "<!DOCTYPE a><w:hdr "), "broken-part", HEADER),
    "C1 control": (into_body("<w:p><w:r><w:t>\x85</w:t></w:r></w:p>"), "control-character", DOCUMENT),
    "delete": (changed(make_document(), HEADER, ">2<", ">\x7f<"), "control-character", HEADER),
    "drawing id twice": (into_body(DRAWING * 2), "repeated-id", DOCUMENT),
    "bookmark id twice": (into_body(BOOKMARK.format(1, 1)), "repeated-id", DOCUMENT),
    "unknown r:id": (changed(make_document(), DOCUMENT, '"rId2"', '"rId9"'), "unknown-link", DOCUMENT),
    "unknown r:embed": (into_body('<w:p r:embed="rId7"/>'), "unknown-link", DOCUMENT),
    "unknown r:link": (into_body('<w:p r:link="rId7"/>'), "unknown-link", DOCUMENT),
    "part without links": (changed(make_document(), HEADER, "<w:p>", '<w:p r:embed="rId1">'), "unknown-link", HEADER),
    "dead link": (changed(make_document(), LINKS, "header1.xml", "header2.xml"), "dead-link", LINKS),
    "no type": (changed(make_document(), TYPES, f'"/{HEADER}"', '"/word/a.xml"'), "untyped-part", HEADER),
    "empty cell": (changed(make_document(), DOCUMENT, "<w:tc><w:p/></w:tc>", "<w:tc/>"), "empty-cell", DOCUMENT),
    "properties gone": (without(make_document(), CUSTOM_PROPERTIES), "dead-link", "_rels/.rels"),
    "types gone": (without(make_document(), TYPES), "missing-part", TYPES),
    "package links gone": (without(make_document(), "_rels/.rels"), "missing-part", "_rels/.rels"),
    "a part twice": (
        write_entries([*read_entries(make_document()), make_entry(HEADER, b"<a/>")]), "repeated-part", HEADER,
    ),
}  # fmt: skip


def test_a_sound_document_has_no_fault() -> None:
    prove(make_document("Kế hoạch & ngân sách".replace("&", "&amp;")), "ke-hoach.docx")


@pytest.mark.parametrize("what", SPOILED)
def test_a_fault_is_found_in_its_part(what: str) -> None:
    content, code, part = SPOILED[what]
    assert [(fault.code, fault.part) for fault in find_faults(content)] == [(code, part)]


def test_a_link_id_given_twice() -> None:
    second = '<Relationship Id="rId1" Type="t" Target="header1.xml"/></Relationships>'
    faults = list(find_faults(changed(make_document(), LINKS, "</Relationships>", second)))
    assert [(fault.code, fault.part) for fault in faults] == [("repeated-id", LINKS)]


def test_a_package_without_a_body() -> None:
    codes = {fault.code for fault in find_faults(without(make_document(), DOCUMENT))}
    assert codes == {"missing-part", "dead-link"}


@pytest.mark.parametrize(
    "xml",
    [
        BOOKMARK.format(2, 2),
        DRAWING,
        '<w:p r:embed=""/>',
        f"<mc:AlternateContent><mc:Choice>{BOOKMARK.format(5, 5)}{DRAWING}</mc:Choice>"
        f"<mc:Fallback>{BOOKMARK.format(5, 5)}{DRAWING}</mc:Fallback></mc:AlternateContent>",
        "<w:p>\t\u00a0\u2028&#9;</w:p>",
        "<w:tbl><w:tr><w:tc><w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt></w:tc></w:tr></w:tbl>",
    ],
    ids=["another bookmark", "a drawing", "no link", "text box written twice", "white space", "paragraph in a control"],
)
def test_what_word_takes_is_no_fault(xml: str) -> None:
    assert list(find_faults(into_body(xml))) == []


def test_links_may_be_absolute_escaped_or_lead_into_the_part() -> None:
    for target in ("/word/header1.xml", "../word/header1.xml", "header%31.xml", "header1.xml#a", "#a"):
        assert list(find_faults(changed(make_document(), LINKS, "header1.xml", target))) == [], target


def test_all_faults_are_told_at_once() -> None:
    content = changed(into_body(DRAWING * 2), HEADER, "</w:hdr>", "")
    with pytest.raises(OutputError) as caught:
        prove(content, "out/ke-hoach.docx")
    assert caught.value.exit_code == ExitCode.OUTPUT
    assert [problem.code for problem in caught.value.problems] == ["output.broken-part", "output.repeated-id"]
    assert str(caught.value).splitlines()[2:] == [
        "out/ke-hoach.docx, word/document.xml: lỗi: phần word/document.xml có wp:docPr/@id trùng nhau: 7",
        "  → lỗi do tệp mẫu hoặc do docgen, không do dữ liệu: sửa tệp mẫu trong Word, hoặc báo người bảo trì docgen",
    ]


def test_any_spoiled_byte_is_a_fault_or_none_but_never_a_crash() -> None:
    content = make_document()
    for place in range(0, len(content), 5):
        list(find_faults(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]))


@pytest.mark.parametrize(
    "cell",
    [
        "<w:tc></w:tc>",
        "<w:tc/>",
        "<w:tc />",
        '<w:tc w:id="1"/>',
        "<w:tc><w:tcPr/></w:tc>",
        "<w:tc><!-- </w:p></w:tc><w:tc> --></w:tc>",
        '<x:tc xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
    ],
)
def test_no_way_of_writing_an_empty_cell_gets_through(cell: str) -> None:
    good = "<w:tc><w:p></w:p></w:tc>"
    for table, empty in (
        (f"<w:tbl><w:tr>{good}{cell}</w:tr></w:tbl>", True),
        (f"<w:tbl><w:tr>{good}</w:tr></w:tbl>", False),
    ):
        content = into_body(table)
        assert ("empty-cell" in {fault.code for fault in find_faults(content)}) is empty
