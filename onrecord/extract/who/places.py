"""The stage ``places``: where the places of a report are, as far as the lexicons of countries and cities know.

A demonym is no place, and a name that the lexicons do not hold has no location. A name that often means something else
("Georgia") is the country only in a report that also uses its adjective, the word for its people, or its capital.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.who.vocabulary import Vocabulary, because, vocabulary
from onrecord.lexicon import Row
from onrecord.names import fold
from onrecord.record import Entity, Form, Kind, Location, Mention, Reading


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Entity, ...]:
    """The entities of a reading; those that are known places with their ``place``."""
    words = vocabulary(tools.lexicons)
    mentions = {mention.id: mention for mention in reading.mentions}
    used = {fold(token.text) for token in parse.doc if token.text[:1].isupper()}
    return tuple(
        _located(reading, entity, [mentions[key] for key in entity.mentions], words, used)
        if entity.kind is Kind.PLACE and entity.named
        else entity
        for entity in reading.entities
    )


def _located(reading: Reading, entity: Entity, told: list[Mention], words: Vocabulary, used: set[str]) -> Entity:
    for mention in told:
        row = words.place(mention.head.cut(reading.document.text)) if mention.form is Form.NAME else None
        if row is None:
            continue
        if not _certain(row, words, used):
            return replace(entity, country=None)
        precision = "country" if row.rule.startswith("countries#") else "city"
        place = Location(float(row["latitude"]), float(row["longitude"]), row["iso"], "onrecord-lexicons", precision)
        reason = because(row, mention.head)
        reasons = entity.reasons if reason in entity.reasons else (*entity.reasons, reason)
        return replace(entity, place=place, country=row["iso"], reasons=reasons)
    return entity


def _certain(row: Row, words: Vocabulary, used: set[str]) -> bool:
    if row.values.get("ambiguous") != "yes":
        return True
    told = [word for column in ("adjective", "people") for word in row[column].split(";") if word]
    told += [city.key for city in words.cities.values() if city["iso"] == row["iso"]]
    return any(fold(word) in used for word in told)
