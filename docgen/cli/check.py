"""``docgen check``: what is wrong with the form of Word files, whoever made them."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from docgen.base.locale import translate as _
from docgen.cli.show import format_option, reports_errors, show_json, show_kept, show_problems, waited_for
from docgen.errors import ExitCode, OutputError, Problem, UsageError
from docgen.layout.findings import Finding
from docgen.workflows.check import (
    Checked,
    check_files,
    class_label,
    count_headings,
    counts_of,
    documents_in,
    make_jobs,
    severity_label,
    summary_workbook,
)
from docgen.writers.write import Written, write_documents

#: Further places of one finding that are printed; then they are only counted.
_MOST_PLACES = 3


@click.command("check", help=_("Kiểm tra thể thức các tệp Word, hoặc mọi tệp .docx trong thư mục, theo NĐ 30/2020."))
@click.argument("paths", metavar="TỆP…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--profile", default="nd30", show_default=True, metavar="TÊN", help=_("Bộ quy tắc dùng để kiểm tra."))
@click.option(
    "--strict",
    is_flag=True,
    help=_("Lỗi và cảnh báo về lời văn (viết hoa, viện dẫn) cũng làm mã thoát thành 1; bình thường thì không."),
)
@click.option("--annotate", is_flag=True, help=_("Ghi thêm bản sao <tên>.nhan-xet.docx có nhận xét ở mỗi chỗ sai."))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help=_("Thư mục ghi bản nhận xét; bỏ trống: cạnh từng tệp."),
)
@click.option("--xlsx", type=click.Path(path_type=Path), default=None, help=_("Ghi bảng tổng hợp ra tệp Excel này."))
@click.option(
    "-j",
    "--workers",
    type=click.IntRange(1, 64),
    default=None,
    help=_("Số tiến trình chạy cùng lúc; bỏ trống: tự chọn theo số tệp."),
)
@format_option
@reports_errors
def command(
    paths: tuple[Path, ...],
    profile: str,
    strict: bool,
    annotate: bool,
    out: Path | None,
    xlsx: Path | None,
    workers: int | None,
    output_format: str,
) -> None:
    """Check files; exit code 1 where one is wrong, 6 where a copy or the summary can't be written."""
    if out is not None and not annotate:
        hint = _("thêm --annotate, hoặc bỏ -o")
        raise UsageError(Problem("check.out", _("-o là chỗ ghi bản nhận xét, nhưng thiếu --annotate"), hint))
    jobs = make_jobs(documents_in(paths), profile, annotated=annotate, out=out)
    order = {job.path: number for number, job in enumerate(jobs)}
    found = waited_for(check_files(jobs, workers=workers), _("Đang kiểm tra"), len(jobs))
    results = sorted(found, key=lambda checked: order[checked.path])
    written = [checked.written for checked in results if checked.written is not None]
    problems = [problem for checked in results for problem in checked.problems]
    if xlsx is not None:
        try:
            table = summary_workbook(results, profile, date.today())
            written += write_documents({xlsx: table}, proved=True)
        except OutputError as error:
            problems += error.problems
    _show(results, written, problems, strict=strict, output_format=output_format)
    sys.exit(_exit_code(results, written, strict=strict, refused=_refused(problems)))


def _refused(problems: Sequence[Problem]) -> bool:
    """Whether anything that was to be written wasn't; a file that couldn't be judged is no such thing."""
    return any(problem.code != "check.failed" for problem in problems)


def _exit_code(results: Sequence[Checked], written: Sequence[Written], *, strict: bool, refused: bool) -> ExitCode:
    if refused or any(one.kept for one in written):
        return ExitCode.OUTPUT
    return ExitCode.FINDINGS if any(checked.wrong(strict=strict) for checked in results) else ExitCode.OK


def _show(
    results: Sequence[Checked],
    written: Sequence[Written],
    problems: Sequence[Problem],
    *,
    strict: bool,
    output_format: str,
) -> None:
    paths = [one.path.as_posix() for one in written if not one.unchanged]
    kept = [one.target.as_posix() for one in written if one.kept]
    if output_format == "json":
        files = [
            {
                "file": checked.name,
                "ok": not checked.wrong(strict=strict),
                "findings": [finding.to_json() for finding in _in_order(checked.findings)],
            }
            for checked in results
        ]
        ok = _exit_code(results, written, strict=strict, refused=_refused(problems)) is ExitCode.OK
        show_json(ok=ok, problems=problems, written=paths, kept=kept, more={"files": files})
        return
    for checked in results:
        if checked.findings or not checked.judged or len(results) == 1:
            for line in _file_lines(checked):
                click.echo(line)
    if len(results) > 1:
        for line in _counts_table(results):
            click.echo(line)
    for name in paths:
        click.echo(_("Đã ghi {path}").format(path=name))
    show_kept(kept)
    show_problems(problems)


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    """By place: the file as a whole, then the parts, each from top to bottom."""
    return sorted(findings, key=lambda one: (one.anchor.part, one.anchor.index) if one.anchor else ("", 0))


def _file_lines(checked: Checked) -> Iterator[str]:
    if not checked.judged:
        yield _("{file}: không kiểm tra được").format(file=checked.name)
    elif not checked.findings:
        yield _("{file}: không thấy lỗi thể thức").format(file=checked.name)
    else:
        counts = ", ".join(
            f"{figure} {heading.lower()}"
            for figure, heading in zip(counts_of(checked.findings).figures(), count_headings(), strict=True)
            if figure
        )
        yield f"{checked.name}: {counts}"
    findings = _in_order(checked.findings)
    for finding in findings:
        if not finding.undecided:
            yield from _finding_lines(finding)
    by_eye = [finding for finding in findings if finding.undecided]
    if by_eye:
        yield "  " + _("Cần xem bằng mắt:")
        for finding in by_eye:
            yield from _finding_lines(finding)
    if checked.findings:
        yield ""


def _finding_lines(finding: Finding) -> Iterator[str]:
    where = finding.place.part or _("cả tệp")
    sort = "" if finding.undecided else severity_label(finding)
    if finding.kind == "noi_dung":
        sort += f" ({class_label(finding)})"
    yield f"  {where}: {sort + ' ' if sort else ''}{finding.rule}: {finding.message}"
    for place in finding.also[:_MOST_PLACES]:
        yield "      " + _("cũng ở {place}").format(place=place.part or _("cả tệp"))
    if finding.clause:
        yield "      → " + _("Căn cứ: {clause}").format(clause=finding.clause)


def _counts_table(results: Sequence[Checked]) -> Iterator[str]:
    """A line a file that has findings, and the sums of all."""
    rows: list[tuple[str, ...]] = [(_("Tệp"), *count_headings())]
    clean = 0
    for checked in results:
        figures = counts_of(checked.findings).figures()
        if checked.judged and not any(figures):
            clean += 1
        else:
            shown = tuple(str(figure) if checked.judged else "?" for figure in figures)
            rows.append((checked.name, *shown))
    total = counts_of(finding for checked in results for finding in checked.findings).figures()
    rows.append((_("Cộng {n} tệp").format(n=len(results)), *map(str, total)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *rest = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join([row[0].ljust(len(first)), *rest]).rstrip()
    if clean:
        yield _("{n} tệp không thấy lỗi").format(n=clean)
