"""When something was said: the time that stands with the cue of a statement, or with where it was said.

"Said on Friday"; "on Friday she met the envoy and said"; "said in a speech in May"; "told the paper in an interview
published on Sunday". A time inside the content is none of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when.occasions import Dates, attached, fronted, opened
from onrecord.record import Reading, Statement, TimeExpression, TimeKind

if TYPE_CHECKING:
    from spacy.tokens import Token

# Prepositions between a cue and where it was said: "in a speech", "at a rally", "during the hearing".
AT = frozenset({"in", "at", "during", "on", "through", "via"})
SPEAKING = frozenset({"VERB", "AUX", "NOUN"})


def date_statements(reading: Reading, parse: Parse, tools: Tools) -> tuple[Statement, ...]:
    """The stage ``said-when``: each statement with the time at which it was said, where its own cue says so.

    A cue that no lexicon knows may be any act, such as "postponed until May": it gets no time with an open end.
    """
    dates = Dates.of(reading, parse)
    dated = ((one, _said(one, parse, dates)) for one in reading.statements)
    return tuple(one if one.is_unread and _is_open(said) else said for one, said in dated)


def _is_open(statement: Statement) -> bool:
    return statement.when is not None and (statement.when.start is None or statement.when.end is None)


def _said(statement: Statement, parse: Parse, dates: Dates) -> Statement:
    for span in statement.cue:
        for token in parse.tokens(span):
            for expression, signal in _times(token, dates) if token.pos_ in SPEAKING else ():
                if any(content.contains(expression.span) for content in statement.content):
                    continue
                if expression.interval is not None and expression.kind in {TimeKind.DATE, TimeKind.TIME}:
                    return replace(statement, when=opened(expression, signal, dates))
    return statement


def _times(cue: Token, dates: Dates) -> Iterator[tuple[TimeExpression, Token | None]]:
    """The times of a cue, the nearest first: its own, that of where it was said, that at the head of its sentence."""
    own = attached(cue, dates)
    if own is not None:
        yield own
    for preposition in cue.children:
        if preposition.dep_ != "prep" or preposition.lower_ not in AT:
            continue
        for place in preposition.children:
            for word in (place, *(verb for verb in place.rights if verb.dep_ == "acl" and verb.tag_ == "VBN")):
                found = attached(word, dates) if place.dep_ == "pobj" else None
                if found is not None:
                    yield found
    shared = fronted(cue, dates) if cue.dep_ == "conj" else None
    if shared is not None:
        yield shared
