"""Kinds of acts, by the type of the word that names them: done with words, upon what is there, on no day set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.what.governing import definite, has_to
from onrecord.extract.what.mood import in_the_past
from onrecord.extract.what.predicates import Predicates, lemma
from onrecord.extract.what.presupposition import is_aside

if TYPE_CHECKING:
    from spacy.tokens import Token

# Types of acts done with words; of acts upon what is there already; of acts that nobody sets a day for: "the raid" was,
# "the talks" may come.
BY_WORDS = frozenset({"REQUEST", "AGREE", "ACCUSE"})
UPON = frozenset({"ASSAULT", "COERCE", "ACCUSE", "AID", "RETREAT", "PROTEST"})
UNSET = frozenset({"ASSAULT", "COERCE", "PROTEST", "ACCUSE", "SANCTION"})
VIOLENT = frozenset({"ASSAULT", "COERCE"})
# Prepositions of what people act upon: "resigned over the talks", "despite the ban".
REASONS = frozenset({"over", "despite", "amid", "amidst"})
# Things that befall and that nobody sets a day for.
UNBIDDEN = frozenset(
    [
        "death",
        "suicide",
        "accident",
        "crash",
        "disaster",
        "earthquake",
        "flood",
        "fire",
        "shipwreck",
        "sinking",
        "drowning",
        "famine",
        "epidemic",
        "stampede",
    ]
)
# Verbs that say of their subject only that it is or comes: "the trial is expected to open".
OF_BEING = frozenset({"be", "open", "come", "follow"})


def is_asked_for(noun: Token, known: Predicates) -> bool:
    """Whether a noun tells an act done with words, which is done once they are said: "a demand", "an offer"."""
    row = known.event_noun(noun)
    return row is not None and row["type"] in BY_WORDS


def is_said(noun: Token, known: Predicates) -> bool:
    """Whether a noun tells an act done with words, a threat too."""
    row = known.event_noun(noun)
    return row is not None and row["type"] in BY_WORDS | {"THREATEN"}


def is_violent(verb: Token, known: Predicates) -> bool:
    """Whether a verb can tell of force: "explode", "seize"."""
    return any(row["type"] in VIOLENT for row in known.verbs.get(lemma(verb), ()))


def acts_upon(verb: Token, known: Predicates) -> bool:
    """Whether the verb tells an act upon something that is there: "crushed the revolt", "denounced the raid"."""
    return any(row["type"] in UPON for row in known.verbs.get(verb.lemma_.lower(), ()) if " " not in row.key)


def is_there(noun: Token, known: Predicates) -> bool:
    """Whether a noun speaks of an act as known, and of one that nobody sets a day for: "the bombing"."""
    row = known.event_noun(noun) if definite(noun) else None
    if row is None:
        return False
    if any(verb.dep_ == "relcl" and is_aside(verb) and in_the_past(verb) for verb in noun.rights):
        return True  # "the election, during which he was elected anew"
    whole = row["type"] == "OTHER" and row.key not in known.fixed and any(c.lower_ == "of" for c in noun.rights)
    return row["type"] in UNSET or row.key in UNBIDDEN or whole or (noun.dep_ == "pobj" and noun.head.lower_ in REASONS)


def is_raised(noun: Token, verb: Token, known: Predicates) -> bool:
    """Whether what is expected, said .. is not that the act comes but something of it: "expected to last"."""
    for low in verb.rights:
        if low.dep_ == "xcomp" and has_to(low):
            about_itself = known.light_row(low) is not None or low.lemma_ in OF_BEING
            return definite(noun) and not about_itself and known.event_noun(noun) is not None
    return False
