"""``docgen collect``: what a person and a program read, the copies to send back, and the exit code."""

import json
from pathlib import Path

import pytest

from docgen.errors import DataError, UsageError
from docgen.workflows.progress_form import open_period
from tests.collected import (
    BOTH,
    TASKS,
    Run,
    half_done,
    saved,
    sent,
    take,
)
from tests.conftest import MakePlan
from tests.forms import fill


def test_the_command_shows_a_table_and_exit_codes(
    run: Run, make_plan: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan()
    forms = sent(plan, tmp_path / "forms")
    args = ("collect", plan, "--period", "2026-Q1")
    code, shown = run(*args, *forms.values())
    assert code == 3
    assert "biểu mẫu chưa điền gì" in shown
    half_done(forms["phong-kinh-te"])
    code, shown = run(*args, tmp_path / "forms", "--du-kien")
    assert (code, "chưa ghi gì" in shown) == (5, True)
    code, shown = run(*args, tmp_path / "forms")
    assert code == 5
    assert "2 tệp: 1 đã nhận" in shown
    assert "Còn 1 đơn vị chưa gửi: Văn phòng" in shown
    code, shown = run(*args, forms["phong-kinh-te"], "--format", "json")
    assert code == 0
    result = json.loads(shown)
    assert [(one["unit"], one["taken"], one["unchanged"]) for one in result["files"]] == [("phong-kinh-te", True, True)]
    assert result["missing"] == ["van-phong"]
    code, shown = run("collect", plan, "--period", "2026-Q7", forms["phong-kinh-te"])
    assert code == 2


def test_a_program_gets_each_file_with_its_problems(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    forms = sent(plan, tmp_path / "forms")
    fill(forms["phong-kinh-te"], {TASKS: {"G6": 150}})
    code, shown = run("collect", plan, "--period", "2026-Q1", forms["phong-kinh-te"], "--format", "json")
    assert code == 3
    found = json.loads(shown)
    (file,) = found["files"]
    place = found["problems"][0]["place"]
    assert (file["taken"], place["file"], place["cell"]) == (False, file["file"], "G6")


def test_an_unknown_scheme_or_another_one_is_refused(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    take(plan, tmp_path / "forms" / "cchc-2026-2026-Q1-phong-kinh-te.xlsx")
    with pytest.raises(UsageError, match="theo chế độ “nd09”"):
        open_period(plan, "2026-Q1", scheme="cchc")
    with pytest.raises(DataError, match="không có chế độ báo cáo"):
        open_period(plan, "2026-Q2", scheme="khong-co")


def test_a_column_of_another_name_is_named_with_the_one_that_is_missing(make_plan: MakePlan, tmp_path: Path) -> None:
    form = half_done(sent(make_plan(), tmp_path / "forms")["phong-kinh-te"])
    fill(form, {TASKS: {"K5": "Đơn vị tự đánh giá", "K6": "tốt"}})
    (one,) = take(make_plan(), form).files
    assert one.outcome == "refused"
    assert [problem.message for problem in one.problems] == [
        "cột “Đơn vị tự đánh giá” không được đọc, và thiếu cột “Kết quả”"
    ]


# ---------------------------------------------------------------- annotated copies


def test_a_refused_form_gets_a_copy_with_its_errors_in_their_cells(
    make_plan: MakePlan, tmp_path: Path, run: Run
) -> None:
    from openpyxl import load_workbook

    plan, folder = make_plan(), tmp_path / "forms"
    forms = sent(plan, folder)
    half_done(forms["van-phong"])
    bad = fill(forms["phong-kinh-te"], {TASKS: {"F6": "Đang làm", "G6": "5O"}})
    (folder / "khac.xlsx").write_bytes(b"khong phai Excel")
    arguments = ("collect", plan, folder, "--period", "2026-Q1")
    for _again in range(2):  # the copies in the folder aren't taken for forms
        code, shown = run(*arguments, "--annotate")
        assert (code, "Đã ghi" in shown) == (5, True), shown
        assert [path.name for path in folder.glob("*.loi.xlsx")] == [f"{bad.stem}.loi.xlsx"]
    copy = bad.with_name(f"{bad.stem}.loi.xlsx")
    cell = load_workbook(copy)[TASKS]["G6"]
    assert cell.comment is not None and "5O" in cell.comment.text
    fill(copy, {TASKS: {"G6": 50}})
    bad.unlink()
    (folder / "khac.xlsx").unlink()
    assert run(*arguments)[0] == 0, "a copy that a unit mended is a form like any other"
    assert "phan_tram: '50'" in saved(plan)


def test_a_contradiction_is_shown_in_both_copies_and_a_dry_run_writes_none(
    make_plan: MakePlan, tmp_path: Path, run: Run
) -> None:
    plan = make_plan(changes={"ke-hoach.yaml": [BOTH]})
    forms = sent(plan, tmp_path / "forms")
    half_done(forms["phong-kinh-te"])
    fill(forms["van-phong"], {TASKS: {"G6": 60}})
    for one in take(plan, tmp_path / "forms", dry_run=True).files:
        assert [(problem.place.file, problem.place.cell) for problem in one.own_problems] == [(one.file, "G6")]
    run("collect", plan, tmp_path / "forms", "--period", "2026-Q1", "--annotate", "--du-kien")
    assert not list((tmp_path / "forms").glob("*.loi.xlsx"))
