"""Readings made by hand for tests of what tellings say to each other: short affairs that never were."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from onrecord.join.says.positions import Told
from onrecord.join.says.voices import Speakers
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
    Statement,
    Status,
    TimeInterval,
    Voice,
)

CERTAIN = {Status.HAPPENED: 3, Status.DENIED: -2, Status.DID_NOT_HAPPEN: -2, Status.PLANNED: 2}


def day(number: int, month: int = 3, days: int = 1) -> TimeInterval:
    """A day of 2021, as words name it."""
    start = date(2021, month, number)
    return TimeInterval(start, start + timedelta(days), Precision.DAY, Basis.EXPLICIT, inferred=False)


class Report:
    """A report in the making: names and numbers are found in its text, events are added by their words."""

    def __init__(self, id_: str, text: str, outlet: str = "", published: int | None = None) -> None:
        self.id, self.text, self.outlet = id_, text, outlet or f"Outlet {id_}"
        self.published = None if published is None else day(published)
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self.quantities: list[Quantity] = []
        self.events: list[Event] = []
        self.statements: list[Statement] = []

    def span(self, words: str) -> Span:
        at = self.text.index(words)
        return Span(at, at + len(words))

    def who(self, name: str, kind: Kind = Kind.PERSON, named: bool = True) -> str:
        """Somebody, by a name that is the same in all reports if it is one; each place where it stands is a mention."""
        id_ = f"e-{self.id}-{name}"
        spans = [Span(*found.span()) for found in re.finditer(re.escape(name), self.text)]
        form = Form.NAME if named else Form.DESCRIPTION
        made = [Mention(f"m-{id_}-{span.start}", span, span, kind, form, means=id_) for span in spans]
        self.mentions += made
        self.entities.append(Entity(id_, kind, named, name, tuple(one.id for one in made), members=(id_,)))
        return id_

    def number(self, words: str, unit: str, of: str | None = None, **more: Any) -> Quantity:
        least = int(re.sub(r"\D", "", words))
        made = Quantity(f"q-{self.id}-{words}", self.span(words), least, least, unit, of=of, **more)
        self.quantities.append(made)
        return made

    def event(self, trigger: str, predicate: str, status: Status = Status.HAPPENED, **more: Any) -> Event:
        """An event in its sentence. ``by``: whose word it is; ``actors``, ``recipients``: ids; else as in ``Event``."""
        span = self.span(trigger)
        by = more.pop("by", None)
        parts = [("actor", id_) for id_ in more.pop("actors", ())] + [
            ("recipient", i) for i in more.pop("recipients", ())
        ]
        clause = next(one for one in self.sentences() if one.span.contains(span)).span
        certainty = CERTAIN.get(status, 1)
        said = f"st-{self.id}-{trigger}" if by else None
        voices = (Voice(status, certainty, by, said),)
        known = {"clause": clause, "status": status, "certainty": certainty, "statement": said, "voices": voices}
        participants = tuple(Participant(part, id_) for part, id_ in parts)
        made = Event(
            f"ev-{self.id}-{trigger}", span, predicate, EventType.OTHER, participants=participants, **{**known, **more}
        )
        self.events.append(made)
        return made

    def sentences(self) -> tuple[Sentence, ...]:
        found = [Span(*one.span()) for one in re.finditer(r"[^.]+\.", self.text)]
        return tuple(Sentence(f"sn-{self.id}-{n}", span, 0) for n, span in enumerate(found))

    def reading(self) -> Reading:
        return Reading(
            Document(self.id, self.text, outlet=self.outlet, published=self.published),
            self.sentences(),
            mentions=tuple(self.mentions),
            entities=tuple(self.entities),
            events=tuple(self.events),
            quantities=tuple(self.quantities),
            published=self.published,
        )


def told(readings: Sequence[Reading]) -> tuple[list[Told], Speakers]:
    """All tellings of readings, each with its voices; entities of one name are one."""
    first: dict[str, str] = {}
    joined = {e.id: first.setdefault(e.name, e.id) for r in readings for e in r.entities}
    speakers = Speakers(readings, [e for r in readings for e in r.entities], joined, ())
    found = []
    for reading in readings:
        start = reading.published.start if reading.published is not None else None
        for event in reading.events:
            voices = speakers.of(event, reading.document.id)
            found.append(Told(event, reading, voices, start.toordinal() if start else None))
    return found, speakers


def shared(readings: Sequence[Reading]) -> dict[str, Entity]:
    """The entities of readings by their ids, those of one name as one."""
    first: dict[str, Entity] = {}
    return {e.id: first.setdefault(e.name, e) for r in readings for e in r.entities}
