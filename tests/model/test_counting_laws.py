"""Laws of counting, for any plan and progress: parts sum to wholes, flows add up, stocks stay, order is nothing."""

import random
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.model.counting.report import Report, count_period, report_of
from docgen.model.counting.states import State, States, percent
from docgen.model.counting.tables import Row
from docgen.model.counting.tasks import Money
from docgen.model.periods.period import parse_period
from docgen.model.plan.history import as_of
from docgen.model.plan.plan import Plan
from docgen.model.plan.sums import plan_sum
from docgen.model.progress.progress import Progress
from tests.model.counting_plans import QUARTERS, SCHEME, WINDOWS, plans, progresses

COUNTED = plans().flatmap(lambda plan: st.tuples(st.just(plan), progresses(plan)))
#: A withdrawn task takes what it disbursed before along, so that sums over quarters are of plans that stay.
STAYING = plans(changes=False).flatmap(lambda plan: st.tuples(st.just(plan), progresses(plan)))
SOME = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


def report(plan: Plan, progress: Progress, period: str, unit: str | None = None) -> Report:
    return report_of(count_period(plan, progress, SCHEME, parse_period(period)), unit)


def sum_of(rows: Iterable[Row]) -> tuple[dict[State, int], Money]:
    counts, money = dict.fromkeys(State, 0), Money()
    for row in rows:
        counts = {state: counts[state] + row.states[state] for state in State}
        money += row.money
    return counts, money


@SOME
@given(COUNTED, st.sampled_from([*WINDOWS, "2023"]))
def test_parts_sum_to_wholes(counted: tuple[Plan, Progress], period: str) -> None:
    found = report(*counted, period)
    assert found.units is not None
    whole = sum_of([found.total])
    assert sum_of(found.groups) == whole
    assert sum_of(found.fields) == whole
    assert sum_of([*found.units.units, found.units.common]) == whole
    assert found.units.total == found.total
    assert found.states.total == len(found.tasks) == sum(1 for _ in as_of(counted[0], found.window.end).tasks())
    assert found.total.money.budget == plan_sum(found.plan)
    for one in found.tasks:
        assert sum((money for _unit, money in one.money_of), Money()) == one.money
    assert sum(found.states.counts.values()) == len(found.tasks)


@SOME
@given(STAYING)
def test_flows_of_quarters_sum_to_the_year(counted: tuple[Plan, Progress]) -> None:
    plan, progress = counted
    for whole, parts in (("2023", QUARTERS), ("2023-H1", QUARTERS[:2])):
        year, quarters = report(plan, progress, whole), [report(plan, progress, part) for part in parts]
        assert year.total.money.disbursed == sum_of(one.total for one in quarters)[1].disbursed
        assert year.total.money.disbursed == year.total.money.cumulative == quarters[-1].total.money.cumulative
        for index, one in enumerate(year.tasks):
            assert one.money.disbursed == sum((part.tasks[index].money for part in quarters), Money()).disbursed
            assert set(one.issued) == {text for part in quarters for text in part.tasks[index].issued}
        flows = [value for part in quarters if (value := part.statistics.value("dong")) is not None]
        assert year.statistics.value("dong") == (sum(flows) if flows else None)


@SOME
@given(COUNTED)
def test_stocks_equal_the_last_quarters(counted: tuple[Plan, Progress]) -> None:
    for whole, last in (("2023", "2023-Q4"), ("2023-H1", "2023-Q2")):
        year, quarter = report(*counted, whole), report(*counted, last)
        assert year.states == quarter.states
        assert [stock(one) for one in year.tasks] == [stock(one) for one in quarter.tasks]
        assert year.indicators == quarter.indicators
        assert year.statistics.value("ton") == quarter.statistics.value("ton")
        assert year.unfinished == tuple(one for one in year.tasks if not one.state.done)


def stock(one: Any) -> tuple[Any, ...]:
    return one.task.code, one.state, one.percent, one.done_on, one.said_on, one.done_units, one.past_due


@SOME
@given(COUNTED, st.randoms(use_true_random=False), st.sampled_from(["2023-Q2", "2023-H1", "2023"]))
def test_the_order_of_records_is_nothing(counted: tuple[Plan, Progress], chance: random.Random, period: str) -> None:
    plan, progress = counted
    kinds = ("tasks", "indicators", "statistics", "texts", "answers")
    shuffled = {
        name: replace(file, **{key: tuple(chance.sample(getattr(file, key), len(getattr(file, key)))) for key in kinds})
        for name, file in chance.sample(sorted(progress.files.items()), len(progress.files))
    }
    again = replace(progress, files=shuffled)
    assert without_paths(report(plan, again, period)) == without_paths(report(plan, progress, period))


