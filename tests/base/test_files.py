"""Whatever cuts a run off, a target is absent or whole, and what is left over goes at the next run."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.base import files
from docgen.base.files import replace_file, write_folder
from docgen.base.ooxml import make_entry
from docgen.errors import OutputError
from docgen.writers.seal import edited_by_hand
from docgen.writers.write import write_document, write_documents
from tests.other_user import AsUser
from tests.writers.documents import make_document, make_parts, sealed

ROOT = Path(__file__).parents[2]
OLD, NEW = make_document("bản cũ"), make_document("bản mới")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


WRITE_FOREVER = """
import itertools, sys
from pathlib import Path
from docgen.base.files import replace_file
contents = [Path(name).read_bytes() for name in sys.argv[2:]]
print("ready", flush=True)
for number in itertools.count():
    replace_file(Path(sys.argv[1]) / f"quyet-dinh-{number % 5}.docx", contents[number // 5 % 2])
"""


def test_killed_at_any_moment_no_file_is_half_written(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    sources = [tmp_path / "one", tmp_path / "two"]
    for source in sources:
        source.write_bytes(sealed([*make_parts(), make_entry("word/media/a.png", random.randbytes(1_000_000))]))
    whole = {source.read_bytes() for source in sources}
    left_over = 0
    for _kill in range(20):
        command = [sys.executable, "-c", WRITE_FOREVER, str(output), *map(str, sources)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(random.uniform(0, 0.06))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for path in output.iterdir():
            if path.suffix != ".tmp":
                assert path.read_bytes() in whole, f"{path.name} is half written"
        left_over = max(left_over, sum(path.suffix == ".tmp" for path in output.iterdir()))
    assert left_over, "no kill came while a file was being written: the test proves nothing"
    write_documents({output / f"quyet-dinh-{number}.docx": NEW for number in range(5)})
    assert names(output) == [f"quyet-dinh-{number}.docx" for number in range(5)]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("before", [None, OLD])
def test_a_full_disk_leaves_things_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, before: bytes | None
) -> None:
    target = tmp_path / "a.docx"
    if before:
        target.write_bytes(before)
    monkeypatch.setattr(os, "fsync", _failing(OSError(number, os.strerror(number))))
    with pytest.raises(OutputError, match="đĩa đã đầy\n  → xóa bớt tệp"):
        write_document(target, NEW)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == ({"a.docx": before} if before else {})


def test_a_full_disk_found_while_a_backup_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"edited")
    monkeypatch.setattr(os, "fsync", _failing(OSError(errno.ENOSPC, "")))
    with pytest.raises(OutputError):
        write_document(target, NEW, force=True)
    assert names(tmp_path) == ["a.docx"]
    assert target.read_bytes() == b"edited"


def test_a_write_that_really_stops_in_the_middle(open_folder: Path, as_user: AsUser) -> None:
    import resource

    open_folder.chmod(0o777)
    target = open_folder / "a.docx"

    def write_with_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        write_document(target, NEW)

    assert as_user(write_with_little_room) == ["output.unwritable"]
    assert names(open_folder) == []


def test_ctrl_c_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", _failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        write_document(tmp_path / "a.docx", NEW)
    assert names(tmp_path) == []


def test_a_folder_that_can_not_be_synced_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", _failing(OSError(errno.EACCES, ""), only=tmp_path))
    replace_file(tmp_path / "a.pdf", b"content")
    assert (tmp_path / "a.pdf").read_bytes() == b"content"


def _failing(error: BaseException, only: object = None) -> Callable[..., int]:
    real = os.open

    def fail(*arguments: object) -> int:
        if only is not None and arguments[0] != only:
            return real(*arguments)  # type: ignore[arg-type]
        raise error

    return fail


def _dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_left_overs_of_the_same_target_go_once_their_process_has(tmp_path: Path) -> None:
    dead = _dead_process()
    stays = [
        f".a.docx.{os.getpid()}.0a1b2c3d.tmp",  # may be written right now
        f".b.docx.{dead}.0a1b2c3d.tmp",  # of another target
        f"a.docx.{dead}.0a1b2c3d.tmp",
        ".a.docx.0a1b2c3d.tmp",
        ".a.docx.tmp",
        ".tmp",
    ]
    goes = (f".{name}.{dead}.0a1b2c3d.tmp" for name in ("a.docx", "a.moi.docx", "a.docx.bak"))
    for name in [*stays, *goes, f".a.docx.{10**30}.0a1b2c3d.tmp"]:
        (tmp_path / name).touch()
    write_document(tmp_path / "a.docx", NEW)
    assert names(tmp_path) == sorted([*stays, "a.docx"])


def test_left_overs_older_than_a_day_go_whoever_has_their_number_now(tmp_path: Path) -> None:
    old = tmp_path / f".a.docx.{os.getpid()}.0a1b2c3d.tmp"
    old.touch()
    os.utime(old, (time.time() - 90_000,) * 2)
    write_documents({tmp_path / "a.docx": NEW})
    assert names(tmp_path) == ["a.docx"]


def test_a_process_of_another_user_is_running() -> None:
    assert files._is_running(1)


def test_two_at_once_end_with_one_of_both(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(NEW)
    (tmp_path / "old").write_bytes(OLD)
    script = (
        "import sys; from pathlib import Path; from docgen.writers.write import write_document\n"
        "for _ in range(100): write_document(Path(sys.argv[1]), Path(sys.argv[2]).read_bytes())"
    )
    target = tmp_path / "output" / "a.docx"
    command = [sys.executable, "-c", script, str(target)]
    processes = [subprocess.Popen([*command, str(tmp_path / name)], cwd=ROOT) for name in ("new", "old")]
    assert [process.wait() for process in processes] == [0, 0]
    assert not edited_by_hand(target.read_bytes())
    assert names(target.parent) == ["a.docx"]


def test_a_new_folder_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "plan"
    write_folder(folder, {"a.yaml": "một", "mau/b.docx": b"hai"})
    assert (folder / "a.yaml").read_text("utf-8") == "một"
    assert (folder / "mau" / "b.docx").read_bytes() == b"hai"
    with pytest.raises(OutputError, match="thư mục đã có nội dung"):
        write_folder(folder, {})
    monkeypatch.setattr(Path, "write_bytes", _failing(OSError(errno.ENOSPC, "")))
    with pytest.raises(OutputError, match="đĩa đã đầy"):
        write_folder(tmp_path / "other", {"a.yaml": "một"})
    assert names(tmp_path) == ["plan"]


def test_a_new_folder_where_none_can_be(tmp_path: Path, open_folder: Path, as_user: AsUser) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="là một tệp, không phải thư mục"):
        write_folder(tmp_path / "file" / "plan", {})
    with pytest.raises(OutputError, match="quá dài"):
        write_folder(tmp_path / ("x" * 300), {})
    (open_folder / "closed").mkdir(mode=0)
    open_folder.chmod(0o555)
    assert as_user(lambda: write_folder(open_folder / "plan", {})) == ["output.unwritable"]
    assert as_user(lambda: write_folder(open_folder / "closed", {})) == ["output.unwritable"]
