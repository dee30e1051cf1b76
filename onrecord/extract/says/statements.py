"""Statements: who says what, on what terms, where and to whom; and which statement lies inside which.

Made from the cues once mentions are resolved. An unnamed speaker's terms, reason and knowledge, given once, hold for
the same entity elsewhere in the report; nothing is ever carried from an unnamed entity to a named one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.says import knowledge, reasons, terms
from onrecord.extract.says.addressees import hearers_of
from onrecord.extract.says.bearers import with_grounds
from onrecord.extract.says.channels import channel_of
from onrecord.extract.says.grounds import Ground, Wording, once
from onrecord.extract.says.page import Page
from onrecord.extract.says.sources import source_of
from onrecord.extract.says.stances import stance_of
from onrecord.extract.whereabouts import Whereabouts
from onrecord.record import (
    Cue,
    Entity,
    Manner,
    Reading,
    Reason,
    Source,
    SourceKind,
    Span,
    Statement,
    make_id,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

# How many enclosing pieces are tried for ``within``; deeper nesting is not told in reports.
DEPTH = 8
THAT = "that "
# The share of a content that must lie in another's for the one to be told within the other.
MOST = 0.8


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Statement, ...]:
    """The stage ``statements``: one statement for each cue, in the order of the text."""
    page = Page.of(reading, parse)
    where = Whereabouts.of(reading)
    quotes = Quotes.of(reading)
    wordings = wordings_of(page, tools)
    cues = _without_terms(reading.cues, page, wordings)
    told = [_statement(reading, page, cue, where, quotes, tools) for cue in cues]
    told = with_grounds(told, cues, page, where, wordings)
    return tuple(_first_persons(_nested(told), page))


def wordings_of(page: Page, tools: Tools) -> list[Wording]:
    """All wordings of terms, reasons and knowledge, in the order of the text."""
    conditions = once(terms.find(page, tools))
    excuses = once(reasons.find(page, tools, conditions))
    known = once(knowledge.find(page, tools, [*conditions, *excuses]))
    return sorted([*conditions, *excuses, *known], key=lambda wording: wording.piece)


def _without_terms(cues: Sequence[Cue], page: Page, wordings: Sequence[Wording]) -> list[Cue]:
    """The cues that are no part of terms or reasons: who "asked not to be named" has said nothing of the affair."""
    own = [page.cut(wording.piece) for wording in wordings if wording.ground is not Ground.KNOWLEDGE]
    spans = sorted(span for span in own if span is not None)
    starts = [span.start for span in spans]

    def is_term(cue: Span) -> bool:
        before = bisect_right(starts, cue.start)
        return before > 0 and spans[before - 1].contains(cue)

    return [cue for cue in cues if not all(is_term(span) for span in cue.spans)]


def _statement(reading: Reading, page: Page, cue: Cue, where: Whereabouts, quotes: Quotes, tools: Tools) -> Statement:
    source, why_source = source_of(page, cue, where, tools)
    heard = hearers_of(page, cue, tools)
    channel, why_channel = channel_of(page, cue, heard, tools)
    if channel is not None and channel.span is not None and any(channel.span.overlaps(piece) for piece in cue.content):
        channel, why_channel = None, ()
    return Statement(
        make_id("st", reading.document.id, cue.id),
        source,
        cue.spans,
        cue.content,
        quotes.manner(cue.content),
        cue.kind,
        stance_of(page, cue, (source.entity, *source.joint), where),
        cue.negated,
        cue.hypothetical,
        channel,
        next((entity.id for token in heard[:1] if (entity := _entity(page, token, where)) is not None), None),
        page.parse.between(page.doc[heard[0].left_edge.i], heard[0]) if heard else None,
        score=cue.score,
        reasons=(*cue.reasons, *why_source, *why_channel),
    )


def _entity(page: Page, token: Token, where: Whereabouts) -> Entity | None:
    return where.entity(where.at_head(page.parse.span(token)))


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotations by place, scare quotes left out: how much of a content is in somebody's own words."""

    spans: tuple[Span, ...]
    starts: tuple[int, ...]
    text: str

    @classmethod
    def of(cls, reading: Reading) -> Quotes:
        """Those of a reading, in their order."""
        spans = tuple(quotation.span for quotation in reading.quotations if not quotation.scare)
        return cls(spans, tuple(span.start for span in spans), reading.document.text)

    def within(self, piece: Span) -> tuple[Span, ...]:
        """The quotations that lie wholly in a piece, those inside another left out."""
        low, high = bisect_left(self.starts, piece.start), bisect_right(self.starts, piece.end)
        found: list[Span] = []
        for span in self.spans[low:high]:
            if piece.contains(span) and not (found and found[-1].contains(span)):
                found.append(span)
        return tuple(found)

    def _said(self, piece: Span) -> Span:
        """A piece without the "that" before it."""
        words = piece.cut(self.text)
        return Span(piece.start + len(THAT), piece.end) if words.startswith(THAT) and len(words) > len(THAT) else piece

    def manner(self, content: Sequence[Span]) -> Manner:
        """Direct if every piece is a quotation from end to end but for "that", indirect if none holds any, else
        mixed.
        """
        content = [self._said(piece) for piece in content]
        inside = [self.within(piece) for piece in content]
        if not any(inside):
            return Manner.INDIRECT
        whole = all(
            quoted and quoted[0].start == piece.start and quoted[-1].end == piece.end and len(quoted) == 1
            for piece, quoted in zip(content, inside, strict=True)
        )
        return Manner.DIRECT if whole else Manner.MIXED


