"""The words of a report: its figures as an outline's sentences may say them, and the pieces that are put in.

All that docgen says itself stands in the outline; what plan and units wrote stays as they wrote it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from docgen.base.declare import Contract
from docgen.documents.bao_cao.remarks import Remark, narrated, remarks_on
from docgen.documents.frame import issuing_unit, number_and_symbol
from docgen.documents.ke_hoach import about, main_document
from docgen.documents.text import Case, Insert, Wording, ended, listed, one_line, with_mark
from docgen.model.counting.answers import Answer, quarters_sent
from docgen.model.counting.indicators import Verdict
from docgen.model.counting.report import Report
from docgen.model.counting.states import State, States
from docgen.model.counting.tables import Row
from docgen.model.counting.tasks import Said, TaskCount, due_day
from docgen.model.periods.period import parse_period
from docgen.model.plan.frame import Frame
from docgen.model.plan.sums import in_money_unit
from docgen.model.plan.text import Node
from docgen.model.progress.outline import OutlineNode, ReportPaper
from docgen.wording.dates import format_long_date, format_short_date
from docgen.wording.numbers import format_amount
from docgen.wording.text import first_upper, fold, running
from docgen.wording.words import amount_in_words

_COUNTS = {
    "tong": Contract("Số nhiệm vụ", "number", "22"),
    "xong": Contract("Số nhiệm vụ đã hoàn thành", "number", "9"),
    "dung_han": Contract("… đúng hạn", "number", "7"),
    "cham": Contract("… chậm", "number", "2"),
    "qua_han": Contract("Số nhiệm vụ quá hạn", "number", "1"),
    "dang": Contract("Số nhiệm vụ đang thực hiện trong hạn", "number", "8"),
    "chua": Contract("Số nhiệm vụ chưa thực hiện, trong hạn", "number", "3"),
    "chua_co_so_lieu": Contract("Số nhiệm vụ chưa có số liệu", "number", "3"),
    "qua_han_chua_co_so_lieu": Contract("… trong đó đã quá hạn", "number", "1"),
    "ty_le_xong": Contract("Tỷ lệ hoàn thành (%)", example="40,9"),
}
#: What sentences about one task, or about what somebody wrote, may say.
_TASK = {
    "nhiem_vu": Contract("Tên nhiệm vụ", example="Kế hoạch kiểm tra"),
    "han": Contract("Thời hạn, theo lời của kế hoạch", example="Quý I/2023"),
    "chu_tri": Contract("Cơ quan chủ trì", example="Phòng Nội vụ"),
    "da_qua_han": Contract("Nhiệm vụ đã quá hạn", "flag"),
    "khong_so_lieu": Contract("Nhiệm vụ chưa có số liệu", "flag"),
    "chuyen_tiep": Contract("Nhiệm vụ đến hạn trong kỳ mà chưa xong", "flag"),
    "ty_le": Contract("Đã thực hiện (%)", example="80"),
    "xong_ngay": Contract("Ngày hoàn thành", example="10/4/2023"),
    "don_vi_xong": Contract("Số đơn vị đã xong", "number", "6"),
    "so_don_vi": Contract("Số đơn vị phải làm; 0 nếu nhiệm vụ có một kết quả chung", "number", "7"),
    "van_ban": Contract("Văn bản đã ban hành", example="Kế hoạch số 52/KH-UBND ngày 10/3/2023"),
    "bang_chu": Contract("Số tiền bằng chữ", example="Mười triệu đồng"),
    "giai_thich": Contract("Giải thích của phép kiểm tra chéo", example="đúng hạn không quá đã giải quyết"),
    "so_tien": Contract("Số tiền đã giải ngân", example="10 triệu đồng"),
    "ket_qua": Contract("Kết quả của nhiệm vụ, thành câu", example="Đã dự thảo Kế hoạch."),
    "loi": Contract("Lời của đơn vị", example="Đã tập huấn kỹ năng số"),
    "don_vi_noi": Contract("Đơn vị nói lời đó", example="Phòng Tư pháp"),
    "ky_truoc": Contract("Kỳ của lời đó, nếu là lời của kỳ trước", example="Quý I"),
}
#: What the sentences of a report's outline may say.
REPORT_FIELDS = {
    **_COUNTS,
    "ky": Contract("Tên kỳ báo cáo", example="Quý I năm 2023"),
    "nam": Contract("Năm", example="2023"),
    "tu": Contract("Ngày đầu của kỳ số liệu", example="ngày 15 tháng 12 năm 2022"),
    "den": Contract("Ngày chốt số liệu", example="ngày 14 tháng 3 năm 2023"),
    "so_lieu_den": Contract("Ngày cuối của số liệu, nếu trước ngày chốt", example="ngày 14 tháng 3 năm 2023"),
    "ca_nam": Contract("Là báo cáo năm", "flag"),
    "dot_xuat": Contract("Là báo cáo một khoảng ngày", "flag"),
    "cua_don_vi": Contract("Là báo cáo của một đơn vị", "flag"),
    "don_vi": Contract("Đơn vị báo cáo", example="Phòng Tư pháp"),
    "co_quan": Contract("Cơ quan ban hành kế hoạch", example="Ủy ban nhân dân thị xã Hương Thủy"),
    "van_ban_chinh": Contract("Văn bản chính của kế hoạch", example="Quyết định số 3951/QĐ-UBND ngày …"),
    "trich_yeu_chinh": Contract("Trích yếu của văn bản chính", example="về việc phê duyệt Kế hoạch …"),
    "ten_ke_hoach": Contract("Trích yếu của kế hoạch", example="cải cách hành chính năm 2023"),
    "ten_ke_hoach_ky": Contract("… với kỳ báo cáo", example="cải cách hành chính 6 tháng đầu năm 2023"),
    "phu_luc": Contract("Các phụ lục của báo cáo", example="các Phụ lục I, II"),
    "chua_xong": Contract("Số nhiệm vụ chưa xong tại ngày chốt", "number", "13"),
    "kinh_phi": Contract("Kinh phí của kế hoạch", example="406 triệu đồng"),
    "giai_ngan": Contract("Giải ngân trong kỳ", example="120 triệu đồng"),
    "giai_ngan_luy_ke": Contract("Giải ngân từ đầu năm", example="180 triệu đồng"),
    "ty_le_giai_ngan": Contract("Tỷ lệ giải ngân từ đầu năm (%)", example="44,3"),
    "chi_tieu": Contract("Số chỉ tiêu", "number", "27"),
    "chi_tieu_dat": Contract("Số chỉ tiêu đạt", "number", "20"),
    "chi_tieu_chua_dat": Contract("Số chỉ tiêu chưa đạt, đã đến hạn", "number", "4"),
    "chi_tieu_chua_den_han": Contract("Số chỉ tiêu chưa đạt, chưa đến hạn đánh giá", "number", "0"),
    "chi_tieu_chua_co": Contract("Số chỉ tiêu chưa có số liệu", "number", "3"),
    "don_vi_phai_gui": Contract("Số đơn vị phải gửi báo cáo", "number", "17"),
    "don_vi_da_gui": Contract("Số đơn vị đã gửi", "number", "15"),
    "gui_tung_ky": Contract(
        "Từng quý có bao nhiêu đơn vị gửi, khi có đơn vị mới gửi quý trước",
        example="Quý I có 3/3 đơn vị đã gửi; Quý II chưa có đơn vị nào gửi",
    ),
    "ky_gui": Contract("Quý, trong câu về số đơn vị gửi", example="Quý I"),
    "so_gui": Contract("Số đơn vị đã gửi quý đó", "number", "3"),
    "ky_da_gui": Contract("Các kỳ ngắn hơn mà đơn vị đã gửi", example="Quý I năm 2023"),
    "don_vi_chua_gui": Contract("Tên các đơn vị chưa gửi", example="Phòng Kinh tế, UBND xã Phú Sơn"),
    "khong_co_so_lieu": Contract("Không đơn vị nào có số liệu", "flag"),
    "linh_vuc": Contract("Tên lĩnh vực, trong câu theo lĩnh vực", example="Cải cách thể chế"),
    "kinh_gui": Contract("Báo cáo có nơi kính gửi", "flag"),
    **_TASK,
}
INSERTS = ("ket_qua_linh_vuc", "ket_qua_noi_bat", "ton_tai", "nguyen_nhan", "nhiem_vu_ky_toi", "kien_nghi", "loi_van")


def report_fields(report: Report, frame: Frame) -> dict[str, Any]:
    """The figures of a report for its sentences; ``frame`` is that of the report."""
    main, plan, kind = main_document(report.plan)
    issued = f" {format_long_date(main.issued_on)}" if main.issued_on is not None else ""
    money = report.total.money
    missing = [answer.name for answer in report.answers if not answer.answered]
    name = running(plan.document.abstract).removeprefix("kế hoạch ")
    known = report.known_until
    verdicts = Counter(one.verdict for one in report.indicators)
    return {
        **dict.fromkeys(REPORT_FIELDS, ""),
        **counts_of(report.states),
        "ky": report.period.name,
        "nam": str(report.plan.year),
        "tu": format_long_date(report.window.start),
        "den": format_long_date(report.window.end),
        "so_lieu_den": format_long_date(known)
        if known is not None and known < min(report.window.end, report.day)
        else "",
        "ca_nam": report.period.type == "year",
        "dot_xuat": report.period.type == "ad_hoc",
        "cua_don_vi": report.unit is not None,
        "don_vi": issuing_unit(frame, plan).name,
        "co_quan": issuing_unit(main, plan).name,
        "van_ban_chinh": f"{kind} số {number_and_symbol(main, plan, kind)}{issued}",
        "trich_yeu_chinh": about(report.plan),
        "ten_ke_hoach": name,
        "ten_ke_hoach_ky": with_period(name, report.period.name, report.plan.year),
        "chua_xong": len(report.unfinished),
        "kinh_phi": money_text(report, money.budget),
        "giai_ngan": money_text(report, money.disbursed),
        "giai_ngan_luy_ke": money_text(report, money.cumulative),
        "ty_le_giai_ngan": percent_text(report.total.cumulative_percent),
        "chi_tieu": len(report.indicators),
        "chi_tieu_dat": verdicts[Verdict.MET],
        "chi_tieu_chua_dat": verdicts[Verdict.NOT_MET],
        "chi_tieu_chua_den_han": verdicts[Verdict.NOT_DUE],
        "chi_tieu_chua_co": verdicts[Verdict.NO_DATA],
        "don_vi_phai_gui": len(report.answers),
        "don_vi_da_gui": len(report.answers) - len(missing),
        "don_vi_chua_gui": listed(missing),
        "ky_da_gui": earlier_periods(report.answers[0]) if report.unit is not None and report.answers else "",
        "khong_co_so_lieu": report.empty,
        "kinh_gui": bool(frame.addressees),
    }


def with_period(name: str, period: str, plan_year: int) -> str:
    """A plan's name with the name of a period, which takes the place of the plan's year where it says that itself."""
    year = f"năm {plan_year}"
    if period == year:
        return name if year in name else f"{name} {period}"
    if period.endswith(year) and name.endswith(f" {year}"):
        return f"{name.removesuffix(year)}{period}"
    return f"{name}, {period}" if year in name and not name.endswith(year) else f"{name} {period}"


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
        "qua_han_chua_co_so_lieu": states.silent_past,
        "ty_le_xong": percent_text(states.done_percent),
    }


def report_inserts(report: Report, paper: ReportPaper, words: Wording) -> dict[str, Insert]:
    """What stands for each "chen" of a report's outline."""

    def own(name: str) -> list[Node]:
        return [_dash(line) for text in paper.texts if text.insert == name for line in text.text]

    def shortcomings(_node: OutlineNode) -> Sequence[Node]:
        late = [_late(one, report, words) for one in report.tasks if one.past_due or one.state is State.DONE_LATE]
        return [*late, *_told(report, lambda said: said.difficulties, words), *own("ton_tai")]

    def next_tasks(_node: OutlineNode) -> Sequence[Node]:
        carried = [_next(one, report, words, carried=True) for one in report.carried_over]
        due = [_next(one, report, words, carried=False) for one in report.due_next]
        return [*carried, *due, *own("nhiem_vu_ky_toi")]

    return {
        "ket_qua_linh_vuc": lambda node: _field_results(report, node, words),
        "ket_qua_noi_bat": lambda _node: own("ket_qua_noi_bat"),
        "ton_tai": shortcomings,
        "nguyen_nhan": lambda _node: own("nguyen_nhan"),
        "nhiem_vu_ky_toi": next_tasks,
        "kien_nghi": lambda _node: [*_told(report, lambda said: said.proposals, words), *own("kien_nghi")],
        "loi_van": lambda _node: own("loi_van"),
    }


