"""Reads a template file into parts, and adds the part for the custom properties of :mod:`docgen.writers.seal`.

What isn't a plain Word document is refused before anything is read from it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from docgen.base.files import LargeFileError, read_file
from docgen.base.locale import translate as _
from docgen.base.ooxml import (
    CONTENT_TYPES,
    CUSTOM_PROPERTIES,
    PACKAGE_RELATIONS,
    Entry,
    OleError,
    PackageError,
    content_type,
    make_entry,
    owner_of,
    parse_xml,
    xml_bytes,
)
from docgen.base.usual_names import DOCUMENT, usual_entries
from docgen.base.wordprocessing import w
from docgen.errors import Place, Problem, TemplateError

_WITH_TEXT = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")
_DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def template_entries(content: bytes, shown: str) -> list[Entry]:
    """The parts of a template's content in their order. Raises TemplateError if it isn't a plain .docx."""
    entries = open_package(content, shown)
    problems = package_problems(entries, shown)
    if problems:
        raise TemplateError(problems)
    return entries


def read_content(path: Path, shown: str) -> bytes:
    """A template file's bytes. Raises TemplateError where they can't be had, or are more than any template's."""
    try:
        return read_file(path)
    except LargeFileError:
        raise refused("template.too-large", shown, _("tệp mẫu quá lớn"), _("bỏ ảnh thừa khỏi mẫu")) from None
    except FileNotFoundError:
        raise refused("template.missing", shown, _("không có tệp mẫu này"), _("kiểm tra lại đường dẫn")) from None
    except OSError as error:
        hint = _("kiểm tra quyền đọc tệp: {reason}").format(reason=error.strerror)
        raise refused("template.unreadable", shown, _("không đọc được tệp mẫu"), hint) from None


def open_package(content: bytes, shown: str) -> list[Entry]:
    """The parts of a file's content in their order. Raises TemplateError where there is no Word document in it."""
    try:
        entries = usual_entries(content)
    except OleError:
        hint = _("gỡ mật khẩu, hoặc lưu lại dạng .docx trong Word")
        raise refused("template.encrypted", shown, _("tệp mẫu có mật khẩu hoặc là tệp .doc cũ"), hint) from None
    except PackageError:
        hint = _("mở trong Word rồi lưu lại dạng .docx")
        raise refused("template.not-docx", shown, _("tệp mẫu không phải .docx hoặc bị hỏng"), hint) from None
    names = {entry.name for entry in entries}
    if CONTENT_TYPES not in names or DOCUMENT not in names:
        raise refused("template.not-docx", shown, _("tệp mẫu không phải văn bản Word"), _("chọn một tệp .docx"))
    _check_body(next(entry for entry in entries if entry.name == DOCUMENT), shown)
    return entries


def holds_text(name: str) -> bool:
    """Whether a part is one that tags may stand in: the body, headers, footers, notes."""
    return name.startswith(_WITH_TEXT) and name.endswith(".xml")


def parse_part(entry: Entry, shown: str) -> etree._Element:
    """A part as a tree; entities and outside references are never followed. Raises TemplateError."""
    try:
        root = parse_xml(entry.content)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = _("phần {part} của mẫu hỏng ở dòng {line}, cột {column}").format(
            part=entry.name, line=line, column=column
        )
        raise refused("template.broken-part", shown, message, _("mở trong Word rồi lưu lại dạng .docx")) from None
    if root.getroottree().docinfo.internalDTD is not None:
        message = _("phần {part} của mẫu có khai báo DOCTYPE").format(part=entry.name)
        raise refused("template.doctype", shown, message, _("tạo lại mẫu trong Word"))
    return root


def refused(code: str, shown: str, message: str, hint: str) -> TemplateError:
    """A template error about the file as a whole."""
    return TemplateError(Problem(code, message, hint, Place(shown)))


def package_problems(entries: list[Entry], shown: str) -> list[Problem]:
    """What a template may not be or bring along: macros, another kind of file, parts fetched from elsewhere."""
    place, problems = Place(shown), []
    hint = _("trong Word chọn Lưu thành… dạng .docx (không có macro)")
    if any(entry.name.lower().endswith("vbaproject.bin") for entry in entries):
        problems.append(Problem("template.macros", _("tệp mẫu có macro"), hint, place))
    types = parse_part(next(entry for entry in entries if entry.name == CONTENT_TYPES), shown)
    if content_type(types, DOCUMENT) != _DOCX_TYPE:
        hint = _("trong Word chọn Lưu thành… dạng .docx")
        problems.append(Problem("template.not-docx", _("tệp mẫu là loại khác (.docm, .dotx …)"), hint, place))
    hint = _("nhúng ảnh vào mẫu; bỏ mẫu đính kèm (Developer, Document Template)")
    for link in outside_links(entries, shown):
        message = _("tệp mẫu trỏ ra ngoài: {target}").format(target=link.target[:80])
        problems.append(Problem("template.external", message, hint, place))
    return problems


class OutsideLink(NamedTuple):
    """What Word would fetch by itself from elsewhere: named by which part, under which id, from where."""

    owner: str
    identity: str
    target: str


def outside_links(entries: list[Entry], shown: str) -> Iterator[OutsideLink]:
    """Every outside relationship but hyperlinks, which are only followed by a person."""
    for entry in entries:
        if not entry.name.endswith(".rels"):
            continue
        owner = owner_of(entry.name)
        for relation in parse_part(entry, shown):
            if relation.get("TargetMode") == "External" and not (relation.get("Type") or "").endswith("/hyperlink"):
                yield OutsideLink(owner, relation.get("Id") or "", relation.get("Target") or "")


def _check_body(document: Entry, shown: str) -> None:
    body = parse_part(document, shown).find(w("body"))
    if body is None or next(body.iter(w("p")), None) is None:
        raise refused("template.empty", shown, _("tệp mẫu không có đoạn văn nào"), _("mở mẫu trong Word và kiểm tra"))


_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)


def prepare_properties(entries: list[Entry], shown: str) -> list[Entry]:
    """The entries with an empty part for custom properties, in place of any that the template has."""
    override = {"PartName": f"/{CUSTOM_PROPERTIES}", "ContentType": _TYPE}
    relation = {"Id": "rIdDocgen", "Type": _RELATION, "Target": CUSTOM_PROPERTIES}
    kept = []
    for entry in entries:
        if entry.name == CONTENT_TYPES:
            kept.append(_with(entry, shown, "Override", override, "PartName"))
        elif entry.name == PACKAGE_RELATIONS:
            kept.append(_with(entry, shown, "Relationship", relation, "Type"))
        elif entry.name != CUSTOM_PROPERTIES:
            kept.append(entry)
    return [*kept, make_entry(CUSTOM_PROPERTIES, _EMPTY)]


def _with(entry: Entry, shown: str, name: str, attributes: dict[str, str], key: str) -> Entry:
    """A part whose root has an element ``name``, added if none has the same attribute ``key``."""
    root = parse_part(entry, shown)
    if any(item.get(key) == attributes[key] for item in root):
        return entry
    etree.SubElement(root, f"{{{etree.QName(root).namespace}}}{name}", attributes)
    return make_entry(entry.name, xml_bytes(root))
