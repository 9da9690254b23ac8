"""Tags cut in two wherever Word, WPS and LibreOffice cut them: each read whole, or told where that can't be."""

from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from docgen.errors import Severity
from docgen.template.language.compile import compile_template
from tests.template.documents import CONTEXT, CONTRACT, blank, opened, saved
from tests.template.test_check import check, codes

RUN = "<w:r><w:rPr/><w:t xml:space='preserve'>{}</w:t></w:r>"
FIRST, SECOND = RUN.format("{0}"), RUN.format("{1}")
INS = "<w:ins w:id='{{id}}' w:author='A'>{}</w:ins>"
#: How two halves of a tag stand side by side; ``{id}`` differs each time.
WAYS = {
    "two runs": FIRST + SECOND,
    "two sessions": FIRST.replace("<w:r>", "<w:r w:rsidR='00AA11BB'>")
    + SECOND.replace("<w:r>", "<w:r w:rsidRPr='00CC'>"),
    "two languages": FIRST.replace("<w:rPr/>", "<w:rPr><w:lang w:val='vi-VN'/></w:rPr>") + SECOND,
    "one run": "<w:r><w:t xml:space='preserve'>{0}</w:t><w:t xml:space='preserve'>{1}</w:t></w:r>",
    "an empty run between": FIRST + "<w:r><w:rPr/></w:r>" + SECOND,
    "spelling": FIRST + "<w:proofErr w:type='spellStart'/>" + SECOND + "<w:proofErr w:type='spellEnd'/>",
    "grammar": "<w:proofErr w:type='gramStart'/>" + FIRST + "<w:proofErr w:type='gramEnd'/>" + SECOND,
    "page break": FIRST + "<w:r><w:lastRenderedPageBreak/></w:r>" + SECOND,
    "soft hyphen": FIRST + "<w:r><w:softHyphen/></w:r>" + SECOND,
    "soft hyphen in the run": "<w:r><w:t xml:space='preserve'>{0}</w:t><w:softHyphen/>"
    "<w:t xml:space='preserve'>{1}</w:t></w:r>",
    "permission": FIRST + "<w:permStart w:id='{id}' w:edGrp='everyone'/>" + SECOND + "<w:permEnd w:id='{id}'/>",
    "bookmark": FIRST + "<w:bookmarkStart w:id='{id}' w:name='_GoBack'/><w:bookmarkEnd w:id='{id}'/>" + SECOND,
    "deleted between": FIRST
    + "<w:del w:id='{id}' w:author='A'><w:r><w:delText>{{{{ x</w:delText></w:r></w:del>"
    + SECOND,
    "inserted first": INS.format(FIRST) + SECOND,
    "inserted last": FIRST + INS.format(SECOND),
    "smart tag first": "<w:smartTag w:element='a'>" + FIRST + "</w:smartTag>" + SECOND,
    "smart tag last": FIRST + "<w:smartTag w:element='a'>" + SECOND + "</w:smartTag>",
    "link first": "<w:hyperlink w:anchor='a'>" + FIRST + "</w:hyperlink>" + SECOND,
    "link last": FIRST + "<w:hyperlink w:anchor='a'>" + SECOND + "</w:hyperlink>",
    "field last": FIRST + "<w:fldSimple w:instr=' QUOTE '>" + SECOND + "</w:fldSimple>",
    "control last": FIRST + "<w:sdt><w:sdtPr/><w:sdtContent>" + SECOND + "</w:sdtContent></w:sdt>",
}
IDS = count(100)


def cuts(text: str, way: str) -> list[str]:
    """A text cut at every place, as the content of a paragraph each."""
    return [way.format(text[:cut], text[cut:], id=next(IDS)) for cut in range(1, len(text))]


def start() -> Document:
    document = blank()
    document.add_paragraph("{{ ten }}")
    return document


def fill(paragraph: object, content: str) -> None:
    for element in parse_xml(f"<w:p {nsdecls('w')}>{content}</w:p>"):
        paragraph._p.append(element)  # type: ignore[attr-defined]


def said(content: bytes) -> list[str]:
    """All paragraphs, with what stands in links, controls and tracked changes."""
    paragraphs = opened(content).element.iter(qn("w:p"))
    return ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in paragraphs]


def rendered(document: Document, folder: Path) -> list[str]:
    """What comes of a template in which no error is found."""
    path = saved(document, folder)
    assert [finding for finding in check(path) if finding.severity is Severity.ERROR] == []
    return said(compile_template(path, CONTRACT).render(CONTEXT))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_value_is_printed_wherever_its_tag_is_cut(way: str, tmp_path: Path) -> None:
    document = start()
    contents = cuts("x{{ ten|replace('K', “k”) }}y{# lời #}", way)
    for content in contents:
        fill(document.add_paragraph(), content)
    assert rendered(document, tmp_path) == ["Kế hoạch", *["xkế hoạchy"] * len(contents)]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("takes", ["p", "tr"])
def test_a_loop_runs_wherever_its_tags_are_cut(takes: str, way: str, tmp_path: Path) -> None:
    opening, closing = f"{{%{takes} for d in dong %}}", f"{{%{takes} endfor %}}"
    document = start()
    loops = [(content, RUN.format(closing)) for content in cuts(opening, way)]
    loops += [(RUN.format(opening), content) for content in cuts(closing, way)]
    for first, last in loops:
        add_loop(document, takes, [first, RUN.format("{{ d }}"), last])
    assert rendered(document, tmp_path) == ["Kế hoạch", *["một", "hai"] * len(loops)]


def add_loop(document: Document, takes: str, contents: Sequence[str]) -> None:
    if takes == "p":
        paragraphs = [document.add_paragraph() for _content in contents]
    else:
        paragraphs = [row.cells[0].paragraphs[0] for row in document.add_table(len(contents), 1).rows]
    for paragraph, content in zip(paragraphs, contents, strict=True):
        fill(paragraph, content)


def test_a_block_that_ends_inside_of_a_link_is_a_finding(tmp_path: Path) -> None:
    document = start()
    for content in cuts(
        "{% if co %}", WAYS["link last"].replace("</w:hyperlink>", RUN.format("z{{% endif %}}") + "</w:hyperlink>")
    ):
        fill(document.add_paragraph(), content)
    found = check(saved(document, tmp_path))
    assert codes(found) == ["template.structure"] * (len("{% if co %}") - 1)


@pytest.mark.parametrize("between", ["<w:tab/>", "<w:br/>", "<w:cr/>"])
def test_a_tab_or_line_break_inside_of_a_tag_is_told(between: str, tmp_path: Path) -> None:
    document = start()
    fill(document.add_paragraph(), f"<w:r><w:t>{{{{</w:t>{between}<w:t>ten }}}}</w:t></w:r>")
    fill(document.add_paragraph(), f"<w:r><w:t>{{{{ ten }}}}</w:t>{between}<w:t>x</w:t></w:r>")
    (finding,) = check(saved(document, tmp_path))
    assert (finding.code, finding.severity) == ("template.cut-tag", Severity.WARNING)
    assert finding.place.part == "thân văn bản, đoạn 2"


@pytest.mark.parametrize("typed", ["｛｛ ten ｝｝", "｛% if co %｝", "{｛ ten }}", "{％ if co ％}"])
def test_full_width_braces_are_told(typed: str, tmp_path: Path) -> None:
    document = start()
    document.add_paragraph(typed)
    (finding,) = check(saved(document, tmp_path))
    assert (finding.code, finding.place.part) == ("template.stray-mark", "thân văn bản, đoạn 2")
