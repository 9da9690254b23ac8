"""A Word file as a package of parts: read with limits, written with the same bytes for the same parts.

In: bytes of a zip. Out: its entries, still deflated where nobody needs them; and back.
"""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO

from lxml import etree

try:
    from isal import isal_zlib as deflate
except ImportError:  # no wheel for this processor: Python's own is slower and packs a little tighter
    import zlib as deflate  # type: ignore[no-redef]

CONTENT_TYPES = "[Content_Types].xml"
CUSTOM_PROPERTIES = "docProps/custom.xml"
#: What a package may unpack to; a plan of 100,000 rows unpacks to about 200 MB.
MAX_UNPACKED = 512 * 1024 * 1024
MAX_ENTRIES = 5000
_DEFLATED = 8
_UTF8_NAME = 0x800
_DATE_1980_01_01 = 33
_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = 0x04034B50, 0x02014B50, 0x06054B50
#: isal's levels end at 3, where it takes twice the time for 3 parts in 100 less; zlib's 6 is its own choice.
_LEVEL = 6 if deflate is zlib else 2
#: What inflating damaged bytes raises; isal's stubs take its class for an instance.
_DAMAGED: tuple[type[Exception], ...] = (zlib.error, deflate.error)  # type: ignore[assignment, unused-ignore]


@dataclass(frozen=True)
class Entry:
    """One part of a package: its name, and its content deflated (raw, without zlib header).

    ``links``: that it is sound follows from how it was made, and these are all relationships that it may use; None
    where it must be looked at.
    """

    name: str
    crc: int
    size: int
    deflated: bytes
    links: frozenset[str] | None = field(default=None, compare=False)

    @cached_property
    def content(self) -> bytes:
        """The part's own bytes. Raises zipfile.BadZipFile where they aren't what the entry says of them."""
        inflate = deflate.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflate.decompress(self.deflated, self.size + 1)
        except _DAMAGED as error:
            raise zipfile.BadZipFile(str(error)) from None
        if not inflate.eof or inflate.unused_data or len(content) != self.size or deflate.crc32(content) != self.crc:
            raise zipfile.BadZipFile(f"{self.name} is not what its entry says")
        return content


def parse_xml(content: bytes | str) -> etree._Element:
    """A part as a tree; entities and outside references are never followed. Raises lxml's XMLSyntaxError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )
    return etree.fromstring(content, parser)


def make_entry(name: str, content: bytes, links: frozenset[str] | None = None) -> Entry:
    """An entry for a part, deflated."""
    squeeze = deflate.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    entry = Entry(name, deflate.crc32(content), len(content), squeeze.compress(content) + squeeze.flush(), links)
    entry.__dict__["content"] = content  # at hand: nobody has to inflate it for its hash
    return entry


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
    pieces: list[bytes] = []
    directory: list[bytes] = []
    start = 0
    for entry in entries:
        name = entry.name.encode()
        sizes = (entry.crc, len(entry.deflated), entry.size, len(name), 0)
        common = (20, _UTF8_NAME, _DEFLATED, 0, _DATE_1980_01_01, *sizes)
        directory += (_CENTRAL.pack(_CENTRAL_MARK, 20, *common, 0, 0, 0, 0, start), name)
        pieces += (_LOCAL.pack(_LOCAL_MARK, *common), name, entry.deflated)
        start += _LOCAL.size + len(name) + len(entry.deflated)
    count, length = len(directory) // 2, sum(map(len, directory))
    return b"".join([*pieces, *directory, _END.pack(_END_MARK, 0, 0, count, count, length, start, 0)])


def own_entries(package: bytes) -> list[Entry] | None:
    """The entries of a package that :func:`write_entries` wrote, None of any other.

    That nothing else is in it is certain: written again, the entries give the very same bytes. Their contents are
    inflated and held against size and checksum when they are asked for.
    """
    try:
        *_marks, count, _count, _length, at, _comment = _END.unpack_from(package, len(package) - _END.size)
        entries: list[Entry] = []
        for _number in range(min(count, MAX_ENTRIES)):
            head = _CENTRAL.unpack_from(package, at)
            crc, packed, size, named, start = head[7], head[8], head[9], head[10], head[16]
            name = package[at + _CENTRAL.size : at + _CENTRAL.size + named].decode()
            begin = start + _LOCAL.size + named
            entries.append(Entry(name, crc, size, package[begin : begin + packed]))
            at += _CENTRAL.size + named
        small = sum(entry.size for entry in entries) <= MAX_UNPACKED
        return entries if small and write_entries(entries) == package else None
    except (struct.error, UnicodeDecodeError):
        return None


def content_hash(entries: Iterable[Entry]) -> str:
    """A hash of every part but the custom properties, whatever their order and however deflated."""
    digest = hashlib.sha256()
    for entry in sorted(entries, key=lambda entry: entry.name):
        if entry.name != CUSTOM_PROPERTIES:
            digest.update(f"{entry.name}\0{entry.size}\0".encode())
            digest.update(entry.content)
    return digest.hexdigest()
