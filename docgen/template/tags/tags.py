"""Tags as they stand in a template's paragraphs: what is left open, and what would be dropped with its tag."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem
from docgen.template.language.places import CLOSERS, tag_spans
from docgen.template.language.xml import Element, text_of, w

Marks = tuple[str, ...]
_WHOLE_PARAGRAPH = ("{%p ", "{{p ", "{#p ")
_WHOLE_ROW = ("{%tr ", "{{tr ", "{#tr ")
_WHOLE_CELL = ("{%tc ", "{{tc ", "{#tc ")


class Words(NamedTuple):
    """How it is said that something goes out with a tag."""

    lost: str
    hint: str


_IN_PARAGRAPH = Words(_("{what} đứng cùng đoạn với thẻ {{%p … %}} nên sẽ mất"), _("cho thẻ đứng riêng một đoạn"))
_IN_ROW = Words(_("{what} đứng cùng hàng với thẻ {{%tr … %}} nên sẽ mất"), _("cho thẻ đứng riêng một hàng"))
_IN_CELL = Words(_("{what} đứng cùng ô với thẻ {{%tc … %}} nên sẽ mất"), _("cho thẻ đứng riêng một ô"))


def check_tags(root: Element, place: Callable[[Element], Place]) -> Iterator[Problem]:
    """Every tag that its paragraph doesn't close, and every text that goes out with a ``{%p`` or ``{%tr`` tag."""
    for paragraph in root.iter(w("p")):
        text = text_of(paragraph)
        if "{" not in text:
            continue
        spans = tag_spans(text)
        for start, stop in spans:
            if not text[start:stop].endswith(CLOSERS[text[start : start + 2]]):
                message = _("thẻ mở mà không đóng trong đoạn: {tag}").format(tag=text[start : start + 40])
                hint = _("thêm {closer}, hoặc xóa dấu mở").format(closer=CLOSERS[text[start : start + 2]])
                yield Problem("template.unclosed-tag", message, hint, place(paragraph))
        if any(mark in text for mark in _WHOLE_PARAGRAPH):
            yield from _dropped([paragraph], _WHOLE_PARAGRAPH, _IN_PARAGRAPH, place)
    yield from _dropped_around(root, "tr", _WHOLE_ROW, _IN_ROW, place)
    yield from _dropped_around(root, "tc", _WHOLE_CELL, _IN_CELL, place)


def _dropped_around(
    root: Element, name: str, marks: Marks, words: Words, place: Callable[[Element], Place]
) -> Iterator[Problem]:
    """What goes out with a tag that takes the whole row or cell around it."""
    for around in root.iter(w(name)):
        paragraphs = [inner for inner in around.iter(w("p")) if next(inner.iterancestors(w(name))) is around]
        if any(mark in text_of(paragraph) for paragraph in paragraphs for mark in marks):
            yield from _dropped(paragraphs, marks, words, place)


def _dropped(
    paragraphs: list[Element], marks: Marks, words: Words, place: Callable[[Element], Place]
) -> Iterator[Problem]:
    """The texts, and the tags but for the last that takes the whole, which is the one that is left."""
    tags = []
    for paragraph in paragraphs:
        text = text_of(paragraph)
        spans = tag_spans(text)
        rest = _without(text, spans).strip()
        if rest:
            message = words.lost.format(what=f"“{rest[:40]}”")
            yield Problem("template.dropped-text", message, words.hint, place(paragraph))
        tags += [(paragraph, text[start:stop]) for start, stop in spans if not text.startswith("{# ", start)]
    kept = max((number for number, (_paragraph, tag) in enumerate(tags) if tag.startswith(marks)), default=-1)
    for number, (paragraph, tag) in enumerate(tags):
        if number != kept:
            message = words.lost.format(what=_("thẻ {tag}").format(tag=tag[:40]))
            yield Problem("template.dropped-tag", message, words.hint, place(paragraph))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text that stands outside of tags."""
    parts, end = [], 0
    for start, stop in spans:
        parts.append(text[end:start])
        end = stop
    return "".join([*parts, text[end:]])
