"""Proof of a document's bytes before they are written to a file."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from docgen.base.locale import translate as _
from docgen.base.ooxml import (
    CONTENT_TYPES,
    PACKAGE_RELATIONS,
    Entry,
    PackageError,
    own_entries,
    owner_of,
    parse_xml,
    read_entries,
    target_of,
)
from docgen.errors import OutputError, Place, Problem

_Element = etree._Element

_BODY = "word/document.xml"
#: How many parts' evidence is kept, and the largest such part's bytes; together they take 10 MB at most.
_KEPT, _LARGEST_KEPT = 128, 64 * 1024
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "r": _LINK,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
#: The root of a body, a header, a footer.
_WITH_TEXT = tuple(f"{{{_NAMES['w']}}}{name}" for name in ("document", "hdr", "ftr"))
#: Control characters that XML allows and Word shows as a box or not at all; XML refuses those below U+0020.
_CONTROL = re.compile("[\x7f-\x9f]")
#: The second half of them in UTF-8.
_CONTROL_BYTES = re.compile(b"\xc2[\x80-\x9f]")
#: Control characters in one byte; then U+FFFE and U+FFFF in UTF-8.
_NO_LETTERS = bytes({*range(32), 0x7F} - {0x09, 0x0A, 0x0D})
_NONE = re.compile(b"\xef\xbf[\xbe\xbf]")


class Fault(NamedTuple):
    """One fault of a package; ``code`` is without its prefix ``output.``."""

    code: str
    part: str | None
    message: str


class Relation(NamedTuple):
    """A relationship as written; an ``external`` one leads out of the package."""

    identity: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Evidence:
    """What the proof needs of a part; of a ``broken`` one, nothing else is known.

    ``suffixes`` and ``named`` are what the content types declare, ``links`` the ids of relationships that the part
    uses, ``faults`` those of its text.
    """

    broken: Fault | None = None
    suffixes: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    relations: tuple[Relation, ...] = ()
    links: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


def evidence_of(entry: Entry) -> Evidence:
    """The evidence of a part. Raises PackageError where size or checksum of its bytes is wrong."""
    if entry.name == _BODY or len(entry.deflated) > _LARGEST_KEPT:
        return _evidence_of(entry.name, entry.content)
    return _kept_evidence(entry)


def evidence_of_sound(entry: Entry, links: frozenset[str]) -> Evidence:
    """The evidence of a part that is well-formed by construction; only parsed where values brought control characters.

    Raises PackageError.
    """
    data = entry.content
    if len(data.translate(None, _NO_LETTERS)) != len(data) or _CONTROL_BYTES.search(data) or _NONE.search(data):
        return _evidence_of(entry.name, data)
    return Evidence(links=links)


@lru_cache(maxsize=_KEPT)
def _kept_evidence(entry: Entry) -> Evidence:
    found = _evidence_of(entry.name, entry.content)
    entry.__dict__.pop("content", None)  # the cache keeps the entry, but needn't keep its content
    return found


def _evidence_of(name: str, data: bytes) -> Evidence:
    if not name.endswith((".xml", ".rels")):
        return Evidence()
    tree = _parse(name, data)
    if isinstance(tree, Fault):
        return Evidence(broken=tree)
    links = frozenset(_values(_USED_LINKS, tree)) if _LINK.encode() in data else frozenset()
    if name == CONTENT_TYPES:
        suffixes = frozenset((item.get("Extension") or "").lower() for item in tree.iterchildren(f"{_TYPES}Default"))
        named = frozenset((item.get("PartName") or "").lower() for item in tree.iterchildren(f"{_TYPES}Override"))
        return Evidence(suffixes=suffixes, named=named, links=links)
    if name.endswith(".rels"):
        relations = tuple(
            Relation(
                one.get("Id") or "",
                (one.get("Type") or "").rpartition("/")[2],
                one.get("Target") or "",
                one.get("TargetMode") == "External",
            )
            for one in tree.iterchildren(_RELATIONSHIP)
        )
        return Evidence(relations=relations, links=links)
    return Evidence(links=links, faults=tuple(_faults_of_text(name, tree, data)) if tree.tag in _WITH_TEXT else ())


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


def _faults_of_text(name: str, tree: _Element, data: bytes) -> Iterator[Fault]:
    """Faults in the body, a header or a footer that Word refuses or shows wrongly.

    Queries for names that don't occur in the bytes of a part in UTF-8 are skipped.
    """
    plain = (tree.getroottree().docinfo.encoding or "UTF-8").upper() == "UTF-8"
    if not plain or b"docPr" in data:
        yield from repeated(name, "wp:docPr/@id", _values(_DRAWING_IDS, tree))
    if not plain or b"bookmarkStart" in data:
        yield from repeated(name, "w:bookmarkStart/@w:id", _values(_BOOKMARK_IDS, tree))
    if _EMPTY_CELLS(tree):
        message = _("phần {part} có ô bảng không còn đoạn văn nào; Word coi tệp là hỏng")
        yield Fault("empty-cell", name, message.format(part=name))
    if plain and b"&#" not in data and b"\x7f" not in data and not _CONTROL_BYTES.search(data):
        return
    controls = sorted({f"U+{ord(letter):04X}" for letter in _CONTROL.findall(str(_TEXT(tree)))})
    if controls:
        message = _("phần {part} có ký tự điều khiển: {characters}")
        yield Fault("control-character", name, message.format(part=name, characters=", ".join(controls)))


def repeated(name: str, what: str, ids: list[str]) -> Iterator[Fault]:
    """A fault for ids that occur more than once but must be unique."""
    if len(set(ids)) < len(ids):
        twice = sorted(identity for identity, times in Counter(ids).items() if times > 1)
        message = _("phần {part} có {what} trùng nhau: {ids}")
        yield Fault("repeated-id", name, message.format(part=name, what=what, ids=", ".join(twice)))


def _values(query: etree.XPath, tree: _Element) -> list[str]:
    found = query(tree)
    return list(map(str, found)) if isinstance(found, list) else []


def _query(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=_NAMES, smart_strings=False)


# Word writes a text box in mc:Choice and again in mc:Fallback, with the same ids, and reads only one of them.
_DRAWING_IDS = _query("//wp:docPr[not(ancestor::mc:Fallback)]/@id")
_BOOKMARK_IDS = _query("//w:bookmarkStart[not(ancestor::mc:Fallback)]/@w:id")
_EMPTY_CELLS = _query("boolean(//w:tc[not(.//w:p)])")
_USED_LINKS = _query("//@r:*")
_TEXT = _query("string(/)")


def prove(content: bytes, shown: str, made: Iterable[Entry] = ()) -> None:
    """Prove that Word can open a .docx: parts are complete and well-formed, ids unique, references valid.

    ``shown`` is the file's name in messages; for ``made`` see :func:`find_faults`. Raises OutputError with all faults,
    which come from the template or from docgen, never from the data.
    """
    faults = list(find_faults(content, made))
    if faults:
        hint = _(
            "lỗi do tệp mẫu hoặc do docgen, không do dữ liệu: sửa tệp mẫu trong Word, hoặc báo người bảo trì docgen"
        )
        raise OutputError(
            Problem(f"output.{code}", message, hint, Place(shown, part=part)) for code, part, message in faults
        )


def find_faults(content: bytes, made: Iterable[Entry] = ()) -> Iterator[Fault]:
    """The faults of a .docx, part by part.

    The bytes are unpacked again, and sizes and checksums compared. Parts that are equal to one of ``made`` and
    well-formed by construction aren't parsed.
    """
    sound = {entry.name: entry for entry in made if entry.links is not None}
    try:
        entries = own_entries(content) or read_entries(content)
        evidence = {entry.name: _evidence(entry, sound.get(entry.name)) for entry in entries}
    except PackageError as error:
        yield Fault("broken-zip", None, _("tệp tạo ra không phải gói .docx đọc được: {reason}").format(reason=error))
        return
    names = [entry.name for entry in entries]
    for name in sorted(name for name, times in Counter(names).items() if times > 1):
        yield Fault("repeated-part", name, _("phần {part} có hai lần trong tệp").format(part=name))
    for name in (CONTENT_TYPES, PACKAGE_RELATIONS, _main(evidence)):
        if name not in evidence:
            yield Fault("missing-part", name, _("tệp thiếu phần {part}").format(part=name))
    yield from (one.broken for one in evidence.values() if one.broken is not None)
    yield from _untyped(evidence)
    yield from _broken_links(evidence)
    for one in evidence.values():
        yield from one.faults


def _main(evidence: Mapping[str, Evidence]) -> str:
    """The name of the main part by the package's relationships, else the usual one."""
    relations = evidence[PACKAGE_RELATIONS].relations if PACKAGE_RELATIONS in evidence else ()
    return next((target_of("", one.target) for one in relations if one.kind == "officeDocument"), _BODY)


