"""The engines: the same answer from each, in order, little ahead, and no worker's death stops the rest.

``eval`` is the work in these tests: a function that every worker can be sent, with items that say what is to happen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from onrecord.engine import ENGINES, FEW, LOOK_AHEAD, Lost, ReadWith, engine_named, processes, serial
from onrecord.errors import BadPlug
from onrecord.record import Document, make_id

DIES = "__import__('os')._exit(9)"
IS_KILLED = "__import__('os').kill(__import__('os').getpid(), 9)"


@pytest.mark.parametrize("name", ENGINES)
def test_results_come_in_the_order_of_the_items(name: str) -> None:
    items = [f"__import__('time').sleep({0.05 if n % 5 == 0 else 0}) or {n}" for n in range(20)]
    assert list(engine_named(name)(eval, items, 2)) == list(range(20))
    assert list(engine_named(name)(eval, [], 2)) == []


def test_both_engines_read_the_same(tools: object) -> None:
    texts = [f"The mayor of Quell said on 4 May 2020 that {n} dockers had left Lorm." for n in range(FEW + 2)]
    documents = [Document(make_id("r", text), text) for text in texts]
    assert list(processes(ReadWith(), documents, 2)) == list(serial(ReadWith(), documents))


@pytest.mark.parametrize(
    ("death", "cause"), [(DIES, "ended with code 9"), (IS_KILLED, "was killed (often: out of memory)")]
)
def test_a_worker_that_dies_costs_only_its_item(death: str, cause: str) -> None:
    items = ["1", "2", death, "4", "5", death, "7", "8"]
    results = list(processes(eval, items, 2))
    assert [result for result in results if not isinstance(result, Lost)] == [1, 2, 4, 5, 7, 8]
    lost = [result for result in results if isinstance(result, Lost)]
    assert [loss.item for loss in lost] == [death, death]
    assert all(cause in loss.cause for loss in lost)
    assert isinstance(results[2], Lost)


def test_an_item_that_died_by_chance_gets_a_second_try(tmp_path: object) -> None:
    flag = f"{tmp_path}/was-here"
    once = (
        f"exec('''import os\\nif not os.path.exists({flag!r}):\\n open({flag!r}, 'w').close()\\n os._exit(1)''') or 3"
    )
    assert list(processes(eval, ["1", "2", once, "4", "5"], 2)) == [1, 2, 3, 4, 5]


def test_too_little_memory_is_a_loss_not_the_end() -> None:
    items = ["1", "(_ for _ in ()).throw(MemoryError())", "3", "4", "5"]
    for engine in (serial, processes):
        results = list(engine(eval, items, 2))
        assert [type(result) for result in results] == [int, Lost, int, int, int]


def test_an_error_of_the_work_comes_out_here(capfd: pytest.CaptureFixture[str]) -> None:
    for engine in (serial, processes):
        results = engine(eval, ["1", "2", "3", "4 / 0", "5"], 2)
        assert [next(results) for _ in range(3)] == [1, 2, 3]
        with pytest.raises(ZeroDivisionError):
            next(results)
    assert capfd.readouterr().err == ""


def test_only_a_few_items_are_taken_ahead() -> None:
    taken = 0

    def items() -> Iterator[str]:
        nonlocal taken
        for n in range(200):
            taken += 1
            yield str(n)

    results = processes(eval, items(), 2)
    for n in range(5):
        assert next(results) == n
    assert taken <= 5 + 2 * LOOK_AHEAD + 1
    results.close()  # type: ignore[attr-defined]


def test_what_a_library_prints_and_asks_does_no_harm(capfd: pytest.CaptureFixture[str]) -> None:
    items = ["print('loud') or 1", "__import__('sys').stdin.read() and 0 or 2", "3", "4"]
    assert list(processes(eval, items, 2)) == [1, 2, 3, 4]
    assert "loud" in capfd.readouterr().err


def test_workers_inherit_no_open_file() -> None:
    read_end, write_end = os.pipe()
    os.set_inheritable(write_end, True)
    held = f"__import__('os').path.exists('/proc/self/fd/{write_end}') and __import__('os').fstat({write_end}).st_ino"
    ino = os.fstat(write_end).st_ino
    assert ino not in list(processes(eval, [held] * 4, 2))
    os.close(read_end)
    os.close(write_end)


def test_leaving_early_ends_the_workers_at_once() -> None:
    results = processes(eval, ["__import__('os').getpid()"] * 2 + ["__import__('time').sleep(60)"] * 6, 2)
    pid = next(results)
    began = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 10
    assert isinstance(pid, int)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("onrecord-worker")]


def test_ctrl_c_ends_all_at_once() -> None:
    program = (
        "from onrecord.engine import processes\n"
        "print('begun', flush=True)\n"
        "list(processes(eval, ['__import__(\"time\").sleep(60)'] * 8, 2))\n"
    )
    run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == "begun\n"
    time.sleep(0.5)
    run.send_signal(2)
    _, errors = run.communicate(timeout=20)
    assert errors.count("KeyboardInterrupt") == 1


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks for the worker in /proc")
def test_workers_do_not_outlive_a_killed_parent() -> None:
    program = (
        "from onrecord.engine import processes\n"
        'for pid in processes(eval, [\'__import__("time").sleep(0.3) or __import__("os").getpid()\'] * 99, 2):\n'
        "    print(pid, flush=True)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    worker = run.stdout.readline().strip()
    run.kill()
    run.communicate()
    until = time.monotonic() + 10
    while os.path.exists(f"/proc/{worker}/cmdline") and time.monotonic() < until:
        with open(f"/proc/{worker}/stat") as stat:
            if " Z " in stat.read():
                break
        time.sleep(0.1)
    assert time.monotonic() < until


def test_one_core_or_few_items_start_no_process() -> None:
    own = os.getpid()
    assert set(processes(eval, ["__import__('os').getpid()"] * 9, 1)) == {own}
    assert set(processes(eval, ["__import__('os').getpid()"] * (FEW - 1), 2)) == {own}
    assert own not in set(processes(eval, ["__import__('os').getpid()"] * FEW, 2))


def test_an_unknown_engine_names_those_there_are() -> None:
    with pytest.raises(BadPlug, match="no engine 'steam'; there are processes, serial"):
        engine_named("steam")
