"""Reads sections (paper, margins, page numbers), and the page of each paragraph if Word recorded it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from docgen.base.wordprocessing import MC, Element, R, W, attribute, child, switch, value
from docgen.layout.docx.measures import integer, mm, twips_pt
from docgen.layout.facts import Paragraph, Section

_MARK = W + "lastRenderedPageBreak"
_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}


def pages(body: Element) -> dict[Element, int]:
    """w:p → page of the file that it begins on, from 1; empty for a file that Word never laid out.

    Paragraphs whose page is ambiguous (in a row that runs over a page) are left out.
    """
    if next(body.iter(_MARK), None) is None:
        return {}
    counter = _Counter([value(item, "type") or "nextPage" for item in body.iter(W + "sectPr")])
    counter.blocks(body)
    return counter.found


@dataclass
class _Counter:
    """Counts pages through a body.

    ``pending``: a page break was passed, so the next text begins a page. ``lost``: a section on an odd or even page
    has begun, which may have skipped a page.
    """

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
        """Count through each cell from the page where the row begins; the row ends where its longest cell does."""
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
                if attribute(item, "type") == "page":
                    self._turn_if_pending()
                    self.pending = True
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

    def _end_section(self) -> None:
        self.section += 1
        kind = self.sections[self.section] if self.section < len(self.sections) else "nextPage"
        self.pending = self.pending or kind == "nextPage"
        self.lost = self.lost or kind in {"oddPage", "evenPage"}


#: Reads the header or footer with a relationship id.
ReadStory = Callable[[str], tuple[Paragraph, ...]]

#: Word's defaults, in points: Letter paper with margins of one inch.
_DEFAULT = {"w": 612.0, "h": 792.0, "top": 72.0, "bottom": 72.0, "left": 72.0, "right": 72.0}


def section_elements(body: Element) -> list[Element]:
    """Every w:sectPr that ends a section, in document order; an empty one if there is none."""
    found = [item for item in body.iter(W + "sectPr") if _in_force(item)]
    return found or [body.makeelement(W + "sectPr")]


def _in_force(properties: Element) -> bool:
    outer = {item.tag for item in properties.iterancestors()}
    return not outer & {W + "sectPrChange", W + "pPrChange", W + "txbxContent", MC + "Fallback"}


def read_sections(elements: list[Element], read_story: ReadStory) -> Iterator[Section]:
    """The record of each section; it inherits headers and footers that it doesn't have from the section before."""
    headers: dict[str, tuple[Paragraph, ...]] = {}
    footers: dict[str, tuple[Paragraph, ...]] = {}
    for index, element in enumerate(elements):
        headers = headers | _stories(element, "headerReference", read_story)
        footers = footers | _stories(element, "footerReference", read_story)
        paper, margins, numbers = (child(element, name) for name in ("pgSz", "pgMar", "pgNumType"))
        yield Section(
            number=index,
            width_mm=_mm(paper, "w"),
            height_mm=_mm(paper, "h"),
            top_mm=abs(_mm(margins, "top")),  # negative means that the header can't push the text down
            bottom_mm=abs(_mm(margins, "bottom")),
            left_mm=_mm(margins, "left") + mm(twips_pt(attribute(margins, "gutter")) or 0.0),
            right_mm=_mm(margins, "right"),
            page_start=integer(attribute(numbers, "start")),
            page_format=attribute(numbers, "fmt") or "decimal",
            title_page=bool(switch(element, "titlePg")),
            headers=headers,
            footers=footers,
        )


def _stories(element: Element, name: str, read_story: ReadStory) -> dict[str, tuple[Paragraph, ...]]:
    references = element.iterfind(W + name)
    return {attribute(item, "type") or "default": read_story(item.get(R + "id") or "") for item in references}


def _mm(element: Element | None, name: str) -> float:
    found = twips_pt(attribute(element, name))
    return mm(_DEFAULT[name] if found is None else found)
