"""Where a name stands where places do, and when that is a vote."""

from __future__ import annotations

import pytest

from onrecord.extract.parse import Tools, parse
from onrecord.extract.who.siting import place_votes
from onrecord.record import Document, Kind


def votes(text: str, name: str, tools: Tools) -> list[float]:
    parsed = parse(Document("r-1", text), tools)
    start = text.index(name)
    tokens = parsed.doc.char_span(start, start + len(name))
    assert tokens is not None
    found = list(place_votes(parsed, tokens.start, tokens.end))
    assert all(kind is Kind.PLACE and reason.span is not None for kind, _, reason in found)
    assert all(reason.span.cut(text) == name for _, _, reason in found if reason.span is not None)
    return [weight for _, weight, _ in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They were jailed near Misrata.", "Misrata"),
        ("They left by road for Mae Sot, Thailand.", "Mae Sot"),
        ("They were born in Exeter, Devon.", "Exeter"),
    ],
)
def test_where_only_places_stand_it_is_a_strong_vote(text: str, name: str, tools: Tools) -> None:
    assert votes(text, name, tools) == [3.0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They moved the jobs from Hyderabad to Pune.", "Pune"),
        ("They moved the jobs from Hyderabad to Pune.", "Hyderabad"),
        ("They marched in Paris and Lyon.", "Lyon"),
    ],
)
def test_where_others_may_stand_too_it_is_a_weak_one(text: str, name: str, tools: Tools) -> None:
    assert votes(text, name, tools) == [1.6]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They met near Tarvosk.", "Tarvosk"),
        ("Misrata left the hall.", "Misrata"),
        ("They invested in Lyon.", "Lyon"),
        ("They met in Lyon's house.", "Lyon"),
        ("They trusted Vera and Lyon.", "Lyon"),
    ],
)
def test_no_vote_for_the_unknown_or_where_no_place_need_stand(text: str, name: str, tools: Tools) -> None:
    assert votes(text, name, tools) == []
