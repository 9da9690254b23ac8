"""The command line: each command is explained, and what it prints can be relied upon."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from docgen.cli.main import COMMANDS, MODULES, docgen
from tests.cli import ALL_COMMANDS, fault_of_ours
from tests.conftest import ROOT, MakePlan

Run = Callable[..., tuple[int, str]]


def outside(*arguments: str | Path, encoding: str = "utf-8", **more: str) -> subprocess.CompletedProcess[bytes]:
    """docgen in a process of its own, as from a shell."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, **more}
    command = [sys.executable, "-m", "docgen", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=environment, check=False)


# ---------------------------------------------------------------- every command


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_explained(name: str, run: Run) -> None:
    code, shown = run(name, "--help")
    assert code == 0
    command: click.Command = import_module(f"docgen.cli.{MODULES.get(name, name)}").command
    assert command.name == name
    assert command.help
    assert all(isinstance(parameter, click.Argument) or parameter.help for parameter in command.params), shown
    assert COMMANDS[name] in CliRunner().invoke(docgen, ["--help"]).output.replace("\n" + " " * 12, " ")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_in_the_docs(name: str) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(f"docgen {name}" in page.read_text(encoding="utf-8") for page in pages), f"no page says docgen {name}"


#: Options that mean something else in each command, which its help says.
OWN_WORDS = {"--out", "--unit", "--don-vi-tinh", "--annotate", "--xlsx"}
#: Command and option: why it has words of its own.
OTHER_WORDS = {
    ("batch run", "--force"): "what is done already is made again as well",
    ("periods", "--scheme"): "no file of progress names one",
}


