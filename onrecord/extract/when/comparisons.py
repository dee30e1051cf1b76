"""What comparisons give away of a report's date: figures of a year set against another, results of a year just over.

"Sales rose this year from those of 1988": this year is 1989. A firm's figures of a year are told when it is over. A
rule speaks only where the year that it needs is the latest that the report tells of, and of business: elections are
compared over four years, temperatures over forty.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.extract.when.calendar import Lean
from onrecord.extract.when.clues import Clue, Evidence, Told, why, year_from

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

THE_PERIOD = re.compile(r"the (\d{4}) (?:\w+[ -])?(?:period|quarter)", re.IGNORECASE)
COMPARES = frozenset({"than", "compared", "comparable", "versus", "against", "from", "over", "exceed", "exceeded"})
EARNS = frozenset({"earn", "total", "post", "report", "record", "book"})
SALES = frozenset({"sale", "revenue", "profit", "income", "earnings", "loss", "turnover", "import", "export", "output",
                   "shipment", "expenditure", "spending", "trade"})  # fmt: skip
MONEY = frozenset({"$", "£", "€", "¥", "#", "million", "billion", "trillion"})
NEAR, FEW = 60, 12  # words and times back in which the other side of a comparison is looked for
TURNS = frozenset({"from", "against"})
COMPARED = (["compared", "with"], ["compared", "to"])
LISTS = frozenset({",", "and", "in", "again", "also"})
SIDE = 14  # so many words may stand between the two sides of a comparison


def _usable(year: int | None, evidence: Evidence) -> bool:
    return year is not None and 1000 < year < 9000 and year >= evidence.latest


def the_period(evidence: Evidence) -> list[Told]:
    """As in "in the 1988 quarter": the results told of are those of the year after, told by the spring after it."""
    for i, clue in enumerate(evidence.clues):
        year = clue.meaning.year
        if year is None or not _usable(year, evidence) or not THE_PERIOD.fullmatch(clue.tokens.text):
            continue
        if _is_own_side(clue) or not _is_other_side(clue, evidence.clues[max(0, i - FEW) : i]):
            continue
        note = f"set against {year}, so the results are those of {year + 1}, told before the next are out"
        return [Told(*year_from(date(year + 1, 3, 15)), (why("the-period-before", clue, note),))]
    return []


def _is_own_side(clue: Clue) -> bool:
    """As in "in the 1989 quarter sales rose to $9 million from $8 million": the period is that of the results told."""
    return any(token.lower_ in COMPARES for token in clue.near if token.i >= clue.tokens.end)


def _is_other_side(clue: Clue, before: list[Clue]) -> bool:
    """Whether the period is set against another: beside it, or as the "year earlier" of the sentence before."""
    if any(token.lower_ in COMPARES for token in clue.near if token.i < clue.tokens.start):
        return True
    if any(c.sentence == clue.sentence and c.meaning.year is None and _is_period(c) for c in before):
        return True
    return any(
        _year_earlier(c) or c.is_year(-1)
        for c in before
        if c.sentence != clue.sentence and clue.tokens.start - c.tokens.end < NEAR
    )


def _is_period(clue: Clue) -> bool:
    return clue.meaning.quarter is not None or clue.meaning.unit == "quarter" or "period" in clue.tokens.text


def _tells_results(evidence: Evidence) -> bool:
    """Whether results just out are told: a quarter without its year, "a year earlier", "last year" beside money."""
    return any(
        c.meaning.year is None and (_is_period(c) or _year_earlier(c) or c.is_year(-1)) and _business(c)
        for c in evidence.clues
    )


def _year_earlier(clue: Clue) -> bool:
    m = clue.meaning
    return m.unit == "year" and m.way in {"ago", "earlier"} and m.count == 1


def a_full_year(evidence: Evidence) -> list[Told]:
    """As in "in 1988 the firm earned $9 million": the year is over. If the next or the one after it is foreseen, the
    report is of the year between, told before the figures of that one are out.
    """
    ahead = {c.start.year for c in evidence.clues if c.named and c.clause.lean is Lean.FUTURE}
    for clue in evidence.clues:
        year = clue.year_alone
        if year is None or not _usable(year, evidence) or clue.clause.lean is not Lean.PAST or not _is_result(clue):
            continue
        fiscal = "fiscal" in clue.tokens.text.lower()  # a firm's year may end in summer
        if ahead & {year + 1, year + 2}:
            note = f"the figures of {clue.expression.timex} are the latest of a full year, later ones are foreseen"
            start = date(year, 6, 1) if fiscal else date(year + 1, 1, 15)
            return [Told(*year_from(start), (why("latest-figures", clue, note),))]
        note = f"the figures are of the full year {clue.expression.timex}, so it is over"
        return [Told(date(year, 3, 1) if fiscal else date(year + 1, 1, 1), None, (why("full-year", clue, note),))]
    return []


def _is_result(clue: Clue) -> bool:
    """Whether a year stands with a firm's or a trade's yearly figure: "earned $9 million in 1988"."""
    root = clue.tokens.root
    if clue.before not in {"in", "for"} or root.dep_ not in {"pobj", "npadvmod"}:
        return False
    verb = root.head.head
    if verb.pos_ == "NUM" or verb.dep_ in {"dobj", "attr", "pobj"}:
        verb = verb.head if verb.head.pos_ == "VERB" else verb
    if not _money(clue) or THE_PERIOD.fullmatch(clue.tokens.text) or verb.pos_ not in {"VERB", "AUX"}:
        return False
    had = verb.lemma_ == "have" and any(t.lemma_ in SALES for t in verb.rights)
    return had or verb.lemma_ in EARNS


def _money(clue: Clue) -> bool:
    return any(word.lower_ in MONEY for word in clue.near)


def compared(evidence: Evidence) -> list[Told]:
    """As in "sold more this year than in 1988", "in 1990 costs will rise from this year's", "last year, from 1996"."""
    for first, last in ((a, b) for a, b in pairwise(evidence.clues) if a.sentence == b.sentence):
        year = first.year_alone or last.year_alone
        this, before = (any(clue.is_year(shift) for clue in (first, last)) for shift in (0, -1))
        if year is None or not (this or before) or not _usable(year, evidence):
            continue
        if not _set_against(first.tokens, last.tokens) or not _business(first):
            continue
        ahead = this and (first if first.year_alone else last).clause.lean is Lean.FUTURE
        own = year + (2 if before else -1 if ahead else 1)
        named = "last" if before else "this"
        note = f"“{named} year” is set against {year}, so the report is of {own}"
        return [Told(*year_from(date(own, 1, 1)), (why("compared", first, note),))]
    return []


def _business(clue: Clue) -> bool:
    return any(word.lower_ in MONEY or word.lemma_.lower() in SALES for word in clue.near)


def _set_against(first: Tokens, last: Tokens) -> bool:
    between = [token.lower_ for token in first.doc[first.end : last.start]]
    return len(between) <= SIDE and "since" not in between and not COMPARES.isdisjoint(between)


def up_from(evidence: Evidence) -> list[Told]:
    """As in "revenue was $9 million, up from $8 million in 1988": the revenue is that of the year after."""
    for clue in evidence.clues if _tells_results(evidence) else ():
        year = clue.year_alone
        if year is None or not _usable(year, evidence) or clue.before != "in" or not _figure_before(clue):
            continue
        note = f"a figure is set against that of {year}, so it is the next year's, told before another is out"
        return [Told(*year_from(date(year + 1, 4, 1)), (why("up-from", clue, note),))]
    return []


def _figure_before(clue: Clue) -> bool:
    """Whether "from $8 million" or "against $8 million" stands right before the year, and sales or the like before."""
    doc, low = clue.tokens.doc, clue.near.start
    words = [token.lower_ for token in doc[max(low, clue.tokens.start - 9) : clue.tokens.start]]
    turns = [i for i in range(len(words) - 1) if words[i] in TURNS or words[i : i + 2] in COMPARED]
    if not turns or MONEY.isdisjoint(words[turns[-1] :]):
        return False
    sentence = doc[low : clue.tokens.start]
    dated = any(token.ent_type_ == "DATE" for token in sentence)
    return not dated and any(token.lemma_.lower() in SALES for token in sentence)


def in_a_row(evidence: Evidence) -> list[Told]:
    """As in "won in 1996, 1997 and last year": one year after the other, so last year is 1998."""
    for first, second, last in zip(evidence.clues, evidence.clues[1:], evidence.clues[2:], strict=False):
        years, shift = (first.year_alone, second.year_alone), last.meaning.shift
        if None in years or shift is None or not (last.is_year(0) or last.is_year(-1)):
            continue
        one, two = years
        if one is None or two is None or two - one != 1 or not _listed(first, second) or not _listed(second, last):
            continue
        if not _usable(two, evidence):
            continue
        note = f"{one}, {two} and then “{last.tokens.text}”, one after the other"
        reasons = tuple(why("in-a-row", clue, note) for clue in (first, second, last))
        return [Told(*year_from(date(two + 1 - shift, 1, 1)), reasons)]
    return []


def _listed(first: Clue, last: Clue) -> bool:
    between = {token.lower_ for token in first.tokens.doc[first.tokens.end : last.tokens.start]}
    return first.sentence == last.sentence and bool(between) and between <= LISTS


RULES: tuple[Callable[[Evidence], list[Told]], ...] = (compared, the_period, a_full_year, up_from, in_a_row)
