"""Positions: what one voice says of one thing about an event, with the words that say it.

Two positions can be set against each other only if they are about the same thing: a number of the same noun, a day,
a place, a doer, whether it happened. What a report leaves open is no position.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.join.says.voices import Speaking
from onrecord.record import (
    Basis,
    Entity,
    Event,
    Id,
    Kind,
    Location,
    Quantity,
    Reading,
    Span,
    Status,
    TimeExpression,
    TimeInterval,
)

# What a day may rest on to be set against another: words that name it, not the order of telling.
FIRM = frozenset({Basis.EXPLICIT, Basis.PUBLICATION, Basis.EXPRESSION, Basis.QUOTATION})
# A stretch of more days says too little to be contradicted by a day.
LONGEST = 31
DID = frozenset({Status.HAPPENED})
DID_NOT = frozenset({Status.DENIED, Status.DID_NOT_HAPPEN})
AHEAD = frozenset({Status.PLANNED, Status.THREATENED, Status.REQUESTED, Status.POSSIBLE})
# How sure a voice must be for its word to stand against another's.
SURE = 2
# Nouns of people, which count the same heads.
PEOPLE = frozenset({
    "people", "person", "man", "woman", "civilian", "victim", "resident", "passenger", "worker", "protester",
    "demonstrator", "soldier", "officer", "child", "body", "striker", "docker",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of an event in its report, with the voices on it.

    ``day``: when the report came out, as a number; ``version``: how many earlier versions of the report there are.
    """

    event: Event
    reading: Reading
    voices: tuple[Speaking, ...]
    day: int | None
    version: int = 0

    @property
    def report(self) -> Id:
        """The report's id."""
        return self.reading.document.id


@dataclass(frozen=True, slots=True)
class Position:
    """What one voice says. ``thing``: of what it speaks, where an event has several (the noun of a number).

    ``value`` is a Quantity, a TimeInterval, an Entity or a Status.
    """

    field: str
    thing: str
    value: Quantity | TimeInterval | Entity | Status
    told: Told
    voice: Speaking
    words: Span


def positions(told: Told, entities: Mapping[Id, Entity]) -> Iterator[Position]:
    """All positions in one telling. ``entities``: by the ids that the reading uses, joined ones where there are."""
    for one in told.voices:
        if abs(one.certainty) >= SURE or one.status in AHEAD:
            yield Position("status", "", one.status, told, one, one.words[0])
    voice = _speaker(told)
    if voice is None or told.event.status is not Status.HAPPENED:
        return
    for thing, quantity in numbers_in(told):
        yield Position("quantity", thing, quantity, told, voice, quantity.span)
    when = told.event.when
    if when is not None and is_firm(when):
        yield Position("when", "", when, told, voice, _time_words(told, when))
    place = entities.get(told.event.where or "")
    if place is not None and place.place is not None:
        yield Position("where", "", place, told, voice, _entity_words(told, told.event.where))
    actors = told.event.with_part("actor")
    actor = entities.get(actors[0]) if len(actors) == 1 else None
    if actor is not None and actor.named and actor.kind is Kind.PERSON:
        yield Position("actors", "", actor, told, voice, _entity_words(told, actors[0]))


def _speaker(told: Told) -> Speaking | None:
    """The voice whose word the telling's details are: that of the statement it is known through, else the report's."""
    own = [voice for voice in told.voices if voice.statement == told.event.statement]
    return next(iter(own or told.voices), None)


def is_firm(when: TimeInterval) -> bool:
    """Whether days stand for themselves: both ends known, near each other, and named by words."""
    if when.start is None or when.end is None or when.approximate or when.basis not in FIRM:
        return False
    return (when.end - when.start).days <= LONGEST


def numbers_in(told: Told) -> Iterator[tuple[str, Quantity]]:
    """The numbers of a telling, each with the noun that it counts; a part of a whole is none of them."""
    event, text = told.event, told.reading.document.text
    parts = {one.entity: one.part for one in event.participants}
    for quantity in told.reading.quantities:
        if quantity.of not in {event.id, *parts}:
            continue
        after = text[quantity.span.end : quantity.span.end + 12].split()
        if after[:1] == ["of"] or (quantity.min is None and quantity.max is None):
            continue
        yield noun_of(quantity, parts.get(quantity.of or "", "")), quantity


