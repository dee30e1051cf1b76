"""What happened, one line each: the events of the readings with their tellings.

So far the tellings of one report are gathered (``Event.same_as``); reports are not yet compared with each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from onrecord.record import (
    Entity,
    Event,
    EventType,
    Happening,
    Id,
    Reading,
    SourceKind,
    Statement,
    Status,
    TimeInterval,
    make_id,
)

# A line longer than this is cut at a blank, with an ellipsis.
LINE = 240


def gather_happenings(readings: Sequence[Reading], entities: Sequence[Entity]) -> tuple[Happening, ...]:
    """One happening for each event that is no retelling, dated ones first and in order, then the undated."""
    joined = {member: entity.id for entity in entities for member in entity.members}
    found = [happening for reading in readings for happening in _of_reading(reading, joined)]
    return tuple(sorted(found, key=_when))


def _when(happening: Happening) -> tuple[date, date]:
    when = happening.when
    start = (when.start or when.end) if when else None
    return start or date.max, (when.end if when else None) or date.max


def _of_reading(reading: Reading, joined: Mapping[Id, Id]) -> list[Happening]:
    tellings: dict[Id, list[Event]] = {}
    for event in reading.events:
        if event.type is not EventType.SAY:
            tellings.setdefault(event.same_as or event.id, []).append(event)
    statements = {statement.id: statement for statement in reading.statements}
    return [_happening(reading, told, joined, statements) for told in tellings.values()]


def _happening(
    reading: Reading, told: Sequence[Event], joined: Mapping[Id, Id], statements: Mapping[Id, Statement]
) -> Happening:
    first = told[0]
    voices = {(voice.source, voice.status) for event in told for voice in event.voices}
    sources = [statements[event.statement].source.kind for event in told if event.statement is not None]
    return Happening(
        id=make_id("h", first.id),
        told_in=tuple(event.id for event in told),
        type=first.type,
        actors=_entities(told, "actor", joined),
        recipients=_entities(told, "recipient", joined),
        where=next((joined.get(event.where, event.where) for event in told if event.where), None),
        when=_tightest([event.when for event in told if event.when]),
        status=first.status,
        disputed=_disputed({status for _, status in voices}),
        voices=max(1, len({source for source, _ in voices})),
        unnamed_only=len(sources) == len(told) and set(sources) == {SourceKind.UNNAMED},
        line=line(reading, first),
    )


def _entities(told: Sequence[Event], part: str, joined: Mapping[Id, Id]) -> tuple[Id, ...]:
    ids = (joined.get(entity, entity) for event in told for entity in event.with_part(part))
    return tuple(dict.fromkeys(ids))


def _disputed(statuses: set[Status]) -> bool:
    """Whether one voice says it happened and another that it did not."""
    return Status.HAPPENED in statuses and bool(statuses & {Status.DENIED, Status.DID_NOT_HAPPEN})


def _tightest(intervals: Sequence[TimeInterval]) -> TimeInterval | None:
    """The shortest of several intervals; open ones count as long. None if there is none."""

    def length(interval: TimeInterval) -> int:
        return ((interval.end or date.max) - (interval.start or date.min)).days

    return min(intervals, key=length, default=None)


def line(reading: Reading, event: Event) -> str:
    """The clause that tells the event (else its sentence), in the report's own words, on one line.

    Words cut off at either end of a very long one are marked by an ellipsis.
    """
    text = reading.document.text
    sentence = next((s.span for s in reading.sentences if s.span.contains(event.trigger)), event.trigger)
    told = event.clause or sentence
    words = _without_half_quotes(" ".join(told.cut(text).split()))
    if len(words) <= LINE:
        return words
    before = len(" ".join(text[told.start : event.trigger.end].split()))
    begin = words.find(" ", before - LINE // 2) + 1 if before > LINE // 2 else 0
    cut = words[begin : begin + LINE].rsplit(" ", 1)[0]
    return f"{'… ' if begin else ''}{cut} …"


def _without_half_quotes(words: str) -> str:
    """The words without a quotation mark at one end whose fellow was left outside."""
    if words.count('"') == 1:
        words = words.strip('"')
    if words.endswith("”") and "“" not in words:
        words = words.rstrip("”")
    if words.startswith("“") and "”" not in words:
        words = words.lstrip("“")
    return words.rstrip(" .,;:")
