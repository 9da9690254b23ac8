"""A file that is no Word file, or a broken one, is a finding and never an exception."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from docgen.errors import Severity
from docgen.layout.check import all_rules, check_document
from tests.layout.documents import appendix, build, decision, letter, plan
from tests.layout.packages import package, paragraph, run, zipped

BAD = {
    "empty": b"",
    "text": b"just text",
    "old doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "zip without parts": zipped({}),
    "zip of something else": zipped({"a.txt": b"a"}),
    "broken xml": zipped({"word/document.xml": b"<w:document"}),
    "no body": zipped({"word/document.xml": b"<document/>"}),
    "doctype": package(paragraph(run("&lol;")), prolog='<!DOCTYPE d [<!ENTITY lol "lol">]>'),
    "cut off": build(decision())[:3000],
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_what_is_no_word_file_is_one_finding(data: bytes) -> None:
    (finding,) = check_document(data, name="tep.docx")
    assert (finding.rule, finding.severity, str(finding.place)) == ("ND30-T.1", Severity.ERROR, "tep.docx")
    assert finding.message.startswith("Không đọc được tệp như văn bản Word: ")


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    (finding,) = check_document(tmp_path / "khong-co.docx")
    assert finding.rule == "ND30-T.1"
    assert finding.place.file == str(tmp_path / "khong-co.docx")


def test_a_file_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.base.ooxml.MAX_UNPACKED", 1000)
    (finding,) = check_document(build(decision()))
    assert "quá lớn" in finding.message


def test_an_empty_document_is_checked() -> None:
    assert "ND30-01.8" in {finding.rule for finding in check_document(package(""))}


def test_broken_files_never_raise() -> None:
    whole = build(decision(), plan(), appendix())
    chance = random.Random(30)
    for _round in range(60):
        data = bytearray(whole)
        for _change in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert isinstance(check_document(bytes(data)), list)


def test_parts_missing_or_shuffled_never_raise() -> None:
    chance = random.Random(2020)
    with zipfile.ZipFile(BytesIO(build(decision(), plan(), appendix(), letter()))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    text = parts["word/document.xml"].decode()
    head, *paragraphs = text.split("<w:p>")
    for _round in range(25):
        some = [
            item for item in paragraphs[:-1] if chance.random() < 0.6 and "w:tbl" not in item and "w:tc" not in item
        ]
        chance.shuffle(some)
        mixed = head.partition("<w:tbl>")[0] + "".join("<w:p>" + item for item in some) + "</w:body></w:document>"
        kept = {name: data for name, data in parts.items() if chance.random() < 0.9 or "document" in name}
        assert check_document(zipped({**kept, "word/document.xml": mixed.encode()}))


def test_codes_and_slugs_are_unique_and_ascii() -> None:
    rules = all_rules()
    assert len({rule.code for rule in rules}) == len({rule.slug for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.code.isascii() and rule.slug.isascii()
        assert rule.clause.startswith("Phụ lục") or rule.code == "ND30-T.1"


def test_a_finding_says_what_stands_there_and_what_should() -> None:
    draft = decision()
    draft.line("title").size = 16
    (finding,) = check_document(build(draft), name="a.docx")
    assert finding.message == "Cỡ chữ của tên loại văn bản không đúng: đang là 16 pt; phải là 13–14 pt"
    assert str(finding.place) == "a.docx, trang 1, đoạn 9 “QUYẾT ĐỊNH”"
    problem = finding.to_problem()
    assert (problem.code, problem.severity) == ("ND30-05a.1 sai-co-chu-ten-loai", Severity.ERROR)
    assert problem.hint == "Căn cứ: Phụ lục I, mục II.5"


def test_the_same_thing_in_many_places_is_said_once() -> None:
    draft = plan()
    for line in draft["content"]:
        line.font = "Arial"
    (finding,) = check_document(build(draft))
    assert finding.message.endswith("(và 5 chỗ khác)")
    assert len(finding.also) == 5


def test_a_rule_read_off_a_template_only_warns() -> None:
    draft = decision()
    draft.line("content").text = " Hết"
    (finding,) = check_document(build(draft))
    assert finding.severity is Severity.WARNING
