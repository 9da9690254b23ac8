"""A jobs file and an hour in, what a machine's own scheduler takes out: cron, systemd or the Task Scheduler."""

import shlex
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from subprocess import list2cmdline
from xml.sax.saxutils import escape

from docgen.base.locale import translate as _
from docgen.wording.text import slug


@dataclass(frozen=True)
class Scheduled:
    """What is to be run each day: ``program`` is the command in words, ``jobs_file`` an absolute path.

    ``options`` are further words for ``docgen batch run``.
    """

    jobs_file: Path
    program: tuple[str, ...]
    at: time
    options: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The whole command in words."""
        return (*self.program, "batch", "run", str(self.jobs_file), "--due", *self.options)

    @property
    def name(self) -> str:
        """A name for the entry: that of the jobs file, in ASCII."""
        return f"docgen-{slug(self.jobs_file.stem) or 'batch'}"


def cron_entry(job: Scheduled) -> str:
    """A line for ``crontab``; a percent sign would be a line break there, so it is escaped."""
    command = shlex.join(job.words).replace("%", r"\%")
    said = _("# Mỗi ngày lúc {at}. Cài: chạy `crontab -e`, dán dòng dưới. Máy tắt lúc đó thì lần sau làm bù.")
    return f"{said.format(at=f'{job.at:%H:%M}')}\n{job.at.minute} {job.at.hour} * * * {command}\n"


def systemd_units(job: Scheduled) -> str:
    """A service and a timer that catches up on what was missed while the machine was off, one after the other."""
    said = (
        _("# Mỗi ngày lúc {at}; máy tắt lúc đó thì chạy khi bật lại. Cài:").format(at=f"{job.at:%H:%M}"),
        _("# 1. Ghi phần một thành ~/.config/systemd/user/{name}.service, phần hai thành {name}.timer cùng chỗ").format(
            name=job.name
        ),
        _("#    (-o THƯ_MỤC ghi sẵn hai tệp đó)."),
        f"# 2. systemctl --user enable --now {job.name}.timer; loginctl enable-linger",
    )
    parts = (f"# --- {name}\n{text}" for name, text in systemd_files(job).items())
    return "\n".join((*said, "", *parts))


def systemd_files(job: Scheduled) -> dict[str, str]:
    """The two files of :func:`systemd_units` by name."""
    folder = str(job.jobs_file.parent).replace("%", "%%")
    service = (
        "[Unit]",
        f"Description=docgen batch run {job.jobs_file.name}".replace("%", "%%"),
        "",
        "[Service]",
        "Type=oneshot",
        f"WorkingDirectory={folder}",
        f"ExecStart={' '.join(map(_systemd_word, job.words))}",
        "",
    )
    timer = (
        "[Unit]",
        f"Description=docgen {job.at:%H:%M}",
        "",
        "[Timer]",
        f"OnCalendar=*-*-* {job.at:%H:%M}:00",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
        "",
    )
    return {f"{job.name}.service": "\n".join(service), f"{job.name}.timer": "\n".join(timer)}


def _systemd_word(word: str) -> str:
    quoted = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{quoted}"' if quoted != word or any(char in word for char in " '\t;") else word


def windows_task(job: Scheduled) -> str:
    """A task of the Task Scheduler, as XML; it starts when the machine is on again where the hour was missed."""
    program, *arguments = job.words
    said = _(
        "Cài: lưu tệp này (docgen schedule … -o {name}.xml), rồi chạy lệnh: schtasks /Create /TN {name} /XML {name}.xml"
    )
    return "\n".join(
        (
            '<?xml version="1.0"?>',
            f"<!-- {said.format(name=job.name).replace('--', '- -')} -->",
            '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
            "  <Triggers>",
            "    <CalendarTrigger>",
            f"      <StartBoundary>2024-01-01T{job.at:%H:%M}:00</StartBoundary>",
            "      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>",
            "    </CalendarTrigger>",
            "  </Triggers>",
            "  <Settings>",
            "    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>",
            "    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>",
            "    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>",
            "    <StartWhenAvailable>true</StartWhenAvailable>",
            "    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>",
            "  </Settings>",
            "  <Actions>",
            "    <Exec>",
            f"      <Command>{escape(program)}</Command>",
            f"      <Arguments>{escape(list2cmdline(arguments))}</Arguments>",
            f"      <WorkingDirectory>{escape(str(job.jobs_file.parent))}</WorkingDirectory>",
            "    </Exec>",
            "  </Actions>",
            "</Task>",
            "",
        )
    )
