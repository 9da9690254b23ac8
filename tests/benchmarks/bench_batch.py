"""Times a batch of many different plans: ``python -m tests.benchmarks.bench_batch [DOCUMENTS] [PLANS] [WORKERS]``.

Beside it, in the same run, a plain loop over a sample of the same jobs: PyYAML's C loader reads each plan's files
once, docxtpl (autoescape on) renders the contexts that docgen computed beforehand, outside of the time, and saves each
document. So the loop counts nothing, checks nothing and writes no ledger. The plans are made up from the sample plan
(số liệu minh họa): names, places and percentages differ.
"""

import json
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from docxtpl import DocxTemplate
from jinja2 import Environment

from docgen.batch.run import Options, run
from docgen.batch.summary import RunResult
from docgen.documents import registry
from docgen.documents.kind import Document
from docgen.readers.progress_folder import read_progress
from docgen.workflows.build import documents_of, load_plan, shipped_data, shipped_templates
from docgen.workflows.report import count_period, prepare_report, report_of
from tests.benchmarks.bench_render import for_docxtpl

SAMPLE = shipped_data() / "huong-thuy-2023"
JOBS = """\
mac_dinh: {scheme: nd09}
cong_viec:
  - {plan: "ke-hoach/*", kind: tat_ca}
  - {plan: "ke-hoach/*", kind: bao_cao, period: 2023-Q1, units: all}
"""
#: What JOBS makes of a plan: three papers and a report of each unit.
EACH = 20
#: Plans of which the plain loop does every document; it takes minutes for all.
LOOPED = 6


def main() -> None:
    """Print documents a second, memory, shares and the ratio, then the same as JSON."""
    documents, plans, workers = (
        int(sys.argv[n]) if len(sys.argv) > n else d for n, d in ((1, 10_000), (2, 500), (3, 2))
    )
    plans = min(plans, documents // EACH)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(plans):
            _plan(folder / "ke-hoach" / f"k{number:05}", number)
        (folder / "jobs.yaml").write_text(JOBS, encoding="utf-8")
        with _Memory() as memory:
            result = run(folder / "jobs.yaml", Options(date(2024, 2, 1), workers=workers), memory.step)
        again = run(folder / "jobs.yaml", Options(date(2024, 2, 1), workers=workers))
        loop = _loop([folder / "ke-hoach" / f"k{number:05}" for number in range(min(LOOPED, plans))])
    _tell(result, again, memory, loop, plans, workers)


def _plan(folder: Path, number: int) -> None:
    """A plan like the sample's, of an office of its own."""
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("tien-do-loi"))
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("Nguyễn Thanh Minh", f"Nguyễn Thanh Minh {number}").replace(
            "cchc-2023", f"cchc-2023-{number}"
        )
        text = text.replace("dia_danh: Hương Thủy", f"dia_danh: Hương Thủy {number}")
        text = re.sub(
            r"phan_tram: ([1-9][0-9])\b", lambda found: f"phan_tram: {(int(found[1]) + number) % 90 + 5}", text
        )
        path.write_text(text, encoding="utf-8")


def _loop(plans: list[Path]) -> float:
    """Documents a second of the plain loop."""
    work = [(plan, _contexts(plan)) for plan in plans]
    kinds = registry.with_template().values()
    templates = {kind.code: for_docxtpl(shipped_templates() / kind.template_file) for kind in kinds}
    environment = Environment(autoescape=True)
    speeds = []
    with tempfile.TemporaryDirectory() as name:
        for plan, contexts in work:
            begun = time.perf_counter()
            for path in (*plan.glob("*.yaml"), *plan.glob("van-ban/*.yaml"), *plan.glob("tien-do/*.yaml")):
                yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
            for number, (code, context) in enumerate(contexts):
                template = DocxTemplate(BytesIO(templates[code]))
                template.render(context, jinja_env=environment)
                template.save(Path(name, f"{number}.docx"))
            speeds.append(len(contexts) / (time.perf_counter() - begun))
    return median(speeds)


def _contexts(plan: Path) -> list[tuple[str, dict[str, object]]]:
    loaded = load_plan(plan)
    found: list[Document[Any]] = documents_of(loaded.value)
    told = read_progress(loaded, None, shipped_data())
    period = count_period(loaded, "2023-Q1", progress=told)
    for unit in [one.unit for one in report_of(period).report.answers]:
        found += prepare_report(report_of(period, unit)).documents
    assert len(found) == EACH, len(found)
    return [(one.kind.code, one.context()) for one in found]


class _Memory:
    """The resident memory of this process and its children while a run goes on, in MB, at each tenth of the work."""

    def __init__(self) -> None:
        self.tenths: dict[int, tuple[float, float]] = {}
        self.parent = self.children = 0.0
        self._ended = threading.Event()

    def __enter__(self) -> "_Memory":
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def step(self, done: int, total: int) -> None:
        """Note where memory stands."""
        self.tenths.setdefault(done * 10 // total, self._now())

    def _watch(self) -> None:
        while not self._ended.wait(0.2):
            parent, child = self._now()
            self.parent, self.children = max(self.parent, parent), max(self.children, child)

    def _now(self) -> tuple[float, float]:
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        pids = children.read_text().split() if children.exists() else []
        return _resident("self"), max(map(_resident, pids), default=0.0)


def _resident(process: str) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))
    except (OSError, StopIteration):
        return 0.0


def _tell(result: RunResult, again: RunResult, memory: _Memory, loop: float, plans: int, workers: int) -> None:
    speed = result.made / result.seconds
    total = sum(result.stages.values())
    shares = {stage: spent / total * 100 for stage, spent in result.stages.items()}
    print(f"{result.made} documents of {plans} plans, {workers} workers: {result.seconds:.1f} s")
    print(f"docgen: {speed:.1f} documents a second")
    print(f"plain loop: {loop:.1f} documents a second; ratio {speed / loop:.1f}")
    print(f"run again with nothing to do: {again.seconds:.1f} s")
    print(f"peak memory: {memory.parent:.0f} MB here, {memory.children:.0f} MB in the largest worker")
    for tenth, (parent, child) in sorted(memory.tenths.items()):
        print(f"  at {tenth * 10:>3} %: {parent:.0f} MB, {child:.0f} MB")
    listed = ", ".join(f"{stage} {share:.0f} %" for stage, share in shares.items())
    print(f"shares of the time of all processes: {listed}")
    print(
        json.dumps(
            {
                "documents": result.made,
                "plans": plans,
                "workers": workers,
                "per_second": speed,
                "loop_per_second": loop,
                "ratio": speed / loop,
                "again_seconds": again.seconds,
                "peak_mb": [memory.parent, memory.children],
                "shares": shares,
            }
        )
    )


if __name__ == "__main__":
    main()
