"""Questions about the parse that several stages ask: phrases, subjects, negation, clauses.

Labels are those of ClearNLP as used by spaCy's English pipelines (nsubj, dobj, ccomp ...). Functions take and give
tokens of one Doc; they never leave the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj"})
# How far a verb without a subject looks up for one: keeps endless sentences linear.
FAR = 24
# More dependents than any verb of a real sentence has.
CROWD = 80
# More words than stand between any word of a real sentence and its verb: keeps endless sentences linear.
DEEP = 100


def phrase(token: Token) -> Tokens:
    """The whole phrase under a token: its subtree from the first to the last token."""
    return token.doc[token.left_edge.i : token.right_edge.i + 1]


def noun_phrase(token: Token) -> Tokens:
    """A noun's phrase without what only follows it by comma: "the minister" of "the minister, who left, said".

    Restrictive clauses and prepositional phrases stay; a conjunct of the noun ("and the general") does not.
    """
    end = token.i
    for child in token.rights:
        if child.dep_ in {"conj", "cc", "punct", "appos", "advcl", "parataxis"}:
            break
        if (
            child.dep_ in {"relcl", "acl"}
            and end + 1 < len(token.doc)
            and token.doc[end + 1].text in {",", "–", "—", "-"}
        ):
            break
        end = max(end, child.right_edge.i)
    return token.doc[token.left_edge.i : end + 1]


def subjects(verb: Token) -> tuple[Token, ...]:
    """The heads of a verb's subject, conjuncts included; through conjunction and control where it has none itself.

    "He came and left": the subject of "left" is that of "came". "They agreed to meet": that of "agreed".
    Empty where none is said.
    """
    for verb_ in _up_to_a_subject(verb):
        found = [child for child in verb_.lefts if child.dep_ in SUBJECTS]
        found += [child for child in verb_.rights if child.dep_ in SUBJECTS]
        if found:
            return tuple(head for child in found for head in with_conjuncts(child))
    return ()


def _up_to_a_subject(verb: Token) -> Iterator[Token]:
    yield verb
    for _ in range(FAR):
        if verb.dep_ not in {"conj", "xcomp"} or verb.head.pos_ not in {"VERB", "AUX"} or verb.head.i == verb.i:
            return
        verb = verb.head
        yield verb


def with_conjuncts(token: Token) -> tuple[Token, ...]:
    """A token and what is joined to it by and, or, but."""
    return (token, *token.conjuncts)


def objects(verb: Token) -> tuple[Token, ...]:
    """The heads of a verb's direct object, conjuncts included."""
    return tuple(head for child in verb.rights if child.dep_ in OBJECTS for head in with_conjuncts(child))


def passive(verb: Token) -> bool:
    """Whether the verb is in the passive."""
    return any(child.dep_ in {"nsubjpass", "auxpass", "csubjpass"} for child in verb.children)


def by_agents(verb: Token) -> tuple[Token, ...]:
    """Who did it, in a passive: the heads under "by"."""
    agents = [child for child in verb.rights if child.dep_ == "agent"]
    return tuple(head for by in agents for child in by.rights if child.dep_ == "pobj" for head in with_conjuncts(child))


def negation(verb: Token) -> Token | None:
    """The word that negates a verb: "not", "never", a subject with "no"; None if nothing does."""
    for child in verb.children:
        if child.dep_ == "neg" or (child.lower_ in {"never", "nor"} and child.dep_ in {"advmod", "cc", "preconj"}):
            return child
    for subject in subjects(verb):
        for word in (subject, *subject.lefts):
            if word.lower_ in {"no", "nobody", "none", "neither", "nothing"}:
                return word
    return None


def auxiliaries(verb: Token) -> tuple[Token, ...]:
    """The verb's auxiliaries and modals, in the order of the text."""
    return tuple(child for child in verb.children if child.dep_ in {"aux", "auxpass"})


def modal(verb: Token) -> Token | None:
    """The verb's modal ("could", "will"), or None."""
    return next((word for word in auxiliaries(verb) if word.tag_ == "MD"), None)


def governors(token: Token) -> Iterator[Token]:
    """The tokens above, nearest first, up to the root."""
    while token.head.i != token.i:
        token = token.head
        yield token


def has_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own."""
    return any(child.dep_ in SUBJECTS for child in verb.children)


def clause_verb(token: Token) -> Token:
    """The verb of the clause that a token stands in, itself if it is one; the highest above it if there is none."""
    if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
        return token
    above = token
    for above in islice(governors(token), DEEP):
        if above.pos_ in {"VERB", "AUX"} and above.dep_ not in {"aux", "auxpass"}:
            return above
    return above


def crowded(token: Token) -> bool:
    """Whether so much hangs on a word that it is no sentence any more: looking through it again and again is costly."""
    return token.n_lefts + token.n_rights > CROWD


def mismatched(verb: Token) -> bool:
    """Whether a joined verb does not fit the verb it is joined to: "had listed wrecks and sinking ferries"."""
    return verb.dep_ == "conj" and verb.tag_ == "VBG" and verb.head.tag_ in {"VBD", "VBN", "VBZ", "VBP", "VB"}
