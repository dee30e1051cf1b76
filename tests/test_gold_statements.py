"""Our own gold for who says so, and on what terms (gold/README.md): F1 of each field, over two halves; floors only
rise.

A statement of the gold is found by one of ours that shares its cue or half of its content. Words agree when they share
half of what either has (Jaccard); a field of a statement that is not in the gold counts as wrong, one of a statement
that is not found as missed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.parse import Tools
from onrecord.pipeline import read_document
from onrecord.record import Document, Id, Reading, Span, Statement

GOLD = Path(__file__).parent.parent / "gold"
Words = frozenset[int]
Gold = dict[str, Any]
FIELDS = (
    "found", "source", "kind", "terms", "reason", "knowledge", "channel", "addressee", "within", "negated",
    "hypothetical", "stance", "sourcing",
)  # fmt: skip


def passages(file: str) -> Iterator[Gold]:
    for line in (GOLD / file).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def place(text: str, words: str | dict[str, Any]) -> Span:
    """Where the words stand, in the text's characters."""
    plain, nth = (words, 1) if isinstance(words, str) else (words["words"], words["nth"])
    at = -1
    for _ in range(nth):
        at = text.index(plain, at + 1)
    return Span(at, at + len(plain))


def numbered(text: str, spans: Sequence[Span]) -> Words:
    """The words of the text that spans touch, by number."""
    found = enumerate(re.finditer(r"\w+", text))
    return frozenset(n for n, w in found if any(w.start() < s.end and s.start < w.end() for s in spans))


