"""``docgen build``: a plan's documents as Word files."""

from pathlib import Path
from typing import Any

import click

from docgen.base.locale import translate as _
from docgen.cli.options import format_option, making_options, number_options, plan_argument, unit_option
from docgen.cli.show import finish
from docgen.workflows.build import build


@click.command("build", help=_("Soạn các văn bản của kế hoạch PLAN (thư mục, hoặc biểu mẫu .xlsx) thành tệp Word."))
@plan_argument
@click.option(
    "--only",
    default="",
    metavar=_("TÊN,…"),
    help=_("Chỉ các văn bản này: quyet_dinh, ke_hoach, hoặc tên trong van-ban/."),
)
@number_options
@unit_option(_("Chỉ soạn Kế hoạch riêng của đơn vị này (tên hoặc mã)."))
@making_options
@format_option()
def command(plan: Path, output_format: str, **options: Any) -> None:
    """Build a plan's documents. Exit codes: 3 data, 4 template, 6 a file can't or mustn't be written."""
    built = build(plan, **options)
    finish(output_format, written=built.written, further=built.pdfs, problems=built.remarks)
