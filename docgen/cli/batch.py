"""``docgen batch``: many documents of many plans, in runs that can be stopped and continued at any time."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from docgen.base.locale import translate as _
from docgen.base.workers import SECONDS
from docgen.batch.executors import PROCESSES
from docgen.batch.job import State
from docgen.batch.jobs_file import read_jobs_file
from docgen.batch.ledger import Ledger, clock_time, no_ledger
from docgen.batch.run import MEMORY, Options, run
from docgen.batch.summary import (
    RunResult,
    message_lines,
    notify,
    summary_json,
    summary_lines,
    summary_workbook,
    whole_summary_json,
)
from docgen.cli.options import (
    dry_run_option,
    format_option,
    jobs_argument,
    parsed_day,
    pdf_option,
    summary_options,
    workers_option,
)
from docgen.cli.show import finish, show_json, show_problems, waiting
from docgen.errors import DocgenError, ExitCode, OutputError, Place, Problem, Severity, UsageError, envelope
from docgen.writers.write import write_plain

#: The usual exit code of a command stopped with Ctrl-C.
_INTERRUPTED = 130
_TODAY = "today"


@click.group(
    "batch", help=_("Soạn hàng loạt văn bản theo một tệp công việc; dừng lúc nào cũng được, chạy lại là tiếp.")
)
def command() -> None:
    """The group of commands on batches."""


@command.command(
    "run", help=_("Soạn mọi văn bản mà tệp công việc JOBS nêu và còn thiếu, lần trước không thành, hoặc đã đổi.")
)
@jobs_argument
@workers_option
@click.option(
    "--due",
    is_flag=False,
    flag_value=_TODAY,
    default=None,
    metavar=_("[NGÀY]"),
    help=_("Chỉ soạn báo cáo đã đến hạn tính đến ngày này (dd/mm/yyyy; bỏ trống: hôm nay)."),
)
@click.option("--force", is_flag=True, help=_("Soạn lại tất cả; tệp đã sửa bằng tay lưu thành .bak."))
@dry_run_option
@pdf_option
@summary_options
@click.option(
    "--seconds",
    type=click.IntRange(1, 86_400),
    metavar=_("GIÂY"),
    default=SECONDS,
    show_default=True,
    help=_("Thời gian tối đa cho một văn bản."),
)
@click.option(
    "--memory",
    type=click.IntRange(256, 1_048_576),
    metavar="MB",
    default=MEMORY,
    show_default=True,
    help=_("Bộ nhớ tối đa của một tiến trình, MB."),
)
@click.option("--executor", default=PROCESSES, show_default=True, metavar=_("TÊN"), help=_("Chạy ở đâu."))
@format_option()
def run_command(
    jobs: Path,
    due: str | None,
    summary: Path | None,
    notify_command: str | None,
    output_format: str,
    **options: Any,
) -> None:
    """Run a jobs file. Exit codes: 5 a document was refused or failed, 6 the summary can't be written."""
    if summary is not None and summary.suffix.lower() not in (".json", ".xlsx"):
        message, hint = _("--summary cần tệp .json hoặc .xlsx"), _("đổi đuôi tệp")
        raise UsageError(Problem("batch.summary", message, hint, Place(summary.as_posix())))
    try:
        with waiting(_("Đang đọc kế hoạch")) as read, waiting(_("Đang soạn"), rate=_("văn bản/giây")) as step:
            result = run(jobs, Options(today=_day(due), due=due is not None, **options), step, read)
    except DocgenError as error:  # nothing was done: notify of that above all
        result = RunResult(remarks=tuple(error.problems))
        show_problems([*_written(summary, result), *_notified(notify_command, result)])
        raise
    except KeyboardInterrupt:
        message = _("Đã dừng; những gì đã soạn nằm trong sổ. Chạy lại đúng lệnh đó là tiếp tục.")
        click.echo(message, err=True)
        if output_format == "json":
            show_json(envelope(ok=False, problems=[Problem("batch.interrupted", message)]))
        sys.exit(_INTERRUPTED)
    problems = [*result.remarks, *_written(summary, result), *_notified(notify_command, result)]
    code = ExitCode.PARTIAL if result.failed else ExitCode.OK
    if any(problem.severity is Severity.ERROR for problem in problems):
        code = ExitCode.OUTPUT
    finish(
        output_format,
        lines=summary_lines(result),
        further=map(Path, result.written),
        problems=problems,
        further_kept=[one.target for one in result.told if one.state is State.KEPT],
        more={"summary": summary_json(result)},
        code=code,
        files_told=True,
    )


@command.command("status", help=_("Cho xem các công việc của tệp JOBS đang đến đâu, theo sổ."))
@jobs_argument
@format_option()
def status_command(jobs: Path, output_format: str) -> None:
    """Show the state of a jobs file, from its ledger alone."""
    file = read_jobs_file(jobs)
    path = file.beside("sqlite")
    if not path.exists():
        raise UsageError(no_ledger(path))
    with Ledger.open(path, reading=True) as ledger:
        counts, last = ledger.counts(), ledger.last_run()
        messages = {state: ledger.messages(state) for state in reversed(State)}
    width = max(len(state.label) for state in State)
    lines = [f"{state.label.capitalize().ljust(width)}  {count:>9}" for state, count in counts.items()]
    if last is not None:
        ended = _("chưa xong, hoặc bị ngắt: chạy lại đúng lệnh đó là tiếp tục")
        ended = clock_time(last.finished) if last.finished else ended
        lines.append(_("Lần chạy cuối: {started} – {ended}").format(started=clock_time(last.started), ended=ended))
    for state, some in messages.items():
        lines += message_lines(state, some, sum(one.jobs for one in some) if state is State.DONE else counts[state])
    more = {
        "states": {state.value: count for state, count in counts.items()},
        "last_run": {"started": last.started, "finished": last.finished} if last is not None else None,
        "said": [{"state": state.value, **one._asdict()} for state, some in messages.items() for one in some],
    }
    finish(output_format, lines=lines, more=more)


def _day(due: str | None) -> date:
    return date.today() if due is None or due == _TODAY else parsed_day(due, "--due")


def _written(summary: Path | None, result: RunResult) -> list[Problem]:
    """Write the summary, and return the problems that prevented it."""
    if summary is None:
        return []
    try:
        if summary.suffix.lower() == ".json":
            content = json.dumps(whole_summary_json(result), ensure_ascii=False, indent=2).encode()
        else:
            content = summary_workbook(result, date.today())
        write_plain(summary, content)
    except OutputError as error:
        return list(error.problems)
    return []


def _notified(notify_command: str | None, result: RunResult) -> list[Problem]:
    wrong = result.failed or any(one.severity is Severity.ERROR for one in result.remarks)
    if notify_command is None or not wrong or result.dry_run:
        return []
    message = notify(notify_command, whole_summary_json(result))
    return [Problem("batch.notify", message, severity=Severity.WARNING)] if message else []
