"""Why a row stands: its words, its place, and every reason with the words that set it off."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from typing import Any

from onrecord.errors import NotFound
from onrecord.export.account_json import reason_json
from onrecord.export.compared import compare_in_words
from onrecord.export.days import published_in_words, when_in_words
from onrecord.export.formulas import formula_in_words, spans_by_id
from onrecord.export.resolved import Resolved, resolve
from onrecord.record import (
    Account,
    Alternative,
    Basis,
    Entity,
    Event,
    Id,
    Link,
    LinkKind,
    Reading,
    Reason,
    Span,
    TimeExpression,
    TimeInterval,
    make_id,
)

# Fields of a Reading that hold rows, and what a row of each is called.
KINDS = {
    "mentions": "mention", "roles": "role", "quotations": "quotation", "cues": "cue", "statements": "statement",
    "sourcing": "sourcing note", "times": "time", "events": "event", "quantities": "quantity", "sentences": "sentence",
    "links": "link",
}  # fmt: skip
# What days that do not stand in the words were reckoned from.
BASES = {
    Basis.PUBLICATION: "the report's date",
    Basis.EXPRESSION: "a time named before",
    Basis.EVENT: "an event",
    Basis.NARRATIVE: "the order of telling",
    Basis.QUOTATION: "the day of speaking",
}
Found = tuple[str, Any, Reading | None]


def explain(account: Account, wanted: Id) -> dict[str, Any]:
    """The row with this id (or the only one whose id begins so): kind, id, report, words by field, and reasons.

    Raises NotFound if there is no such row, or several.
    """
    resolved = resolve(account)
    kind, row, reading = _find(resolved, wanted)
    text = reading.document.text if reading else ""
    reasons = _reasons_of_report(row) if kind == "report" else list(dict.fromkeys(_reasons(row)))
    words = list(_plain(row)) + ([] if kind == "report" else list(_words(row, text, resolved)))
    words += _calendar(row, reading)
    if reading is not None and kind in {"event", "link"}:
        words = [pair for pair in words if pair[0] not in {"part_of", "left", "right"}]
        words += _relations(row, reading)
        own = _tellings(row, reading)
        reasons += [r for link in reading.links if not own.isdisjoint((link.left, link.right)) for r in link.reasons]
    if kind == "entity":
        words = [pair for pair in words if pair[0] != "members"]
        words += [*_mentions(row.id, resolved), *_decisions(row, account)]
        reasons += _links(row, account)
    if reading is None and kind in {"happening", "link"}:
        compared = compare_in_words(row, resolved)
        words = [pair for pair in words if pair[1]] + compared.words  # spans have words in their own reports only
        reasons += compared.reasons
    return {
        "kind": kind,
        "id": _own_id(row),
        "report": reading.document.id if reading else None,
        "words": words,
        "reasons": [reason_json(r) | {"words": r.span.cut(text) if r.span and text else ""} for r in reasons],
    }


def _find(resolved: Resolved, wanted: Id) -> Found:
    found: dict[Id, Found] = {}
    for id_, row in _rows(resolved):
        if id_ == wanted:
            return row
        if id_.startswith(wanted):
            found.setdefault(_own_id(row[1]), row)
    if len(found) != 1:
        cause = (
            f"{len(found)} rows begin with {wanted!r}; write more of it" if found else f"no row has the id {wanted!r}"
        )
        raise NotFound(cause)
    return next(iter(found.values()))


def _own_id(row: Any) -> Id:
    """The id of a row, whichever of its ids it was found by."""
    id_: Id = row.document.id if isinstance(row, Reading) else row.id
    return id_


def _rows(resolved: Resolved) -> Iterator[tuple[Id, Found]]:
    for reading in resolved.readings:
        yield reading.document.id, ("report", reading, reading)
        for field, kind in KINDS.items():
            for row in getattr(reading, field):
                yield row.id, (kind, row, reading)
    own = {entity.id: reading for reading in resolved.readings for entity in reading.entities}
    for entity in resolved.entities.values():
        yield entity.id, ("entity", entity, own.get(entity.id))
        yield from ((member, ("entity", entity, own.get(entity.id))) for member in entity.members)
    account = resolved.account
    for kind, rows in (("happening", account.happenings), ("link", account.links), ("decision", account.decisions)):
        for row in rows:
            yield row.id, (kind, row, None)
    # An id once shown keeps working when other reports join, whichever telling it was made from.
    for happening in account.happenings:
        yield from ((make_id("h", event), ("happening", happening, None)) for event in happening.told_in)


def _reasons_of_report(reading: Reading) -> list[Reason]:
    return list(reading.published.reasons) if reading.published else []


def _reasons(value: Any) -> Iterator[Reason]:
    """Every reason in a row, each once, in the order of its fields."""
    if isinstance(value, Reason):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _reasons(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _reasons(getattr(value, field.name))


def _calendar(row: Any, reading: Reading | None) -> list[tuple[str, str]]:
    """When: in words, and the readings that were rejected with the cause; a formula as long as no day is known."""
    if isinstance(row, Reading):
        return [("published", published_in_words(row.published) or "no date")]
    said = []
    for field in dataclasses.fields(row):
        value = getattr(row, field.name)
        if isinstance(value, TimeInterval):
            said.append(("when", _when(value)))
            said += [("rejected", f"{_between(other)}: {other.why}") for other in value.alternatives]
    if isinstance(row, TimeExpression) and reading is not None and row.interval is None:
        formula = formula_in_words(row, reading.document.text, spans_by_id(reading))
        said += [("when", formula)] if formula else []
    return said


def _when(interval: TimeInterval) -> str:
    basis = BASES.get(interval.basis, "")
    return when_in_words(interval) + (f" from {basis}" if interval.inferred and basis else "")


def _between(other: Alternative) -> str:
    ends = (str(other.start or ""), str(other.end - timedelta(days=1)) if other.end else "")
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


def _plain(row: Any) -> Iterator[tuple[str, str]]:
    """The fields of a row that are words or numbers themselves."""
    row = row.document if isinstance(row, Reading) else row
    for field in dataclasses.fields(row):
        value = getattr(row, field.name)
        if field.name in {"id", "text", "reasons"} or value in (None, "", (), False):
            continue
        if isinstance(value, Enum):
            yield field.name, value.value
        elif isinstance(value, str | int | float):
            yield field.name, "yes" if value is True else str(value)


def _words(value: Any, text: str, resolved: Resolved, name: str = "") -> Iterator[tuple[str, str]]:
    """The words under every span of a row, by the name of the field; entities by their names."""
    if isinstance(value, Span):
        yield name, " ".join(value.cut(text).split())
    elif isinstance(value, tuple):
        for part in value:
            if isinstance(part, str) and part in resolved.entities:
                yield name, resolved.entities[part].name
            else:
                yield from _words(part, text, resolved, getattr(part, "part", name))
    elif dataclasses.is_dataclass(value) and not isinstance(value, Reason):
        for field in dataclasses.fields(value):
            yield from _words(
                getattr(value, field.name), text, resolved, field.name if name in {"", "source"} else name
            )


def _tellings(row: Event | Link, reading: Reading) -> set[Id]:
    """The ids under which the report tells this very event; none for a link."""
    if isinstance(row, Link):
        return set()
    first = row.same_as or row.id
    return {event.id for event in reading.events if first in (event.id, event.same_as)}


def _relations(row: Event | Link, reading: Reading) -> list[tuple[str, str]]:
    """What an event is part of, what its parts are, what came before and after it, in whichever of its tellings."""
    text = reading.document.text
    told = {event.id: f"{' '.join(event.trigger.cut(text).split())} ({event.id})" for event in reading.events}
    if isinstance(row, Link):
        return [("left", told.get(row.left, row.left)), ("right", told.get(row.right, row.right))]
    own = _tellings(row, reading)
    said = [
        ("part of", told.get(e.part_of, e.part_of)) for e in reading.events if e.id in own and e.part_of is not None
    ]
    said += [("its part", told[event.id]) for event in reading.events if event.part_of in own]
    for link in reading.links:
        if link.left in own:
            said.append((link.kind.value, told.get(link.right, link.right)))
        elif link.right in own:
            said.append(("after" if link.kind is LinkKind.BEFORE else "caused by", told.get(link.left, link.left)))
    return said


def _links(entity: Entity, account: Account) -> list[Reason]:
    """Why the entities of single reports that it is made of are one, with the score of each link."""
    members = set(entity.members) if len(entity.members) > 1 else set()
    return [
        replace(reason, note=f"{link.left} = {link.right} ({link.score:.2f}): {reason.note}")
        for link in account.links
        if link.kind is LinkKind.SAME_ENTITY and link.right in members
        for reason in link.reasons
    ]


def _decisions(entity: Entity, account: Account) -> list[tuple[str, str]]:
    return [
        (f"decision {made.id}", f"{made.verb} {made.right or made.value}{' (undone)' if made.undone_at else ''}")
        for made in account.decisions
        if not {made.left, made.right}.isdisjoint(entity.members)
    ]


def _mentions(entity: Id, resolved: Resolved) -> list[tuple[str, str]]:
    return [
        (f"{mention.form.value} in {reading.document.id}", mention.span.cut(reading.document.text))
        for reading in resolved.readings
        for mention in reading.mentions
        if mention.means == entity
    ]
