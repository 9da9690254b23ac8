"""The one guarded package: bounds, main part, and every way in which a zip can be broken."""

import bz2
import lzma
import os
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from docgen.base.files import IrregularFileError, LargeFileError, read_file
from docgen.base.ooxml import (
    DamagedError,
    DoctypeError,
    EncryptedError,
    Link,
    OleError,
    Package,
    PackageError,
    TooLargeError,
    content_type,
    owner_of,
    parse_xml,
    read_entries,
    relations_of,
    target_of,
)
from docgen.base.usual_names import with_usual_names
from tests.layout.packages import zipped

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def relations(*links: tuple[str, str]) -> bytes:
    rows = (f'<Relationship Id="r{n}" Type="urn:x/{kind}" Target="{path}"/>' for n, (kind, path) in enumerate(links))
    return f'<Relationships xmlns="{RELATIONS}">{"".join(rows)}</Relationships>'.encode()


def types(overrides: dict[str, str], **defaults: str) -> bytes:
    rows = [f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items()]
    rows += [f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()]
    return f'<Types xmlns="{TYPES}">{"".join(rows)}</Types>'.encode()


def one_part(packed: bytes, content: bytes, method: int, *, size: int | None = None, crc: int | None = None) -> bytes:
    """A zip with one part ``a.xml``, ``packed`` as it is."""
    name, end = b"a.xml", 22
    sizes = (zlib.crc32(content) if crc is None else crc, len(packed), len(content) if size is None else size)
    common = (20, 0, method, 0, 33, *sizes, len(name), 0)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, *common) + name + packed
    central = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, *common, 0, 0, 0, 0, 0) + name
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(local), 0)
    assert len(tail) == end
    return local + central + tail


def deflated(content: bytes) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return squeeze.compress(content) + squeeze.flush()


TEXT = b"<a>" + b"abc" * 400 + b"</a>"
FAULTS = {
    "deflate, damaged": one_part(b"\xff" * 40, TEXT, 8),
    "deflate, cut off": one_part(deflated(TEXT)[:-3], TEXT, 8),
    "wrong checksum": one_part(deflated(TEXT), TEXT, 8, crc=1),
    "longer than declared": one_part(deflated(TEXT), TEXT, 8, size=9),
    "stored, wrong checksum": one_part(TEXT, TEXT, 0, crc=1),
    "lzma, damaged": one_part(b"\x09\x04\x05\x00]\x00\x00\x80\x00" + b"\xff" * 40, TEXT, 14),
    "lzma": one_part(lzma.compress(TEXT), TEXT, 14),
    "bz2, damaged": one_part(b"BZh9" + b"\xff" * 40, TEXT, 12),
    "bz2 that unpacks to 200 MB": one_part(bz2.compress(bytes(200 << 20)), TEXT, 12),
    "a method that Python doesn't know": one_part(TEXT, TEXT, 97),
}


def test_the_zips_of_this_test_are_sound_but_for_their_faults() -> None:
    assert read_entries(one_part(deflated(TEXT), TEXT, 8))[0].content == TEXT
    assert Package(one_part(TEXT, TEXT, 0)).read("a.xml") == TEXT


@pytest.mark.parametrize("content", FAULTS.values(), ids=FAULTS)
def test_each_fault_of_compression_is_a_damaged_part(content: bytes) -> None:
    package = Package(content)
    assert package.names == ("a.xml",)
    with pytest.raises(DamagedError) as caught:
        package.read("a.xml")
    assert caught.value.part == "a.xml"
    with pytest.raises(DamagedError):
        read_entries(content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", DamagedError),
        (b"abc", DamagedError),
        (zipped({"a.xml": TEXT})[:-30], DamagedError),
        (zipped({"a.xml": TEXT, "A.xml": TEXT}), DamagedError),
        (zipped({"w/a.xml": TEXT, "w\\a.xml": TEXT}), DamagedError),
        (b"\xd0\xcf\x11\xe0" + bytes(600), OleError),
    ],
    ids=["empty", "no zip", "cut off", "one name twice", "one name with two slashes", "old Office file"],
)
def test_what_is_no_package_is_told_apart(content: bytes, kind: type[PackageError]) -> None:
    with pytest.raises(kind):
        Package(content)


