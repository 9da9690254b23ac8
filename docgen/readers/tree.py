"""What any format is read into: texts, lists and mappings, each with its place, and nothing interpreted yet."""

from dataclasses import dataclass, field
from typing import Protocol

from docgen.errors import Path, Place, Problem, Severity


@dataclass(slots=True)
class Scalar:
    """A text as typed. ``exact`` is true where the format itself knows it for a number (a numeric Excel cell)."""

    text: str
    place: Place
    exact: bool = False


@dataclass(slots=True)
class Sequence:
    """Values in order."""

    place: Place
    items: list["Tree"] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Values by key; ``keys`` holds where each key stands, in a form also where one that is absent would stand."""

    place: Place
    items: dict[str, "Tree"] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)


Tree = Scalar | Sequence | Mapping


class Places(Protocol):
    """Knows where a value of a model came from."""

    def at(self, path: Path) -> Place:
        """The place of the value at ``path``, or of the nearest thing above it that was read."""


def placed(problem: Problem, places: Places) -> Problem:
    """A problem at paths of a model, with the places that its values came from."""
    return problem.at(places.at(problem.place.path), tuple(places.at(one.path) for one in problem.related))


def worst_first(problem: Problem) -> tuple[int, str, int, int, str, int, str]:
    """The key by which problems are told: errors first, then file by file from the top, cells row by row."""
    place = problem.place
    cell = place.cell or ""
    column = cell.rstrip("0123456789")
    row = int(cell[len(column) :] or 0)
    severity = list(Severity).index(problem.severity)
    return (severity, place.file or "", place.line or 0, place.column or 0, place.sheet or "", row, column.rjust(3))


@dataclass(frozen=True)
class TreePlaces:
    """The places of everything in a tree, found by walking it when asked for."""

    root: Tree

    def at(self, path: Path) -> Place:
        """The place of the value at ``path``, or of the nearest thing above it that was read."""
        tree, place = self.root, self.root.place
        for step in path:
            if isinstance(tree, Mapping) and step in tree.items:
                tree = tree.items[str(step)]
                # A mapping or list starts a line below its key; a person looks for the key.
                owner = tree.place
            elif isinstance(tree, Sequence) and isinstance(step, int) and step < len(tree.items):
                tree = tree.items[step]
                owner = tree.place
            else:
                if isinstance(tree, Mapping):
                    place = tree.keys.get(str(step), place)
                break
            place = owner
        return place._replace(path=path)
