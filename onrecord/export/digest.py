"""The digest: an account as its lines for people, ready to be printed on any page.

What happened and what did not stand apart; every line says whose word it is; sources stand with their terms; what was
left open is counted. A page adds layout and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.export.days import days_in_words, published_in_words, relation_in_words
from onrecord.export.formulas import waits
from onrecord.export.resolved import Resolved, resolve
from onrecord.record import (
    Account,
    Entity,
    Event,
    EventType,
    Happening,
    Id,
    Reading,
    SourceKind,
    Span,
    Statement,
    Status,
)

HAPPENED = frozenset({Status.HAPPENED})
# Rules by which something is told as having happened without being said outright.
IMPLYING = frozenset({"status.contrary-to-fact", "status.negation"})
DID_NOT = frozenset({Status.DENIED, Status.DID_NOT_HAPPEN, Status.PREVENTED, Status.REFUSED, Status.COUNTERFACTUAL})


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report: its date, and the words that say it or that it was inferred from (none: the file's own data).

    ``days`` is the date for a narrow column, ``published`` the same said in full; both empty if it is not known.
    ``waiting`` are its expressions that could be dated if it were ("yesterday").
    """

    id: Id
    title: str
    outlet: str
    days: str
    published: str
    date_inferred: bool
    clues: tuple[str, ...]
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventLine:
    """A happening: when, what (the report's words), whether, and whose word it is (empty: the report's own).

    ``told_by``: the outlet, or the file if that is not known. ``unnamed_only``: no voice on it has a name.
    ``implied``: told by a negation or a "would", as in "had they not fled": no words say it straight out.
    """

    id: Id
    days: str
    words: str
    status: Status
    says: str
    unnamed: bool
    unnamed_only: bool
    disputed: bool
    background: bool
    implied: bool
    told_by: str
    report: Id
    weight: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Someone relied on: how often, in how many reports, and on what terms.

    ``events`` is what is known through them, ``alone`` those of these events that nobody else tells.
    """

    id: Id
    name: str
    named: bool
    statements: int
    reports: int
    events: int
    alone: tuple[Id, ...]
    terms: tuple[str, ...]
    reasons: tuple[str, ...]
    knowledge: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityLine:
    """A person or body with its roles, as the reports word them."""

    id: Id
    name: str
    kind: str
    named: bool
    roles: tuple[str, ...]
    mentions: int
    reports: int


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """How much was left open, rather than guessed."""

    mentions: int
    statements_without_source: int
    events_without_actor: int
    events_without_date: int
    times_without_date: int
    problems: int


@dataclass(frozen=True, slots=True)
class Reliance:
    """On whom an account rests: statements by the kind of their source, and how many of the unnamed say on what terms.

    ``unnamed_only``: the lines of events that rest on sources without a name alone.
    """

    statements: tuple[tuple[str, int], ...]
    unnamed: int
    with_terms: int
    with_reason: int
    with_knowledge: int
    sources: tuple[SourceLine, ...]
    unnamed_only: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """All lines of an account. Events are in order of time, the undated last."""

    reports: tuple[ReportLine, ...]
    happened: tuple[EventLine, ...]
    did_not: tuple[EventLine, ...]
    open_or_planned: tuple[EventLine, ...]
    sources: tuple[SourceLine, ...]
    entities: tuple[EntityLine, ...]
    left_open: LeftOpen


def digest(account: Account) -> Digest:
    """The lines of an account."""
    resolved = resolve(account)
    lines = _event_lines(resolved)
    return Digest(
        reports=tuple(_report_line(reading) for reading in resolved.readings),
        happened=tuple(line for line in lines if line.status in HAPPENED),
        did_not=tuple(line for line in lines if line.status in DID_NOT),
        open_or_planned=tuple(line for line in lines if line.status not in HAPPENED | DID_NOT),
        sources=source_lines(resolved),
        entities=_entity_lines(resolved),
        left_open=_left_open(resolved),
    )


# What a terminal would obey instead of printing it (ECMA-48): colours, window titles, cursor moves.
ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)?|[@-_])")


def one_line(words: str) -> str:
    r"""Words of a report on one line: breaks become blanks; terminal escapes, control and direction marks go.

    >>> one_line("the \x1b[31mred\x1b[0m\n line\u202e")
    'the red line'
    """
    return "".join(char for char in " ".join(ESCAPES.sub("", words).split()) if char.isprintable())


def _cut(text: str, spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one_line(span.cut(text)) for span in spans))


def _report_line(reading: Reading) -> ReportLine:
    document, published = reading.document, reading.published
    clues = [reason.span for reason in published.reasons if reason.span] if published else []
    title = document.title or one_line(document.text[:200])[:70] + " …"
    return ReportLine(
        document.id,
        one_line(title),
        document.outlet,
        days_in_words(replace(published, approximate=False)) if published else "",  # a stretch, but its ends are sure
        published_in_words(published),
        bool(published and published.inferred),
        _cut(document.text, clues),
        tuple(one_line(time.span.cut(document.text)) for time in reading.times if waits(time)),
    )


def _event_lines(resolved: Resolved) -> list[EventLine]:
    """One line a happening; of several that one clause tells in the same way, the weightiest."""
    events = {event.id: (event, reading) for reading in resolved.readings for event in reading.events}
    lines: dict[tuple[object, ...], EventLine] = {}
    for happening in resolved.account.happenings:
        line = _event_line(happening, *events[happening.told_in[0]], resolved)
        key = (line.report, line.words, line.status, line.days)
        if key not in lines or line.weight > lines[key].weight:
            lines[key] = line
    return list(lines.values())


def _event_line(happening: Happening, event: Event, reading: Reading, resolved: Resolved) -> EventLine:
    statement = next((s for s in reading.statements if s.id == event.statement and not s.negated), None)
    return EventLine(
        id=event.id,
        days=days_in_words(happening.when) or relation_in_words(happening.when),
        words=one_line(happening.line),
        status=event.status,
        says=source_in_words(statement, reading, resolved) if statement else "",
        unnamed=statement is not None and statement.source.kind is SourceKind.UNNAMED,
        unnamed_only=happening.unnamed_only,
        disputed=happening.disputed,
        background=event.background,
        implied=_is_implied(event),
        told_by=reading.document.outlet or reading.document.origin,
        report=reading.document.id,
        weight=_weight(happening, event),
    )


def _is_implied(event: Event) -> bool:
    rules = {reason.rule for reason in event.reasons}
    said_by = IMPLYING & rules or any(rule.startswith("status-modals#") for rule in rules)
    return event.status is Status.HAPPENED and bool(said_by)


def _weight(happening: Happening, event: Event) -> int:
    """What a line is worth on a page that is too short for all."""
    return (
        3 * (event.type not in {EventType.OTHER, EventType.SAY})
        + 2 * bool(happening.actors)
        + 1 * bool(happening.recipients)
        + 2 * bool(days_in_words(happening.when))
        + min(len(happening.told_in) - 1, 3)
        - 2 * event.background
    )


def source_in_words(statement: Statement, reading: Reading, resolved: Resolved) -> str:
    """Whose word a statement is: the entity's name, else the words of the source; "nobody named" if there are none."""
    source = statement.source
    known = resolved.names((source.entity, *source.joint))
    if known:
        return one_line(" and ".join(known))
    words = " and ".join(_cut(reading.document.text, source.spans))
    if words and source.kind is SourceKind.NONE:
        return f"somebody left open (“{words}”)"
    return words or "nobody named"


