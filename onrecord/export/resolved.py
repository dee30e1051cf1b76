"""An account whose readings speak of the case's entities instead of each report's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from onrecord.record import Account, Entity, Event, Id, Participant, Reading, Source


@dataclass(frozen=True, slots=True)
class Resolved:
    """The account, its readings with the entities of the case, these by id, and how many reports tell of each."""

    account: Account
    readings: tuple[Reading, ...]
    entities: Mapping[Id, Entity]
    reports: Mapping[Id, int]

    def names(self, ids: Iterable[Id | None]) -> tuple[str, ...]:
        """The names of some entities; ids that are none are left out."""
        return tuple(self.entities[id_].name for id_ in ids if id_ is not None and id_ in self.entities)

    def joined(self, id_: Id) -> Id:
        """The id of the case's entity that an entity of one report belongs to; anything else as it is."""
        return next((entity.id for entity in self.entities.values() if id_ in entity.members), id_)


def resolve(account: Account) -> Resolved:
    """Resolve every reading of an account."""
    joined = {member: entity.id for entity in account.entities for member in entity.members}
    readings = tuple(with_joined_entities(reading, joined) for reading in account.readings)
    told_in = {entity.id: reading.document.id for reading in account.readings for entity in reading.entities}
    reports = {entity.id: len({told_in.get(member) for member in entity.members}) for entity in account.entities}
    return Resolved(account, readings, {entity.id: entity for entity in account.entities}, reports)


def with_joined_entities(reading: Reading, joined: Mapping[Id, Id]) -> Reading:
    """The reading with every entity of its own replaced by the one of the case that it belongs to."""

    def case_id(entity: Id | None) -> Id | None:
        return None if entity is None else joined.get(entity, entity)

    def case_ids(entities: Iterable[Id]) -> tuple[Id, ...]:
        return tuple(dict.fromkeys(joined.get(entity, entity) for entity in entities))

    def source(of: Source) -> Source:
        return replace(of, entity=case_id(of.entity), joint=case_ids(of.joint))

    def event(of: Event) -> Event:
        participants = tuple(Participant(p.part, joined.get(p.entity, p.entity), p.span) for p in of.participants)
        voices = tuple(replace(voice, source=case_id(voice.source)) for voice in of.voices)
        return replace(of, participants=participants, where=case_id(of.where), voices=voices)

    return replace(
        reading,
        mentions=tuple(replace(m, means=case_id(m.means), candidates=case_ids(m.candidates)) for m in reading.mentions),
        statements=tuple(
            replace(s, source=source(s.source), addressee=case_id(s.addressee)) for s in reading.statements
        ),
        sourcing=tuple(replace(note, sources=case_ids(note.sources)) for note in reading.sourcing),
        events=tuple(event(e) for e in reading.events),
        quantities=tuple(replace(q, of=case_id(q.of)) for q in reading.quantities),
    )


def homes_of(resolved: Resolved) -> Mapping[Id, Reading]:
    """For every row that a link may point at, the report in which it stands."""
    homes: dict[Id, Reading] = {}
    for reading in resolved.readings:
        ids = [reading.document.id, *(entity.id for entity in reading.entities)]
        ids += [statement.id for statement in reading.statements] + [event.id for event in reading.events]
        ids += [time.id for time in reading.times] + [quantity.id for quantity in reading.quantities]
        homes |= dict.fromkeys(ids, reading)
    return homes
