"""Events: what happened, or did not, as the words of a report tell it; with who took part, where and when.

The stage ``events`` finds them and leaves their status open; the stage ``status`` judges it. An event is what stands
in the lexicons of event verbs and event nouns, or, without a PLOVER type, a dynamic verb between entities of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.what.clause import clause
from onrecord.extract.what.participants import Cast
from onrecord.extract.what.predicates import Told, predicates
from onrecord.extract.what.telling import Tellings
from onrecord.extract.when.occasions import Dates, when_of
from onrecord.extract.whereabouts import Whereabouts
from onrecord.record import Event, EventType, Kind, Participant, Reading, Reason, TimeInterval, make_id

# An event dated this much before the report is told to explain the new one.
OLD = timedelta(days=730)
AGENTS = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.GROUP, Kind.PLACE})


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Event, ...]:
    """The stage ``events``: all events of the report in the order of the text, status not yet judged."""
    known = predicates(tools.lexicons)
    scene = _Scene(reading, parse)
    found = []
    for token in parse.doc:
        told = known.told_by(token)
        event = scene.event(told) if told is not None else None
        if told is not None and event is not None:
            found.append((told, event))
    return _joined(found)


class _Scene:
    """What the events of one report are made with."""

    def __init__(self, reading: Reading, parse: Parse) -> None:
        self.reading = reading
        self.parse = parse
        self.cast = Cast(parse, Whereabouts.of(reading))
        self.dates = Dates.of(reading, parse)
        self.expressions = {time.id: time.span for time in reading.times}
        self.tellings = Tellings(reading.statements)
        self.speaking = frozenset(
            token.i
            for cue in reading.cues
            for span in cue.spans
            for token in parse.tokens(span)
            if token.pos_ == "VERB"
        )

    def event(self, told: Told) -> Event | None:
        """The event that these words tell, or None if it is not one to keep."""
        if told.row is None and (told.head.i in self.speaking or told.head.tag_ not in {"VBD", "VBN", "VBG"}):
            return None
        participants, reasons = self.cast.fill(told)
        if told.row is None and not self._weighty(participants):
            return None
        trigger = self.parse.of(told.words)
        row = told.row
        place = self.cast.place(told)
        when = self.when(told)
        why = [Reason(row.rule if row else "events.act-between-entities", told.predicate, trigger)]
        if told.light is not None and told.light_row is not None:
            words = [told.light, *(c for c in told.light.children if c.lower_ in told.light_row.key.split()[1:])]
            why.append(Reason(told.light_row.rule, told.light_row.key, self.parse.of(words)))
        if place is not None:
            why.append(Reason("events.place-in-clause", place[0].name, self.parse.span(place[1])))
        if when is not None:
            why.append(
                Reason("events.time-in-clause", "the time of its clause", self.expressions.get(when.anchor_id or ""))
            )
        statement = self.tellings.innermost(trigger)
        return Event(
            id=make_id("ev", self.reading.document.id, trigger.start, trigger.end),
            trigger=trigger,
            clause=self.parse.span(clause(told.head)),
            predicate=told.predicate,
            type=EventType(row["type"]) if row else EventType.OTHER,
            mode=(row["mode"] or None) if row else None,
            contexts=row.words("contexts") if row and "contexts" in row.values else (),
            participants=participants,
            where=place[0].id if place is not None else None,
            when=when,
            background=_is_old(when, self.reading.published),
            statement=statement.id if statement is not None else None,
            reasons=(*why, *reasons),
        )

    def when(self, told: Told) -> TimeInterval | None:
        """The time that the event's clause gives, or that of its light verb; None if neither gives one."""
        heads = [told.head] if told.light is None else [told.head, told.light]
        return next((when for head in heads if (when := when_of(head, self.dates)) is not None), None)

    def _weighty(self, participants: tuple[Participant, ...]) -> bool:
        """Whether an act without a row is one between people or bodies of the report."""
        kinds = {p.part: self.cast.whereabouts.entities[p.entity].kind for p in participants}
        return kinds.get("actor") in AGENTS - {Kind.PLACE} and kinds.get("recipient") in AGENTS


def _is_old(when: TimeInterval | None, published: TimeInterval | None) -> bool:
    """Whether an event is dated long before the report: told to explain."""
    if when is None or when.end is None or published is None or published.start is None:
        return False
    return when.end < _earlier(published.start)


def _earlier(day: date) -> date:
    return day - OLD if day.toordinal() > OLD.days else day


# ------------------------------------------------------------------------------------------------ same event again


def _joined(found: list[tuple[Told, Event]]) -> tuple[Event, ...]:
    """Later tellings of one event pointed at the first: one act, a shared participant, nothing in conflict."""
    earlier: dict[str, list[Event]] = {}
    kept = []
    for told, event in found:
        first = next((e for e in reversed(earlier.get(told.act, ())) if _same(told, e, event)), None)
        if first is not None:
            reason = Reason("events.told-before", first.predicate, first.trigger, 0.7)
            event = replace(event, same_as=first.same_as or first.id, reasons=(*event.reasons, reason))
        earlier.setdefault(told.act, []).append(event)
        del earlier[told.act][:-8]
        kept.append(event)
    return tuple(kept)


def _same(told: Told, first: Event, later: Event) -> bool:
    """Conservative: a definite noun that takes an act up again, or the same act with both sides the same."""
    if first.when is not None and later.when is not None and not _may_meet(first.when, later.when):
        return False
    if first.where is not None and later.where is not None and first.where != later.where:
        return False
    shared = {p.entity for p in first.participants} & {p.entity for p in later.participants}
    if told.nominal and _definite(told):
        return bool(shared) or (not later.participants and told.head.tag_ == "NN")
    sides = {p.part for p in later.participants}
    same = {(p.part, p.entity) for p in first.participants} == {(p.part, p.entity) for p in later.participants}
    return same and {"actor", "recipient"} <= sides


def _definite(told: Told) -> bool:
    return any(child.lower_ in {"the", "this", "that", "these", "those"} for child in told.head.lefts)


def _may_meet(a: TimeInterval, b: TimeInterval) -> bool:
    """Whether two intervals overlap; an open side reaches everywhere."""
    before = a.end is not None and b.start is not None and a.end <= b.start
    after = b.end is not None and a.start is not None and b.end <= a.start
    return not before and not after
