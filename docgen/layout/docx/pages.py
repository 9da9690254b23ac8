"""Which sheet a paragraph begins on, where the file itself says so: Word leaves a mark where a page began."""

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from docgen.layout.docx.ooxml import W, child, child_value, switch, value

_MARK = W + "lastRenderedPageBreak"
_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}


def pages(body: Element) -> dict[Element, int]:
    """w:p → sheet of the file, from 1; nothing for a file that Word never laid out.

    Paragraphs for which the marks leave a doubt (a row that runs over a page) are not in it.
    """
    if next(body.iter(_MARK), None) is None:
        return {}
    counter = _Counter(_section_types(body))
    counter.blocks(body)
    return counter.found


def _section_types(body: Element) -> list[str]:
    return [child_value(item, "type") or "nextPage" for item in body.iter(W + "sectPr")]


@dataclass
class _Counter:
    """Walks down a body; ``pending``: a break was passed and the next thing shown stands on a new page."""

    sections: list[str]
    page: int = 1
    pending: bool = False
    section: int = 0
    lost: bool = False
    found: dict[Element, int] = field(default_factory=dict)

    def blocks(self, parent: Element) -> None:
        for item in parent:
            if item.tag == W + "p":
                self._paragraph(item)
            elif item.tag == W + "tbl":
                for row in item.iterfind(W + "tr"):
                    self._row(row)
            elif item.tag in _WRAPPERS:
                self.blocks(item)

    def _row(self, row: Element) -> None:
        """Each cell of a row begins on the sheet where the row does; the row ends where its longest cell does."""
        start, pending, ends, inside = self.page, self.pending, [], []
        for cell in row.iter(W + "tc"):
            self.page, self.pending = start, pending
            self.blocks(cell)
            ends.append(self.page)
            inside.append((cell, self.page))
        self.page = max(ends, default=start)
        self.pending = pending and self.page == start and self.pending
        for cell, end in inside:
            if end != self.page:
                for paragraph in cell.iter(W + "p"):
                    self.found.pop(paragraph, None)

    def _paragraph(self, paragraph: Element) -> None:
        props = child(paragraph, "pPr")
        begins: int | None = None
        self.pending = self.pending or bool(switch(props, "pageBreakBefore"))
        for item in paragraph.iter(_MARK, W + "br", W + "t"):
            if item.tag == _MARK:
                self._turn()
            elif item.tag == W + "br":
                self._break(value(item, "type"))
            elif (item.text or "").strip():
                self._turn_if_pending()
                begins = begins or self.page
        if not self.lost:
            self.found[paragraph] = begins or self.page
        if child(props, "sectPr") is not None:
            self._end_section()

    def _turn(self) -> None:
        self.page, self.pending = self.page + 1, False

    def _turn_if_pending(self) -> None:
        if self.pending:
            self._turn()

    def _break(self, kind: str | None) -> None:
        if kind == "page":
            self._turn_if_pending()
            self.pending = True

    def _end_section(self) -> None:
        self.section += 1
        kind = self.sections[self.section] if self.section < len(self.sections) else "nextPage"
        self.pending = self.pending or kind == "nextPage"
        self.lost = self.lost or kind in {"oddPage", "evenPage"}
