"""Mood: how a verb is told by its own form: negated, in the past, as a question, an order, under a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.what.governing import Link, inversion, opening_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Words that say of nobody and nothing that it was so.
NONE = frozenset({"no", "nobody", "none", "nothing", "neither"})


def in_the_past(verb: Token) -> bool:
    """Whether a clause is in the past or perfect: what it tells is not what the words above it plan or fear."""
    helpers = syntax.auxiliaries(verb)
    if any(aux.tag_ == "MD" or aux.tag_ == "TO" for aux in helpers):
        return False
    if verb.tag_ == "VBD" or any(aux.tag_ == "VBD" for aux in helpers):
        return True
    perfect = any(aux.lower_ in {"has", "have", "'ve", "had"} for aux in helpers)
    return perfect or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"})


def in_the_present(verb: Token) -> bool:
    """Whether a clause is in the simple present, active or passive."""
    finite = [aux for aux in syntax.auxiliaries(verb) if aux.tag_ in {"VBZ", "VBP", "VBD", "MD"}]
    return (finite[0] if finite else verb).tag_ in {"VBZ", "VBP"}


def years_later(verb: Token) -> Token | None:
    """The word that looks back from later on: "would die in exile three years later"."""
    words = (word for child in verb.children if child.dep_ in {"advmod", "npadvmod", "prep"} for word in child.subtree)
    later = next((word for word in words if word.lower_ == "later"), None)
    if later is None or not any(word.ent_type_ in {"DATE", "TIME"} or word.tag_ == "CD" for word in later.lefts):
        return None
    return later


def questions(doc: Doc) -> dict[int, Token]:
    """The tokens of every question, with the token that ends it."""
    asked: dict[int, Token] = {}
    for sent in doc.sents:
        last = sent[-1]
        if last.text.startswith("?") or (last.is_quote and len(sent) > 1 and sent[-2].text == "?"):
            asked.update(dict.fromkeys(range(sent.start, sent.end), last))
    return asked


def opens_with_an_order(verb: Token) -> bool:
    """Whether a sentence opens with a bare verb, as headlines do: "Free the pilots, union tells board"."""
    bare = verb.tag_ == "VB" and verb.dep_ in {"advcl", "ccomp", "parataxis", "dep"} and bool(verb.is_sent_start)
    return bare and not any(child.i < verb.i or child.dep_ in syntax.SUBJECTS for child in verb.children)


def lender_of(verb: Token, link: Link) -> Token | None:
    """The first of joined verbs, where the later shares its auxiliaries: "could attack and kill"."""
    first = link.governor
    if link.kind != "joined" or first is None or first.pos_ not in {"VERB", "AUX"}:
        return None
    if any(child.dep_ in syntax.SUBJECTS or child.dep_ in {"aux", "auxpass"} for child in verb.children):
        return None
    if verb.tag_ == "VB" and (first.tag_ == "VB" or first.pos_ == "VERB"):
        return first
    if verb.tag_ == first.tag_ and verb.tag_ in {"VBN", "VBG"} and syntax.auxiliaries(first):
        return first
    if verb.tag_ == "VBD" and first.tag_ == "VBN" and syntax.auxiliaries(first):
        either = any(child.dep_ == "cc" and child.lower_ in {"or", "nor"} for child in first.children)
        return first if either or syntax.modal(first) is not None else None
    return None


def shared_negation(first: Token) -> Token | None:
    """The negation of the first of joined verbs, where the later has a part in it."""
    if any(child.dep_ == "cc" and child.lower_ == "but" for child in first.children):
        return None
    return negation_of(first)


def _limits(word: Token) -> bool:
    """Whether a "not" only says that there was more, or when: "did not merely loot", "not until May did they leave"."""
    after = word.nbor(1).lower_ if word.i + 1 < len(word.doc) else ""
    return after in {"merely", "only", "just", "simply", "until", "least"}


def _nobody(noun: Token) -> Token | None:
    """The word that makes a noun nobody or nothing: "no", "none", "not one", "not a single"."""
    for word in (noun, *noun.lefts):
        if word.lower_ in NONE or word.lower_ == "no-one":
            return word
        if word.lower_ not in {"one", "single"} or not word.i:
            continue
        before = word.nbor(-1)
        first = before.nbor(-1) if before.lower_ == "a" and before.i else before
        if first.lower_ in {"no", "not"}:
            return first
    return None


def negation_of(verb: Token) -> Token | None:
    """What negates a verb: also an object that is nobody or nothing, and "neither", "nor"."""
    edge = verb.left_edge
    if edge.i and edge.nbor(-1).lower_ == "nor" and edge.tag_[0] != "W":  # ".., nor did they sign": of the verb above
        return edge.nbor(-1)
    for child in verb.children:
        if child.dep_ == "neg" and _limits(child):
            continue
        if child.dep_ == "neg" or (
            child.lower_ in {"never", "nor", "neither"}
            and child.dep_ in {"advmod", "cc", "preconj"}
            and child.i < verb.i
        ):
            return child
        if child.lower_ in {"hardly", "scarcely"} and child.i < verb.i and syntax.modal(verb) is not None:
            return child
        if child.dep_ in {"aux", "auxpass"}:  # parsers hang a "not" on the auxiliary of a long sentence
            low = next((word for word in child.rights if word.dep_ == "neg"), None)
            if low is not None:
                return low
        nobody = _nobody(child) if child.dep_ in {"nsubj", "nsubjpass", "dobj"} else None
        if nobody is not None:
            return nobody
    return None


def is_conditional(verb: Token) -> bool:
    """Whether a condition stands with the verb, or with the first of those that it is joined to."""
    first = verb.head if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} else verb
    for child in (*verb.children, *(first.lefts if first.i != verb.i else ())):
        if child.dep_ == "advcl":
            opening = opening_of(child)
            if (opening is not None and opening.lower_ in {"if", "unless"}) or inversion(child) is not None:
                return True
            if child.lower_ == "had" and any(low.dep_ == "ccomp" and low.i > child.i for low in child.rights):
                return True  # "had the senate passed it": read as a verb with a clause
    return False


def would_have(verb: Token | None) -> bool:
    """Whether a verb tells what would have been."""
    if verb is None or syntax.modal(verb) is None:
        return False
    return any(aux.lower_ in {"have", "'ve"} for aux in syntax.auxiliaries(verb))


def until_then(copula: Token, word: Token) -> bool:
    """Whether a clause tells what was done then, and not before: "it was not until May that they fled"."""
    subject = any(child.lower_ == "it" for child in copula.lefts)
    until = any(child.lower_ == "until" and child.i < word.i for child in copula.rights)
    return subject and until and in_the_past(word)
