"""Matches the tags that open and close blocks, and reports blocks left open, crossed or closed twice."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from jinja2 import TemplateSyntaxError

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem
from docgen.template.language.environment import Environment
from docgen.template.language.places import LinePlaces

BLOCKS = frozenset(("for", "if", "macro", "call", "filter", "with", "set"))
#: Number of tags that are searched for the end of a block; one further on counts as left open.
_AHEAD = 1000
_BETWEEN = {"else": ("for", "if"), "elif": ("if",)}


class Tag(NamedTuple):
    """A ``{% … %}`` tag of a part, by its words; ``line`` is 0 if unknown.

    ``level`` is equal for tags that can form a block, such as the ``{%tr`` tags of a table.
    """

    words: tuple[str, ...]
    line: int = 0
    level: Hashable = None

    @property
    def name(self) -> str:
        """The word of a tag that opens, closes or divides a block: "for", "endfor", "else"; "" for ``set x = …``."""
        name = self.words[0] if self.words else ""
        return "" if name == "set" and "=" in self.words else name

    def __str__(self) -> str:
        return "{% " + " ".join(self.words) + " %}"


class Fault(NamedTuple):
    """A fault of a tag; ``tag`` and ``other``, the tag that it conflicts with, are numbers in the part."""

    code: str
    message: str
    hint: str
    tag: int
    other: int | None = None


@dataclass
class Matching:
    """The result of matching the tags of a part.

    ``steps`` are pairs of consecutive tags of one block (if and else, else and endif). ``instead`` and ``missing``
    repair the faults so that all else can be read: the code instead of a tag, and the code after the last one.
    """

    faults: list[Fault] = field(default_factory=list)
    steps: list[tuple[int, int]] = field(default_factory=list)
    instead: dict[int, str] = field(default_factory=dict)
    missing: str = ""


def match_blocks(tags: Sequence[Tag]) -> Matching:
    """Match the tags of a part that open, divide or close a block; all others are ignored."""
    return _Matcher(tags).match()


class _Matcher:
    def __init__(self, tags: Sequence[Tag]) -> None:
        self._tags = tags
        self._found = Matching()
        self._opened: list[list[int]] = []  # the tags so far of each open block
        self._closed_early: list[tuple[str, Hashable]] = []  # crossed blocks whose own end is still ahead

    def match(self) -> Matching:
        for number, tag in enumerate(self._tags):
            if tag.name in BLOCKS:
                self._opened.append([number])
            elif tag.name.startswith("end"):
                self._close(number, tag.name.removeprefix("end"))
            elif tag.name in _BETWEEN:
                self._go_on(number)
        for block in self._opened:
            self._leave_open(block[0])
        self._found.missing = "".join("{% end" + self._name(block) + " %}" for block in reversed(self._opened))
        return self._found

    def _name(self, block: list[int]) -> str:
        return self._tags[block[0]].name

    def _level(self, block: list[int]) -> Hashable:
        return self._tags[block[0]].level

    def _target(self, number: int, names: tuple[str, ...]) -> int | None:
        """The open block that a tag belongs to: the innermost of its level, else one without an end at its level."""
        fitting = [at for at, block in enumerate(self._opened) if self._name(block) in names]
        same = [at for at in fitting if self._level(self._opened[at]) == self._tags[number].level]
        if same:
            return same[-1]
        loose = [at for at in fitting if not self._closes_at_its_level(number, self._opened[at])]
        return loose[-1] if loose else None

    def _go_on(self, number: int) -> None:
        tag = self._tags[number]
        at = self._target(number, _BETWEEN[tag.name])
        if at is None or (at < len(self._opened) - 1 and self._level(self._opened[-1]) == tag.level):
            message = _("{tag} không nằm trong khối nào của nó").format(tag=tag)
            self._fault(number, Fault("template.block", message, _("kiểm tra thứ tự các thẻ"), number))
            return
        ends = self._close_above(number, at)
        if ends:
            self._found.instead[number] = ends + str(tag)
        self._step(number)
        self._opened[-1].append(number)

    def _close(self, number: int, wanted: str) -> None:
        tag = self._tags[number]
        early = next((one for one in self._closed_early if one == (wanted, tag.level)), None)
        if early is None:
            early = next((one for one in self._closed_early if one[0] == wanted), None)
        at = self._target(number, (wanted,))
        if early is not None and (at is None or early[1] == tag.level):
            self._closed_early.remove(early)
            self._found.instead[number] = ""
        elif at is None:
            message = _("{tag} đóng một khối chưa mở").format(tag=tag)
            hint = _("xóa thẻ này, hoặc thêm thẻ mở")
            self._fault(number, Fault("template.block", message, hint, number))
        else:
            ends = self._close_above(number, at)
            if ends:
                self._found.instead[number] = ends + str(tag)
            self._step(number)
            self._opened.pop()

    def _step(self, number: int) -> None:
        self._found.steps.append((self._opened[-1][-1], number))

    def _close_above(self, number: int, at: int) -> str:
        """Close the blocks inside the one that a tag ends, and return their end tags.

        They are reported as crossed if they close later on, else as left open.
        """
        crossed = [block for block in self._opened[at + 1 :] if self._closes_later(number, block)]
        ends = ""
        while len(self._opened) > at + 1:
            block = self._opened.pop()
            ends += "{% end" + self._name(block) + " %}"
            if block in crossed:
                self._closed_early.append((self._name(block), self._level(block)))
            else:
                self._leave_open(block[0])
        if crossed:
            tag, other = self._tags[number], crossed[-1][0]
            message = _("{tag} nằm chéo với {other} còn đang mở").format(tag=tag, other=self._tags[other])
            hint = _("đóng khối mở sau trước")
            self._found.faults.append(Fault("template.crossed", message, hint, number, other))
        return ends

    def _closes_later(self, number: int, block: list[int]) -> bool:
        """Whether the end of an open block is still ahead, at its level or elsewhere."""
        return self._closes_at_its_level(number, block) or self._ends_left(
            number, self._name(block), lambda _level: True
        )

    def _closes_at_its_level(self, number: int, block: list[int]) -> bool:
        level = self._level(block)
        return self._ends_left(number, self._name(block), lambda other: other == level)

    def _ends_left(self, number: int, name: str, fits: Callable[[Hashable], bool]) -> bool:
        """Whether the tags ahead end as many blocks of a name as are open or will be opened."""
        later = [tag.name for tag in self._tags[number + 1 : number + 1 + _AHEAD] if fits(tag.level)]
        waiting = sum(self._name(block) == name and fits(self._level(block)) for block in self._opened)
        waiting += sum(early == name and fits(level) for early, level in self._closed_early)
        return later.count(f"end{name}") >= later.count(name) + waiting

    def _leave_open(self, number: int) -> None:
        tag = self._tags[number]
        message = _("{tag} mở mà không đóng").format(tag=tag)
        hint = _("thêm {end} sau phần lặp hoặc phần điều kiện").format(end="{% end" + tag.name + " %}")
        self._found.faults.append(Fault("template.unclosed", message, hint, number))

    def _fault(self, number: int, fault: Fault) -> None:
        self._found.faults.append(fault)
        self._found.instead[number] = ""


def check_balance(text: str, environment: Environment, places: LinePlaces) -> list[Problem]:
    """The faults of a part's blocks; a tag that can't be parsed is the only one reported."""
    try:
        tags, stray = _read_tags(text, environment)
    except TemplateSyntaxError as error:
        return [syntax_problem(text, error.lineno, places)]
    problems = [
        Problem(
            "template.stray-mark", _("có “{mark}” lẻ, không thành thẻ").format(mark=mark), HINT_STRAY, places.at(line)
        )
        for line, mark in stray
    ]
    for fault in match_blocks(tags).faults:
        related = () if fault.other is None else (places.at(tags[fault.other].line),)
        place = places.at(tags[fault.tag].line)
        problems.append(Problem(fault.code, fault.message, fault.hint, place, related=related))
    return problems


HINT_STRAY = _("xóa dấu đó, hoặc viết đủ {{ … }} và {% … %}")


def syntax_problem(text: str, line: int, places: LinePlaces) -> Problem:
    """The problem of a tag that can't be parsed; it shows the tag, which the maintainer will search for in Word."""
    message = _("thẻ viết sai cú pháp")
    tag = _first_tag(text, line)
    if tag:
        message = _("thẻ viết sai cú pháp: {tag}").format(tag=tag)
    return Problem(
        "template.syntax", message, _("so lại với bảng thẻ; kiểm tra ngoặc, dấu nháy và tên"), places.at(line)
    )


def too_deep_problem(place: Place) -> Problem:
    """The problem of a part whose blocks or brackets are nested deeper than Python can compile."""
    message = _("mẫu lồng quá nhiều khối hoặc quá nhiều dấu ngoặc")
    return Problem("template.too-deep", message, _("bớt số tầng lồng nhau"), place)


def _first_tag(text: str, line: int) -> str:
    lines = text.split("\n")
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    starts = [at for mark in ("{{", "{%") if (at := here.find(mark)) >= 0]
    if not starts:
        return ""
    found = here[min(starts) :]
    ends = [at + 2 for mark in ("}}", "%}") if (at := found.find(mark)) >= 0]
    return found[: min(ends)] if ends else found[:40]


def _read_tags(text: str, environment: Environment) -> tuple[list[Tag], list[tuple[int, str]]]:
    """The ``{% … %}`` tags of a part, and the marks (line, mark) in its static text that belong to no tag."""
    tags: list[Tag] = []
    stray: list[tuple[int, str]] = []
    words: list[str] | None = None
    for line, kind, value in environment.lex(text):
        if kind == "block_begin":
            words = []
        elif kind == "block_end" and words is not None:
            tags.append(Tag(tuple(words), line))
            words = None
        elif words is not None and kind != "whitespace":
            words.append(value)
        elif kind == "data":
            stray += [(line + value[:at].count("\n"), mark) for mark in ("}}", "%}") if (at := value.find(mark)) >= 0]
    return tags, stray
