"""Occasions: which time expression belongs to an act, and what it says of when the act took place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.when.times import with_ranges
from onrecord.lexicon import Row
from onrecord.record import Precision, Reading, Reason, TimeExpression, TimeInterval, TimeKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

SIGNALS = {
    "since": "since",
    "from": "from",
    "until": "until",
    "till": "until",
    "by": "until",
    "before": "before",
    "after": "after",
}


# What may stand before a time that still opens its sentence.
OPENING = frozenset(
    {
        "on",
        "in",
        "at",
        "since",
        "from",
        "until",
        "by",
        "after",
        "before",
        "during",
        "but",
        "and",
        "then",
        "yet",
        "“",
        '"',
    }
)
# How many words after such a time the subject of its verb may stand.
NEAR = 16


MODALS = frozenset({"to", "may", "might", "could", "must", "would", "should", "will"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
Timed = tuple[TimeExpression, "Token | None"]  # a time and the preposition before it


@dataclass(frozen=True, slots=True)
class Dates:
    """The time expressions of a reading by their tokens, made once, asked for every trigger.

    ``placed``: by verb or noun, the time that its mere place gives it, with the preposition before it: for where the
    parse has lost whom a time belongs to.
    """

    parse: Parse
    by_token: dict[int, TimeExpression]
    published: TimeInterval | None
    placed: dict[int, Timed]
    deferring: Mapping[str, Row]

    @classmethod
    def of(cls, reading: Reading, parse: Parse, deferring: Mapping[str, Row] | None = None) -> Dates:
        """Index a reading's times. ``deferring``: the rows of verbs that put something off, by lemma."""
        by_token: dict[int, TimeExpression] = {}
        times = with_ranges(reading.times)
        for expression in times:
            for token in parse.tokens(expression.span):
                by_token.setdefault(token.i, expression)
        dated = [t for t in times if t.kind in {TimeKind.DATE, TimeKind.TIME} and t.interval is not None]
        return cls(parse, by_token, reading.published, _placed(dated, parse), deferring or {})


def _placed(times: Sequence[TimeExpression], parse: Parse) -> dict[int, Timed]:
    """The times by the words that their place gives them to; the first time that claims a word has it."""
    found: dict[int, Timed] = {}
    for expression in times:
        tokens = parse.tokens(expression.span)
        if not len(tokens):
            continue
        before = parse.doc[tokens.start - 1] if tokens.start else None
        signal = before if before is not None and before.pos_ in {"ADP", "SCONJ"} else None
        for word in (_fronted_verb(tokens, parse.doc), _verb_around(tokens, signal), *_nouns_after(tokens, signal)):
            if word is not None:
                found.setdefault(word.i, (expression, signal))
    return found


def _fronted_verb(time: Tokens, doc: Doc) -> Token | None:
    """The verb of a sentence that a time opens: "On Monday the court, which sits in Orlo, jailed him"."""
    first = time.start
    while first and not doc[first].is_sent_start and doc[first - 1].lower_ in OPENING:
        first -= 1
    if not doc[first].is_sent_start:
        return None
    for word in doc[time.end : time.end + NEAR]:
        if word.is_sent_start or (word.dep_ == "punct" and word.text not in {",", "“", '"', "‘"}):
            return None
        if word.dep_ in {"nsubj", "nsubjpass"} and word.head.pos_ in {"VERB", "AUX"} and word.head.i > word.i:
            return word.head
    return None


def _verb_around(time: Tokens, signal: Token | None) -> Token | None:
    """The verb right beside a time: "the council on Monday ordered", "they were named Monday"."""
    if signal is not None and signal.lower_ not in OPENING:  # "the raid of 3 May triggered a strike"
        return None
    doc, i = time.doc, time.end
    i += i < len(doc) and doc[i].pos_ == "ADV"
    after = doc[i] if i < len(doc) and not doc[i].is_sent_start else None
    subject = time.start - 1 - (signal is not None)
    if after is not None and after.tag_ in FINITE and subject >= 0 and doc[subject].pos_ in {"NOUN", "PROPN", "PRON"}:
        return after.head if after.dep_ in {"aux", "auxpass"} else after
    before = doc[time.start - 1] if signal is None and time.start else None
    return before if before is not None and before.tag_ in {"VBD", "VBN"} and not time[0].is_sent_start else None


def _nouns_after(time: Tokens, signal: Token | None) -> list[Token]:
    """The nouns right after a time that stands before them: "the May 2011 shooting"."""
    found = []
    for word in time.doc[time.end : time.end + 3] if signal is None else ():
        if word.is_sent_start or word.pos_ not in {"NOUN", "ADJ"}:
            break
        found.append(word)
    return [word for word in found if word.pos_ == "NOUN"]


