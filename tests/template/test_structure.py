"""What is told of a template's structure holds for whatever it renders; where it can't be told, nothing is."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.base.ooxml import Entry, make_entry, write_entries
from docgen.documents import registry
from docgen.documents.example import example_values
from docgen.template.language.compile import compile_template
from docgen.template.language.environment import Environment
from docgen.template.language.program import CompiledPart
from docgen.template.language.structure import links_of
from docgen.template.language.values import RUN, Run
from docgen.template.lint.example import example_context
from docgen.workflows.build import shipped_templates
from docgen.writers.proof import evidence_of, find_faults
from docgen.writers.seal import seal
from tests.template.docxtpl_corpus import CORPUS, corpus_template, values

BODY = "word/document.xml"
NAMES = (
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
P = "<w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>"


def part(body: str) -> str:
    return f"<w:document{NAMES}><w:body>{body}</w:body></w:document>"


def told(body: str) -> frozenset[str] | None:
    return links_of(Environment().parse(part(body)))


@pytest.mark.parametrize(
    "body",
    [
        P,
        f"{{% for a in b %}}{P}{{% endfor %}}",
        f"{{% if a %}}{P}{{% elif b %}}{P}{P}{{% else %}}{{% endif %}}",
        "<w:p><w:r><w:t>a {% if b %}c {{ d }}{% endif %}</w:t></w:r></w:p>",
        f"<w:tbl><w:tr><w:tc>{P}</w:tc><w:tc>{{% if a %}}{P}{{% else %}}{P}{{% endif %}}</w:tc></w:tr></w:tbl>",
        f"<w:tbl>{{% for a in b %}}<w:tr><w:tc>{P}{{% if a %}}{P}{{% endif %}}</w:tc></w:tr>{{% endfor %}}</w:tbl>",
        '<w:p>{% for a in b %}<wp:docPr id="{{ 0|_so_hinh }}"/>{% endfor %}</w:p>',
        '<w:bookmarkStart w:id="1"/><w:bookmarkStart w:id="2"/>',
        "{{ 'k'|_end_merge }}" + P,
        "{% set a = 3 %}" + P,
    ],
)
def test_what_can_be_told_is(body: str) -> None:
    assert told(body) == frozenset()


def test_the_relationships_of_all_branches_are_named() -> None:
    link = '<w:hyperlink r:id="{}"/>'
    assert told(f"{{% if a %}}{link.format('rId1')}{{% endif %}}{link.format('0')}") == {"rId1", "0"}


@pytest.mark.parametrize(
    "body",
    [
        "{% if a %}<w:p>{% endif %}<w:r/></w:p>",
        "{% if a %}<w:p>{% else %}<w:p>{% endif %}</w:p>",
        "<w:p>{% for a in b %}</w:p><w:p>{% endfor %}</w:p>",
        "<w:p>{{ x }}</w:p>",
        '<w:p w:a="{{ x }}"/>',
        '<w:p {% if a %}w:a="1"{% endif %}/>',
        "<w:p><w:r><w:instrText>{{ x }}</w:instrText></w:r></w:p>",
        "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:tc>{{% if a %}}{P}{{% endif %}}</w:tc></w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:tc>{{% if a %}}{P}{{% else %}}{{% endif %}}</w:tc></w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:tc>{{% if a %}}{P}{{% elif b %}}{P}{{% endif %}}</w:tc></w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:tc>{{% for a in b %}}{P}{{% else %}}{P}{{% endfor %}}</w:tc></w:tr></w:tbl>",
        '<wp:docPr id="3"/>',
        '<mc:Fallback><wp:docPr id="{{ 0|_so_hinh }}"/></mc:Fallback>',
        '{% for a in b %}<w:bookmarkStart w:id="1"/>{% endfor %}',
        '<w:bookmarkStart w:id="1"/><w:bookmarkStart w:id="1"/>',
        "{% macro m() %}" + P + "{% endmacro %}<w:p><w:r><w:t>{{ m() }}</w:t></w:r></w:p>",
        "{% set a %}x{% endset %}" + P,
        "<w:p><w:r><w:t>a\x7fb</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>a&#159;b</w:t></w:r></w:p>",
        f'<w:p><q:r xmlns:q="{W}"><q:t>{{{{ x }}}}</q:t></q:r></w:p>',
        "<w:p><w:r><w:t>{{ x }}<w:b/></w:t></w:r></w:p>",
        "<w:p><w:r><w:instrText>{{ x|_list }}</w:instrText></w:r></w:p>",
        '<w:hyperlink r:id="{{ x|_list }}"/>',
        "<w:p{{ 0|_so_hinh }}></w:p{{ 0|_so_hinh }}>",
        '<wp:docPr id="(docgen-drawing)"/>',
        "<!-- {{ x }} --><w:p><w:r><w:t><?docgen-value?></w:t></w:r></w:p>",
        "<w:p><w:r><w:t>]]{% if a %}x{% endif %}></w:t></w:r></w:p>",
        "<w:p><w:r><w:t>{{ x }}></w:t></w:r></w:p>",
        "<x:p/>",
        "<w:p></w:p",
    ],
)
def test_what_cannot_be_told_is_not(body: str) -> None:
    assert told(body) is None


def test_a_prefix_that_ends_with_its_text_takes_no_breaks() -> None:
    body = f'<q:p xmlns:q="{W}"><q:r>{{}}</q:r></q:p>'
    assert links_of(Environment().parse(body.format(f'<w:t xmlns:w="{W}">{{{{ x }}}}</w:t>'))) is None
    assert links_of(Environment().parse(body.format("<q:t>{{ x }}</q:t>"))) is None


PIECES = [
    *("<w:p>", "</w:p>", "<w:r><w:t>", "</w:t></w:r>", P, "chữ", "{{ x }}", "<w:tc/>"),
    *("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    *('<wp:docPr id="{{ 0|_so_hinh }}"/>', '<wp:docPr id="1"/>'),
]
CODE = st.recursive(
    st.lists(st.sampled_from(PIECES), max_size=4).map("".join),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.tuples(inner, inner).map(lambda two: f"{{% if a %}}{two[0]}{{% else %}}{two[1]}{{% endif %}}"),
        inner.map(lambda one: f"{{% if a %}}{one}{{% endif %}}"),
        inner.map(lambda one: f"{{% for i in b %}}{one}{{% endfor %}}"),
    ),
    max_leaves=6,
)
VALUE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))


@settings(max_examples=300)
@given(CODE, st.booleans(), st.integers(0, 3), VALUE)
def test_what_is_told_holds_for_every_render(code: str, flag: bool, turns: int, value: str) -> None:
    environment = Environment()
    tree = environment.parse(part(code))
    if links_of(tree) is None:
        return
    template = environment.from_string(part(code))
    token = RUN.set(Run())
    try:
        text = template.render({"a": flag, "b": list(range(turns)), "x": f"{value}\n& <b>"})
    finally:
        RUN.reset(token)
    found = evidence_of(make_entry(BODY, text.encode()))
    assert found.broken is None and not found.faults, text


@pytest.mark.parametrize("code", sorted(registry.with_template()))
def test_the_shipped_templates_need_no_second_look(code: str) -> None:
    kind = registry.kind(code)
    program = compile_template(shipped_templates() / kind.template_file, kind.contract)
    parts = [slot for slot in program.slots if isinstance(slot, CompiledPart) and "word/" in slot.name]
    assert parts and all(slot.source.links is not None for slot in parts)
    entries = program.entries(example_context(kind.contract, example_values(kind)))
    assert next(one for one in entries if one.name == BODY).links is not None
    content = seal(entries, template="", data="", version="0")
    assert list(find_faults(content)) == list(find_faults(content, entries)) == []


@pytest.mark.parametrize("name", CORPUS)
def test_both_ways_of_proving_agree(tmp_path: Path, name: str) -> None:
    entries = compile_template(corpus_template(name, tmp_path)).entries(values())
    content = write_entries(entries)
    assert list(find_faults(content, entries)) == list(find_faults(content)) == []


def changed(entries: list[Entry], old: bytes, new: bytes, links: frozenset[str] | None) -> list[Entry]:
    return [make_entry(BODY, one.content.replace(old, new, 1), links) if one.name == BODY else one for one in entries]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"</w:t>", b"\x01</w:t>", "broken-part"),
        (b"</w:t>", "\uffff</w:t>".encode(), "broken-part"),
        (b"</w:t>", "\x85</w:t>".encode(), "control-character"),
        (b"</w:t>", b"\x7f</w:t>", "control-character"),
    ],
)
def test_letters_that_values_may_bring_along_are_found(tmp_path: Path, old: bytes, new: bytes, code: str) -> None:
    entries: Any = compile_template(corpus_template("plain", tmp_path)).entries(values())
    entries = changed(entries, old, new, frozenset())
    assert {fault.code for fault in find_faults(write_entries(entries), entries)} == {code}


def test_only_the_very_bytes_are_trusted(tmp_path: Path) -> None:
    entries = compile_template(corpus_template("plain", tmp_path)).entries(values())
    other = write_entries(changed(entries, b"</w:t>", b"", None))
    assert [fault.code for fault in find_faults(other, entries)] == ["broken-part"]
    lost = changed(entries, b"", b"", frozenset(("rId77",)))
    assert [fault.code for fault in find_faults(write_entries(lost), lost)] == ["unknown-link"]
