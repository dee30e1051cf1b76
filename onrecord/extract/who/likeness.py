"""How likely two mentions of a report mean the same, by the learned head: asked of each mention and those before it.

Computed once for the whole report and in one go; the walk through the report then weighs it against what rules know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from onrecord.extract.encoding import quote_states
from onrecord.extract.who import pairing
from onrecord.extract.who.phrases import Phrase, is_thing
from onrecord.extract.who.seeing import word_at
from onrecord.record import Form, Id

if TYPE_CHECKING:
    from onrecord.extract.parse import Parse
    from onrecord.extract.who.head import Sights

# How many mentions back a pronoun, and a noun, may reach; a noun reaches further to one with the same head.
PRONOUN_REACH, NOUN_REACH, SAME_HEAD = 40, 80, 12
# How likely a thing must stand in a chain to be put into one.
IN_CHAIN = 0.5
# Pairs that are scored together.
TOGETHER = 16384


def is_apart(phrase: Phrase, in_chain: float) -> bool:
    """Whether a mention is a thing that hardly stands in a chain; ``in_chain``: how likely it does."""
    return is_thing(phrase) and in_chain < IN_CHAIN


class Likeness:
    """The scores of pairs of mentions: log odds against meaning nobody before."""

    def __init__(self, parse: Parse, sights: Sights, found: Sequence[Phrase]) -> None:
        self._found = sorted(found, key=lambda phrase: (phrase.token.i, phrase.start))
        self._number = {phrase.mention.id: n for n, phrase in enumerate(self._found)}
        self._scores: list[list[tuple[int, float]]] = [[] for _ in self._found]
        self._sights = sights
        self._words = {phrase.mention.id: word_at(parse, phrase.token.i) for phrase in self._found}
        sides = _sides(parse, sights, self._found)
        pairs = list(self._pairs(sides, sights))
        for begin in range(0, len(pairs), TOGETHER):
            part = pairs[begin : begin + TOGETHER]
            scored = sights.pairs(sides, [i for i, _ in part], [j for _, j in part])
            for (i, j), score in zip(part, scored, strict=True):
                self._scores[i].append((j, float(score)))

    def _pairs(self, sides: Sequence[pairing.Side], sights: Sights) -> Iterator[tuple[int, int]]:
        """The pairs that will be asked for: names join by rules, and what stands apart takes nothing up."""
        heads: dict[str, list[int]] = {}
        for i, (side, phrase) in enumerate(zip(sides, self._found, strict=True)):
            if phrase.mention.form is Form.NAME or is_apart(phrase, sights.chain(side.word)):
                heads.setdefault(side.head, []).append(i)
                continue
            pronoun = phrase.mention.form is Form.PRONOUN
            first = max(0, i - (PRONOUN_REACH if pronoun else NOUN_REACH))
            yield from ((i, j) for j in range(first, i))
            if not pronoun:
                same = heads.setdefault(side.head, [])
                yield from ((i, j) for j in same[-SAME_HEAD:] if j < first)
                same.append(i)

    def stands_apart(self, phrase: Phrase) -> bool:
        """Whether a thing is one that no other mention goes with."""
        return is_apart(phrase, self._sights.chain(self._words[phrase.mention.id]))

    def goes_on(self, phrase: Phrase) -> float:
        """How likely a mention takes up one before it."""
        return self._sights.later(self._words[phrase.mention.id])

    def of(self, phrase: Phrase) -> Iterator[tuple[Id, float]]:
        """The mentions before a mention, and how likely it means the same as each."""
        for j, score in self._scores[self._number[phrase.mention.id]]:
            yield self._found[j].mention.id, score


def _sides(parse: Parse, sights: Sights, found: Sequence[Phrase]) -> list[pairing.Side]:
    words = sights.words
    stops = list(accumulate(word in {".", "!", "?"} for word in words))
    opened = [0] * len(words)
    inside = [False] * len(words)
    if words:
        states = quote_states(words, sights.opens)
        opened = list(accumulate(state == 2 for state in states))
        inside = [state > 0 for state in states]
    sides = []
    for phrase in found:
        name = phrase.mention.form is Form.NAME
        head = parse.tokens(phrase.mention.head)
        word = min(word_at(parse, head[-1].i if name else phrase.token.i), len(words) - 1)
        core = [token.text for token in head] if name else [phrase.token.text]
        start = min(word_at(parse, phrase.start), word)
        kind = pairing.word_type(words, name, phrase.mention.form is Form.PRONOUN, start, word)
        sides.append(
            pairing.Side(
                word, "".join(pairing.core_words([words[word]])), pairing.core_words(core), kind,
                sights.several(word), inside[word], opened[word], stops[word],
            )
        )  # fmt: skip
    return sides
