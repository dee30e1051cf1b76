"""Clues to a report's date: its time expressions, each with the side on which its clause lies; and what they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when.calendar import Lean, Meaning
from onrecord.extract.when.tense import DEADLINES, UNSAID, Clause, clause_of
from onrecord.extract.when.times import meaning_of
from onrecord.extract.when.timewords import Vocabulary, vocabulary, words_of
from onrecord.lexicon import Lexicons, Row
from onrecord.record import Reading, Reason, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

WINDOW = timedelta(366)
ANNIVERSARIES = frozenset({"anniversary", "centenary", "centennial", "bicentenary", "bicentennial", "tercentenary"})
NEAR = 100  # words of a sentence on either side of a time that are looked at


@dataclass(frozen=True, slots=True)
class Clue:
    """A time expression as a clue: what it means, on which side its clause lies, what it is said of.

    ``sentence`` and ``until``: the tokens from which and to which its sentence runs. ``beside``: it stands before a
    noun ("the 1994 law"), and so need not lie where the clause lies.
    """

    expression: TimeExpression
    meaning: Meaning
    clause: Clause
    about: frozenset[str]
    sentence: int
    until: int
    tokens: Tokens
    beside: bool = False

    @property
    def before(self) -> str:
        """The word before it, in lower case."""
        return self.tokens.doc[self.tokens.start - 1].lower_ if self.tokens.start else ""

    @property
    def after(self) -> str:
        """The word or mark after it."""
        doc = self.tokens.doc
        return doc[self.tokens.end].lower_ if self.tokens.end < len(doc) else ""

    @property
    def near(self) -> Tokens:
        """Its sentence; of a very long one, the part around it."""
        first, last = self.tokens.start - NEAR, self.tokens.end + NEAR
        return self.tokens.doc[max(self.sentence, first) : min(self.until, last)]

    @property
    def holder(self) -> Token:
        """The word that it hangs on, prepositions left out: the noun it stands before, or a verb, or a noun."""
        head = self.tokens.root.head
        for _ in range(3):
            if head.pos_ not in {"ADP", "SCONJ"} or head.head.i == head.i:
                break
            head = head.head
        return head

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


@dataclass(frozen=True, slots=True)
class Told:
    """What one rule concludes: the report came out between these days (the second excluded), and why."""

    start: date | None
    end: date | None
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class Window:
    """The days on which the report can have come out, and why."""

    start: date | None
    end: date | None
    reasons: list[Reason]
    precise: bool = False

    def narrow(self, told: Told) -> None:
        """Cut the window down, unless that would leave nothing: then the clue was misread and is left out."""
        low, high = self._with(told)
        if (low, high) == (self.start, self.end) or (low is not None and high is not None and low >= high):
            return
        self.start, self.end = low, high
        self.reasons.extend(told.reasons)

    def equate(self, found: Sequence[Told]) -> None:
        """Cut the window down to what several conclusions leave together; those that contradict each other count not.

        One that the window itself excludes was misread. A second one that cuts nothing off still stands as a proof.
        """
        fit = [told for told in found if self._leaves(told)]
        low = max((told.start for told in fit if told.start is not None), default=None)
        high = min((told.end for told in fit if told.end is not None), default=None)
        if low is not None and high is not None and low >= high:
            return
        for told in fit:
            self.start, self.end = self._with(told)
            self.reasons.extend(reason for reason in told.reasons if reason not in self.reasons)

    def _with(self, told: Told) -> tuple[date | None, date | None]:
        low = max((d for d in (self.start, told.start) if d is not None), default=None)
        return low, min((d for d in (self.end, told.end) if d is not None), default=None)

    def _leaves(self, told: Told) -> bool:
        low, high = self._with(told)
        return low is None or high is None or low < high

    @property
    def closed(self) -> bool:
        """Whether both ends are known, at most about a year apart."""
        return self.start is not None and self.end is not None and self.end - self.start <= WINDOW


@dataclass(frozen=True)
class Evidence:
    """All clues of a report, with what is needed to read the words around them."""

    clues: list[Clue]
    parse: Parse
    lexicons: Lexicons

    @cached_property
    def past(self) -> list[Clue]:
        """What is told as past and named with its year; not a year that the report also tells as yet to come."""
        ahead = {clue.year_alone for clue in self.clues if clue.clause.lean is Lean.FUTURE} - {None}
        return [c for c in self.clues if c.named and c.clause.lean is Lean.PAST and c.year_alone not in ahead]

    @cached_property
    def latest(self) -> int:
        """The latest year that the report tells of as past, by name; 0 if it names none."""
        return max((clue.start.year for clue in self.past), default=0)

    @cached_property
    def anniversaries(self) -> list[Token]:
        """Every "anniversary" and "centenary" of the report."""
        text = self.parse.view.text
        known = "nniversary" in text or "enten" in text
        return [token for token in self.parse.doc if token.lower_ in ANNIVERSARIES] if known else []

    def word(self, row: Row, note: str, token: Token) -> Reason:
        """A reason of a lexicon's row, with the word that set it off."""
        return Reason(row.rule, note, self.parse.span(token))


def why(rule: str, clue: Clue, note: str) -> Reason:
    """A reason of this room, with the words of a clue."""
    return Reason(f"dating.{rule}", note, clue.expression.span)


def year_from(first: date | None, years: int = 1) -> tuple[date | None, date | None]:
    """A day and the same day so many years on; None where the calendar ends. The 29th of February becomes the 28th.

    >>> year_from(date(2004, 2, 29))
    (datetime.date(2004, 2, 29), datetime.date(2005, 2, 28))
    """
    if first is None or not 1 <= first.year + years <= 9999:
        return None, None
    leap = first.month == 2 and first.day == 29
    return first, first.replace(year=first.year + years, day=28 if leap else first.day)


def gather(reading: Reading, parse: Parse, tools: Tools) -> Evidence:
    """Every time expression of a report outside quotations, as a clue."""
    words, v = words_of(parse.doc), vocabulary(tools.lexicons)
    at = {start: i for i, start in enumerate(words.start)}
    quoted = [q.span for q in reading.quotations if not q.scare]
    sentences = [(sentence.start, sentence.end) for sentence in parse.doc.sents]
    clues, q, s = [], 0, 0
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
        while s + 1 < len(sentences) and sentences[s][1] <= tokens.root.i:
            s += 1
        clues.append(Clue(expression, meaning, clause, _about(tokens.root), *sentences[s], tokens, beside))
    return Evidence(clues, parse, tools.lexicons)


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
