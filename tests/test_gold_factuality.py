"""Whether it happened, on sentences of our own (gold/README.md): false happenings, and what did happen; with floors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.parse import Tools
from onrecord.pipeline import read_document
from onrecord.record import Document, Reading, Span, Status

GOLD = Path(__file__).parent.parent / "gold"


@dataclass(frozen=True, slots=True)
class Score:
    """Of the acts that did not happen: how many are shown as happened. Of those that did: how many are shown so."""

    false: list[str]
    unreal: int
    shown: int
    real: int


# At most so many false happenings, at least this share of what happened. They only get better.
FLOORS = {"factuality": (15, 0.9), "factuality-unseen": (6, 0.8)}


def rows(name: str) -> list[dict[str, Any]]:
    """The items of one file."""
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def place(text: str, word: str, nth: int) -> Span:
    """Where the nth occurrence of a word stands."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(word, at + 1)
    return Span(at, at + len(word))


def is_shown_as_happened(reading: Reading, word: Span) -> bool:
    """Whether an event on this word has the status happened."""
    return any(e.trigger.overlaps(word) and e.status is Status.HAPPENED for e in reading.events)


def shown(name: str, tools: Tools) -> Iterator[tuple[dict[str, Any], str, bool]]:
    """Each act of a file: its label, its text, and whether it is shown as happened."""
    for k, row in enumerate(rows(name)):
        reading = read_document(Document(f"r-{k}", row["text"]), tools)
        for act in row["events"]:
            word = place(row["text"], act["word"], act["nth"])
            yield act, row["text"], is_shown_as_happened(reading, word)


def score(name: str, tools: Tools) -> Score:
    """The figures of one file."""
    acts = list(shown(name, tools))
    false = [f"{act['word']}: {text}" for act, text, happened in acts if happened and not act["happened"]]
    real = [happened for act, _, happened in acts if act["happened"]]
    return Score(false, len(acts) - len(real), sum(real), len(real))


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_what_did_not_happen_is_not_shown_as_happened_and_what_did_is(name: str, tools: Tools) -> None:
    most, least = FLOORS[name]
    found = score(name, tools)
    assert found.unreal
    assert found.real
    unseen = name.endswith("unseen")  # of the unseen half only the number is told
    assert len(found.false) <= most, len(found.false) if unseen else found.false
    assert found.shown >= least * found.real, f"{found.shown} of {found.real}"
