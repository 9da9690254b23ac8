"""Small Word files made by hand, so that a test can spoil exactly one thing in one of them."""

from pathlib import Path

from docgen.base.ooxml import CUSTOM_PROPERTIES, Entry, content_hash, make_entry, read_entries, write_entries
from docgen.writers.seal import CONTENT, custom_properties_xml

DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
LINKS = "word/_rels/document.xml.rels"
HEADER = "word/header1.xml"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

PARTS = {
    TYPES: f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Override PartName="/{DOCUMENT}" ContentType="{_WORD}.document.main+xml"/>
        <Override PartName="/{HEADER}" ContentType="{_WORD}.header+xml"/>
        <Override PartName="/{CUSTOM_PROPERTIES}"
         ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>""",
    "_rels/.rels": f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
        <Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{DOCUMENT}"/>
        <Relationship Id="rId2" Type="{_OFFICE}/custom-properties" Target="/{CUSTOM_PROPERTIES}"/></Relationships>""",
    DOCUMENT: f"""{_HEAD}<w:document {_NAMES}><w:body><!--body-->
        <w:p><w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/><w:r><w:t>TEXT</w:t></w:r></w:p>
        <w:p><w:hyperlink r:id="rId2"><w:r><w:t>cổng dịch vụ công</w:t></w:r></w:hyperlink></w:p>
        <w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>
        <w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr></w:body></w:document>""",
    LINKS: f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
        <Relationship Id="rId1" Type="{_OFFICE}/header" Target="header1.xml"/>
        <Relationship Id="rId2" Type="{_OFFICE}/hyperlink" Target="https://dichvucong.gov.vn" TargetMode="External"/>
        </Relationships>""",
    HEADER: f"{_HEAD}<w:hdr {_NAMES}><w:p><w:r><w:t>2</w:t></w:r></w:p></w:hdr>",
}


def make_parts(text: str = "Kế hoạch") -> list[Entry]:
    """The parts of a sound document, without custom properties."""
    return [make_entry(name, xml.replace("TEXT", text).encode()) for name, xml in PARTS.items()]


def sealed(parts: list[Entry]) -> bytes:
    """The document as docgen writes it: its own hash among its properties."""
    properties = custom_properties_xml({CONTENT: content_hash(parts)})
    return write_entries([*parts, make_entry(CUSTOM_PROPERTIES, properties)])


def make_document(text: str = "Kế hoạch") -> bytes:
    """A sound document of ours that says ``text``."""
    return sealed(make_parts(text))


def changed(content: bytes, part: str, old: str, new: str) -> bytes:
    """The document with one piece of one part replaced, its properties left alone."""
    entries = []
    for entry in read_entries(content):
        if entry.name == part:
            xml = entry.content.decode()
            assert xml.count(old) == 1, f"{old!r} stands {xml.count(old)} times in {part}"
            entry = make_entry(part, xml.replace(old, new).encode())
        entries.append(entry)
    return write_entries(entries)


def without(content: bytes, part: str) -> bytes:
    """The document with one part gone."""
    entries = read_entries(content)
    left = [entry for entry in entries if entry.name != part]
    assert len(left) == len(entries) - 1
    return write_entries(left)


def edit_by_hand(path: Path) -> bytes:
    """Do what a person does: change a word and save. What the file holds now."""
    content = changed(path.read_bytes(), HEADER, ">2<", ">trang 2<")
    path.write_bytes(content)
    return content
