"""The last look at a document before it becomes a file: its bytes go in, nothing comes out, or every fault at once."""

import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from docgen.errors import OutputError, Place, Problem
from docgen.locale import translate as _
from docgen.package import CONTENT_TYPES, parse_xml

_Element = etree._Element

REQUIRED = (CONTENT_TYPES, "_rels/.rels", "word/document.xml")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
#: XML itself refuses those below the space; these it lets through, and Word shows a box or nothing.
_CONTROL = re.compile("[\x7f-\x9f]")


class Fault(NamedTuple):
    """One thing that is wrong with a package; ``code`` without its ``output.``."""

    code: str
    part: str | None
    message: str


def prove(content: bytes, shown: str) -> None:
    """Make sure that Word will open a .docx: parts whole and well-formed, ids unique, references leading somewhere.

    ``shown`` is the file's name in messages. Raises OutputError with all faults; they are the template's or ours,
    never the data's.
    """
    faults = list(find_faults(content))
    if faults:
        hint = _(
            "lỗi do tệp mẫu hoặc do docgen, không do dữ liệu: sửa tệp mẫu trong Word, hoặc báo người bảo trì docgen"
        )
        raise OutputError(
            Problem(f"output.{code}", message, hint, Place(shown, part=part)) for code, part, message in faults
        )


def find_faults(content: bytes) -> Iterator[Fault]:
    """What is wrong with a .docx, part by part."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            parts = {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError) as error:
        yield Fault("broken-zip", None, _("tệp tạo ra không phải gói .docx đọc được: {reason}").format(reason=error))
        return
    for name in sorted(name for name, times in Counter(names).items() if times > 1):
        yield Fault("repeated-part", name, _("phần {part} có hai lần trong tệp").format(part=name))
    for name in REQUIRED:
        if name not in parts:
            yield Fault("missing-part", name, _("tệp thiếu phần {part}").format(part=name))
    trees: dict[str, _Element] = {}
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            tree = _parse(name, data)
            if isinstance(tree, Fault):
                yield tree
            else:
                trees[name] = tree
    yield from _untyped(parts, trees)
    yield from _broken_links(parts, trees)
    for name, tree in trees.items():
        if name.startswith(("word/document", "word/header", "word/footer")):
            yield from _faults_of_text(name, tree)


def _parse(name: str, data: bytes) -> _Element | Fault:
    try:
        tree = parse_xml(data)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = _("phần {part} không phải XML đúng (dòng {line}, cột {column})")
        return Fault("broken-part", name, message.format(part=name, line=line, column=column))
    if tree.getroottree().docinfo.internalDTD is not None:
        return Fault("broken-part", name, _("phần {part} có khai báo DOCTYPE").format(part=name))
    return tree


def _untyped(parts: Mapping[str, bytes], trees: Mapping[str, _Element]) -> Iterator[Fault]:
    """Parts without a content type: Word calls such a file damaged."""
    if CONTENT_TYPES not in trees:
        return
    root = trees[CONTENT_TYPES]
    suffixes = {(item.get("Extension") or "").lower() for item in root.iterchildren(f"{_TYPES}Default")}
    named = {(item.get("PartName") or "").lower() for item in root.iterchildren(f"{_TYPES}Override")}
    for name in parts:
        typed = f"/{name}".lower() in named or name.rpartition(".")[2].lower() in suffixes
        if not typed and name != CONTENT_TYPES and not name.endswith("/"):
            yield Fault("untyped-part", name, _("phần {part} không được khai báo kiểu nội dung").format(part=name))


def _broken_links(parts: Mapping[str, bytes], trees: Mapping[str, _Element]) -> Iterator[Fault]:
    """Relationships that lead nowhere or share an id, and uses of a relationship that isn't there."""
    known: dict[str, set[str]] = {}
    for name, tree in trees.items():
        if name.endswith(".rels"):
            folder, file = posixpath.split(name)
            owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
            links = list(tree.iterchildren(_RELATIONSHIP))
            ids = [link.get("Id") or "" for link in links]
            known[owner] = set(ids)
            yield from _repeated(name, "Relationship/@Id", ids)
            for link in links:
                yield from _dead_end(name, posixpath.dirname(folder), link, parts)
    for name, tree in trees.items():
        used = set(_values(_USED_LINKS, tree))
        for identity in sorted(used - known.get(name, set()) - {""}):
            message = _("phần {part} dùng liên kết “{id}” không có trong danh sách liên kết của nó")
            yield Fault("unknown-link", name, message.format(part=name, id=identity))


def _dead_end(name: str, folder: str, link: _Element, parts: Mapping[str, bytes]) -> Iterator[Fault]:
    path = (link.get("Target") or "").partition("#")[0]
    if link.get("TargetMode") == "External" or not path:
        return
    target = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
    if target not in parts and unquote(target) not in parts:
        message = _("liên kết “{id}” trong {part} dẫn tới {target}, phần này không có trong tệp")
        yield Fault("dead-link", name, message.format(id=link.get("Id"), part=name, target=target))


def _faults_of_text(name: str, tree: _Element) -> Iterator[Fault]:
    """What Word refuses, or shows wrongly, in the body, a header or a footer."""
    yield from _repeated(name, "wp:docPr/@id", _values(_DRAWING_IDS, tree))
    yield from _repeated(name, "w:bookmarkStart/@w:id", _values(_BOOKMARK_IDS, tree))
    if _EMPTY_CELLS(tree):
        message = _("phần {part} có ô bảng không còn đoạn văn nào; Word coi tệp là hỏng")
        yield Fault("empty-cell", name, message.format(part=name))
    controls = sorted({f"U+{ord(letter):04X}" for letter in _CONTROL.findall(str(_TEXT(tree)))})
    if controls:
        message = _("phần {part} có ký tự điều khiển: {characters}")
        yield Fault("control-character", name, message.format(part=name, characters=", ".join(controls)))


def _repeated(name: str, what: str, ids: list[str]) -> Iterator[Fault]:
    if len(set(ids)) < len(ids):
        twice = sorted(identity for identity, times in Counter(ids).items() if times > 1)
        message = _("phần {part} có {what} trùng nhau: {ids}")
        yield Fault("repeated-id", name, message.format(part=name, what=what, ids=", ".join(twice)))


def _values(query: etree.XPath, tree: _Element) -> list[str]:
    found = query(tree)
    return list(map(str, found)) if isinstance(found, list) else []


def _query(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=_NAMES, smart_strings=False)


# Word writes a text box twice, in mc:Choice and in mc:Fallback, with the same ids in both; it reads only one.
_DRAWING_IDS = _query("//wp:docPr[not(ancestor::mc:Fallback)]/@id")
_BOOKMARK_IDS = _query("//w:bookmarkStart[not(ancestor::mc:Fallback)]/@w:id")
_EMPTY_CELLS = _query("boolean(//w:tc[not(.//w:p)])")
_USED_LINKS = _query("//@r:*")
_TEXT = _query("string(/)")
