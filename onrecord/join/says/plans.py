"""Plans: what one report tells as planned and a later one as having happened, where the two were not joined.

A plan says little of how it will be done, so its telling is seldom joined with that of the deed. The two belong
together where both are told with one word and of the same days, and their sentences share a rare word, a name or an
ordinal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.join.says.conflicts import link_of_positions
from onrecord.join.says.positions import DID, SURE, Position, Told
from onrecord.join.says.voices import Speaking
from onrecord.join.what.signs import LIGHT, ORDINALS, rarity, stem
from onrecord.join.what.telling import content_words
from onrecord.record import Entity, Id, Link, LinkKind, Status, TimeInterval

# How rare a word is that tells two acts from others.
RARE = 3.5
# Of very many acts told with one word the first so many are set against plans.
MOST = 60
# A stretch of more days names no day.
LONGEST = 7


@dataclass(frozen=True, slots=True)
class Deed:
    """What is planned or was done, with the rare words of its sentence and the names that they mean."""

    told: Told
    voice: Speaking
    when: TimeInterval | None
    words: frozenset[str]
    ordinals: frozenset[str]


def compare_plans(groups: Iterable[Sequence[Told]], entities: Mapping[Id, Entity]) -> Iterator[Link]:
    """The links between plans and what came of them. ``groups``: the tellings of each event."""
    plans: dict[str, list[tuple[Told, Speaking]]] = {}
    done: dict[str, list[tuple[Told, Speaking]]] = {}
    for told in (one for group in groups for one in group):
        for voice in told.voices:
            ahead = voice.status is Status.PLANNED and voice.certainty > 0
            if ahead or (voice.status in DID and voice.certainty >= SURE):
                for kind in _kinds(told):
                    (plans if ahead else done).setdefault(kind, []).append((told, voice))
    for kind, found in plans.items():
        if kind in done:
            deeds = _first(done[kind], entities)
            for plan in _first(found, entities):
                yield from _links(plan, deeds)


def _first(found: Iterable[tuple[Told, Speaking]], entities: Mapping[Id, Entity]) -> list[Deed]:
    """The first of many, in the order of their reports."""
    return [_deed(told, voice, entities) for told, voice in sorted(found, key=_place)[:MOST]]


def _links(plan: Deed, deeds: Iterable[Deed]) -> Iterator[Link]:
    for deed in deeds:
        link = link_of_positions(_position(plan), _position(deed)) if came_true(plan, deed) else None
        if link is not None and link.kind is LinkKind.UPDATES:
            yield link


def _place(found: tuple[Told, Speaking]) -> tuple[object, ...]:
    told, voice = found
    return (told.day or 0, told.report, told.event.trigger, voice.key)


def _position(deed: Deed) -> Position:
    return Position("status", "", deed.voice.status, deed.told, deed.voice, deed.voice.words[0])


def _kinds(told: Told) -> set[str]:
    """The stems of the words that tell an act; of a verb that says little ("hold"), those of the acts beside it."""
    event = told.event
    if event.predicate not in LIGHT:
        return {stem(event.predicate)}
    clause = event.clause or event.trigger
    beside = (one for one in told.reading.events if one.id != event.id and clause.contains(one.trigger))
    return {stem(one.predicate) for one in beside if one.predicate not in LIGHT}


def _deed(told: Told, voice: Speaking, entities: Mapping[Id, Entity]) -> Deed:
    reading, event = told.reading, told.event
    text = reading.document.text
    sentence = next((s.span for s in reading.sentences if s.span.contains(event.trigger)), event.trigger)
    clause = event.clause or sentence
    times = [time.interval for time in reading.times if clause.contains(time.span) and time.interval is not None]
    means = (entities.get(m.means or "") for m in reading.mentions if sentence.contains(m.span))
    named = [entity.name for entity in means if entity is not None and entity.named]
    words = content_words(" ".join([sentence.cut(text), *named]))
    own = {*content_words(event.trigger.cut(text)), *_kinds(told)}
    rare = frozenset(stem(word) for word in words if word not in own and rarity(stem(word)) >= RARE)
    ordinals = frozenset(word for word in clause.cut(text).lower().split() if word in ORDINALS or word == "first")
    return Deed(told, voice, event.when or next(iter(times), None), rare - own, ordinals)


def came_true(plan: Deed, deed: Deed) -> bool:
    """Whether a plan and a deed of another report, told later, are likely one."""
    if plan.told.report == deed.told.report or plan.told.event.id == deed.told.event.id:
        return False
    announced, reported = plan.told.day, deed.told.day
    if announced is None or reported is None or reported < announced:
        return False
    start = deed.when.start if deed.when is not None else None
    if start is not None and start.toordinal() < announced:
        return False
    if plan.ordinals and deed.ordinals and plan.ordinals.isdisjoint(deed.ordinals):
        return False
    shared = plan.words & deed.words or plan.ordinals & deed.ordinals
    return bool(shared) and _same_days(plan.when, deed.when)


def _same_days(one: TimeInterval | None, other: TimeInterval | None) -> bool:
    """Whether two times meet that are a few days each."""
    if one is None or other is None or not (_is_short(one) and _is_short(other)):
        return False
    starts, ends = [one.start, other.start], [one.end, other.end]
    return max(day for day in starts if day) < min(day for day in ends if day)


def _is_short(when: TimeInterval) -> bool:
    return when.start is not None and when.end is not None and (when.end - when.start).days <= LONGEST
