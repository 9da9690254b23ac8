"""The road in one page: a plan's files are read, checked, and made into documents. Only here do the stages meet."""

from importlib import resources
from pathlib import Path

from docgen.output.folder import write_folder
from docgen.sources.plan_folder import Loaded, read_plan
from docgen.sources.skeleton import read_skeleton


def shipped_data() -> Path:
    """The folder of lists that docgen ships: fields of work and, below it, the sample and the skeleton plans."""
    return Path(str(resources.files("docgen.data")))


def load_plan(folder: str | Path, *, data: Path | None = None) -> Loaded:
    """Read and check a plan's folder; ``data`` replaces the shipped lists.

    Raises SourceError or DataError (exit code 3) with every problem, each with file, line and column.
    """
    return read_plan(Path(folder), data or shipped_data())


def new_plan(folder: Path, *, year: int | None = None, origin: Path | None = None) -> list[str]:
    """Make a new plan's folder from ``origin``, or from the skeleton that docgen ships; the names of its files.

    Raises SourceError where the origin is no plan, OutputError where the folder has content already.
    """
    files = read_skeleton(origin or shipped_data() / "khung-cap-xa", year, whole=origin is None)
    write_folder(folder, files)
    return sorted(files)
