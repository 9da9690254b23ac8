"""The catalogues: as the sources say, with the same placeholders, and compiled."""

import string
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from docgen.base.locale import LANGUAGES, deferred, language, translate
from docgen.readers.excel.form_words import _FILES, _PHRASES
from tests.base.untranslated import CATALOGUE, read_catalogue
from tests.conftest import ROOT

#: Vietnamese words that an English message may say outside quotation marks: names, money units, the watermark.
NAMES = {"NĐ", "DỰ", "THẢO", "đồng", "nghìn", "triệu", "tỷ"}


@pytest.fixture(scope="module")
def english() -> Catalog:
    return read_catalogue(CATALOGUE)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the sources say, extracted as `make messages` does."""
    pot = tmp_path_factory.mktemp("locale") / "docgen.pot"
    command = ["-m", "babel.messages.frontend", "-q", "extract", "-F", "pyproject.toml", "--sort-by-file"]
    done = subprocess.run([sys.executable, *command, "-o", pot, "docgen"], cwd=ROOT, capture_output=True, check=True)
    assert done.stderr == b"", "what pybabel can't extract (an f-string?) has no translation"
    return read_catalogue(pot)


def test_vietnamese_is_spoken_unless_another_language_is_asked_for() -> None:
    assert language() == LANGUAGES[0] == "vi"
    assert translate("lỗi") == deferred("lỗi") == "lỗi"
    assert translate("") == ""


def test_the_catalogue_holds_what_the_sources_say(said: Catalog, english: Catalog) -> None:
    assert {message.id for message in english} == {message.id for message in said}, "stale: run make messages"


def texts(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each message, in singular and plural where it has both, with its translation."""
    both = ((one.id, one.string) for one in catalogue if one.id and one.string)
    return {
        tuple([id_] if isinstance(id_, str) else id_): tuple([to] if isinstance(to, str) else to) for id_, to in both
    }


@pytest.mark.parametrize("domain", ["vi/LC_MESSAGES/click", "en/LC_MESSAGES/docgen"])
def test_compiled_catalogues_are_up_to_date(domain: str) -> None:
    text = CATALOGUE.parents[2] / f"{domain}.po"
    with text.with_suffix(".mo").open("rb") as file:
        compiled = texts(read_mo(file))
    assert compiled == texts(read_catalogue(text)), "stale: run make messages"


def fields(text: str) -> list[tuple[str, str | None, str | None]] | None:
    """The placeholders of a message, None where it isn't one for str.format."""
    try:
        return sorted((name, spec, kind) for _text, name, spec, kind in string.Formatter().parse(text) if name)  # type: ignore[type-var]
    except ValueError:
        return None


def test_placeholders_are_the_same(english: Catalog) -> None:
    lost = {one.id for one in english if one.id and one.string and fields(one.id) != fields(str(one.string))}
    # The tag shown as an example is written in words; it isn't formatted.
    assert lost == {"viết {% for tên in danh_sách %}"}


def test_space_around_a_message_is_kept(english: Catalog) -> None:
    def around(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [one.id for one in english if one.string and one.id and around(one.id) != around(str(one.string))] == []


def vietnamese_words(text: str) -> set[str]:
    """Words with Vietnamese letters."""
    words = "".join(letter if letter.isalpha() else " " for letter in unicodedata.normalize("NFC", text)).split()
    return {word for word in words if "đ" in word.casefold() or unicodedata.normalize("NFD", word) != word}


def outside_quotes(text: str) -> str:
    """A text without what it quotes: words of documents, keys, headings, examples."""
    for opening, closing in (("“", "”"), ('"', '"'), ("`", "`"), ("{", "}")):
        while opening in text and closing in text[text.index(opening) + 1 :]:
            before, _opening, rest = text.partition(opening)
            text = before + " " + rest.partition(closing)[2]
    return text


def test_vietnamese_words_in_an_english_message_are_quoted(english: Catalog) -> None:
    left = {message.id: vietnamese_words(outside_quotes(str(message.string))) - NAMES for message in english}
    assert {id_: words for id_, words in left.items() if words} == {}


def test_what_a_form_says_differently_is_found_in_what_a_folder_says(english: Catalog) -> None:
    """Part of a message is replaced; so its translation must stand in a translation, too."""
    said = [str(message.string) for message in english if message.id]
    for typed, _shown in (*_PHRASES, *_FILES):
        found = english.get(typed)
        part = str(found.string) if found is not None else typed
        assert sum(part in text for text in said if text != part) or part in said, typed
        holders = [message for message in english if message.id and typed in message.id]
        assert all(part in str(message.string) for message in holders), typed


def test_the_report_of_what_lacks_a_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.base import untranslated as report

    stub = tmp_path / "docgen.po"
    stub.write_text(
        'msgid ""\nmsgstr "Language: en\\n"\n\n#: docgen/a.py\nmsgid "một"\nmsgstr ""\n\n'
        '#: docgen/b.py\nmsgid "hai"\nmsgstr "two"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(report, "CATALOGUE", stub)
    report.main()
    assert capsys.readouterr().out == (
        "1 of 2 messages have no English translation\n     1 docgen/a.py\n  docgen/a.py: một\n"
    )
