"""Every count of the sample's report of the first half of 2023, recomputed from the raw YAML without docgen.

The script below reads the files with PyYAML's BaseLoader (all texts) and knows nothing of docgen; what it finds is
compared with what docgen counts.
"""

import calendar
import re
from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.model.counting.report import Report, count_period, report_of
from docgen.model.periods.period import parse_period
from docgen.readers.named_files import read_scheme
from docgen.readers.progress_folder import read_progress
from docgen.workflows.build import load_plan, shipped_data

CUT_OFF = date(2023, 6, 14)
QUARTERS = ("2023-Q1", "2023-Q2")


def raw(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def day(text: str) -> date:
    d, m, y = map(int, text.split("/"))
    return date(y, m, d)


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def due(words: str) -> date:
    if found := re.fullmatch(r"Trước ngày (.*)", words):
        return day(found[1]) - timedelta(days=1)
    if found := re.fullmatch(r"Quý (I|II|III|IV)/2023", words):
        month = 3 * ["I", "II", "III", "IV"].index(found[1]) + 3
        return date(2023, month, calendar.monthrange(2023, month)[1])
    assert words == "Năm 2023", words
    return date(2023, 12, 31)


class Script:
    """The recomputation: plain dictionaries in, plain figures out."""

    def __init__(self, folder: Path, form: Path) -> None:
        plan = raw(folder / "ke-hoach.yaml")
        self.groups = plan["phu_luc"][0]["nhom"]
        self.indicators = plan["chi_tieu"]
        self.units = raw(folder / "don-vi.yaml")["don_vi"]
        self.files = {name: raw(folder / "tien-do" / f"{name}.yaml") for name in QUARTERS}
        self.form = raw(form)["bieu"]
        self.names = {
            other: unit["ma"]
            for unit in self.units
            for other in [unit["ten"], *(one["ten"] for one in unit.get("ten_khac", []))]
        }
        self.members = {unit["ma"]: [one["don_vi"] for one in unit.get("thanh_vien", [])] for unit in self.units}

    def leads(self, task: Any) -> list[str]:
        """The units and groups named, in order; a name inside of a longer one that stands there isn't meant."""
        text = " ".join(task["co_quan_chu_tri"].split())
        there = [name for name in self.names if name in text]
        longest = [name for name in there if not any(name != other and name in other for other in there)]
        return [self.names[name] for name in sorted(longest, key=text.index)]

    def records(self, key: str, code: str) -> list[Any]:
        """Those of one code, the earlier quarter first."""
        return [one for name in QUARTERS for one in self.files[name].get(key, []) if one["ma"] == code]

    def state(self, task: Any) -> str:
        leads, last = self.leads(task), due(task["thoi_han"])
        records = [one for one in self.records("tien_do", task["ma"]) if "phan_tram" in one]
        if not records:
            return "chua_co_so_lieu"
        if any(self.members[lead] for lead in leads):
            must = {member for lead in leads for member in self.members[lead] or [lead]}
        else:
            must = {leads[0]}
        latest = {one["don_vi"]: one for one in records}
        finished = [
            day(latest[unit]["ngay_hoan_thanh"]) for unit in must & set(latest) if "ngay_hoan_thanh" in latest[unit]
        ]
        if len(finished) == len(must) and max(finished) <= CUT_OFF:
            return "hoan_thanh_dung_han" if max(finished) <= last else "hoan_thanh_cham"
        if last < CUT_OFF:
            return "qua_han"
        return "dang_thuc_hien" if any(number(one["phan_tram"]) for one in latest.values()) else "chua_thuc_hien"

    def disbursed(self, task: Any) -> Decimal:
        return sum(
            (number(one["giai_ngan"]) for one in self.records("tien_do", task["ma"]) if "giai_ngan" in one), Decimal()
        )

    def row(self, tasks: list[Any]) -> tuple[Counter[str], Decimal, Decimal]:
        budget = sum((number(task["kinh_phi"]) for task in tasks if "kinh_phi" in task), Decimal())
        return Counter(map(self.state, tasks)), budget, sum(map(self.disbursed, tasks), Decimal())

    @property
    def tasks(self) -> list[Any]:
        return [task for group in self.groups for task in group["nhiem_vu"]]

    def indicator(self, one: Any) -> tuple[Decimal | None, bool | None]:
        latest = {record["don_vi"]: record for record in self.records("ket_qua_chi_tieu", one["ma"])}
        found = list(latest.values())
        if one.get("dinh_tinh") == "true":
            return None, found[0]["dat"] == "true" if found else None
        if found and all("tu_so" in record for record in found):
            exact = 100 * sum(number(r["tu_so"]) for r in found) / sum(number(r["mau_so"]) for r in found)
        elif len(found) == 1:
            exact = number(found[0]["thuc_hien"])
        elif found:
            return None, all(self.met(number(record["thuc_hien"]), one) for record in found)
        else:
            return None, None
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP), self.met(exact, one)

    def met(self, exact: Decimal, one: Any) -> bool:
        target = number(one["muc_tieu"])
        return exact >= target if one["toan_tu"] == "toi_thieu" else exact == target

    def statistic(self, one: Any, done: int) -> Decimal | None:
        if "tinh_tu" in one:
            return Decimal(done if one["tinh_tu"] == "nhiem_vu_hoan_thanh" else len(self.tasks))
        if one["cach_gop"] == "ty_le":
            parts = [next(row for row in self.form if row["ma"] == one[key]) for key in ("ma_tu_so", "ma_mau_so")]
            top, bottom = (self.statistic(part, done) for part in parts)
            if top is None or not bottom:
                return None
            return (100 * top / bottom).quantize(Decimal("0.1"), ROUND_HALF_UP)
        records = self.records("so_lieu", one["ma"])
        if one["cach_gop"] == "ton":
            records = list({record["don_vi"]: record for record in records}.values())
        return sum(number(record["thuc_hien"]) for record in records) if records else None  # type: ignore[return-value]


