"""What a render writes, values escaped into text, and what it keeps count of."""

import sys
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from docgen.base.images import Image
from docgen.base.locale import translate as _

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


#: docxtpl's classes of values.
_OBJECTS = ("RichText", "RichTextParagraph", "Listing", "InlineImage", "Subdoc")
#: A new line in a text of XML that is no run's, which a parser keeps as one.
NEW_LINE = "&#10;"
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


class EmbeddedError(Exception):
    """A value is a picture or a document of docxtpl's, which only docxtpl can place, in a template that it opened."""

    def __init__(self, value: Any) -> None:
        self.value = value
        super().__init__(type(value).__name__)


class Watched(dict[str, Any]):
    """A record some of whose texts must be written: notes the names of the fields that were."""

    __slots__ = ("written",)
    written: set[str]


class Printed(str):
    """A text on its way from its record to where it may be written, by way of a variable or a macro."""

    __slots__ = ("name", "record")
    record: Watched
    name: str


def printed(record: Watched, name: str, value: str) -> Printed:
    """A text of a watched record, which says so wherever it is written."""
    text = Printed(value)
    text.record, text.name = record, name
    return text


def watched_text(value: str) -> Printed:
    """A text that stands in no record, as the one field of a record of its own."""
    record = Watched({"": value})
    record.written = set()
    return printed(record, "", value)


def text_of_value(value: Any) -> str:
    """A value as the XML of a text: escaped, line breaks and tabs as Word writes them.

    This is the one place that writes values.
    """
    if type(value) is str:
        text = value
    elif type(value) is Written:
        return value
    elif is_object(value):
        return _own_xml(value)
    else:
        text = plain_text(value)
    text = _escaped(text)
    if "\n" in text:
        text = text.replace("\n", _BREAK)
    if "\t" in text or "\a" in text or "\f" in text:
        RUN.get().breaks = True
    return text


def _escaped(text: str) -> str:
    if "&" in text or "<" in text or ">" in text or '"' in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text


def property_text(value: Any) -> str:
    """A value as the XML of a property's text; see :func:`text_of_value`."""
    if type(value) is Written:
        return value
    return _escaped(plain_text(value)).replace("\n", NEW_LINE).replace("\a", NEW_LINE).replace("\f", NEW_LINE)


def _own_objects() -> tuple[type, ...]:
    """docxtpl's classes of values, which it is trusted to write; none where nobody has loaded it."""
    module = sys.modules.get("docxtpl")
    found = (getattr(module, name, None) for name in _OBJECTS)
    return tuple(one for one in found if isinstance(one, type))


def _own_xml(value: Any) -> str:
    """docxtpl's own objects as they write themselves; made by docxtpl, which escapes texts.

    Raises EmbeddedError for one that only docxtpl can place, where no template is open for it.
    """
    own: Any = value
    if not isinstance(value, _own_objects()):
        raise LimitError(_("không in được giá trị kiểu {kind}").format(kind=type(own).__name__))
    run = RUN.get()
    if not hasattr(own, "tpl"):
        run.breaks = True
        return str(own.__html__()).replace("\n", _BREAK)
    if run.host is None:
        raise EmbeddedError(own)
    text: str = run.host.placed(own)
    return text


def plain_text(value: Any) -> str:
    """A value as text; see :func:`text_of_value`."""
    if isinstance(value, Printed):
        value.record.written.add(value.name)
    elif isinstance(value, list | tuple | Mapping):
        raise LimitError(_("không in được cả một danh sách hay nhóm: dùng vòng lặp hoặc chọn một trường"))
    elif is_object(value):
        raise LimitError(_("không in được giá trị kiểu {kind}").format(kind=type(value).__name__))
    return str.__str__(value) if isinstance(value, str) else str(value)


def is_object(value: Any) -> bool:
    """Whether a value writes itself."""
    return hasattr(value, "__html__") and not isinstance(value, str)
