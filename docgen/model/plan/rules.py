"""Rules over several fields of a plan; each yields problems whose place is a path in the model."""

import re
from collections.abc import Iterator
from decimal import Decimal

from docgen.base.locale import translate as _
from docgen.errors import Path, Place, Problem, Severity
from docgen.model.plan.deadline_rules import check_deadlines
from docgen.model.plan.frame_rules import check_frames
from docgen.model.plan.history import as_of
from docgen.model.plan.plan import YEARS, Indicator, Plan
from docgen.model.plan.responsible import UnitNames
from docgen.model.plan.scale_rules import check_scale
from docgen.model.plan.sums import (
    group_sum,
    in_money_unit,
    plan_sum,
    printed_appendix_sum,
    printed_group_sum,
    with_groups,
)
from docgen.model.plan.task import Group, NewValues, Task
from docgen.model.plan.text import Node
from docgen.model.plan.text_rules import check_references, check_texts, check_units
from docgen.model.problems import Problems, check_amount, problem
from docgen.wording.numbers import format_amount
from docgen.wording.text import did_you_mean, slug
from docgen.wording.words import in_dong


def check_plan(plan: Plan) -> list[Problem]:
    """All problems of a plan."""
    rules = (
        check_units,
        check_references,
        _check_codes,
        _check_tree,
        _check_appendices,
        _check_form,
        _check_tasks,
        check_scale,
        check_deadlines,
        _check_totals,
        _check_indicators,
        check_frames,
        _check_documents,
        check_texts,
    )
    return [problem for rule in rules for problem in rule(plan)]


def _check_documents(plan: Plan) -> Problems:
    """Rules that kinds of documents have for fields of their own."""
    for name, document in plan.documents.items():
        for found in document.problems():
            yield found.at(Place(path=("van_ban", name, *found.place.path)))


def _check_codes(plan: Plan) -> Problems:
    kinds: dict[str, list[tuple[Path, str]]] = {
        _("nhóm"): [(path, group.code) for path, group in plan.groups()],
        _("nhiệm vụ"): [(path, task.code) for path, task in plan.tasks()],
        _("phụ lục"): [(("phu_luc", i), appendix.code) for i, appendix in enumerate(plan.appendices)],
        _("chỉ tiêu"): [(("chi_tieu", i), indicator.code) for i, indicator in enumerate(plan.indicators)],
        _("đơn vị"): [(("co_quan", "don_vi", i), unit.code) for i, unit in enumerate(plan.organisation.units)],
        _("đoạn văn"): [(path, node.code) for path, node in plan.nodes() if node.code is not None],
    }
    if plan.fields_of_work is not None:
        listed = enumerate(plan.fields_of_work.fields)
        kinds[_("lĩnh vực")] = [(("danh_muc_linh_vuc", "linh_vuc", i), work.code) for i, work in listed]
    for kind, coded in kinds.items():
        first: dict[str, Path] = {}
        for path, code in coded:
            if not code.isascii() or code.strip() != code or not code.replace("-", "").replace("_", "").isalnum():
                message = _("mã {kind} “{code}” có dấu cách, dấu tiếng Việt hoặc ký hiệu").format(kind=kind, code=code)
                hint = _("chỉ dùng chữ không dấu, số và dấu “-”, ví dụ {example}")
                yield problem("data.code", (*path, "ma"), message, hint.format(example=slug(code) or "nhom-1"))
            if code in first:
                message = _("mã {kind} “{code}” bị dùng hai lần").format(kind=kind, code=code)
                hint = _("đặt cho mỗi {kind} một mã riêng").format(kind=kind)
                yield problem("data.doubled-code", (*path, "ma"), message, hint, related=[(*first[code], "ma")])
            first.setdefault(code, path)


