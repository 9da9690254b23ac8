"""Trees of texts, lists and mappings with their places: what every input format is read into before conversion."""

from dataclasses import dataclass, field
from typing import Protocol

from docgen.errors import Path, Place, Problem, Severity


@dataclass(slots=True)
class Scalar:
    """A text as typed; ``exact`` where the format stores it as a number (a numeric Excel cell)."""

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
    """Values by key. ``keys`` has the place of each key; in a form, of absent ones too."""

    place: Place
    items: dict[str, "Tree"] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)

    def add(self, key: str, tree: "Tree") -> None:
        """Add a value whose key stands where the value starts."""
        self.items[key], self.keys[key] = tree, tree.place


Tree = Scalar | Sequence | Mapping


class Places(Protocol):
    """Finds where a value of a model came from."""

    def at(self, path: Path) -> Place:
        """The place of the value at ``path``, or of the nearest thing above it that was read."""


def placed(problem: Problem, places: Places) -> Problem:
    """A copy of a problem with the places that belong to its paths."""
    return problem.at(places.at(problem.place.path), tuple(places.at(one.path) for one in problem.related))


def worst_first(problem: Problem) -> tuple[int, str, int, int, str, int, str]:
    """Sort key for problems: severity, then file, line, sheet, and cells row by row."""
    place = problem.place
    cell = place.cell or ""
    column = cell.rstrip("0123456789")
    row = int(cell[len(column) :] or 0)
    severity = list(Severity).index(problem.severity)
    return (severity, place.file or "", place.line or 0, place.column or 0, place.sheet or "", row, column.rjust(3))


@dataclass(frozen=True)
class TreePlaces:
    """The places of a tree, found by walking it."""

    root: Tree

    def at(self, path: Path) -> Place:
        """The place of the value at ``path``, or of the nearest thing above it that was read."""
        tree, place = self.root, self.root.place
        for step in path:
            if isinstance(tree, Mapping) and step in tree.items:
                tree = tree.items[str(step)]
            elif isinstance(tree, Sequence) and isinstance(step, int) and step < len(tree.items):
                tree = tree.items[step]
            else:
                if isinstance(tree, Mapping):
                    place = tree.keys.get(str(step), place)
                break
            place = tree.place
        return place._replace(path=path)
