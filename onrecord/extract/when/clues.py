"""Clues to a report's date: its time expressions, each with the side on which its clause lies; and what they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when.calendar import Lean, Meaning
from onrecord.extract.when.tense import DEADLINES, UNSAID, Clause, clause_of
from onrecord.extract.when.times import meaning_of
from onrecord.extract.when.timewords import Vocabulary, vocabulary, words_of
from onrecord.record import Reading, Reason, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

WINDOW = timedelta(366)


@dataclass(frozen=True, slots=True)
class Clue:
    """A time expression as a clue: what it means, on which side its clause lies, what it is said of.

    ``beside``: it stands before a noun ("the 1994 law"), and so need not lie where the clause lies.
    """

    expression: TimeExpression
    meaning: Meaning
    clause: Clause
    about: frozenset[str]
    sentence: int
    tokens: Tokens
    beside: bool = False

    @property
    def named(self) -> bool:
        """Whether the words name the days themselves, the year included."""
        interval = self.expression.interval
        return self.meaning.absolute and interval is not None and interval.start is not None

    @property
    def start(self) -> date:
        """The first day; only of a clue that is ``named``."""
        interval = self.expression.interval
        assert interval is not None
        assert interval.start is not None
        return interval.start

    @property
    def year_alone(self) -> int | None:
        """The year, where nothing but a year is named."""
        m = self.meaning
        finer = m.month or m.season or m.quarter or m.half or m.until or m.holiday or m.previous
        return None if finer or m.mod else m.year

    def is_year(self, shift: int) -> bool:
        """Whether this is "last year" (-1), "this year" (0) or "next year" (1), nothing finer."""
        m = self.meaning
        return m.unit == "year" and m.shift == shift and not m.previous and not m.way


@dataclass(slots=True)
class Window:
    """The days on which the report can have come out, and why."""

    start: date | None
    end: date | None
    reasons: list[Reason]
    precise: bool = False

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


def told_past(clues: list[Clue]) -> list[Clue]:
    """What is told as past and named with its year; not a year that the report also tells as yet to come."""
    ahead = {clue.year_alone for clue in clues if clue.clause.lean is Lean.FUTURE} - {None}
    return [c for c in clues if c.named and c.clause.lean is Lean.PAST and c.year_alone not in ahead]


def gather(reading: Reading, parse: Parse, tools: Tools) -> list[Clue]:
    """Every time expression of a report outside quotations, as a clue."""
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
        beside = clause.note.startswith("beside")
        if beside:
            clause = _governing(tokens.root.head, v, parse)
        clues.append(Clue(expression, meaning, clause, _about(tokens.root), tokens.root.sent.start, tokens, beside))
    return clues


def _governing(noun: Token, v: Vocabulary, parse: Parse) -> Clause:
    """The tense around the noun that a time stands before: "in his 1996 campaign", "hopes for the 2000 games"."""
    found = clause_of(noun.doc[noun.i : noun.i + 1], _preposition(noun), v, parse)
    return found if not found.note.startswith("beside") else UNSAID


def _preposition(noun: Token) -> str:
    """The nearest preposition above a noun that looks ahead or not: "by" in "by the opening of the games"."""
    for _ in range(4):
        if noun.dep_ not in {"pobj", "compound", "nmod", "amod"} and noun.pos_ != "ADP":
            break
        noun = noun.head
        if noun.lower_ in DEADLINES:
            return noun.lower_
    return ""


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
