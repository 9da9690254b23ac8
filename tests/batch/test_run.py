"""Runs of a jobs file: what is made, what is left alone, and that nothing stops the rest."""

import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from docgen.batch.job import State
from docgen.batch.ledger import Ledger, run_lock
from docgen.batch.run import run
from docgen.batch.scan import Why
from docgen.cli.main import docgen
from docgen.errors import OutputError
from docgen.workflows.build import build, shipped_templates
from docgen.writers.proof import find_faults
from tests.batch.offices import SAMPLE, documents, office, run_once
from tests.template_edits import edited, shipped

JOBS = "cong_viec:\n  - {plan: 'ke-hoach/*', kind: tat_ca}\n"


def edit(path: Path) -> bytes:
    """Change a document as a person does in Word."""
    document = Document(str(path))
    document.paragraphs[0].add_run("sửa tay")
    document.save(str(path))
    return path.read_bytes()


def change(folder: Path) -> None:
    """Change a plan's data so that its documents change."""
    path = folder / "don-vi.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("dia_danh: An Bình") == 1
    path.write_text(text.replace("dia_danh: An Bình", "dia_danh: An Hòa"), encoding="utf-8")


@pytest.fixture
def two(tmp_path: Path) -> Path:
    return office(tmp_path, JOBS, "a", "b")


def test_documents_are_those_of_build_and_a_second_run_makes_none(two: Path) -> None:
    folder = two.parent
    result = run_once(two)
    made = documents(folder / "output")
    assert result.made == result.jobs == len(made)
    build(folder / "ke-hoach" / "a", folder / "khac")
    assert {f"a/{name}": content for name, content in documents(folder / "khac").items()} == {
        name: content for name, content in made.items() if name.startswith("a/")
    }
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*.docx")}
    again = run_once(two)
    assert (again.made, again.before, again.jobs) == (0, len(made), len(made))
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_only_what_changed_is_made_again(two: Path) -> None:
    folder = two.parent
    run_once(two)
    before = documents(folder / "output")
    change(folder / "ke-hoach" / "a")
    result = run_once(two)
    assert set(result.why) == {Why.DATA}
    after = documents(folder / "output")
    assert {name.split("/")[0] for name in after if after[name] != before[name]} == {"a"}
    (folder / "ke-hoach" / "b" / "ke-hoach.yaml").touch()  # touched, not changed
    assert run_once(two).made == 0


def test_a_changed_template_or_place_or_lost_file_is_a_reason(two: Path) -> None:
    folder = two.parent
    run_once(two)
    own = folder / "ke-hoach" / "a" / "mau"
    own.mkdir()
    shutil.copy(shipped_templates() / "ke_hoach.docx", own)
    document = Document(str(own / "ke_hoach.docx"))
    document.core_properties.comments = "mẫu của xã"
    document.save(str(own / "ke_hoach.docx"))
    changed = run_once(two)
    assert changed.why == {Why.TEMPLATE: 1} and not changed.failed
    (folder / "output" / "b" / "ke-hoach.docx").unlink()
    assert run_once(two).why == {Why.MISSING: 1}
    two.write_text(JOBS.replace("tat_ca", "ke_hoach, out: 'ra/{ke_hoach}'"), encoding="utf-8")
    assert run_once(two).why == {Why.TARGET: 2}
    assert (folder / "ra" / "a" / "ke-hoach.docx").exists()


def test_an_edited_file_is_kept_and_said_and_gets_the_new_one_beside_it(two: Path) -> None:
    folder = two.parent
    run_once(two)
    target = folder / "output" / "a" / "ke-hoach.docx"
    edited = edit(target)
    result = run_once(two)
    (told,) = result.told
    assert (result.made, told.state, told.target) == (0, State.KEPT, "output/a/ke-hoach.docx")
    change(folder / "ke-hoach" / "a")
    newer = run_once(two)
    assert newer.states[State.KEPT] == 1
    assert target.read_bytes() == edited
    beside = target.with_name("ke-hoach.moi.docx")
    assert not list(find_faults(beside.read_bytes()))
    assert run_once(two).made == 0  # said once more, made no more
    beside.replace(target)  # the person took the new one
    final = run_once(two)
    assert (final.made, final.states[State.KEPT]) == (0, 0)


def test_force_makes_all_and_saves_what_was_edited(two: Path) -> None:
    folder = two.parent
    first = run_once(two)
    target = folder / "output" / "a" / "ke-hoach.docx"
    sound, edited = target.read_bytes(), edit(target)
    result = run_once(two, force=True)
    assert result.why == {Why.FORCED: first.jobs}
    assert target.read_bytes() == sound
    assert target.with_name("ke-hoach.docx.bak").read_bytes() == edited


