"""Records of single w:rPr and w:pPr elements, before inheritance; None means "not set"."""

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from docgen.base.wordprocessing import Element, W, attribute, child, switch, value
from docgen.layout.docx.measures import half_points, integer, number, twips_pt


@dataclass(frozen=True, slots=True)
class RunProps:
    """A w:rPr; ``size`` in points, ``color`` in hexadecimal or "auto"."""

    font: str | None = None
    font_high: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    underline: bool | None = None
    color: str | None = None

    def over(self, base: "RunProps") -> "RunProps":
        """These properties, completed by those of ``base`` where they aren't set."""
        return RunProps(*_overlay(_RUN_FIELDS(self), _RUN_FIELDS(base)))


@dataclass(frozen=True, slots=True)
class ParaProps:
    """A w:pPr, lengths in points; ``first`` is negative for a hanging indent."""

    align: str | None = None
    first: float | None = None
    left: float | None = None
    right: float | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None
    line_rule: str | None = None
    keep_next: bool | None = None
    contextual: bool | None = None
    page_break: bool | None = None
    list_id: str | None = None
    list_level: int | None = None
    tabs: tuple[tuple[float, str], ...] | None = None
    border: bool | None = None

    def over(self, base: "ParaProps") -> "ParaProps":
        """These properties, completed by those of ``base`` where they aren't set."""
        return ParaProps(*_overlay(_PARA_FIELDS(self), _PARA_FIELDS(base)))


#: Get all fields of a record in order. These run several times for each run and paragraph, so they are fast.
_RUN_FIELDS = attrgetter(*(item.name for item in fields(RunProps)))
_PARA_FIELDS = attrgetter(*(item.name for item in fields(ParaProps)))


def _overlay(upper: tuple[Any, ...], lower: tuple[Any, ...]) -> list[Any]:
    return [above if above is not None else below for above, below in zip(upper, lower, strict=True)]


def read_run(props: Element | None, theme: dict[str, str]) -> RunProps:
    """Read a w:rPr; ``theme`` maps names such as ``minorHAnsi`` to fonts."""
    if props is None or not len(props):
        return RunProps()
    underline = value(props, "u")
    fonts = child(props, "rFonts")
    return RunProps(
        font=_font(fonts, "ascii", theme),
        font_high=_font(fonts, "hAnsi", theme),
        size=half_points(value(props, "sz")),
        bold=switch(props, "b"),
        italic=switch(props, "i"),
        caps=switch(props, "caps"),
        hidden=switch(props, "vanish"),
        underline=None if underline is None else underline != "none",
        color=value(props, "color"),
    )


def _font(fonts: Element | None, name: str, theme: dict[str, str]) -> str | None:
    themed = attribute(fonts, name + "Theme")
    return theme.get(themed) or attribute(fonts, name) if themed else attribute(fonts, name)


def read_paragraph(props: Element | None) -> ParaProps:
    """Read a w:pPr."""
    if props is None:
        return ParaProps()
    indent, spacing = child(props, "ind"), child(props, "spacing")
    numbering = child(props, "numPr")
    return ParaProps(
        # a text frame's alignment, by which old documents centre the page number
        align=value(props, "jc") or value(props, "framePr", attribute="xAlign"),
        first=_first(indent),
        left=_either(indent, "left", "start"),
        right=_either(indent, "right", "end"),
        before=_gap(spacing, "before"),
        after=_gap(spacing, "after"),
        line=_line(spacing),
        line_rule=attribute(spacing, "lineRule") or ("auto" if attribute(spacing, "line") else None),
        keep_next=switch(props, "keepNext"),
        contextual=switch(props, "contextualSpacing"),
        page_break=switch(props, "pageBreakBefore"),
        list_id=value(numbering, "numId"),
        list_level=integer(value(numbering, "ilvl")),
        tabs=_tabs(child(props, "tabs")),
        border=_has_line(child(props, "pBdr")),
    )


def _either(element: Element | None, name: str, other: str) -> float | None:
    return twips_pt(attribute(element, name) or attribute(element, other))


def _first(indent: Element | None) -> float | None:
    hanging = twips_pt(attribute(indent, "hanging"))
    return -hanging if hanging is not None else twips_pt(attribute(indent, "firstLine"))


def _gap(spacing: Element | None, side: str) -> float | None:
    if (attribute(spacing, side + "Autospacing") or "0").lower() in {"1", "true", "on"}:
        return 14.0  # Word's value for "auto"
    return twips_pt(attribute(spacing, side))


def _line(spacing: Element | None) -> float | None:
    """The line spacing: in points if exact or at least, otherwise as a multiple (the file has 240ths of a line)."""
    line = attribute(spacing, "line")
    if (attribute(spacing, "lineRule") or "auto") != "auto":
        return twips_pt(line)
    plain = number(line)
    return None if plain is None else plain / 240


def _tabs(tabs: Element | None) -> tuple[tuple[float, str], ...] | None:
    if tabs is None:
        return None
    stops = ((twips_pt(attribute(tab, "pos")), attribute(tab) or "left") for tab in tabs.iterfind(W + "tab"))
    return tuple(sorted((place, kind) for place, kind in stops if place is not None and kind != "clear"))


def _has_line(borders: Element | None) -> bool | None:
    """Whether there is a border above or below, but none at the sides."""
    if borders is None:
        return None
    drawn = {side for side in ("top", "bottom", "left", "right") if value(borders, side) not in {None, "none", "nil"}}
    return bool(drawn) and not drawn & {"left", "right"}
