"""The width table against the fonts themselves, where they are installed, and lines as they are wrapped."""

import os
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from docgen.base import fonts
from docgen.base.fonts import Face, longest_line, text_width

FOLDERS = (Path("/usr/share/fonts/truetype/liberation2"), Path("/usr/share/fonts/liberation-serif"))
STYLES = {"Regular": (False, False), "Bold": (True, False), "Italic": (False, True), "BoldItalic": (True, True)}


@pytest.mark.parametrize("style", STYLES)
def test_the_table_is_that_of_the_font(style: str) -> None:
    path = next((found for folder in FOLDERS if (found := folder / f"LiberationSerif-{style}.ttf").exists()), None)
    if path is None:
        message = "Liberation Serif 2 is not installed, so its widths were NOT compared"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    font = TTFont(path)
    assert font["head"].unitsPerEm == fonts.UNITS_PER_EM
    names, widths = font.getBestCmap(), font["hmtx"]
    known, usual = fonts._widths(*STYLES[style])
    assert {letter: widths[names[ord(letter)]][0] for letter in known} == known and len(known) == 424
    assert usual == known["n"]


def test_every_vietnamese_letter_has_a_width() -> None:
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyạảãàáậẩẫầấặẳẵằắẹẻẽèéệểễềếịỉĩìíọỏõòóộổỗồốợởỡờớụủũùúựửữừứỵỷỹỳý"
    assert set(letters + letters.upper()) <= set(fonts._widths(False, False)[0])


def test_lines_are_typed_or_wrapped() -> None:
    face = Face(14, bold=True)
    one = "Về việc phê duyệt Kế hoạch"
    assert longest_line(one, face, 1000) == text_width(one, face)
    assert longest_line(f"{one}\n{one} năm 2023", face, 1000) == text_width(f"{one} năm 2023", face)
    column = text_width(one, face) + 1
    assert longest_line(f"{one} {one} {one}", face, column) == pytest.approx(text_width(one, face))
    assert longest_line("x" * 500, face, 100) == 100
    assert longest_line("", face, 100) == 0
    assert text_width("a", Face(14, capitals=True)) == text_width("A", Face(14))
