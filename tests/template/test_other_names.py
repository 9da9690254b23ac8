"""Templates whose parts have other names than Word's own: read, checked, rendered and commented like any other."""

from pathlib import Path

import pytest
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from docgen.base.ooxml import Entry, Package, make_entry, read_entries, write_entries
from docgen.base.usual_names import usual_entries, usual_names, with_usual_names
from docgen.template.language.compile import compile_template
from docgen.template.lint.difference import compare_files
from docgen.writers.proof import find_faults
from tests.conftest import ROOT
from tests.other_names import renamed
from tests.pictures import png
from tests.template.documents import CONTEXT, CONTRACT, template, texts

SHIPPED = sorted((ROOT / "templates_docx").glob("*.docx"))


def contents(entries: list[Entry]) -> dict[str, bytes]:
    return {entry.name: entry.content for entry in entries}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_file_with_the_usual_names_is_left_alone(path: Path) -> None:
    content = path.read_bytes()
    assert with_usual_names(content) is content
    assert usual_entries(content) == read_entries(content)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_another_program_s_names_come_out_as_the_usual_ones(path: Path) -> None:
    content = path.read_bytes()
    other = renamed(content)
    names = {name for name in contents(read_entries(other)) if name.startswith("word/")}
    assert {"word/document2.xml", "word/_rels/document2.xml.rels", "word/kieu.xml"} <= names
    entries = usual_entries(other)
    difference = compare_files(content, write_entries(entries), shown=("a", "b"))
    assert difference.texts == ()
    assert set(contents(entries)) == set(contents(read_entries(content)))
    for name in ("word/document.xml", "word/styles.xml", "[Content_Types].xml"):
        assert name not in difference.parts
    assert not [fault for fault in find_faults(write_entries(entries)) if fault.code != "missing-part"]


def test_a_part_in_the_way_gives_its_name_and_gets_the_other(tmp_path: Path) -> None:
    content = template(tmp_path, ["{{ ten }}"]).read_bytes()
    parts = contents(read_entries(content))
    swapped = renamed(content, {"word/document.xml": "word/x.xml"})
    swapped = renamed(swapped, {"word/styles.xml": "word/document.xml"})
    swapped = renamed(swapped, {"word/x.xml": "word/styles.xml"})
    assert contents(read_entries(swapped))["word/styles.xml"] == parts["word/document.xml"]
    assert usual_names(Package(swapped))["word/styles.xml"] == "word/document.xml"
    back = contents(usual_entries(swapped))
    for name in ("word/document.xml", "word/styles.xml"):
        assert back[name] == parts[name]
    taken = [*read_entries(renamed(content)), make_entry("word/styles.xml", b"<unused/>")]
    found = contents(usual_entries(write_entries(taken)))
    assert found["word/kieu.xml"] == b"<unused/>"
    assert found["word/styles.xml"] == contents(read_entries(content))["word/styles.xml"]


def test_a_document_in_another_folder_keeps_what_it_leads_to(tmp_path: Path) -> None:
    path = template(tmp_path, ["{{ ten }}"])
    whole = contents(read_entries(path.read_bytes()))
    away = renamed(path.read_bytes(), {"word/document.xml": "khac/than.xml"})
    moved = contents(read_entries(away))
    links = moved["khac/_rels/than.xml.rels"].replace(b'Target="', b'Target="../word/')
    links = links.replace(b"../word/../", b"../")
    entries = [
        make_entry(name, links if name == "khac/_rels/than.xml.rels" else content) for name, content in moved.items()
    ]
    path.write_bytes(write_entries(entries))
    assert not list(find_faults(compile_template(path, CONTRACT).render(CONTEXT)))
    assert texts(compile_template(path, CONTRACT).render(CONTEXT)) == ["Kế hoạch"]
    assert set(contents(usual_entries(path.read_bytes()))) == set(whole)


def test_the_type_of_the_document_may_be_declared_for_its_ending(tmp_path: Path) -> None:
    path = template(tmp_path, ["{{ ten }}"])
    parts = contents(read_entries(path.read_bytes()))
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = parts["[Content_Types].xml"]
    start = types.index(b'<Override PartName="/word/document.xml"')
    types = types[:start] + types[types.index(b"/>", start) + 2 :]
    types = types.replace(
        b'Extension="xml" ContentType="application/xml"', b'Extension="xml" ContentType="' + main + b'"'
    )
    assert types.count(main) == 1
    path.write_bytes(write_entries(make_entry(n, types if n.startswith("[") else c) for n, c in parts.items()))
    assert texts(compile_template(path, CONTRACT).render(CONTEXT)) == ["Kế hoạch"]


def test_what_is_rendered_is_what_the_usual_names_render_to(tmp_path: Path) -> None:
    path = template(tmp_path, ["{{ ten }}", "{%p for d in dong %}", "{{ d }}", "{%p endfor %}"])
    usual = compile_template(path, CONTRACT).render(CONTEXT)
    path.write_bytes(renamed(path.read_bytes()))
    other = compile_template(path, CONTRACT).render(CONTEXT)
    assert not list(find_faults(other))
    assert compare_files(usual, other, shown=("a", "b")).texts == ()
    assert contents(read_entries(other))["word/document.xml"] == contents(read_entries(usual))["word/document.xml"]


def test_docxtpl_s_pictures_find_their_part(tmp_path: Path) -> None:
    path = template(tmp_path, ["{{ ten }}", "{{ ghi_chu }}"])
    path.write_bytes(renamed(path.read_bytes()))
    (tmp_path / "a.png").write_bytes(png(30, 20))
    owner = DocxTemplate(path)
    for _time in range(2):
        picture = InlineImage(owner, str(tmp_path / "a.png"), width=Mm(20))
        content = compile_template(path).render({**CONTEXT, "ghi_chu": picture})
        assert not list(find_faults(content))
        found = contents(read_entries(content))
        assert b"<pic:pic" in found["word/document.xml"] and "word/document2.xml" not in found
        assert texts(content) == ["Kế hoạch", ""]


def test_what_is_no_word_file_keeps_its_names() -> None:
    parts = {"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"}
    entries = [make_entry(name, content) for name, content in parts.items()]
    assert contents(usual_entries(write_entries(entries))) == parts


def test_relationships_that_cant_be_read_name_nothing() -> None:
    parts = {"_rels/.rels": b"<a", "word/document2.xml": b"<a/>"}
    assert contents(usual_entries(write_entries(make_entry(*part) for part in parts.items()))) == parts