def _check_tree(plan: Plan) -> Problems:
    for path, node in plan.nodes():
        if node.heading is not None and node.text is not None:
            message = _("một đoạn chỉ có “tieu_de” hoặc “van”, không có cả hai")
            hint = _("tách phần sau thành đoạn con: cap: khong")
            yield problem("text.heading-and-text", (*path, "van"), message, hint, related=[(*path, "tieu_de")])
        elif not node.line.strip():
            message = _("đoạn không có “tieu_de” cũng không có “van”")
            yield problem("text.empty", path, message, _("thêm dòng “van: …”, hoặc xóa đoạn"))
        elif node.level == "phan" and node.heading is None:
            yield problem("text.part-heading", path, _("“Phần” phải có tieu_de"), _("đổi “van” thành “tieu_de”"))
        yield from _too_many_points(path, node)


def _too_many_points(path: Path, node: Node) -> Problems:
    points = [index for index, child in enumerate(node.children) if child.level == "diem"]
    if len(points) > 23:
        message = _("có {n} điểm, nhiều hơn 23 chữ cái a, b, c, d, đ … y").format(n=len(points))
        yield problem("text.too-many-points", (*path, "noi_dung", points[23]), message, _("tách thành nhiều khoản"))


def _check_appendices(plan: Plan) -> Problems:
    for index, appendix in enumerate(plan.appendices):
        if not appendix.groups and not appendix.content:
            message = _("phụ lục không có nhóm nhiệm vụ (nhom) cũng không có lời văn (noi_dung)")
            hint = _("thêm “nhom:” với các nhiệm vụ, hoặc “noi_dung:” với các đoạn; không dùng thì xóa phụ lục")
            yield problem("appendix.empty", ("phu_luc", index), message, hint)


def _check_form(plan: Plan) -> Problems:
    if plan.document.form == "kem_quyet_dinh" and plan.decision is None:
        message = _("kế hoạch ban hành kèm quyết định nhưng không có tệp quyet-dinh.yaml")
        hint = _("thêm tệp quyet-dinh.yaml, hoặc ghi hinh_thuc: doc_lap")
        yield problem("plan.no-decision", ("ke_hoach", "hinh_thuc"), message, hint)
    if plan.year not in YEARS:
        yield problem("plan.year", ("nam",), _("năm {year} không dùng được").format(year=plan.year), _("ví dụ 2026"))


def _check_tasks(plan: Plan) -> Problems:
    names = UnitNames(plan.organisation)
    for path, task in plan.tasks():
        yield from _check_values(plan, path, task, names)
        for index, allocation in enumerate(task.allocations):
            yield from _check_budget(plan, (*path, "phan_bo", index, "kinh_phi"), allocation.budget)
        yield from _check_allocations(plan, path, task)
        for index, change in enumerate(task.changes):
            here = (*path, "thay_doi", index)
            if change.values is not None:
                yield from _check_values(plan, (*here, "gia_tri"), change.values, names)
            elif change.type == "sua":
                message = _("thay đổi loại “sua” phải có gia_tri")
                yield problem("task.empty-change", here, message, _("ghi giá trị mới"))


def _check_values(plan: Plan, path: Path, values: Task | NewValues, names: UnitNames) -> Problems:
    """Check budget and units of a task, or of a later change to it."""
    if values.budget is not None:
        yield from _check_budget(plan, (*path, "kinh_phi"), values.budget)
        if values.budget_words is not None:
            message = _("nhiệm vụ có cả kinh_phi và kinh_phi_ghi")
            hint = _("giữ một: số tiền, hoặc chữ in thay số tiền")
            yield problem("task.budget-twice", (*path, "kinh_phi_ghi"), message, hint, related=[(*path, "kinh_phi")])
    for key, text in (("co_quan_chu_tri", values.lead_units), ("co_quan_phoi_hop", values.partner_units)):
        for rest, meant in names.unknown(text):
            message = _("không nhận ra đơn vị “{rest}”").format(rest=rest)
            hint = did_you_mean(meant, _("thêm vào don-vi.yaml, hoặc thêm tên này vào ten_khac của đơn vị"))
            yield problem("task.unknown-unit", (*path, key), message, hint, Severity.WARNING)


