"""How long it takes to join reports: all of a case from nothing, and one more; made readings, one core.

Readings are made by chance from a fixed seed (``made_readings``) and written straight to a case, each with what it is
compared by, as ``onrecord add`` does. Then all are joined from nothing (pairs of events that are likely one, copies and
versions), one more report comes and goes, and the account is put together from what is kept (entities, happenings,
agreement and contradiction). Aims: 10,000 reports in at most 60 seconds, one more in at most half a second.

    python benchmarks/joining.py [--sizes 1000,10000] [--json]
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

if __package__ is None or __package__ == "":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_readings import made_readings
from onrecord import joining
from onrecord.join import join_readings
from onrecord.record import Made, Reading
from onrecord.store import queries, rows
from onrecord.store.casefile import CaseFile, create_case

AIM_ALL, AIM_ONE, AIM_REPORTS = 60.0, 0.5, 10_000
ONE_MORE = 10


def write(case: CaseFile, readings: list[Reading]) -> None:
    """Put readings into the case, waiting to be joined."""
    with case.transaction():
        run = queries.add_run(case, Made("0", (), ()), "now")
        for reading in readings:
            number = rows.add_report(case, reading, reading.document.text.encode(), "now", run)
            joining.note(case, number, reading)


def one_more(case: CaseFile, reading: Reading) -> tuple[float, float]:
    """How long it takes until one more report is joined, and until it is gone again; in seconds."""
    with case.transaction():
        run = queries.add_run(case, Made("0", (), ()), "now")
        number = rows.add_report(case, reading, reading.document.text.encode(), "now", run)
        began = time.perf_counter()
        joining.arrive(case, number, reading)
        came = time.perf_counter() - began
    with case.transaction():
        began = time.perf_counter()
        joining.leave(case, number)
        queries.remove_report(case, number, "", "now")
        gone = time.perf_counter() - began
    return came, gone


def measured(size: int, account: bool) -> dict[str, Any]:
    """All figures of one size."""
    readings = list(made_readings(size + ONE_MORE))
    with TemporaryDirectory() as folder, create_case(Path(folder) / "made.onrecord") as case:
        write(case, readings[:size])
        gc.freeze()  # the made readings are no part of what is measured
        began = time.perf_counter()
        with case.transaction():
            joining.catch_up(case)
        joined = time.perf_counter() - began
        ones = [one_more(case, reading) for reading in readings[size:]]
        found: dict[str, Any] = {
            "reports": size, "events": sum(len(r.events) for r in readings[:size]), "seconds": round(joined, 2),
            "one_more": round(max(came for came, _ in ones), 3), "one_less": round(max(gone for _, gone in ones), 3),
        }  # fmt: skip
        kept = joining.stored(case)
        assert kept is not None
        found |= {"pairs": len(kept.pairs), "links": len(kept.links)}
        if account:
            began = time.perf_counter()
            result = join_readings(readings[:size], (), kept.pairs, kept.links)
            found["account_seconds"] = round(time.perf_counter() - began, 2)
            found["in_several"] = sum(len(happening.reports) > 1 for happening in result.happenings)
        found["megabytes"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return found


def main() -> None:
    """Print the figures of each size; exit 1 if an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--no-account", action="store_true", help="Only the joining, not the account made of it.")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = [measured(int(size), not given.no_account) for size in given.sizes.split(",")]
    if given.json:
        print(json.dumps(found))
    for row in found if not given.json else ():
        print(", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in row.items()))
    missed = [row for row in found if row["reports"] == AIM_REPORTS
              and (row["seconds"] > AIM_ALL or row["one_more"] > AIM_ONE)]  # fmt: skip
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
