"""Where a report and the auditor's recount differ: one line for each figure, told with both values."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from tests.audit import expected
from tests.audit.expected import COMMON, LABELS, NOT_DUE, NOTE, vn
from tests.audit.printed import Printed, Rows, flat, part_of
from tests.audit.recount import Recount
from tests.audit.tasks import DOING, DONE, IDLE, LATE, OVERDUE, SILENT, STATES, Money, tenths

Workbook = dict[str, list[dict[str, Any]]]


def differences(count: Recount, printed: Printed, workbook: Workbook) -> list[str]:
    """Everything in which a report's tables, sentences and workbook differ from the recount."""
    return [*in_tables(count, printed), *in_text(count, printed.lines), *in_workbook(count, workbook)]


def in_tables(count: Recount, printed: Printed) -> Iterator[str]:
    ours = expected.tables(count)
    for name in sorted(ours.keys() | printed.tables.keys()):
        theirs = [row for row in printed.tables.get(name, []) if name != "trang_thai" or row[0] != "Tổng"]
        yield from _rows(f"bảng {name}", ours.get(name, []), theirs)
    note = any(NOTE in line for line in printed.lines)
    if count.tasks and note == expected.sums_to_hundred(count):
        yield f"bảng trang_thai: ghi chú làm tròn {'thừa' if note else 'thiếu'}"


def _rows(where: str, ours: Rows, theirs: Rows) -> Iterator[str]:
    if len(ours) != len(theirs):
        yield f"{where}: {len(ours)} dòng, báo cáo in {len(theirs)}"
        return
    for one, other in zip(ours, theirs, strict=True):
        if one != other:
            yield f"{where}: tính {one}, báo cáo in {other}"


# Sentences --------------------------------------------------------------------------------------------------------

#: Figures of the sentences on tasks, by what they are called; one that isn't told is 0.
_COUNTS = {
    OVERDUE: r"(\d+) nhiệm vụ quá hạn",
    DOING: r"(\d+) nhiệm vụ đang thực hiện, còn trong hạn",
    IDLE: r"(\d+) nhiệm vụ chưa thực hiện, còn trong hạn",
    "quá hạn, chưa có số liệu": r"(\d+) nhiệm vụ đã quá hạn, chưa có số liệu",
    "trong hạn, chưa có số liệu": r"(\d+) nhiệm vụ còn trong hạn, chưa có số liệu",
}


def in_text(count: Recount, lines: list[str]) -> Iterator[str]:
    """The sentences of III.1 on tasks, indicators and money, of II on fields of work, the list of IV, who answered."""
    if count.tasks:
        said = [line for line in part_of(lines, "ĐÁNH GIÁ CHUNG") if re.search(r"\d+ nhiệm vụ: ", line)]
        yield from _tasks(count, said[0] if said else "")
    yield from _indicators(count, lines)
    yield from _money(count, lines)
    yield from _fields(count, lines)
    yield from _shortcomings(count, lines)
    yield from _upcoming(count, lines)
    yield from _answers(count, lines)


def _tasks(count: Recount, line: str) -> Iterator[str]:
    """The sentence on all tasks."""
    whole = count.whole
    counts = {
        **whole["counts"],
        "quá hạn, chưa có số liệu": whole["silent_late"],
        "trong hạn, chưa có số liệu": whole["counts"][SILENT] - whole["silent_late"],
    }
    yield from _same("III, tổng số nhiệm vụ", whole["total"], _first(r"(\d+) nhiệm vụ:", line))
    yield from _same("III, đã hoàn thành", whole["done"], _first(r"đã hoàn thành (\d+)", line) or 0)
    rate = _first(r"\(([\d,]+)%\)", line) or ("0" if "chưa hoàn thành nhiệm vụ nào" in line else None)
    yield from _same("III, tỷ lệ", vn(whole["done_rate"]), rate)
    for state, pattern in _COUNTS.items():
        yield from _same(f"III, {LABELS.get(state, state)}", counts[state], _first(pattern, line) or 0)
    for state, some, every in (
        (DONE, r"(\d+) nhiệm vụ đúng hạn", r"%\), (đều )?đúng hạn"),
        (LATE, r"(\d+) nhiệm vụ chậm", r"%\), (đều )?chậm so với thời hạn"),
    ):
        told = whole["done"] if re.search(every, line) else _first(some, line) or 0
        yield from _same(f"III, {LABELS[state]}", counts[state], told)