def attached(head: Token, dates: Dates) -> Timed | None:
    """The expression that hangs on a word itself or on one of its prepositions, dates before lengths."""
    found = _own(head, dates)
    dated = [pair for pair in found if pair[0].interval is not None and pair[0].kind in {TimeKind.DATE, TimeKind.TIME}]
    first = next(iter(dated or found), None) or dates.placed.get(head.i) or _of_what_opens(head, dates)
    return None if first is not None and _out_of_tense(head, first, dates) else first


def _own(head: Token, dates: Dates) -> list[Timed]:
    """The times that hang on a word or on one of its prepositions."""
    found: list[Timed] = []
    for child in head.children:
        if child.dep_ in {"conj", "ccomp", "relcl", "parataxis"}:
            continue
        own = dates.by_token.get(child.i)
        if own is not None and child.dep_ in {
            "npadvmod",
            "advmod",
            "tmod",
            "compound",
            "nmod",
            "amod",
            "nummod",
            "poss",
            "dobj",
            "prep",
            "appos",
        }:
            found.append((own, None))
            continue
        if child.dep_ in {"prep", "mark", "agent"} or child.pos_ == "ADP":
            found += [(dates.by_token[t.i], child) for t in child.children if t.i in dates.by_token]
    return found


def _of_what_opens(verb: Token, dates: Dates) -> Timed | None:
    """The time of what the subject was doing: "Speaking in Orlo on Friday, she accused the army"."""
    for child in verb.lefts:
        if child.dep_ == "advcl" and child.tag_ == "VBG" and not any(w.dep_ in {"mark", "advmod"} for w in child.lefts):
            found = [pair for pair in _own(child, dates) if pair[0].interval is not None]
            if found:
                return found[0]
    return None


def _out_of_tense(verb: Token, found: Timed, dates: Dates) -> bool:
    """Whether a present perfect stands with a time that is over: that of "has been held over the raid last year"."""
    interval, published = found[0].interval, dates.published
    if interval is None or interval.end is None or published is None or published.start is None:
        return False
    over = interval.end <= published.start and (found[1] is None or found[1].lower_ in {"in", "on"})
    words = {word.lower_ for word in verb.lefts if word.dep_ in {"aux", "auxpass"}}
    return (
        over
        and interval.precision is not Precision.VAGUE
        and bool(words & {"has", "have"})
        and len(words & MODALS) == 0
    )


def fronted(trigger: Token, dates: Dates) -> Timed | None:
    """What stands at the head of the sentence counts for its joined verbs: "On Monday he rose and left"."""
    verb = trigger
    while verb.dep_ in {"conj", "xcomp"} and verb.head.i != verb.i:
        verb = verb.head
        found = attached(verb, dates)
        if found is not None and found[0].span.start < dates.parse.span(verb).start:
            return found
    return None


def opened(expression: TimeExpression, signal: Token | None, dates: Dates) -> TimeInterval:
    """The interval of an act beside an expression, opened by its preposition; "since" ends with the report."""
    interval = expression.interval
    assert interval is not None
    kind = SIGNALS.get(signal.lower_) if signal is not None else None
    interval = replace(interval, anchor_id=expression.id)
    end_of_report = dates.published.end if dates.published is not None else None
    if signal is None or kind in {None, "from"}:
        return interval
    why = Reason("resolution.signal", signal.lower_, dates.parse.span(signal))
    within = expression.kind is TimeKind.TIME  # a time of a day: "before dawn on Friday" is still that Friday
    if within and kind in {"before", "after"} and _hour_before_day(expression):
        return replace(interval, precision=Precision.DAY, inferred=True, clock="", reasons=(*interval.reasons, why))
    bounds = {
        "since": (interval.start, end_of_report if not _after(interval.start, end_of_report) else None),
        "until": (None, interval.end),
        "before": (None, interval.end if within else interval.start),
        "after": (interval.start if within else interval.end, None),
    }[kind or ""]
    if bounds == (None, None) or (bounds[0] is not None and bounds[1] is not None and bounds[0] >= bounds[1]):
        return interval
    return replace(interval, start=bounds[0], end=bounds[1], throughout=kind == "since", inferred=True, clock="",
                   reasons=(*interval.reasons, why))  # fmt: skip


def _hour_before_day(expression: TimeExpression) -> bool:
    """Whether the words name an hour, or a part of the day before the day: "dawn on Friday", not "Friday morning"."""
    if expression.interval is not None and expression.interval.clock:
        return True
    words = [(reason.span.start, reason.rule) for reason in expression.reasons if reason.span is not None]
    words = [word for word in words if "#" in word[1]]
    return bool(words) and min(words)[1].startswith("day-parts#")


def _after(start: date | None, end: date | None) -> bool:
    return start is not None and end is not None and start >= end
