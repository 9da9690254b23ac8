"""The words of a report: its figures as an outline's sentences may say them, and the pieces that are put in.

One fixed sentence for each case (none, some, all, no data); then what the units wrote, each under its own name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from docgen.base.declare import Contract
from docgen.documents.frame import issuing_unit, number_and_symbol
from docgen.documents.ke_hoach import main_document
from docgen.documents.text import Insert, Say
from docgen.model.counting.report import Report
from docgen.model.counting.states import State, States
from docgen.model.counting.tables import Row
from docgen.model.counting.tasks import TaskCount
from docgen.model.plan.sums import in_money_unit
from docgen.model.plan.text import Node
from docgen.model.progress.outline import Outline, OutlineNode, ReportPaper, Sentences
from docgen.wording.dates import format_date, format_long_date
from docgen.wording.numbers import format_amount
from docgen.wording.text import fold, running
from docgen.wording.words import amount_in_words

_COUNTS = {
    "tong": Contract("Số nhiệm vụ", "number", "22"),
    "xong": Contract("Số nhiệm vụ đã hoàn thành", "number", "9"),
    "dung_han": Contract("… đúng hạn", "number", "7"),
    "cham": Contract("… chậm", "number", "2"),
    "qua_han": Contract("Số nhiệm vụ quá hạn", "number", "1"),
    "dang": Contract("Số nhiệm vụ đang thực hiện trong hạn", "number", "8"),
    "chua": Contract("Số nhiệm vụ chưa thực hiện, trong hạn", "number", "3"),
    "chua_co_so_lieu": Contract("Số nhiệm vụ chưa có số liệu", "number", "1"),
    "ty_le_xong": Contract("Tỷ lệ hoàn thành (%)", example="40,9"),
}
#: What the sentences of a report's outline may say.
REPORT_FIELDS = {
    **_COUNTS,
    "ky": Contract("Tên kỳ báo cáo", example="Quý I năm 2023"),
    "nam": Contract("Năm", example="2023"),
    "tu": Contract("Ngày đầu của kỳ số liệu", example="ngày 15 tháng 12 năm 2022"),
    "den": Contract("Ngày chốt số liệu", example="ngày 14 tháng 3 năm 2023"),
    "ca_nam": Contract("Là báo cáo năm", "flag"),
    "cua_don_vi": Contract("Là báo cáo của một đơn vị", "flag"),
    "don_vi": Contract("Đơn vị báo cáo", example="Phòng Tư pháp"),
    "co_quan": Contract("Cơ quan ban hành kế hoạch", example="Ủy ban nhân dân thị xã Hương Thủy"),
    "van_ban_chinh": Contract("Văn bản chính của kế hoạch", example="Quyết định số 3951/QĐ-UBND ngày …"),
    "ten_ke_hoach": Contract("Trích yếu của kế hoạch", example="cải cách hành chính năm 2023"),
    "phu_luc": Contract("Các phụ lục của báo cáo", example="các Phụ lục I, II"),
    "chua_xong": Contract("Số nhiệm vụ chưa xong tại ngày chốt", "number", "13"),
    "kinh_phi": Contract("Kinh phí của kế hoạch", example="406 triệu đồng"),
    "giai_ngan": Contract("Giải ngân trong kỳ", example="120 triệu đồng"),
    "giai_ngan_luy_ke": Contract("Giải ngân từ đầu năm", example="180 triệu đồng"),
    "ty_le_giai_ngan": Contract("Tỷ lệ giải ngân từ đầu năm (%)", example="44,3"),
    "chi_tieu": Contract("Số chỉ tiêu", "number", "27"),
    "chi_tieu_dat": Contract("Số chỉ tiêu đạt", "number", "20"),
    "chi_tieu_chua_co": Contract("Số chỉ tiêu chưa có số liệu", "number", "3"),
    "don_vi_phai_gui": Contract("Số đơn vị phải gửi báo cáo", "number", "17"),
    "don_vi_da_gui": Contract("Số đơn vị đã gửi", "number", "15"),
    "don_vi_chua_gui": Contract("Tên các đơn vị chưa gửi", example="Phòng Kinh tế, UBND xã Phú Sơn"),
    "khong_co_so_lieu": Contract("Không đơn vị nào có số liệu", "flag"),
    "linh_vuc": Contract("Tên lĩnh vực, trong câu theo lĩnh vực", example="Cải cách thể chế"),
}
INSERTS = ("ket_qua_linh_vuc", "ket_qua_noi_bat", "ton_tai", "nguyen_nhan", "nhiem_vu_ky_toi", "kien_nghi", "loi_van")


def report_fields(report: Report, reporter: str) -> dict[str, Any]:
    """The figures of a report for its sentences; ``reporter`` is the unit or office that reports."""
    frame, plan, kind = main_document(report.plan)
    issued = f" {format_long_date(frame.issued_on)}" if frame.issued_on is not None else ""
    money = report.total.money
    missing = [answer.name for answer in report.answers if not answer.answered]
    return {
        **counts_of(report.states),
        "ky": report.period.name,
        "nam": str(report.plan.year),
        "tu": format_long_date(report.window.start),
        "den": format_long_date(report.window.end),
        "ca_nam": report.period.type == "year",
        "cua_don_vi": report.unit is not None,
        "don_vi": reporter,
        "co_quan": issuing_unit(frame, plan).name,
        "van_ban_chinh": f"{kind} số {number_and_symbol(frame, plan, kind)}{issued}",
        "ten_ke_hoach": running(plan.document.abstract),
        "chua_xong": len(report.unfinished),
        "kinh_phi": money_text(report, money.budget),
        "giai_ngan": money_text(report, money.disbursed),
        "giai_ngan_luy_ke": money_text(report, money.cumulative),
        "ty_le_giai_ngan": percent_text(report.total.cumulative_percent),
        "chi_tieu": len(report.indicators),
        "chi_tieu_dat": sum(one.met is True for one in report.indicators),
        "chi_tieu_chua_co": sum(one.met is None for one in report.indicators),
        "don_vi_phai_gui": len(report.answers),
        "don_vi_da_gui": len(report.answers) - len(missing),
        "don_vi_chua_gui": ", ".join(missing),
        "khong_co_so_lieu": report.empty,
        "linh_vuc": "",
        "phu_luc": "",
    }


def counts_of(states: States) -> dict[str, Any]:
    """A tally under the names that sentences use."""
    return {
        "tong": states.total,
        "xong": states.done,
        "dung_han": states[State.DONE_ON_TIME],
        "cham": states[State.DONE_LATE],
        "qua_han": states[State.OVERDUE],
        "dang": states[State.IN_PROGRESS],
        "chua": states[State.NOT_BEGUN],
        "chua_co_so_lieu": states[State.NO_DATA],
        "ty_le_xong": percent_text(states.done_percent),
    }


def report_inserts(
    report: Report, outline: Outline, paper: ReportPaper, say: Say, context: Mapping[str, Any], next_end: date
) -> dict[str, Insert]:
    """What stands for each "chen" of a report's outline; ``next_end`` is the last day of the next period."""
    cases = next((one for one in outline.sentences if one.code == "nhiem_vu"), None)
    names = {unit.code: unit.name for unit in report.plan.organisation.units}

    def own(name: str) -> list[Node]:
        return [_dash(line) for text in paper.texts if text.insert == name for line in text.text]

    def field_results(node: OutlineNode) -> Sequence[Node]:
        return _field_results(report, node, cases, say, context, names)

    def shortcomings(_node: OutlineNode) -> Sequence[Node]:
        late = [_dash(_ended(_late(one))) for one in report.in_state(State.OVERDUE, State.DONE_LATE)]
        return [*late, *_said(report, lambda said: said.difficulties, names), *own("ton_tai")]

    def next_tasks(_node: OutlineNode) -> Sequence[Node]:
        ahead = [
            _dash(_ended(_due(one))) for one in report.unfinished if one.last_day is None or one.last_day <= next_end
        ]
        return [*ahead, *own("nhiem_vu_ky_toi")]

    return {
        "ket_qua_linh_vuc": field_results,
        "ket_qua_noi_bat": lambda _node: own("ket_qua_noi_bat"),
        "ton_tai": shortcomings,
        "nguyen_nhan": lambda _node: own("nguyen_nhan"),
        "nhiem_vu_ky_toi": next_tasks,
        "kien_nghi": lambda _node: [*_said(report, lambda said: said.proposals, names), *own("kien_nghi")],
        "loi_van": lambda _node: own("loi_van"),
    }


