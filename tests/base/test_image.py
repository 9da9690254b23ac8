from pathlib import Path

import pytest

from docgen.base.images import MAX_BYTES, Image, ImageFault, image_of, read_image
from tests.pictures import jpeg_head, png


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    (folder / "anh").mkdir(parents=True)
    (folder / "a.png").write_bytes(png(30, 20))
    (folder / "anh" / "b.jpg").write_bytes(jpeg_head(300, 200))
    (tmp_path / "ngoai.png").write_bytes(png(3, 2))
    return folder


@pytest.mark.parametrize(
    ("name", "kind", "size"),
    [
        ("a.png", "png", (30, 20)),
        ("./a.png", "png", (30, 20)),
        ("anh/b.jpg", "jpeg", (300, 200)),
        ("anh\\b.jpg", "jpeg", (300, 200)),
    ],
)
def test_a_picture_in_the_folder_is_read(plan: Path, name: str, kind: str, size: tuple[int, int]) -> None:
    image = read_image(plan, name)
    assert (image.format, (image.width, image.height)) == (kind, size)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../ngoai.png", "image.outside"),
        ("anh/../../ngoai.png", "image.outside"),
        ("anh\\..\\..\\ngoai.png", "image.outside"),
        ("/etc/passwd", "image.outside"),
        ("C:\\anh.png", "image.outside"),
        ("\\\\may\\anh.png", "image.outside"),
        ("lien-ket.png", "image.outside"),
        ("a.png\0", "image.outside"),
        ("khong-co.png", "image.missing"),
        ("anh", "image.missing"),
        ("a.png/b.png", "image.missing"),
        ("x" * 5000, "image.unreadable"),
    ],
)
def test_nothing_else_is_read(plan: Path, name: str, code: str) -> None:
    (plan / "lien-ket.png").symlink_to(plan.parent / "ngoai.png")
    with pytest.raises(ImageFault) as caught:
        read_image(plan, name)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "image.kind"),
        (b"GIF89a", "image.kind"),
        (b"<svg/>", "image.kind"),
        (png(3, 2)[:30], "image.kind"),
        (b"\xff\xd8\xff", "image.kind"),
        (jpeg_head(3, 2)[:20], "image.kind"),
        (b"\xff\xd8\xff\xe0\x00\x00" * 10, "image.kind"),
        (jpeg_head(0, 2), "image.too-large"),
        (jpeg_head(30000, 2), "image.too-large"),
        (png(3, 2) + bytes(MAX_BYTES), "image.too-large"),
    ],
)
def test_what_is_no_small_picture_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(ImageFault) as caught:
        image_of(content, "x")
    assert caught.value.code == code


def test_a_picture_keeps_its_bytes() -> None:
    content = png(4, 5)
    assert image_of(content, "x") == Image(content, "png", 4, 5)
