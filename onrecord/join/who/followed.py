"""Whether decisions hold, and where an entity that somebody decided on went.

It may have been read again under another id, or be known from other reports only.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.join.who.decided import decided, not_honoured
from onrecord.join.who.same_entity import join_entities
from onrecord.record import Decision, Form, Id, Reading


def faults(decisions: Sequence[Decision], readings: Sequence[Reading]) -> list[tuple[Decision, str]]:
    """Standing decisions on entities that do not hold beside the others, and what is wrong."""
    if decided(decisions) == decided(()):
        return []
    kinds = {entity.id: entity.kind for reading in readings for entity in reading.entities}
    return list(not_honoured(decisions, join_entities(readings, decisions)[0], kinds))


def read_again(before: Reading, after: Reading, id_: Id) -> Id | None:
    """The entity of the new reading on whose mentions the words of the old one lie; None if that is not just one.

    Nobody unnamed is followed to somebody named, nor the other way round.
    """
    old = next((entity for entity in before.entities if entity.id == id_), None)
    if old is None:
        return None
    form = Form.NAME if old.named else Form.DESCRIPTION
    words = {mention.head for mention in before.mentions if mention.means == id_ and mention.form is form}
    found = {mention.means for mention in after.mentions if mention.head in words and mention.means is not None}
    new = next((entity for entity in after.entities if {entity.id} == found), None)
    return new.id if new is not None and new.named == old.named else None


def from_other_reports(readings: Sequence[Reading], decisions: Sequence[Decision], id_: Id, report: Id) -> Id | None:
    """The first entity outside a report that is the same as one inside it, whatever was decided of just that one."""
    others = [decision for decision in decisions if id_ not in {decision.left, decision.right}]
    inside = {e.id for reading in readings if reading.document.id == report for e in reading.entities}
    for entity in join_entities(readings, others)[0]:
        if id_ in entity.members:
            return next((member for member in entity.members if member not in inside), None)
    return None
