"""Writes values as escaped text, and holds the state of a render."""

import sys
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from docgen.base.images import Image
from docgen.base.locale import translate as _
from docgen.wording.typography import plainly

#: Most turns of all loops of one document together; 100,000 rows of ten cells take a tenth of it.
MAX_TURNS = 10_000_000


class LimitError(Exception):
    """Template code exceeded a limit, which the message names."""


class PlacingError(Exception):
    """An object of docxtpl can't write itself into the document, for the reason in the message."""


class Written(Markup):
    """XML rendered by a macro or a block of the template, with every value in it escaped.

    Values and filters can't make one: other objects that claim to be markup are escaped as text.
    """

    __slots__ = ()


class Shown(NamedTuple):
    """The picture to show in a placeholder: its relationship id, its size and its position in the box, in EMU."""

    link: str
    width: int
    height: int
    left: int = 0
    top: int = 0


@dataclass
class Run:
    """The state of one render.

    ``folder`` is where pictures are read from; without one, placeholder pictures stay. ``turns`` are the turns of loops
    left, ``drawings`` the number of drawings so far, ``breaks`` whether a value has tabs, paragraph or page breaks.
    ``above`` is the value of the cell above, by table and column, ``merged`` whether the cell continues it.
    ``restarted`` are new lists, as pairs of new and old number; ``lists`` the current number of each list. ``used`` are
    the placeholder pictures still shown, by part and relationship id. ``host`` places docxtpl's pictures and documents;
    without one, such a value stops the render.
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


#: The current render of this thread or task.
RUN: ContextVar[Run] = ContextVar("RUN")


#: docxtpl's classes of values that write themselves.
_OBJECTS = ("RichText", "RichTextParagraph", "Listing", "InlineImage", "Subdoc")
#: A line break in XML text outside of runs, which a parser keeps as it is.
NEW_LINE = "&#10;"
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


class EmbeddedError(Exception):
    """A value is a picture or document of docxtpl, which only docxtpl can place, in a template it has opened."""

    def __init__(self, value: Any) -> None:
        self.value = value
        super().__init__(type(value).__name__)


class Watched(dict[str, Any]):
    """A record with texts that must be printed; ``written`` are the names of the fields that have been."""

    __slots__ = ("written",)
    written: set[str]


class Printed(str):
    """A text of a watched record in a variable or macro argument; it remembers its record and field."""

    __slots__ = ("name", "record")
    record: Watched
    name: str


def printed(record: Watched, name: str, value: str) -> Printed:
    """Make a text of a watched record, which is recorded there when it is printed."""
    text = Printed(value)
    text.record, text.name = record, name
    return text


def watched_text(value: str) -> Printed:
    """Watch a text outside of any record, as the only field of a record of its own."""
    record = Watched({"": value})
    record.written = set()
    return printed(record, "", value)


def text_of_value(value: Any) -> str:
    """A value as the XML of a text: escaped, with line breaks as Word's elements.

    Tabs, paragraph breaks (\\a) and page breaks (\\f) stay characters until the whole part is rendered; they set
    ``breaks`` of the current render. So do no-break hyphens. All values of a document's parts are written here.
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
    """A value as the XML of a property's text, with plain spaces and hyphens; see :func:`text_of_value`."""
    if type(value) is Written:
        return value
    return _escaped(plainly(plain_text(value))).replace("\n", NEW_LINE).replace("\a", NEW_LINE).replace("\f", NEW_LINE)


def _own_objects() -> tuple[type, ...]:
    """docxtpl's classes of values, which are trusted to write XML; none if docxtpl isn't loaded."""
    module = sys.modules.get("docxtpl")
    found = (getattr(module, name, None) for name in _OBJECTS)
    return tuple(one for one in found if isinstance(one, type))


def _own_xml(value: Any) -> str:
    """The XML that an object of docxtpl writes itself; docxtpl escapes its texts.

    Raises EmbeddedError for one that only docxtpl can place if there is no ``host``, LimitError for other objects.
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
    """A value as text, not escaped. Raises LimitError for lists, records and objects that write themselves."""
    if isinstance(value, Printed):
        value.record.written.add(value.name)
    elif isinstance(value, list | tuple | Mapping):
        raise LimitError(_("không in được cả một danh sách hay nhóm: dùng vòng lặp hoặc chọn một trường"))
    elif is_object(value):
        raise LimitError(_("không in được giá trị kiểu {kind}").format(kind=type(value).__name__))
    return str.__str__(value) if isinstance(value, str) else str(value)


def is_object(value: Any) -> bool:
    """Whether a value writes itself as markup (``__html__``)."""
    return hasattr(value, "__html__") and not isinstance(value, str)
