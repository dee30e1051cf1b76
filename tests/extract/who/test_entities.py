"""What an entity is called, what it is, how many they are, whose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Entity, Kind, Range, Reading

ReadText = Callable[..., Reading]


def entity(reading: Reading, name: str) -> Entity:
    [one] = [e for e in reading.entities if e.name == name]
    return one


def test_the_fullest_name_without_title_is_its_name(read_text: ReadText) -> None:
    reading = read_text("Mr. Orvik resigned. Pavel Orvik had lost the vote.")
    orvik = entity(reading, "Pavel Orvik")
    assert (orvik.named, orvik.kind, orvik.aliases) == (True, Kind.PERSON, ("Orvik",))


def test_somebody_without_a_name_is_an_entity_called_by_the_fullest_description(read_text: ReadText) -> None:
    reading = read_text("A senior harbour official resigned. The official was angry.")
    official = entity(reading, "a senior harbour official")
    assert (official.named, official.kind, len(official.mentions)) == (False, Kind.PERSON, 2)


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("Seven officers resigned.", "seven officers", Range(7, 7)),
        ("The 11 miners resigned.", "the 11 miners", Range(11, 11)),
        ("Dozens of miners resigned.", "dozens of miners", None),
        ("About seven officers resigned.", "about seven officers", None),
        ("The miners resigned.", "the miners", None),
    ],
)
def test_count(read_text: ReadText, text: str, name: str, count: Range | None) -> None:
    assert entity(read_text(text), name).count == count


@pytest.mark.parametrize(
    ("text", "name", "country", "sector"),
    [
        ("A Kenyan colonel resigned.", "a Kenyan colonel", "KE", "MIL"),
        ("The South Korean minister resigned.", "the South Korean minister", "KR", "GOV"),
        ("Latin American judges resigned.", "Latin American judges", None, "JUD"),
        ("Peru’s president, Pavel Orvik, resigned.", "Pavel Orvik", "PE", "GOV"),
        ("The police kept silent.", "the police", None, "COP"),
        ("A tall man resigned.", "a tall man", None, None),
    ],
)
def test_country_and_sector(read_text: ReadText, text: str, name: str, country: str | None, sector: str | None) -> None:
    one = entity(read_text(text), name)
    assert (one.country, one.sector) == (country, sector)


def test_every_entity_has_its_mentions_and_every_resolved_mention_its_entity(read_text: ReadText) -> None:
    reading = read_text("Pavel Orvik met a colonel in Nairobi. He said the colonel had lied. It was over.")
    by_entity = {(m.means, m.id) for m in reading.mentions if m.means is not None}
    assert by_entity == {(e.id, m) for e in reading.entities for m in e.mentions}
    assert all(e.members == (e.id,) for e in reading.entities)


def test_the_same_text_gives_the_same_ids(read_text: ReadText) -> None:
    text = "Pavel Orvik met a colonel in Nairobi."
    assert read_text(text).entities == read_text(text).entities


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The former colonel resigned.", "the former colonel"),
        ("Senior officials resigned.", "senior officials"),
        ("Kenyan officials resigned.", "Kenyan officials"),
    ],
)
def test_a_description_is_called_as_inside_a_sentence(read_text: ReadText, text: str, name: str) -> None:
    assert entity(read_text(text), name).named is False