def alike(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


class Passage:
    """One passage of the gold beside what was read in it; ``pairs`` joins the statements of both."""

    def __init__(self, gold: Gold, reading: Reading) -> None:
        self.text: str = gold["text"]
        self.gold: list[Gold] = gold["statements"]
        self.reading = reading
        self.ours = reading.statements
        scored = [(self.likeness(g, s), i, n) for i, g in enumerate(self.gold) for n, s in enumerate(self.ours)]
        self.pairs: dict[int, int] = {}
        for score, i, n in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
            if score > 0 and i not in self.pairs and n not in self.pairs.values():
                self.pairs[i] = n

    def words(self, given: Sequence[Any]) -> Words:
        return numbered(self.text, [place(self.text, one) for one in given if one])

    def likeness(self, gold: Gold, ours: Statement) -> float:
        content = alike(self.words(gold["content"]), numbered(self.text, ours.content))
        cue = bool(self.words([gold["cue"]]) & numbered(self.text, ours.cue))
        return content + cue if cue or content >= 0.5 else 0.0

    def spans_of(self, entity: Id | None) -> list[Span]:
        return [m.span for m in self.reading.mentions if entity is not None and m.means == entity]


def spans_agree(passage: Passage, gold: Sequence[Any], ours: Sequence[Span]) -> bool:
    return alike(passage.words(gold), numbered(passage.text, ours)) >= 0.5


def grounds(field: str) -> Callable[[Passage, Gold, Statement], tuple[bool, bool, bool]]:
    """(in the gold, in ours, the two agree) for terms, reason or knowledge."""

    def compared(passage: Passage, gold: Gold, ours: Statement) -> tuple[bool, bool, bool]:
        spans = getattr(ours.source, field)
        return bool(gold[field]), bool(spans), spans_agree(passage, gold[field], spans)

    return compared


def channel(passage: Passage, gold: Gold, ours: Statement) -> tuple[bool, bool, bool]:
    right = (
        gold["channel"] is not None and ours.channel is not None and gold["channel"]["kind"] == ours.channel.kind.value
    )
    return gold["channel"] is not None, ours.channel is not None, right


def addressee(passage: Passage, gold: Gold, ours: Statement) -> tuple[bool, bool, bool]:
    spans = [ours.addressed] if ours.addressed is not None else []
    right = bool(gold["addressee"]) and bool(passage.words([gold["addressee"]]) & numbered(passage.text, spans))
    return bool(gold["addressee"]), ours.addressed is not None, right


def within(passage: Passage, gold: Gold, ours: Statement) -> tuple[bool, bool, bool]:
    outer = passage.pairs.get(gold["within"]) if gold["within"] is not None else None
    right = outer is not None and passage.ours[outer].id == ours.within
    return gold["within"] is not None, ours.within is not None, right


def source(passage: Passage, gold: Gold, ours: Statement) -> tuple[bool, bool, bool]:
    agree = bool(passage.words([gold["source"]]) & numbered(passage.text, ours.source.spans))
    return bool(gold["source"]), bool(ours.source.spans), agree


def flag(field: str) -> Callable[[Passage, Gold, Statement], tuple[bool, bool, bool]]:
    def compared(passage: Passage, gold: Gold, ours: Statement) -> tuple[bool, bool, bool]:
        return gold[field], getattr(ours, field), gold[field] and getattr(ours, field)

    return compared


def kind(passage: Passage, gold: Gold, ours: Statement) -> tuple[bool, bool, bool]:
    return True, True, gold["kind"] == ours.source.kind.value


def stance(passage: Passage, gold: Gold, ours: Statement) -> tuple[bool, bool, bool]:
    return True, True, gold["stance"] == ours.stance.value


COMPARED = {
    **{field: grounds(field) for field in ("terms", "reason", "knowledge")},
    **{field: flag(field) for field in ("negated", "hypothetical")},
    "channel": channel, "addressee": addressee, "within": within, "source": source, "kind": kind, "stance": stance,
}  # fmt: skip


def is_given(field: str, gold: Gold) -> bool:
    """Whether the gold says something in a field; 0 is the index of a statement."""
    return gold[field] is not None and gold[field] is not False and gold[field] != []


# What a statement that the gold does not hold may not have either.
STATED = ("terms", "reason", "knowledge", "channel", "addressee", "negated", "hypothetical")


def tally(file: str, tools: Tools) -> Counter[tuple[str, str]]:
    """("terms", "gold" | "ours" | "right") and so on, over all passages."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in passages(file):
        passage = Passage(row, read_document(Document(row["id"], row["text"]), tools))
        counts["found", "gold"] += len(passage.gold)
        counts["found", "ours"] += len(passage.ours)
        counts["found", "right"] += len(passage.pairs)
        for i, gold in enumerate(passage.gold):
            for field, compared in COMPARED.items():
                if i in passage.pairs:
                    result = compared(passage, gold, passage.ours[passage.pairs[i]])
                else:
                    result = (is_given(field, gold), False, False)
                for name, value in zip(("gold", "ours", "right"), result, strict=True):
                    counts[field, name] += bool(value)
        for n, ours in enumerate(passage.ours):
            if n not in passage.pairs.values():
                for field in STATED:
                    value = getattr(ours.source, field, None) or getattr(ours, field, None)
                    counts[field, "ours"] += bool(value)
        notes = [passage.words([note]) for note in row["sourcing"]]
        found = [numbered(passage.text, [note.span]) for note in passage.reading.sourcing]
        counts["sourcing", "gold"] += len(notes)
        counts["sourcing", "ours"] += len(found)
        counts["sourcing", "right"] += sum(any(alike(note, one) >= 0.5 for one in found) for note in notes)
    return counts


def f1(counts: Counter[tuple[str, str]], field: str) -> float:
    both = counts[field, "gold"] + counts[field, "ours"]
    return 2 * counts[field, "right"] / both if both else 0.0


# The least F1 of each field, in per cent; raise what is least. The second file was never looked at.
FLOORS = {
    "statements.jsonl": {
        "found": 87, "source": 87, "kind": 72, "terms": 76, "reason": 64, "knowledge": 67, "channel": 61,
        "addressee": 75, "within": 71, "negated": 73, "hypothetical": 68, "stance": 77, "sourcing": 80,
    },
    "statements-unseen.jsonl": {
        "found": 85, "source": 82, "kind": 69, "terms": 54, "reason": 51, "knowledge": 58, "channel": 48,
        "addressee": 71, "within": 66, "negated": 53, "hypothetical": 73, "stance": 73, "sourcing": 50,
    },
}  # fmt: skip


@pytest.mark.parametrize("file", sorted(FLOORS))
def test_no_field_falls_below_its_floor(file: str, tools: Tools) -> None:
    counts = tally(file, tools)
    scores = {field: round(100 * f1(counts, field), 1) for field in FIELDS}
    assert not {field: score for field, score in scores.items() if score < FLOORS[file][field]}, scores


def test_both_halves_are_large_and_alike() -> None:
    sizes = [sum(len(row["statements"]) for row in passages(file)) for file in sorted(FLOORS)]
    assert all(size > 290 for size in sizes)
