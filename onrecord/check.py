"""The checker: replays everything that an account promises, and says in plain words what does not hold.

Spans lie in the text and cut the stored words, also those of links between reports; digests fit; every id that is
referred to is there; what did not happen is not counted as happened; a dispute says on what; no unnamed source stands
on a named entity; decisions point at something.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.record import (
    Account,
    Alternative,
    Decision,
    Document,
    Entity,
    Event,
    Happening,
    Id,
    Link,
    Range,
    Reading,
    SourceKind,
    Span,
    Status,
    TimeInterval,
)

# Statuses that go with a certainty of at least 1, and those that go with one of at most -1 (docs/account.md).
SURELY = frozenset({Status.HAPPENED})
SURELY_NOT = frozenset({Status.DENIED, Status.DID_NOT_HAPPEN, Status.PREVENTED, Status.COUNTERFACTUAL})
# Fields of Reading that hold findings with an id.
FINDINGS = (
    "sentences", "quotations", "mentions", "roles", "cues", "entities", "statements", "sourcing", "times", "events",
    "quantities", "links",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold: where (a report's title, or the case), the id of what, and what is wrong."""

    where: str
    id: Id
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.id}: {self.what}" if self.id else f"{self.where}: {self.what}"


def check_account(account: Account, gone: frozenset[Id] = frozenset()) -> list[Fault]:
    """Everything that does not hold in an account. ``gone``: ids that went with removed reports."""
    faults = [fault for reading in account.readings for fault in check_reading(reading)]
    return faults + check_joined(account, gone)


# ------------------------------------------------------------------------------------------------ one report


def check_reading(reading: Reading) -> list[Fault]:
    """Everything that does not hold in one reading."""
    where = title_of(reading.document)
    checks: tuple[Callable[[Reading], Iterator[tuple[Id, str]]], ...] = (
        _spans,
        _twins,
        _references,
        _anchored,
        _circles,
        _sources,
        _statuses,
    )
    return [Fault(where, id_, what) for check in checks for id_, what in check(reading)]


def title_of(document: Document) -> str:
    """What a report is called in messages: its title, else its file, else its id."""
    return document.title or document.origin or document.id


def _findings(reading: Reading) -> Iterator[tuple[Id, object]]:
    yield reading.document.id, reading.document
    for field in FINDINGS:
        for noun in getattr(reading, field):
            yield noun.id, noun


def _spans(reading: Reading) -> Iterator[tuple[Id, str]]:
    """Every span of every finding ends inside the text."""
    length = len(reading.document.text)
    for id_, noun in _findings(reading):
        for part in _parts(noun):
            if fault := _part_fault(part, length):
                yield id_, fault


def _part_fault(part: object, length: int) -> str:
    if isinstance(part, Span) and not 0 <= part.start < part.end <= length:
        return f"its anchor [{part.start}, {part.end}) is not inside the text of {length} characters"
    if isinstance(part, TimeInterval | Alternative) and part.start and part.end and part.start >= part.end:
        return f"its time ends ({part.end}) before it starts ({part.start})"
    if isinstance(part, Range) and part.min is not None and part.max is not None and part.min > part.max:
        return f"its count runs from {part.min} down to {part.max}"
    return ""


def _parts(noun: object) -> Iterator[object]:
    """A noun and all nouns inside it, at any depth."""
    waiting = [noun]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, tuple):
            waiting.extend(thing)
        elif dataclasses.is_dataclass(thing):
            yield thing
            waiting.extend(getattr(thing, name) for name in _nested(thing.__class__))


@cache
def _nested(kind: Any) -> tuple[str, ...]:
    """The fields of a noun in which others may stand."""
    simple = {"str", "int", "bool", "float", "Id", "Id | None", "str | None", "int | None", "tuple[Id, ...]"}
    return tuple(field.name for field in dataclasses.fields(kind) if field.type not in simple)


