"""Locks between real processes: one holder at a time, whatever its lock's age; a holder that is killed lets go."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docgen.base.locks import Holder, exclusive
from docgen.errors import OutputError, Problem
from tests.locked import holder
from tests.other_user import AsUser


def busy(found: Holder) -> Problem:
    return Problem("busy", f"held by {found.process}")


def enter(lock: Path, patience: float = 0.0) -> None:
    with exclusive(lock, busy, patience=patience):
        pass


def refused(lock: Path) -> str:
    with pytest.raises(OutputError) as found:
        enter(lock)
    return str(found.value)


def test_a_second_holder_waits_and_is_told_who_holds_it(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with holder(lock) as process:
        begun = time.monotonic()
        with pytest.raises(OutputError, match=f"held by {process.pid}$"):
            enter(lock, 0.3)
        assert 0.3 <= time.monotonic() - begun < 3
    enter(lock)
    assert not lock.exists()


def test_a_second_block_of_the_same_process_is_refused_too(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with exclusive(lock, busy, patience=0.0):
        os.utime(lock, (0, 0))  # 1970: as old as a lock can look
        assert f"held by {os.getpid()}" in refused(lock)
        assert lock.exists()
    assert not lock.exists()


def test_whoever_waits_gets_it_when_the_holder_leaves(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with (
        holder(lock) as process,
        subprocess.Popen([sys.executable, "-c", _ENTER, str(lock)], stdout=subprocess.PIPE) as waiting,
    ):
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(1.0)
        assert process.stdin is not None
        process.stdin.close()
        assert waiting.communicate(timeout=10)[0].strip() == b"in"


_ENTER = """
import sys
from pathlib import Path
from docgen.base.locks import exclusive
from docgen.errors import Problem
with exclusive(Path(sys.argv[1]), lambda _holder: Problem("busy", "busy"), patience=10.0):
    print("in")
"""


def test_a_killed_holder_lets_go(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with holder(lock) as process:
        process.kill()
        process.wait()
        assert lock.exists()
        enter(lock)
    assert not lock.exists()


_COUNT = """
import sys
from pathlib import Path
from docgen.base.locks import exclusive
from docgen.errors import Problem
lock, figure = Path(sys.argv[1]), Path(sys.argv[2])
for _turn in range(50):
    with exclusive(lock, lambda _holder: Problem("busy", "busy"), patience=60.0):
        figure.write_text(str(int(figure.read_text()) + 1))
"""


def test_of_many_that_come_and_go_only_one_is_inside(tmp_path: Path) -> None:
    """The file is removed and made again all the time; two inside at once would lose a count."""
    lock, figure = tmp_path / "lock", tmp_path / "figure"
    figure.write_text("0")
    command = [sys.executable, "-c", _COUNT, str(lock), str(figure)]
    running = [subprocess.Popen(command) for _process in range(4)]
    assert [process.wait(120) for process in running] == [0] * 4
    assert figure.read_text() == "200"


def test_a_full_disk_loses_the_name_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    lock = tmp_path / "lock"
    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        taken = exclusive(lock, busy, patience=0.0)
        taken.__enter__()
    assert "held by None" in refused(lock)
    taken.__exit__(None, None, None)


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    fcntl = pytest.importorskip("fcntl", reason="locks otherwise on Windows")

    def no_locks(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    assert "lock: lỗi: ổ đĩa hoặc thư mục mạng này không khóa được tệp" in refused(tmp_path / "lock")


def test_something_else_stands_there(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    assert "ở đây đã có một thư mục" in refused(tmp_path / "lock")
    (tmp_path / "file").touch()
    assert "“" in refused(tmp_path / "file" / "lock")


def test_a_folder_that_may_not_be_written(open_folder: Path, as_user: AsUser) -> None:
    assert as_user(lambda: enter(open_folder / "lock")) == ["output.unwritable"]
