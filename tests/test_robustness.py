"""What may go wrong around a case: kills, a full disk, two programs at once. The case stays whole and says so."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

from onrecord.case import Case
from onrecord.errors import BadCase
from onrecord.record import Document, Made, Reading, Received, Sentence, Span, make_id

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def kill_add() -> ModuleType:
    spec = util.spec_from_file_location("kill_add", ROOT / "benchmarks" / "kill_add.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules["kill_add"] = module
    spec.loader.exec_module(module)
    return module


def test_a_kill_at_any_moment_leaves_a_whole_case(tmp_path: Path, kill_add: ModuleType) -> None:
    folder, path = tmp_path / "reports", tmp_path / "case.onrecord"
    folder.mkdir()
    kill_add.write_reports(folder, 40, seed=3)
    done = kill_add.rounds(path, folder, kills=5, seed=3, longest=0.5)
    assert [one.faults for one in done] == [()] * 5
    assert any(one.told for one in done)
    assert kill_add.finish(path, folder) == ()


def test_two_programs_at_once_both_finish(tmp_path: Path, kill_add: ModuleType) -> None:
    folder, path = tmp_path / "reports", tmp_path / "case.onrecord"
    folder.mkdir()
    kill_add.write_reports(folder, 24, seed=5)
    command = [sys.executable, "-c", kill_add.ADD, str(path), str(folder), "serial"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    outcomes = [line for out, _ in told for line in out.split()]
    assert sorted(outcomes) == ["added"] * 24 + ["there"] * 24
    assert kill_add.look_at(path) == (24, ())
    assert kill_add.finish(path, folder) == ()


# ------------------------------------------------------------------------------------------------ full disk


def long_reports(count: int) -> Iterator[Received]:
    for n in range(count):
        text = f"Report {n}. " + os.urandom(30_000).hex()
        yield Received(Document(make_id("r", text), text, title=f"Report {n}"), text.encode())


def by_hand(document: Document) -> tuple[Reading, Made]:
    sentence = Sentence(make_id("sn", document.id), Span(0, len(document.text)), 0)
    return Reading(document, (sentence,)), Made("0", (), ())


def fill(path: Path) -> tuple[int, str]:
    """Add reports until it goes no further: how many were told to be added, and what was said then."""
    told = 0
    with Case(path, work=by_hand) as case:
        try:
            for added in case.add(long_reports(200), engine="serial"):
                told += added.outcome == "added"
        except BadCase as error:
            return told, str(error)
    raise AssertionError("it was never full")


def is_whole_after(path: Path, told: int, said: str) -> None:
    assert f"nothing was lost, {told} reports are in the case" in said
    with Case(path, create=False) as case:
        assert len(case.reports()) == told
        assert case.check() == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_file_that_may_not_grow_loses_nothing(tmp_path: Path) -> None:
    program = (
        "import resource, sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from test_robustness import fill\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))\n"
        "print(*fill(Path(sys.argv[2])), sep='\\n')\n"
    )
    path = tmp_path / "a.onrecord"
    command = [sys.executable, "-c", program, str(Path(__file__).parent), str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    told, said = run.stdout.splitlines()
    assert int(told) > 3
    assert "the disk is full" in said
    is_whole_after(path, int(told), said)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """On a small file system in memory; where that cannot be mounted, the test above stands alone."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("may not mount a file system here")
    try:
        told, said = fill(disk / "a.onrecord")
        assert "the disk is full" in said
        assert told > 3
        is_whole_after(disk / "a.onrecord", told, said)
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_a_disk_that_is_full_from_the_start_leaves_no_half_case(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from onrecord.case import Case; from onrecord.errors import BadCase\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))\n"
        "try: Case(sys.argv[1])\n"
        "except BadCase as error: print(error)\n"
    )
    path = tmp_path / "a.onrecord"
    run = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert "the disk is full" in run.stdout, run.stderr
    assert list(tmp_path.iterdir()) == []
