"""What a maintainer hears of a template: every fault at once, each at its cell."""

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from docgen.base.declare import Contract
from docgen.documents import registry
from docgen.errors import Severity, TemplateError
from docgen.template.lint.check import TemplateFinding
from tests.conftest import ROOT
from tests.template.documents import CONTRACT, blank, check_template, saved, template

CELL = "thân văn bản, bảng 1, hàng {row}, ô {cell}, đoạn 1"
WITH_REQUIRED = {**CONTRACT, "so": Contract("Số", required=True), "ngay": Contract("Ngày", required=True)}
#: One fault a row of the table, in its second cell: what is typed there, the code, and words of the message or hint.
FIFTEEN = [
    ("{{ ghichu }}", "template.unknown-field", "ý bạn là “ghi_chu”?"),
    ("{{ ghi_chu | uper }}", "template.unknown-filter", "ý bạn là “upper”?"),
    ("{{ ghi_chu + }}", "template.syntax", "{{ ghi_chu + }}"),
    ("{{ ghi_chu", "template.unclosed-tag", "thêm }}"),
    ("{% for d in dong %}", "template.unclosed", "{% for d in dong %} mở mà không đóng"),
    ("{% endif %}", "template.block", "đóng một khối chưa mở"),
    ("{% if co %}{% for d in dong %}{% endif %}{% endfor %}", "template.crossed", "{% for d in dong %}"),
    ("{% for n in nhom %}{{ n.tne }}{% endfor %}", "template.unknown-field", "“nhom” không có trường “tne”"),
    ("{%p if co %} mất chữ\n{%p endif %}", "template.dropped-text", "“mất chữ”"),
    ("{{ ''.__class__ }}", "template.unsafe", "__class__"),
    ("{{ nhom.ten }}", "template.unknown-field", "cần vòng lặp"),
    ("{{ dong }}", "template.not-a-text", "không in thẳng được"),
    ("{% for c in ten %}{% endfor %}", "template.not-a-list", "ten không phải danh sách"),
    ("{% fro d in dong %}{{ d }}{% endfor %}", "template.unknown-tag", "ý bạn là “for”?"),
    ("ghi chú }}", "template.stray-mark", "“}}” lẻ"),
]


def check(path: Path, contract: object = CONTRACT) -> list[TemplateFinding]:
    return check_template(path, contract, shown="mau.docx")  # type: ignore[arg-type]


def codes(findings: Sequence[TemplateFinding]) -> list[str]:
    return [finding.code for finding in findings]


def table(folder: Path, cells: Sequence[str]) -> Path:
    """A template with the given texts in the second column, a paragraph a line."""
    document = blank()
    document.add_paragraph("{{ ten }}")
    rows = document.add_table(len(cells), 2).rows
    for row, text in zip(rows, cells, strict=True):
        row.cells[0].text = "x"
        first, *rest = text.split("\n")
        row.cells[1].text = first
        for line in rest:
            row.cells[1].add_paragraph(line)
    return saved(document, folder)


def test_every_fault_of_a_template_leads_to_its_cell(tmp_path: Path) -> None:
    path = table(tmp_path, [text for text, _code, _words in FIFTEEN])
    found = check(path)
    paragraphs = list(docx.Document(str(path)).element.iter(qn("w:p")))
    for row, (text, code, words) in enumerate(FIFTEEN, 1):
        here = [one for one in found if one.place.part == CELL.format(row=row, cell=2)]
        assert codes(here) == [code], text
        assert words in here[0].message + here[0].hint
        anchor = here[0].anchor
        assert anchor is not None and anchor.part == "word/document.xml"
        said = "".join(piece.text or "" for piece in paragraphs[anchor.index].iter(qn("w:t")))
        assert said == text.split("\n")[0]
    assert len(found) == len(FIFTEEN)