def test_a_dry_run_says_what_would_be_and_touches_nothing(two: Path) -> None:
    before = sorted(two.parent.rglob("*"))
    result = run_once(two, dry_run=True)
    assert result.why == {Why.NEW: result.jobs} and len(result.planned) == result.jobs
    assert sorted(two.parent.rglob("*")) == before


def test_a_plan_that_does_not_load_costs_only_its_own(two: Path) -> None:
    folder = two.parent
    (folder / "ke-hoach" / "a" / "don-vi.yaml").write_text("co_quan: [\n", encoding="utf-8")
    result = run_once(two)
    assert result.states[State.REFUSED] == 1
    (told,) = result.told
    assert told.key.plan == "ke-hoach/a" and "a/don-vi.yaml:2" in told.message
    assert {name.split("/")[0] for name in documents(folder / "output")} == {"b"}


def test_a_template_that_is_wrong_costs_only_its_own(two: Path) -> None:
    folder = two.parent
    own = folder / "ke-hoach" / "a" / "mau"
    own.mkdir()
    document = Document(str(shipped_templates() / "ke_hoach.docx"))
    document.paragraphs[0].add_run("{{ khong_co }}")
    document.save(str(own / "ke_hoach.docx"))
    result = run_once(two)
    (told,) = result.told
    assert (told.state, told.key.kind) == (State.REFUSED, "ke-hoach")
    assert "khong_co" in told.message
    shutil.rmtree(own)
    again = run_once(two)
    assert again.why == {Why.AGAIN: 1} and not again.failed


def test_a_job_that_hangs_is_stopped_and_the_rest_goes_on(two: Path) -> None:
    own = two.parent / "ke-hoach" / "a" / "mau"
    own.mkdir()
    paragraphs = "<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 400_000  # compiling them takes far longer than the limit
    edited(shipped("ke_hoach"), own / "ke_hoach.docx", ("<w:body>", f"<w:body>{paragraphs}"))
    result = run_once(two, seconds=2.0)
    (told,) = result.told
    assert (told.state, told.key.kind, told.key.plan) == (State.FAILED, "ke-hoach", "ke-hoach/a")
    assert "quá 2 giây" in told.message
    assert result.made == result.jobs - 1
    (own / "ke_hoach.docx").unlink()
    assert run_once(two).made == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
def test_a_template_that_is_a_pipe_is_refused_at_once(two: Path) -> None:
    own = two.parent / "ke-hoach" / "a" / "mau"
    own.mkdir()
    os.mkfifo(own / "ke_hoach.docx")  # reading it would never end
    result = run_once(two)
    (told,) = result.told
    assert (told.state, told.key.kind, told.key.plan) == (State.REFUSED, "ke-hoach", "ke-hoach/a")
    assert result.made == result.jobs - 1


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of memory there")
def test_without_memory_jobs_fail_and_a_later_run_makes_them(two: Path) -> None:
    result = run_once(two, memory=64)
    assert result.failed and not documents(two.parent)
    assert not run_once(two).failed


def test_two_runs_at_once_are_refused(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.batch.ledger._PATIENCE", 0.1)
    with run_lock(two.with_name("cong-viec.docgen.lock")), pytest.raises(OutputError, match="đang chạy với sổ này"):
        run_once(two)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_rights_fails_its_jobs(two: Path) -> None:
    closed = two.parent / "output" / "a"
    closed.mkdir(parents=True)
    closed.chmod(0o500)
    try:
        result = run_once(two)
    finally:
        closed.chmod(0o700)
    assert {one.state for one in result.told} == {State.FAILED}


def test_a_file_in_the_way_fails_one_job(two: Path) -> None:
    (two.parent / "output" / "a" / "ke-hoach.docx").mkdir(parents=True)
    result = run_once(two)
    (told,) = result.told
    assert told.state is State.FAILED and "ke-hoach.docx" in told.message
    assert result.made == result.jobs - 1


def test_reminders_are_jobs_and_who_needs_none_has_none(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: don_doc, period: 2023-H1}\n", of=SAMPLE)
    result = run_once(path)
    made = documents(tmp_path / "output")
    assert result.states[State.DONE] == result.jobs > result.made == len(made) > 0
    assert run_once(path).made == 0


def test_a_lost_ledger_finds_the_files_again(two: Path) -> None:
    run_once(two)
    times = {path: path.stat().st_mtime_ns for path in two.parent.rglob("*.docx")}
    two.with_name("cong-viec.docgen.sqlite").unlink()
    result = run_once(two)
    assert not result.failed
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_tables_go_beside_reports(tmp_path: Path) -> None:
    path = office(
        tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: bao_cao, period: 2023-Q1, xlsx: true}\n", of=SAMPLE
    )
    run_once(path)
    tables = tmp_path / "output" / "a" / "bao-cao-2023-Q1.xlsx"
    assert tables.exists()
    tables.unlink()
    assert run_once(path).why == {Why.MISSING: 1}
    assert tables.exists()


