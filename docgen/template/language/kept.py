"""Caches translated templates as text in the user's cache folder."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from docgen import __version__
from docgen.base import wordprocessing
from docgen.base.files import replace_file
from docgen.base.locale import language
from docgen.errors import OutputError
from docgen.template.language.places import LinePlaces

CORE = "docProps/core.xml"


@dataclass(frozen=True)
class Translated:
    """A part's Jinja source, the place of each of its lines, and the relationship ids of placeholder pictures.

    ``varying_grid``: tags may change the number of columns of its tables. ``rich``: it has tags such as ``{{r x }}``,
    whose values are XML elements. ``links``: see :func:`docgen.template.language.structure.links_of`.
    """

    part: str
    text: str
    places: LinePlaces
    placeholders: tuple[str, ...] = ()
    varying_grid: bool = False
    rich: bool = False
    links: frozenset[str] | None = None


@dataclass(frozen=True)
class Translation:
    """The parts of a template with tags; ``core`` is the XML of its core properties."""

    parts: tuple[Translated, ...]
    core: str

    def to_json(self) -> str:
        """The translation as JSON text."""
        parts = [
            {**vars(one), "places": vars(one.places), "links": sorted(one.links) if one.links is not None else None}
            for one in self.parts
        ]
        return json.dumps({"parts": parts, "core": self.core}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, shown: str) -> "Translation":
        """Read the output of :meth:`to_json`; ``shown`` is the name of the template's file in messages.

        Raises ValueError, KeyError or TypeError for anything else.
        """
        read: dict[str, Any] = json.loads(text)
        parts = tuple(
            replace(
                Translated(**one),
                places=LinePlaces(shown, one["places"]["part"], tuple(one["places"]["lines"])),
                placeholders=tuple(one["placeholders"]),
                links=frozenset(one["links"]) if one["links"] is not None else None,
            )
            for one in read["parts"]
        )
        return cls(parts, str(read["core"]))


#: Where the folder is, in place of the usual one; empty for none.
VARIABLE = "DOCGEN_CACHE"
#: Most translations in the folder; beyond it, the oldest are deleted.
MOST = 200


def cache_folder() -> Path | None:
    """The folder for what can be made again: the variable's, else the user's own by the custom of the system."""
    told = os.environ.get(VARIABLE)
    if told is not None:
        return Path(told).expanduser() if told else None
    from platformdirs import user_cache_path  # 2 ms; not where the variable says

    try:
        return user_cache_path("docgen", appauthor=False)
    except RuntimeError:  # a service without a home folder
        return None


class Translations:
    """A cache of translations in a folder, which is made when needed; by the hash of the template's content."""

    def __init__(self, folder: Path, *, most: int = MOST) -> None:
        self._folder, self._most = folder / "translations", most

    def find(self, digest: str, shown: str) -> Translation | None:
        """The translation of the template with that hash, or None; ``shown`` is the file's name in messages."""
        try:
            checksum, _line, kept = self._path(digest).read_bytes().partition(b"\n")
            if checksum != _checksum(kept):
                return None
            return Translation.from_json(kept.decode(), shown)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def keep(self, digest: str, translation: Translation) -> None:
        """Store a translation, if possible; deletes the oldest if there are more than ``most``."""
        with suppress(OSError, OutputError):
            self._folder.mkdir(parents=True, exist_ok=True)
            kept = translation.to_json().encode()
            replace_file(self._path(digest), _checksum(kept) + b"\n" + kept, synced=False)
            files = [path for path in self._folder.iterdir() if path.is_file()]
            for path in sorted(files, key=lambda path: path.stat().st_mtime)[: -self._most]:
                path.unlink()

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest[:32]}-{self._translator}.json"

    @cached_property
    def _translator(self) -> str:
        """A hash that changes with the translating code: docgen's version, size and time of its files and docxtpl's.

        The places in a translation are in words, so the language counts too.
        """
        files = translator_files()
        stamps = [(path.name, found.st_size, found.st_mtime_ns) for path in files if (found := path.stat())]
        return hashlib.sha256(repr((__version__, language(), stamps)).encode()).hexdigest()[:16]


def translator_files() -> list[Path]:
    """The files with the code that translates: those of docgen.template, what they know of Word, and docxtpl's."""
    files = [*sorted(Path(__file__).parents[1].rglob("*.py")), Path(wordprocessing.__file__)]
    docxtpl = find_spec("docxtpl")
    if docxtpl is not None and docxtpl.origin is not None:
        files.append(Path(docxtpl.origin).with_name("template.py"))
    return files


def _checksum(kept: bytes) -> bytes:
    """The checksum by which damaged files are ignored: cached code isn't checked again as a template's is."""
    return hashlib.blake2b(kept, digest_size=16).hexdigest().encode()


def kept_translations() -> Translations | None:
    """The cache of this user, or None if there is no folder for it."""
    folder = cache_folder()
    return Translations(folder) if folder is not None else None
