"""``docgen convert``: converts a plan's folder to a form, or a form to a folder."""

from pathlib import Path

import click

from docgen.base.locale import translate as _
from docgen.cli.options import force_option, format_option, out_option, plan_argument
from docgen.cli.show import finish
from docgen.workflows.plan_form import convert_plan


@click.command("convert", help=_("Chuyển kế hoạch PLAN từ thư mục YAML sang biểu mẫu Excel, hoặc ngược lại."))
@plan_argument
@out_option(_("TÊN.xlsx, hoặc một thư mục mới."), metavar=_("ĐÍCH"), required=True)
@force_option
@format_option()
def command(plan: Path, out: Path, force: bool, output_format: str) -> None:
    """Convert a plan. Exit codes: 3 it has errors, 6 the target can't or mustn't be written."""
    written, files = convert_plan(plan, out, force=force)
    finish(output_format, written=written, further=files)
