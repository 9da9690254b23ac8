"""The output of commands: text for any terminal, JSON for programs, progress bars."""

import codecs
import json
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from docgen.base.locale import translate as _
from docgen.errors import DocgenError, ExitCode, Problem, Reported, Severity, envelope, own_fault

if TYPE_CHECKING:
    from docgen.writers.write import Written


def adapt_output() -> None:
    """Make stdout and stderr accept any text; letters that the encoding lacks lose their diacritics."""
    codecs.register_error("docgen_bare_letters", _bare_letters)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="docgen_bare_letters")


def speaks_unicode() -> bool:
    """Whether stdout can encode every character."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return codecs.lookup(encoding).name.startswith("utf")


#: ASCII for letters and signs that aren't letters with a diacritic.
_MARKS = {"đ": "d", "Đ": "D", "→": "->", "“": '"', "”": '"', "…": "...", "–": "-", "≥": ">=", "≤": "<=", "•": "*"}


def _bare_letters(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    lost = error.object[error.start : error.end]
    bare = "".join(_MARKS.get(letter, unicodedata.normalize("NFD", letter)[0]) for letter in lost)
    return "".join(letter if letter < "\x80" else "?" for letter in bare), error.end


# ---------------------------------------------------------------- results


def finish(
    output_format: str,
    *,
    lines: Iterable[str] = (),
    written: Sequence["Written"] = (),
    further: Iterable[Path] = (),
    closing: Iterable[str] = (),
    problems: Sequence[Problem] = (),
    findings: Sequence[Reported] = (),
    further_kept: Iterable[str] = (),
    more: Mapping[str, Any] | None = None,
    code: int | None = None,
    files_told: bool = False,
) -> None:
    """Print the result of a command, as text or as the JSON envelope, and exit with ``code``.

    ``further`` are written files besides ``written``. Text doesn't repeat what ``lines`` (or earlier output) already
    say: ``findings``, ``further_kept`` and, with ``files_told``, all names of files. ``closing`` lines are below the
    names of files. ``code`` is by default 6 if one of ``written`` was kept, else 0.
    """
    kept = [one.target.as_posix() for one in written if one.kept]
    if code is None:
        code = ExitCode.OUTPUT if kept else ExitCode.OK
    names = [path.as_posix() for path in (*(one.path for one in written if not one.unchanged), *further)]
    if output_format == "json":
        kept += further_kept
        show_json(envelope(ok=not code, written=names, kept=kept, problems=[*findings, *problems], more=more))
    else:
        for line in lines:
            click.echo(line)
        if not files_told:
            _show_files(names, written)
        for line in closing:
            click.echo(line)
        _show_kept(kept)
        show_problems(problems)
    if code:
        sys.exit(code)


def _show_files(names: Iterable[str], written: Iterable["Written"]) -> None:
    for name in names:
        click.echo(_("Đã ghi {path}").format(path=name))
    for one in written:
        if one.unchanged:
            click.echo(_("Không đổi {path}").format(path=one.path.as_posix()))
        if one.backup is not None:
            click.echo(_("Bản đã sửa bằng tay lưu ở {path}").format(path=one.backup.as_posix()))


def _show_kept(names: Iterable[str]) -> None:
    """Print to stderr which files were kept because they were edited by hand, and what to do."""
    hint = _("so hai tệp")
    if "force" in click.get_current_context().params:
        hint = _("so hai tệp; muốn thay bản cũ thì thêm --force (bản cũ được lưu thành .bak)")
    for name in names:
        click.echo(_("Giữ nguyên {path} vì đã sửa bằng tay; bản mới nằm bên cạnh").format(path=name), err=True)
        click.echo(f"  → {hint}", err=True)


def show_problems(problems: Iterable[Problem]) -> None:
    """Print problems to stderr, then the number of errors."""
    listed = list(problems)
    for problem in listed:
        click.echo(str(problem), err=True)
    errors = sum(problem.severity is Severity.ERROR for problem in listed)
    if errors:
        click.echo(_("Có {n} lỗi.").format(n=errors), err=True)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table, its columns padded to the same width."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def show_json(found: Mapping[str, Any]) -> None:
    """Print a JSON object, with escapes if the terminal isn't in Unicode."""
    click.echo(json.dumps(found, ensure_ascii=not speaks_unicode(), indent=2))


