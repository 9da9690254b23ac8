"""Sums in whole đồng, and what a document prints for them."""

from decimal import Decimal
from pathlib import Path

import pytest

from docgen import load_plan
from docgen.model.plan import Appendix, MoneyUnit, Plan
from docgen.model.sums import (
    appendix_sum,
    group_sum,
    in_money_unit,
    plan_sum,
    printed_group_sum,
    printed_plan_sum,
)
from docgen.model.task import Group, Task
from docgen.wording.words import amount_in_words


def group(*amounts: str | None, own: str | None = None, **fields: object) -> Group:
    tasks = tuple(
        Task(ma=f"t{i}", mo_ta=("x",), kinh_phi=None if amount is None else Decimal(amount))
        for i, amount in enumerate(amounts)
    )
    return Group(ma="g", tieu_de="x", nhiem_vu=tasks, kinh_phi=None if own is None else Decimal(own), **fields)


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
    assert appendix_sum(Appendix(ma="p", nhom=(found, group())), unit) == dong


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


def with_total(plan: Plan, **update: object) -> Plan:
    return plan.model_copy(update=update)


def test_a_stated_total_is_printed_only_where_the_plan_stands_by_it(sample: Path) -> None:
    plan = load_plan(sample).value
    stated = with_total(plan, stated_total=Decimal("407.5"))
    assert printed_plan_sum(plan) == printed_plan_sum(stated) == 406_000_000
    assert printed_plan_sum(with_total(stated, accept_total="văn bản đã ban hành")) == 407_500_000
    assert printed_group_sum(group("20", tong_ghi=Decimal(21)), "triệu đồng") == 20_000_000
    assert printed_group_sum(group("20", tong_ghi=Decimal(21), chap_nhan_tong="x"), "triệu đồng") == 21_000_000
    assert printed_group_sum(group(), "triệu đồng") is None
