"""docxtpl's pictures and documents in a render of ours: placed, proved, and nothing else of docxtpl's road."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Doc
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2 import Environment
from markupsafe import Markup

from docgen.base.declare import Contract
from docgen.errors import TemplateError
from docgen.template.language.compile import compile_template
from docgen.writers.proof import find_faults
from tests.pictures import png
from tests.template.documents import blank
from tests.template.docxtpl_corpus import by_docxtpl, canonical
from tests.template.test_docxtpl_language import media, template, with_footnotes

BODY = "word/document.xml"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    path.write_bytes(png(30, 20))
    return path


def image(owner: DocxTemplate, path: Path) -> InlineImage:
    return InlineImage(owner, str(path), width=Mm(20))


def saved(folder: Path, build: Callable[[Doc], None]) -> Path:
    document = blank()
    build(document)
    path = folder / "mau.docx"
    document.save(str(path))
    return path


def refused(path: Path, context: dict[str, Any], code: str, **options: Any) -> str:
    with pytest.raises(TemplateError) as error:
        compile_template(path).render(context, **options)
    (problem,) = error.value.problems
    assert problem.code == code
    return str(problem)


def test_the_body_is_docxtpls_own(tmp_path: Path, picture: Path) -> None:
    path = template(tmp_path, "a {{ anh }} b {{ anh }}", "{{ ten }}", "cuối")
    content = compile_template(path).render({"anh": image(DocxTemplate(path), picture), "ten": "x & <y>"})
    assert not list(find_faults(content))
    owner = DocxTemplate(path)
    owner.render({"anh": image(owner, picture), "ten": "x & <y>"}, jinja_env=Environment(autoescape=True))
    owner.save(str(tmp_path / "cua-ho.docx"))
    theirs = (tmp_path / "cua-ho.docx").read_bytes()
    assert canonical(content)[BODY] == canonical(theirs)[BODY]
    assert media(content) == media(theirs) and len(media(content)) == 1


def test_nothing_is_lost_silently(tmp_path: Path, picture: Path) -> None:
    path = template(tmp_path, "{{ anh }}", "{{ ten }} nốt", "cuối")
    owner = DocxTemplate(path)
    assert "ký tự" in refused(path, {"anh": image(owner, picture), "ten": "x\ud800y"}, "template.character")
    content = compile_template(path).render({"anh": image(owner, picture), "ten": "x\x01y"})
    assert list(find_faults(content))  # what no XML can hold is found by the proof, not mended


def test_values_are_not_code_in_notes_beside_a_picture(tmp_path: Path, picture: Path) -> None:
    def build(document: Doc) -> None:
        document.add_paragraph("{{ anh }}")
        document.add_section()

    path = with_footnotes(saved(tmp_path, build))
    context = {"anh": image(DocxTemplate(path), picture), "ten": "{{ 6 * 7 }}", "co": True}
    notes = canonical(compile_template(path).render(context))["word/footnotes.xml"]
    assert "{{ 6 * 7 }} có" in notes and "42" not in notes


def test_properties_are_escaped_once_beside_a_picture(tmp_path: Path, picture: Path) -> None:
    def build(document: Doc) -> None:
        document.add_paragraph("{{ anh }}")
        document.core_properties.title = "T {{ ten }}"
        document.core_properties.comments = "một\nhai {{ ten }}\nba"

    path = saved(tmp_path, build)
    context = {"anh": image(DocxTemplate(path), picture), "ten": "a & b"}
    (tmp_path / "ra.docx").write_bytes(compile_template(path).render(context))
    properties = Document(str(tmp_path / "ra.docx")).core_properties
    assert properties.title == "T a & b"
    assert properties.comments == "một\nhai a & b\nba"


def test_loops_stay_bounded_beside_a_picture(tmp_path: Path, picture: Path) -> None:
    loops = "{% for a in range(4000) %}{% for b in range(4000) %}{% endfor %}{% endfor %}"
    path = template(tmp_path, "{{ anh }}", loops)
    refused(path, {"anh": image(DocxTemplate(path), picture)}, "template.limit")


def test_an_object_of_another_template_is_refused(tmp_path: Path, picture: Path) -> None:
    (tmp_path / "khac").mkdir()
    path, other = template(tmp_path, "A {{ anh }}"), template(tmp_path / "khac", "B {{ anh }}")
    refused(path, {"anh": image(DocxTemplate(other), picture)}, "template.other")
    both = template(tmp_path, "A {{ anh }} {{ hai }}")
    owner = DocxTemplate(both)
    context = {"anh": image(owner, picture), "hai": image(DocxTemplate(both), picture)}
    assert "DocxTemplate khác" in refused(both, context, "template.embedded")


def test_a_template_that_changed_since_is_told(tmp_path: Path, picture: Path) -> None:
    path = template(tmp_path, "{{ anh }}")
    program = compile_template(path)
    template(tmp_path, "{{ anh }} mới")
    with pytest.raises(TemplateError, match="mẫu khác, hoặc tệp mẫu đã đổi"):
        program.render({"anh": image(DocxTemplate(path), picture)})
    path.unlink()
    with pytest.raises(TemplateError, match="không có tệp mẫu"):
        program.render({"anh": "x"}, pictures={"a.png": picture})


def test_pictures_are_replaced_beside_one_that_is_placed(tmp_path: Path, picture: Path) -> None:
    (tmp_path / "cu.png").write_bytes(png(10, 10, (1, 2, 3)))
    (tmp_path / "moi.png").write_bytes(png(12, 12, (200, 2, 3)))

    def build(document: Doc) -> None:
        document.add_picture(str(tmp_path / "cu.png"))
        document.add_paragraph("{{ anh }}")

    path = saved(tmp_path, build)
    context = {"anh": image(DocxTemplate(path), picture)}
    content = compile_template(path).render(context, pictures={"cu.png": tmp_path / "moi.png"})
    assert not list(find_faults(content)) and len(media(content)) == 2


def test_objects_are_joined_as_they_write_themselves(tmp_path: Path, picture: Path) -> None:
    path = template(tmp_path, "{{ a ~ b }}", "{{r rich ~ rich }}", "{{r [rich, rich]|join }}")
    owner = DocxTemplate(path)
    rich = RichText("đậm & <1>", bold=True)
    content = compile_template(path).render({"a": image(owner, picture), "b": image(owner, picture), "rich": rich})
    assert not list(find_faults(content))
    body = canonical(content)[BODY]
    assert body.count("<w:drawing>") == 2 and body.count("đậm &amp; &lt;1&gt;") == 4


@pytest.mark.parametrize("content", [None, b"khong phai anh"])
def test_a_picture_that_cannot_be_read_is_told_at_its_tag(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "x.png").write_bytes(content)
    path = template(tmp_path, "đầu", "{{ anh }}")
    assert "đoạn" in refused(path, {"anh": image(DocxTemplate(path), tmp_path / "x.png")}, "template.embedded")


def test_markup_of_others_is_text(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ ten }}", "{{ so|loc }}", "{% filter loc %}{{ so }}{% endfilter %}")
    sly = Markup("</w:t></w:r></w:p><w:p><w:r><w:t>TIÊM")
    program = compile_template(path, filters={"loc": lambda _value: sly})
    content = program.render({"ten": sly, "so": 1})
    assert canonical(content)[BODY].count("&lt;/w:t&gt;") == 3

    for code in (
        "{% set k = 'a'|loc %}{{ k }}",
        "{{ 'a'|loc if ten else so }}",
        "{{ so ~ ('a'|loc) }}",
        "{{ 'a'|loc }}",
    ):
        path = template(tmp_path, code)  # of a constant it could be worked out when the template is compiled
        content = compile_template(path, filters={"loc": lambda _value: sly}).render({"ten": "x", "so": 1})
        assert "&lt;/w:t&gt;" in canonical(content)[BODY]

    class Sly:
        __module__ = "docxtpl.x"

        def __html__(self) -> str:
            return str(sly)

    refused(template(tmp_path, "{{ ten }}"), {"ten": Sly()}, "template.limit")


def test_what_macros_and_blocks_wrote_is_escaped_once(tmp_path: Path) -> None:
    macro = "{% macro m(x) %}[{{ x }}]{% endmacro %}"
    block = "{% set khoi %}{{ ten }}{% endset %}"
    path = template(
        tmp_path,
        macro + block + "{{ m(ten)|replace('[', '(<') }} {{ [m(ten), '<']|join(', ') }} {{ m(ten) ~ ten }} {{ khoi }}",
        "{% filter trim %}{{ ten }}{% endfilter %}",
        "{% macro k() %}({{ caller() }}){% endmacro %}{% call k() %}{{ ten }}{% endcall %}",
    )
    body = canonical(compile_template(path).render({"ten": "a & b"}))[BODY]
    assert "(&lt;a &amp; b] [a &amp; b], &lt; [a &amp; b]a &amp; b a &amp; b" in body
    assert "amp;amp;" not in body


@pytest.mark.parametrize("contract", [None, {"ten": Contract("Tên", required=True, printed=True)}])
def test_plain_text_outside_of_any_run_is_refused(tmp_path: Path, contract: dict[str, Contract] | None) -> None:
    path = template(tmp_path, "a {{r ten }} b")
    with pytest.raises(TemplateError, match="ở ngoài mọi đoạn chữ"):
        compile_template(path, contract).render({"ten": "Kế hoạch"})
    rich = template(tmp_path, "{{ ten }}")
    refused(rich, {"ten": RichText("x")}, "template.run-in-text")


@pytest.mark.parametrize("value", ["một\ahai", "một\fhai"])
def test_a_break_in_a_link_is_told(tmp_path: Path, value: str) -> None:
    def build(document: Doc) -> None:
        paragraph = document.add_paragraph()
        run = paragraph.add_run("{{ ten }}")._r
        link = paragraph._p.makeelement(f"{{{paragraph._p.nsmap['w']}}}hyperlink", {})
        paragraph._p.append(link)
        link.append(run)

    path = saved(tmp_path, build)
    assert "liên kết" in refused(path, {"ten": value}, "template.break")
    assert not list(find_faults(compile_template(path).render({"ten": "một\thai"})))


@pytest.mark.parametrize(
    "code",
    [
        "{% for i in range(20) %}{% if range(900000)|sum %}{% endif %}{% endfor %}",
        "{% set a = [1] %}{{ [a, a]|sum(start=[]) }}",
        "{% set a = [1, 2] %}{% set b = [a, a]|string %}",
        "{{ range(9999999)|list|length }}",
        "{% for i in range(30) %}{{ (range(900000)|list)|length }}{% endfor %}",
    ],
)
def test_lists_are_bounded(tmp_path: Path, code: str) -> None:
    refused(template(tmp_path, code), {}, "template.limit")


def test_a_filter_of_jinjas_that_asserts_is_told_at_its_tag(tmp_path: Path) -> None:
    assert "đoạn 2" in refused(
        template(tmp_path, "đầu", "{{ ten|truncate(2) }}"), {"ten": "abcdef"}, "template.expression"
    )


@pytest.mark.parametrize("error", [RuntimeError("x"), OSError("x"), MemoryError()])
def test_a_filter_that_fails_is_told_at_its_tag(tmp_path: Path, error: Exception) -> None:
    def fails(_value: object) -> str:
        raise error

    program = compile_template(template(tmp_path, "đầu", "{{ ten|hong }}"), filters={"hong": fails})
    with pytest.raises(TemplateError, match="đoạn"):
        program.render({"ten": "x"})


def test_tags_are_rendered_wherever_docxtpl_renders_them(tmp_path: Path) -> None:
    def build(document: Doc) -> None:
        run = document.add_paragraph().add_run()._r
        code = run.makeelement(f"{{{run.nsmap['w']}}}instrText", {})
        code.text = ' HYPERLINK "{{ ten }}" '
        run.append(code)

    path = saved(tmp_path, build)
    context = {"ten": "a & b"}
    assert canonical(compile_template(path).render(context))[BODY] == canonical(by_docxtpl(path, context))[BODY]