@pytest.mark.parametrize("code", list(registry.with_template()))
def test_shipped_templates_pass(code: str) -> None:
    kind = registry.kind(code)
    assert check_template(ROOT / "templates_docx" / kind.template_file, kind.contract, shown=kind.template_file) == []


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("{{ ten.upper() }}", "template.unsafe", "không gọi được “.upper(…)”"),
        ("{{ ten|attr('__class__') }}", "template.unsafe", "không có bộ lọc “attr”"),
        ("{{ lipsum() }}", "template.unsafe", "không gọi được “lipsum(…)”"),
        ("{{ cycler }}", "template.unsafe", "“cycler” không dùng được"),
        ("{{ dong|map(attribute='__class__')|join }}", "template.unsafe", "lấy “__class__”"),
        ("{{ ten['__init__'] }}", "template.unsafe", "lấy “__init__”"),
        ("{{ 9**9**9 }}", "template.unsafe", "lũy thừa"),
        ("{{ 'a' * 99 }}", "template.unsafe", "chỉ dùng với số"),
        ("{% for i in range(999999999) %}{% endfor %}", "template.unsafe", "range quá dài"),
        ("{{ ten|qwzx }}", "template.unknown-filter", "gần nhất: "),
        ("{{ 'x' is evn }}", "template.unknown-test", "ý bạn là “even”?"),
        ("{{ loop.index }}", "template.unknown-field", "“loop” nằm ngoài vòng lặp"),
        ("{% for d in dong %}{{ loop.idnex }}{% endfor %}", "template.unknown-field", "ý bạn là “index”?"),
        ("{{ Tên }}", "template.unknown-field", "ý bạn là “ten”?"),
        ("{{ GHI_CHÚ }}", "template.unknown-field", "ý bạn là “ghi_chu”?"),
        (
            "{% for n in nhom %}{% for v in n.viec %}{{ so }}{% endfor %}{% endfor %}",
            "template.unknown-field",
            "“v.so”",
        ),
        ("{{ ghi chu }}", "template.syntax", "viết liền: {{ ghi_chu }}"),
        ("{{ ghi chú }}", "template.syntax", "viết liền: {{ ghi_chu }}"),
        ("{% if ten = 'x' %}{% endif %}", "template.syntax", "hai dấu bằng"),
        ("{% for d of dong %}{{ d }}{% endfor %}", "template.syntax", "{% for tên in danh_sách %}"),
        ("{% p if co %}", "template.unknown-tag", "viết liền"),
        ("{%pif co %}", "template.unknown-tag", "viết liền"),
        ("{%P if co %}", "template.unknown-tag", "chữ thường"),
        ("{%tr for d in dong %}", "template.not-in-table", "{%p for d in dong %}"),
        ("{%p if co and ten|length % 2 %}", "template.syntax", "không được chứa “%”"),
        ("{% colspan 2 %}", "template.not-in-table", "chuyển thẻ vào ô"),
        ("{{p ten }}", "template.bare-value", "{{ ten }}"),
        ("{{ }}", "template.syntax", "thẻ trống"),
        ("{# ghi chú không đóng", "template.unclosed-tag", "thêm #}"),
        ("{ten}", "template.stray-mark", "“{” lẻ"),
        ("{% include 'x' %}", "template.forbidden", "include"),
        ("{{ ten", "template.unclosed-tag", "thêm }}"),
    ],
)
def test_a_fault_has_its_own_words(tmp_path: Path, text: str, code: str, words: str) -> None:
    ends = {"{%p if": ["{%p endif %}"], "{% p if": ["{%p endif %}"], "{%pif": ["{%p endif %}"]}
    ends |= {"{%P if": ["{%p endif %}"], "{%tr for": ["{%p endfor %}"]}
    after = next((end for start, end in ends.items() if text.startswith(start)), [])
    (finding,) = check(template(tmp_path, ["{{ ten }}", text, *after]))
    assert (finding.code, finding.place.part) == (code, "thân văn bản, đoạn 2")
    assert words in finding.message + finding.hint


def test_one_fault_hides_no_other_and_brings_no_more(tmp_path: Path) -> None:
    paragraphs = [
        *("{%p for n on nhom %}", "{{ n.ten }} {{ n.gì_cũng_được }}", "{%p endfor %}"),
        *("{{ ten", "}}", "{%p if co %}", "{{ ghichu }}", "{%p endif %}", "{{ dong|uper }}"),
    ]
    found = check(template(tmp_path, paragraphs))
    assert codes(found) == [
        *("template.syntax", "template.unclosed-tag", "template.unknown-field", "template.unknown-filter"),
    ]


def test_an_open_loop_is_told_at_its_opening_tag(tmp_path: Path) -> None:
    rows = [["{%tr for n in nhom %}"], ["{{ n.ten }}"]]
    document = docx.Document(str(template(tmp_path, ["{%p for d in dong %}", "{{ d }} {{ ten }}"], rows)))
    document.add_paragraph("{%p endfor %}")
    (finding,) = check(saved(document, tmp_path))
    assert finding.code == "template.unclosed" and "{% for n in nhom %}" in finding.message
    assert finding.place.part == "thân văn bản, bảng 1, hàng 1, ô 1, đoạn 1"


def test_crossed_blocks_name_both_places(tmp_path: Path) -> None:
    path = template(tmp_path, ["{{ ten }}", "{%p if co %}", "{%p for d in dong %}", "{%p endif %}", "{%p endfor %}"])
    (finding,) = check(path)
    assert (finding.code, finding.place.part) == ("template.crossed", "thân văn bản, đoạn 4")
    assert [place.part for place in finding.related] == ["thân văn bản, đoạn 3"]


def test_plain_tags_across_paragraphs_are_a_warning_and_across_cells_an_error(tmp_path: Path) -> None:
    (warning,) = check(template(tmp_path, ["{{ ten }}{% if co %}", "x", "{% endif %}"]))
    assert (warning.code, warning.severity) == ("template.crosses-paragraphs", Severity.WARNING)
    assert warning.place.part == "thân văn bản, đoạn 1"
    rows = [["{% for n in nhom %}{{ n.ten }}"], ["{% endfor %}"]]
    (between,) = check(template(tmp_path, ["{{ ten }}"], rows))
    assert (between.code, between.severity) == ("template.crosses-paragraphs", Severity.WARNING)
    assert "“tr”" in between.message
    (apart,) = check(template(tmp_path, ["{{ ten }}", "{%p if co %}"], [["{%p endif %}"]]))
    assert (apart.code, apart.severity) == ("template.structure", Severity.ERROR)


