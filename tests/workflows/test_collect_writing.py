"""What collecting writes, whatever happens meanwhile: nothing is lost, nothing is half written."""

import errno
import os
import time
from pathlib import Path

import pytest

from docgen.errors import DataError, OutputError
from docgen.model.progress.progress import Receipts
from docgen.readers.progress_folder import read_progress
from docgen.readers.yaml.writer import write_progress
from docgen.workflows.build import load_plan, shipped_data
from docgen.workflows.collect import collect
from tests.collected import LATER, NOW, TASKS, half_done, opened, saved, sent, take
from tests.conftest import MakePlan
from tests.forms import fill
from tests.locked import holder


def test_a_dry_run_writes_nothing(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    form = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    collected = take(plan, form, dry_run=True)
    assert [one.outcome for one in collected.files] == ["taken"]
    assert not collected.written
    assert not (plan / "tien-do").exists()


def test_a_run_killed_between_the_two_files_is_mended_by_the_next(
    make_plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan()
    form = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    real = __import__("docgen.workflows.collect", fromlist=["replace_file"]).replace_file

    def killed(target: Path, content: bytes) -> None:
        if target.parent.name == "nhan":
            raise KeyboardInterrupt
        real(target, content)

    with monkeypatch.context() as patched:
        patched.setattr("docgen.workflows.collect.replace_file", killed)
        with pytest.raises(KeyboardInterrupt):
            take(plan, form)
    data = saved(plan)
    assert opened(plan).receipts == Receipts()
    (one,) = take(plan, form, now=LATER).files
    assert (one.outcome, one.changes) == ("taken", ())
    assert saved(plan) == data
    assert [receipt.unit for receipt in opened(plan).receipts.receipts] == ["phong-kinh-te"]


def test_a_run_killed_before_anything_is_written_leaves_everything_as_it_was(
    make_plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan()
    form = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])

    def full(target: Path, content: bytes) -> None:
        raise OutputError([])

    monkeypatch.setattr("docgen.workflows.collect.replace_file", full)
    with pytest.raises(OutputError):
        take(plan, form)
    assert [path for path in (plan / "tien-do").rglob("*") if path.is_file()] == []


def test_what_somebody_else_wrote_meanwhile_is_not_lost(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    forms = sent(plan, tmp_path / "forms")
    half_done(forms["phong-kinh-te"])
    fill(forms["van-phong"], {TASKS: {"G6": 20}})
    slow = opened(plan)
    take(plan, forms["van-phong"])
    with pytest.raises(OutputError, match="vừa bị thay đổi trong khi đang thu"):
        collect(slow, [forms["phong-kinh-te"]], now=NOW)
    take(plan, forms["phong-kinh-te"])
    assert [one.percent for one in opened(plan).before.tasks] == [50, 20]


def test_a_lock_is_waited_for_however_old_and_a_file_left_behind_locks_nothing(
    make_plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan()
    form = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    lock = plan / "tien-do" / "nhan" / ".dang-thu"
    lock.parent.mkdir(parents=True)
    with monkeypatch.context() as impatient, holder(lock) as process:
        impatient.setattr("docgen.workflows.collect._PATIENCE", 0.1)
        long_ago = time.time() - 1000
        os.utime(lock, (long_ago, long_ago))
        with pytest.raises(
            OutputError, match=rf"một lệnh docgen khác đang ghi ở đây \(tiến trình {process.pid}, từ \d"
        ):
            take(plan, form)
        assert lock.exists()
        process.kill()
        process.wait()
    assert lock.exists()
    assert take(plan, form).written
    assert not lock.exists()


def test_a_folder_without_locks_is_told(make_plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = make_plan()
    form = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    fcntl = pytest.importorskip("fcntl", reason="locks otherwise on Windows")

    def refused(*_arguments: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refused)
    with pytest.raises(OutputError, match=r"\.dang-thu: lỗi: ổ đĩa hoặc thư mục mạng này không khóa được tệp"):
        take(plan, form)


def test_written_progress_reads_back_equal(sample: Path, make_plan: MakePlan, tmp_path: Path) -> None:
    del make_plan
    loaded = load_plan(sample)
    files = read_progress(loaded, None, shipped_data()).value.files
    for period, file in files.items():
        (tmp_path / f"{period}.yaml").write_text(write_progress(file, "# một\n# hai\n"), encoding="utf-8")
    assert read_progress(loaded, tmp_path, shipped_data()).value.files == files


def test_broken_receipts_are_refused(make_plan: MakePlan) -> None:
    plan = make_plan(files={"tien-do/nhan/2026-Q1.yaml": "nhan: 5\n"})
    with pytest.raises(DataError, match="cần một danh sách"):
        opened(plan)