def _field_results(report: Report, node: OutlineNode, words: Wording) -> list[Node]:
    """The sentence on a field of work's tasks, a paragraph for each that has results, and the units' own texts."""
    row = next((one for one in report.fields if one.code == node.field_of_work), None)
    works = report.plan.fields_of_work.fields if report.plan.fields_of_work else ()
    name = next((work.name for work in works if work.code == node.field_of_work), "")
    counts = counts_of(row.states if row is not None else States.of(()))
    sentence = words.say("nhiem_vu", _case(row), **counts, linh_vuc=name)
    found = [Node(level="khong", text=sentence)] if sentence else []
    found += [
        _dash(paragraph)
        for one in report.tasks
        if one.group.field_of_work == node.field_of_work and (paragraph := _achieved(one, report, words))
    ]
    texts = [_by_unit(one, report, words) for one in narrated(report, node.field_of_work)]
    return [*found, *map(_dash, texts)]


def _case(row: Row | None) -> Case:
    """Which sentence a field of work has, by how many of its tasks are done."""
    if row is None or not row.states.total:
        return "none"
    if row.states[State.NO_DATA] == row.states.total:
        return "no_data"
    if not row.states.done:
        return "nothing"
    return "all" if row.states.done == row.states.total else "some"


def _achieved(one: TaskCount, report: Report, words: Wording) -> str:
    """What was issued and paid for a task and what its units say came of it, in one paragraph; "" for nothing."""
    lines = result_lines(one, report, words)
    if not one.issued and not lines:
        return ""
    issued = "; ".join(with_mark(text, "") for text in one.issued)
    facts = [words.say("da_ban_hanh", van_ban=issued)] if issued else []
    if one.money.cumulative:
        facts.append(words.say("da_giai_ngan", so_tien=money_text(report, one.money.cumulative)))
    own = ", ".join(filter(None, facts))
    result = " ".join([*([ended(own)] if own else []), *lines])
    return words.say("ket_qua_nhiem_vu", nhiem_vu=one_line(one.task.description), ket_qua=result)


