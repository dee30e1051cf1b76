"""Citations: words of a report as they can be quoted, with their place, and whose word they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from onrecord.export.days import days_in_words
from onrecord.export.resolved import Resolved
from onrecord.record import Document, Event, Id, Reading, SourceKind, Span, Statement, Status, TimeInterval, Voice

# What a terminal would obey instead of printing it (ECMA-48): colours, window titles, cursor moves.
ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)?|[@-_])")


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a report, on one line, and where they stand in it.

    ``row`` is the event that they tell, or the report. ``says``: whose word it is (empty: the report's own), ``cue``
    the words by which the report gives it to them. ``told_by``: the outlet, or the file if that is not known.
    ``published``: the report's day in words; ``day`` is its first, to sort by.
    """

    row: Id
    report: Id
    told_by: str
    published: str
    day: date
    words: str
    spans: tuple[Span, ...]
    status: Status | None = None
    says: str = ""
    unnamed: bool = False
    cue: str = ""

    @property
    def as_note(self) -> Citation:
        """The same without what a footnote does not say: two events that one clause tells share their footnote."""
        return replace(self, row="", status=None)


@dataclass(frozen=True, slots=True)
class Tellings:
    """Where every event, statement and report of an account stands."""

    resolved: Resolved
    readings: Mapping[Id, Reading]
    events: Mapping[Id, tuple[Event, Reading]]
    statements: Mapping[Id, Statement]


def tellings(resolved: Resolved) -> Tellings:
    """The tellings of an account by their ids."""
    return Tellings(
        resolved,
        {reading.document.id: reading for reading in resolved.readings},
        {event.id: (event, reading) for reading in resolved.readings for event in reading.events},
        {statement.id: statement for reading in resolved.readings for statement in reading.statements},
    )


def cite(row: Id, spans: tuple[Span, ...], told: Tellings) -> Citation:
    """What the spans cut from the report of this event (or report); without spans, the clause that tells the event.

    Raises KeyError if there is no such event or report.
    """
    if row not in told.events:
        return _citation(row, told.readings[row], spans)
    event, reading = told.events[row]
    cited = _citation(row, reading, spans or (_clause(event, reading),))
    return _said(replace(cited, status=event.status), event.statement, reading, told)


def cite_voice(row: Id, voice: Voice, told: Tellings) -> Citation:
    """What one voice says of an event: the words that are ascribed to it; the clause for the report's own voice."""
    event, reading = told.events[row]
    statement = told.statements.get(voice.statement or "")
    content = statement.content if statement is not None else ()
    cited = _citation(row, reading, content or (_clause(event, reading),))
    says = one_line(" and ".join(told.resolved.names([voice.source])))
    return _said(replace(cited, status=voice.status, says=says), voice.statement, reading, told)


def _clause(event: Event, reading: Reading) -> Span:
    """The words that tell an event: its clause, else its sentence."""
    if event.clause is not None:
        return event.clause
    return next((s.span for s in reading.sentences if s.span.contains(event.trigger)), event.trigger)


def _citation(row: Id, reading: Reading, spans: tuple[Span, ...]) -> Citation:
    document, published = reading.document, reading.published
    return Citation(
        row,
        document.id,
        told_by(document),
        published_days(published),
        ((published.start or published.end) if published else None) or date.max,
        " … ".join(one_line(span.cut(document.text)) for span in spans),
        spans,
    )


def _said(cited: Citation, id_: Id | None, reading: Reading, told: Tellings) -> Citation:
    """The citation with whose word it is, where that is a statement. Who never said it is no source."""
    statement = told.statements.get(id_ or "")
    if statement is None or statement.negated:
        return cited
    return replace(
        cited,
        says=source_in_words(statement, reading, told.resolved),
        unnamed=statement.source.kind is SourceKind.UNNAMED,
        cue=" … ".join(cut(reading.document.text, statement.cue)),
    )


def told_by(document: Document) -> str:
    """The outlet of a report, or its file, or its id."""
    return one_line(document.outlet or document.origin) or document.id


def published_days(published: TimeInterval | None) -> str:
    """A report's date for a narrow column; empty if unknown. A stretch is not called approximate: its ends are sure."""
    return days_in_words(replace(published, approximate=False)) if published else ""


def one_line(words: str) -> str:
    r"""Words of a report on one line: breaks become blanks; terminal escapes, control and direction marks go.

    >>> one_line("the \x1b[31mred\x1b[0m\n line\u202e")
    'the red line'
    """
    return "".join(char for char in " ".join(ESCAPES.sub("", words).split()) if char.isprintable())


def cut(text: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """The words under some spans, each once, each on one line."""
    return tuple(dict.fromkeys(one_line(span.cut(text)) for span in spans))


def source_in_words(statement: Statement, reading: Reading, resolved: Resolved) -> str:
    """Whose word a statement is: the entity's name, else the words of the source; "nobody named" if there are none."""
    source = statement.source
    known = resolved.names((source.entity, *source.joint))
    if known:
        return one_line(" and ".join(known))
    words = " and ".join(cut(reading.document.text, source.spans))
    if words and source.kind is SourceKind.NONE:
        return f"somebody left open (“{words}”)"
    return words or "nobody named"