def test_encrypted_parts_are_told_apart() -> None:
    data = bytearray(zipped({"a.xml": TEXT}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.find(mark) + at, 1)
    with pytest.raises(EncryptedError):
        Package(bytes(data))


def test_sizes_are_bounded_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.base.ooxml.MAX_UNPACKED", 1000)
    monkeypatch.setattr("docgen.base.ooxml.MAX_PARTS", 2)
    assert Package(zipped({"a": bytes(500), "b": bytes(500)})).names == ("a", "b")
    for parts in ({"a": bytes(1001)}, {"a": b"", "b": b"", "c": b""}):
        with pytest.raises(TooLargeError) as caught:
            Package(zipped(parts))
        assert (caught.value.size, caught.value.parts) == (sum(map(len, parts.values())), len(parts))


def test_names_are_found_whatever_their_case_and_slashes() -> None:
    package = Package(zipped({"Word\\Document.XML": b"<a/>", "thu-muc/": b""}))
    assert package.names == ("Word/Document.XML",)
    assert package.has("word/document.xml") and package.has("/word/document.xml")
    assert package.read("word/document.xml") == b"<a/>"
    assert not package.has("word/styles.xml")


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("parts", "main"),
    [
        (
            {"_rels/.rels": relations(("officeDocument", "x/y.xml")), "x/y.xml": b"", "word/document.xml": b""},
            "x/y.xml",
        ),
        ({"_rels/.rels": relations(("officeDocument", "/x/y.xml")), "X/Y.xml": b""}, "x/y.xml"),
        ({"_rels/.rels": relations(("officeDocument", "gone.xml")), "word/document.xml": b""}, "word/document.xml"),
        ({"[Content_Types].xml": types({"/x/y.xml": WORD}), "x/y.xml": b"", "xl/workbook.xml": b""}, "x/y.xml"),
        ({"[Content_Types].xml": b"<broken", "xl/workbook.xml": b""}, "xl/workbook.xml"),
        ({"a.txt": b""}, ""),
    ],
    ids=["relationship", "absolute, other case", "dead relationship", "content type", "usual name", "none"],
)
def test_the_main_part_is_found(parts: dict[str, bytes], main: str) -> None:
    assert Package(zipped(parts)).main == main


def test_the_type_of_the_main_part() -> None:
    parts = {"_rels/.rels": relations(("officeDocument", "x.xml")), "x.xml": b""}
    assert Package(zipped(parts)).main_type == ""
    assert Package(zipped({**parts, "[Content_Types].xml": types({"/X.xml": WORD})})).main_type == WORD
    assert Package(zipped({**parts, "[Content_Types].xml": types({}, xml=WORD)})).main_type == WORD


def test_a_type_of_one_part_goes_before_that_of_its_ending() -> None:
    root = parse_xml(types({"/word/a.xml": "own"}, xml="all", rels="links"))
    names = ("word/a.xml", "word/b.xml", "word/_rels/a.xml.rels", "c.png")
    assert [content_type(root, name) for name in names] == ["own", "all", "links", ""]


def test_relationships_lead_to_parts_by_name() -> None:
    inside = relations(("styles", "styles.xml"), ("image", "..\\media\\a.png"), ("header", "/x/h.xml#top"))
    outside = b'<Relationship Id="r9" Type="urn:x/hyperlink" Target="http://a" TargetMode="External"/></Relationships>'
    held = {"word/_rels/document.xml.rels": inside.replace(b"</Relationships>", outside)}
    assert Package(zipped(held)).links("word/document.xml") == {
        "r0": Link("styles", "word/styles.xml"),
        "r1": Link("image", "media/a.png"),
        "r2": Link("header", "x/h.xml"),
    }
    assert Package(zipped(held)).links("word/styles.xml") == {}


def test_names_of_relationships_and_back() -> None:
    for owner, held in (
        ("word/document.xml", "word/_rels/document.xml.rels"),
        ("", "_rels/.rels"),
        ("a", "_rels/a.rels"),
    ):
        assert (relations_of(owner), owner_of(held)) == (held, owner)
    assert target_of("word/document.xml", "../a.xml") == "a.xml"


def test_relationships_that_cant_be_read_are_said_to_be_so() -> None:
    for content, kind in ((b"<broken", DamagedError), (b"<!DOCTYPE a><a/>", DoctypeError)):
        with pytest.raises(kind) as caught:
            _ = Package(zipped({"_rels/.rels": content})).main
        assert caught.value.part == "_rels/.rels"


def test_only_regular_files_of_a_bounded_size_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path / "a", 5) == b"12345"
    with pytest.raises(LargeFileError, match="tệp lớn hơn 0 MB"):
        read_file(tmp_path / "a", 4)
    with pytest.raises(IrregularFileError, match="đây là một thư mục, không phải tệp"):
        read_file(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "b")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_no_pipe_is_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.docx")
    with pytest.raises(IrregularFileError, match="đây không phải một tệp thường"):
        read_file(tmp_path / "a.docx")


def test_zipfile_itself_writes_what_is_read() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", TEXT)
    assert [(entry.name, entry.content) for entry in read_entries(out.getvalue())] == [("a.xml", TEXT)]


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ],
)
def test_workbooks_get_the_names_that_openpyxl_looks_for(kind: str) -> None:
    parts = {
        "[Content_Types].xml": types({"/xl/workbook2.xml": kind, "/xl/styles2.xml": "urn:styles"}),
        "_rels/.rels": relations(("officeDocument", "xl/workbook2.xml")),
        "xl/workbook2.xml": b"<workbook/>",
        "xl/_rels/workbook2.xml.rels": relations(("styles", "styles2.xml"), ("worksheet", "sheets/a.xml")),
        "xl/styles2.xml": b"<styles/>",
        "xl/sheets/a.xml": b"<sheet/>",
    }
    package = Package(with_usual_names(zipped(parts)))
    assert (package.main, package.main_type) == ("xl/workbook.xml", kind)
    assert [link.target for link in package.links(package.main).values()] == ["xl/styles.xml", "xl/sheets/a.xml"]
    assert all(package.has(link.target) for link in package.links(package.main).values())
    assert b'PartName="/xl/styles.xml" ContentType="urn:styles"' in package.read("[Content_Types].xml")