def _first(pattern: str, line: str) -> str | None:
    found = re.search(pattern, line)
    return found[1] if found else None


def _same(where: str, ours: Any, theirs: Any) -> Iterator[str]:
    if str(ours) != str(theirs):
        yield f"{where}: tính {ours}, báo cáo in {theirs}"


def _indicators(count: Recount, lines: list[str]) -> Iterator[str]:
    verdicts = [expected.verdict(count, one["met"]) for one in count.indicators.values()]
    line = next((line for line in lines if re.match(r"Trong \d+ chỉ tiêu", line)), "")
    yield from _same("III, chỉ tiêu", len(verdicts), _first(r"Trong (\d+) chỉ tiêu", line) or 0)
    for verdict in ("Đạt", "Chưa đạt", NOT_DUE, "Chưa có số liệu"):
        told = _first(rf"(\d+) chỉ tiêu {verdict.lower()}\b", line) or 0
        yield from _same(f"III, chỉ tiêu {verdict.lower()}", verdicts.count(verdict), told)


def _money(count: Recount, lines: list[str]) -> Iterator[str]:
    planned, _paid, so_far = count.whole["money"]
    line = next((line for line in lines if line.startswith("Kinh phí ")), "")
    if planned and so_far:
        shown = [vn(Fraction(amount, count.facts.dong)) for amount in (planned, so_far)]
        yield from _same("III, kinh phí", shown[0], _first(r"Kinh phí ([\d.,]*\d) ", line))
        yield from _same("III, giải ngân", shown[1], _first(r"đã giải ngân ([\d.,]*\d) ", line))
        yield from _same("III, tỷ lệ giải ngân", vn(count.whole["rate"]), _first(r"\(([\d,]+)%\)", line))


def _fields(count: Recount, lines: list[str]) -> Iterator[str]:
    """Under each field of work: how many of its tasks are done."""
    at = None
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        head = re.sub(r"^[IVX\d]+\. ", "", line)
        at = next((name for name in count.facts.fields.values() if _alike(name, head)), at)
        told = re.search(r"[Đđ]ã hoàn thành (\d+)/(\d+) nhiệm vụ \(([\d,]+)%\)", line)
        none = re.search(r"giao (\d+) nhiệm vụ[,;] chưa", line)
        if at and at not in found and (told or none):
            found[at] = told.groups() if told else ("0", none[1], "0")  # type: ignore[index]
        if head.startswith("ĐÁNH GIÁ CHUNG"):
            break
    for name, (done, whole, rate) in expected.fields(count).items():
        yield from _same(f"II, {name}", (str(done), str(whole), rate), found.get(name))


def _alike(name: str, head: str) -> bool:
    """A heading of the outline names a field in other words: "Công tác chỉ đạo, điều hành" is "Chỉ đạo, điều hành"."""
    return flat(head).lower() in (name.lower(), f"công tác {name.lower()}") or (
        "chính quyền số" in name.lower() and head.lower().startswith("xây dựng, phát triển chính quyền")
    )


def _shortcomings(count: Recount, lines: list[str]) -> Iterator[str]:
    """III.2: each task that was done late, and each past its day that isn't done, with how far it is."""
    ours = {}
    for one in count.tasks:
        if one["state"] == LATE:
            ours[one["task"]["ma"]] = f"hoàn thành chậm, ngày {expected.short(one['done_on'])}"
        elif one["state"] == OVERDUE:
            reach = f", đã thực hiện {vn(one['percent'])}%" if one["percent"] is not None else ""
            if one["each"] and not count.unit:
                reach += f", {one['done_units']}/{len(one['units'])} đơn vị đã xong"
            ours[one["task"]["ma"]] = "quá hạn" + reach
        elif count.is_silent_late(one):
            ours[one["task"]["ma"]] = "đã quá hạn, chưa có số liệu"
    theirs = {}
    for line in part_of(lines, "ĐÁNH GIÁ CHUNG"):
        found = re.search(r": ((?:hoàn thành chậm|(?:đã )?quá hạn)[^.;]*)[.;]?$", line)
        if found and (code := _task_named(count, line)):
            theirs[code] = found[1]
    yield from _same("III.2, nhiệm vụ chậm, quá hạn", ours, theirs)