def _twins(reading: Reading) -> Iterator[tuple[Id, str]]:
    """No two findings share an id."""
    seen = set[Id]()
    for id_, _ in _findings(reading):
        if id_ in seen:
            yield id_, "two findings have this id"
        seen.add(id_)


def _references(reading: Reading) -> Iterator[tuple[Id, str]]:
    """Every id that a finding refers to is that of a finding of the right kind in the same report."""
    known = {field: frozenset(noun.id for noun in getattr(reading, field)) for field in FINDINGS}
    known["blocks"] = frozenset(str(n) for n in range(len(reading.document.blocks) or 1))
    known["dating"] = known["times"] | known["events"] | {"publication", reading.document.id}
    known["countable"] = known["entities"] | known["events"]
    for id_, kind, target in _all_references(reading):
        if target is not None and target not in known[kind]:
            yield id_, f"it refers to {target}, which is not among the {NAMES.get(kind, kind)} of the report"


NAMES = {"dating": "times and events", "countable": "entities and events"}
Reference = tuple[Id, str, Id | None]


def _all_references(reading: Reading) -> Iterator[Reference]:
    """(id, kind of what it refers to, id that it refers to) of all findings."""
    for sentence in reading.sentences:
        yield sentence.id, "blocks", str(sentence.block)
    for mention in reading.mentions:
        yield mention.id, "entities", mention.means
        yield from ((mention.id, "entities", candidate) for candidate in mention.candidates)
    for role in reading.roles:
        yield role.id, "mentions", role.holder
        yield role.id, "mentions", role.of
    for entity in reading.entities:
        yield from ((entity.id, "mentions", mention) for mention in entity.mentions)
    for note in reading.sourcing:
        yield from ((note.id, "entities", source) for source in note.sources)
    for time in reading.times:
        yield time.id, "dating", time.relative_to
    for quantity in reading.quantities:
        yield quantity.id, "countable", quantity.of
    for id_, noun in _findings(reading):
        yield from ((id_, "dating", part.anchor_id) for part in _parts(noun) if isinstance(part, TimeInterval))
    for link in reading.links:
        yield link.id, "events", link.left
        yield link.id, "events", link.right
    yield from _statement_references(reading)
    yield from _event_references(reading)


def _statement_references(reading: Reading) -> Iterator[Reference]:
    for statement in reading.statements:
        yield statement.id, "entities", statement.source.entity
        yield from ((statement.id, "entities", joint) for joint in statement.source.joint)
        yield statement.id, "entities", statement.addressee
        yield statement.id, "statements", statement.within


def _event_references(reading: Reading) -> Iterator[Reference]:
    for event in reading.events:
        yield from ((event.id, "entities", one.entity) for one in event.participants)
        yield event.id, "entities", event.where
        yield event.id, "statements", event.statement
        yield event.id, "events", event.same_as
        yield event.id, "events", event.part_of
        for voice in event.voices:
            yield event.id, "entities", voice.source
            yield event.id, "statements", voice.statement


def _anchored(reading: Reading) -> Iterator[tuple[Id, str]]:
    """A cue and a statement rest on words; no statement lies within itself, however many steps away."""
    for cue in reading.cues:
        if not cue.spans:
            yield cue.id, "a cue without words"
    inside = {statement.id: statement.within for statement in reading.statements}
    for statement in reading.statements:
        if not (statement.cue or statement.content):
            yield statement.id, "a statement without words"
        seen, at = {statement.id}, statement.within
        while at is not None and at not in seen:
            seen.add(at)
            at = inside.get(at)
        if at is not None:
            yield statement.id, "it lies within itself"


