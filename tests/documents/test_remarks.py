"""Which of the units' texts are printed: the latest, earlier ones only where they say something else."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.documents.bao_cao.remarks import narrated, remarks_on
from docgen.model.counting.report import Report, count_period, report_of
from docgen.model.periods.period import parse_period
from tests.model.counting_plans import SCHEME, one_group, plan, progress, task


def record(text: str | None, percent: int | None = None, unit: str = "a", **more: Any) -> dict[str, Any]:
    return {"ma": "t", "don_vi": unit, "ket_qua": (text,) if text else (), **more,
            "phan_tram": None if percent is None else Decimal(percent)}  # fmt: skip


def report(period: str = "2023", leads: str = "Phòng A", **quarters: Any) -> Report:
    said = progress(**{name: {"tien_do": records} for name, records in quarters.items()})
    return report_of(count_period(plan(one_group(task("t", leads))), said, SCHEME, parse_period(period)))


@pytest.mark.parametrize(
    ("quarters", "printed"),
    [
        ({"Q1": "Đã họp."}, [("", "Đã họp.")]),
        ({"Q1": "Đang liên hệ.", "Q3": "Đã đi."}, [("2023-Q1", "Đang liên hệ."), ("", "Đã đi.")]),
        ({"Q1": "Đã họp.", "Q2": "Đã họp"}, [("", "Đã họp")]),
        ({"Q1": "Đã họp.", "Q2": "Đã họp, đã ban hành."}, [("", "Đã họp, đã ban hành.")]),
        (
            {"Q1": "Một.", "Q2": "Hai.", "Q4": "Một."},
            [("2023-Q2", "Hai."), ("", "Một.")],
        ),
    ],
)
def test_of_a_task(quarters: dict[str, str], printed: list[tuple[str, str]]) -> None:
    (one,) = report(**{name: (record(text),) for name, text in quarters.items()}).tasks
    assert [(remark.period, remark.text) for remark in remarks_on(one, lambda said: said.result)] == printed


def test_a_text_is_old_where_the_task_is_known_to_have_gone_on() -> None:
    drafted, done = record("Đã dự thảo.", 50), record(None, ngay_hoan_thanh=date(2023, 6, 1))
    (one,) = report(Q1=(drafted,), Q2=(done,)).tasks
    assert [remark.period for remark in remarks_on(one, lambda said: said.result)] == ["2023-Q1"]


def test_each_unit_has_its_own_latest() -> None:
    first = (record("C một.", 5, "c"), record("D một.", 5, "d"))
    (one,) = report(leads="Các phòng", Q1=first, Q2=(record("D hai.", 9, "d"),)).tasks
    told = [(remark.unit, remark.period, remark.text) for remark in remarks_on(one, lambda said: said.result)]
    assert told == [("c", "", "C một."), ("d", "2023-Q1", "D một."), ("d", "", "D hai.")]


@pytest.mark.parametrize(("period", "marks"), [("2023-H1", ["2023-Q1", ""]), ("2023", ["2023-Q1", "2023-Q2"])])
def test_of_a_field_of_work_whatever_is_not_of_the_last_days_is_dated(period: str, marks: list[str]) -> None:
    texts = {
        name: ({"don_vi": "a", "linh_vuc": "x", "van": (text,)},)
        for name, text in (("Q1", "2.050 hồ sơ."), ("Q2", "Tăng."))
    }
    said = progress(**{name: {"loi_van": text} for name, text in texts.items()})
    found = report_of(count_period(plan(one_group(task("t"))), said, SCHEME, parse_period(period)))
    assert [remark.period for remark in narrated(found, "x")] == marks
