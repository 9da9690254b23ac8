"""A unit's own Kế hoạch with its letterhead and its share of the plan's tasks and budget (mẫu 1.4)."""

from dataclasses import replace

from docgen.base.declare import Contract
from docgen.documents.frame import issuing_unit, number_and_symbol
from docgen.documents.ke_hoach import about, main_document
from docgen.documents.text import Say, finished
from docgen.model.plan.frame import Frame
from docgen.model.plan.history import as_of
from docgen.model.plan.organisation import Unit
from docgen.model.plan.plan import Appendix, Plan
from docgen.model.plan.responsible import UnitNames, members_of
from docgen.model.plan.sums import in_money_unit, leads_of, plan_sum, shares_of
from docgen.model.plan.task import Group, Task
from docgen.model.plan.text import Node
from docgen.model.progress.outline import Outline
from docgen.wording.dates import format_long_date
from docgen.wording.numbers import format_amount
from docgen.wording.text import running
from docgen.wording.words import amount_in_words

#: The tags that the outline's sentences may use.
UNIT_PLAN_FIELDS = {
    "don_vi": Contract("Tên đơn vị", example="Phòng Tư pháp"),
    "co_quan": Contract("Tên cơ quan ban hành kế hoạch chung", example="Ủy ban nhân dân thị xã Hương Thủy"),
    "ten_ke_hoach": Contract("Trích yếu của kế hoạch chung", example="cải cách hành chính năm 2026"),
    "van_ban_chinh": Contract("Văn bản chính, số và ngày", example="Quyết định số 3951/QĐ-UBND ngày …"),
    "trich_yeu_chinh": Contract("Trích yếu của văn bản chính", example="về việc phê duyệt Kế hoạch …"),
    "nam": Contract("Năm", example="2026"),
    "so_nhiem_vu": Contract("Số nhiệm vụ mà đơn vị chủ trì", "number", "3"),
    "tong_kinh_phi": Contract("Kinh phí của đơn vị", example="5 triệu đồng"),
    "bang_chu": Contract("Kinh phí bằng chữ", example="Năm triệu đồng"),
}
INSERTS = ("nhiem_vu_duoc_giao",)


def unit_plan(plan: Plan, unit: Unit, outline: Outline, say: Say) -> Plan:
    """The plan of one unit: a plan that stands alone and is issued by that unit."""
    issued = as_of(plan, None)
    appendices = tuple(mine for appendix in issued.appendices if (mine := _own_appendix(appendix, unit, issued)).groups)
    own = replace(issued, appendices=appendices, decision=None, stated_total=None, documents={})
    context = _context(issued, own, unit)
    assigned = _assigned(issued, unit)
    frame = Frame(
        issuing_agency=unit.code,
        recipients=tuple(say(line, context) for line in outline.recipients),
        archive_line=outline.archive_line,
    )
    document = replace(
        issued.document,
        form="doc_lap",
        frame=frame,
        abstract=say(outline.abstract, context),
        reference=None,
        content=finished(outline.content, say, context, {"nhiem_vu_duoc_giao": lambda _node: assigned}),
    )
    return replace(own, document=document)


def _own_appendix(appendix: Appendix, unit: Unit, plan: Plan) -> Appendix:
    names = UnitNames(plan.organisation)
    groups = tuple(mine for group in appendix.groups if (mine := _own_group(group, unit, names)).tasks)
    return replace(appendix, groups=groups, reference=None)


def _own_group(group: Group, unit: Unit, names: UnitNames) -> Group:
    tasks = tuple(_own_task(task, unit, names) for task in group.tasks if unit.code in leads_of(task, names))
    return replace(group, tasks=tasks, budget=None, stated_total=None, accept_total=None)


def _own_task(task: Task, unit: Unit, names: UnitNames) -> Task:
    """The task with the unit's share of its budget."""
    return replace(task, budget=shares_of(task, names).get(unit.code), allocations=())


def _context(plan: Plan, own: Plan, unit: Unit) -> dict[str, str | int]:
    frame, _plan, kind = main_document(plan)
    issued = f" {format_long_date(frame.issued_on)}" if frame.issued_on is not None else ""
    total = plan_sum(own)
    return {
        "don_vi": unit.name,
        "co_quan": issuing_unit(frame, plan).name,
        "ten_ke_hoach": running(plan.document.abstract),
        "van_ban_chinh": f"{kind} số {number_and_symbol(frame, plan, kind)}{issued}",
        "trich_yeu_chinh": about(plan),
        "nam": str(plan.year),
        "so_nhiem_vu": sum(1 for _found in own.tasks()),
        "tong_kinh_phi": "" if total is None else _money(total, plan),
        "bang_chu": "" if total is None else amount_in_words(total),
    }


def _money(dong: int, plan: Plan) -> str:
    return f"{format_amount(in_money_unit(dong, plan.money_unit))} {plan.money_unit}"


def _assigned(plan: Plan, unit: Unit) -> tuple[Node, ...]:
    """The nodes of the plan's text that assign work to the unit, alone or as a member of a group."""
    found: list[Node] = []
    for path, node in plan.nodes():
        if path[0] == "ke_hoach" and node.units:
            units = [member.code for member in members_of(plan.organisation, node.units)]
            if unit.code in units or unit.code in node.units:
                found += node.children or (node,)
    return tuple(found)