def test_an_option_is_explained_in_the_same_words_everywhere() -> None:
    found: dict[str, set[str | None]] = {}
    for command, declared in ALL_COMMANDS.items():
        for option in declared.params:
            if isinstance(option, click.Option):
                name = next(one for one in option.opts if one.startswith("--"))
                if name not in OWN_WORDS and (command, name) not in OTHER_WORDS:
                    found.setdefault(name, set()).add(option.help)
    assert {name: words for name, words in found.items() if len(words) > 1} == {}


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['docgen', '--help']\n"
        "from docgen.cli.main import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "heavy = {'yaml', 'docxtpl', 'docx', 'lxml', 'jinja2', 'openpyxl', 'babel'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize(
    "arguments", [["khong-co"], ["validate"], ["validate", "x", "--khong-co"], ["validate", "x", "--format", "xml"]]
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    done = outside(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.mark.parametrize("words", [("form",), ("form", "plan"), ("form", "progress"), ("import",), ("import", "tasks")])
def test_help_is_vietnamese_below_groups_too(words: tuple[str, ...]) -> None:
    shown = outside(*words, "--help").stdout.decode()
    assert "[TÙY CHỌN]" in shown
    assert [word for word in ("OPTIONS", "COMMAND", "ARGS", "required") if word in shown] == []


def test_a_fault_of_ours_is_exit_code_70() -> None:
    done = fault_of_ours()
    assert done.returncode == 70
    assert done.stderr.decode().startswith("docgen gặp lỗi của chính nó: RuntimeError: hỏng\n  → ")


# ---------------------------------------------------------------- validate

SAMPLE_SAYS = (
    "Kế hoạch “cchc-2023” năm 2023 hợp lệ: 7 nhóm, 22 nhiệm vụ, 406 triệu đồng\n"
    "Bằng chữ: Bốn trăm linh sáu triệu đồng\n"
)


def test_validate_the_real_plan(sample: Path) -> None:
    done = outside("validate", sample)
    assert done.returncode == 0
    assert done.stdout.decode().replace("\r\n", "\n") == SAMPLE_SAYS
    assert "Kế hoạch CCHC năm 2022" in done.stderr.decode()
    assert "lỗi" not in done.stderr.decode()


def test_validate_prints_the_tasks(sample: Path, run: Run) -> None:
    code, shown = run("validate", "--tasks", sample)
    assert code == 0
    assert "\nVI.   XÂY DỰNG VÀ PHÁT TRIỂN CHÍNH QUYỀN ĐIỆN TỬ, CHÍNH QUYỀN SỐ: 70 triệu đồng\n" in shown
    assert "\n      Văn phòng HĐND&UBND thị xã | 20 | Năm 2023\n" in shown


def test_json_of_a_good_plan(sample: Path) -> None:
    done = outside("validate", sample, "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert (found["ok"], found["written"], found["kept"]) == (True, [], [])
    assert (found["groups"], found["tasks"], found["total"]) == (7, 22, "406 triệu đồng")
    assert {problem["severity"] for problem in found["problems"]} == {"warning", "info"}


def test_json_of_a_bad_plan(make_plan: MakePlan) -> None:
    done = outside("validate", make_plan(ROOT / "tests" / "invalid" / "code-doubled-task"), "--format", "json")
    assert (done.returncode, done.stderr) == (3, b"")
    found = json.loads(done.stdout)
    assert set(found) == {"version", "ok", "written", "kept", "problems"}
    assert found["version"] == 1
    assert found["ok"] is False
    (problem,) = found["problems"]
    assert set(problem) >= {"code", "severity", "message", "hint", "place"}
    assert (problem["code"], problem["severity"]) == ("data.doubled-code", "error")
    assert set(problem["place"]) == {"file", "line", "column", "sheet", "cell", "part", "path"}
    assert (problem["place"]["file"], problem["place"]["line"]) == ("plan/ke-hoach.yaml", 32)
    assert problem["place"]["path"] == "phu_luc[0].nhom[0].nhiem_vu[1].ma"


def test_json_of_no_plan(tmp_path: Path) -> None:
    done = outside("validate", tmp_path / "x", "--format", "json")
    assert done.returncode == 3
    assert json.loads(done.stdout)["problems"][0]["code"] == "plan.missing"


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp1258", "cp437"])
def test_a_terminal_without_vietnamese(encoding: str, sample: Path, make_plan: MakePlan) -> None:
    done = outside("validate", sample, encoding=encoding)
    assert done.returncode == 0, done.stderr
    assert b"22 nhi" in done.stdout
    assert b"?" not in done.stdout
    assert outside("--help", encoding=encoding).returncode == 0
    wrong = outside("validate", make_plan(ROOT / "tests" / "invalid" / "amount-letter-o"), encoding=encoding)
    assert wrong.returncode == 3
    assert b"plan/ke-hoach.yaml:30:23: l" in wrong.stderr
    listed = outside("validate", sample, "--format", "json", encoding=encoding)
    assert json.loads(listed.stdout.decode("ascii"))["total_in_words"] == "Bốn trăm linh sáu triệu đồng"


def test_bare_letters() -> None:
    done = outside("words", "1.234,5", "--unit", "triệu đồng", encoding="cp1252")
    words = " ".join(done.stdout.decode("cp1252").split())
    assert words == "Mot ty hai tram ba muoi tu trieu nam tram nghìn dong"


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["406"], "bốn trăm linh sáu"),
        (["406", "--unit", "triệu đồng"], "Bốn trăm linh sáu triệu đồng"),
        (["406,5", "--unit", "triệu đồng"], "Bốn trăm linh sáu triệu năm trăm nghìn đồng"),
        (["105", "--linh", "lẻ"], "một trăm lẻ năm"),
        (["1000", "--nghin", "ngàn"], "một ngàn"),
        (["24", "--tu", "bốn"], "hai mươi bốn"),
        (["1000000000", "--ty", "tỉ"], "một tỉ"),
        (["5", "--unit", "đồng", "--chan"], "Năm đồng chẵn"),
        (["--", "-5"], "âm năm"),
    ],
)
def test_words(arguments: list[str], expected: str, run: Run) -> None:
    assert run("words", *arguments) == (0, expected + "\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2O"], "ý bạn là số 0?"),
        (["1.234"], "có thể là 1234 hoặc 1,234"),
        (["0,5", "--unit", "đồng"], "không chẵn đến đồng"),
        (["5", "--unit", "đô la"], "đô la"),
        (["5", "--linh", "lẽ"], "lẽ"),
    ],
)
def test_words_refused(arguments: list[str], said: str, run: Run) -> None:
    code, shown = run("words", *arguments)
    assert code == 2
    assert said in shown


