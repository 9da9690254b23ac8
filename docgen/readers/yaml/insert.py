"""Adding of records to lists of a YAML text; every line and comment that is there stays as it is.

The changed text is read again: one that doesn't hold the old values and the new records, and nothing else, is refused.
"""

from collections.abc import Sequence
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
    """Records to add to the list at ``path``, whose key may be missing yet."""

    path: Path
    records: Sequence[Record]


def add_records(text: str, additions: Sequence[Addition], shown: str) -> str:
    """Add records to a text. Raises SourceError where that would change anything else in it."""
    before, _problems = parse_yaml(text, shown)  # also refuses nesting too deep for libyaml's composer
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert root is not None  # an empty text was refused above
    result = text
    try:
        edits = [_edit(text, root, addition) for addition in additions]
    except LookupError:
        raise _refused(shown) from None
    # Of edits at one spot the later goes behind: a group behind the tasks of the group before it.
    for _number, edit in sorted(enumerate(edits), key=lambda one: (one[1].start, one[0]), reverse=True):
        result = result[: edit.start] + edit.text + result[edit.end :]
    wanted = _values(before)
    for addition in additions:
        _extend(wanted, addition)
    try:
        after, _problems = parse_yaml(result, shown)
    except SourceError:
        raise _refused(shown) from None
    if _values(after) != wanted:
        raise _refused(shown)
    return result


def _refused(shown: str) -> SourceError:
    message = _("không chèn được vào tệp này mà giữ nguyên phần còn lại")
    hint = _("viết danh sách của nhóm thành các dòng bắt đầu bằng “- ”, rồi chạy lại")
    return SourceError(Problem("import.not-inserted", message, hint, Place(shown)))


# ---------------------------------------------------------------- values


def _values(tree: read.Tree) -> Any:
    """A tree as plain dicts, lists and texts."""
    match tree:
        case read.Mapping():
            return {key: _values(child) for key, child in tree.items.items()}
        case read.Sequence():
            return [_values(child) for child in tree.items]
        case _:
            return tree.text


def _extend(values: Any, addition: Addition) -> None:
    """Add the records to plain values."""
    for step, following in zip(addition.path, (*addition.path[1:], 0), strict=True):
        if isinstance(values, dict) and values.get(str(step), "") == "":
            values[str(step)] = [] if isinstance(following, int) else {}
        values = values[step]
    values += [_texts(_plain(record)) for record in addition.records]


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_texts(child) for child in value]
    return format_plain(value) if isinstance(value, Decimal) else value


def _plain(record: Record) -> dict[str, Any]:
    """A record's values by key as they would be typed, without those equal to the default."""
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


# ---------------------------------------------------------------- edits


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and amounts as bare digits."""

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
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=flow, indent=_STEP
    )
    return text


def _edit(text: str, root: yaml.Node, addition: Addition) -> Edit:
    """The edit for one addition. Raises LookupError where the path leads nowhere."""
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
    """The key and value nodes of a mapping's entry; of a list, the item twice."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        item = node.value[step]
        return item, item
    return None


def _into(text: str, key: yaml.Node, value: yaml.Node, rest: list[str | int], records: Sequence[Record]) -> Edit:
    """Add to a list, or after a key that has no value yet."""
    values = _below(rest, records)
    if isinstance(value, yaml.SequenceNode) and value.flow_style:
        if value.value:
            return _in_flow(text, value, values)
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
    """Add a key at the end of its mapping."""
    values = {str(rest[0]): _below(rest[1:], records)}
    if node.flow_style:
        return _in_flow(text, node, values)
    column = _column(node)
    end = line_below(text, _end_of(text, node), column)
    return Edit(end, end, _block(text, values, column, end))


def _in_flow(text: str, node: yaml.CollectionNode, values: Any) -> Edit:
    """Add values before the closing bracket of a collection in flow style."""
    at = node.end_mark.index - 1
    joint = "" if text[:at].rstrip().endswith((",", "{")) else ", "
    return Edit(at, at, joint + _dumped(values, flow=True).strip()[1:-1])


def _below(rest: Sequence[str | int], records: Sequence[Record]) -> Any:
    """The value to put below a node, with the steps that aren't there yet around the records."""
    value: Any = [_plain(record) for record in records]
    for step in reversed(rest):
        value = [value] if isinstance(step, int) else {step: value}
    return value


def _block(text: str, values: Any, column: int, at: int) -> str:
    """Values as lines indented to a column; ``at`` is the start of a line, or the end of the text."""
    newline = _newline(text)
    lines = [(" " * column + line) if line else line for line in _dumped(values).splitlines()]
    before = "" if not at or text[at - 1] in "\r\n" else newline
    return before + newline.join(lines) + newline


def _lines(text: str, values: Any, column: int, at: int) -> str:
    """Values below the line that ends at ``at``, without the last line break."""
    newline = _newline(text)
    return newline + _block(text, values, column, 0).removesuffix(newline)


def _gap(text: str, last: yaml.Node) -> str:
    """The empty line between the items of a list, if it has one above its last item."""
    start = text.rfind("\n", 0, last.start_mark.index)
    above = text[text.rfind("\n", 0, start) + 1 : start] if start > 0 else "-"
    return "" if above.strip() else _newline(text)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _column(node: yaml.Node) -> int:
    return int(node.start_mark.column)


def _end_of(text: str, node: yaml.Node) -> int:
    """The end of the last value in a node; libyaml's end of a block is the start of what follows."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return end_of_block(text, node.start_mark.index, node.end_mark.index)
    return int(node.end_mark.index)
