"""PDFs of many documents: a bad one costs only itself, a hanging or dying LibreOffice is started again."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.batch.pdf import PdfPool
from docgen.writers.seal import pdf_edited_by_hand
from docgen.writers.write import write_document
from tests.batch.offices import office, run_once
from tests.writers.documents import make_document

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")

#: Stands in for LibreOffice: makes a PDF of each named copy, but for texts that say otherwise; notes each start.
OFFICE = """#!/bin/sh
echo start >> "$STARTS"
for name in "$@"; do case "$name" in
    *.docx)
        text=$(unzip -p "$name" word/document.xml)
        case "$text" in
            *HANG*) sleep 600 ;;
            *DIE*) kill -9 $$ ;;
            *TWICE*) if [ ! -e "$STARTS.once" ]; then touch "$STARTS.once"; exit 1; fi ;;
        esac
        printf '%%PDF-1.6\\nx\\n%%%%EOF\\n' > "${name%.docx}.pdf" ;;
esac; done
"""


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needs_tool: Callable[[str], str]) -> Path:
    needs_tool("unzip")
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(OFFICE)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("STARTS", str(tmp_path / "starts"))
    monkeypatch.setattr("docgen.batch.pdf.FILE_SECONDS", 0.2)
    return tmp_path / "starts"


def convert(folder: Path, *texts: str, workers: int = 1) -> dict[str, str]:
    """Make PDFs of documents with these texts; what was said of each, by its text."""
    said: dict[str, str] = {}
    documents = [write_document(folder / f"{n}.docx", make_document(text)).path for n, text in enumerate(texts)]
    with PdfPool[str](workers, seconds=1.0) as pool:
        for path, text in zip(documents, texts, strict=True):
            pool.submit(path, text)
        for one in pool.finished(wait=True):
            said[one.token] = one.message
            assert one.document.with_suffix(".pdf").exists() == (not one.message)
    return said


def test_many_files_take_few_starts(tmp_path: Path, starts: Path) -> None:
    texts = [f"văn bản {number}" for number in range(60)]
    assert convert(tmp_path, *texts) == dict.fromkeys(texts, "")
    assert len(starts.read_text().splitlines()) <= 6


@pytest.mark.parametrize("fault", ["HANG", "DIE"])
def test_a_bad_file_costs_only_itself(tmp_path: Path, starts: Path, fault: str) -> None:
    good = [f"tốt {number}" for number in range(5)]
    said = convert(tmp_path, *good[:2], fault, *good[2:])
    assert {text for text, message in said.items() if not message} == set(good)
    assert "LibreOffice" in said[fault]


def test_a_failure_is_tried_once_more(tmp_path: Path, starts: Path) -> None:
    assert convert(tmp_path, "TWICE") == {"TWICE": ""}


def test_a_signed_pdf_is_kept_and_said_and_the_others_are_made(tmp_path: Path, starts: Path) -> None:
    (tmp_path / "1.pdf").write_bytes(b"%PDF-1.6 signed %%EOF")
    with PdfPool[str](1, seconds=1.0) as pool:
        for number in range(3):
            pool.submit(write_document(tmp_path / f"{number}.docx", make_document(f"{number}")).path, f"{number}")
        found = {one.token: one for one in pool.finished(wait=True)}
    assert found["1"].kept and "đã ký số" in found["1"].message
    assert not any(found[token].message or found[token].kept for token in ("0", "2"))
    assert (tmp_path / "1.pdf").read_bytes() == b"%PDF-1.6 signed %%EOF"


def test_a_run_makes_pdfs_once_and_those_that_are_lost(tmp_path: Path, starts: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: tat_ca, pdf: true}\n")
    first = run_once(path)
    assert first.pdfs == first.made == first.jobs
    pdfs = sorted((tmp_path / "output").rglob("*.pdf"))
    assert len(pdfs) == first.jobs and not any(pdf_edited_by_hand(one.read_bytes()) for one in pdfs)
    assert run_once(path).pdfs == 0
    pdfs[0].unlink()
    again = run_once(path)
    assert again.pdfs == 1 and pdfs[0].exists()


def test_a_run_keeps_a_signed_pdf_and_says_so_each_time(tmp_path: Path, starts: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: ke_hoach, pdf: true}\n")
    run_once(path)
    (pdf,) = (tmp_path / "output").rglob("*.pdf")
    pdf.write_bytes(b"%PDF-1.6 signed %%EOF")
    for _turn in range(2):
        result = run_once(path, force=_turn == 0)
        assert not result.failed and result.pdfs == 0
        (told,) = result.told
        assert "đã ký số" in told.message
    assert pdf.read_bytes() == b"%PDF-1.6 signed %%EOF"


def test_the_real_libreoffice_makes_them_in_two_workers(tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    needs_tool("soffice")
    with PdfPool[int](2) as pool:
        for number in range(3):
            pool.submit(write_document(tmp_path / f"{number}.docx", make_document(f"{number}")).path, number)
        assert {one.token: one.message for one in pool.finished(wait=True)} == {0: "", 1: "", 2: ""}
