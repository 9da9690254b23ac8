"""The parts of a document in, its bytes out, with where it came from in its custom properties."""

from collections.abc import Iterable

from docgen.base.ooxml import CUSTOM_PROPERTIES, Entry, content_hash, make_entry, write_entries
from docgen.writers.provenance import CONTENT, DATA, TEMPLATE, VERSION, custom_properties_xml


def seal(entries: Iterable[Entry], *, template: str, data: str, version: str) -> bytes:
    """The bytes of a .docx that says what it was made from; its own hash tells later whether a person edited it."""
    parts = [entry for entry in entries if entry.name != CUSTOM_PROPERTIES]
    values = {CONTENT: content_hash(parts), TEMPLATE: template, DATA: data, VERSION: version}
    return write_entries([*parts, make_entry(CUSTOM_PROPERTIES, custom_properties_xml(values))])
