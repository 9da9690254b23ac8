"""Finds docgen's own tags in a paragraph, and replaces them by code; reports tags left open or lost."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from docgen.base.locale import translate as _
from docgen.base.wordprocessing import Element, own_texts, text_of, w
from docgen.errors import Problem
from docgen.template.language.places import CLOSERS, At, add_line_break, split_tags, tag_spans

#: The first words of ``{% … %}`` tags besides Jinja's: docxtpl's and docgen's own.
OWN_TAGS = frozenset(("cellbg", "colspan", "danh_so_lai", "gop_trai", "hm", "ngat_trang", "vm"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: Suffixes of ``{%`` and ``{{`` for tags that replace the whole paragraph, row, cell or run.
TAKES = ("p", "tr", "tc", "r")
#: The order of the children of w:pPr.
_PARAGRAPH_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct"),
    *("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind"),
    *("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
    *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
)
_CELL_ORDER = (
    *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection"),
    *("tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel", "cellMerge", "tcPrChange"),
)
_ORDERS = {w("pPr"): _PARAGRAPH_ORDER, w("tcPr"): _CELL_ORDER}


class Mark(NamedTuple):
    """A tag in a text element: start and end there, as typed, what it replaces ("p" of ``{%p``, or ""), its code."""

    text: Element
    start: int
    stop: int
    raw: str
    takes: str
    code: str

    @property
    def opener(self) -> str:
        """``{{``, ``{%`` or ``{#``."""
        return self.raw[:2]

    @property
    def closed(self) -> bool:
        """Whether it is closed in its text element."""
        return len(self.raw) >= 4 and self.raw.endswith(CLOSERS[self.opener])

    @property
    def name(self) -> str:
        """The first word of its code."""
        return self.code.strip(" -").partition(" ")[0]

    @property
    def rest(self) -> str:
        """The code after the first word."""
        return self.code.strip(" -").partition(" ")[2].strip()

    def take_out(self, instead: str = "") -> None:
        """Replace the tag in its text by ``instead``; later tags of the same text must be replaced first."""
        whole = self.text.text or ""
        self.text.text = whole[: self.start] + instead + whole[self.stop :]
        self.text.set(_SPACE, "preserve")


def tags_in(texts: Iterable[Element]) -> Iterator[Mark]:
    """The tags in text elements, whose split tags must have been joined, in order."""
    for text in texts:
        whole = text.text or ""
        for start, stop in tag_spans(whole):
            raw = whole[start:stop]
            inside = raw[2:].removesuffix(CLOSERS[raw[:2]])
            takes = next((kind for kind in TAKES if inside.startswith(f"{kind} ")), "")
            yield Mark(text, start, stop, raw, takes, _without_trim(inside.removeprefix(takes)))


def _without_trim(inside: str) -> str:
    """The inside of a tag without the signs (- and +) that control Jinja's trimming."""
    start = 1 if inside.startswith(("-", "+")) else 0
    stop = -1 if inside.endswith(("-", "+")) else None
    return inside[start:stop].strip()


def marks_of(paragraph: Element) -> Iterator[Mark]:
    """The closed ``{% … %}`` tags of a paragraph."""
    return (mark for mark in tags_in(own_texts(paragraph)) if mark.opener == "{%" and mark.closed)


def take_out(marks: list[Mark]) -> None:
    """Remove tags from their texts, the last first."""
    for mark in reversed(marks):
        mark.take_out()


def put_in(properties: Element, name: str) -> Element:
    """The child ``name`` of w:pPr or w:tcPr, inserted at its place in the schema if there is none yet."""
    found = properties.find(w(name))
    if found is not None:
        return found
    order = [w(one) for one in _ORDERS[properties.tag]]
    made = etree.Element(w(name))
    later = set(order[order.index(w(name)) + 1 :])
    follower = next((one for one in properties if one.tag in later), None)
    if follower is not None:
        follower.addprevious(made)
    else:
        properties.append(made)
    return made


def properties_of(element: Element) -> Element:
    """The w:pPr of a paragraph or the w:tcPr of a cell, inserted if there is none yet."""
    name = w(f"{etree.QName(element).localname}Pr")
    found = element.find(name)
    if found is None:
        found = etree.Element(name)
        element.insert(0, found)
    return found


class Preparation:
    """A part whose tags are being prepared: the code that replaces them, and ``place``, for problems.

    Code in attributes and between elements is hidden from docxtpl behind placeholders. Code around elements is added
    after the lines of the part have been marked.
    """

    def __init__(self, place: At) -> None:
        self.place = place
        self._codes: dict[str, str] = {}
        self._waiting: list[Callable[[], None]] = []

    def splice(self, code: str) -> str:
        """A placeholder for code in an attribute or a text."""
        name = f"docgen-{len(self._codes)}-"
        self._codes[name] = code
        return name

    def element(self, code: str) -> Element:
        """An empty element that is a placeholder for code between elements."""
        name = f"docgen-{len(self._codes)}-"
        self._codes[f"<{name}/>"] = code
        return etree.Element(name)

    def put_back(self, text: str) -> str:
        """``text`` with each placeholder replaced by its code."""
        for stand_in, code in self._codes.items():
            text = text.replace(stand_in, code)
        return text

    def before(self, element: Element, code: str) -> None:
        """Add code right before an element, later."""
        self._waiting.append(lambda: element.addprevious(self.element(code)))

    def after(self, element: Element, code: str) -> None:
        """Add code right after an element, before its tail, later."""
        self._waiting.append(lambda: add_after(element, self.element(code)))

    def then(self, work: Callable[[], None]) -> None:
        """Do any other work later."""
        self._waiting.append(work)

    def finish(self) -> None:
        """Do everything that was to be done later, in order."""
        for work in self._waiting:
            work()


def add_after(element: Element, added: Element) -> None:
    """Put an element right after another, before the other's tail."""
    added.tail, element.tail = element.tail, None
    element.addnext(added)


def lift_line(block: Element, above: Element) -> None:
    """Move the line break of a block's first paragraph before ``above``, so that code there belongs to its line."""
    paragraph = next(block.iter(w("p")), None)
    if paragraph is None:
        return
    parent, before = paragraph.getparent(), paragraph.getprevious()
    if before is not None and "\n" in (before.tail or ""):
        before.tail = (before.tail or "").replace("\n", "", 1)
    elif before is None and parent is not None and "\n" in (parent.text or ""):
        parent.text = (parent.text or "").replace("\n", "", 1)
    else:
        return
    add_line_break(above)


Marks = tuple[str, ...]
_WHOLE_PARAGRAPH = ("{%p ", "{{p ", "{#p ")
_WHOLE_ROW = ("{%tr ", "{{tr ", "{#tr ")
_WHOLE_CELL = ("{%tc ", "{{tc ", "{#tc ")


class Words(NamedTuple):
    """The message and hint for content that is lost with a tag."""

    lost: str
    hint: str


_IN_PARAGRAPH = Words(_("{what} đứng cùng đoạn với thẻ {{%p … %}} nên sẽ mất"), _("cho thẻ đứng riêng một đoạn"))
_IN_ROW = Words(_("{what} đứng cùng hàng với thẻ {{%tr … %}} nên sẽ mất"), _("cho thẻ đứng riêng một hàng"))
_IN_CELL = Words(_("{what} đứng cùng ô với thẻ {{%tc … %}} nên sẽ mất"), _("cho thẻ đứng riêng một ô"))


def check_tags(root: Element, place: At) -> Iterator[Problem]:
    """Report each tag not closed in its paragraph, and each text or tag that is lost with a ``{%p``-like tag."""
    for paragraph in root.iter(w("p")):
        text = text_of(paragraph)
        if "{" not in text:
            continue
        for start, stop in tag_spans(text):
            if not text[start:stop].endswith(CLOSERS[text[start : start + 2]]):
                yield unclosed_problem(text[start:]).at(place(paragraph))
        if any(mark in text for mark in _WHOLE_PARAGRAPH):
            yield from _dropped([paragraph], _WHOLE_PARAGRAPH, _IN_PARAGRAPH, place)
    yield from _dropped_around(root, "tr", _WHOLE_ROW, _IN_ROW, place)
    yield from _dropped_around(root, "tc", _WHOLE_CELL, _IN_CELL, place)


def unclosed_problem(tag: str) -> Problem:
    """The problem, without place, of a tag that isn't closed in its paragraph."""
    message = _("thẻ mở mà không đóng trong đoạn: {tag}").format(tag=tag[:40])
    return Problem(
        "template.unclosed-tag", message, _("thêm {closer}, hoặc xóa dấu mở").format(closer=CLOSERS[tag[:2]])
    )


def _dropped_around(root: Element, name: str, marks: Marks, words: Words, place: At) -> Iterator[Problem]:
    """Report what is lost with a tag that replaces the whole row or cell around it."""
    for around in root.iter(w(name)):
        paragraphs = [inner for inner in around.iter(w("p")) if next(inner.iterancestors(w(name))) is around]
        if any(mark in text_of(paragraph) for paragraph in paragraphs for mark in marks):
            yield from _dropped(paragraphs, marks, words, place)


def _dropped(paragraphs: list[Element], marks: Marks, words: Words, place: At) -> Iterator[Problem]:
    """Report the texts, and the tags except the last one that replaces the whole, which alone is kept."""
    tags = []
    for paragraph in paragraphs:
        text = text_of(paragraph)
        pieces = list(split_tags(text))
        rest = "".join(before for before, _tag in pieces).strip()
        if rest:
            message = words.lost.format(what=f"“{rest[:40]}”")
            yield Problem("template.dropped-text", message, words.hint, place(paragraph))
        tags += [(paragraph, tag) for _before, tag in pieces if tag and not tag.startswith("{# ")]
    kept = max((number for number, (_paragraph, tag) in enumerate(tags) if tag.startswith(marks)), default=-1)
    for number, (paragraph, tag) in enumerate(tags):
        if number != kept:
            message = words.lost.format(what=_("thẻ {tag}").format(tag=tag[:40]))
            yield Problem("template.dropped-tag", message, words.hint, place(paragraph))