def result_lines(one: TaskCount, report: Report, words: Wording) -> list[str]:
    """What units say came of a task, a sentence each: the latest first, then earlier ones with their period."""
    told: dict[tuple[str, str], tuple[Remark, list[str]]] = {}
    for remark in sorted(remarks_on(one, lambda said: said.result), key=lambda remark: bool(remark.period)):
        key = (remark.period, fold(remark.text))
        told.setdefault(key, (remark, []))[1].append(unit_name(report, remark.unit))
    named = report.unit is None and one.counting == "tung_don_vi"
    found = []
    for remark, units in told.values():
        text = words.say("loi_nhiem_vu", loi=with_mark(remark.text, ""), don_vi_noi=listed(units)) if named else ""
        text = text or remark.text
        earlier = period_name(remark.period, report)
        found.append(ended(words.say("loi_ky_truoc", ky_truoc=earlier, loi=text) if earlier else text))
    return found


def _told(report: Report, what: Callable[[Said], tuple[str, ...]], words: Wording) -> list[Node]:
    """What units say of their tasks that aren't done, each under its name; equal texts of a unit once."""
    texts: dict[tuple[str, str], Remark] = {}
    for one in report.unfinished:
        for remark in remarks_on(one, what):
            texts.setdefault((remark.unit, fold(remark.text)), remark)
    return [_dash(_by_unit(remark, report, words)) for remark in texts.values()]


