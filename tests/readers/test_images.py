"""Pictures from a plan's data to the page."""

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import docgen
from docgen.errors import DataError
from tests.conftest import MakePlan
from tests.pictures import png

SIGNED = ("    ho_ten: Nguyễn Văn An\n", "    ho_ten: Nguyễn Văn An\n    anh_chu_ky: {name}\n")


def signed(make_plan: MakePlan, name: str) -> Path:
    folder = make_plan(changes={"quyet-dinh.yaml": [(SIGNED[0], SIGNED[1].format(name=name))]})
    (folder / "ky.png").write_bytes(png(60, 30))
    return folder


def media(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]


def test_the_shipped_templates_show_the_signature_that_data_names(make_plan: MakePlan, tmp_path: Path) -> None:
    built = docgen.build(signed(make_plan, "ky.png"), tmp_path / "out")
    shown = {written.path.name: media(written.path) for written in built.written}
    assert shown == {"quyet-dinh.docx": [png(60, 30)], "ke-hoach.docx": []}


@pytest.mark.parametrize(("name", "code"), [("../ky.png", "image.outside"), ("khac.png", "image.missing")])
def test_a_picture_that_cannot_be_used_is_told_at_its_line(make_plan: MakePlan, name: str, code: str) -> None:
    with pytest.raises(DataError) as caught:
        docgen.load_plan(signed(make_plan, name))
    (found,) = [problem for problem in caught.value.problems if problem.code.startswith("image.")]
    assert (found.code, found.place.file, found.place.line) == (code, "plan/quyet-dinh.yaml", 8)


def test_the_signature_is_on_the_page(make_plan: MakePlan, tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    needs_tool("soffice")
    pdfimages = needs_tool("pdfimages")
    (pdf,) = docgen.build(signed(make_plan, "ky.png"), tmp_path / "out", only=["quyet-dinh"], pdf=True).pdfs
    found = subprocess.run([pdfimages, "-list", str(pdf)], check=True, capture_output=True).stdout.decode()
    assert [line.split()[3:5] for line in found.splitlines()[2:]] == [["60", "30"]]
