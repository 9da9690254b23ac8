"""Checks that rendering loses no data: each field with a tag in the template is printed for every record shown.

Before a render, the records with such texts are copied into ones that record which of their fields are printed; after
it, these are compared with the texts. A text that passes through a variable or a macro keeps its record
(:class:`docgen.template.language.values.Printed`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docgen.base.locale import translate as _
from docgen.errors import Problem
from docgen.template.language.inspect import FieldPath
from docgen.template.language.values import Printed, Watched, watched_text
from docgen.wording.typography import plainly


@dataclass
class Shape:
    """The texts to watch in a context: the names ``texts`` in the record at ``path``, and the shapes inside of it."""

    path: FieldPath = ()
    texts: set[str] = field(default_factory=set)
    inner: dict[str, "Shape"] = field(default_factory=dict)


class Watch(NamedTuple):
    """A watched record, and its shape."""

    shape: Shape
    record: Watched


def shape_of(tracked: Iterable[FieldPath]) -> Shape:
    """The shape of a context whose ``tracked`` fields must be printed."""
    root = Shape()
    for path in tracked:
        shape = root
        for name in path[:-1]:
            shape = shape.inner.setdefault(name, Shape((*shape.path, name)))
        shape.texts.add(path[-1])
    return root


def watch(context: Mapping[str, Any], shape: Shape, watched: list[Watch]) -> dict[str, Any]:
    """A copy of the context with watched records, which are added to ``watched``."""
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
    """Watch a text directly in the context, or a list of such."""
    if isinstance(value, list):
        return [_watch_text(item, shape, watched) for item in value]
    if not isinstance(value, str):
        return value
    text: Printed = watched_text(value)
    watched.append(Watch(shape, text.record))
    return text


def unprinted(watched: Iterable[Watch], file: str) -> Iterator[Problem]:
    """A problem for each text that wasn't printed although its record was shown and the template has a tag for it."""
    for shape, record in watched:
        if shape.texts <= record.written:
            continue
        texts = {name: text for name in record if name in shape.texts and _says(text := record[name])}
        lost = [text for name, text in texts.items() if name not in record.written]
        if len(lost) == len(texts) and len(shape.path) > 1:
            continue  # the template leaves the record out
        for text in lost:
            message = _("mẫu {file} có thẻ cho “{tag}” nhưng không in giá trị “{value}”").format(
                file=file, tag=".".join(shape.path), value=plainly(text[:60])
            )
            yield Problem("template.not-printed", message, _("kiểm tra điều kiện quanh thẻ đó"))


def _says(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
