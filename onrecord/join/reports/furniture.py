"""Paragraphs that belong to the outlet and not to the report: credits, subscriptions, what to read next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.join.rows import lexicon
from onrecord.record import BlockKind, Document, Reason, Span

LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_]+")
APART = frozenset({BlockKind.CAPTION, BlockKind.BYLINE, BlockKind.DATELINE})
# A paragraph of more words tells something, however it opens; the longest phrase has so many words.
MOST, LONGEST = 60, 8


@dataclass(frozen=True, slots=True)
class Furniture:
    """A paragraph that makes no report a copy of another, and the words that say so."""

    span: Span
    reasons: tuple[Reason, ...]


def furniture(document: Document) -> Iterator[Furniture]:
    """The furniture of a report, in order: what its layout sets apart, and paragraphs that open with a known phrase."""
    found = [Furniture(block.span, ()) for block in document.blocks if block.kind in APART]
    phrases = lexicon("report-furniture").by_first_word
    for line in LINE.finditer(document.text):
        opening = _WORD.search(line.group())
        for row in phrases.get(opening.group().lower(), ()) if opening else ():
            reason = _opens(document.text, line.start(), line.end(), row.key)
            if reason is not None:
                found.append(Furniture(Span(*line.span()), (Reason(row.rule, "no part of what is reported", reason),)))
                break
    return iter(sorted(found, key=lambda one: one.span))


def _opens(text: str, start: int, end: int, phrase: str) -> Span | None:
    """The words of the phrase, if the paragraph opens with them; a single word only before a colon or all alone."""
    words = list(_WORD.finditer(text, start, min(end, start + 12 * MOST)))
    wanted = phrase.split()
    if len(words) > MOST or [word.group().lower() for word in words[: len(wanted)]] != wanted:
        return None
    last = words[len(wanted) - 1].end()
    if len(wanted) == 1 and len(words) > 1 and text[last : last + 1] != ":":
        return None
    return Span(words[0].start(), last)
