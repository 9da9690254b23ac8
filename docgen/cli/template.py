"""``docgen template``: what a maintainer of Word templates asks."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from docgen.base.locale import translate as _
from docgen.cli.show import format_option, reports_errors, show_json, show_kept, show_problems
from docgen.documents import registry
from docgen.errors import ExitCode, Problem, Severity, TemplateError
from docgen.template.lint.check import TemplateFinding
from docgen.template.lint.difference import Difference, TextChange
from docgen.template.lint.fields import FieldRow
from docgen.workflows.check import documents_in, make_jobs
from docgen.workflows.templates import (
    CheckedTemplate,
    TemplateDifference,
    check,
    difference,
    exit_code,
    fields_of,
    new_template,
    preview,
    write_fields_page,
)
from docgen.writers.write import Written

#: Changes of one document that are printed; then they are only counted.
_MOST_CHANGES = 20
_LONGEST_TEXT = 100
_OPTIONS = _("[TÙY CHỌN]")

kind_option = click.option(
    "--kind", "kind", default=None, metavar="LOẠI", help=_("Loại mẫu; bỏ trống: đoán từ tên tệp, rồi từ các thẻ.")
)


@click.group(
    "template",
    help=_("Việc của người giữ mẫu Word: tra trường, kiểm tra, xem thử, tạo mới, so sánh."),
    subcommand_metavar=_("LỆNH …"),
)
def command() -> None:
    """Group the commands about templates."""


# ---------------------------------------------------------------- fields


@command.command(
    "fields",
    short_help=_("In mọi trường của một loại mẫu."),
    options_metavar=_OPTIONS,
    help=_("In mọi trường của một loại mẫu: {kinds}.").format(kinds=", ".join(registry.with_template())),
)
@click.argument("kind", metavar="LOẠI")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help=_("Ghi thành trang Word (.docx) để đặt bên cạnh."),
)
@format_option
@reports_errors
def fields(kind: str, out: Path | None, output_format: str) -> None:
    """Print the fields of a kind, or write them as a Word page; exit code 6 where an edited page was kept."""
    chosen, rows = fields_of(kind)
    written = [write_fields_page(chosen, rows, out)] if out is not None else []
    if output_format == "json":
        more = {"kind": chosen.code, "fields": [row.to_json() for row in rows]}
        _show_json(not _kept(written), written, more)
    elif written:
        _show_written(written)
    else:
        for line in _field_lines(rows):
            click.echo(line)
    if _kept(written):
        sys.exit(ExitCode.OUTPUT)


def _field_lines(rows: Sequence[FieldRow]) -> Iterator[str]:
    table = [(_("Trường"), _("Nội dung"), _("Kiểu"), _("Bắt buộc"), _("Ví dụ"))]
    table += [(row.tag, row.label, row.type_label, _("có") if row.required else "", row.example) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


# ---------------------------------------------------------------- check


@command.command(
    "check",
    short_help=_("Tìm mọi lỗi của mẫu."),
    options_metavar=_OPTIONS,
    help=_("Kiểm tra mẫu: thẻ, trường, bảng, thể thức khi dựng thử; mọi lỗi một lần."),
)
@click.argument("files", metavar="TỆP…", nargs=-1, required=True, type=click.Path(path_type=Path))
@kind_option
@click.option("--annotate", is_flag=True, help=_("Ghi thêm bản sao <tên>.nhan-xet.docx có nhận xét ở mỗi chỗ sai."))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help=_("Thư mục ghi bản nhận xét; bỏ trống: cạnh từng mẫu."),
)
@format_option
@reports_errors
def check_command(
    files: tuple[Path, ...], kind: str | None, annotate: bool, out: Path | None, output_format: str
) -> None:
    """Check templates; exit code 1 where one has an error, 4 where one can't be opened."""
    checked, refused = _checked(files, kind, out, annotate=annotate)
    written = [one.written for one in checked if one.written is not None]
    problems = [*refused, *(problem for one in checked for problem in one.problems)]
    code = ExitCode.TEMPLATE if refused else max(map(exit_code, checked), default=ExitCode.OK)
    if output_format == "json":
        found = [
            {
                "file": one.path.as_posix(),
                "kind": one.kind.code,
                "ok": not one.wrong,
                "findings": [_finding_json(finding) for finding in one.findings],
            }
            for one in checked
        ]
        _show_json(not code, written, {"files": found}, problems)
        sys.exit(code)
    for one in checked:
        for line in _checked_lines(one):
            click.echo(line)
    _show_written(written)
    show_problems(problems)
    sys.exit(code)


