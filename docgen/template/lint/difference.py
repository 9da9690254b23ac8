"""Compares two Word files, paragraph by paragraph and part by part.

Works for templates, whose tags are compared like other text, and for documents made from them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from lxml import etree

from docgen.base.ooxml import Entry
from docgen.base.usual_names import usual_entries
from docgen.base.wordprocessing import Element, w
from docgen.errors import Place
from docgen.template.language.places import ParagraphNames, part_name
from docgen.template.language.source import holds_text, parse_part

#: Parts with the origin of a file or settings of the view.
_NEVER_COMPARED = ("docProps/", "word/settings.xml", "word/webSettings.xml")
#: Attributes that name the editing session of a paragraph; they change with every save.
_SESSION = "rsid"

#: Least similarity (difflib's ratio, 0 to 1) of a changed paragraph, and most paragraphs searched for it.
_LIKENESS, _FARTHEST = 0.6, 50

_SHOWN = (w("t"), w("br"), w("tab"), w("cr"), w("noBreakHyphen"))

Sort = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class TextChange:
    """A paragraph added, removed or changed; ``before`` and ``after`` are its places, None where it doesn't exist."""

    sort: Sort
    old: str
    new: str
    before: Place | None
    after: Place | None

    def to_json(self) -> dict[str, Any]:
        """All fields."""
        places = {"before": self.before, "after": self.after}
        shown = {key: place.to_json() if place is not None else None for key, place in places.items()}
        return {"change": self.sort, "old": self.old, "new": self.new, **shown}


@dataclass(frozen=True)
class Difference:
    """The differences: paragraphs with different text, and parts that differ in form only."""

    texts: tuple[TextChange, ...]
    parts: tuple[str, ...]


def compare_files(old: bytes, new: bytes, *, shown: tuple[str, str]) -> Difference:
    """Compare two .docx; ``shown`` are their names in the places. Raises TemplateError for a broken part."""
    before, after = _parts(old), _parts(new)
    texts: list[TextChange] = []
    parts: list[str] = []
    for name in [*before, *(name for name in after if name not in before)]:
        if name.startswith(_NEVER_COMPARED):
            continue
        found = list(_text_changes(name, before.get(name), after.get(name), shown)) if holds_text(name) else []
        texts += found
        if not found and _form_differs(before.get(name), after.get(name), shown):
            parts.append(name)
    return Difference(tuple(texts), tuple(parts))


def _parts(package: bytes) -> dict[str, Entry]:
    return {entry.name: entry for entry in usual_entries(package)}


def _text_changes(name: str, old: Entry | None, new: Entry | None, shown: tuple[str, str]) -> Iterator[TextChange]:
    before, after = _paragraphs(name, old, shown[0]), _paragraphs(name, new, shown[1])
    matcher = SequenceMatcher(None, [text for text, _place in before], [text for text, _place in after], autojunk=False)
    for sort, start, stop, new_start, new_stop in matcher.get_opcodes():
        if sort != "equal":
            yield from _changes(before[start:stop], after[new_start:new_stop])


def _changes(old: Sequence[tuple[str, Place]], new: Sequence[tuple[str, Place]]) -> Iterator[TextChange]:
    """The changes between two stretches of paragraphs, without empty ones."""
    pairs = zip(old, new, strict=True) if len(old) == len(new) else _likest(old, new)
    for before, after in pairs:
        old_text, new_text = before[0], after[0]
        if old_text and new_text:
            yield TextChange("changed", old_text, new_text, before[1], after[1])
        elif old_text:
            yield TextChange("removed", old_text, "", before[1], None)
        elif new_text:
            yield TextChange("added", "", new_text, None, after[1])


def _likest(
    old: Sequence[tuple[str, Place]], new: Sequence[tuple[str, Place]]
) -> Iterator[tuple[tuple[str, Place], tuple[str, Place]]]:
    """Pair each old paragraph with the next similar new one, in order; ("", Place()) stands for a missing one."""
    at, nothing = 0, ("", Place())
    for before in old:
        matcher = SequenceMatcher(None, "", before[0], autojunk=False)
        for number, after in enumerate(new[at : at + _FARTHEST], at):
            matcher.set_seq1(after[0])
            if matcher.quick_ratio() >= _LIKENESS and matcher.ratio() >= _LIKENESS:
                yield from ((nothing, skipped) for skipped in new[at:number])
                yield before, after
                at = number + 1
                break
        else:
            yield before, nothing
    yield from ((nothing, left) for left in new[at:])


def _paragraphs(name: str, entry: Entry | None, shown: str) -> list[tuple[str, Place]]:
    if entry is None:
        return []
    root = parse_part(entry, shown)
    names = ParagraphNames(root)
    where = part_name(name)
    return [
        (_shown_text(paragraph), Place(shown, part=f"{where}, {place}"))
        for paragraph in root.iter(w("p"))
        if (place := names.name(paragraph))
    ]


def _shown_text(paragraph: Element) -> str:
    """The text of a paragraph on one line, without text boxes in it; line breaks and tabs as spaces.

    What binds words together isn't text: no-break spaces and hyphens are plain.
    """
    own = (one for one in paragraph.iter(*_SHOWN) if next(one.iterancestors(w("p"))) is paragraph)
    signs = {w("noBreakHyphen"): "-"}
    return " ".join("".join((one.text or "") if one.tag == w("t") else signs.get(one.tag, " ") for one in own).split())


def _form_differs(old: Entry | None, new: Entry | None, shown: tuple[str, str]) -> bool:
    """Whether two parts differ in more than the notation of their XML."""
    if old is None or new is None:
        return True
    if old.crc == new.crc and old.size == new.size:
        return False
    if not old.name.endswith((".xml", ".rels")):
        return True
    return _canonical(parse_part(old, shown[0])) != _canonical(parse_part(new, shown[1]))


def _canonical(root: Element) -> bytes:
    for element in root.iter(etree.Element):
        for name in [name for name in element.attrib if _SESSION in str(name)]:
            del element.attrib[name]
    try:
        return etree.tostring(root, method="c14n")
    except etree.C14NError:  # a relative namespace, as in damaged files
        return etree.tostring(root)