def _check_allocations(plan: Plan, path: Path, task: Task) -> Problems:
    try:
        shared = sum(in_dong(allocation.budget, plan.money_unit) for allocation in task.allocations)
        budget = in_dong(task.budget or 0, plan.money_unit)
    except ValueError:
        return  # reported at the amount itself
    if task.allocations and shared > budget:
        message = _("phân bổ {shared} nhiều hơn kinh phí {budget}").format(
            shared=format_amount(in_money_unit(shared, plan.money_unit)),
            budget=format_amount(in_money_unit(budget, plan.money_unit)),
        )
        yield problem("task.allocated-above", (*path, "phan_bo"), message, _("sửa phân bổ hoặc kinh phí"))


def _check_budget(plan: Plan, path: Path, amount: Decimal) -> Problems:
    return check_amount(_("kinh phí"), amount, plan.money_unit, path)


def _check_totals(plan: Plan) -> Problems:
    """Compare the sums of the plan as first issued, which its documents print, with its stated totals."""
    issued = as_of(plan, None)
    for (path, group), (_path, first) in zip(plan.groups(), issued.groups(), strict=True):
        yield from _check_group(plan, path, group, first)
    if any(list(_check_budget(plan, path, amount)) for path, amount in _amounts(issued)):
        return  # reported at the amounts themselves
    if plan.stated_total is not None:
        if len(with_groups(plan)) > 1:
            message = _(
                "kế hoạch có nhiều phụ lục nhiệm vụ, mỗi phụ lục in tổng của mình: tong_ghi ở đây không được in"
            )
            hint = _("ghi tong_ghi ở từng nhóm, hoặc bỏ")
            yield problem("plan.total-of-several", ("tong_ghi",), message, hint)
        else:
            yield from _compare(plan, ("tong_ghi",), plan.stated_total, plan_sum(issued), plan.accept_total)
    yield from _check_printed(issued)


def _amounts(plan: Plan) -> Iterator[tuple[Path, Decimal]]:
    """All amounts that sums are made of."""
    yield from (((*path, "kinh_phi"), group.budget) for path, group in plan.groups() if group.budget is not None)
    yield from (((*path, "kinh_phi"), task.budget) for path, task in plan.tasks() if task.budget is not None)


def _check_printed(plan: Plan) -> Problems:
    """Accepted totals of groups may not add up to the total that their table prints."""
    unit = plan.money_unit
    for index, appendix in with_groups(plan):
        try:
            printed = [printed_group_sum(group, unit) for group in appendix.groups]
            total = printed_appendix_sum(plan, appendix) or 0
        except ValueError:
            continue  # reported at the stated total itself
        standing: list[Path] = [
            ("phu_luc", index, "nhom", at, "tong_ghi")
            for at, group in enumerate(appendix.groups)
            if printed[at] != group_sum(group, unit)
        ]
        shown = sum(amount for amount in printed if amount is not None)
        if not standing or shown == total:
            continue
        message = _("các nhóm in tổng cộng {shown} nhưng dòng tổng của phụ lục in {total} {unit}").format(
            shown=format_amount(in_money_unit(shown, unit)), total=format_amount(in_money_unit(total, unit)), unit=unit
        )
        hint = _("kiểm tra tong_ghi của nhóm")
        if len(with_groups(plan)) == 1:
            hint += _("; văn bản đã ban hành ghi tổng khác thì ghi cả tong_ghi và chap_nhan_tong ở đầu ke-hoach.yaml")
        yield problem("plan.total-of-groups", standing[0], message, hint, Severity.WARNING, standing[1:])


