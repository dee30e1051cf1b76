"""The report's own date: given, stated in the text, or closed in upon by what the text says.

In this order: the document's own date; a line that says so ("Published 3 May 2019"); a dateline; constraints between
the time expressions. The last gives a stretch, as wide as the words leave it, with the words that prove it. Prior art
for the constraints: Chambers, Labeling Documents with Timestamps (ACL 2012).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when.calendar import Lean, Meaning, denote, of_season
from onrecord.extract.when.tense import Clause, clause_of
from onrecord.extract.when.times import meaning_of
from onrecord.extract.when.timewords import vocabulary, words_of
from onrecord.record import Basis, Precision, Reading, Reason, TimeExpression, TimeInterval

if TYPE_CHECKING:
    from spacy.tokens import Token

STATED = re.compile(r"\W*(?:(?:first |last )?(?:updated|published|posted|filed|modified)|date|dated)\b", re.IGNORECASE)
ONLY_A_DATE = re.compile(r"\W*(?:(?:on|at)\W+)?[\d:]*\W*(?:[ap]\.?m\.?)?\W*(?:[A-Z]{2,4})?\W*$", re.IGNORECASE)
# "HALVERTON, Sept. 8 (Agency) —": a place, a date, an agency or not, a dash.
PLACE_BEFORE = re.compile(r"\W*[A-Z][\w.' -]+(?:, [A-Z][\w.' -]+)?, $")
DASH_AFTER = re.compile(r"\s*(?:,\s*\d{4})?\s*(?:\([^()\n]{1,40}\)\s*)?(?:—|–|--|-)\s")
HEAD, FOOT = 600, 300  # characters at either end of a report in which it may say when it came out
WINDOW = timedelta(366)


@dataclass(frozen=True, slots=True)
class Clue:
    """A time expression as a clue: what it means, on which side its clause lies, what it is said of."""

    expression: TimeExpression
    meaning: Meaning
    clause: Clause
    about: frozenset[str]
    sentence: int


@dataclass(slots=True)
class Window:
    """The days on which the report can have come out, and why."""

    start: date | None
    end: date | None
    reasons: list[Reason]

    def narrow(self, start: date | None, end: date | None, why: Reason) -> None:
        """Cut the window down, unless that would leave nothing: then the clue was misread and is left out."""
        low = max((d for d in (self.start, start) if d is not None), default=None)
        high = min((d for d in (self.end, end) if d is not None), default=None)
        if (low, high) == (self.start, self.end) or (low is not None and high is not None and low >= high):
            return
        self.start, self.end = low, high
        self.reasons.append(why)

    @property
    def closed(self) -> bool:
        """Whether both ends are known, at most about a year apart."""
        return self.start is not None and self.end is not None and self.end - self.start <= WINDOW


def find(reading: Reading, parse: Parse, tools: Tools) -> TimeInterval | None:
    """The stage ``dating``: the report's date, given or inferred; None where nothing tells."""
    if reading.document.published is not None:
        return reading.document.published
    stated = _stated(reading)
    return stated if stated is not None else _inferred(_clues(reading, parse, tools))


# --------------------------------------------------------------------------------------------------- said in the text


def _stated(reading: Reading) -> TimeInterval | None:
    """A line that says when the report came out, or a dateline with a year."""
    text = reading.document.text
    for expression in reading.times:
        start = expression.span.start
        if HEAD < start < len(text) - FOOT or expression.interval is None:
            continue
        if expression.interval.precision not in {Precision.DAY, Precision.MINUTE, Precision.HOUR}:
            continue
        rule = _says_so(expression, text)
        if rule:
            why = Reason(f"dating.{rule}", expression.span.cut(text), expression.span)
            day = expression.interval
            return replace(
                day, precision=Precision.DAY, basis=Basis.EXPRESSION, inferred=True, clock="", anchor_id=expression.id,
                reasons=(why,),
            )  # fmt: skip
    return None


