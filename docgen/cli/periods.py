"""``docgen periods``: the periods of a year, with their days and due dates."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from docgen.base.locale import translate as _
from docgen.cli.options import PATH, format_option
from docgen.cli.show import aligned, finish
from docgen.errors import Problem, UsageError
from docgen.model.periods.holidays import CERTAINTY_NAMES, Holidays, expected_holidays
from docgen.model.periods.period import Period
from docgen.model.periods.scheme import SLOT_NAMES, Scheme, Window, window
from docgen.model.plan.plan import YEARS
from docgen.readers.plan_folder import plan_folder_of
from docgen.readers.scheme_file import DEFAULT_SCHEME, UnknownSchemeError, days_off_remarks, read_scheme
from docgen.wording.dates import format_date
from docgen.workflows.build import shipped_data


@click.command("periods", help=_("In các kỳ báo cáo của một năm: số liệu tính từ ngày nào đến ngày nào, hạn gửi."))
@click.argument("year", metavar=_("NĂM"), type=click.IntRange(YEARS.start, YEARS.stop - 1))
@click.option(
    "--scheme", "name", default=DEFAULT_SCHEME, show_default=True, metavar=_("TÊN"), help=_("Chế độ báo cáo.")
)
@click.option("--plan", type=PATH, metavar="PLAN", help=_("Kế hoạch có ky_bao_cao/ hoặc ngay_nghi/ riêng."))
@format_option()
def command(year: int, name: str, plan: Path | None, output_format: str) -> None:
    """Print the periods of a year in a scheme."""
    try:
        scheme = read_scheme(name, plan_folder_of(plan) if plan is not None else None, shipped_data())
    except UnknownSchemeError as error:
        raise UsageError(error.problems) from None
    rows = [(period, window(scheme, period)) for period in scheme.periods(year)]
    lines = [*_heading(scheme), "", *_table(scheme, rows), *_days_off(scheme, rows)]
    finish(output_format, lines=lines, problems=_remarks(rows), more=_facts(scheme, rows))


def _heading(scheme: Scheme) -> list[str]:
    certainty = f"{scheme.certainty} ({_(CERTAINTY_NAMES[scheme.certainty])})"
    return [
        _("Chế độ báo cáo: {name} [{code}]").format(name=scheme.name, code=scheme.code),
        _("Nguồn: {source}").format(source=scheme.source),
        _("Độ tin cậy: {certainty}").format(certainty=certainty),
        *(_("Lưu ý: {note}").format(note=note) for note in scheme.notes),
    ]


def _table(scheme: Scheme, rows: list[tuple[Period, Window]]) -> list[str]:
    """A table of periods, with notes on single periods below."""
    cells = [(_("Mã"), _("Kỳ"), _("Từ ngày"), _("Đến ngày"), _("Hạn gửi"), _("Tin cậy"))]
    notes = {}
    for period, found in rows:
        due = format_date(found.due) if found.due else _("chưa tính được") if found.days_off_unknown else "–"
        certainty, rule = scheme.certainty_of(period), scheme.rule_for(period)
        cells.append((period.code, period.name, format_date(found.start), format_date(found.end), due, certainty))
        if rule is not None and rule.source:
            notes[SLOT_NAMES[rule.slot]] = rule.source
    return [*aligned(cells), *([""] if notes else []), *(f"{which}: {note}" for which, note in notes.items())]


def _days_off(scheme: Scheme, rows: list[tuple[Period, Window]]) -> list[str]:
    """The sources of the days off that due dates were counted with."""
    lines = [
        _("Ngày nghỉ năm {year}: độ tin cậy {certainty} ({meaning}); {source}").format(
            year=holidays.year,
            certainty=holidays.certainty,
            meaning=_(CERTAINTY_NAMES[holidays.certainty]),
            source=holidays.source,
        )
        for holidays in _lists(scheme, rows)
        if any(found.due is not None and found.due.year == holidays.year for _period, found in rows)
    ]
    return ["", *lines] if lines else []


def _lists(scheme: Scheme, rows: list[tuple[Period, Window]]) -> list[Holidays]:
    """The days off of years with a file, and of those for which the expected ones were used."""
    years = {year for _period, found in rows for year in found.days_off_expected}
    expected = [one for year in years if (one := expected_holidays(year)) is not None]
    return sorted([*scheme.holidays, *expected], key=lambda one: one.year)


def _remarks(rows: list[tuple[Period, Window]]) -> list[Problem]:
    found = days_off_remarks(window for _period, window in rows)
    return [replace(one, hint=_("{hint} rồi thêm --plan").format(hint=one.hint)) for one in found]


def _facts(scheme: Scheme, rows: list[tuple[Period, Window]]) -> dict[str, Any]:
    return {
        "scheme": {
            "code": scheme.code,
            "name": scheme.name,
            "source": scheme.source,
            "certainty": scheme.certainty,
            "window_type": scheme.window_type,
            "notes": list(scheme.notes),
        },
        "periods": [
            {
                "code": period.code,
                "name": period.name,
                "start": found.start.isoformat(),
                "end": found.end.isoformat(),
                "due": _iso(found.due),
                "certainty": scheme.certainty_of(period),
                "source": (rule.source if (rule := scheme.rule_for(period)) else None) or scheme.source,
            }
            for period, found in rows
        ],
        "holidays": [
            {"year": one.year, "certainty": one.certainty, "source": one.source} for one in _lists(scheme, rows)
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
