"""Reads a plan's folder as an auditor would: plain texts out of YAML, then dates and exact numbers, nothing of docgen.

Sources: docs/du-lieu.md (numbers, dates, who leads), docs/bao-cao.md (progress), data/ky_bao_cao/*.yaml (windows).
Where they are silent a comment says what docgen does and that the rule was taken from there.
"""

import calendar
import re
import unicodedata
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

SHIPPED = Path(__file__).parents[2] / "data"
DONG = {"đồng": 1, "nghìn đồng": 1_000, "triệu đồng": 1_000_000, "tỷ đồng": 1_000_000_000}
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


def raw(path: Path) -> Any:
    """A file with every value as text; libyaml's loader where it is there."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


def day(text: str | None) -> date | None:
    if not text:
        return None
    d, m, y = map(int, text.strip().split("/"))
    return date(y, m, d)


def number(text: str | None) -> Fraction | None:
    """`406`, `406,5`, `406.5`, `1.234,5`; a mark before three digits alone is refused by docgen, so it can't come."""
    if text is None or not text.strip():
        return None
    text = text.strip()
    if "." in text and "," in text:
        text = text.replace(".", "") if text.rfind(",") > text.rfind(".") else text.replace(",", "")
    return Fraction(text.replace(",", "."))


def spaced(text: str | None) -> str:
    """One line with single spaces, in NFC and lower case: names are compared so."""
    return " ".join(unicodedata.normalize("NFC", text or "").split()).lower()


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


class Facts:
    """A plan's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plan = raw(folder / "ke-hoach.yaml")
        self.year = int(self.plan["nam"])
        self.dong = DONG[self.plan.get("don_vi_tinh", "triệu đồng")]
        self.organisation = raw(folder / "don-vi.yaml")
        self.units = {one["ma"]: one for one in self.organisation["don_vi"]}
        self.order = {code: at for at, code in enumerate(self.units)}
        self.groups = [group for appendix in self.plan.get("phu_luc", []) for group in appendix.get("nhom", [])]
        self.tasks = [(group, task) for group in self.groups for task in group.get("nhiem_vu", [])]
        self.indicators = self.plan.get("chi_tieu", [])
        name = self.plan.get("linh_vuc")
        self.fields = {one["ma"]: one["ten"] for one in self._data("linh_vuc", name)["linh_vuc"]} if name else {}
        form = self._data("bieu_so_lieu", name) if name else None
        self.statistics = form["bieu"] if form else []
        self.checks = form.get("kiem_tra", []) if form else []
        self.read: dict[str, list[str]] = {}
        self.files = {path.stem: raw(path) for path in sorted((folder / "tien-do").glob("*.yaml"))}

    def _data(self, kind: str, name: str) -> Any:
        """A file of data: the plan's own goes before the shipped one."""
        for where in (self.folder, SHIPPED):
            if (where / kind / f"{name}.yaml").exists():
                return raw(where / kind / f"{name}.yaml")
        return None

    # Periods ------------------------------------------------------------------------------------------------------

    def scheme(self, period: str) -> Any:
        """The scheme of the period's own file, else of the first file, else nd09 (docgen's choice; not documented)."""
        names = [file["luoc_do"] for file in self.files.values()]
        name = self.files[period]["luoc_do"] if period in self.files else names[0] if names else "nd09"
        return self._data("ky_bao_cao", name)

    def window(self, period: str) -> tuple[date, date]:
        """The first day and the cut-off of a period's figures; a period not in the scheme goes by the calendar."""
        first, last = calendar_days(period)
        rule = rule_of(self.scheme(period), period)
        if rule is None:
            return first, last
        return rule_day(rule["tu"], first), rule_day(rule["den"], last)

    # Units --------------------------------------------------------------------------------------------------------

    def find(self, text: str, start: date, end: date) -> str | None:
        """A unit by code, or by a name that it bore in those days, else by any name."""
        if text.strip() in self.units:
            return text.strip()
        bearers = []
        for code, unit in self.units.items():
            since, until = unit.get("hieu_luc_tu"), unit.get("hieu_luc_den")
            names = [(unit["ten"], since, until)]
            names += [(o["ten"], o.get("tu") or since, o.get("den") or until) for o in unit.get("ten_khac", [])]
            bearers += [(code, day(a), day(b)) for name, a, b in names if spaced(name) == spaced(text)]
        in_time = [
            code for code, since, until in bearers if (not since or since <= end) and (not until or until >= start)
        ]
        return (in_time or [code for code, _a, _b in bearers] or [None])[0]

    def is_group(self, code: str) -> bool:
        return bool(self.units.get(code, {}).get("thanh_vien"))

    def named(self, text: str | None) -> list[str]:
        """The units and groups that a text names, in its order; the longest name that fits stands."""
        if (text or "") not in self.read:
            self.read[text or ""] = self._named(spaced(text))
        return self.read[text or ""]

    def _named(self, text: str) -> list[str]:
        names = {}
        for code, unit in self.units.items():
            for name in [unit["ten"], *(other["ten"] for other in unit.get("ten_khac", []))]:
                names.setdefault(spaced(name), code)
        found: list[str] = []
        at = 0
        while at < len(text):
            here = [
                name
                for name in names
                if text.startswith(name, at)
                and not (at > 0 and word(text[at - 1]))
                and not (at + len(name) < len(text) and word(text[at + len(name)]))
            ]
            if here:
                longest = max(here, key=len)
                if names[longest] not in found:
                    found.append(names[longest])
                at += len(longest)
            else:
                at += 1
        return found

    def now(self, code: str, on: date) -> str:
        """Under whom a unit counts on a day: itself, or whoever took its place by then (`thay_boi`)."""
        seen = []
        while code in self.units and code not in seen:
            seen.append(code)
            unit = self.units[code]
            until = day(unit.get("hieu_luc_den"))
            if "thay_boi" not in unit or (until is not None and until >= on):
                break
            code = unit["thay_boi"]
        return code

    def members(self, codes: list[str], on: date) -> list[str]:
        """The single units in force on a day, groups taken apart, each once, in order."""
        found: list[str] = []
        seen: list[str] = []

        def add(code: str) -> None:
            code = self.now(code, on)
            if code in seen or code not in self.units:
                return
            seen.append(code)
            unit = self.units[code]
            if not self.is_group(code):
                if in_force(unit.get("hieu_luc_tu"), unit.get("hieu_luc_den"), on):
                    found.append(code)
                return
            for member in unit["thanh_vien"]:
                if in_force(member.get("tu"), member.get("den"), on):
                    add(member["don_vi"])

        for code in codes:
            add(code)
        return found

    # Tasks --------------------------------------------------------------------------------------------------------

    def standing(self, task: Any, on: date) -> Any:
        """A task as later decisions left it on a day; None where it isn't in the plan then (`thay_doi`)."""
        changes = task.get("thay_doi", [])
        here = not any(change["loai"] == "them" for change in changes)
        found = dict(task)
        for change in sorted(changes, key=lambda one: day(one["ngay"])):
            if day(change["ngay"]) > on:
                break
            here = {"them": True, "bo": False}.get(change["loai"], here)
            values = {key: value for key, value in change.get("gia_tri", {}).items() if value}
            # An amount and the words for it, a deadline and its last day go together (docgen; not documented).
            if "kinh_phi" in values:
                found.pop("kinh_phi_ghi", None)
            elif "kinh_phi_ghi" in values:
                found.pop("kinh_phi", None)
            if "thoi_han" in values:
                found.pop("han_cuoi", None)
            found.update(values)
        return found if here else None

    def counting(self, task: Any) -> str:
        """`cach_tinh`; left out: unit by unit where a group leads, else one result."""
        if task.get("cach_tinh"):
            return str(task["cach_tinh"])
        return (
            "tung_don_vi" if any(self.is_group(code) for code in self.named(task.get("co_quan_chu_tri"))) else "chung"
        )

    def last_day(self, task: Any) -> date | None:
        return day(task.get("han_cuoi")) or deadline(task.get("thoi_han"), self.year)

    def in_dong(self, amount: str | None) -> int | None:
        exact = number(amount)
        return None if exact is None else int(exact * self.dong)


