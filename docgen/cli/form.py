"""``docgen form``: workbooks to fill in, for a plan and for what units report of it."""

import sys
from pathlib import Path

import click

from docgen.base.locale import translate as _
from docgen.cli.form_progress import command as progress
from docgen.cli.show import format_option, reports_errors, show_json, show_kept
from docgen.errors import ExitCode
from docgen.workflows.plan_form import write_plan_form
from docgen.writers.write import Written


@click.group("form", help=_("Tạo biểu mẫu Excel để điền: kế hoạch (plan), tiến độ của từng đơn vị (progress)."))
def command() -> None:
    """Forms to fill in."""


@command.command("plan", help=_("Tạo biểu mẫu kế hoạch: trống, hoặc điền sẵn từ PLAN."))
@click.argument("plan", type=click.Path(path_type=Path), required=False)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, metavar="TỆP.xlsx", help=_("Tệp biểu mẫu sẽ ghi.")
)
@click.option("--force", is_flag=True, help=_("Ghi đè cả biểu mẫu đã điền (bản cũ lưu thành .bak)."))
@format_option
@reports_errors
def plan_command(plan: Path | None, out: Path, force: bool, output_format: str) -> None:
    """Write a plan's form; exit code 3 where the plan has errors, 6 where a filled-in form was kept."""
    show_written(write_plan_form(plan, out, force=force), output_format)


def show_written(written: Written, output_format: str) -> None:
    """Say what became of one workbook, and leave with code 6 where an edited one was kept."""
    path = written.path.as_posix()
    kept = [written.target.as_posix()] if written.kept else []
    if output_format == "json":
        show_json(ok=not kept, written=[] if written.unchanged else [path], kept=kept)
    else:
        click.echo((_("Không đổi {path}") if written.unchanged else _("Đã ghi {path}")).format(path=path))
        if written.backup is not None:
            click.echo(_("Bản đã sửa bằng tay lưu ở {path}").format(path=written.backup.as_posix()))
        show_kept(kept, _("muốn thay bản cũ thì thêm --force (bản cũ được lưu thành .bak)"))
    if kept:
        sys.exit(ExitCode.OUTPUT)


command.add_command(progress, "progress")
