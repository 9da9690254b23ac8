"""What a report must print, written out by the auditor: the recount's figures as texts of tables and sentences."""

from datetime import date
from fractions import Fraction
from typing import Any

from tests.audit.facts import ROMAN
from tests.audit.recount import Recount
from tests.audit.tasks import DOING, DONE, FINISHED, IDLE, LATE, OVERDUE, SILENT, STATES, tenths

LABELS = {
    DONE: "Hoàn thành đúng hạn",
    LATE: "Hoàn thành chậm",
    OVERDUE: "Quá hạn",
    DOING: "Đang thực hiện (trong hạn)",
    IDLE: "Chưa thực hiện (trong hạn)",
    SILENT: "Chưa có số liệu",
}
COMMON = "Nhiệm vụ chung"
NOT_DUE = "Chưa đến hạn đánh giá"
NOTE = "Tổng các tỷ lệ có thể không bằng 100% do làm tròn"
Rows = list[tuple[str, ...]]


def vn(value: Any) -> str:
    """1234.5 → “1.234,5”; all digits, no trailing zeros; nothing where there is no figure."""
    if value is None:
        return ""
    exact = Fraction(value)
    digits = f"{exact.numerator * 10**12 // exact.denominator:013d}"
    whole, rest = f"{int(digits[:-12]):,}".replace(",", "."), digits[-12:].rstrip("0")
    return f"{whole},{rest}" if rest else whole


