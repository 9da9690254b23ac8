"""Sections: paper, margins and page numbers of each w:sectPr, headers and footers inherited."""

from collections.abc import Callable, Iterator

from lxml.etree import _Element as Element

from docgen.layout.docx.ooxml import MC, R, W, child, child_value, integer, mm, switch, twips_pt, value
from docgen.layout.facts import Paragraph, Section

Story = tuple[Paragraph, ...]
#: Reads the header or footer behind a relationship id.
ReadStory = Callable[[str], Story]

#: Word's own values where a file says nothing: Letter paper with margins of an inch, in points.
_DEFAULT = {"w": 612.0, "h": 792.0, "top": 72.0, "bottom": 72.0, "left": 72.0, "right": 72.0}


def section_elements(body: Element) -> list[Element]:
    """Every w:sectPr that ends a section, in document order; at least an empty one."""
    found = [item for item in body.iter(W + "sectPr") if _in_force(item)]
    return found or [body.makeelement(W + "sectPr")]


def _in_force(properties: Element) -> bool:
    outer = {item.tag for item in properties.iterancestors()}
    return not outer & {W + "sectPrChange", W + "pPrChange", W + "txbxContent", MC + "Fallback"}


def read_sections(elements: list[Element], read_story: ReadStory) -> Iterator[Section]:
    """A record a section."""
    headers: dict[str, Story] = {}
    footers: dict[str, Story] = {}
    for index, element in enumerate(elements):
        headers = headers | _stories(element, "headerReference", read_story)
        footers = footers | _stories(element, "footerReference", read_story)
        yield _section(index, element, headers, footers)


def _stories(element: Element, name: str, read_story: ReadStory) -> dict[str, Story]:
    references = element.iterfind(W + name)
    return {value(item, "type") or "default": read_story(item.get(R + "id") or "") for item in references}


def _section(index: int, element: Element, headers: dict[str, Story], footers: dict[str, Story]) -> Section:
    paper, margins, numbers = (child(element, name) for name in ("pgSz", "pgMar", "pgNumType"))
    gutter = _length(margins, "gutter") or 0.0
    return Section(
        number=index,
        width_mm=_mm(paper, "w"),
        height_mm=_mm(paper, "h"),
        top_mm=abs(_mm(margins, "top")),  # negative: the header may not push the text down
        bottom_mm=abs(_mm(margins, "bottom")),
        left_mm=_mm(margins, "left") + mm(gutter),
        right_mm=_mm(margins, "right"),
        page_start=integer(value(numbers, "start")),
        page_format=child_value(element, "pgNumType", "fmt") or "decimal",
        title_page=bool(switch(element, "titlePg")),
        headers=headers,
        footers=footers,
    )


def _length(element: Element | None, name: str) -> float | None:
    return twips_pt(value(element, name))


def _mm(element: Element | None, name: str) -> float:
    found = _length(element, name)
    return mm(_DEFAULT[name] if found is None else found)
