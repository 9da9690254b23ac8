"""Jobs on a Dask cluster: a real scheduler and two workers over TCP, one of which is killed in the middle."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.batch import executors as remote
from docgen.batch.executors import packed, work_remotely, workplace
from docgen.batch.job import State
from docgen.batch.run import Options, run
from docgen.batch.worker import Task
from docgen.errors import OutputError, UsageError
from docgen.workflows.build import shipped_templates
from tests.batch.offices import LATER, SAMPLE, documents, jobs_of, office, run_once

JOBS = (
    "cong_viec:\n  - {plan: 'ke-hoach/*', kind: [tat_ca, ke_hoach_don_vi]}\n"
    "  - {plan: 'ke-hoach/*', kind: bao_cao, period: '2023-Q1, 2023-H1, 2023', units: all, xlsx: true}\n"
)
#: As many tasks as it takes to be under way when something is lost.
FEW = "cong_viec:\n  - {plan: 'ke-hoach/*', kind: ke_hoach_don_vi}\n  - {plan: 'ke-hoach/*', kind: tat_ca}\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by their group")


class Cluster:
    """A scheduler and its workers, each a process group of its own."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        file = folder / "scheduler.json"
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
        )
        for _turn in range(300):
            if file.exists() and file.stat().st_size:
                break
            time.sleep(0.1)
        self.address = file.read_text().partition("tcp://")[2].partition('"')[0]
        self.workers = [self._worker(number) for number in range(2)]
        for _turn in range(300):
            try:
                if (workplace(self.name, None).workers or 0) == len(self.workers):
                    return
            except OutputError:
                time.sleep(0.1)
        raise AssertionError("no workers")

    @property
    def name(self) -> str:
        return f"dask://{self.address}"

    def _worker(self, number: int) -> "subprocess.Popen[bytes]":
        folder = self._folder / f"w{number}"
        address = f"tcp://{self.address}"
        return self._start("worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))

    def _start(self, *words: str) -> "subprocess.Popen[bytes]":
        log = self._stack.enter_context((self._folder / f"{words[0]}.log").open("ab"))
        command = [sys.executable, "-m", "dask", *words]
        process = subprocess.Popen(command, start_new_session=True, stdout=log, stderr=log)
        self._stack.callback(kill, process)
        return process


def kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    pytest.importorskip("distributed")
    with ExitStack() as stack:
        yield Cluster(tmp_path_factory.mktemp("cluster"), stack)


def test_a_worker_that_dies_costs_nothing(tmp_path: Path, cluster: Cluster) -> None:
    here = office(tmp_path / "here", JOBS, "a", "b", of=SAMPLE)
    run_once(here)
    there = office(tmp_path / "there", JOBS, "a", "b", of=SAMPLE)
    killed = []

    def step(done: int, total: int) -> None:
        if done < total and not killed:
            kill(cluster.workers[0])
            killed.append(done)

    result = run(there, Options(LATER, executor=cluster.name), step)
    assert killed, "the run was over before a worker could be killed"
    assert not result.failed and result.made == result.jobs > 100
    assert documents(there.parent / "output") == documents(here.parent / "output")
    assert run(there, Options(LATER, executor=cluster.name)).before == result.jobs


def test_a_scheduler_that_is_lost_is_told_and_the_same_work_goes_on_here(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pytest.importorskip("distributed")
    path = office(tmp_path, FEW, *"abcdefgh", of=SAMPLE)
    with ExitStack() as stack:
        own = Cluster(tmp_path_factory.mktemp("lost"), stack)

        def step(done: int, total: int) -> None:
            kill(own.scheduler)

        with pytest.raises(OutputError, match="mất liên lạc"):
            run(path, Options(LATER, executor=own.name), step)
    result = run_once(path)
    assert not result.failed and result.before > 0 and result.before + result.made == result.jobs


def test_a_cluster_without_workers_is_told_and_not_waited_for(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("docgen.batch.executors._NO_WORKERS", 1.0)
    path = office(tmp_path, FEW, *"abcdefgh", of=SAMPLE)
    with ExitStack() as stack:
        own = Cluster(tmp_path_factory.mktemp("none"), stack)

        def step(done: int, total: int) -> None:
            for worker in own.workers:
                kill(worker)

        with pytest.raises(OutputError, match="không còn máy làm việc nào"):
            run(path, Options(LATER, executor=own.name), step)
    result = run_once(path)
    assert not result.failed and result.before > 0 and result.before + result.made == result.jobs


def test_a_fault_of_a_worker_costs_its_jobs_and_not_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_parcel: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(remote, "_worked", full)
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: tat_ca}\n")
    jobs = tuple(jobs_of(path))
    made = work_remotely(packed(Task(str(tmp_path), "ke-hoach/a", jobs)))
    assert [one.state for one in made] == [State.FAILED] * len(jobs)
    assert "No space left" in made[0].message


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("dask://127.0.0.1:1", OutputError, "không có trình điều phối Dask"),
        ("dask://may", UsageError, "dask://HOST:PORT"),
    ],
)
def test_a_cluster_that_is_not_there_is_told(
    name: str, error: type[Exception], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("docgen.batch.executors._PATIENCE", "1s")
    with pytest.raises(error, match=said):
        workplace(name, None)


def test_a_parcel_holds_all_that_its_documents_need(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: tat_ca, templates: mau-rieng}\n")
    templates = tmp_path / "mau-rieng"
    templates.mkdir()
    (templates / "ke_hoach.docx").write_bytes((shipped_templates() / "ke_hoach.docx").read_bytes())
    task = Task(str(tmp_path), "ke-hoach/a", tuple(jobs_of(path)))
    parcel = packed(task)
    run_once(path)
    (tmp_path / "ke-hoach").rename(tmp_path / "nowhere")  # the other machine has none of it
    made = work_remotely(parcel)
    assert {name: content for one in made for name, content in one.files.items()} == {
        f"output/{name}": content for name, content in documents(tmp_path / "output").items()
    }


def test_another_version_makes_nothing(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: tat_ca}\n")
    parcel = replace(packed(Task(str(tmp_path), "ke-hoach/a", tuple(jobs_of(path)))), version="0")
    made = work_remotely(parcel)
    assert {one.state for one in made} == {State.FAILED} and "cùng một phiên bản" in made[0].message
    assert remote.__version__ in made[0].message
