"""Records added at the end of lists of a YAML text; every line and comment that is there stays to the letter.

The text is cut where libyaml says that a list ends, and read again: what doesn't say just the same and the new records
is refused, so that a broken file is never written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from docgen.base.declare import Record, declarations
from docgen.base.locale import translate as _
from docgen.errors import Path, Place, Problem, SourceError
from docgen.readers import tree as read
from docgen.readers.yaml.edits import Edit, end_of_block, line_below, line_end
from docgen.readers.yaml.reader import parse_yaml
from docgen.wording.dates import format_date
from docgen.wording.numbers import format_plain

_STEP = 2


@dataclass(frozen=True)
class Addition:
    """Records for the end of the list at ``path``; the key of the list itself may be missing."""

    path: Path
    records: Sequence[Record]


def add_records(text: str, additions: Sequence[Addition], shown: str) -> str:
    """The text with the records in it. Raises SourceError where that can't be done to the letter."""
    before, _problems = parse_yaml(text, shown)  # also refuses what composing in C can't bear
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert root is not None  # an empty text was refused above
    result = text
    try:
        edits = [_edit(text, root, addition) for addition in additions]
    except LookupError:
        raise _refused(shown) from None
    # Of edits at the same spot the later stands behind: a group behind the tasks of the group before it.
    for _number, edit in sorted(enumerate(edits), key=lambda one: (one[1].start, one[0]), reverse=True):
        result = result[: edit.start] + edit.text + result[edit.end :]
    wanted = _said(before)
    for addition in additions:
        _extend(wanted, addition)
    try:
        after, _problems = parse_yaml(result, shown)
    except SourceError:
        raise _refused(shown) from None
    if _said(after) != wanted:
        raise _refused(shown)
    return result


def _refused(shown: str) -> SourceError:
    message = _("không chèn được vào tệp này mà giữ nguyên phần còn lại")
    hint = _("viết danh sách của nhóm thành các dòng bắt đầu bằng “- ”, rồi chạy lại")
    return SourceError(Problem("import.not-inserted", message, hint, Place(shown)))


# ---------------------------------------------------------------- what a text says


def _said(tree: read.Tree) -> Any:
    match tree:
        case read.Mapping():
            return {key: _said(child) for key, child in tree.items.items()}
        case read.Sequence():
            return [_said(child) for child in tree.items]
        case _:
            return tree.text


def _extend(said: Any, addition: Addition) -> None:
    """Add to plain values what the text is to say besides."""
    for step, following in zip(addition.path, (*addition.path[1:], 0), strict=True):
        if isinstance(said, dict) and said.get(str(step), "") == "":
            said[str(step)] = [] if isinstance(following, int) else {}
        said = said[step]
    said += [_texts(_plain(record)) for record in addition.records]


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_texts(child) for child in value]
    return format_plain(value) if isinstance(value, Decimal) else value


def _plain(record: Record) -> dict[str, Any]:
    """A record's values by key as a person would type them; what equals the default is left out."""
    typed: dict[str, Any] = {}
    for key, declared in declarations(type(record)).items():
        value = getattr(record, declared.name)
        if value == declared.default and not declared.required:
            continue
        if declared.record is not None and isinstance(value, tuple):
            typed[key] = [_plain(one) for one in value]
        elif isinstance(value, tuple):
            typed[key] = "\n".join(value)
        elif isinstance(value, Record):
            typed[key] = _plain(value)
        else:
            typed[key] = value if isinstance(value, Decimal | str) else format_date(value)
    return typed


# ---------------------------------------------------------------- where it goes


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as blocks, amounts as bare digits."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text and all(line == line.strip() and line for line in text.split("\n")) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_amount(dumper: yaml.SafeDumper, amount: Decimal) -> yaml.ScalarNode:
    digits = format_plain(amount)
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in digits else 'int'}", digits)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Decimal, _represent_amount)


def _dumped(value: Any, *, flow: bool = False) -> str:
    text: str = yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=2**31 - 1,
        default_flow_style=flow,
        indent=_STEP,
    )
    return text


