"""What comparisons give away of a report's date: figures of a year set against another, results of a year just over.

"Sales rose this year from those of 1988": this year is 1989. A firm's latest yearly figure is that of the year before
the report. Each rule narrows the window only where the years that it needs are the latest the report tells of.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.extract.when.calendar import Lean
from onrecord.extract.when.clues import Clue, Window, told_past
from onrecord.record import Reason

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

THE_PERIOD = re.compile(r"the (\d{4}) (?:\w+[ -])?(?:period|quarter)", re.IGNORECASE)
COMPARES = frozenset({"than", "compared", "comparable", "versus", "against", "from", "over", "exceed", "exceeded"})
EARNS = frozenset({"earn", "total", "post", "report", "record", "book"})
SALES = frozenset({"sale", "revenue", "profit", "income", "earnings", "loss", "turnover", "import", "export"})
MONEY = frozenset({"$", "£", "€", "¥", "#", "million", "billion", "trillion"})
MOST = 8  # so many tellings of a year are set against so many dates, in a long report too


def _latest(clues: list[Clue]) -> int:
    """The latest year that the report tells of as past, by name."""
    return max((clue.start.year for clue in told_past(clues)), default=0)


def _why(rule: str, clue: Clue, note: str) -> Reason:
    return Reason(f"dating.{rule}", note, clue.expression.span)


def _the_period(clues: list[Clue], window: Window) -> None:
    """As in "in the 1988 quarter": the results told of are those of the year after, told by the spring after it."""
    latest = _latest(clues)
    for clue in clues:
        year = clue.meaning.year
        if year is None or year < latest or not THE_PERIOD.fullmatch(clue.tokens.text) or not 1000 < year < 9000:
            continue
        note = f"set against {year}, so the results are those of {year + 1}, told before the next are out"
        window.narrow(date(year + 1, 3, 15), date(year + 2, 3, 15), _why("the-period-before", clue, note))
        return


def _the_latest_figures(clues: list[Clue], window: Window) -> None:
    """As in "in 1988 the firm earned $9 million": the latest full year is the one before the report."""
    latest = _latest(clues)
    for clue in clues:
        year = clue.year_alone
        if year is None or year < latest or clue.clause.lean is not Lean.PAST or not _is_result(clue):
            continue
        fiscal = "fiscal" in clue.tokens.text.lower()
        start, end = (
            (date(year, 6, 1), date(year + 1, 6, 1)) if fiscal else (date(year + 1, 2, 1), date(year + 2, 2, 1))
        )
        note = f"the figures of {clue.expression.timex} are the latest of a full year"
        window.narrow(start, end, _why("latest-figures", clue, note))
        return


def _is_result(clue: Clue) -> bool:
    """Whether a year stands with a firm's or a trade's yearly figure: "earned $9 million in 1988"."""
    root = clue.tokens.root
    if clue.tokens.doc[max(0, clue.tokens.start - 1)].lower_ not in {"in", "for"} or root.dep_ not in {
        "pobj",
        "npadvmod",
    }:
        return False
    verb = root.head.head
    if verb.pos_ == "NUM" or verb.dep_ in {"dobj", "attr", "pobj"}:
        verb = verb.head if verb.head.pos_ == "VERB" else verb
    money = any(token.lower_ in MONEY for token in root.sent)
    if not money or THE_PERIOD.fullmatch(clue.tokens.text) or verb.pos_ not in {"VERB", "AUX"}:
        return False
    had = verb.lemma_ == "have" and any(t.lemma_ in SALES for t in verb.rights)
    return had or verb.lemma_ in EARNS


def _compared(clues: list[Clue], window: Window) -> None:
    """As in "more this year than in 1988", "in 1990 it will rise from this year's", "last year, down from 1996"."""
    latest = _latest(clues)
    for first, last in ((a, b) for a, b in pairwise(clues) if a.sentence == b.sentence):
        if not _set_against(first.tokens, last.tokens):
            continue
        year = first.year_alone or last.year_alone
        this, before = (any(clue.is_year(shift) for clue in (first, last)) for shift in (0, -1))
        if year is None or not (this or before) or (year < latest and not before):
            continue
        ahead = this and (first if first.year_alone else last).clause.lean is Lean.FUTURE
        own = year + (2 if before else -1 if ahead else 1)
        named = "last" if before else "this"
        note = f"“{named} year” is set against {year}, so the report is of {own}"
        window.narrow(date(own, 1, 1), date(own + 1, 1, 1), _why("compared", first, note))
        return


def _set_against(first: Tokens, last: Tokens) -> bool:
    between = first.doc[first.end : last.start]
    return len(between) <= 14 and any(token.lower_ in COMPARES for token in between)


def _last_years(clues: list[Clue], window: Window) -> None:
    """As in "last year's floods in Orlo" and "the floods at Orlo on 3 May 1998": one thing, told with both."""
    dated = [c for c in clues if c.named and c.meaning.year == _latest(clues) and c.meaning.day is not None]
    for clue in [c for c in clues if c.is_year(-1)][:MOST]:
        for other in dated[:MOST]:
            shared = _things(clue) & _things(other)
            last = other.start.year
            if other.sentence == clue.sentence or len(shared) < 3 or not 1000 < last < 9000:
                continue
            year = last + 1
            note = f"“last year” is {last} here: both are said of {', '.join(sorted(shared)[:3])}"
            window.narrow(date(year, 1, 1), date(year + 1, 1, 1), _why("last-year-is", clue, note))
            window.reasons.append(_why("last-year-is", other, note))
            return


def _things(clue: Clue) -> set[str]:
    """The names and nouns of a clue's sentence, figures with them."""
    sent = clue.tokens.root.sent
    kinds = {"NOUN", "PROPN", "NUM"}
    return {t.lemma_.lower() for t in sent if t.pos_ in kinds and t.ent_type_ not in {"DATE", "TIME"} and len(t) > 1}


RULES: tuple[Callable[[list[Clue], Window], None], ...] = (_compared, _the_period, _the_latest_figures, _last_years)
