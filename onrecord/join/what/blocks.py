"""Blocks: which tellings are compared at all.

Two tellings are compared if they share two blocks: a kind of act together with one or two things besides that both
tell, such as a name, a rare word, a name and a week. A block may hold the tellings of ten thousand reports on one act,
so in one with more than ``HUBS`` members the rest meet only its hubs, the members with the least numbers; numbers are
digests, so the hubs are a fair sample, and who meets whom depends on what is there, never on the order in which it
came.

``Shelf`` is where tellings stand: in memory here, in a case file elsewhere. What a report changes when it comes or
goes is its own tellings, and those that become hubs or cease to be.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Protocol

from onrecord.join.what.signs import rarity, stem
from onrecord.join.what.telling import UNNAMED, Setting, Telling
from onrecord.record import EventType, Id
from onrecord.senses import base, main_sense

# In a block with more members than this, all others meet only the first so many.
HUBS = 24
# Tellings are compared that meet in so many blocks: one name alone, or one word, brings nothing together.
ENOUGH = 2
# How many names of a telling make blocks: who takes part and where, then who stands beside, then the report's own.
OWN, AROUND = 4, 3
# How many rare words of a telling make blocks, and their mark.
WORDS, WORD = 4, "~"
# A word as frequent as the name of a month brings nothing together.
RARE = 3.0
WEEK = 7
# A stretch that is longer is no slot: "last year" brings nothing together.
LONGEST = 31

Entry = tuple[Telling, Setting]
Scored = tuple[int, int, float]


def number_of(event: Id) -> int:
    """The number of an event: a digest of its id, below 2**63."""
    return int.from_bytes(hashlib.blake2b(event.encode(), digest_size=8).digest()) >> 1


def keys_of(telling: Telling, setting: Setting) -> tuple[int, ...]:
    """The blocks that a telling stands in, as signed 64-bit numbers.

    Each is a kind of act beside one thing that is told (a name, a rare word), for cases in which little is told, or
    beside two (two names, a name and a week, a name and a number), for cases in which very much is.
    """
    names = sorted(_names(telling, setting))
    numbers = [f"{number.min} {number.max} {number.unit}" for number in telling.numbers if number.min is not None]
    things = [
        *names,
        *(f"{WORD}{word}" for word in _rarest(telling)),
        *(f"{one} {other}" for one, other in combinations(names, 2)),
        *(f"{name} {other}" for name in names for other in (*_weeks(telling), *numbers)),
    ]
    return tuple(dict.fromkeys(_digest(f"{kind}|{thing}") for kind in families(telling) for thing in things))


def _rarest(telling: Telling) -> list[str]:
    """The stems of the rarest words beside the act, those of its clause before those of its sentence."""
    own = _rare(telling.clause)[:WORDS]
    others = [word for word in _rare(telling.sentence) if word not in own]
    return own + others[: WORDS - len(own)]


def _rare(words: Iterable[str]) -> list[str]:
    stems = {stem(word) for word in words}
    return sorted((word for word in stems if rarity(word) >= RARE), key=lambda word: (-rarity(word), word))


def families(telling: Telling) -> tuple[str, ...]:
    """The kinds of act that a telling may be of: its PLOVER type; without one, its word and what that mostly means."""
    if telling.type not in {EventType.OTHER, EventType.SAY}:
        return (telling.type.value,)
    sense = main_sense(telling.verb)
    return (base(telling.verb),) if sense is None else (base(telling.verb), str(sense))


def _names(telling: Telling, setting: Setting) -> list[str]:
    """The last words of the names that a telling stands beside, at most ``OWN``, those that take part first."""
    where = telling.where.names if telling.where is not None else ()
    part = (*telling.actors, *telling.recipients, *telling.others, *where, *telling.beside)
    own = list(dict.fromkeys(name.rpartition(" ")[2] for name in part if not name.startswith(UNNAMED)))[:OWN]
    if len(own) < AROUND:
        around = (name.rpartition(" ")[2] for name in setting.company[:AROUND])
        own += [name for name in dict.fromkeys(around) if name not in own]
    return own


def _weeks(telling: Telling) -> list[str]:
    """The weeks of a telling; those of a day, and of a week around it at the borders, are two."""
    when = telling.when
    if when is None or when.first is None or when.end is None or when.end - when.first > LONGEST:
        return []
    return [f"w{week}" for week in range((when.first - 1) // WEEK, when.end // WEEK + 1)]


@lru_cache(maxsize=262_144)
def _digest(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), signed=True)


# ------------------------------------------------------------------------------------------------ where they stand


class Shelf(Protocol):
    """Where tellings stand, by the numbers of their events."""

    def first(self, key: int, count: int) -> Sequence[int]:
        """The least numbers in a block, at most ``count``, in order."""
        ...

    def members(self, key: int) -> Sequence[int]:
        """All numbers in a block."""
        ...

    def keys(self, number: int) -> Sequence[int]:
        """The blocks of one telling."""
        ...

    def told(self, number: int) -> Entry:
        """A telling and its report's setting."""
        ...


