"""Opens a .docx without trusting it: bytes or a path go in, parsed parts come out."""

import lzma
import posixpath
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from docgen.base.locale import translate as _

#: All parts together, unpacked, as the zip directory declares them; the reader stops at the declared size.
MAX_UNPACKED = 200 * 1024 * 1024

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: Strict Open XML differs from the transitional form in little more than its names.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/picture", b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class NotWordError(Exception):
    """The file can't be read as a Word document; the message says why, in the user's language."""


class Package:
    """The parts of one Word file, parsed when asked for."""

    def __init__(self, source: Path | bytes) -> None:
        self._zip = _open(source)
        self._names = {_plain(entry.filename): entry for entry in self._zip.infolist()}
        self.main = self._main_part()

    def part(self, name: str) -> Element | None:
        """The root of a part, None when the file has none of that name."""
        entry = self._names.get(_plain(name))
        if entry is None:
            return None
        try:
            data = self._zip.read(entry)
        except _BROKEN as error:
            raise NotWordError(_("phần {part} trong tệp bị hỏng").format(part=name)) from error
        return _parse(name, data)

    def part_if_sound(self, name: str) -> Element | None:
        """The root of a part that a document can do without: None also when it is broken."""
        try:
            return self.part(name)
        except NotWordError:
            return None

    def related(self, owner: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (last word of its type, name of the part) for the part ``owner``."""
        folder, file = posixpath.split(owner)
        root = self.part(posixpath.join(folder, "_rels", file + ".rels"))
        found: dict[str, tuple[str, str]] = {}
        for item in () if root is None else root.iter(_RELATIONSHIP):
            if item.get("TargetMode") == "External":
                continue
            target = (item.get("Target") or "").replace("\\", "/")
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[item.get("Id") or ""] = ((item.get("Type") or "").rpartition("/")[2], target)
        return found

    def related_part(self, owner: str, kind: str) -> Element | None:
        """The part that ``owner`` refers to by the relationship type ``kind`` (``styles``, ``theme``)."""
        for name, target in self.related(owner).values():
            if name == kind:
                return self.part_if_sound(target)
        return None

    def _main_part(self) -> str:
        for kind, target in self.related("").values():
            if kind == "officeDocument":
                return target
        types = self.part_if_sound("[Content_Types].xml")
        for item in () if types is None else types:
            if (item.get("ContentType") or "").endswith("document.main+xml"):
                return (item.get("PartName") or "").lstrip("/")
        return "word/document.xml"


#: What zipfile raises for entries that are cut off, encrypted, or packed in a way it doesn't know.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError,
    NotImplementedError, ValueError, IndexError, OverflowError,
)  # fmt: skip


def _plain(name: str) -> str:
    """A part's name as names are compared: case doesn't count, and some programs write backslashes."""
    return name.replace("\\", "/").lstrip("/").casefold()


def _open(source: Path | bytes) -> zipfile.ZipFile:
    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise NotWordError(_("không đọc được tệp: {why}").format(why=error.strerror or error)) from error
    if data.startswith(_OLE_SIGNATURE):
        raise NotWordError(_("tệp có mật khẩu hoặc là .doc cũ: lưu lại thành .docx không mật khẩu"))
    try:
        opened = zipfile.ZipFile(BytesIO(data))
        size = sum(entry.file_size for entry in opened.infolist())
    except _BROKEN as error:
        raise NotWordError(_("không phải tệp .docx")) from error
    if size > MAX_UNPACKED:
        raise NotWordError(_("tệp giải nén ra quá lớn ({size} MB)").format(size=size // 1024 // 1024))
    return opened


def _parse(name: str, data: bytes) -> Element:
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotWordError(_("phần {part} không phải XML hợp lệ").format(part=name)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotWordError(_("phần {part} khai báo DOCTYPE, Word không cho phép").format(part=name))
    return root