def _by_unit(remark: Remark, report: Report, words: Wording) -> str:
    """What a unit says, with its name before it and, of an earlier text, the period; in its own report unnamed."""
    earlier = period_name(remark.period, report)
    if report.unit is None:
        name = unit_name(report, remark.unit)
        return words.say("loi_don_vi", don_vi_noi=name, ky_truoc=earlier, loi=remark.text)
    return words.say("loi_ky_truoc", ky_truoc=earlier, loi=remark.text) if earlier else remark.text


def period_name(code: str, report: Report) -> str:
    """A period as an earlier text is marked with it: “Quý I”; its year is said where it isn't the plan's."""
    if not code:
        return ""
    period = parse_period(code)
    short = period.name.removesuffix(f" năm {report.plan.year}") if period.type in ("month", "quarter") else period.name
    return first_upper(short)


def _late(one: TaskCount, report: Report, words: Wording) -> Node:
    """A task done late, or past its last day."""
    if one.state is State.DONE_LATE:
        case: Case = "all"
    else:
        case = "no_data" if one.silent_past else "some"
    return _dash(ended(words.say("nhiem_vu_cham", case, **task_facts(one, report))))


def _next(one: TaskCount, report: Report, words: Wording, *, carried: bool) -> Node:
    facts = task_facts(one, report)
    return _dash(ended(words.say("nhiem_vu_ky_toi", **facts, chuyen_tiep=carried)))


