"""A plan as it stood on a day: later decisions add, withdraw and amend, the original stays."""

from datetime import date
from decimal import Decimal

import pytest

from docgen import load_plan
from docgen.model.plan.history import as_of
from docgen.model.plan.plan import Plan
from docgen.model.plan.sums import plan_sum
from docgen.model.plan.task import Task
from tests.conftest import ROOT, MakePlan


@pytest.fixture
def plan(make_plan: MakePlan) -> Plan:
    return load_plan(make_plan(ROOT / "tests" / "cases" / "plan" / "changes")).value


def tasks(plan: Plan, day: date | None) -> dict[str, Task]:
    return {task.code: task for _, task in as_of(plan, day).tasks()}


@pytest.mark.parametrize(
    ("day", "codes", "millions", "deadline"),
    [
        (None, ["the-che-1", "the-che-2"], 20, "Quý I/2026"),
        (date(2026, 2, 28), ["the-che-1", "the-che-2"], 20, "Quý I/2026"),
        (date(2026, 3, 1), ["the-che-1", "the-che-3"], 42, "Quý II/2026"),
        (date(2026, 5, 31), ["the-che-1", "the-che-3"], 42, "Quý II/2026"),
        (date(2026, 6, 1), ["the-che-1", "the-che-3"], 7, "Quý II/2026"),
    ],
)
def test_as_of(plan: Plan, day: date | None, codes: list[str], millions: int, deadline: str) -> None:
    found = tasks(plan, day)
    assert list(found) == codes
    assert plan_sum(as_of(plan, day)) == millions * 10**6
    assert found["the-che-1"].deadline == deadline


def test_words_replace_an_amount(plan: Plan) -> None:
    before, after = tasks(plan, date(2026, 3, 1))["the-che-1"], tasks(plan, date(2026, 6, 1))["the-che-1"]
    assert (before.budget, before.budget_words) == (Decimal(35), None)
    assert (after.budget, after.budget_words) == (None, "Kinh phí thường xuyên")


def test_the_original_is_untouched(plan: Plan) -> None:
    before = plan.by_key()
    as_of(plan, date(2030, 1, 1))
    assert plan.by_key() == before
    assert len(list(plan.tasks())) == 3