def _says_so(expression: TimeExpression, text: str) -> str:
    start, end = expression.span.start, expression.span.end
    begin = max(text.rfind("\n", 0, start) + 1, start - 120)
    close = text.find("\n", end)
    before, after = text[begin:start], text[end : close if close >= 0 else len(text)][:120]
    if STATED.match(before) and len(before) < 40:
        return "stated-line"
    if ONLY_A_DATE.match(before) and ONLY_A_DATE.match(after) and start < HEAD:
        return "line-of-its-own"
    return "dateline" if start < HEAD and PLACE_BEFORE.match(before) and DASH_AFTER.match(after) else ""


# ------------------------------------------------------------------------------------------------------- closed in upon


def _clues(reading: Reading, parse: Parse, tools: Tools) -> list[Clue]:
    words, v = words_of(parse.doc), vocabulary(tools.lexicons)
    at = {start: i for i, start in enumerate(words.start)}
    quoted = [q.span for q in reading.quotations if not q.scare]
    clues, q = [], 0
    for expression in reading.times:
        while q < len(quoted) and quoted[q].end <= expression.span.start:
            q += 1
        if q < len(quoted) and quoted[q].contains(expression.span):
            continue
        read = meaning_of(expression.span, words, at, v, parse)
        if read is None:
            continue
        i, end, meaning = read
        tokens = parse.doc[words.token[i] : words.token[end - 1] + 1]
        clause = clause_of(tokens, words.at(i - 1), v, parse)
        clues.append(Clue(expression, meaning, clause, _about(tokens.root), tokens.root.sent.start))
    return clues


def _about(token: Token) -> frozenset[str]:
    """The nouns that a time is said of: what it stands before, the subject of its verb, what its clause describes."""
    found: set[str] = set()
    for _ in range(6):
        head = token.head
        if head.i == token.i:
            break
        if head.pos_ == "NOUN" and token.dep_ in {"relcl", "acl", "compound", "nmod", "amod", "poss", "prep"}:
            found |= {head.lemma_, *_parts(head)}
        if head.pos_ == "VERB" and not found:
            found |= _doers(head)
        if token.dep_ in {"relcl", "acl"}:
            break
        token = head
    return frozenset(found)


def _doers(verb: Token) -> set[str]:
    """A verb's subject; for "which", the noun that it follows, also where the parse has lost it."""
    found: set[str] = set()
    for child in verb.lefts:
        if child.dep_ not in {"nsubj", "nsubjpass"}:
            continue
        if child.tag_ == "WDT":
            before = verb.doc[max(0, child.i - 4) : child.i]
            found |= {word.lemma_ for word in [w for w in before if w.pos_ == "NOUN"][-1:]}
        elif child.pos_ == "NOUN":
            found.add(child.lemma_)
    return found


def _parts(noun: Token) -> set[str]:
    """What a noun is made of: the "meetings" of "a series of meetings"."""
    return {word.lemma_ for of in noun.rights if of.lower_ == "of" for word in of.rights if word.pos_ == "NOUN"}


def _inferred(clues: list[Clue]) -> TimeInterval | None:
    window = Window(None, None, [])
    for rule in (_after_the_past, _before_the_announced, _the_same_season, _this_year_is_another, _told_from_last_year):
        rule(clues, window)
    if window.start is None and window.end is None:
        return None
    precision = Precision.VAGUE
    if window.closed and window.start is not None and window.end is not None:
        days = (window.end - window.start).days
        precision = Precision.MONTH if days <= 31 else Precision.SEASON if days <= 125 else Precision.YEAR
    return TimeInterval(window.start, window.end, precision, Basis.EXPRESSION, inferred=True, approximate=True,
                        reasons=tuple(window.reasons))  # fmt: skip


def _named(clue: Clue) -> bool:
    interval = clue.expression.interval
    return clue.meaning.absolute and interval is not None and interval.start is not None


