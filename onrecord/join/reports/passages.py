"""What two reports share word for word: the maximal runs of equal words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.join.reports.wording import NO_WORD, Wording
from onrecord.record import Span

# A run of this many words is looked up; one of LONG words is a passage, and so is a whole sentence of SEED words.
SEED, LONG = 5, 8
# A copy shares a larger part of the runs of LONG words than this: made reports that keep 30 % of their sentences share
# 14 % and more, the same story written anew 6 %.
FEW_RUNS = 0.03
# Of the places where the same five words stand, so many are tried: a text that repeats itself stays linear.
TRIED = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """Words ``[left, left + length)`` of one report that are the words ``[right, right + length)`` of another."""

    left: int
    right: int
    length: int

    def spans(self, left: Wording, right: Wording) -> tuple[Span, Span]:
        """The characters on both sides."""
        return left.span(self.left, self.left + self.length), right.span(self.right, self.right + self.length)


def shared_passages(left: Wording, right: Wording) -> tuple[Passage, ...]:
    """The passages in the order of the left report, which do not overlap there; in the right one they may."""
    ours = list(_grams(left.words))
    places = _places(right.words, set(ours))
    if not places:
        return ()
    firsts, ends = ({edge[n] for edge in right.sentences} for n in (0, 1))
    starts, stops = ({edge[n] for edge in left.sentences} for n in (0, 1))
    found, at = [], 0
    for n, gram in enumerate(ours):
        if n < at or gram not in places:
            continue
        run = max((_extended(left.words, right.words, n, place, at) for place in places[gram]), key=_longest)
        whole = run.left in starts and run.right in firsts
        whole = whole and run.left + run.length in stops and run.right + run.length in ends
        if run.length >= LONG or whole:
            found.append(run)
            at = run.left + run.length
    return tuple(found)


def shared_runs(left: Sequence[str], right: Sequence[str]) -> float:
    """The share of the runs of LONG words of one report that stand in the other, of the one with fewer; 0 to 1."""
    ours, theirs = ({tuple(words[n : n + LONG]) for n in range(len(words) - LONG + 1)} for words in (left, right))
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _longest(run: Passage) -> tuple[int, int]:
    return run.length, -run.right


def _grams(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(SEED)), strict=False)


def _places(words: tuple[str, ...], wanted: set[tuple[str, ...]]) -> dict[tuple[str, ...], list[int]]:
    """Where these runs of words stand."""
    found: dict[tuple[str, ...], list[int]] = {}
    for n, gram in enumerate(_grams(words)):
        if gram in wanted and NO_WORD not in gram:
            places = found.setdefault(gram, [])
            if len(places) < TRIED:
                places.append(n)
    return found


def _extended(left: tuple[str, ...], right: tuple[str, ...], n: int, place: int, floor: int) -> Passage:
    """The run as far as it goes to both sides, not back into what was found before."""
    start = 0
    while n - start > floor and place > start and left[n - start - 1] == right[place - start - 1] != NO_WORD:
        start += 1
    end, most = SEED, min(len(left) - n, len(right) - place)
    while end < most and left[n + end] == right[place + end] != NO_WORD:
        end += 1
    return Passage(n - start, place - start, start + end)
