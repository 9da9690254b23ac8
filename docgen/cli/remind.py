"""``docgen remind``: a công văn đôn đốc to each unit that is behind."""

from datetime import date
from pathlib import Path

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
    draft: bool,
    out: Path | None,
    templates: Path | None,
    pdf: bool,
    force: bool,
    output_format: str,
) -> None:
    """Write a period's reminders; exit codes as of ``docgen build``."""
    counted = report_of(count_period(plan, period, scheme=scheme, progress=progress, today=today))
    built = build_reminders(counted, out, draft=draft, templates=templates, pdf=pdf, force=force)
    finish(output_format, written=built.written, further=built.pdfs, problems=built.remarks)
