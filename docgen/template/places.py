"""Where each line of a translated part came from: one line a paragraph, so that an error's line is its paragraph.

Line breaks are put before paragraphs, outside of them; they stay when the translation drops the paragraph or the row
that holds a ``{%p`` or ``{%tr`` tag, and go out of the rendered part again.
"""

from dataclasses import dataclass

from docgen.errors import Place
from docgen.locale import translate as _
from docgen.template.xml import Element, own_texts, text_of, w

#: How each kind of tag ends.
CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}


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
    """How a person calls a part of a Word file."""
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
    """Bring each tag into one text element: Word splits tags over runs when it checks spelling or changes format."""
    for paragraph in root.iter(w("p")):
        texts = own_texts(paragraph)
        whole = "".join(text.text or "" for text in texts)
        if len(texts) > 1 and "{" in whole:
            _join(texts, whole)


def _join(texts: list[Element], whole: str) -> None:
    owners = [text for text in texts for _letter in text.text or ""]
    end = 0
    for start, stop in tag_spans(whole):
        for position in range(start, stop):
            owners[position] = owners[start]
        end = max(end, stop)
    if not end:
        return
    for text in texts:
        text.text = "".join(letter for letter, owner in zip(whole, owners, strict=True) if owner is text)


def tag_spans(whole: str) -> list[tuple[int, int]]:
    """Start and end of each tag in a paragraph's text; a tag that isn't closed there ends with it."""
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


def mark_lines(root: Element, file: str, part: str) -> LinePlaces:
    """Put a line break before each paragraph, or the row or cell that goes with it, and say what each line is."""
    for element in root.iter():
        if element.text and "\n" in element.text:
            element.text = element.text.replace("\n", " ")
        if element.tail and "\n" in element.tail:
            element.tail = element.tail.replace("\n", " ")
    lines = [""]
    names = ParagraphNames(root)
    for paragraph in list(root.iter(w("p"))):
        anchor = _anchor(paragraph)
        _break_before(anchor)
        lines.append(names.name(_tag_paragraph(anchor, paragraph)))
    return LinePlaces(file, part, tuple(lines))


def _anchor(paragraph: Element) -> Element:
    """What vanishes with the paragraph when a row or cell tag is translated, else the paragraph itself."""
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


def _break_before(anchor: Element) -> None:
    before, parent = anchor.getprevious(), anchor.getparent()
    if before is not None:
        before.tail = (before.tail or "") + "\n"
    elif parent is not None:
        parent.text = (parent.text or "") + "\n"


class ParagraphNames:
    """Names paragraphs the way a person counts them: in the body, or by table, row and cell."""

    def __init__(self, root: Element) -> None:
        self._tables = {table: number for number, table in enumerate(root.iter(w("tbl")), 1)}
        self._paragraphs: dict[Element, int] = {}
        body = [paragraph for paragraph in root.iter(w("p")) if next(paragraph.iterancestors(w("tbl")), None) is None]
        self._paragraphs = {paragraph: number for number, paragraph in enumerate(body, 1)}

    def name(self, paragraph: Element) -> str:
        """Where a paragraph stands, counted as a person counts."""
        cell = next(paragraph.iterancestors(w("tc")), None)
        if cell is None:
            return _("đoạn {n}").format(n=self._paragraphs.get(paragraph, 0))
        row = next(cell.iterancestors(w("tr")))
        table = next(row.iterancestors(w("tbl")))
        return _("bảng {t}, hàng {r}, ô {c}, đoạn {p}").format(
            t=self._tables[table],
            r=1 + sum(1 for _row in row.itersiblings(w("tr"), preceding=True)),
            c=1 + sum(1 for _cell in cell.itersiblings(w("tc"), preceding=True)),
            p=1 + sum(1 for _par in paragraph.itersiblings(w("p"), preceding=True)),
        )


def text_of_part(root: Element) -> str:
    """Everything that a part's text elements say."""
    return "".join(text.text or "" for text in root.iter(w("t")))
