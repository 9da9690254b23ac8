"""Problems with their places, and the errors that carry them.

A function collects problems and raises a :class:`DocgenError` with all of them. The command line prints them, as text
or in the JSON :func:`envelope`, and exits with the code of the error's class.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple, Protocol

from docgen.base.locale import translate as _

#: The path of a value in a model: Vietnamese keys and list indexes, ``("phu_luc", 0, "nhom", 1, "kinh_phi")``.
Path = tuple[str | int, ...]


class ExitCode(IntEnum):
    """Exit codes of commands; documented in docs/ma-thoat.md."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    DATA = 3
    TEMPLATE = 4
    PARTIAL = 5
    OUTPUT = 6
    INTERNAL = 70


class Severity(StrEnum):
    """The severity of a problem: only errors stop the work."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The word for users."""
        return {"error": _("lỗi"), "warning": _("cảnh báo"), "info": _("lưu ý")}[self.value]


class Place(NamedTuple):
    """The place of something in a file; what is unknown or doesn't apply is None.

    ``line`` and ``column`` count from 1. ``part`` names a part of a Word file and the paragraph or table cell in it,
    ``path`` is the path of the value in the model.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    part: str | None = None
    path: Path = ()

    def __str__(self) -> str:
        where = self.file or ""
        if self.line is not None:
            where += f":{self.line}" + (f":{self.column}" if self.column is not None else "")
        spots = [where] if where else []
        if self.sheet is not None:
            spots.append(_("trang tính “{sheet}”").format(sheet=self.sheet))
        if self.cell is not None:
            spots.append(_("ô {cell}").format(cell=self.cell))
        if self.part is not None:
            spots.append(self.part)
        return ", ".join(spots)

    def to_json(self) -> dict[str, Any]:
        """All seven keys; the path as dotted text."""
        return {**self._asdict(), "path": dotted(self.path) or None}


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Anchor:
    """A paragraph of a Word file.

    ``part`` is the name of the package part (``word/document.xml``), ``index`` the 0-based index of the paragraph's w:p
    element among all of that part in document order.
    """

    part: str
    index: int

    def to_json(self) -> dict[str, Any]:
        """Both fields."""
        return {"part": self.part, "index": self.index}


@dataclass(frozen=True)
class Problem:
    """Something that is wrong: what, where, and what to do about it.

    ``code`` is stable and ASCII (``data.unknown-key``). ``related`` are further places to look at, such as the first of
    two equal keys.
    """

    code: str
    message: str
    hint: str = ""
    place: Place = NOWHERE
    severity: Severity = Severity.ERROR
    related: tuple[Place, ...] = ()

    def at(self, place: Place, related: tuple[Place, ...] = ()) -> "Problem":
        """The same problem at another place."""
        return replace(self, place=place, related=related)

    def __str__(self) -> str:
        head = f"{self.place}: " if str(self.place) else ""
        lines = [f"{head}{self.severity.label}: {self.message}"]
        lines += [_("  xem thêm: {place}").format(place=place) for place in self.related if str(place)]
        if self.hint:
            lines.append(f"  → {self.hint}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The problem as ``--format json`` prints it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "hint": self.hint,
            "place": self.place.to_json(),
            "related": [place.to_json() for place in self.related],
        }


class Reported(Protocol):
    """An item in the envelope's list of problems: a :class:`Problem`, or a finding with more keys."""

    def to_json(self) -> dict[str, Any]:
        """The keys of a problem, and further ones."""


#: Version of the envelope; raised when a key is removed or changes its meaning, not when one is added.
ENVELOPE_VERSION = 1


def envelope(
    *,
    ok: bool,
    written: Iterable[str] = (),
    kept: Iterable[str] = (),
    problems: Iterable[Reported] = (),
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The JSON object that commands print, described by docgen/base/envelope.schema.json.

    ``ok`` means that the exit code is 0. ``written`` and ``kept`` are paths, ``more`` are the command's own keys.
    """
    return {
        "version": ENVELOPE_VERSION,
        "ok": ok,
        "written": list(written),
        "kept": list(kept),
        "problems": [problem.to_json() for problem in problems],
        **(more or {}),
    }


def dotted(path: Path) -> str:
    """A path as text: ``phu_luc[0].nhom[1].kinh_phi``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


class DocgenError(Exception):
    """Base class of docgen's errors; ``problems`` holds every problem that was found, not only the first."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def own_fault(error: BaseException) -> str:
    """The message for an error that is docgen's own fault."""
    return _("docgen gặp lỗi của chính nó: {kind}: {text}").format(kind=type(error).__name__, text=error)


class UsageError(DocgenError):
    """The arguments of a command are wrong."""

    exit_code = ExitCode.USAGE


class SourceError(DocgenError):
    """A file can't be read, or isn't in the format that its name says."""

    exit_code = ExitCode.DATA


class DataError(DocgenError):
    """A file can be read, but its data is wrong."""

    exit_code = ExitCode.DATA


class TemplateError(DocgenError):
    """A template can't be compiled or rendered."""

    exit_code = ExitCode.TEMPLATE


class OutputError(DocgenError):
    """A file can't be written, or must not be overwritten."""

    exit_code = ExitCode.OUTPUT
