"""The lexicons of the package, as the joining room reads them: each once."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon import Lexicon, Lexicons, Row, load_lexicons

# What may stand before the word for a report: "this 3 May story", "this news story".
_DAY = r"(?:(?:[a-z]{3,9}\.?\s\d{1,2}|\d{1,2}\s[a-z]{3,9}|news)\s+)?"


@cache
def _all() -> Lexicons:
    return load_lexicons()


def lexicon(name: str) -> Lexicon:
    """A lexicon of the package, by its name."""
    return _all()[name]


@cache
def patterns(name: str) -> tuple[tuple[re.Pattern[str], Row], ...]:
    """What finds each row's key in running text, longest key first.

    Between the words of a key may stand any blanks; "..." is a few words of the same sentence, "{article}" a word of
    class article, with a day or not.
    """
    rows = sorted(lexicon(name).rows, key=lambda row: (-len(row.key), row.key))
    articles = "|".join(row.key for row in rows if row.values.get("class") == "article")
    return tuple((_pattern(row.key, rf"{_DAY}(?:{articles})"), row) for row in rows)


def _pattern(phrase: str, articles: str) -> re.Pattern[str]:
    slots = {"...": r"[^.;:\n]{1,120}?", "{article}": articles}
    parts = [slots.get(word) or re.escape(word) for word in phrase.split()]
    front = r"\b" if phrase[0].isalnum() or phrase[0] == "{" else ""
    return re.compile(front + r"\s+".join(parts) + r"\b", re.IGNORECASE)
