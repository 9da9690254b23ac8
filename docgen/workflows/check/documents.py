"""Files and folders in, the jobs of a check out: one for each document, and where its annotated copy goes."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem, UsageError
from docgen.layout.profiles import PROFILES
from docgen.wording.text import closest

ANNOTATED = ".nhan-xet.docx"


@dataclass(frozen=True)
class Job:
    """One file to judge; ``annotated`` is where its copy with comments goes, None where none is asked for."""

    path: Path
    profile: str = "nd30"
    annotated: Path | None = None


def shown_name(path: Path) -> str:
    """A path as text that every output takes, names in a foreign encoding included."""
    return path.as_posix().encode("utf-8", "replace").decode()


def documents_in(paths: Iterable[Path]) -> list[Path]:
    """The files to judge, each once: files as they are named, folders with all .docx below them, by name.

    Left out in folders: hidden files and folders, the owner files of Word (``~$…``), our own annotated copies.
    Raises UsageError with every path that isn't there or holds no document.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            here = _documents_at(path)
        except UsageError as error:
            problems += error.problems
            continue
        for document in here:
            found.setdefault(document.resolve(), document)
    if problems:
        raise UsageError(problems)
    return list(found.values())


def _documents_at(path: Path) -> list[Path]:
    if not path.is_dir():
        if not os.path.lexists(path):
            message, hint = _("không có tệp hoặc thư mục này"), _("kiểm tra lại tên và đường dẫn")
            raise UsageError(Problem("check.missing", message, hint, Place(shown_name(path))))
        return [path]
    found: list[Path] = []
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder, name) for name in sorted(files) if _is_document(name)]
    if not found:
        message = _("thư mục không có tệp .docx nào để kiểm tra")
        hint = _("chỉ đúng thư mục chứa văn bản; tệp .doc thì lưu lại thành .docx")
        raise UsageError(Problem("check.empty", message, hint, Place(shown_name(path))))
    return found


def _is_document(name: str) -> bool:
    low = name.lower()
    return low.endswith(".docx") and not low.startswith((".", "~$")) and not low.endswith(ANNOTATED)


def annotated_path(path: Path, folder: Path | None) -> Path:
    """Where the annotated copy of a document goes: beside it, or into ``folder``."""
    return (folder or path.parent) / f"{path.stem}{ANNOTATED}"


def make_jobs(
    paths: Sequence[Path], profile: str = "nd30", *, annotated: bool = False, out: Path | None = None
) -> list[Job]:
    """A job for each file. Raises UsageError for an unknown profile, or two copies that would be one file."""
    require_profile(profile)
    if not annotated:
        return [Job(path, profile) for path in paths]
    jobs = [Job(path, profile, annotated_path(path, out)) for path in paths]
    first: dict[Path | None, Path] = {}
    problems = [
        Problem(
            "check.same-copy",
            _("bản nhận xét trùng tên với bản của {other}").format(other=shown_name(first[job.annotated])),
            _("bỏ -o để ghi bản nhận xét cạnh từng tệp"),
            Place(shown_name(job.path)),
        )
        for job in jobs
        if first.setdefault(job.annotated, job.path) != job.path
    ]
    if problems:
        raise UsageError(problems)
    return jobs


def require_profile(code: str) -> None:
    """Raises UsageError where there is no set of rules of this name."""
    if code not in PROFILES:
        meant = closest(code, PROFILES)
        hint = _("ý bạn là “{meant}”?").format(meant=meant) if meant else _("có: {all}").format(all=", ".join(PROFILES))
        raise UsageError(Problem("check.profile", _("không có bộ quy tắc “{name}”").format(name=code), hint))
