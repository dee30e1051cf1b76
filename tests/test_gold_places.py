"""Our own gold for places (gold/README.md): right, wrong and empty points, with floors that only rise.

Right is a point of the right country and sort, for a city within 50 km. Wrong is any other point, and any point at all
for what is no place. ``places-unseen.jsonl`` was written before the rules and is not tuned on.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.parse import Tools
from onrecord.gazetteer import CITY, COUNTRY, Place, load_gazetteer
from onrecord.pipeline import read_document
from onrecord.record import Document, Form, Location, Reading

GOLD = Path(__file__).parent.parent / "gold"
NEAR = 50  # kilometres
# Least share of right ones, and most wrong ones of a hundred. Raise, never lower.
FLOORS = {
    "places.jsonl": {"countries and capitals": 0.98, "city": 0.98, "subdivision": 1.0, "wrong": 0.0},
    "places-unseen.jsonl": {"countries and capitals": 0.96, "city": 0.94, "subdivision": 0.96, "wrong": 0.01},
}


def locations(reading: Reading, start: int, end: int) -> list[Location]:
    """Where the names that hold these characters are said to be."""
    entities = {entity.id: entity for entity in reading.entities}
    told = [m for m in reading.mentions if m.form is Form.NAME and m.span.start < end and start < m.span.end]
    found = [entities[m.means] for m in told if m.means in entities and m.head.start < end and start < m.head.end]
    return [entity.place for entity in found if entity.place is not None]


def is_right(found: Location, gold: dict[str, Any]) -> bool:
    if found.country != gold["country"]:
        return False
    if gold["is"] != CITY:
        named = {bearer.place.id for bearer in load_gazetteer().named(gold["name"])}
        return found.precision == gold["is"] and int(found.gazetteer.removeprefix("geonames:")) in named
    here, there = (
        Place(0, "", CITY, "", "", latitude, longitude, 0)
        for latitude, longitude in ((found.latitude, found.longitude), (gold["latitude"], gold["longitude"]))
    )
    return found.precision != COUNTRY and here.distance(there) <= NEAR


def is_capital(gold: dict[str, Any]) -> bool:
    gazetteer = load_gazetteer()
    bearers = [b.place for b in gazetteer.named(gold["name"]) if b.place.country == gold["country"]]
    return any(place.id in gazetteer.seats for place in bearers)


def outcomes(name: str, tools: Tools) -> Counter[tuple[str, str]]:
    """How many of each sort came out right, wrong or empty."""
    counted: Counter[tuple[str, str]] = Counter()
    for line in (GOLD / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        reading = read_document(Document(f"r-{row['id']}", row["text"]), tools)
        for gold in (*row["places"], *row["no_place"]):
            start = -1
            for _ in range(gold["nth"]):
                start = row["text"].index(gold["words"], start + 1)
            found = locations(reading, start, start + len(gold["words"]))
            sort = gold.get("is", "no place")
            outcome = "wrong" if found else "right" if sort == "no place" else "empty"
            if sort != "no place" and any(is_right(each, gold) for each in found):
                outcome = "right"
            counted[sort, outcome] += 1
            if sort == COUNTRY or (sort == CITY and is_capital(gold)):
                counted["countries and capitals", outcome] += 1
    return counted


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_places_are_where_they_are_and_nothing_else_has_a_point(name: str, tools: Tools) -> None:
    counted = outcomes(name, tools)
    for sort, floor in FLOORS[name].items():
        if sort != "wrong":
            of_sort = {outcome: counted[sort, outcome] for outcome in ("right", "wrong", "empty")}
            assert of_sort["right"] >= floor * sum(of_sort.values()), (sort, of_sort)
    sorts = ("country", "subdivision", "city", "other", "no place")
    every = sum(counted[sort, outcome] for sort in sorts for outcome in ("right", "wrong", "empty"))
    wrong = sum(counted[sort, "wrong"] for sort in sorts)
    assert wrong <= FLOORS[name]["wrong"] * every, counted
