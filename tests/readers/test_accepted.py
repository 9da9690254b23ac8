"""Each folder of tests/cases/plan, laid over the base plan, is read, and shown as in its expected.txt."""

import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from docgen import load_plan
from docgen.model.plan.sums import plan_sum
from tests.conftest import BASE, ROOT, MakePlan, MatchFile

FOLDER = ROOT / "tests" / "cases" / "plan"
CASES = sorted(path for path in FOLDER.iterdir() if path.is_dir())
AS_BYTES = ["byte-order-mark", "windows-line-ends", "old-mac-line-ends", "decomposed-letters", "utf-16"]
Run = Callable[..., tuple[int, str]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_accepted(case: Path, make_plan: MakePlan, run: Run, match_file: MatchFile) -> None:
    code, shown = run("validate", "--tasks", make_plan(case))
    assert code == 0, shown
    match_file(case / "expected.txt", shown)


@pytest.mark.parametrize("case", AS_BYTES)
def test_bytes_differ_and_the_plan_is_the_same(case: str, make_plan: MakePlan) -> None:
    folder = make_plan(FOLDER / case)
    for name in ("ke-hoach.yaml", "don-vi.yaml", "quyet-dinh.yaml"):
        assert (folder / name).read_bytes() != (BASE / name).read_bytes()
    plan = load_plan(folder).value
    assert plan == load_plan(BASE).value
    assert plan.document.abstract == unicodedata.normalize("NFC", "Cải cách hành chính năm 2026")


def test_odd_characters_stay(make_plan: MakePlan) -> None:
    (_, task), _ = load_plan(make_plan(FOLDER / "odd-characters")).value.tasks()
    assert task.description == ("Tom & Jerry <b>\"nhanh\"</b> 'gọn' {{ 7*7 }} {% raw %} ${HOME} \\n %s #1 - * & !",)
    assert task.product == ("R&D <Kế hoạch> {{ 7*7 }}",)


def test_nothing_is_interpreted(make_plan: MakePlan) -> None:
    plan = load_plan(make_plan(FOLDER / "kept-as-typed")).value
    (_, first), (_, second) = plan.tasks()
    assert (plan.appendices[0].title, first.description, first.product) == ("NO", ("05",), ("12:30",))
    assert second.description == ("8001a",)
    assert first.budget == Decimal(20)


def test_ten_thousand_tasks(make_plan: MakePlan) -> None:
    tasks = "".join(
        f"          - ma: viec-{i}\n            mo_ta: Việc {i}\n            co_quan_chu_tri: Văn phòng\n"
        f"            kinh_phi: {i}\n            thoi_han: Quý {i % 4 + 1}/2026\n"
        for i in range(9_998)
    )
    loaded = load_plan(make_plan(changes={"ke-hoach.yaml": [("        nhiem_vu:\n", "        nhiem_vu:\n" + tasks)]}))
    found = list(loaded.value.tasks())
    assert len(found) == 10_000
    assert plan_sum(loaded.value) == (sum(range(9_998)) + 20) * 1_000_000
    assert loaded.places.at((*found[9_000][0], "thoi_han")).line == 25 + 5 * 9_000 + 4
    assert not loaded.remarks


def test_ten_thousand_errors_are_all_told(make_plan: MakePlan, run: Run) -> None:
    tasks = "".join(
        f"          - ma: viec-{i}\n            mo_ta: Việc\n            kinh_phi: 2O\n            thoi_han: Sẽ báo\n"
        for i in range(5_000)
    )
    folder = make_plan(changes={"ke-hoach.yaml": [("        nhiem_vu:\n", "        nhiem_vu:\n" + tasks)]})
    code, shown = run("validate", folder)
    assert code == 3
    assert shown.endswith("Có 5000 lỗi.\n")
    assert shown.count("không đọc được ngày nào từ thoi_han") == 5_000
