"""Pictures named by data: read from the plan's folder only, and recognised by their first bytes."""

import struct
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal

from docgen.base.locale import translate as _

#: Limit in bytes of a picture; a scanned signature has a hundredth of it.
MAX_BYTES = 5 * 1024 * 1024
#: Limit in pixels of each side.
MAX_SIDE = 12_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
#: JPEG markers of frame headers, which state the size; C4, C8 and CC are others.
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: JPEG markers without a segment behind them.
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))


class ImageFault(Exception):  # noqa: N818 - a fault of the data, reported as a problem
    """A picture that can't be used: ``message`` says why, ``hint`` what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


@dataclass(frozen=True)
class Image:
    """A picture: its bytes, its format, which is also its file extension, and its size in pixels."""

    content: bytes
    format: Literal["png", "jpeg"]
    width: int
    height: int


def read_image(folder: Path, name: str) -> Image:
    """Read a picture; ``name`` may lead into subfolders but not out of ``folder``. Raises ImageFault."""
    hint = _("chép ảnh vào thư mục kế hoạch và chỉ ghi tên tệp, ví dụ chu-ky.png")
    outside = PureWindowsPath(name).drive or PureWindowsPath(name).root or ".." in PureWindowsPath(name).parts
    if outside or "\0" in name:
        raise ImageFault("image.outside", _("ảnh “{name}” nằm ngoài thư mục kế hoạch").format(name=name[:60]), hint)
    try:
        path = folder.joinpath(*PurePosixPath(name.replace("\\", "/")).parts).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()):
            raise ImageFault("image.outside", _("ảnh “{name}” nằm ngoài thư mục kế hoạch").format(name=name[:60]), hint)
        if not path.is_file():
            raise FileNotFoundError
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(name)
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise ImageFault("image.missing", _("không có tệp ảnh “{name}”").format(name=name[:60]), hint) from None
    except (OSError, RuntimeError, ValueError):
        message = _("không đọc được tệp ảnh “{name}”").format(name=name[:60])
        raise ImageFault("image.unreadable", message, _("kiểm tra tên và quyền đọc tệp")) from None
    return image_of(content, name)


def image_of(content: bytes, name: str) -> Image:
    """The picture in ``content``; ``name`` is used in messages. Raises ImageFault."""
    if len(content) > MAX_BYTES:
        raise _too_large(name)
    suffix: Literal["png", "jpeg"] = "png" if content.startswith(_PNG) else "jpeg"
    size = _png_size(content) if suffix == "png" else _jpeg_size(content)
    if size is None:
        message = _("“{name}” không phải ảnh .png hay .jpg nguyên vẹn").format(name=name[:60])
        raise ImageFault("image.kind", message, _("mở ảnh rồi lưu lại dạng .png (nền trong suốt) hoặc .jpg"))
    if not (0 < size[0] <= MAX_SIDE and 0 < size[1] <= MAX_SIDE):
        raise _too_large(name)
    return Image(content, suffix, *size)


def _too_large(name: str) -> ImageFault:
    message = _("ảnh “{name}” quá lớn").format(name=name[:60])
    return ImageFault("image.too-large", message, _("thu nhỏ ảnh xuống dưới 5 MB và dưới 12.000 điểm ảnh mỗi cạnh"))


def _png_size(content: bytes) -> tuple[int, int] | None:
    if len(content) < 45 or content[12:16] != b"IHDR":  # signature, IHDR and IEND take 45 bytes
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """The size in the frame header, which follows other segments."""
    if not content.startswith(_JPEG):
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # fill
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker in _SIZES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None
