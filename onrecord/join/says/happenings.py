"""What happened, one line each: every event with all its tellings, in one report or many.

The line is that of the telling that says most; what the tellings agree on and on what they contradict each other stands
beside it. Where one voice says that it happened and another that it did not, the happening is ``uncertain``: an account
gives no verdict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.join.says.conflicts import compare_tellings
from onrecord.join.says.denials import compare_denials
from onrecord.join.says.plans import compare_plans
from onrecord.join.says.positions import Told
from onrecord.join.says.tallies import compare_tallies
from onrecord.join.says.voices import Speakers, count
from onrecord.join.what.sameness import Sameness
from onrecord.record import (
    Entity,
    Event,
    EventType,
    Happening,
    Id,
    Link,
    LinkKind,
    Reading,
    SourceKind,
    Status,
    TimeInterval,
    make_id,
)

# A line longer than this is cut at a blank, with an ellipsis.
LINE = 240


@dataclass(frozen=True, slots=True)
class Gathered:
    """The happenings, dated ones first and in order, then the undated; and what their tellings say to each other."""

    happenings: tuple[Happening, ...]
    links: tuple[Link, ...]


def gather_happenings(
    readings: Sequence[Reading],
    entities: Sequence[Entity],
    same: Mapping[Id, Id],
    alike: Mapping[tuple[Id, Id], Sameness],
    links: Sequence[Link] = (),
) -> Gathered:
    """One happening for each event, with all its tellings.

    ``same``: for an event told in several reports the least id of its tellings; one not in it is told in one report.
    ``alike``: pairs of events that became one, the lesser id first. ``links``: those among reports, by which copies are
    known.
    """
    joined = {member: entity.id for entity in entities for member in entity.members}
    known = {entity.id: entity for entity in entities}
    shared = {id_: known[case_id] for id_, case_id in joined.items()} | known
    speakers = Speakers(readings, entities, joined, links)
    happenings: list[Happening] = []
    found: list[Link] = []
    versions = Counter(link.left for link in links if link.kind is LinkKind.UPDATES)
    groups = _tellings(readings, same, speakers, versions)
    aside = sorted(
        (
            *compare_tallies((told for group in groups for told in group), speakers),
            *compare_denials(groups, shared),
            *compare_plans(groups, shared),
        ),
        key=lambda link: link.id,
    )
    beside: dict[Id, list[Link]] = {}
    for link in aside:
        for id_ in {link.left, link.right}:
            beside.setdefault(id_, []).append(link)
    for told in groups:
        said = tuple(compare_tellings(told, shared, alike))
        counted = [link for one in told for link in beside.get(one.event.id, ())]
        found += said
        happenings.append(_happening(told, joined, (*said, *counted)))
    reports = {event.id: reading.document.id for reading in readings for event in reading.events}
    known_words = {_words(link, reports) for link in found}
    found += {words: link for link in aside if (words := _words(link, reports)) not in known_words}.values()
    return Gathered(tuple(sorted(happenings, key=_when)), tuple(found))


def _tellings(
    readings: Sequence[Reading], same: Mapping[Id, Id], speakers: Speakers, versions: Mapping[Id, int]
) -> list[list[Told]]:
    """The tellings of each event, the earliest report's first."""
    groups: dict[Id, list[Told]] = {}
    for reading in readings:
        published = reading.published.start if reading.published is not None else None
        day = published.toordinal() if published is not None else None
        for event in reading.events:
            if event.type is not EventType.SAY:
                first = event.same_as or event.id
                voices = speakers.of(event, reading.document.id)
                told = Told(event, reading, voices, day, versions.get(reading.document.id, 0))
                groups.setdefault(same.get(first, first), []).append(told)
    return [sorted(group, key=lambda one: (one.day or 0, one.version)) for group in groups.values()]


def _words(link: Link, reports: Mapping[Id, Id]) -> tuple[object, ...]:
    """What a link sets against what: the same words are set against each other once."""
    words = sorted([(reports[link.left], link.left_spans), (reports[link.right], link.right_spans)])
    return link.kind, link.field, *words


def _when(happening: Happening) -> tuple[date, date]:
    when = happening.when
    start = (when.start or when.end) if when else None
    return start or date.max, (when.end if when else None) or date.max


def _happening(told: Sequence[Told], joined: Mapping[Id, Id], links: Sequence[Link]) -> Happening:
    lead = _lead(told)
    events = [lead.event, *(one.event for one in told if one is not lead)]
    named, unnamed = count([voice for one in told for voice in one.voices])
    against = {link.field for link in links if link.kind is LinkKind.CONTRADICTS and link.field}
    agreed = {link.field for link in links if link.kind is LinkKind.AGREES and link.field}
    disputed = "status" in against
    return Happening(
        id=make_id("h", min(event.id for event in events)),
        told_in=tuple(event.id for event in events),
        type=lead.event.type,
        actors=_entities(events, "actor", joined),
        recipients=_entities(events, "recipient", joined),
        where=next((joined.get(event.where, event.where) for event in events if event.where), None),
        when=lead.event.when if "when" in against else _tightest([event.when for event in events if event.when]),
        status=Status.UNCERTAIN if disputed else lead.event.status,
        disputed=bool(against),
        voices=max(1, named + unnamed),
        unnamed_only=_unnamed_only(told),
        line=line(lead.reading, lead.event),
        reports=tuple(dict.fromkeys(one.report for one in told)),
        named=named,
        unnamed=unnamed,
        agreed=tuple(sorted(agreed - against)),
        disputed_on=tuple(sorted(against)),
    )


def _lead(told: Sequence[Told]) -> Told:
    """The telling that says most: that it happened rather than that it may, outright rather than through a source."""

    def rank(one: Told) -> tuple[int, ...]:
        event = one.event
        return (
            event.status is Status.HAPPENED,
            event.statement is None,
            not event.background,
            event.type is not EventType.OTHER,
            (event.when is not None) + (event.where is not None) + bool(event.participants),
        )

    return max(told, key=rank)


def _unnamed_only(told: Sequence[Told]) -> bool:
    """Whether every voice is an unnamed source's."""
    statements = {statement.id: statement for one in told for statement in one.reading.statements}
    sources = [statements[one.event.statement].source.kind for one in told if one.event.statement in statements]
    return len(sources) == len(told) and set(sources) == {SourceKind.UNNAMED}


def _entities(events: Iterable[Event], part: str, joined: Mapping[Id, Id]) -> tuple[Id, ...]:
    ids = (joined.get(entity, entity) for event in events for entity in event.with_part(part))
    return tuple(dict.fromkeys(ids))


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
