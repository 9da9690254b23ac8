"""An outline in, a tree of finished text out: sentences said, what docgen puts in set in its place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from docgen.errors import Path
from docgen.model.plan.text import Node
from docgen.model.progress.outline import Outline, OutlineNode

#: Finishes one sentence with tags; handed in by the pipeline, which compiles it.
Say = Callable[[str, Mapping[str, Any]], str]
#: The nodes that stand for one ``chen``, given the outline's node.
Insert = Callable[[OutlineNode], Sequence[Node]]


def texts_of(outline: Outline) -> Iterator[tuple[Path, str]]:
    """Every text with tags in an outline, with its path; what is to be compiled before any is said."""
    yield ("trich_yeu",), outline.abstract
    yield from ((("noi_nhan", index), text) for index, text in enumerate(outline.recipients))
    yield from _texts_below(outline.content, ("noi_dung",))
    for index, cases in enumerate(outline.sentences):
        for key, text in zip(CASE_KEYS, (cases.none, cases.no_data, cases.nothing, cases.some, cases.all), strict=True):
            if text is not None:
                yield ("cau", index, key), text


def inserts_of(outline: Outline) -> Iterator[tuple[Path, str]]:
    """Every name of a piece to be put in, with its path."""
    yield from _inserts_below(outline.content, ("noi_dung",))


def _inserts_below(nodes: tuple[OutlineNode, ...], path: Path) -> Iterator[tuple[Path, str]]:
    for index, node in enumerate(nodes):
        if node.insert is not None:
            yield (*path, index, "chen"), node.insert
        yield from _inserts_below(node.children, (*path, index, "noi_dung"))


CASE_KEYS = ("khong_co", "chua_co_so_lieu", "chua_xong", "mot_phan", "tat_ca")


def _texts_below(nodes: tuple[OutlineNode, ...], path: Path) -> Iterator[tuple[Path, str]]:
    for index, node in enumerate(nodes):
        here = (*path, index)
        for key, text in (("tieu_de", node.heading), ("van", node.text)):
            if text is not None:
                yield (*here, key), text
        yield from _texts_below(node.children, (*here, "noi_dung"))


def finished(
    nodes: tuple[OutlineNode, ...], say: Say, context: Mapping[str, Any], inserts: Mapping[str, Insert]
) -> tuple[Node, ...]:
    """The text of an outline; a sentence that comes out empty leaves no paragraph."""
    found: list[Node] = []
    for node in nodes:
        if node.insert is not None:
            found += inserts[node.insert](node)
            continue
        children = finished(node.children, say, context, inserts)
        if node.children and not children and node.text is None:
            continue  # a heading with nothing below it says nothing
        heading = say(node.heading, context) if node.heading is not None else None
        text = say(node.text, context) if node.text is not None else None
        if heading or text or children:
            found.append(_node(node.level, heading, text, children))
    return tuple(found)


def _node(level: str, heading: str | None, text: str | None, children: tuple[Node, ...]) -> Node:
    return Node(cap=level, tieu_de=heading or None, van=text or None, noi_dung=children)
