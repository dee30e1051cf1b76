"""The same person or body in several reports.

Only what carries a full name is joined so far: the same kind and the same name, a person with at least two names. A
surname alone, a title or a description joins nothing, and nobody unnamed is ever joined to anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.names import fold
from onrecord.record import Entity, Kind, Link, LinkKind, Reading, Reason, make_id

JOINABLE = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.GROUP, Kind.WORK})


def join_entities(readings: Sequence[Reading]) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
    """The entities of all readings, those with the same full name joined, and a link for each join.

    A joined entity keeps the id it had in the report that was added first.
    """
    joined: dict[object, Entity] = {}
    links = []
    for reading in readings:
        for entity in reading.entities:
            key = _full_name(entity)
            first = joined.get(key) if key is not None else None
            if first is None:
                joined[key or entity.id] = entity
            else:
                joined[key] = _merge(first, entity)
                links.append(_link(first, entity))
    return tuple(joined.values()), tuple(links)


def _full_name(entity: Entity) -> tuple[Kind, str] | None:
    """What a named entity is known by in every report; None if that is no full name."""
    name = fold(entity.name)
    if not entity.named or entity.kind not in JOINABLE or not name:
        return None
    if entity.kind is Kind.PERSON and len(name.split()) < 2:
        return None
    return entity.kind, name


def _merge(first: Entity, other: Entity) -> Entity:
    aliases = dict.fromkeys((*first.aliases, *other.aliases))
    aliases.pop(first.name, None)
    return replace(
        first,
        aliases=tuple(aliases),
        mentions=first.mentions + other.mentions,
        members=first.members + other.members,
        country=first.country or other.country,
        sector=first.sector or other.sector,
        place=first.place or other.place,
    )


def _link(left: Entity, right: Entity) -> Link:
    reason = Reason("same-entity.full-name", f"both are called {left.name}")
    return Link(make_id("l", left.id, right.id), left.id, right.id, LinkKind.SAME_ENTITY, 1.0, reasons=(reason,))
