"""A tree of text or an outline in, its paragraphs in the order of printing out (Phụ lục I, Mục II.6)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from docgen.base.declare import Contract
from docgen.documents.kind import Context
from docgen.errors import Path
from docgen.model.plan.text import Level, Node, numbered
from docgen.model.progress.outline import Outline, OutlineNode
from docgen.wording.labels import label
from docgen.wording.text import first_upper

END_MARK = "./."
#: A last paragraph shorter than this may be a single line, so that the one before must stay with it too.
_TWO_LINES = 160

PARAGRAPH = {
    "kieu": Contract("Kiểu đoạn: phan, muc, tieu_de, van, van_giu", example="van", required=True),
    "nhan_dam": Contract("Nhãn in đậm, kèm dấu cách", example="Điều 1. ", required=True, printed=True),
    "nhan": Contract("Nhãn không đậm, kèm dấu cách", example="- ", required=True, printed=True),
    "tieu_de": Contract("Tiêu đề (đậm)", example="MỤC TIÊU, YÊU CẦU", required=True, printed=True),
    "van": Contract("Văn", example="Tiếp tục đổi mới…", required=True, printed=True),
}


def paragraphs(nodes: Sequence[Node], *, end_mark: bool = True) -> list[Context]:
    """The paragraphs of a tree.

    The last ones are marked to stay on the page of the signature below them, and "./." ends the content where its
    author hasn't put it.
    """
    found: list[Context] = []
    _flatten(tuple(nodes), found)
    if found and end_mark:
        last = found[-1]
        key = "van" if last["van"] else "tieu_de"
        last[key] = closed(last[key])
    _keep_with_signature(found)
    return found


def closed(text: str) -> str:
    """The text with the end mark "./.", which replaces no mark of the author's own."""
    stripped = text.rstrip()
    if stripped.endswith(END_MARK):
        return stripped
    return stripped.rstrip(" ;,") + (END_MARK[1:] if stripped.endswith(".") else END_MARK)


def with_mark(text: str, mark: str) -> str:
    """A line of a list with its closing mark; one that the author typed is not doubled."""
    bare = text.rstrip()
    while bare.endswith((";", ".")) and not bare.endswith(("...", "v.v.")):
        bare = bare[:-1].rstrip()
    return bare + mark


def base_lines(bases: Sequence[str], proposer: str | None) -> list[str]:
    """The lines of căn cứ: each ends with ";", the last with "." (C11)."""
    lines = list(bases)
    if proposer:
        opening = "Theo đề nghị của "
        lines.append(first_upper(proposer) if proposer.lower().startswith(opening.lower()) else opening + proposer)
    return [with_mark(line, ";" if index < len(lines) - 1 else ".") for index, line in enumerate(lines)]


def _flatten(nodes: tuple[Node, ...], found: list[Context]) -> None:
    for number, node in numbered(nodes):
        name = label(node.level, number)
        bold = node.heading is not None or node.level == "dieu"
        space = "" if node.level in ("khong", "phan") else " "
        found.append(
            {
                "kieu": _style(node),
                "nhan_dam": name + space if bold else "",
                "nhan": "" if bold else name + space,
                "tieu_de": node.heading or "",
                "van": node.text or "",
            }
        )


def _style(node: Node) -> str:
    if node.level in ("phan", "muc"):
        return node.level
    if node.heading is not None and node.level != "dieu":
        return "tieu_de"
    leads_in = bool(node.children) and node.line.rstrip().endswith(":")
    return "van_giu" if leads_in else "van"


def _keep_with_signature(found: list[Context]) -> None:
    for back, paragraph in enumerate(reversed(found)):
        if paragraph["kieu"] == "van":
            paragraph["kieu"] = "van_giu"
        if back == 1 or len(paragraph["van"]) > _TWO_LINES:
            break


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


def _node(level: Level, heading: str | None, text: str | None, children: tuple[Node, ...]) -> Node:
    return Node(level=level, heading=heading or None, text=text or None, children=children)
