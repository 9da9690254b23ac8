"""A counted period in, whom to remind of what, and the context of each letter out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from docgen.base.declare import Contract
from docgen.documents import cong_van
from docgen.documents.bao_cao.sentences import deadline_text, earlier_periods, percent_text
from docgen.documents.frame import issuing_unit, number_and_symbol
from docgen.documents.ke_hoach import about, main_document
from docgen.documents.kind import Context, Setting
from docgen.documents.text import Case, Insert, Say, Wording, finished, listed, one_line, unbroken, with_marks
from docgen.model.counting.answers import Answer
from docgen.model.counting.report import Report
from docgen.model.counting.states import State
from docgen.model.counting.tasks import TaskCount
from docgen.model.counting.units import Units
from docgen.model.plan.frame import Frame
from docgen.model.plan.organisation import Unit
from docgen.model.plan.plan import TextDocument
from docgen.model.plan.text import Node
from docgen.model.progress.outline import Outline, ReportPaper
from docgen.wording.dates import format_long_date
from docgen.wording.text import running

#: What the sentences of a reminder's outline may say.
REMINDER_FIELDS = {
    "don_vi": Contract("Đơn vị được đôn đốc", example="Phòng Tư pháp"),
    "co_quan": Contract("Cơ quan ban hành kế hoạch", example="Ủy ban nhân dân thị xã Hương Thủy"),
    "co_quan_gui": Contract("Cơ quan ban hành công văn", example="Ủy ban nhân dân thị xã Hương Thủy"),
    "van_ban_chinh": Contract("Văn bản chính của kế hoạch", example="Quyết định số 3951/QĐ-UBND ngày …"),
    "trich_yeu_chinh": Contract("Trích yếu của văn bản chính", example="về việc phê duyệt Kế hoạch …"),
    "ten_ke_hoach": Contract("Trích yếu của kế hoạch", example="cải cách hành chính năm 2023"),
    "nam": Contract("Năm", example="2023"),
    "ky": Contract("Tên kỳ báo cáo", example="Quý I năm 2023"),
    "tu": Contract("Ngày đầu của kỳ số liệu", example="ngày 15 tháng 12 năm 2022"),
    "den": Contract("Ngày chốt số liệu", example="ngày 14 tháng 3 năm 2023"),
    "tinh_den": Contract("Ngày tính quá hạn", example="ngày 14 tháng 3 năm 2023"),
    "han_gui": Contract("Hạn gửi báo cáo", example="ngày 16 tháng 3 năm 2023"),
    "qua_han": Contract("Số nhiệm vụ quá hạn của đơn vị, đã có số liệu", "number", "2"),
    "qua_han_chua_co_so_lieu": Contract("Số nhiệm vụ đã quá hạn, chưa có số liệu", "number", "1"),
    "chua_gui": Contract("Đơn vị chưa gửi báo cáo của kỳ", "flag"),
    "ky_da_gui": Contract("Các kỳ ngắn hơn đã gửi", example="Quý I năm 2023"),
    "nhiem_vu": Contract("Tên nhiệm vụ, trong câu theo nhiệm vụ", example="Kế hoạch kiểm tra"),
    "han": Contract("Thời hạn, theo lời của kế hoạch", example="Quý I/2023"),
    "ty_le": Contract("Đã thực hiện (%)", example="80"),
    "cung_chu_tri": Contract("Các đơn vị cùng chủ trì nhiệm vụ", example="Phòng Nội vụ"),
}
_OVERDUE, _UNSENT, _OWN = "nhiem_vu_qua_han", "chua_gui_bao_cao", "loi_van"
INSERTS = (_OVERDUE, _UNSENT, _OWN)


@dataclass(frozen=True)
class Overdue:
    """A task past its last day as it stands for one unit; ``state`` and ``percent`` are the unit's own, if it has."""

    task: TaskCount
    state: State
    percent: Decimal | None
    partners: tuple[str, ...]


@dataclass(frozen=True)
class Reminder:
    """What one unit is reminded of; ``missing`` is its answer where it gave none."""

    unit: Unit
    overdue: tuple[Overdue, ...]
    missing: Answer | None


def reminders(report: Report) -> tuple[Reminder, ...]:
    """Whom to remind, in the order of don-vi.yaml: units with a task past its day, or without an answer.

    A unit is behind with a ``tung_don_vi`` task by its own result, with a ``chung`` task where it is among its leads.
    Nobody is behind with an answer while the window isn't over.
    """
    units = Units(report.plan.organisation)
    overdue: dict[str, list[Overdue]] = {}
    for one in report.tasks:
        for code, found in _behind(one, report, units):
            overdue.setdefault(code, []).append(found)
    missing = {one.unit: one for one in report.answers if not one.answered and not report.draft}
    return tuple(
        Reminder(report.plan.organisation.by_code[code], tuple(overdue.get(code, ())), missing.get(code))
        for code in sorted(overdue.keys() | missing.keys(), key=lambda code: (units.order(code), code))
    )


