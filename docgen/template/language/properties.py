"""A place for the custom properties that say where a document came from: part, content type and relationship."""

from lxml import etree

from docgen.base.ooxml import CONTENT_TYPES, CUSTOM_PROPERTIES, Entry, make_entry
from docgen.template.language.source import parse_part

_RELATIONSHIPS = "_rels/.rels"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)


def prepare_properties(entries: list[Entry], shown: str) -> list[Entry]:
    """The entries with an empty part for custom properties, in place of any that the template has."""
    kept = []
    for entry in entries:
        if entry.name == CONTENT_TYPES:
            kept.append(_with_content_type(entry, shown))
        elif entry.name == _RELATIONSHIPS:
            kept.append(_with_relationship(entry, shown))
        elif entry.name != CUSTOM_PROPERTIES:
            kept.append(entry)
    return [*kept, make_entry(CUSTOM_PROPERTIES, _EMPTY)]


def _with_content_type(entry: Entry, shown: str) -> Entry:
    root = parse_part(entry, shown)
    name = f"/{CUSTOM_PROPERTIES}"
    if any(item.get("PartName") == name for item in root):
        return entry
    override = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}Override")
    override.set("PartName", name)
    override.set("ContentType", _TYPE)
    return make_entry(entry.name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _with_relationship(entry: Entry, shown: str) -> Entry:
    root = parse_part(entry, shown)
    if any(item.get("Type") == _RELATION for item in root):
        return entry
    relation = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}Relationship")
    relation.set("Id", "rIdDocgen")
    relation.set("Type", _RELATION)
    relation.set("Target", CUSTOM_PROPERTIES)
    return make_entry(entry.name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
