"""Reads the runs of a paragraph with their effective look, lines and fields, in order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from docgen.base.wordprocessing import Element, W, attribute, branches, child, value
from docgen.layout.docx.lines import drawn_lines
from docgen.layout.docx.properties import RunProps, read_run
from docgen.layout.docx.styles import Styles
from docgen.layout.facts import Look, Run

#: Wrappers whose content is part of the text; w:del and w:moveFrom aren't among them, as they hold deleted text.
_WRAPPERS = {
    W + name for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo")
}
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
#: A no-break hyphen as a character, which other programs write for Word's element.
_HYPHEN = "\u2011"
_PAGE_BREAKS = {"page", "column"}
#: Marks of the parts of a complex field; no instruction contains these characters.
_BEGIN, _SEPARATE, _END = "\x02", "\x03", "\x04"
_MARKS = {"begin": _BEGIN, "separate": _SEPARATE, "end": _END}


@dataclass(frozen=True)
class Reader:
    """Reads runs under a table style (or "") and a paragraph style."""

    styles: Styles
    table_style: str
    style: str

    def runs(self, paragraph: Element) -> Iterator[Run]:
        """The runs of a paragraph or of a wrapper in it."""
        for item in branches(paragraph):
            if item.tag == W + "r":
                yield from self._run(item)
            elif item.tag == W + "fldSimple":
                yield from self._field(item)
            elif item.tag in _WRAPPERS:
                yield from self.runs(item)

    def _field(self, element: Element) -> Iterator[Run]:
        inner = joined_fields(self.runs(element))
        look = inner[0].look if inner else self.look(None)
        yield Run("", look, field=attribute(element, "instr") or "")
        yield from inner

    def look(self, props: Element | None) -> Look:
        """The effective look of a run with the properties ``props``."""
        return to_look(self._props(props))

    def label_is_bold(self, mark: Element | None, level: Element | None) -> bool:
        """Whether the number before a paragraph is bold: by its list level, or else by the paragraph mark."""
        own = read_run(child(level, "rPr"), self.styles.theme)
        return bool(own.over(self._props(mark)).bold)

    def _props(self, props: Element | None) -> RunProps:
        direct = read_run(props, self.styles.theme)
        return direct.over(self.styles.run(self.table_style, self.style, value(props, "rStyle")))

    def _run(self, element: Element) -> Iterator[Run]:
        props = self._props(child(element, "rPr"))
        if props.hidden:
            return
        look = to_look(props)
        for item in branches(element):
            if item.tag == W + "instrText":
                yield Run("", look, field=item.text or "")
            elif item.tag == W + "fldChar":
                yield Run("", look, field=_MARKS.get(attribute(item, "fldCharType") or ""))
            elif item.tag in {W + "drawing", W + "pict", W + "object"}:
                yield Run("", look, lines=tuple(drawn_lines(item)))
            elif text := _characters(item):
                yield Run(text, look)


@dataclass
class _Field:
    """A complex field being read: its position among the runs, its look, and its instruction so far."""

    at: int
    look: Look
    instruction: str = ""
    has_result: bool = False
    seen: bool = False


def joined_fields(runs: Iterator[Run]) -> tuple[Run, ...]:
    """Join the pieces of each field's instruction into one run, which has the look of the field's result."""
    out: list[Run] = []
    fields: list[_Field] = []
    for run in runs:
        if run.field == _BEGIN:
            fields.append(_Field(len(out), run.look))
            out.append(run)
        elif run.field == _SEPARATE:
            if fields:
                fields[-1].has_result = True
        elif run.field == _END:
            _close(out, fields)
        elif run.field is not None and fields and not fields[-1].has_result:
            fields[-1].instruction += run.field
            fields[-1].look = run.look
        else:
            if fields and fields[-1].has_result and not fields[-1].seen and run.text.strip():
                fields[-1].look, fields[-1].seen = run.look, True
            out.append(run if run.field is None else replace(run, field=run.field.strip()))
    while fields:
        _close(out, fields)
    return tuple(out)


def _close(out: list[Run], fields: list[_Field]) -> None:
    if fields:
        field = fields.pop()
        out[field.at] = Run("", field.look, field=field.instruction.strip())


def _characters(item: Element) -> str:
    if item.tag == W + "t":
        return (item.text or "").replace(_HYPHEN, "-")
    if item.tag == W + "br":
        return "" if attribute(item, "type") in _PAGE_BREAKS else "\n"
    if item.tag == W + "sym":
        return "•"
    return _CHARACTERS.get(str(item.tag), "")


def has_page_break(paragraph: Element) -> bool:
    """Whether a page break stands before any text of the paragraph."""
    for item in paragraph.iter(W + "br", W + "t"):
        if item.tag == W + "br" and attribute(item, "type") == "page":
            return True
        if item.tag == W + "t" and (item.text or "").strip():
            return False
    return False


def to_look(props: RunProps) -> Look:
    """The look of a run, with Word's defaults for properties that aren't set."""
    font = props.font or "Times New Roman"
    color = (props.color or "auto").upper()
    return Look(
        font=font,
        font_high=props.font_high or font,
        size=props.size or 10.0,
        bold=bool(props.bold),
        italic=bool(props.italic),
        underline=bool(props.underline),
        caps=bool(props.caps),
        color=None if color == "AUTO" else color,
    )