@pytest.mark.parametrize(
    ("cells", "lost"),
    [
        (["{%tr for n in nhom %}", "{{ n.ten }}"], "thẻ {{ n.ten }} đứng cùng hàng"),
        (["{%tr for n in nhom %}{%tr if co %}", ""], "thẻ {%tr for n in nhom %} đứng cùng hàng"),
    ],
)
def test_a_tag_beside_a_row_tag_is_lost(tmp_path: Path, cells: list[str], lost: str) -> None:
    ends = [["{%tr endif %}"]] if "{%tr if" in cells[0] else []
    found = check(template(tmp_path, ["{{ ten }}"], [cells, *ends, ["{%tr endfor %}"]]))
    assert codes(found) == ["template.dropped-tag"] and lost in found[0].message


def test_a_row_that_carries_its_own_loop_is_told_at_the_tags_cell(tmp_path: Path) -> None:
    rows = [["x", "y", "{%tr for n in nhm %}{{ n.ten }}{{ n.ten|uper }}{%tr endfor %}"], ["x", "{{ nhm }}", ""]]
    found = check(template(tmp_path, ["{{ ten }}"], rows))
    assert [one.place.part for one in found] == [
        CELL.format(row=1, cell=3),
        CELL.format(row=1, cell=3),
        CELL.format(row=2, cell=2),
    ]


def test_an_open_tag_is_shown_as_it_was_typed(tmp_path: Path) -> None:
    found = check(template(tmp_path, ["{{ ten }}", "{% iff co %}a"]))
    assert codes(found) == ["template.unknown-tag", "template.unclosed"]
    assert "{% iff co %} mở mà không đóng" in found[1].message


@pytest.mark.parametrize("typed", ["{% if co %}" * 3000 + "{% endif %}" * 3000, "{{ so " + "+ 1 " * 20000 + "}}"])
def test_what_is_nested_too_deep_has_a_place_and_hides_nothing_that_is_used(tmp_path: Path, typed: str) -> None:
    (finding,) = check(template(tmp_path, ["{{ ten }} {{ ngay }} {{ so }}", typed]), WITH_REQUIRED)
    assert (finding.code, finding.place.part) == ("template.too-deep", "thân văn bản, đoạn 2")


def test_required_fields_that_no_tag_names_are_a_warning(tmp_path: Path) -> None:
    found = check(template(tmp_path, ["{{ ten }} {{ sso }} {{ ngay"]), WITH_REQUIRED)
    assert sorted(codes(found)) == ["template.unclosed-tag", "template.unknown-field"]
    (finding,) = check(template(tmp_path, ["{{ ten }} {{ so }}"]), WITH_REQUIRED)
    assert (finding.code, finding.severity) == ("template.unused", Severity.WARNING)
    assert "ngay (Ngày)" in finding.message


def test_without_a_contract_only_the_tags_are_judged(tmp_path: Path) -> None:
    found = check(template(tmp_path, ["{{ gi.cung.duoc }}", "{{ x|uper }}", "{{ y.__class__ }}"]), None)
    assert codes(found) == ["template.unknown-filter", "template.unsafe"]


def test_the_heading_above_is_named(tmp_path: Path) -> None:
    document = blank()
    document.add_heading("II. NHIỆM VỤ", 1)
    document.add_paragraph("{{ ten }}")
    document.add_table(1, 1).rows[0].cells[0].text = "{{ tne }}"
    (finding,) = check(saved(document, tmp_path))
    assert finding.heading == "II. NHIỆM VỤ"
    assert str(finding.place) == "mau.docx, thân văn bản, bảng 1, hàng 1, ô 1, đoạn 1 (dưới “II. NHIỆM VỤ”)"


def test_a_header_has_its_own_anchor(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}")
    document.sections[0].header.paragraphs[0].text = "{{ sai }}"
    (finding,) = check(saved(document, tmp_path))
    assert finding.place.part is not None and finding.place.part.startswith("đầu trang")
    assert finding.anchor is not None and finding.anchor.part.startswith("word/header")


def test_content_may_be_given_as_bytes(tmp_path: Path) -> None:
    path = template(tmp_path, ["{{ ten }}{{ sai }}"])
    assert check_template(path.read_bytes(), CONTRACT, shown="mau.docx") == check(path)
    good = template(tmp_path, ["{{ ten }}"])
    assert check_template(good.read_bytes(), CONTRACT, shown="mau.docx") == []


def test_what_is_no_document_is_refused(tmp_path: Path) -> None:
    for content in (b"x", b"\xd0\xcf\x11\xe0" + b"\0" * 99):
        with pytest.raises(TemplateError):
            check_template(content, CONTRACT, shown="mau.docx")
    with pytest.raises(TemplateError):
        check(tmp_path / "khong-co.docx")
