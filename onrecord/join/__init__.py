"""Many readings -> what they share: entities over reports, happenings, and what reports are to each other.

What is joined is a pure function of the readings and of people's decisions. Of it only what is dear to find is kept
beside the findings (``onrecord.joining``), and can be made again at any time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.join.reports.copies import link_reports
from onrecord.join.reports.fingerprints import FINGERPRINTS
from onrecord.join.reports.notes import CorrectionNote, correction_notes
from onrecord.join.says.happenings import gather_happenings
from onrecord.join.what.decided_events import (
    EVENT_VERBS,
    check_event_verb,
    event_of_happening,
    event_read_again,
    event_refusal,
    firsts_of,
)
from onrecord.join.what.same_event import EVENT_RULES, Pair, gathered, joined_pairs, pairs_among, same_event_links
from onrecord.join.who.decided import VERBS, refusal, value_of
from onrecord.join.who.followed import faults, from_other_reports, read_again
from onrecord.join.who.same_entity import join_entities
from onrecord.record import Decision, Entity, Happening, Link, Reading

__all__ = [
    "EVENT_VERBS", "RULES", "VERBS", "CorrectionNote", "Joined", "check_event_verb", "correction_notes",
    "event_of_happening", "event_read_again", "event_refusal", "faults", "firsts_of", "from_other_reports",
    "join_entities", "join_readings", "read_again", "refusal", "value_of",
]  # fmt: skip

# By which rules reports are joined: what was kept under another name is made anew.
RULES = f"events {EVENT_RULES}, reports {FINGERPRINTS}"


@dataclass(frozen=True, slots=True)
class Joined:
    """The shared things of a case, and the links that made them."""

    entities: tuple[Entity, ...]
    happenings: tuple[Happening, ...]
    links: tuple[Link, ...]


def join_readings(
    readings: Sequence[Reading],
    decisions: Sequence[Decision] = (),
    pairs: Sequence[Pair] | None = None,
    versions: Sequence[Link] | None = None,
) -> Joined:
    """Join the readings of a case, in the order in which its reports were added.

    Adding a report changes no id of the entities before it. ``decisions``: undone ones count for nothing. ``pairs`` of
    events that are likely one, and ``versions``, the links among reports, are looked for unless they are known.
    """
    entities, links = join_entities(readings, decisions)
    versions = link_reports(readings) if versions is None else versions
    pairs = pairs_among(readings) if pairs is None else pairs
    same = gathered(readings, pairs, decisions)
    alike = joined_pairs(readings, same, pairs)
    told = gather_happenings(readings, entities, same, alike, versions)
    events = tuple(same_event_links(readings, alike))
    return Joined(entities, told.happenings, (*links, *versions, *events, *told.links))
