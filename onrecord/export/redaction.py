"""Redaction: an account without a person (or any entity), and without everything that points at them.

What goes, as rows: the entity, its mentions, roles, statements by and to it, events it takes part in, is the place or a
voice of, what is known through these statements alone, happenings that rest on any of these, links, quantities and
decisions about them; and every row whose own words are blacked out. What stays gets a block of the same length wherever
words for the entity stood, so that every other anchor still fits: its mentions in any form (resolved pronouns too), its
names, and the parts of its names that are nobody else's. What is told of it without name or mention stays: "the widow".

A report in which something was blacked loses its address, its file name and the hash of its original: each leads to the
unredacted text. Ids stay as they are, for who has the case.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from onrecord.errors import NotFound
from onrecord.export.citations import one_line
from onrecord.export.wordings import Wordings, wordings_of
from onrecord.record import (
    Account,
    Entity,
    Event,
    Form,
    Happening,
    Id,
    Link,
    Problem,
    Reading,
    Role,
    Span,
    Statement,
)

T = TypeVar("T")
BLOCK = "█"
# As many candidates are listed where a name is unknown or ambiguous.
LISTED = 8


@dataclass(frozen=True, slots=True)
class Removal:
    """What is taken out: ids of entities (of the case and of single reports), and the words for them."""

    entities: frozenset[Id]
    wordings: Wordings


@dataclass(frozen=True, slots=True)
class Blacked:
    """A reading whose text is blacked out, and the characters that were."""

    reading: Reading
    spans: tuple[Span, ...]

    def touches(self, spans: Iterable[Span]) -> bool:
        """Whether any of these characters are blacked out."""
        return any(self._touches(span) for span in spans)

    def _touches(self, span: Span) -> bool:
        """Whether the last of the blacked stretches that begin before its end reaches into it."""
        n = bisect_left(self.spans, span.end, key=lambda black: black.start)
        return n > 0 and self.spans[n - 1].end > span.start


def entity_named(account: Account, words: str) -> Entity:
    """The entity of the case with this id, beginning of an id, name or alias.

    Raises NotFound if there is none, or several, and lists whom it may be.
    """
    exact = [entity for entity in account.entities if words in (entity.id, *entity.members)]
    begun = [entity for entity in account.entities if any(i.startswith(words) for i in (entity.id, *entity.members))]
    wanted = one_line(words).casefold()
    called = [e for e in account.entities if wanted in (one_line(n).casefold() for n in (e.name, *e.aliases))]
    for found in (exact, called, begun) if wanted else ():
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound(f"{words!r} may be {_listed(found)}; name one by its id")
    parts = set(wanted.split())
    like = [e for e in account.entities if parts & set(" ".join((e.name, *e.aliases)).casefold().split())]
    raise NotFound(f"no entity is called {words!r}" + (f"; there is {_listed(like)}" if like else ""))


def _listed(entities: Sequence[Entity]) -> str:
    said = [f"{entity.id} ({one_line(entity.name)}, {entity.kind.value})" for entity in entities[:LISTED]]
    return ", ".join(said) + (f" and {len(entities) - LISTED} more" if len(entities) > LISTED else "")


def redacted(account: Account, entities: Iterable[Id]) -> Account:
    """The account without these entities of the case, and without what points at them."""
    removal = _removal(account, frozenset(entities))
    if not removal.entities:
        return account
    blacked = [_blacked(reading, removal) for reading in account.readings]
    removal = replace(removal, entities=removal.entities | _hidden(account, blacked, removal))
    readings = tuple(_without(black, removal) for black in blacked)
    gone = removal.entities | _dropped(account.readings, readings)
    lines = {event.id: line for black in blacked for event, line in _lines(black)}
    happenings = tuple(
        replace(h, line=lines.get(h.told_in[0], h.line))
        for h in account.happenings
        if not gone.intersection(_ids_of_happening(h))
    )
    gone |= {h.id for h in account.happenings} - {h.id for h in happenings}
    kept = replace(
        account,
        readings=readings,
        entities=tuple(entity for entity in account.entities if entity.id not in gone),
        happenings=happenings,
        links=_links(account.links, gone),
        decisions=tuple(d for d in account.decisions if not {d.left, d.right or ""} & gone),
        problems=_problems(account.problems, removal.wordings),
    )
    return _forgotten(kept, gone, removal.wordings)


def _removal(account: Account, wanted: frozenset[Id]) -> Removal:
    entities = [entity for entity in account.entities if wanted & {entity.id, *entity.members}]
    ids = frozenset(id_ for entity in entities for id_ in (entity.id, *entity.members))
    own = [entity for reading in account.readings for entity in reading.entities if entity.id in ids]
    others = [entity for entity in account.entities if entity.id not in ids]
    heads = [
        mention.head.cut(reading.document.text)
        for reading in account.readings
        for mention in reading.mentions
        if mention.means in ids and mention.form is Form.NAME
    ]
    return Removal(ids, wordings_of([*entities, *own], others, heads))


def _blacked(reading: Reading, removal: Removal) -> Blacked:
    """The reading with the words for the entities blacked out in its text, and what leads to that text left out."""
    document = reading.document
    spans = [mention.span for mention in reading.mentions if mention.means in removal.entities]
    spans = _merged([*spans, *removal.wordings.found(document.text)])
    about = (document.title, document.outlet, document.url, document.origin, *document.authors)
    if not spans and not any(removal.wordings.are_in_name(words) for words in about):
        return Blacked(reading, ())
    changed = replace(document, text=black_out(document.text, spans), url="", origin="", original="")
    return Blacked(replace(reading, document=changed), tuple(spans))


def black_out(text: str, spans: Iterable[Span]) -> str:
    r"""The text with a block for every character of the spans but line breaks: of the same length.

    >>> black_out("Ilda\nVenn left.", [Span(0, 9)])
    '████\n████ left.'
    """
    characters = list(text)
    for span in spans:
        for n in range(span.start, span.end):
            if characters[n] not in "\r\n":
                characters[n] = BLOCK
    return "".join(characters)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _hidden(account: Account, blacked: Sequence[Blacked], removal: Removal) -> frozenset[Id]:
    """Entities that are mentioned nowhere but in words that are blacked out: "the clerk's brother"."""
    seen: dict[Id, bool] = {}
    for black in blacked:
        for mention in black.reading.mentions:
            if mention.means is not None:
                seen[mention.means] = seen.get(mention.means, False) or not black.touches([mention.head])
    hidden = {id_ for id_, is_seen in seen.items() if not is_seen}
    still = {e.id for e in account.entities if not hidden.issuperset(e.members)}
    joined = {e.id for e in account.entities if e.members} - still
    return frozenset((hidden | joined) - still) - removal.entities


def _without(black: Blacked, removal: Removal) -> Reading:
    """The reading without what points at the entities, and without findings whose own words are blacked out."""
    reading, gone = black.reading, removal.entities
    mentions = tuple(m for m in reading.mentions if m.means not in gone and not black.touches([m.head]))
    kept = {mention.id for mention in mentions}
    statements = _statements(reading.statements, gone)
    told = {statement.id for statement in statements}
    events = tuple(e for e in reading.events if _is_kept(e, gone, told) and not black.touches([e.trigger]))
    lost = gone | {e.id for e in reading.events} - {e.id for e in events}
    return replace(
        reading,
        mentions=mentions,
        roles=tuple(r for r in reading.roles if _is_held(r, kept) and not black.touches([r.span])),
        cues=tuple(c for c in reading.cues if not black.touches((*c.spans, *c.source, *c.content))),
        entities=tuple(e for e in reading.entities if e.id not in gone),
        statements=statements,
        times=tuple(t for t in reading.times if not black.touches([t.span])),
        events=events,
        quantities=tuple(q for q in reading.quantities if q.of not in lost and not black.touches([q.span])),
        links=_links(reading.links, lost),
        problems=_problems(reading.problems, removal.wordings),
    )


def _is_held(role: Role, mentions: Collection[Id]) -> bool:
    return role.holder in mentions and (role.of is None or role.of in mentions)


def _statements(statements: Sequence[Statement], gone: Collection[Id]) -> tuple[Statement, ...]:
    """Those by and to others; what stands inside a statement that goes would lose whose word it is, and goes too."""
    lost = {s.id for s in statements if not {s.source.entity, *s.source.joint, s.addressee}.isdisjoint(gone)}
    while more := {s.id for s in statements if s.within in lost} - lost:
        lost |= more
    return tuple(s for s in statements if s.id not in lost)


def _is_kept(event: Event, gone: Collection[Id], statements: Collection[Id]) -> bool:
    """Whether it does without the entities. What is known through a statement that goes would look like plain fact."""
    if event.statement is not None and event.statement not in statements:
        return False
    who = {event.where, *(p.entity for p in event.participants), *(voice.source for voice in event.voices)}
    return who.isdisjoint(gone) and all(v.statement is None or v.statement in statements for v in event.voices)


def _lines(black: Blacked) -> Iterator[tuple[Event, str]]:
    """The lines of events that are told in words of which some are blacked out, anew from these words."""
    for event in black.reading.events:
        sentence = next((s.span for s in black.reading.sentences if s.span.contains(event.trigger)), event.trigger)
        words = event.clause or sentence
        if black.touches([words]):
            yield event, one_line(words.cut(black.reading.document.text))


def _problems(problems: Iterable[Problem], wordings: Wordings) -> tuple[Problem, ...]:
    """Problems; a message that has a name, be it that of a file, is blacked out as a whole."""
    return tuple(replace(p, message=BLOCK * len(p.message)) if wordings.are_in_name(p.message) else p for p in problems)


def _ids_of_happening(happening: Happening) -> set[Id]:
    return {*happening.told_in, *happening.actors, *happening.recipients, happening.where or ""}


def _links(links: Iterable[Link], gone: Collection[Id]) -> tuple[Link, ...]:
    return tuple(link for link in links if link.left not in gone and link.right not in gone)


def _dropped(before: Iterable[Reading], after: Iterable[Reading]) -> frozenset[Id]:
    return frozenset(set(_ids(before)) - set(_ids(after)))


def _ids(readings: Iterable[Reading]) -> Iterator[Id]:
    for reading in readings:
        for rows in (reading.mentions, reading.roles, reading.statements, reading.times, reading.events,
                     reading.quantities, reading.entities, reading.links, reading.cues):  # fmt: skip
            yield from (row.id for row in rows)


def _forgotten(value: T, gone: frozenset[Id], wordings: Wordings) -> T:
    """A noun without the ids of what is gone, and with the words for it blacked out, all the way down."""
    forgotten: T = _forget(value, gone, wordings)
    return forgotten


def _forget(value: Any, gone: frozenset[Id], wordings: Wordings) -> Any:
    if isinstance(value, Enum | Span):
        return value
    if isinstance(value, str):
        return None if value in gone else wordings.blacked(value, BLOCK)
    if isinstance(value, tuple):
        return tuple(_forget(part, gone, wordings) for part in value if not (isinstance(part, str) and part in gone))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        changed = {name: _forget(part, gone, wordings) for name, part in fields.items()}
        news = {name: part for name, part in changed.items() if part is not fields[name] and part != fields[name]}
        return replace(value, **news) if news else value
    return value
