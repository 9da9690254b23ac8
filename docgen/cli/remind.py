"""``docgen remind``: a công văn đôn đốc to each unit that is behind."""

import sys
from datetime import date
from pathlib import Path

import click

from docgen.base.locale import translate as _
from docgen.cli.build import parsed_date, show_built
from docgen.cli.show import format_option, reports_errors
from docgen.errors import ExitCode
from docgen.workflows.remind import build_reminders
from docgen.workflows.report import count_period, report_of


@click.command("remind", help=_("Soạn công văn đôn đốc từng đơn vị có nhiệm vụ quá hạn hoặc chưa gửi báo cáo kỳ."))
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "--period",
    required=True,
    metavar="KỲ",
    help=_("Kỳ báo cáo: 2023-Q1, 2023-H1, 2023-9M, 2023, 2023-03-01..2023-05-31."),
)
@click.option("--as-of", default=None, metavar="NGÀY", help=_("Ngày đôn đốc: dd/mm/yyyy; bỏ trống: hôm nay."))
@click.option(
    "--scheme", default=None, metavar="TÊN", help=_("Chế độ báo cáo; bỏ trống: như tệp tiến độ ghi, hoặc nd09.")
)
@click.option(
    "--progress",
    type=click.Path(path_type=Path),
    default=None,
    help=_("Thư mục tiến độ; bỏ trống: tien-do/ của kế hoạch."),
)
@click.option("--du-thao", "draft", is_flag=True, help=_("In chìm chữ DỰ THẢO; chấp nhận chỗ chưa điền."))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help=_("Thư mục ghi tệp; bỏ trống: output/<tên kế hoạch>."),
)
@click.option("--templates", type=click.Path(path_type=Path), default=None, help=_("Thư mục mẫu Word của cơ quan."))
@click.option("--pdf", is_flag=True, help=_("Tạo thêm tệp PDF (cần LibreOffice)."))
@click.option("--force", is_flag=True, help=_("Ghi đè cả tệp đã sửa bằng tay (bản cũ lưu thành .bak)."))
@format_option
@reports_errors
def command(
    plan: Path,
    period: str,
    as_of: str | None,
    scheme: str | None,
    progress: Path | None,
    draft: bool,
    out: Path | None,
    templates: Path | None,
    pdf: bool,
    force: bool,
    output_format: str,
) -> None:
    """Write a period's reminders; exit codes as of ``docgen build``."""
    asked = parsed_date(as_of, "--as-of")
    today = date.today() if asked is None else date(asked.year, asked.month, asked.day or 1)
    counted = report_of(count_period(plan, period, scheme=scheme, progress=progress, today=today))
    built = build_reminders(counted, out, draft=draft, templates=templates, pdf=pdf, force=force)
    show_built(built, output_format)
    if built.kept:
        sys.exit(ExitCode.OUTPUT)
