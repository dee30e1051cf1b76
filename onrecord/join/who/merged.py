"""A joined entity, made of the entities of single reports that one bearer has."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from onrecord.join.who.bearers import Bearer
from onrecord.join.who.decided import Decided, because
from onrecord.names import bare, is_written_as_acronym, words
from onrecord.record import Entity, Kind, Reason


def merged(bearer: Bearer, said: Decided) -> Entity:
    """The entity of a bearer: the id of its first report, the fullest of its names, and what was decided of it."""
    entities = [bearer.entities[n] for n in sorted(bearer.entities)]
    first = entities[0]
    if len(entities) > 1:
        named = [entity for entity in entities if entity.named] or entities
        kind = bearer.kind if bearer.kinds[first.kind] < bearer.kinds[bearer.kind] else first.kind
        name = _fullest(named, kind)
        first = replace(
            first,
            kind=kind,
            named=named[0].named,
            name=name,
            aliases=_aliases(name, named if named[0].named else entities),
            mentions=tuple(mention for entity in entities for mention in entity.mentions),
            members=tuple(member for entity in entities for member in entity.members),
            count=next((entity.count for entity in entities if entity.count is not None), None),
            country=next((entity.country for entity in entities if entity.country is not None), None),
            sector=next((entity.sector for entity in entities if entity.sector is not None), None),
            place=next((entity.place for entity in entities if entity.place is not None), None),
        )
    return _as_decided(first, said)


def _as_decided(entity: Entity, said: Decided) -> Entity:
    if not (said.rename or said.kind):
        return entity
    reasons: tuple[Reason, ...] = ()
    name, kind = said.of("rename", entity.members), said.of("kind", entity.members)
    if name is not None:
        aliases = dict.fromkeys((entity.name, *entity.aliases))
        aliases.pop(name.value, None)
        entity = replace(entity, name=name.value, named=True, aliases=tuple(aliases))
        reasons += (because(name),)
    if kind is not None:
        place = entity.place if kind.value == Kind.PLACE else None
        entity = replace(entity, kind=Kind(kind.value), place=place)
        reasons += (because(kind),)
    return replace(entity, reasons=entity.reasons + reasons)


def _aliases(name: str, entities: list[Entity]) -> tuple[str, ...]:
    names = dict.fromkeys(word for entity in entities for word in (entity.name, *entity.aliases))
    names.pop(name, None)
    return tuple(names)


def _fullest(entities: list[Entity], kind: Kind) -> str:
    """The name to show: the full one, not a surname or an acronym; of full ones the one that most reports use.

    Of a person, more given names are fuller than one, and a name written out than a letter.
    """
    told = Counter(entity.name for entity in entities)

    def rank(name: str) -> tuple[object, ...]:
        parts = words(bare(name))
        written_out = sum(len(part) > 1 for part in parts)
        full = min(written_out, 2) if kind is Kind.PERSON else not is_written_as_acronym(name)
        return full, kind is not Kind.PLACE or not name.endswith("."), told[name], written_out, not name.isupper(), name

    return max(told, key=rank)
