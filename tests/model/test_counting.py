"""Counting by example: the six states, who counts for what, windows that may and may not be counted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.model.counting.answers import quarters_sent
from docgen.model.counting.entries import entries, select
from docgen.model.counting.report import Report, count_period, report_of
from docgen.model.counting.states import State
from docgen.model.counting.tasks import Money, TaskCount
from docgen.model.counting.units import Units
from docgen.model.periods.period import parse_period
from docgen.model.plan.organisation import Organisation, OtherName, Unit
from docgen.model.plan.plan import Plan
from docgen.model.progress.progress import Progress
from tests.model.counting_plans import FORM, SCHEME, file, one_group, organisation, plan, progress, task
from tests.records import from_keys

BOTH = "Các phòng"
MILLION = 10**6


def record(unit: str = "a", percent: int | None = None, done: date | None = None, **more: Any) -> dict[str, Any]:
    return {"ma": "t", "don_vi": unit, "phan_tram": None if percent is None else Decimal(percent),
            "ngay_hoan_thanh": done, **more}  # fmt: skip


def paid(unit: str, millions: str, **more: Any) -> dict[str, Any]:
    return record(unit, 10, giai_ngan=Decimal(millions), **more)


def report(
    found: Plan, said: Progress, period: str = "2023-H1", *, today: date | None = None, unit: str | None = None
) -> Report:
    return report_of(count_period(found, said, SCHEME, parse_period(period), today), unit)


def counted(fields: dict[str, Any], period: str = "2023-H1", unit: str | None = None, **files: Any) -> TaskCount:
    """The one task of a plan, with the records of each file."""
    found = plan(one_group(task("t", **fields)))
    said = progress(**{name: {"tien_do": tuple(records)} for name, records in files.items()})
    return report(found, said, period, unit=unit).tasks[0]


@pytest.mark.parametrize(
    ("deadline", "said", "state"),
    [
        ("Quý I/2023", record(percent=100, done=date(2023, 3, 31)), State.DONE_ON_TIME),
        ("Quý I/2023", record(percent=100, done=date(2023, 4, 1)), State.DONE_LATE),
        ("Quý I/2023", record(done=date(2023, 4, 1)), State.DONE_LATE),
        ("Quý I/2023", record(percent=99), State.OVERDUE),
        ("Quý I/2023", record(percent=0), State.OVERDUE),
        ("Trước ngày 15/6/2023", record(percent=0), State.NOT_BEGUN),  # due on the very cut-off
        ("Trước ngày 14/6/2023", record(percent=0), State.OVERDUE),
        ("Năm 2023", record(percent=1), State.IN_PROGRESS),
        ("Năm 2023", record(percent=0), State.NOT_BEGUN),
        ("Năm 2023", record(percent=100, done=date(2023, 6, 20)), State.IN_PROGRESS),  # kept for the next period
        ("Quý I/2023", record(percent=100, done=date(2023, 6, 20)), State.OVERDUE),
        ("sớm", record(percent=0), State.NOT_BEGUN),  # no last day to be read: never overdue
        ("Năm 2023", record(da_ban_hanh=("Kế hoạch",)), State.NO_DATA),  # says nothing of how far it is
        ("Quý I/2023", None, State.NO_DATA),
    ],
)
def test_states(deadline: str, said: dict[str, Any] | None, state: State) -> None:
    one = counted({"thoi_han": deadline}, Q2=[said] if said else [])
    assert one.state is state
    assert one.past_due == (deadline != "sớm" and one.last_day < date(2023, 6, 14) and not state.done)


def test_a_completion_after_the_cut_off_counts_in_the_next_period() -> None:
    said = {"Q1": [record(percent=100, done=date(2023, 3, 20))]}
    fields = {"thoi_han": "Quý I/2023"}
    assert counted(fields, "2023-Q1", **said).state is State.IN_PROGRESS
    assert counted(fields, "2023-Q1", **said).percent is None
    later = counted(fields, "2023-H1", **said)
    assert (later.state, later.percent, later.done_on) == (State.DONE_ON_TIME, 100, date(2023, 3, 20))


def test_a_stock_keeps_its_date() -> None:
    one = counted({"thoi_han": "Năm 2023"}, "2023-Q2", Q1=[record(percent=30)])
    assert (one.state, one.percent, one.said_on) == (State.IN_PROGRESS, 30, date(2023, 3, 14))
    assert counted({}, "2023-Q1", Q2=[record(percent=30)]).state is State.NO_DATA


@pytest.mark.parametrize(
    ("records", "state", "done"),
    [
        ([], State.NO_DATA, 0),
        ([record("c", 0)], State.NOT_BEGUN, 0),
        ([record("c", 0), record("d", 5)], State.IN_PROGRESS, 0),
        ([record("c", 100, date(2023, 2, 1))], State.IN_PROGRESS, 1),  # the other is silent
        ([record("c", 100, date(2023, 2, 1)), record("d", 100, date(2023, 3, 1))], State.DONE_ON_TIME, 2),
    ],
)
def test_unit_by_unit(records: list[dict[str, Any]], state: State, done: int) -> None:
    one = counted({"leads": BOTH, "thoi_han": "Năm 2023"}, Q1=records)
    assert (one.state, one.done_units, one.all_units, one.percent) == (state, done, 2, None)
    assert one.common and one.owner is None


def test_unit_by_unit_is_late_with_its_last_unit() -> None:
    said = [record("c", 100, date(2023, 2, 1)), record("d", 100, date(2023, 5, 1))]
    one = counted({"leads": BOTH, "thoi_han": "Quý I/2023"}, Q2=said)
    assert (one.state, one.done_on) == (State.DONE_LATE, date(2023, 5, 1))
    own = counted({"leads": BOTH, "thoi_han": "Quý I/2023"}, unit="c", Q2=said)
    assert (own.state, own.done_on, own.all_units) == (State.DONE_ON_TIME, date(2023, 2, 1), 1)


def test_equal_answers_are_one() -> None:
    one = counted({"leads": "Phòng A; Phòng B"}, Q1=[paid("a", "5"), paid("b", "5")])
    assert one.money == Money(None, 5 * MILLION, 5 * MILLION)
    assert (one.owner, len(one.units)) == ("a", 1)


def test_a_share_is_each_units_own() -> None:
    shares = ({"don_vi": "b", "kinh_phi": Decimal(4)}, {"don_vi": "c", "kinh_phi": Decimal(1)})
    one = counted({"kinh_phi": Decimal(10), "phan_bo": shares}, Q1=[paid("a", "2"), paid("b", "3")])
    assert dict(one.money_of) == {
        "a": Money(5 * MILLION, 2 * MILLION, 2 * MILLION),
        "b": Money(4 * MILLION, 3 * MILLION, 3 * MILLION),
        "c": Money(1 * MILLION),
    }
    assert one.money == Money(10 * MILLION, 5 * MILLION, 5 * MILLION)


def test_units_and_common_are_all() -> None:
    tasks = [task("t", "Phòng A; Phòng B", kinh_phi=Decimal(3)), task("u", BOTH, kinh_phi=Decimal(4)), task("v", None)]
    table = report(plan(one_group(*tasks)), progress()).units
    assert table is not None
    assert [(row.code, row.states.total, row.money.budget, row.co_led) for row in table.units] == [
        ("a", 1, 3 * MILLION, ()),
        ("b", 0, None, ("t",)),
    ]
    assert (table.common.states.total, table.common.money.budget) == (2, 4 * MILLION)
    assert (table.total.states.total, table.total.money.budget) == (3, 7 * MILLION)


def test_a_groups_own_money_is_common() -> None:
    found = report(plan(one_group(task("t"), kinh_phi=Decimal(9))), progress())
    assert found.units is not None
    assert found.total.money.budget == found.groups[0].money.budget == found.units.common.money.budget == 9 * MILLION


def merged() -> Organisation:
    return organisation(d={"hieu_luc_den": date(2023, 4, 30), "thay_boi": "b",
                           "ten_khac": ({"ten": "Phòng Cũ", "den": date(2023, 4, 30)},)})  # fmt: skip


def test_a_merged_unit_counts_under_its_successor() -> None:
    found = plan(one_group(task("t", "Phòng D", kinh_phi=Decimal(9))), merged())
    said = progress(Q1={"tien_do": (paid("Phòng Cũ", "2"),)}, Q2={"tien_do": (paid("b", "3"),)})
    assert [one.owner for one in report(found, said, "2023-Q1").tasks] == ["d"]
    half = report(found, said)
    assert half.tasks[0].owner == half.tasks[0].units[0].unit == "b"
    assert half.total.money.disbursed == 5 * MILLION
    assert [answer.unit for answer in half.answers] == ["b"]
    assert half.answers[0].earlier == (("2023-Q1", None),)


def test_names_by_date() -> None:
    both = Organisation(
        issuing_agency="a",
        units=(
            Unit(code="a", name="Phòng A", other_names=(OtherName(name="Phòng Văn hóa", until=date(2023, 3, 31)),)),
            Unit(code="b", name="Phòng B", other_names=(OtherName(name="Phòng Văn hóa", since=date(2023, 4, 1)),)),
        ),
    )
    units = Units(both)
    assert units.find("Phòng  văn hóa", date(2023, 1, 1), date(2023, 3, 14)) == "a"
    assert units.find("Phòng Văn hóa", date(2023, 4, 15), date(2023, 6, 14)) == "b"
    assert units.find("a", date(2023, 4, 15), date(2023, 6, 14)) == "a"
    assert units.find("Phòng C", date(2023, 4, 15), date(2023, 6, 14)) is None


def test_the_widest_record_counts_and_narrower_ones_check_it() -> None:
    said = progress(
        Q1={"tien_do": (paid("a", "2"),)}, Q2={"tien_do": (paid("a", "3"),)}, H1={"tien_do": (paid("a", "6"),)}
    )
    half = report(plan(one_group(task("t"))), said)
    assert half.total.money.disbursed == 6 * MILLION
    (remark,) = half.remarks
    assert (remark.code, remark.place.path) == ("progress.parts-differ", ("ky", "2023-H1", "tien_do", 0, "giai_ngan"))
    assert remark.message == "giải ngân 6 khác tổng các kỳ nhỏ hơn bên trong: 5"
    assert report(plan(one_group(task("t"))), said, "2023-Q2").total.money.disbursed == 3 * MILLION


def test_a_straddling_record_is_listed_not_split() -> None:
    said = progress(H1={"tien_do": (paid("a", "6"),)})
    quarter = report(plan(one_group(task("t"))), said, "2023-Q2")
    assert quarter.total.money.disbursed is None
    assert quarter.total.money.cumulative == 6 * MILLION
    assert [entry.path for entry in quarter.uncountable] == [("ky", "2023-H1", "tien_do", 0)]
    assert [remark.code for remark in quarter.remarks] == ["progress.straddling"]
    assert quarter.tasks[0].percent == 10  # a stock isn't split


def test_a_record_may_narrow_its_window() -> None:
    part = paid("a", "6", tu=date(2023, 3, 1), den=date(2023, 3, 10))
    found, said = plan(one_group(task("t"))), progress(Q1={"tien_do": (part,)})
    adhoc = report(found, said, "2023-03-01..2023-03-31")
    assert adhoc.total.money.disbursed == 6 * MILLION
    assert adhoc.window.in_scheme is False
    assert adhoc.tasks[0].said_on == date(2023, 3, 10)


def test_overlapping_records_are_not_added() -> None:
    windows = [(date(2023, 1, 1), date(2023, 2, 28)), (date(2023, 2, 1), date(2023, 3, 10))]
    records = tuple(paid("a", "1", tu=start, den=end) for start, end in windows)
    said = progress(Q1={"tien_do": records})
    pool = entries(said, Units(organisation())).tasks
    chosen = select(pool, date(2022, 12, 15), date(2023, 3, 14))
    assert [entry.start for entry in chosen.counted] == [date(2023, 1, 1)]
    assert [entry.start for entry in chosen.uncountable] == [date(2023, 2, 1)]


def test_a_span_has_one_notice_for_each_file() -> None:
    tasks = [task(f"t{n}") for n in range(9)]
    records = tuple({"ma": one["ma"], "don_vi": "a", "phan_tram": Decimal(5), "giai_ngan": Decimal(1)} for one in tasks)
    said = progress(Q1={"tien_do": records}, Q2={"tien_do": records[:4]})
    found = report(plan(one_group(*tasks)), said, "2023-03-01..2023-05-31")
    assert [(one.place.path, one.message) for one in found.remarks] == [
        (
            ("ky", f"2023-{quarter}", "tien_do", 0),
            f"số liệu từ {days} vượt ra ngoài kỳ báo cáo nên không cộng được vào kỳ này: {count} mục",
        )
        for quarter, days, count in (("Q1", "15/12/2022 đến 14/03/2023", 9), ("Q2", "15/03/2023 đến 14/06/2023", 4))
    ]
    assert len(found.uncountable) == 13


def test_nobody_is_missing_in_a_span_that_nobody_was_asked_of() -> None:
    found, said = plan(one_group(task("t"))), progress(Q1={"tien_do": (record(percent=5),)})
    span = report(found, said, "2023-03-01..2023-05-31")
    assert span.answers == ()
    assert span.known_until == date(2023, 3, 14)
    assert [one.answered for one in report(found, said, "2023-Q2").answers] == [False]


@pytest.mark.parametrize(
    ("period", "state", "done_on"),
    [
        ("2023-03-01..2023-05-31", State.DONE_ON_TIME, date(2023, 5, 20)),
        ("2023-03-01..2023-05-19", State.IN_PROGRESS, None),
        ("2023-Q1", State.IN_PROGRESS, None),  # its report was signed before that was known
    ],
)
def test_a_day_of_completion_known_later_counts_in_a_span(period: str, state: State, done_on: date | None) -> None:
    said = {"Q1": [record(percent=60)], "Q2": [record(percent=100, done=date(2023, 5, 20), giai_ngan=Decimal(3))]}
    one = counted({"thoi_han": "Năm 2023"}, period, **said)
    assert (one.state, one.done_on) == (state, done_on)
    assert one.money.disbursed is None


def test_a_day_of_completion_known_later_goes_before_what_was_told_for_the_end_of_a_span() -> None:
    said = {"Q2": [record(percent=50)], "Q3": [record(percent=100, done=date(2023, 6, 1))]}
    one = counted({"thoi_han": "Năm 2023"}, "2023-04-10..2023-06-14", **said)
    assert (one.state, one.done_on) == (State.DONE_ON_TIME, date(2023, 6, 1))


def test_whoever_sent_only_statistics_has_sent_something() -> None:
    figures = ({"ma": "dong", "don_vi": "b", "thuc_hien": Decimal(5)},)
    found = plan(one_group(task("t"), task("u", "Phòng B")))
    said = from_keys(Progress, {"ky": {"2023-Q1": file("2023-Q1", so_lieu=figures)}, "bieu_so_lieu": FORM})
    quarter = report(found, said, "2023-Q1")
    assert not quarter.empty
    assert [(one.unit, one.answered) for one in quarter.answers] == [("a", False), ("b", True)]
    assert report(found, progress(), "2023-Q1").empty


@pytest.mark.parametrize(
    ("period", "sent"),
    [
        ("2023-H1", [("2023-Q1", 2), ("2023-Q2", 0)]),
        ("2023", [("2023-Q1", 2), *((f"2023-Q{n}", 0) for n in (2, 3, 4))]),
    ],
)
def test_how_many_sent_each_quarter(period: str, sent: list[tuple[str, int]]) -> None:
    found = plan(one_group(task("t"), task("u", "Phòng B"), task("v", "Phòng C")))
    answers = tuple({"don_vi": unit, "ngay": date(2023, 3, 14)} for unit in ("a", "b"))
    half = report(found, progress(Q1={"tra_loi": answers}), period)
    assert [(quarter.code, count) for quarter, count in quarters_sent(half.answers, half.period)] == sent


def test_a_half_years_file_holds_both_quarters() -> None:
    answers = ({"don_vi": "a", "ngay": date(2023, 6, 14)},)
    half = report(plan(one_group(task("t"))), progress(H1={"tra_loi": answers}))
    assert [count for _quarter, count in quarters_sent(half.answers, half.period)] == [1, 1]


def test_added_and_withdrawn_tasks() -> None:
    added = task("t", thay_doi=({"loai": "them", "van_ban": "Quyết định 1", "ngay": date(2023, 5, 1)},))
    gone = task("u", thay_doi=({"loai": "bo", "van_ban": "Quyết định 2", "ngay": date(2023, 6, 1)},))
    found, said = plan(one_group(added, gone)), progress()
    assert [one.task.code for one in report(found, said, "2023-Q1").tasks] == ["u"]
    half = report(found, said)
    assert [one.task.code for one in half.tasks] == ["t"]
    assert [(one.code, change.type) for one, change in half.changes] == [("t", "them"), ("u", "bo")]


def test_a_period_not_over_is_a_draft() -> None:
    found = plan(one_group(task("t", thoi_han="Quý I/2023")))
    said = progress(H1={"tien_do": (record(percent=50),)})
    draft = report(found, said, today=date(2023, 3, 20))
    assert draft.draft
    assert (draft.day, draft.tasks[0].state) == (date(2023, 3, 20), State.IN_PROGRESS)
    assert not report(found, said, today=date(2023, 6, 15)).draft
    assert report(found, said, today=date(2023, 6, 15)).tasks[0].state is State.OVERDUE


@pytest.mark.parametrize(
    ("period", "carried", "due"),
    [
        ("2023-Q1", ["q1", "overdue"], ["q2", "june", "sometime"]),
        ("2023-Q2", ["q1", "q2", "june", "overdue"], ["q3", "sometime"]),
        ("2023-H1", ["q1", "q2", "june", "overdue"], ["q3", "q4", "year", "standing", "sometime"]),
        ("2023-9M", ["q1", "q2", "q3", "june", "overdue"], ["q4", "year", "standing", "sometime"]),
        ("2023-M05", ["q1", "overdue"], ["q2", "june", "sometime"]),
        # Up to the cut-off of Q2, whose deadlines reach to the end of June.
        ("2023-03-01..2023-05-31", ["q1", "overdue"], ["q2", "june", "sometime"]),
        ("2023-09-01..2023-09-30", ["q1", "q2", "q3", "june", "overdue"], ["q4", "year", "standing", "sometime"]),
    ],
)
def test_the_next_period_ends_with_the_calendar(period: str, carried: list[str], due: list[str]) -> None:
    """What is due on 30/6 or 31/12 belongs to it, which no window of days from 15 to 14 reaches."""
    found = report(plan(one_group(*upcoming())), progress(), period)
    assert [one.task.code for one in found.carried_over] == carried
    assert [one.task.code for one in found.due_next] == due


@pytest.mark.parametrize("period", ["2023", "2023-Q4", "2023-M12", "2023-11-01..2024-01-31", "2023-12-01..2023-12-20"])
def test_after_the_year_all_that_is_not_done_is_carried_over(period: str) -> None:
    tasks = [*upcoming(), task("done", thoi_han="Quý I/2023")]
    done = {"ma": "done", "don_vi": "a", "ngay_hoan_thanh": date(2023, 2, 1)}
    found = report(plan(one_group(*tasks)), progress(Q1={"tien_do": (done,)}), period)
    assert [one.task.code for one in found.carried_over] == [one["ma"] for one in upcoming()]
    assert found.due_next == ()


def upcoming() -> list[dict[str, Any]]:
    """Tasks with deadlines of all kinds; of one no last day can be read."""
    deadlines = {
        "q1": "Quý I/2023", "q2": "Quý II/2023", "q3": "Quý III/2023", "q4": "31/12/2023", "year": "Năm 2023",
        "june": "Trước ngày 15/6/2023", "standing": "Thường xuyên", "sometime": "sớm",
        "overdue": "Trước ngày 01/02/2023", "next-year": "15/01/2024",
    }  # fmt: skip
    return [task(code, thoi_han=words) for code, words in deadlines.items()]


def test_what_has_no_data_and_is_past_its_day_is_counted_once() -> None:
    """Three tasks past their day: one with data is overdue, two without have no data; each says that it is past."""
    tasks = [task(f"t{n}", thoi_han="Quý I/2023") for n in range(3)] + [task("later", thoi_han="Năm 2023")]
    found = report(
        plan(one_group(*tasks)), progress(Q2={"tien_do": ({"ma": "t0", "don_vi": "a", "phan_tram": Decimal(5)},)})
    )
    assert (found.states[State.OVERDUE], found.states[State.NO_DATA], found.states.silent_past) == (1, 3, 2)
    assert [one.task.code for one in found.tasks if one.past_due] == ["t0", "t1", "t2"]
    assert [one.task.code for one in found.tasks if one.silent_past] == ["t1", "t2"]
    assert found.groups[0].states == found.fields[0].states == found.states


@pytest.mark.parametrize(
    ("answers", "value", "met", "listed"),
    [
        ([], None, None, False),
        ([{"tu_so": Decimal(1), "mau_so": Decimal(3)}], "33.3", False, False),
        (
            [{"tu_so": Decimal(1), "mau_so": Decimal(3)}, {"tu_so": Decimal(5), "mau_so": Decimal(6)}],
            "66.7",
            True,
            False,
        ),
        ([{"tu_so": Decimal(0), "mau_so": Decimal(0)}], None, None, False),
        ([{"thuc_hien": Decimal("49.96")}], "49.96", False, False),
        ([{"thuc_hien": Decimal(60)}, {"thuc_hien": Decimal(70)}], None, True, True),
        ([{"thuc_hien": Decimal(60)}, {"thuc_hien": Decimal(49)}], None, False, True),
        ([{"thuc_hien": Decimal(60)}, {"tu_so": Decimal(5), "mau_so": Decimal(6)}], None, True, True),
        # 49,96 prints as 50,0 and isn't 50.
        ([{"thuc_hien": Decimal(60)}, {"tu_so": Decimal(1249), "mau_so": Decimal(2500)}], None, False, True),
        ([{"thuc_hien": Decimal(60)}, {"tu_so": Decimal(0), "mau_so": Decimal(0)}], None, True, True),
    ],
)
def test_indicators(answers: list[dict[str, Any]], value: str | None, met: bool | None, listed: bool) -> None:
    indicator = {"ma": "ct", "ten": "CT", "toan_tu": "toi_thieu", "muc_tieu": Decimal(50)}
    records = tuple({"ma": "ct", "don_vi": unit, **one} for unit, one in zip("abc", answers, strict=False))
    (one,) = report(plan((), indicators=(indicator,)), progress(Q1={"ket_qua_chi_tieu": records})).indicators
    assert one.value == (None if value is None else Decimal(value))
    assert (one.met, one.listed, len(one.answers)) == (met, listed, len(answers))


@pytest.mark.parametrize(
    ("value", "period", "verdict"),
    [
        (49, "2023-H1", "Chưa đến hạn đánh giá"),
        (49, "2023-Q3", "Chưa đến hạn đánh giá"),
        (49, "2023-Q4", "Chưa đạt"),
        (49, "2023", "Chưa đạt"),
        (50, "2023-H1", "Đạt"),
        (50, "2023", "Đạt"),
        (None, "2023-H1", "Chưa có số liệu"),
        (None, "2023", "Chưa có số liệu"),
    ],
)
def test_a_years_target_is_judged_when_the_year_ends(value: int | None, period: str, verdict: str) -> None:
    indicator = {"ma": "ct", "ten": "CT", "toan_tu": "toi_thieu", "muc_tieu": Decimal(50)}
    said = [{"ma": "ct", "don_vi": "a", "thuc_hien": Decimal(value)}] if value is not None else []
    (one,) = report(
        plan((), indicators=(indicator,)), progress(Q1={"ket_qua_chi_tieu": tuple(said)}), period
    ).indicators
    assert one.verdict.label == verdict


def test_an_exact_value_is_compared() -> None:
    """99,96% prints as 100,0% and isn't 100%."""
    indicator = {"ma": "ct", "ten": "CT", "toan_tu": "bang", "muc_tieu": Decimal(100)}
    records = ({"ma": "ct", "don_vi": "a", "tu_so": Decimal(2499), "mau_so": Decimal(2500)},)
    (one,) = report(plan((), indicators=(indicator,)), progress(Q1={"ket_qua_chi_tieu": records})).indicators
    assert (one.value, one.met) == (100, False)


def test_an_unknown_unit_is_no_report() -> None:
    with pytest.raises(KeyError):
        report(plan(()), progress(), unit="khong-co")
