"""``docgen collect``: merges the forms that units sent back into the progress of a period."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from docgen.base.locale import translate as _
from docgen.cli.options import dry_run_option, files_argument, format_option, period_options, plan_argument
from docgen.cli.show import finish, show_problems, waited_for, waiting
from docgen.errors import ExitCode, Problem, Severity
from docgen.model.plan.organisation import Unit
from docgen.workflows.collect import Collected, CollectedFile, collect
from docgen.workflows.plan_form import annotate_form
from docgen.workflows.progress_form import open_period

_OUTCOMES = {
    "taken": _("đã nhận"),
    "unchanged": _("không đổi"),
    "superseded": _("đã có bản khác"),
    "refused": _("không nhận"),
}
_WIDEST = 44


@click.command("collect", help=_("Thu biểu mẫu các đơn vị gửi về (tệp, hoặc thư mục) vào tiến độ một kỳ của PLAN."))
@plan_argument
@files_argument
@period_options
@dry_run_option
@click.option(
    "--annotate",
    is_flag=True,
    help=_("Cạnh mỗi tệp không nhận ghi bản sao <tên>.loi.xlsx: ô sai được tô màu và kèm cách sửa, để gửi trả đơn vị."),
)
@format_option()
def command(
    plan: Path, files: tuple[Path, ...], dry_run: bool, annotate: bool, output_format: str, **period: Any
) -> None:
    """Collect forms. Exit codes: 5 some were refused, 3 all were, 6 a file can't be written."""
    opened = open_period(plan, **period)
    with waiting(_("Đang thu")) as step:
        collected = collect(opened, files, now=datetime.now(), dry_run=dry_run, step=step)
    by_code = opened.questions.plan.organisation.by_code
    copies = _annotate(collected, output_format) if annotate and not dry_run else []
    refused = sum(one.outcome == "refused" for one in collected.files)
    if output_format == "text":
        problems = [problem for one in collected.files for problem in one.problems]
        show_problems(dict.fromkeys([*problems, *collected.remarks]))
    code = ExitCode.DATA if refused == len(collected.files) else ExitCode.PARTIAL
    finish(
        output_format,
        lines=_lines(collected, by_code, copies, dry_run=dry_run),
        further=[*([collected.target] if collected.written else []), *copies],
        findings=[*collected.remarks, *(problem for one in collected.files for problem in one.own_problems)],
        more=_figures(collected),
        code=code if refused else ExitCode.OK,
        files_told=True,
    )


def _annotate(collected: Collected, output_format: str) -> list[Path]:
    """Write an annotated copy of each refused form that could be read."""
    refused = [one for one in collected.files if one.outcome == "refused"]
    shown = [one for one in refused if any(problem.place.sheet is not None for problem in one.own_problems)]
    paths = []
    for one in waited_for(shown, _("Đang ghi chú thích"), len(shown)):
        written, lost = annotate_form(Path(one.file), one.own_problems)
        paths.append(written.path)
        for sentence in lost if output_format == "text" else ():
            name = written.path.name
            click.echo(_("Bản sao {name} không giữ được: {what}").format(name=name, what=sentence), err=True)
    return paths


def _figures(collected: Collected) -> dict[str, Any]:
    return {
        "files": [_as_json(one) for one in collected.files],
        "missing": [unit.code for unit in collected.missing],
        "backup": collected.backup.as_posix() if collected.backup is not None else None,
    }


def _as_json(one: CollectedFile) -> dict[str, Any]:
    return {
        "file": one.file,
        "unit": one.unit or None,
        "taken": one.outcome in ("taken", "unchanged"),
        "unchanged": one.outcome == "unchanged",
        "outcome": one.outcome,
        "errors": len(_errors(one)),
        "changes": [change._asdict() for change in one.changes],
    }


def _lines(collected: Collected, units: Mapping[str, Unit], copies: Iterable[Path], *, dry_run: bool) -> Iterator[str]:
    yield from _table(collected, units)
    for one in collected.files:
        if one.changes:
            yield _("{unit} sửa so với lần trước:").format(unit=_name(one, units))
            for change in one.changes:
                old, new = (" ".join(text.split()) or _("trống") for text in (change.old, change.new))
                yield f"  {change.about}, {change.label}: {old} → {new}"
    counts = [
        f"{sum(one.outcome == outcome for one in collected.files)} {label}" for outcome, label in _OUTCOMES.items()
    ]
    yield _("{n} tệp: {counts}.").format(n=len(collected.files), counts=", ".join(counts))
    if collected.missing:
        names = "; ".join(unit.name for unit in collected.missing)
        yield _("Còn {n} đơn vị chưa gửi: {names}").format(n=len(collected.missing), names=names)
    if dry_run:
        yield _("Xem trước, chưa ghi gì.")
    else:
        line = _("Đã ghi {path}") if collected.written else _("Không đổi {path}")
        yield line.format(path=collected.target.as_posix())
    if collected.backup is not None:
        yield _("Bản trước (có phần gõ tay) lưu ở {path}").format(path=collected.backup.as_posix())
    for path in copies:
        yield _("Đã ghi {path}: gửi trả đơn vị, trang đầu kê chỗ phải sửa").format(path=path.as_posix())


def _table(collected: Collected, units: Mapping[str, Unit]) -> Iterator[str]:
    head = (_("Tệp"), _("Đơn vị"), _("Kết quả"), _("Lý do"))
    rows = [(Path(one.file).name, _name(one, units), _OUTCOMES[one.outcome], _reason(one)) for one in collected.files]
    widths = [min(max(map(len, column)), _WIDEST) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = [_fitted(text, width) for text, width in zip(row[:3], widths, strict=False)]
        yield "  ".join([*cells, row[3]]).rstrip()


def _fitted(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else f"{text[: width - 1]}…"


def _name(one: CollectedFile, units: Mapping[str, Unit]) -> str:
    return units[one.unit].name if one.unit in units else "-"


def _errors(one: CollectedFile) -> list[Problem]:
    return [problem for problem in one.problems if problem.severity is Severity.ERROR]


def _reason(one: CollectedFile) -> str:
    """The first error, and the number of others."""
    errors = _errors(one)
    if not errors:
        return ""
    more = _(" (và {n} lỗi khác)").format(n=len(errors) - 1) if len(errors) > 1 else ""
    return errors[0].message + more
