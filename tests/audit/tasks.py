"""Counts each task a second time: its state at the cut-off, its money, and what of it is a unit's own.

Rules, with their sources: docs/bao-cao.md, "Cách đếm" and "Tiến độ". A task without data stays "chưa có số liệu"
however late it is; report and reminder alike tell it as overdue without data. Where the documentation is silent the
rule was read out of docgen/model/counting, and a comment says "docgen:".
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from tests.audit.facts import Facts, day, number, rule_of

DONE, LATE, OVERDUE, DOING, IDLE, SILENT = STATES = (
    "hoan_thanh_dung_han",
    "hoan_thanh_cham",
    "qua_han",
    "dang_thuc_hien",
    "chua_thuc_hien",
    "chua_co_so_lieu",
)
FINISHED = (DONE, LATE)
#: The lists of records that a file of progress may have.
KEYS = ("tien_do", "ket_qua_chi_tieu", "so_lieu", "loi_van", "tra_loi")


class Money(NamedTuple):
    """Whole đồng: planned, paid in the window, paid from the start; None where nothing says so."""

    planned: int | None = None
    paid: int | None = None
    so_far: int | None = None


class Said(NamedTuple):
    """A record of progress, the days that it covers, its unit and the period of its file."""

    record: Any
    unit: str
    start: date
    end: date
    period: str
    at: int


def tenths(part: Any, whole: Any) -> Fraction | None:
    """Percent with one decimal, half up; None where either isn't known or the whole is 0."""
    if part is None or not whole:
        return None
    return Fraction(int(Fraction(part) / Fraction(whole) * 1000 + Fraction(1, 2)), 10)


def plus(amounts: Iterable[Any]) -> Any:
    known = [one for one in amounts if one is not None]
    return sum(known) if known else None


def total(amounts: Iterable[Money]) -> Money:
    rows = list(amounts)
    return Money(*(plus(row[at] for row in rows) for at in range(3)))


def widest(pool: list[Said], start: date, end: date) -> list[Said]:
    """Records wholly inside a window, the widest first, none over days that one taken before covers.

    docs/bao-cao.md: figures of a period add up, a record across its edge isn't split; docgen: of two, the wider counts.
    """
    taken: list[Said] = []
    inside = [one for one in pool if start <= one.start and one.end <= end]
    for one in sorted(inside, key=lambda one: (one.start - one.end, one.start, one.unit, one.period, one.at)):
        if all(one.end < other.start or other.end < one.start for other in taken):
            taken.append(one)
    return taken


def newest(pool: list[Said], end: date) -> list[Said]:
    """The records of the last cut-off not after a day, the widest first."""
    known = [one for one in pool if one.end <= end]
    last = max((one.end for one in known), default=None)
    found = [one for one in known if one.end == last]
    return sorted(found, key=lambda one: (one.start, one.unit, one.period, one.at))