def noun_of(quantity: Quantity, part: str) -> str:
    """Of what a number is: its noun; of people, what became of them."""
    return f"people {part or 'event'}" if quantity.unit in PEOPLE or not quantity.unit else quantity.unit


def _time_words(told: Told, when: TimeInterval) -> Span:
    """The words that date an event: the expression it rests on, else its clause."""
    found = next((reason.span for reason in when.reasons if reason.span is not None), None)
    if found is not None:
        return found
    clause = told.event.clause or told.event.trigger
    inside = [time for time in told.reading.times if clause.contains(time.span) and _same_days(time, when)]
    return inside[0].span if inside else clause


def _same_days(time: TimeExpression, when: TimeInterval) -> bool:
    return time.interval is not None and (time.interval.start, time.interval.end) == (when.start, when.end)


def _entity_words(told: Told, entity: Id | None) -> Span:
    """The words by which an event's participant or place stands there, else its clause."""
    found = next((p.span for p in told.event.participants if p.entity == entity and p.span is not None), None)
    if found is not None:
        return found
    clause = told.event.clause or told.event.trigger
    near = [m.span for m in told.reading.mentions if m.means == entity and clause.contains(m.span)]
    return near[0] if near else clause


# ------------------------------------------------------------------------------------------------ set side by side


def differ(one: Position, other: Position) -> bool:
    """Whether two positions on the same thing cannot both be right."""
    if (one.field, one.thing) != (other.field, other.thing):
        return False
    mine, theirs = one.value, other.value
    if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
        return _numbers_differ(mine, theirs)
    if isinstance(mine, TimeInterval) and isinstance(theirs, TimeInterval):
        return _days_differ(mine, theirs)
    if isinstance(mine, Status) and isinstance(theirs, Status):
        return (mine in DID and theirs in DID_NOT) or (mine in DID_NOT and theirs in DID)
    if isinstance(mine, Entity) and isinstance(theirs, Entity):
        return _places_differ(mine, theirs) if one.field == "where" else mine.id != theirs.id
    return False


def agree(one: Position, other: Position) -> bool:
    """Whether two positions on the same thing say the same, as far as each goes."""
    if (one.field, one.thing) != (other.field, other.thing):
        return False
    mine, theirs = one.value, other.value
    if isinstance(mine, Status) and isinstance(theirs, Status):
        return mine is theirs or (mine in DID_NOT and theirs in DID_NOT)
    if isinstance(mine, Entity) and isinstance(theirs, Entity):
        return mine.id == theirs.id
    return not differ(one, other)


def _numbers_differ(mine: Quantity, theirs: Quantity) -> bool:
    """Ranges that overlap agree; so do two of which one is said to be about, and a tenth from the other."""
    slack = 0.1 if mine.approximate or theirs.approximate else 0.0
    if _rounds(mine, theirs) or _rounds(theirs, mine):
        return False
    return _above(mine, theirs, slack) or _above(theirs, mine, slack)


def _rounds(one: Quantity, other: Quantity) -> bool:
    """Whether a number of hundreds or thousands is the other, rounded."""
    if one.min is None or one.min != one.max or one.min % 100 or other.min is None or other.min != other.max:
        return False
    zeros = int("1" + "0" * (len(str(one.min)) - len(str(one.min).rstrip("0"))))
    return abs(other.min - one.min) * 2 <= zeros and one.min > zeros


def _above(high: Quantity, low: Quantity, slack: float) -> bool:
    """Whether all of one range lies above all of the other."""
    return high.min is not None and low.max is not None and high.min * (1 - slack) > low.max


def _days_differ(mine: TimeInterval, theirs: TimeInterval) -> bool:
    apart = [(mine.end, theirs.start), (theirs.end, mine.start)]
    return any(end is not None and start is not None and end <= start for end, start in apart)


def _places_differ(mine: Entity, theirs: Entity) -> bool:
    """Whether two places are two: of a town and its country the one lies in the other."""
    here, there = mine.place, theirs.place
    if here is None or there is None or mine.id == theirs.id:
        return False
    if here.country != there.country:
        return True
    return here.precision == there.precision == "city" and _far(here, there)


def _far(here: Location, there: Location) -> bool:
    return abs(here.latitude - there.latitude) + abs(here.longitude - there.longitude) > 0.6
