"""Names in, a reporting scheme with its days off out: ``ky_bao_cao/<name>.yaml`` and ``ngay_nghi/<year>.yaml``.

Both are looked for beside the plan first, then among the shipped ones; the plan's own file wins.
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path as FilePath

from docgen.base.locale import translate as _
from docgen.errors import DataError, Place, Problem
from docgen.model.periods.scheme import Holidays, Scheme
from docgen.model.periods.scheme_rules import check_holidays, check_scheme
from docgen.readers.list_files import Stamp, list_files, read_list, shown_name, stamp, unknown_name

SCHEMES_FOLDER = "ky_bao_cao"
HOLIDAYS_FOLDER = "ngay_nghi"
DEFAULT_SCHEME = "nd09"


class UnknownSchemeError(DataError):
    """No file has the name of the scheme that was asked for; whoever asked knows the place of the name."""


def read_scheme(name: str, plan_folder: FilePath | None, data: FilePath) -> Scheme:
    """The scheme of that name, with every list of days off that there is where a due date hangs on them.

    ``plan_folder`` is the plan whose own files go before those in ``data``, None for the shipped ones only.
    Raises UnknownSchemeError, or SourceError or DataError with every problem of a file.
    """
    known = list_files(SCHEMES_FOLDER, plan_folder, data)
    path = known.get(name.strip())
    if path is None:
        raise UnknownSchemeError(unknown_name(_("chế độ báo cáo"), name, known, SCHEMES_FOLDER))
    scheme = _scheme(path, shown_name(path, data), stamp(path))
    if not scheme.counts_working_days:
        return scheme
    return scheme.replaced({"holidays": tuple(_all_holidays(plan_folder, data))})


@lru_cache(maxsize=64)
def _scheme(path: FilePath, shown: str, _stamp: Stamp) -> Scheme:
    elsewhere = f"{HOLIDAYS_FOLDER}/<năm>.yaml"
    return read_list(path, shown, Scheme, lambda read: check_scheme(read, path.stem), elsewhere=elsewhere).value


def read_holidays(year: int, plan_folder: FilePath | None, data: FilePath) -> Holidays | None:
    """The days off of a year, None where no file says them. Raises SourceError or DataError."""
    path = list_files(HOLIDAYS_FOLDER, plan_folder, data).get(str(year))
    if path is None:
        return None
    return _holidays(path, shown_name(path, data), year, stamp(path))


@lru_cache(maxsize=64)
def _holidays(path: FilePath, shown: str, year: int, _stamp: Stamp) -> Holidays:
    return read_list(path, shown, Holidays, lambda read: check_holidays(read, year)).value


def _all_holidays(plan_folder: FilePath | None, data: FilePath) -> Iterable[Holidays]:
    for name, path in list_files(HOLIDAYS_FOLDER, plan_folder, data).items():
        if not (name.isascii() and name.isdigit() and len(name) == 4):
            message = _("tên tệp “{name}” không phải một năm").format(name=path.name)
            hint = _("đặt tên tệp theo năm, như {folder}/2023.yaml").format(folder=HOLIDAYS_FOLDER)
            raise DataError(Problem("holidays.year", message, hint, Place(shown_name(path, data))))
        found = read_holidays(int(name), plan_folder, data)
        if found is not None:
            yield found
