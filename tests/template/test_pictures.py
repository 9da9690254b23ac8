import zipfile
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import pytest
from docx.document import Document
from docx.shared import Emu

from docgen.base.declare import Contract
from docgen.errors import TemplateError
from docgen.template.language.compile import compile_template
from docgen.writers.proof import find_faults
from tests.pictures import jpeg_head, png
from tests.template.documents import CONTEXT, CONTRACT, blank, opened, saved, template

PICTURED = {**CONTRACT, "anh": Contract("Ảnh", "image", "a.png")}
PLACEHOLDER = png(40, 20, (200, 0, 0))
BOX = (400_000, 200_000)
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def placeholder(document: Document, descr: str, *, title: str = "") -> None:
    """A picture whose alternative text is ``descr``, at the end of the document."""
    shape = document.add_paragraph().add_run().add_picture(BytesIO(PLACEHOLDER), Emu(BOX[0]), Emu(BOX[1]))
    shape._inline.docPr.set("descr", descr)
    if title:
        shape._inline.docPr.set("title", title)


def pictured(folder: Path, descr: str = "{{ anh }}", **more: str) -> Path:
    document = blank()
    document.add_paragraph("{{ ten }}")
    placeholder(document, descr, **more)
    return saved(document, folder)


def render(path: Path, folder: Path | None = None, **changes: object) -> bytes:
    content = compile_template(path, PICTURED).render({**deepcopy(CONTEXT), "anh": "", **changes}, folder=folder)
    assert list(find_faults(content)) == []
    return content


def media(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]


def sizes(content: bytes) -> list[tuple[int, int]]:
    found = opened(content).element.iter(f"{WP}extent", f"{A}ext")
    return [(int(one.get("cx")), int(one.get("cy"))) for one in found if one.get("cx")]


@pytest.mark.parametrize(
    ("width", "height", "expected"), [(40, 20, BOX), (100, 100, (200_000, 200_000)), (400, 100, (400_000, 100_000))]
)
def test_the_picture_of_the_data_fits_the_box(
    tmp_path: Path, width: int, height: int, expected: tuple[int, int]
) -> None:
    image = png(width, height)
    (tmp_path / "a.png").write_bytes(image)
    content = render(pictured(tmp_path), tmp_path, anh="a.png")
    assert media(content) == [image]
    assert set(sizes(content)) == {expected}


def test_bytes_are_a_picture_too(tmp_path: Path) -> None:
    content = render(pictured(tmp_path), anh=jpeg_head(40, 20))
    assert media(content) == [jpeg_head(40, 20)]
    assert b'Extension="jpeg"' in zipfile.ZipFile(BytesIO(content)).read("[Content_Types].xml")


@pytest.mark.parametrize("folder", [True, False])
def test_without_a_value_the_picture_goes_from_the_page_and_the_file(tmp_path: Path, folder: bool) -> None:
    content = render(pictured(tmp_path), tmp_path if folder else None)
    assert media(content) == []
    assert list(opened(content).element.iter(f"{WP}inline")) == []


def test_what_one_document_leaves_out_is_there_in_the_next(tmp_path: Path) -> None:
    path, image = pictured(tmp_path), png(40, 20)
    (tmp_path / "a.png").write_bytes(image)
    program = compile_template(path, PICTURED)
    made = [
        media(program.render({**deepcopy(CONTEXT), "anh": name}, folder=folder))
        for name, folder in (("", tmp_path), ("a.png", tmp_path), ("a.png", None), ("", tmp_path), ("a.png", tmp_path))
    ]
    (placeholder_,) = made[2]
    assert made == [[], [image], [placeholder_], [], [image]]
    assert placeholder_ != image


def test_without_a_folder_the_placeholder_stays(tmp_path: Path) -> None:
    content = render(pictured(tmp_path), anh="a.png")
    assert media(content) == [PLACEHOLDER]
    assert set(sizes(content)) == {BOX}


def test_a_placeholder_in_a_branch_not_taken_leaves_the_file(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}")
    document.add_paragraph("{%p if co %}")
    placeholder(document, "{{ anh }}")
    document.add_paragraph("{%p endif %}")
    (tmp_path / "a.png").write_bytes(png(3, 2))
    assert media(render(saved(document, tmp_path), tmp_path, co=False, anh="a.png")) == []


