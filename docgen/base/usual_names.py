"""Renames the parts of a package to the names that Word and Excel usually give them.

Word on the web saves ``word/document2.xml``, Excel on the web ``xl/workbook2.xml``, other programs choose other names.
Readers that follow relationships don't care, but docxtpl, openpyxl and docgen's templates need the usual names. A
package that has them stays the same, byte for byte.
"""

import posixpath
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml import etree

from docgen.base.ooxml import (
    CONTENT_TYPES,
    CUSTOM_PROPERTIES,
    Entry,
    Link,
    Package,
    PackageError,
    content_type,
    make_entry,
    owner_of,
    parse_xml,
    relations_of,
    target_of,
    write_entries,
    xml_bytes,
)

DOCUMENT = "word/document.xml"


class _Usual(NamedTuple):
    """The usual names in a sort of package, by the type of relationship.

    ``main`` is the name of the main part, ``one_of`` are names of parts of which there is one, ``several_of``
    beginnings of the names of parts of which there are several.
    """

    main: str
    one_of: Mapping[str, str]
    several_of: Mapping[str, str]


_WORD_PARTS = ("styles", "numbering", "settings", "webSettings", "fontTable", "comments", "footnotes", "endnotes")
_WORKBOOK = _Usual(
    "xl/workbook.xml",
    {"styles": "xl/styles.xml", "sharedStrings": "xl/sharedStrings.xml", "theme": "xl/theme/theme1.xml"},
    {},
)
#: By a word in the content type of the main part.
_USUAL = {
    "word": _Usual(
        DOCUMENT,
        {kind: f"word/{kind}.xml" for kind in _WORD_PARTS},
        {"header": "word/header", "footer": "word/footer"},
    ),
    "spreadsheetml": _WORKBOOK,
    "ms-excel.sheet.macroEnabled": _WORKBOOK,
}


def usual_entries(content: bytes) -> list[Entry]:
    """The parts of a package in order, under the usual names. Raises PackageError."""
    package = Package(content)
    names, entries = usual_names(package), package.entries()
    if _unchanged(names):
        return entries
    return [_renamed(entry, package, names) for entry in entries]


def with_usual_names(content: bytes) -> bytes:
    """A package under the usual names; the same bytes if it has them already. Raises PackageError."""
    return content if _unchanged(usual_names(Package(content))) else write_entries(usual_entries(content))


def usual_names(package: Package) -> dict[str, str]:
    """The usual name of each part by its present name. A part whose name is taken over gets the other one's.

    Relationships that can't be read are ignored here; reading the parts they lead to reports them.
    """
    names = _Names(package)
    try:
        main, kind = package.main, package.main_type
    except PackageError:
        return names.new
    usual = next((usual for word, usual in _USUAL.items() if word in kind), None)
    if usual is not None and main:
        names.give(main, usual.main)
        names.give_each(_links(package, ""), {"custom-properties": CUSTOM_PROPERTIES}, {})
        names.give_each(_links(package, main), usual.one_of, usual.several_of)
        names.give_relations()
    return names.new


def _unchanged(names: Mapping[str, str]) -> bool:
    return all(old == new for old, new in names.items())


def _links(package: Package, owner: str) -> list[Link]:
    try:
        return list(package.links(owner).values())
    except PackageError:
        return []


class _Names:
    """The names given so far: ``new`` by present name. No name is given twice, and none is lost."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.new = {name: name for name in package.names}
        self._given: set[str] = set()

    def give(self, part: str, name: str) -> None:
        """Give a part a name, and the part that has this name the first one's."""
        held = self._package.held(part)
        if held is None or name in self._given:
            return  # no such part, or a second one where there may be one
        self._given.add(name)
        other = next((old for old, new in self.new.items() if new.casefold() == name.casefold()), held)
        self.new[other] = self.new[held]
        self.new[held] = name

    def give_each(self, links: Iterable[Link], one_of: Mapping[str, str], several_of: Mapping[str, str]) -> None:
        """Name the targets of relationships by their types."""
        for kind, target in links:
            held = self._package.held(target)
            if kind in one_of:
                self.give(target, one_of[kind])
            elif held is not None and kind in several_of:
                start = several_of[kind]
                if not (held.startswith(start) and held.endswith(".xml")):
                    self.give(target, self._free(start))

    def give_relations(self) -> None:
        """Rename the relationships of each renamed part."""
        for name in self._package.names:
            owner = self._package.held(owner_of(name)) if name.endswith(".rels") else None
            if owner is not None:
                self.give(name, relations_of(self.new[owner]))

    def _free(self, start: str) -> str:
        taken = {name.casefold() for name in self.new.values()}
        return next(name for number in range(1, len(taken) + 2) if (name := f"{start}{number}.xml") not in taken)


def _renamed(entry: Entry, package: Package, names: Mapping[str, str]) -> Entry:
    """A part under its new name, with the new names of other parts in its content."""
    content = None
    if entry.name == CONTENT_TYPES:
        content = _renamed_types(entry, package, names)
    elif entry.name.endswith(".rels"):
        content = _renamed_links(entry, package, names)
    if content is None and names[entry.name] == entry.name:
        return entry
    return make_entry(names[entry.name], entry.content if content is None else content)


def _renamed_types(entry: Entry, package: Package, names: Mapping[str, str]) -> bytes:
    root = parse_xml(entry.content)  # readable: the main part's type was found in it
    types = {old: content_type(root, old) for old in names}
    for item in root.iterchildren("{*}Override"):
        held = package.held(item.get("PartName") or "")
        if held is not None and names[held] != held:
            item.set("PartName", f"/{names[held]}")
    for old, new in names.items():
        if old != new and types[old] and content_type(root, new) != types[old]:
            override = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}Override")
            override.set("PartName", f"/{new}")
            override.set("ContentType", types[old])
    return xml_bytes(root)


def _renamed_links(entry: Entry, package: Package, names: Mapping[str, str]) -> bytes | None:
    """Relationships with the new names, None if nothing in them changes."""
    try:
        root = parse_xml(entry.content)
    except etree.XMLSyntaxError:
        return None
    changed, owner = False, owner_of(entry.name)
    now = owner_of(names[entry.name])
    for item in root.iter("{*}Relationship"):
        target = item.get("Target") or ""
        held = package.held(target_of(owner, target)) if item.get("TargetMode") != "External" else None
        if held is not None and target_of(now, target) != names[held]:
            folder = posixpath.join("/", posixpath.dirname(now))
            item.set("Target", posixpath.relpath(posixpath.join("/", names[held]), folder))
            changed = True
    return xml_bytes(root) if changed else None
