"""What people decided about events told in several reports: that two are the same, or different."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onrecord.errors import BadDecision
from onrecord.join.who.decided import Ties, undo_first
from onrecord.record import Decision, Event, Id, Reading, make_id

EVENT_VERBS = ("same", "different")


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions about events that count."""
    return [made for made in decisions if made.about == "event" and made.undone_at is None and made.right]


def check_event_verb(verb: str, value: str) -> str:
    """The other event's id. Raises BadDecision for another verb, and without an id."""
    if verb not in EVENT_VERBS:
        raise BadDecision(f"no verb {verb!r} for an event; there are {', '.join(EVENT_VERBS)}")
    if not value.strip():
        raise BadDecision(f"{verb}: say which other event, by its id")
    return value.strip()


def event_refusal(new: Decision, decisions: Sequence[Decision], firsts: Mapping[Id, Id]) -> str:
    """Why a decision on two events cannot stand beside the others; empty if it can.

    ``firsts``: for each event that which its report told first of the same.
    """
    left, right = (firsts.get(id_ or "") for id_ in (new.left, new.right))
    if left == right:
        return f"{new.left} and {new.right} are one event in one report; no decision parts them"
    before = standing(decisions)
    twin = next((d for d in before if d.verb == new.verb and {d.left, d.right} == {new.left, new.right}), None)
    if twin is not None:
        return f"{twin.id} decided that already"
    same = [made for made in (*before, new) if made.verb == "same"]
    ties = Ties((firsts.get(made.left, made.left), firsts.get(made.right or "", "")) for made in same)
    for made in (made for made in (*before, new) if made.verb == "different"):
        one, other = firsts.get(made.left, made.left), firsts.get(made.right or "", "")
        if ties.end(one) == ties.end(other):
            against = made if made is not new else next(d for d in before if d.verb == "same")
            return f"{against.id} decided the contrary; {undo_first(against)}"
    return ""


def firsts_of(readings: Iterable[Reading]) -> dict[Id, Id]:
    """For each event that which its report told first of the same: itself, if it is that."""
    return {event.id: event.same_as or event.id for reading in readings for event in reading.events}


def event_of_happening(id_: Id, events: Iterable[Id]) -> Id | None:
    """The event after which a happening was called at some time: its id is made from that of any of its tellings."""
    return next((event for event in events if make_id("h", event).startswith(id_)), None)


def event_read_again(before: Reading, after: Reading, id_: Id) -> Id | None:
    """The event of a new reading that is told by the words of an old one; None if there is not just one."""
    old: Event | None = next((event for event in before.events if event.id == id_), None)
    if old is None:
        return None
    found = [event.id for event in after.events if event.trigger.overlaps(old.trigger)]
    return found[0] if len(found) == 1 else None
