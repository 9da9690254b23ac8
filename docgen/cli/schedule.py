"""``docgen schedule``: an entry for the machine's scheduler that runs a jobs file every day."""

import re
import sys
from datetime import time
from pathlib import Path

import click

from docgen.base.locale import translate as _
from docgen.batch.schedule import Scheduled, cron_entry, systemd_files, systemd_units, windows_task
from docgen.cli.options import format_option, jobs_argument, out_option, pdf_option, summary_options
from docgen.cli.show import finish
from docgen.errors import Place, Problem, UsageError
from docgen.writers.write import write_plain

_ENTRIES = {"cron": cron_entry, "systemd": systemd_units, "windows": windows_task}
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:h]([0-5][0-9])")


@click.command("schedule", help=_("In lệnh hẹn giờ chạy tệp công việc JOBS mỗi ngày, chỉ soạn những gì đã đến hạn."))
@jobs_argument
@click.option("--cron", "kind", flag_value="cron", help=_("Dòng cho crontab (Linux, macOS)."))
@click.option("--systemd", "kind", flag_value="systemd", help=_("Dịch vụ và bộ hẹn giờ systemd (Linux)."))
@click.option("--windows", "kind", flag_value="windows", help=_("Tác vụ cho Task Scheduler (Windows)."))
@click.option("--at", default="02:30", show_default=True, metavar=_("GIỜ"), help=_("Giờ chạy: hh:mm."))
@pdf_option
@summary_options
@out_option(_("Ghi ra tệp này, đúng mã hóa mà hệ thống cần; --systemd: ghi hai tệp vào thư mục này."))
@format_option()
def command(
    jobs: Path,
    kind: str | None,
    at: str,
    pdf: bool,
    summary: Path | None,
    notify_command: str | None,
    out: Path | None,
    output_format: str,
) -> None:
    """Print an entry, or write it to a file. Exit code 2: the scheduler isn't given, or an argument is wrong."""
    found = _CLOCK.fullmatch(at.strip())
    problems = []
    if kind is None:
        message, hint = _("chưa nói hẹn giờ bằng gì"), _("thêm --cron, --systemd hoặc --windows")
        problems.append(Problem("schedule.kind", message, hint))
    if found is None:
        message, hint = _("“{at}” không phải giờ").format(at=at), _("viết --at hh:mm, ví dụ --at 02:30")
        problems.append(Problem("schedule.at", message, hint))
    if not jobs.is_file():
        message, hint = _("không có tệp công việc này"), _("kiểm tra lại tên và đường dẫn")
        problems.append(Problem("schedule.missing", message, hint, Place(jobs.as_posix())))
    if problems or found is None or kind is None:
        raise UsageError(problems)
    options = (
        *(["--notify", notify_command] if notify_command else []),
        *(["--summary", str(summary.absolute())] if summary is not None else []),
        *(["--pdf"] if pdf else []),
    )
    hour = time(int(found[1]), int(found[2]))
    job = Scheduled(jobs.absolute(), (sys.executable, "-m", "docgen"), hour, options)
    entry = _ENTRIES[kind](job)
    files = _files(kind, job, out) if out is not None else {}
    for path, content in files.items():
        write_plain(path, content)
    finish(output_format, lines=[] if files else [entry.removesuffix("\n")], further=files, more={"entry": entry})


def _files(kind: str, job: Scheduled, out: Path) -> dict[Path, bytes]:
    """The files to write: two in a folder for systemd, else one."""
    if kind == "systemd":
        return {out / name: text.encode() for name, text in systemd_files(job).items()}
    text = _ENTRIES[kind](job)
    if kind == "windows":  # schtasks requires it
        text = text.replace('version="1.0"', 'version="1.0" encoding="UTF-16"', 1)
    return {out: text.encode("utf-16" if kind == "windows" else "utf-8")}
