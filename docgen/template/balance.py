"""Blocks that are opened and closed: every one left open, crossed or closed twice, each at its own place."""

from typing import NamedTuple

from jinja2 import TemplateSyntaxError

from docgen.errors import Problem
from docgen.locale import translate as _
from docgen.template.environment import Environment
from docgen.template.places import LinePlaces

_BLOCKS = frozenset(("for", "if", "macro", "call", "filter", "with", "set"))
_BETWEEN = {"else": ("for", "if"), "elif": ("if",)}


class _Tag(NamedTuple):
    line: int
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.words[0] if self.words else ""

    def __str__(self) -> str:
        return "{% " + " ".join(self.words) + " %}"


def check_balance(text: str, environment: Environment, places: LinePlaces) -> list[Problem]:
    """The faults of a part's blocks; a tag that can't be read at all is one fault and ends the search."""
    try:
        tags, stray = _read_tags(text, environment)
    except TemplateSyntaxError as error:
        return [syntax_problem(text, error.lineno, places)]
    problems = [
        Problem(
            "template.stray-mark", _("có “{mark}” lẻ, không thành thẻ").format(mark=mark), _HINT_STRAY, places.at(line)
        )
        for line, mark in stray
    ]
    opened: list[_Tag] = []
    for tag in tags:
        if tag.name in _BLOCKS and not (tag.name == "set" and "=" in tag.words):
            opened.append(tag)
        elif tag.name.startswith("end"):
            problems += _close(tag, opened, places)
        elif tag.name in _BETWEEN and (not opened or opened[-1].name not in _BETWEEN[tag.name]):
            message = _("{tag} không nằm trong khối nào của nó").format(tag=tag)
            problems.append(Problem("template.block", message, _("kiểm tra thứ tự các thẻ"), places.at(tag.line)))
    for tag in opened:
        message = _("{tag} mở mà không đóng").format(tag=tag)
        hint = _("thêm {end} sau phần lặp hoặc phần điều kiện").format(end="{% end" + tag.name + " %}")
        problems.append(Problem("template.unclosed", message, hint, places.at(tag.line)))
    return problems


_HINT_STRAY = _("xóa dấu đó, hoặc viết đủ {{ … }} và {% … %}")


def _close(tag: _Tag, opened: list[_Tag], places: LinePlaces) -> list[Problem]:
    wanted = tag.name.removeprefix("end")
    if opened and opened[-1].name == wanted:
        opened.pop()
        return []
    if not any(other.name == wanted for other in opened):
        message = _("{tag} đóng một khối chưa mở").format(tag=tag)
        return [Problem("template.block", message, _("xóa thẻ này, hoặc thêm thẻ mở"), places.at(tag.line))]
    crossed = opened[-1]
    while opened.pop().name != wanted:
        pass
    message = _("{tag} nằm chéo với {other} còn đang mở").format(tag=tag, other=crossed)
    hint = _("đóng khối mở sau trước")
    return [Problem("template.crossed", message, hint, places.at(tag.line), related=(places.at(crossed.line),))]


def syntax_problem(text: str, line: int, places: LinePlaces) -> Problem:
    """A tag that can't be read; the tag itself is shown, since that is what the maintainer looks for in Word."""
    message = _("thẻ viết sai cú pháp")
    tag = _first_tag(text, line)
    if tag:
        message = _("thẻ viết sai cú pháp: {tag}").format(tag=tag)
    return Problem(
        "template.syntax", message, _("so lại với bảng thẻ; kiểm tra ngoặc, dấu nháy và tên"), places.at(line)
    )


def _first_tag(text: str, line: int) -> str:
    lines = text.split("\n")
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    starts = [at for mark in ("{{", "{%") if (at := here.find(mark)) >= 0]
    if not starts:
        return ""
    found = here[min(starts) :]
    ends = [at + 2 for mark in ("}}", "%}") if (at := found.find(mark)) >= 0]
    return found[: min(ends)] if ends else found[:40]


def _read_tags(text: str, environment: Environment) -> tuple[list[_Tag], list[tuple[int, str]]]:
    """The block tags of a part, and marks in its static text that belong to no tag."""
    tags: list[_Tag] = []
    stray: list[tuple[int, str]] = []
    words: list[str] | None = None
    for line, kind, value in environment.lex(text):
        if kind == "block_begin":
            words = []
        elif kind == "block_end" and words is not None:
            tags.append(_Tag(line, tuple(words)))
            words = None
        elif words is not None and kind != "whitespace":
            words.append(value)
        elif kind == "data":
            stray += [(line + value[:at].count("\n"), mark) for mark in ("}}", "%}") if (at := value.find(mark)) >= 0]
    return tags, stray