def word(char: str) -> bool:
    return char.isalnum() or char == "_"


def in_force(since: str | None, until: str | None, on: date) -> bool:
    return (day(since) or on) <= on <= (day(until) or on)


def deadline(words: str | None, year: int) -> date | None:
    """The last day in time: "Trước ngày D" ends the day before, a month, quarter or year with the calendar."""
    text = " ".join((words or "").split()).strip(" .;,")
    if found := re.fullmatch(r"Trước ngày (\d+/\d+/\d+)", text):
        return day(found[1]) - timedelta(days=1)
    if found := re.fullmatch(r"(?:Đến hết ngày|Ngày) (\d+/\d+/\d+)", text):
        return day(found[1])
    if found := re.fullmatch(r"Tháng (\d+)/(\d{4})", text):
        return month_end(int(found[2]), int(found[1]))
    if found := re.fullmatch(r"Quý (I|II|III|IV)/(\d{4})", text):
        return month_end(int(found[2]), 3 * ROMAN[found[1]])
    if found := re.fullmatch(r"6 tháng đầu năm (\d{4})", text):
        return date(int(found[1]), 6, 30)
    if found := re.fullmatch(r"(?:Trong năm|Năm) (\d{4})", text):
        return date(int(found[1]), 12, 31)
    return date(year, 12, 31) if text == "Thường xuyên" else None


def calendar_days(period: str) -> tuple[date, date]:
    if ".." in period:
        first, last = period.split("..")
        return date.fromisoformat(first), date.fromisoformat(last)
    year, _dash, slot = period.partition("-")
    first, last = {"": (1, 12), "9M": (1, 9), "H1": (1, 6), "H2": (7, 12)}.get(slot, (0, 0))
    if slot[:1] == "M":
        first = last = int(slot[1:])
    if slot[:1] == "Q":
        first, last = 3 * int(slot[1:]) - 2, 3 * int(slot[1:])
    return date(int(year), first, 1), month_end(int(year), last)


def rule_of(scheme: Any, period: str) -> Any:
    """The scheme's row for a period; one of its own goes before that for all months or quarters."""
    slot = "" if ".." in period else period.partition("-")[2] or "NAM"
    rows = {row["ky"]: row for row in scheme["ky"]}
    return rows.get(slot) or (rows.get(slot[0]) if slot[:1] in ("M", "Q") else None)


def rule_day(text: str, of: date) -> date:
    """A day as data/ky_bao_cao/nd09.yaml writes it, from the period's first or last calendar day."""
    if found := re.fullmatch(r"(\d+)/(\d+)( năm trước)?", text):
        return date(of.year - bool(found[3]), int(found[2]), int(found[1]))
    if text == "ngày cuối tháng":
        return month_end(of.year, of.month)
    found = re.fullmatch(r"ngày (\d+)( tháng trước)?", text)
    assert found, text
    month = date(of.year, of.month, 1) - timedelta(days=1) if found[2] else of
    return date(month.year, month.month, int(found[1]))