def _checked(
    files: Sequence[Path], kind: str | None, out: Path | None, *, annotate: bool
) -> tuple[list[CheckedTemplate], list[Problem]]:
    """Every template judged, those in folders too, and what kept others from being opened."""
    checked: list[CheckedTemplate] = []
    refused: list[Problem] = []
    paths = [one for file in files for one in (documents_in([file]) if file.is_dir() else [file])]
    for job in make_jobs(list(dict.fromkeys(paths)), annotated=annotate, out=out):
        try:
            checked.append(check(job.path, kind, annotated=job.annotated))
        except TemplateError as error:
            refused += error.problems
    return checked, refused


def _checked_lines(checked: CheckedTemplate) -> Iterator[str]:
    errors = sum(finding.severity is Severity.ERROR for finding in checked.findings)
    counts = _("{errors} lỗi, {others} điều khác").format(errors=errors, others=len(checked.findings) - errors)
    told = counts if checked.findings else _("không thấy lỗi")
    yield _("{file} (mẫu {kind}): {told}").format(file=checked.path.as_posix(), kind=checked.kind.code, told=told)
    for finding in checked.findings:
        yield str(finding.to_problem())


def _finding_json(finding: TemplateFinding) -> dict[str, object]:
    anchor = finding.anchor.to_json() if finding.anchor is not None else None
    return {**finding.to_problem().to_json(), "heading": finding.heading, "anchor": anchor}


# ---------------------------------------------------------------- preview and new


@command.command(
    "preview",
    short_help=_("Dựng thử mẫu với dữ liệu ví dụ."),
    options_metavar=_OPTIONS,
    help=_("Dựng thử mẫu với dữ liệu ví dụ thành .docx và, nếu máy có LibreOffice, PDF và PNG."),
)
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@kind_option
@click.option(
    "--long", is_flag=True, help=_("Thêm bản dài nhất (tên dài, 60 hàng, mọi dạng thời hạn) và bản trống nhất.")
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), default=None, help=_("Thư mục ghi; bỏ trống: output/mau.")
)
@format_option
@reports_errors
def preview_command(file: Path, kind: str | None, long: bool, out: Path | None, output_format: str) -> None:
    """Render a template with example data; exit code 4 where it can't be, 6 where an edited preview was kept."""
    made = preview(file, out, kind=kind, long=long)
    further = [path.as_posix() for path in (*made.pdfs, *made.pictures)]
    if output_format == "json":
        _show_json(not _kept(made.written), made.written, {}, made.remarks, further)
    else:
        _show_written(made.written)
        for name in further:
            click.echo(_("Đã ghi {path}").format(path=name))
        show_problems(made.remarks)
    if _kept(made.written):
        sys.exit(ExitCode.OUTPUT)


@command.command(
    "new",
    short_help=_("Tạo mẫu mới đúng thể thức."),
    options_metavar=_OPTIONS,
    help=_("Tạo mẫu mới đúng thể thức, đặt sẵn mọi trường, để sửa tiếp trong Word."),
)
@click.argument("kind", metavar="LOẠI")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help=_("Tệp .docx sẽ ghi."))
@format_option
@reports_errors
def new(kind: str, out: Path, output_format: str) -> None:
    """Write a starting template; exit code 6 where the file is there already."""
    written, left_out = new_template(kind, out)
    if output_format == "json":
        _show_json(True, [written], {"left_out": dict(left_out)})
        return
    _show_written([written])
    if left_out:
        click.echo(_("Trường không đặt trong mẫu này:"))
        for tag, reason in left_out.items():
            click.echo(f"  {tag}: {reason}")


