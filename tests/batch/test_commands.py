"""``docgen batch`` and ``docgen schedule`` as an operator calls them."""

import json
import shlex
import sys
import xml.dom.minidom
from datetime import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.batch.schedule import Scheduled, cron_entry, systemd_units, windows_task
from docgen.batch.summary import notify, open_log
from docgen.cli.main import docgen
from tests.batch.offices import SAMPLE, office
from tests.writers.spreadsheets import read_cells

JOBS = "cong_viec:\n  - {plan: 'ke-hoach/*', kind: tat_ca}\n"


def call(*words: object) -> Result:
    return CliRunner().invoke(docgen, [str(word) for word in words])


def test_run_and_status(tmp_path: Path) -> None:
    path = office(tmp_path, JOBS)
    assert call("batch", "status", path).exit_code == 2
    planned = call("batch", "run", path, "-j", 1, "--dry-run")
    assert planned.exit_code == 0 and "Sẽ soạn: chưa soạn" in planned.output
    done = call("batch", "run", path, "-j", 1, "--summary", tmp_path / "s.json")
    assert done.exit_code == 0, done.output
    summary = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert summary["made"] == summary["jobs"] == summary["done"] > 0
    again = json.loads(call("batch", "run", path, "-j", 1, "--force", "--format", "json").stdout)
    assert sorted(again["written"]) == ["output/a/ke-hoach.docx", "output/a/quyet-dinh.docx"]
    status = call("batch", "status", path)
    assert status.exit_code == 0 and "Lần chạy cuối" in status.output
    told = json.loads(call("batch", "status", path, "--format", "json").output)
    assert told["ok"] and told["states"]["done"] == summary["jobs"]


def test_what_waits_is_told_once_for_many_jobs(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: bao_cao, period: auto, units: all}\n", of=SAMPLE)
    done = call("batch", "run", path, "-j", 1, "--due", "01/01/2023")
    assert done.exit_code == 0, done.output
    assert done.output.count("2023-Q1 chưa kết thúc") == 1
    told = json.loads(call("batch", "run", path, "-j", 1, "--due", "01/01/2023", "--format", "json").stdout)
    assert (
        told["ok"]
        and told["kept"] == told["written"] == []
        and told["summary"]["waiting"] == told["summary"]["jobs"] > 17
    )


