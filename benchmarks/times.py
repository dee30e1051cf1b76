"""How fast the stages of time are beside the parse: characters a second on one core, and where the time goes.

Counted are the stages that find time expressions, the report's date and the days meant (times, dating, resolution), in
CPU time of this process, as they run in a whole reading; medians of some rounds are printed. The reports are read as
they are and once more without the line that says when they came out, so that their date is inferred. Aim: at least
50,000 characters a second, either way. ``--profile`` prints the functions that take most.

    python benchmarks/times.py [--n 10] [--rounds 3] [--files FOLDER] [--profile] [--json] [--strict]
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import re
import statistics
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

if __package__ is None or __package__ == "":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.speed import documents, timed
from onrecord.extract.parse import Parse, Tools, load_tools
from onrecord.pipeline import STAGES, Stage, read_document
from onrecord.record import Document, Reading, make_id

AIM = 50_000
COUNTED = ("times", "dating", "resolution")
# They stand on the days found, and are shown beside them.
BESIDE = ("said-when", "tenure", "chronology")
DATED = re.compile(r"^(?:Published|Updated)\b.*\n+", re.MULTILINE)
PROFILED = 25


@dataclass(frozen=True, slots=True)
class Pace:
    """What one set of texts took: CPU seconds by stage, expressions found, and characters a second of those counted."""

    name: str
    documents: int
    characters: int
    expressions: int
    dated: int
    stages: dict[str, float]
    rate: float


def without_dates(docs: Sequence[Document]) -> list[Document]:
    """The same reports without the line that says when they came out."""
    texts = [DATED.sub("", doc.text) for doc in docs]
    return [Document(make_id("r", text), text) for text in texts]


def measure(name: str, docs: Sequence[Document], tools: Tools, rounds: int) -> Pace:
    """Read the documents some times over; medians of the rounds, the first of which warms up and is left out."""
    by_stage: defaultdict[str, list[float]] = defaultdict(list)
    readings: list[Reading] = []
    for turn in range(-1, rounds):
        spent: defaultdict[str, float] = defaultdict(float)
        stages = [timed(stage, spent) for stage in STAGES]
        readings = [read_document(doc, tools, stages) for doc in docs]
        for stage in (*COUNTED, *BESIDE) if turn >= 0 else ():
            by_stage[stage].append(spent[stage])
    medians = {stage: statistics.median(seconds) for stage, seconds in by_stage.items()}
    characters = sum(len(doc.text) for doc in docs)
    return Pace(
        name,
        len(docs),
        characters,
        sum(len(reading.times) for reading in readings),
        sum(reading.published is not None for reading in readings),
        medians,
        characters / sum(medians[stage] for stage in COUNTED),
    )


def profile(docs: Sequence[Document], tools: Tools) -> None:
    """Print the functions in which the counted stages spend most of their own time."""
    profiler = cProfile.Profile()
    for doc in docs:
        read_document(doc, tools, [_profiled(stage, profiler) for stage in STAGES])
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(PROFILED)


def _profiled(stage: Stage, profiler: cProfile.Profile) -> Stage:
    def find(reading: Reading, parse: Parse, tools: Tools) -> object:
        return profiler.runcall(stage.find, reading, parse, tools)

    return replace(stage, find=find) if stage.name in COUNTED else stage


def show(pace: Pace) -> None:
    """Print one table."""
    print(
        f"{pace.name}: {pace.documents} documents, {pace.characters:,} characters, {pace.expressions:,} time "
        f"expressions, {pace.dated} with a date or bounds of it"
    )
    print(f"{'':24}{'CPU s':>10}{'chars/s':>12}")
    for stage, seconds in pace.stages.items():
        mark = "  " if stage in COUNTED else " ("
        rate = f"{pace.characters / seconds:12,.0f}" if seconds else ""
        print(f"{mark}{stage + (')' if stage in BESIDE else ''):22}{seconds:10.3f}{rate}")
    print(f"{' + '.join(COUNTED):34}{pace.rate:12,.0f}  (aim {AIM:,})\n")


def main() -> int:
    """Measure, print; exit code 1 with --strict if the aim was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=10, help="made reports (default 10)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--files", type=Path, help="a folder of .txt files, instead of made reports and the affair")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--strict", action="store_true", help="exit 1 if the aim is missed")
    given = parser.parse_args()
    docs = documents(given.files, given.n)
    if not docs or given.rounds < 1:
        parser.error("there is nothing to measure: no .txt file there, or no rounds")
    tools = load_tools()
    sets = {"as they are": docs, "without date lines": without_dates(docs)}
    paces = [measure(name, some, tools, given.rounds) for name, some in sets.items()]
    if given.json:
        print(json.dumps([asdict(pace) for pace in paces]))
    else:
        for pace in paces:
            show(pace)
    if given.profile:
        profile(sets["without date lines"], tools)
    missed = [pace for pace in paces if pace.rate < AIM]
    for pace in missed:
        print(f"MISSED: {pace.rate:,.0f} characters a second ({pace.name}), aim {AIM:,}", file=sys.stderr)
    return int(given.strict and bool(missed))


if __name__ == "__main__":
    sys.exit(main())
