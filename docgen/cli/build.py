"""``docgen build``: a plan's documents as Word files."""

from pathlib import Path

import click

from docgen.base.declare import PartialDate
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
def command(
    plan: Path,
    only: str,
    number: str | None,
    issued_on: PartialDate | None,
    unit: str | None,
    draft: bool,
    out: Path | None,
    templates: Path | None,
    pdf: bool,
    force: bool,
    output_format: str,
) -> None:
    """Build a plan's documents; exit code 3 for data, 4 for templates, 6 for what can't or must not be written."""
    built = build(
        plan,
        out,
        only=only,
        number=number,
        issued_on=issued_on,
        draft=draft,
        templates=templates,
        pdf=pdf,
        force=force,
        unit=unit,
    )
    finish(output_format, written=built.written, further=built.pdfs, problems=built.remarks)
