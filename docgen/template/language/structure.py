"""Proves from a part's template code that everything it renders is well-formed, with unique ids and filled cells.

Parts proved so skip the XML check of each document; all others are parsed. The proof is made once, when the template
is translated. It lays out the code with the body of each block once, and with marks at the beginning and end of blocks
and at values. If the layout is well-formed, both ends of each block are in the same element, and every value is in a
text, then any number of turns and any choice of branches is well-formed too, since values are escaped. The layout also
shows whether rendering numbers all drawings, and whether each cell has a paragraph that no block leaves out.
"""

import re
from collections.abc import Iterator, Sequence

from jinja2 import nodes
from lxml import etree

from docgen.base.ooxml import parse_xml
from docgen.base.wordprocessing import MC, WP, Element, R, W, w

_BEGIN, _END, _VALUE = "docgen-begin", "docgen-end", "docgen-value"
#: Placeholders for values in attributes. They can't be part of a name, so a value in a name isn't well-formed.
_DRAWING, _WORD = "(docgen-drawing)", "(docgen-word)"
#: Control characters that XML allows and Word doesn't show.
_CONTROL = re.compile("[\x7f-\x9f]")
#: docgen's filters that print nothing, and those that print a number or a word that needs no escaping.
_SILENT = frozenset(("_end_merge", "_restart"))
_WORDS = frozenset(("_merge", "_page_break", "_vach"))
#: Filters that print their argument, which is always a constant.
_WORDS_OF_CONSTANTS = frozenset(("_list", "_shown"))


class _UnprovableError(Exception):
    """Code of which nothing can be proved."""


def links_of(tree: nodes.Template) -> frozenset[str] | None:
    """The relationship ids that a part uses, if everything it renders is proved sound; else None.

    ``tree`` is its code as parsed by Jinja. The ids of placeholder pictures are left out, as rendering chooses them.
    """
    layout = _Layout()
    try:
        layout.add(tree.body)
        text = "".join(layout.pieces)
        root = parse_xml(text.encode())
    except (_UnprovableError, etree.XMLSyntaxError):
        return None
    texts = "".join(map(str, root.itertext()))
    plain = root.getroottree().docinfo.internalDTD is None and _has_no_loose_end(text) and not _CONTROL.search(texts)
    whole = plain and _is_balanced(root, layout.marks) and _ids_differ(root) and _cells_are_filled(root)
    return frozenset(_links(root)) if whole else None


class _Layout:
    """Template code with each block's body once, and marks at blocks and values."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.marks = 0
        self._blocks = 0

    def add(self, body: Sequence[nodes.Node]) -> None:
        """Lay out nodes, one after the other."""
        for node in body:
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    self._value(child)
            elif isinstance(node, nodes.If):
                branches = [node.body, *(one.body for one in node.elif_), node.else_]
                choice = f" {self._blocks} {len(branches)}" if node.else_ else ""  # one branch is always rendered
                for branch in branches:
                    self._block(branch, choice)
            elif isinstance(node, nodes.For):
                self._block(node.body)
                self._block(node.else_)
            elif isinstance(node, nodes.FilterBlock) and node.filter.name == "_unless_merged":
                self._block(node.body)
            elif not isinstance(node, nodes.Assign | nodes.ExprStmt):
                raise _UnprovableError

    def _block(self, body: Sequence[nodes.Node], choice: str = "") -> None:
        self._blocks += 1
        name = f"{self._blocks}{choice}"
        self._mark(f"{_BEGIN} {name}")
        self.add(body)
        self._mark(f"{_END} {name}")

    def _value(self, node: nodes.Expr) -> None:
        if isinstance(node, nodes.TemplateData):
            if "docgen-" in node.data:
                raise _UnprovableError  # it could be mistaken for a mark
            self.pieces.append(node.data.replace("\n", ""))  # as it is rendered
        elif isinstance(node, nodes.Filter) and node.name == "_so_hinh":
            self.pieces.append(_DRAWING)
        elif isinstance(node, nodes.Filter) and (
            node.name in _WORDS or (node.name in _WORDS_OF_CONSTANTS and isinstance(node.node, nodes.Const))
        ):
            self.pieces.append(_WORD)
        elif not (isinstance(node, nodes.Filter) and node.name in _SILENT):
            self._mark(_VALUE)

    def _mark(self, text: str) -> None:
        """Add a processing instruction. In a tag or an attribute it isn't well-formed, so the proof fails there."""
        self.marks += 1
        self.pieces.append(f"<?{text}?>")


