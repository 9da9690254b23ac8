"""A report's own paper out of a plan's folder: ``bao-cao/<period>[-<unit>].yaml``."""

from pathlib import Path as FilePath

from docgen.model.progress.paper import ReportPaper
from docgen.readers.list_files import read_list

PAPERS_FOLDER = "bao-cao"


def read_paper(plan_folder: FilePath, period: str, unit: str | None) -> ReportPaper:
    """The paper of a period's report, or of one unit's; an empty one where there is no file.

    Raises SourceError or DataError with every problem of the file.
    """
    name = f"{period}-{unit}.yaml" if unit is not None else f"{period}.yaml"
    path = plan_folder / PAPERS_FOLDER / name
    if not path.exists():
        return ReportPaper()
    return read_list(path, path.relative_to(plan_folder.parent).as_posix(), ReportPaper).value
