"""Statements: who says what, on what terms, where and to whom; and which statement lies inside which.

Made from the cues once mentions are resolved. An unnamed speaker's terms, reason and knowledge, given once, hold for
the same entity elsewhere in the report; nothing is ever carried from an unnamed entity to a named one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.says.channels import addressee_of, channel_of
from onrecord.extract.says.page import Page
from onrecord.extract.says.sources import source_of
from onrecord.extract.says.terms import Ground, Wording, find_wordings
from onrecord.extract.syntax import clause_verb
from onrecord.extract.whereabouts import Whereabouts
from onrecord.record import (
    Cue,
    Id,
    Kind,
    Manner,
    Quotation,
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
# Subjects that point back at speakers already told of; of these, the ones for a single speaker.
POINTING_BACK = frozenset(
    {"all", "both", "each", "they", "none", "neither", "two", "three", "four", "five", "he", "she"}
)
SINGULAR = frozenset({"he", "she"})


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Statement, ...]:
    """The stage ``statements``: one statement for each cue, in the order of the text."""
    page = Page.of(reading, parse)
    where = Whereabouts.of(reading)
    quotes = Quotes.of(reading.quotations)
    wordings = find_wordings(page, tools)
    cues = _without_terms(reading.cues, page, wordings)
    told = [_statement(reading, page, cue, where, quotes, tools) for cue in cues]
    told = _with_grounds(told, cues, page, where, wordings)
    return tuple(_first_persons(_nested(told), page))


def _without_terms(cues: Sequence[Cue], page: Page, wordings: Sequence[Wording]) -> list[Cue]:
    """The cues that are not themselves terms: who "asked not to be named" has said nothing of the affair."""
    terms = [page.cut(wording.piece) for wording in wordings if wording.ground is Ground.TERMS]
    spans = sorted(span for span in terms if span is not None)
    starts = [span.start for span in spans]

    def is_term(cue: Span) -> bool:
        before = bisect_right(starts, cue.start)
        return before > 0 and spans[before - 1].contains(cue)

    return [cue for cue in cues if not all(is_term(span) for span in cue.spans)]


def _statement(reading: Reading, page: Page, cue: Cue, where: Whereabouts, quotes: Quotes, tools: Tools) -> Statement:
    source, why_source = source_of(page, cue, where, tools)
    channel, why_channel = channel_of(page, cue, tools)
    if channel is not None and channel.span is not None and any(channel.span.overlaps(piece) for piece in cue.content):
        channel, why_channel = None, ()
    return Statement(
        make_id("st", reading.document.id, cue.id),
        source,
        cue.spans,
        cue.content,
        quotes.manner(cue.content),
        cue.kind,
        cue.stance,
        cue.negated,
        cue.hypothetical,
        channel,
        addressee_of(page, cue, where, tools),
        reasons=(*cue.reasons, *why_source, *why_channel),
    )


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotations by place, scare quotes left out: how much of a content is in somebody's own words."""

    spans: tuple[Span, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, quotations: Sequence[Quotation]) -> Quotes:
        """Those of a reading, in their order."""
        spans = tuple(quotation.span for quotation in quotations if not quotation.scare)
        return cls(spans, tuple(span.start for span in spans))

    def within(self, piece: Span) -> tuple[Span, ...]:
        """The quotations that lie wholly in a piece, those inside another left out."""
        low, high = bisect_left(self.starts, piece.start), bisect_right(self.starts, piece.end)
        found: list[Span] = []
        for span in self.spans[low:high]:
            if piece.contains(span) and not (found and found[-1].contains(span)):
                found.append(span)
        return tuple(found)

    def manner(self, content: Sequence[Span]) -> Manner:
        """Direct if every piece is a quotation from end to end, indirect if none holds any, else mixed."""
        inside = [self.within(piece) for piece in content]
        if not any(inside):
            return Manner.INDIRECT
        whole = all(
            quoted and quoted[0].start == piece.start and quoted[-1].end == piece.end and len(quoted) == 1
            for piece, quoted in zip(content, inside, strict=True)
        )
        return Manner.DIRECT if whole else Manner.MIXED


# ------------------------------------------------------------------------------------------------ terms


@dataclass(slots=True)
class Grounds:
    """The wordings that belong to one speaker, as spans, with the reasons for them."""

    terms: list[Span] = field(default_factory=list)
    reason: list[Span] = field(default_factory=list)
    knowledge: list[Span] = field(default_factory=list)
    why: list[Reason] = field(default_factory=list)

    def add(self, page: Page, wording: Wording, span: Span) -> None:
        """Take a wording in."""
        getattr(self, wording.ground.value).append(span)
        self.why.append(Reason(wording.rule, wording.ground.value, page.cut(wording.key)))

    def given_to(self, source: Source) -> Source:
        """The source with these wordings."""
        return replace(source, terms=tuple(self.terms), reason=tuple(self.reason), knowledge=tuple(self.knowledge))


def _with_grounds(
    told: list[Statement], cues: Sequence[Cue], page: Page, where: Whereabouts, wordings: Sequence[Wording]
) -> list[Statement]:
    """Give each wording to the statement whose speaker it describes, and to the same unnamed entity's others."""
    by_statement: dict[int, Grounds] = {}
    by_entity: dict[Id, Grounds] = {}
    starts = [cue.spans[0].start for cue in cues]
    for wording in wordings:
        span = page.cut(wording.piece)
        if span is None:
            continue
        owner = _owner(span, cues, starts, page, wording)
        if owner is not None:
            span = _before_cue(span, cues[owner])
        others = _those_before(page, wording, told, starts, where) if owner is None else []
        entity = told[owner].source.entity if owner is not None else _described(page, wording, where)
        if others and (entity is None or len(where.entities[entity].mentions) == 1):
            for n in others:
                known = told[n].source.entity
                grounds = by_entity.setdefault(known, Grounds()) if known else by_statement.setdefault(n, Grounds())
                grounds.add(page, wording, span)
        elif entity is not None and _stays_unnamed(entity, where):
            by_entity.setdefault(entity, Grounds()).add(page, wording, span)
        elif owner is not None:
            by_statement.setdefault(owner, Grounds()).add(page, wording, span)
    return [_grounded(one, by_statement.get(n) or by_entity.get(one.source.entity or "")) for n, one in enumerate(told)]


