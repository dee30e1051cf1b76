"""CSV: one file per kind of row, with the words beside every offset.

UTF-8 with a byte-order mark, so that spreadsheet programs read accents. Cells that a spreadsheet would run as a
formula are kept from it by an apostrophe (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from onrecord.export.account_json import interval_json
from onrecord.export.citations import one_line
from onrecord.export.comparisons import (
    CHANGE_COLUMNS,
    CONFLICT_COLUMNS,
    COPY_COLUMNS,
    change_rows,
    conflict_rows,
    copy_rows,
)
from onrecord.export.days import published_in_words, when_in_words
from onrecord.export.digest import source_lines
from onrecord.export.formulas import formula_in_words, spans_by_id
from onrecord.export.resolved import Resolved, homes_of, resolve
from onrecord.export.told import told
from onrecord.export.written import folder
from onrecord.record import Account, Event, Id, Reading, Span, Statement, TimeInterval

Cells = Iterator[Mapping[str, object]]
# Control characters but for tab and line breaks, and marks that turn the direction of writing.
STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(account: Account, out: Path) -> list[Path]:
    """CSV: one file per kind of row, with the words beside every offset, in the folder ``out``.

    The folder is made if absent. Raises BadInput if it is a file.
    """
    folder(out, "CSV needs a folder, one file per kind of row")
    resolved = resolve(account)
    paths = []
    for kind in KINDS:
        paths.append(out / f"{kind}.csv")
        with paths[-1].open("w", encoding="utf-8-sig", newline="") as file:
            write_rows(kind, rows_of(kind, resolved), file)
    return paths


def rows_of(kind: str, resolved: Resolved) -> list[Mapping[str, object]]:
    """The rows of one kind (a key of ``KINDS``), each with the columns of that kind."""
    return list(KINDS[kind](resolved))


def write_rows(kind: str, rows: Iterable[Mapping[str, object]], file: TextIO) -> None:
    """Write rows of one kind as CSV, with a header."""
    table = csv.DictWriter(file, COLUMNS[kind])
    table.writeheader()
    table.writerows({column: cell(row[column]) for column in COLUMNS[kind]} for row in rows)


def cell(value: object) -> object:
    r"""A value as a cell: unknown is empty, yes and no are words, and nothing is a formula or steers a terminal.

    >>> cell(None), cell(True), cell("=1+1"), cell(-2), cell("a\x1b[31m")
    ('', 'yes', "'=1+1", -2, 'a�[31m')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return value
    value = STEERING.sub("\ufffd", value)
    return f"'{value}" if value.startswith(FORMULA) else value


