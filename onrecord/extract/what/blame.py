"""Blame: whom the words around a noun make the doer of its act: "blamed the rebels for the attack".

Also who takes it upon himself ("claimed responsibility for the attack"). Whether he did it, the status says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.what.constructions import Part, heads_under, joined
from onrecord.extract.what.predicates import Told, lemma
from onrecord.lexicon import Row

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs that say of an act who did it: "an attack carried out by rebels".
DOING = frozenset({"carry", "perpetrate", "commit", "stage", "launch", "conduct", "mount", "organise", "organize"})


def blamed(told: Told, rows: Mapping[str, Row]) -> Iterator[tuple[Part, Row, Token]]:
    """Who is made the doer of an act told by a noun, with the row that says so and its word."""
    noun = told.head
    if noun.dep_ in {"pobj", "pcomp"} and (noun.pos_ == "NOUN" or noun.tag_ == "VBG"):
        word, between = noun.head.head, noun.head.lower_
        word = _above(word)
        yield from _found(word, between, rows)
    elif noun.pos_ == "NOUN" and noun.dep_ in {"dobj", "nsubjpass"}:
        yield from _found(noun.head, "object", rows)


def by_whom(told: Told) -> Iterator[Token]:
    """Who did an act that a participle after its noun says was done: "the attack, carried out by rebels"."""
    for verb in told.head.rights:
        if verb.dep_ == "acl" and verb.tag_ == "VBN" and lemma(verb) in DOING:
            yield from syntax.by_agents(verb)


def _above(word: Token) -> Token:
    """The verb that a preposition belongs to, also where a parser hangs it on the verb's object."""
    if word.lower_ in {"credit", "responsibility"}:
        return word.head
    return word.head if word.dep_ in {"dobj", "nsubjpass", "attr"} and word.head.pos_ in {"VERB", "AUX"} else word


def _found(word: Token, act: str, rows: Mapping[str, Row]) -> Iterator[tuple[Part, Row, Token]]:
    for key in _keys(word):
        row = rows.get(key)
        if row is not None and row["act"] == act:
            yield from ((Part("actor", t, row.rule), row, word) for t in _doers(word, row["doer"]))
            return


def _keys(word: Token) -> Iterator[str]:
    """What may be the key of a word: with its noun or adjective, with a preposition, or alone."""
    own = lemma(word) if word.pos_ in {"VERB", "AUX"} else word.lower_
    lower = [low for child in word.children if child.dep_ in {"dobj", "nsubjpass"} for low in child.rights]
    for child in (*word.rights, *lower):
        if child.dep_ in {"dobj", "oprd", "acomp", "ccomp", "prep", "attr"}:
            yield f"{own} {child.lower_}"
    yield own
    yield from (child.lower_ for child in word.rights if child.dep_ == "acomp")


def _doers(word: Token, where: str) -> Iterator[Token]:
    if where == "subject" and word.dep_ == "amod":  # "held the rebels responsible"
        yield word.head
    elif where == "subject":
        verb = word if word.pos_ in {"VERB", "AUX"} else word.head
        above = verb.head.head if verb.dep_ == "acl" and verb.tag_ == "VBG" else verb
        yield from syntax.subjects(verb) or syntax.subjects(above)  # "sent letters claiming responsibility"
    elif where == "object":
        for child in word.children:
            if child.dep_ in {"dobj", "nsubjpass"} or (child.dep_ == "ccomp" and child.pos_ == "ADJ"):
                yield from joined(child) if child.pos_ != "ADJ" else syntax.subjects(child)
    else:
        lower = [low for child in word.children if child.dep_ in {"dobj", "nsubjpass"} for low in child.rights]
        for child in (*word.rights, *lower):  # a parser may hang "to the rebels" on the act
            if child.dep_ == "prep" and child.lower_ == where:
                yield from heads_under(child)
