"""The same event in several reports: tellings that meet are compared, and those that are likely one are gathered.

Whether two tellings are one is asked of those two and their reports alone (``sameness``), and who meets whom of what is
there (``blocks``): so a new report changes nothing but what it tells of, and any order of adding gives the same. Two
events that one report tells apart, on two days or in two places, stay two. What people decided comes before any rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.join.what.blocks import HUBS, Entry, MemoryShelf, Scored, Shelf, scored
from onrecord.join.what.clusters import cluster
from onrecord.join.what.decided_events import firsts_of, standing
from onrecord.join.what.sameness import ENOUGH, SLOTS, Sameness, Slot, Stand, compare
from onrecord.join.what.telling import Setting, Telling, setting_of, tellings_of
from onrecord.join.who.decided import Ties
from onrecord.record import Decision, Id, Link, LinkKind, Reading, make_id

# In the place of a score: these two cannot be one. A score below 0 but above it is that of a hint: two that are likely
# one, as far as they go, but agree on too little to be joined for it.
APART = -2.0
# Less likely pairs are not kept.
LEAST = 0.1
# How likely, and agreeing on one slot more, two tellings on different days must be: a report may err by a week, but two
# searches in one week are two.
SURE = 0.6
# Average likeness from which tellings become one line of an account. In ECB+, where all reports of a topic are of one
# affair, most is right from ``ENOUGH`` on; where a case has many affairs, a wrong line is worse than one line too many.
SETTLED = 0.45
# Reports that are so many days apart tell the same without a day only where they name the same people and things.
MONTHS = 60
# What compares tellings, and makes blocks of them; a new number makes cases join anew.
EVENT_RULES = "4"

Pair = tuple[Id, Id, float]


def score(left: Entry, right: Entry) -> float:
    """How likely two tellings are one event; negative for a hint, ``APART`` for two that cannot be; else 0."""
    found = compare(left[0], right[0], left[1], right[1])
    if left[0].report == right[0].report:
        return _within_report(left[0], right[0], found)
    if found.score < LEAST:
        return 0.0
    if found.score >= ENOUGH and (found.forbidden or not _alike_in_spite(found)):
        return APART
    if _months_apart(left[1], right[1]) and not _known_by_all(found):
        return APART
    likely = round(found.score, 3)
    return likely if found.may_join(LEAST) else -likely


def _alike_in_spite(found: Sameness) -> bool:
    """Whether two tellings on different days, or of a second and a third of their sort, are all the same else."""
    if found.another:
        return False
    if found.stand(Slot.TIME) is not Stand.DIFFER and not found.counts_differ:
        return True
    return found.score >= SURE and len(set(found.agreeing) - {Slot.COMPANY}) > SLOTS


def _months_apart(left: Setting, right: Setting) -> bool:
    """Whether two reports came out so long after each other that what both tell as news is not the same news."""
    one, other = left.published, right.published
    if one is None or other is None or one.first is None or other.first is None:
        return False
    return abs(one.first - other.first) > MONTHS


def _known_by_all(found: Sameness) -> bool:
    """Whether two tellings agree on the day, or are likely one and name the same people and things."""
    if found.stand(Slot.TIME) is Stand.AGREE:
        return True
    return found.score >= SURE and len(set(found.agreeing) - {Slot.COMPANY, Slot.WORDS}) >= SLOTS


def _within_report(left: Telling, right: Telling, found: Sameness) -> float:
    """Of two events that one report tells: another day or place keeps them apart; much in common makes them one."""
    if left.first == right.first:
        return 0.0
    stands = [found.stand(slot) for slot in Slot if slot is not Slot.COMPANY]
    if Stand.DIFFER in {found.stand(slot) for slot in (Slot.TIME, Slot.PLACE)} or found.counts_differ:
        return APART
    much = found.score >= SURE and stands.count(Stand.AGREE) >= SLOTS and Stand.DIFFER not in stands
    return round(found.score, 3) if much else 0.0


def pairs_of(affected: Iterable[int], shelf: Shelf) -> Iterator[Scored]:
    """The pairs in which these tellings stand, by number."""
    return scored(affected, shelf, score)


def told_by(reading: Reading) -> list[Entry]:
    """The tellings of a reading, each with its setting."""
    setting = setting_of(reading)
    return [(telling, setting) for telling in tellings_of(reading)]


def pairs_among(readings: Sequence[Reading]) -> list[Pair]:
    """All pairs among readings, by the ids of their events, in an order that is the same for the same pairs."""
    shelf = MemoryShelf(told for reading in readings for told in told_by(reading))
    found = (
        (shelf.told(a)[0].event, shelf.told(b)[0].event, how_likely) for a, b, how_likely in pairs_of(shelf, shelf)
    )
    return sorted((*_pair(left, right), how_likely) for left, right, how_likely in found)


def gathered(readings: Sequence[Reading], pairs: Iterable[Pair], decisions: Sequence[Decision]) -> Mapping[Id, Id]:
    """For each event told more than once the least id of its tellings; ids are those told first in their reports."""
    firsts = firsts_of(readings)
    apart: set[tuple[Id, Id]] = set()
    edges: dict[tuple[Id, Id], float] = {}
    hints: dict[tuple[Id, Id], float] = {}
    for left, right, how_likely in pairs:
        if left in firsts and right in firsts and firsts[left] != firsts[right]:
            pair = _pair(firsts[left], firsts[right])
            if how_likely == APART:
                apart.add(pair)
            else:
                kind = edges if how_likely > 0 else hints
                kind[pair] = max(abs(how_likely), kind.get(pair, 0.0))
    said = [(made.verb, _pair(firsts[made.left], firsts[made.right or ""])) for made in standing(decisions)
            if made.left in firsts and made.right in firsts]  # fmt: skip
    ties = Ties(pair for verb, pair in said if verb == "same")
    apart = {(one, other) for one, other in apart if ties.end(one) != ties.end(other)}
    for verb, pair in said:
        if verb == "same":
            edges[pair] = SAID
        else:
            apart.add(pair)
    ids = {id_ for pair in edges for id_ in pair}
    groups = _groups(ids, edges, readings)
    found = cluster(ids, _scored(edges), apart, SETTLED, groups, _scored(hints))
    several = Counter(found.values())
    return {id_: least for id_, least in found.items() if several[least] > 1}


def _scored(pairs: Mapping[tuple[Id, Id], float]) -> Iterator[tuple[Id, Id, float]]:
    return ((left, right, how_likely) for (left, right), how_likely in pairs.items())


def _groups(ids: set[Id], edges: Iterable[tuple[Id, Id]], readings: Iterable[Reading]) -> dict[Id, Id]:
    """Within which events a pair without a score says nothing: those of one report, and those of an act that is told so
    often that not all of its tellings met.
    """
    groups = {event.id: reading.document.id for reading in readings for event in reading.events if event.id in ids}
    ties = Ties(edges)
    tops = {id_: ties.end(id_) for id_ in ids}
    sizes = Counter(tops.values())
    return groups | {id_: top for id_, top in tops.items() if sizes[top] > HUBS}


# Above any score of a rule.
SAID = 2.0


def _pair(left: Id, right: Id) -> tuple[Id, Id]:
    return (left, right) if left < right else (right, left)


def joined_pairs(
    readings: Sequence[Reading], same: Mapping[Id, Id], pairs: Iterable[Pair]
) -> dict[tuple[Id, Id], Sameness]:
    """The pairs of events that became one, the lesser id first, each with what makes them alike."""
    firsts = firsts_of(readings)
    wanted = [
        (left, right)
        for left, right, how_likely in pairs
        if how_likely >= ENOUGH and same.get(firsts.get(left, ""), left) == same.get(firsts.get(right, ""), right)
    ]
    needed = {id_ for pair in wanted for id_ in pair}
    told = {
        one[0].event: one
        for reading in readings
        if not needed.isdisjoint(event.id for event in reading.events)
        for one in told_by(reading)
    }
    return {
        (left, right): compare(told[left][0], told[right][0], told[left][1], told[right][1])
        for left, right in wanted
        if left in told and right in told
    }


def same_event_links(readings: Sequence[Reading], joined: Mapping[tuple[Id, Id], Sameness]) -> Iterator[Link]:
    """A link for each pair that was joined, with the reasons for it."""
    triggers = {event.id: (event.trigger,) for reading in readings for event in reading.events}
    for (left, right), found in joined.items():
        ends = make_id("l", "same", left, right), left, right, LinkKind.SAME_EVENT, round(found.score, 3), "rule", None
        yield Link(*ends, found.reasons, triggers[left], triggers[right])
