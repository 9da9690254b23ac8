"""The ledger: what it keeps, that it survives, and what it says of files that are no ledger."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.batch.job import Key, Outcome, State
from docgen.batch.ledger import CommonMessage, Ledger, run_lock
from docgen.errors import OutputError
from tests.locked import holder

DONE = Outcome(
    Key("kh/a", "bao_cao", "nd09", "2023-Q1", "phòng-ờ"), State.DONE, "ra/a.docx", "i", "t", "ra/a.docx", "h", 10,
    2**62, "h", 1, 0.25, "2026-01-01T00:00:00+00:00", "nói “gì”",
)  # fmt: skip


def other(number: int, state: State = State.FAILED) -> Outcome:
    return replace(DONE, key=Key("kh/a", "x", unit=str(number)), state=state, finished=f"2026-01-01T00:00:{number:02}")


def test_what_is_recorded_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Ledger.open(path) as ledger:
        ledger.record([DONE, other(1), other(2, State.KEPT)])
        ledger.remember_plans({"kh/a": '{"a": "ừ"}'})
    with Ledger.open(path, reading=True) as ledger:
        assert ledger.outcomes_of("kh/a")[DONE.key] == DONE
        assert ledger.outcomes_of("kh/b") == {}
        assert ledger.plans() == {"kh/a": '{"a": "ừ"}'}
        counts = ledger.counts()
        assert (counts[State.DONE], counts[State.FAILED], counts[State.KEPT], counts[State.WAITING]) == (1, 1, 1, 0)
        assert ledger.messages(State.KEPT) == [CommonMessage("nói “gì”", 1, "kh/a", "ra/a.docx")]
    assert [one.name for one in tmp_path.iterdir()] == ["a.sqlite"]  # nothing left beside it


def test_what_is_said_is_said_once_of_many_the_most_frequent_first(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.sqlite") as ledger:
        ledger.record([replace(other(n), message="a" if n % 3 else "b") for n in range(9)])
        assert [(one.message, one.jobs) for one in ledger.messages(State.FAILED)] == [("a", 6), ("b", 3)]
        ledger.record([replace(other(n), message=f"{n}") for n in range(50)])
        assert len(ledger.messages(State.FAILED)) == 20


def test_what_is_no_job_any_more_is_let_go(tmp_path: Path) -> None:
    gone, left = other(1, State.REFUSED), other(2)
    elsewhere = replace(other(3, State.REFUSED), key=Key("kh/b", "x"), written="")
    made = replace(elsewhere, key=Key("kh/b", "y"), state=State.KEPT, written="ra/y.docx")
    with Ledger.open(tmp_path / "a.sqlite") as ledger:
        ledger.record([DONE, gone, left, elsewhere, made])
        ledger.remember_plans({"kh/a": "{}", "kh/b": "{}"})
        ledger.forget([gone.key])
        assert set(ledger.outcomes_of("kh/a")) == {DONE.key, left.key}
        ledger.forget_others(["kh/a"])
        assert set(ledger.outcomes_of("kh/a")) == {DONE.key, left.key}
        assert set(ledger.outcomes_of("kh/b")) == {made.key}
        assert ledger.plans() == {"kh/a": "{}"}


def test_a_file_stays_known_when_a_later_try_comes_to_nothing(tmp_path: Path) -> None:
    refused = replace(other(1, State.REFUSED), key=DONE.key, written="", output="", size=0, modified=0, pdf="")
    with Ledger.open(tmp_path / "a.sqlite") as ledger:
        ledger.record([DONE])
        ledger.record([refused])
        row = ledger.outcomes_of("kh/a")[DONE.key]
        assert (row.state, row.written, row.output, row.size) == (State.REFUSED, DONE.written, DONE.output, DONE.size)
        ledger.record([replace(DONE, key=Key("kh/b", "don_doc"), written="")])
        ledger.forget_others(["kh/a"])
        assert ledger.outcomes_of("kh/b") == {}


def test_attempts_add_up_until_the_inputs_change(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.sqlite") as ledger:
        for _turn in range(3):
            ledger.record([DONE])
        assert ledger.outcomes_of("kh/a")[DONE.key].attempts == 3
        ledger.record([replace(DONE, inputs="other")])
        assert ledger.outcomes_of("kh/a")[DONE.key].attempts == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"kh\xc3\xb4ng ph\xe1\xba\xa3i s\xe1\xbb\x95" * 100, "hỏng"),
        (b"SQLite format 3\0" + b"\xff" * 4080, "hỏng"),
    ],
)
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(content)
    with pytest.raises(OutputError, match=said), Ledger.open(path):
        pass
    assert path.read_bytes() == content


def test_a_database_of_another_program_or_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE jobs (a)")
    with pytest.raises(OutputError, match="không phải sổ"), Ledger.open(path):
        pass
    newer = tmp_path / "b.sqlite"
    with Ledger.open(newer):
        pass
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(OutputError, match="phiên bản"), Ledger.open(newer):
        pass


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Ledger.open(path) as ledger:
        ledger.record([DONE])
        ledger._connection.execute("PRAGMA max_page_count = 12")
        with pytest.raises(OutputError, match="hết chỗ"):
            ledger.record([replace(other(number), message="x" * 2000) for number in range(100)])
        assert ledger.counts()[State.DONE] == 1
    with Ledger.open(path) as ledger:
        assert list(ledger.outcomes_of("kh/a")) == [DONE.key]


def test_a_second_run_is_told_and_a_killed_one_lets_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.batch.ledger._PATIENCE", 0.1)
    lock = tmp_path / "a.lock"
    with holder(lock) as process:
        with pytest.raises(OutputError, match=f"tiến trình {process.pid}"), run_lock(lock):
            pass
        process.kill()
        process.wait()
    monkeypatch.undo()
    with run_lock(lock):
        pass


_WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from docgen.batch.ledger import Ledger
from tests.batch.test_ledger import other
with Ledger.open(Path(sys.argv[1])) as ledger:
    print("go", flush=True)
    for turn in range(10**6):
        ledger.record([replace(other(number), seconds=float(turn)) for number in range(50)])
"""


def test_killed_while_writing_it_is_whole_and_of_one_transaction(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    root = str(Path(__file__).parents[2])
    for _turn in range(3):
        with subprocess.Popen([sys.executable, "-c", _WRITER, str(path), root], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None and writer.stdout.readline().strip() == b"go"
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(0.3)
            writer.kill()
            writer.wait()
        with Ledger.open(path) as ledger:
            assert ledger._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            rows = ledger.outcomes_of("kh/a").values()
            assert len({one.seconds for one in rows}) <= 1
