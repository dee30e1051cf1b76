"""When something was said: the time that stands with the cue of a statement."""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when.occasions import Dates, attached, opened
from onrecord.record import Reading, Statement, TimeKind


def date_statements(reading: Reading, parse: Parse, tools: Tools) -> tuple[Statement, ...]:
    """The stage ``said-when``: each statement with the time at which it was said, where its own cue says so."""
    dates = Dates.of(reading, parse)
    return tuple(_said(statement, parse, dates) for statement in reading.statements)


def _said(statement: Statement, parse: Parse, dates: Dates) -> Statement:
    for span in statement.cue:
        for token in parse.tokens(span):
            if token.pos_ not in {"VERB", "AUX", "NOUN"}:
                continue
            found = attached(token, dates)
            if found is None or any(content.contains(found[0].span) for content in statement.content):
                continue
            if found[0].interval is not None and found[0].kind in {TimeKind.DATE, TimeKind.TIME}:
                return replace(statement, when=opened(found[0], found[1], dates))
    return statement