def source_lines(resolved: Resolved) -> tuple[SourceLine, ...]:
    """Everyone relied on, the most relied on first."""
    told: dict[Id, list[tuple[Statement, Reading]]] = {}
    known = _known_through(resolved)
    for reading in resolved.readings:
        for statement in reading.statements:
            for id_ in (statement.source.entity, *statement.source.joint):
                if id_ is not None and id_ in resolved.entities:
                    told.setdefault(id_, []).append((statement, reading))
    lines = [_source_line(resolved.entities[id_], made, known.get(id_, [])) for id_, made in told.items()]
    return tuple(sorted(lines, key=lambda line: (-line.statements, line.name)))


def reliance(resolved: Resolved) -> Reliance:
    """On whom an account rests."""
    sources = [statement.source for reading in resolved.readings for statement in reading.statements]
    unnamed = [source for source in sources if source.kind is SourceKind.UNNAMED]
    return Reliance(
        tuple((kind.value, sum(source.kind is kind for source in sources)) for kind in SourceKind),
        len(unnamed),
        sum(bool(source.terms) for source in unnamed),
        sum(bool(source.reason) for source in unnamed),
        sum(bool(source.knowledge) for source in unnamed),
        source_lines(resolved),
        tuple(line for line in _event_lines(resolved) if line.unnamed_only),
    )


