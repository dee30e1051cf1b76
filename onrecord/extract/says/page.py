"""The page: one parse seen token by token, with its quotations, as the finding of attributions needs it.

Pieces of content are half-open token ranges ``(first, end)`` of the Doc until they are cut out of the text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.says.quotations import outermost
from onrecord.record import Reading, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Piece = tuple[int, int]

OPENING = frozenset({'"', "“", "''", "‘", "'", "``"})
CLOSING = frozenset({'"', "”", "''", "’", "'"})
# What does not belong to a piece of content at its borders.
LOOSE = frozenset({",", ";", ":", "–", "—", "-", "--", "(", ")", "[", "]", "...", "…", "•", "*", ".", "?", "!"})
# Of these, what ends a sentence: it stays when only a closing mark follows.
STOPS = frozenset({".", "?", "!", ",", "…", "...", ";", "—", "-", "--"})


# No sentence has more tokens than this. What the parser gives as a longer one is not searched for attributions: its
# tree says nothing, and walking it from each verb would take time that grows with the square of its length.
LONGEST = 1_500


@dataclass(frozen=True, slots=True)
class Page:
    """``inside[i]`` is the number of the outermost quotation that token ``i`` stands in, -1 outside all.

    ``begins[i]`` and ``ends[i]`` are the borders of its sentence; ``breaks`` are the tokens that part paragraphs.
    """

    parse: Parse
    quotes: tuple[Piece, ...]
    inside: array[int]
    begins: array[int]
    ends: array[int]
    breaks: tuple[int, ...]

    @classmethod
    def of(cls, reading: Reading, parse: Parse) -> Page:
        """Lay the outermost quotations over the tokens. One pass over each."""
        doc = parse.doc
        starts = [token.idx for token in doc]
        inside = array("i", [-1]) * len(doc)
        quotes: list[Piece] = []
        for quotation in outermost(reading.quotations):
            start, end = parse.view.find(quotation.span)
            first, last = max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)
            if quotes and first < quotes[-1][1]:
                first = quotes[-1][1]
            if first < last:
                for i in range(first, last):
                    inside[i] = len(quotes)
                quotes.append((first, last))
        begins, ends = array("i"), array("i")
        for sent in doc.sents:
            begins.extend([sent.start] * len(sent))
            ends.extend([sent.end] * len(sent))
        breaks = tuple(token.i for token in doc if "\n" in token.text)
        return cls(parse, tuple(quotes), inside, begins, ends, breaks)

    @property
    def doc(self) -> Doc:
        """The parse's tokens."""
        return self.parse.doc

    def quote(self, i: int) -> Piece | None:
        """The outermost quotation around token ``i``; None outside all, and outside the text."""
        return self.quotes[self.inside[i]] if 0 <= i < len(self.inside) and self.inside[i] >= 0 else None

    def paragraph(self, i: int) -> Piece:
        """The tokens of the paragraph around token ``i``."""
        at = bisect_left(self.breaks, i)
        first = self.breaks[at - 1] + 1 if at else 0
        return first, self.breaks[at] if at < len(self.breaks) else len(self.doc)

    def sentence(self, token: Token) -> Piece:
        """The tokens of the sentence around a token."""
        return self.begins[token.i], self.ends[token.i]

    def is_readable(self, token: Token) -> bool:
        """Whether the sentence around a token is short enough to be one; a table or a broken text is none."""
        return self.ends[token.i] - self.begins[token.i] <= LONGEST

    def clip(self, piece: Piece, cue: int) -> Piece:
        """A piece as the marks around it allow: within the quotation that the cue stands in, or with the whole of
        every quotation that it cuts into.
        """
        first, end = piece
        home = self.quote(cue)
        if home is not None:
            return max(first, home[0] + 1), min(end, home[1])
        left, right = self.quote(first), self.quote(end - 1) if end > first else None
        if left is not None:
            first = left[0]
        if right is not None:
            end = max(end, right[1])
        return first, end

    def trim(self, piece: Piece) -> Piece:
        """A piece without what does not belong to content: loose points at its ends, a lone closing mark."""
        doc = self.doc
        first, end = piece
        while first < end and self._loose_start(doc[first]):
            first += 1
        while end > first and self._loose_end(doc[end - 1], first):
            end -= 1
        return first, end

    def _loose_start(self, token: Token) -> bool:
        quote = self.quote(token.i)
        if quote is not None and quote[0] == token.i:
            return False
        if token.is_space or token.text in LOOSE or (token.is_sent_start and token.dep_ == "cc"):
            return True
        return quote is not None and quote[1] - 1 == token.i and token.text in CLOSING

    def _loose_end(self, token: Token, first: int) -> bool:
        quote = self.quote(token.i)
        if quote is not None and quote[0] == token.i and token.text in OPENING:
            return True
        if token.is_space:
            return True
        if quote is not None and quote[0] >= first and quote[1] - 1 == token.i:
            return False
        if quote is not None and token.i + 1 == quote[1] - 1 and token.text in STOPS:
            return quote[0] + 1 < first  # a whole quotation keeps the stop before its mark; a part of one does not
        return token.text in LOOSE and not (token.text == "." and len(token.text) > 1)

    def cut(self, piece: Piece) -> Span | None:
        """The text under a piece; None if nothing but blanks is."""
        first, end = piece
        doc = self.doc
        while first < end and doc[first].is_space:
            first += 1
        while end > first and doc[end - 1].is_space:
            end -= 1
        return self.parse.between(doc[first], doc[end - 1]) if first < end else None


def without(piece: Piece, hole: Piece) -> list[Piece]:
    """What is left of a piece around a hole."""
    left, right = (piece[0], min(piece[1], hole[0])), (max(piece[0], hole[1]), piece[1])
    return [part for part in (left, right) if part[0] < part[1]]


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces in order, those that overlap or touch made one."""
    found: list[Piece] = []
    for first, end in sorted(pieces):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((first, end))
    return found
