"""What was not said: words uttered by nobody, refused, or only thought of.

``unsaid-words`` holds what denies an utterance beside plain negation: whose utterance fails ("fails to say", "stops
short of saying"), what is said ("nothing"), to whom ("nobody"), when ("at no point", "has yet to").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from onrecord.extract.syntax import negation
from onrecord.lexicon import Row

if TYPE_CHECKING:
    from spacy.tokens import Token

Rows = Mapping[str, Row]

UNREAL = frozenset({"if", "unless", "whether", "lest"})
# Verbs that put no doubt on the infinitive under them: "went on to say"; "rang to say".
ONWARD = frozenset(
    {"go", "continue", "begin", "start", "proceed", "seem", "appear", "come", "rush", "step", "have", "use", "rise"}
    | {"ring", "call", "phone", "text", "write", "radio", "stand", "return", "stop"}
)
# Verbs under which an infinitive of speech is a refusal to speak.
REFUSES = frozenset({"decline", "refuse"})
UTTERED = frozenset({"would", "could", "might", "may", "should", "will", "shall", "must", "can", "'ll", "'d", "wo"})
WILL = frozenset({"would", "will", "could", "can", "'ll", "'d", "wo", "ca"})
# The longest way up from a verb of speech to what denies it: "has yet to say", "without having said".
UP = 3


def is_unreal(verb: Token) -> bool:
    """Whether the words were not uttered, only thought of: "would say", "if he said", "to say"."""
    denied = negation(verb) is not None
    for child in verb.lefts:
        if child.dep_ == "aux" and child.lower_ in UTTERED:
            return not (denied and child.lower_ in WILL)  # "would not say" is a refusal
        if child.dep_ == "mark" and child.lower_ in UNREAL:
            return True
        if child.dep_ == "aux" and child.lower_ == "to":
            return not (verb.dep_ in {"xcomp", "advcl"} and verb.head.lemma_ in ONWARD | REFUSES)
    return False


def what_denies(verb: Token, rows: Rows) -> tuple[Token, Row | None] | None:
    """The word that tells that something was not said, and its row (``None``: plain negation)."""
    found = negation(verb)
    if found is not None:
        return found, None
    for token in (*_beside(verb), *_above(verb)):
        row = rows.get(token.lemma_.lower()) or rows.get(token.lower_)
        if row is not None and _denies(token, row):
            return token, row
    return None


def _beside(verb: Token) -> Iterator[Token]:
    """Who is told, what is said, and the fronted time: "told nobody", "said nothing", "at no point did he say"."""
    for child in verb.children:
        if child.dep_ in {"dobj", "dative"}:
            yield child
            yield from child.lefts
        elif child.dep_ in {"prep", "advmod", "npadvmod"} and (child.i < verb.i or child.lower_ == "to"):
            yield child
            for noun in child.rights:
                if noun.dep_ == "pobj":
                    yield noun
                    yield from noun.lefts


def _above(verb: Token) -> Iterator[Token]:
    """What governs the verb: "failed to say", "without saying", "has yet to say", "no reason to say"."""
    token = verb
    for _ in range(UP):
        if token.dep_ not in {"xcomp", "pcomp", "acl", "prep", "ccomp"} or token.head.i == token.i:
            return
        if token.dep_ == "ccomp" and not any(child.lower_ == "to" for child in token.lefts):
            return
        token = token.head
        yield token
        if token.dep_ in {"dobj", "attr", "pobj"}:
            yield from token.lefts
        yield from (child for child in token.children if child.lower_ == "yet" and child.dep_ == "advmod")


def _denies(token: Token, row: Row) -> bool:
    if row["class"] == "no":
        return token.dep_ == "det"
    if row["class"] == "verb":
        return token.pos_ in {"VERB", "AUX"}
    return True