def test_a_form_is_a_plan_too(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: '*.xlsx', kind: ke_hoach}\n")
    done = CliRunner().invoke(
        docgen, ["form", "plan", str(tmp_path / "ke-hoach" / "a"), "-o", str(tmp_path / "kh.xlsx")]
    )
    assert done.exit_code == 0, done.output
    assert run_once(path).made == 1
    assert (tmp_path / "output" / "kh" / "ke-hoach.docx").exists()


def test_what_killed_runs_left_is_removed_and_nothing_else(two: Path) -> None:
    folder = two.parent / "output" / "a"
    folder.mkdir(parents=True)
    left, other = folder / ".ke-hoach.docx.999999999.0a1b2c3d.tmp", folder / ".thu.docx.999999999.0a1b2c3d.tmp"
    for path in (left, other):
        path.write_bytes(b"half")
    assert not run_once(two).failed
    assert not left.exists() and other.exists()


def test_what_goes_on_waiting_is_logged_once(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: bao_cao, period: 2023-Q1}\n", of=SAMPLE)
    assert run_once(path).made == 1
    log = path.with_name("cong-viec.docgen.log")
    for _turn in range(3):
        result = run_once(path, date(2023, 1, 1), due=True)
        assert result.states[State.WAITING] == 1
    assert log.read_text(encoding="utf-8").count("\twaiting\t") == 1
    back = run_once(path)
    assert (back.made, back.before) == (0, 1)  # what was made is still there, and known
    with Ledger.open(path.with_name("cong-viec.docgen.sqlite"), reading=True) as ledger:
        (row,) = ledger.outcomes_of("ke-hoach/a").values()
    assert (row.state, row.attempts) == (State.DONE, 1)


def test_the_log_has_a_line_a_job(two: Path) -> None:
    result = run_once(two)
    lines = two.with_name("cong-viec.docgen.log").read_text(encoding="utf-8").splitlines()
    jobs = [line.split("\t") for line in lines if "\tdone\t" in line]
    assert len(jobs) == result.jobs and {line[3] for line in jobs} == {
        f"output/{name}" for name in documents(two.parent / "output")
    }


def test_a_stopped_run_keeps_what_was_done(two: Path) -> None:
    class StopError(Exception):
        pass

    def step(done: int, total: int) -> None:
        raise StopError

    from docgen.batch.run import Options

    with pytest.raises(StopError):
        run(two, Options(date(2024, 2, 1), workers=1), step)
    with Ledger.open(two.with_name("cong-viec.docgen.sqlite"), reading=True) as ledger:
        assert ledger.counts()[State.DONE] > 0
        last = ledger.last_run()
        assert last is not None and not last.finished
    assert not run_once(two).failed


def test_a_plan_that_was_mended_is_refused_no_more(two: Path) -> None:
    broken = two.parent / "ke-hoach" / "a" / "ke-hoach.yaml"
    right = broken.read_text(encoding="utf-8")
    broken.write_text(right + "la: x\n", encoding="utf-8")
    result = run_once(two)
    assert result.failed
    assert all("cảnh báo" not in one.message and "lưu ý" not in one.message for one in result.told)
    broken.write_text(right, encoding="utf-8")
    assert not run_once(two).failed
    with Ledger.open(two.with_name("cong-viec.docgen.sqlite"), reading=True) as ledger:
        assert not ledger.counts()[State.REFUSED]
        assert ledger.messages(State.REFUSED) == []


def test_what_a_plan_that_is_gone_left_undone_is_forgotten(two: Path) -> None:
    (two.parent / "ke-hoach" / "b" / "ke-hoach.yaml").write_text("la: x\n", encoding="utf-8")
    assert run_once(two).failed
    shutil.rmtree(two.parent / "ke-hoach" / "b")
    assert not run_once(two).failed
    with Ledger.open(two.with_name("cong-viec.docgen.sqlite"), reading=True) as ledger:
        assert not ledger.counts()[State.REFUSED]
