"""Kills batch runs at random moments: ``python tests/soak/soak_batch.py [KILLS] [SEED]``, part of ``make soak``.

Each run, with all its processes, is killed by SIGKILL; before it a random share of the finished documents is deleted,
so that there is always work. After every kill each visible .docx must be whole and the ledger sound; after the last,
one undisturbed run must leave the very bytes that a run which nobody disturbed makes elsewhere.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docgen.writers.proof import find_faults

SAMPLE = Path(__file__).parents[2] / "data" / "huong-thuy-2023"
JOBS = """\
mac_dinh: {out: "out/{ke_hoach}/{ky}"}
cong_viec:
  - {plan: "ke-hoach/*", kind: [tat_ca, ke_hoach_don_vi]}
  - {plan: "ke-hoach/*", kind: bao_cao, period: "2023-Q1, 2023-H1", units: all}
"""
PLANS = 3


def main() -> None:
    """Print what was seen; leave with 1 where anything was broken."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        calm, stormy = _office(Path(name, "calm")), _office(Path(name, "stormy"))
        begun = time.monotonic()
        assert _run(calm).wait() == 0
        whole = time.monotonic() - begun
        expected = _documents(calm)
        broken: list[str] = []
        runs = killed = checked = 0
        usual = whole
        while killed < kills:
            runs += 1
            for path in sorted(stormy.rglob("*.docx")):
                if chance.random() < 0.5:
                    path.unlink()
            run, begun = _run(stormy), time.monotonic()
            try:
                run.wait(chance.uniform(0.05, usual))
                usual = time.monotonic() - begun
            except subprocess.TimeoutExpired:
                os.killpg(run.pid, signal.SIGKILL)
                run.wait()
                killed += 1
            checked += _check(stormy, runs, broken)
        last = _run(stormy).wait()
        found = _documents(stormy)
        left = [path.name for path in stormy.rglob("*.tmp")]
    same = found == expected
    print(f"seed {seed}: {runs} runs, {killed} killed (undisturbed: {whole:.1f} s), {checked} documents looked at")
    print(f"broken: {len(broken)}; last run left with {last}; {len(found)} of {len(expected)} documents, "
          f"{'all the same bytes' if same else 'NOT the same bytes'}; temporary files left: {len(left)}")  # fmt: skip
    for line in broken[:20]:
        print(line)
    sys.exit(bool(broken) or last != 0 or not same or bool(left))


def _office(folder: Path) -> Path:
    for number in range(PLANS):
        shutil.copytree(SAMPLE, folder / "ke-hoach" / f"k{number}", ignore=shutil.ignore_patterns("tien-do-loi"))
    (folder / "jobs.yaml").write_text(JOBS, encoding="utf-8")
    return folder


def _run(folder: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "docgen", "batch", "run", str(folder / "jobs.yaml"), "-j", "2"]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _check(folder: Path, number: int, broken: list[str]) -> int:
    """Look at every document and at the ledger; what is wrong goes to ``broken``."""
    documents = sorted(folder.rglob("*.docx"))
    for path in documents:
        faults = list(find_faults(path.read_bytes()))
        if faults:
            broken.append(f"run {number}: {path.relative_to(folder)}: {faults[0].message}")
    ledger = folder / "jobs.docgen.sqlite"
    if ledger.exists():
        with sqlite3.connect(ledger) as connection:
            (said,) = connection.execute("PRAGMA integrity_check").fetchone()
        connection.close()
        if said != "ok":
            broken.append(f"run {number}: ledger: {said}")
    return len(documents)


def _documents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.docx"))}


if __name__ == "__main__":
    main()