def _before_cue(span: Span, cue: Cue) -> Span:
    """The wording as far as it describes the speaker: "a clerk who was not allowed to talk | said that ..."."""
    later = [word.start for word in cue.spans if span.start < word.start < span.end]
    return Span(span.start, min(later) - 1) if later and min(later) - 1 > span.start else span


def _those_before(
    page: Page, wording: Wording, told: Sequence[Statement], starts: Sequence[int], where: Whereabouts
) -> list[int]:
    """The statements of the unnamed who spoke last, for terms that only point back: "Both asked not to be named".

    Nobody, if whoever spoke last is named, or spoke more than two sentences before.
    """
    verb = clause_verb(page.doc[wording.piece[0]])
    if verb.dep_ == "advcl":  # the reason hangs on the terms
        verb = clause_verb(verb.head)
    subject = next((child for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass"}), None)
    if verb.dep_ != "ROOT" or subject is None or subject.lower_ not in POINTING_BACK:
        return []
    first = page.begins[wording.piece[0]]
    for _ in range(2):
        if first == 0:
            return []
        first, end = page.begins[first - 1], first
        bounds = page.cut((first, end))
        if bounds is None:
            continue
        near = range(bisect_left(starts, bounds.start), bisect_left(starts, bounds.end))
        spoke = [n for n in near if told[n].source.kind is not SourceKind.NONE]
        if spoke:
            fits = _several(spoke, told, where) is (subject.lower_ not in SINGULAR)
            return spoke if fits and all(told[n].source.kind is SourceKind.UNNAMED for n in spoke) else []
    return []


def _several(spoke: Sequence[int], told: Sequence[Statement], where: Whereabouts) -> bool:
    """Whether more than one person is behind these statements."""
    sources = [told[n].source for n in spoke]
    counted = any(source.joint or (source.count is not None and (source.count.min or 0) > 1) for source in sources)
    entities = {source.entity for source in sources if source.entity is not None}
    return counted or len(entities) > 1 or any(where.entities[id_].kind is Kind.GROUP for id_ in entities)


def _stays_unnamed(entity: Id, where: Whereabouts) -> bool:
    found = where.entities.get(entity)
    return found is not None and not found.named


def _grounded(statement: Statement, grounds: Grounds | None) -> Statement:
    if grounds is None:
        return statement
    return replace(statement, source=grounds.given_to(statement.source), reasons=(*statement.reasons, *grounds.why))


def _owner(span: Span, cues: Sequence[Cue], starts: Sequence[int], page: Page, wording: Wording) -> int | None:
    """The statement whose speaker a wording describes.

    First the one whose source words hold it; then, for terms and reasons, the nearest one of the same sentence that
    does not hold it in its content.
    """
    first, end = page.sentence(page.doc[wording.piece[0]])
    bounds = page.cut((first, end))
    if bounds is None:
        return None
    low = max(0, bisect_left(starts, bounds.start) - 1)
    near = range(low, min(len(cues), bisect_right(starts, bounds.end) + 1))
    for n in near:
        if any(source.start <= span.start <= source.end + 1 for source in cues[n].source):
            return n
    if wording.ground is Ground.KNOWLEDGE:
        return None
    fit = [
        n
        for n in near
        if bounds.start <= starts[n] < bounds.end and not _inside(span, cues[n].content) and cues[n].source
    ]
    outer = [n for n in fit if not any(_inside(cues[n].spans[0], cues[m].content) for m in fit if m != n)]
    return min(outer or fit, key=lambda n: abs(starts[n] - span.start), default=None)


def _inside(span: Span, pieces: Sequence[Span]) -> bool:
    return any(piece.overlaps(span) for piece in pieces)


def _described(page: Page, wording: Wording, where: Whereabouts) -> Id | None:
    """The entity that a wording outside all attributions describes.

    "The clerk spoke on condition of anonymity"; "one of the generals involved in the talks".
    """
    token = page.doc[wording.piece[0]]
    for _ in range(4):
        if token.pos_ in {"NOUN", "PROPN", "PRON"} and token.i < wording.piece[0]:
            mention = where.at_head(page.parse.span(_one_of(token)))
            return mention.means if mention is not None else None
        subject = next(
            (
                child
                for child in token.lefts
                if child.dep_ in {"nsubj", "nsubjpass"} and child.tag_ not in {"WP", "WDT"}
            ),
            None,
        )
        if subject is not None and subject.i < wording.piece[0]:
            mention = where.at_head(page.parse.span(subject))
            return mention.means if mention is not None else None
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _one_of(noun: Token) -> Token:
    """What is singled out of a group, in "one of the generals ..."; else the noun itself."""
    above = noun.head
    singled_out = (
        noun.dep_ == "pobj" and above.lower_ == "of" and (above.head.tag_ == "CD" or above.head.lower_ == "one")
    )
    return above.head if singled_out else noun


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
    return all(any(piece.contains(part) for piece in outer.content) for part in (*inner.cue, *inner.content))


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
