"""``docgen init``: creates a plan's folder, ready to be filled in."""

from pathlib import Path

import click

from docgen.base.locale import translate as _
from docgen.cli.options import PATH, format_option
from docgen.cli.show import finish
from docgen.workflows.plan_form import new_plan


@click.command(
    "init",
    help=_("Tạo kế hoạch mới trong thư mục DIR: từ khung của UBND cấp xã, hoặc từ một kế hoạch đã có."),
)
@click.argument("folder", metavar="DIR", type=PATH)
@click.option(
    "--year", metavar=_("NĂM"), type=click.IntRange(1900, 2200), default=None, help=_("Năm của kế hoạch mới.")
)
@click.option(
    "--from",
    "origin",
    metavar="PLAN",
    type=PATH,
    default=None,
    help=_("Kế hoạch cũ (thư mục hoặc biểu mẫu .xlsx); số, ngày và tên người ký được xóa trống."),
)
@format_option()
def command(folder: Path, year: int | None, origin: Path | None, output_format: str) -> None:
    """Create a new plan's folder. Exit code 6: it exists already."""
    names = new_plan(folder, year=year, origin=origin)
    lines = [
        _("Đã tạo {folder}: {names}").format(folder=folder, names=", ".join(names)),
        _("Việc tiếp theo: điền các chỗ “[điền: …]”, rồi chạy: docgen validate {folder}").format(folder=folder),
    ]
    finish(output_format, lines=lines, further=[folder / name for name in names], files_told=True)
