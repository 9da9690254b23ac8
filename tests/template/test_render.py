import re
import zipfile
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.base.fonts import Face, longest_line, text_width
from docgen.errors import TemplateError
from docgen.template.language.compile import compile_template
from docgen.template.tags.finish import write_hyphens
from docgen.wording.typography import NO_BREAK_HYPHEN, keep_together
from docgen.writers.proof import prove
from tests.template.documents import CONTEXT, CONTRACT, add_line, blank, opened, saved, template, texts

TABLE = [
    ["{%tr for n in nhom %}", ""],
    ["{{ n.ten }}", ""],
    ["{%tr for v in n.viec %}", ""],
    ["{{ v.so }}", "{{ v.ten }}"],
    ["{%tr endfor %}", ""],
    ["{%tr endfor %}", ""],
]


def render(path: Path, **changes: object) -> bytes:
    return compile_template(path, CONTRACT).render({**deepcopy(CONTEXT), **changes})


def test_loops_over_paragraphs_and_rows(tmp_path: Path) -> None:
    path = template(
        tmp_path, ["{{ ten }}", "{%p for d in dong %}", "{{ loop.index }}. {{ d }}", "{%p endfor %}"], TABLE
    )
    expected = ["Kế hoạch", "1. một", "2. hai", "A", "", "1", "a1", "2", "a2", "B", "", "3", "b1"]
    assert texts(render(path)) == expected


def test_a_tag_may_be_split_over_runs_anywhere(tmp_path: Path) -> None:
    whole = "x{{ ten }}y{% if co %}z{% endif %}"
    for cut in range(1, len(whole)):
        document = blank()
        paragraph = document.add_paragraph()
        paragraph.add_run(whole[:cut])
        paragraph.add_run(whole[cut:]).bold = True
        assert texts(render(saved(document, tmp_path))) == ["xKế hoạchyz"], cut


XML_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"), max_size=40)


