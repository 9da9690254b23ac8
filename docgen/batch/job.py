"""The units of a batch: a job, its key and its outcome."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from docgen.base.locale import translate as _
from docgen.errors import DocgenError, Severity

#: Kinds besides a plan's own papers: a unit's plan, a period's report, a reminder.
UNIT_PLAN, REPORT, REMINDER = "ke_hoach_don_vi", "bao_cao", "don_doc"
#: Kinds that belong to a period.
PERIODIC = (REPORT, REMINDER)


class Key(NamedTuple):
    """Identifies a job and its row in the ledger; parts that a kind doesn't have are "".

    ``plan`` is the plan's path from the jobs file's folder, with forward slashes. ``kind`` is ``quyet-dinh``,
    ``ke-hoach``, the file name of a paper in ``van-ban/``, or one of :data:`UNIT_PLAN`, :data:`REPORT`,
    :data:`REMINDER`. ``scheme``, ``period`` and ``unit`` are codes.
    """

    plan: str
    kind: str
    scheme: str = ""
    period: str = ""
    unit: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in self if part)


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"  # not yet due, or answers are missing: see the message
    DONE = "done"
    KEPT = "kept"  # the file was edited by hand and stays; a new version lies beside it
    REFUSED = "refused"  # a fault of the plan or its template
    FAILED = "failed"  # too slow or too large, its process died, or the file can't be written: worth another try

    @property
    def label(self) -> str:
        """The Vietnamese name of the state."""
        return {
            "waiting": _("đang chờ"),
            "done": _("đã xong"),
            "kept": _("giữ bản sửa tay"),
            "refused": _("bị từ chối"),
            "failed": _("không thành"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be made.

    ``target`` is the file's path from the jobs file's folder, with forward slashes. ``inputs`` and ``template`` are
    hashes: while both are those of the last run and the file is unchanged, the job is done. ``templates`` is the folder
    of templates, "" for the plan's own. ``as_of`` is the day of counting if the period isn't over. ``draft`` prints DỰ
    THẢO; ``missing`` are the names of units that haven't answered. ``waiting`` says why the job may not be made yet,
    ``refused`` why it can't be made.
    """

    key: Key
    target: str
    inputs: str = ""
    template: str = ""
    templates: str = ""
    as_of: date | None = None
    draft: bool = False
    missing: tuple[str, ...] = ()
    pdf: bool = False
    xlsx: bool = False
    waiting: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job.

    ``written`` is the path of the written file: the target, another one if the target was edited by hand, or "" if
    there was nothing to write. ``output`` is the hash of its bytes; ``size`` and ``modified`` (ns) are its stamp, by
    which an untouched file is recognised without reading it. ``pdf`` is the ``output`` that the PDF beside it was made
    from. ``seconds`` is the time that the job took, ``finished`` a UTC time as ISO 8601 text.
    """

    key: Key
    state: State
    target: str
    inputs: str = ""
    template: str = ""
    written: str = ""
    output: str = ""
    size: int = 0
    modified: int = 0
    pdf: str = ""
    attempts: int = 0
    seconds: float = 0.0
    finished: str = ""
    message: str = ""


def beside(target: str, suffix: str) -> str:
    """The path of a document's companion file, such as ``a/b.pdf`` for ``a/b.docx``."""
    return target.removesuffix(".docx") + suffix


def reason(error: DocgenError) -> str:
    """The errors that stopped a job, as text, without warnings and notes."""
    return "\n".join(str(one) for one in error.problems if one.severity is Severity.ERROR) or str(error)
