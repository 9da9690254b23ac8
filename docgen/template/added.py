"""What a rendered document has beyond its template's parts: lists that start over, and pictures from data.

In: the parts as rendered, and what the render kept count of. Out: the parts with numbering, pictures, relationships
and content types in step; placeholders that are shown nowhere any more go out with their pictures.
"""

import posixpath
from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from docgen.package import Entry, make_entry
from docgen.template.numbering import add_lists
from docgen.template.pictures import relations_of
from docgen.template.run import Run
from docgen.template.xml import Element

NUMBERING = "word/numbering.xml"
_CONTENT_TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def with_added(entries: list[Entry], run: Run, placeholders: Mapping[str, Sequence[str]]) -> list[Entry]:
    """The entries of a finished document; ``placeholders`` are the relationships of placeholder pictures by part."""
    if not run.restarted and not placeholders:
        return entries
    by_name = {entry.name: entry for entry in entries}
    if run.restarted:
        _change(by_name, NUMBERING, lambda root: add_lists(root, run.restarted))
    for part, links in placeholders.items():
        if relations_of(part) not in by_name:
            continue
        unused = {link for link in links if f'"{link}"'.encode() not in by_name[part].content}
        made = {link: name for (owner, name), link in run.links.items() if owner == part}
        _change(by_name, relations_of(part), lambda root, u=unused, m=made: _relate(root, u, m))  # type: ignore[misc]
    for name, image in run.media.items():
        by_name[name] = make_entry(name, image.content)
        _change(by_name, _CONTENT_TYPES, lambda root, kind=image.kind: _add_type(root, kind))  # type: ignore[misc]
    for name in _orphans(by_name, entries, placeholders):
        del by_name[name]
    return list(by_name.values())


def _change(entries: dict[str, Entry], name: str, work: Callable[[Element], None]) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(entries[name].content, parser)
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
    entries: Mapping[str, Entry], before: Sequence[Entry], placeholders: Mapping[str, Sequence[str]]
) -> list[str]:
    """The pictures that placeholders led to and nothing leads to now."""
    old = {entry.name: entry for entry in before}
    led_to = {
        target
        for part, links in placeholders.items()
        for link, target in _targets(relations_of(part), old).items()
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
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    folder = posixpath.dirname(posixpath.dirname(name))
    return {
        relation.get("Id") or "": _target(folder, relation.get("Target") or "")
        for relation in etree.fromstring(entries[name].content, parser)
        if relation.get("TargetMode") != "External"
    }


def _target(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
