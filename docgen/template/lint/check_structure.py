"""Tags of one block that stand where nothing sound can come out between them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem, Severity
from docgen.template.language.xml import Element, w


class Standing(Protocol):
    """A tag in a text element; ``takes`` is "p" of ``{%p``."""

    @property
    def text(self) -> Element:
        """The w:t that it stands in."""

    @property
    def takes(self) -> str:
        """What goes out with it."""

    @property
    def raw(self) -> str:
        """As typed."""


def level_of(tag: Standing) -> tuple[str, Element | None]:
    """What a tag shares with those that it can go together with: the holder of what it takes, else its paragraph."""
    if tag.takes:
        return tag.takes, standing(tag).getparent()
    return "", next(tag.text.iterancestors(w("p")), None)


def structure_problems(pairs: Iterable[tuple[Standing, Standing]], at: Callable[[Element], Place]) -> Iterator[Problem]:
    """For tags that follow each other in one block: what repeats or goes between them must be whole."""
    for first, second in pairs:
        start, end = standing(first), standing(second)
        if start is end or (first.takes and second.takes and start.getparent() is end.getparent()):
            continue
        related = (at(second.text),)
        if not first.takes and not second.takes and _levels(start, end) == _levels(end, start):
            problem = _plain(first, second)
            if problem is not None:
                yield problem.at(at(first.text), related)
            continue
        message = _("{first} và {second} đứng ở hai chỗ không ghép được với nhau").format(
            first=first.raw[:60], second=second.raw[:60]
        )
        hint = _("đặt cả hai cùng kiểu thẻ, trong cùng một ô, cùng một bảng hoặc cùng thân văn bản")
        yield Problem("template.structure", message, hint, at(first.text), related=related)


def _plain(first: Standing, second: Standing) -> Problem | None:
    """Plain tags in two paragraphs of the same depth: the halves of both are glued together or repeated."""
    paragraphs = [next(tag.text.iterancestors(w("p"))) for tag in (first, second)]
    if paragraphs[0] is paragraphs[1]:
        return None
    rows = [next(tag.text.iterancestors(w("tr")), None) for tag in (first, second)]
    kind = "p" if rows[0] is rows[1] else "tr"
    where = _("hai hàng") if kind == "tr" else _("hai đoạn")
    message = _("{first} mở và đóng ở {where} khác nhau mà không có “{kind}”").format(
        first=first.raw[:60], where=where, kind=kind
    )
    hint = _("viết {tag} và đặt mỗi thẻ một chỗ riêng").format(tag="{%" + kind + first.raw[2:].rstrip()[:40])
    return Problem("template.crosses-paragraphs", message, hint, severity=Severity.WARNING)


def standing(tag: Standing) -> Element:
    """What a tag stands for once it is translated: the paragraph, row, cell or run that goes with it, or its text."""
    return next(tag.text.iterancestors(w(tag.takes)), tag.text) if tag.takes else tag.text


def _levels(element: Element, other: Element) -> list[str]:
    """The elements around one, up to the first that is also around the other."""
    around = set(other.iterancestors())
    levels = []
    for ancestor in element.iterancestors():
        if ancestor in around:
            break
        levels.append(ancestor.tag)
    return levels
