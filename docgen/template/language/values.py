"""A value in, what a part of a document holds of it out: the one place that writes values.

Every value is escaped; docxtpl's own objects write themselves, and no other object does. A text of a record that is
watched says so when it is written.
"""

import sys
from collections.abc import Mapping
from typing import Any

from docgen.base.locale import translate as _
from docgen.template.language.run import RUN, LimitError, Written

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
