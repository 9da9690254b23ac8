"""What a command shows: sentences for a person on any terminal, one JSON object for a program, a bar for who waits."""

import codecs
import json
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click

from docgen.base.locale import translate as _
from docgen.errors import DocgenError, ExitCode, Problem, Severity


def adapt_output() -> None:
    """Make stdout and stderr take any text; letters that the encoding lacks lose their diacritics."""
    codecs.register_error("docgen_bare_letters", _bare_letters)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="docgen_bare_letters")


def speaks_unicode() -> bool:
    """Whether stdout takes every character."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return codecs.lookup(encoding).name.startswith("utf")


_MARKS = {
    "đ": "d",
    "Đ": "D",
    "→": "->",
    "“": '"',
    "”": '"',
    "…": "...",
    "–": "-",
    "≥": ">=",
    "≤": "<=",
    "•": "*",
}


def _bare_letters(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    lost = error.object[error.start : error.end]
    bare = "".join(_MARKS.get(letter, unicodedata.normalize("NFD", letter)[0]) for letter in lost)
    return "".join(letter if letter < "\x80" else "?" for letter in bare), error.end


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


T = TypeVar("T")
#: Whatever is done sooner needs no bar.
PATIENCE_SECONDS = 1.0


@contextmanager
def waiting(label: str, *, rate: str = "") -> Iterator[Callable[[int, int], None]]:
    """Gives a function that is told how many of how many are done; the bar is on stderr and gone at the end.

    ``rate`` is the unit in which its speed is shown beside the time that is left; none is shown without.
    """
    bar = _Bar(label, rate)
    try:
        yield bar.step
    finally:
        bar.close()


def waited_for(items: Iterable[T], label: str, total: int) -> Iterator[T]:
    """Hand on the items, of which there are ``total``, and show how many have been."""
    with waiting(label) as step:
        for done, item in enumerate(items, 1):
            yield item
            step(done, total)


class _Bar:
    """A progress bar that isn't there before somebody waits for it."""

    def __init__(self, label: str, rate: str = "") -> None:
        self.label, self.rate = label, rate
        self.start = time.monotonic()
        self.first: tuple[float, int] | None = None
        self.done = 0
        self.shown: click._termui_impl.ProgressBar[int] | None = None

    def step(self, done: int, total: int) -> None:
        """Say how many are done."""
        self.first = self.first or (time.monotonic(), done)
        long_enough = time.monotonic() - self.start > PATIENCE_SECONDS
        if self.shown is None and long_enough and done < total and sys.stderr.isatty():
            speed = self._speed if self.rate else None
            self.shown = click.progressbar(
                length=total, label=self.label, file=sys.stderr, show_pos=bool(self.rate), item_show_func=speed
            )
            self.shown.__enter__()
            self.shown.update(self.done)
        if self.shown is not None:
            self.shown.update(done - self.done)
        self.done = done
        if done >= total:
            self.close()

    def _speed(self, _item: object) -> str:
        since, before = self.first or (self.start, 0)  # what came before it began on these is another's time
        return f"{(self.done - before) / max(time.monotonic() - since, 0.001):.0f} {self.rate}"

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self.shown is not None:
            self.shown.__exit__(None, None, None)
            self.shown = None
