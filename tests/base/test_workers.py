"""Work in processes that hang, die or eat memory: it costs the guilty item only."""

import os
import signal
import sys
import time
from functools import partial
from multiprocessing import get_context

import pytest

from docgen.base.workers import Died, end_silent, process_pool, time_limit, work_off


def double(item: int) -> int:
    return item * 2


def hangs_at_3(item: int) -> int:
    with time_limit(1.0):
        if item == 3:
            time.sleep(600)
        return item


def dies_at_3(item: int) -> int:
    if item == 3:
        os._exit(9)
    return item


def eats_at_3(item: int) -> str:
    try:
        return f"{item}: {len(bytearray(2 * 1024**3)) if item == 3 else 0}"
    except MemoryError:
        return f"{item}: too much"


def alone(item: int) -> tuple[list[int], list[int]]:
    return [item], []


def found(work: object, count: int = 2) -> tuple[list[object], list[int]]:
    results = list(work_off(range(8), work, process_pool, count, alone))  # type: ignore[arg-type] # of any result
    done = sorted(one for one in results if not isinstance(one, Died))
    return done, [one.item for one in results if isinstance(one, Died)]


def test_all_items_come_back() -> None:
    assert found(double) == ([0, 2, 4, 6, 8, 10, 12, 14], [])


@pytest.mark.parametrize("work", [hangs_at_3, dies_at_3])
def test_the_guilty_item_is_told_and_all_others_are_done(work: object) -> None:
    assert found(work) == ([0, 1, 2, 4, 5, 6, 7], [3])


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of memory there")
def test_memory_is_bounded() -> None:
    results = list(work_off(range(4), eats_at_3, partial(process_pool, memory=1024), 1, alone))
    assert sorted(map(str, results)) == ["0: 0", "1: 0", "2: 0", "3: too much"]


def stops_at_3(item: int) -> int:
    if item == 3:
        os.kill(os.getpid(), signal.SIGSTOP)
    return item


@pytest.mark.skipif(sys.platform == "win32", reason="processes aren't stopped by signals there")
def test_a_process_that_is_silent_is_ended_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.base.workers._TICK", 0.2)
    bystander = get_context("spawn").Process(target=time.sleep, args=(60,))
    bystander.start()
    try:
        results = list(work_off(range(6), stops_at_3, process_pool, 1, alone, patience=end_silent(3.0)))
        assert [one.item for one in results if isinstance(one, Died)] == [3]
        assert sorted(one for one in results if not isinstance(one, Died)) == [0, 1, 2, 4, 5]
        assert bystander.is_alive()
    finally:
        bystander.kill()


def test_items_are_taken_as_workers_become_free() -> None:
    taken: list[int] = []

    def items() -> object:
        for number in range(50):
            taken.append(number)
            yield number

    ahead = [len(taken) - done for done, _one in enumerate(work_off(items(), double, process_pool, 1, alone), 1)]  # type: ignore[arg-type]
    assert len(taken) == 50 and max(ahead) <= 3
