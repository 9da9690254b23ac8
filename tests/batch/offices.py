"""A folder with plans and a jobs file, as an office would have it."""

import shutil
from datetime import date
from pathlib import Path

from docgen.batch.expand import Expander, asked_periods, find_plans
from docgen.batch.job import Job
from docgen.batch.jobs_file import read_jobs_file
from docgen.batch.run import Options, run
from docgen.batch.summary import RunResult
from docgen.batch.survey import Asked, survey
from tests.conftest import BASE, ROOT

SAMPLE = ROOT / "data" / "huong-thuy-2023"
#: After every period of the sample's year.
LATER = date(2024, 2, 1)


def office(folder: Path, jobs: str, *plans: str, of: Path = BASE) -> Path:
    """Copies of a plan under ``ke-hoach/``, and the jobs file beside them; its path."""
    for name in plans or ("a",):
        ignored = shutil.ignore_patterns("expected.txt", "tien-do-loi")
        shutil.copytree(of, folder / "ke-hoach" / name, ignore=ignored)
    path = folder / "cong-viec.yaml"
    path.write_text(jobs, encoding="utf-8")
    return path


def jobs_of(path: Path, today: date = LATER, *, due: bool = False) -> list[Job]:
    """Every job that a jobs file means."""
    file = read_jobs_file(path)
    expander = Expander(file, today, due)
    expander.check_templates()
    jobs = [
        job
        for plan, entries in find_plans(file).plans.items()
        for job in expander.jobs(
            survey(60, Asked(str(file.folder), plan, "", asked_periods(file, entries), due)), entries
        )
    ]
    expander.check_targets()
    return jobs


def run_once(path: Path, today: date = LATER, **options: object) -> RunResult:
    """Run a jobs file with one worker."""
    return run(path, Options(today, workers=1, **options))  # type: ignore[arg-type] # named by the test


def documents(folder: Path) -> dict[str, bytes]:
    """Every .docx below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.docx"))}
