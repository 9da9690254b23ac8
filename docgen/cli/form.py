"""``docgen form``: workbooks to fill in, for a plan and for the progress of its units."""

from pathlib import Path
from typing import Any

import click

from docgen.base.locale import translate as _
from docgen.cli.options import PATH, force_option, format_option, out_option, period_options, plan_argument
from docgen.cli.show import finish, waiting
from docgen.errors import Problem, UsageError
from docgen.workflows.plan_form import write_plan_form
from docgen.workflows.progress_form import open_period, write_progress_forms


@click.group("form", help=_("Tạo biểu mẫu Excel để điền: kế hoạch (plan), tiến độ của từng đơn vị (progress)."))
def command() -> None:
    """The group of commands that write forms."""


@command.command("plan", help=_("Tạo biểu mẫu kế hoạch: trống, hoặc điền sẵn từ PLAN."))
@click.argument("plan", type=PATH, required=False)
@out_option(_("Tệp biểu mẫu sẽ ghi."), metavar=_("TỆP.xlsx"), required=True)
@force_option
@format_option()
def plan_command(plan: Path | None, out: Path, force: bool, output_format: str) -> None:
    """Write a plan's form. Exit codes: 3 the plan has errors, 6 a filled-in form was kept."""
    finish(output_format, written=[write_plan_form(plan, out, force=force)])


@command.command("progress", help=_("Tạo biểu mẫu Excel để từng đơn vị báo tiến độ một kỳ của kế hoạch trong PLAN."))
@plan_argument
@period_options
@click.option("--all", "everyone", is_flag=True, help=_("Mọi đơn vị có nhiệm vụ hoặc chỉ tiêu phải báo."))
@click.option(
    "--unit", "units", multiple=True, metavar=_("ĐƠN_VỊ"), help=_("Chỉ đơn vị này (tên hoặc mã); ghi được nhiều lần.")
)
@out_option(_("Thư mục ghi các biểu mẫu."), required=True)
@force_option
@format_option()
def progress_command(
    plan: Path, everyone: bool, units: tuple[str, ...], out: Path, force: bool, output_format: str, **period: Any
) -> None:
    """Write the forms. Exit codes: 3 data, 6 a file can't or mustn't be written."""
    if everyone == bool(units):
        message, hint = _("cần --all hoặc --unit, một trong hai"), _("--all: mọi đơn vị; --unit TÊN: từng đơn vị")
        raise UsageError(Problem("form.whom", message, hint))
    opened = open_period(plan, **period)
    with waiting(_("Đang tạo biểu mẫu")) as step:
        formed = write_progress_forms(opened, out, units=units, force=force, step=step)
    same = [one.path.as_posix() for one in formed.written if one.unchanged]
    idle = [unit.name for unit in formed.idle]
    counts = _("{n} biểu mẫu: {new} ghi mới, {same} không đổi.")
    closing = [counts.format(n=len(formed.written), new=len(formed.written) - len(same), same=len(same))]
    if idle:
        closing.append(_("Không có gì phải báo: {names}").format(names="; ".join(idle)))
    more = {"unchanged": same, "idle": idle}
    finish(output_format, written=formed.written, closing=closing, problems=formed.remarks, more=more)
