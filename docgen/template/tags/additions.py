"""What docgen's own tags do at render: their filters, and the lists and pictures that a document gets."""

import hashlib
import posixpath
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Undefined
from lxml import etree

from docgen.base.images import Image, image_of, read_image
from docgen.base.locale import translate as _
from docgen.base.ooxml import CONTENT_TYPES, Entry, make_entry, parse_xml
from docgen.template.language.values import RUN, Run, Shown, Written
from docgen.template.language.xml import Element


def break_before(loop: object, number: str) -> str:
    """The property's value: off the first time that this run of the loop prints the paragraph, on from then."""
    loops = RUN.get().loops
    again = loops.get(number) is loop
    loops[number] = loop
    return "1" if again else "0"


def merge(value: object, key: str, first: bool = False) -> str:
    """Whether a cell begins a merged one or goes on from the cell above, in Word's words."""
    run = RUN.get()
    if isinstance(value, Undefined):
        str(value)  # noted as missing
    same = not first and key in run.above and run.above[key] == value
    run.above[key], run.merged[key] = value, same
    return "continue" if same else "restart"


def unless_merged(content: str, key: str) -> str:
    """What a cell says, where it doesn't go on from the one above; it was written all the same, so it counts."""
    return Written("") if RUN.get().merged[key] else content


def is_merged(key: str) -> bool:
    """Whether the cell goes on from the one above."""
    return RUN.get().merged[key]


def end_merge(key: str) -> str:
    """Let the next cell of the column begin anew; prints nothing."""
    RUN.get().above.pop(key, None)
    return ""


def restart(number: int, highest: int) -> str:
    """Begin a list anew from here on; prints nothing."""
    run = RUN.get()
    new = highest + len(run.restarted) + 1
    run.restarted.append((new, number))
    run.lists[number] = new
    return ""


def list_in_force(number: int) -> str:
    """The number that a list has now."""
    return str(RUN.get().lists.get(number, number))


def show_image(value: object, part: str, link: str, width: int, height: int) -> bool:
    """Choose what a placeholder shows now: a picture's bytes or the name of its file; False for nothing.

    Raises ImageFault where there is no such picture or it can't be used.
    """
    run = RUN.get()
    if not value and not isinstance(value, bytes):
        str(value)  # a missing field is noted
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
    """The relationship of a part to a picture; each picture is in the document once."""
    run = RUN.get()
    digest = hashlib.sha256(image.content).hexdigest()[:16]
    name = f"word/media/docgen-{digest}.{image.kind}"
    run.media[name] = image
    return run.links.setdefault((part, name), f"rIdDocgen{digest}")


def shown(name: str, offset: int = 0) -> str:
    """A fact of the picture that is shown now, with what is to be added to it."""
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
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
#: Parts by name that take the place of a template's, or None for those that go.
Changes = Mapping[str, Entry | None]


def with_added(
    entries: list[Entry], run: Run, placeholders: Mapping[str, Sequence[str]], known: dict[Hashable, Changes]
) -> list[Entry]:
    """The entries of a finished document; ``placeholders`` are the relationships of placeholder pictures by part.

    ``known`` keeps, from one document to the next, what it changes that placeholders were left out.
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
            add_lists,  # few documents need it, and with it all that prepares lists
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
        _change(by_name, CONTENT_TYPES, lambda root, kind=image.kind: _add_type(root, kind))  # type: ignore[misc]
    orphans = _orphans(by_name, before, placeholders)
    kept = {name: entry for name, entry in by_name.items() if entry is not before.get(name) and name not in orphans}
    return {**kept, **dict.fromkeys(orphans)}


def _change(entries: dict[str, Entry], name: str, work: Callable[[Element], None]) -> None:
    root = parse_xml(entries[name].content)
    work(root)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    entries[name] = make_entry(name, content)


def _relate(root: Element, unused: set[str], made: dict[str, str]) -> None:
    for relation in list(root):
        if relation.get("Id") in unused:
            root.remove(relation)
    there = {relation.get("Id") for relation in root}  # of a template that was once a document of ours
    for link, name in made.items():
        if link in there:
            continue
        relation = etree.SubElement(root, f"{{{_RELATIONS}}}Relationship")
        relation.set("Id", link)
        relation.set("Type", _IMAGE)
        relation.set("Target", f"/{name}")


def _add_type(root: Element, kind: str) -> None:
    named = [(one.get("Extension") or "").lower() for one in root.iterchildren(f"{{{_TYPES}}}Default")]
    if kind not in named:
        default = etree.Element(f"{{{_TYPES}}}Default")
        default.set("Extension", kind)
        default.set("ContentType", f"image/{kind}")
        root.insert(0, default)


def _orphans(
    entries: Mapping[str, Entry], before: Mapping[str, Entry], placeholders: Mapping[str, Sequence[str]]
) -> list[str]:
    """The pictures that placeholders led to and nothing leads to now."""
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
    """The parts that a part of relationships leads to, by id."""
    if name not in entries:
        return {}
    folder = posixpath.dirname(posixpath.dirname(name))
    return {
        relation.get("Id") or "": _target(folder, relation.get("Target") or "")
        for relation in parse_xml(entries[name].content)
        if relation.get("TargetMode") != "External"
    }


def _target(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def relations_of(part: str) -> str:
    """Where a part's relationships stand: ``word/_rels/document.xml.rels``."""
    path = PurePosixPath(part)
    return f"{path.parent}/_rels/{path.name}.rels"
