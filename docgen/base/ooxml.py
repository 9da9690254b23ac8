"""Packages of Office files (.docx, .xlsx): read with limits, written with the same bytes each time.

:class:`Package` is the only way in which docgen opens a zip: its parts are unpacked when they are asked for.
"""

import hashlib
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import NamedTuple

from lxml import etree

from docgen.base.files import OLE_MARK

try:
    from isal import isal_zlib as deflate
except ImportError:  # no wheel for this processor; zlib is slower and packs a little tighter
    import zlib as deflate  # type: ignore[no-redef]

CONTENT_TYPES = "[Content_Types].xml"
CUSTOM_PROPERTIES = "docProps/custom.xml"
PACKAGE_RELATIONS = "_rels/.rels"
#: Limit in bytes of all unpacked parts; a plan of 100,000 rows has about 200 MB.
MAX_UNPACKED = 256 * 1024 * 1024
MAX_PARTS = 5000
#: Usual names of main parts, for packages that don't say which one it is.
_USUAL_MAINS = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "xl/workbook.bin")
_CHUNK = 1 << 20
_DEFLATED = 8
_UTF8_NAME = 0x800
_DATE_1980_01_01 = 33
_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = 0x04034B50, 0x02014B50, 0x06054B50
#: isal's highest level, 3, takes twice the time for 3 % less; 6 is zlib's default.
_LEVEL = 6 if deflate is zlib else 2
#: Raised for damaged bytes; isal's stubs declare its class as an instance.
_DAMAGED: tuple[type[Exception], ...] = (zlib.error, deflate.error)  # type: ignore[assignment, unused-ignore]
#: Compression methods of Office (ECMA-376-2, 6.3). With others, a megabyte could unpack to gigabytes at once.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: Raised by zipfile for a directory or entry that is cut off or damaged.
_BROKEN: tuple[type[Exception], ...] = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, IndexError,
    OverflowError,
)  # fmt: skip


class PackageError(Exception):
    """A file can't be read as a package; ``part`` is the part at fault, "" for the file itself."""

    def __init__(self, part: str = "", reason: str = "") -> None:
        super().__init__(reason or part)
        self.part = part


class DamagedError(PackageError):
    """The file is no zip, or a part doesn't match its entry, isn't XML, or uses an unknown compression."""


class DoctypeError(PackageError):
    """A part has a document type declaration, which no Office program writes."""


class OleError(PackageError):
    """An Office file older than 2007, or with a password."""


class EncryptedError(PackageError):
    """A zip whose entries are encrypted."""


class TooLargeError(PackageError):
    """A package with too many ``parts``, or too large a ``size`` (bytes unpacked)."""

    def __init__(self, size: int, parts: int) -> None:
        super().__init__(reason=f"{parts} parts, {size} bytes")
        self.size, self.parts = size, parts


@dataclass(frozen=True)
class Entry:
    """A part of a package: its name, and its content deflated (raw, without a zlib header).

    ``links`` are the ids of all relationships that a part made by docgen may use, so that it needs no check; None if it
    must be checked.
    """

    name: str
    crc: int
    size: int
    deflated: bytes
    links: frozenset[str] | None = field(default=None, compare=False)

    @cached_property
    def content(self) -> bytes:
        """The unpacked bytes. Raises DamagedError if they don't match size and checksum."""
        inflate = deflate.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflate.decompress(self.deflated, self.size + 1)
        except _DAMAGED as error:
            raise DamagedError(self.name, str(error)) from None
        if not inflate.eof or inflate.unused_data or len(content) != self.size or deflate.crc32(content) != self.crc:
            raise DamagedError(self.name, f"{self.name} is not what its entry says")
        return content


def parse_xml(content: bytes | str) -> etree._Element:
    """Parse a part, without resolving entities or external references. Raises lxml's XMLSyntaxError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )
    return etree.fromstring(content, parser)


def xml_bytes(root: etree._Element) -> bytes:
    """A tree as the bytes of a part, with the declaration that Office writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def make_entry(name: str, content: bytes, links: frozenset[str] | None = None) -> Entry:
    """Deflate a part's content into an entry."""
    squeeze = deflate.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    entry = Entry(name, deflate.crc32(content), len(content), squeeze.compress(content) + squeeze.flush(), links)
    entry.__dict__["content"] = content  # so that it needn't be inflated for its hash
    return entry


class Link(NamedTuple):
    """An internal relationship: the last word of its type, such as ``styles``, and the name of its target part."""

    kind: str
    target: str


