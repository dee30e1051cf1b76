"""Status: did it happen, as each voice presents it.

The stage ``status`` gives every event of the stage ``events`` its status, its certainty and the words that decided,
and one ``Voice`` for each who speaks of it: the report itself, and the source of the statement that tells it.
What did not happen is never shown as happened: where the words leave it open, the event is open.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.what.clause import phrase, verb_above
from onrecord.extract.what.modality import Modality
from onrecord.extract.what.predicates import predicates
from onrecord.extract.what.signatures import Sign, Signatures, Standing, signatures
from onrecord.record import Event, Manner, Reading, Reason, Span, Stance, Statement, Status, TimeInterval, Voice

# Stances under which a source does not tell what happened, though its words may read like it.
OPEN_STANCES = frozenset({Stance.ACCUSES, Stance.ASKS, Stance.DOUBTS})


def judge(reading: Reading, parse: Parse, tools: Tools) -> tuple[Event, ...]:
    """The stage ``status``: the events with status, certainty, cues and voices."""
    speaking = frozenset(
        token.i
        for statement in reading.statements
        if not statement.is_unread  # its cue is no verb of reporting for what is told after it
        for span in statement.cue
        for token in parse.tokens(span)
        if token.pos_ == "VERB"
    )
    signs = signatures(tools.lexicons)
    modality = Modality(signs, predicates(tools.lexicons), speaking, parse.doc)
    statements = {statement.id: statement for statement in reading.statements}
    judged = []
    for event in reading.events:
        words = parse.tokens(event.trigger)
        standing = modality.of(words.root) if len(words) else Standing(Status.UNCERTAIN, 0)
        statement = statements.get(event.statement or "")
        if statement is not None and standing.real and _is_hearsay(statement, signs, parse):
            standing = replace(standing, status=Status.UNCERTAIN, certainty=1)
        if standing.real and _is_by_suspects(event, signs, parse):
            standing = replace(standing, certainty=1)
        if statement is not None and _is_composed(standing, statement, parse):
            standing = replace(standing, granted=standing.granted or standing.real)
        told = _judged(event, standing, statement, parse, reading.published)
        judged.append(_worded(told, modality, parse) if len(words) else told)
    return _apart(tuple(judged))


def _worded(event: Event, modality: Modality, parse: Parse) -> Event:
    """What happened, in words that tell nothing else: "the raid", not "they hope to avenge the raid"."""
    told = parse.tokens(event.trigger).root
    verb = verb_above(told)
    if event.status is not Status.HAPPENED or verb is None or modality.of(verb).real:
        return event
    return replace(event, clause=parse.span(phrase(told)))


def _is_by_suspects(event: Event, signs: Signatures, parse: Parse) -> bool:
    """Whether who did it is only supposed to have: "alleged rebels killed two guards"."""
    for actor in event.participants:
        head = parse.tokens(actor.span).root if actor.span is not None and actor.part == "actor" else None
        for word in head.lefts if head is not None else ():
            row = signs.modifier(word)
            if row is not None and row["status"] == "uncertain":
                return True
    return False


def _is_hearsay(statement: Statement, signs: Signatures, parse: Parse) -> bool:
    """Whether the source itself is called unsure: "according to unconfirmed reports"."""
    words = (token for span in statement.source.spans for token in parse.tokens(span))
    found = (signs.modifier(word) for word in words if word.dep_ in {"amod", "compound"})
    return any(row is not None and row["status"] == "uncertain" for row in found)


def _is_composed(standing: Standing, statement: Statement, parse: Parse) -> bool:
    """Whether the cue of the statement has already had its say in the standing, as the verb above the clause."""
    cue = {token.i for span in statement.cue for token in parse.tokens(span)}
    return any(sign.first.i in cue for sign in standing.signs if sign.rule.startswith("status-predicates#"))


def _judged(
    event: Event, standing: Standing, statement: Statement | None, parse: Parse, published: TimeInterval | None
) -> Event:
    told = as_told(standing, statement)
    signs = tuple(s for s in told.signs if s.rule != "status.said")
    cues = _spans(signs, parse)
    own = Voice(told.status, told.certainty, cues=cues)
    voices: tuple[Voice, ...] = (own,)
    if statement is not None:
        claimed = Voice(told.status, told.certainty, statement.source.entity, statement.id, cues)
        held = told.granted and told.status is Status.HAPPENED
        voices = (replace(own, certainty=1) if held else Voice(Status.UNCERTAIN, 0), claimed)
    reasons = tuple(Reason(s.rule, told.status.value, parse.between(s.first, s.last)) for s in told.signs)
    return replace(
        event,
        status=told.status,
        certainty=told.certainty,
        status_cues=cues,
        voices=voices,
        when=_possible_time(event, told, published),
        reasons=(*event.reasons, *reasons),
    )


def as_told(standing: Standing, statement: Statement | None) -> Standing:
    """What the words make of the event, bounded by the statement that it is told in."""
    if statement is None:
        return standing
    if standing.status is Status.HAPPENED and not standing.granted:
        denied = statement.stance is Stance.DENIES and statement.manner is not Manner.DIRECT
        if statement.negated or statement.hypothetical or statement.stance in OPEN_STANCES or denied:
            return replace(standing, status=Status.UNCERTAIN, certainty=0)
    return standing


def _spans(signs: tuple[Sign, ...], parse: Parse) -> tuple[Span, ...]:
    """The words that decided, each once, in the order of the text."""
    return tuple(sorted({parse.between(s.first, s.last) for s in signs}))


def _possible_time(event: Event, told: Standing, published: TimeInterval | None) -> TimeInterval | None:
    """What happened cannot be dated after its report: such a time belongs to something else."""
    when = event.when
    if when is None or published is None or told.status is not Status.HAPPENED:
        return when
    later = when.start is not None and published.end is not None and when.start >= published.end
    return None if later else when


def _opposed(first: Event, later: Event) -> bool:
    """Whether two tellings cannot be of one event; that somebody is accused of it makes it no other."""
    if Status.UNCERTAIN in {first.status, later.status}:
        unsure = first if first.status is Status.UNCERTAIN else later
        if any(reason.rule.startswith("blame-words#") for reason in unsure.reasons):
            return False
    return (first.status is Status.HAPPENED) != (later.status is Status.HAPPENED)


def _disputed(first: Event, later: Event) -> bool:
    """Whether one voice says that an act was and another, named or not, that it was not: one act, two voices."""
    told = {first.status, later.status}
    if Status.HAPPENED not in told or not told & {Status.DENIED, Status.DID_NOT_HAPPEN}:
        return False
    denial = first if later.status is Status.HAPPENED else later
    sources = {event.voices[-1].source for event in (first, later)}
    return denial.statement is not None and denial.voices[-1].source is not None and len(sources) == 2


def _apart(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Tellings that say opposite things of what was joined as one event: no longer joined, or two voices on one."""
    by_id = {event.id: event for event in events}
    voices: dict[str, list[Voice]] = {}
    kept = []
    for event in events:
        first = by_id.get(event.same_as or "")
        if first is not None and _disputed(first, event):
            voices.setdefault(first.id, []).append(event.voices[-1])
        elif first is not None and _opposed(first, event):
            event = replace(event, same_as=None, reasons=tuple(r for r in event.reasons if not _joins(r.rule)))
        kept.append(event)
    return tuple(replace(event, voices=(*event.voices, *voices.get(event.id, ()))) for event in kept)


def _joins(rule: str) -> bool:
    return rule == "events.told-before" or rule.startswith("taken-up#")
