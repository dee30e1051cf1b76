"""An attribution while it is being found: source, cue and content as tokens, before they are cut out of the text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.extract.says.page import Page, Piece, joined, without
from onrecord.record import Cue, Reason, Span, Stance, StatementKind, make_id

if TYPE_CHECKING:
    from onrecord.lexicon import Row


@dataclass(frozen=True, slots=True)
class Attribution:
    """``cue``, ``source`` and ``content`` are token ranges; ``rule`` is the lexicon row or rule that found it.

    ``shape`` names the structure that joined the parts (``cues.clause``, ``cues.quotation`` ...). ``end`` is the last
    token that the words of the attribution reach: what follows may carry on a quotation.
    """

    cue: tuple[Piece, ...]
    source: tuple[Piece, ...]
    content: tuple[Piece, ...]
    lemma: str
    kind: StatementKind
    stance: Stance
    rule: str
    shape: str
    negated: bool = False
    hypothetical: bool = False
    also: tuple[tuple[str, Piece], ...] = field(default=())

    @property
    def first(self) -> int:
        """The first token of the cue."""
        return self.cue[0][0]

    def with_content(self, *pieces: Piece) -> Attribution:
        """The same with more content."""
        return replace(self, content=(*self.content, *pieces))


def named_by(row: Row) -> tuple[str, StatementKind, Stance]:
    """A lexicon row's rule name, kind and stance."""
    return row.rule, StatementKind(row["kind"]), Stance(row["stance"])


def settled(attribution: Attribution, page: Page) -> Attribution | None:
    """An attribution with its borders set: content clipped to marks, trimmed, and clear of its own cue and source.

    None if no content is left.
    """
    pieces = [page.clip(piece, attribution.first) for piece in attribution.content if piece[0] < piece[1]]
    pieces = joined(pieces)
    for hole in (*attribution.cue, *attribution.source):
        pieces = [part for piece in pieces for part in without(piece, hole)]
    pieces = [page.trim(piece) for piece in pieces]
    pieces = [piece for piece in pieces if any(page.doc[i].is_alpha or page.doc[i].like_num for i in range(*piece))]
    return replace(attribution, content=tuple(pieces)) if pieces else None


def as_cue(attribution: Attribution, page: Page, document: str) -> Cue | None:
    """The attribution cut out of the text; None if a part of it is blank, or its parts would overlap."""
    cue, source, content = (_cut(page, pieces) for pieces in (attribution.cue, attribution.source, attribution.content))
    if not cue or not content:
        return None
    if any(piece.overlaps(mark) for piece in content for mark in (*cue, *source)):
        return None
    own = (piece for piece in attribution.cue if page.doc[piece[0]].lemma_ == attribution.lemma)
    words = page.cut(next(own, attribution.cue[0]))
    reasons = [Reason(attribution.rule, attribution.lemma, words)]
    if attribution.shape != attribution.rule:
        reasons.append(Reason(attribution.shape, "", words))
    reasons += [Reason(rule, "", page.cut(piece)) for rule, piece in attribution.also]
    where = [part for span in (*cue, *content) for part in (span.start, span.end)]
    return Cue(
        make_id("c", document, *where), cue, attribution.lemma, attribution.kind, attribution.stance,
        source, content, attribution.negated, attribution.hypothetical, tuple(reasons),
    )  # fmt: skip


def _cut(page: Page, pieces: tuple[Piece, ...]) -> tuple[Span, ...]:
    return tuple(span for piece in pieces if (span := page.cut(piece)) is not None)
