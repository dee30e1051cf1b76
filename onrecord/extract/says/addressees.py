"""To whom something was said, when words of the attribution say so: "told the council", "in a letter to the owners"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.extract.parse import Tools
from onrecord.extract.says.page import Page
from onrecord.extract.syntax import passive
from onrecord.lexicon import Row
from onrecord.record import Cue

if TYPE_CHECKING:
    from spacy.tokens import Token

PEOPLE = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# Words in the place of a hearer that are none.
NOBODY = frozenset({"it", "this", "that", "these", "what", "which", "something", "nothing", "anything", "everything"})
REFLEXIVE = frozenset({"himself", "herself", "themselves", "itself", "myself"})
# Participles beside a cue that say who is spoken to: "addressing the chamber, he said".
TO_SOMEBODY = frozenset({"address", "tell", "warn", "assure", "remind", "lecture", "urge", "ask", "question"})
# Kinds of names that nobody speaks to.
NO_HEARER = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})


def hearers_of(page: Page, cue: Cue, tools: Tools) -> list[Token]:
    """The nouns of who is spoken to, the most likely first; empty if nobody is said to be."""
    row = tools.lexicons["reporting-verbs"].by_key.get(cue.lemma)
    said = {token.i for span in cue.content for token in page.parse.tokens(span)}
    speaking = {token.i for span in cue.source for token in page.parse.tokens(span)}
    found: list[Token] = []
    for span in cue.spans:
        for word in page.parse.tokens(span):
            found += [
                token
                for token in _heard(word, row)
                if token.i not in said | speaking
                and token.pos_ in PEOPLE
                and token.lower_ not in NOBODY | REFLEXIVE
                and token.ent_type_ not in NO_HEARER
                and page.inside[token.i] == page.inside[word.i]
            ]
    return list(dict.fromkeys(found))


def _heard(word: Token, row: Row | None) -> Iterator[Token]:
    tells = row is not None and row.flag("tells")
    if word.pos_ in {"VERB", "AUX"}:
        yield from _of_verb(word, tells)
    yield from _under_to(word)
    for child in word.children:
        if child.dep_ in {"prep", "dobj"}:  # "in a letter to the owners"
            for noun in (child, *child.rights):
                if noun.dep_ in {"pobj", "dobj"}:
                    yield from _under_to(noun)
        if child.dep_ == "advcl" and child.lemma_ in TO_SOMEBODY:
            yield from (noun for noun in child.rights if noun.dep_ == "dobj")


def _of_verb(verb: Token, tells: bool) -> Iterator[Token]:
    if passive(verb):
        if tells:
            yield from (child for child in verb.lefts if child.dep_ == "nsubjpass")
        return
    for child in verb.rights:
        if (child.dep_ == "dative" and child.pos_ in PEOPLE) or (
            child.dep_ == "dobj" and (tells or child.lower_ in {"him", "her", "them", "me", "us", "you"})
        ):
            yield child
        elif child.dep_ in {"ccomp", "xcomp"} and tells and _has_to(child):
            yield from (word for word in child.lefts if word.dep_ == "nsubj")
        elif child.dep_ == "prep" and child.lower_ == "with" and verb.lemma_ in {"plead", "agree", "joke"}:
            yield from (word for word in child.rights if word.dep_ == "pobj")


def _has_to(clause: Token) -> bool:
    return any(word.lower_ == "to" and word.dep_ == "aux" for word in clause.lefts)


def _under_to(word: Token) -> Iterator[Token]:
    for child in word.rights:
        if child.dep_ in {"prep", "dative"} and child.lower_ == "to":
            yield from (noun for noun in child.rights if noun.dep_ == "pobj")
