"""Counts a report a second time: every figure that it prints, by simple loops over the tasks and records.

Percentages are each rounded half up for itself. Per-unit indicators are met when all units meet them. Sources of the
rules: docs/bao-cao.md, data/bieu_so_lieu/cchc.yaml (`cach_gop`); "docgen:" marks a rule that only its code states.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from tests.audit.facts import calendar_days, day, number, rule_of
from tests.audit.tasks import (
    FINISHED,
    KEYS,
    SILENT,
    STATES,
    Money,
    Said,
    Tasks,
    newest,
    plus,
    tenths,
    total,
    widest,
)

#: Every period that a scheme may have, as its code goes on behind the year.
SLOTS = (*(f"M{n:02}" for n in range(1, 13)), *(f"Q{n}" for n in range(1, 5)), "H1", "H2", "9M", "")


class Recount(Tasks):
    """One report with all its figures."""

    def group_money(self, group: Any) -> Money:
        """The amount that a group has of its own, where no task of it states one."""
        tasks = [task for one, task in self._standing(self.end) if one is group]
        if self.unit or not group.get("kinh_phi") or any(task.get("kinh_phi") for task in tasks):
            return Money()
        return Money(self.facts.in_dong(group["kinh_phi"]))

    # Tables -------------------------------------------------------------------------------------------------------

    def row(self, tasks: list[dict[str, Any]], own: Iterable[Money] = ()) -> dict[str, Any]:
        counts = {state: sum(one["state"] == state for one in tasks) for state in STATES}
        money = total([*(one["money"] for one in tasks), *own])
        return {"counts": counts, "total": len(tasks), "money": money, "rate": tenths(money.so_far, money.planned)}

    def is_silent_late(self, one: dict[str, Any]) -> bool:
        """Whether a task is past its day and nobody has said anything of it."""
        return one["state"] == SILENT and one["last"] is not None and self.day > one["last"]

    @cached_property
    def whole(self) -> dict[str, Any]:
        row = self.row(self.tasks, map(self.group_money, self.facts.groups))
        done = sum(row["counts"][state] for state in FINISHED)
        silent_late = [one for one in self.tasks if self.is_silent_late(one)]
        shares = {state: tenths(count, row["total"]) for state, count in row["counts"].items()}
        return {
            **row,
            "done": done,
            "done_rate": tenths(done, row["total"]),
            "shares": shares,
            "unfinished": row["total"] - done,
            "silent_late": len(silent_late),
        }

    @cached_property
    def by_group(self) -> dict[str, dict[str, Any]]:
        found = {}
        for group in self.facts.groups:
            tasks = [one for one in self.tasks if one["group"] is group]
            if tasks or not self.unit:
                found[group["ma"]] = self.row(tasks, [self.group_money(group)])
        return found

    @cached_property
    def by_field(self) -> dict[str, dict[str, Any]]:
        found = {}
        for code in [*self.facts.fields, ""]:
            groups = [group for group in self.facts.groups if group.get("linh_vuc", "") == code]
            tasks = [one for one in self.tasks if one["group"].get("linh_vuc", "") == code]
            if tasks or (groups and not self.unit):
                found[code] = self.row(tasks, map(self.group_money, groups))
        return found

    @cached_property
    def by_unit(self) -> dict[str | None, dict[str, Any]]:
        """Each unit that a task counts for, or that has a share of money or leads along; None is the common row."""
        on, facts = self.day, self.facts
        here: set[str | None] = {None}
        along: dict[str | None, int] = {}
        for one in self.tasks:
            here |= {one["owner"], *one["money_of"]}
            for code in {facts.now(lead, on) for lead in one["leads"]}:
                if code != one["owner"] and not facts.is_group(code):
                    along[code] = along.get(code, 0) + 1
        found = {}
        for code in sorted(here | set(along), key=lambda code: facts.order.get(code or "", len(facts.order))):
            row = self.row([one for one in self.tasks if one["owner"] == code])
            own = map(self.group_money, facts.groups) if code is None else []
            money = total([*(one["money_of"].get(code, Money()) for one in self.tasks), *own])
            found[code] = {
                **row,
                "money": money,
                "rate": tenths(money.so_far, money.planned),
                "along": along.get(code, 0),
            }
        return found

    # Indicators ---------------------------------------------------------------------------------------------------

    @cached_property
    def indicators(self) -> dict[str, dict[str, Any]]:
        found = {}
        for one in self.facts.indicators:
            pool = [said for said in self.said["ket_qua_chi_tieu"] if said.record["ma"] == one["ma"]]
            mine = "don_vi" in one and self.facts.now(one["don_vi"], self.day) == self.unit
            if self.unit is None or mine or pool:
                found[one["ma"]] = self._indicator(one, pool)
        return found

    def _indicator(self, one: Any, pool: list[Said]) -> dict[str, Any]:
        """Ratios: the sum of numerators by that of denominators; several bare figures: met when all units meet it."""
        by_unit: dict[str, list[Said]] = {}
        for said in pool:
            by_unit.setdefault(self.facts.now(said.unit, self.day), []).append(said)
        answers = []
        for unit in sorted(by_unit, key=lambda code: self.facts.order.get(code, len(self.facts.order))):
            last = newest(by_unit[unit], self.end)
            answers += [said for at, said in enumerate(last) if said.unit not in [one.unit for one in last[:at]]]
        found: dict[str, Any] = {"value": None, "met": None, "top": None, "bottom": None, "each": []}
        if one.get("dinh_tinh") == "true":
            told = [said.record["dat"] == "true" for said in answers if "dat" in said.record]
            return {**found, "met": all(told) if told else None}
        exact = []
        for said in answers:
            top, bottom = number(said.record.get("tu_so")), number(said.record.get("mau_so"))
            bare = number(said.record.get("thuc_hien"))
            exact.append(bare if top is None else top / bottom * 100 if bottom else None)
        if answers and all("tu_so" in said.record for said in answers):
            top = sum(number(said.record["tu_so"]) or 0 for said in answers)
            bottom = sum(number(said.record["mau_so"]) or 0 for said in answers)
            value = tenths(top, bottom)
            met = meets(one, Fraction(top) / bottom * 100) if bottom else None
            return {**found, "value": value, "met": met, "top": top, "bottom": bottom}
        if len(exact) == 1:
            return {**found, "value": exact[0], "met": meets(one, exact[0]) if exact[0] is not None else None}
        each = [(self.facts.now(said.unit, self.day), value) for said, value in zip(answers, exact, strict=True)]
        known = [meets(one, value) for _unit, value in each if value is not None]
        return {**found, "met": all(known) if known else None, "each": each}

    # Statistics ---------------------------------------------------------------------------------------------------

    @cached_property
    def statistics(self) -> dict[str, Fraction | None]:
        found: dict[str, Fraction | None] = {}
        whole = self.whole
        rows = [
            one
            for one in self.facts.statistics
            if (day(one.get("hieu_luc_tu")) or self.end) <= self.end
            and (day(one.get("hieu_luc_den")) or self.start) >= self.start
        ]
        for one in rows:
            if "tinh_tu" in one:
                found[one["ma"]] = Fraction(whole["done" if one["tinh_tu"] == "nhiem_vu_hoan_thanh" else "total"])
            elif one["cach_gop"] != "ty_le":
                found[one["ma"]] = self._statistic(one)
        rates = [one for one in rows if one["cach_gop"] == "ty_le"]
        for one in rates:
            found[one["ma"]] = tenths(found.get(one["ma_tu_so"]), found.get(one["ma_mau_so"]))
        return {one["ma"]: found[one["ma"]] for one in rows}

    def _statistic(self, one: Any) -> Fraction | None:
        """`dong`: summed over periods and units; `ton`: each unit's newest, summed; a code is nobody's sum."""
        pool = [said for said in self.said["so_lieu"] if said.record["ma"] == one["ma"]]
        amounts: dict[str, Fraction] = {}
        flow = one["cach_gop"] == "dong"
        for unit in {said.unit for said in pool}:
            own = [said for said in pool if said.unit == unit]
            now = self.facts.now(unit, self.day)
            group = [said for said in pool if self.facts.now(said.unit, self.day) == now]
            last = max((said.end for said in group if said.end <= self.end), default=None)
            counted = widest(own, self.start, self.end) if flow else newest(own, self.end)[:1]
            # docgen: of several units that became one, the newest of all counts.
            if not flow:
                counted = [said for said in counted if said.end == last]
            for said in counted:
                amounts[now] = amounts.get(now, Fraction(0)) + (number(said.record["thuc_hien"]) or 0)
        if "quy_uoc" in one:
            return next(iter(amounts.values())) if len(set(amounts.values())) == 1 else None
        return plus(amounts.values())

    @cached_property
    def cross_checks(self) -> list[tuple[Fraction | None, Fraction | None, bool | None]]:
        values, found = self.statistics, []
        for check in self.facts.checks:
            sides = [[values.get(code) for code in check[key]] for key in ("ve_trai", "ve_phai")]
            if any(code not in values for key in ("ve_trai", "ve_phai") for code in check[key]):
                continue
            if any(value is None for side in sides for value in side):
                found.append((None, None, None))
                continue
            left, right = (sum(side, Fraction(0)) for side in sides)
            found.append((left, right, left == right if check["quan_he"] == "bang" else left <= right))
        return found

    # Who answered, and what comes next ----------------------------------------------------------------------------

    @cached_property
    def expected(self) -> list[str]:
        """Who must answer. docgen: whoever leads, has a share of money, or is responsible for an indicator.

        Nobody was asked for a period that the scheme doesn't have, unless there is a file of it.
        """
        if not self.in_scheme and self.period not in self.facts.files:
            return []
        if self.unit:
            return [self.unit]
        codes = []
        for _group, task in self._standing(self.end):
            codes += self.facts.named(task.get("co_quan_chu_tri"))
            codes += [share["don_vi"] for share in task.get("phan_bo", [])]
        codes += [one["don_vi"] for one in self.facts.indicators if "don_vi" in one]
        return sorted(self.facts.members(codes, self.day), key=lambda code: self.facts.order[code])

    @cached_property
    def answers(self) -> dict[str, dict[str, Any]]:
        """Who sent anything for the period that ends with the window, on which day, and for which earlier periods."""
        found = {}
        for unit in self.expected:
            periods: dict[str, date | None] = {}
            for key in KEYS:
                for one in self.said[key]:
                    file = self.facts.files[one.period]
                    within = self.start <= day(file["tu"]) and day(file["den"]) <= self.end
                    if within and self.facts.now(one.unit, self.day) == unit:
                        on = day(one.record["ngay"]) if key == "tra_loi" else None
                        periods[one.period] = max(filter(None, [periods.get(one.period), on]), default=None)
            ends = {period: day(self.facts.files[period]["den"]) for period in periods}
            last = [period for period in periods if ends[period] == self.end]
            found[unit] = {
                "answered": bool(last),
                "on": max(filter(None, (periods[period] for period in last)), default=None),
                "final": last,
                "earlier": sorted(period for period in periods if ends[period] < self.end),
            }
        return found

    @cached_property
    def quarters(self) -> list[tuple[str, int]]:
        """Of each quarter of the period, how many of who must answer sent it.

        docgen: in a file that ends with the quarter or later and begins with it or before, or in its last month's.
        """
        first, last = calendar_days(self.period)
        found = []
        for quarter in range((first.month + 2) // 3, last.month // 3 + 1):
            start, end = calendar_days(f"{last.year}-Q{quarter}")
            sent = 0
            for unit in self.answers.values():
                days = [(name, *calendar_days(name)) for name in [*unit["earlier"], *unit["final"]]]
                sent += any((a <= start or "-M" in name) and b >= end for name, a, b in days)
            found.append((f"{last.year}-Q{quarter}", sent))
        return found

    @cached_property
    def next_end(self) -> date | None:
        """The last day of the next period; None where the plan's year ends with this one.

        Issue J, 1.1: the next calendar period of the scheme; after six or nine months the rest of the year; after a
        span whatever is due up to the next cut-off.
        """
        year = self.facts.year
        if ".." in self.period:
            slots = [f"{y}{slot and '-' + slot}" for y in (self.end.year, self.end.year + 1) for slot in SLOTS]
            inside = [slot for slot in slots if rule_of(self.facts.scheme(self.period), slot)]
            cut = min(self.facts.window(slot)[1] for slot in inside if self.facts.window(slot)[1] > self.end)
            return cut if cut.year <= year else None
        last = calendar_days(self.period)[1]
        slot = self.period.partition("-")[2]
        if last == date(year, 12, 31):
            return None
        if slot in ("H1", "9M"):
            return date(year, 12, 31)
        follow = f"{year}-Q{int(slot[1:]) + 1}" if slot[0] == "Q" else f"{year}-M{int(slot[1:]) + 1:02}"
        return calendar_days(follow)[1]

    @cached_property
    def upcoming(self) -> tuple[list[str], list[str]]:
        """The tasks of the part on what comes next: those of this period that aren't done, then those due.

        In a year's report, and where a span runs past the year's end, all that aren't done are of the first kind.
        """
        undone = [one for one in self.tasks if one["state"] not in FINISHED]
        if self.next_end is None:
            return [one["task"]["ma"] for one in undone], []
        first = max(calendar_days(self.period)[1], self.end)
        # docgen: a task whose last day can't be read is always listed, as due.
        carried = [one["task"]["ma"] for one in undone if one["last"] is not None and one["last"] <= first]
        due = [one["task"]["ma"] for one in undone if one["last"] is None or first < one["last"] <= self.next_end]
        return carried, due

    @cached_property
    def reminders(self) -> dict[str, list[str]]:
        """Whom a reminder tells of which tasks: past their day and not done, with or without data.

        docgen: by its own result of a task done unit by unit; of a `chung` task each unit that leads it.
        """
        found: dict[str, list[str]] = {}
        for one in self.every:
            if one["state"] in FINISHED or one["last"] is None or self.day <= one["last"]:
                continue
            behind = [unit["unit"] for unit in one["units"] if unit["state"] not in FINISHED]
            for code in behind if one["each"] else self.facts.members(one["leads"], self.day):
                found.setdefault(code, []).append(one["task"]["ma"])
        return found


def meets(indicator: Any, value: Fraction) -> bool | None:
    """Whether an exact value reaches the target."""
    target = number(indicator.get("muc_tieu"))
    if target is None:
        return None
    match indicator.get("toan_tu"):
        case "toi_thieu":
            return value >= target
        case "toi_da":
            return value <= target
        case "khoang":
            return target <= value <= (number(indicator["muc_tieu_den"]) or 0)
        case _:
            return value == target
