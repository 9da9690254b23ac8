"""``docgen validate``: reports all problems of a plan."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from docgen.base.locale import translate as _
from docgen.cli.options import force_option, format_option, plan_argument
from docgen.cli.show import finish, show_problems
from docgen.model.plan.history import as_of
from docgen.model.plan.plan import Plan
from docgen.model.plan.sums import in_money_unit, printed_group_sum, printed_plan_sum
from docgen.model.plan.task import Group
from docgen.wording.labels import roman
from docgen.wording.numbers import format_amount
from docgen.wording.words import amount_in_words
from docgen.workflows.build import load_plan
from docgen.workflows.plan_form import annotate_form, check_form


@click.command(
    "validate", help=_("Kiểm tra kế hoạch PLAN (thư mục, hoặc biểu mẫu .xlsx): mọi lỗi, chỗ có lỗi và cách sửa.")
)
@plan_argument
@click.option("--tasks", is_flag=True, help=_("In cả danh sách nhiệm vụ với kinh phí và thời hạn."))
@click.option(
    "--annotate",
    is_flag=True,
    help=_("Chỉ với biểu mẫu .xlsx: ghi thêm bản sao <tên>.loi.xlsx, ô sai được tô màu và kèm cách sửa."),
)
@force_option
@format_option()
def command(plan: Path, tasks: bool, annotate: bool, force: bool, output_format: str) -> None:
    """Validate a plan. Exit code 3: it has errors."""
    if annotate:
        _annotate(plan, force, output_format)
        return
    loaded = load_plan(plan)
    issued = as_of(loaded.value, None)
    figures = _figures(issued)
    lines = [*_task_lines(issued), ""] if tasks else []
    lines.append(
        _("Kế hoạch “{code}” năm {year} hợp lệ: {groups} nhóm, {tasks} nhiệm vụ{total}").format(
            code=issued.code,
            year=issued.year,
            groups=figures["groups"],
            tasks=figures["tasks"],
            total=f", {figures['total']}" if figures["total"] else "",
        )
    )
    if figures["total_in_words"]:
        lines.append(_("Bằng chữ: {words}").format(words=figures["total_in_words"]))
    finish(output_format, lines=lines, problems=loaded.remarks, more=figures)


def _annotate(plan: Path, force: bool, output_format: str) -> None:
    """Write the annotated copy of a form with problems, and exit with the form's code."""
    loaded, problems, error = check_form(plan)
    written, lost = annotate_form(plan, problems, force=force) if problems else (None, ())
    if output_format == "text":
        for sentence in lost:
            click.echo(_("Bản sao không giữ được: {what}").format(what=sentence), err=True)
        show_problems(problems)
    lines = [_("Không có gì phải sửa.")]
    if written is not None:
        line = _("Đã ghi {path}: mở trang đầu, bấm từng dòng để đến ô cần sửa")
        lines = [line.format(path=written.path.as_posix())]
    finish(
        output_format,
        lines=lines,
        written=[written] if written is not None else [],
        findings=problems,
        more={**(_figures(as_of(loaded.value, None)) if loaded is not None else {}), "lost": list(lost)},
        code=error.exit_code if error is not None else None,
        files_told=True,
    )


def _figures(plan: Plan) -> dict[str, Any]:
    total = printed_plan_sum(plan)
    return {
        "groups": sum(1 for _found in plan.groups()),
        "tasks": sum(1 for _found in plan.tasks()),
        "total": None if total is None else f"{_money(plan, total)} {plan.money_unit}",
        "total_in_words": None if total is None else amount_in_words(total),
    }


def _money(plan: Plan, dong: int | None) -> str:
    return "" if dong is None else format_amount(in_money_unit(dong, plan.money_unit))


def _task_lines(plan: Plan) -> Iterator[str]:
    for appendix in plan.appendices:
        for number, group in enumerate(appendix.groups, 1):
            yield from _group_lines(plan, number, group)


def _group_lines(plan: Plan, number: int, group: Group) -> Iterator[str]:
    money = _money(plan, printed_group_sum(group, plan.money_unit))
    yield f"{roman(number) + '.':<6}{group.title}" + (f": {money} {plan.money_unit}" if money else "")
    for index, task in enumerate(group.tasks, 1):
        paid = task.budget_words or (format_amount(task.budget) if task.budget is not None else "")
        details = [" ".join((text or "").split()) for text in (task.lead_units, paid, task.deadline)]
        yield f"  {index:>2}. {' '.join(task.description)}"
        if any(details):
            yield "      " + " | ".join(filter(None, details))
