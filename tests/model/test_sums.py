"""Sums in whole đồng, and what a document prints for them."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docgen import DataError, load_plan
from docgen.errors import Problem
from docgen.model.plan.plan import Appendix, MoneyUnit, Plan
from docgen.model.plan.sums import (
    appendix_sum,
    group_sum,
    in_money_unit,
    plan_sum,
    printed_appendix_sum,
    printed_group_sum,
    printed_plan_sum,
)
from docgen.model.plan.task import Group, Task
from docgen.model.plan.text import Node
from docgen.wording.words import amount_in_words
from tests.conftest import ROOT, MakePlan


def group(*amounts: str | None, own: str | None = None, **fields: Any) -> Group:
    tasks = tuple(
        Task(code=f"t{i}", description=("x",), budget=None if amount is None else Decimal(amount))
        for i, amount in enumerate(amounts)
    )
    return Group(code="g", title="x", tasks=tasks, budget=None if own is None else Decimal(own), **fields)


@pytest.mark.parametrize(
    ("found", "unit", "dong"),
    [
        (group("20", "0.5"), "triệu đồng", 20_500_000),
        (group("0.1", "0.2"), "triệu đồng", 300_000),
        (group("1", None), "tỷ đồng", 10**9),
        (group("0"), "đồng", 0),
        (group(None, None), "triệu đồng", None),
        (group(), "triệu đồng", None),
        (group(own="7"), "nghìn đồng", 7_000),
        (group(None, own="7"), "triệu đồng", 7_000_000),
        (group("12345678901234567890123456789.000001", "0.000001"), "triệu đồng",
         12345678901234567890123456789 * 10**6 + 2),
    ],
)  # fmt: skip
def test_group_sum(found: Group, unit: MoneyUnit, dong: int | None) -> None:
    assert group_sum(found, unit) == dong
    assert appendix_sum(Appendix(code="p", groups=(found, group())), unit) == dong


@pytest.mark.parametrize("dong", [0, 1, 406_500_000, 12345678901234567890123456789 * 10**6 + 2])
@pytest.mark.parametrize("unit", ["đồng", "nghìn đồng", "triệu đồng", "tỷ đồng"])
def test_in_money_unit_is_exact(dong: int, unit: MoneyUnit) -> None:
    assert group_sum(group(str(in_money_unit(dong, unit))), unit) == dong


def test_the_real_plan(sample: Path) -> None:
    plan = load_plan(sample).value
    assert plan_sum(plan) == 406_000_000
    million = [
        None if (dong := group_sum(found, "triệu đồng")) is None else dong // 10**6 for _, found in plan.groups()
    ]
    assert million == [5, 21, None, 200, None, 70, 110]
    assert amount_in_words(plan_sum(plan) or 0) == "Bốn trăm linh sáu triệu đồng"


def with_total(plan: Plan, **update: Any) -> Plan:
    return replace(plan, **update)


def test_a_stated_total_is_printed_only_where_the_plan_stands_by_it(sample: Path) -> None:
    plan = load_plan(sample).value
    stated = with_total(plan, stated_total=Decimal("407.5"))
    assert printed_plan_sum(plan) == printed_plan_sum(stated) == 406_000_000
    assert printed_plan_sum(with_total(stated, accept_total="văn bản đã ban hành")) == 407_500_000
    assert printed_group_sum(group("20", stated_total=Decimal(21)), "triệu đồng") == 20_000_000
    assert printed_group_sum(group("20", stated_total=Decimal(21), accept_total="x"), "triệu đồng") == 21_000_000
    assert printed_group_sum(group(), "triệu đồng") is None


# ---------------------------------------------------------------- stated totals against computed ones

UNIT = "don_vi_tinh: triệu đồng\n"
GROUP = "        linh_vuc: the-che\n"
ADDED = "            thay_doi: [{loai: them, van_ban: Quyết định số 5, ngay: 01/3/2026}]\n"
LATER = (
    "        nhiem_vu:\n",
    f"        nhiem_vu:\n          - ma: them\n            mo_ta: Việc thêm\n            kinh_phi: 7\n{ADDED}",
)
SEVERAL = ROOT / "tests" / "cases" / "plan" / "several-appendices"


def found(folder: Path) -> list[Problem]:
    try:
        return list(load_plan(folder).remarks)
    except DataError as error:
        return list(error.problems)


def stated(plan_total: str = "", group_total: str = "") -> list[tuple[str, str]]:
    """Changes that put lines at the plan and at its group."""
    return [(UNIT, UNIT + plan_total), (GROUP, GROUP + group_total)]


def test_totals_are_those_of_the_plan_as_issued(make_plan: MakePlan) -> None:
    totals = stated("tong_ghi: 20\n", "        tong_ghi: 20\n")
    assert found(make_plan(changes={"ke-hoach.yaml": [*totals, LATER]})) == []
    totals = stated("tong_ghi: 27\n", "        tong_ghi: 27\n")
    problems = found(make_plan(changes={"ke-hoach.yaml": [*totals, LATER]}))
    assert [problem.code for problem in problems] == ["plan.total", "plan.total"]
    assert all("tổng tính ra 20 triệu đồng" in problem.message for problem in problems)


def test_a_later_task_may_have_money_beside_the_group(make_plan: MakePlan) -> None:
    own, bare = "        kinh_phi: 150\n", ("            kinh_phi: 20\n", "")
    assert found(make_plan(changes={"ke-hoach.yaml": [*stated(group_total=own), bare, LATER]})) == []
    (problem,) = found(make_plan(changes={"ke-hoach.yaml": [*stated(group_total=own), LATER]}))
    assert problem.code == "group.budget-twice"
    assert problem.related[0].path == ("phu_luc", 0, "nhom", 0, "nhiem_vu", 1, "kinh_phi")
    assert problem.related[0].line == 35


def test_a_groups_money_that_is_no_whole_dong(make_plan: MakePlan) -> None:
    bare = ("            kinh_phi: 20\n", "")
    totals = stated("tong_ghi: 20\n", "        kinh_phi: 0,0000001\n        tong_ghi: 20\n")
    problems = found(make_plan(changes={"ke-hoach.yaml": [*totals, bare]}))
    assert [problem.code for problem in problems] == ["data.part-of-dong"]


def test_a_total_over_several_tables_is_refused(make_plan: MakePlan) -> None:
    text = (SEVERAL / "ke-hoach.yaml").read_text(encoding="utf-8")
    for lines in ("tong_ghi: 25,5\n", "tong_ghi: 30\nchap_nhan_tong: x\n"):
        folder = make_plan(files={"ke-hoach.yaml": text.replace(UNIT, UNIT + lines)})
        (problem,) = found(folder)
        assert (problem.code, problem.place.line) == ("plan.total-of-several", 4)
        assert problem.hint == "ghi tong_ghi ở từng nhóm, hoặc bỏ"


def test_groups_that_do_not_make_the_printed_total(make_plan: MakePlan) -> None:
    accepted = "        tong_ghi: 25\n        chap_nhan_tong: Quyết định đã ban hành ghi như vậy\n"
    problems = found(make_plan(changes={"ke-hoach.yaml": stated(group_total=accepted)}))
    assert [problem.code for problem in problems] == ["plan.total-accepted", "plan.total-of-groups"]
    assert "các nhóm in tổng cộng 25 nhưng dòng tổng của phụ lục in 20 triệu đồng" in problems[1].message
    both = stated("tong_ghi: 25\nchap_nhan_tong: x\n", accepted)
    problems = found(make_plan(changes={"ke-hoach.yaml": both}))
    assert [problem.code for problem in problems] == ["plan.total-accepted", "plan.total-accepted"]
    unreadable = [*stated(group_total=accepted), ("kinh_phi: 20\n", "kinh_phi: 2O\n")]
    problems = found(make_plan(changes={"ke-hoach.yaml": unreadable}))
    assert [problem.code for problem in problems] == ["data.amount"]


def test_what_a_table_prints(sample: Path) -> None:
    plan = load_plan(sample).value
    accepted = with_total(plan, stated_total=Decimal("407.5"), accept_total="x")
    assert printed_appendix_sum(accepted, plan.appendices[0]) == 407_500_000
    words = Appendix(code="pl-2", content=(Node(level="khong", text="x"),))
    beside_words = with_total(accepted, appendices=(*plan.appendices, words))
    assert printed_appendix_sum(beside_words, plan.appendices[0]) == 407_500_000
    two = with_total(accepted, appendices=(*plan.appendices, *plan.appendices))
    assert printed_appendix_sum(two, plan.appendices[0]) == 406_000_000
