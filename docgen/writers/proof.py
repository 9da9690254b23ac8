"""The last look at a document before it becomes a file: its bytes go in, nothing comes out, or every fault at once."""

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from docgen.base.locale import translate as _
from docgen.base.ooxml import CONTENT_TYPES, Entry, own_entries, read_entries
from docgen.errors import OutputError, Place, Problem
from docgen.writers.facts import Facts, Fault, Relation, facts_of, facts_of_sound, repeated

REQUIRED = (CONTENT_TYPES, "_rels/.rels", "word/document.xml")


def prove(content: bytes, shown: str, made: Iterable[Entry] = ()) -> None:
    """Make sure that Word will open a .docx: parts whole and well-formed, ids unique, references leading somewhere.

    ``shown`` is the file's name in messages, ``made`` see :func:`find_faults`. Raises OutputError with all faults; they
    are the template's or ours, never the data's.
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
    """What is wrong with a .docx, part by part.

    The very bytes are looked at: they are taken apart again, and each part is what size and checksum say of it. A part
    that is one of those ``made``, and sound by how it was made, isn't parsed once more.
    """
    sound = {entry.name: entry for entry in made if entry.links is not None}
    try:
        entries = own_entries(content) or read_entries(content)
        facts = {entry.name: _facts(entry, sound.get(entry.name)) for entry in entries}
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError) as error:
        yield Fault("broken-zip", None, _("tệp tạo ra không phải gói .docx đọc được: {reason}").format(reason=error))
        return
    names = [entry.name for entry in entries]
    for name in sorted(name for name, times in Counter(names).items() if times > 1):
        yield Fault("repeated-part", name, _("phần {part} có hai lần trong tệp").format(part=name))
    for name in REQUIRED:
        if name not in facts:
            yield Fault("missing-part", name, _("tệp thiếu phần {part}").format(part=name))
    yield from (one.broken for one in facts.values() if one.broken is not None)
    yield from _untyped(facts)
    yield from _broken_links(facts)
    for one in facts.values():
        yield from one.faults


def _facts(entry: Entry, sound: Entry | None) -> Facts:
    if sound is None or sound.links is None or entry.deflated != sound.deflated:
        return facts_of(entry)
    return facts_of_sound(entry, sound.links)


def _untyped(facts: Mapping[str, Facts]) -> Iterator[Fault]:
    """Parts without a content type: Word calls such a file damaged."""
    types = facts.get(CONTENT_TYPES)
    if types is None or types.broken is not None:
        return
    for name in facts:
        typed = f"/{name}".lower() in types.named or name.rpartition(".")[2].lower() in types.suffixes
        if not typed and name != CONTENT_TYPES and not name.endswith("/"):
            yield Fault("untyped-part", name, _("phần {part} không được khai báo kiểu nội dung").format(part=name))


def _broken_links(facts: Mapping[str, Facts]) -> Iterator[Fault]:
    """Relationships that lead nowhere or share an id, and uses of a relationship that isn't there."""
    known: dict[str, set[str]] = {}
    for name, one in facts.items():
        if name.endswith(".rels"):
            folder, file = posixpath.split(name)
            owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
            ids = [link.identity for link in one.relations]
            known[owner] = set(ids)
            yield from repeated(name, "Relationship/@Id", ids)
            for link in one.relations:
                yield from _dead_end(name, posixpath.dirname(folder), link, facts)
    for name, one in facts.items():
        for identity in sorted(one.links - known.get(name, set()) - {""}):
            message = _("phần {part} dùng liên kết “{id}” không có trong danh sách liên kết của nó")
            yield Fault("unknown-link", name, message.format(part=name, id=identity))


def _dead_end(name: str, folder: str, link: Relation, facts: Mapping[str, Facts]) -> Iterator[Fault]:
    path = link.target.partition("#")[0]
    if link.external or not path:
        return
    target = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
    if target not in facts and unquote(target) not in facts:
        message = _("liên kết “{id}” trong {part} dẫn tới {target}, phần này không có trong tệp")
        yield Fault("dead-link", name, message.format(id=link.identity, part=name, target=target))