# ---------------------------------------------------------------- init


def test_init_makes_a_plan_that_validates(tmp_path: Path, run: Run) -> None:
    code, shown = run("init", tmp_path / "moi")
    assert code == 0
    for name in ("don-vi.yaml", "ke-hoach.yaml", "quyet-dinh.yaml", "van-ban/to-trinh.yaml"):
        assert name in shown
        assert (tmp_path / "moi" / name).is_file()
    code, shown = run("validate", tmp_path / "moi")
    assert code == 0
    assert "năm 2026 hợp lệ" in shown
    assert "còn chỗ chưa điền" in shown


def test_init_for_a_year(tmp_path: Path, run: Run) -> None:
    assert run("init", tmp_path / "moi", "--year", "2031")[0] == 0
    text = (tmp_path / "moi" / "ke-hoach.yaml").read_text(encoding="utf-8")
    assert "nam: 2031\n" in text
    assert "2026" not in text
    assert "ngày 16 tháng 6 năm 2025" in (tmp_path / "moi" / "quyet-dinh.yaml").read_text(encoding="utf-8")
    assert "năm 2031 hợp lệ" in run("validate", tmp_path / "moi")[1]


def test_init_from_another_plan(tmp_path: Path, sample: Path, run: Run) -> None:
    assert run("init", tmp_path / "moi", "--year", "2024", "--from", sample)[0] == 0
    texts = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "moi").rglob("*.yaml")}
    assert set(texts) == {"ke-hoach.yaml", "don-vi.yaml", "quyet-dinh.yaml", "to-trinh.yaml"}
    assert "nam: 2024\n" in texts["ke-hoach.yaml"]
    assert "Nguyễn Thanh Minh" not in "".join(texts.values())
    for gone in ("3951", "ngay: 30/12/2022", "ngay: 12/2022"):
        assert gone not in "".join(line.split("#")[0] for text in texts.values() for line in text.splitlines())
    assert "(Ban hành kèm theo Quyết định" not in texts["ke-hoach.yaml"]
    assert "# bổ sung: tên thị xã" in texts["quyet-dinh.yaml"]
    assert "Cải cách hành chính gắn với chính quyền số,\n" in texts["ke-hoach.yaml"]
    code, shown = run("validate", tmp_path / "moi")
    assert code == 0, shown
    assert "năm 2024 hợp lệ: 7 nhóm, 22 nhiệm vụ" in shown


def test_init_never_writes_into_a_folder_with_content(tmp_path: Path, run: Run) -> None:
    (tmp_path / "moi").mkdir()
    assert run("init", tmp_path / "moi")[0] == 0
    before = sorted(path.name for path in tmp_path.rglob("*"))
    code, shown = run("init", tmp_path / "moi")
    assert code == 6
    assert "thư mục đã có nội dung\n  → chọn một thư mục mới" in shown
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_init_from_no_plan(tmp_path: Path, run: Run) -> None:
    code, shown = run("init", tmp_path / "moi", "--from", tmp_path)
    assert code == 3
    assert "không có tệp ke-hoach.yaml" in shown
    assert not (tmp_path / "moi").exists()


def test_init_from_an_unreadable_plan(tmp_path: Path, make_plan: MakePlan, run: Run) -> None:
    broken = make_plan(ROOT / "tests" / "invalid" / "yaml-unclosed-bracket")
    code, shown = run("init", tmp_path / "moi", "--from", broken)
    assert code == 3
    assert "ngoặc [ hoặc { mở ở đây mà chưa đóng" in shown
    assert not (tmp_path / "moi").exists()