def show(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


assert [roman(value) for value in ROMAN.values()] == list(ROMAN)


def tables(count: Recount) -> dict[str, Rows]:
    """Every table that the document has, without its heads; one without rows isn't there."""
    found = {
        "trang_thai": states(count),
        "nhiem_vu": tasks(count),
        "don_vi": units(count),
        "chi_tieu": indicators(count),
        "kinh_phi": money(count),
        "so_lieu": statistics(count),
        "tra_loi": answers(count),
    }
    return {name: rows for name, rows in found.items() if rows}


def states(count: Recount) -> Rows:
    whole = count.whole
    if not count.tasks:
        return []
    late = f" (trong đó {whole['silent_late']} nhiệm vụ đã quá hạn)" if whole["silent_late"] else ""
    return [
        (LABELS[state] + (late if state == SILENT else ""), vn(whole["counts"][state]), vn(whole["shares"][state]))
        for state in STATES
    ]


def tasks(count: Recount) -> Rows:
    rows: Rows = []
    groups = [group for group in count.facts.groups if any(one["group"] is group for one in count.tasks)]
    for number, group in enumerate(groups, 1):
        rows.append((roman(number), group["tieu_de"], "", ""))
        for n, one in enumerate((one for one in count.tasks if one["group"] is group), 1):
            where = LABELS[one["state"]] + (f" ({show(one['done_on'])})" if one["done_on"] else "")
            if count.is_silent_late(one):
                where = "Đã quá hạn, chưa có số liệu"
            reach = f"{vn(one['percent'])}%" if one["percent"] is not None else ""
            if one["each"] and one["units"]:
                reach = f"{one['done_units']}/{len(one['units'])} đơn vị"
            rows.append((str(n), " ".join(one["task"]["mo_ta"].split()), where, reach))
    return rows


def units(count: Recount) -> Rows:
    if count.unit:
        return []
    table = [(code, row) for code, row in count.by_unit.items() if code is not None or row["total"]]
    rows = [
        (str(n), name_of(count, code), vn(row["total"]), *(vn(row["counts"][state]) for state in STATES))
        for n, (code, row) in enumerate(table, 1)
    ]
    whole = count.whole
    last = ("", "Tổng", vn(whole["total"]), *(vn(whole["counts"][state]) for state in STATES))
    return [*rows, last] if rows else []


def name_of(count: Recount, code: str | None) -> str:
    return str(count.facts.units[code]["ten"]) if code else COMMON


def indicators(count: Recount) -> Rows:
    """A figure for each indicator; of one that several units answer with bare figures each unit's is printed."""
    found = count.indicators
    rows: Rows = []
    for n, one in enumerate((one for one in count.facts.indicators if one["ma"] in found), 1):
        result, unit = found[one["ma"]], one.get("don_vi_do", "")
        each = [(name_of(count, code), figure(value)) for code, value in result["each"] if value is not None]
        value = "; ".join(f"{name}: {value}{unit}" for name, value in each)
        if result["value"] is not None:
            value = figure(result["value"]) + unit
        rows.append((str(n), one["ten"], value, verdict(count, result["met"])))
    return rows


def verdict(count: Recount, met: bool | None) -> str:
    """A target of the plan's year can't be missed before the period with which the year ends."""
    if met is None:
        return "Chưa có số liệu"
    if met:
        return "Đạt"
    return "Chưa đạt" if count.next_end is None else NOT_DUE


def figure(value: Fraction) -> str:
    """What a unit typed, all digits; a ratio that doesn't end, with one decimal, half up."""
    typed = (value * 10**6).denominator == 1
    return vn(value if typed else Fraction(int(value * 10 + Fraction(1, 2)), 10))


def money(count: Recount) -> Rows:
    rows: Rows = []
    shown = [one for one in count.by_group.items() if one[1]["money"].planned is not None or paid(one[1]) is not None]
    titles = {group["ma"]: group["tieu_de"] for group in count.facts.groups}
    for n, (code, row) in enumerate(shown, 1):
        rows.append((str(n), titles[code], *amounts(count, row)))
    return [*rows, ("Tổng", "Tổng", *amounts(count, count.whole))] if rows else []


def paid(row: Any) -> int | None:
    return row["money"].so_far  # type: ignore[no-any-return]


def amounts(count: Recount, row: Any) -> tuple[str, str, str]:
    planned, so_far = (
        None if amount is None else Fraction(amount, count.facts.dong) for amount in (row["money"].planned, paid(row))
    )
    return vn(planned), vn(so_far), vn(row["rate"])


def statistics(count: Recount) -> Rows:
    """The statistics by field of work; a unit's own report leaves out what it has no figure of."""
    values = count.statistics
    return [(n, name, vn(values[code]) if code else "") for n, name, code in statistics_of(count, empty=not count.unit)]


def statistics_of(count: Recount, *, empty: bool) -> list[tuple[str, str, str]]:
    """Number, name and code of each line, with a line without a code above each field of work."""
    values = count.statistics
    names = {one["ma"]: one for one in count.facts.statistics}
    by_field: dict[str, list[str]] = {}
    for code, value in values.items():
        if value is not None or empty:
            by_field.setdefault(names[code].get("linh_vuc", ""), []).append(code)
    rows = []
    for number, (field, codes) in enumerate(by_field.items(), 1):
        rows.append((str(number), count.facts.fields.get(field, "Số liệu khác"), ""))
        rows += [(f"{number}.{n}", names[code]["ten"], code) for n, code in enumerate(codes, 1)]
    return rows


def answers(count: Recount) -> Rows:
    """Who sent and who has not; nobody is late before the office sets a day."""
    if count.unit:
        return []
    rows: Rows = []
    for n, (unit, one) in enumerate(count.answers.items(), 1):
        earlier = "Mới gửi " + ", ".join(map(period_name, one["earlier"])) if one["earlier"] else "Chưa gửi"
        note = "Đã gửi" if one["answered"] else earlier
        rows.append((str(n), name_of(count, unit), show(one["on"]), note))
    return rows


def period_name(code: str) -> str:
    """How a report names a period."""
    if ".." in code:
        first, last = map(date.fromisoformat, code.split(".."))
        return f"từ ngày {short(first)} đến ngày {short(last)}"
    year, _dash, slot = code.partition("-")
    if slot[:1] == "M":
        month = int(slot[1:])
        return f"tháng {month:02} năm {year}" if month < 3 else f"tháng {month} năm {year}"
    if slot[:1] == "Q":
        return f"Quý {roman(int(slot[1:]))} năm {year}"
    spans = {"H1": "6 tháng đầu năm", "H2": "6 tháng cuối năm", "9M": "9 tháng năm", "": "năm"}
    return f"{spans[slot]} {year}"


def short(on: date) -> str:
    """A day as a text names it: days below 10 and months 1 and 2 have a zero (NĐ 30/2020, Phụ lục I, II.4)."""
    return f"{on.day:02}/{on.month:02}/{on.year}" if on.month < 3 else f"{on.day:02}/{on.month}/{on.year}"


def sums_to_hundred(count: Recount) -> bool:
    return sum(count.whole["shares"].values()) == 100


def fields(count: Recount) -> dict[str, tuple[int, int, str]]:
    """Tasks done, all tasks and the rate by name of field of work."""
    found = {}
    for code, row in count.by_field.items():
        if code and row["total"]:
            done = sum(row["counts"][state] for state in FINISHED)
            found[count.facts.fields[code]] = (done, row["total"], vn(tenths(done, row["total"])))
    return found
