"""Plans told twice: once by the year that is to come, once as "next year" or "this year".

"The 1990 vote ... in next year's vote": the report is of 1989.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from onrecord.extract.when.calendar import Lean
from onrecord.extract.when.clues import Clue, Evidence, Told, why, year_from

MOST = 12
PALE = frozenset({"year", "time", "day", "month", "end", "part", "number", "state", "country", "people", "way"})


def coming_twice(evidence: Evidence) -> list[Told]:
    """A year that is yet to come, and "next year" or "this year", told of one thing with one word."""
    ahead = [c for c in evidence.clues if _is_ahead(c)][:MOST]
    reckoned = [c for c in evidence.clues if (c.is_year(1) or c.is_year(0)) and c.clause.lean is not Lean.PAST][:MOST]
    found = []
    for clue, other in ((c, o) for c in reckoned for o in ahead):
        year, shift = other.year_alone, clue.meaning.shift
        shared = (_things(clue) & _things(other)) - PALE
        if year is None or shift is None or not shared or year - shift < evidence.latest or not 2 < year < 9998:
            continue
        note = f"“{clue.tokens.text}” is {year} here: both are said of “{min(shared)}”"
        reasons = (why("coming-twice", clue, note), why("coming-twice", other, note))
        found.append(Told(*year_from(date(year - shift, 1, 1)), reasons))
    return found[:MOST] if len({told.start for told in found}) == 1 else []


def _is_ahead(clue: Clue) -> bool:
    return clue.year_alone is not None and (clue.clause.lean is Lean.FUTURE or clue.beside or clue.before == "due")


def _things(clue: Clue) -> frozenset[str]:
    """What a time is said of: the noun that it stands before or hangs on, and the subject and object of its clause."""
    holder = clue.holder
    own = {holder.lemma_.lower()} if holder.pos_ == "NOUN" else set()
    if clue.tokens.end < len(clue.tokens.doc):
        following = clue.tokens.doc[clue.tokens.end : clue.tokens.end + 3]
        own |= {token.lemma_.lower() for token in following if token.pos_ == "NOUN" and clue.beside}
    own |= {word.lemma_.lower() for word in holder.rights if word.dep_ == "dobj" and word.pos_ == "NOUN"}
    return clue.about | own


RULES: tuple[Callable[[Evidence], list[Told]], ...] = (coming_twice,)
