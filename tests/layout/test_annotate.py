"""The copy with comments: one at each finding, sound where the original is, refused in words where it can't be."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from docgen.errors import Anchor
from docgen.layout.annotate import NotAnnotatedError, annotate, text_of
from docgen.layout.check import check_document
from docgen.layout.findings import Finding
from docgen.workflows.build import build as build_plan
from docgen.workflows.build import shipped_data
from tests.layout.documents import Line, build, decision, letter
from tests.layout.packages import package, paragraph, run, zipped

LETTER = Path(__file__).parent / "letters" / "cong-van-muoi-loi.docx"
TEN = {
    "ND30-G3.3", "ND30-01.1", "ND30-01.17", "ND30-03.31", "ND30-04.33", "ND30-05b.2", "ND30-09a.3", "ND30-G4.1",
    "ND30-06.31", "ND30-09b.6",
}  # fmt: skip


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def form(content: bytes) -> list[Finding]:
    return [finding for finding in check_document(content) if finding.about == "the_thuc"]


def commented_texts(content: bytes) -> dict[str, str]:
    """The rule of each comment, with the text of the paragraph that it stands at."""
    document = docx.Document(BytesIO(content))
    rules = {comment.comment_id: comment.text for comment in document.comments}
    found = {}
    for element in document.element.iter(docx.oxml.ns.qn("w:commentReference")):
        (owner, *_outer) = element.iterancestors(docx.oxml.ns.qn("w:p"))
        text = "".join(item.text or "" for item in owner.iter(docx.oxml.ns.qn("w:t")))
        found[re.findall(r"\[(.+?)\]", rules[int(element.get(docx.oxml.ns.qn("w:id")))])[0]] = text
    return found


def test_the_letter_made_by_hand_has_its_ten_findings() -> None:
    findings = form(LETTER.read_bytes())
    assert sorted(finding.rule for finding in findings) == sorted(TEN)


def test_the_letter_gets_ten_comments_where_the_faults_are() -> None:
    content = LETTER.read_bytes()
    texts = commented_texts(annotate(content, form(content)))
    assert set(texts) == TEN
    assert texts["ND30-01.17"] == "Độc lập – Tự do – Hạnh phúc"
    assert texts["ND30-03.31"] == "Số 125/UBND-VP"
    assert texts["ND30-09b.6"] == "Nơi nhận:"
    assert texts["ND30-G3.3"] == "UBND THÀNH PHỐ HUẾ"


def test_a_comment_says_what_stands_there_what_is_right_and_why() -> None:
    (finding,) = [one for one in form(LETTER.read_bytes()) if one.rule == "ND30-01.1"]
    lines = text_of(finding).splitlines()
    assert lines[0] == "[ND30-01.1] Cỡ chữ của Quốc hiệu không đúng (lỗi)"
    assert lines[1:3] == ["Đang là: 15 pt", "Phải là: 12–13 pt"]
    assert lines[-1].startswith("Căn cứ: Phụ lục I")


def test_further_places_are_named_in_the_one_comment() -> None:
    (finding,) = [one for one in form(LETTER.read_bytes()) if one.rule == "ND30-01.1"]
    many = replace(finding, also=(finding.place,) * 7)
    assert "; và 2 chỗ nữa" in text_of(many)


def test_comments_change_neither_the_text_nor_the_form() -> None:
    content = LETTER.read_bytes()
    copy = annotate(content, form(content))
    assert [one.rule for one in form(copy)] == [one.rule for one in form(content)]
    before, after = (docx.Document(BytesIO(data)) for data in (content, copy))
    assert [one.text for one in after.paragraphs] == [one.text for one in before.paragraphs]


def test_the_same_file_gives_the_same_bytes() -> None:
    content = LETTER.read_bytes()
    assert annotate(content, form(content)) == annotate(content, form(content))


def test_a_sound_document_stays_sound(tmp_path: Path) -> None:
    written = build_plan(shipped_data() / "huong-thuy-2023", tmp_path, only="quyet_dinh").written[0]
    sample, *_rest = check_document(_with_a_fault(written.path.read_bytes()))
    target = tmp_path / "nhan-xet.docx"
    target.write_bytes(annotate(written.path.read_bytes(), [sample, replace(sample, anchor=None)]))
    result = OpenXmlValidator().validate(target)
    assert result.is_valid, [str(error) for error in result.errors][:5]


def _with_a_fault(content: bytes) -> bytes:
    parts = parts_of(content)
    changed = parts["word/document.xml"].replace("Độc lập - Tự do".encode(), "Độc lập – Tự do".encode())
    return zipped({**parts, "word/document.xml": changed})


def test_libreoffice_opens_the_copy(tmp_path: Path, needs_tool) -> None:
    from docgen.writers.pdf import convert_to_pdf

    needs_tool("soffice")
    content = LETTER.read_bytes()
    (tmp_path / "a.docx").write_bytes(annotate(content, form(content)))
    (pdf,) = convert_to_pdf([tmp_path / "a.docx"])
    assert pdf.stat().st_size > 10_000


def test_older_comments_stay() -> None:
    document = docx.Document(BytesIO(build(letter())))
    document.add_comment(document.paragraphs[0].add_run("x"), "Ý kiến của tôi", "Chuyên viên", "CV")
    out = BytesIO()
    document.save(out)
    draft = [replace(one) for one in form(LETTER.read_bytes())[:2]]
    copy = docx.Document(BytesIO(annotate(out.getvalue(), draft)))
    assert [comment.author for comment in copy.comments] == ["Chuyên viên", "docgen", "docgen"]


def test_what_is_wrong_in_a_header_is_said_at_the_first_paragraph() -> None:
    draft = decision()
    assert draft.page is not None
    draft.page.number = Line("PAGE", size=9)
    content = build(draft)
    (finding,) = form(content)
    assert finding.anchor is not None and finding.anchor.part.startswith("word/header")
    copy = annotate(content, [finding])
    assert list(commented_texts(copy)) == [finding.rule]
    assert b"comment" not in parts_of(copy)[finding.anchor.part]
    assert "header" in text_of(finding)


def test_a_text_box_gets_its_comment_outside() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph(run('trong'))}</w:txbxContent></v:textbox>"
    content = _typed(package(paragraph(run("ngoài") + box + "</v:shape></w:pict></w:r>")))
    (finding,) = form(LETTER.read_bytes())[:1]
    inner = replace(finding, anchor=Anchor("word/document.xml", 1))
    xml = parts_of(annotate(content, [inner]))["word/document.xml"].decode()
    assert xml.index("</w:txbxContent>") < xml.index("w:commentReference")


def _typed(content: bytes) -> bytes:
    """With the content types that python-docx wants."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )
    return zipped({"[Content_Types].xml": types.encode(), **parts_of(content)})


