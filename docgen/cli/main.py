"""``docgen``: finds the command that was named and loads only that."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from docgen import __version__
from docgen.base.locale import LANGUAGES, VARIABLE, choose_language, deferred, translate_click
from docgen.base.locale import translate as _
from docgen.cli.show import adapt_output, refusals_shown
from docgen.errors import ExitCode

#: Each command's module below docgen.cli, with the line that ``docgen --help`` shows for it.
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
#: Modules whose name isn't that of their command, which is a word of Python.
MODULES = {"import": "import_tasks"}


#: New objects between two searches for circles among them. A command lives briefly, and what it loads has none: at
#: Python's own 700 a tenth of its time would go into searching.
GARBAGE = 50_000


class _Commands(click.Group):
    """A group whose commands live in modules that are imported when called, and whose refusals are shown here."""

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
    """Checks and explains ``--lang``, which :func:`_asked_language` has read by then."""
    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        envvar=VARIABLE,
        expose_value=False,
        hidden=hidden,
        help=deferred("Ngôn ngữ của lệnh và thông báo, hoặc đặt biến DOCGEN_LANG; văn bản luôn bằng tiếng Việt."),
    )


def _asked_language(arguments: Sequence[str]) -> str | None:
    """What ``--lang`` names, before or after the command: it must be known before the command's module is loaded."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for word, following in zip(options, [*options[1:], ""], strict=True):
        if word == "--lang" or word.startswith("--lang="):
            return word.removeprefix("--lang").removeprefix("=") or following
    return None


def _translated(command: click.Command) -> click.Command:
    """A command, and those below it, with its help in the user's language; ``--lang`` may stand behind its name too.

    What this module and docgen.cli.show declare is loaded before the language is known, so its help is deferred.
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
    """Hold all commands."""


docgen.params.append(_language_option())


def main() -> None:
    """Run the command line; the exit codes are those of :class:`docgen.errors.ExitCode`."""
    gc.set_threshold(GARBAGE, 20, 20)
    try:
        _run()
    finally:
        gc.freeze()  # what is left is not searched once more for garbage; the process ends


def _run() -> None:
    adapt_output()
    language = _asked_language(sys.argv[1:])
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
        # Whoever reads the output has seen enough; nothing is left to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        click.echo(_("Không in được kết quả: {reason}").format(reason=error.strerror or error), err=True)
        sys.exit(ExitCode.OUTPUT)
    except Exception as error:
        if os.environ.get("DOCGEN_DEBUG"):
            raise
        from docgen.cli.show import fault

        sys.exit(fault(error, sys.argv[1:]))


if __name__ == "__main__":
    main()
