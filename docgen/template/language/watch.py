"""Nothing lost between data and document: what a template has a tag for is written for every record that it shows.

Before a render the records that hold such texts are copied into ones that note which of their fields are written;
after it, the notes are held against the texts. A text that flows through a variable or a macro carries its record
with it (:class:`docgen.template.language.values.Printed`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docgen.base.locale import translate as _
from docgen.errors import Problem
from docgen.template.language.inspect import FieldPath
from docgen.template.language.values import Printed, Watched, watched_text


@dataclass
class Shape:
    """Where a context holds texts to watch: names of ``texts`` in the record at ``path``, and shapes further in."""

    path: FieldPath = ()
    texts: set[str] = field(default_factory=set)
    inner: dict[str, "Shape"] = field(default_factory=dict)


class Watch(NamedTuple):
    """A record that is watched, with what it is of its context."""

    shape: Shape
    record: Watched


def shape_of(tracked: Iterable[FieldPath]) -> Shape:
    """The shape of a context whose ``tracked`` fields must be written."""
    root = Shape()
    for path in tracked:
        shape = root
        for name in path[:-1]:
            shape = shape.inner.setdefault(name, Shape((*shape.path, name)))
        shape.texts.add(path[-1])
    return root


def watch(context: Mapping[str, Any], shape: Shape, watched: list[Watch]) -> dict[str, Any]:
    """The context with its records watched, each added to ``watched``."""
    shown = dict(context)
    for name, inner in shape.inner.items():
        if name in shown:
            shown[name] = _watch(shown[name], inner, watched)
    for name in shape.texts & shown.keys():
        shown[name] = _watch_text(shown[name], Shape((name,), {""}), watched)
    return shown


def _watch(value: Any, shape: Shape, watched: list[Watch]) -> Any:
    if isinstance(value, list):
        return [_watch(item, shape, watched) for item in value]
    if not isinstance(value, Mapping):
        return value
    record = Watched(value)
    record.written = set()
    if shape.texts:
        watched.append(Watch(shape, record))
    for name, inner in shape.inner.items():
        if name in record:
            record[name] = _watch(record[name], inner, watched)
    return record


def _watch_text(value: Any, shape: Shape, watched: list[Watch]) -> Any:
    """A text of the context itself, or a list of such."""
    if isinstance(value, list):
        return [_watch_text(item, shape, watched) for item in value]
    if not isinstance(value, str):
        return value
    text: Printed = watched_text(value)
    watched.append(Watch(shape, text.record))
    return text


def unprinted(watched: Iterable[Watch], file: str) -> Iterator[Problem]:
    """Values lost between data and document: a record was shown, but not all that its template has a tag for."""
    for shape, record in watched:
        if shape.texts <= record.written:
            continue
        texts = {name: text for name in record if name in shape.texts and _says(text := record[name])}
        lost = [text for name, text in texts.items() if name not in record.written]
        if len(lost) == len(texts) and len(shape.path) > 1:
            continue  # the template leaves the record out
        for text in lost:
            message = _("mẫu {file} có thẻ cho “{tag}” nhưng không in giá trị “{value}”").format(
                file=file, tag=".".join(shape.path), value=text[:60]
            )
            yield Problem("template.not-printed", message, _("kiểm tra điều kiện quanh thẻ đó"))


def _says(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
