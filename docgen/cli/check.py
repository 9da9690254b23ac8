"""``docgen check``: checks the form of any Word files."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from docgen.base.locale import translate as _
from docgen.cli.options import PATH, comment_options, files_argument, format_option, profile_option, workers_option
from docgen.cli.show import finish, waited_for
from docgen.errors import ExitCode, OutputError, Problem, UsageError
from docgen.layout.findings import Finding
from docgen.workflows.check import (
    Checked,
    check_files,
    class_label,
    count_headings,
    counts_of,
    documents_in,
    findings_workbook,
    make_jobs,
    severity_label,
)
from docgen.writers.write import Written, write_documents

#: How many further places of a finding are printed.
_MOST_PLACES = 3


@click.command("check", help=_("Kiểm tra thể thức các tệp Word, hoặc mọi tệp .docx trong thư mục, theo NĐ 30/2020."))
@files_argument
@profile_option
@click.option(
    "--strict",
    is_flag=True,
    help=_("Lỗi và cảnh báo về lời văn (viết hoa, viện dẫn) cũng làm mã thoát thành 1; bình thường thì không."),
)
@comment_options
@click.option("--xlsx", type=PATH, default=None, help=_("Ghi bảng tổng hợp ra tệp Excel này."))
@workers_option
@format_option()
def command(
    files: tuple[Path, ...],
    profile: str,
    strict: bool,
    annotate: bool,
    out: Path | None,
    xlsx: Path | None,
    workers: int | None,
    output_format: str,
) -> None:
    """Check files. Exit codes: 1 one is wrong, 6 a copy or the workbook can't be written."""
    if out is not None and not annotate:
        hint = _("thêm --annotate, hoặc bỏ -o")
        raise UsageError(Problem("check.out", _("-o là chỗ ghi bản nhận xét, nhưng thiếu --annotate"), hint))
    jobs = make_jobs(documents_in(files), profile, annotated=annotate, out=out)
    order = {job.path: number for number, job in enumerate(jobs)}
    found = waited_for(check_files(jobs, workers=workers), _("Đang kiểm tra"), len(jobs))
    results = sorted(found, key=lambda checked: order[checked.path])
    written = [checked.written for checked in results if checked.written is not None]
    problems = [problem for checked in results for problem in checked.problems]
    if xlsx is not None:
        try:
            table = findings_workbook(results, profile, date.today())
            written += write_documents({xlsx: table}, proved=True)
        except OutputError as error:
            problems += error.problems
    finish(
        output_format,
        lines=_lines(results),
        written=written,
        problems=problems,
        findings=[finding for checked in results for finding in _in_order(checked.findings)],
        more={"files": [_verdict(checked, strict=strict) for checked in results]},
        code=_exit_code(results, written, problems, strict=strict),
    )


def _exit_code(
    results: Sequence[Checked], written: Sequence[Written], problems: Sequence[Problem], *, strict: bool
) -> ExitCode:
    """6 if a file wasn't written, 1 if one is wrong, else 0."""
    if any(problem.code != "check.failed" for problem in problems) or any(one.kept for one in written):
        return ExitCode.OUTPUT
    return ExitCode.FINDINGS if any(checked.wrong(strict=strict) for checked in results) else ExitCode.OK


def _verdict(checked: Checked, *, strict: bool) -> dict[str, Any]:
    """The result for a file, for JSON; its findings are among the problems."""
    counts = counts_of(checked.findings)._asdict()
    return {"file": checked.name, "ok": not checked.wrong(strict=strict), "judged": checked.judged, **counts}


def _lines(results: Sequence[Checked]) -> Iterator[str]:
    for checked in results:
        if checked.findings or not checked.judged or len(results) == 1:
            yield from _file_lines(checked)
    if len(results) > 1:
        yield from _counts_table(results)


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Sort findings: those on the file as a whole, then those in each part from top to bottom."""
    return sorted(findings, key=lambda one: (one.anchor.part, one.anchor.index) if one.anchor else ("", 0))


def _file_lines(checked: Checked) -> Iterator[str]:
    if not checked.judged:
        yield _("{file}: không kiểm tra được").format(file=checked.name)
    elif not checked.findings:
        yield _("{file}: không thấy lỗi thể thức").format(file=checked.name)
    else:
        counts = ", ".join(
            f"{figure} {heading.lower()}"
            for figure, heading in zip(counts_of(checked.findings), count_headings(), strict=True)
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
    if finding.about == "noi_dung":
        sort += f" ({class_label(finding.about)})"
    yield f"  {where}: {sort + ' ' if sort else ''}{finding.rule}: {finding.message}"
    for place in finding.also[:_MOST_PLACES]:
        yield "      " + _("cũng ở {place}").format(place=place.part or _("cả tệp"))
    if finding.clause:
        yield "      → " + _("Căn cứ: {clause}").format(clause=finding.clause)


def _counts_table(results: Sequence[Checked]) -> Iterator[str]:
    """A table of the files with findings, with totals."""
    rows: list[tuple[str, ...]] = [(_("Tệp"), *count_headings())]
    clean = 0
    for checked in results:
        figures = counts_of(checked.findings)
        if checked.judged and not any(figures):
            clean += 1
        else:
            shown = tuple(str(figure) if checked.judged else "?" for figure in figures)
            rows.append((checked.name, *shown))
    total = counts_of(finding for checked in results for finding in checked.findings)
    rows.append((_("Cộng {n} tệp").format(n=len(results)), *map(str, total)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *rest = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join([row[0].ljust(len(first)), *rest]).rstrip()
    if clean:
        yield _("{n} tệp không thấy lỗi").format(n=clean)
