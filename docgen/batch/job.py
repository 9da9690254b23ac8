"""What a batch is made of: a job, and what became of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from docgen.base.locale import translate as _
from docgen.errors import DocgenError, Severity

#: Kinds that aren't a plan's own papers: a unit's plan, a period's report, a reminder.
UNIT_PLAN, REPORT, REMINDER = "ke_hoach_don_vi", "bao_cao", "don_doc"
#: Kinds that belong to a period.
PERIODIC = (REPORT, REMINDER)


class Key(NamedTuple):
    """What tells one job from every other, and its row in the ledger: texts, empty where a kind has no such part.

    ``plan`` is the plan's path relative to the jobs file's folder, with forward slashes; ``kind`` is ``quyet-dinh``,
    ``ke-hoach`` or the name of a paper in ``van-ban/`` as its file is called, or one of :data:`UNIT_PLAN`,
    :data:`REPORT`, :data:`REMINDER`; ``scheme`` and ``period`` are codes, ``unit`` a unit's code.
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

    WAITING = "waiting"  # not yet due, or not everybody has answered: the message says which
    DONE = "done"
    KEPT = "kept"  # a person edited the file, which stays; where there is something new, it lies beside it
    REFUSED = "refused"  # the plan or its template can't be made into a document
    FAILED = "failed"  # too slow, too large, its process died, the file can't be written: worth another try

    @property
    def label(self) -> str:
        """What a person reads."""
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

    ``target`` is the file, as a path from the jobs file's folder with forward slashes. ``inputs`` and ``template``
    are hashes: as long as both are those of the last run, and the file is as it was left, the job is done.
    ``as_of`` is the day of counting where a period isn't over. ``draft`` prints DỰ THẢO; ``missing`` are the names of
    units that haven't answered. ``waiting`` says why it may not be made yet; ``refused`` why it can't be.
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

    ``output`` is the hash of the written file's bytes, ``size`` and ``modified`` (ns) its stamp on the disk, so that a
    file which nobody touched needn't be read again; all are of the file in ``written`` (as the target), which is not
    the target where a person had edited that one, and empty where there was nothing to write. ``pdf`` is the hash of
    the document that the PDF beside it was made from. ``seconds`` is the time the job took, ``finished`` a UTC time as
    ISO 8601 text.
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
    """The file of another kind that belongs to a document: ``a/b.pdf`` of ``a/b.docx``."""
    return target.removesuffix(".docx") + suffix


def reason(error: DocgenError) -> str:
    """What stopped a job: errors alone, since warnings and notes stop nothing."""
    return "\n".join(str(one) for one in error.problems if one.severity is Severity.ERROR) or str(error)


def own_fault(error: Exception) -> str:
    """What to say of an error that is none of the plan's."""
    return _("docgen gặp lỗi của chính nó: {kind}: {text}").format(kind=type(error).__name__, text=error)