@given(value=XML_TEXT)
@settings(max_examples=150, deadline=None)
def test_whatever_text_goes_in_comes_out(value: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    program = _PROGRAMS.setdefault(
        "text",
        compile_template(template(tmp_path_factory.mktemp("t"), ["[{{ ten }}]"], [["[{{ ghi_chu }}]"]]), CONTRACT),
    )
    value = value.replace("\u2028", "")  # python-docx, not Word, breaks lines there
    assert texts(program.render({**CONTEXT, "ten": value, "ghi_chu": value})) == [f"[{value}]", f"[{value}]"]


_PROGRAMS: dict = {}


@pytest.mark.parametrize(
    "value", ["{{ 7*7 }}", "{% for %}", "<b>&amp;</b>", "]]>", "a\nb\tc", "{_{ x }_}", "docgen-0-", "\"'"]
)
def test_data_is_never_code(tmp_path: Path, value: str) -> None:
    assert texts(render(template(tmp_path, ["{{ ten }}"]), ten=value)) == [value]


def test_marked_hyphens_become_words_own_in_texts_and_plain_ones_elsewhere(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}").runs[0].bold = True
    paragraph = document.add_paragraph("{{ ghi_chu }}")
    add_line(paragraph, "vach:1")
    document.core_properties.title = "{{ ten }}"
    kept = keep_together("Nghị quyết 18-NQ/TW, 409 triệu đồng\t270/KH-UBND")
    content = render(saved(document, tmp_path), ten=kept, ghi_chu=keep_together("18-NQ/TW ngày 5"))
    xml = _document(content)
    assert xml.count('18</w:t><w:noBreakHyphen/><w:t xml:space="preserve">NQ/TW') == 2
    assert "409\u00a0triệu\u00a0đồng" in xml
    assert NO_BREAK_HYPHEN not in xml
    assert [one.bold for one in opened(content).paragraphs[0].runs] == [True] * 3  # the tab makes runs, hyphens don't
    assert opened(content).core_properties.title == "Nghị quyết 18-NQ/TW, 409 triệu đồng\t270/KH-UBND"
    width = int(re.findall(r'extent cx="(\d+)"', xml)[0]) / 12700
    assert width == pytest.approx(text_width("18-NQ/TW ngày 5", Face(11)), abs=1)
    prove(content, "x.docx")


def test_marked_hyphens_outside_of_texts_are_plain() -> None:
    xml = '<w:p a="1_2"><m:t>3_4</m:t><w:t>5__6</w:t></w:p>'.replace("_", NO_BREAK_HYPHEN)
    hyphen = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
    assert write_hyphens(xml) == f'<w:p a="1-2"><m:t>3-4</m:t><w:t>5{hyphen}{hyphen}6</w:t></w:p>'


def test_the_message_on_a_lost_value_shows_it_as_it_was_typed(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="“18-NQ/TW ngày 5”"):
        render(template(tmp_path, ["{{ ten if not co }}"]), ten=keep_together("18-NQ/TW ngày 5"))


def test_same_input_same_bytes(tmp_path: Path) -> None:
    path = template(tmp_path, ["{{ ten }}"], TABLE)
    assert render(path) == render(path)


def test_a_context_without_a_field_names_every_one_that_is_missing(tmp_path: Path) -> None:
    path = template(tmp_path, ["{{ ten }}", "{{ ghi_chu }}", "{% if co %}x{% endif %}"])
    with pytest.raises(TemplateError) as caught:
        compile_template(path, CONTRACT).render({})
    assert [problem.place.part for problem in caught.value.problems] == [
        "thân văn bản, đoạn 1",
        "thân văn bản, đoạn 2",
        "thân văn bản, đoạn 3",
    ]


def test_a_value_that_a_condition_swallows_is_noticed(tmp_path: Path) -> None:
    rows = [
        ["{%tr for n in nhom %}"],
        ["{{ n.ten }}{% for v in n.viec %}{% if v.so == '1' %}{{ v.ten }}{% endif %}{% endfor %}"],
    ]
    path = template(tmp_path, ["{{ ten if not co }}"], [*rows, ["{%tr endfor %}"]])
    with pytest.raises(TemplateError, match="“ten” nhưng không in giá trị “Kế hoạch”"):
        render(path)


def test_a_value_that_a_filter_changes_is_not_looked_for(tmp_path: Path) -> None:
    assert texts(render(template(tmp_path, ["{{ ten|upper }}"]))) == ["KẾ HOẠCH"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Ủy ban", 1), ("ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG THỦY", 2), ("Về việc phê duyệt Kế hoạch " * 5, 3)],
)
def test_a_rule_line_follows_the_longest_line_of_its_text(tmp_path: Path, name: str, typed: int) -> None:
    document = blank()
    paragraph = document.add_paragraph()
    paragraph.add_run("{{ ten }}").bold = True
    paragraph.runs[0].font.size = 13 * 12700
    add_line(paragraph, "vach:0.4")
    section = document.sections[0]
    column = (section.page_width - section.left_margin - section.right_margin) / 12700
    content = render(saved(document, tmp_path), ten=name)
    widths = {int(found) for found in re.findall(r'cx="(\d+)"', _document(content))}
    expected = longest_line(name, Face(13, bold=True), column) * 0.4
    assert len(widths) == 1
    assert abs(widths.pop() / 12700 - expected) < 0.1
    assert text_width(name.split("\n")[0], Face(13, bold=True)) > expected / 0.4 - 0.1 or typed > 1


def test_a_line_below_its_text_is_measured_from_it(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}")
    add_line(document.add_paragraph(), "vach:1")
    content = render(saved(document, tmp_path))
    width = int(re.findall(r'extent cx="(\d+)"', _document(content))[0]) / 12700
    assert width == pytest.approx(text_width("Kế hoạch", Face(11)), abs=1)


def test_a_line_that_libreoffice_turned_upside_down_stands_below(tmp_path: Path) -> None:
    document = blank()
    add_line(document.add_paragraph("{{ ten }}"), "vach:1")
    offset = next(
        document.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}posOffset")
    )
    offset.text = f"-{offset.text}"
    first, second = document.paragraphs[0]._p.r_lst
    first.addprevious(second)
    rendered = _document(render(saved(document, tmp_path)))
    assert "<wp:posOffset>230000</wp:posOffset>" in rendered
    assert rendered.index("Kế hoạch") < rendered.index("<wp:anchor")


def test_drawings_in_loops_get_ids_of_their_own(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{%p for d in dong %}")
    add_line(document.add_paragraph("{{ d }}"), "vach:0.5")
    document.add_paragraph("{%p endfor %}{{ ten }}".removesuffix("{{ ten }}"))
    document.add_paragraph("{{ ten }}")
    ids = re.findall(r'docPr id="(\d+)"', _document(render(saved(document, tmp_path))))
    assert ids == ["1", "2"]


def test_the_last_section_goes_with_its_condition(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}")
    document.add_paragraph("{%p if dong %}")
    landscape = document.add_section()
    landscape.page_width, landscape.page_height = landscape.page_height, landscape.page_width
    document.add_paragraph("{% for d in dong %}{{ d }}{% endfor %}")
    document.add_paragraph("{%p endif %}")
    path = saved(document, tmp_path)
    both, alone = opened(render(path)), opened(render(path, dong=[]))
    assert [section.page_width > section.page_height for section in both.sections] == [False, True]
    assert [section.page_width > section.page_height for section in alone.sections] == [False]


def test_headers_are_rendered_too(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}")
    document.sections[0].header.paragraphs[0].text = "{{ ghi_chu }}"
    content = render(saved(document, tmp_path))
    assert opened(content).sections[0].header.paragraphs[0].text == "ghi chú"


def _document(content: bytes) -> str:
    return zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
