"""Times a ledger of very many simulated jobs: ``python -m tests.benchmarks.bench_ledger [JOBS]``, a million by default.

The ledger and the plans' survey are made up; the scan is the one of a resumed run: every job is named from the survey,
compared with its row, and its file with its row's stamp. The files are there (empty), and all but a thousand of the
jobs are done.
"""

import gc
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from docgen.batch.expand import Expander
from docgen.batch.job import Job, Outcome, State
from docgen.batch.jobs_file import read_jobs_file
from docgen.batch.ledger import CommonMessage, Ledger
from docgen.batch.scan import Files, scan
from docgen.batch.survey import PeriodSurvey, PlanSurvey
from docgen.cli.main import GARBAGE

T = TypeVar("T")
JOBS = "cong_viec:\n  - {plan: ke-hoach, kind: bao_cao, period: auto, scheme: nd09, units: all}\n"
UNITS, PERIODS = 50, 2
TODO = 1000


def main() -> None:
    """Print the times, then the same as JSON."""
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    gc.set_threshold(GARBAGE, 20, 20)  # as the command does
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "jobs.yaml").write_text(JOBS, encoding="utf-8")
        plans = [_survey(number) for number in range(jobs // (UNITS * PERIODS))]
        recorded, record = _timed(lambda: _fill(folder, plans))
        (counts, said), status = _timed(lambda: _status(folder))
        (seen, todo), scanned = _timed(lambda: _scan(folder))
    assert seen == recorded == sum(counts.values()) and todo == TODO == said[0].jobs, (seen, todo)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{recorded} jobs of {len(plans)} plans: recorded in {record:.1f} s")
    print(f"status: {status * 1000:.0f} ms; scan of a resumed run: {scanned:.1f} s; peak memory {peak:.0f} MB")
    print(json.dumps({"jobs": recorded, "status_s": status, "scan_s": scanned, "record_s": record, "peak_mb": peak}))


def _survey(number: int) -> PlanSurvey:
    units = {f"don-vi-{unit:03}": f"Đơn vị {unit}" for unit in range(UNITS)}
    periods = tuple(
        PeriodSurvey("nd09", f"2023-Q{quarter}", True, "2023-03-14", "2023-03-16", tuple(units), ())
        for quarter in range(1, PERIODS + 1)
    )
    name = f"ke-hoach-{number:06}"
    return PlanSurvey(
        plan=f"ke-hoach/{name}", stamp="0" * 32, plan_hash="1" * 32, report_hash=f"{number:032}", name=name, code=name,
        year=2023, office="ubnd", documents={"ke-hoach": "ke_hoach"}, units=units, leads=tuple(units),
        periods={"nd09": periods},
    )  # fmt: skip


def _jobs(folder: Path, survey: PlanSurvey, expander: Expander) -> list[Job]:
    return expander.jobs(survey, (0,))


def _expander(folder: Path) -> Expander:
    return Expander(read_jobs_file(folder / "jobs.yaml"), date(2024, 2, 1))


def _fill(folder: Path, plans: list[PlanSurvey]) -> int:
    """Record every job as done but for the last thousand, and put an empty file in each place."""
    expander, count = _expander(folder), 0
    total = len(plans) * UNITS * PERIODS
    with Ledger.open(folder / "jobs.docgen.sqlite") as ledger:
        for start in range(0, len(plans), 100):
            group, rows = plans[start : start + 100], []
            for survey in group:
                for job in _jobs(folder, survey, expander):
                    path = folder / job.target
                    if count % (UNITS * PERIODS) == 0:
                        path.parent.mkdir(parents=True, exist_ok=True)
                    path.touch()
                    count += 1
                    state = State.FAILED if count > total - TODO else State.DONE
                    rows.append(_row(job, path, state))
            ledger.record(rows)
            ledger.remember_plans({one.plan: one.to_json() for one in group})
    return count


def _row(job: Job, path: Path, state: State) -> Outcome:
    return Outcome(
        job.key, state, job.target, job.inputs, job.template, job.target, "2" * 32, 0, path.stat().st_mtime_ns, "", 1,
        0.01, "2026-01-01T00:00:00.000+00:00", "không thành" if state is State.FAILED else "",
    )  # fmt: skip


def _status(folder: Path) -> tuple[dict[State, int], list[CommonMessage]]:
    with Ledger.open(folder / "jobs.docgen.sqlite", reading=True) as ledger:
        return ledger.counts(), [one for state in reversed(State) for one in ledger.messages(state)]


def _scan(folder: Path) -> tuple[int, int]:
    expander, files = _expander(folder), Files(folder)
    jobs = todo = 0
    with Ledger.open(folder / "jobs.docgen.sqlite") as ledger:
        for plan, text in ledger.plans().items():
            found = scan(_jobs(folder, PlanSurvey.from_json(text), expander), ledger.outcomes_of(plan), files)
            jobs += found.done + len(found.todo)
            todo += len(found.todo)
    return jobs, todo


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    found = work()
    return found, time.perf_counter() - begun


if __name__ == "__main__":
    main()
