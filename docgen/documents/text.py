"""The paragraphs of a tree of text as they are printed (Phụ lục I, Mục II.6), and the tree that an outline makes."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from docgen.base.declare import Contract
from docgen.documents.kind import Context
from docgen.errors import Path
from docgen.model.plan.text import Node, numbered, walk
from docgen.model.progress.outline import Outline, OutlineNode
from docgen.wording.labels import label
from docgen.wording.text import first_upper, without_end_mark
from docgen.wording.typography import IN_CELL, IN_LINE, keep_together

END_MARK = "./."
_DASH = re.compile(r"^\s*[-–+•*]\s+")
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
    """The paragraphs of a tree, in the order of printing.

    “./.” is added to the end if the author didn't type it. The last paragraphs get the style that keeps them on the
    page of the signature.
    """
    found = [_paragraph(number, node) for number, node in numbered(tuple(nodes))]
    if found and end_mark:
        last = found[-1]
        key = "van" if last["van"] else "tieu_de"
        last[key] = closed(last[key])
    _keep_with_signature(found)
    return found


def closed(text: str) -> str:
    """``text`` with the end mark “./.” after its own “.”, or in place of “,” or “;”."""
    stripped = text.rstrip()
    if stripped.endswith(END_MARK):
        return stripped
    return stripped.rstrip(" ;,") + (END_MARK[1:] if stripped.endswith(".") else END_MARK)


def with_mark(text: str, mark: str) -> str:
    """A line of a list with ``mark`` at its end, in place of the one that its author may have typed."""
    return without_end_mark(text) + mark


def with_marks(lines: Sequence[str]) -> list[str]:
    """The lines of a list, each with “;” at its end, the last with “.”."""
    return [*(with_mark(line, ";") for line in lines[:-1]), *(with_mark(line, ".") for line in lines[-1:])]


def ended(text: str) -> str:
    """A sentence with its full stop; a closing mark that its author typed stays, but for one that goes on."""
    bare = text.rstrip().rstrip(";,:").rstrip()
    return bare if bare.endswith((".", "!", "?", "…", ".”", '."')) else f"{bare}."


def one_line(lines: Iterable[str]) -> str:
    """An author's lines as one piece of a sentence: without dashes and closing marks, kept apart by “;”."""
    bare = (with_mark(_DASH.sub("", " ".join(line.split())), "") for line in lines)
    return "; ".join(line for line in bare if line)


def listed(names: Sequence[str]) -> str:
    """Names one after another; by “;” where some name has a comma of its own."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def base_lines(bases: Sequence[str], proposer: str | None) -> list[str]:
    """The lines of căn cứ, the last of which is the proposal (C11)."""
    lines = list(bases)
    if proposer:
        opening = "Theo đề nghị của "
        lines.append(first_upper(proposer) if proposer.lower().startswith(opening.lower()) else opening + proposer)
    return with_marks(lines)


def unbroken(context: Context) -> Context:
    """The context of a paper that docgen words, with its texts kept together; its frame stays as it is."""
    return {key: value if key == "van_ban" else _unbroken(value, key) for key, value in context.items()}


def _unbroken(value: Any, name: str, most: int = IN_LINE) -> Any:
    most = IN_CELL if name.startswith("bang_") else most
    if isinstance(value, str):
        return keep_together(value, most)
    if isinstance(value, list):
        return [_unbroken(item, name, most) for item in value]
    return {key: _unbroken(inner, key, most) for key, inner in value.items()} if isinstance(value, dict) else value


def _paragraph(number: int, node: Node) -> Context:
    name = label(node.level, number)
    bold = node.heading is not None or node.level == "dieu"
    space = "" if node.level in ("khong", "phan") else " "
    return {
        "kieu": _style(node),
        "nhan_dam": name + space if bold else "",
        "nhan": "" if bold else name + space,
        "tieu_de": node.heading or "",
        "van": node.text or "",
    }


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


#: Renders a sentence with tags; the workflow that compiles the sentences provides it.
Say = Callable[[str, Mapping[str, Any]], str]
#: Makes the nodes that replace a node of an outline with ``chen``.
Insert = Callable[[OutlineNode], Sequence[Node]]


def texts_of(outline: Outline) -> Iterator[tuple[Path, str]]:
    """All texts with tags in an outline, with their paths."""
    yield ("trich_yeu",), outline.abstract
    yield from ((("noi_nhan", index), text) for index, text in enumerate(outline.recipients))
    for path, node in walk(outline.content, ("noi_dung",)):
        for key, text in (("tieu_de", node.heading), ("van", node.text)):
            if text is not None:
                yield (*path, key), text
    for index, cases in enumerate(outline.sentences):
        for key, text in cases.by_key().items():
            if key != "ma" and text is not None:
                yield ("cau", index, key), text


def inserts_of(outline: Outline) -> Iterator[tuple[Path, str]]:
    """The names of all pieces to insert in an outline, with their paths."""
    for path, node in walk(outline.content, ("noi_dung",)):
        if node.insert is not None:
            yield (*path, "chen"), node.insert


Case = Literal["text", "none", "no_data", "nothing", "some", "all"]


@dataclass(frozen=True)
class Wording:
    """The sentences of an outline; ``context`` is what all of them may say, to which each adds facts of its own."""

    outline: Outline
    finish: Say
    context: Mapping[str, Any]

    def say(self, code: str, case: Case = "text", **facts: Any) -> str:
        """The finished sentence; "" where the outline has none for this case."""
        cases = next((one for one in self.outline.sentences if one.code == code), None)
        sentence: str | None = getattr(cases, case, None)
        return self.finish(sentence, {**self.context, **facts}) if sentence is not None else ""


def finished(
    nodes: tuple[OutlineNode, ...], say: Say, context: Mapping[str, Any], inserts: Mapping[str, Insert]
) -> tuple[Node, ...]:
    """The tree of text that an outline makes; nodes without text and children go, a lone khoản isn't numbered."""
    found: list[Node] = []
    for node in nodes:
        if node.insert is not None:
            found += inserts[node.insert](node)
            continue
        children = _without_lone_number(finished(node.children, say, context, inserts))
        if node.children and not children and node.text is None:
            continue  # a heading whose children are all empty
        heading = say(node.heading, context) if node.heading is not None else None
        text = say(node.text, context) if node.text is not None else None
        if heading or text or children:
            found.append(Node(level=node.level, heading=heading or None, text=text or None, children=children))
    return tuple(found)


def _without_lone_number(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """What stands below a heading; a headed khoản that is the only one keeps its heading, without “1.”."""
    if sum(node.level == "khoan" for node in nodes) != 1:
        return nodes
    return tuple(
        replace(node, level="khong") if node.level == "khoan" and node.heading is not None else node for node in nodes
    )
