"""Entries that run a batch every day, for cron, systemd and the Task Scheduler of Windows."""

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
    """A daily run of a jobs file.

    ``jobs_file`` is an absolute path, ``program`` the words of the docgen command, ``options`` more words for
    ``docgen batch run``.
    """

    jobs_file: Path
    program: tuple[str, ...]
    at: time
    options: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the whole command."""
        return (*self.program, "batch", "run", str(self.jobs_file), "--due", *self.options)

    @property
    def name(self) -> str:
        """The entry's name, made from the name of the jobs file, in ASCII."""
        return f"docgen-{slug(self.jobs_file.stem) or 'batch'}"


def cron_entry(job: Scheduled) -> str:
    """A line for ``crontab``, where a percent sign must be escaped: it would be a line break."""
    command = shlex.join(job.words).replace("%", r"\%")
    comment = _("# Mỗi ngày lúc {at}. Cài: chạy `crontab -e`, dán dòng dưới. Máy tắt lúc đó thì lần sau làm bù.")
    return f"{comment.format(at=f'{job.at:%H:%M}')}\n{job.at.minute} {job.at.hour} * * * {command}\n"


def systemd_units(job: Scheduled) -> str:
    """Instructions with a service and a timer, which catches up on runs missed while the machine was off."""
    comments = (
        _("# Mỗi ngày lúc {at}; máy tắt lúc đó thì chạy khi bật lại. Cài:").format(at=f"{job.at:%H:%M}"),
        _("# 1. Ghi phần một thành ~/.config/systemd/user/{name}.service, phần hai thành {name}.timer cùng chỗ").format(
            name=job.name
        ),
        _("#    (-o THƯ_MỤC ghi sẵn hai tệp đó)."),
        f"# 2. systemctl --user enable --now {job.name}.timer; loginctl enable-linger",
    )
    parts = (f"# --- {name}\n{text}" for name, text in systemd_files(job).items())
    return "\n".join((*comments, "", *parts))


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
    """A task of the Task Scheduler, as XML. After a missed hour it starts as soon as the machine is on again."""
    program, *arguments = job.words
    comment = _(
        "Cài: lưu tệp này (docgen schedule … -o {name}.xml), rồi chạy lệnh: schtasks /Create /TN {name} /XML {name}.xml"
    )
    return "\n".join(
        (
            '<?xml version="1.0"?>',
            f"<!-- {comment.format(name=job.name).replace('--', '- -')} -->",
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
