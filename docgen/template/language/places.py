"""Maps lines of translated parts to paragraphs: each paragraph is one line, so an error's line gives its paragraph.

Line breaks are put before paragraphs, outside of them. So they remain when translation drops the paragraph or row of a
``{%p`` or ``{%tr`` tag. Rendering leaves them out.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docgen.base.locale import translate as _
from docgen.base.wordprocessing import MC, Element, own_texts, text_of, w
from docgen.errors import Place

#: The end of each kind of tag.
CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
#: What Word, WPS and LibreOffice replace typed quotes and hyphens by → the typed character.
_QUOTES = {**dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‘’‚‛′", "'")}
_DASHES = dict.fromkeys("‐‑‒–—−", "-")
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
#: A quoted text, or any single character.
_PIECES = re.compile(r"""\"[^"]*"|'[^']*'|.""", re.DOTALL)
#: Brace → Jinja code that prints it.
_LITERAL = str.maketrans({"{": "{{ '{' }}", "}": "{{ '}' }}"})
_FALLBACK = MC + "Fallback"


#: Gives the place of an element.
At = Callable[[Element], Place]


@dataclass(frozen=True)
class LinePlaces:
    """The place of each line of one part."""

    file: str
    part: str
    lines: tuple[str, ...]

    def at(self, line: int) -> Place:
        """The place of a line, counted from 1."""
        where = self.lines[min(max(line, 1), len(self.lines)) - 1] if self.lines else ""
        return Place(self.file, part=f"{part_name(self.part)}{', ' if where else ''}{where}")


def part_name(part: str) -> str:
    """The name of a part of a Word file for users: “thân văn bản”, “đầu trang 1”; else the file name."""
    stem = part.rsplit("/", 1)[-1].removesuffix(".xml")
    for prefix, name in (
        ("document", _("thân văn bản")),
        ("header", _("đầu trang")),
        ("footer", _("chân trang")),
        ("footnotes", _("cước chú")),
        ("endnotes", _("chú thích cuối")),
    ):
        if stem.startswith(prefix):
            return f"{name} {stem.removeprefix(prefix)}".strip()
    return part


def join_split_tags(root: Element) -> None:
    """Join each tag in one text element, with plain quotes and spaces, and make tags in deleted text plain text.

    Word splits tags over runs when it checks spelling or changes format, and writes typographic quotes and spaces.
    """
    silence_deleted(root)
    _forget_cursor(root)
    for paragraph in root.iter(w("p")):
        texts = own_texts(paragraph)
        whole = "".join(text.text or "" for text in texts)
        if "{" not in whole:
            continue
        if len(texts) > 1:
            _join(texts, whole)
        for text in texts:
            if text.text and "{" in text.text:
                text.text = plain_tags(text.text)


def _forget_cursor(root: Element) -> None:
    """Remove the hidden bookmark of Word at the last edit; in a loop its id would be repeated."""
    for start in [one for one in root.iter(w("bookmarkStart")) if one.get(w("name")) == "_GoBack"]:
        marks = [one for one in root.iter(w("bookmarkEnd")) if one.get(w("id")) == start.get(w("id"))]
        for mark in (start, *marks[:1]):
            parent = mark.getparent()
            if parent is not None:
                parent.remove(mark)


def silence_deleted(root: Element) -> None:
    """Make the braces in tracked deletions plain text, so that they aren't tags."""
    for text in deleted_texts(root):
        if text.text and ("{" in text.text or "}" in text.text):
            text.text = literal(text.text)


def literal(text: str) -> str:
    """``text`` with code that prints its braces, so that they aren't tags."""
    return text.translate(_LITERAL)


def deleted_texts(root: Element) -> list[Element]:
    """The text elements of tracked deletions, and of text that was moved elsewhere."""
    moved = [text for move in root.iter(w("moveFrom")) for text in move.iter(w("t"))]
    return [*root.iter(w("delText"), w("delInstrText")), *moved]


def _join(texts: list[Element], whole: str) -> None:
    owners = [text for text in texts for _letter in text.text or ""]
    end = 0
    for start, stop in tag_spans(whole):
        for position in range(start, stop):
            owners[position] = owners[start]
        end = max(end, stop)
    if not end:
        return
    letters: dict[Element, list[str]] = {text: [] for text in texts}
    for letter, owner in zip(whole, owners, strict=True):
        letters[owner].append(letter)
    for text in texts:
        before, text.text = text.text, "".join(letters[text])
        if before and not text.text:
            _drop_emptied(text)


def _drop_emptied(text: Element) -> None:
    """Remove a text element whose characters all moved into a tag, and its run if that is empty now."""
    run = text.getparent()
    if run is None or run.tag != w("r"):
        return
    run.remove(text)
    around = run.getparent()
    if around is not None and all(child.tag == w("rPr") for child in run) and not run.tail:
        around.remove(run)


def plain_tags(text: str) -> str:
    """``text`` with plain quotes, dashes and spaces in its tags, instead of those of word processors."""
    return "".join(
        before + (tag if tag.startswith("{#") else _PIECES.sub(_plain_piece, tag)) for before, tag in split_tags(text)
    )


