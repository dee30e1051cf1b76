"""One thing told with two times: once by name, once reckoned from the day of the report. That gives its year away.

"The floods last year ... The floods reached Orlo on 3 May 1998": the report is of 1999. The thing is one where the
same word tells it both times, with one party or two other things shared, or where much else is shared; and where the
report tells of it in no other year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from onrecord.extract.when.calendar import Lean, Meaning, denote, of_season
from onrecord.extract.when.clues import Clue, Evidence, Told, why, year_from
from onrecord.extract.when.lapses import elapsed

if TYPE_CHECKING:
    from spacy.tokens import Token

MOST = 12  # so many tellings are set against so many dates, in a long report too
MUCH = 3  # so many things shared make one event, whatever words tell it
BESIDE = 2  # so many do where the same word tells it
COMMON = frozenset({"people", "person", "man", "woman", "child", "official", "police", "government", "country", "state",
                    "city", "town", "percent", "number", "year", "time", "day", "part", "way", "one", "two", "three",
                    "mr.", "mrs.", "ms.", "dr.", "thing", "group", "report", "million", "billion"})  # fmt: skip
# Words that tell nothing of what happened; and such as tell it only with who did it or to whom.
PALE = frozenset({"have", "say", "tell", "make", "take", "become", "come", "give", "year", "rise", "fall", "increase",
                  "grow", "report", "number", "member", "time", "part", "win", "lose", "spend", "earn"})  # fmt: skip
LIGHT = PALE | {"begin", "start", "end", "open", "close", "hold", "leave", "release", "publish", "announce"}
SHORTEST = 4


def the_same_season(evidence: Evidence) -> list[Told]:
    """As in "last autumn" and "the autumn of 2011" of one thing: the report lies in the year after it."""
    dated = [
        c
        for c in evidence.clues
        if c.meaning.year is not None and (c.meaning.season or c.meaning.month) and c.meaning.day is None
    ]
    for clue in evidence.clues:
        if clue.meaning.shift != -1 or clue.meaning.previous or clue.meaning.year_shift is not None:
            continue
        for other in dated[:MOST]:
            same = (clue.meaning.season, clue.meaning.month) == (other.meaning.season, other.meaning.month)
            if not same or not clue.about & other.about or other.meaning.year is None:
                continue
            until = _return(other.meaning, other.meaning.year + 1)
            ended = other.expression.interval.end if other.expression.interval is not None else None
            thing = min(clue.about & other.about)
            note = f"“last” is {other.expression.timex} here: both are said of “{thing}”"
            return [Told(ended, until, (why("same-season", clue, note), why("same-season", other, note)))]
    return []


def _return(meaning: Meaning, year: int) -> date | None:
    """The end of the same season or month in another year."""
    if not 1 <= year < 9999:
        return None
    days = (
        of_season(year, meaning.season)
        if meaning.season
        else denote(Meaning(year=year, month=meaning.month), None, Lean.PAST)
    )
    return days.end if days is not None else None


def the_same_event(evidence: Evidence) -> list[Told]:
    """As in "last year's floods in Orlo" and "the floods at Orlo on 3 May 1998"; "shot two years ago" and a day."""
    reckoned = [c for c in evidence.clues if c.is_year(-1) or _is_ago(c)][:MOST]
    dated = [c for c in evidence.past if c.meaning.year is not None and 1000 < c.start.year < 9000][:MOST]
    found: list[Told] = []
    for clue in reckoned:
        others = [other for other in dated if _is_one(clue, other)]
        if not others or len({other.start.year for other in others}) > 1:
            continue
        other = min(others, key=lambda c: (c.expression.interval is None, -len(c.expression.timex)))
        if clue.is_year(-1):
            if other.start.year != evidence.latest:
                continue
            ends = year_from(date(other.start.year + 1, 1, 1))
            note = f"“last year” is {other.start.year} here"
        else:
            ends = elapsed(other, clue.meaning.count or 0, clue)
            note = f"“{clue.tokens.text}” is {other.expression.timex} here"
        shared = ", ".join(sorted(_things(clue) & _things(other))[:3])
        note += f": both are said of {shared}" if shared else ""
        rule = "last-year-is" if clue.is_year(-1) else "years-ago-is"
        found.append(Told(*ends, (why(rule, clue, note), why(rule, other, note))))
    return found[:MUCH]


def _is_ago(clue: Clue) -> bool:
    m = clue.meaning
    return m.way == "ago" and m.unit == "year" and m.count is not None and 2 <= m.count <= 400


def _is_one(clue: Clue, other: Clue) -> bool:
    """Whether two times date one event, as far as words tell: one word for it, and one party or much else shared."""
    if other.sentence == clue.sentence:  # "the 1999 cyclone killed nine people two years ago"
        done = other.holder
        return other.beside and done.head.i == clue.holder.i and done.dep_ in {"nsubj", "nsubjpass", "dobj"}
    shared = _things(clue) & _things(other)
    one = _alike(clue.holder, other.holder) and (other.meaning.month is not None or not clue.is_year(-1))
    if one and not _parties(clue.holder).isdisjoint(_parties(other.holder)):
        return True
    if one and clue.holder.lemma_.lower() not in LIGHT:
        return len({thing for thing in shared if thing[:4] != clue.holder.lemma_.lower()[:4]}) >= BESIDE
    if other.meaning.day is None or len(shared) < MUCH:
        return False
    kinds = {word.pos_ for word in _words(clue) if word.lemma_.lower() in shared}
    return "NOUN" in kinds and bool(kinds & {"PROPN", "NUM"})


def _alike(one: Token, two: Token) -> bool:
    """Whether two words have one beginning, as "abducted" and "abduction" have, and tell what happened."""
    a, b = one.lemma_.lower(), two.lemma_.lower()
    if not {one.pos_, two.pos_} <= {"NOUN", "VERB"} or PALE & {a, b} or min(len(a), len(b)) < SHORTEST:
        return False
    return a[:5] == b[:5] or a.startswith(b) or b.startswith(a)


def _parties(word: Token) -> set[str]:
    """Who or what an event is told of: the subject and object of a verb; of a noun, what follows its "of"."""
    found: set[str] = set()
    for child in word.children:
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "compound", "poss"} and child.pos_ in {"NOUN", "PROPN"}:
            found.add(child.lemma_.lower())
        elif child.lower_ == "of":
            found |= {of.lemma_.lower() for of in child.children if of.pos_ in {"NOUN", "PROPN"}}
    return found - COMMON


def _things(clue: Clue) -> set[str]:
    """The names and nouns of a clue's sentence, figures with them; not such as stand in every report."""
    return {word.lemma_.lower() for word in _words(clue) if len(word) > 1} - COMMON


def _words(clue: Clue) -> Iterator[Token]:
    kinds = {"NOUN", "PROPN", "NUM"}
    return (t for t in clue.near if t.pos_ in kinds and t.ent_type_ not in {"DATE", "TIME"})


RULES: tuple[Callable[[Evidence], list[Told]], ...] = (the_same_season, the_same_event)
