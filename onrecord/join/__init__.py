"""Many readings -> what they share: entities over reports, happenings, and what reports are to each other.

What is joined is a pure function of the readings and of people's decisions, so it is never stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.join.copies import asked_for, candidates, compare_reports, link_reports
from onrecord.join.decided import VERBS, refusal, value_of
from onrecord.join.fingerprints import FINGERPRINTS, are_candidates, fingerprint
from onrecord.join.followed import faults, from_other_reports, read_again
from onrecord.join.happenings import gather_happenings
from onrecord.join.notes import CorrectionNote, correction_notes
from onrecord.join.same_entity import join_entities
from onrecord.record import Decision, Entity, Happening, Link, Reading

__all__ = [
    "FINGERPRINTS", "VERBS", "CorrectionNote", "Joined", "are_candidates", "asked_for", "candidates", "compare_reports",
    "correction_notes", "faults", "fingerprint", "from_other_reports", "join_entities", "join_readings", "link_reports",
    "read_again", "refusal", "value_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Joined:
    """The shared things of a case, and the links that made them."""

    entities: tuple[Entity, ...]
    happenings: tuple[Happening, ...]
    links: tuple[Link, ...]


def join_readings(readings: Sequence[Reading], decisions: Sequence[Decision] = ()) -> Joined:
    """Join the readings of a case, in the order in which its reports were added.

    Adding a report changes no id of the reports before it. ``decisions`` are those on entities; undone ones count
    for nothing.
    """
    entities, links = join_entities(readings, decisions)
    return Joined(entities, gather_happenings(readings, entities), links)