def _plain_piece(found: re.Match[str]) -> str:
    """Replace a character by its plain form; in a quoted text, escape typographic quotes so that they are kept."""
    piece = found.group()
    if piece[0] in "\"'" and len(piece) > 1:
        return "".join(f"\\u{ord(letter):04x}" if letter in _QUOTES else letter for letter in piece)
    if piece in _UNSEEN:
        return ""
    return " " if piece.isspace() else _QUOTES.get(piece) or _DASHES.get(piece, piece)


def tag_spans(whole: str) -> list[tuple[int, int]]:
    """Start and end of each tag in a paragraph's text; a tag that isn't closed ends with the text."""
    spans = []
    at = 0
    while (start := whole.find("{", at)) >= 0:
        closer = CLOSERS.get(whole[start : start + 2])
        if closer is None:
            at = start + 1
            continue
        stop = whole.find(closer, start + 2)
        at = stop + 2 if stop >= 0 else len(whole)
        spans.append((start, at))
    return spans


def split_tags(text: str) -> Iterator[tuple[str, str]]:
    """Each tag of a paragraph's text with the text before it; at the end, the text behind the last and ""."""
    end = 0
    for start, stop in tag_spans(text):
        yield text[end:start], text[start:stop]
        end = stop
    yield text[end:], ""


def mark_lines(root: Element, file: str, part: str) -> LinePlaces:
    """Put a line break before each paragraph, or before the row or cell that a tag drops; return the lines' places."""
    for element in root.iter():
        if element.text and "\n" in element.text:
            element.text = element.text.replace("\n", " ")
        if element.tail and "\n" in element.tail:
            element.tail = element.tail.replace("\n", " ")
    lines = [""]
    names = ParagraphNames(root)
    for paragraph in list(root.iter(w("p"))):
        anchor = _anchor(paragraph)
        add_line_break(anchor)
        lines.append(names.name(_tag_paragraph(anchor, paragraph)))
    return LinePlaces(file, part, tuple(lines))


def _anchor(paragraph: Element) -> Element:
    """The row or cell that is dropped with the paragraph when its tag is translated, else the outermost paragraph."""
    for kind, tags in (("tr", ("{%tr", "{{tr", "{#tr")), ("tc", ("{%tc", "{{tc", "{#tc"))):
        for around in paragraph.iterancestors(w(kind)):
            if any(tag in text_of(inner) for inner in around.iter(w("p")) for tag in tags):
                return around
    outer = list(paragraph.iterancestors(w("p")))
    return outer[-1] if outer else paragraph


def _tag_paragraph(anchor: Element, paragraph: Element) -> Element:
    if anchor is paragraph:
        return paragraph
    return next((inner for inner in anchor.iter(w("p")) if "{%t" in text_of(inner)), paragraph)


def add_line_break(anchor: Element) -> None:
    """Put a line break right before an element."""
    before, parent = anchor.getprevious(), anchor.getparent()
    if before is not None:
        before.tail = (before.tail or "") + "\n"
    elif parent is not None:
        parent.text = (parent.text or "") + "\n"


class ParagraphNames:
    """Names paragraphs by counting as users do: in the body, by table, row and cell, by text box.

    Names are unique, except that the copy of a text box that Word keeps for old programs has the same names.
    """

    def __init__(self, root: Element) -> None:
        self._numbers: dict[Element, int] = {}
        counts: Counter[tuple[Element, str, bool]] = Counter()
        for element in root.iter(*_HOLDERS):
            old = next(element.iterancestors(_FALLBACK), None) is not None
            key = (_holder(element, root), element.tag, old)
            counts[key] += 1
            self._numbers[element] = counts[key]

    def name(self, paragraph: Element) -> str:
        """The name of a paragraph, such as “bảng 1, hàng 2, ô 3, đoạn 1”."""
        around = next(paragraph.iterancestors(*_HOLDERS[w("p")]), None)
        number = self._numbers.get(paragraph, 0)
        if around is None:
            return _("đoạn {n}").format(n=number)
        if around.tag == w("txbxContent"):
            host = next(around.iterancestors(w("p")), None)
            name = self.name(host) + ", " if host is not None else ""
            return name + _("khung {b}, đoạn {p}").format(b=self._numbers[around], p=number)
        row = next(around.iterancestors(w("tr")))
        return _("bảng {t}, hàng {r}, ô {c}, đoạn {p}").format(
            t=self._numbers[next(row.iterancestors(w("tbl")))],
            r=self._numbers[row],
            c=self._numbers[around],
            p=number,
        )


#: Element that is counted → elements within which it is counted; tables are counted through the whole part.
_HOLDERS: dict[str, tuple[str, ...]] = {
    w("tbl"): (),
    w("tr"): (w("tbl"),),
    w("tc"): (w("tr"),),
    w("txbxContent"): (w("p"),),
    w("p"): (w("tc"), w("txbxContent")),
}


def _holder(element: Element, root: Element) -> Element:
    tags = _HOLDERS[element.tag]
    return next(element.iterancestors(*tags), root) if tags else root


def text_of_part(root: Element) -> str:
    """The texts of all text elements of a part."""
    return "".join(text.text or "" for text in root.iter(w("t")))
