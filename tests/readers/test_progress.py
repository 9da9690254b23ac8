"""Each folder of tests/invalid_progress, laid over the base plan, says exactly the problems in its expected.txt."""

from pathlib import Path

import pytest

from docgen.errors import DataError, DocgenError, ExitCode, Problem, SourceError
from docgen.model.counting.report import count_period, report_of
from docgen.model.counting.states import State
from docgen.model.periods.period import parse_period
from docgen.readers.progress_folder import LoadedProgress, read_progress
from docgen.readers.scheme_file import read_scheme
from docgen.workflows.build import load_plan, shipped_data
from tests.conftest import ROOT, MakePlan, MatchFile

FOLDER = ROOT / "tests" / "invalid_progress"
CASES = sorted(path for path in FOLDER.iterdir() if path.is_dir())


def problems_of(folder: Path, progress: Path | None = None) -> tuple[Problem, ...]:
    try:
        return read_progress(load_plan(folder), progress, shipped_data()).remarks
    except DocgenError as error:
        assert error.exit_code == ExitCode.DATA
        return error.problems


def test_there_are_cases() -> None:
    assert len(CASES) > 25
    assert all(any(path.name != "expected.txt" for path in case.rglob("*.*")) for case in CASES), "an empty case"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_invalid(case: Path, make_plan: MakePlan, match_file: MatchFile) -> None:
    problems = problems_of(make_plan(case))
    assert problems, "nothing is said"
    match_file(case / "expected.txt", "".join(f"{problem}\n" for problem in problems))
    assert all(problem.hint for problem in problems if problem.severity == "error"), "an error doesn't say what to do"
    assert all(problem.place.line for problem in problems if not problem.code.startswith(("file.", "progress.file")))


def test_no_progress_is_no_error(make_plan: MakePlan) -> None:
    loaded = load_plan(make_plan())
    progress = read_progress(loaded, None, shipped_data())
    assert progress.value.files == {}
    scheme = read_scheme("nd09", loaded.folder, shipped_data())
    report = report_of(count_period(loaded.value, progress.value, scheme, parse_period("2026-Q1")))
    assert report.empty
    assert report.states[State.NO_DATA] == report.states.total == 2


def test_a_folder_that_was_asked_for_must_be_there(make_plan: MakePlan, tmp_path: Path) -> None:
    loaded = load_plan(make_plan())
    with pytest.raises(SourceError) as refused:
        read_progress(loaded, tmp_path / "khong-co", shipped_data())
    assert "khong-co: lỗi: không có thư mục tiến độ này" in str(refused.value)


def sample_progress(sample: Path) -> LoadedProgress:
    return read_progress(load_plan(sample), None, shipped_data())


def test_the_sample_is_sound(sample: Path) -> None:
    progress = sample_progress(sample)
    assert [str(remark) for remark in progress.remarks] == []
    assert sorted(progress.value.files) == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
    place = progress.places.at(("ky", "2023-Q1", "tien_do", 0, "don_vi"))
    assert (place.file, place.line) == ("huong-thuy-2023/tien-do/2023-Q1.yaml", 10)


def test_every_sample_file_says_that_it_is_made_up(sample: Path) -> None:
    for folder in ("tien-do", "tien-do-loi"):
        for path in (sample / folder).glob("*.yaml"):
            assert path.read_text(encoding="utf-8").startswith("# Số liệu minh họa"), path


def test_the_sample_of_errors_is_refused(sample: Path) -> None:
    with pytest.raises(DataError) as refused:
        read_progress(load_plan(sample), sample / "tien-do-loi", shipped_data())
    codes = {problem.code for problem in refused.value.problems}
    assert codes >= {
        "data.unknown-reference", "progress.percent-and-date", "progress.percent", "progress.doubled",
        "progress.after-cut-off", "progress.above-budget", "progress.not-lead", "progress.indicator",
        "progress.ratio", "progress.other-year", "progress.window", "progress.computed",
    }  # fmt: skip
