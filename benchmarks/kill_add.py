"""Kill ``add`` at random moments, again and again: is the case whole each time, and does the rest go in afterwards?

Makes invented short reports in a temporary folder, runs ``onrecord add`` on them in a process of its own, kills that
without warning (SIGKILL) after a random time, opens and checks the case, and goes on. At the end it lets ``add`` finish
and asks that every report is there exactly once. Prints a table; exit code 1 on any fault.

    python benchmarks/kill_add.py [--reports 200] [--kills 30] [--seed 7]
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from onrecord.case import Case
from onrecord.errors import OnRecordError

ADD = (
    "import sys\n"
    "from pathlib import Path\n"
    "from onrecord.case import Case\n"
    "with Case(sys.argv[1]) as case:\n"
    "    for added in case.add([Path(sys.argv[2])], engine=sys.argv[3]):\n"
    "        print(added.outcome, flush=True)\n"
)
TOWNS = ("Quell", "Lorm", "Tarvik", "Hallen", "Ombrist", "Sarn", "Veldt", "Morrin")
NAMES = ("Brana Kolt", "Ivo Tamsin", "Ruda Hale", "Pell Varga", "Ann Berel", "Tom Quist", "Orla Venn", "Dario Sund")
OFFICES = ("harbour minister", "mayor", "union leader", "police chief", "chief prosecutor", "trade envoy")
ACTS = (
    "signed a deal with {other}",
    "denied that dockers had left {town}",
    "threatened to close the port of {town}",
    "said {other} would resign",
    "met {other} in {town} on Tuesday",
    "was arrested in {town} on 4 May 2020",
    "refused to speak about the fire in {town}",
)


def write_reports(folder: Path, count: int, seed: int) -> None:
    """So many invented reports of a few sentences, the same for the same seed."""
    chance = random.Random(seed)
    for n in range(count):
        lines = [f"{chance.choice(TOWNS)}, {n}: what was told", ""]
        for _ in range(chance.randint(2, 8)):
            act = chance.choice(ACTS).format(other=chance.choice(NAMES), town=chance.choice(TOWNS))
            lines.append(f"{chance.choice(NAMES)}, the {chance.choice(OFFICES)} of {chance.choice(TOWNS)}, {act}.")
        (folder / f"report-{n:04d}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def add_and_kill(path: Path, folder: Path, engine: str, after: float, *, early: bool) -> tuple[int, int]:
    """Start ``add``, kill it so many seconds after its first result (``early``: after its start).

    Returns how many results it had given, and its exit code if it ended by itself (else 0).
    """
    run = subprocess.Popen([sys.executable, "-c", ADD, str(path), str(folder), engine], stdout=subprocess.PIPE)
    assert run.stdout is not None
    first = b"" if early else run.stdout.readline()
    time.sleep(after)
    os.kill(run.pid, signal.SIGKILL)
    told = (first + run.stdout.read()).decode().split("\n")[:-1]
    run.wait()
    run.stdout.close()
    return len(told), 0 if run.returncode == -signal.SIGKILL else run.returncode


@dataclass(frozen=True)
class Round:
    """One kill: when, how many reports the case held afterwards, what was wrong with it."""

    engine: str
    since: str
    after: float
    told: int
    held: int
    faults: tuple[str, ...]


def look_at(path: Path) -> tuple[int, tuple[str, ...]]:
    """How many reports the case holds, and its faults; no file yet is no fault."""
    if not path.exists():
        return 0, ()
    try:
        with Case(path, create=False) as case:
            return len(case.reports()), tuple(str(fault) for fault in case.check())
    except OnRecordError as error:
        return 0, (str(error),)


def rounds(path: Path, folder: Path, kills: int, seed: int, longest: float) -> list[Round]:
    """Add and kill, so many times, on one growing case; the case is begun anew whenever it is complete."""
    chance = random.Random(seed)
    done = []
    whole = len(list(folder.iterdir()))
    before = 0
    for n in range(kills):
        engine = ("serial", "processes")[n % 2]
        early = n % 5 == 0  # while it starts, and makes the file
        after = chance.uniform(0.05, longest)
        told, code = add_and_kill(path, folder, engine, after, early=early)
        held, faults = look_at(path)
        if held < max(before, told):
            faults = (*faults, f"{max(before, told) - held} reports were lost")
        if code:
            faults = (*faults, f"add ended by itself with code {code}")
        done.append(Round(engine, "start" if early else "first", after, told, held, faults))
        before = held
        if held == whole:
            before = 0
            for part in path.parent.glob(f"{path.name}*"):
                part.unlink()
    return done


def finish(path: Path, folder: Path) -> tuple[str, ...]:
    """Let ``add`` finish; what is wrong then."""
    with Case(path) as case:
        outcomes = [added.outcome for added in case.add([folder])]
        titles = [line.origin for line in case.reports()]
        faults = [str(fault) for fault in case.check()]
    names = sorted(file.name for file in folder.iterdir())
    if sorted(titles) != names:
        faults.append(f"{len(titles)} reports in the case, {len(set(titles))} of them different, of {len(names)} files")
    if "problem" in outcomes:
        faults.append(f"{outcomes.count('problem')} problems")
    return tuple(faults)


def main() -> int:
    """Run it all and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--longest", type=float, default=1.0, help="seconds until the latest kill")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, path = Path(place, "reports"), Path(place, "case.onrecord")
        folder.mkdir()
        write_reports(folder, asked.reports, asked.seed)
        done = rounds(path, folder, asked.kills, asked.seed, asked.longest)
        last = finish(path, folder)
    print(f"{'engine':10} {'killed after':>20} {'told':>5} {'held':>5}  faults")
    for one in done:
        faults = "; ".join(one.faults) or "none"
        print(f"{one.engine:10} {one.after:8.2f} s of {one.since:>6} {one.told:5} {one.held:5}  {faults}")
    print(f"then all {asked.reports} added: faults: {'; '.join(last) or 'none'}")
    return 1 if last or any(one.faults for one in done) else 0


if __name__ == "__main__":
    sys.exit(main())
