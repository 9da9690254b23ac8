"""A name in, an outline with the place of each of its sentences out: ``de_cuong/<name>.yaml``."""

from pathlib import Path as FilePath

from docgen.base.locale import translate as _
from docgen.errors import DataError
from docgen.model.progress.outline import Outline
from docgen.readers.list_files import Listed, list_files, read_list, shown_name, unknown_name

OUTLINES_FOLDER = "de_cuong"


def read_outline(name: str, plan_folder: FilePath | None, data: FilePath) -> Listed[Outline]:
    """The outline of that name; the plan's own goes before the shipped one.

    Raises SourceError or DataError with every problem of the file, or for a name that no file has.
    """
    path = outline_path(name, plan_folder, data)
    return read_list(path, shown_name(path, data), Outline)


def outline_path(name: str, plan_folder: FilePath | None, data: FilePath) -> FilePath:
    """The file of an outline. Raises SourceError, or DataError for a name that no file has."""
    known = list_files(OUTLINES_FOLDER, plan_folder, data)
    if name not in known:
        raise DataError(unknown_name(_("đề cương"), name, known, OUTLINES_FOLDER))
    return known[name]
