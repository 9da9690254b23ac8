"""The result of a run in, lines for a person, one JSON object or a workbook out."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from docgen import __version__
from docgen.base.locale import translate as _
from docgen.base.sheets import Column, Line, Sheet
from docgen.batch.job import Outcome, State
from docgen.batch.ledger import Said
from docgen.batch.result import RunResult
from docgen.writers.workbook import workbook_bytes

#: Of each state, jobs that are spelled out on the screen; files have all that the run kept.
_MOST_SHOWN = 20
_LONGEST = 2000


def summary_json(result: RunResult) -> dict[str, Any]:
    """A run's figures, what was wrong as a whole, what a dry run would make, every outcome that isn't simply done."""
    return {
        **result.figures(),
        "problems": [str(one) for one in result.remarks],
        "planned": [{**job.key._asdict(), "target": job.target, "why": why.value} for job, why in result.planned],
        "reasons": {why.value: count for why, count in result.why.items()},
        "told": [outcome_json(one) for one in result.told],
    }


def outcome_json(one: Outcome) -> dict[str, Any]:
    """An outcome as JSON takes it."""
    return {**one.key._asdict(), "state": one.state.value, "target": one.target, "message": one.message}


def summary_lines(result: RunResult) -> Iterator[str]:
    """A table of figures, then what isn't done and why."""
    rows = [(_("Công việc"), result.jobs), (_("Đã xong từ trước"), result.before)]
    if result.dry_run:
        rows += [(_("Sẽ soạn: {why}").format(why=why.label), count) for why, count in result.why.items()]
    else:
        rows.append((_("Vừa soạn"), result.made))
        if result.nothing:
            rows.append((_("Không phải soạn"), result.nothing))
        if result.pdfs:
            rows.append((_("Vừa tạo PDF"), result.pdfs))
    rows += [
        (state.label.capitalize(), result.states[state])
        for state in State
        if state is not State.DONE and result.states[state]
    ]
    width = max(len(label) for label, _count in rows)
    yield from (f"{label.ljust(width)}  {count:>9}" for label, count in rows)
    for job, why in result.planned[:_MOST_SHOWN]:
        yield f"  {job.target}: {why.label}"
    if len(result.planned) > _MOST_SHOWN:
        yield _("  … và {n} văn bản khác").format(n=len(result.planned) - _MOST_SHOWN)
    yield from told_lines(result.told)


def told_lines(outcomes: list[Outcome]) -> Iterator[str]:
    """What there is to say of single jobs, the worst first; what is the same of many is said once."""
    for state in reversed(State):
        groups: dict[tuple[str, str], list[Outcome]] = {}
        for one in outcomes:
            if one.state is state:
                apart = one.target if state is State.KEPT else ""  # each file is a person's own
                groups.setdefault((one.message, apart), []).append(one)
        said = [Said(message, len(some), some[0].key.plan, some[0].written or some[0].target)
                for (message, _apart), some in groups.items()]  # fmt: skip
        yield from said_lines(state, said, sum(map(len, groups.values())))


def said_lines(state: State, said: list[Said], count: int) -> Iterator[str]:
    """What is said of ``count`` jobs in a state, each thing with how many it is of, up to a bound."""
    for one in said[:_MOST_SHOWN]:
        lines = one.message.splitlines() or [""]
        if one.jobs > 1 and len(lines) == 1:
            yield f"{state.label} ({one.jobs}): {lines[0]}"
            continue
        whose = _("{n} công việc của {plan}").format(n=one.jobs, plan=one.plan) if one.jobs > 1 else one.target
        yield f"{state.label}: {whose or one.plan}"
        yield from (f"    {line}" for line in lines)
    left = count - sum(one.jobs for one in said[:_MOST_SHOWN])
    if said and left > 0:
        message = _("{state}: … và {n} công việc khác (xem --summary, hoặc tệp nhật ký)")
        yield message.format(state=state.label, n=left)


def summary_workbook(result: RunResult, created: date) -> bytes:
    """The bytes of an .xlsx: a sheet of figures, a sheet of every outcome that isn't simply done."""
    title, note = _("Kết quả chạy hàng loạt"), _("docgen batch run")
    figures = Sheet(
        _("Tổng hợp"),
        title,
        note,
        (Column(_("Mục"), 30), Column(_("Số lượng"), 14, "amount")),
        tuple(Line((name, round(value))) for name, value in _figure_rows(result)),
    )
    columns = tuple(
        Column(heading, width)
        for heading, width in (
            (_("Trạng thái"), 16), (_("Tệp"), 50), (_("Kế hoạch"), 30), (_("Loại"), 16), (_("Chế độ"), 12),
            (_("Kỳ"), 12), (_("Đơn vị"), 24), (_("Lý do"), 80),
        )
    )  # fmt: skip
    wrong = tuple(Line((_("lỗi"), *[""] * 6, str(one)[:_LONGEST])) for one in result.remarks)
    lines = wrong + tuple(
        Line(tuple(text[:_LONGEST] for text in (one.state.label, one.target, *one.key, one.message)))
        for one in result.told
    )
    jobs = Sheet(_("Công việc"), title, note, columns, lines, filtered=True)
    return workbook_bytes([figures, jobs], title=title, created=created, version=__version__)


def _figure_rows(result: RunResult) -> Iterator[tuple[str, float]]:
    yield _("Công việc"), result.jobs
    yield _("Đã xong từ trước"), result.before
    yield _("Vừa soạn"), result.made
    yield _("Không phải soạn"), result.nothing
    yield _("Vừa tạo PDF"), result.pdfs
    yield from ((state.label.capitalize(), result.states[state]) for state in State)
    yield _("Thời gian (giây)"), result.seconds