# ---------------------------------------------------------------- refusals


@contextmanager
def refusals_shown(arguments: Sequence[str]) -> Iterator[None]:
    """Print the problems of an error in the format that the ``arguments`` ask for, and exit with its code.

    Errors of click are left to click if the format is text.
    """
    try:
        yield
    except DocgenError as error:
        if _asks_json(arguments):
            show_json(envelope(ok=False, problems=error.problems))
        else:
            show_problems(error.problems)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        if not _asks_json(arguments):
            raise
        show_json(envelope(ok=False, problems=[_usage_problem(error)]))
        sys.exit(ExitCode.USAGE)


def option_in(arguments: Sequence[str], name: str) -> str:
    """The last value of an option in ``arguments``, which click hasn't parsed or couldn't; "" if there is none."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    found = ""
    for word, after in pairwise((*options, "")):
        if word == name:
            found = after
        elif word.startswith(f"{name}="):
            found = word.removeprefix(f"{name}=")
    return found


def _asks_json(arguments: Sequence[str]) -> bool:
    return option_in(arguments, "--format") == "json"


def _usage_problem(error: click.ClickException) -> Problem:
    """An error of click as a problem."""
    codes = {
        click.NoSuchOption: "usage.option",
        click.MissingParameter: "usage.missing",
        click.BadParameter: "usage.value",
    }
    code = next((code for kind, code in codes.items() if isinstance(error, kind)), "usage")
    context = getattr(error, "ctx", None)
    hint = _("xem {command} --help").format(command=context.command_path) if context is not None else ""
    return Problem(code, error.format_message(), hint)


def fault(error: BaseException, arguments: Sequence[str]) -> int:
    """Report an error of docgen itself, and return the exit code for it."""
    message = own_fault(error)
    hint = _("chạy lại với DOCGEN_DEBUG=1 và gửi nội dung in ra cho người bảo trì docgen")
    if _asks_json(arguments):
        show_json(envelope(ok=False, problems=[Problem("internal", message, hint)]))
    else:
        click.echo(f"{message}\n  → {hint}", err=True)
    return ExitCode.INTERNAL


# ---------------------------------------------------------------- waiting

T = TypeVar("T")
#: Delay in seconds before a progress bar appears.
PATIENCE_SECONDS = 1.0


@contextmanager
def waiting(label: str, *, rate: str = "") -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on stderr, and yield the function that updates it: it takes the numbers done and of all.

    ``rate`` is the unit of the speed to show; without it no speed is shown.
    """
    bar = _Bar(label, rate)
    try:
        yield bar.step
    finally:
        bar.close()


def waited_for(items: Iterable[T], label: str, total: int) -> Iterator[T]:
    """Yield the items with a progress bar; ``total`` is their number."""
    with waiting(label) as step:
        for done, item in enumerate(items, 1):
            yield item
            step(done, total)


class _Bar:
    """A progress bar that appears after a delay."""

    def __init__(self, label: str, rate: str = "") -> None:
        self.label, self.rate = label, rate
        self.start = time.monotonic()
        self.first: tuple[float, int] | None = None
        self.done = 0
        self.shown: click._termui_impl.ProgressBar[int] | None = None

    def step(self, done: int, total: int) -> None:
        """Update the bar."""
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
        since, before = self.first or (self.start, 0)  # time before the first step isn't counted
        return f"{(self.done - before) / max(time.monotonic() - since, 0.001):.0f} {self.rate}"

    def close(self) -> None:
        """Remove the bar."""
        if self.shown is not None:
            self.shown.__exit__(None, None, None)
            self.shown = None
