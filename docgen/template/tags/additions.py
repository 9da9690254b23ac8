"""What docgen's own tags do when rendering: their filters, and the lists and pictures added to a document."""

import hashlib
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Any

from jinja2 import Undefined
from lxml import etree

from docgen.base.images import Image, image_of, read_image
from docgen.base.locale import translate as _
from docgen.base.ooxml import CONTENT_TYPES, Entry, make_entry, owner_of, parse_xml, relations_of, target_of, xml_bytes
from docgen.base.wordprocessing import Element
from docgen.template.language.values import RUN, Run, Shown, Written


def break_before(loop: object, number: str) -> str:
    """The value of pageBreakBefore: "0" the first time that a loop prints the paragraph, then "1".

    ``number`` identifies the tag in its part.
    """
    loops = RUN.get().loops
    again = loops.get(number) is loop
    loops[number] = loop
    return "1" if again else "0"


def merge(value: object, key: str, first: bool = False) -> str:
    """The value of vMerge: "continue" if the cell has the same value as the one above, else "restart".

    ``key`` identifies table and column; ``first`` begins a new cell in any case.
    """
    run = RUN.get()
    if isinstance(value, Undefined):
        str(value)  # records it as missing
    same = not first and key in run.above and run.above[key] == value
    run.above[key], run.merged[key] = value, same
    return "continue" if same else "restart"


def unless_merged(content: str, key: str) -> str:
    """The content of a cell, or nothing if it continues the one above; its values count as printed either way."""
    return Written("") if RUN.get().merged[key] else content


def is_merged(key: str) -> bool:
    """Whether the cell continues the one above."""
    return RUN.get().merged[key]


def end_merge(key: str) -> str:
    """Make the next cell of the column begin a new one; prints nothing."""
    RUN.get().above.pop(key, None)
    return ""


def restart(number: int, highest: int) -> str:
    """Start a list over from here on; prints nothing. ``highest`` is the highest number of a list in the template."""
    run = RUN.get()
    new = highest + len(run.restarted) + 1
    run.restarted.append((new, number))
    run.lists[number] = new
    return ""


def list_in_force(number: int) -> str:
    """The current number of a list, which changes when it starts over."""
    return str(RUN.get().lists.get(number, number))


