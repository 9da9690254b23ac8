"""Recognises what is between the letterhead and the content: title, abstract, authority, căn cứ, Kính gửi."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from docgen.layout.components import Component, Part
from docgen.layout.facts import DrawnLine, Paragraph
from docgen.layout.recognition import patterns as is_like
from docgen.wording.decree import DECISIONS, titled_kind

Test = Callable[[Paragraph], bool]
#: Number of lines below the title in which "QUYẾT ĐỊNH:" is searched for.
_BASES_REACH = 80
#: Most lines of "(Kèm theo …)"; if none of them closes the bracket, only the first is taken.
_ATTACHED_LINES = 4
#: Most characters of the second line of an addressee; the text below it is longer.
_ADDRESSEE_MOST = 60


@dataclass
class _Cursor:
    """Takes one component after the other from the lines, from top to bottom; ``parts`` are those taken."""

    lines: Sequence[Paragraph]
    at: int = 0
    parts: dict[Component, Part] = field(default_factory=dict)

    def peek(self) -> Paragraph | None:
        """The next line with text, or None."""
        return next((line for line in self.lines[self.at :] if line.text), None)

    def take(self, name: Component, fits: Test, limit: int) -> None:
        """Take the next lines as a component while they fit, at most ``limit``, and what is drawn among and below them.

        A drawn line ends a component, unless it is in the middle of a paragraph.
        """
        taken: list[Paragraph] = []
        drawn: list[DrawnLine] = []
        end = index = self.at
        while index < len(self.lines):
            line = self.lines[index]
            index += 1
            if line.text:
                same = bool(taken) and taken[-1].number == line.number
                if len(taken) >= limit or not fits(line) or (drawn and not same):
                    break
                taken.append(line)
            elif not taken and not line.text:
                continue  # lines drawn above the first text belong to the component before
            if taken:
                drawn += line.lines
                end = index
        if taken:
            self.at = end
            self.parts[name] = Part(tuple(taken), tuple(drawn))


@dataclass(frozen=True)
class Heading:
    """The components found, and how many paragraphs they take."""

    parts: dict[Component, Part]
    length: int


def read_heading(paragraphs: Sequence[Paragraph], letter: bool) -> Heading:
    """Find the heading of a document; ``letter``: its letterhead has a V/v, so it has no title."""
    cursor = _start(paragraphs)
    if not letter:
        cursor.take(Component.TITLE, lambda line: not line.cells and is_like.is_title(line), 1)
    decision = titled_kind(cursor.parts.get(Component.TITLE, Part()).text) in DECISIONS
    if Component.TITLE in cursor.parts:
        cursor.take(Component.ABSTRACT, lambda line: _is_abstract(line, decision), 8)
        _take_attached(cursor)
    if decision:
        _take_decision(cursor)
    _take_addressees(cursor)
    return Heading(cursor.parts, _length(cursor, paragraphs))


def read_appendix_heading(paragraphs: Sequence[Paragraph]) -> Heading:
    """Find the heading of a Phụ lục: label, title, (Kèm theo …)."""
    cursor = _start(paragraphs)
    cursor.take(Component.LABEL, is_like.is_appendix_label, 1)
    cursor.take(Component.TITLE, _is_appendix_title, 8)
    _take_attached(cursor)
    return Heading(cursor.parts, _length(cursor, paragraphs))


def _start(paragraphs: Sequence[Paragraph]) -> _Cursor:
    return _Cursor([line for paragraph in paragraphs for line in paragraph.pieces()])


def _length(cursor: _Cursor, paragraphs: Sequence[Paragraph]) -> int:
    """The number of paragraphs that the cursor has passed."""
    if cursor.at == 0:
        return 0
    last = cursor.lines[cursor.at - 1].number
    return sum(paragraph.number <= last for paragraph in paragraphs)


def _ends_heading(line: Paragraph) -> bool:
    text = line.text
    return (
        bool(line.cells)
        or text.startswith("(")
        or is_like.is_attached_line(line)
        or is_like.is_addressee_line(text)
        or is_like.is_decides(text)
        or is_like.is_recipients_label(text)
        or is_like.starts_body(text)
    )


def _is_abstract(line: Paragraph, decision: bool) -> bool:
    if _ends_heading(line) or (decision and (is_like.is_base(line.text) or _names_issuer(line.text))):
        return False
    return is_like.is_centered(line) or is_like.is_bold(line)


def _names_issuer(text: str) -> bool:
    return is_like.is_upper(text) and (is_like.starts_agency(text) or is_like.names_office(text))


def _is_appendix_title(line: Paragraph) -> bool:
    return not _ends_heading(line) and (is_like.is_centered(line) or is_like.is_bold(line))


def _take_attached(cursor: _Cursor) -> None:
    first = cursor.peek()
    if first is None or first.cells or not is_like.is_attached_line(first):
        return
    ahead = [line.text for line in cursor.lines[cursor.at :] if line.text][:_ATTACHED_LINES]
    closed = next((count for count, text in enumerate(ahead, 1) if text.endswith(")")), 1)
    cursor.take(Component.ATTACHED_TO, lambda line: not line.cells, closed)


def _take_decision(cursor: _Cursor) -> None:
    ahead = [line for line in cursor.lines[cursor.at : cursor.at + _BASES_REACH] if line.text]
    ends = any(is_like.is_decides(line.text) for line in ahead)
    cursor.take(Component.AUTHORITY, _is_authority, 4)
    cursor.take(Component.BASES, lambda line: _is_base(line, ends), _BASES_REACH)
    cursor.take(Component.DECIDES, lambda line: is_like.is_decides(line.text), 1)


def _is_authority(line: Paragraph) -> bool:
    outside = is_like.is_base(line.text) or _ends_heading(line)
    return not outside and (is_like.is_centered(line) or is_like.is_upper(line.text))


def _is_base(line: Paragraph, ends: bool) -> bool:
    if is_like.is_decides(line.text):
        return False
    return ends or is_like.is_base(line.text)


def _take_addressees(cursor: _Cursor) -> None:
    first = cursor.peek()
    if first is None or not is_like.is_addressee_line(first.text):
        return
    if first.cells:
        table = first.cells[0].table
        cursor.take(Component.ADDRESSEES, lambda line: line.in_table(table), 30)
    else:
        cursor.take(Component.ADDRESSEES, _addressed(first), 30)


def _addressed(first: Paragraph) -> Test:
    """A test for the lines of Kính gửi: the first, those with a dash, and the second lines of long ones."""
    above = first

    def fits(line: Paragraph) -> bool:
        nonlocal above
        if line is not first and not _is_item(line) and not _goes_on(above, line):
            return False
        above = line
        return True

    return fits


def _goes_on(above: Paragraph, line: Paragraph) -> bool:
    closed = above.text.endswith((";", ".", ":"))
    return not (closed or line.cells) and len(line.text) < _ADDRESSEE_MOST and line.text.endswith((";", ".", ","))


def _is_item(line: Paragraph) -> bool:
    return not line.cells and line.text.startswith(("-", "–"))
