"""Clusters: which of many things are one, when all that is known is how like two of them are.

Average-link agglomeration. The two clusters whose members are most alike on average become one, until no two are alike
enough; a pair without a score counts as not alike at all, unless it stands in one group (the tellings of one report),
for such are never compared. The outcome does not depend on the order in which anything is given, and nothing in one
connected component touches another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

from onrecord.record import Id

Edge = tuple[Id, Id, float]
# Scores are summed as whole numbers, so that sums do not depend on their order.
UNIT = 1_000_000


def cluster(
    ids: Iterable[Id],
    edges: Iterable[Edge],
    apart: Iterable[tuple[Id, Id]] = (),
    enough: float = 0.5,
    groups: Mapping[Id, Id] | None = None,
    hints: Iterable[Edge] = (),
) -> dict[Id, Id]:
    """Each id with the least id of its cluster.

    ``edges``: pairs with scores from 0 to 1 (of a pair given twice, the higher). ``apart``: pairs that never come into
    one cluster. ``enough``: the least average at which clusters are joined. ``groups``: the group of each id; pairs
    inside a group that have no score count neither way. ``hints``: pairs whose score counts in an average, but which
    alone join nothing: of two clusters that become one, at least one edge leads from one to the other. Ids that do not
    stand in ``ids`` are left out.

    >>> cluster("abcd", [("a", "b", 0.9), ("b", "c", 0.8), ("a", "c", 0.1), ("d", "c", 0.2)])
    {'a': 'a', 'b': 'a', 'c': 'c', 'd': 'd'}
    >>> cluster("abc", [("a", "b", 0.9), ("b", "c", 1.0)], apart=[("c", "b")])
    {'a': 'a', 'b': 'a', 'c': 'c'}
    >>> cluster("abc", [("a", "b", 0.9), ("b", "c", 0.8)], groups={"a": "report 1", "c": "report 1"})
    {'a': 'a', 'b': 'a', 'c': 'a'}
    >>> cluster("abcd", [("a", "b", 0.9)], hints=[("a", "c", 0.9), ("b", "c", 0.9)])
    {'a': 'a', 'b': 'a', 'c': 'c', 'd': 'd'}
    """
    names = sorted(set(ids))
    number = {name: at for at, name in enumerate(names)}
    known = [
        (number[a], number[b], score, joins)
        for given, joins in ((edges, 1), (hints, 0))
        for a, b, score in given
        if a in number and b in number and a != b
    ]
    forbidden = ((number[a], number[b]) for a, b in apart if a in number and b in number)
    members = [groups.get(name, name) if groups else name for name in names]
    heads = _Agglomeration(members, known, forbidden).run(enough)
    least: dict[int, Id] = {}
    for at, name in enumerate(names):
        least.setdefault(heads[at], name)
    return {name: least[heads[at]] for at, name in enumerate(names)}


class _Agglomeration:
    """Clusters by number, each with its neighbours.

    Of a neighbour are known the sum of scores, how many pairs have one, and how many of these are edges.

    ``groups``: how many members of each group a cluster has.
    """

    def __init__(
        self, groups: list[Id], edges: Iterable[tuple[int, int, float, int]], apart: Iterable[tuple[int, int]]
    ) -> None:
        count = len(groups)
        self._up = list(range(count))
        self._size = [1] * count
        self._groups = [Counter([group]) for group in groups]
        self._near: list[dict[int, tuple[int, int, int]]] = [{} for _ in range(count)]
        self._apart: list[set[int]] = [set() for _ in range(count)]
        for left, right, score, joins in edges:
            units, _, edge = self._near[left].get(right, (0, 1, 0))
            most = max(units, round(score * UNIT)), 1, max(edge, joins)
            self._near[left][right] = self._near[right][left] = most
        for left, right in apart:
            self._apart[left].add(right)
            self._apart[right].add(left)

    def run(self, enough: float) -> list[int]:
        """Join whatever is alike enough; for each number, that of its cluster."""
        least = enough * UNIT
        pairs = ((left, right) for left, near in enumerate(self._near) for right in near if left < right)
        waiting = [(-self._likeness(*pair), *pair) for pair in pairs]
        heapify(waiting)
        while waiting and -waiting[0][0] >= least:
            minus, left, right = heappop(waiting)
            if right in self._apart[left] or not self._near[left].get(right, (0, 0, 0))[2]:
                continue
            stands = self._likeness(left, right) == -minus
            # If one of the two has grown since, the offer has fallen, and waits for its turn.
            for pair in self._merge(left, right) if stands else [(left, right)]:
                heappush(waiting, (-self._likeness(*pair), *pair))
        return [self._find(at) for at in range(len(self._up))]

    def _likeness(self, left: int, right: int) -> float:
        """How alike two clusters are: the sum of scores over the number of pairs that could have one."""
        total, known, _ = self._near[left][right]
        small, large = sorted((self._groups[left], self._groups[right]), key=len)
        inside = sum(count * large[group] for group, count in small.items())
        return total / max(known, self._size[left] * self._size[right] - inside)

    def _merge(self, left: int, right: int) -> list[tuple[int, int]]:
        """Make one cluster of two: the one with fewer neighbours goes into the other. The pairs that have changed."""
        into, gone = (left, right) if len(self._near[left]) >= len(self._near[right]) else (right, left)
        self._up[gone] = into
        self._size[into] += self._size[gone]
        self._groups[into].update(self._groups[gone])
        del self._near[into][gone]
        changed = []
        for other, (total, known, edges) in self._near[gone].items():
            if other == into:
                continue
            del self._near[other][gone]
            more, beside, others = self._near[into].get(other, (0, 0, 0))
            self._near[into][other] = self._near[other][into] = total + more, known + beside, edges + others
            changed.append((min(into, other), max(into, other)))
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
