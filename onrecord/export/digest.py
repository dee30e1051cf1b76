"""The digest: an account as its lines for people, ready to be printed on any page.

What happened and what did not stand apart; every line says whose word it is; sources stand with their terms; what was
left open is counted. A page adds layout and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.export.citations import (
    Citation,
    Tellings,
    cite,
    cut,
    one_line,
    published_days,
    tellings,
    told_by,
)
from onrecord.export.comparisons import Comparison, comparisons, is_copy
from onrecord.export.days import days_in_words, published_in_words, relation_in_words
from onrecord.export.disputes import WHETHER, Dispute, by_row, changes, disputes
from onrecord.export.formulas import waits
from onrecord.export.resolved import Resolved, resolve
from onrecord.export.wording import LIFTED, TIES, UNNAMED_ONLY, counted, fields_in_words, voices_in_words
from onrecord.record import (
    Account,
    Entity,
    Event,
    EventType,
    Happening,
    Id,
    LinkKind,
    Reading,
    SourceKind,
    Statement,
    Status,
)

Compared = Mapping[Id, Sequence[Comparison]]
HAPPENED = frozenset({Status.HAPPENED})
# Outlets that a line names; its tellings have them all.
TELLERS = 3
# Rules by which something is told as having happened without being said outright.
IMPLYING = frozenset({"status.contrary-to-fact", "status.negation"})
DID_NOT = frozenset({Status.DENIED, Status.DID_NOT_HAPPEN, Status.PREVENTED, Status.REFUSED, Status.COUNTERFACTUAL})


@dataclass(frozen=True, slots=True)
class Tie:
    """How a report hangs together with another, in words: "copies" r-2, "12 passages"."""

    id: Id
    what: str
    other: Id
    detail: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report: its date, and the words that say it or that it was inferred from (none: the file's own data).

    ``days`` is the date for a narrow column, ``published`` the same said in full; both empty if it is not known.
    ``waiting`` are its expressions that could be dated if it were ("yesterday"). ``told_by``: its outlet, or its file.
    """

    id: Id
    title: str
    outlet: str
    told_by: str
    url: str
    language: str
    days: str
    published: str
    date_inferred: bool
    clues: tuple[str, ...]
    waiting: tuple[str, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class EventLine:
    """A happening: when, what (a report's words), whether, and whose word it is (empty: the report's own).

    ``id`` is its event, or its own (h-...) where several reports tell it. ``told_by``: their outlets, or files.
    ``rests_on``: by how many voices it is told, ``agreed``: on what two or more say the same, both in words, and empty
    in an account of one report. ``unnamed_only``: no voice on it has a name. ``implied``: told by a negation or a
    "would", as in "had they not fled": no words say it straight out. ``tellings``: that of the words, then the others.
    """

    id: Id
    days: str
    words: str
    status: Status
    says: str
    unnamed: bool
    unnamed_only: bool
    background: bool
    implied: bool
    told_by: str
    report: Id
    weight: int
    rests_on: str
    agreed: str
    disputes: tuple[Dispute, ...]
    changes: tuple[Comparison, ...]
    tellings: tuple[Citation, ...]

    @property
    def contested(self) -> bool:
        """Whether some say it happened, and others that it did not."""
        return any(dispute.field == WHETHER for dispute in self.disputes)

    @property
    def voice(self) -> str:
        """Whose word the line is, as it stands behind it: "says a clerk (unnamed)"; empty for the report's own."""
        mark = f" ({self.rests_on})" if self.rests_on in UNNAMED_ONLY else " (unnamed)" if self.unnamed else ""
        return f"says {self.says}{mark}" if self.says else ""

    @property
    def carried(self) -> str:
        """By how many voices it is told and on what they agree, unless the voice says that already."""
        told = "" if self.says and self.rests_on in UNNAMED_ONLY else self.rests_on
        return "; ".join(filter(None, (told, f"agree on {self.agreed}" if self.agreed else "")))


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
    """All lines of an account. Events are in order of time, the undated last.

    ``contested``: some say that it happened, others that it did not; such a line stands nowhere else. ``version``: of
    the program that made the account.
    """

    version: str
    reports: tuple[ReportLine, ...]
    happened: tuple[EventLine, ...]
    contested: tuple[EventLine, ...]
    did_not: tuple[EventLine, ...]
    open_or_planned: tuple[EventLine, ...]
    sources: tuple[SourceLine, ...]
    entities: tuple[EntityLine, ...]
    left_open: LeftOpen


def digest(account: Account) -> Digest:
    """The lines of an account."""
    told = tellings(resolve(account))
    compared = by_row(comparisons(told))
    lines = _event_lines(told, compared)
    plain = [line for line in lines if not line.contested]
    return Digest(
        version=account.made.version,
        reports=tuple(_report_line(reading, compared, told) for reading in told.resolved.readings),
        happened=tuple(line for line in plain if line.status in HAPPENED),
        contested=tuple(line for line in lines if line.contested),
        did_not=tuple(line for line in plain if line.status in DID_NOT),
        open_or_planned=tuple(line for line in plain if line.status not in HAPPENED | DID_NOT),
        sources=source_lines(told.resolved),
        entities=_entity_lines(told.resolved),
        left_open=_left_open(told.resolved),
    )


def _report_line(reading: Reading, compared: Compared, told: Tellings) -> ReportLine:
    document, published = reading.document, reading.published
    clues = [reason.span for reason in published.reasons if reason.span] if published else []
    title = document.title or one_line(document.text[:200])[:70] + " …"
    return ReportLine(
        document.id,
        one_line(title),
        one_line(document.outlet),
        told_by(document),
        one_line(document.url),
        document.language,
        published_days(published),
        published_in_words(published),
        bool(published and published.inferred),
        cut(document.text, clues),
        tuple(one_line(time.span.cut(document.text)) for time in reading.times if waits(time)),
        tuple(_tie(one, document.id, told) for one in compared.get(document.id, ()) if _is_told_of(one, document.id)),
    )


def _is_told_of(compared: Comparison, report: Id) -> bool:
    """Whether the line of a report tells this: who was copied is no news of the one that was, a correction is."""
    return is_copy(compared) and (compared.left.report == report or compared.kind is not LinkKind.COPIES)


def _tie(compared: Comparison, report: Id, told: Tellings) -> Tie:
    is_left = compared.left.report == report
    lifted = compared.kind is LinkKind.COPIES and compared.field == "attribution"
    first = cite(compared.left.row, compared.left.spans[:1], told).words
    detail = counted(compared.passages, "passage") if compared.passages else ""
    if lifted or compared.kind is LinkKind.CORRECTS:
        detail = f"“{first}”" if first else ""
    what = LIFTED if lifted else TIES[compared.kind, is_left]
    return Tie(compared.id, what, (compared.right if is_left else compared.left).report, detail)


def _event_lines(told: Tellings, compared: Compared) -> list[EventLine]:
    """One line a happening; of several that one clause tells in the same way, the weightiest."""
    lines: dict[tuple[object, ...], EventLine] = {}
    for happening in told.resolved.account.happenings:
        line = _event_line(happening, told, compared)
        key = (line.report, line.words, line.status, line.days, line.disputes, line.changes)
        if key not in lines or line.weight > lines[key].weight:
            lines[key] = line
    return list(lines.values())


def _event_line(happening: Happening, told: Tellings, compared: Compared) -> EventLine:
    event, reading = told.events[happening.told_in[0]]
    first, *others = (cite(id_, (), told) for id_ in happening.told_in)
    reports = list(dict.fromkeys(cited.report for cited in (first, *others)))
    touching = [one for row in (*happening.told_in, *reports) for one in compared.get(row, ())]
    disputed = disputes(happening, touching, told)
    several = len(told.readings) > 1
    tellers = list(dict.fromkeys(cited.told_by for cited in (first, *sorted(others, key=_day))))
    return EventLine(
        id=happening.id if len(reports) > 1 else event.id,
        days=days_in_words(happening.when) or relation_in_words(happening.when),
        words=one_line(happening.line),
        status=_status(happening, event),
        says=first.says,
        unnamed=first.unnamed,
        unnamed_only=happening.unnamed_only,
        background=event.background,
        implied=_is_implied(event),
        told_by="; ".join(tellers[:TELLERS]) + (f" and {more} more" if (more := len(tellers) - TELLERS) > 0 else ""),
        report=reading.document.id,
        weight=_weight(happening, event) + 2 * bool(disputed),
        rests_on=voices_in_words(happening, len(reports), _is_plural(event, told)) if several else "",
        agreed=fields_in_words(happening.agreed) if several and happening.voices > 1 else "",
        disputes=disputed,
        changes=changes(happening, touching, told),
        tellings=(first, *sorted(others, key=_day)),
    )


def _is_plural(event: Event, told: Tellings) -> bool:
    """Whether the source of an event is several people."""
    statement = told.statements.get(event.statement or "")
    count = statement.source.count if statement is not None else None
    return count is not None and (count.min or 0) > 1


def _day(cited: Citation) -> date:
    return cited.day


def _status(happening: Happening, event: Event) -> Status:
    """The status of the telling that gives the words; "happened" only if all tellings together say so."""
    return happening.status if event.status in HAPPENED else event.status


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
    told = tellings(resolved)
    sources = [statement.source for reading in resolved.readings for statement in reading.statements]
    unnamed = [source for source in sources if source.kind is SourceKind.UNNAMED]
    return Reliance(
        tuple((kind.value, sum(source.kind is kind for source in sources)) for kind in SourceKind),
        len(unnamed),
        sum(bool(source.terms) for source in unnamed),
        sum(bool(source.reason) for source in unnamed),
        sum(bool(source.knowledge) for source in unnamed),
        source_lines(resolved),
        tuple(line for line in _event_lines(told, by_row(comparisons(told))) if line.unnamed_only),
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
        words = [word for s, reading in own for word in cut(reading.document.text, getattr(s.source, field))]
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
