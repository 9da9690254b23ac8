"""How a rule says what it found: a problem at a path in the model."""

from collections.abc import Iterable, Iterator

from docgen.errors import Path, Place, Problem, Severity

Problems = Iterator[Problem]


def problem(
    code: str,
    path: Path,
    message: str,
    hint: str = "",
    severity: Severity = Severity.ERROR,
    related: Iterable[Path] = (),
) -> Problem:
    """A problem at a path; whoever read the file turns the path into a place."""
    return Problem(code, message, hint, Place(path=path), severity, tuple(Place(path=other) for other in related))