def _field_results(
    report: Report,
    node: OutlineNode,
    cases: Sentences | None,
    say: Say,
    context: Mapping[str, Any],
    names: Mapping[str, str],
) -> list[Node]:
    """The sentence on a field of work's tasks, what was issued and achieved, and the units' own texts."""
    row = next((one for one in report.fields if one.code == node.field_of_work), None)
    found: list[Node] = []
    sentence = _case(cases, row) if cases is not None else None
    if sentence is not None:
        listed = report.plan.fields_of_work.fields if report.plan.fields_of_work else ()
        name = next((work.name for work in listed if work.code == node.field_of_work), "")
        counts = counts_of(row.states if row is not None else States.of(()))
        found.append(_plain(say(sentence, {**context, **counts, "linh_vuc": name})))
    for one in report.tasks:
        if one.group.field_of_work == node.field_of_work:
            found += [_dash(text) for text in _achieved(one, names)]
    texts: dict[str, str] = {}
    for narrative in report.narratives:
        if narrative.field_of_work == node.field_of_work:
            for line in narrative.text:
                texts.setdefault(fold(line), f"{names.get(narrative.unit, narrative.unit)}: {line}")
    return [*found, *map(_dash, texts.values())]


def _case(cases: Sentences, row: Row | None) -> str | None:
    """The sentence for a field of work, by how many of its tasks are done."""
    if row is None or not row.states.total:
        return cases.none
    if row.states[State.NO_DATA] == row.states.total:
        return cases.no_data
    if not row.states.done:
        return cases.nothing
    return cases.all if row.states.done == row.states.total else cases.some


