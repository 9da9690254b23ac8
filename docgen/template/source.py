"""A template file in, its parts out: what isn't a plain Word document is refused before anything is read from it."""

import zipfile
from pathlib import Path

from lxml import etree

from docgen.errors import Place, Problem, TemplateError
from docgen.locale import translate as _
from docgen.package import Entry, read_entries

DOCUMENT = "word/document.xml"
CONTENT_TYPES = "[Content_Types].xml"
MAX_BYTES = 64 * 1024 * 1024
_OLE_MARK = b"\xd0\xcf\x11\xe0"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def read_template(path: Path, shown: str) -> list[Entry]:
    """The parts of a template in their order. Raises TemplateError where the file is no plain .docx."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise refused("template.too-large", shown, _("tệp mẫu quá lớn"), _("bỏ ảnh thừa khỏi mẫu"))
        content = path.read_bytes()
    except FileNotFoundError:
        raise refused("template.missing", shown, _("không có tệp mẫu này"), _("kiểm tra lại đường dẫn")) from None
    except OSError as error:
        hint = _("kiểm tra quyền đọc tệp: {reason}").format(reason=error.strerror)
        raise refused("template.unreadable", shown, _("không đọc được tệp mẫu"), hint) from None
    if content.startswith(_OLE_MARK):
        hint = _("gỡ mật khẩu, hoặc lưu lại dạng .docx trong Word")
        raise refused("template.encrypted", shown, _("tệp mẫu có mật khẩu hoặc là tệp .doc cũ"), hint)
    try:
        entries = read_entries(content)
    except (zipfile.BadZipFile, ValueError):
        hint = _("mở trong Word rồi lưu lại dạng .docx")
        raise refused("template.not-docx", shown, _("tệp mẫu không phải .docx hoặc bị hỏng"), hint) from None
    _check_kind(entries, shown)
    return entries


def parse_part(entry: Entry, shown: str) -> etree._Element:
    """A part as a tree; entities and outside references are never followed. Raises TemplateError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(entry.content, parser)
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


def refused(code: str, shown: str, message: str, hint: str, part: str | None = None) -> TemplateError:
    """A template error about the file as a whole, or about one part of it."""
    return TemplateError(Problem(code, message, hint, Place(shown, part=part)))


def _check_kind(entries: list[Entry], shown: str) -> None:
    names = {entry.name for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        hint = _("trong Word chọn Lưu thành… dạng .docx (không có macro)")
        raise refused("template.macros", shown, _("tệp mẫu có macro"), hint)
    types = next((entry for entry in entries if entry.name == CONTENT_TYPES), None)
    if types is None or DOCUMENT not in names:
        raise refused("template.not-docx", shown, _("tệp mẫu không phải văn bản Word"), _("chọn một tệp .docx"))
    root = parse_part(types, shown)
    main = next((item.get("ContentType") for item in root if item.get("PartName") == f"/{DOCUMENT}"), None)
    if main != _DOCX_TYPE:
        hint = _("trong Word chọn Lưu thành… dạng .docx")
        raise refused("template.not-docx", shown, _("tệp mẫu là loại khác (.docm, .dotx …)"), hint)
    _check_body(next(entry for entry in entries if entry.name == DOCUMENT), shown)
    for entry in entries:
        if entry.name.endswith(".rels"):
            _check_links(entry, shown)


def _check_body(document: Entry, shown: str) -> None:
    body = parse_part(document, shown).find(f"{{{_W}}}body")
    if body is None or next(body.iter(f"{{{_W}}}p"), None) is None:
        raise refused("template.empty", shown, _("tệp mẫu không có đoạn văn nào"), _("mở mẫu trong Word và kiểm tra"))


def _check_links(relations: Entry, shown: str) -> None:
    """Whatever Word would fetch by itself from elsewhere is refused; a hyperlink is only followed by a person."""
    for relation in parse_part(relations, shown):
        if relation.get("TargetMode") == "External" and not (relation.get("Type") or "").endswith("/hyperlink"):
            message = _("tệp mẫu trỏ ra ngoài: {target}").format(target=(relation.get("Target") or "")[:80])
            hint = _("nhúng ảnh vào mẫu; bỏ mẫu đính kèm (Developer, Document Template)")
            raise refused("template.external", shown, message, hint)
