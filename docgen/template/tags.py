"""Tags as they stand in a template's paragraphs: what is left open, and what would be dropped with its tag."""

from collections.abc import Callable, Iterator

from docgen.errors import Place, Problem
from docgen.locale import translate as _
from docgen.template.places import CLOSERS, tag_spans
from docgen.template.xml import Element, text_of, w

_WHOLE_PARAGRAPH = ("{%p ", "{{p ", "{#p ")
_WHOLE_ROW = ("{%tr ", "{{tr ", "{#tr ")


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
        rest = _without(text, spans).strip()
        if rest and any(mark in text for mark in _WHOLE_PARAGRAPH):
            message = _("“{text}” đứng cùng đoạn với thẻ {{%p … %}} nên sẽ mất").format(text=rest[:40])
            yield Problem("template.dropped-text", message, _("cho thẻ đứng riêng một đoạn"), place(paragraph))
    yield from _dropped_rows(root, place)


def _dropped_rows(root: Element, place: Callable[[Element], Place]) -> Iterator[Problem]:
    for row in root.iter(w("tr")):
        paragraphs = [paragraph for paragraph in row.iter(w("p")) if next(paragraph.iterancestors(w("tr"))) is row]
        texts = [text_of(paragraph) for paragraph in paragraphs]
        if not any(mark in text for text in texts for mark in _WHOLE_ROW):
            continue
        for paragraph, text in zip(paragraphs, texts, strict=True):
            rest = _without(text, tag_spans(text)).strip()
            if rest:
                message = _("“{text}” đứng cùng hàng với thẻ {{%tr … %}} nên sẽ mất").format(text=rest[:40])
                yield Problem("template.dropped-text", message, _("cho thẻ đứng riêng một hàng"), place(paragraph))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text that stands outside of tags."""
    parts, end = [], 0
    for start, stop in spans:
        parts.append(text[end:start])
        end = stop
    return "".join([*parts, text[end:]])
