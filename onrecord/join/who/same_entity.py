"""The same person, body or place in several reports.

Two steps. First the bearers of one bare name are compared, and fall into as many groups as there are bearers to be
told apart: namesakes with other offices, in other countries, in other company stay two. Then shorter names (a surname,
an acronym, a firm without its trade) go to the one bearer of a longer name whom they fit, if one fits best; what fits
two is left alone. Nobody unnamed is ever joined to anybody, but by a person's decision.

Blocking: only bearers that share a bare name, a surname, initials or a stem are compared, and of many bearers of one
name each meets at most ``RIVALS``, so that the work grows with the number of entities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.join.who.bearers import Bearer, Neighbourhood, gather, is_full
from onrecord.join.who.decided import Decided, because, decided
from onrecord.join.who.likeness import ENOUGH, MARGIN, compare, may_be_one, namesakes
from onrecord.join.who.merged import merged
from onrecord.join.who.short_names import Longer, acronyms, firms, fuller_names, local_bodies, lone_surnames
from onrecord.record import Decision, Entity, Id, Kind, Link, LinkKind, Reading, Reason, make_id

# With how many bearers of one name, those of whom most is known, each further one is compared.
RIVALS = 24
# Kinds that may have acronyms, and trades in their names.
BODIES = frozenset({Kind.ORGANISATION, Kind.GROUP, Kind.OTHER, Kind.PLACE})


def join_entities(
    readings: Sequence[Reading], decisions: Sequence[Decision] = ()
) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
    """The entities of all readings, those that are the same joined, and a link for each join.

    A joined entity keeps the id it had in the report that was added first, and shows the fullest of its names. Which
    entities are joined does not depend on the order of the reports. What people decided comes before any rule.
    """
    bearers, around = gather(readings)
    joiner = _Joiner(bearers, around)
    said = decided(decisions)
    joiner.obey(said)
    joiner.settle_namesakes()
    joiner.place_short_names()
    groups = {last.first: last for last in (bearer.final() for bearer in bearers)}
    return tuple(merged(groups[first], said) for first in sorted(groups)), tuple(joiner.links)


@dataclass(slots=True)
class _Rival:
    """One of the bearers of a name that are told apart. ``by_decision``: only because somebody said so."""

    bearer: Bearer
    by_decision: bool = False


@dataclass(slots=True)
class _Fit:
    """How well a rival fits."""

    rival: _Rival
    score: float
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class _Joiner:
    """Joins bearers; ``links`` are the joins made, in the order of making."""

    bearers: list[Bearer]
    around: Neighbourhood
    links: list[Link] = field(default_factory=list)

    def unite(self, one: Bearer, other: Bearer, score: float, reasons: tuple[Reason, ...], by: str = "rule") -> Bearer:
        """Make two bearers one; the one of more entities takes in the other."""
        left, right = sorted((one, other), key=lambda bearer: bearer.first)
        ids = left.entities[left.first].id, right.entities[right.first].id
        self.links.append(Link(make_id("l", *ids), *ids, LinkKind.SAME_ENTITY, score, by, reasons=reasons))
        large, small = sorted((one, other), key=lambda bearer: (-len(bearer.entities), bearer.id))
        large.absorb(small)
        return large

    def obey(self, said: Decided) -> None:
        """Join and keep apart what people decided; of two decisions that contradict each other the first holds."""
        by_id = {bearer.id: bearer for bearer in self.bearers} if said.same or said.different else {}
        for decision in said.different:
            one, other = by_id.get(decision.left), by_id.get(decision.right or "")
            if one is not None and other is not None:
                one.apart.add(other.id)
                other.apart.add(one.id)
        for decision in said.same:
            one, other = by_id.get(decision.left), by_id.get(decision.right or "")
            if one is None or other is None:
                continue
            one, other = one.final(), other.final()
            if one is not other and one.apart.isdisjoint(other.ids):
                self.unite(one, other, 1.0, (because(decision),), "person")

    def finals(self) -> list[Bearer]:
        """The named bearers as they now are, in an order that does not depend on that of the reports."""
        found = {bearer.id: bearer for bearer in (each.final() for each in self.bearers if each.keys)}
        return [found[id_] for id_ in sorted(found)]

    # -------------------------------------------------------------------------------------------- one name

    def settle_namesakes(self) -> None:
        """Tell the bearers of each name apart, and join those that are one."""
        blocks: dict[tuple[str, ...], list[Bearer]] = defaultdict(list)
        for bearer in self.bearers:
            for block in _blocks(bearer):
                blocks[block].append(bearer)
        for block in sorted(block for block, bearers in blocks.items() if len(bearers) > 1):
            self._settle(block[-1], blocks[block])

    def _settle(self, key: str, bearers: Iterable[Bearer]) -> None:
        """Those of whom most is known come first; each further one joins the one whom it fits, or stands for itself."""
        waiting = {bearer.id: bearer for bearer in (each.final() for each in bearers)}.values()
        rivals: list[_Rival] = []
        for bearer in sorted(waiting, key=lambda bearer: (*(-n for n in bearer.richness), bearer.id)):
            fits, decided_apart = [], False
            for rival in rivals[:RIVALS]:
                if may_be_one(rival.bearer, bearer):
                    base = namesakes(rival.bearer, bearer, key)
                    fits.append(_Fit(rival, *compare(rival.bearer, bearer, base, self.around)))
                decided_apart = decided_apart or not rival.bearer.apart.isdisjoint(bearer.ids)
            fits = [fit for fit in fits if fit.score >= ENOUGH]
            best = _best(fits)
            if best is not None:  # one that fits several stands for nobody, and is left alone
                best.rival.bearer = self.unite(best.rival.bearer, bearer, best.score, best.reasons)
            elif not fits:
                rivals.append(_Rival(bearer, decided_apart))

    # -------------------------------------------------------------------------------------------- shorter names

    def place_short_names(self) -> None:
        """Give shorter names to the one bearer of a longer name whom they fit best, if one does."""
        bodies = [bearer for bearer in self.finals() if bearer.kind in BODIES]
        for short, longer in (*acronyms(bodies), *firms(bodies), *local_bodies(bodies, self.around.towns)):
            self._attach(short, longer)
        people = [bearer for bearer in self.finals() if bearer.kind is Kind.PERSON]
        for short, longer in [*fuller_names(people)]:
            self._attach(short, longer)
        finals = self.finals()
        people = [bearer for bearer in finals if bearer.kind is Kind.PERSON]
        bodies = [bearer for bearer in finals if bearer.kind in BODIES - {Kind.PLACE}]
        for short, longer in [*lone_surnames(people, bodies, self.around)]:
            self._attach(short, longer)

    def _attach(self, short: Bearer, longer: Iterable[Longer]) -> None:
        short = short.final()
        found: dict[Id, _Fit] = {}
        for bearer, base in longer:
            bearer = bearer.final()
            if bearer is short or bearer.id in found or not may_be_one(short, bearer):
                continue
            fit = _Fit(_Rival(bearer), *compare(short, bearer, base, self.around))
            if fit.score >= ENOUGH:
                found[bearer.id] = fit
        best = _best(list(found.values()))
        if best is not None:
            self.unite(short, best.rival.bearer, best.score, best.reasons)


def _blocks(bearer: Bearer) -> Iterator[tuple[str, ...]]:
    """What a bearer may share with its likes: its bare names, and its point on the map.

    A person's surname alone is a name only for those of whom nothing more is known.
    """
    person = bearer.kind is Kind.PERSON
    full = person and any(map(is_full, bearer.keys))
    for key in bearer.keys:
        if not person or is_full(key):
            yield "name", key
        elif not full:
            yield "surname", key
    for spot in bearer.spots:
        point = "" if spot.precision == "country" else f"{spot.precision} {spot.latitude} {spot.longitude}"
        yield "point", spot.country, point


def _best(fits: Sequence[_Fit]) -> _Fit | None:
    """The one that fits best, if it leads; where rivals are two only by decision, the first of them keeps the rest."""
    top = max((fit.score for fit in fits), default=0.0)
    close = [fit for fit in fits if fit.score > top - MARGIN]
    if len(close) > 1 and not all(fit.rival.by_decision for fit in close[1:]):
        return None
    return close[0] if close else None