def _upcoming(count: Recount, lines: list[str]) -> Iterator[str]:
    """The tasks of IV: those of this period that aren't done first."""
    theirs = [code for line in part_of(lines, "PHƯƠNG HƯỚNG") if (code := _task_named(count, line))]
    carried, due = count.upcoming
    if theirs != [*carried, *due]:
        more, less = set(theirs) - {*carried, *due}, {*carried, *due} - set(theirs)
        yield f"IV: thiếu {sorted(less)}, thừa {sorted(more)}" if more or less else f"IV: thứ tự {theirs}"


def _task_named(count: Recount, line: str) -> str | None:
    """The task with whose description a line begins."""
    texts = {_words(one["task"]["mo_ta"]): one["task"]["ma"] for one in count.tasks}
    names = [text for text in texts if _words(line).startswith(text)]
    return str(texts[max(names, key=len)]) if names else None


def _words(text: str) -> str:
    """The words alone: between them a report sets its own marks."""
    return " ".join(re.findall(r"\w+", text))


def _answers(count: Recount, lines: list[str]) -> Iterator[str]:
    """Who sent: one sentence, by quarters where some sent an earlier one only."""
    if count.unit or not count.expected:
        return
    answers, whole = count.answers.values(), str(len(count.answers))
    sent = sum(one["answered"] for one in answers)
    line = next((line for line in lines if "gửi báo cáo" in line and "đơn vị" in line), "")
    if ".." not in count.period and any(one["earlier"] and not one["answered"] for one in answers):
        ours = [(expected.period_name(code).partition(" năm")[0], f"{n}/{whole}") for code, n in count.quarters]
        told = re.findall(r"(Quý [IV]+) (?:năm \d+ )?(?:có (\d+/\d+) đơn vị đã gửi|chưa có đơn vị nào gửi)", line)
        yield from _same("I, đơn vị gửi từng quý", ours, [(name, n or f"0/{whole}") for name, n in told])
    elif sent:
        yield from _same("I, đơn vị đã gửi", f"{sent}/{whole}", _first(r"(\d+/\d+) đơn vị đã gửi", line))
    missing = [expected.name_of(count, unit) for unit, one in count.answers.items() if not one["answered"]]
    if sent:
        yield from _same("I, đơn vị chưa gửi", ", ".join(missing), line.partition("chưa gửi: ")[2].rstrip("."))
    nobody = any("chưa có đơn vị nào gửi số liệu của kỳ này" in line for line in lines)
    if nobody and (sent or any(one["earlier"] for one in answers)):
        yield f"mở đầu: chưa có đơn vị nào gửi số liệu, nhưng {sent} đơn vị đã gửi"


# Workbook ---------------------------------------------------------------------------------------------------------


def in_workbook(count: Recount, workbook: Workbook) -> Iterator[str]:
    for sheet, ours in _sheets(count):
        theirs = workbook.get(sheet, [])
        if len(ours) != len(theirs):
            yield f"trang {sheet}: {len(ours)} dòng, tệp Excel có {len(theirs)}"
            continue
        for row, other in zip(ours, theirs, strict=True):
            for head, value in row.items():
                if value != other.get(head, "(không có cột)"):
                    yield f"trang {sheet}, {next(iter(row.values()))}, {head}: tính {value}, in {other.get(head)}"


