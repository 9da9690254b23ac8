"""The ``docgen`` command, which loads only the module of the subcommand that is called."""

import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from docgen import __version__
from docgen.base.locale import LANGUAGES, VARIABLE, choose_language, deferred, translate_click
from docgen.base.locale import translate as _
from docgen.cli.show import adapt_output, fault, option_in, refusals_shown
from docgen.errors import ExitCode

#: Commands with their line in ``docgen --help``; each is the module of that name in docgen.cli.
COMMANDS = {
    "batch": deferred("Soạn hàng loạt theo một tệp công việc; xem công việc đến đâu."),
    "build": deferred("Soạn các văn bản của một kế hoạch thành tệp Word."),
    "check": deferred("Kiểm tra thể thức tệp Word bất kỳ theo Nghị định 30/2020."),
    "collect": deferred("Gộp biểu mẫu tiến độ mà các đơn vị gửi về vào số liệu của một kỳ."),
    "convert": deferred("Chuyển một kế hoạch từ thư mục YAML sang biểu mẫu Excel, hoặc ngược lại."),
    "fields": deferred("In bảng các trường dữ liệu của một kế hoạch."),
    "form": deferred("Tạo biểu mẫu Excel để điền: kế hoạch, hoặc tiến độ của từng đơn vị."),
    "import": deferred("Thêm nhiệm vụ vào kế hoạch từ bảng Excel sẵn có của cơ quan."),
    "init": deferred("Tạo thư mục kế hoạch mới từ khung mẫu hoặc từ một kế hoạch đã có."),
    "periods": deferred("In các kỳ báo cáo của một năm: kỳ số liệu và hạn gửi."),
    "remind": deferred("Soạn công văn đôn đốc đơn vị có nhiệm vụ quá hạn hoặc chưa gửi báo cáo."),
    "report": deferred("Soạn Báo cáo một kỳ của cả cơ quan hoặc một đơn vị."),
    "rules": deferred("In các quy tắc thể thức: căn cứ, lý do, ví dụ."),
    "schedule": deferred("In lệnh hẹn giờ cho một tệp công việc: cron, systemd, Windows."),
    "schema": deferred("In lược đồ JSON của kết quả mà --format json in ra."),
    "template": deferred("Kiểm tra, xem thử, so sánh, tạo mẫu Word; in các trường của một loại mẫu."),
    "validate": deferred("Kiểm tra một kế hoạch: mọi lỗi, chỗ có lỗi và cách sửa."),
    "words": deferred("Đọc một số tiền thành chữ."),
}
#: Modules with another name than their command, which is a keyword of Python.
MODULES = {"import": "import_tasks"}
#: New objects between two garbage collections. Commands are short and hold no reference cycles: with Python's own 700,
#: they would take a tenth of the time.
GARBAGE = 50_000


class _Commands(click.Group):
    """A group that imports its commands when they are called, and prints their errors."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with refusals_shown(tuple(args)):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with refusals_shown(tuple(ctx.args)):
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"docgen.cli.{MODULES.get(cmd_name, cmd_name)}").command
        return _translated(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section(_("Lệnh")):
            formatter.write_dl([(name, _(line)) for name, line in COMMANDS.items()])


def _language_option(hidden: bool = False) -> click.Option:
    """The option ``--lang``, for help and checks: :func:`_run` reads it before the command's module is loaded."""
    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        envvar=VARIABLE,
        expose_value=False,
        hidden=hidden,
        help=deferred("Ngôn ngữ của lệnh và thông báo, hoặc đặt biến DOCGEN_LANG; văn bản luôn bằng tiếng Việt."),
    )


def _translated(command: click.Command) -> click.Command:
    """Translate the help of a command and its subcommands, and let it take ``--lang`` too.

    Help that is declared in this module is deferred, since the language isn't known when it is loaded.
    """
    command.help = _(command.help) if command.help else None
    command.options_metavar = _("[TÙY CHỌN]")
    if not any("--lang" in parameter.opts for parameter in command.params):
        command.params.append(_language_option(hidden=True))
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = _(parameter.help)
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("LỆNH …")
        for below in getattr(command, "commands", {}).values():
            _translated(below)
    return command


@click.command(
    cls=_Commands,
    help=deferred("Soạn văn bản hành chính từ dữ liệu kế hoạch, đúng thể thức Nghị định 30/2020/NĐ-CP."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="docgen", help=deferred("In số phiên bản."))
def docgen() -> None:
    """The group of all commands."""


docgen.params.append(_language_option())


def main() -> None:
    """Run the command line; exit codes are those of :class:`docgen.errors.ExitCode`."""
    gc.set_threshold(GARBAGE, 20, 20)
    try:
        _run()
    finally:
        gc.freeze()  # no last garbage collection: the process ends


def _run() -> None:
    adapt_output()
    language = option_in(sys.argv[1:], "--lang")
    if language in LANGUAGES:
        choose_language(language)
    translate_click()
    _translated(docgen)
    try:
        docgen(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        click.echo(_("Đã dừng."), err=True)
        sys.exit(ExitCode.USAGE)
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except BrokenPipeError:
        # The reader of the output is gone; prevent another error at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        click.echo(_("Không in được kết quả: {reason}").format(reason=error.strerror or error), err=True)
        sys.exit(ExitCode.OUTPUT)
    except Exception as error:
        if os.environ.get("DOCGEN_DEBUG"):
            raise
        sys.exit(fault(error, sys.argv[1:]))


if __name__ == "__main__":
    main()