def _words(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(span.cut(text) for span in spans)


def _days(interval: TimeInterval | None) -> dict[str, object]:
    """The columns of an interval, both days included."""
    shown = interval_json(interval) or {}
    return {
        "earliest": shown.get("earliest"), "latest": shown.get("latest"), "precision": shown.get("precision"),
        "edtf": shown.get("edtf"), "date_inferred": shown.get("inferred"),
    }  # fmt: skip


def _place(spans: tuple[Span, ...]) -> dict[str, object]:
    return {"start": min((s.start for s in spans), default=None), "end": max((s.end for s in spans), default=None)}


def _names(ids: Iterable[Id | None], resolved: Resolved) -> str:
    return "; ".join(resolved.names(ids))


def _reports(resolved: Resolved) -> Cells:
    for reading in resolved.readings:
        document = reading.document
        yield {
            "id": document.id, "title": document.title, "outlet": document.outlet,
            "authors": "; ".join(document.authors), "url": document.url,
            "file": document.origin, "sha256": document.original,
            "characters": len(document.text), "published": published_in_words(reading.published),
            "clues": _clues(reading), **_days(reading.published),
        }  # fmt: skip


def _clues(reading: Reading) -> str:
    """The words that give a report's date, each with what it says of it; empty where the file's own data gave it."""
    notes: dict[str, list[str]] = {}
    for reason in reading.published.reasons if reading.published is not None else ():
        if reason.span is not None:
            words = one_line(reason.span.cut(reading.document.text))
            notes.setdefault(words, []).extend(note for note in (one_line(reason.note),) if note != words)
    return "; ".join(f"“{words}”" + (f" ({'; '.join(said)})" if said else "") for words, said in notes.items())


def _entities(resolved: Resolved) -> Cells:
    roles: dict[Id | None, list[str]] = {}
    for reading in resolved.readings:
        means = {mention.id: mention.means for mention in reading.mentions}
        for role in reading.roles:
            roles.setdefault(means.get(role.holder), []).append(role.title)
    for entity in resolved.entities.values():
        yield {
            "id": entity.id, "kind": entity.kind.value, "named": entity.named, "name": entity.name,
            "aliases": "; ".join(entity.aliases), "roles": "; ".join(dict.fromkeys(roles.get(entity.id, []))),
            "country": entity.country, "sector": entity.sector, "mentions": len(entity.mentions),
            "reports": resolved.reports[entity.id],
        }  # fmt: skip


def _mentions(resolved: Resolved) -> Cells:
    for reading in resolved.readings:
        for mention in reading.mentions:
            yield {
                "id": mention.id, "report": reading.document.id, "entity": mention.means,
                "name": _names([mention.means], resolved), "form": mention.form.value,
                "words": mention.span.cut(reading.document.text), **_place((mention.span,)),
            }  # fmt: skip


def _statement(reading: Reading, resolved: Resolved, statement: Statement) -> Mapping[str, object]:
    text, source = reading.document.text, statement.source
    return {
        "id": statement.id, "report": reading.document.id,
        "source": _names((source.entity, *source.joint), resolved), "source_kind": source.kind.value,
        "source_words": _words(text, source.spans), "cue": _words(text, statement.cue),
        "content": _words(text, statement.content), "manner": statement.manner.value, "kind": statement.kind.value,
        "stance": statement.stance.value, "negated": statement.negated, "hypothetical": statement.hypothetical,
        "terms": _words(text, source.terms), "reason": _words(text, source.reason),
        "knowledge": _words(text, source.knowledge),
        "channel": statement.channel.kind.value if statement.channel else None,
        "addressee": _names([statement.addressee], resolved) or _words(text, filter(None, [statement.addressed])),
        "within": statement.within, "score": statement.score,
        **_place(statement.content or statement.cue), **_days(statement.when),
    }  # fmt: skip


def _statements(resolved: Resolved) -> Cells:
    for reading in resolved.readings:
        for statement in reading.statements:
            yield _statement(reading, resolved, statement)


def _event(reading: Reading, resolved: Resolved, event: Event) -> Mapping[str, object]:
    text = reading.document.text
    return {
        "id": event.id, "report": reading.document.id, "status": event.status.value, "certainty": event.certainty,
        "type": event.type.value, "mode": event.mode, "predicate": event.predicate,
        "actors": _names(event.with_part("actor"), resolved),
        "recipients": _names(event.with_part("recipient"), resolved), "where": _names([event.where], resolved),
        "statement": event.statement, "background": event.background, "same_as": event.same_as,
        "part_of": event.part_of,
        "words": (event.clause or event.trigger).cut(text), "trigger": event.trigger.cut(text),
        "status_words": _words(text, event.status_cues), **_place((event.trigger,)), **_days(event.when),
    }  # fmt: skip


def _events(resolved: Resolved) -> Cells:
    for reading in resolved.readings:
        for event in reading.events:
            yield _event(reading, resolved, event)


def _times(resolved: Resolved) -> Cells:
    for reading in resolved.readings:
        text, spans = reading.document.text, spans_by_id(reading)
        for time in reading.times:
            days = _days(time.interval)
            yield {
                "id": time.id, "report": reading.document.id, "words": time.span.cut(text),
                "when": when_in_words(time.interval) or formula_in_words(time, text, spans),
                "kind": time.kind.value, "timex": time.timex, "relative_to": time.relative_to,
                "basis": time.interval.basis.value if time.interval else None, **_place((time.span,)),
                **days, "edtf": time.edtf or days["edtf"],
            }  # fmt: skip


def _quantities(resolved: Resolved) -> Cells:
    for reading in resolved.readings:
        for quantity in reading.quantities:
            yield {
                "id": quantity.id, "report": reading.document.id, "words": quantity.span.cut(reading.document.text),
                "min": quantity.min, "max": quantity.max, "unit": quantity.unit, "approximate": quantity.approximate,
                "of": quantity.of, **_place((quantity.span,)),
            }  # fmt: skip


def _sources(resolved: Resolved) -> Cells:
    for line in source_lines(resolved):
        yield {
            "id": line.id, "name": line.name, "named": line.named, "statements": line.statements,
            "reports": line.reports, "events": line.events, "alone": "; ".join(line.alone),
            "terms": "; ".join(line.terms), "reasons": "; ".join(line.reasons), "knowledge": "; ".join(line.knowledge),
        }  # fmt: skip


def _happenings(resolved: Resolved) -> Cells:
    for happening in told(resolved):
        of = happening.happening
        yield {
            "id": of.id, "line": one_line(of.line), "status": of.status.value, "disputed": of.disputed,
            "disputed_on": "; ".join(of.disputed_on), "agreed": "; ".join(of.agreed),
            "actors": _names(of.actors, resolved), "recipients": _names(of.recipients, resolved),
            "where": _names([of.where], resolved), "type": of.type.value,
            "according_to": "; ".join(happening.voices), "voices": of.voices, "named_voices": of.named,
            "unnamed_voices": of.unnamed, "unnamed_only": of.unnamed_only,
            "reports": "; ".join(reading.document.id for reading in happening.reports),
            "told_in": "; ".join(of.told_in), **_days(of.when),
        }  # fmt: skip


def _links(resolved: Resolved) -> Cells:
    """Those within reports, then those over reports, each with the words of both sides."""
    homes = homes_of(resolved)
    within = [link for reading in resolved.readings for link in reading.links]
    for link in (*within, *resolved.account.links):
        left, right = homes.get(link.left), homes.get(link.right)
        yield {
            "id": link.id, "kind": link.kind.value, "field": link.field, "score": link.score, "by": link.by,
            "left": link.left, "left_words": _words(left.document.text, link.left_spans) if left else "",
            "left_report": left.document.id if left else None,
            "right": link.right, "right_words": _words(right.document.text, link.right_spans) if right else "",
            "right_report": right.document.id if right else None,
            "why": "; ".join(dict.fromkeys(one_line(reason.note) for reason in link.reasons if reason.note)),
        }  # fmt: skip


def _decisions(resolved: Resolved) -> Cells:
    for d in resolved.account.decisions:
        yield {
            "id": d.id, "at": d.at, "by": d.by, "about": d.about, "verb": d.verb, "left": d.left, "right": d.right,
            "value": d.value, "note": d.note, "undone_at": d.undone_at,
        }  # fmt: skip


def _problems(resolved: Resolved) -> Cells:
    for problem in resolved.account.problems:
        yield {"report": problem.document, "stage": problem.stage, "message": problem.message}


KINDS: Mapping[str, Callable[[Resolved], Cells]] = {
    "reports": _reports,
    "entities": _entities,
    "mentions": _mentions,
    "statements": _statements,
    "events": _events,
    "times": _times,
    "quantities": _quantities,
    "happenings": _happenings,
    "links": _links,
    "sources": _sources,
    "conflicts": conflict_rows,
    "copies": copy_rows,
    "changes": change_rows,
    "decisions": _decisions,
    "problems": _problems,
}
_DAYS = ("earliest", "latest", "precision", "edtf", "date_inferred")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "reports": (
        "id", "title", "published", "clues", "outlet", "authors", "url", "file", *_DAYS, "sha256", "characters",
    ),
    "entities": (
        "id", "kind", "named", "name", "aliases", "roles", "country", "sector", "mentions", "reports",
    ),
    "mentions": ("id", "words", "name", "form", "entity", "report", "start", "end"),
    "statements": (
        "id", "content", "source", "source_kind", "source_words", "cue", "stance", "manner", "kind", "negated",
        "hypothetical", "terms", "reason", "knowledge", "channel", "addressee", *_DAYS, "within", "score",
        "report", "start", "end",
    ),
    "events": (
        "id", "words", "status", "certainty", "status_words", *_DAYS, "actors", "recipients", "where", "type", "mode",
        "predicate", "trigger", "statement", "background", "same_as", "part_of", "report", "start", "end",
    ),
    "times": (
        "id", "words", "when", *_DAYS, "kind", "timex", "basis", "relative_to", "report", "start", "end",
    ),
    "quantities": ("id", "words", "min", "max", "unit", "approximate", "of", "report", "start", "end"),
    "happenings": (
        "id", "line", "status", "disputed", "disputed_on", "agreed", *_DAYS, "actors", "recipients", "where", "type",
        "according_to", "voices", "named_voices", "unnamed_voices", "unnamed_only", "reports", "told_in",
    ),
    "links": (
        "id", "kind", "field", "left_words", "right_words", "why", "score", "by", "left", "left_report", "right",
        "right_report",
    ),
    "sources": ("id", "name", "named", "statements", "reports", "events", "alone", "terms", "reasons", "knowledge"),
    "conflicts": CONFLICT_COLUMNS,
    "copies": COPY_COLUMNS,
    "changes": CHANGE_COLUMNS,
    "decisions": ("id", "at", "by", "about", "verb", "left", "right", "value", "note", "undone_at"),
    "problems": ("report", "stage", "message"),
}  # fmt: skip
