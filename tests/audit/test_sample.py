"""The sample's reports, of the office and of each unit, hold what an auditor counts from its YAML files."""

import re
from pathlib import Path

import pytest

from docgen.readers.progress_folder import read_progress
from docgen.workflows.build import load_plan, shipped_data
from docgen.workflows.report import build_period_report, count_period, report_of
from tests.audit.compare import differences, rows_of
from tests.audit.facts import Facts
from tests.audit.printed import from_docx, from_xlsx
from tests.audit.recount import Recount
from tests.audit.tasks import STATES
from tests.audit.waiting import WAITING, not_waiting

PERIODS = ("2023-Q1", "2023-H1", "2023-9M", "2023", "2023-03-01..2023-05-31")


@pytest.fixture(scope="module")
def facts(sample: Path) -> Facts:
    return Facts(sample)


@pytest.mark.parametrize("period", PERIODS)
def test_reports_hold_what_is_recounted(sample: Path, facts: Facts, period: str, tmp_path: Path) -> None:
    units = [None, *(code for code in facts.units if not facts.is_group(code))]
    wrong = not_waiting(found_wrong(sample, facts, period, units, tmp_path))
    assert not wrong, "\n".join(wrong)


def test_what_waits_is_still_wrong(sample: Path, facts: Facts, tmp_path: Path) -> None:
    found = [line for period in PERIODS for line in found_wrong(sample, facts, period, [None], tmp_path)]
    mended = [reason for pattern, reason in WAITING.items() if not any(re.search(pattern, line) for line in found)]
    assert not mended, "no longer wrong, drop it from waiting.py"


def found_wrong(sample: Path, facts: Facts, period: str, units: list[str | None], out: Path) -> list[str]:
    """Where the documents and workbooks of a period differ from the recount."""
    loaded = load_plan(sample)
    counted = count_period(loaded, period, progress=read_progress(loaded, None, shipped_data()))
    wrong = []
    for unit in units:
        built = build_period_report(report_of(counted, unit), out, draft=True, workbook=True)
        document, workbook = (one.target for one in built.written)
        found = differences(Recount(facts, period, unit), from_docx(document), rows_of(from_xlsx(workbook)))
        wrong += [f"{period}, {unit or 'cả cơ quan'}: {line}" for line in found]
    return wrong


def test_the_sample_shows_every_state(facts: Facts) -> None:
    """What is compared above is something."""
    count = Recount(facts, "2023-H1")
    assert [count.whole["counts"][state] for state in STATES] == [3, 1, 1, 10, 5, 2]
    assert len(count.indicators) == 27
    assert sum(value is not None for value in count.statistics.values()) > 30
    assert sum(one["answered"] for one in count.answers.values()) == 15
