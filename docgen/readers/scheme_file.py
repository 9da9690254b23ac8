"""Reporting schemes with their days off, from ``ky_bao_cao/`` and ``ngay_nghi/`` beside the plan or as shipped.

Apart from :mod:`docgen.readers.named_files`, because a build reads no scheme.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path as FilePath

from docgen.base.locale import deferred
from docgen.base.locale import translate as _
from docgen.errors import DataError, Place, Problem, Severity
from docgen.model.periods.holidays import EXPECTED, Holidays
from docgen.model.periods.scheme import Scheme, Window
from docgen.model.periods.scheme_rules import check_holidays, check_scheme
from docgen.readers.named_files import Stamp, list_files, read_list, shown_name, stamp, unknown_name

SCHEMES_FOLDER = "ky_bao_cao"
HOLIDAYS_FOLDER = "ngay_nghi"
DEFAULT_SCHEME = "nd09"


class UnknownSchemeError(DataError):
    """No file has the scheme's name; the caller adds the place where the name was typed."""


def read_scheme(name: str, plan_folder: FilePath | None, data: FilePath) -> Scheme:
    """Read the scheme of that name, with all lists of days off where its due dates count working days.

    Without ``plan_folder`` only the shipped files in ``data`` are used.
    Raises UnknownSchemeError, or SourceError or DataError with every problem of a file.
    """
    known = list_files(SCHEMES_FOLDER, plan_folder, data)
    path = known.get(name.strip())
    if path is None:
        raise UnknownSchemeError(unknown_name(_("chế độ báo cáo"), name, known, SCHEMES_FOLDER))
    scheme = _scheme(path, shown_name(path, data), stamp(path))
    if not scheme.counts_working_days:
        return scheme
    return replace(scheme, holidays=tuple(_all_holidays(plan_folder, data)))


@lru_cache(maxsize=64)
def _scheme(path: FilePath, shown: str, _stamp: Stamp) -> Scheme:
    elsewhere = f"{HOLIDAYS_FOLDER}/<năm>.yaml"
    return read_list(path, shown, Scheme, lambda read: check_scheme(read, path.stem), elsewhere=elsewhere).value


def read_holidays(year: int, plan_folder: FilePath | None, data: FilePath) -> Holidays | None:
    """Read the days off of a year; None where there is no file. Raises SourceError or DataError."""
    path = list_files(HOLIDAYS_FOLDER, plan_folder, data).get(str(year))
    if path is None:
        return None
    return _holidays(path, shown_name(path, data), year, stamp(path))


@lru_cache(maxsize=64)
def _holidays(path: FilePath, shown: str, year: int, _stamp: Stamp) -> Holidays:
    return read_list(path, shown, Holidays, lambda read: check_holidays(read, year)).value


def days_off_remarks(windows: Iterable[Window]) -> list[Problem]:
    """Warnings, one a year, for due dates that needed the days off of a year without a file."""
    windows = tuple(windows)
    unknown = {found.days_off_unknown for found in windows if found.days_off_unknown is not None}
    expected = {year for found in windows for year in found.days_off_expected}
    said = {year: ("holidays.expected", _(_EXPECTED_DUE).format(expected=_(EXPECTED))) for year in expected}
    said |= {year: ("holidays.missing", _(_NO_DUE)) for year in unknown}
    hint = _("tạo {folder}/{year}.yaml trong thư mục kế hoạch")
    return [
        Problem(
            code, message.format(year=year), hint.format(folder=HOLIDAYS_FOLDER, year=year), severity=Severity.WARNING
        )
        for year, (code, message) in sorted(said.items())
    ]


_NO_DUE = deferred("chưa có danh sách ngày nghỉ năm {year}, nên hạn gửi tính theo ngày làm việc còn để trống")
_EXPECTED_DUE = deferred("hạn gửi tính theo ngày làm việc: ngày nghỉ năm {{year}} {expected}")


def _all_holidays(plan_folder: FilePath | None, data: FilePath) -> Iterable[Holidays]:
    for name, path in list_files(HOLIDAYS_FOLDER, plan_folder, data).items():
        if not (name.isascii() and name.isdigit() and len(name) == 4):
            message = _("tên tệp “{name}” không phải một năm").format(name=path.name)
            hint = _("đặt tên tệp theo năm, như {folder}/2023.yaml").format(folder=HOLIDAYS_FOLDER)
            raise DataError(Problem("holidays.year", message, hint, Place(shown_name(path, data))))
        found = read_holidays(int(name), plan_folder, data)
        if found is not None:
            yield found