def test_a_picture_that_something_else_shows_stays(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}")
    placeholder(document, "{{ anh }}")
    placeholder(document, "con dấu")
    assert media(render(saved(document, tmp_path), tmp_path)) == [PLACEHOLDER]


def test_one_picture_shown_often_is_in_the_file_once(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}")
    document.add_paragraph("{%p for d in dong %}")
    placeholder(document, "{{ anh }}")
    document.add_paragraph("{%p endfor %}")
    (tmp_path / "a.png").write_bytes(png(3, 2))
    content = render(saved(document, tmp_path), tmp_path, anh="a.png")
    assert media(content) == [png(3, 2)]
    assert len(list(opened(content).element.iter(f"{WP}inline"))) == 2


def test_a_picture_in_a_header(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("{{ ten }}")
    run = document.sections[0].header.paragraphs[0].add_run()
    run.add_picture(BytesIO(PLACEHOLDER))._inline.docPr.set("descr", "{{ anh }}")
    (tmp_path / "a.png").write_bytes(png(3, 2))
    content = render(saved(document, tmp_path), tmp_path, anh="a.png")
    assert media(content) == [png(3, 2)]
    header = opened(content).sections[0].header
    link = next(header._element.iter(f"{A}blip")).get(f"{R}embed")
    assert header.part.related_parts[link].blob == png(3, 2)


def test_the_title_becomes_the_alternative_text(tmp_path: Path) -> None:
    path = pictured(tmp_path, "{{ anh }}", title="Chữ ký")
    (tmp_path / "a.png").write_bytes(png(3, 2))
    (found,) = opened(render(path, tmp_path, anh="a.png")).element.iter(f"{WP}docPr")
    assert found.get("descr") == "Chữ ký"


def test_same_input_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(3, 2))
    path = pictured(tmp_path)
    assert render(path, tmp_path, anh="a.png") == render(path, tmp_path, anh="a.png")


@pytest.mark.parametrize(
    ("descr", "code"),
    [
        ("{{ ten }}", "template.not-an-image"),
        ("{{ anhh }}", "template.unknown-field"),
        ("{{ anh }} và chữ", "template.image"),
        ("{{ }}", "template.image"),
        ("{{ anh", "template.image"),
        ("{{ anh }}{{ anh }}", "template.image"),
        ("{% if anh %}", "template.attribute"),
        ("{{ anh|_image('word/document.xml', 'x', 1, 1) }} {{", "template.image"),
    ],
)
def test_an_alternative_text_that_is_no_picture_is_refused(tmp_path: Path, descr: str, code: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(pictured(tmp_path, descr), PICTURED)
    ((found, place),) = [(problem.code, problem.place.part) for problem in caught.value.problems]
    assert (found, place) == (code, "thân văn bản, đoạn 2")


def test_a_picture_printed_as_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="là ảnh, không in ra chữ được"):
        compile_template(template(tmp_path, ["{{ ten }}{{ anh }}"]), PICTURED)


@pytest.mark.parametrize("name", ["../a.png", "khong-co.png"])
def test_a_picture_out_of_reach_stops_the_render(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.png").write_bytes(png(3, 2))
    (tmp_path / "plan").mkdir()
    with pytest.raises(TemplateError, match=r"mau.docx, thân văn bản, đoạn 2: lỗi: .*ảnh “"):
        render(pictured(tmp_path), tmp_path / "plan", anh=name)


def test_a_document_of_ours_can_become_a_template(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(3, 2))
    again = opened(render(pictured(tmp_path), tmp_path, anh="a.png"))
    next(again.element.iter(f"{WP}docPr")).set("descr", "{{ anh }}")
    again.add_paragraph("{{ ten }}")
    assert media(render(saved(again, tmp_path), tmp_path, anh="a.png")) == [png(3, 2)]


def test_a_box_without_a_size_is_refused(tmp_path: Path) -> None:
    document = blank()
    placeholder(document, "{{ anh }}")
    next(document.element.iter(f"{WP}extent")).set("cx", "x")
    with pytest.raises(TemplateError, match="không dùng làm chỗ đặt ảnh"):
        compile_template(saved(document, tmp_path), PICTURED)
