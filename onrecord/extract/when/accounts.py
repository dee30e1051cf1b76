"""Accounts: "the year ended 31 March 2010" is the latest of a firm that reports it, until the next is out.

The latest such day of a report, told of results, leaves about a year, whichever stretch ended then.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from onrecord.extract.when.calendar import Lean
from onrecord.extract.when.clues import Clue, Evidence, Told, why, year_from

CLOSES = frozenset({"ended", "to"})
STRETCH = re.compile(r"\b(year|months?|quarter|half|weeks|half-year|period)\W*$", re.IGNORECASE)
# Until the results of the next such stretch: a quarter's are out within this.
SHORT = timedelta(200)
MONEY = frozenset({"$", "£", "€", "¥", "#", "million", "billion", "crore", "lakh", "profit", "loss", "revenue", "sales",
                   "income", "earnings", "turnover", "dividend", "exports", "imports"})  # fmt: skip


def books_closed(evidence: Evidence) -> list[Told]:
    """As in "for the year ended March 31, 2010" of results: told before those of the next year are out."""
    closed = [c for c in evidence.clues if c.named and _closes(c) and _is_of_results(c)]
    latest = max(closed, key=lambda c: c.start, default=None)
    if latest is None or latest.start.year < evidence.latest:
        return []
    if any(c.named and c.start > latest.start for c in evidence.past):
        return []
    start, end = year_from(latest.start)
    if start is None or end is None:
        return []
    note = f"results up to {latest.expression.timex}, told before the next are out"
    return [Told(start, start + SHORT if _is_short(latest) else end, (why("books-closed", latest, note),))]


def _closes(clue: Clue) -> bool:
    """Whether the day is the last of a stretch of accounts: "the six months to 30 June 1998"."""
    if clue.meaning.day is None or clue.before not in CLOSES or clue.clause.lean is Lean.FUTURE:
        return False
    return STRETCH.search(_words_before(clue)) is not None


def _words_before(clue: Clue) -> str:
    doc, start = clue.tokens.doc, clue.tokens.start
    return str(doc[max(clue.tokens.root.sent.start, start - 5) : start - 1].text)


def _is_short(clue: Clue) -> bool:
    words = _words_before(clue).lower()
    return "quarter" in words or ("month" in words and "twelve" not in words and "12" not in words)


def _is_of_results(clue: Clue) -> bool:
    return any(token.lower_ in MONEY or token.lemma_.lower() in MONEY for token in clue.tokens.root.sent)


RULES: tuple[Callable[[Evidence], list[Told]], ...] = (books_closed,)
