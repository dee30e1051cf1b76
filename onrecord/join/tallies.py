"""Tallies: how many of one thing there were, told with different verbs, set side by side.

"Seized 1,200 drums", "counted 640 drums" and "a shed holding 900 drums" are three acts and one number in dispute. Two
tallies are of the same where one report tells both, as the word of two voices, or where the sentences of two reports
share so many rare words that they speak of the same find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations

from onrecord.join.conflicts import link_of_positions
from onrecord.join.positions import PEOPLE, Position, Told, numbers_in
from onrecord.join.rows import lexicon
from onrecord.join.signs import rarity, stem
from onrecord.join.telling import content_words
from onrecord.record import Link, LinkKind, Quantity, Status

# Fewer of a thing than this are told in passing.
MANY = 10
# So many rare words, and so much rarity, two sentences about one find share.
SHARED, RARE = 2, 7.0
# Of very many tallies of one thing the first so many are set side by side.
MOST = 60


def compare_tallies(told: Iterable[Told]) -> Iterator[Link]:
    """The links among tallies that differ, each side with its words. ``told``: all tellings of all reports."""
    groups: dict[str, list[Position]] = {}
    for one in told:
        for tally in tallies(one):
            groups.setdefault(tally.thing, []).append(tally)
    for group in groups.values():
        kept = sorted(group, key=lambda one: (one.told.day or 0, one.told.report, one.words))[:MOST]
        for left, right in combinations(kept, 2):
            if left.told.event.id != right.told.event.id and _of_one_find(left, right):
                link = link_of_positions(left, right)
                if link is not None and link.kind is not LinkKind.AGREES:
                    yield link


def tallies(told: Told) -> Iterator[Position]:
    """The numbers of things that a telling gives as having been there."""
    event = told.event
    if event.status is not Status.HAPPENED or event.predicate not in tally_verbs():
        return
    voice = next((voice for voice in told.voices if voice.statement == event.statement), None)
    for unit, quantity in numbers_in(told):
        if voice is not None and quantity.unit not in PEOPLE and unit and _is_many(quantity):
            yield Position("quantity", unit, quantity, told, voice, quantity.span)


def _is_many(quantity: Quantity) -> bool:
    return (quantity.min or quantity.max or 0) >= MANY


def _of_one_find(one: Position, other: Position) -> bool:
    if one.told.report == other.told.report:
        return one.voice.key != other.voice.key
    shared = _rare_words(one) & _rare_words(other) - {stem(one.thing)}
    return len(shared) >= SHARED and sum(map(rarity, shared)) >= RARE


def _rare_words(tally: Position) -> frozenset[str]:
    """The stems of the words in the sentence of a tally."""
    reading = tally.told.reading
    sentence = next((s.span for s in reading.sentences if s.span.contains(tally.words)), tally.words)
    return frozenset(map(stem, content_words(sentence.cut(reading.document.text))))


@cache
def tally_verbs() -> frozenset[str]:
    """The verbs of ``tally-verbs.csv``."""
    return frozenset(lexicon("tally-verbs").by_key)
