"""``docgen build``: a plan's documents as Word files."""

import sys
from pathlib import Path

import click

from docgen.base.declare import PartialDate
from docgen.base.locale import translate as _
from docgen.cli.show import format_option, reports_errors, show_json, show_kept, show_problems
from docgen.errors import ExitCode, Problem, UsageError
from docgen.wording.dates import parse_partial_date
from docgen.workflows.build import Built, build


@click.command("build", help=_("Soạn các văn bản của kế hoạch PLAN (thư mục, hoặc biểu mẫu .xlsx) thành tệp Word."))
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "--only", default="", metavar="TÊN,…", help=_("Chỉ các văn bản này: quyet_dinh, ke_hoach, hoặc tên trong van-ban/.")
)
@click.option("--so", "number", default=None, help=_("Số của văn bản chính (Quyết định, hoặc Kế hoạch độc lập)."))
@click.option("--ngay", "issued_on", default=None, help=_("Ngày ban hành của văn bản chính: dd/mm/yyyy."))
@click.option("--du-thao", "draft", is_flag=True, help=_("In chìm chữ DỰ THẢO; chấp nhận chỗ chưa điền."))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help=_("Thư mục ghi tệp; bỏ trống: output/<tên kế hoạch>."),
)
@click.option(
    "--templates",
    type=click.Path(path_type=Path),
    default=None,
    help=_("Thư mục mẫu Word của cơ quan, dùng trước mẫu có sẵn."),
)
@click.option("--unit", default=None, metavar="ĐƠN_VỊ", help=_("Chỉ soạn Kế hoạch riêng của đơn vị này (tên hoặc mã)."))
@click.option("--pdf", is_flag=True, help=_("Tạo thêm tệp PDF (cần LibreOffice)."))
@click.option("--force", is_flag=True, help=_("Ghi đè cả tệp đã sửa bằng tay (bản cũ lưu thành .bak)."))
@format_option
@reports_errors
def command(
    plan: Path,
    only: str,
    number: str | None,
    issued_on: str | None,
    draft: bool,
    out: Path | None,
    templates: Path | None,
    unit: str | None,
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
        issued_on=parsed_date(issued_on, "--ngay"),
        draft=draft,
        templates=templates,
        pdf=pdf,
        force=force,
        unit=unit,
    )
    show_built(built, output_format)
    if built.kept:
        sys.exit(ExitCode.OUTPUT)


def show_built(built: Built, output_format: str) -> None:
    """What a build or a report wrote, kept and has to say."""
    paths = [one.path.as_posix() for one in built.written if not one.unchanged]
    paths += [path.as_posix() for path in built.pdfs]
    if output_format == "json":
        show_json(ok=not built.kept, problems=built.remarks, written=paths, kept=map(Path.as_posix, built.kept))
        return
    for name in paths:
        click.echo(_("Đã ghi {path}").format(path=name))
    for one in built.written:
        if one.unchanged:
            click.echo(_("Không đổi {path}").format(path=one.path.as_posix()))
        if one.backup is not None:
            click.echo(_("Bản đã sửa bằng tay lưu ở {path}").format(path=one.backup.as_posix()))
    hint = _("so hai tệp; muốn thay bản cũ thì thêm --force (bản cũ được lưu thành .bak)")
    show_kept(map(Path.as_posix, built.kept), hint)
    show_problems(built.remarks)


def parsed_date(text: str | None, option: str) -> PartialDate | None:
    """The date that an option gives. Raises UsageError."""
    if text is None:
        return None
    try:
        return parse_partial_date(text)
    except ValueError as error:
        hint = _("viết {option} dd/mm/yyyy").format(option=option)
        raise UsageError(Problem("build.date", str(error), hint)) from None