def _check_group(plan: Plan, path: Path, group: Group, issued: Group) -> Problems:
    """Check the budget and stated total of a group; ``issued`` is the group as first issued."""
    first = {task.code for task in issued.tasks}
    priced = [index for index, task in enumerate(group.tasks) if task.budget is not None and task.code in first]
    if group.budget is not None:
        yield from _check_budget(plan, (*path, "kinh_phi"), group.budget)
        if priced:
            message = _("nhóm có kinh_phi riêng trong khi nhiệm vụ của nhóm đã có kinh phí")
            hint = _("xóa kinh_phi của nhóm; tổng mà văn bản ghi thì đặt ở tong_ghi")
            related = [(*path, "nhiem_vu", priced[0], "kinh_phi")]
            yield problem("group.budget-twice", (*path, "kinh_phi"), message, hint, related=related)
            return
    if group.stated_total is not None:
        try:
            computed = group_sum(issued, plan.money_unit)
        except ValueError:
            return  # reported at the amount itself
        yield from _compare(plan, (*path, "tong_ghi"), group.stated_total, computed, group.accept_total)


def _compare(plan: Plan, path: Path, stated: Decimal, dong: int | None, accepted: str | None) -> Problems:
    wrong = list(_check_budget(plan, path, stated))
    computed = in_money_unit(dong or 0, plan.money_unit)
    if wrong or stated == computed:
        yield from wrong
        return
    message = _("tổng ghi {stated} khác tổng tính ra {computed} {unit}").format(
        stated=format_amount(stated), computed=format_amount(computed), unit=plan.money_unit
    )
    parts: list[Path] = [path[:-1]] if len(path) > 1 else [("phu_luc",)]
    if accepted is not None:
        hint = _("giữ số đã ghi vì: {reason}").format(reason=accepted)
        yield problem("plan.total-accepted", path, message, hint, Severity.WARNING, parts)
    else:
        hint = _("sửa số, xóa tong_ghi, hoặc ghi lý do vào chap_nhan_tong nếu văn bản đã ban hành như vậy")
        yield problem("plan.total", path, message, hint, related=parts)


def _check_indicators(plan: Plan) -> Problems:
    for index, indicator in enumerate(plan.indicators):
        yield from _check_indicator(plan, ("chi_tieu", index), indicator)


def _check_indicator(plan: Plan, path: Path, indicator: Indicator) -> Problems:
    measured = indicator.operator is not None and indicator.target is not None
    if indicator.qualitative == measured:
        message = _("chỉ tiêu phải có toan_tu và muc_tieu, hoặc dinh_tinh: true")
        yield problem("indicator.target", path, message, _("thêm một trong hai, không cả hai"))
        return
    needs_range = indicator.operator == "khoang"
    if needs_range != (indicator.target_to is not None):
        message = _("muc_tieu_den đi cùng toan_tu: khoang")
        yield problem("indicator.range", path, message, _("thêm hoặc xóa muc_tieu_den"))
    elif indicator.target_to is not None and indicator.target is not None and indicator.target_to <= indicator.target:
        message = _("muc_tieu_den phải lớn hơn muc_tieu")
        yield problem("indicator.range", (*path, "muc_tieu_den"), message, _("sửa một trong hai số"))
    yield from _check_figures(plan, path, indicator)


def _check_figures(plan: Plan, path: Path, indicator: Indicator) -> Problems:
    """Check that the cited text contains the figures of the target."""
    cited = plan.nodes_by_code.get(indicator.cites or "")
    if cited is None:
        return
    words = " ".join([cited.line, *(child.line for child in cited.children)])
    for key, target in (("muc_tieu", indicator.target), ("muc_tieu_den", indicator.target_to)):
        if target is None or any(_stands_in(figure, words) for figure in (format_amount(target), f"{target:f}")):
            continue
        message = _("đoạn văn “{code}” không có con số {figure}").format(
            code=indicator.cites, figure=format_amount(target)
        )
        hint = _("kiểm tra {key} và trich_tu").format(key=key)
        yield problem("indicator.figure", (*path, key), message, hint, Severity.WARNING)


def _stands_in(figure: str, words: str) -> bool:
    """Whether ``words`` contain the number ``figure``, not as part of a longer number."""
    return re.search(rf"(?<!\d)(?<!\d[.,]){re.escape(figure)}(?!\d|[.,]\d)", words) is not None
