"""``docgen template``: commands for maintainers of Word templates."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from docgen.base.locale import translate as _
from docgen.cli.options import (
    PATH,
    comment_options,
    file_argument,
    files_argument,
    format_option,
    kind_argument,
    kind_option,
    out_option,
)
from docgen.cli.show import aligned, finish
from docgen.documents import registry
from docgen.errors import ExitCode, Problem, Severity, TemplateError
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

#: How many changes of a document are printed; the rest are only counted.
_MOST_CHANGES = 20
_LONGEST_TEXT = 100


@click.group(
    "template",
    help=_("Việc của người giữ mẫu Word: tra trường, kiểm tra, xem thử, tạo mới, so sánh."),
)
def command() -> None:
    """The group of commands on templates."""


# ---------------------------------------------------------------- fields


@command.command(
    "fields",
    short_help=_("In mọi trường của một loại mẫu."),
    help=_("In mọi trường của một loại mẫu: {kinds}.").format(kinds=", ".join(registry.with_template())),
)
@kind_argument
@out_option(_("Ghi thành trang Word (.docx) để đặt bên cạnh."), metavar=_("TỆP.docx"))
@format_option()
def fields(kind: str, out: Path | None, output_format: str) -> None:
    """Print the fields of a kind, or write them as a Word page. Exit code 6: an edited page was kept."""
    chosen, rows = fields_of(kind)
    written = [write_fields_page(chosen, rows, out)] if out is not None else []
    more = {"kind": chosen.code, "fields": [row.to_json() for row in rows]}
    finish(output_format, lines=[] if written else _field_lines(rows), written=written, more=more)


def _field_lines(rows: Sequence[FieldRow]) -> list[str]:
    table = [(_("Trường"), _("Nội dung"), _("Kiểu"), _("Bắt buộc"), _("Ví dụ"))]
    table += [(row.tag, row.label, row.type_label, _("có") if row.required else "", row.example) for row in rows]
    return aligned(table)


# ---------------------------------------------------------------- check


@command.command(
    "check",
    short_help=_("Tìm mọi lỗi của mẫu."),
    help=_("Kiểm tra mẫu: thẻ, trường, bảng, thể thức khi dựng thử; mọi lỗi một lần."),
)
@files_argument
@kind_option
@comment_options
@format_option()
def check_command(
    files: tuple[Path, ...], kind: str | None, annotate: bool, out: Path | None, output_format: str
) -> None:
    """Check templates. Exit codes: 1 one has an error, 4 one can't be opened."""
    checked, refused = _checked(files, kind, out, annotate=annotate)
    written = [one.written for one in checked if one.written is not None]
    problems = [*refused, *(problem for one in checked for problem in one.problems)]
    finish(
        output_format,
        lines=[line for one in checked for line in _checked_lines(one)],
        written=written,
        problems=problems,
        findings=[finding for one in checked for finding in one.findings],
        more={"files": [_verdict(one) for one in checked]},
        code=ExitCode.TEMPLATE if refused else max(map(exit_code, checked), default=ExitCode.OK),
    )


def _checked(
    files: Sequence[Path], kind: str | None, out: Path | None, *, annotate: bool
) -> tuple[list[CheckedTemplate], list[Problem]]:
    """Check all templates, also those in folders, and collect the problems of those that can't be opened."""
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
    result = counts if checked.findings else _("không thấy lỗi")
    yield _("{file} (mẫu {kind}): {told}").format(file=checked.path.as_posix(), kind=checked.kind.code, told=result)
    for finding in checked.findings:
        yield str(finding.to_problem())


def _verdict(checked: CheckedTemplate) -> dict[str, Any]:
    """The result for a template, for JSON; its findings are among the problems."""
    counts = Counter(finding.severity for finding in checked.findings)
    return {
        "file": checked.path.as_posix(),
        "kind": checked.kind.code,
        "ok": not checked.wrong,
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "remarks": counts[Severity.INFO],
    }


# ---------------------------------------------------------------- preview and new


@command.command(
    "preview",
    short_help=_("Dựng thử mẫu với dữ liệu ví dụ."),
    help=_("Dựng thử mẫu với dữ liệu ví dụ thành .docx và, nếu máy có LibreOffice, PDF và PNG."),
)
@file_argument
@kind_option
@click.option(
    "--long", is_flag=True, help=_("Thêm bản dài nhất (tên dài, 60 hàng, mọi dạng thời hạn) và bản trống nhất.")
)
@out_option(_("Thư mục ghi; bỏ trống: output/mau."))
@format_option()
def preview_command(file: Path, kind: str | None, long: bool, out: Path | None, output_format: str) -> None:
    """Render a template with example data. Exit codes: 4 it has errors, 6 an edited preview was kept."""
    made = preview(file, out, kind=kind, long=long)
    finish(output_format, written=made.written, further=[*made.pdfs, *made.pictures], problems=made.remarks)


@command.command(
    "new",
    short_help=_("Tạo mẫu mới đúng thể thức."),
    help=_("Tạo mẫu mới đúng thể thức, đặt sẵn mọi trường, để sửa tiếp trong Word."),
)
@kind_argument
@out_option(_("Tệp .docx sẽ ghi."), metavar=_("TỆP.docx"), required=True)
@format_option()
def new(kind: str, out: Path, output_format: str) -> None:
    """Write a new template. Exit code 6: the file exists already."""
    written, left_out = new_template(kind, out)
    closing = [_("Trường không đặt trong mẫu này:")] if left_out else []
    closing += [f"  {tag}: {reason}" for tag, reason in left_out.items()]
    finish(output_format, written=[written], closing=closing, more={"left_out": dict(left_out)})


# ---------------------------------------------------------------- difference


@command.command(
    "diff",
    short_help=_("So hai mẫu."),
    help=_("So mẫu MỚI với mẫu CŨ: trường thêm, bỏ; chữ đổi; văn bản nào của kế hoạch đổi ở đâu."),
)
@click.argument("old", metavar=_("CŨ"), type=PATH)
@click.argument("new", metavar=_("MỚI"), type=PATH)
@kind_option
@click.option("--data", "plan", type=PATH, default=None, metavar="PLAN", help=_("Kế hoạch để thử."))
@format_option()
def diff(old: Path, new: Path, kind: str | None, plan: Path | None, output_format: str) -> None:
    """Compare two templates. Differences are no errors."""
    found = difference(old, new, kind=kind, plan=plan)
    more = {
        "kind": found.kind.code,
        "fields": {"added": list(found.added), "gone": list(found.gone)},
        "template": _difference_json(found.template),
        "documents": {name: _difference_json(one) for name, one in found.documents.items()},
    }
    lines = _difference_lines(found, asked=plan is not None)
    finish(output_format, lines=lines, problems=found.remarks, more=more)


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
