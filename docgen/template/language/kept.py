"""Translations of templates, as text in the user's cache folder, so that the next command needn't translate again."""

import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from docgen import __version__
from docgen.base.atomic import replace_file
from docgen.errors import OutputError
from docgen.template.language.places import LinePlaces

CORE = "docProps/core.xml"


@dataclass(frozen=True)
class Translated:
    """A part's Jinja source with the place of each of its lines, and the relationships of placeholder pictures.

    ``varying_grid``: its tables may get more or fewer columns than they are drawn with. ``rich``: it has tags such as
    ``{{r x }}``, whose values are elements. ``links``: see :func:`docgen.template.language.structure.links_of`.
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
    """The parts of a template that hold tags; ``core`` is the text of its core properties, without tags."""

    parts: tuple[Translated, ...]
    core: str

    def to_json(self) -> str:
        """The translation as text."""
        parts = [
            {
                "part": one.part,
                "text": one.text,
                "where": one.places.part,
                "lines": one.places.lines,
                "placeholders": one.placeholders,
                "varying_grid": one.varying_grid,
                "rich": one.rich,
                "links": sorted(one.links) if one.links is not None else None,
            }
            for one in self.parts
        ]
        return json.dumps({"parts": parts, "core": self.core}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, shown: str) -> "Translation":
        """A translation that :meth:`to_json` wrote; ``shown`` is how messages name the template's file.

        Raises ValueError, KeyError or TypeError for anything else.
        """
        read: dict[str, Any] = json.loads(text)
        parts = tuple(
            Translated(
                part=str(one["part"]),
                text=str(one["text"]),
                places=LinePlaces(shown, str(one["where"]), tuple(one["lines"])),
                placeholders=tuple(one["placeholders"]),
                varying_grid=bool(one["varying_grid"]),
                rich=bool(one["rich"]),
                links=frozenset(one["links"]) if one["links"] is not None else None,
            )
            for one in read["parts"]
        )
        return cls(parts, str(read["core"]))


class Kept(Protocol):
    """Keeps translations by the hash of the template's content."""

    def find(self, digest: str, shown: str) -> Translation | None:
        """The translation of a template of that hash, None where none is kept."""

    def keep(self, digest: str, translation: Translation) -> None:
        """Keep a translation, where that is possible."""


#: Where the folder is, in place of the usual one; empty for none.
VARIABLE = "DOCGEN_CACHE"
#: Templates that are kept: of more, those that were written longest ago go.
MOST = 200


def cache_folder() -> Path | None:
    """The folder for what can be made again: the variable's, else the user's own by the custom of the system."""
    told = os.environ.get(VARIABLE)
    if told is not None:
        return Path(told).expanduser() if told else None
    try:
        home = Path.home()
    except RuntimeError:  # a service without one
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "docgen" / "cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "docgen"
    custom = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (custom if custom.is_absolute() else home / ".cache") / "docgen"


class Translations:
    """The translations in a folder, which needn't be there."""

    def __init__(self, folder: Path, *, most: int = MOST) -> None:
        self._folder, self._most = folder / "translations", most

    def find(self, digest: str, shown: str) -> Translation | None:
        """See :class:`docgen.template.language.kept.Kept`."""
        try:
            checksum, _line, kept = self._path(digest).read_bytes().partition(b"\n")
            if checksum != _checksum(kept):
                return None
            return Translation.from_json(kept.decode(), shown)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def keep(self, digest: str, translation: Translation) -> None:
        """See :class:`docgen.template.language.kept.Kept`; the oldest beyond the most go out."""
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
        """Tells the code that translates from any other: docgen's version, and its files' and docxtpl's stamps."""
        own = Path(__file__).with_name("template")
        theirs = find_spec("docxtpl")
        files = sorted(own.glob("*.py"))
        if theirs is not None and theirs.origin is not None:
            files.append(Path(theirs.origin).with_name("template.py"))
        stamps = [(path.name, found.st_size, found.st_mtime_ns) for path in files if (found := path.stat())]
        return hashlib.sha256(repr((__version__, stamps)).encode()).hexdigest()[:16]


def _checksum(kept: bytes) -> bytes:
    """Tells a file that is as it was written: what is kept is trusted with more than a template's own bytes are."""
    return hashlib.blake2b(kept, digest_size=16).hexdigest().encode()


def kept_translations() -> Translations | None:
    """Those of this user, where there is a folder for them."""
    folder = cache_folder()
    return Translations(folder) if folder is not None else None
