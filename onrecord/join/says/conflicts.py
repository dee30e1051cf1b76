"""Where tellings of one event agree, contradict each other, or tell it otherwise later on. Never who is right.

Every finding is a link between two tellings, each with its own words. Two voices contradict each other; an outlet that
later says something else has changed its word (``updates``), and so have the reports where a count of people grows
from day to day, or where what was planned has happened since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from onrecord.join.says.positions import AHEAD, DID, DID_NOT, Position, Told, agree, differ, positions
from onrecord.join.what.sameness import Sameness, Slot, Stand
from onrecord.record import Entity, Id, Link, LinkKind, Quantity, Reason, Status, TimeInterval, make_id

# So many pairs of positions on one thing are set side by side; of very many tellings the earliest.
MOST = 400
# Two tellings that differ on a day or a number may be two events after all: only where they are this likely one, by all
# else that they tell, is it a contradiction.
LIKELY = 0.5
PARTS = (Slot.ACTOR, Slot.RECIPIENT, Slot.PLACE, Slot.TIME, Slot.NUMBER)
SLOT_OF = {"quantity": Slot.NUMBER, "when": Slot.TIME, "where": Slot.PLACE, "actors": Slot.ACTOR}
# What can come true: what is only possible was never announced.
TO_COME = frozenset({Status.PLANNED, Status.THREATENED, Status.REQUESTED})
IN_WORDS = {
    Status.HAPPENED: "that it happened", Status.DENIED: "that it did not happen",
    Status.DID_NOT_HAPPEN: "that it did not happen", Status.PLANNED: "that it is planned",
    Status.THREATENED: "that it is threatened", Status.REQUESTED: "that it is asked for",
    Status.POSSIBLE: "that it is possible",
}  # fmt: skip


def compare_tellings(
    told: Sequence[Told], entities: Mapping[Id, Entity], alike: Mapping[tuple[Id, Id], Sameness]
) -> Iterator[Link]:
    """The links among the tellings of one happening, each side with its words.

    ``alike``: what makes two events one, the lesser id first.
    """
    for group in _by_thing(told, entities):
        for one, other in _pairs(group):
            link = link_of_positions(one, other)
            if link is not None and (link.kind is LinkKind.AGREES or _are_one(one, other, alike)):
                yield link


def link_of_positions(one: Position, other: Position) -> Link | None:
    """How two positions on one thing stand to each other, the earlier told on the right; None if they do not."""
    earlier, later = _in_order(one, other)
    kind = _kind(earlier, later)
    return None if kind is None else _link(kind, later, earlier)


def _are_one(one: Position, other: Position, alike: Mapping[tuple[Id, Id], Sameness]) -> bool:
    """Whether two tellings are surely one event but for what they differ on: one report says so, or they are alike."""
    mine, theirs = one.told.event, other.told.event
    first, second = mine.same_as or mine.id, theirs.same_as or theirs.id
    if first == second:
        return True
    found = (alike.get((min(a, b), max(a, b))) for a in {first, mine.id} for b in {second, theirs.id})
    return any(pair is not None and _alike_but_for(one.field, pair) for pair in found)


def _alike_but_for(field: str, found: Sameness) -> bool:
    """Whether two tellings are likely one, and differ on nothing but this."""
    differing = {slot for slot in PARTS if found.stand(slot) is Stand.DIFFER}
    enough = field == "status" or (found.firm and len(set(found.agreeing) - {Slot.COMPANY}) > 1)
    return found.score >= LIKELY and differing <= {SLOT_OF.get(field)} and bool(enough)


def _by_thing(told: Sequence[Told], entities: Mapping[Id, Entity]) -> Iterable[list[Position]]:
    groups: dict[tuple[str, str], list[Position]] = {}
    for one in told:
        for position in positions(one, entities):
            groups.setdefault((position.field, position.thing), []).append(position)
    return groups.values()


def _pairs(group: list[Position]) -> Iterator[tuple[Position, Position]]:
    """Pairs of positions, the earliest told first; of what one voice says in the same words in two places, one."""
    group = sorted(group, key=_place)
    kept: dict[tuple[object, ...], Position] = {}
    for position in group:
        kept.setdefault((position.voice.key, position.told.report, _value(position)), position)
    for count, pair in enumerate(combinations(kept.values(), 2)):
        if count >= MOST:
            return
        yield pair


def _place(position: Position) -> tuple[int, int, Id, int]:
    told = position.told
    return (told.day or 0, told.version, told.report, position.words.start)


def _value(position: Position) -> tuple[object, ...]:
    value = position.value
    if isinstance(value, Quantity):
        return value.min, value.max
    if isinstance(value, TimeInterval):
        return value.start, value.end
    return (value.id,) if isinstance(value, Entity) else (value,)


def _in_order(one: Position, other: Position) -> tuple[Position, Position]:
    return (one, other) if _place(one) <= _place(other) else (other, one)


def _kind(earlier: Position, later: Position) -> LinkKind | None:
    same_voice = earlier.voice.key == later.voice.key
    if _came_true(earlier, later):
        return LinkKind.UPDATES
    if same_voice and earlier.told.report == later.told.report and not _said_twice(earlier, later):
        return None
    if differ(earlier, later):
        grown = _has_grown(earlier, later)
        another = (earlier.told.day, earlier.told.version) != (later.told.day, later.told.version)
        if another and (grown or (same_voice and not later.voice.sourced)):
            return LinkKind.UPDATES
        return LinkKind.CONTRADICTS
    independent = not same_voice and earlier.voice.family != later.voice.family
    return LinkKind.AGREES if independent and agree(earlier, later) else None


def _said_twice(one: Position, other: Position) -> bool:
    """Whether a source said two things in two statements: a speaker against himself."""
    return one.voice.sourced and one.voice.statement != other.voice.statement


def _came_true(earlier: Position, later: Position) -> bool:
    """Whether what was planned, threatened or asked for is told later as having happened, or as not."""
    if earlier.told.report == later.told.report:
        return False
    return earlier.value in TO_COME and later.value in DID | DID_NOT


def _has_grown(earlier: Position, later: Position) -> bool:
    """Whether a count of people is told higher on a later day: the toll rises, nobody contradicts anybody."""
    mine, theirs = earlier.value, later.value
    if not (isinstance(mine, Quantity) and isinstance(theirs, Quantity) and earlier.thing.startswith("people")):
        return False
    on = (earlier.told.day, earlier.told.version), (later.told.day, later.told.version)
    return None not in (on[0][0], on[1][0]) and on[0] != on[1] and (theirs.min or 0) > (mine.max or 0) > 0


def _link(kind: LinkKind, later: Position, earlier: Position) -> Link:
    left, right = later.told.event.id, earlier.told.event.id
    field = later.field
    id_ = make_id("l", kind, field, left, later.words, right, earlier.words)
    reason = Reason(f"same-event.{kind}-{field}", _note(kind, later, earlier))
    return Link(id_, left, right, kind, 1.0, "rule", field, (reason,), (later.words,), (earlier.words,))


def _note(kind: LinkKind, later: Position, earlier: Position) -> str:
    """What is set against what, in words that take no side."""
    if kind is LinkKind.UPDATES:
        return _change(later, earlier)
    one, other = _say(earlier), _say(later)
    who = "the same voice says" if later.voice.key == earlier.voice.key else "one says"
    joint = "and" if kind is LinkKind.AGREES else "but"
    return f"{who} {one}, {joint} {'later' if who.startswith('the same') else 'another'} {other}"


def _change(later: Position, earlier: Position) -> str:
    mine, theirs = earlier.value, later.value
    if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
        raised = (theirs.min or theirs.max or 0) > (mine.max or mine.min or 0)
        return f"number {'raised' if raised else 'lowered'} from {_say(earlier)} to {_say(later)}"
    if mine in AHEAD:
        return f"first told {_say(earlier)}, then {_say(later)}"
    if theirs in DID_NOT and mine in DID:
        return "first reported, later denied"
    if theirs in DID and mine in DID_NOT:
        return "first denied, later reported"
    return f"first {_say(earlier)}, later {_say(later)}"


def _say(position: Position) -> str:
    """A position in the words of its report; a status in words of ours."""
    if isinstance(position.value, Status):
        return IN_WORDS.get(position.value, position.value.value)
    words = " ".join(position.words.cut(position.told.reading.document.text).split())
    return f"“{words}”" if len(words) <= 80 else f"“{words[:77]} …”"
