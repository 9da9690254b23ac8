"""A file tells whether a person edited it, and what it was made from."""

import pytest

from docgen.base.ooxml import CUSTOM_PROPERTIES, make_entry, read_entries, write_entries
from docgen.writers.seal import (
    CONTENT,
    DATA,
    VERSION,
    custom_properties_xml,
    edited_by_hand,
    pdf_edited_by_hand,
    read_properties,
    stamp_pdf,
)
from tests.writers.documents import DOCUMENT, HEADER, changed, make_document, make_parts, without

PDF = b"%PDF-1.6\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n"


def test_properties_come_back_as_they_went_in() -> None:
    values = {DATA: "a" * 64, VERSION: "1.0", "cơ quan": 'Tom & "Jerry" <ở> Hương Thủy', "trống": ""}
    entry = make_entry(CUSTOM_PROPERTIES, custom_properties_xml(values))
    assert read_properties([entry]) == values


def test_same_values_give_the_same_bytes_in_any_order() -> None:
    assert custom_properties_xml({"a": "1", "b": "2"}) == custom_properties_xml({"b": "2", "a": "1"})


def test_the_xml_is_what_word_reads() -> None:
    assert custom_properties_xml({VERSION: "1.0"}).decode() == (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="docgen.version">'
        "<vt:lpwstr>1.0</vt:lpwstr></property></Properties>"
    )


def test_control_characters_are_refused() -> None:
    with pytest.raises(ValueError, match="XML compatible"):
        custom_properties_xml({VERSION: "1\x00"})


@pytest.mark.parametrize(
    "broken", [b"", b"<Properties", b"<a/>", b"\xff\xfe", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"]
)
def test_broken_properties_are_no_properties(broken: bytes) -> None:
    assert read_properties([make_entry(CUSTOM_PROPERTIES, broken)]) == {}


def test_no_properties() -> None:
    assert read_properties([]) == {}


def test_our_own_file_is_not_edited() -> None:
    assert not edited_by_hand(make_document())


def test_order_and_deflating_of_parts_do_not_matter() -> None:
    assert not edited_by_hand(write_entries(reversed(read_entries(make_document()))))


@pytest.mark.parametrize(
    "content",
    [
        changed(make_document(), HEADER, ">2<", ">3<"),
        changed(make_document(), CUSTOM_PROPERTIES, CONTENT, "other.content"),
        without(make_document(), HEADER),
        without(make_document(), CUSTOM_PROPERTIES),
        write_entries([*read_entries(make_document()), make_entry("word/comments.xml", b"<a/>")]),
        write_entries(make_parts()),
        b"",
        b"PK\x03\x04",
        b"a text",
        make_document()[:-40],
        make_document().replace(b"PK\x01\x02", b"PK\x01\x03"),
    ],
    ids=[
        "a part changed", "hash gone", "a part gone", "properties gone", "a part more", "never ours",
        "empty", "cut at once", "no zip", "cut off", "directory broken",
    ],
)  # fmt: skip
def test_anything_else_counts_as_edited(content: bytes) -> None:
    assert edited_by_hand(content)


def test_every_single_spoiled_byte_raises_nothing() -> None:
    content = make_document()
    for place in range(0, len(content), 7):
        edited_by_hand(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])


def test_a_word_in_the_body_counts() -> None:
    assert edited_by_hand(changed(make_document("Kế hoạch 2023"), DOCUMENT, "Kế hoạch 2023", "Kế hoạch 2024"))


def test_a_pdf_tells_too() -> None:
    assert not pdf_edited_by_hand(stamp_pdf(PDF))
    assert stamp_pdf(PDF).startswith(PDF)


@pytest.mark.parametrize(
    "pdf", [b"", PDF, stamp_pdf(PDF) + b"2 0 obj\n%%EOF\n", stamp_pdf(PDF).replace(b"1 0", b"2 0")]
)
def test_a_foreign_signed_or_changed_pdf_counts_as_edited(pdf: bytes) -> None:
    assert pdf_edited_by_hand(pdf)
