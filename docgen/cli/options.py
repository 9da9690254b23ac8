"""Arguments and options shared by several commands."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from docgen.base.locale import translate as _
from docgen.errors import Problem, UsageError

if TYPE_CHECKING:
    from docgen.base.declare import PartialDate

Command = TypeVar("Command", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)


def together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Combine options into one decorator, in the order of ``--help``."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


# ---------------------------------------------------------------- arguments

plan_argument = click.argument("plan", metavar="PLAN", type=PATH)
files_argument = click.argument("files", metavar=_("TỆP…"), nargs=-1, required=True, type=PATH)
file_argument = click.argument("file", metavar=_("TỆP"), type=PATH)
#: Reading the jobs file reports whether it is readable.
jobs_argument = click.argument("jobs", metavar="JOBS", type=click.Path(path_type=Path, readable=False))
kind_argument = click.argument("kind", metavar=_("LOẠI"))


# ---------------------------------------------------------------- dates


def parsed_date(text: str, option: str) -> "PartialDate":
    """Parse an option's date. Raises UsageError."""
    from docgen.wording.dates import parse_partial_date

    try:
        return parse_partial_date(text)
    except ValueError as error:
        hint = _("viết {option} dd/mm/yyyy").format(option=option)
        raise UsageError(Problem("build.date", str(error), hint)) from None


def parsed_day(text: str, option: str) -> date:
    """Parse an option's date, with the first day of the month if it has no day. Raises UsageError."""
    found = parsed_date(text, option)
    return date(found.year, found.month, found.day or 1)


def _issued_on(_context: click.Context, option: click.Parameter, text: str | None) -> "PartialDate | None":
    return None if text is None else parsed_date(text, option.opts[0])


def _as_of(_context: click.Context, option: click.Parameter, text: str | None) -> date:
    return date.today() if text is None else parsed_day(text, option.opts[0])


# ---------------------------------------------------------------- where to


def out_option(text: str, *, metavar: str | None = None, required: bool = False) -> Callable[[Command], Command]:
    """``-o``: a file or folder to write."""
    return click.option("-o", "--out", type=PATH, required=required, metavar=metavar, help=text)


force_option = click.option("--force", is_flag=True, help=_("Ghi đè cả tệp đã sửa bằng tay (bản cũ lưu thành .bak)."))
pdf_option = click.option("--pdf", is_flag=True, help=_("Tạo thêm tệp PDF (cần LibreOffice)."))
dry_run_option = click.option(
    "--dry-run", "--du-kien", "dry_run", is_flag=True, help=_("Chỉ cho xem kết quả, không ghi gì.")
)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """``--format``: text, json and further formats."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(["text", "json", *formats]),
        default="text",
        help=_("Cách in kết quả: text cho người đọc, json cho chương trình."),
    )


# ---------------------------------------------------------------- documents

number_options = together(
    click.option(
        "--so",
        "number",
        default=None,
        metavar=_("SỐ"),
        help=_("Số của văn bản chính (Quyết định, Kế hoạch độc lập, Báo cáo)."),
    ),
    click.option(
        "--ngay",
        "issued_on",
        default=None,
        metavar=_("NGÀY"),
        callback=_issued_on,
        help=_("Ngày ban hành của văn bản chính: dd/mm/yyyy."),
    ),
)
#: How documents are made, and where to.
making_options = together(
    click.option("--du-thao", "draft", is_flag=True, help=_("In chìm chữ DỰ THẢO; chấp nhận chỗ chưa điền.")),
    out_option(_("Thư mục ghi tệp; bỏ trống: output/<tên kế hoạch>.")),
    click.option(
        "--templates", type=PATH, default=None, help=_("Thư mục mẫu Word của cơ quan, dùng trước mẫu có sẵn.")
    ),
    pdf_option,
    force_option,
)


def unit_option(text: str) -> Callable[[Command], Command]:
    """``--unit``: one unit of the office."""
    return click.option("--unit", default=None, metavar=_("ĐƠN_VỊ"), help=text)


# ---------------------------------------------------------------- periods

#: A period of a plan, and the folder of its progress.
period_options = together(
    click.option(
        "--period",
        required=True,
        metavar=_("KỲ"),
        help=_("Kỳ báo cáo: 2023-Q1, 2023-H1, 2023-9M, 2023, 2023-03-01..2023-05-31."),
    ),
    click.option(
        "--scheme", default=None, metavar=_("TÊN"), help=_("Chế độ báo cáo; bỏ trống: như tệp tiến độ ghi, hoặc nd09.")
    ),
    click.option("--progress", type=PATH, default=None, help=_("Thư mục tiến độ; bỏ trống: tien-do/ của kế hoạch.")),
)
as_of_option = click.option(
    "--as-of",
    "today",
    default=None,
    metavar=_("NGÀY"),
    callback=_as_of,
    help=_("Ngày lập văn bản: dd/mm/yyyy; bỏ trống: hôm nay."),
)


# ---------------------------------------------------------------- checking

profile_option = click.option(
    "--profile", default="nd30", show_default=True, metavar=_("TÊN"), help=_("Bộ quy tắc dùng để kiểm tra.")
)
#: Copies of checked files with Word comments.
comment_options = together(
    click.option("--annotate", is_flag=True, help=_("Ghi thêm bản sao <tên>.nhan-xet.docx có nhận xét ở mỗi chỗ sai.")),
    out_option(_("Thư mục ghi bản nhận xét; bỏ trống: cạnh từng tệp.")),
)
kind_option = click.option(
    "--kind", default=None, metavar=_("LOẠI"), help=_("Loại mẫu; bỏ trống: đoán từ tên tệp, rồi từ các thẻ.")
)


# ---------------------------------------------------------------- many at once

workers_option = click.option(
    "-j",
    "--workers",
    type=click.IntRange(1, 256),
    default=None,
    metavar="N",
    help=_("Số tiến trình chạy cùng lúc; bỏ trống: docgen tự chọn."),
)
#: The summary of a run of many jobs, and who is notified.
summary_options = together(
    click.option(
        "--summary", type=PATH, default=None, metavar=_("TỆP.json|.xlsx"), help=_("Ghi bảng tổng hợp ra tệp này.")
    ),
    click.option(
        "--notify", "notify_command", metavar=_("LỆNH"), help=_("Khi có việc không thành: gửi tổng hợp cho lệnh này.")
    ),
)


def money_unit_option(text: str, *names: str) -> Callable[[Command], Command]:
    """``--don-vi-tinh``: the unit of money; ``names`` are further names of the option."""
    return click.option("--don-vi-tinh", *names, "money_unit", default=None, metavar=_("ĐƠN_VỊ"), help=text)