# ------------------------------------------------------------------------------------------------ nesting


def _nested(told: list[Statement]) -> list[Statement]:
    """Set ``within``: the smallest statement whose content holds this one's cue and content. One sweep."""
    pieces = sorted(
        ((piece.start, -piece.end, n) for n, one in enumerate(told) for piece in one.content),
    )
    order = sorted(range(len(told)), key=lambda n: told[n].cue[0].start)
    result = list(told)
    open_: list[tuple[int, int, int]] = []
    reached = 0
    for n in order:
        at = told[n].cue[0].start
        while reached < len(pieces) and pieces[reached][0] <= at:
            open_.append((pieces[reached][0], -pieces[reached][1], pieces[reached][2]))
            reached += 1
        open_ = [piece for piece in open_ if piece[1] > at]
        holders = [m for _, _, m in open_[-DEPTH:] if m != n and _holds(told[m], told[n])]
        if holders:
            smallest = min(holders, key=lambda m: (sum(piece.end - piece.start for piece in told[m].content), m))
            result[n] = replace(told[n], within=told[smallest].id)
    return result


def _holds(outer: Statement, inner: Statement) -> bool:
    """Whether one statement lies in the longer content of another: its cue does, and all but an edge of its content."""
    if sum(piece.end - piece.start for piece in outer.content) <= sum(part.end - part.start for part in inner.content):
        return False  # so that no two statements can lie in each other
    held = sum(_shared(piece, part) for piece in outer.content for part in inner.content)
    length = sum(part.end - part.start for part in inner.content)
    return held >= MOST * length and all(any(piece.contains(part) for piece in outer.content) for part in inner.cue)


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _first_persons(told: list[Statement], page: Page) -> list[Statement]:
    """The word "I" inside somebody's quoted words is that somebody, where nothing else was found."""
    by_id = {one.id: one for one in told}
    result = []
    for one in told:
        outer = by_id.get(one.within or "")
        if outer is not None and one.source.entity is None and _says_i(one.source, page):
            source = replace(one.source, kind=outer.source.kind, entity=outer.source.entity, count=outer.source.count)
            why = Reason("statements.first-person", "I", one.source.spans[0])
            one = replace(one, source=source, reasons=(*one.reasons, why))
        result.append(one)
    return result


def _says_i(source: Source, page: Page) -> bool:
    if source.kind is not SourceKind.NONE or len(source.spans) != 1:
        return False
    tokens = page.parse.tokens(source.spans[0])
    return len(tokens) == 1 and tokens[0].text == "I" and page.quote(tokens[0].i) is not None
