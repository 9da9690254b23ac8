"""The files of a new plan from a skeleton or an old plan, with numbers, dates, signers and amendments cleared.

Comments stay. The changed text is read again: one that differs in anything but the cleared values is refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem, SourceError
from docgen.model.plan.text_rules import PLACEHOLDER
from docgen.readers.named_files import OUTLINES_FOLDER
from docgen.readers.plan_folder import (
    DOCUMENTS_FOLDER,
    FIELDS_FOLDER,
    OWN_FILES,
    PLAN_FILE,
)
from docgen.readers.progress_folder import STATISTICS_FOLDER
from docgen.readers.scheme_file import HOLIDAYS_FOLDER, SCHEMES_FOLDER
from docgen.readers.tree import Scalar, Sequence, Tree
from docgen.readers.yaml.edits import Edit, end_of_block, line_below, line_end, line_start
from docgen.readers.yaml.reader import parse_yaml, read_text

#: Keys whose values are cleared, with the key of the mapping around them ("" for any).
_CLEARED = frozenset(
    (
        ("van_ban", "so"),
        ("van_ban", "ngay"),
        ("nguoi_ky", "ho_ten"),
        ("thu_truong", "ho_ten"),
        ("", "dan_chieu"),
    )
)
#: Changes by later decisions, whose lines are cut out.
_AMENDMENTS = ("nhiem_vu", "thay_doi")
#: Folders with the office's own lists, copied as they are.
_COPIED_FOLDERS = (FIELDS_FOLDER, SCHEMES_FOLDER, HOLIDAYS_FOLDER, OUTLINES_FOLDER, STATISTICS_FOLDER)


def read_skeleton(folder: Path, year: int | None, *, whole: bool) -> dict[str, str]:
    """The files of a new plan, by name relative to its folder.

    ``year`` replaces the plan's year, also in its code; with ``whole``, for a shipped skeleton, wherever the text names
    that year. In an office's own text `docgen validate` points out old years instead.
    Raises SourceError.
    """
    if not (folder / PLAN_FILE).exists():
        message = _("thư mục không có tệp {file}").format(file=PLAN_FILE)
        raise SourceError(
            Problem("plan.missing", message, _("chọn thư mục của một kế hoạch"), Place(folder.as_posix()))
        )
    paths = [folder / name for name in OWN_FILES if (folder / name).exists()]
    paths += sorted((folder / DOCUMENTS_FOLDER).glob("*.yaml"))
    copied = [path for name in _COPIED_FOLDERS for path in sorted((folder / name).glob("*.yaml"))]
    texts = {path.relative_to(folder).as_posix(): read_text(path, path.as_posix()) for path in [*paths, *copied]}
    old_year = _value_of(texts[PLAN_FILE], "nam")
    renewed = _renewed(texts[PLAN_FILE], old_year, str(year)) if year is not None else {}
    files = {}
    for path, (name, text) in zip([*paths, *copied], texts.items(), strict=True):
        if path in copied:
            files[name] = text
            continue
        text = _cleared(text, path.as_posix(), renewed if name == PLAN_FILE else {})
        files[name] = text.replace(old_year, str(year)) if whole and old_year and year is not None else text
    return files


def _renewed(text: str, old_year: str, year: str) -> dict[str, str]:
    """The plan's own values that are others in another year: the year, and the code, which no two plans share."""
    code = _value_of(text, "ma")
    if year == old_year or not re.fullmatch("[A-Za-z0-9_-]+", code):
        return {"nam": year}
    return {"nam": year, "ma": code.replace(old_year, year) if old_year and old_year in code else f"{code}-{year}"}


# ---------------------------------------------------------------- clearing


def _cleared(text: str, shown: str, renewed: Mapping[str, str]) -> str:
    """The text with ``renewed`` values at its root and without what doesn't carry over.

    Everything else, comments too, stays to the letter. Raises SourceError.
    """
    before, _problems = parse_yaml(text, shown)
    edits = [edit for value in _values(text) for edit in _edits(text, value, renewed)]
    left, end = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, -one.end)):
        if edit.start >= end:  # else within an edit before it
            left += [text[end : edit.start], edit.text]
            end = edit.end
    result = "".join([*left, text[end:]])
    try:
        after, _problems = parse_yaml(result, shown)
    except SourceError:
        after = None
    if after is None or _said(after, "") != _said(before, "", clear=True, renewed=renewed):
        message = _("không xóa được số, ngày, tên người ký, thay_doi của tệp này mà giữ nguyên phần còn lại")
        hint = _("chép thư mục kế hoạch sang chỗ mới rồi xóa các giá trị đó bằng tay")
        raise SourceError(Problem("init.not-cleared", message, hint, Place(shown)))
    return result


def _is_cleared(owner: str, key: str, text: str) -> bool:
    """Whether a value doesn't carry over; what is still to be filled in does."""
    return bool(text.strip()) and not {(owner, key), ("", key)}.isdisjoint(_CLEARED) and not PLACEHOLDER.search(text)


