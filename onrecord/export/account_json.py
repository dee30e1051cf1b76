"""``account/1``: the account as one JSON document (docs/account.md, schema/account-1.schema.json).

Offsets count characters of ``reports[].text``, end exclusive. Days are ISO dates, both included: the half-open
intervals of ``record.py`` lose a day at their end here. Unknown is ``null`` or an empty list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from onrecord.export.resolved import resolve
from onrecord.export.standards import edtf
from onrecord.record import (
    Account,
    Alternative,
    Entity,
    Event,
    Happening,
    Id,
    Link,
    Location,
    Mention,
    Quantity,
    Range,
    Reading,
    Reason,
    Role,
    Sourcing,
    Span,
    Statement,
    TimeExpression,
    TimeInterval,
    Voice,
)

Json = dict[str, Any]


def account_json(account: Account) -> Json:
    """The account as plain lists and dictionaries, ready for ``json.dumps``."""
    readings = resolve(account).readings
    return {
        "onrecord": "account/1",
        "made": {
            "version": account.made.version,
            "models": [{"name": m.name, "version": m.version, "digest": m.digest} for m in account.made.models],
            "lexicons": dict(account.made.lexicons),
        },
        "reports": [_report(reading) for reading in readings],
        "entities": _entities(account.entities, readings),
        "times": [_time(time, r.document.id) for r in readings for time in r.times],
        "statements": [_statement(statement, r.document.id) for r in readings for statement in r.statements],
        "events": [_event(event, r.document.id) for r in readings for event in r.events],
        "quantities": [_quantity(quantity, r.document.id) for r in readings for quantity in r.quantities],
        "happenings": [_happening(happening) for happening in account.happenings],
        "links": [
            *(_link(link, r.document.id) for r in readings for link in r.links),
            *(_link(link, None) for link in account.links),
        ],
        "hits": [],
        "decisions": [
            {
                "id": d.id, "about": d.about, "verb": d.verb, "left": d.left, "right": d.right, "value": d.value,
                "by": d.by, "at": d.at, "note": d.note, "undone_at": d.undone_at,
            }
            for d in account.decisions
        ],
        "problems": [{"report": p.document or None, "stage": p.stage, "message": p.message} for p in account.problems],
    }  # fmt: skip


def write_json(account: Account, out: Path) -> list[Path]:
    """The whole account as one JSON document in the file ``out``."""
    out.write_text(json.dumps(account_json(account), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [out]


def interval_json(interval: TimeInterval | None) -> Json | None:
    """An interval with both days included; None = unknown."""
    if interval is None:
        return None
    shown: Json = {
        "earliest": _first(interval.start),
        "latest": _last(interval.end),
        "precision": interval.precision.value,
        "throughout": interval.throughout,
        "approximate": interval.approximate,
        "inferred": interval.inferred,
        "basis": interval.basis.value,
        "anchor_id": interval.anchor_id,
        "alternatives": [_alternative(other) for other in interval.alternatives],
        "edtf": edtf(interval) or None,
        "reasons": [reason_json(reason) for reason in interval.reasons],
    }
    return shown | ({"clock": interval.clock} if interval.clock else {})


def reason_json(reason: Reason) -> Json:
    """A reason, with the span of its words or null."""
    return {
        "rule": reason.rule,
        "note": reason.note,
        "anchor": _anchor(reason.span) if reason.span else None,
        "weight": reason.weight,
        "model": reason.model,
    }


def _first(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _last(day: date | None) -> str | None:
    """The last day inside a half-open stretch that ends before ``day``."""
    return (day - timedelta(days=1)).isoformat() if day else None


def _alternative(other: Alternative) -> Json:
    return {"earliest": _first(other.start), "latest": _last(other.end), "why": other.why}


def _anchor(span: Span) -> list[int]:
    return [span.start, span.end]


def _anchors(spans: Iterable[Span]) -> list[list[int]]:
    return [_anchor(span) for span in spans]


def _reasons(reasons: Iterable[Reason]) -> list[Json]:
    return [reason_json(reason) for reason in reasons]


def _range(count: Range | None) -> Json | None:
    return {"min": count.min, "max": count.max} if count else None


def _report(reading: Reading) -> Json:
    document = reading.document
    return {
        "id": document.id,
        "title": document.title or None,
        "outlet": document.outlet or None,
        "authors": list(document.authors),
        "url": document.url or None,
        "language": document.language or None,
        "sha256": document.original or None,
        "origin": document.origin or None,
        "media_type": document.media_type,
        "text": document.text,
        "published": interval_json(reading.published),
        "sourcing": [_sourcing(note) for note in reading.sourcing],
    }


def _sourcing(note: Sourcing) -> Json:
    return {
        "id": note.id,
        "anchor": _anchor(note.span),
        "sources": list(note.sources),
        "reasons": _reasons(note.reasons),
    }


def _entities(entities: Iterable[Entity], readings: Iterable[Reading]) -> list[Json]:
    mentions: dict[Id, list[Json]] = {}
    roles: dict[Id, list[Json]] = {}
    undecided: dict[Id, list[Json]] = {}
    for reading in readings:
        means = {mention.id: mention.means for mention in reading.mentions}
        for mention in reading.mentions:
            if mention.means is not None:
                mentions.setdefault(mention.means, []).append(_mention(mention, reading.document.id))
            for candidate in mention.candidates if mention.means is None else ():
                place = {"report": reading.document.id, "anchor": _anchor(mention.span)}
                undecided.setdefault(candidate, []).append(place)
        for role in reading.roles:
            holder = means.get(role.holder)
            if holder is not None:
                of = means.get(role.of) if role.of else None
                roles.setdefault(holder, []).append(_role(role, of, reading.document.id))
    return [
        _entity(e) | {"roles": roles.get(e.id, []), "mentions": mentions.get(e.id, []), "open": undecided.get(e.id, [])}
        for e in entities
    ]


def _entity(entity: Entity) -> Json:
    return {
        "id": entity.id,
        "kind": entity.kind.value,
        "named": entity.named,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "members": list(entity.members),
        "count": _range(entity.count),
        "country": entity.country,
        "sector": entity.sector,
        "place": _place(entity.place),
    }


def _place(place: Location | None) -> Json | None:
    if place is None:
        return None
    return {
        "lat": place.latitude,
        "lon": place.longitude,
        "country": place.country,
        "gazetteer": place.gazetteer,
        "precision": place.precision,
    }


def _mention(mention: Mention, report: Id) -> Json:
    return {
        "report": report,
        "anchor": _anchor(mention.span),
        "head": _anchor(mention.head),
        "form": mention.form.value,
        "kind": mention.kind.value,
    }


def _role(role: Role, of: Id | None, report: Id) -> Json:
    return {
        "id": role.id,
        "title": role.title,
        "of": of,
        "during": interval_json(role.during),
        "former": role.former,
        "report": report,
        "anchor": _anchor(role.span),
    }


def _time(time: TimeExpression, report: Id) -> Json:
    return {
        "id": time.id,
        "report": report,
        "anchor": _anchor(time.span),
        "kind": time.kind.value,
        "timex": time.timex or None,
        "edtf": time.edtf or None,
        "interval": interval_json(time.interval),
        "relative_to": time.relative_to,
        "reasons": _reasons(time.reasons),
    }


def _statement(statement: Statement, report: Id) -> Json:
    source, channel = statement.source, statement.channel
    return {
        "id": statement.id,
        "report": report,
        "source": {
            "entity": source.entity,
            "with": list(source.joint),
            "anchors": _anchors(source.spans),
            "kind": source.kind.value,
            "count": _range(source.count),
            "terms": _anchors(source.terms),
            "reason": _anchors(source.reason),
            "knowledge": _anchors(source.knowledge),
        },
        "cue": _anchors(statement.cue),
        "content": _anchors(statement.content),
        "manner": statement.manner.value,
        "kind": statement.kind.value,
        "stance": statement.stance.value,
        "negated": statement.negated,
        "hypothetical": statement.hypothetical,
        "channel": {"kind": channel.kind.value, "anchor": _anchor(channel.span) if channel.span else None}
        if channel
        else None,
        "addressee": statement.addressee,
        "addressed": _anchor(statement.addressed) if statement.addressed else None,
        "when": interval_json(statement.when),
        "within": statement.within,
        "score": statement.score,
        "reasons": _reasons(statement.reasons),
    }


def _event(event: Event, report: Id) -> Json:
    parts = {"actor", "recipient"}
    return {
        "id": event.id,
        "report": report,
        "trigger": _anchor(event.trigger),
        "clause": _anchor(event.clause) if event.clause else None,
        "predicate": event.predicate,
        "type": event.type.value,
        "mode": event.mode,
        "context": list(event.contexts),
        "actors": list(dict.fromkeys(event.with_part("actor"))),
        "recipients": list(dict.fromkeys(event.with_part("recipient"))),
        "others": [{"part": p.part, "entity": p.entity} for p in event.participants if p.part not in parts],
        "where": event.where,
        "when": interval_json(event.when),
        "background": event.background,
        "status": event.status.value,
        "certainty": event.certainty,
        "status_cues": _anchors(event.status_cues),
        "statement": event.statement,
        "voices": [_voice(voice) for voice in event.voices],
        "same_as": event.same_as,
        "part_of": event.part_of,
        "reasons": _reasons(event.reasons),
    }


def _voice(voice: Voice) -> Json:
    return {
        "source": voice.source,
        "statement": voice.statement,
        "status": voice.status.value,
        "certainty": voice.certainty,
        "cues": _anchors(voice.cues),
    }


def _quantity(quantity: Quantity, report: Id) -> Json:
    return {
        "id": quantity.id,
        "report": report,
        "anchor": _anchor(quantity.span),
        "min": quantity.min,
        "max": quantity.max,
        "unit": quantity.unit or None,
        "approximate": quantity.approximate,
        "of": quantity.of,
        "reasons": _reasons(quantity.reasons),
    }


def _happening(happening: Happening) -> Json:
    return {
        "id": happening.id,
        "told_in": list(happening.told_in),
        "type": happening.type.value,
        "actors": list(happening.actors),
        "recipients": list(happening.recipients),
        "where": happening.where,
        "when": interval_json(happening.when),
        "status": happening.status.value,
        "disputed": happening.disputed,
        "voices": happening.voices,
        "unnamed_only": happening.unnamed_only,
        "line": happening.line,
        "reports": list(happening.reports),
        "named": happening.named,
        "unnamed": happening.unnamed,
        "agreed": list(happening.agreed),
        "disputed_on": list(happening.disputed_on),
    }


def _link(link: Link, report: Id | None) -> Json:
    return {
        "id": link.id,
        "report": report,
        "left": link.left,
        "right": link.right,
        "kind": link.kind.value,
        "field": link.field,
        "score": link.score,
        "by": link.by,
        "reasons": _reasons(link.reasons),
        "left_anchors": _anchors(link.left_spans),
        "right_anchors": _anchors(link.right_spans),
    }
