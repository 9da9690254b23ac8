"""Writes a copy of a Word file with a comment at each finding.

Word allows comments in the body only. A finding in a header, a footer or a text box gets its comment at a paragraph of
the body, and the comment names the place.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from docgen.base.locale import translate as _
from docgen.base.ooxml import CONTENT_TYPES, PACKAGE_RELATIONS, PackageError, read_entries, write_entries
from docgen.base.wordprocessing import w
from docgen.layout.findings import Finding

if TYPE_CHECKING:
    from docx.document import Document

AUTHOR, INITIALS = "docgen", "dg"
#: Further places of a finding that its comment lists; the others are only counted.
MOST_PLACES = 5
#: Most comments in one file; Word takes minutes to lay out more.
MOST_COMMENTS = 2000

_STYLES = {
    "annotation text": ("paragraph", "CommentText"),
    "annotation reference": ("character", "CommentReference"),
}
_STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
_CUSTOM = "custom-properties"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CUSTOM_NAME = "/docProps/custom.xml"
_CUSTOM_XML = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)


class NotAnnotatedError(Exception):
    """Comments can't be put into this file; the message says why, in the user's language."""


def annotate(content: bytes, findings: Iterable[Finding]) -> bytes:
    """A copy of a .docx with one comment for each finding, at its paragraph; the same bytes for the same input.

    The copy always has a part of custom properties. It has no digital signatures, as they would be invalid. Findings
    about the whole file get their comment at the first paragraph. Raises NotAnnotatedError if the file is too damaged.
    """
    _refuse_hostile(content)
    try:
        import docx  # takes 0.1 s, and only --annotate needs it

        document = docx.Document(BytesIO(content))
        _add_comments(document, list(findings)[:MOST_COMMENTS])
        _drop_signatures(document)
        _have_custom_properties(document)
        out = BytesIO()
        document.save(out)
        # [Content_Types].xml first, where streaming readers expect it
        return write_entries(sorted(read_entries(out.getvalue()), key=lambda entry: entry.name != CONTENT_TYPES))
    except NotAnnotatedError:
        raise
    except Exception as error:  # python-docx raises any exception, such as KeyError, on a broken file
        reason = _("tệp không dựng đúng như Word dựng ({kind})").format(kind=type(error).__name__)
        raise NotAnnotatedError(reason) from error


def _refuse_hostile(content: bytes) -> None:
    """Raise NotAnnotatedError for zip bombs, damaged packages, DOCTYPE declarations and Strict Open XML."""
    try:
        entries = read_entries(content)
    except PackageError as error:
        raise NotAnnotatedError(_("gói .docx bị hỏng hoặc quá lớn")) from error
    for entry in entries:
        if entry.name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in entry.content:
            raise NotAnnotatedError(_("phần {part} khai báo DOCTYPE, Word không cho phép").format(part=entry.name))
        if entry.name == PACKAGE_RELATIONS and _STRICT in entry.content:
            raise NotAnnotatedError(
                _("tệp ở dạng Strict Open XML; mở trong Word, lưu lại thành “Word Document (*.docx)” rồi chạy lại")
            )


# ---------------------------------------------------------------- comments


def _add_comments(document: "Document", findings: list[Finding]) -> None:
    if not findings:
        return
    body = document.element.body
    paragraphs = list(document.element.iter(w("p")))
    if not paragraphs:
        paragraphs = [etree.SubElement(body, w("p"))]
        body.insert(0, paragraphs[0])
    main = str(document.part.partname).lstrip("/")
    styles = _comment_styles(document)
    placed = sorted(
        ((_spot(finding, main, len(paragraphs)), number, finding) for number, finding in enumerate(findings)),
        key=lambda item: item[:2],
    )
    for spot, _number, finding in placed:
        comment = document.comments.add_comment(text_of(finding), AUTHOR, INITIALS)
        element = comment._comment_elm
        del element.attrib[w("date")]  # a time stamp would change the bytes each time
        _use_styles(element, styles)
        _mark(_outermost(paragraphs[spot]), str(comment.comment_id), styles["annotation reference"])


def _spot(finding: Finding, main: str, count: int) -> int:
    """Index of the paragraph that gets a finding's comment; 0 for a finding without a place in the body."""
    anchor = finding.anchor
    return anchor.index if anchor is not None and anchor.part == main and 0 <= anchor.index < count else 0


