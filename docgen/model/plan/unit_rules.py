"""Rules over units, and over every code by which one part of a plan refers to another."""

from collections.abc import Callable, Collection, Iterator

from docgen.base.locale import translate as _
from docgen.errors import Path
from docgen.model.plan.finding import Problems, problem
from docgen.model.plan.organisation import Organisation, Unit
from docgen.model.plan.plan import Plan
from docgen.wording.text import closest

_UNITS: Path = ("co_quan", "don_vi")


def check_units(plan: Plan) -> Problems:
    """Dates in order, and no unit above, after or inside itself."""
    organisation = plan.organisation
    for index, unit in enumerate(organisation.units):
        path = (*_UNITS, index)
        if unit.valid_from and unit.valid_until and unit.valid_until < unit.valid_from:
            message = _("“{name}” hết hiệu lực trước khi có hiệu lực").format(name=unit.name)
            yield problem("unit.dates", (*path, "hieu_luc_den"), message, _("sửa một trong hai ngày"))
        spans = [("ten_khac", at, name.since, name.until) for at, name in enumerate(unit.other_names)]
        spans += [("thanh_vien", at, member.since, member.until) for at, member in enumerate(unit.members)]
        for key, at, since, until in spans:
            if since and until and until < since:
                message = _("ngày đến sớm hơn ngày từ")
                yield problem("unit.dates", (*path, key, at, "den"), message, _("sửa một trong hai ngày"))
    for key, label, following in _RELATIONS:
        yield from _cycles(organisation, key, _(label), following)


_RELATIONS: tuple[tuple[str, str, Callable[[Unit], tuple[str, ...]]], ...] = (
    ("truc_thuoc", "trực thuộc", lambda unit: (unit.parent,) if unit.parent else ()),
    ("thay_boi", "thay bởi", lambda unit: (unit.replaced_by,) if unit.replaced_by else ()),
    ("thanh_vien", "thành viên", lambda unit: tuple(member.unit for member in unit.members)),
)


def _cycles(organisation: Organisation, key: str, label: str, following: Callable[[Unit], tuple[str, ...]]) -> Problems:
    """Each circle of a relation once, at the first of its units."""
    position = {unit.code: index for index, unit in reversed(list(enumerate(organisation.units)))}
    done: set[str] = set()
    for unit in organisation.units:
        circle = _circle_from(unit.code, organisation, following, done)
        if circle:
            message = _("quan hệ “{label}” đi vòng tròn: {circle}").format(label=label, circle=" → ".join(circle))
            yield problem("unit.cycle", (*_UNITS, position[circle[0]], key), message, _("bỏ một quan hệ trong vòng"))


def _circle_from(
    start: str, organisation: Organisation, following: Callable[[Unit], tuple[str, ...]], done: set[str]
) -> list[str]:
    """The codes of a circle that can be reached from ``start``, the first again at the end; empty where none is."""
    trail: list[str] = []
    pending: list[tuple[str, bool]] = [(start, False)]
    while pending:
        code, leaving = pending.pop()
        if leaving:
            trail.pop()
            done.add(code)
            continue
        if code in trail:
            done.update(trail)
            return [*trail[trail.index(code) :], code]
        unit = organisation.by_code.get(code)
        if code in done or unit is None:
            continue
        trail.append(code)
        pending.append((code, True))
        pending += [(other, False) for other in following(unit)]
    return []


def check_references(plan: Plan) -> Problems:
    """Every code that refers to a unit, a field of work or a piece of text must lead to one."""
    units = {unit.code: unit.name for unit in plan.organisation.units}
    fields = {work.code: work.name for work in plan.fields_of_work.fields} if plan.fields_of_work else {}
    texts = plan.nodes_by_code
    yield from _lead_somewhere(_("đơn vị"), _unit_references(plan), units, _("các mã nằm ở don-vi.yaml"))
    where = _("các mã nằm ở linh_vuc/{name}.yaml").format(name=plan.field_list)
    if plan.field_list is None:
        where = _("kế hoạch chưa chọn bộ lĩnh vực: thêm dòng “linh_vuc: cchc” ở đầu ke-hoach.yaml")
    yield from _lead_somewhere(_("lĩnh vực"), _field_references(plan), fields, where)
    cited = ((("chi_tieu", i, "trich_tu"), indicator.cites) for i, indicator in enumerate(plan.indicators))
    yield from _lead_somewhere(_("đoạn văn"), cited, texts, _("các mã là “ma” của các đoạn trong noi_dung"))


def _lead_somewhere(
    kind: str, references: Iterator[tuple[Path, str | None]], known: Collection[str], where: str
) -> Problems:
    for path, code in references:
        if code is None or code in known:
            continue
        meant = closest(code, known)
        message = _("không có {kind} nào mang mã “{code}”").format(kind=kind, code=code)
        hint = _("ý bạn là “{meant}”?").format(meant=meant) if meant is not None else where
        yield problem("data.unknown-reference", path, message, hint)


def _unit_references(plan: Plan) -> Iterator[tuple[Path, str | None]]:
    yield ("co_quan", "co_quan_ban_hanh"), plan.organisation.issuing_agency
    for index, unit in enumerate(plan.organisation.units):
        path = (*_UNITS, index)
        yield (*path, "truc_thuoc"), unit.parent
        yield (*path, "thay_boi"), unit.replaced_by
        for at, member in enumerate(unit.members):
            yield (*path, "thanh_vien", at, "don_vi"), member.unit
    for path, frame in plan.frames():
        yield (*path, "co_quan_ban_hanh"), frame.issuing_agency
    for path, node in plan.nodes():
        for at, code in enumerate(node.units):
            yield (*path, "don_vi", at), code
    for path, task in plan.tasks():
        for at, allocation in enumerate(task.allocations):
            yield (*path, "phan_bo", at, "don_vi"), allocation.unit
    for index, indicator in enumerate(plan.indicators):
        yield ("chi_tieu", index, "don_vi"), indicator.unit


def _field_references(plan: Plan) -> Iterator[tuple[Path, str | None]]:
    for path, node in plan.nodes():
        yield (*path, "linh_vuc"), node.field_of_work
    for path, group in plan.groups():
        yield (*path, "linh_vuc"), group.field_of_work
    for index, indicator in enumerate(plan.indicators):
        yield ("chi_tieu", index, "linh_vuc"), indicator.field_of_work
