"""The one way in which docgen says what is wrong: problems, each with its place, and the errors that carry them.

A function finds problems and raises a :class:`DocgenError` holding all of them; the command line prints them, as text
or in the JSON :func:`envelope`, and leaves with the exit code of the error's class.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple, Protocol

from docgen.base.locale import translate as _

#: Where a value stands in a model: Vietnamese keys and list positions, ``("phu_luc", 0, "nhom", 1, "kinh_phi")``.
Path = tuple[str | int, ...]


class ExitCode(IntEnum):
    """What a command leaves with; documented in docs/ma-thoat.md."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    DATA = 3
    TEMPLATE = 4
    PARTIAL = 5
    OUTPUT = 6
    INTERNAL = 70


class Severity(StrEnum):
    """How much a problem matters: an error stops the work, the others only speak."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The word a user reads."""
        return {"error": _("lỗi"), "warning": _("cảnh báo"), "info": _("lưu ý")}[self.value]


class Place(NamedTuple):
    """Where something stands; whatever is not known or does not apply is None.

    ``line`` and ``column`` count from 1. ``part`` is a part of a Word file with the paragraph or table cell in it,
    ``path`` the keys down to the value in the model.
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
        """All seven keys, absent ones as null; the path dotted."""
        return {**self._asdict(), "path": dotted(self.path) or None}


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Anchor:
    """A paragraph of a file: the name of the package part (``word/document.xml``), and the 0-based index of its w:p
    among all w:p elements of that part in document order."""

    part: str
    index: int

    def to_json(self) -> dict[str, Any]:
        """Both fields."""
        return {"part": self.part, "index": self.index}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: what, where, and what to do about it.

    ``code`` is stable and ASCII (``data.unknown-key``). ``related`` are further places that the reader must see,
    such as the first of two equal keys.
    """

    code: str
    message: str
    hint: str = ""
    place: Place = NOWHERE
    severity: Severity = Severity.ERROR
    related: tuple[Place, ...] = ()

    def at(self, place: Place, related: tuple[Place, ...] = ()) -> "Problem":
        """The same problem, its place known."""
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
    """What stands in the envelope's list of problems: a :class:`Problem`, or a finding, which says more."""

    def to_json(self) -> dict[str, Any]:
        """The keys of a problem, and those of its own."""


#: Version of the envelope; it grows when a key goes or changes its meaning, not when one is added.
ENVELOPE_VERSION = 1


def envelope(
    *,
    ok: bool,
    written: Iterable[str] = (),
    kept: Iterable[str] = (),
    problems: Iterable[Reported] = (),
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The one JSON object that a program gets from docgen; docgen/base/envelope.schema.json describes it.

    ``ok``: the exit code is 0. ``written`` and ``kept`` are paths, ``more`` the keys of a single command.
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
    """``phu_luc[0].nhom[1].kinh_phi`` of a path."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


class DocgenError(Exception):
    """Whatever docgen refuses; holds every problem that was found, never only the first."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class UsageError(DocgenError):
    """The command's own words don't fit together."""

    exit_code = ExitCode.USAGE


class SourceError(DocgenError):
    """A file can't be read at all, or not as what it says it is."""

    exit_code = ExitCode.DATA


class DataError(DocgenError):
    """A file can be read, but what it says can't be right."""

    exit_code = ExitCode.DATA


class TemplateError(DocgenError):
    """A template can't be compiled or rendered."""

    exit_code = ExitCode.TEMPLATE


class OutputError(DocgenError):
    """A file can't be written, or must not be overwritten."""

    exit_code = ExitCode.OUTPUT