def text_of(finding: Finding) -> str:
    """The text of a comment: rule, what was found, what is right, place, further places, and clause."""
    label = _("cần xem bằng mắt") if finding.undecided else finding.severity.label
    lines = [f"[{finding.rule}] {finding.text} ({label})"]
    if finding.found:
        lines.append(_("Đang là: {found}").format(found=finding.found))
    if finding.expected:
        wanted = _("Xem bằng mắt: {expected}") if finding.undecided else _("Phải là: {expected}")
        lines.append(wanted.format(expected=finding.expected))
    if finding.place.part:
        lines.append(_("Chỗ: {place}").format(place=finding.place.part))
    if finding.also:
        others = "; ".join(place.part or "" for place in finding.also[:MOST_PLACES])
        more = len(finding.also) - MOST_PLACES
        others += _("; và {count} chỗ nữa").format(count=more) if more > 0 else ""
        lines.append(_("Cũng ở: {places}").format(places=others))
    if finding.clause:
        lines.append(_("Căn cứ: {clause}").format(clause=finding.clause))
    return "\n".join(_plain(line) for line in lines)


def _plain(line: str) -> str:
    """``line`` with white space collapsed and without unprintable characters, which XML forbids."""
    return "".join(letter for letter in " ".join(line.split()) if letter.isprintable())


def _outermost(paragraph: Any) -> Any:
    """The body paragraph that contains ``paragraph``, as Word allows no comments inside a text box."""
    for ancestor in paragraph.iterancestors(w("p")):
        paragraph = ancestor
    return paragraph


def _mark(paragraph: Any, identity: str, style: str | None) -> None:
    """Put a comment's range around the content of a paragraph, and its reference after it."""
    start = etree.Element(w("commentRangeStart"), {w("id"): identity})
    properties = paragraph.find(w("pPr"))
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    etree.SubElement(paragraph, w("commentRangeEnd"), {w("id"): identity})
    run = etree.SubElement(paragraph, w("r"))
    if style is not None:
        look = etree.SubElement(run, w("rPr"))
        etree.SubElement(look, w("rStyle"), {w("val"): style})
    etree.SubElement(run, w("commentReference"), {w("id"): identity})


# ---------------------------------------------------------------- styles


def _comment_styles(document: "Document") -> dict[str, str | None]:
    """The ids of the two styles of comments, added if missing; all None in a document without styles.

    The names of these styles are English in every language version of Word, the ids may be Vietnamese.
    """
    if not any(rel.reltype.endswith("/styles") for rel in document.part.rels.values()):
        return dict.fromkeys(_STYLES)
    root = document.styles.element
    found: dict[str, str | None] = {}
    for style in root.iterchildren(w("style")):
        name = style.find(w("name"))
        if name is not None:
            found.setdefault((name.get(w("val")) or "").lower(), style.get(w("styleId")))
    for name, (kind, identity) in _STYLES.items():
        if found.get(name) is None:
            found[name] = _new_style(root, name, kind, identity, set(found.values()))
    return {name: found[name] for name in _STYLES}


def _new_style(root: Any, name: str, kind: str, identity: str, taken: set[str | None]) -> str:
    while identity in taken:
        identity += "1"
    style = etree.SubElement(root, w("style"), {w("type"): kind, w("styleId"): identity})
    etree.SubElement(style, w("name"), {w("val"): name})
    etree.SubElement(style, w("uiPriority"), {w("val"): "99"})
    etree.SubElement(style, w("unhideWhenUsed"))
    look = etree.SubElement(style, w("rPr"))
    for tag in ("sz", "szCs"):
        etree.SubElement(look, w(tag), {w("val"): "20" if kind == "paragraph" else "16"})
    return identity


def _use_styles(comment: Any, styles: dict[str, str | None]) -> None:
    """Replace the style ids that python-docx wrote by the document's own, or remove the references."""
    for tag, (name, (_kind, _identity)) in zip(("pStyle", "rStyle"), _STYLES.items(), strict=True):
        for reference in list(comment.iter(w(tag))):
            identity = styles[name]
            if identity is None:
                reference.getparent().remove(reference)
            else:
                reference.set(w("val"), identity)


# ---------------------------------------------------------------- the package


def _drop_signatures(document: "Document") -> None:
    relations = document.part.package.rels
    for identity in [key for key, rel in relations.items() if rel.reltype.endswith("/digital-signature/origin")]:
        del relations[identity]


def _have_custom_properties(document: "Document") -> None:
    """Make sure that the package has a part of custom properties, under the name that docgen's readers expect."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    for relation in package.rels.values():
        if relation.reltype.endswith("/" + _CUSTOM) and not relation.is_external:
            relation.target_part.partname = PackURI(_CUSTOM_NAME)
            return
    part = Part(PackURI(_CUSTOM_NAME), _CUSTOM_TYPE, _CUSTOM_XML, package)
    package.relate_to(part, _CUSTOM_RELATION)