def _achieved(one: TaskCount, names: Mapping[str, str]) -> Iterable[str]:
    """What was issued for a task and what its units say came of it, each unit's words once."""
    description = " ".join(one.task.description).removeprefix("- ")
    if one.issued:
        yield _ended(f"{description}: đã ban hành {'; '.join(one.issued)}")
    told: dict[str, list[str]] = {}
    for said in one.said:
        for line in said.result:
            told.setdefault(fold(line), [line]).append(names.get(said.unit, said.unit))
    for line, *units in told.values():
        yield f"{description} ({', '.join(units)}): {line}"


def _said(report: Report, what: Callable[[Any], tuple[str, ...]], names: Mapping[str, str]) -> list[Node]:
    """What units say of their tasks, each under its name; equal texts of a unit once."""
    texts: dict[tuple[str, str], str] = {}
    for one in report.tasks:
        for said in one.said:
            for line in what(said):
                texts.setdefault((said.unit, fold(line)), f"{names.get(said.unit, said.unit)}: {line}")
    return [_dash(text) for text in texts.values()]


def _late(one: TaskCount) -> str:
    description = " ".join(one.task.description).removeprefix("- ")
    due = f", hạn {format_date(one.last_day)}" if one.last_day is not None else ""
    if one.done_on is not None:
        return f"{description}: hoàn thành ngày {format_date(one.done_on)}, chậm so với hạn{due.removeprefix(', hạn')}"
    reach = f", đã thực hiện {format_amount(one.percent)}%" if one.percent is not None else ""
    units = f", {one.done_units}/{one.all_units} đơn vị đã xong" if one.all_units > 1 else ""
    return f"{description}: quá hạn{due}{reach}{units}"


def _due(one: TaskCount) -> str:
    description = " ".join(one.task.description).removeprefix("- ")
    lead = " ".join((one.task.lead_units or "").split())
    return (
        description + (f" ({one.task.deadline})" if one.task.deadline else "") + (f"; chủ trì: {lead}" if lead else "")
    )


def money_text(report: Report, dong: int | None) -> str:
    """Money in the plan's unit, with the unit; nothing where it isn't known."""
    if dong is None:
        return ""
    return f"{format_amount(in_money_unit(dong, report.plan.money_unit))} {report.plan.money_unit}"


def money_in_words(dong: int | None) -> str:
    """Whole đồng in words; nothing where it isn't known."""
    return "" if dong is None else amount_in_words(dong)


def percent_text(value: Any) -> str:
    """A percentage as tables print it, without the sign; nothing where there is none."""
    return "" if value is None else format_amount(value)


def _ended(text: str) -> str:
    """A sentence of ours with its full stop; what a unit wrote stays as it wrote it."""
    return text if text.endswith((".", ";", "!", "?")) else f"{text}."


def _plain(text: str) -> Node:
    return Node(level="khong", text=text)


def _dash(text: str) -> Node:
    return Node(level="gach", text=text.strip().removeprefix("- "))
