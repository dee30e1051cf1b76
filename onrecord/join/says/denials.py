"""Denials: an act that one tells and another denies, set side by side where the words for it are too far apart to join.

"There was no dinner" names nobody, and "spent an evening with" no meal: both are of the same company if the same people
are in them. Acts of being together are told with the words of ``company-words.csv``; all others with one word. A
denial is set against an act that has two names in common with it, or a name and a rare word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from onrecord.join.rows import lexicon
from onrecord.join.says.conflicts import link_of_positions
from onrecord.join.says.positions import DID, DID_NOT, SURE, Position, Told
from onrecord.join.says.voices import Speaking
from onrecord.join.what.signs import rarity, stem
from onrecord.join.what.telling import content_words
from onrecord.lexicon import Row
from onrecord.record import Entity, Event, Id, Kind, Link, LinkKind, Reading, Reason, Span

# So many names, or names and rare words, a denial and what it denies have in common; and how rare such a word is.
COMMON, RARE = 2, 4.0
# Of very many acts told with one word the first so many are set against denials.
MOST = 60
# So many characters a denial may stand behind what it denies in one report, to need less in common with it.
NEAR = 400
# An act told to have been done so often is not any one that somebody may deny.
_OFTEN = re.compile(r"\b(?:occasions|times|often|repeatedly|regularly|always|usually)\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:I|me|my|we|us|our)\b")


@dataclass(frozen=True, slots=True)
class Act:
    """What one voice says was or was not done. ``kind``: the stem of its word, or ``COMPANY``; ``meal``: at a table.

    ``event``: the event told, the same for all tellings that were joined.
    """

    told: Told
    voice: Speaking
    kind: str
    meal: bool
    names: frozenset[Id]
    words: frozenset[str]
    event: Id = ""


COMPANY = "company"


def compare_denials(groups: Iterable[Sequence[Told]], entities: Mapping[Id, Entity]) -> Iterator[Link]:
    """The links between what is told and what is denied. ``groups``: the tellings of each event."""
    looked = _Looked(entities)
    acts: dict[str, list[Act]] = {}
    for group in groups:
        for act in looked.acts(group):
            acts.setdefault(act.kind, []).append(act)
    for kind, found in acts.items():
        denied = [act for act in found if act.voice.status in DID_NOT]
        if denied and len(denied) < len(found):
            named = [looked.named(act) for act in found]
            yield from _links(sorted(looked.filled(named) if kind == COMPANY else named, key=_place), looked)


def _place(act: Act) -> tuple[object, ...]:
    return (act.told.day or 0, act.told.report, act.told.event.trigger, act.voice.key)


def _links(acts: Sequence[Act], looked: _Looked) -> Iterator[Link]:
    denied = list(islice((act for act in acts if act.voice.status in DID_NOT), MOST))
    done = list(islice((act for act in acts if act.voice.status in DID), MOST))
    for one in denied:
        for other in done:
            if one.told.event.id == other.told.event.id or not looked.is_of_one(one, other):
                continue
            link = link_of_positions(_position(one), _position(other))
            if link is not None and link.kind is not LinkKind.AGREES:
                yield link


def _position(act: Act) -> Position:
    return Position("status", "", act.voice.status, act.told, act.voice, act.voice.words[0])


class _Looked:
    """Looks up who is in an act. ``entities``: by the ids that readings use, joined ones where there are."""

    def __init__(self, entities: Mapping[Id, Entity]) -> None:
        self._entities = entities
        self._bodies: dict[Id, set[Id]] = {}
        self._seen: set[Id] = set()
        self._meals: set[Id] = set()

    def _id(self, id_: Id | None) -> Id:
        entity = self._entities.get(id_ or "")
        return entity.id if entity is not None else ""

    def acts(self, group: Sequence[Told]) -> Iterator[Act]:
        """The acts in the tellings of one event that a voice is sure of, or surely denies."""
        for told in group:
            self._see(told.reading)
            row = company_row(told.event, told.reading)
            kind = COMPANY if row is not None else stem(told.event.predicate)
            meal = row is not None and row["class"] == "meal"
            if meal:
                self._meals.add(told.report)
            for voice in told.voices:
                if abs(voice.certainty) >= SURE and voice.status in DID | DID_NOT:
                    yield Act(told, voice, kind, meal, frozenset(), frozenset(), group[0].event.id)

    def named(self, act: Act) -> Act:
        """An act with its names and rare words, which are dear to find."""
        return replace(act, names=self._names(act.told), words=_rare(act.told))

    def _see(self, reading: Reading) -> None:
        """Note who stands for which body in a report."""
        if reading.document.id in self._seen:
            return
        self._seen.add(reading.document.id)
        means = {mention.id: mention.means for mention in reading.mentions}
        for role in reading.roles:
            holder, body = self._id(means.get(role.holder)), self._id(means.get(role.of or ""))
            if holder and body and holder != body:
                self._bodies.setdefault(holder, set()).add(body)

    def _names(self, told: Told) -> frozenset[Id]:
        """Who takes part in an act or stands beside it, without those who only speak of it."""
        reading, event = told.reading, told.event
        sentence = next((s.span for s in reading.sentences if s.span.contains(event.trigger)), event.trigger)
        speakers = {self._id(one.source) for one in event.voices if one.source is not None}
        beside = {self._id(m.means) for m in reading.mentions if m.means is not None and sentence.contains(m.span)}
        beside = {id_ for id_ in beside if id_ and self._entities[id_].named}
        own = {self._id(one.entity) for one in event.participants}
        if _SELF.search((event.clause or sentence).cut(reading.document.text)):
            own |= speakers
        return frozenset((beside - speakers) | own) - {""}

    def filled(self, acts: Sequence[Act]) -> Iterator[Act]:
        """Acts of being together, each with the names of those in its report, and in its event, that are one."""
        by_report: dict[Id, list[Act]] = {}
        for act in acts:
            by_report.setdefault(act.told.report, []).append(act)
        filled = [replace(act, names=self._filled(act, by_report[act.told.report])) for act in acts]
        joined: dict[Id, frozenset[Id]] = {}
        for act in filled:
            joined[act.event] = joined.get(act.event, frozenset()) | act.names
        return (replace(act, names=joined[act.event]) for act in filled)

    def _filled(self, act: Act, among: Sequence[Act]) -> frozenset[Id]:
        """The names of an act and of those in its report that share one; of one in which nobody is, of the nearest."""
        others = [one for one in among if one.told.event.id != act.told.event.id]
        names = act.names.union(*(one.names for one in others if self._common(act.names, one.names)))
        if act.told.event.participants and len(names) >= COMMON:
            return names
        at = act.told.event.trigger.start
        named = [one for one in others if len(one.names) >= COMMON and one.told.event.participants]
        near = min(named, key=lambda one: _way(at, one.told.event.trigger.start), default=None)
        return names | (near.names if near is not None else self._persons(act))

    def _persons(self, act: Act) -> frozenset[Id]:
        """Of a meal at which nobody is named the persons whom its report names."""
        if not act.meal:
            return frozenset()
        ids = {
            self._id(entity.id) for entity in act.told.reading.entities if entity.named and entity.kind is Kind.PERSON
        }
        return frozenset(ids)

    def is_of_one(self, denied: Act, done: Act) -> bool:
        """Whether what one denies is what the other tells."""
        if not _at_one_time(denied, done) or _OFTEN.search(_clause(done)):
            return False
        common = self._common(denied.names, done.names)
        if denied.kind == COMPANY:
            of_table = not denied.meal or done.meal or done.told.report in self._meals
            enough = 1 if denied.told.report == done.told.report else COMMON
            return common >= enough and of_table and not _goes_back(done)
        if not denied.voice.sourced:
            return False
        rare = len(denied.words & done.words)
        behind = denied.told.event.trigger.start - done.told.event.trigger.start
        if denied.told.report == done.told.report and 0 < behind < NEAR:
            return common + rare >= 1
        return common >= 1 and common + rare >= COMMON

    def _common(self, one: frozenset[Id], other: frozenset[Id]) -> int:
        """How many two sets of names share: a name, or somebody in one and the body that he stands for in the other."""
        both = one & other
        mine, theirs = one - both, other - both
        standing = sum(bool(self._bodies.get(id_, set()) & theirs) for id_ in mine - self._of(both))
        standing += sum(bool(self._bodies.get(id_, set()) & mine) for id_ in theirs - self._of(both))
        return len(both - self._of(both)) + min(1, standing)

    def _of(self, names: Iterable[Id]) -> set[Id]:
        """The bodies for which somebody among names stands: he and his ministry are one."""
        return {body for id_ in names for body in self._bodies.get(id_, ())}


def _goes_back(act: Act) -> bool:
    """Whether an act is only a noun that goes back to what was told: "the dinner", without a day of its own."""
    event, text = act.told.event, act.told.reading.document.text
    before = text[: event.trigger.start].split()[-1:]
    return event.when is None and before in (["the"], ["The"], ["that"], ["this"])


def _way(at: int, other: int) -> tuple[bool, int]:
    """What stands before goes before what comes behind, the nearer first."""
    return (other > at, abs(other - at))


def _clause(act: Act) -> str:
    event = act.told.event
    return (event.clause or event.trigger).cut(act.told.reading.document.text)


def _at_one_time(denied: Act, done: Act) -> bool:
    """Whether an act may be the one denied: not after the denial, and not on another day than it."""
    one, other = denied.told.event.when, done.told.event.when
    if other is not None and other.start is not None:
        published = denied.told.reading.published
        if published is not None and published.end is not None and other.start >= published.end:
            return False
        if one is not None and one.end is not None and one.end <= other.start:
            return False
    return not (one is not None and one.start and other is not None and other.end and other.end <= one.start)


def _rare(told: Told) -> frozenset[str]:
    """The rare words in the clause of an act, beside its own and without names."""
    text = told.reading.document.text
    clause = told.event.clause or told.event.trigger
    names = " ".join(
        m.span.cut(text) for m in told.reading.mentions if clause.overlaps(m.span) and _is_name(m.span, text)
    )
    own = {*content_words(told.event.trigger.cut(text)), *content_words(names)}
    stems = {stem(word) for word in content_words(clause.cut(text)) if word not in own}
    return frozenset(word for word in stems if rarity(word) >= RARE)


def _is_name(span: Span, text: str) -> bool:
    return any(word[:1].isupper() for word in span.cut(text).split())


def company_row(event: Event, reading: Reading) -> Row | None:
    """The row by which an event is one of people being together; None if it is none."""
    text = reading.document.text
    told = {event.predicate, event.trigger.cut(text).lower()}
    stems = {stem(word) for word in told}
    if stems.isdisjoint(_stems()):
        return None
    clause = (event.clause or event.trigger).cut(text).lower().split()
    words = {word.strip(".,;:“”\"'’") for word in clause}
    fitting = [row for row in _rows() if not row["beside"] or not words.isdisjoint(row.words("beside"))]
    exact = next((row for row in fitting if row.key in told), None)
    return exact or next((row for row in fitting if stem(row.key) in stems), None)


@cache
def _rows() -> tuple[Row, ...]:
    return lexicon("company-words").rows


@cache
def _stems() -> frozenset[str]:
    return frozenset(stem(row.key) for row in _rows())


def company_reasons(reading: Reading) -> tuple[Reason, ...]:
    """The words of a report that tell of people being together, each with its row."""
    found = ((event, company_row(event, reading)) for event in reading.events)
    return tuple(Reason(row.rule, "people were together", event.trigger) for event, row in found if row is not None)
