"""Forms of the base plan that went out and came back, for the tests of collecting."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from docgen.workflows.collect import Collected, CollectedFile, collect
from docgen.workflows.progress_form import OpenPeriod, open_period, write_progress_forms
from tests.forms import fill

NOW = datetime(2026, 3, 13, 8, 15)
LATER = datetime(2026, 3, 20, 9, 0)
TASKS, STATISTICS, TEXTS = "Nhiệm vụ", "Số liệu", "Lời văn"
BOTH = ("co_quan_chu_tri: Phòng Kinh tế", "co_quan_chu_tri: Phòng Kinh tế, Văn phòng")
Run = Callable[..., tuple[int, str]]


def sent(plan: Path, forms: Path) -> dict[str, Path]:
    """The forms of the base plan's first quarter, by unit."""
    formed = write_progress_forms(open_period(plan, "2026-Q1"), forms)
    return {path.path.stem.removeprefix("cchc-2026-2026-Q1-"): path.path for path in formed.written}


def take(plan: Path, *files: Path, now: datetime = NOW, dry_run: bool = False) -> Collected:
    return collect(open_period(plan, "2026-Q1"), files, now=now, dry_run=dry_run)


def by_unit(collected: Collected) -> dict[str, CollectedFile]:
    return {one.unit: one for one in collected.files}


def saved(plan: Path) -> str:
    return (plan / "tien-do" / "2026-Q1.yaml").read_text(encoding="utf-8")


def opened(plan: Path) -> OpenPeriod:
    return open_period(plan, "2026-Q1")


def half_done(path: Path) -> Path:
    return fill(path, {TASKS: {"F6": "Đang làm", "G6": 50}})