def _sheets(count: Recount) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield "Nhiệm vụ", [_task(count, one) for one in count.tasks]
    if count.tasks:
        yield "Trạng thái", list(_states(count))
    yield "Theo đơn vị", list(_units(count)) if count.tasks and not count.unit else []
    yield "Chỉ tiêu", list(_indicator_rows(count))
    titles = {group["ma"]: group["tieu_de"] for group in count.facts.groups}
    groups = [(titles[code], row) for code, row in count.by_group.items() if row["money"] != Money()]
    rows = [{"Nhóm nhiệm vụ": title, **_amounts(count, row, "Kế hoạch")} for title, row in groups]
    last = {"Nhóm nhiệm vụ": "Tổng", **_amounts(count, count.whole, "Kế hoạch")}
    yield "Kinh phí", [*rows, last] if rows else []
    values = count.statistics
    shown = [row for row in expected.statistics_of(count, empty=True) if "." in row[0]]
    yield "Số liệu", [{"STT": n, "Số liệu": name, "Thực hiện": values[code]} for n, name, code in shown]
    words = {True: "Khớp", False: "Cần kiểm tra", None: "Chưa đủ số liệu"}
    checks = [{"Vế trái": a, "Vế phải": b, "Kết quả": words[holds]} for a, b, holds in count.cross_checks]
    yield "Kiểm tra chéo", checks


def rows_of(workbook: Workbook) -> Workbook:
    """The rows that stand for one thing each: no headings, no rows of single units below a sum."""
    found = dict(workbook)
    found["Chỉ tiêu"] = [row for row in workbook.get("Chỉ tiêu", []) if row["STT"] is not None]
    found["Số liệu"] = [row for row in workbook.get("Số liệu", []) if "." in str(row["STT"] or "")]
    return found


def _amounts(count: Recount, row: Any, planned: str) -> dict[str, Any]:
    heads = (planned, "Giải ngân trong kỳ", "Giải ngân lũy kế")
    money = [None if one is None else Fraction(one, count.facts.dong) for one in row["money"]]
    rate = tenths(row["money"].so_far, row["money"].planned)
    return {**dict(zip(heads, money, strict=True)), "Tỷ lệ giải ngân (%)": rate}


def _task(count: Recount, one: Any) -> dict[str, Any]:
    each = one["each"] and one["units"]
    owner = count.unit or one["owner"]
    return {
        "Mã": one["task"]["ma"],
        "Tính cho đơn vị": expected.name_of(count, owner),
        "Hạn cuối": one["last"],
        "Trạng thái": LABELS[one["state"]],
        "Ngày hoàn thành": one["done_on"],
        "Mức độ (%)": one["percent"],
        "Số đơn vị đã xong": one["done_units"] if each else None,
        "Trên số đơn vị": len(one["units"]) if each else None,
        **_amounts(count, one, "Kinh phí"),
    }


def _states(count: Recount) -> Iterable[dict[str, Any]]:
    whole = count.whole
    for state in STATES:
        yield {
            "Trạng thái": LABELS[state],
            "Số nhiệm vụ": whole["counts"][state],
            "Tỷ lệ (%)": whole["shares"][state],
        }
    yield {"Trạng thái": "Tổng", "Số nhiệm vụ": whole["total"]}
    done = {"Số nhiệm vụ": whole["done"], "Tỷ lệ (%)": whole["done_rate"]}
    yield {"Trạng thái": "Đã hoàn thành (đúng hạn và chậm)", **done}
    yield {"Trạng thái": "Đã quá hạn, chưa có số liệu", "Số nhiệm vụ": whole["silent_late"]}


def _units(count: Recount) -> Iterable[dict[str, Any]]:
    for code, row in [*count.by_unit.items(), ("tong", {**count.whole, "along": 0})]:
        yield {
            "Đơn vị": "Tổng" if code == "tong" else expected.name_of(count, code) if code else COMMON,
            **{LABELS[state]: row["counts"][state] for state in STATES},
            "Tổng": row["total"],
            "Cùng chủ trì (không cộng)": row["along"] or None,
            **_amounts(count, row, "Kinh phí"),
        }


def _indicator_rows(count: Recount) -> Iterable[dict[str, Any]]:
    found = count.indicators
    for one in count.facts.indicators:
        if one["ma"] in found:
            result = found[one["ma"]]
            value = None if result["value"] is None else Fraction(expected.figure(result["value"]).replace(",", "."))
            yield {
                "Chỉ tiêu": one["ten"],
                "Tử số": result["top"],
                "Mẫu số": result["bottom"],
                "Thực hiện": value,
                "Đánh giá": expected.verdict(count, result["met"]),
            }
