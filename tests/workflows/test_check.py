"""Many files: which ones are taken, and that one of them never costs the others anything."""

import os
import signal
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from docgen.errors import Severity, UsageError
from docgen.layout.findings import Finding
from docgen.workflows.check import (
    Checked,
    Job,
    check_files,
    check_one,
    counts_as_wrong,
    counts_of,
    documents_in,
    findings_workbook,
    make_jobs,
)
from docgen.writers.seal import edited_by_hand
from tests.conftest import ROOT
from tests.layout.documents import build, letter
from tests.writers.spreadsheets import read_cells

LETTER = ROOT / "tests" / "layout" / "letters" / "cong-van-muoi-loi.docx"


def dies(job: Job) -> Checked:
    if job.path.name == "chet.docx":
        os.kill(os.getpid(), signal.SIGKILL)
    return check_one(job)


def hangs(job: Job) -> Checked:
    if job.path.name == "chet.docx":
        time.sleep(600)
    return check_one(job)


def finding(**changes: object) -> Finding:
    (first, *_rest) = check_one(Job(LETTER)).findings
    return replace(first, **changes)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.docx", "a.DOCX", "~$b.docx", ".an.docx", "b.nhan-xet.docx", "c.doc", "sau/d.docx", ".git/e.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(build(letter()) if name.endswith(("b.docx", "d.docx")) else b"hong")
    return tmp_path


def test_a_folder_gives_its_documents(folder: Path) -> None:
    names = [path.relative_to(folder).as_posix() for path in documents_in([folder])]
    assert names == ["a.DOCX", "b.docx", "sau/d.docx"]


def test_a_file_is_taken_as_named_and_once(folder: Path) -> None:
    found = documents_in([folder / "c.doc", folder / "b.docx", folder])
    assert [path.name for path in found] == ["c.doc", "b.docx", "a.DOCX", "d.docx"]


def test_paths_that_hold_nothing_are_all_named(tmp_path: Path) -> None:
    (tmp_path / "rong").mkdir()
    with pytest.raises(UsageError) as caught:
        documents_in([tmp_path / "khong-co.docx", tmp_path / "rong"])
    assert [problem.code for problem in caught.value.problems] == ["check.missing", "check.empty"]


def test_copies_of_one_name_are_refused(tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "x.docx", tmp_path / "b" / "x.docx"]
    assert len(make_jobs(paths, "nd30", annotated=True)) == 2
    with pytest.raises(UsageError, match="trùng tên"):
        make_jobs(paths, "nd30", annotated=True, out=tmp_path)


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(UsageError, match="ý bạn là “nd30”"):
        make_jobs([], "nd3O")


@pytest.mark.parametrize("work", [dies, hangs])
def test_a_process_that_ends_costs_its_own_file_only(work, folder: Path) -> None:
    (folder / "chet.docx").write_bytes(b"x")
    jobs = make_jobs(documents_in([folder]), "nd30")
    results = {checked.path.name: checked for checked in check_files(jobs, workers=2, work=work, seconds=6)}
    assert set(results) == {"a.DOCX", "b.docx", "chet.docx", "d.docx"}
    assert [name for name, checked in results.items() if not checked.judged] == ["chet.docx"]
    (problem,) = results["chet.docx"].problems
    assert "bị dừng giữa chừng" in problem.message
    assert results["chet.docx"].wrong()


def test_processes_find_what_one_finds(folder: Path) -> None:
    jobs = make_jobs(documents_in([folder, LETTER]), "nd30")
    one, many = (sorted(check_files(jobs, workers=n), key=lambda checked: checked.name) for n in (None, 2))
    assert one == many


def test_a_fault_of_ours_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_more: object) -> None:
        raise KeyError("hỏng")

    monkeypatch.setattr("docgen.workflows.check.check_document", broken)
    (checked,) = check_files([Job(LETTER)])
    assert not checked.judged
    assert "KeyError('hỏng')" in checked.problems[0].message


@pytest.mark.parametrize(
    ("changes", "wrong", "strictly"),
    [
        ({"severity": Severity.ERROR}, True, True),
        ({"severity": Severity.WARNING}, False, False),
        ({"severity": Severity.ERROR, "about": "noi_dung"}, False, True),
        ({"severity": Severity.WARNING, "about": "noi_dung"}, False, True),
        ({"severity": Severity.INFO, "about": "noi_dung"}, False, False),
        ({"severity": Severity.ERROR, "undecided": True}, False, False),
    ],
)
def test_what_makes_a_file_wrong(changes: dict[str, object], wrong: bool, strictly: bool) -> None:
    one = finding(**changes)
    assert (counts_as_wrong(one), counts_as_wrong(one, strict=True)) == (wrong, strictly)


def test_findings_are_counted_by_sort() -> None:
    found = [
        finding(severity=Severity.ERROR), finding(severity=Severity.INFO),
        finding(about="noi_dung", severity=Severity.WARNING), finding(undecided=True),
    ]  # fmt: skip
    assert counts_of(found) == (1, 0, 1, 1, 1)


def test_the_copy_keeps_the_properties_of_the_file_and_shows_later_edits(tmp_path: Path) -> None:
    target = tmp_path / "a.nhan-xet.docx"
    first = check_one(Job(LETTER, annotated=target))
    assert first.written is not None and not first.problems
    assert not edited_by_hand(target.read_bytes())
    again = check_one(Job(LETTER, annotated=target))
    assert again.written is not None and again.written.unchanged
    edited = build(letter())
    target.write_bytes(edited)
    kept = check_one(Job(LETTER, annotated=target))
    assert kept.written is not None and kept.written.kept
    assert target.read_bytes() == edited


def test_a_file_without_findings_gets_no_copy(tmp_path: Path) -> None:
    (tmp_path / "dung.docx").write_bytes(build(letter()))
    checked = check_one(Job(tmp_path / "dung.docx", annotated=tmp_path / "x.docx"))
    assert (checked.findings, checked.written) == ((), None)


def test_a_copy_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "tep").write_bytes(b"")
    checked = check_one(Job(LETTER, annotated=tmp_path / "tep" / "a.docx"))
    assert [problem.code for problem in checked.problems] == ["output.parent-is-file"]
    assert len(checked.findings) >= 10


def test_the_summary_holds_every_file_and_finding() -> None:
    checked = check_one(Job(LETTER))
    results = [checked, Checked(Path("=1+1.docx"), judged=False)]
    content = findings_workbook(results, "nd30", date(2026, 3, 16))
    assert content == findings_workbook(results, "nd30", date(2026, 3, 16))
    files, found = read_cells(content).values()
    assert [files[name].value for name in ("A5", "B5", "A4", "B4")] == [
        "=1+1.docx", "không kiểm tra được", checked.name, "phải sửa",
    ]  # fmt: skip
    assert files["A5"].formula == ""
    rules = [found[f"B{row}"].value for row in range(4, 4 + len(checked.findings))]
    assert rules == [one.rule for one in checked.findings]