# ---------------------------------------------------------------- difference


@command.command(
    "diff",
    short_help=_("So hai mẫu."),
    options_metavar=_OPTIONS,
    help=_("So mẫu MỚI với mẫu CŨ: trường thêm, bỏ; chữ đổi; văn bản nào của kế hoạch đổi ở đâu."),
)
@click.argument("old", metavar="CŨ", type=click.Path(path_type=Path))
@click.argument("new", metavar="MỚI", type=click.Path(path_type=Path))
@kind_option
@click.option(
    "--data", "plan", type=click.Path(path_type=Path), default=None, metavar="PLAN", help=_("Kế hoạch để thử.")
)
@format_option
@reports_errors
def diff(old: Path, new: Path, kind: str | None, plan: Path | None, output_format: str) -> None:
    """Compare two templates; a difference is no error."""
    found = difference(old, new, kind=kind, plan=plan)
    if output_format == "json":
        more = {
            "kind": found.kind.code,
            "fields": {"added": list(found.added), "gone": list(found.gone)},
            "template": _difference_json(found.template),
            "documents": {name: _difference_json(one) for name, one in found.documents.items()},
        }
        _show_json(True, [], more, found.remarks)
        return
    for line in _difference_lines(found, asked=plan is not None):
        click.echo(line)
    show_problems(found.remarks)


def _difference_json(found: Difference) -> dict[str, object]:
    return {"paragraphs": [one.to_json() for one in found.texts], "parts": list(found.parts)}


def _difference_lines(found: TemplateDifference, *, asked: bool) -> Iterator[str]:
    for heading, tags in ((_("Trường thêm: {tags}"), found.added), (_("Trường bỏ: {tags}"), found.gone)):
        if tags:
            yield heading.format(tags=", ".join(tags))
    if not found.template.texts and not found.template.parts:
        yield _("Hai mẫu như nhau.")
    else:
        yield _("Trong mẫu:")
        yield from _change_lines(found.template)
    if asked and found.documents:
        yield _("Trong văn bản của kế hoạch:")
        for name, one in found.documents.items():
            count = len(one.texts)
            yield f"  {name}: " + (_("{n} đoạn đổi").format(n=count) if count else _("không đổi chữ nào"))
            yield from (f"  {line}" for line in _change_lines(one))


def _change_lines(found: Difference) -> Iterator[str]:
    for change in found.texts[:_MOST_CHANGES]:
        yield f"  {_change_line(change)}"
    if len(found.texts) > _MOST_CHANGES:
        yield "  " + _("và {n} đoạn nữa (xem --format json)").format(n=len(found.texts) - _MOST_CHANGES)
    if found.parts:
        yield "  " + _("khác về hình thức: {parts}").format(parts=", ".join(found.parts))


def _change_line(change: TextChange) -> str:
    place = change.after or change.before
    where = place.part if place is not None else ""
    old, new = _short(change.old), _short(change.new)
    if change.sort == "changed":
        return _("{place}: “{old}” → “{new}”").format(place=where, old=old, new=new)
    if change.sort == "added":
        return _("{place}: thêm “{new}”").format(place=where, new=new)
    return _("{place} (mẫu cũ): bỏ “{old}”").format(place=where, old=old)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


# ---------------------------------------------------------------- shared


def _show_json(
    ok: bool,
    written: Sequence[Written],
    more: Mapping[str, object],
    problems: Sequence[Problem] = (),
    further: Sequence[str] = (),
) -> None:
    paths = [one.path.as_posix() for one in written if not one.unchanged]
    show_json(ok=ok, problems=problems, written=[*paths, *further], kept=_kept(written), more=dict(more))


def _kept(written: Sequence[Written]) -> list[str]:
    return [one.target.as_posix() for one in written if one.kept]


def _show_written(written: Sequence[Written]) -> None:
    show_kept(_kept(written))
    for one in written:
        text = _("Không đổi {path}") if one.unchanged else _("Đã ghi {path}")
        click.echo(text.format(path=one.path.as_posix()))
