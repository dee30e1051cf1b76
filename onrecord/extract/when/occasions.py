"""Occasions: which time expression belongs to an act, and what it says of when the act took place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.record import Reading, Reason, TimeExpression, TimeInterval, TimeKind

if TYPE_CHECKING:
    from spacy.tokens import Token

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


@dataclass(frozen=True, slots=True)
class Dates:
    """The time expressions of a reading by their tokens, made once, asked for every trigger.

    ``fronts``: by the first verb with a subject after it, what stands at the very head of a sentence, with the
    preposition before it; for where the parse has lost whom it belongs to.
    """

    parse: Parse
    by_token: dict[int, TimeExpression]
    published: TimeInterval | None
    fronts: dict[int, tuple[TimeExpression, Token | None]]

    @classmethod
    def of(cls, reading: Reading, parse: Parse) -> Dates:
        """Index a reading's times."""
        by_token: dict[int, TimeExpression] = {}
        for expression in reading.times:
            for token in parse.tokens(expression.span):
                by_token.setdefault(token.i, expression)
        dated = [t for t in reading.times if t.kind in {TimeKind.DATE, TimeKind.TIME} and t.interval is not None]
        return cls(parse, by_token, reading.published, dict(_fronts(dated, parse)))


def _fronts(times: Sequence[TimeExpression], parse: Parse) -> Iterator[tuple[int, tuple[TimeExpression, Token | None]]]:
    for expression in times:
        tokens = parse.tokens(expression.span)
        first = tokens.start if len(tokens) else 0
        while first and not parse.doc[first].is_sent_start and parse.doc[first - 1].lower_ in OPENING:
            first -= 1
        if not len(tokens) or not parse.doc[first].is_sent_start:
            continue
        signal = parse.doc[tokens.start - 1] if first < tokens.start else None
        for word in parse.doc[tokens.end : tokens.end + NEAR]:
            if word.is_sent_start or (word.dep_ == "punct" and word.text not in {",", "“", '"', "‘"}):
                break
            if word.dep_ in {"nsubj", "nsubjpass"} and word.head.pos_ in {"VERB", "AUX"} and word.head.i > word.i:
                yield word.head.i, (expression, signal)
                break


def when_of(trigger: Token, dates: Dates) -> TimeInterval | None:
    """When the act of a trigger (a verb or noun) took place, by the expression that belongs to it; None if none does.

    Syntax first: the trigger's own modifiers and prepositions, then (for a verb's participle or conjunct) those of the
    verb it hangs on, then the one expression at the head of its sentence. "since", "until", "before" and "after" open
    the interval on their side. ``anchor_id`` is the expression's id.
    """
    found = attached(trigger, dates)
    if found is None and trigger.dep_ in {"conj", "xcomp", "relcl", "acl", "ccomp"} and trigger.pos_ in {"VERB", "AUX"}:
        found = fronted(trigger, dates)
    if found is None and trigger.pos_ == "NOUN" and trigger.dep_ in {"dobj", "nsubj", "nsubjpass", "pobj"}:
        verb = trigger.head.head if trigger.dep_ == "pobj" else trigger.head
        found = attached(verb, dates) if verb.pos_ == "VERB" else None
    if found is None or found[0].interval is None:
        return None
    return opened(found[0], found[1], dates)


def attached(head: Token, dates: Dates) -> tuple[TimeExpression, Token | None] | None:
    """The expression that hangs on a word itself or on one of its prepositions, dates before lengths."""
    found: list[tuple[TimeExpression, Token | None]] = []
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
    dated = [pair for pair in found if pair[0].interval is not None and pair[0].kind in {TimeKind.DATE, TimeKind.TIME}]
    return next(iter(dated or found), None) or dates.fronts.get(head.i)


def fronted(trigger: Token, dates: Dates) -> tuple[TimeExpression, Token | None] | None:
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
    bounds = {
        "since": (interval.start, end_of_report if not _after(interval.start, end_of_report) else None),
        "until": (None, interval.end),
        "before": (None, interval.start),
        "after": (interval.end, None),
    }[kind or ""]
    if bounds == (None, None) or (bounds[0] is not None and bounds[1] is not None and bounds[0] >= bounds[1]):
        return interval
    return replace(interval, start=bounds[0], end=bounds[1], throughout=kind == "since", inferred=True, clock="",
                   reasons=(*interval.reasons, why))  # fmt: skip


def _after(start: date | None, end: date | None) -> bool:
    return start is not None and end is not None and start >= end
