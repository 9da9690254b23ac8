"""Opens a .docx from bytes or a path without trusting it, and parses its parts."""

from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from docgen.base.files import read_file
from docgen.base.locale import translate as _
from docgen.base.ooxml import MAX_UNPACKED, DoctypeError, Link, OleError, Package, PackageError, TooLargeError

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


class WordPackage:
    """The parts of one Word file, parsed when asked for; ``main`` names the one that holds the body."""

    def __init__(self, source: Path | bytes) -> None:
        self._package = _open(source)
        try:
            self.main = self._package.main
        except PackageError as error:
            raise _broken(error) from error

    def part(self, name: str) -> Element | None:
        """The root of a part, None when the file has none of that name."""
        if not self._package.has(name):
            return None
        try:
            data = self._package.read(name)
        except PackageError as error:
            raise NotWordError(_("phần {part} trong tệp bị hỏng").format(part=name)) from error
        return _parse(name, data)

    def part_if_sound(self, name: str) -> Element | None:
        """The root of a part that a document can do without: None also when it is broken."""
        try:
            return self.part(name)
        except NotWordError:
            return None

    def links(self, owner: str) -> dict[str, Link]:
        """The relationships of a part by id."""
        try:
            return self._package.links(owner)
        except PackageError as error:
            raise _broken(error) from error

    def related_part(self, owner: str, kind: str) -> Element | None:
        """The part that ``owner`` refers to by the relationship type ``kind`` (``styles``, ``theme``)."""
        target = next((link.target for link in self.links(owner).values() if link.kind == kind), None)
        return None if target is None else self.part_if_sound(target)


def _open(source: Path | bytes) -> Package:
    try:
        return Package(source if isinstance(source, bytes) else read_file(source, MAX_UNPACKED))
    except OSError as error:
        raise NotWordError(_("không đọc được tệp: {why}").format(why=error.strerror or error)) from error
    except OleError as error:
        raise NotWordError(_("tệp có mật khẩu hoặc là .doc cũ: lưu lại thành .docx không mật khẩu")) from error
    except TooLargeError as error:
        size = error.size // 1024**2
        raise NotWordError(_("tệp giải nén ra quá lớn ({size} MB)").format(size=size)) from error
    except PackageError as error:
        raise NotWordError(_("không phải tệp .docx")) from error


def _broken(error: PackageError) -> NotWordError:
    """What is said of relationships that can't be read."""
    if isinstance(error, DoctypeError):
        return NotWordError(_("phần {part} khai báo DOCTYPE, Word không cho phép").format(part=error.part))
    return NotWordError(_("phần {part} không phải XML hợp lệ").format(part=error.part))


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
