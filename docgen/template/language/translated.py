"""What the translation of a template came to, as plain values that can be kept as text."""

import json
from dataclasses import dataclass
from typing import Any, Protocol

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
