"""Readings made by chance from a fixed seed, as a case of many affairs would hold them; no report is read for it.

A world of affairs: each has its people and towns, and thirty events in two months (meetings, arrests, searches, attacks
...). A report belongs to one affair and tells twelve of its events, each in a sentence of its own, in one of several
words, with who and whom, and now with where, when and how many, now without; now and then it tells a number or a day
otherwise, and one report in ten is a copy.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.record import (
    Basis,
    Document,
    Entity,
    Event,
    EventType,
    Form,
    Kind,
    Mention,
    Participant,
    Precision,
    Quantity,
    Reading,
    Sentence,
    Span,
    Status,
    TimeInterval,
    Voice,
    make_id,
)

A_REPORT, AN_AFFAIR, REPORTS_AN_AFFAIR = 12, 30, 40
ACTS = (
    (EventType.CONSULT, ("meet", "met"), ("see", "saw")),
    (EventType.COERCE, ("arrest", "arrested"), ("detain", "detained"), ("seize", "seized")),
    (EventType.COERCE, ("search", "searched"), ("raid", "raided")),
    (EventType.ASSAULT, ("attack", "attacked"), ("assault", "assaulted")),
    (EventType.SANCTION, ("suspend", "suspended"), ("dismiss", "dismissed")),
    (EventType.ACCUSE, ("accuse", "accused"), ("charge", "charged")),
    (EventType.OTHER, ("pay", "paid"), ("bribe", "bribed")),
    (EventType.OTHER, ("hire", "hired"), ("recruit", "recruited")),
)  # fmt: skip
ONSETS = ("b", "br", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "v", "z")
MIDDLES, ENDS = ("a", "e", "i", "o", "u", "ai", "ou"), ("n", "l", "r", "s", "m", "nd", "rk", "lt")
THINGS = ("crates", "rifles", "boxes", "documents", "vehicles")
FIRST_DAY = date(2021, 1, 4)


@dataclass(frozen=True, slots=True)
class Act:
    """An event of the made world."""

    type: EventType
    words: tuple[tuple[str, str], ...]
    actor: str
    recipient: str
    town: str
    day: date
    count: int
    thing: str


def word(chance: random.Random) -> str:
    """A made word."""
    parts = (chance.choice(ONSETS) + chance.choice(MIDDLES) for _ in range(2))
    return ("".join(parts) + chance.choice(ENDS)).capitalize()


def affair(chance: random.Random) -> list[Act]:
    """The events of one affair."""
    people = [f"{word(chance)} {word(chance)}" for _ in range(14)]
    towns = [word(chance) for _ in range(4)]
    start = FIRST_DAY + timedelta(chance.randrange(700))
    acts = []
    for _ in range(AN_AFFAIR):
        type_, *words = chance.choice(ACTS)
        actor, recipient = chance.sample(people, 2)
        day = start + timedelta(chance.randrange(60))
        thing = (chance.randrange(3, 400), chance.choice(THINGS))
        acts.append(Act(type_, tuple(words), actor, recipient, chance.choice(towns), day, *thing))
    return acts


def made_readings(count: int, seed: int = 1, outlets: int = 40) -> Iterator[Reading]:
    """So many readings, the same for the same seed."""
    chance = random.Random(seed)
    names = [f"{word(chance)} {chance.choice(('Post', 'Herald', 'Courier'))}" for _ in range(outlets)]
    open_affairs = [affair(chance) for _ in range(12)]
    before: Reading | None = None
    for number in range(count):
        if number % (REPORTS_AN_AFFAIR // 4) == 0:
            open_affairs[chance.randrange(len(open_affairs))] = affair(chance)
        if before is not None and chance.random() < 0.1:
            yield _written(number, before.document.text, chance.choice(names), before)
            continue
        acts = sorted(chance.sample(chance.choice(open_affairs), A_REPORT), key=lambda act: act.day)
        before = _Writer(number, chance, chance.choice(names)).write(acts)
        yield before


class _Writer:
    """Writes one report, and its reading with it."""

    def __init__(self, number: int, chance: random.Random, outlet: str) -> None:
        self.id = make_id("r", "made", number)
        self.chance, self.outlet = chance, outlet
        self.text = ""
        self.entities: dict[str, Entity] = {}
        self.mentions: list[Mention] = []
        self.sentences: list[Sentence] = []
        self.events: list[Event] = []
        self.quantities: list[Quantity] = []

    def write(self, acts: list[Act]) -> Reading:
        """The reading of a report that tells these events."""
        for act in acts:
            self._sentence(act)
        published = _day(max(act.day for act in acts) + timedelta(1 + self.chance.randrange(3)))
        document = Document(self.id, self.text, outlet=self.outlet, title=self.text[:50], published=published)
        entities = tuple(
            replace(e, mentions=tuple(m.id for m in self.mentions if m.means == e.id)) for e in self.entities.values()
        )
        return Reading(
            document, tuple(self.sentences), (), tuple(self.mentions), entities=entities, published=published,
            events=tuple(self.events), quantities=tuple(self.quantities),
        )  # fmt: skip

    def _sentence(self, act: Act) -> None:
        chance, start = self.chance, len(self.text)
        lemma, past = chance.choice(act.words)
        parts = [self._named("actor", act.actor, Kind.PERSON)]
        trigger = self._say(" " + past)
        parts.append(self._named("recipient", act.recipient, Kind.PERSON, " "))
        where = self._named("place", act.town, Kind.PLACE, " in ").entity if chance.random() < 0.7 else None
        day = act.day + timedelta(chance.random() < 0.03)
        when = _day(day) if chance.random() < 0.7 else None
        self._say(f" on {day.day} {day:%B} {day.year}" if when else "")
        id_ = make_id("e", self.id, trigger.start)
        if chance.random() < 0.4:
            self._count(act.count + (chance.random() < 0.1), act.thing, id_)
        clause = Span(start, len(self.text))
        self._say(". " + " ".join(word(chance).lower() for _ in range(12)) + ".\n")
        self.sentences.append(Sentence(make_id("sn", self.id, start), Span(start, clause.end + 1), 0))
        self.events.append(
            Event(
                id_, trigger, lemma, act.type, clause, participants=tuple(parts), where=where, when=when,
                status=Status.HAPPENED, certainty=3, voices=(Voice(Status.HAPPENED, 3),),
            )
        )  # fmt: skip

    def _say(self, words: str) -> Span:
        start = len(self.text) + (len(words) - len(words.lstrip()))
        self.text += words
        return Span(start, len(self.text)) if len(self.text) > start else Span(max(0, start - 1), max(1, start))

    def _named(self, part: str, name: str, kind: Kind, before: str = "") -> Participant:
        self.text += before
        id_ = make_id("n", self.id, name)
        short = name.split()[-1] if id_ in self.entities else name
        span = self._say(short)
        self.mentions.append(Mention(make_id("m", self.id, span.start), span, span, kind, Form.NAME, id_))
        self.entities.setdefault(id_, Entity(id_, kind, True, name, (), members=(id_,)))
        return Participant(part, id_, span)

    def _count(self, count: int, thing: str, event: str) -> None:
        span = self._say(f" with {count} {thing}")
        number = Span(span.start + 5, span.start + 5 + len(str(count)))
        id_ = make_id("q", self.id, number.start)
        self.quantities.append(Quantity(id_, number, count, count, thing.rstrip("s"), of=event))


def _written(number: int, text: str, outlet: str, original: Reading) -> Reading:
    """The same report in another outlet: the same findings, with ids of their own."""
    id_ = make_id("r", "made", number)
    ids = {
        noun.id: make_id(noun.id[0], id_, noun.id)
        for field in ("entities", "mentions", "events", "sentences", "quantities")
        for noun in getattr(original, field)
    }
    entities = tuple(
        replace(e, id=ids[e.id], mentions=tuple(ids[m] for m in e.mentions), members=(ids[e.id],))
        for e in original.entities
    )
    events = tuple(
        replace(
            e, id=ids[e.id], where=e.where and ids[e.where],
            participants=tuple(replace(p, entity=ids[p.entity]) for p in e.participants),
        )
        for e in original.events
    )  # fmt: skip
    return replace(
        original,
        document=replace(original.document, id=id_, text=text, outlet=outlet),
        sentences=tuple(replace(s, id=ids[s.id]) for s in original.sentences),
        mentions=tuple(replace(m, id=ids[m.id], means=ids[m.means or ""]) for m in original.mentions),
        entities=entities,
        events=events,
        quantities=tuple(replace(q, id=ids[q.id], of=ids[q.of or ""]) for q in original.quantities),
    )


def _day(day: date) -> TimeInterval:
    return TimeInterval(day, day + timedelta(1), Precision.DAY, Basis.EXPLICIT, inferred=False)
