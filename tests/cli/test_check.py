"""``docgen check`` and ``docgen rules``: what a person and a program read, and the exit code."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from docgen.cli import show
from docgen.cli.show import waited_for
from docgen.errors import Place, Severity
from docgen.layout.findings import Finding
from tests.conftest import ROOT
from tests.layout.documents import build, decision, letter

Run = Callable[..., tuple[int, str]]
LETTER = ROOT / "tests" / "layout" / "letters" / "cong-van-muoi-loi.docx"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "dung.docx"
    path.write_bytes(build(letter()))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return Path(shutil.copy(LETTER, tmp_path / "sai.docx"))


def words_finding() -> Finding:
    return Finding(
        "ND30-X.1", "viet-hoa", "", Place("a.docx"), "Ủy Ban", "Ủy ban", Severity.WARNING, "noi_dung", "Viết hoa sai"
    )


def test_a_good_file_is_said_to_be_good(good: Path, run: Run) -> None:
    assert run("check", good) == (0, f"{good.as_posix()}: không thấy lỗi thể thức\n")


def test_a_bad_file_is_exit_code_1(bad: Path, run: Run) -> None:
    code, shown = run("check", bad)
    assert code == 1
    assert shown.startswith(f"{bad.as_posix()}: 9 lỗi, 1 cảnh báo")
    assert "ND30-01.1: Cỡ chữ của Quốc hiệu không đúng: đang là 15 pt; phải là 12–13 pt\n      → Căn cứ: " in shown


def test_findings_come_in_the_order_of_the_page(bad: Path, run: Run) -> None:
    shown = run("check", bad)[1]
    places = [shown.index(text) for text in ("Lề trái", "Số 125", "V/v báo cáo", "Kính gửi:", "“Nơi nhận:”")]
    assert places == sorted(places)


def test_many_files_get_a_table_of_counts(good: Path, bad: Path, run: Run) -> None:
    code, shown = run("check", bad.parent)
    assert code == 1
    table = shown[shown.index("Tệp ") :].splitlines()
    assert table[0].split() == ["Tệp", "Lỗi", "Cảnh", "báo", "Lưu", "ý", "Lời", "văn", "Cần", "xem"]
    assert table[1].split()[1:3] == ["9", "1"]
    assert table[2].startswith("Cộng 2 tệp")
    assert table[3] == "1 tệp không thấy lỗi"


def test_an_unreadable_file_is_exit_code_1(tmp_path: Path, run: Run) -> None:
    (tmp_path / "cu.docx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    code, shown = run("check", tmp_path / "cu.docx", "--annotate")
    assert code == 1
    assert "ND30-T.1: Không đọc được tệp" in shown
    assert [path.name for path in tmp_path.iterdir()] == ["cu.docx"]


@pytest.mark.parametrize("name", ["khong-co.docx", "rong"])
def test_nothing_to_check_is_exit_code_2(name: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "rong").mkdir()
    assert run("check", tmp_path / name)[0] == 2


def test_a_copy_is_written_beside_the_file(bad: Path, run: Run) -> None:
    code, shown = run("check", bad, "--annotate")
    target = bad.with_name("sai.nhan-xet.docx")
    assert code == 1
    assert f"Đã ghi {target.as_posix()}\n" in shown
    assert "Đã ghi" not in run("check", bad, "--annotate")[1]
    assert run("check", bad.parent)[1].startswith(bad.as_posix())


def test_a_copy_that_was_edited_is_kept(bad: Path, run: Run) -> None:
    out = bad.parent / "nhan-xet"
    out.mkdir()
    (out / "sai.nhan-xet.docx").write_bytes(b"my own")
    code, shown = run("check", bad, "--annotate", "-o", out)
    assert code == 6
    assert (out / "sai.nhan-xet.docx").read_bytes() == b"my own"
    assert "Giữ nguyên" in shown and (out / "sai.nhan-xet.moi.docx").is_file()


def test_a_folder_for_copies_needs_annotate(bad: Path, run: Run) -> None:
    code, shown = run("check", bad, "-o", bad.parent)
    assert code == 2
    assert "thiếu --annotate" in shown


def test_a_summary_that_cannot_be_written_is_exit_code_6(good: Path, run: Run) -> None:
    code, shown = run("check", good, "--xlsx", good / "tong-hop.xlsx")
    assert code == 6
    assert "không phải thư mục" in shown


def test_a_summary_is_written(bad: Path, run: Run) -> None:
    code, shown = run("check", bad, "--xlsx", bad.with_name("tong-hop.xlsx"))
    assert code == 1
    assert bad.with_name("tong-hop.xlsx").read_bytes().startswith(b"PK")
    assert "Đã ghi" in shown


def test_words_count_only_when_strict(good: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.workflows.check.check_document", lambda *_, **__: [words_finding()])
    code, shown = run("check", good)
    assert code == 0
    assert "cảnh báo (lời văn) ND30-X.1: Viết hoa sai: đang là Ủy Ban; phải là Ủy ban" in shown
    assert run("check", good, "--strict")[0] == 1


def test_what_nobody_can_decide_stands_apart(good: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    doubt = replace(words_finding(), about="the_thuc", undecided=True, severity=Severity.INFO)
    monkeypatch.setattr("docgen.workflows.check.check_document", lambda *_, **__: [doubt])
    code, shown = run("check", good, "--strict")
    assert code == 0
    assert "1 cần xem\n  Cần xem bằng mắt:\n  cả tệp: ND30-X.1: " in shown


def test_json_of_many_files(good: Path, bad: Path, run: Run) -> None:
    code, shown = run("check", good, bad, "--format", "json", "--annotate")
    found = json.loads(shown)
    assert (code, found["ok"], found["kept"]) == (1, False, [])
    assert found["written"] == [bad.with_name("sai.nhan-xet.docx").as_posix()]
    one, two = found["files"]
    assert (one["file"], one["ok"], one["errors"]) == (good.as_posix(), True, 0)
    assert (two["ok"], two["errors"], two["warnings"]) == (False, 9, 1)
    assert [problem["place"]["file"] for problem in found["problems"]] == [bad.as_posix()] * 10
    assert set(found["problems"][0]) >= {"rule", "slug", "clause", "severity", "kind", "message", "found", "place"}


def test_processes_may_be_asked_for(good: Path, bad: Path, run: Run) -> None:
    assert run("check", good, bad, "-j", "2") == run("check", good, bad)
    assert run("check", good, "-j", "0")[0] == 2


# ---------------------------------------------------------------- rules


def test_a_rule_is_explained(run: Run) -> None:
    code, shown = run("rules", "nd30-01.1")
    assert code == 0
    assert shown.startswith(
        "ND30-01.1 sai-co-chu-quoc-hieu\n  Sai gì  Cỡ chữ của Quốc hiệu không đúng\n  Mức     lỗi\n"
    )
    assert "  Căn cứ  Phụ lục I, mục II.1\n" in shown
    assert run("rules", "sai-co-chu-quoc-hieu")[1] == shown


def test_an_unknown_rule_is_refused(run: Run) -> None:
    code, shown = run("rules", "ND30-01.111")
    assert code == 2
    assert "→ ý bạn là “ND30-01.1" in shown


def test_an_unknown_profile_is_refused(good: Path, run: Run) -> None:
    for arguments in (("rules", "--profile", "nd3O"), ("check", good, "--profile", "nd3O")):
        code, shown = run(*arguments)
        assert code == 2
        assert "→ ý bạn là “nd30”?" in shown


def test_rules_as_json(run: Run) -> None:
    found = json.loads(run("rules", "--format", "json")[1])
    assert found["profile"] == "nd30"
    assert len(found["rules"]) >= 174
    assert set(found["rules"][0]) == {"code", "slug", "text", "clause", "reason", "example", "severity", "kind"}


def test_rules_stand_in_the_order_that_people_count(run: Run) -> None:
    lines = run("rules")[1].splitlines()
    codes = [line.split()[0] for line in lines if line.startswith("ND30-01.")]
    assert codes == sorted(codes, key=lambda code: int(code.rpartition(".")[2]))
    assert len(codes) > 10


def test_every_component_of_a_rule_has_a_heading(run: Run) -> None:
    headings = [line for line in run("rules", "--format", "markdown")[1].splitlines() if line.startswith("## ")]
    assert len(headings) > 15
    assert all(" " in heading.removeprefix("## ") or heading == "## Tệp" for heading in headings)


# ---------------------------------------------------------------- progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "PATIENCE_SECONDS", -1)
    for stream, shown in ((StringIO(), False), (Terminal(), True)):
        monkeypatch.setattr("sys.stderr", stream)
        assert list(waited_for(iter("abc"), "Đang đọc", 3)) == ["a", "b", "c"]
        assert ("Đang đọc" in stream.getvalue()) is shown


def test_quick_work_shows_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "PATIENCE_SECONDS", 3600)
    monkeypatch.setattr("sys.stderr", stream := Terminal())
    assert list(waited_for([1, 2], "Đang đọc", 2)) == [1, 2]
    assert stream.getvalue() == ""


def test_a_decision_of_ours_is_good(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.docx").write_bytes(build(decision()))
    assert run("check", tmp_path)[0] == 0
