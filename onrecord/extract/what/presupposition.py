"""Presupposition: what is taken for granted by its own form, whatever the words above it leave open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract.what.governing import Link, definite
from onrecord.extract.what.mood import NONE, in_the_past
from onrecord.extract.what.signatures import Standing, sign
from onrecord.record import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

ANY = frozenset(
    ["any", "anyone", "anybody", "anything", "whoever", "whatever", "every", "everyone", "everybody", "each"]
)
# Prepositions under which an event is taken for granted: "after the raid", "since the vote".
GRANTED = frozenset(
    [
        "after",
        "during",
        "since",
        "following",
        "in",
        "amid",
        "amidst",
        "despite",
        "at",
        "over",
        "throughout",
        "because",
        "from",
        "by",
        "on",
    ]
)
# Prepositions of what was before: "did not flee after shooting him".
AFTERWARDS = frozenset({"after", "upon", "since", "besides"})
# What somebody has none of who does a thing at once and gladly.
QUALMS = frozenset({"time", "qualm", "scruple", "compunction", "hesitation", "regret", "trouble", "difficulty"})
ADVERBIAL = frozenset({"by", "after", "while", "when", "upon", "on", "since", "besides", "in", "with", "before"})


def described(word: Token, noun: Token, context: Standing) -> Standing:
    """In a clause that describes a noun: told for itself, unless the noun is nobody or anybody, or all is open."""
    if word.tag_ == "VB":
        return context.opened("status.description", word)
    if context.real:
        return Standing(granted=is_aside(word))
    anybody = any(w.lower_ in NONE | ANY for w in (noun, *noun.lefts))
    if not anybody and (is_aside(word) or definite(noun) or _was(word)):
        return Standing(granted=True)
    if not anybody and in_the_past(word) and not context.conditioned:
        return Standing(certainty=2, granted=True)
    return context.opened("status.description", word)


def is_aside(verb: Token) -> bool:
    """Whether a relative clause is told by the way: ", which sank", ", who fled"."""
    pronoun = next((child for child in verb.subtree if child.tag_ in {"WDT", "WP", "WP$"}), None)
    return pronoun is not None and pronoun.i > 0 and pronoun.lower_ != "that" and _after_a_comma(pronoun)


def _after_a_comma(pronoun: Token) -> bool:
    """Also with a preposition between: ", in which", ", some of whom"."""
    for word in pronoun.doc[max(0, pronoun.i - 4) : pronoun.i]:
        if word.text in {",", "–", "—"} and word.i >= pronoun.left_edge.i - 4:
            between = pronoun.doc[word.i + 1 : pronoun.i]
            return all(w.pos_ in {"ADP", "NUM", "DET", "PRON", "ADJ", "NOUN"} for w in between)
    return False


def asked_about(word: Token, link: Link, context: Standing) -> Standing:
    """As in "would not say why he fled": who asks how or why something was takes it for granted."""
    assert link.between is not None
    if not in_the_past(word) or context.conditioned:
        return context.opened("status.asked-about", link.between)
    asked = link.between
    how_many = (
        asked.lower_ == "how" and asked.nbor(1).lower_ in {"many", "much"} if asked.i + 1 < len(asked.doc) else False
    )
    unknown_number = how_many and link.governor is not None and link.governor.pos_ not in {"VERB", "NOUN"}
    if unknown_number or any(w.lower_ == "if" for w in word.doc[asked.i : word.i]):  # "how much, if anything, he paid"
        return context.opened("status.asked-about", link.between)
    return Standing(certainty=2, signs=(sign("status.asked-about", link.between),), granted=True)


def _without_qualms(verb: Token) -> bool:
    """Whether what is denied is only a delay or a scruple: "lost no time in closing the port"."""
    return any(child.dep_ == "dobj" and child.lemma_ in QUALMS for child in verb.rights)


def unknown(word: Token, link: Link, context: Standing) -> Standing:
    """Under a word that no lexicon knows: open, except where the construction itself takes the event for granted.

    An act told by a noun is as real as what is done with it, unless that is done "for" or "to" it.
    """
    above = link.governor
    assert above is not None
    between = link.between.lower_ if link.between is not None else ""
    if link.kind == "object" and above.lemma_ in {"be", "have"}:
        return context
    if link.kind == "prepositional" and (between in GRANTED or link.frame == "granted"):
        if context.real or context.negative:
            return Standing(granted=definite(word))
        return context.opened("status.open-clause", above)
    if link.kind == "gerund" and between in ADVERBIAL and (above.pos_ in {"VERB", "AUX"} or between == "by"):
        if context.negative and (between in AFTERWARDS or _without_qualms(above)):
            return Standing(certainty=2)
        return context if context.real else context.opened("status.open-clause", above)
    if link.frame == "to":
        return context.opened("status.unknown-governor", above, Status.POSSIBLE)
    if context.real and link.kind in {"object", "prepositional"} and between not in {"for", "to"}:
        return replace(context, certainty=2, signs=(*context.signs, sign("status.unknown-governor", above)))
    return context.opened("status.unknown-governor", above)


def purpose(word: Token, context: Standing) -> Standing:
    """What something was done for, as in "sent troops to crush ..": it was meant, and not done by that."""
    first = word.left_edge
    if first.i and "only" in {first.lower_, first.nbor(-1).lower_}:  # "came home only to be arrested": it came so
        return context
    if not context.real:
        return context.opened("status.purpose", word)
    return context.turned(Status.PLANNED, 2, sign("status.purpose", word))


def too_of(above: Token) -> Token | None:
    """The "too" that says that what follows was not done: "too weak to march", "came too late to prevent .."."""
    for word in (above, *above.children):
        if word.pos_ in {"ADJ", "ADV"}:
            found = next((child for child in word.lefts if child.lower_ == "too"), None)
            if found is not None:
                return found
    return None


def dater_of(noun: Token) -> Token | None:
    """The word that sets a noun in the past: "last month's explosion", "the recent raids"; not "no recent raid"."""
    if noun.pos_ != "NOUN" or any(child.lower_ in NONE | {"any", "every"} for child in noun.lefts):
        return None
    for child in noun.lefts:
        for word in (child, *child.lefts) if child.dep_ in {"poss", "amod", "nmod"} else ():
            if word.lower_ in {"last", "yesterday", "recent", "latest"}:
                return word
    return None


def _was(verb: Token) -> bool:
    """Whether a verb in the past has an adverb that dates it: "an official who recently resigned"."""
    if verb.tag_ != "VBD" or verb.head.lower_.startswith("any") or any(c.lower_ == "any" for c in verb.head.lefts):
        return False
    return any(child.lower_ in {"recently", "earlier", "previously", "once"} for child in verb.lefts)