def _behind(one: TaskCount, report: Report, units: Units) -> Iterator[tuple[str, Overdue]]:
    if not one.past_due:
        return
    if one.counting == "tung_don_vi":
        for result in one.units:
            if not result.state.done:
                yield result.unit, Overdue(one, result.state, result.percent, ())
        return
    leads = units.members(one.leads, report.day)
    for code in leads:
        partners = tuple(units.name(other) for other in leads if other != code)
        yield code, Overdue(one, one.state, one.percent, partners)


def reminder_frame(report: Report, paper: ReportPaper, outline: Outline) -> Frame:
    """The frame that all letters share: as the paper says, else that of the plan's main document, never a number."""
    main, plan, _kind = main_document(report.plan)
    office = issuing_unit(main, plan).code
    frame = replace(
        paper.frame,
        issuing_agency=paper.frame.issuing_agency or office,
        number=None,
        recipients=paper.frame.recipients or outline.recipients,
        archive_line=paper.frame.archive_line or outline.archive_line,
    )
    if frame.issuing_agency != office:
        return frame
    return replace(
        frame,
        signatory=frame.signatory or main.signatory,
        parent_agency=frame.parent_agency or main.parent_agency,
        place=frame.place or main.place,
    )


@dataclass(frozen=True)
class Letter:
    """What a letter to one unit is made from; ``frame`` is that of :func:`reminder_frame`."""

    report: Report
    reminder: Reminder
    frame: Frame
    outline: Outline
    paper: ReportPaper
    say: Say


def build_letter(setting: Setting[Letter]) -> Context:
    """The context of the letter to one unit."""
    letter = setting.subject
    report, reminder, frame, outline = letter.report, letter.reminder, letter.frame, letter.outline
    paper, say = letter.paper, letter.say
    context = _fields(report, reminder, issuing_unit(frame, report.plan).name)
    recipients = frame.recipients if paper.frame.recipients else tuple(say(one, context) for one in frame.recipients)
    own = replace(frame, addressees=(reminder.unit.name,), recipients=recipients)
    inserts = _inserts(reminder, report.plan.year, paper, Wording(outline, say, context))
    document = TextDocument(
        kind_name="Công văn",
        frame=own,
        abstract=paper.abstract or say(outline.abstract, context),
        content=finished(outline.content, say, context, inserts),
    )
    return unbroken(cong_van.build(Setting(report.plan, document, setting.draft)))


def _fields(report: Report, reminder: Reminder, sender: str) -> dict[str, Any]:
    frame, plan, kind = main_document(report.plan)
    issued = f" {format_long_date(frame.issued_on)}" if frame.issued_on is not None else ""
    due = report.window.due
    silent = sum(one.state is State.NO_DATA for one in reminder.overdue)
    return {
        **dict.fromkeys(REMINDER_FIELDS, ""),
        "don_vi": reminder.unit.name,
        "co_quan": issuing_unit(frame, plan).name,
        "co_quan_gui": sender,
        "van_ban_chinh": f"{kind} số {number_and_symbol(frame, plan, kind)}{issued}",
        "trich_yeu_chinh": about(report.plan),
        "ten_ke_hoach": running(plan.document.abstract),
        "nam": str(plan.year),
        "ky": report.period.name,
        "tu": format_long_date(report.window.start),
        "den": format_long_date(report.window.end),
        "tinh_den": format_long_date(report.day),
        "han_gui": format_long_date(due) if due is not None else "",
        "qua_han": len(reminder.overdue) - silent,
        "qua_han_chua_co_so_lieu": silent,
        "chua_gui": reminder.missing is not None,
        "ky_da_gui": earlier_periods(reminder.missing) if reminder.missing is not None else "",
    }


def _inserts(reminder: Reminder, year: int, paper: ReportPaper, words: Wording) -> Mapping[str, Insert]:
    """The pieces that the outline puts in by name, each with the office's own text for that place below it."""
    overdue = [_overdue_line(one, year, words) for one in reminder.overdue]
    unsent = [_unsent_line(reminder.missing, words)] if reminder.missing is not None else []
    own = {name: [line for one in paper.texts if one.insert == name for line in one.text] for name in INSERTS}
    return {
        _OVERDUE: lambda _node: _dashes([*overdue, *own[_OVERDUE]] if overdue else []),
        _UNSENT: lambda _node: _dashes([*unsent, *own[_UNSENT]] if unsent else []),
        _OWN: lambda node: [Node(level=node.level, text=line) for line in own[_OWN]],
    }


def _overdue_line(one: Overdue, year: int, words: Wording) -> str:
    case: Case = "some"
    if one.state is State.NO_DATA:
        case = "no_data"
    elif one.percent == 0:
        case = "nothing"
    return words.say(
        _OVERDUE,
        case,
        nhiem_vu=one_line(one.task.task.description),
        han=deadline_text(one.task, year),
        ty_le=percent_text(one.percent),
        cung_chu_tri=listed(one.partners),
    )


def _unsent_line(answer: Answer, words: Wording) -> str:
    return words.say(_UNSENT, "some" if answer.earlier else "none")


def _dashes(lines: list[str]) -> list[Node]:
    """Lines of a list with their closing marks; one that says nothing is left out."""
    return [Node(level="gach", text=line) for line in with_marks([line.strip() for line in lines if line.strip()])]
