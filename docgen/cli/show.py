"""How results and problems are shown: sentences for a person, one JSON object for a program."""

import json
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec

import click

from docgen.base.locale import translate as _
from docgen.cli.terminal import speaks_unicode
from docgen.errors import DocgenError, ExitCode, Problem, Severity

P = ParamSpec("P")

format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    help=_("Cách in kết quả: text cho người đọc, json cho chương trình."),
)


def show_problems(problems: Iterable[Problem]) -> None:
    """Print problems to stderr, with a count of the errors at the end."""
    listed = list(problems)
    for problem in listed:
        click.echo(str(problem), err=True)
    errors = sum(problem.severity is Severity.ERROR for problem in listed)
    if errors:
        click.echo(_("Có {n} lỗi.").format(n=errors), err=True)


def show_kept(paths: Iterable[str], hint: str = "") -> None:
    """Say on stderr which files were kept because a person had edited them, and what to do about it."""
    for path in paths:
        click.echo(_("Giữ nguyên {path} vì đã sửa bằng tay; bản mới nằm bên cạnh").format(path=path), err=True)
        if hint:
            click.echo(f"  → {hint}", err=True)


def show_json(
    *,
    ok: bool,
    problems: Iterable[Problem] = (),
    written: Iterable[str] = (),
    kept: Iterable[str] = (),
    more: dict[str, Any] | None = None,
) -> None:
    """Print the one JSON object that ``--format json`` promises."""
    result = {
        "ok": ok,
        "written": list(written),
        "kept": list(kept),
        "problems": [problem.to_json() for problem in problems],
        **(more or {}),
    }
    click.echo(json.dumps(result, ensure_ascii=not speaks_unicode(), indent=2))


def reports_errors(command: Callable[P, None]) -> Callable[P, None]:
    """Turn a DocgenError into its problems, in the format that was asked for, and its exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except DocgenError as error:
            if kwargs.get("output_format") == "json":
                show_json(ok=False, problems=error.problems)
            else:
                show_problems(error.problems)
            sys.exit(error.exit_code)

    return run


def fault(error: BaseException) -> int:
    """Say that docgen itself failed, and what to send to whom; the exit code for it."""
    click.echo(
        _("docgen gặp lỗi của chính nó: {kind}: {text}").format(kind=type(error).__name__, text=error)
        + "\n  → "
        + _("chạy lại với DOCGEN_DEBUG=1 và gửi nội dung in ra cho người bảo trì docgen"),
        err=True,
    )
    return ExitCode.INTERNAL