class Package:
    """The parts of a file by name, unpacked when they are asked for.

    Like Office, it ignores the case of names and takes backslashes for slashes. The constructor raises PackageError
    (see its subclasses) if the bytes are no sound package; limits are checked before anything is unpacked.
    """

    def __init__(self, content: bytes) -> None:
        if content.startswith(OLE_MARK):
            raise OleError
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except _BROKEN as error:
            raise DamagedError(reason=str(error)) from None
        infos = [info for info in self._archive.infolist() if not info.filename.endswith(("/", "\\"))]
        if any(info.flag_bits & 1 for info in infos):
            raise EncryptedError
        size = sum(info.file_size for info in infos)
        if size > MAX_UNPACKED or len(infos) > MAX_PARTS:
            raise TooLargeError(size, len(infos))
        self.content = content
        self.names = tuple(info.filename.replace("\\", "/").lstrip("/") for info in infos)
        self._infos = {_folded(name): info for name, info in zip(self.names, infos, strict=True)}
        self._spelled = {_folded(name): name for name in self.names}
        if len(self._infos) != len(infos):
            raise DamagedError(reason="two parts of one name")

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return _folded(name) in self._infos

    def held(self, name: str) -> str | None:
        """The package's spelling of a name, None if there is no such part."""
        return self._spelled.get(_folded(name))

    def entries(self) -> list[Entry]:
        """All parts in order. Raises DamagedError."""
        return [make_entry(name, self.read(name)) for name in self.names]

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises DamagedError if they can't be unpacked or don't match their entry."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part in pieces, up to its declared size, which was checked. Raises DamagedError."""
        info = self._infos[_folded(name)]
        if info.compress_type not in _METHODS:
            raise DamagedError(name, f"compressed by method {info.compress_type}")
        try:
            with self._archive.open(info) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except _BROKEN as error:
            raise DamagedError(name, str(error)) from None

    def links(self, owner: str) -> dict[str, Link]:
        """The internal relationships of a part ("": the package) by id. Raises DamagedError, DoctypeError."""
        root = self._tree(relations_of(owner))
        found: dict[str, Link] = {}
        for item in () if root is None else root.iter("{*}Relationship"):
            if item.get("TargetMode") != "External":
                kind = (item.get("Type") or "").rpartition("/")[2]
                found[item.get("Id") or ""] = Link(kind, target_of(owner, item.get("Target") or ""))
        return found

    @cached_property
    def main(self) -> str:
        """The name of the main part, "" if there is none.

        It is found by relationship, else by content type, else by its usual name. Raises DamagedError, DoctypeError.
        """
        named = [link.target for link in self.links("").values() if link.kind == "officeDocument"]
        if self._types is not None:
            typed = self._types.iterchildren("{*}Override")
            named += [item.get("PartName") or "" for item in typed if ".main" in (item.get("ContentType") or "")]
        return next((name.lstrip("/") for name in (*named, *_USUAL_MAINS) if self.has(name)), "")

    @cached_property
    def main_type(self) -> str:
        """The content type of the main part, "" if none is declared."""
        types = self._types
        return "" if types is None else content_type(types, self.main)

    @cached_property
    def _types(self) -> etree._Element | None:
        """The list of content types, None if it is missing or unreadable: few readers need it."""
        try:
            return self._tree(CONTENT_TYPES)
        except PackageError:
            return None

    def _tree(self, name: str) -> etree._Element | None:
        if not self.has(name):
            return None
        try:
            root = parse_xml(self.read(name))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise DamagedError(name, str(error)) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise DoctypeError(name)
        return root


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def relations_of(part: str) -> str:
    """The name of the part with a part's relationships: ``word/_rels/document.xml.rels``; "" is the package."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def owner_of(relations: str) -> str:
    """The part whose relationships are in ``relations``: the inverse of :func:`relations_of`."""
    folder, file = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))


def target_of(owner: str, target: str) -> str:
    """The name of the part that the ``target`` of a relationship of ``owner`` leads to."""
    path = target.replace("\\", "/").partition("#")[0]
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), path)).lstrip("/")


def content_type(types: etree._Element, part: str) -> str:
    """The content type of a part in ``[Content_Types].xml``: by its name, else by its extension, else ""."""
    declared = {
        _folded(item.get("PartName") or ""): item.get("ContentType") or "" for item in types.iterchildren("{*}Override")
    }
    by_ending = {
        (item.get("Extension") or "").casefold(): item.get("ContentType") or ""
        for item in types.iterchildren("{*}Default")
    }
    return declared.get(_folded(part)) or by_ending.get(part.rpartition(".")[2].casefold(), "")


def read_entries(content: bytes) -> list[Entry]:
    """The entries of a package in order. Raises PackageError."""
    return Package(content).entries()


def write_entries(entries: Iterable[Entry]) -> bytes:
    """A zip of entries in the given order, without times or attributes of this machine."""
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
    """The entries of a package written by :func:`write_entries`, None for any other.

    Such a package holds nothing else, since writing the entries again gives the same bytes. Contents are inflated and
    checked when they are asked for.
    """
    try:
        *_marks, count, _count, _length, at, _comment = _END.unpack_from(package, len(package) - _END.size)
        entries: list[Entry] = []
        for _number in range(min(count, MAX_PARTS)):
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
    """A hash of all parts except custom properties, independent of order and compression."""
    digest = hashlib.sha256()
    for entry in sorted(entries, key=lambda entry: entry.name):
        if entry.name != CUSTOM_PROPERTIES:
            digest.update(f"{entry.name}\0{entry.size}\0".encode())
            digest.update(entry.content)
    return digest.hexdigest()
