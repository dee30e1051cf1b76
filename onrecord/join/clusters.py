"""Clusters: which of many things are one, when all that is known is how like two of them are.

Average-link agglomeration. The two clusters whose compared pairs are most alike on average become one, until no two
are alike enough; a pair that was never compared counts neither way. The outcome does not depend on the order in which
anything is given, and nothing in one connected component touches another.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from onrecord.record import Id

Edge = tuple[Id, Id, float]
# Scores are summed as whole numbers, so that sums do not depend on their order.
UNIT = 1_000_000


def cluster(
    ids: Iterable[Id], edges: Iterable[Edge], apart: Iterable[tuple[Id, Id]] = (), enough: float = 0.5
) -> dict[Id, Id]:
    """Each id with the least id of its cluster.

    ``edges``: pairs that were compared, with scores from 0 to 1 (of a pair given twice, the higher); also low scores
    help, as they keep clusters apart. ``apart``: pairs that never come into one cluster. ``enough``: the least average
    at which clusters are joined. Ids that stand only in ``edges`` or ``apart`` are left out.

    >>> cluster("abcd", [("a", "b", 0.9), ("b", "c", 0.8), ("a", "c", 0.1), ("d", "c", 0.2)])
    {'a': 'a', 'b': 'a', 'c': 'c', 'd': 'd'}
    >>> cluster("abc", [("a", "b", 0.9), ("b", "c", 0.8)], apart=[("a", "c")])
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    names = sorted(set(ids))
    number = {name: at for at, name in enumerate(names)}
    known = ((number[a], number[b], score) for a, b, score in edges if a in number and b in number and a != b)
    forbidden = ((number[a], number[b]) for a, b in apart if a in number and b in number)
    heads = _Agglomeration(len(names), known, forbidden).run(enough)
    least: dict[int, Id] = {}
    for at, name in enumerate(names):
        least.setdefault(heads[at], name)
    return {name: least[heads[at]] for at, name in enumerate(names)}


class _Agglomeration:
    """Clusters by number, each with its neighbours: the sum of scores towards each, and how many pairs they are of."""

    def __init__(self, count: int, edges: Iterable[tuple[int, int, float]], apart: Iterable[tuple[int, int]]) -> None:
        self._up = list(range(count))
        self._near: list[dict[int, tuple[int, int]]] = [{} for _ in range(count)]
        self._apart: list[set[int]] = [set() for _ in range(count)]
        for left, right, score in edges:
            units = round(score * UNIT)
            if units > self._near[left].get(right, (-1, 1))[0]:
                self._near[left][right] = self._near[right][left] = units, 1
        for left, right in apart:
            self._apart[left].add(right)
            self._apart[right].add(left)

    def run(self, enough: float) -> list[int]:
        """Join whatever is alike enough; for each number, that of its cluster."""
        least = enough * UNIT
        waiting = [
            (-total / pairs, left, right)
            for left, near in enumerate(self._near)
            for right, (total, pairs) in near.items()
            if left < right and total / pairs >= least
        ]
        heapify(waiting)
        while waiting:
            minus, left, right = heappop(waiting)
            if not self._holds(minus, left, right):
                continue
            for one, other, average in self._merge(left, right):
                if average >= least:
                    heappush(waiting, (-average, min(one, other), max(one, other)))
        return [self._find(at) for at in range(len(self._up))]

    def _holds(self, minus: float, left: int, right: int) -> bool:
        """Whether an offer still stands: both are there, are as alike as it says, and may be one."""
        total, pairs = self._near[left].get(right, (0, 1))
        return -total / pairs == minus and right not in self._apart[left]

    def _merge(self, left: int, right: int) -> list[tuple[int, int, float]]:
        """Make one cluster of two: the one with fewer neighbours goes into the other. What is new between clusters."""
        into, gone = (left, right) if len(self._near[left]) >= len(self._near[right]) else (right, left)
        self._up[gone] = into
        changed = []
        del self._near[into][gone]
        for other, (total, pairs) in self._near[gone].items():
            if other == into:
                continue
            del self._near[other][gone]
            more, beside = self._near[into].get(other, (0, 0))
            joined = total + more, pairs + beside
            self._near[into][other] = self._near[other][into] = joined
            changed.append((into, other, joined[0] / joined[1]))
        for other in self._apart[gone]:
            self._apart[other].discard(gone)
            self._apart[other].add(into)
        self._apart[into] |= self._apart[gone]
        self._near[gone], self._apart[gone] = {}, set()
        return changed

    def _find(self, at: int) -> int:
        while self._up[at] != at:
            self._up[at] = self._up[self._up[at]]
            at = self._up[at]
        return at
