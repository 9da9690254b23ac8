"""Reads every paragraph of a part from top to bottom, including those in tables and text boxes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from docgen.base.wordprocessing import MC, Element, W, attribute, branches, child, value
from docgen.layout.docx.lines import border_of, lines_from_characters, text_boxes, with_cell_border
from docgen.layout.docx.measures import integer, mm, twips_pt
from docgen.layout.docx.properties import ParaProps, read_paragraph
from docgen.layout.docx.styles import Numbering, Styles
from docgen.layout.docx.text import Reader, has_page_break, joined_fields
from docgen.layout.facts import Align, Cell, Paragraph, Run, Shape

_ALIGN = {
    "center": Align.CENTER,
    "right": Align.RIGHT,
    "end": Align.RIGHT,
    "both": Align.BOTH,
    "distribute": Align.BOTH,
    "thaiDistribute": Align.BOTH,
}
_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "footnote", "endnote")}
_DEFAULT_TAB = 36.0


@dataclass(frozen=True)
class _Around:
    """The cells, outermost first, table style and text box around a paragraph."""

    cells: tuple[Cell, ...] = ()
    table_style: str = ""
    boxed: bool = False


@dataclass
class Story:
    """Reads one part; ``widths`` are the sections' text widths in mm, ``pages`` as :func:`pages` gives them."""

    part: str
    styles: Styles
    numbering: Numbering
    widths: Sequence[float] = (0.0,)
    _paragraphs: int = 0
    _tables: int = 0
    _section: int = 0
    pages: Mapping[Element, int] = field(default_factory=dict)
    _start: _Around = field(default_factory=_Around)
    _order: dict[Element, int] = field(default_factory=dict)

    def read(self, root: Element) -> Iterator[Paragraph]:
        """Every paragraph of ``root`` in document order."""
        self._order = {item: index for index, item in enumerate(root.getroottree().iter(W + "p"))}
        yield from self._blocks(root, self._start)

    def _blocks(self, parent: Element, around: _Around) -> Iterator[Paragraph]:
        for item in branches(parent):
            if item.tag == W + "p":
                yield self._paragraph(item, around)
                if next(item.iter(W + "txbxContent"), None) is not None:
                    for box in text_boxes(item):
                        yield from self._blocks(box, replace(around, boxed=True))
                self._section += _ends_section(item)
            elif item.tag == W + "tbl":
                yield from self._table(item, around)
            elif item.tag in _WRAPPERS:
                yield from self._blocks(item, around)

    def _table(self, table: Element, around: _Around) -> Iterator[Paragraph]:
        self._tables += 1
        number = self._tables
        style = self.styles.in_force("table", value(table, "tblPr", "tblStyle"))
        grid = [twips_pt(attribute(column, "w")) or 0.0 for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        for row, element in enumerate(_unwrapped(table, "tr"), 1):
            column = 1 + (integer(value(element, "trPr", "gridBefore")) or 0)
            for cell in _unwrapped(element, "tc"):
                span = max(1, integer(value(cell, "tcPr", "gridSpan")) or 1)
                spot = Cell(number, row, column, _cell_width(cell, grid[column - 1 : column - 1 + span]))
                inside = list(self._blocks(cell, _Around((*around.cells, spot), style, around.boxed)))
                yield from with_cell_border(cell, inside, spot.width_mm)
                column += span

    def _paragraph(self, element: Element, around: _Around) -> Paragraph:
        self._paragraphs += 1
        props = child(element, "pPr")
        style = self.styles.in_force("paragraph", value(props, "pStyle"))
        effective = self._effective(read_paragraph(props), around.table_style, style)
        listed = effective.list_id is not None
        reader = Reader(self.styles, around.table_style, style)
        runs = joined_fields(reader.runs(element))
        number, level = effective.list_id or "0", effective.list_level or 0
        width = (around.cells[-1].width_mm if around.cells else None) or self._width()
        return Paragraph(
            part=self.part,
            number=self._paragraphs,
            section=self._section,
            runs=lines_from_characters(runs),
            shape=_shape(effective, runs, next(element.iter(W + "ptab"), None)),
            style=style,
            label=self.numbering.label(number, level) if listed else "",
            label_bold=listed and reader.label_is_bold(child(props, "rPr"), self.numbering.level(number, level)),
            cells=around.cells,
            border_lines=border_of(effective, width),
            page_break=bool(effective.page_break) or has_page_break(element),
            index=self._order.get(element, -1),
            page=self.pages.get(element),
            boxed=around.boxed,
            conditional=bool(around.cells) and self.styles.conditional(around.table_style),
        )

    def _width(self) -> float:
        return self.widths[min(self._section, len(self.widths) - 1)]

    def _effective(self, direct: ParaProps, table_style: str, style: str) -> ParaProps:
        base = self.styles.paragraph(table_style, style)
        listed = direct.over(base)
        if listed.list_id is None:
            return listed
        indent = self.numbering.indent(listed.list_id, listed.list_level or 0)
        if direct.list_id is None:  # the list comes from the style, whose own indents win over the list's
            return direct.over(base.over(indent))
        return direct.over(indent.over(base))


def _unwrapped(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also those inside content controls."""
    for item in branches(parent):
        if item.tag == W + name:
            yield item
        elif item.tag in _WRAPPERS:
            yield from _unwrapped(item, name)


def _cell_width(cell: Element, grid: list[float]) -> float | None:
    width = child(cell, "tcPr", "tcW")
    own = twips_pt(attribute(width, "w")) if (attribute(width, "type") or "dxa") == "dxa" else None
    points = own or sum(grid)
    return mm(points) if points else None


def _ends_section(paragraph: Element) -> int:
    ends = child(paragraph, "pPr", "sectPr") is not None
    return int(ends and not any(item.tag == MC + "Fallback" for item in paragraph.iterancestors()))


def _shape(props: ParaProps, runs: tuple[Run, ...], placed: Element | None = None) -> Shape:
    """The effective format; ``placed`` is a w:ptab, a tab with its own position that ignores the tab stops."""
    left, hanging = props.left or 0.0, props.first or 0.0
    exact = props.line is not None and props.line_rule == "exact"
    size = max((run.look.size for run in runs if run.text.strip()), default=12.0)
    align = _ALIGN.get(props.align or "", Align.LEFT)
    begin = left + hanging
    if runs and runs[0].text.startswith("\t") and placed is not None:
        align = _ALIGN.get(attribute(placed, "alignment") or "", align)
    elif runs and runs[0].text.startswith("\t"):
        begin, align = _after_tab(begin, align, props)
    return Shape(
        align=align,
        first_line_mm=mm(begin),
        left_mm=mm(left),
        right_mm=mm(props.right or 0.0),
        before_pt=props.before or 0.0,
        after_pt=props.after or 0.0,
        line=_line(props, size),
        line_exact_pt=props.line if exact else None,
        keep_next=bool(props.keep_next),
        contextual=bool(props.contextual),
    )


def _line(props: ParaProps, size: float) -> float:
    """The spacing as a multiple; a single line of Times New Roman is 1.15 times the font size."""
    if props.line is None:
        return 1.0
    if props.line_rule in {"exact", "atLeast"}:
        multiple = props.line / (1.15 * size)
        return multiple if props.line_rule == "exact" else max(1.0, multiple)
    return props.line


def _after_tab(begin: float, align: Align, props: ParaProps) -> tuple[float, Align]:
    """Where text after a leading tab begins, in points: at the next tab stop, which may also centre it."""
    for place, kind in props.tabs or ():
        if place > begin:
            return (place, Align.CENTER) if kind == "center" else (place, align)
    return (begin // _DEFAULT_TAB + 1) * _DEFAULT_TAB, align
