"""Our own gold for when acts happened (gold/README.md): right days, no days, wrong days; floors only rise.

The second half, from c46 on, was never looked at; the first was, after its first score.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.parse import Tools
from onrecord.pipeline import read_document
from onrecord.record import Basis, Document, Precision, Reading, TimeInterval

GOLD = Path(__file__).parent.parent / "gold" / "chronology-unseen.jsonl"
DAY = timedelta(1)
# Of each half: the least share of exact days among the datable acts that are found; the most wrong (no day in common),
# and undatable ones that were dated, of a hundred. Raise what is least, lower what is most.
FLOORS = {"seen": (0.83, 0.0, 0.0), "unseen": (0.63, 0.022, 0.0)}


def passages(half: str) -> Iterator[dict[str, Any]]:
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if (int(row["id"][1:]) > 45) is (half == "unseen"):
            yield row


def whens(reading: Reading, start: int, end: int) -> list[TimeInterval | None]:
    """The times of the events and statements that these characters tell; empty if they tell none."""
    events = [e.when for e in reading.events if e.trigger.start < end and start < e.trigger.end]
    said = [s.when for s in reading.statements for cue in s.cue if cue.start < end and start < cue.end]
    return [*events, *said]


def outcome(found: list[TimeInterval | None], gold: dict[str, Any]) -> str:
    first = date.fromisoformat(gold["from"]) if gold["from"] else None
    end = date.fromisoformat(gold["to"]) + DAY if gold["to"] else None
    when = next((w for w in found if w is not None and (w.start or w.end)), None)
    if when is None:
        return "empty"
    if (when.start, when.end) == (first, end):
        return "exact"
    apart = (first and when.end and when.end <= first) or (end and when.start and when.start >= end)
    return "wrong" if apart else "other"


def counted(half: str, tools: Tools) -> Counter[str]:
    """How many acts of a half came out how, the datable and the undatable apart; those not found are left out."""
    counts: Counter[str] = Counter()
    for row in passages(half):
        day = date.fromisoformat(row["published"])
        given = TimeInterval(day, day + DAY, Precision.DAY, Basis.EXPLICIT, inferred=False)
        reading = read_document(Document(f"r-{row['id']}", row["text"], published=given), tools)
        for gold in row["events"]:
            places = [m.start() for m in re.finditer(rf"\b{re.escape(gold['words'])}\b", row["text"])]
            start = places[gold["nth"] - 1]
            found = whens(reading, start, start + len(gold["words"]))
            kind = "datable" if gold["from"] or gold["to"] else "undatable"
            if found:
                counts[kind] += 1
                counts[f"{kind}, {outcome(found, gold)}"] += 1
    return counts


@pytest.mark.parametrize("half", sorted(FLOORS))
def test_acts_lie_on_the_days_on_which_the_report_places_them(half: str, tools: Tools) -> None:
    n = counted(half, tools)
    exact, wrong, invented = FLOORS[half]
    assert n["datable, exact"] >= exact * n["datable"], n
    assert n["datable, wrong"] <= wrong * n["datable"], n
    assert n["undatable"] - n["undatable, empty"] <= invented * n["undatable"], n


if __name__ == "__main__":
    from onrecord.extract.parse import load_tools

    for name in sorted(FLOORS):
        print(name, dict(counted(name, load_tools())))