def test_a_refused_plan_gives_exit_code_5_a_workbook_and_a_notice(tmp_path: Path) -> None:
    path = office(tmp_path, JOBS, "a", "b")
    (tmp_path / "ke-hoach" / "a" / "ke-hoach.yaml").write_text("ma: x\n", encoding="utf-8")
    got = tmp_path / "nhan.json"
    script = f"import pathlib, sys; pathlib.Path({str(got)!r}).write_bytes(sys.stdin.buffer.read())"
    command = shlex.join([sys.executable, "-c", script])
    done = call("batch", "run", path, "-j", 1, "--summary", tmp_path / "s.xlsx", "--notify", command)
    assert done.exit_code == 5, done.output
    assert "bị từ chối: ke-hoach/a" in done.output and "ke-hoach.yaml:1" in done.output
    assert json.loads(got.read_text(encoding="utf-8"))["refused"] == 1
    cells = read_cells((tmp_path / "s.xlsx").read_bytes())
    assert "ke-hoach/a" in str(cells)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("batch", "run", "{}", "--summary", "a.txt"), ".json hoặc .xlsx"),
        (("batch", "run", "{}", "--due", "31/02/2023"), "31/02/2023"),
        (("batch", "run", "{}", "--executor", "proceses"), "ý bạn là “processes”?"),
        (("batch", "run", "khong-co.yaml"), "không có tệp công việc này"),
        (("schedule", "{}"), "--cron, --systemd hoặc --windows"),
        (("schedule", "{}", "--cron", "--at", "25:00"), "--at hh:mm"),
        (("schedule", "khong-co.yaml", "--cron"), "không có tệp công việc"),
    ],
)
def test_wrong_words_are_told(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    path = office(tmp_path, JOBS)
    done = call(*(str(path) if word == "{}" else word for word in words))
    assert done.exit_code in (2, 3)
    assert said in done.output
    assert not isinstance(done.exception, (ValueError, OSError))


HARD = Scheduled(Path("/văn phòng/100% xong/cv.yaml"), ("/opt/đoc gen/python", "-m", "docgen"), time(2, 30))


def test_cron_is_one_line_that_a_shell_reads() -> None:
    *_said, line = cron_entry(HARD).strip().split("\n")
    assert line.startswith("30 2 * * * ")
    unescaped = line.removeprefix("30 2 * * * ").replace(r"\%", "%")
    assert tuple(shlex.split(unescaped)) == HARD.words
    assert "%" not in line.replace(r"\%", "")


def test_systemd_catches_up_and_quotes() -> None:
    text = systemd_units(HARD)
    assert "Persistent=true" in text and "OnCalendar=*-*-* 02:30:00" in text
    assert 'ExecStart="/opt/đoc gen/python" -m docgen batch run "/văn phòng/100%% xong/cv.yaml" --due' in text


def test_windows_is_xml_and_is_written_as_utf_16(tmp_path: Path) -> None:
    root = xml.dom.minidom.parseString(windows_task(HARD).replace('encoding="UTF-16"', "").encode())
    (arguments,) = root.getElementsByTagName("Arguments")
    assert arguments.firstChild is not None
    assert arguments.firstChild.nodeValue == '-m docgen batch run "/văn phòng/100% xong/cv.yaml" --due'
    assert root.getElementsByTagName("StartWhenAvailable")[0].firstChild.nodeValue == "true"  # type: ignore[union-attr]
    path = office(tmp_path, JOBS)
    assert call("schedule", path, "--windows", "-o", tmp_path / "t.xml").exit_code == 0
    xml.dom.minidom.parse(str(tmp_path / "t.xml"))
    assert call("schedule", path, "--systemd").output.count("cong-viec.yaml") == 2
    assert call("schedule", path, "--systemd", "-o", tmp_path / "don-vi").exit_code == 0
    assert sorted(one.name for one in (tmp_path / "don-vi").iterdir()) == [
        "docgen-cong-viec.service",
        "docgen-cong-viec.timer",
    ]
    command = call("schedule", path, "--cron", "--notify", "bao 'a b'", "--summary", tmp_path / "t.xlsx").output
    words = shlex.split(command.splitlines()[-1])
    assert words[words.index("--notify") + 1] == "bao 'a b'"
    assert words[words.index("--summary") + 1] == str(tmp_path / "t.xlsx")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("khong-co-lenh-nay", "không chạy được"),
        ("'", "không chạy được"),
        ("", "không chạy được"),
        (shlex.join([sys.executable, "-c", "raise SystemExit(3)"]), "mã 3"),
        (shlex.join([sys.executable, "-c", "import time; time.sleep(60)"]), "chưa xong"),
    ],
)
def test_a_notice_that_fails_is_a_sentence(command: str, said: str) -> None:
    assert said in notify(command, {"jobs": 1}, seconds=0.5)


def test_the_log_is_rotated_and_keeps_lines_whole(tmp_path: Path) -> None:
    with open_log(tmp_path / "a.log", size=2000) as log:
        for number in range(100):
            log.write(f"dòng {number}\nhai")
    files = sorted(tmp_path.iterdir())
    assert 2 <= len(files) <= 6
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    assert all(line.endswith("· hai") for line in lines)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_log_on_a_full_disk_does_not_stop_the_work(tmp_path: Path) -> None:
    (tmp_path / "a.log").symlink_to("/dev/full")
    with open_log(tmp_path / "a.log") as log:
        log.write("một dòng")