def without_paths(value: Any) -> Any:
    """A result as plain values, but for the paths of records, which shuffling moves."""
    if is_dataclass(value):
        return {
            field.name: without_paths(getattr(value, field.name)) for field in fields(value) if field.name != "path"
        }
    if isinstance(value, dict):
        return {key: without_paths(below) for key, below in value.items()}
    return [without_paths(below) for below in value] if isinstance(value, tuple) else value


@SOME
@given(COUNTED)
def test_a_wider_record_stands_for_its_parts(counted: tuple[Plan, Progress]) -> None:
    """A file of the half year that says the same as its two quarters changes no figure of any report."""
    plan, progress = counted
    only: dict[str, Any] = {"start": WINDOWS["2023-H1"][0], "tasks": (), "indicators": (), "texts": (), "answers": ()}
    half = replace(progress.files["2023-Q2"], **only, statistics=joined(progress))
    wider = replace(progress, files={**progress.files, "2023-H1": half})
    for period in ("2023-Q1", "2023-H1", "2023"):
        assert report(plan, wider, period).statistics.value("dong") == report(plan, progress, period).statistics.value(
            "dong"
        )


def joined(progress: Progress) -> tuple[Any, ...]:
    """The flows of the first two quarters, by unit."""
    sums: dict[str, Any] = {}
    for period in QUARTERS[:2]:
        for one in progress.files[period].statistics:
            if one.statistic == "dong":
                before = sums.get(one.unit)
                sums[one.unit] = one if before is None else replace(one, value=one.value + before.value)
    return tuple(sums.values())


@SOME
@given(COUNTED, st.sampled_from(["a", "b", "c"]), st.sampled_from(["2023-Q2", "2023"]))
def test_a_units_report_fits_the_offices(counted: tuple[Plan, Progress], unit: str, period: str) -> None:
    office, own = report(*counted, period), report(*counted, period, unit)
    assert office.units is not None
    assert sum_of(own.groups) == sum_of([own.total])
    row = next((row for row in office.units.units if row.code == unit), None)
    led = [one for one in own.tasks if one.owner == unit and one.counting == "chung"]
    assert {one.task.code for one in led} <= {one.task.code for one in office.tasks if one.owner == unit}
    if row is not None and all(one.counting == "chung" for one in office.tasks):
        assert row.states == own.states
    assert all(one.counting == "tung_don_vi" or one.owner == unit for one in own.tasks)
    assert [answer.unit for answer in own.answers] == [unit]


@given(st.lists(st.integers(0, 10**6), min_size=len(State), max_size=len(State)))
def test_each_percentage_is_what_a_calculator_rounds(counts: list[int]) -> None:
    found = States(dict(zip(State, counts, strict=True)))
    if not sum(counts):
        assert found.percents == {}
        assert not found.percents_miss
        return
    for count, part in zip(counts, found.percents.values(), strict=True):
        exact = Decimal(100 * count) / sum(counts)
        assert part == exact.quantize(Decimal("0.1"), ROUND_HALF_UP) == percent(count, sum(counts))
    assert found.percents_miss == (sum(found.percents.values()) != 100)


@pytest.mark.parametrize(
    ("counts", "shown", "misses"),
    [
        ((1, 1, 20), ("4.5", "4.5", "90.9"), True),
        ((1, 1, 1), ("33.3", "33.3", "33.3"), True),
        ((59, 9), ("86.8", "13.2"), False),
        ((2, 1, 1), ("50", "25", "25"), False),
    ],
)
def test_equal_counts_have_equal_percentages(counts: tuple[int, ...], shown: tuple[str, ...], misses: bool) -> None:
    """1 of 22 was printed 4,6 in one row and 4,5 in the next, so that the column made 100."""
    found = States.of(state for state, count in zip(State, counts, strict=False) for _ in range(count))
    assert list(found.percents.values())[: len(shown)] == [Decimal(one) for one in shown]
    assert found.percents_miss is misses


def test_percent_rounds_half_up() -> None:
    assert percent(1, 3) == Decimal("33.3")
    assert percent(1, 16) == Decimal("6.3")
    assert percent(5, 1000) == Decimal("0.5")
    assert percent(0, 5) == 0
    assert percent(None, 5) is percent(5, None) is percent(5, 0) is None


def test_no_task_no_percent() -> None:
    assert States.of([]).percents == {}
    assert States.of([]).done_percent is None
