"""The rules about an author's own words, on words that were written: the sample plan, and a letter from LibreOffice."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from docgen.layout.check import check_document
from docgen.workflows.build import build, shipped_data
from tests.conftest import ROOT

#: What the sample says that is no matter of form: every one is true, and the author's to mend.
EXPECTED = {
    "quyet-dinh.docx": [
        (
            "ND30-VD.1",
            "“Quyết định số 3134/KH”",
            "đoạn 12 “Căn cứ Quyết định số 3134/KH-UBND ngày 2…”",
        )
    ],
    "ke-hoach.docx": [],
    "to-trinh.docx": [],
}
#: A letter typed in LibreOffice, with one fault of form a rule.
TEN = [
    "ND30-01.1", "ND30-01.17", "ND30-03.31", "ND30-04.33", "ND30-05b.2", "ND30-06.31", "ND30-09a.3", "ND30-09b.6",
    "ND30-G3.3", "ND30-G4.1",
]  # fmt: skip


def test_the_words_of_the_sample(tmp_path: Path) -> None:
    found = {}
    for written in build(shipped_data() / "huong-thuy-2023", tmp_path).written:
        items = check_document(written.path)
        assert {item.about for item in items} <= {"noi_dung"}
        found[written.path.name] = [
            (item.rule, item.found, (item.place.part or "").removeprefix("trang 1, ")) for item in items
        ]
    assert found == EXPECTED


def test_a_letter_made_in_libreoffice_with_ten_faults(tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    source = ROOT / "tests" / "layout" / "letters" / "cong-van-muoi-loi.fodt"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [needs_tool("soffice"), profile, "--headless", "--convert-to", "docx", "--outdir", tmp_path, source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = check_document(tmp_path / "cong-van-muoi-loi.docx")
    assert sorted(item.rule for item in found) == TEN
