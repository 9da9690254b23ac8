"""Contents and values in, hashes out that tell whether they are still the same: 32 hexadecimal digits (BLAKE2b)."""

import hashlib
from functools import lru_cache
from pathlib import Path

from docgen.readers.list_files import Stamp


def content_digest(content: bytes) -> str:
    """The hash of some bytes."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def digest(*parts: object) -> str:
    """The hash of some values, by how Python writes them."""
    return content_digest(repr(parts).encode("utf-8", "surrogateescape"))


@lru_cache(maxsize=1024)
def file_digest(path: Path, _stamp: Stamp) -> str:
    """The hash of a file's content, read once as long as its stamp is the same. Raises OSError."""
    return content_digest(path.read_bytes())
