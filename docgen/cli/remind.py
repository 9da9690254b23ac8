"""``docgen remind``: a công văn to each unit that is behind."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from docgen.base.locale import translate as _
from docgen.cli.options import as_of_option, format_option, making_options, period_options, plan_argument
from docgen.cli.show import finish
from docgen.workflows.remind import build_reminders
from docgen.workflows.report import count_period, report_of


@click.command("remind", help=_("Soạn công văn đôn đốc từng đơn vị có nhiệm vụ quá hạn hoặc chưa gửi báo cáo kỳ."))
@plan_argument
@period_options
@as_of_option
@making_options
@format_option()
def command(
    plan: Path,
    period: str,
    scheme: str | None,
    progress: Path | None,
    today: date,
    output_format: str,
    **making: Any,
) -> None:
    """Write a period's reminders. Exit codes as for ``docgen build``."""
    counted = report_of(count_period(plan, period, scheme=scheme, progress=progress, today=today))
    built = build_reminders(counted, **making)
    finish(output_format, written=built.written, further=built.pdfs, problems=built.remarks)