def _circles(reading: Reading) -> Iterator[tuple[Id, str]]:
    """Nothing is part of itself, before itself or its own cause, however many steps away; tellings of one are one."""
    firsts = {event.id: event.same_as or event.id for event in reading.events}
    wholes = [(e.id, firsts[e.id], firsts.get(e.part_of, e.part_of)) for e in reading.events if e.part_of is not None]
    yield from ((id_, "it is part of itself") for id_ in _in_circles(wholes))
    order = [(ln.id, firsts.get(ln.left, ln.left), firsts.get(ln.right, ln.right)) for ln in reading.links]
    yield from ((id_, "it sets an event before itself") for id_ in _in_circles(order))


def _in_circles(arrows: list[tuple[Id, Id, Id]]) -> list[Id]:
    """The names of the arrows (name, from, to) that go in a circle or hang on one."""
    onward: dict[Id, list[Id]] = {}
    arriving: dict[Id, int] = {}
    for _, start, end in arrows:
        onward.setdefault(start, []).append(end)
        arriving[end] = arriving.get(end, 0) + 1
    free = [start for start in onward if start not in arriving]
    while free:
        for end in onward.pop(free.pop(), ()):
            arriving[end] -= 1
            if not arriving[end]:
                free.append(end)
    return [name for name, start, _ in arrows if start in onward]


def _sources(reading: Reading) -> Iterator[tuple[Id, str]]:
    """An unnamed source stays unnamed: it stands on no entity that has a name."""
    entities = {entity.id: entity for entity in reading.entities}
    for statement in reading.statements:
        entity = entities.get(statement.source.entity or "")
        if statement.source.kind is SourceKind.UNNAMED and entity is not None and entity.named:
            yield statement.id, f"its source is unnamed, but stands on {entity.name!r}, who has a name"


def _statuses(reading: Reading) -> Iterator[tuple[Id, str]]:
    """Status and certainty agree, of the event and of every voice."""
    for event in reading.events:
        for status, certainty in ((event.status, event.certainty), *((v.status, v.certainty) for v in event.voices)):
            if fault := status_fault(status, certainty):
                yield event.id, fault


def status_fault(status: Status, certainty: int) -> str:
    """What is wrong with a status and its certainty together; empty if nothing is."""
    if not -3 <= certainty <= 3:
        return f"its certainty is {certainty}, outside -3 to 3"
    if status in SURELY and certainty < 1:
        return f"it is called {status}, with a certainty of {certainty}"
    if status in SURELY_NOT and certainty > -1:
        return f"it is called {status}, with a certainty of {certainty}"
    return ""


# ------------------------------------------------------------------------------------------------ what the file holds


def check_words(document: Document, stored: Iterable[tuple[str, Id, int, int, str]]) -> Iterator[Fault]:
    """Stored words (kind, id, start, end, words) against the text: each must be exactly what the span cuts."""
    for kind, id_, start, end, words in stored:
        cut = document.text[start:end]
        if cut != words:
            yield Fault(title_of(document), id_, f"the {kind} holds {_short(words)}, the text there is {_short(cut)}")


def check_bytes(document: Document, text_sha256: str, original: bytes) -> Iterator[Fault]:
    """The text and the original bytes against their digests."""
    if hashlib.sha256(document.text.encode()).hexdigest() != text_sha256:
        yield Fault(title_of(document), document.id, "its text was changed after it was added")
    if document.original and hashlib.sha256(original).hexdigest() != document.original:
        yield Fault(title_of(document), document.id, "its original bytes are not those that it was read from")


def _short(words: str) -> str:
    return repr(words if len(words) <= 40 else words[:37] + "...")


# ------------------------------------------------------------------------------------------------ the whole


def check_joined(account: Account, gone: frozenset[Id] = frozenset()) -> list[Fault]:
    """What does not hold over all reports: shared entities, happenings, links and decisions."""
    return [Fault("the case", id_, what) for id_, what in _joined(account, gone)]


