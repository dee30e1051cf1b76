"""How much two reports share, and whether it is so much that one was made from the other.

Only a report's own words count: two reporters at one news conference write down the same quotations. Whole sentences
count, and long runs: written anew from the same facts, reports share phrases, but hardly a whole sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.join.reports.passages import Passage, shared_passages
from onrecord.join.reports.wording import NO_WORD, Wording
from onrecord.record import Span

# From these shares of the shorter report's own words on, it is a copy: words of equal sentences, words of long runs.
# Set on made reports (benchmarks/copies.py): 30 % of the sentences kept give 0.23 and more, the same story written
# anew 0.14 and less; every tenth word changed leaves 0.43 and more in long runs, the same story written anew 0.22.
SENTENCES, RUNS, LONG_RUN = 0.2, 0.33, 12
# With fewer shared words, or sentences below half of the report, nothing is said.
LEAST_WORDS, LEAST_SENTENCES, HALF = 20, 3, 0.5
# A report with less of its own words than this is compared by all its words: a speech, a statement printed whole.
OWN_WORDS = 0.2
# A single block of fewer words at the end or the beginning of both is what an outlet puts under every report.
FOOT, FOOT_SHARE = 80, 0.6


@dataclass(frozen=True, slots=True)
class Side:
    """What one report has in common with another: shares of its own words, and how many sentences are the same."""

    words: int
    shared: int
    in_sentences: float
    in_runs: float
    same: int
    sentences: int
    opens: bool
    ends: bool

    @property
    def share(self) -> float:
        """The share of its words that stands in the other report."""
        return self.shared / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two reports have in common, and where."""

    passages: tuple[Passage, ...]
    left: Side
    right: Side

    @property
    def shorter(self) -> Side:
        """The side of which more is shared."""
        return max(self.left, self.right, key=lambda side: (side.share, side.words))

    @property
    def is_copy(self) -> bool:
        """Whether one was made from the other, or both from a third."""
        side = self.shorter
        if side.shared < LEAST_WORDS or self._is_foot:
            return False
        if side.same < LEAST_SENTENCES and side.share < HALF:
            return False
        return side.in_sentences >= SENTENCES or side.in_runs >= RUNS

    @property
    def _is_foot(self) -> bool:
        """Whether all that is shared is one short block at the end of both, or at the beginning."""
        together = all(self.left_gap(n) <= 1 for n in range(1, len(self.passages)))
        edge = (self.left.ends and self.right.ends) or (self.left.opens and self.right.opens)
        return together and edge and self.shorter.shared < FOOT and self.shorter.share < FOOT_SHARE

    def left_gap(self, n: int) -> int:
        """Words between a passage and the one before it."""
        before, after = self.passages[n - 1], self.passages[n]
        return after.left - before.left - before.length


def overlap(left: Wording, right: Wording) -> Overlap:
    """What two reports have in common."""
    passages = shared_passages(left, right)
    ranges = [(p.left, p.left + p.length) for p in passages], [(p.right, p.right + p.length) for p in passages]
    return Overlap(passages, _side(left, right, ranges[0]), _side(right, left, ranges[1]))


def _side(one: Wording, other: Wording, ranges: list[tuple[int, int]]) -> Side:
    counted = one.own
    if sum(counted) < OWN_WORDS * len(counted):
        counted = bytes(word != NO_WORD for word in one.words)
    shared, runs = bytearray(len(counted)), bytearray(len(counted))
    for first, end in ranges:
        shared[first:end] = counted[first:end]
        if end - first >= LONG_RUN:
            runs[first:end] = counted[first:end]
    theirs = {other.words[first:end] for first, end in other.sentences}
    told = [(first, end) for first, end in one.sentences if any(one.words[first:end])]
    same = [(first, end) for first, end in told if one.words[first:end] in theirs]
    words, last = sum(counted), len(one.words)
    while last and one.words[last - 1] == NO_WORD:
        last -= 1
    return Side(
        words,
        sum(shared),
        sum(sum(counted[first:end]) for first, end in same) / words if words else 0.0,
        sum(runs) / words if words else 0.0,
        len(same),
        len(told),
        any(first <= told[0][0] for first, _ in ranges) if told else False,
        any(end >= last for _, end in ranges),
    )


def spans_of(passages: tuple[Passage, ...], left: Wording, right: Wording) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The characters of the passages on both sides, one beside the other."""
    pairs = [passage.spans(left, right) for passage in passages]
    return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
