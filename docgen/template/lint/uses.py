"""A template in, the fields of a contract that its tags name out; what can't be read of it is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from docgen.base.declare import Contract
from docgen.template.language.environment import Environment
from docgen.template.language.inspect import FieldPath, Inspection
from docgen.template.language.places import LinePlaces
from docgen.template.language.source import holds_text, open_package, parse_part, read_content
from docgen.template.language.styles import read_styles
from docgen.template.language.translate import translate_part


@dataclass(frozen=True)
class Uses:
    """The fields that a template names, how many of its tags the contract doesn't know, and what it should name too."""

    used: frozenset[FieldPath]
    strange: int
    lacking: int


@dataclass(frozen=True)
class Tags:
    """The tags of every part of a template that could be read."""

    parts: tuple[tuple[nodes.Template, LinePlaces], ...]

    def against(self, contract: Mapping[str, Contract]) -> Uses:
        """What the tags name of a contract."""
        inspection = Inspection(contract, Environment())
        for tree, places in self.parts:
            inspection.inspect(tree, places)
        return Uses(frozenset(inspection.used), len(inspection.problems), len(list(inspection.unused())))


def tags_of(path: Path, shown: str) -> Tags:
    """Read a template's tags. Raises TemplateError where it can't be opened."""
    environment, styles = Environment(), read_styles(None)
    parts = []
    for entry in open_package(read_content(path, shown), shown):
        if holds_text(entry.name):
            translated, _problems = translate_part(parse_part(entry, shown), shown, entry.name, styles)
            try:
                parts.append((environment.parse(translated.text), translated.places))
            except (TemplateSyntaxError, RecursionError, MemoryError):
                continue
    return Tags(tuple(parts))
