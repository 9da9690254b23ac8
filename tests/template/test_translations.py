"""Kept translations change no document, and whatever is wrong with one is as if none were kept."""

import json
import sys
from pathlib import Path

import pytest

import docgen.template.language.translate
from docgen.base.ooxml import make_entry, read_entries, write_entries
from docgen.documents import registry
from docgen.documents.example import example_values
from docgen.errors import TemplateError
from docgen.template.language.compile import compile_template
from docgen.template.language.kept import VARIABLE, Translations, _checksum, cache_folder, translator_files
from docgen.template.language.program import Program
from docgen.template.lint.example import example_context
from docgen.workflows.build import shipped_templates

CODE = "ke_hoach"
BODY = "word/document.xml"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "ke_hoach.docx"
    path.write_bytes((shipped_templates() / registry.kind(CODE).template_file).read_bytes())
    return path


def compiled(path: Path, kept: Translations | None) -> Program:
    return compile_template(path, registry.kind(CODE).contract, kept=kept)


def _sealed(text: str) -> str:
    return f"{_checksum(text.encode()).decode()}\n{text}"


def document(program: Program) -> bytes:
    return program.render(example_context(registry.kind(CODE).contract, example_values(registry.kind(CODE))))


def edit(path: Path, old: str, new: str) -> None:
    """Change a text of the body wherever it stands."""
    entries = []
    for entry in read_entries(path.read_bytes()):
        if entry.name == BODY:
            assert old.encode() in entry.content
            entry = make_entry(BODY, entry.content.replace(old.encode(), new.encode()))
        entries.append(entry)
    path.write_bytes(write_entries(entries))


def no_translating(monkeypatch: pytest.MonkeyPatch) -> None:
    def translate(*_: object) -> None:
        raise AssertionError("translated anew")

    monkeypatch.setattr(docgen.template.language.translate, "translate_template", translate)


@pytest.mark.parametrize("code", sorted(registry.with_template()))
def test_a_document_is_the_same_by_a_kept_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    kind = registry.kind(code)
    path, contract = shipped_templates() / kind.template_file, kind.contract
    kept = Translations(tmp_path)
    first = compile_template(path, contract, kept=kept)
    no_translating(monkeypatch)
    again = compile_template(path, contract, kept=kept)
    context = example_context(contract, example_values(kind))
    assert again.render(context) == first.render(context)
    assert (again.warnings, again.lines, again.digest) == (first.warnings, first.lines, first.digest)


def test_another_template_is_translated_for_itself(tmp_path: Path, template: Path) -> None:
    kept = Translations(tmp_path)
    before = document(compiled(template, kept))
    edit(template, "KẾ HOẠCH", "KẾ HOẠCH MỚI")
    after = document(compiled(template, kept))
    assert "KẾ HOẠCH MỚI" in _text(after)
    assert "KẾ HOẠCH MỚI" not in _text(before)
    assert len(list((tmp_path / "translations").iterdir())) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _text: "",
        lambda text: text[: len(text) // 2],
        lambda _text: "[]",
        lambda _text: '{"parts": [[1]], "core": ""}',
        lambda _text: "[" * 100_000,
        lambda text: _sealed(json.dumps({**json.loads(text.partition("\n")[2]), "parts": 3})),
        lambda text: _sealed(text.partition("\n")[2][:-9]),
        lambda text: text.replace("<w:p>", "<w:q>", 1),
    ],
)
def test_what_was_spoilt_is_translated_anew(tmp_path: Path, template: Path, spoil: object) -> None:
    kept = Translations(tmp_path)
    expected = document(compiled(template, kept))
    (file,) = (tmp_path / "translations").iterdir()
    right = file.read_text(encoding="utf-8")
    assert callable(spoil)
    file.write_text(spoil(right), encoding="utf-8")
    assert document(compiled(template, kept)) == expected
    assert file.read_text(encoding="utf-8") == right


def test_changed_code_translates_anew(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(template, Translations(tmp_path))
    changed = tmp_path / "changed.py"
    changed.write_text("", encoding="utf-8")
    monkeypatch.setattr("docgen.template.language.kept.translator_files", lambda: [changed])
    compiled(template, Translations(tmp_path))
    assert len(list((tmp_path / "translations").iterdir())) == 2


def test_the_translating_code_is_known_wherever_it_stands() -> None:
    package = Path(docgen.__file__).parent / "template"
    steps = {file.relative_to(package).parts[0] for file in translator_files() if file.is_relative_to(package)}
    assert {"language", "tags", "lint"} <= steps
    assert Path(docgen.template.language.translate.__file__) in translator_files()
    assert any("docxtpl" in file.parts for file in translator_files())


def test_a_folder_that_cannot_be_is_no_matter(tmp_path: Path, template: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert document(compiled(template, Translations(tmp_path / "file"))) == document(compiled(template, None))


def test_a_template_with_problems_is_never_kept(tmp_path: Path, template: Path) -> None:
    edit(template, "endif", "endfor")
    for _turn in range(2):
        with pytest.raises(TemplateError):
            compiled(template, Translations(tmp_path / "kept"))
    assert not (tmp_path / "kept").exists()


def test_only_so_many_are_kept(tmp_path: Path, template: Path) -> None:
    kept = Translations(tmp_path, most=2)
    content = template.read_bytes()
    for number in range(4):
        template.write_bytes(content + bytes(number))  # zip readers pass over what follows
        compiled(template, kept)
    assert len(list((tmp_path / "translations").iterdir())) == 2


def test_the_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert cache_folder() is not None
    monkeypatch.setenv(VARIABLE, "")
    assert cache_folder() is None
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    found = cache_folder()
    assert found is not None
    assert found.is_relative_to(tmp_path)
    assert "docgen" in found.relative_to(tmp_path).parts
    if sys.platform == "linux":
        assert found == tmp_path / ".cache" / "docgen"
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
        assert cache_folder() == tmp_path / "x" / "docgen"
        monkeypatch.setenv("XDG_CACHE_HOME", "x")  # not absolute: as if it weren't there
        assert cache_folder() == tmp_path / ".cache" / "docgen"
    if sys.platform != "win32":  # a service without a home folder
        monkeypatch.setenv("HOME", "")
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        monkeypatch.setattr("pwd.getpwuid", lambda _number: {}["nobody"])
        assert cache_folder() is None


def _text(package: bytes) -> str:
    return next(one for one in read_entries(package) if one.name == BODY).content.decode()
