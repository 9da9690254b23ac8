"""The form that a unit gets: what it is asked, in cells that fit, made from the declarations of progress."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.base.declare import declarations
from docgen.base.sheets import Entry, FormSheet
from docgen.errors import UsageError
from docgen.model.plan.plan import Indicator
from docgen.model.progress.progress import IndicatorResult, StatisticResult, TaskProgress, UnitText
from docgen.model.progress.questions import Questions
from docgen.readers.excel.progress_form import HIDDEN_SHEET, STATUS, parts, progress_sheets, target_text
from docgen.readers.excel.table import label_key
from docgen.workflows.progress_form import open_period, write_progress_forms
from tests.conftest import MakePlan
from tests.forms import fill


def questions_of(make_plan: MakePlan, **changes: list[tuple[str, str]]) -> Questions:
    return open_period(make_plan(changes={"ke-hoach.yaml": changes.get("plan", [])}), "2026-Q1").questions


def sheets_of(questions: Questions, unit: str) -> dict[str, FormSheet]:
    found = progress_sheets(questions, questions.plan.organisation.by_code[unit], "0")
    return {sheet.title: sheet for sheet in found}


def codes(sheet: FormSheet) -> list[object]:
    return [line.cells[0] for line in sheet.lines]


@pytest.mark.parametrize(
    ("key", "record"),
    [
        ("tien_do", TaskProgress),
        ("ket_qua_chi_tieu", IndicatorResult),
        ("so_lieu", StatisticResult),
        ("loi_van", UnitText),
    ],
)
def test_every_field_that_a_unit_answers_is_a_column(make_plan: MakePlan, key: str, record: type[TaskProgress]) -> None:
    part = parts(questions_of(make_plan))[key]
    asked = {one.key for one in part.columns if one.declared is not None} | {part.about}
    assert asked | {"don_vi", "tu", "den"} >= set(declarations(record))
    labels = [label_key(one.label) for one in part.columns]
    assert len(labels) == len(set(labels)), "two columns have one heading"


def test_a_unit_is_asked_what_it_leads_itself_or_in_a_group(make_plan: MakePlan) -> None:
    own = sheets_of(questions_of(make_plan), "phong-kinh-te")
    assert codes(own["Nhiệm vụ"]) == ["the-che-1"]
    grouped = questions_of(make_plan, plan=[("co_quan_chu_tri: Văn phòng", "co_quan_chu_tri: Các cơ quan, đơn vị")])
    assert codes(sheets_of(grouped, "phong-kinh-te")["Nhiệm vụ"]) == ["the-che-1", "the-che-2"]
    assert codes(sheets_of(grouped, "van-phong")["Nhiệm vụ"]) == ["the-che-2"]


def test_a_task_withdrawn_by_the_cut_off_is_left_out(make_plan: MakePlan) -> None:
    change = "thay_doi:\n              - {loai: bo, van_ban: Quyết định số 9/QĐ-UBND, ngay: 01/03/2026}"
    questions = questions_of(
        make_plan, plan=[("thoi_han: Thường xuyên", f"thoi_han: Thường xuyên\n            {change}")]
    )
    assert "van-phong" not in questions.tasks
    assert [unit.code for unit in questions.expected] == ["phong-kinh-te"]


def test_only_statistics_in_force_that_units_type(sample: Path) -> None:
    questions = open_period(sample, "2023-Q1").questions
    form = questions.form
    assert form is not None
    asked = {one.code for one in questions.statistics}
    assert asked
    assert all(form.by_code[code].adding != "ty_le" and form.by_code[code].computed is None for code in asked)


def test_what_the_plan_says_is_locked_and_answers_are_not(make_plan: MakePlan) -> None:
    questions = questions_of(make_plan, plan=[('don_vi_do: "%"', 'don_vi_do: "%"\n    don_vi: van-phong')])
    for title, sheet in sheets_of(questions, "van-phong").items():
        if title in ("Hướng dẫn", HIDDEN_SHEET):
            assert all(column.locked for column in sheet.columns)
            continue
        part = next(one for one in parts(questions).values() if one.title == title)
        assert sheet.protected
        for asked, column in zip(part.columns, sheet.columns, strict=True):
            assert column.locked == (asked.declared is None and asked.key != STATUS), column.heading


def test_cells_that_an_indicator_does_not_take_are_locked(make_plan: MakePlan) -> None:
    questions = questions_of(make_plan, plan=[('don_vi_do: "%"', 'don_vi_do: "%"\n    don_vi: van-phong')])
    (line,) = sheets_of(questions, "van-phong")["Chỉ tiêu"].lines
    keys = [one.key for one in parts(questions)["ket_qua_chi_tieu"].columns]
    locked = {key for key, cell in zip(keys, line.cells, strict=True) if isinstance(cell, Entry) and cell.locked}
    assert locked == {"dat"}


INDICATOR = Indicator(code="x", name="X")


@pytest.mark.parametrize(
    ("indicator", "shown"),
    [
        (replace(INDICATOR, operator="toi_thieu", target=Decimal(95), measure_unit="%"), "≥ 95 %"),
        (
            replace(INDICATOR, operator="khoang", target=Decimal(5), target_to=Decimal(10), measure_unit="ngày"),
            "từ 5 đến 10 ngày",
        ),
        (replace(INDICATOR, qualitative=True), "Đạt"),
        (replace(INDICATOR, operator="bang", target=Decimal(3)), "= 3"),
    ],
)
def test_a_target_in_words(indicator: Indicator, shown: str) -> None:
    assert target_text(indicator) == shown


def test_an_empty_form_and_a_filled_one(make_plan: MakePlan) -> None:
    own = "luoc_do: nd09\ntu: 15/12/2025\nden: 14/03/2026\ntien_do:\n"
    own += "  - {ma: the-che-1, don_vi: phong-kinh-te, phan_tram: 100, ngay_hoan_thanh: 05/01/2026, giai_ngan: 0}\n"
    period = open_period(make_plan(files={"tien-do/2026-Q1.yaml": own}), "2026-Q1")
    unit = period.questions.plan.organisation.by_code["phong-kinh-te"]
    keys = [one.key for one in parts(period.questions)["tien_do"].columns]
    for earlier, expected in ((None, (None, None, None, None)), (period.before, ("Đã xong", 100, date(2026, 1, 5), 0))):
        sheet = progress_sheets(period.questions, unit, "0", earlier)[1]
        cells = dict(zip(keys, sheet.lines[0].cells, strict=True))
        assert (cells[STATUS], cells["phan_tram"], cells["ngay_hoan_thanh"], cells["giai_ngan"]) == expected


def test_forms_are_written_once_and_a_filled_in_one_is_kept(make_plan: MakePlan, tmp_path: Path) -> None:
    out = tmp_path / "forms"
    period = open_period(make_plan(), "2026-Q1")
    first = write_progress_forms(period, out)
    assert [one.path.name for one in first.written] == [
        "cchc-2026-2026-Q1-van-phong.xlsx",
        "cchc-2026-2026-Q1-phong-kinh-te.xlsx",
    ]
    assert all(one.unchanged for one in write_progress_forms(period, out).written)
    fill(first.written[0].path, {"Nhiệm vụ": {"G6": 50}})
    filled = first.written[0].path.read_bytes()
    again = write_progress_forms(period, out)
    assert again.kept == (first.written[0].path,)
    assert first.written[0].path.read_bytes() == filled


def test_units_without_a_question_are_named(make_plan: MakePlan, tmp_path: Path) -> None:
    change = ("co_quan_chu_tri: Văn phòng", "co_quan_chu_tri: Phòng Kinh tế")
    period = open_period(make_plan(changes={"ke-hoach.yaml": [change]}), "2026-Q1")
    formed = write_progress_forms(period, tmp_path / "a")
    assert [unit.code for unit in formed.idle] == ["van-phong"]
    formed = write_progress_forms(period, tmp_path / "b", units=["Văn phòng"])
    assert (formed.written, [unit.code for unit in formed.idle]) == ((), ["van-phong"])
    with pytest.raises(UsageError, match="là một nhóm đơn vị"):
        write_progress_forms(period, tmp_path / "c", units=["cac-co-quan"])