@pytest.mark.parametrize("index", [-1, 10_000])
def test_a_place_that_is_not_there_is_the_first_paragraph(index: int) -> None:
    content = LETTER.read_bytes()
    lost = replace(form(content)[0], anchor=Anchor("word/document.xml", index))
    assert list(commented_texts(annotate(content, [lost])).values()) == ["UBND THÀNH PHỐ HUẾ"]


def test_a_document_without_styles_gets_none() -> None:
    (finding, *_rest) = form(LETTER.read_bytes())
    parts = parts_of(annotate(_typed(package(paragraph(run("một")))), [finding]))
    assert "word/styles.xml" not in parts
    assert b"CommentText" not in parts["word/comments.xml"]


def test_a_signature_that_no_longer_holds_is_left_out() -> None:
    parts = parts_of(_typed(package(paragraph(run("một")))))
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    link = f'<Relationship Id="s1" Type="{origin}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", link.encode())
    typed = b'<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.digital-signature-origin"/>'
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"<Override", typed + b"<Override")
    signed = zipped({**parts, "_xmlsignatures/origin.sigs": b""})
    copy = parts_of(annotate(signed, form(LETTER.read_bytes())[:1]))
    assert not [name for name in copy if "signature" in name]


STRICT = zipped(
    {
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Target="d.xml" '
        b'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"/>'
        b"</Relationships>"
    }
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "hỏng"),
        (LETTER.read_bytes()[:3000], "hỏng"),
        (STRICT, "Strict Open XML"),
        (_typed(package("", prolog="<!DOCTYPE d []>")), "DOCTYPE"),
        (zipped({"word/document.xml": b"<x/>"}), "không dựng đúng"),
    ],
    ids=["empty", "cut", "strict", "doctype", "no relations"],
)
def test_what_cannot_be_annotated_says_why(content: bytes, said: str) -> None:
    with pytest.raises(NotAnnotatedError, match=said):
        annotate(content, form(LETTER.read_bytes()))
