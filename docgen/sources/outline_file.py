"""A name in, an outline with the place of each of its sentences out: ``de_cuong/<name>.yaml``."""

from pathlib import Path as FilePath

from docgen.errors import DataError
from docgen.locale import translate as _
from docgen.model.outline import Outline
from docgen.sources.list_files import Listed, list_files, read_list, shown_name, unknown_name

OUTLINES_FOLDER = "de_cuong"


def read_outline(name: str, plan_folder: FilePath | None, data: FilePath) -> Listed[Outline]:
    """The outline of that name; the plan's own goes before the shipped one.

    Raises SourceError or DataError with every problem of the file, or for a name that no file has.
    """
    known = list_files(OUTLINES_FOLDER, plan_folder, data)
    if name not in known:
        raise DataError(unknown_name(_("đề cương"), name, known, OUTLINES_FOLDER))
    return read_list(known[name], shown_name(known[name], data), Outline)