class Tasks:
    """The tasks of one report, of the office or of a unit. ``today`` is the day of counting, by default the cut-off."""

    def __init__(self, facts: Facts, period: str, unit: str | None = None, today: date | None = None) -> None:
        self.facts = facts
        self.period = period
        self.stood: dict[date, list[tuple[Any, Any]]] = {}
        self.start, self.end = facts.window(period)
        self.in_scheme = rule_of(facts.scheme(period), period) is not None
        self.day = min(self.end, today) if today else self.end
        self.unit = facts.now(unit, self.day) if unit else None
        self.said = {key: self._records(key) for key in KEYS}
        self.every = [self._task(group, task) for group, task in self._standing(self.end)]
        self.tasks, self.co_led = self._of_unit() if self.unit else (self.every, [])
        if self.unit:
            for key, records in self.said.items():
                self.said[key] = [one for one in records if facts.now(one.unit, self.day) == self.unit]

    def _records(self, key: str) -> list[Said]:
        found = []
        for period, file in self.facts.files.items():
            for at, record in enumerate(file.get(key) or []):
                start, end = (day(record.get(k) or file[k]) for k in ("tu", "den"))
                unit = self.facts.find(record.get("don_vi", ""), start, end)
                found.append(Said(record, unit or "", start, end, period, at))
        return found

    def _standing(self, on: date) -> list[tuple[Any, Any]]:
        """The tasks in the plan on a day, each with its group."""
        if on not in self.stood:
            found = [(group, self.facts.standing(task, on)) for group, task in self.facts.tasks]
            self.stood[on] = [(group, task) for group, task in found if task is not None]
        return self.stood[on]

    # One task -----------------------------------------------------------------------------------------------------

    def _heard(self, code: str) -> list[Said]:
        """The records whose word counts: of leads, of members of leading groups, of whoever has a share.

        docgen: judged by the plan and the units as at the record's own cut-off; a leading group may itself speak for a
        `chung` task; of a task that nobody leads everybody is heard.
        """
        facts, found = self.facts, []
        for one in self.said["tien_do"]:
            if one.record["ma"] != code:
                continue
            then = next((task for _group, task in self._standing(one.end) if task["ma"] == code), None)
            if then is None:
                continue
            leads = facts.named(then.get("co_quan_chu_tri"))
            may = facts.members([*leads, *(share["don_vi"] for share in then.get("phan_bo", []))], one.end)
            as_group = facts.counting(then) == "chung" and one.unit in leads
            if not leads or facts.now(one.unit, one.end) in may or as_group:
                found.append(one)
        return found

    def _state(self, percent: Fraction | None, done_on: date | None, last: date | None) -> str:
        """The state of what somebody reported on."""
        if done_on is not None and done_on <= self.day:
            return LATE if last is not None and done_on > last else DONE
        if last is not None and self.day > last:
            return OVERDUE
        # docgen: work whose day of completion is still to come has begun.
        return IDLE if done_on is None and percent == 0 else DOING

    def _stock(self, pool: list[Said]) -> Said | None:
        """What is known at the cut-off.

        In a span that the scheme doesn't have, a day of completion in it counts that a later file tells: as everywhere,
        what was told last stands.
        """
        if not self.in_scheme:
            told = [one for one in sorted(pool, key=lambda one: one.end) if one.end > self.end]
            later = {one.unit: one for one in told if (day(one.record.get("ngay_hoan_thanh")) or date.max) <= self.end}
            if later:
                return later[min(later)]  # docgen: of several units that share a result, the first by code
        found = newest(pool, self.end)
        return found[0] if found else None

    def _own(self, pool: list[Said], unit: str, last: date | None) -> dict[str, Any]:
        """One unit's own result. docgen: of several units that became this one, the least that any says, once."""
        parts: dict[str, list[Said]] = {}
        for one in pool:
            if self.facts.now(one.unit, self.day) == unit:
                parts.setdefault(one.unit, []).append(one)
        stocks = [one for one in map(self._stock, parts.values()) if one is not None]
        newest_end = max((one.end for one in stocks), default=None)
        stocks = [one for one in stocks if one.end == newest_end]
        results = [self._result(one, last) for one in stocks]
        if not results:
            return {"unit": unit, "state": SILENT, "percent": None, "done_on": None}
        done = [one["done_on"] for one in results if one["done_on"]]
        if len(done) == len(results):
            least = dict(results[0], done_on=max(done))
            least["state"] = self._state(Fraction(100), least["done_on"], last)
        else:
            undone = [one for one in results if not one["done_on"]]
            least = min(undone, key=lambda one: one["percent"] or 0)
        return {**least, "unit": unit}

    def _result(self, one: Said, last: date | None) -> dict[str, Any]:
        percent, done_on = number(one.record.get("phan_tram")), day(one.record.get("ngay_hoan_thanh"))
        state = self._state(percent, done_on, last)
        if done_on is not None and done_on > self.day:
            return {"state": state, "percent": None, "done_on": None}
        return {"state": state, "percent": Fraction(100) if done_on else percent, "done_on": done_on}

    def _task(self, group: Any, task: Any) -> dict[str, Any]:
        facts = self.facts
        heard = self._heard(task["ma"])
        speak = [one for one in heard if one.record.get("phan_tram") or one.record.get("ngay_hoan_thanh")]
        leads, last = facts.named(task.get("co_quan_chu_tri")), facts.last_day(task)
        each = facts.counting(task) == "tung_don_vi"
        owner = facts.now(leads[0], self.day) if leads and not facts.is_group(leads[0]) else None
        units: list[dict[str, Any]] = []
        if each:
            units = [self._own(speak, unit, last) for unit in facts.members(leads, self.day)]
            state, done_on, percent = self._joint(units, last)
        else:
            one = self._stock(speak)
            result = self._result(one, last) if one else {"state": SILENT, "done_on": None, "percent": None}
            state, done_on, percent = result["state"], result["done_on"], result["percent"]
        money = self._money(task, heard, owner, each)
        return {
            "task": task,
            "group": group,
            "state": state,
            "last": last,
            "done_on": done_on if state in FINISHED else None,
            "percent": percent,
            "each": each,
            "leads": leads,
            "owner": owner,
            "units": units,
            "done_units": sum(one["state"] in FINISHED for one in units),
            "money_of": money,
            "money": total(money.values()),
            "paid_of": self._paid_of(heard),
        }

    def _joint(self, units: list[dict[str, Any]], last: date | None) -> tuple[str, date | None, None]:
        """Done when all units are; overdue after its day; begun as soon as one unit has."""
        told = [one for one in units if one["state"] != SILENT]
        if not told:
            return SILENT, None, None
        if len(told) == len(units) and all(one["state"] in FINISHED for one in units):
            done_on = max(one["done_on"] for one in units)
            return self._state(Fraction(100), done_on, last), done_on, None
        if last is not None and self.day > last:
            return OVERDUE, None, None
        return (IDLE if all(one["state"] == IDLE for one in told) else DOING), None, None

    # Money --------------------------------------------------------------------------------------------------------

    def _paid(self, pool: list[Said]) -> Money:
        """What one pool of records paid in the window, and from the start."""
        found = []
        for start in (self.start, date.min):
            amounts = [self.facts.in_dong(one.record["giai_ngan"]) for one in widest(pool, start, self.end)]
            found.append(plus(amounts))
        return Money(None, *found)

    def _paid_of(self, heard: list[Said]) -> dict[str, Money]:
        """What each unit says that it paid, under whom it counts today."""
        pools: dict[str, list[Said]] = {}
        for one in heard:
            if one.record.get("giai_ngan"):
                pools.setdefault(one.unit, []).append(one)
        found: dict[str, Money] = {}
        for unit, pool in pools.items():
            unit = self.facts.now(unit, self.day)
            found[unit] = total([found.get(unit, Money()), self._paid(pool)])
        return found

    def _money(self, task: Any, heard: list[Said], owner: str | None, each: bool) -> dict[str | None, Money]:
        """A task's money by unit (None: common). Shares go to whom they were given, all else to the first lead.

        docgen: what is paid for a `chung` task whose money isn't split is one amount, whichever unit tells it.
        """
        facts, shares = self.facts, task.get("phan_bo", [])
        found: dict[str | None, Money] = {owner: Money()}
        for share in shares:
            unit = facts.now(share["don_vi"], self.day)
            found[unit] = total([found.get(unit, Money()), Money(facts.in_dong(share["kinh_phi"]))])
        having = {facts.now(share["don_vi"], self.day) for share in shares}
        if task.get("kinh_phi"):
            rest = facts.in_dong(task["kinh_phi"]) - sum(facts.in_dong(share["kinh_phi"]) for share in shares)
            if rest or not shares:
                found[owner] = total([found[owner], Money(rest)])
        payers = [one for one in heard if one.record.get("giai_ngan")]
        if each or shares:
            parts = [
                (unit, self._paid([one for one in payers if one.unit == unit])) for unit in {p.unit for p in payers}
            ]
        else:
            parts = [(payers[0].unit, self._paid(payers))] if payers else []
        for unit, paid in parts:
            unit = facts.now(unit, self.day)
            to = unit if unit in having else owner
            found[to] = total([found.get(to, Money()), paid])
        return found

    # A unit's own report ------------------------------------------------------------------------------------------

    def _of_unit(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """What counts for a unit: tasks with a result of its own, those that it leads first; others it leads along."""
        mine, along = [], []
        for one in self.every:
            own = next((unit for unit in one["units"] if unit["unit"] == self.unit), None)
            share = one["money_of"].get(self.unit, Money())
            if own is not None:
                # docgen: the budget of a task done unit by unit is a unit's own only as far as it has a share.
                planned = one["money_of"][self.unit].planned if self.unit in one["money_of"] else None
                paid = one["paid_of"].get(self.unit, Money())
                money = Money(planned, paid.paid, paid.so_far)
                state = {"state": own["state"], "percent": own["percent"], "done_on": own["done_on"]}
                units = {"units": [own], "done_units": int(own["state"] in FINISHED)}
                mine.append({**one, **state, **units, "money": money})
            elif one["owner"] == self.unit:
                mine.append({**one, "money": share})
            elif self.unit in one["money_of"] or self.unit in self.facts.members(one["leads"], self.day):
                along.append({**one, "money": share})
        return mine, along
