"""Where places are: countries and well-known cities, and nothing that is not known."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Entity, Kind, Reading

ReadText = Callable[..., Reading]


def entity(reading: Reading, name: str) -> Entity:
    [one] = [e for e in reading.entities if e.name == name]
    return one


@pytest.mark.parametrize(
    ("text", "name", "country", "precision"),
    [
        ("They flew to Kenya at night.", "Kenya", "KE", "country"),
        ("They flew to the United States at night.", "United States", "US", "country"),
        ("They met in Nairobi at night.", "Nairobi", "KE", "city"),
        ("Georgian envoys flew to Georgia.", "Georgia", "GE", "country"),
    ],
)
def test_known_places(read_text: ReadText, text: str, name: str, country: str, precision: str) -> None:
    place = entity(read_text(text), name)
    assert place.kind is Kind.PLACE
    assert place.place is not None
    assert (place.place.country, place.place.precision, place.country) == (country, precision, country)
    assert any(reason.span is not None and reason.span.cut(text) == name for reason in place.reasons)


def test_a_name_that_often_means_something_else_needs_support(read_text: ReadText) -> None:
    place = entity(read_text("They flew to Georgia at night."), "Georgia")
    assert place.place is None
    assert place.country is None


@pytest.mark.parametrize(
    "text", ["They walked to Brellmoor at night.", "The Kenyan officer resigned.", "Kenyans voted."]
)
def test_unknown_places_and_demonyms_have_no_location(read_text: ReadText, text: str) -> None:
    assert not [e for e in read_text(text).entities if e.place is not None]


def test_countries_under_two_names_are_one(read_text: ReadText) -> None:
    reading = read_text("They flew to the U.K. on Monday. The United Kingdom kept silent.")
    assert entity(reading, "United Kingdom").aliases == ("U.K.",)