def _joined(account: Account, gone: frozenset[Id]) -> Iterator[tuple[Id, str]]:
    own = {id_ for reading in account.readings for id_, _ in _findings(reading)}
    reports = [reading.document.id for reading in account.readings]
    if len(set(reports)) < len(reports):
        yield "", "a report is in it twice"
    shared = {entity.id: entity for entity in account.entities}
    singles = {entity.id: entity for reading in account.readings for entity in reading.entities}
    for entity in account.entities:
        yield from _entity_faults(entity, singles, own, account.decisions)
    told_in = {event.id: (event, r.document.id) for r in account.readings for event in r.events}
    for happening in account.happenings:
        yield from ((happening.id, fault) for fault in _happening_faults(happening, told_in))
        for id_ in (*happening.told_in, *happening.actors, *happening.recipients, happening.where):
            if id_ is not None and id_ not in own and id_ not in shared:
                yield happening.id, f"it refers to {id_}, which is not in the account"
    known = own | shared.keys() | {happening.id for happening in account.happenings}
    texts = {reading.document.id: len(reading.document.text) for reading in account.readings}
    lengths = texts | {id_: texts[report] for id_, (_, report) in told_in.items()}
    for link in account.links:
        yield from ((link.id, fault) for fault in _link_faults(link, known, lengths))
    known |= {link.id for link in account.links} | {decision.id for decision in account.decisions} | gone
    for decision in (made for made in account.decisions if made.undone_at is None):
        for id_ in (decision.left, decision.right):
            if id_ is not None and id_ not in known:
                yield decision.id, f"somebody decided on {id_}, which is neither in the case nor was removed"


def _entity_faults(
    entity: Entity, singles: dict[Id, Entity], own: set[Id], decisions: Iterable[Decision]
) -> Iterator[tuple[Id, str]]:
    """What does not hold of a joined entity. Only a person's decision joins anybody to somebody unnamed."""
    for id_ in (*entity.members, *entity.mentions):
        if id_ not in own and id_ != entity.id:
            yield entity.id, f"it refers to {id_}, which is not in the account"
    unnamed = {member for member in entity.members if member in singles and not singles[member].named}
    if not unnamed:
        return
    standing = [made for made in decisions if made.about == "entity" and made.undone_at is None]
    same = {id_ for made in standing if made.verb == "same" for id_ in (made.left, made.right)}
    if len(entity.members) > 1 and not unnamed <= same:
        yield entity.id, f"{entity.name!r} joins somebody unnamed, and nobody decided that"
    called = {made.left for made in standing if made.verb == "rename"}
    if entity.named and unnamed >= set(entity.members) and called.isdisjoint(entity.members):
        yield entity.id, f"{entity.name!r} has a name that no report gives and nobody decided"


def _happening_faults(happening: Happening, told_in: dict[Id, tuple[Event, Id]]) -> Iterator[str]:
    """What does not hold of a happening, given every event and the report that tells it."""
    told = [told_in[id_] for id_ in happening.told_in if id_ in told_in]
    if not told:
        yield "a happening that no event tells"
    elif happening.status is Status.HAPPENED and all(event.status is not Status.HAPPENED for event, _ in told):
        yield "it is called happened, but no report and no source says so"
    if happening.disputed != bool(happening.disputed_on):
        yield (
            "it is disputed, but not on what" if happening.disputed else "it is not disputed, but differs on something"
        )
    if happening.reports and set(happening.reports) != {report for _, report in told}:
        yield "the reports that tell it are not those of its tellings"


def _link_faults(link: Link, known: set[Id], lengths: Mapping[Id, int]) -> Iterator[str]:
    """What does not hold of a link between reports; ``lengths``: of the text of each report, and of each event's."""
    for id_, spans in ((link.left, link.left_spans), (link.right, link.right_spans)):
        if id_ not in known:
            yield f"it links {id_}, which is not in the account"
        elif spans and id_ not in lengths:
            yield f"it has words of {id_}, which is neither a report nor an event"
        else:
            yield from filter(None, (_part_fault(span, lengths.get(id_, 0)) for span in spans))