def _said(tree: Tree, owner: str, *, clear: bool = False, renewed: Mapping[str, str] = MappingProxyType({})) -> Any:
    """A tree as plain values; with ``clear``, as it is to be after clearing."""
    if isinstance(tree, Sequence):
        return [_said(item, owner, clear=clear) for item in tree.items]
    if isinstance(tree, Scalar):
        return tree.text
    found: dict[str, Any] = {}
    for key, child in tree.items.items():
        if (owner, key) == _AMENDMENTS and (clear or _is_empty(child)):
            continue
        if clear and isinstance(child, Scalar) and _is_cleared(owner, key, child.text):
            found[key] = ""
        elif clear and not owner and key in renewed and isinstance(child, Scalar):
            found[key] = renewed[key]
        else:
            found[key] = _said(child, key, clear=clear)
    return found


def _is_empty(tree: Tree) -> bool:
    return not tree.text if isinstance(tree, Scalar) else not tree.items


def _edits(text: str, value: "_Value", renewed: Mapping[str, str]) -> Iterator[Edit]:
    """The edits that clear one value."""
    if (value.owner, value.key) == _AMENDMENTS:
        yield _without_entry(text, value)
    elif value.text is None:
        return
    elif _is_cleared(value.owner, value.key, value.text):
        yield from _replaced(text, value, '""' if value.in_flow else "")
    elif not value.owner and value.key in renewed:
        yield from _replaced(text, value, renewed[value.key])


def _replaced(text: str, value: "_Value", new: str) -> Iterator[Edit]:
    """Replace a scalar; of a block, the comment on its first line and the line break after it stay."""
    start, end = value.start, value.end
    if value.is_block:
        after_sign = start
        while text[after_sign : after_sign + 1] in tuple("|>+-0123456789"):
            after_sign += 1
        yield Edit(line_end(text, start), end)
        end = after_sign
    if not new:
        start = _without_spaces(text, start)
    yield Edit(start, end, new)


def _without_entry(text: str, value: "_Value") -> Edit:
    """Cut out a key with its value, their lines and comments; in flow style, leave an empty list."""
    if value.in_flow:
        return Edit(value.start, value.end, "[]")
    line = line_start(text, value.key_start)
    column = value.key_start - line
    if text[line : value.key_start].strip(" "):  # "- thay_doi:": the dash is the task's
        if value.next_key is not None:
            return Edit(value.key_start, value.next_key)
        return Edit(_without_spaces(text, value.start), value.end)
    return Edit(line, line_below(text, value.end, column))


def _without_spaces(text: str, at: int) -> int:
    while at and text[at - 1] == " ":
        at -= 1
    return at


# ---------------------------------------------------------------- places of values


@dataclass
class _Value:
    """The value of a key with the offsets of both; ``text`` is None for a list or a mapping.

    ``owner`` is the key of the mapping around it, or of the list that mapping is in; "" at the root.
    """

    owner: str
    key: str
    key_start: int
    start: int
    end: int
    text: str | None
    is_block: bool
    in_flow: bool
    next_key: int | None = None


@dataclass
class _Open:
    """A collection that isn't closed yet: ``key`` waits for its value, ``last`` is the last whole value."""

    name: str
    start: int
    is_mapping: bool
    in_flow: bool
    key: tuple[str, int] | None = None
    last: _Value | None = None


def _value_of(text: str, wanted: str) -> str:
    """The text of a key's value at the root of a file; "" where it is absent."""
    values = (value for value in _values(text) if (value.owner, value.key) == ("", wanted))
    return next((value.text or "" for value in values), "")


def _values(text: str) -> list[_Value]:
    """The values of all keys of a text that parses."""
    found: list[_Value] = []
    opened: list[_Open] = []
    end = 0  # of the last thing that isn't white space or a comment
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        start_mark, end_mark = event.start_mark, event.end_mark
        assert start_mark is not None and end_mark is not None  # the C parser marks every event
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            opened.append(_Open(_name_below(opened), start_mark.index, is_mapping, bool(event.flow_style)))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            done = opened.pop()
            end = end_mark.index if done.in_flow else end
            _take(opened, found, done.start, end, None)
        elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            end = end_mark.index
            style = getattr(event, "style", None)
            if style in ("|", ">"):
                end = end_of_block(text, start_mark.index, end)
            _take(opened, found, start_mark.index, end, getattr(event, "value", ""), is_block=style in ("|", ">"))
    return found


def _name_below(opened: list[_Open]) -> str:
    """The key above a collection about to be opened."""
    if not opened:
        return ""
    return opened[-1].key[0] if opened[-1].key is not None else opened[-1].name


def _take(
    opened: list[_Open], found: list[_Value], start: int, end: int, text: str | None, *, is_block: bool = False
) -> None:
    """Record a whole node as the next key of the mapping around it, or as the value of the last key."""
    if not opened or not opened[-1].is_mapping:
        return
    around = opened[-1]
    if around.key is None:
        around.key = (text or "", start)
        if around.last is not None:
            around.last.next_key = start
        return
    around.last = _Value(around.name, *around.key, start, end, text, is_block, around.in_flow)
    around.key = None
    found.append(around.last)
