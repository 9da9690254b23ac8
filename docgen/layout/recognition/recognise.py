"""Splits a file into documents and finds the components of each; raises no errors, at worst finds nothing."""

from collections.abc import Sequence

from docgen.layout.components import Component, Document, Part, Parts, Scene, Standing
from docgen.layout.facts import Facts, Paragraph
from docgen.layout.recognition import patterns as is_like
from docgen.layout.recognition.closing import Closing, read_closing
from docgen.layout.recognition.heading import read_appendix_heading, read_heading
from docgen.layout.recognition.letterhead import is_anchor, read_letterhead
from docgen.wording.decree import titled_kind

#: Most lines between the title of an attached document and its "(Kèm theo …)".
_TITLE_REACH = 8
#: Number of first lines with text in which stamps are searched for.
_STAMP_REACH = 14


def recognise(facts: Facts, file: str = "") -> Scene:
    """Find the documents of a file, in order; ``file`` is the name shown to the user."""
    # The line of the signing program is above a document and belongs to none of its components.
    paragraphs = tuple(item for item in facts.paragraphs if not is_like.is_signing_line(item))
    starts = _starts(paragraphs)
    documents: list[Document] = []
    for start, end in zip(starts, [*starts[1:], len(paragraphs)], strict=True):
        documents.append(_read(paragraphs[start:end], first=not documents))
    return Scene(facts, tuple(documents), file)


def _starts(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Indices at which documents begin; the first document includes all paragraphs before it."""
    letterheads = _letterheads(paragraphs)
    labels = [index for index, item in enumerate(paragraphs) if is_like.is_appendix_label(item.pieces()[0])]
    titles = [index for index in range(len(paragraphs)) if _is_bare_title(paragraphs, index, letterheads)]
    starts = sorted({*letterheads, *labels, *titles})
    if not starts:
        return [0]
    if any(item.text for item in paragraphs[: starts[0]]):
        # in a letterhead without a table, the agency's name precedes the line that it is recognised by
        return [0, *starts[1:]] if starts[0] in letterheads else [0, *starts]
    return starts


def _letterheads(paragraphs: Sequence[Paragraph]) -> list[int]:
    found: list[int] = []
    tables: dict[int, int] = {}
    last = -100
    for index, paragraph in enumerate(paragraphs):
        if paragraph.cells:
            tables.setdefault(paragraph.cells[0].table, index)
        if any(is_anchor(line) for line in paragraph.pieces("\n\t")):
            begin = tables[paragraph.cells[0].table] if paragraph.cells else index
            if begin not in found and index - last > 4:
                found.append(begin)
            last = index
    return found


def _is_bare_title(paragraphs: Sequence[Paragraph], index: int, letterheads: list[int]) -> bool:
    """Whether an attached document without a letterhead begins here: a kind's name, soon followed by "(Kèm theo …)"."""
    paragraph = paragraphs[index]
    if paragraph.cells or titled_kind(paragraph.pieces()[0].text) is None:
        return False
    below = [item for item in paragraphs[index + 1 :] if item.text][:_TITLE_REACH]
    if not any(is_like.is_attached_line(item) and not item.cells for item in below):
        return False
    above = max((start for start in letterheads if start <= index), default=0)
    table = paragraphs[above].cells[0].table if paragraphs[above].cells else None
    between = [item for item in paragraphs[above:index] if item.text]
    outside = [item for item in between if table is None or not item.in_table(table)]
    return bool(outside) and not (table is None and len(between) < _TITLE_REACH)


def _read(paragraphs: tuple[Paragraph, ...], first: bool) -> Document:
    begin = next((item for item in paragraphs if item.text), None)
    if begin is not None and is_like.is_appendix_label(begin.pieces()[0]):
        heading = read_appendix_heading(paragraphs)
        return _document(Standing.APPENDIX, paragraphs, heading.parts, heading.length)
    stamps = _stamps(paragraphs)
    paragraphs = tuple(item for item in paragraphs if not any(item is stamp for stamp in stamps))
    letterhead = read_letterhead(paragraphs)
    rest = paragraphs[letterhead.length :]
    heading = read_heading(rest, letter=Component.SUBJECT in letterhead.parts)
    parts = {**_stamped(stamps), **letterhead.parts, **heading.parts}
    attached = Component.ATTACHED_TO in parts or not (first or Component.NUMBER in parts)
    standing = Standing.ATTACHED if attached else Standing.MAIN
    return _document(standing, paragraphs, parts, letterhead.length + heading.length, letterhead.tabled)


def _stamps(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The framed marks beside the letterhead; "Mật" in a table further down isn't one."""
    shown = [item for item in paragraphs if item.text][:_STAMP_REACH]
    return [item for item in shown if is_like.is_stamp(item.text)]


def _stamped(stamps: list[Paragraph]) -> Parts:
    parts: dict[Component, Part] = {}
    for item in stamps:
        name = is_like.stamp_of(item.text)
        if name is not None:
            parts[name] = Part((*parts.get(name, Part()).paragraphs, item))
    return parts


def _document(
    standing: Standing,
    paragraphs: tuple[Paragraph, ...],
    parts: Parts,
    begin: int,
    tabled: bool = True,
) -> Document:
    rest = paragraphs[begin:]
    closing = Closing({}, len(rest)) if standing is Standing.APPENDIX else read_closing(rest)
    content = Part(rest[: closing.start])
    return Document(standing, paragraphs, {**parts, **closing.parts, Component.CONTENT: content}, tabled)
