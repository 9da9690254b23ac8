"""Each folder of tests/invalid, laid over the base plan, is refused with exactly the problems in its expected.txt."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen import DocgenError, load_plan
from docgen.errors import ExitCode
from tests.conftest import ROOT, MakePlan, MatchFile

FOLDER = ROOT / "tests" / "invalid"
CASES = sorted(path for path in FOLDER.iterdir() if path.is_dir())
Run = Callable[..., tuple[int, str]]


def test_there_are_cases() -> None:
    assert len(CASES) > 90
    assert all(any(path.name != "expected.txt" for path in case.rglob("*.*")) for case in CASES), "an empty case"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_invalid(case: Path, make_plan: MakePlan, run: Run, match_file: MatchFile) -> None:
    code, shown = run("validate", make_plan(case))
    assert code == ExitCode.DATA
    match_file(case / "expected.txt", shown)
    assert "lỗi: " in shown
    errors = [line for line in shown.splitlines() if ": lỗi: " in line]
    assert shown.count("  → ") >= len(errors), "an error doesn't say what to do"


def one_line(error: DocgenError) -> str:
    return str(error).replace("\n", " ")


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as refused:
        load_plan(tmp_path / "khong-co")
    assert refused.value.exit_code == ExitCode.DATA
    assert "khong-co: lỗi: không có thư mục kế hoạch này   → kiểm tra lại đường dẫn" in one_line(refused.value)


def test_a_file_in_place_of_the_folder(make_plan: MakePlan) -> None:
    with pytest.raises(DocgenError) as refused:
        load_plan(make_plan() / "ke-hoach.yaml")
    assert (
        "ke-hoach.yaml: lỗi: đây là một tệp, không phải thư mục kế hoạch hay biểu mẫu Excel (.xlsx)   → ghi "
        "đường dẫn của thư mục" in one_line(refused.value)
    )


def test_a_folder_without_a_plan(tmp_path: Path, make_plan: MakePlan) -> None:
    (tmp_path / "trong").mkdir()
    with pytest.raises(DocgenError) as refused:
        load_plan(tmp_path / "trong")
    assert "trong: lỗi: thư mục không có tệp ke-hoach.yaml   → tạo kế hoạch mới bằng `docgen init" in one_line(
        refused.value
    )
    make_plan()
    with pytest.raises(DocgenError) as refused:
        load_plan(tmp_path)
    assert "→ kế hoạch nằm trong: plan" in one_line(refused.value)


def test_a_plan_without_its_other_files(make_plan: MakePlan) -> None:
    with pytest.raises(DocgenError) as refused:
        load_plan(make_plan(files={"quyet-dinh.yaml": None}))
    assert [problem.code for problem in refused.value.problems] == ["plan.no-decision"]
    assert "không có tệp quyet-dinh.yaml" in str(refused.value)
    with pytest.raises(DocgenError) as refused:
        load_plan(make_plan(files={"don-vi.yaml": None}))
    assert [problem.code for problem in refused.value.problems] == ["file.missing"]
    assert "plan/don-vi.yaml: lỗi: không có tệp này" in str(refused.value)


def test_a_folder_named_as_the_file(make_plan: MakePlan) -> None:
    folder = make_plan(files={"don-vi.yaml": None})
    (folder / "don-vi.yaml").mkdir()
    with pytest.raises(DocgenError) as refused:
        load_plan(folder)
    assert "plan/don-vi.yaml: lỗi: đây là một thư mục, không phải tệp" in str(refused.value)


def as_nobody(action: Callable[[], str]) -> str:
    """What ``action`` says in a child process that has no rights to files of ours."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            said = action()
        except BaseException as error:
            said = f"not a DocgenError: {error!r}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="rights are of another kind on Windows")
@pytest.mark.parametrize(
    ("locked", "expected"),
    [
        (".", "plan: lỗi: không có quyền mở thư mục"),
        ("ke-hoach.yaml", "plan/ke-hoach.yaml: lỗi: không có quyền đọc tệp"),
        ("quyet-dinh.yaml", "plan/quyet-dinh.yaml: lỗi: không có quyền đọc tệp"),
        ("van-ban", "plan/van-ban: lỗi: không có quyền mở thư mục"),
    ],
)
def test_no_rights(locked: str, expected: str, make_plan: MakePlan, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_plan(files={"van-ban/to-trinh.yaml": "ten_loai: Tờ trình\n"})
    monkeypatch.chdir(folder.parent)  # a relative path, as nobody may pass through the folders above
    for path in [*folder.rglob("*"), folder, folder.parent]:
        path.chmod(0o755 if path.is_dir() else 0o644)

    def read() -> str:
        try:
            load_plan("plan")
        except DocgenError as error:
            return str(error)
        return "accepted"

    (folder / locked).chmod(0)
    try:
        said = as_nobody(read)
    finally:
        (folder / locked).chmod(0o755)
    assert expected in said
    assert "  → xin quyền đọc" in said
