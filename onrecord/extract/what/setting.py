"""Setting: when and where an event took place, as far as words that belong to it say so.

A time or place belongs to the event on whose word it hangs. One that hangs on a verb which tells no event belongs to
that verb's nouns; what stands first in a sentence holds for the verbs joined after it; a participle shares the setting
of its verb ("bombed the port on Monday, killing two"). A plan, a demand or a saying does not lend its time to its
content. In doubt there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.what.predicates import Told, lemma
from onrecord.extract.when.occasions import Dates, attached, opened
from onrecord.record import Reason, TimeExpression, TimeInterval, TimeKind

if TYPE_CHECKING:
    from spacy.tokens import Token

# Prepositions of a place that say where the act was done, and not where it led.
WHERE = frozenset({"in", "at", "near", "outside", "inside", "across", "throughout", "around", "within", "on", "off"})
NEAR_OBJECT = frozenset({"in", "at", "near", "outside"})
NESTING = frozenset({"in", "of", "near"})
# Verbs that take up no time of their own: the act under them is done when they are.
ONE_ACT = frozenset({"try", "attempt", "manage", "begin", "start", "continue", "fail", "help", "proceed", "dare"})
# Prepositions under which a noun was when its verb was: "spoke at the rally on Monday", not "charged with murder".
LENDING = frozenset({"in", "at", "during", "by", "on", "amid", "from"})
# Verbs of a clause after a noun that say no more than that the act of the noun was.
HELD = frozenset(
    {"hold", "occur", "happen", "begin", "start", "open", "end", "conclude", "stage", "mount", "launch", "conduct"}
    | {"break", "erupt"}
)
# Beside a noun, these name the day for which it is planned: "a march, set for Friday".
SETS = frozenset({"set", "schedule", "plan", "slate", "call"})
# How many verbs up an act may look for what it shares with them.
CLIMB = 8
Found = tuple[TimeExpression, "Token | None"]


def when(told: Told, dates: Dates, deep: dict[int, Found]) -> TimeInterval | None:
    """When the event took place, by the expression that belongs to it; None if none does.

    ``deep`` is what ``nested`` made of the dates.
    """
    for head in _heads(told):
        found = attached(head, dates)
        if found is None or found[0].interval is None:
            continue
        put_off = _put_off(found, dates)
        if put_off is None:
            return opened(found[0], found[1], dates)
        return put_off if told.nominal else None
    found = deep.get(told.anchor.i) or _shared(told.anchor, dates)
    return opened(found[0], found[1], dates) if found is not None and found[0].interval is not None else None


def _put_off(found: Found, dates: Dates) -> TimeInterval | None:
    """As in "postponed the trial until Friday": the trial lies on that day or later; None if nothing is put off."""
    expression, signal = found
    row = dates.deferring.get(lemma(signal.head)) if signal is not None and signal.lower_ in {"until", "till"} else None
    if row is None or signal is None or expression.interval is None:
        return None
    why = Reason(row.rule, "put off until then", dates.parse.span(signal.head))
    return replace(expression.interval, end=None, inferred=True, clock="", anchor_id=expression.id,
                   reasons=(*expression.interval.reasons, why))  # fmt: skip


def nested(dates: Dates) -> dict[int, Found]:
    """By verb: the expression that hangs on where it was done, as in "killed two in a raid in the port on Monday"."""
    found: dict[int, Found] = {}
    for i, expression in dates.by_token.items():
        word = dates.parse.doc[i]
        if word.dep_ != "pobj" or expression.kind not in {TimeKind.DATE, TimeKind.TIME}:
            continue
        verb = _verb_around(word.head)
        if verb is not None:
            found.setdefault(verb.i, (expression, word.head))
    return found


def _verb_around(preposition: Token) -> Token | None:
    """The verb above a preposition, past places and occasions only ("in the port", "at a rally")."""
    for _ in range(CLIMB):
        above = preposition.head
        if above.pos_ == "VERB":
            return above
        if above.dep_ != "pobj" or above.head.lower_ not in (NEAR_OBJECT | {"during"}):
            return None
        preposition = above.head
    return None


def place_words(told: Told) -> Iterator[Token]:
    """The words that may say where: under a preposition of place at the event, its verb, its object, its sharers."""
    holders = list(_heads(told))
    for holder in holders:
        yield from _under_places(holder, WHERE)
    for holder in holders:
        for child in holder.children:
            if child.dep_ == "dobj":
                yield from _under_places(child, NEAR_OBJECT)
    for verb, first_only in _sharers(told.anchor):
        for place in _under_places(verb, NEAR_OBJECT):
            if not first_only or place.i < verb.i:
                yield place


def _heads(told: Told) -> Iterator[Token]:
    """The words of an event, and for a noun the verb that it is an argument of, or that describes it as held."""
    yield told.head
    if told.nominal:
        yield from (verb for verb in told.head.rights if verb.dep_ == "acl" and verb.tag_ == "VBN" and _tells_of(verb))
    if told.light is not None:
        yield told.light
    elif told.nominal:
        noun = told.head
        up = noun.head.head if noun.dep_ == "pobj" and noun.head.dep_ in {"prep", "agent"} else noun.head
        lends = noun.dep_ in {"dobj", "nsubj", "nsubjpass"} or (noun.dep_ == "pobj" and noun.head.lower_ in LENDING)
        if lends and up.pos_ == "VERB" and not syntax.crowded(up):
            yield up


def _tells_of(verb: Token) -> bool:
    carried = lemma(verb) == "carry" and any(word.lower_ == "out" for word in verb.rights)
    return says_held(verb) or carried or lemma(verb) in SETS


def says_held(verb: Token) -> bool:
    """Whether a verb says no more of an act than that it was: "held in May", "which took place ..."."""
    return lemma(verb) in HELD or (lemma(verb) == "take" and any(word.lower_ == "place" for word in verb.rights))


def _shared(word: Token, dates: Dates) -> Found | None:
    """What an act shares with the verbs above it: all of it, or only what stands before them."""
    for verb, first_only in _sharers(word):
        found = attached(verb, dates)
        if found is None or found[0].kind not in {TimeKind.DATE, TimeKind.TIME}:
            continue
        if not first_only or found[0].span.start < dates.parse.span(verb).start:
            return found
    return None


def _sharers(word: Token) -> Iterator[tuple[Token, bool]]:
    """The verbs whose setting a verb has a part in, nearest first; whether only what stands before them counts."""
    first_only = False
    for _ in range(CLIMB):
        above = word.head
        if above.i == word.i or above.pos_ not in {"VERB", "AUX"} or word.pos_ not in {"VERB", "AUX"}:
            return
        if syntax.crowded(above) or syntax.mismatched(word):
            return
        if word.dep_ == "conj":
            first_only = True
        elif not (word.dep_ == "advcl" and word.tag_ == "VBG" and word.i > above.i and not _marked(word)) and not (
            word.dep_ == "xcomp" and lemma(above) in ONE_ACT
        ):
            return
        yield above, first_only
        word = above


def _marked(verb: Token) -> bool:
    return syntax.has_subject(verb) or any(child.dep_ in {"mark", "advmod"} for child in verb.lefts)


def _under_places(holder: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    for child in holder.children:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            for low in child.children:
                if low.dep_ == "pobj":
                    yield low
                    yield from (b for of in low.rights if of.lower_ in NESTING for b in of.rights if b.dep_ == "pobj")