@pytest.fixture(scope="module")
def script(sample: Path) -> Script:
    return Script(sample, shipped_data() / "bieu_so_lieu" / "cchc.yaml")


@pytest.fixture(scope="module")
def report(sample: Path) -> Report:
    loaded = load_plan(sample)
    scheme = read_scheme("nd09", loaded.folder, shipped_data())
    progress = read_progress(loaded, None, shipped_data()).value
    return report_of(count_period(loaded.value, progress, scheme, parse_period("2023-H1")))


def shown(row: Any) -> tuple[Counter[str], Decimal, Decimal]:
    """A row of ours in the script's terms: only states that occur, money in triệu đồng."""
    counts = Counter({str(state): n for state, n in row.states.counts.items() if n})
    return counts, Decimal(row.money.budget or 0) / 10**6, Decimal(row.money.disbursed or 0) / 10**6


def test_states_and_money(script: Script, report: Report) -> None:
    assert {one.task.code: str(one.state) for one in report.tasks} == {
        one["ma"]: script.state(one) for one in script.tasks
    }
    assert shown(report.total) == script.row(script.tasks)
    assert len(report.states.counts) == 6
    assert all(report.states.counts.values()), "the sample shows every state"
    for row, group in zip(report.groups, script.groups, strict=True):
        assert (row.code, *shown(row)) == (group["ma"], *script.row(group["nhiem_vu"]))
    for row in report.fields:
        within = [task for group in script.groups if group["linh_vuc"] == row.code for task in group["nhiem_vu"]]
        assert shown(row) == script.row(within)


def test_units(script: Script, report: Report) -> None:
    assert report.units is not None
    first = {task["ma"]: script.leads(task)[0] for task in script.tasks}
    common = [task for task in script.tasks if script.members[first[task["ma"]]]]
    assert shown(report.units.common) == script.row(common)
    for row in report.units.units:
        assert shown(row) == script.row([task for task in script.tasks if first[task["ma"]] == row.code])


def test_indicators(script: Script, report: Report) -> None:
    ours = {one.indicator.code: (one.value, one.met) for one in report.indicators}
    assert ours == {one["ma"]: script.indicator(one) for one in script.indicators}


def test_statistics(script: Script, report: Report) -> None:
    done = sum(script.state(task).startswith("hoan_thanh") for task in script.tasks)
    in_use = [row for row in script.form if "hieu_luc_den" not in row or day(row["hieu_luc_den"]) >= CUT_OFF]
    ours = {row.statistic.code: row.value for row in report.statistics.rows}
    assert ours == {row["ma"]: script.statistic(row, done) for row in in_use}
    assert all(check.holds is not False for check in report.statistics.checks)


def test_who_answered(script: Script, report: Report) -> None:
    said = {one["don_vi"]: day(one["ngay"]) for one in script.files["2023-Q2"]["tra_loi"]}
    assert {one.unit: one.on for one in report.answers if one.answered} == said
    silent = {one.unit for one in report.answers if not one.answered}
    assert silent == {"ubnd-xa-phu-son", "ubnd-xa-duong-hoa"}
