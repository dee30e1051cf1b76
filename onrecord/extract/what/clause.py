"""The clause that tells an event: what a timeline prints of a sentence that tells several.

From the subject (or what a relative clause hangs on) to the end of the verb's complements, without the connective
before it, the verbs joined after it, and the words that attribute it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.syntax import SUBJECTS, has_subject

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

# How far a verb without a subject of its own may look up for one, and a noun for its verb.
CLIMB = 6
# The longest clause that is shown whole for an event told by a noun; a longer one is cut to the noun's phrase.
LONG = 32
# A connective that says that the clause did not happen, and stays with it: "nor did they propose it".
DENYING = frozenset({"nor", "neither"})


def clause(trigger: Token) -> Tokens:
    """The tokens of the clause that tells the event with this trigger; never empty."""
    verb = _verb_of(trigger)
    start = min(_first(verb), trigger.i)
    if start and trigger.doc[start - 1].lower_ in DENYING:
        start -= 1
    told = trigger.doc[start : max(_last(verb, trigger), trigger.i) + 1]
    if trigger.i != verb.i and trigger.pos_ == "NOUN" and len(told) > LONG:
        return phrase(trigger)
    return _trimmed(told)


def phrase(trigger: Token) -> Tokens:
    """The tokens of the trigger's own phrase alone: "the raid" in "they hope to avenge the raid"."""
    head = trigger.head if trigger.dep_ == "amod" else trigger
    return _trimmed(trigger.doc[head.left_edge.i : head.right_edge.i + 1])


def verb_above(trigger: Token) -> Token | None:
    """The nearest verb above a trigger that is none itself, in whatever form."""
    for token in trigger.ancestors if trigger.dep_ == "amod" or not _is_verb(trigger) else ():
        if _is_verb(token):
            return token
    return None


def _verb_of(trigger: Token) -> Token:
    """The finite verb above a trigger, as far as it is one clause with it; the trigger itself if there is none."""
    token = trigger
    for _ in range(CLIMB):
        if _is_verb(token) and (has_subject(token) or token.dep_ in {"ROOT", "relcl", "conj", "ccomp"}):
            return token
        if token.head.i == token.i:
            break
        token = token.head
    return token if _is_verb(token) else trigger


def _is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}


def _first(verb: Token) -> int:
    """Where the clause begins: its subject, or the noun that a relative clause describes."""
    if verb.dep_ in {"relcl", "acl"} and verb.head.i < verb.i:
        return int(verb.head.left_edge.i)
    for _ in range(CLIMB):
        own = [child.left_edge.i for child in verb.lefts if child.dep_ in SUBJECTS | {"aux", "auxpass", "neg", "expl"}]
        if (
            any(child.dep_ in SUBJECTS for child in verb.lefts)
            or verb.dep_ not in {"conj", "xcomp"}
            or not _is_verb(verb.head)
        ):
            return int(min((*own, verb.i)))
        verb = verb.head
    return int(verb.i)


def _last(verb: Token, trigger: Token) -> int:
    """Where the clause ends: before verbs joined to it and words of attribution, but not before the trigger."""
    end = int(verb.i)
    for child in verb.rights:
        if child.i > trigger.i and (child.dep_ in {"cc", "conj", "parataxis"} or _attributes(child)):
            break
        end = max(end, int(child.right_edge.i))
    return end


def _attributes(child: Token) -> bool:
    """Whether a part of the clause only says whose word it is: "according to ..."."""
    return child.lower_ == "according"


def _trimmed(told: Tokens) -> Tokens:
    """The clause without punctuation and connectives at its ends."""
    start, end = told.start, told.end
    doc = told.doc
    while start + 1 < end and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ in {"cc", "mark"}):
        if doc[start].is_quote or doc[start].text == "(" or doc[start].lower_ in DENYING:
            break
        start += 1
    while start + 1 < end and (doc[end - 1].is_space or doc[end - 1].text in {",", ".", ";", ":", "–", "—", "-"}):
        end -= 1
    return doc[start:end]
