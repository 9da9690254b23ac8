"""What one render keeps count of, while the code of a template runs."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from docgen.base.images import Image

#: Turns of all loops of one document; 100,000 rows of ten cells take a tenth of it.
MAX_TURNS = 10_000_000


class LimitError(Exception):
    """Template code ran past a bound; the message says which."""


class PlacingError(Exception):
    """An object of docxtpl's could not write itself into the document; the message says why."""


class Written(Markup):
    """XML that template code itself has written, every value in it escaped: what a macro or a block came to.

    A value or a filter can't make one, so whatever else says that it is markup is text.
    """

    __slots__ = ()


class Shown(NamedTuple):
    """The picture that a placeholder shows now: its relationship, its size and its place in the box, in EMU."""

    link: str
    width: int
    height: int
    left: int = 0
    top: int = 0


@dataclass
class Run:
    """What one render keeps count of.

    ``folder`` is where pictures are read from; without one, placeholder pictures stay. ``above`` holds, by table and
    column, the value of the cell above; ``merged`` whether the cell goes on from it. ``restarted`` are the lists made
    anew, as pairs of the new number and the one that it is like; ``lists`` the number in force of each list. ``used``
    are the placeholder pictures that are still shown, by part and relationship. ``host`` is where docxtpl's pictures
    and documents are placed; without one, a value that is such stops the render.
    """

    folder: Path | None = None
    turns: int = MAX_TURNS
    drawings: int = 0
    breaks: bool = False
    missing: dict[str, None] = field(default_factory=dict)
    above: dict[str, Any] = field(default_factory=dict)
    merged: dict[str, bool] = field(default_factory=dict)
    loops: dict[str, Any] = field(default_factory=dict)
    lists: dict[int, int] = field(default_factory=dict)
    restarted: list[tuple[int, int]] = field(default_factory=list)
    shown: Shown | None = None
    media: dict[str, Image] = field(default_factory=dict)
    links: dict[tuple[str, str], str] = field(default_factory=dict)
    used: set[tuple[str, str]] = field(default_factory=set)
    host: Any = None


#: The render that is under way in this thread or task.
RUN: ContextVar[Run] = ContextVar("RUN")
