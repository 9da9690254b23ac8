"""Reports of plans made by chance hold what an auditor counts from their YAML files.

Sixty plans in the suite; `make test-slow` takes two hundred (AUDIT_PLANS). A plan that fails is made again by its seed.
"""

import os
from pathlib import Path

import pytest

from docgen.readers.progress_folder import read_progress
from docgen.workflows.build import load_plan, shipped_data
from docgen.workflows.remind import prepare_reminders
from docgen.workflows.report import CountedReport, count_period, prepare_report, report_of, report_tables
from tests.audit.compare import in_tables, in_text, in_workbook, rows_of
from tests.audit.facts import Facts
from tests.audit.printed import from_context, from_xlsx
from tests.audit.random_folder import random_folder
from tests.audit.recount import Recount
from tests.audit.waiting import not_waiting

PLANS = int(os.environ.get("AUDIT_PLANS", "60"))


@pytest.mark.parametrize("seed", range(PLANS))
def test_reports_hold_what_is_recounted(seed: int, tmp_path: Path) -> None:
    folder, reports = random_folder(seed, tmp_path / "thu")
    loaded, facts = load_plan(folder), Facts(folder)
    progress = read_progress(loaded, None, shipped_data())
    wrong = []
    for number, (period, unit, today) in enumerate(reports):
        counted = report_of(count_period(loaded, period, progress=progress, today=today), unit)
        found = _differences(counted, Recount(facts, period, unit, today), workbook=number < 2)
        wrong += [f"{period}, {unit or 'cả cơ quan'}: {line}" for line in found]
    wrong = not_waiting(wrong)
    assert not wrong, "\n".join(wrong)


def _differences(counted: CountedReport, count: Recount, *, workbook: bool) -> list[str]:
    prepared = prepare_report(counted)
    document = prepared.documents[0]
    printed = from_context(document.kind.build(document.setting))
    found = [*in_tables(count, printed), *in_text(count, printed.lines)]
    if workbook:
        found += in_workbook(count, rows_of(from_xlsx(report_tables(counted, prepared, draft=False))))
    if count.unit is None:
        letters = [one.setting.subject.reminder for one in prepare_reminders(counted).documents]
        told = {one.unit.code: [overdue.task.task.code for overdue in one.overdue] for one in letters if one.overdue}
        office = count.facts.organisation["co_quan_ban_hanh"]
        ours = {unit: tasks for unit, tasks in count.reminders.items() if unit != office}
        found += [f"đôn đốc: tính {ours}, công văn {told}"] if told != ours else []
    return found