def show_image(value: object, part: str, link: str, width: int, height: int) -> bool:
    """Choose the picture to show in a placeholder, and return whether there is one.

    ``value`` is the picture's bytes or the name of its file; ``link`` is the relationship id of the placeholder,
    ``width`` and ``height`` its size in EMU, into which the picture is fitted. Raises ImageFault if there is no such
    picture or it can't be used.
    """
    run = RUN.get()
    if not value and not isinstance(value, bytes):
        str(value)  # records a missing field
        return False
    if isinstance(value, bytes):
        image = image_of(value, _("ảnh trong dữ liệu"))
    elif run.folder is None:
        run.shown = Shown(link, width, height)
        return True
    else:
        image = read_image(run.folder, str(value))
    scale = min(width / image.width, height / image.height)
    wide, high = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    run.shown = Shown(_link(image, part), wide, high, (width - wide) // 2, (height - high) // 2)
    return True


def _link(image: Image, part: str) -> str:
    """The id of the relationship of a part to a picture; each picture is in the document once."""
    run = RUN.get()
    digest = hashlib.sha256(image.content).hexdigest()[:16]
    name = f"word/media/docgen-{digest}.{image.format}"
    run.media[name] = image
    return run.links.setdefault((part, name), f"rIdDocgen{digest}")


def shown(name: str, offset: int = 0) -> str:
    """A field of :class:`Shown` for the picture to show, plus ``offset`` if it is a number."""
    found = getattr(RUN.get().shown, name)
    return str(found + offset) if isinstance(found, int) else str(found)


FILTERS: Mapping[str, Any] = {
    "_end_merge": end_merge,
    "_image": show_image,
    "_is_merged": is_merged,
    "_list": list_in_force,
    "_merge": merge,
    "_page_break": break_before,
    "_restart": restart,
    "_shown": shown,
    "_unless_merged": unless_merged,
}


NUMBERING = "word/numbering.xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DEFAULT = "{http://schemas.openxmlformats.org/package/2006/content-types}Default"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
#: Name → new part, or None if the part is removed.
Changes = Mapping[str, Entry | None]


def with_added(
    entries: list[Entry], run: Run, placeholders: Mapping[str, Sequence[str]], known: dict[Hashable, Changes]
) -> list[Entry]:
    """The parts of a finished document; ``placeholders`` are the relationship ids of placeholder pictures by part.

    ``known`` caches the changes for each set of unused placeholders, for the next documents.
    """
    if not run.restarted and not placeholders:
        return entries
    unused = frozenset((part, link) for part, links in placeholders.items() for link in links) - run.used
    if run.restarted or run.media:
        changes = _changes(entries, run, placeholders, unused)
    else:
        if unused not in known:
            known[unused] = _changes(entries, run, placeholders, unused)
        changes = known[unused]
    changed = [changes.get(entry.name, entry) for entry in entries]
    names = {entry.name for entry in entries}
    made = [entry for name, entry in changes.items() if name not in names]
    return [entry for entry in (*changed, *made) if entry is not None]


def _changes(
    entries: list[Entry], run: Run, placeholders: Mapping[str, Sequence[str]], unused: Collection[tuple[str, str]]
) -> Changes:
    before = {entry.name: entry for entry in entries}
    by_name = dict(before)
    if run.restarted:
        from docgen.template.tags.numbering import (
            add_lists,  # imports all that prepares lists, which few documents need
        )

        _change(by_name, NUMBERING, lambda root: add_lists(root, run.restarted))
    for part in placeholders:
        if relations_of(part) not in by_name:
            continue
        gone = {link for owner, link in unused if owner == part}
        made = {link: name for (owner, name), link in run.links.items() if owner == part}
        _change(by_name, relations_of(part), lambda root, gone=gone, made=made: _relate(root, gone, made))  # type: ignore[misc]
    for name, image in run.media.items():
        by_name[name] = make_entry(name, image.content)
        _change(by_name, CONTENT_TYPES, lambda root, suffix=image.format: _add_type(root, suffix))  # type: ignore[misc]
    orphans = _orphans(by_name, before, placeholders)
    kept = {name: entry for name, entry in by_name.items() if entry is not before.get(name) and name not in orphans}
    return {**kept, **dict.fromkeys(orphans)}


def _change(entries: dict[str, Entry], name: str, work: Callable[[Element], None]) -> None:
    root = parse_xml(entries[name].content)
    work(root)
    entries[name] = make_entry(name, xml_bytes(root))


def _relate(root: Element, unused: set[str], made: dict[str, str]) -> None:
    for relation in list(root):
        if relation.get("Id") in unused:
            root.remove(relation)
    there = {relation.get("Id") for relation in root}  # if the template was made from a document of docgen
    for link, name in made.items():
        if link in there:
            continue
        etree.SubElement(root, _RELATION, {"Id": link, "Type": _IMAGE, "Target": f"/{name}"})


def _add_type(root: Element, suffix: str) -> None:
    named = [(one.get("Extension") or "").lower() for one in root.iterchildren(_DEFAULT)]
    if suffix not in named:
        root.insert(0, etree.Element(_DEFAULT, {"Extension": suffix, "ContentType": f"image/{suffix}"}))


def _orphans(
    entries: Mapping[str, Entry], before: Mapping[str, Entry], placeholders: Mapping[str, Sequence[str]]
) -> list[str]:
    """The pictures of placeholders that no relationship refers to any more."""
    led_to = {
        target
        for part, links in placeholders.items()
        for link, target in _targets(relations_of(part), before).items()
        if link in links
    }
    if not led_to:
        return []
    still = {target for name in entries if name.endswith(".rels") for target in _targets(name, entries).values()}
    return [name for name in entries if name in led_to - still]


def _targets(name: str, entries: Mapping[str, Entry]) -> dict[str, str]:
    """Relationship id → part, for the relationships in the part ``name``."""
    if name not in entries:
        return {}
    owner = owner_of(name)
    return {
        relation.get("Id") or "": target_of(owner, relation.get("Target") or "")
        for relation in parse_xml(entries[name].content)
        if relation.get("TargetMode") != "External"
    }