def task_facts(one: TaskCount, report: Report) -> dict[str, Any]:
    """What a sentence about one task may say, its deadline in the plan's own words."""
    done_on = format_short_date(one.done_on) if one.done_on is not None else ""
    return {
        "nhiem_vu": one_line(one.task.description),
        "han": deadline_text(one, report.plan.year),
        "chu_tri": one_line([one.task.lead_units or ""]),
        "da_qua_han": one.past_due,
        "khong_so_lieu": one.state is State.NO_DATA,
        "ty_le": percent_text(one.percent),
        "xong_ngay": done_on,
        "so_don_vi": one.all_units if one.counting == "tung_don_vi" and report.unit is None else 0,
        "don_vi_xong": one.done_units,
    }


def deadline_text(one: TaskCount, year: int) -> str:
    """A task's deadline as the plan words it, with the last day where the plan sets one that the words don't say."""
    worded = one_line([one.task.deadline or ""])
    if worded and one.last_day == due_day(replace(one.task, last_day=None), year):
        return worded
    last = format_short_date(one.last_day) if one.last_day is not None else ""
    return f"{worded}, ngày {last}" if worded and last else last


def sent_by_quarter(report: Report, words: Wording) -> str:
    """How many units sent each quarter, where some sent one but not the last; "" where the whole says enough."""
    if report.period.days is not None or not any(one.earlier and not one.answered for one in report.answers):
        return ""
    return "; ".join(
        words.say("gui_theo_ky", "some" if count else "none", ky_gui=period_name(quarter.code, report), so_gui=count)
        for quarter, count in quarters_sent(report.answers, report.period)
    )


def earlier_periods(answer: Answer) -> str:
    """The shorter periods that a unit answered, by name."""
    return ", ".join(parse_period(code).name for code, _day in answer.earlier)


def unit_name(report: Report, code: str) -> str:
    """A unit's full name; the code of one that isn't known."""
    unit = report.plan.organisation.by_code.get(code)
    return unit.name if unit is not None else code


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


def _dash(text: str) -> Node:
    return Node(level="gach", text=text.strip().removeprefix("- "))
