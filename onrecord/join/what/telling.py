"""Tellings: what one report says of one event, as it is compared with what other reports say.

A telling is a pure function of one reading, small enough to be kept for a hundred thousand reports. Names stand in it
as they are compared (``onrecord.names.bare``); whom the report does not name stands as the noun he is called by, after
a tilde: nobody unnamed is ever compared with a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.names import bare, fold
from onrecord.record import (
    Basis,
    Entity,
    Event,
    EventType,
    Form,
    Id,
    Kind,
    Quantity,
    Reading,
    Span,
    Status,
    TimeInterval,
)

# Before the noun of somebody whom the report does not name.
UNNAMED = "~"
# So many names of a report are kept to tell which affair it is about.
COMPANY = 60
# So many of persons, for the same.
PEOPLE = 20
# So many of its commonest words, for the same.
GIST = 120
# So many words before and after a trigger.
BEFORE, AFTER = 2, 3
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Words that say nothing of what is told.
EMPTY = frozenset({
    "a", "about", "after", "again", "against", "all", "also", "am", "an", "and", "another", "any", "are", "as", "at",
    "be", "because", "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "does",
    "down", "during", "each", "even", "every", "few", "first", "for", "from", "had", "has", "have", "having", "he",
    "her",
    "here", "hers", "herself", "him", "himself", "his", "how", "i", "if", "in", "into", "is", "it", "its", "itself",
    "just", "last", "like", "made", "make", "many", "may", "me", "might", "more", "most", "mr", "mrs", "ms", "much",
    "must", "my", "no", "nor", "not", "now", "of", "off", "on", "once", "one", "only", "or", "other", "our", "out",
    "over", "own", "said", "same", "say", "says", "she", "should", "since", "so", "some", "still", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "told", "too",
    "two", "under", "until", "up", "us", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who",
    "whom", "whose", "why", "will", "with", "would", "yet", "you", "your",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """Calendar days by number (``date.toordinal``), ``first`` included, ``end`` excluded; None = open.

    ``explicit``: the words themselves name them, nothing had to be inferred.
    """

    first: int | None
    end: int | None
    precision: str = "day"
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A place: its names, and where it is if that is known. ``precision``: country, subdivision, city or point."""

    names: tuple[str, ...]
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of something told beside an event; ``of`` is the noun or name that it counts."""

    id: Id
    min: int | None
    max: int | None
    unit: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one report tells it.

    ``words``: the trigger as written, folded; ``verb``: its lemma. ``actors``, ``recipients``, ``others``: names, or a
    noun after a tilde. ``clause`` and ``sentence``: the content words there, folded, without the trigger. ``beside``:
    the names in the sentence. ``at``: where in the text it stands. ``firsts``: the event that this report told first
    of the same (itself, if it is that one). ``before`` and ``after``: the words around the trigger, folded, as
    "check in" is not "check out", and a plane crash no market crash.
    """

    event: Id
    report: Id
    first: Id
    words: str
    verb: str
    type: EventType
    mode: str
    status: Status
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    where: Point | None = None
    when: Days | None = None
    numbers: tuple[Number, ...] = ()
    clause: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    at: int = 0
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """By the event alone: what is made of a telling is looked up by it very often."""
        return hash(self.event)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a report is about, as far as it helps to tell its events from others.

    ``company``: the names in it, and ``people``: those of persons, the most mentioned first; ``gist``: the words and
    numbers that it uses most, folded, and how often.
    """

    report: Id
    outlet: str
    published: Days | None
    company: tuple[str, ...]
    length: int
    gist: tuple[tuple[str, int], ...] = ()
    people: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """By the report alone, for the same reason."""
        return hash(self.report)


def tellings_of(reading: Reading, sayings: bool = False) -> tuple[Telling, ...]:
    """The tellings of a reading: every event in it, bare sayings only if they are asked for."""
    around = _Around(reading)
    return tuple(around.telling(event) for event in reading.events if sayings or event.type is not EventType.SAY)


def setting_of(reading: Reading) -> Setting:
    """What a reading's report is about."""
    named = [entity for entity in reading.entities if entity.named and bare(entity.name)]
    company = _most_told(named)[:COMPANY]
    people = _most_told(entity for entity in named if entity.kind is Kind.PERSON)[:PEOPLE]
    document = reading.document
    outlet, day, length = fold(document.outlet), days_of(reading.published), len(document.text)
    return Setting(document.id, outlet, day, company, length, gist(document.text), people)


def _most_told(entities: Iterable[Entity]) -> tuple[str, ...]:
    counted = sorted((-len(entity.mentions), bare(entity.name)) for entity in entities)
    return tuple(dict.fromkeys(name for _, name in counted))


