"""Forms go out, come back filled in, and become one file of progress; what is wrong is said of its own cell."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.errors import UsageError
from docgen.workflows.collect import collect
from docgen.workflows.progress_form import open_period, write_progress_forms
from tests.collected import BOTH, LATER, NOW, STATISTICS, TASKS, TEXTS, by_unit, half_done, opened, saved, sent, take
from tests.conftest import ROOT, MakePlan, MatchFile
from tests.forms import edit, fill

CASES = sorted(path for path in (ROOT / "tests" / "invalid_collect").iterdir() if path.is_dir())


# ---------------------------------------------------------------- what is refused, and how it is said


def test_there_are_cases() -> None:
    assert len(CASES) > 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_refused(
    case: Path, make_plan: MakePlan, tmp_path: Path, match_file: MatchFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan(case)
    forms = sent(plan, tmp_path / "forms")
    steps: dict[str, list[tuple[str, ...]]] = {}
    for line in (case / "sua.txt").read_text(encoding="utf-8").splitlines():
        unit, *step = (word.strip() for word in line.split("|"))
        steps.setdefault(unit, []).append(tuple(step))
    for unit, edits in steps.items():
        edit(forms[unit], edits)
    monkeypatch.chdir(tmp_path)
    before = (plan / "tien-do" / "2026-Q1.yaml").read_bytes() if (plan / "tien-do").exists() else None
    collected = take(plan, *(forms[unit].relative_to(tmp_path) for unit in steps))
    lines = [f"{Path(one.file).name}: {one.outcome}\n" for one in collected.files]
    lines += [f"{problem}\n" for one in collected.files for problem in one.problems]
    match_file(case / "expected.txt", "".join(lines))
    for one in collected.files:
        errors = [problem for problem in one.problems if problem.severity == "error"]
        assert bool(errors) == (one.outcome == "refused")
        assert all(problem.hint for problem in errors), "an error doesn't say what to do"
    if not collected.written:
        assert (before is None) == (not (plan / "tien-do" / "2026-Q1.yaml").exists())
        assert before is None or (plan / "tien-do" / "2026-Q1.yaml").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"khong phai Excel", b"PK\x03\x04 hong"])
def test_what_is_no_workbook_is_refused_and_the_rest_goes_on(
    make_plan: MakePlan, tmp_path: Path, content: bytes
) -> None:
    plan = make_plan()
    good = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    bad = tmp_path / "khac.xlsx"
    bad.write_bytes(content)
    collected = take(plan, good, bad, tmp_path / "khong-co.xlsx")
    assert sorted(one.outcome for one in collected.files) == ["refused", "refused", "taken"]
    assert "phan_tram: '50'" in saved(plan)


def test_no_file_at_all(make_plan: MakePlan, tmp_path: Path) -> None:
    (tmp_path / "trong").mkdir()
    with pytest.raises(UsageError, match="để thu"):
        take(make_plan(), tmp_path / "trong")


# ---------------------------------------------------------------- what is taken


def test_everything_that_a_unit_typed_is_taken(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    form = sent(plan, tmp_path / "forms")["phong-kinh-te"]
    fill(
        form,
        {
            TASKS: {
                "F6": "Đã xong",
                "H6": date(2026, 1, 5),
                "I6": "Kế hoạch số 1/KH\nKế hoạch số 2/KH",
                "J6": "4,5",
                "K6": "=1+1 không phải công thức",
            },
            STATISTICS: {"E6": 3},
            TEXTS: {"C6": "Đoạn một.\nĐoạn hai."},
        },
    )
    edit(form, [("ghi", f"{TASKS}!K6", "Đã ban hành kế hoạch")])
    collected = take(plan, form)
    assert [one.outcome for one in collected.files] == ["taken"], collected.files[0].problems
    file = opened(plan).before
    (task,) = file.tasks
    assert (task.task, task.unit, task.percent, task.done_on) == ("the-che-1", "phong-kinh-te", 100, date(2026, 1, 5))
    assert task.issued == ("Kế hoạch số 1/KH", "Kế hoạch số 2/KH")
    assert (task.disbursed, task.result) == (Decimal("4.5"), ("Đã ban hành kế hoạch",))
    assert [(one.unit, one.value) for one in file.statistics] == [("phong-kinh-te", 3)]
    assert [one.text for one in file.texts] == [("Đoạn một.", "Đoạn hai.")]
    assert [(one.unit, one.on) for one in file.answers] == [("phong-kinh-te", NOW.date())]
    assert [unit.code for unit in collected.missing] == ["van-phong"]


def test_the_sample_goes_out_and_comes_back_unchanged(sample: Path, tmp_path: Path) -> None:
    period = open_period(sample, "2023-Q1")
    formed = write_progress_forms(period, tmp_path)
    assert len(formed.written) == 17
    collected = collect(period, [tmp_path], now=NOW, dry_run=True)
    refused = [one for one in collected.files if one.outcome == "refused"]
    assert [one.unit for one in refused] == ["trung-tam-vh-tt-tt"]
    assert [problem.code for one in refused for problem in one.problems] == ["collect.empty"]
    assert [one.changes for one in collected.files if one.changes] == []
    assert not collected.written


def test_the_same_file_twice_changes_nothing(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    form = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    take(plan, form)
    before = {path: path.read_bytes() for path in (plan / "tien-do").rglob("*.yaml")}
    collected = take(plan, form, form, now=LATER)
    assert [one.outcome for one in collected.files] == ["unchanged"]
    assert {path: path.read_bytes() for path in (plan / "tien-do").rglob("*") if path.is_file()} == before


def test_a_corrected_file_replaces_the_earlier_one_and_says_what_changed(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    form = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    take(plan, form)
    fill(form, {TASKS: {"G6": 70, "J6": 4}})
    collected = take(plan, form, now=LATER)
    (one,) = collected.files
    assert [tuple(change) for change in one.changes] == [
        ("the-che-1", "Mức độ hoàn thành (%)", "50", "70"),
        ("the-che-1", "Giải ngân trong kỳ", "", "4"),
    ]
    receipts = opened(plan).receipts.receipts
    assert [receipt.changes for receipt in receipts] == [None, 2]
    assert receipts[1].replaces == receipts[0].digest != receipts[1].digest
    assert (receipts[1].on, receipts[1].at, receipts[1].file) == (LATER.date(), "09:00:00", form.name)
    assert [one.on for one in opened(plan).before.answers] == [NOW.date()], "a correction makes a unit late"


def test_what_a_unit_blanks_is_gone_and_what_it_was_not_asked_stays(make_plan: MakePlan, tmp_path: Path) -> None:
    own = "luoc_do: nd09\ntu: 15/12/2025\nden: 14/03/2026\ntien_do:\n"
    own += "  - {ma: the-che-1, don_vi: Phòng Kinh tế, phan_tram: 30}\n"
    own += "ket_qua_chi_tieu:\n  - {ma: hai-long, don_vi: phong-kinh-te, tu_so: 9, mau_so: 10}\n"
    own += "so_lieu:\n  - {ma: doi-thoai, don_vi: phong-kinh-te, thuc_hien: 1}\n"
    own += "  - {ma: van-de-phat-hien, don_vi: phong-kinh-te, tu: 15/12/2025, den: 14/01/2026, thuc_hien: 2}\n"
    plan = make_plan(files={"tien-do/2026-Q1.yaml": own})
    form = sent(plan, tmp_path / "forms")["phong-kinh-te"]
    row = row_of(form, STATISTICS, "doi-thoai")
    fill(form, {TASKS: {"G6": 40}, STATISTICS: {f"E{row}": None}})
    collected = take(plan, form)
    file = opened(plan).before
    assert [one.percent for one in file.tasks] == [40]
    assert [one.indicator for one in file.indicators] == ["hai-long"]
    assert [(one.statistic, one.start) for one in file.statistics] == [("van-de-phat-hien", date(2025, 12, 15))]
    assert len(collected.files[0].changes) == 2


def row_of(form: Path, sheet: str, code: str) -> int:
    from openpyxl import load_workbook

    return next(cell.row for cell in load_workbook(form)[sheet]["A"] if cell.value == code)


def test_the_order_of_arrival_does_not_matter(make_plan: MakePlan, tmp_path: Path) -> None:
    texts = []
    for order in (1, -1):
        plan = make_plan()
        forms = sent(plan, tmp_path / f"forms{order}")
        fill(forms["van-phong"], {TASKS: {"G6": 10}, STATISTICS: {"E6": 1}})
        half_done(forms["phong-kinh-te"])
        for unit in sorted(forms)[::order]:
            take(plan, forms[unit])
        texts.append(saved(plan))
    assert texts[0] == texts[1]


def test_a_percent_cell_holds_what_it_shows(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    form = sent(plan, tmp_path / "forms")["phong-kinh-te"]
    from openpyxl import load_workbook

    book = load_workbook(form)
    book[TASKS]["G6"] = 0.5
    book[TASKS]["G6"].number_format = "0%"
    book.save(form)
    take(plan, form)
    assert [one.percent for one in opened(plan).before.tasks] == [50]


# ---------------------------------------------------------------- several files of one unit


def test_two_different_files_of_one_unit_are_both_refused(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    first = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    second = tmp_path / "forms" / "ban-khac.xlsx"
    second.write_bytes(first.read_bytes())
    fill(second, {TASKS: {"G6": 60}})
    collected = take(plan, first, second)
    assert [one.outcome for one in collected.files] == ["refused", "refused"]
    assert all("ban-khac.xlsx" in str(one.problems[0]) for one in collected.files)
    assert not (plan / "tien-do").exists()


def test_two_files_that_say_the_same_are_one(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    first = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    second = tmp_path / "forms" / "chep.xlsx"
    second.write_bytes(first.read_bytes())
    fill(second, {TASKS: {"P1": "ghi chú"}})
    collected = take(plan, first, second)
    assert sorted(one.outcome for one in collected.files) == ["superseded", "taken"]


def test_in_a_folder_the_file_never_seen_before_counts(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    forms = sent(plan, tmp_path / "forms")
    first = half_done(forms["phong-kinh-te"])
    take(plan, first)
    (tmp_path / "forms" / "cchc-2026-2026-Q1-van-phong.xlsx").unlink()
    second = tmp_path / "forms" / "sua.xlsx"
    second.write_bytes(first.read_bytes())
    fill(second, {TASKS: {"G6": 80}})
    for expected in (["superseded", "taken"], ["superseded", "unchanged"]):
        collected = take(plan, tmp_path / "forms")
        assert [one.outcome for one in collected.files] == expected
        assert [one.percent for one in opened(plan).before.tasks] == [80]


# ---------------------------------------------------------------- contradictions


def test_contradicting_units_are_both_refused_with_both_cells_and_others_are_taken(
    make_plan: MakePlan, tmp_path: Path
) -> None:
    third = ("co_quan_chu_tri: Văn phòng", "co_quan_chu_tri: Ủy ban nhân dân xã An Bình")
    plan = make_plan(changes={"ke-hoach.yaml": [BOTH, third]})
    forms = sent(plan, tmp_path / "forms")
    half_done(forms["phong-kinh-te"])
    fill(forms["van-phong"], {TASKS: {"G6": 60}})
    fill(forms["ubnd-xa"], {TASKS: {"G6": 10}})
    collected = take(plan, tmp_path / "forms")
    assert {unit: one.outcome for unit, one in by_unit(collected).items()} == {
        "phong-kinh-te": "refused",
        "van-phong": "refused",
        "ubnd-xa": "taken",
    }
    (problem,) = by_unit(collected)["van-phong"].problems
    assert problem.code == "progress.contradiction"
    cells = {(Path(place.file or "").stem[-9:], place.sheet, place.cell) for place in (problem.place, *problem.related)}
    assert cells == {("van-phong", TASKS, "G6"), ("g-kinh-te", TASKS, "G6")}
    fill(forms["van-phong"], {TASKS: {"G6": 50}})
    assert [one.outcome for one in take(plan, tmp_path / "forms").files] == ["taken", "unchanged", "taken"]


# ---------------------------------------------------------------- the plan changed since


def test_a_plan_that_changed_since_is_said_task_by_task(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    form = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    text = (plan / "ke-hoach.yaml").read_text(encoding="utf-8")
    text = text.replace("mo_ta: Kiểm tra văn bản", "mo_ta: Kiểm tra toàn bộ văn bản")
    text = text.replace("co_quan_chu_tri: Văn phòng", "co_quan_chu_tri: Phòng Kinh tế")
    (plan / "ke-hoach.yaml").write_text(text, encoding="utf-8")
    (one,) = take(plan, form).files
    assert one.outcome == "taken"
    assert [(problem.code, problem.place.cell) for problem in one.problems] == [
        ("collect.plan-changed", None),
        ("collect.plan-changed", "B6"),
    ]
    assert "the-che-2" in one.problems[0].message
    assert "Kiểm tra toàn bộ văn bản" in one.problems[1].message


def test_a_plan_changed_elsewhere_is_not_spoken_of(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    form = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    text = (plan / "ke-hoach.yaml").read_text(encoding="utf-8").replace("Rà soát văn bản", "Rà soát mọi văn bản")
    (plan / "ke-hoach.yaml").write_text(text, encoding="utf-8")
    assert [one.problems for one in take(plan, form).files] == [()]


# ---------------------------------------------------------------- writing


def test_a_hand_made_file_is_saved_once_and_its_first_lines_stay(make_plan: MakePlan, tmp_path: Path) -> None:
    own = "# Số liệu minh họa\nluoc_do: nd09\ntu: 15/12/2025\nden: 14/03/2026\n# ghi chú riêng\ntien_do: []\n"
    plan = make_plan(files={"tien-do/2026-Q1.yaml": own})
    form = half_done(sent(plan, tmp_path / "forms")["phong-kinh-te"])
    collected = take(plan, form)
    assert collected.backup is not None
    assert collected.backup.read_text(encoding="utf-8") == own
    assert saved(plan).startswith("# Số liệu minh họa\n# docgen ghi tệp này")
    fill(form, {TASKS: {"G6": 70}})
    assert take(plan, form).backup is None
    assert saved(plan).count("# docgen ghi tệp này") == 1
