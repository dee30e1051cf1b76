"""How long it takes to join entities over reports: 1,000, 10,000 and 100,000 entities in made readings, one core.

The readings are made by chance from a fixed seed: reports of twenty entities from a world of people, firms, bodies and
places, with the mix that makes joining hard. A fifth of all surnames is borne by very many; people are told by full
name, by surname, by initial; firms with and without their legal form, by acronym; one report in five thinks one
name another's. Beside them stands a world in which every fourth person is called the same. Aim: 10,000 entities in
at most 20 seconds, and time that grows hardly faster than the number of entities.

    python benchmarks/join.py [--sizes 1000,10000,100000] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

if __package__ is None or __package__ == "":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from onrecord.join import join_entities
from onrecord.record import Document, Entity, Form, Kind, Mention, Reading, Role, Span, make_id

AIM_SECONDS, AIM_ENTITIES = 20.0, 10_000
A_REPORT, CIRCLE = 20, 50
ONSETS = (
    "b", "br", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "z",
)  # fmt: skip
MIDDLES = ["a", "e", "i", "o", "u", "ai", "ou"]
ENDS = ["n", "l", "r", "s", "m", "nd", "rk", "lt"]
COMMON = ("Smith", "Kern", "Belo", "Orvik", "Lind")
TITLES = ("minister", "mayor", "spokesman", "chief executive", "judge", "general")
TRADES = ("Shipping", "Bank", "Energy", "Motors", "Press", "Foundation")
COUNTRIES = ("VE", "DE", "US", "PL", "TR", "KE")


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody or something of the made world: its names, and what is always told of it."""

    number: int
    kind: Kind
    names: tuple[str, ...]
    title: str
    country: str | None
    circle: int


def word(chance: random.Random, syllables: int = 2) -> str:
    """A made word."""
    parts = (chance.choice(ONSETS) + chance.choice(MIDDLES) for _ in range(syllables))
    return ("".join(parts) + chance.choice(ENDS)).capitalize()


def world(chance: random.Random, count: int, crowded: bool) -> list[Bearer]:
    """As many bearers as asked for. ``crowded``: every fourth is called the same."""
    return [bearer(chance, number, crowded) for number in range(count)]


def bearer(chance: random.Random, number: int, crowded: bool) -> Bearer:
    """One of them. Those of one circle stand in the same reports."""
    circle, country = number // CIRCLE, chance.choice(COUNTRIES)
    kind = chance.choices((Kind.PERSON, Kind.ORGANISATION, Kind.PLACE), (6, 3, 1))[0]
    if kind is Kind.PERSON:
        given = word(chance)
        last = chance.choice(COMMON) if chance.random() < 0.2 else word(chance)
        if crowded and number % 4 == 0:
            given, last = "Jan", "Smith"
        names = (f"{given} {last}", f"{given} {last}", last, f"{given[0]}. {last}")
        return Bearer(number, kind, names, chance.choice(TITLES), country if number % 2 else None, circle)
    if kind is Kind.PLACE:
        return Bearer(number, kind, (word(chance),), "", None, circle)
    stem = f"{word(chance)} {word(chance)} {chance.choice(TRADES)}"
    letters = "".join(part[0] for part in stem.split())
    return Bearer(number, kind, (stem, f"{stem} Ltd.", stem, letters), "", country, circle)


def readings(size: int, seed: int, crowded: bool, told_of: dict[str, int]) -> Iterator[Reading]:
    """Reports with as many entities in all as asked for, three for each bearer on average; and who they all are."""
    chance = random.Random(seed)
    circles: dict[int, list[Bearer]] = defaultdict(list)
    for one in world(chance, max(1, size // 3), crowded):
        circles[one.circle].append(one)
    rings = sorted(circles)
    for n in range(size // A_REPORT):
        ring = circles[chance.choice(rings)]
        told = chance.sample(ring, min(A_REPORT, len(ring)))
        made = reading(chance, n, told)
        told_of.update(zip((entity.id for entity in made.entities), (one.number for one in told), strict=True))
        yield made


def reading(chance: random.Random, number: int, told: list[Bearer]) -> Reading:
    """One report that tells of these, in that order."""
    id_ = f"r-{number}"
    text, mentions, entities, roles = "", [], [], []
    for one in told:
        name = chance.choice(one.names)
        span = Span(len(text), len(text) + len(name))
        text += f"{name}. "
        entity, mention = make_id("e", id_, span.start), make_id("m", id_, span.start)
        mentions.append(Mention(mention, span, span, one.kind, Form.NAME, entity))
        entities.append(Entity(entity, one.kind, True, name, (mention,), country=one.country, members=(entity,)))
        if one.title and chance.random() < 0.5:
            roles.append(Role(make_id("ro", id_, span.start), mention, one.title, span))
    return Reading(Document(id_, text), mentions=tuple(mentions), entities=tuple(entities), roles=tuple(roles))


def measure(size: int, crowded: bool) -> dict[str, object]:
    """Join one made case: entities before and after, CPU seconds, microseconds an entity."""
    told_of: dict[str, int] = {}
    made = list(readings(size, 7, crowded, told_of))
    count = sum(len(reading.entities) for reading in made)
    begin = time.process_time()
    entities, links = join_entities(made)
    seconds = time.process_time() - begin
    return {
        "world": "crowded" if crowded else "mixed",
        "entities": count,
        "reports": len(made),
        "joined": len(entities),
        "links": len(links),
        "seconds": round(seconds, 2),
        "us_per_entity": round(seconds * 1e6 / max(1, count), 1),
    } | b_cubed([entity.members for entity in entities], told_of)


def b_cubed(found: Iterable[Sequence[str]], told_of: dict[str, int]) -> dict[str, object]:
    """B-cubed precision and recall of what was joined, against the made world."""
    sizes, right = Counter(told_of.values()), [0.0, 0.0]
    for members in found:
        here = Counter(told_of[member] for member in members)
        for bearer_, n in here.items():
            right[0] += n * n / len(members)
            right[1] += n * n / sizes[bearer_]
    return {"b3_p": round(100 * right[0] / len(told_of), 1), "b3_r": round(100 * right[1] / len(told_of), 1)}


def main() -> int:
    """Measure and print a table; exit code 1 if 10,000 entities took longer than the aim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = [measure(int(size), crowded) for crowded in (False, True) for size in given.sizes.split(",")]
    if given.json:
        print(json.dumps(rows))
    else:
        print("  ".join(f"{name:>13}" for name in rows[0]))
        for row in rows:
            print("  ".join(f"{value:>13}" for value in row.values()))
    slow = [
        row for row in rows if int(str(row["entities"])) <= AIM_ENTITIES and float(str(row["seconds"])) > AIM_SECONDS
    ]
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
