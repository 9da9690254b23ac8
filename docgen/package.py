"""A Word file as a package of parts: read with limits, written with the same bytes for the same parts.

In: bytes of a zip. Out: its entries, still deflated where nobody needs them; and back.
"""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
CUSTOM_PROPERTIES = "docProps/custom.xml"
#: What a package may unpack to; a plan of 100,000 rows unpacks to about 200 MB.
MAX_UNPACKED = 512 * 1024 * 1024
MAX_ENTRIES = 5000
_STORED, _DEFLATED = 0, 8
_UTF8_NAME = 0x800
_DATE_1980_01_01 = 33
_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")


@dataclass(frozen=True)
class Entry:
    """One part of a package: its name, and its content deflated (raw, without zlib header)."""

    name: str
    crc: int
    size: int
    deflated: bytes

    @cached_property
    def content(self) -> bytes:
        """The part's own bytes."""
        return zlib.decompress(self.deflated, -zlib.MAX_WBITS)


def parse_xml(content: bytes | str) -> etree._Element:
    """A part as a tree; entities and outside references are never followed. Raises lxml's XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def make_entry(name: str, content: bytes) -> Entry:
    """An entry for a part, deflated."""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Entry(name, zlib.crc32(content), len(content), squeeze.compress(content) + squeeze.flush())


def read_entries(package: bytes) -> list[Entry]:
    """The entries of a zip in their order.

    Raises zipfile.BadZipFile where it isn't one, or where it unpacks to more than a document ever does.
    """
    with _opened(package) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise zipfile.BadZipFile("unpacks to more than any document")
        if len({info.filename for info in infos}) != len(infos):
            raise zipfile.BadZipFile("two parts of one name")
        entries = []
        for info in infos:
            if info.flag_bits & 1:
                raise zipfile.BadZipFile("encrypted")
            try:
                entries.append(make_entry(info.filename, archive.read(info)))
            except (zlib.error, NotImplementedError, EOFError, RuntimeError) as error:
                raise zipfile.BadZipFile(str(error)) from None
        return entries


def _opened(package: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(package))
    except (NotImplementedError, ValueError, struct.error) as error:  # a damaged directory
        raise zipfile.BadZipFile(str(error)) from None


def write_entries(entries: Iterable[Entry]) -> bytes:
    """A zip of the entries in the given order; no time of day, no attribute of this machine goes into it."""
    out, directory = BytesIO(), BytesIO()
    count = 0
    for entry in entries:
        name, count = entry.name.encode(), count + 1
        common = (
            20,
            _UTF8_NAME,
            _DEFLATED,
            0,
            _DATE_1980_01_01,
            entry.crc,
            len(entry.deflated),
            entry.size,
            len(name),
            0,
        )
        directory.write(_CENTRAL.pack(0x02014B50, 20, *common, 0, 0, 0, 0, out.tell()) + name)
        out.write(_LOCAL.pack(0x04034B50, *common) + name)
        out.write(entry.deflated)
    start = out.tell()
    out.write(directory.getvalue())
    out.write(_END.pack(0x06054B50, 0, 0, count, count, out.tell() - start, start, 0))
    return out.getvalue()


def content_hash(entries: Iterable[Entry]) -> str:
    """A hash of every part but the custom properties, whatever their order and however deflated."""
    digest = hashlib.sha256()
    for entry in sorted(entries, key=lambda entry: entry.name):
        if entry.name != CUSTOM_PROPERTIES:
            digest.update(f"{entry.name}\0{entry.size}\0".encode())
            digest.update(entry.content)
    return digest.hexdigest()
