"""Senses: which words for acts, events and states can tell the same; a cut of WordNet 3.0 (Princeton University).

Two packed tables lie beside this module (``words.tsv.z``, ``concepts.tsv.z``), built by ``senses/build.py``;
``LICENSE.txt`` is WordNet's own. They are unpacked on the first look-up. Words are looked up as they stand in a
dictionary; a form that does not stand there is tried without its ending. ``alike.txt`` adds, in lines of our own, what
reports put for one another and a dictionary does not.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources

from onrecord.errors import BadRule

Shares = Mapping[int, float]
# A sense in which a word is used less often than this does not count.
RARE = 0.04
_ENDINGS = (("ies", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""))


class Senses:
    """The two tables, unpacked: words in order, for looking up by halving, and concepts by number."""

    def __init__(self, words: bytes, concepts: bytes) -> None:
        self._words = words
        self._concepts = concepts.split(b"\n")

    def of(self, word: str) -> Shares:
        """The concepts that a word stands for, each with its share of the word's uses; none of an unknown word."""
        row = self._row(word.encode("utf-8", "surrogatepass"))
        cells = (cell.partition(b":") for cell in row.split())
        return {int(at): int(share) / 99 for at, _, share in cells}

    def _row(self, word: bytes) -> bytes:
        low, high = 0, len(self._words)
        while word and low < high:
            begin = self._words.rfind(b"\n", 0, (low + high) // 2) + 1
            end = self._words.find(b"\n", begin)
            found, _, row = self._words[begin:end].partition(b"\t")
            if found == word:
                return row
            low, high = (end + 1, high) if found < word else (low, begin)
        return b""

    def around(self, concept: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """What is the same thing in another part of speech, and what is wider, narrower, cause or consequence."""
        derived, _, near = self._concepts[concept].partition(b"\t")
        return tuple(map(int, derived.split())), tuple(map(int, near.split()))


@cache
def load_senses() -> Senses:
    """The senses in the package, unpacked once per process. Raises BadRule if its files are damaged."""
    folder = resources.files("onrecord").joinpath("senses")
    try:
        words, concepts = (
            zlib.decompress(folder.joinpath(f"{name}.tsv.z").read_bytes()) for name in ("words", "concepts")
        )
    except (OSError, zlib.error) as error:
        raise BadRule(f"{folder}: the senses cannot be read ({error}); install onrecord again") from error
    return Senses(words, concepts)


@lru_cache(maxsize=65_536)
def base(word: str) -> str:
    """The form under which a word is known, or the word itself.

    >>> base("killings"), base("passes away"), base("zzz")
    ('killing', 'passes away', 'zzz')
    """
    return next((form for form in _forms(word) if load_senses().of(form)), word)


def _forms(word: str) -> Iterator[str]:
    yield word
    for ending, other in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 1:
            form = word.removesuffix(ending) + other
            yield form
            if ending in {"ed", "ing"} and form[-1:] == form[-2:-1]:
                yield form[:-1]


@lru_cache(maxsize=16_384)
def _wide(word: str) -> tuple[Shares, Shares]:
    """The concepts of a word and what is the same in another part of speech; and those one step further."""
    senses = load_senses()
    same = {concept: share for concept, share in senses.of(word).items() if share >= RARE}
    for concept, share in tuple(same.items()):
        for other in senses.around(concept)[0]:
            same[other] = max(same.get(other, 0.0), share)
    near: dict[int, float] = {}
    for concept, share in same.items():
        for others in senses.around(concept):
            for other in others:
                near[other] = max(near.get(other, 0.0), share)
    return same, near


def _shared(left: Shares, right: Shares) -> float:
    if left.keys().isdisjoint(right):
        return 0.0
    return max(min(left[at], right[at]) for at in left.keys() & right.keys())


@lru_cache(maxsize=16_384)
def main_sense(word: str) -> int | None:
    """The concept that a word stands for most often, and all words for it in any part of speech; None if unknown.

    >>> main_sense("resign") == main_sense("resignation")
    True
    """
    same = _wide(base(word))[0]
    most = max(same.values(), default=0.0)
    return min((concept for concept, share in same.items() if share == most), default=None)


@lru_cache(maxsize=262_144)
def kin(left: str, right: str) -> tuple[float, float]:
    """How well two words can stand for the same act, event or state; and for two that are a step apart; from 0 to 1.

    >>> same, near = kin("arrest", "capture")
    >>> same > 0.2
    True
    >>> kin("arrest", "sing")
    (0.0, 0.0)
    """
    if left == right:
        return 1.0, 1.0
    (same, near), (other, beside) = _wide(base(left)), _wide(base(right))
    both = _shared(same, other)
    return both, max(both, _shared(near, other), _shared(same, beside))


@cache
def _lines() -> Mapping[str, frozenset[int]]:
    """For each word of ``alike.txt``, the lines in which it stands."""
    found: dict[str, set[int]] = {}
    path = resources.files("onrecord").joinpath("senses", "alike.txt")
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if not line.startswith("#"):
            for word in line.split(","):
                found.setdefault(word.strip(), set()).add(at)
    return {word: frozenset(lines) for word, lines in found.items()}


@lru_cache(maxsize=65_536)
def _alike(word: str) -> frozenset[int]:
    lines = _lines()
    return lines.get(word) or next((lines[form] for form in _forms(word) if form in lines), frozenset())


def alike(left: str, right: str) -> bool:
    """Whether reports put one of these words for the other.

    >>> alike("arrested", "detain"), alike("die", "elect")
    (True, False)
    """
    return not _alike(left).isdisjoint(_alike(right))


@lru_cache(maxsize=16_384)
def reach(word: str) -> frozenset[int]:
    """All that a word can be kin to or alike with, by number; two words that share nothing here are neither.

    >>> reach("arrest").isdisjoint(reach("sing")), reach("arrest").isdisjoint(reach("detain")), reach("zzz")
    (True, False, frozenset())
    """
    same, near = _wide(base(word))
    return frozenset((*same, *near, *(-1 - line for line in _alike(word))))
