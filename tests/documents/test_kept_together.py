"""No line ends in the middle of a number or a ký hiệu in papers that docgen words; all others stay as typed."""

import zipfile
from datetime import date
from pathlib import Path

import docx
from docx.oxml.ns import qn

from docgen.base.ooxml import make_entry, read_entries, write_entries
from docgen.layout.docx.reader import read_facts
from docgen.template.lint.difference import compare_files
from docgen.workflows.build import build
from docgen.workflows.remind import build_reminders
from docgen.workflows.report import build_period_report, count_period, report_of


def bound(path: Path) -> tuple[int, int]:
    """How many no-break spaces and hyphens the texts of a document have; none of them may be outside of the body."""
    counts = (0, 0)
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            xml = package.read(name).decode("utf-8", "ignore")
            found = (xml.count("\u00a0"), xml.count("<w:noBreakHyphen/>"))
            assert "\u2011" not in xml, name
            if name == "word/document.xml":
                counts = found
            else:
                assert found == (0, 0), name
    return counts


def test_only_papers_that_docgen_words_keep_words_together(sample: Path, tmp_path: Path) -> None:
    counted = report_of(count_period(sample, "2023-H1", today=date(2023, 7, 20)))
    report = build_period_report(counted, tmp_path, number="15", workbook=True)
    letters = build_reminders(counted, tmp_path)
    for one in (*report.written[:1], *letters.written):
        spaces, hyphens = bound(one.path)
        assert spaces and hyphens, one.path.name
        frame = [
            paragraph
            for row in docx.Document(str(one.path)).tables[0].rows
            for cell in row.cells
            for paragraph in cell.paragraphs
            if not paragraph.text.startswith("V/v")
        ]
        said = "\n".join(paragraph.text for paragraph in frame)
        assert "Độc lập - Tự do - Hạnh phúc" in said and "Số:" in said
        assert not any("\u00a0" in one.text or one._p.find(f".//{qn('w:noBreakHyphen')}") is not None for one in frame)
        assert "số 3951/QĐ-UBND ngày 30 tháng 12 năm 2022" in " ".join(
            paragraph.text for paragraph in read_facts(one.path).paragraphs
        )
    workbook = next(tmp_path.glob("*.xlsx"))
    with zipfile.ZipFile(workbook) as package:
        assert not any("\u00a0".encode() in package.read(name) for name in package.namelist())
    for one in build(sample, tmp_path).written:
        assert bound(one.path) == (0, 0), one.path.name


def test_documents_that_differ_only_in_what_binds_have_the_same_text(sample: Path, tmp_path: Path) -> None:
    report = build_period_report(report_of(count_period(sample, "2023-H1", today=date(2023, 7, 20))), tmp_path)
    content = report.written[0].path.read_bytes()
    entries = []
    for entry in read_entries(content):
        loose = entry.content.replace("\u00a0".encode(), b" ").replace(b"<w:noBreakHyphen/>", b"<w:t>-</w:t>")
        entries.append(make_entry(entry.name, loose))
    loose = write_entries(entries)
    assert loose != content
    assert compare_files(content, loose, shown=("a", "b")).texts == ()
