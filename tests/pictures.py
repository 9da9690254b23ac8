"""Small pictures made for tests."""

import struct
import zlib


def png(width: int, height: int, colour: tuple[int, int, int] = (20, 60, 200)) -> bytes:
    """A sound PNG of one colour."""
    rows = (b"\0" + bytes(colour) * width) * height
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(rows)),
            _chunk(b"IEND", b""),
        ]
    )


def jpeg_head(width: int, height: int) -> bytes:
    """The beginning of a JPEG up to its frame header, an application segment before it."""
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
        + bytes(9)
        + b"\xff\xc0\x00\x11\x08"
        + struct.pack(">HH", height, width)
        + bytes(12)
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