def _edit(text: str, root: yaml.Node, addition: Addition) -> Edit:
    """The cut for one addition. Raises LookupError where there is no such place."""
    node, rest = root, list(addition.path)
    while rest:
        child = _child(node, rest[0])
        if child is None:
            break
        rest.pop(0)
        if not rest or (isinstance(child[1], yaml.ScalarNode) and not child[1].value):
            return _into(text, *child, rest, addition.records)
        node = child[1]
    if not isinstance(node, yaml.MappingNode):
        raise LookupError(rest[0])
    return _new_key(text, node, rest, addition.records)


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """A value with its key; of a list, the item with itself."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        item = node.value[step]
        return item, item
    return None


def _into(text: str, key: yaml.Node, value: yaml.Node, rest: list[str | int], records: Sequence[Record]) -> Edit:
    """Into a list that is there, empty or not, or after a key that has no value yet."""
    values = _below(rest, records)
    if isinstance(value, yaml.SequenceNode) and value.flow_style:
        if value.value:
            at = value.end_mark.index - 1
            body = _dumped(values, flow=True).strip()[1:-1]
            joint = "" if text[:at].rstrip().endswith(",") else ", "
            return Edit(at, at, joint + body)
        start = value.start_mark.index
        line = line_end(text, value.end_mark.index)
        between = text[value.end_mark.index : line]
        start = len(text[:start].rstrip(" "))
        return Edit(start, line, between + _lines(text, values, _column(key) + _STEP, line))
    if isinstance(value, yaml.SequenceNode):
        column = _column(value)
        end = line_below(text, _end_of(text, value), column)
        gap = _gap(text, value.value[-1]) if len(value.value) > 1 else ""
        return Edit(end, end, gap + _block(text, values, column, end))
    line = line_end(text, max(key.end_mark.index, value.end_mark.index))
    return Edit(line, line, _lines(text, values, _column(key) + _STEP, line))


def _new_key(text: str, node: yaml.MappingNode, rest: list[str | int], records: Sequence[Record]) -> Edit:
    """A key that isn't there yet, at the end of its mapping."""
    values = {str(rest[0]): _below(rest[1:], records)}
    if node.flow_style:
        at = node.end_mark.index - 1
        body = _dumped(values, flow=True).strip()[1:-1]
        joint = "" if text[:at].rstrip().endswith((",", "{")) else ", "
        return Edit(at, at, joint + body)
    column = _column(node)
    end = line_below(text, _end_of(text, node), column)
    return Edit(end, end, _block(text, values, column, end))


def _below(rest: Sequence[str | int], records: Sequence[Record]) -> Any:
    """What stands at the end of a path that has yet to be made."""
    value: Any = [_plain(record) for record in records]
    for step in reversed(rest):
        value = [value] if isinstance(step, int) else {step: value}
    return value


def _block(text: str, values: Any, column: int, at: int) -> str:
    """Values as lines of their own, indented to a column; ``at`` is the start of a line, or the end of the text."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = [(" " * column + line) if line else line for line in _dumped(values).splitlines()]
    before = "" if not at or text[at - 1] in "\r\n" else newline
    return before + newline.join(lines) + newline


def _lines(text: str, values: Any, column: int, at: int) -> str:
    """Values below the line that ends at ``at``, without the last break."""
    newline = "\r\n" if "\r\n" in text else "\n"
    return newline + _block(text, values, column, 0).removesuffix(newline)


def _gap(text: str, last: yaml.Node) -> str:
    """The empty line that stands between the items of a list, where one does."""
    start = text.rfind("\n", 0, last.start_mark.index)
    above = text[text.rfind("\n", 0, start) + 1 : start] if start > 0 else "-"
    return "" if above.strip() else "\r\n" if "\r\n" in text else "\n"


def _column(node: yaml.Node) -> int:
    return int(node.start_mark.column)


def _end_of(text: str, node: yaml.Node) -> int:
    """Where the last value in a node ends; libyaml's own end of a block is where the next thing starts."""
    last = node
    for found in _lasts(node):
        last = found
    if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">"):
        return end_of_block(text, last.start_mark.index, last.end_mark.index)
    return int(last.end_mark.index)


def _lasts(node: yaml.Node) -> Iterator[yaml.Node]:
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
        yield node