def _has_no_loose_end(text: str) -> bool:
    """Whether each ">" ends a tag: in a text it could follow a value that ends in "]]", and XML forbids "]]>"."""
    first, *rest = text.split("<")
    return ">" not in first and all(piece.count(">") == 1 for piece in rest)


def _takes_values(text: Element | None) -> bool:
    """Whether an element is a w:t with the prefix w, which line breaks in a value can close and open again."""
    above = text.getparent() if text is not None else None
    if text is None or above is None or text.tag != w("t") or text.prefix != "w":
        return False
    return above.nsmap.get("w") == W[1:-1] and all(isinstance(child, etree._ProcessingInstruction) for child in text)


def _is_balanced(root: Element, expected: int) -> bool:
    """Whether both ends of each block are in the same element, each value in a text, and no mark outside the root."""
    begun: dict[str | None, Element | None] = {}
    count = 0
    for mark in _marks(root):
        count += 1
        parent = mark.getparent()
        if mark.target == _VALUE:
            if not _takes_values(parent):
                return False
        elif mark.target == _BEGIN:
            begun[mark.text] = parent
        elif mark.target != _END or begun.pop(mark.text, None) is not parent:
            return False
    return count == expected and not begun


def _marks(root: Element) -> Iterator[etree._ProcessingInstruction]:
    return (mark for mark in root.iter(etree.PI) if isinstance(mark, etree._ProcessingInstruction))


def _ids_differ(root: Element) -> bool:
    """Whether rendering numbers all drawings, and all bookmarks have different ids and are outside of blocks."""
    if next(root.iter(MC + "Fallback"), None) is not None:
        return False  # it has a second copy of each id
    if any(one.get("id") != _DRAWING for one in root.iter(WP + "docPr")):
        return False
    bookmarks = list(root.iter(w("bookmarkStart")))
    ids = {one.get(w("id")) for one in bookmarks}
    return len(ids) == len(bookmarks) and all(_is_sure(one, root) for one in bookmarks)


def _cells_are_filled(root: Element) -> bool:
    """Whether each cell always has a paragraph: one outside of blocks, or one in each branch of a choice."""
    return all(
        any(_is_sure(one, cell) for one in cell.iter(w("p"))) or _has_choice(cell) for cell in root.iter(w("tc"))
    )


def _has_choice(cell: Element) -> bool:
    """Whether each branch of a choice directly in a cell has a paragraph."""
    filled: dict[tuple[str, str], set[str]] = {}
    opened: list[str] = []
    for child in cell:
        if isinstance(child, etree._ProcessingInstruction):
            if child.target == _BEGIN:
                opened.append(child.text or "")
            else:
                opened.pop()
        elif child.tag == w("p") and len(opened) == 1 and " " in opened[0]:
            branch, choice, size = opened[0].split()
            filled.setdefault((choice, size), set()).add(branch)
    return any(len(found) == int(size) for (_choice, size), found in filled.items())


def _is_sure(element: Element, above: Element) -> bool:
    """Whether an element is rendered whenever its ancestor ``above`` is: no block inside of that contains it."""
    while element is not above:
        opened = 0
        for sibling in element.itersiblings(etree.PI, preceding=True):
            opened += {_BEGIN: 1, _END: -1}.get(getattr(sibling, "target", ""), 0)
        parent = element.getparent()
        if opened or parent is None:
            return False
        element = parent
    return True


def _links(root: Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if str(name).startswith(R) and value != _WORD:
                yield str(value)
