"""Restarts lists at ``{%p danh_so_lai %}``: the list of the next numbered paragraph starts over.

Each restart when rendering adds a ``w:num`` like that of the list, as Word's "Restart at 1" does. Within a numbered
paragraph, ``{% danh_so_lai %}`` restarts the list of that paragraph.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from docgen.base.locale import translate as _
from docgen.base.wordprocessing import Element, child, text_of, value, w, whole_number
from docgen.errors import Problem
from docgen.template.language.styles import Styles
from docgen.template.tags.marks import Mark, Preparation, marks_of, properties_of, put_in

TAG = "danh_so_lai"
_LEVELS = 9


@dataclass(frozen=True)
class Lists:
    """The lists of a document; ``root`` is its part word/numbering.xml, or None."""

    root: Element | None

    @property
    def highest(self) -> int:
        """The highest number of a list."""
        return max((whole_number(one.get(w("numId"))) for one in self._all("num")), default=0)

    def level(self, number: int, style: str | None) -> str:
        """The level of a list that is linked to a paragraph style, or else the first level."""
        look = self.look(number)
        for level in look.iter(w("lvl")) if look is not None else ():
            if style is not None and value(level, "pStyle") == style:
                return level.get(w("ilvl"), "0")
        return "0"

    def look(self, number: int) -> Element | None:
        """The w:abstractNum of a list, or None."""
        one = self.one(number)
        found = value(one, "abstractNumId")
        return next((look for look in self._all("abstractNum") if look.get(w("abstractNumId")) == found), None)

    def one(self, number: int) -> Element | None:
        """The w:num with that number, or None."""
        return next((one for one in self._all("num") if whole_number(one.get(w("numId"))) == number), None)

    def _all(self, name: str) -> list[Element]:
        return self.root.findall(w(name)) if self.root is not None else []


@dataclass(frozen=True)
class NumberingStep:
    """Prepares the tags of a part; without ``lists`` any number counts as a list."""

    styles: Styles
    lists: Lists | None
    preparation: Preparation

    def prepare(self, root: Element) -> Iterator[Problem]:
        """Turn each tag into a restart, and give the paragraphs of those lists the current number.

        Yield problems for tags without a numbered paragraph.
        """
        paragraphs = list(root.iter(w("p")))
        restarted: set[int] = set()
        for index, paragraph in enumerate(paragraphs):
            for mark in [mark for mark in marks_of(paragraph) if mark.name == TAG][:1]:
                alone = bool(mark.takes)
                number = self._next(paragraphs[index + 1 :]) if alone else self.number(paragraph)
                if not number or (self.lists is not None and self.lists.one(number) is None):
                    mark.take_out()
                    yield self._fault(paragraph, alone)
                    continue
                restarted.add(number)
                self._restart(paragraph, mark, number)
        for paragraph in paragraphs if restarted else ():
            number = self.number(paragraph)
            if number in restarted:
                self._follow(paragraph, number)

    def number(self, paragraph: Element) -> int:
        """The number of a paragraph's list, directly or by its style; 0 if it is in none."""
        own = value(paragraph, "pPr", "numPr", "numId")
        return whole_number(own if own is not None else self.styles.of_paragraph(paragraph, "numPr", "numId"))

    def _next(self, paragraphs: list[Element]) -> int:
        return next((number for one in paragraphs if text_of(one).strip() and (number := self.number(one))), 0)

    def _restart(self, paragraph: Element, mark: Mark, number: int) -> None:
        code = f"{number}|_restart({self.lists.highest if self.lists is not None else 0})"
        if mark.takes:
            mark.take_out("{{" + f"{mark.takes} {code} " + "}}")
        else:
            mark.take_out()
            self.preparation.before(paragraph, "{{ " + code + " }}")

    def _follow(self, paragraph: Element, number: int) -> None:
        """Set a paragraph's list directly, and the indent of its style, which a direct list would override."""
        properties = properties_of(paragraph)
        direct = child(properties, "numPr", "numId") is not None
        numbering = put_in(properties, "numPr")
        if not direct:
            level = self.styles.of_paragraph(paragraph, "numPr", "ilvl")
            style = value(paragraph, "pPr", "pStyle")
            etree.SubElement(numbering, w("ilvl")).set(
                w("val"), level or (self.lists or Lists(None)).level(number, style)
            )
            etree.SubElement(numbering, w("numId"))
            indent = self.styles.properties_of(paragraph, "ind")
            if indent is not None and child(properties, "ind") is None:
                put_in(properties, "ind").attrib.update(indent.attrib)
        identity = child(numbering, "numId")
        assert identity is not None
        identity.set(w("val"), self.preparation.splice("{{ " + f"{number}|_list" + " }}"))

    def _fault(self, paragraph: Element, alone: bool) -> Problem:
        message = _("{% danh_so_lai %} nằm trong đoạn không đánh số tự động")
        hint = _("đánh số đoạn bằng nút Numbering của Word, hoặc đặt {%p danh_so_lai %} riêng một đoạn phía trước")
        if alone:
            message = _("sau {%p danh_so_lai %} không có đoạn nào đánh số tự động")
            hint = _("đánh số các đoạn đó bằng nút Numbering của Word, không gõ số bằng tay")
        return Problem("template.restart", message, hint, self.preparation.place(paragraph))


def add_lists(root: Element, restarted: list[tuple[int, int]]) -> None:
    """Add the ``restarted`` lists, pairs of new and old number: copies with every level at its start."""
    lists = Lists(root)
    place = root.findall(w("num"))[-1]
    for new, number in restarted:
        old = lists.one(number)
        assert old is not None
        made = deepcopy(old)
        made.set(w("numId"), str(new))
        for name in [name for name in made.attrib if not str(name).startswith(w(""))]:
            del made.attrib[name]  # an id for co-authoring, which must be unique
        for level in range(_LEVELS):
            _start_over(made, level, lists.look(number))
        place.addnext(made)
        place = made


def _start_over(made: Element, level: int, look: Element | None) -> None:
    override = next((one for one in made.findall(w("lvlOverride")) if one.get(w("ilvl")) == str(level)), None)
    if override is None:
        override = etree.SubElement(made, w("lvlOverride"))
        override.set(w("ilvl"), str(level))
    if override.find(w("startOverride")) is None:
        own = override.find(w("lvl"))
        levels = look.findall(w("lvl")) if look is not None else []
        shared = next((one for one in levels if one.get(w("ilvl")) == str(level)), None)
        start = etree.Element(w("startOverride"))
        start.set(w("val"), value(own if own is not None else shared, "start") or "1")
        override.insert(0, start)
