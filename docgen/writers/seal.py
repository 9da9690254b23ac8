"""Provenance inside files: custom properties of a .docx or .xlsx, a last line in a PDF."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from lxml import etree

from docgen.base.declare import Record
from docgen.base.ooxml import (
    CUSTOM_PROPERTIES,
    Entry,
    PackageError,
    content_hash,
    make_entry,
    parse_xml,
    read_entries,
    write_entries,
    xml_bytes,
)
from docgen.wording.numbers import format_plain

#: The hash of all other parts; a different one means that a person edited the file.
CONTENT = "docgen.content"
#: The hash of the template.
TEMPLATE = "docgen.template"
#: The hash of the canonical data, the same from YAML and from Excel.
DATA = "docgen.data"
#: The version of docgen.
VERSION = "docgen.version"

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_ID = 2
_PDF_MARK = b"%docgen.content "


def custom_properties_xml(values: Mapping[str, str]) -> bytes:
    """The part ``docProps/custom.xml`` with the given texts, sorted by name.

    The package must also name its content type and relate to it. Raises ValueError for control characters.
    """
    namespaces: dict[str | None, str] = {None: _PROPERTIES, "vt": _VALUES}
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap=namespaces)  # type: ignore[arg-type] # None: no prefix
    for number, name in enumerate(sorted(values), _FIRST_ID):
        attributes = {"fmtid": _FORMAT, "pid": str(number), "name": name}
        item = etree.SubElement(root, f"{{{_PROPERTIES}}}property", attributes)
        etree.SubElement(item, f"{{{_VALUES}}}lpwstr").text = values[name]
    return xml_bytes(root)


def read_properties(entries: Iterable[Entry]) -> dict[str, str]:
    """The custom properties of a package by name; empty where it has none or they can't be read."""
    try:
        part = next(entry.content for entry in entries if entry.name == CUSTOM_PROPERTIES)
        root = parse_xml(part)
    except (StopIteration, etree.XMLSyntaxError, ValueError):
        return {}
    items = root.iterchildren(f"{{{_PROPERTIES}}}property")
    return {item.get("name") or "": item[0].text or "" for item in items if len(item)}


def is_package(content: bytes) -> bool:
    """Whether bytes can be read as a package of parts."""
    try:
        return bool(read_entries(content))
    except PackageError:
        return False


def edited_by_hand(content: bytes) -> bool:
    """Whether a .docx or .xlsx isn't as docgen wrote it: edited, made by another program, or unreadable."""
    try:
        entries = read_entries(content)
        return read_properties(entries).get(CONTENT) != content_hash(entries)
    except PackageError:
        return True


def stamp_pdf(pdf: bytes) -> bytes:
    """The PDF with its own hash in a comment after its end mark, which PDF readers ignore."""
    return pdf.rstrip(b"\r\n") + b"\n" + _PDF_MARK + _pdf_hash(pdf) + b"\n"


def pdf_edited_by_hand(pdf: bytes) -> bool:
    """Whether a PDF isn't as docgen wrote it: signed, edited, a scan, or made by another program."""
    body, mark, stamp = pdf.rpartition(_PDF_MARK)
    return not mark or stamp.rstrip(b"\n") != _pdf_hash(body)


def _pdf_hash(pdf: bytes) -> bytes:
    return hashlib.sha256(pdf.rstrip(b"\r\n")).hexdigest().encode()


def data_hash(record: Record) -> str:
    """A hash of a record's values that doesn't depend on the format, order and notation of its source."""
    dumped = json.dumps(record.by_key(), sort_keys=True, default=_canonical)
    return hashlib.sha256(dumped.encode()).hexdigest()


def _canonical(value: object) -> str:
    """Equal amounts, such as 20 and 20,0, give equal texts."""
    return format_plain(value) if isinstance(value, Decimal) else str(value)


def seal(entries: Iterable[Entry], *, template: str, data: str, version: str) -> bytes:
    """The bytes of a package with properties that name its template, its data, docgen's version and its own hash."""
    parts = [entry for entry in entries if entry.name != CUSTOM_PROPERTIES]
    values = {CONTENT: content_hash(parts), TEMPLATE: template, DATA: data, VERSION: version}
    return write_entries([*parts, make_entry(CUSTOM_PROPERTIES, custom_properties_xml(values))])