def _evidence(entry: Entry, sound: Entry | None) -> Evidence:
    if sound is None or sound.links is None or entry.deflated != sound.deflated:
        return evidence_of(entry)
    return evidence_of_sound(entry, sound.links)


def _untyped(evidence: Mapping[str, Evidence]) -> Iterator[Fault]:
    """Faults for parts without a content type, for which Word calls the file damaged."""
    types = evidence.get(CONTENT_TYPES)
    if types is None or types.broken is not None:
        return
    for name in evidence:
        typed = f"/{name}".lower() in types.named or name.rpartition(".")[2].lower() in types.suffixes
        if not typed and name != CONTENT_TYPES and not name.endswith("/"):
            yield Fault("untyped-part", name, _("phần {part} không được khai báo kiểu nội dung").format(part=name))


def _broken_links(evidence: Mapping[str, Evidence]) -> Iterator[Fault]:
    """Faults for relationships without a target or with equal ids, and for ids that don't exist."""
    known: dict[str, set[str]] = {}
    for name, one in evidence.items():
        if name.endswith(".rels"):
            owner = owner_of(name)
            ids = [link.identity for link in one.relations]
            known[owner] = set(ids)
            yield from repeated(name, "Relationship/@Id", ids)
            for link in one.relations:
                yield from _dead_end(name, owner, link, evidence)
    for name, one in evidence.items():
        for identity in sorted(one.links - known.get(name, set()) - {""}):
            message = _("phần {part} dùng liên kết “{id}” không có trong danh sách liên kết của nó")
            yield Fault("unknown-link", name, message.format(part=name, id=identity))


def _dead_end(name: str, owner: str, link: Relation, evidence: Mapping[str, Evidence]) -> Iterator[Fault]:
    if link.external or not link.target.partition("#")[0]:
        return
    target = target_of(owner, link.target)
    if target not in evidence and unquote(target) not in evidence:
        message = _("liên kết “{id}” trong {part} dẫn tới {target}, phần này không có trong tệp")
        yield Fault("dead-link", name, message.format(id=link.identity, part=name, target=target))