class MemoryShelf:
    """Tellings in memory."""

    def __init__(self, told: Iterable[Entry] = ()) -> None:
        self._told: dict[int, Entry] = {}
        self._keys: dict[int, tuple[int, ...]] = {}
        self._blocks: dict[int, list[int]] = defaultdict(list)
        for one in told:
            number = number_of(one[0].event)
            self._told[number] = one
            self._keys[number] = keys_of(*one)
            for key in self._keys[number]:
                self._blocks[key].append(number)
        for block in self._blocks.values():
            block.sort()

    def __iter__(self) -> Iterator[int]:
        return iter(self._told)

    def first(self, key: int, count: int) -> Sequence[int]:
        """The least numbers in a block."""
        return self._blocks.get(key, [])[:count]

    def members(self, key: int) -> Sequence[int]:
        """All numbers in a block."""
        return self._blocks.get(key, [])

    def keys(self, number: int) -> Sequence[int]:
        """The blocks of one telling."""
        return self._keys[number]

    def told(self, number: int) -> Entry:
        """A telling and its report's setting."""
        return self._told[number]


# ------------------------------------------------------------------------------------------------ who meets whom


def partners(number: int, shelf: Shelf) -> set[int]:
    """Whom a telling meets in ``ENOUGH`` blocks. Whoever meets it is met by it."""
    found = Counter[int]()
    for key in shelf.keys(number):
        hubs = shelf.first(key, HUBS)
        found.update(shelf.members(key) if len(hubs) < HUBS or number <= hubs[-1] else hubs)
    return {other for other, blocks in found.items() if blocks >= ENOUGH and other != number}


def hubs_of(keys: Iterable[int], shelf: Shelf) -> Mapping[int, frozenset[int]]:
    """The hubs of blocks, to be compared before and after a change."""
    return {key: frozenset(shelf.first(key, HUBS)) for key in keys}


def shifted(before: Mapping[int, frozenset[int]], shelf: Shelf) -> set[int]:
    """Those that became hubs of these blocks since, or ceased to be; also those that are no longer there."""
    found = set[int]()
    for key, hubs in before.items():
        found |= hubs ^ frozenset(shelf.first(key, HUBS))
    return found


def scored(affected: Iterable[int], shelf: Shelf, score: Callable[[Entry, Entry], float]) -> Iterator[Scored]:
    """The pairs of these tellings with all whom they meet, the lesser number first, each once; none scored 0."""
    done = set[int]()
    for number in affected:  # in the order of adding: what was made of neighbours is still at hand
        mine = shelf.told(number)
        for other in partners(number, shelf):
            if other in done:
                continue
            if (found := score(mine, shelf.told(other))) != 0.0:
                yield min(number, other), max(number, other), found
        done.add(number)
