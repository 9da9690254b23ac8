"""A task and the files that it needs, sent to another machine; documents come back as bytes, nothing stays there."""

import platform
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from docgen import __version__
from docgen.base.locale import translate as _
from docgen.batch.job import State
from docgen.batch.plan_facts import plan_files
from docgen.batch.worker import Made, Task, make_documents
from docgen.readers.plan_folder import is_workbook, plan_folder_of
from docgen.workflows.build import OWN_TEMPLATES


@dataclass(frozen=True)
class Parcel:
    """A task with the bytes of every file that it is made from, by its path in a folder of its own.

    ``plan`` is where the plan is in that folder, ``templates`` where each of the jobs' folders of templates is.
    """

    task: Task
    plan: str
    files: Mapping[str, bytes]
    templates: Mapping[str, str]
    version: str = __version__


@dataclass(frozen=True)
class Returned:
    """What a parcel came to: documents to be delivered, not yet written anywhere."""

    task: Task
    made: tuple[Made, ...]


def packed(task: Task) -> Parcel:
    """A task ready to be sent; a file that can't be read is left out, which making the document will tell."""
    path = Path(task.folder, task.plan)
    above = plan_folder_of(path)
    inside = f"plan/{path.name}" if is_workbook(path) else path.name
    root = "plan" if is_workbook(path) else path.name
    files = {f"{root}/{name}": _read(above / name) for name, _stamp in plan_files(path)}
    files |= _documents(above / OWN_TEMPLATES, f"{root}/{OWN_TEMPLATES}")
    templates: dict[str, str] = {}
    for number, folder in enumerate(sorted({job.templates for job in task.jobs if job.templates})):
        templates[folder] = f"mau-{number}/{Path(folder).name}"  # messages name a template with its folder
        files |= _documents(Path(folder), templates[folder])
    kept = {name: content for name, content in files.items() if content is not None}
    return Parcel(task, inside, kept, templates)


def _documents(folder: Path, inside: str) -> dict[str, bytes | None]:
    return {f"{inside}/{path.name}": _read(path) for path in sorted(folder.glob("*.docx")) if path.is_file()}


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def work_remotely(parcel: Parcel) -> Returned:
    """Make a parcel's documents in a temporary folder; on whatever machine this runs."""
    if parcel.version != __version__:
        message = _("máy này có docgen {own}, máy gửi việc có {theirs}: cài cùng một phiên bản")
        said = message.format(own=__version__, theirs=parcel.version)
        return Returned(parcel.task, tuple(Made(job, state=State.FAILED, message=said) for job in parcel.task.jobs))
    try:
        return _worked(parcel)
    except Exception as error:  # a full disk there: it costs these jobs, and is no matter of the cluster's
        message = _("máy làm việc {name} gặp lỗi: {reason}").format(name=platform.node(), reason=error)
        return Returned(parcel.task, tuple(Made(job, state=State.FAILED, message=message) for job in parcel.task.jobs))


def _worked(parcel: Parcel) -> Returned:
    with tempfile.TemporaryDirectory(prefix="docgen-") as name:
        folder = Path(name)
        for inside, content in parcel.files.items():
            path = folder / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for inside in parcel.templates.values():
            (folder / inside).mkdir(parents=True, exist_ok=True)
        jobs = tuple(
            replace(job, templates=str(folder / parcel.templates[job.templates]) if job.templates else "")
            for job in parcel.task.jobs
        )
        made = tuple(make_documents(replace(parcel.task, folder=name, plan=parcel.plan, jobs=jobs, mark="")))
    asked = zip(made, parcel.task.jobs, strict=True)
    return Returned(parcel.task, tuple(replace(one, job=job) for one, job in asked))


def divide_parcel(parcel: Parcel) -> tuple[list[Parcel], list[Parcel]]:
    """A parcel whose worker died more often than Dask tries: each of its jobs by itself."""
    return [replace(parcel, task=replace(parcel.task, jobs=(job,))) for job in parcel.task.jobs], []
