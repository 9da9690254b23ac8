"""``docgen report``: the Báo cáo of a period, for the whole office or a unit."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from docgen.base.locale import translate as _
from docgen.cli.options import (
    as_of_option,
    format_option,
    making_options,
    number_options,
    period_options,
    plan_argument,
    unit_option,
)
from docgen.cli.show import finish
from docgen.workflows.report import build_period_report, count_period, report_of


@click.command("report", help=_("Soạn Báo cáo một kỳ của kế hoạch PLAN (thư mục, hoặc biểu mẫu .xlsx)."))
@plan_argument
@period_options
@unit_option(_("Báo cáo của riêng đơn vị này (tên hoặc mã)."))
@as_of_option
@number_options
@making_options
@click.option("--xlsx", is_flag=True, help=_("Ghi thêm các bảng của báo cáo ra tệp Excel, có công thức."))
@format_option()
def command(
    plan: Path,
    period: str,
    scheme: str | None,
    progress: Path | None,
    unit: str | None,
    today: date,
    xlsx: bool,
    output_format: str,
    **making: Any,
) -> None:
    """Write a period's report. Exit codes as for ``docgen build``."""
    counted = report_of(count_period(plan, period, scheme=scheme, progress=progress, today=today), unit)
    built = build_period_report(counted, workbook=xlsx, **making)
    finish(output_format, written=built.written, further=built.pdfs, problems=built.remarks)
