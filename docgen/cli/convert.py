"""``docgen convert``: a plan's folder as a form, a form as a folder."""

from pathlib import Path

import click

from docgen.base.locale import translate as _
from docgen.cli.form import show_written
from docgen.cli.show import format_option, reports_errors, show_json
from docgen.workflows.plan_form import convert_plan


@click.command("convert", help=_("Chuyển kế hoạch PLAN từ thư mục YAML sang biểu mẫu Excel, hoặc ngược lại."))
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="ĐÍCH",
    help=_("TÊN.xlsx, hoặc một thư mục mới."),
)
@click.option("--force", is_flag=True, help=_("Ghi đè cả biểu mẫu đã điền (bản cũ lưu thành .bak)."))
@format_option
@reports_errors
def command(plan: Path, out: Path, force: bool, output_format: str) -> None:
    """Convert a plan; exit code 3 where it has errors, 6 where the target can't or must not be written."""
    converted = convert_plan(plan, out, force=force)
    if converted.written:
        show_written(converted.written[0], output_format)
        return
    paths = [(converted.target / name).as_posix() for name in converted.files]
    if output_format == "json":
        show_json(ok=True, written=paths)
        return
    for path in paths:
        click.echo(_("Đã ghi {path}").format(path=path))
