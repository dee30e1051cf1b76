"""How much memory onrecord takes: adds many made reports to a case with two workers and watches all its processes.

Once a second the memory of the command and all its children is added up: the proportional set size (PSS, which counts
shared pages once) where the system gives it, else the resident set size. Aim: at most 1.0 GB at any time.

    python benchmarks/memory.py [--n 2000] [--words 800] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

if __package__ is None or __package__ == "":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_text import reports

AIM_GB = 1.0
WORKERS = 2
PROC = Path("/proc")


def family(root: int) -> set[int]:
    """A process and all its living descendants."""
    children = defaultdict(list)
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError):  # it ended meanwhile
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
                children[int(parent)].append(int(entry.name))
    found, waiting = set[int](), [root]
    while waiting:
        found.add(process := waiting.pop())
        waiting += children[process]
    return found


def kilobytes(process: int) -> tuple[int, str]:
    """What a process holds, and by which measure; 0 if it has ended."""
    for name, field in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        with suppress(OSError):
            for line in (PROC / str(process) / name).read_text().splitlines():
                if line.startswith(field):
                    return int(line.split()[1]), field
    return 0, ""


def watch(command: list[str]) -> tuple[int, float, set[str], int, int]:
    """Run a command: its exit code, seconds, the measures used, the peak of the sum in kilobytes, most processes."""
    begin = time.monotonic()
    peak, most, measures = 0, 0, set[str]()
    with tempfile.TemporaryFile("w+") as said:
        running = subprocess.Popen(command, stderr=said)
        while running.poll() is None:
            held = [kilobytes(process) for process in family(running.pid)]
            measures |= {measure for _, measure in held if measure}
            peak = max(peak, sum(size for size, _ in held))
            most = max(most, len(held))
            with suppress(subprocess.TimeoutExpired):
                running.wait(1)
        said.seek(0)
        print(said.read().strip()[-500:], file=sys.stderr)
    return running.returncode, time.monotonic() - begin, measures, peak, most


def main() -> int:
    """Measure and print; exit code 1 over the aim, or if the command failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=2000)
    parser.add_argument("--words", type=int, default=800)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if not PROC.is_dir():
        print("memory cannot be measured here: this system has no /proc")
        return 0
    if hasattr(os, "sched_setaffinity"):  # the command starts a worker for each core that it may use
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:WORKERS])
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "reports"
        texts.mkdir()
        for i, text in enumerate(reports(given.n, seed=2, words=given.words)):
            (texts / f"{i:05}.txt").write_text(text, encoding="utf-8")
        program = str(Path(sys.executable).with_name("onrecord"))
        code, seconds, measures, peak, most = watch(
            [program, "add", str(Path(folder) / "memory.onrecord"), str(texts), "--quiet"]
        )
        size = sum(path.stat().st_size for path in Path(folder).glob("memory.onrecord*"))
    found: dict[str, object] = {
        "exit": code,
        "reports": given.n,
        "seconds": round(seconds, 1),
        "reports_per_second": round(given.n / seconds, 2),
        "peak_gb": round(peak / 1e6, 3),
        "measure": " + ".join(sorted(measure.strip(":") for measure in measures)),
        "processes": most,
        "case_kb_per_report": round(size / 1e3 / given.n, 1),
    }
    print(json.dumps(found) if given.json else "\n".join(f"{name:20}{value}" for name, value in found.items()))
    return int(code != 0 or peak / 1e6 > AIM_GB)


if __name__ == "__main__":
    sys.exit(main())
