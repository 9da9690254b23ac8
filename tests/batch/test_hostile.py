"""What goes wrong around a batch: one plan, folder, file or setting that costs only itself, and is told."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import date
from multiprocessing import active_children
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from docgen.batch import survey
from docgen.batch.job import State
from docgen.batch.ledger import Ledger
from docgen.batch.run import run
from docgen.batch.scan import Why
from docgen.cli.main import docgen
from docgen.errors import OutputError, UsageError
from tests.batch.offices import LATER, SAMPLE, documents, jobs_of, office, run_once

JOBS = "cong_viec:\n  - {plan: 'ke-hoach/*', kind: ke_hoach}\n"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no such thing there")


def call(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(docgen, [str(word) for word in words])
    return result.exit_code, result.output


@pytest.mark.parametrize("error", [MemoryError(), RecursionError("sâu"), KeyError("x")])
def test_a_plan_that_cannot_be_surveyed_costs_only_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def load(path: Path) -> object:
        raise error

    office(tmp_path, JOBS)
    monkeypatch.setattr(survey, "load_plan", load)
    found = survey.survey(60, survey.Asked(str(tmp_path), "ke-hoach/a", "s", ()))
    assert found.refused.startswith(("không đủ bộ nhớ", "docgen gặp lỗi"))


@POSIX
def test_a_plan_that_eats_memory_costs_only_its_own(tmp_path: Path) -> None:
    path = office(tmp_path, JOBS, "a", "b")
    big = tmp_path / "ke-hoach" / "a" / "van-ban" / "to-trinh.yaml"
    big.parent.mkdir(exist_ok=True)
    big.write_text("ten_loai: Tờ trình\nnoi_dung:\n" + "  - {cap: khong, van: x}\n" * 400_000, encoding="utf-8")
    result = run_once(path, memory=300)
    assert result.made == 1 and result.states[State.REFUSED] == 1
    assert "bộ nhớ" in result.told[0].message


@POSIX
def test_a_limit_below_the_wished_one_is_no_matter(tmp_path: Path) -> None:
    path = office(tmp_path, JOBS)
    command = [sys.executable, "-m", "docgen", "batch", "run", str(path), "-j", "1"]
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (900 * 2**20,) * 2); "
    run_on = limit + "import os, sys; os.execv(sys.argv[1], sys.argv[1:])"
    done = subprocess.run([sys.executable, "-c", run_on, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@POSIX
def test_a_process_that_stops_altogether_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = office(tmp_path, JOBS, *"abcdefgh")
    monkeypatch.setattr("docgen.batch.run.SLACK", 0.5)

    def stop(done: int, total: int) -> None:
        if done == 1:
            for process in active_children():
                os.kill(process.pid, signal.SIGSTOP)  # type: ignore[arg-type]

    timer = threading.Timer(60, lambda: [process.kill() for process in active_children()])
    timer.start()
    try:
        begun = time.monotonic()
        result = run(path, _options(seconds=1.5), stop)
        assert time.monotonic() - begun < 50
    finally:
        timer.cancel()
    assert result.made == 8 and not result.failed


def _options(**options: object) -> object:
    from docgen.batch.run import Options

    return Options(LATER, workers=1, **options)  # type: ignore[arg-type]


def test_a_folder_that_may_not_be_looked_into_is_that_plans_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office(tmp_path, JOBS, "a", "b")
    closed = tmp_path / "ke-hoach" / "a"
    is_file, scandir = Path.is_file, os.scandir

    def asked(self: Path) -> bool:
        if self.parent == closed:
            raise PermissionError(13, "Permission denied", str(self))
        return is_file(self)

    def listed(folder: object = ".") -> object:
        if str(folder) == str(closed):
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "is_file", asked)
    monkeypatch.setattr(os, "scandir", listed)
    result = run_once(path)
    assert result.made == 1 and result.states[State.REFUSED] == 1
    assert str(closed) in result.told[0].message


@POSIX
def test_a_name_that_is_no_utf_8_costs_only_its_own(tmp_path: Path) -> None:
    path = office(tmp_path, JOBS, "a", "b")
    try:
        os.rename(tmp_path / "ke-hoach" / "b", os.fsencode(tmp_path / "ke-hoach") + b"/b\xff")  # noqa: PTH104 - bytes
    except OSError:
        pytest.skip("this disk takes no such name")
    result = run_once(path)
    assert result.made == 1 and result.states[State.REFUSED] == 1


@pytest.mark.parametrize("other", ["./ra", ".//ra", "FOLDER/ra", "RA"])
def test_one_file_by_two_names_is_refused(tmp_path: Path, other: str) -> None:
    lines = "".join(
        f"  - {{plan: ke-hoach/{plan}, kind: ke_hoach, out: '{out.replace('FOLDER', str(tmp_path))}'}}\n"
        for plan, out in (("a", "ra"), ("b", other))
    )
    path = office(tmp_path, f"cong_viec:\n{lines}", "a", "b")
    with pytest.raises(UsageError) as error:
        jobs_of(path)
    assert [one.code for one in error.value.problems] == ["batch.same-target"]


@POSIX
def test_one_file_over_a_link_is_refused(tmp_path: Path) -> None:
    lines = "  - {plan: ke-hoach/a, kind: ke_hoach, out: ra}\n  - {plan: ke-hoach/b, kind: ke_hoach, out: rb}\n"
    path = office(tmp_path, f"cong_viec:\n{lines}", "a", "b")
    (tmp_path / "ra").mkdir()
    (tmp_path / "rb").symlink_to("ra")
    with pytest.raises(UsageError, match="cùng ghi"):
        jobs_of(path)


def test_one_job_with_two_wishes_is_refused(tmp_path: Path) -> None:
    line = "  - {{plan: ke-hoach/a, kind: ke_hoach, out: ra{}}}\n"
    path = office(tmp_path, "cong_viec:\n" + line.format("") + line.format(", du_thao: true"))
    with pytest.raises(UsageError, match="tùy chọn khác nhau"):
        jobs_of(path)


@POSIX
def test_progress_behind_a_link_is_looked_at(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: bao_cao, period: 2023-Q1}\n", of=SAMPLE)
    (tmp_path / "ke-hoach" / "a" / "tien-do").rename(tmp_path / "chung")
    (tmp_path / "ke-hoach" / "a" / "tien-do").symlink_to(tmp_path / "chung")
    assert run_once(path).made == 1
    assert run_once(path).made == 0
    said = tmp_path / "chung" / "2023-Q1.yaml"
    said.write_text(said.read_text(encoding="utf-8") + "# x\n", encoding="utf-8")
    assert run_once(path).why[Why.DATA] == 1


@POSIX
def test_a_plan_by_two_links_is_one(tmp_path: Path) -> None:
    path = office(tmp_path, JOBS, "a")
    (tmp_path / "ke-hoach" / "z").symlink_to("a")
    assert [job.key.plan for job in jobs_of(path)] == ["ke-hoach/a"]


def test_a_name_with_brackets_is_a_name_where_it_is_there(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: 'ke-hoach/a [2023]', kind: ke_hoach}\n", "a [2023]")
    assert len(jobs_of(path)) == 1


def test_a_scheme_that_is_not_there_costs_only_its_own(tmp_path: Path) -> None:
    line = "  - {{plan: ke-hoach/a, kind: bao_cao, period: 2023-Q1, scheme: {}, out: '{{che_do}}'}}\n"
    jobs = "cong_viec:\n" + line.format("nd09").replace("{che_do}", "a") + line.format("nd9").replace("{che_do}", "b")
    good, bad = jobs_of(office(tmp_path, jobs, of=SAMPLE))
    assert good.target and not good.refused
    assert "nd9" in bad.refused and bad.key.scheme == "nd9"


def test_the_office_and_some_units(tmp_path: Path) -> None:
    line = "  - {plan: ke-hoach/a, kind: bao_cao, period: 2023-Q1, units: 'none, phong-noi-vu'}\n"
    jobs = jobs_of(office(tmp_path, f"cong_viec:\n{line}", of=SAMPLE))
    assert [job.key.unit for job in jobs] == ["", "phong-noi-vu"]


def test_a_draft_goes_on_being_told(tmp_path: Path) -> None:
    path = office(
        tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: bao_cao, period: 2023-Q1, scheme: nd09}\n", of=SAMPLE
    )
    said = tmp_path / "ke-hoach" / "a" / "tien-do" / "2023-Q1.yaml"
    told = yaml.safe_load(said.read_text(encoding="utf-8"))
    unit = told["tra_loi"][-1]["don_vi"] if "tra_loi" in told else ""
    for key in ("tien_do", "so_lieu", "ket_qua_chi_tieu", "loi_van", "tra_loi"):
        told[key] = [one for one in told.get(key, ()) if one.get("don_vi") not in (unit, None)]
    said.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    for _turn in range(2):
        result = run_once(path, date(2023, 3, 20), due=True)
        assert [one.state for one in result.told] == [State.DONE]
        assert "dự thảo" in result.told[0].message
    _code, shown = call("batch", "status", path)
    assert "bản dự thảo; chưa báo cáo" in shown


def test_a_ledger_killed_in_a_transaction_can_be_read(tmp_path: Path) -> None:
    path = office(tmp_path, JOBS)
    run_once(path)
    ledger = path.with_name("cong-viec.docgen.sqlite")
    script = (
        "import os, signal, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN IMMEDIATE')\n"
        "c.execute('CREATE TABLE big (x)')\n"
        "c.executemany('INSERT INTO big VALUES (?)', [('x' * 4000,)] * 500)\n"
        "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))\n"
    )
    subprocess.run([sys.executable, "-c", script, str(ledger)], check=False)
    assert Path(f"{ledger}-journal").exists()
    code, shown = call("batch", "status", path)
    assert code == 0 and "Đã xong" in shown
    with sqlite3.connect(ledger) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'big'").fetchone()


def test_an_empty_or_odd_ledger_is_told(tmp_path: Path) -> None:
    path = office(tmp_path, JOBS)
    ledger = path.with_name("cong-viec.docgen.sqlite")
    ledger.touch()
    code, shown = call("batch", "status", path)
    assert code == 6 and "chưa chạy lần nào" in shown
    run_once(path)
    with sqlite3.connect(ledger) as connection:
        connection.execute("UPDATE jobs SET state = 'lạ'")
    connection.close()
    with pytest.raises(OutputError, match="hỏng"):
        run_once(path)


def test_a_clock_that_went_back_is_no_matter(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.sqlite") as ledger:
        with sqlite3.connect(tmp_path / "a.sqlite") as connection:
            connection.execute(
                "INSERT INTO runs (started, finished, summary) VALUES ('2099-01-01T00:00:00+00:00', '', '')"
            )
        connection.close()
        ledger.end_run(ledger.begin_run(), "{}")
        last = ledger.last_run()
        assert last is not None and last.finished and not last.started.startswith("2099")


@pytest.mark.parametrize("jobs", ["x: [\n", "cong_viec:\n  - {plan: 'khong-co/*', kind: ke_hoach}\n"])
def test_whoever_waits_for_word_hears_that_nothing_ran(tmp_path: Path, jobs: str) -> None:
    path = office(tmp_path, jobs)
    note = tmp_path / "note.py"
    note.write_text(f"import sys; open({str(tmp_path / 'heard')!r}, 'wb').write(sys.stdin.buffer.read())")
    command = f'"{sys.executable}" "{note}"'
    code, _shown = call("batch", "run", path, "-j", 1, "--notify", command, "--summary", tmp_path / "s.json")
    assert code in (2, 3)
    for name in ("heard", "s.json"):
        (problem,) = yaml.safe_load((tmp_path / name).read_text(encoding="utf-8"))["problems"]
        assert "cong-viec.yaml" in problem["place"]["file"]
    code, _shown = call("batch", "run", path, "-j", 1, "--summary", tmp_path / "s.xlsx")
    assert code in (2, 3) and (tmp_path / "s.xlsx").stat().st_size


def test_a_cut_pdf_or_table_is_made_again(tmp_path: Path) -> None:
    line = "  - {plan: ke-hoach/a, kind: bao_cao, period: 2023-Q1, xlsx: true}\n"
    path = office(tmp_path, f"cong_viec:\n{line}", of=SAMPLE)
    run_once(path)
    (table,) = (tmp_path / "output").rglob("*.xlsx")
    table.write_bytes(b"")
    assert run_once(path).why[Why.MISSING] == 1


def test_a_broken_document_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = office(tmp_path, JOBS)
    run_once(path)
    ((name, content),) = documents(tmp_path / "output").items()
    (tmp_path / "output" / name).write_bytes(content[:500])
    (told,) = run_once(path).told
    assert told.state is State.KEPT and "xóa nó rồi chạy lại" in told.message


def test_a_letter_that_is_no_longer_due_is_told(tmp_path: Path) -> None:
    line = "  - {plan: ke-hoach/a, kind: don_doc, period: 2023-Q1}\n"
    path = office(tmp_path, f"cong_viec:\n{line}", of=SAMPLE)
    first = run_once(path)
    letters = {one.name for one in (tmp_path / "output").rglob("*.docx")}
    assert letters and first.nothing == first.jobs - len(letters)
    calm = next(one for one in jobs_of(path) if Path(one.target).name not in letters)
    shutil.copy(next((tmp_path / "output").rglob("*.docx")), tmp_path / calm.target)
    again = run_once(path, force=True)
    with Ledger.open(path.with_name("cong-viec.docgen.sqlite"), reading=True) as ledger:
        assert "xóa nếu không gửi" in ledger.outcomes_of("ke-hoach/a")[calm.key].message
    assert not again.failed


@POSIX
def test_a_link_in_a_circle_hides_no_file(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: tat_ca, out: ra}\n")
    made = run_once(path).made
    (tmp_path / "ra" / "vong").symlink_to("vong")
    result = run_once(path)
    assert (result.made, result.before) == (0, made)


def test_two_jobs_files_of_like_names_have_their_own_ledgers(tmp_path: Path) -> None:
    path = office(tmp_path, JOBS)
    other = path.with_suffix(".yml")
    other.write_text(JOBS.replace("}", ", out: khac}"), encoding="utf-8")
    assert (run_once(path).made, run_once(other).made, run_once(path).made) == (1, 1, 0)