def _known_through(resolved: Resolved) -> dict[Id, list[tuple[Id, bool]]]:
    """For each source the events that are known through it, and whether through it alone."""
    sources = {s.id: (s.source.entity, *s.source.joint) for r in resolved.readings for s in r.statements}
    events = {event.id: event for reading in resolved.readings for event in reading.events}
    found: dict[Id, list[tuple[Id, bool]]] = {}
    for happening in resolved.account.happenings:
        tellings = [sources.get(events[id_].statement or "", (None,)) for id_ in happening.told_in]
        everyone = {source for told in tellings for source in told}
        for source in everyone - {None}:
            assert source is not None
            found.setdefault(source, []).append((happening.told_in[0], everyone == {source}))
    return found


def _source_line(entity: Entity, told: list[tuple[Statement, Reading]], known: list[tuple[Id, bool]]) -> SourceLine:
    def gathered(field: str) -> tuple[str, ...]:
        own = [(s, reading) for s, reading in told if s.source.entity == entity.id]  # terms are of who speaks first
        words = [word for s, reading in own for word in _cut(reading.document.text, getattr(s.source, field))]
        return tuple(dict.fromkeys(words))

    return SourceLine(
        entity.id,
        one_line(entity.name),
        entity.named,
        len(told),
        len({reading.document.id for _, reading in told}),
        len(known),
        tuple(id_ for id_, alone in known if alone),
        gathered("terms"),
        gathered("reason"),
        gathered("knowledge"),
    )


def _entity_lines(resolved: Resolved) -> tuple[EntityLine, ...]:
    roles: dict[Id, dict[str, None]] = {}
    for reading in resolved.readings:
        means = {mention.id: mention.means for mention in reading.mentions}
        for role in reading.roles:
            holder = means.get(role.holder)
            if holder is not None:
                roles.setdefault(holder, {})[one_line(role.span.cut(reading.document.text))] = None
    lines = [
        EntityLine(
            e.id,
            one_line(e.name),
            e.kind.value,
            e.named,
            tuple(roles.get(e.id, ())),
            len(e.mentions),
            resolved.reports[e.id],
        )
        for e in resolved.entities.values()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.reports, -line.mentions, line.name)))


def _left_open(resolved: Resolved) -> LeftOpen:
    readings = resolved.readings
    events = [event for reading in readings for event in reading.events if event.same_as is None]
    statements = [statement for reading in readings for statement in reading.statements]
    return LeftOpen(
        mentions=sum(mention.means is None for reading in readings for mention in reading.mentions),
        statements_without_source=sum(statement.source.entity is None for statement in statements),
        events_without_actor=sum(not event.with_part("actor") for event in events),
        events_without_date=sum(not days_in_words(event.when) for event in events),
        times_without_date=sum(time.interval is None for reading in readings for time in reading.times),
        problems=len(resolved.account.problems),
    )
