"""Anniversaries: "the second anniversary of the abduction nears" of one who was "abducted in March 1996".

The report is of the months before March 1998. An anniversary that is told as past tells only that the report is later.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.extract.when.calendar import Lean, move
from onrecord.extract.when.clues import Clue, Evidence, Told, why
from onrecord.extract.when.timewords import CARDINAL, ORDINAL
from onrecord.record import Reason

if TYPE_CHECKING:
    from spacy.tokens import Token

Ends = tuple[date | None, date | None]
NEARS = frozenset({"near", "approach", "loom"})
WILL = frozenset({"will", "'ll", "’ll", "shall", "would", "to"})
AHEAD_OF = frozenset({"before", "by", "ahead", "until"})
TENTHS = {"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70,
          "eightieth": 80, "ninetieth": 90, "hundredth": 100}  # fmt: skip
CENTENARIES = {"centenary": 100, "centennial": 100, "bicentenary": 200, "bicentennial": 200, "tercentenary": 300}
FOUNDS = frozenset({"found", "build", "establish", "open", "form", "create", "launch", "set", "start", "begin"})
NEAR = 12  # words after "anniversary" in which its year is looked for
BESIDE = 8  # words from it in which "this year" or "on Sunday" is its own time
NTH = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
MOST = 12  # so many anniversaries of a report are looked at
ONE = timedelta(1)
WEEK = timedelta(8)
MONTH = timedelta(31)


def anniversaries(evidence: Evidence) -> list[Told]:
    """As in "the second anniversary of the abduction nears" of one who was "abducted in March 1996"."""
    found = []
    for token in evidence.anniversaries[:MOST]:
        nth = _nth(token)
        base = _base(token, evidence) if nth is not None else None
        if nth is None or base is None or not 2 <= base.start.year <= base.start.year + nth <= 9990:
            continue
        shift = next((c.meaning.shift or 0 for c in evidence.clues if _leads(c, token)), 0)
        start, end = _around(base, nth - shift, token, evidence)
        if start is None and end is None:
            continue
        note = f"{nth} years after {base.expression.timex}"
        reason = Reason("dating.anniversary", note, evidence.parse.span(token))
        found.append(Told(start, end, (reason, why("anniversary", base, note))))
    return found


def _nth(token: Token) -> int | None:
    """The number before "anniversary": "39th", "second", "twenty-fifth", "10-year"."""
    if token.lower_ in CENTENARIES:
        return CENTENARIES[token.lower_]
    words = [t.lower_ for t in token.doc[max(0, token.i - 4) : token.i]]
    for i in range(len(words) - 1, -1, -1):
        nth = NTH.fullmatch(words[i])
        if nth is not None:
            return int(nth.group(1))
        if words[i] in TENTHS:
            return TENTHS[words[i]]
        if words[i] in ORDINAL:
            tens = CARDINAL.get(words[i - 2], 0) if i > 1 and words[i - 1] == "-" else 0
            return tens + ORDINAL[words[i]]
        if words[i] == "year" and i > 1 and words[i - 1] == "-" and words[i - 2].isdecimal() and len(words[i - 2]) < 4:
            return int(words[i - 2])
    return None


def _leads(clue: Clue, token: Token) -> bool:
    """As in "last year's tenth anniversary"."""
    near = 0 <= token.i - clue.tokens.end <= 4 and clue.sentence <= token.i < clue.until
    return near and any(clue.is_year(shift) for shift in (-1, 0, 1))


def _base(token: Token, evidence: Evidence) -> Clue | None:
    """The time of what the anniversary is of: named right after it, or elsewhere beside the same word."""
    of = next((child for child in token.rights if child.lower_ == "of"), None)
    thing = next((child for child in of.rights if child.dep_ == "pobj"), None) if of is not None else None
    if thing is None:
        return _founded(token, evidence)
    for clue in (c for c in evidence.clues if c.named and c.meaning.year is not None):
        if token.i < clue.tokens.start <= token.i + NEAR and clue.sentence <= token.i < clue.until:
            inside = clue.holder
            return clue if inside.i == thing.i or thing.is_ancestor(clue.tokens.root) else None
    stem = thing.lemma_.lower()[:5]
    past = [c for c in evidence.past if c.meaning.year is not None and len(stem) > 3]
    told = [c for c in past if c.holder.lemma_.lower()[:5] == stem]
    years = {c.start.year for c in told}
    return max(told, key=lambda c: len(c.expression.timex)) if len(years) == 1 else None


def _founded(token: Token, evidence: Evidence) -> Clue | None:
    """As in "the bank, founded in 1853, marks its 150th anniversary"."""
    own = any(child.tag_ == "PRP$" for child in token.lefts)
    told = [
        c
        for c in evidence.clues
        if c.named and c.meaning.year is not None and c.sentence <= token.i < c.until and c.holder.lemma_ in FOUNDS
    ]
    return told[0] if own and len(told) == 1 else None


def _around(base: Clue, years: int, token: Token, evidence: Evidence) -> Ends:
    """Before it where it nears, about it where it is today or this week, after it where it is told as past."""
    day = move(base.start, "year", years)
    last = base.expression.interval.end if base.expression.interval is not None else None
    until = move(last, "year", years) if last is not None else None
    here = [c for c in evidence.clues if c.sentence <= token.i < c.until and abs(c.tokens.start - token.i) <= BESIDE]
    year = next((c.meaning.shift for c in here if any(c.is_year(shift) for shift in (-1, 0, 1))), None)
    if year is not None and not any(_leads(c, token) for c in here):
        return date(day.year - year, 1, 1), date(day.year - year + 1, 1, 1)
    side, soon = _side(token), any(_is_near(c) for c in here)
    if base.meaning.month is None:
        return _around_a_year(day.year, side, soon)
    if side is Lean.FUTURE and not soon:
        return move(day, "month", -8), until
    if any(c.meaning.day_offset == 0 for c in here) and base.meaning.day is not None:
        return day, day + ONE
    if soon and until is not None:
        slack = MONTH + WEEK if any(c.meaning.unit == "month" for c in here) else WEEK
        return day - slack, until + slack
    return (day, None) if side is Lean.PAST else (date(day.year, 1, 1), date(day.year + 1, 1, 1))


def _around_a_year(year: int, side: Lean, soon: bool) -> Ends:
    """Of a thing that only its year is known of."""
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    if side is Lean.FUTURE:
        return (first - MONTH, last - MONTH) if soon else (None, last)
    return (first, None) if side is Lean.PAST and not soon else (first, last)


def _is_near(clue: Clue) -> bool:
    """As in "today", "on Sunday", "this week", "next month"."""
    m = clue.meaning
    named = m.weekday is not None and m.year is None
    return m.day_offset in {-1, 0, 1} or named or (m.unit in {"week", "month"} and m.shift in {-1, 0, 1})


def _side(token: Token) -> Lean:
    """Whether the anniversary is told as ahead, as at hand, or as past."""
    word = token
    for _ in range(6):
        if word.lower_ in AHEAD_OF:
            return Lean.FUTURE
        if word.pos_ in {"VERB", "AUX"} or word.head.i == word.i:
            break
        word = word.head
    words = {child.lower_ for child in word.children if child.dep_ == "aux"}
    if word.lemma_ in NEARS or words & WILL:
        return Lean.FUTURE
    return Lean.NEAREST if word.tag_ in {"VBZ", "VBP", "VBG"} and not words & {"was", "were"} else Lean.PAST


RULES: tuple[Callable[[Evidence], list[Told]], ...] = (anniversaries,)