def _after_the_past(clues: list[Clue], window: Window) -> None:
    """What is told as past, with its year, lies before the report."""
    past = [c for c in clues if _named(c) and c.clause.lean is Lean.PAST and c.meaning.mod != "APPROX"]
    latest = max(past, key=lambda c: _start(c), default=None)
    if latest is not None:
        note = f"{latest.expression.timex} is told as past, so the report is later"
        window.narrow(_start(latest), None, Reason("dating.after-the-past", note, latest.expression.span))


def _start(clue: Clue) -> date:
    interval = clue.expression.interval
    assert interval is not None
    assert interval.start is not None
    return interval.start


def _before_the_announced(clues: list[Clue], window: Window) -> None:
    """What "will" be, in a year that is named, ends after the report."""
    for clue in clues:
        interval = clue.expression.interval
        if _named(clue) and interval is not None and clue.clause.note.startswith(("“will”", "“'ll”", "“’ll”")):
            note = f"{clue.expression.timex} is told as yet to come, so the report is earlier"
            window.narrow(None, interval.end, Reason("dating.before-the-announced", note, clue.expression.span))


def _the_same_season(clues: list[Clue], window: Window) -> None:
    """As in "last autumn" and "the autumn of 2011" of one thing: the report lies in the year after it."""
    dated = [
        c
        for c in clues
        if c.meaning.year is not None and (c.meaning.season or c.meaning.month) and c.meaning.day is None
    ]
    for clue in clues:
        if clue.meaning.shift != -1 or clue.meaning.previous or clue.meaning.year_shift is not None:
            continue
        for other in dated:
            same = (clue.meaning.season, clue.meaning.month) == (other.meaning.season, other.meaning.month)
            if not same or not clue.about & other.about or other.meaning.year is None:
                continue
            until = _return(other.meaning, other.meaning.year + 1)
            ended = other.expression.interval.end if other.expression.interval is not None else None
            thing = min(clue.about & other.about)
            note = f"“last” is {other.expression.timex} here: both are said of “{thing}”"
            window.narrow(ended, until, Reason("dating.same-season", note, clue.expression.span))
            window.reasons.append(Reason("dating.same-season", note, other.expression.span))
            return


def _return(meaning: Meaning, year: int) -> date | None:
    """The end of the same season or month in another year."""
    days = (
        of_season(year, meaning.season)
        if meaning.season
        else denote(Meaning(year=year, month=meaning.month), None, Lean.PAST)
    )
    return days.end if days is not None else None


def _this_year_is_another(clues: list[Clue], window: Window) -> None:
    """As in "began last autumn and went on this year": this year is not the year of that autumn."""
    if not window.closed or window.start is None:
        return
    relative = {c.sentence for c in clues if c.meaning.shift == -1 and (c.meaning.season or c.meaning.month)}
    for clue in clues:
        if (
            clue.sentence in relative
            and clue.meaning.unit == "year"
            and clue.meaning.shift == 0
            and not clue.meaning.previous
        ):
            first = date(window.start.year + 1, 1, 1) if window.start.month > 1 else None
            note = "“this year” is set against a season before it, so it is a later year"
            window.narrow(first, None, Reason("dating.this-year", note, clue.expression.span))


def _told_from_last_year(clues: list[Clue], window: Window) -> None:
    """As in "May of last year" beside a bare "May", past: the bare one is of the report's own year."""
    if not window.closed or window.start is None or window.end is None:
        return
    if window.start.year != (window.end - timedelta(1)).year:
        return
    told_apart = {c.meaning.month for c in clues if c.meaning.month is not None and c.meaning.year_shift == -1}
    for clue in clues:
        bare = clue.meaning.year is None and clue.meaning.year_shift is None and clue.meaning.shift is None
        month = clue.meaning.month
        if not bare or month is None or month not in told_apart or clue.clause.lean is not Lean.PAST:
            continue
        note = "the report tells this month from that of last year, so it is past in the report's year"
        first = date(window.start.year, month, clue.meaning.day or 1)
        window.narrow(first, None, Reason("dating.told-from-last-year", note, clue.expression.span))
