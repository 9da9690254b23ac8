"""Rules over a plan's texts, units and references: placeholders, other years, titles, relations and codes."""

import re
from collections.abc import Callable, Iterator

from docgen.base.declare import Record, declarations
from docgen.base.locale import deferred
from docgen.base.locale import translate as _
from docgen.errors import Path, Problem, Severity
from docgen.model.plan.organisation import Organisation, Unit
from docgen.model.plan.plan import YEARS, Plan
from docgen.model.problems import Problems, check_codes, problem

#: A gap for the office to fill in, as ``docgen init`` writes it.
PLACEHOLDER = re.compile(r"\[điền:\s*([^\]]*)\]", re.IGNORECASE)
#: “năm 2022”; one with ``skip`` is part of a date or of a span of years.
_YEAR = re.compile(r"(?P<skip>tháng\s+\d{1,2}\s+|đến\s+|từ\s+)?năm\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)


def check_texts(plan: Plan) -> Problems:
    """Check for placeholders (which only drafts are built with), other years and titles not in capitals."""
    for path, text in _texts(plan, ()):
        if found := PLACEHOLDER.search(text):
            message = _("còn chỗ chưa điền: {what}").format(what=found.group())
            yield problem("text.placeholder", path, message, _("thay bằng nội dung thật"), Severity.WARNING)
    for path, text in _own_words(plan):
        for found in _YEAR.finditer(text):
            if not found["skip"] and int(found["year"]) != plan.year and plan.year in YEARS:
                yield _other_year(path, text, found["year"], found.start(), plan.year)
    yield from _small_titles(plan)


def _small_titles(plan: Plan) -> Problems:
    """Titles of phần, mục and Phụ lục, which are printed as typed, are in capitals (Phụ lục I, mục II)."""
    titles = [((*path, "tieu_de"), node.heading) for path, node in plan.nodes() if node.level in ("phan", "muc")]
    titles += [(("phu_luc", index, "tieu_de"), one.title) for index, one in enumerate(plan.appendices)]
    for path, title in titles:
        if title and title != title.upper() and not PLACEHOLDER.search(title):
            message = _("tiêu đề “{title}” phải viết hoa cả dòng").format(title=title)
            hint = _("viết: {right}").format(right=title.upper())
            yield problem("text.small-title", path, message, hint, Severity.WARNING)


def _other_year(path: Path, text: str, year: str, at: int, plan_year: int) -> Problem:
    around = text[max(0, at - 40) : at + 30].strip()
    message = _("nhắc đến năm {year}, khác năm {plan_year} của kế hoạch: “…{around}…”").format(
        year=year, plan_year=plan_year, around=around
    )
    return problem("text.other-year", path, message, _("kiểm tra có phải chép từ văn bản cũ"), Severity.INFO)


def _own_words(plan: Plan) -> Iterator[tuple[Path, str]]:
    """The texts that should name no other year: all but legal bases."""
    yield ("ke_hoach", "trich_yeu"), " ".join(plan.document.abstract.split())
    if plan.decision is not None:
        yield ("quyet_dinh", "trich_yeu"), " ".join(plan.decision.abstract.split())
    for name, document in plan.text_documents():
        yield ("van_ban", name, "trich_yeu"), " ".join(document.abstract.split())
    for index, appendix in enumerate(plan.appendices):
        yield ("phu_luc", index, "tieu_de"), appendix.title or ""
    for path, node in plan.nodes():
        yield (*path, "tieu_de" if node.heading is not None else "van"), node.line
    for path, task in plan.tasks():
        yield (*path, "mo_ta"), " ".join(task.description)


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """All texts in a value, with their paths."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Record):
        for declared in declarations(type(value)).values():
            below = getattr(value, declared.name)
            if below is not None and below != ():
                yield from _texts(below, (*path, declared.key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, (*path, name))


_UNITS: Path = ("co_quan", "don_vi")


def check_units(plan: Plan) -> Problems:
    """Check that dates are in order and that no unit is its own parent, successor or member."""
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
    ("truc_thuoc", deferred("trực thuộc"), lambda unit: (unit.parent,) if unit.parent else ()),
    ("thay_boi", deferred("thay bởi"), lambda unit: (unit.replaced_by,) if unit.replaced_by else ()),
    ("thanh_vien", deferred("thành viên"), lambda unit: tuple(member.unit for member in unit.members)),
)


def _cycles(organisation: Organisation, key: str, label: str, following: Callable[[Unit], tuple[str, ...]]) -> Problems:
    """Report each cycle of a relation once, at the first of its units."""
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
    """The codes of a cycle reachable from ``start``, ending with its first code again; empty if there is none."""
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
    """Check that all codes of units, fields of work and texts exist."""
    units = plan.organisation.by_code
    fields = [work.code for work in plan.fields_of_work.fields] if plan.fields_of_work else []
    yield from check_codes(_("đơn vị"), _unit_references(plan), units, _("các mã nằm ở don-vi.yaml"))
    where = _("các mã nằm ở linh_vuc/{name}.yaml").format(name=plan.field_list)
    if plan.field_list is None:
        where = _("kế hoạch chưa chọn bộ lĩnh vực: thêm dòng “linh_vuc: cchc” ở đầu ke-hoach.yaml")
    yield from check_codes(_("lĩnh vực"), _field_references(plan), fields, where)
    cited = ((("chi_tieu", i, "trich_tu"), indicator.cites) for i, indicator in enumerate(plan.indicators))
    at_texts = _("các mã là “ma” của các đoạn trong noi_dung")
    yield from check_codes(_("đoạn văn"), cited, plan.nodes_by_code, at_texts)


def _unit_references(plan: Plan) -> Iterator[tuple[Path, str | None]]:
    yield ("co_quan", "co_quan_ban_hanh"), plan.organisation.issuing_agency
    for index, unit in enumerate(plan.organisation.units):
        path = (*_UNITS, index)
        yield (*path, "truc_thuoc"), unit.parent
        yield (*path, "thay_boi"), unit.replaced_by
        for at, member in enumerate(unit.members):
            yield (*path, "thanh_vien", at, "don_vi"), member.unit
    for path, frame, _kind_name in plan.frames():
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
