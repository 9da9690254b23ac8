"""``docgen form progress``: one workbook a unit, with what it is asked over a period."""

import sys
from pathlib import Path

import click

from docgen.base.locale import translate as _
from docgen.cli.show import format_option, reports_errors, show_json, show_problems, waiting
from docgen.errors import ExitCode, Problem, UsageError
from docgen.workflows.progress_form import Formed, open_period, write_progress_forms


@click.command("progress", help=_("Tạo biểu mẫu Excel để từng đơn vị báo tiến độ một kỳ của kế hoạch trong PLAN."))
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--period", required=True, metavar="KỲ", help=_("Kỳ báo cáo: 2023-Q1, 2023-H1, 2023-9M, 2023."))
@click.option("--all", "everyone", is_flag=True, help=_("Mọi đơn vị có nhiệm vụ hoặc chỉ tiêu phải báo."))
@click.option(
    "--unit", "units", multiple=True, metavar="ĐƠN_VỊ", help=_("Chỉ đơn vị này (tên hoặc mã); ghi được nhiều lần.")
)
@click.option(
    "--scheme", default=None, metavar="TÊN", help=_("Chế độ báo cáo; bỏ trống: như tệp tiến độ ghi, hoặc nd09.")
)
@click.option(
    "--progress",
    type=click.Path(path_type=Path),
    default=None,
    help=_("Thư mục tiến độ; bỏ trống: tien-do/ của kế hoạch."),
)
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help=_("Thư mục ghi các biểu mẫu."))
@click.option("--force", is_flag=True, help=_("Ghi đè cả biểu mẫu đã điền (bản cũ lưu thành .bak)."))
@format_option
@reports_errors
def command(
    plan: Path,
    period: str,
    everyone: bool,
    units: tuple[str, ...],
    scheme: str | None,
    progress: Path | None,
    out: Path,
    force: bool,
    output_format: str,
) -> None:
    """Write the forms; exit code 3 for data, 6 for what can't or must not be written."""
    if everyone == bool(units):
        message, hint = _("cần --all hoặc --unit, một trong hai"), _("--all: mọi đơn vị; --unit TÊN: từng đơn vị")
        raise UsageError(Problem("form.whom", message, hint))
    opened = open_period(plan, period, scheme=scheme, progress=progress)
    with waiting(_("Đang tạo biểu mẫu")) as step:
        formed = write_progress_forms(opened, out, units=units, force=force, step=step)
    _show(formed, output_format)
    if formed.kept:
        sys.exit(ExitCode.OUTPUT)


def _show(formed: Formed, output_format: str) -> None:
    written = [one.path.as_posix() for one in formed.written if not one.unchanged]
    idle = [unit.name for unit in formed.idle]
    if output_format == "json":
        more = {"unchanged": [one.path.as_posix() for one in formed.written if one.unchanged], "idle": idle}
        kept = map(Path.as_posix, formed.kept)
        show_json(ok=not formed.kept, problems=formed.remarks, written=written, kept=kept, more=more)
        return
    for name in written:
        click.echo(_("Đã ghi {path}").format(path=name))
    unchanged = sum(one.unchanged for one in formed.written)
    click.echo(_("{n} biểu mẫu: {new} ghi mới, {same} không đổi.").format(
        n=len(formed.written), new=len(written), same=unchanged))  # fmt: skip
    if idle:
        click.echo(_("Không có gì phải báo: {names}").format(names="; ".join(idle)))
    for path in formed.kept:
        click.echo(_("Giữ nguyên {path} vì đã có người điền; bản mới nằm bên cạnh").format(path=path), err=True)
        click.echo(_("  → muốn thay biểu mẫu cũ thì thêm --force (bản cũ được lưu thành .bak)"), err=True)
    show_problems(formed.remarks)
