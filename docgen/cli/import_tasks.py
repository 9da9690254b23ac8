"""``docgen import tasks``: adds the tasks in an office's own table to its plan."""

import sys
from pathlib import Path
from typing import Any

import click

from docgen.base.locale import translate as _
from docgen.cli.options import PATH, dry_run_option, file_argument, format_option, money_unit_option
from docgen.cli.show import finish, show_problems
from docgen.readers.excel.office_columns import Question, TableOptions
from docgen.readers.excel.office_header import LEFT_ALONE, letters, roles
from docgen.wording.numbers import format_amount, format_plain
from docgen.workflows.import_tasks import Import, prepare_import, write_import


@click.group("import", help=_("Đưa bảng có sẵn của cơ quan vào kế hoạch."))
def command() -> None:
    """The group of commands that import tables."""


@command.command(
    "tasks",
    help=_(
        "Thêm các nhiệm vụ trong bảng Excel TỆP vào kế hoạch. Cột theo thứ tự nào, tiêu đề viết cách nào cũng được."
    ),
)
@file_argument
@click.option("--into", "plan", metavar="PLAN", type=PATH, required=True, help=_("Kế hoạch."))
@click.option("--sheet", default=None, metavar=_("TÊN"), help=_("Trang tính có bảng; bỏ trống: docgen tự tìm."))
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar=_("TRƯỜNG=CỘT,…"),
    help=_('Cột của từng trường, ví dụ "mo_ta=C,san_pham=Kết quả"; không đọc trường nào: "kinh_phi=-".'),
)
@click.option(
    "--from-row", "first_row", type=click.IntRange(1), default=None, metavar=_("DÒNG"), help=_("Dòng đầu dưới tiêu đề.")
)
@click.option("--group", default=None, metavar=_("MÃ"), help=_("Nhóm nhận các nhiệm vụ không nằm dưới dòng nhóm nào."))
@click.option("--phu-luc", "appendix", default=None, metavar=_("MÃ"), help=_("Phụ lục nhận các nhiệm vụ."))
@money_unit_option(_("Đơn vị tính của bảng, để quy đổi kinh phí."))
@click.option("--yes", is_flag=True, help=_("Thêm luôn, không hỏi lại."))
@dry_run_option
@format_option()
def import_tasks(
    file: Path,
    plan: Path,
    sheet: str | None,
    mapping: tuple[str, ...],
    first_row: int | None,
    group: str | None,
    appendix: str | None,
    money_unit: str | None,
    yes: bool,
    dry_run: bool,
    output_format: str,
) -> None:
    """Import tasks. Exit codes: 2 an option is missing, 3 data, 6 a file can't be written."""
    asks = output_format == "text" and at_terminal()
    options = TableOptions(sheet, mapping, money_unit, first_row)
    prepared = prepare_import(file, plan, options, group=group, appendix=appendix, ask=_ask if asks else None)
    if output_format == "text":
        _show(prepared)
    sure = yes or not asks or not prepared.tasks
    if not dry_run and not sure:
        sure = click.confirm(_("Thêm {n} nhiệm vụ?").format(n=prepared.tasks), default=True)
    writes = sure and not dry_run and prepared.tasks > 0
    if writes:
        write_import(prepared)
    lines = [_("Chưa ghi gì.")]
    if writes:
        lines = [
            _("Đã thêm {n} nhiệm vụ vào {path}").format(n=prepared.tasks, path=prepared.target.as_posix()),
            _("Việc tiếp theo: docgen validate {plan}").format(plan=plan),
        ]
    finish(
        output_format,
        lines=lines,
        further=[prepared.target] if writes else [],
        findings=prepared.remarks,
        more=_summary(prepared, dry_run=dry_run),
        files_told=True,
    )


def at_terminal() -> bool:
    """Whether a person at the terminal can answer questions."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask(question: Question) -> str:
    """Ask the person at the terminal."""
    click.echo(question.message)
    for key, meaning in question.choices.items():
        click.echo(f"  {key}" + (f"  {meaning}" if meaning else ""))
    answer: str = click.prompt(_("Chọn"), type=click.Choice(list(question.choices), case_sensitive=False))
    return answer


def _show(prepared: Import) -> None:
    """Print how the table was read."""
    matched = prepared.matched
    click.echo(_("Trang tính “{name}”, số liệu từ dòng {row}:").format(name=matched.grid.name, row=matched.first_row))
    for key, column in sorted(matched.columns.items(), key=lambda one: one[1]):
        heading = f" “{matched.heading(column)}”" if matched.heading(column) else ""
        field = f"{roles()[key].label} ({key})" if key not in LEFT_ALONE else _("không đọc")
        click.echo(f"  {letters(column):>3}{heading} → {field}")
    for column in matched.unread:
        click.echo(f"  {letters(column):>3} “{matched.heading(column)}” → " + _("không đọc"))
    for group in prepared.groups:
        new = _("nhóm mới") if group.is_new else _("nhóm có sẵn")
        click.echo(
            _("{title} ({code}, {new}): {n} nhiệm vụ").format(
                title=group.title, code=group.code, new=new, n=len(group.tasks)
            )
        )
    for skipped in prepared.skipped:
        text = " ".join(skipped.text.split())
        click.echo(
            _("Bỏ qua ô {cell} “{text}”: {reason}").format(
                cell=skipped.place.cell, text=text if len(text) <= 60 else f"{text[:60]}…", reason=skipped.reason
            )
        )
    click.echo(
        _("Cộng: {groups} nhóm, {tasks} nhiệm vụ, {total} {unit}").format(
            groups=len(prepared.groups),
            tasks=prepared.tasks,
            total=format_amount(prepared.total),
            unit=prepared.plan.money_unit,
        )
    )
    show_problems(prepared.remarks)


def _summary(prepared: Import, *, dry_run: bool) -> dict[str, Any]:
    """How the table was read, for JSON."""
    matched = prepared.matched
    return {
        "dry_run": dry_run,
        "sheet": matched.grid.name,
        "first_row": matched.first_row,
        "columns": {
            key: {"column": letters(column), "heading": matched.heading(column)}
            for key, column in sorted(matched.columns.items(), key=lambda one: one[1])
        },
        "unread": {letters(column): matched.heading(column) for column in matched.unread},
        "groups": [
            {"code": one.code, "title": one.title, "new": one.is_new, "tasks": [task.code for task in one.tasks]}
            for one in prepared.groups
        ],
        "tasks": prepared.tasks,
        "skipped": [{"cell": one.place.cell, "text": one.text, "reason": one.reason} for one in prepared.skipped],
        "total": format_plain(prepared.total),
        "money_unit": prepared.plan.money_unit,
    }
