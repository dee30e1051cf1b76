"""Telling: inside which statement's content a stretch of the text lies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from onrecord.record import Id, Span, Statement

# How many contents may be looked back over: contents nest, but never deep.
NEAR = 40


class Spans:
    """Stretches of a report, asked whether they hold a word."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(set(spans))
        self.starts = [span.start for span in self.spans]

    def hold(self, word: Span) -> bool:
        """Whether one of the stretches that begin before the word holds it."""
        high = bisect_right(self.starts, word.start)
        return any(span.contains(word) for span in self.spans[max(0, high - NEAR) : high])


class Tellings:
    """The statements of a report by the place of their content."""

    def __init__(self, statements: tuple[Statement, ...]) -> None:
        placed = [(span, statement) for statement in statements for span in statement.content]
        self.placed = sorted(placed, key=lambda pair: (pair[0].start, -pair[0].end))
        self.starts = [span.start for span, _ in self.placed]
        self.by_id: dict[Id, Statement] = {statement.id: statement for statement in statements}

    def innermost(self, span: Span) -> Statement | None:
        """The statement with the shortest content that holds the span; None: the report itself tells it."""
        high = bisect_right(self.starts, span.start)
        around = [(s, st) for s, st in self.placed[max(0, high - NEAR) : high] if s.contains(span)]
        return min(around, key=lambda pair: pair[0].end - pair[0].start)[1] if around else None