def gist(text: str) -> tuple[tuple[str, int], ...]:
    """The commonest words and numbers of a text that say something, folded, and how often; of equals, the earlier."""
    found = (word for word in fold(text).split() if len(word) > 1 and word not in EMPTY)
    return tuple(Counter(found).most_common(GIST))


def days_of(interval: TimeInterval | None) -> Days | None:
    """An interval as numbers; None if neither end is known."""
    if interval is None or (interval.start is None and interval.end is None):
        return None
    start, end = interval.start, interval.end
    first, last = (None if day is None else day.toordinal() for day in (start, end))
    explicit = interval.basis is Basis.EXPLICIT and not interval.inferred
    return Days(first, last, interval.precision.value, explicit)


def called(entity: Entity, noun: str = "") -> tuple[str, ...]:
    """The names of an entity as they are compared; of somebody unnamed, the noun he is called by after a tilde."""
    if not entity.named:
        noun = noun or fold(entity.name).rpartition(" ")[2]
        return (UNNAMED + noun,) if noun else ()
    return tuple(dict.fromkeys(name for name in map(bare, (entity.name, *entity.aliases)) if name))


def content_words(words: str) -> tuple[str, ...]:
    """The words that say something, folded, each once, in their order."""
    found = (fold(match.group()) for match in WORD.finditer(words))
    return tuple(dict.fromkeys(word for word in found if len(word) > 1 and word not in EMPTY))


class _Around:
    """Looks up what stands around an event in its reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.document.text
        self._entities: Mapping[Id, Entity] = {entity.id: entity for entity in reading.entities}
        self._counted: dict[Id, list[Quantity]] = {}
        for quantity in reading.quantities:
            if quantity.of is not None:
                self._counted.setdefault(quantity.of, []).append(quantity)
        self._nouns = {
            mention.means: fold(mention.head.cut(self._text)).rpartition(" ")[2]
            for mention in reversed(reading.mentions)
            if mention.means is not None and mention.form is Form.DESCRIPTION
        }
        self._named = [
            (mention.span, self._entities[mention.means])
            for mention in reading.mentions
            if mention.means in self._entities and self._entities[mention.means].named
        ]

    def telling(self, event: Event) -> Telling:
        sentence = next((s.span for s in self._reading.sentences if s.span.contains(event.trigger)), event.trigger)
        trigger = event.trigger.cut(self._text)
        own = set(content_words(trigger))
        parts = {"actor", "recipient"}
        return Telling(
            event.id,
            self._reading.document.id,
            event.same_as or event.id,
            fold(trigger),
            event.predicate,
            event.type,
            event.mode or "",
            event.status,
            self._names(event.with_part("actor")),
            self._names(event.with_part("recipient")),
            self._names(p.entity for p in event.participants if p.part not in parts),
            self._point(event.where),
            days_of(event.when),
            tuple(self._numbers(event)),
            self._words(event.clause or sentence, own),
            self._words(sentence, own),
            tuple(dict.fromkeys(bare(entity.name) for span, entity in self._named if sentence.contains(span))),
            event.trigger.start,
            tuple(fold(self._text[sentence.start : event.trigger.start]).split()[-BEFORE:]),
            tuple(fold(self._text[event.trigger.end : sentence.end]).split()[:AFTER]),
        )

    def _called(self, entity: Entity) -> tuple[str, ...]:
        return called(entity, self._nouns.get(entity.id, ""))

    def _words(self, span: Span, own: set[str]) -> tuple[str, ...]:
        return tuple(word for word in content_words(span.cut(self._text)) if word not in own)

    def _names(self, ids: Iterable[Id]) -> tuple[str, ...]:
        known = (self._entities[id_] for id_ in ids if id_ in self._entities)
        return tuple(dict.fromkeys(name for entity in known for name in self._called(entity)))

    def _point(self, where: Id | None) -> Point | None:
        entity = self._entities.get(where or "")
        if entity is None:
            return None
        at = entity.place
        if at is None:
            return Point(self._called(entity), entity.country or "")
        return Point(self._called(entity), at.country, at.latitude, at.longitude, at.precision)

    def _numbers(self, event: Event) -> Iterator[Number]:
        """The numbers of the event itself, and of those who take part in it."""
        for quantity in self._counted.get(event.id, ()):
            yield Number(quantity.id, quantity.min, quantity.max, quantity.unit)
        for one in event.participants:
            entity = self._entities.get(one.entity)
            for quantity in self._counted.get(one.entity, ()):
                of = next(iter(self._called(entity)), "") if entity is not None else ""
                yield Number(quantity.id, quantity.min, quantity.max, quantity.unit, of)
