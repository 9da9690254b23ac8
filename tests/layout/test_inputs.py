"""Files as the programs of the world write them: the same text gives the same findings."""

import os
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from docgen.layout.check import check_document
from tests.layout.documents import appendix, build, decision, letter, plan
from tests.layout.packages import zipped

Files = dict[str, bytes]

STRICT = {
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
    b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def whole() -> Files:
    return unzipped(build(decision(), plan(), appendix()))


def unzipped(data: bytes) -> Files:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def everywhere(old: bytes, new: bytes) -> Callable[[Files], Files]:
    return lambda files: {name: data.replace(old, new) for name, data in files.items()}


def strict(files: Files) -> Files:
    for old, new in STRICT.items():
        files = everywhere(old, new)(files)
    return files


def renamed(files: Files) -> Files:
    """Word takes any name for a part, as long as the relationships lead to it."""
    files["word/document2.xml"] = files.pop("word/document.xml")
    files["word/_rels/document2.xml.rels"] = files.pop("word/_rels/document.xml.rels")
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    return files


def without(*names: str) -> Callable[[Files], Files]:
    return lambda files: {name: data for name, data in files.items() if name not in names}


def shouted(files: Files) -> Files:
    return {name.upper() if "styles" in name or "header" in name else name: data for name, data in files.items()}


def backslashes(files: Files) -> Files:
    return {name.replace("/", "\\"): data for name, data in files.items()}


def broken_theme(files: Files) -> Files:
    return {**files, "word/theme/theme1.xml": b"<a:theme", "word/settings.xml": b""}


def no_package_relations(files: Files) -> Files:
    """Without them the list of content types says which part is the document."""
    del files["_rels/.rels"]
    files["word/main.xml"] = files.pop("word/document.xml")
    files["word/_rels/main.xml.rels"] = files.pop("word/_rels/document.xml.rels")
    types = files["[Content_Types].xml"].replace(b"/word/document.xml", b"/word/main.xml")
    return {**files, "[Content_Types].xml": types}


WAYS: dict[str, Callable[[Files], Files]] = {
    "strict": strict,
    "absolute target, other name": renamed,
    "without theme, settings, properties": without(
        "word/theme/theme1.xml", "word/settings.xml", "docProps/app.xml", "docProps/core.xml"
    ),
    "names in capitals": shouted,
    "backslashes": backslashes,
    "a broken theme": broken_theme,
    "no package relationships": no_package_relations,
    "relationships with backslashes": everywhere(b'Target="header1.xml"', b'Target=".\\header1.xml"'),
}


@pytest.mark.parametrize("change", WAYS.values(), ids=WAYS)
def test_a_right_file_stays_right(change: Callable[[Files], Files]) -> None:
    assert [finding.message for finding in check_document(zipped(change(whole())))] == []


@pytest.mark.parametrize("change", WAYS.values(), ids=WAYS)
def test_a_wrong_file_stays_wrong(change: Callable[[Files], Files]) -> None:
    draft = decision()
    draft.line("title").size = 16
    assert [item.rule for item in check_document(zipped(change(unzipped(build(draft)))))] == ["ND30-05a.1"]


def test_without_styles_word_s_own_values_hold() -> None:
    files = unzipped(build(letter()))
    found = check_document(zipped(without("word/styles.xml")(files)))
    assert [(item.rule, item.found) for item in found] == []


def test_a_password_is_named() -> None:
    (finding,) = check_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert finding.message.endswith(": tệp có mật khẩu hoặc là .doc cũ: lưu lại thành .docx không mật khẩu")


def test_an_encrypted_part_is_no_exception() -> None:
    data = bytearray(zipped({"word/document.xml": b"<w:document/>"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.find(mark) + at, 1)
    (finding,) = check_document(bytes(data))
    assert finding.rule == "ND30-T.1"


def test_a_number_that_is_none_is_passed_over() -> None:
    files = whole()
    files["word/document.xml"] = files["word/document.xml"].replace(b'w:firstLine="720"', b'w:firstLine="nan"')
    assert {item.rule for item in check_document(zipped(files))} == {"ND30-06.3"}


def test_many_tables_in_tables_are_no_exception() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 70 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 70
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    text = f"<w:document {space}><w:body>{deep}</w:body></w:document>"
    assert "ND30-01.8" in {item.rule for item in check_document(zipped({"word/document.xml": text.encode()}))}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_a_pipe_isnt_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.docx")
    (finding,) = check_document(tmp_path / "a.docx")
    assert finding.message.endswith("không đọc được tệp: đây không phải một tệp thường")
