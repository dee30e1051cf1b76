"""An attribution while it is being found: source, cue and content as tokens, before they are cut out of the text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.extract.says.page import Page, Piece, joined, without
from onrecord.record import Cue, Reason, Span, Stance, StatementKind, make_id

if TYPE_CHECKING:
    from onrecord.lexicon import Row


# How often what the rules alone find in each shape is right, on PolNeAR train (docs/measured.md).
RIGHT_BY_SHAPE = {
    "cues.quotation": 0.90, "cues.phrase": 0.82, "cues.clause": 0.78, "cues.parenthesis": 0.68, "cues.adjective": 0.64,
    "cues.object": 0.60, "cues.preposition": 0.56, "cues.infinitive": 0.56, "cues.colon-byline": 0.52, "cues.noun":
    0.34, }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attribution:
    """``cue``, ``source`` and ``content`` are token ranges; ``rule`` is the lexicon row or rule that found it.

    ``shape`` names the structure that joined the parts (``cues.clause``, ``cues.quotation`` ...). ``end`` is the last
    token that the words of the attribution reach: what follows may carry on a quotation. ``score``: how likely it is
    right, ``None`` as likely as others of its shape; ``seen``: how sure the learned head is of it, 0 where it sees
    none.
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
    score: float | None = None
    seen: float = 0.0
    also: tuple[tuple[str, Piece], ...] = field(default=())

    @property
    def likely(self) -> float:
        """How likely it is right."""
        return self.score if self.score is not None else RIGHT_BY_SHAPE.get(self.shape, RIGHT_BY_SHAPE["cues.object"])

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
    if attribution.seen:
        reasons.append(Reason("says.head", "", words, round(attribution.seen, 3), model=True))
    where = [part for span in (*cue, *content) for part in (span.start, span.end)]
    return Cue(
        make_id("c", document, *where), cue, attribution.lemma, attribution.kind, attribution.stance,
        source, content, attribution.negated, attribution.hypothetical, round(attribution.likely, 3), tuple(reasons),
    )  # fmt: skip


def _cut(page: Page, pieces: tuple[Piece, ...]) -> tuple[Span, ...]:
    return tuple(span for piece in pieces if (span := page.cut(piece)) is not None)
