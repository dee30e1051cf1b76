"""Governing: what each clause and noun hangs on, and how; the way up that modality composes along."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.extract import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

# Relations of a verb to what it stands beside, and not under.
# Words that, put first, turn verb and subject round without a condition: "hardly had he left when ..".
FRONTED = frozenset({"hardly", "scarcely", "no", "never", "rarely", "seldom", "not", "only", "nor", "neither", "so"})
# Verbs of wanting something done: "ordered the bridges blown".
WISHING = frozenset({"order", "want", "demand", "need", "fear", "believe", "see", "get"})
SAME = frozenset({"parataxis", "appos", "dep", "attr", "acomp", "intj", "meta", "nsubj", "nsubjpass", "agent", "conj"})
# Words that set what follows apart from what is told.
APART = frozenset({"without", "instead of", "rather than", "but for", "ahead of"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "such"})


@dataclass(frozen=True, slots=True)
class Link:
    """What a clause or noun hangs on: the governing word, how, and the preposition or marker between."""

    kind: str
    governor: Token | None = None
    frame: str = ""
    between: Token | None = None


def link_of(word: Token) -> Link:
    """What a verb, noun or adjective hangs on."""
    if word.head.i == word.i:
        return Link("top")
    if word.pos_ in {"VERB", "AUX"}:
        return _link_of_verb(word)
    return _link_of_noun(word)


def _link_of_verb(verb: Token) -> Link:
    above, dep = verb.head, verb.dep_
    if verb.i and _two_words(verb.nbor(-1)) in APART:
        return Link("marked", _nearest(above), "", verb.nbor(-1))
    opening = opening_of(verb) if dep == "conj" else None
    if opening is not None and opening.lower_ == "whether":
        return Link("marked", above, "that", opening)
    if dep == "conj":
        return Link("joined", _of_like_form(verb, above))
    if dep in {"ccomp", "csubj", "csubjpass"}:
        return _under_clause(verb, above)
    if dep == "xcomp":
        return Link("clause", above, _frame(verb))
    if dep == "pcomp" or (dep == "pobj" and verb.tag_ == "VBG"):
        return _under_preposition(verb, above)
    if dep == "advcl":
        return _adverbial(verb, above)
    if dep in {"ccomp", "parataxis", "dep"} and inversion(verb) is not None:
        return Link("marked", above, "", inversion(verb))
    if dep == "ccomp" and _not_only(verb):
        return Link("same", above)
    if dep == "acl" and verb.tag_ == "VBN" and above.dep_ == "dobj" and above.head.lemma_ in WISHING:
        return Link("clause", above.head, "noun-done")
    if dep == "acl":
        if has_to(verb) or _that(verb):
            return Link("clause", above, "to" if has_to(verb) else "that")
        return Link("described", above)
    if dep == "amod":
        return Link("described", above)
    if dep == "relcl":
        if has_to(verb) or _that(verb):
            return Link("clause", above, "to" if has_to(verb) else "that")
        return Link("described", above)
    return Link("same" if dep in SAME else "clause", above, _frame(verb))


def _not_only(verb: Token) -> bool:
    """As in "not only did the minister approve it, he took a share": two clauses side by side."""
    words = list(verb.doc[verb.left_edge.i : min(verb.left_edge.i + 2, len(verb.doc))])
    return [w.lower_ for w in words] == ["not", "only"]


def _of_like_form(verb: Token, above: Token) -> Token:
    """The verb that a joined one belongs beside: "hoped to sell the mill but lost it" joins "lost" to "hoped"."""
    if (
        verb.tag_ in {"VB", "VBP"}
        and above.tag_ in {"VBD", "VBN", "VBZ", "VBP"}
        and not _helped(verb)
        and not _helped_by_do(above)
    ):
        lower = [c for c in above.rights if c.i < verb.i and c.tag_ == "VB" and c.dep_ in {"xcomp", "advcl", "ccomp"}]
        return lower[-1] if lower else above
    finite = verb.tag_ in {"VBD", "VBN"} or any(aux.tag_ == "VBD" for aux in syntax.auxiliaries(verb))
    if not finite or above.tag_ not in {"VB", "VBG", "VBN"} or not (has_to(above) or above.tag_ == "VBG"):
        return above
    if syntax.modal(above) is not None:
        return above
    for word in islice(syntax.governors(above), 4):
        if word.tag_ == "VBD" or (word.tag_ == "VBN" and syntax.auxiliaries(word)):
            return word
    return above


def _helped(verb: Token) -> bool:
    return any(child.dep_ in syntax.SUBJECTS or child.dep_ in {"aux", "auxpass"} for child in verb.lefts)


def _helped_by_do(verb: Token) -> bool:
    return syntax.modal(verb) is not None or any(aux.lemma_ == "do" for aux in syntax.auxiliaries(verb))


def _under_clause(verb: Token, above: Token) -> Link:
    opening = opening_of(verb)
    if opening is not None and opening.lower_ in {"if", "whether"}:
        return Link("marked", above, "that", opening)
    asking = _asking(verb)
    if asking is not None and above.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
        return Link("asked", above, "that", asking)
    return Link("clause", above, "that" if verb.tag_ != "VBG" and not has_to(verb) else _frame(verb))


def _adverbial(verb: Token, above: Token) -> Link:
    opening = opening_of(verb)
    if opening is not None and opening.lower_ == "as" and has_to(verb):  # "so as to"
        return Link("purpose", above, "to")
    if opening is not None and opening.lower_ not in {"to", "that"}:
        return Link("marked", above, "", opening)
    inverted = inversion(verb)
    if inverted is not None:
        return Link("marked", above, "", inverted)
    if has_to(verb):
        return Link("purpose", above, "to")
    return Link("same", above)


def _asking(verb: Token) -> Token | None:
    """The word that makes an indirect question of a clause: "how", "why", "who"; not of one that has to be done."""
    if has_to(verb):
        return None
    first = verb.left_edge
    for word in verb.doc[first.i : min(first.i + 3, verb.i)]:
        if (
            word.lower_ in {"how", "why", "where", "when", "who", "whom", "whose", "which", "whoever"}
            and word.tag_[0] == "W"
        ):
            return word
    return None


def _under_preposition(verb: Token, preposition: Token) -> Link:
    above = preposition.head
    asking = _asking(verb) if verb.tag_ != "VBG" else None
    if asking is not None:
        return Link("asked", _nearest(above), "that", asking)
    if _two_words(preposition) in APART:
        return Link("marked", _nearest(above), "", preposition)
    return Link("gerund", above, preposition.lower_, preposition)


def _nearest(word: Token) -> Token:
    """A verb, noun or adjective at or above a word."""
    for _ in range(4):
        if word.pos_ in {"VERB", "AUX", "NOUN", "PROPN", "ADJ", "PRON"} or word.head.i == word.i:
            return word
        word = word.head
    return word


def _two_words(word: Token) -> str:
    before = word.nbor(-1).lower_ if word.i else ""
    return f"{before} {word.lower_}" if before in {"instead", "rather", "but", "ahead"} else word.lower_


def _link_of_noun(noun: Token) -> Link:
    above, dep = noun.head, noun.dep_
    if dep == "conj":
        return Link("joined", above)
    if dep == "nsubj":
        return Link("subject", above)
    if dep in {"nsubjpass", "dobj", "obj", "dative", "oprd"}:
        return Link("object", above, "noun")
    if dep == "pobj":
        return _noun_under_preposition(noun, above)
    if dep in {"compound", "nmod", "poss"} and above.pos_ in {"NOUN", "PROPN"}:
        return Link("object", above, "noun") if dep != "poss" else Link("same", above)
    return Link("same", above)


def _noun_under_preposition(noun: Token, preposition: Token) -> Link:
    above = _nearest(preposition.head) if preposition.dep_ in {"prep", "agent", "pcomp", "dative"} else preposition.head
    if above.i == noun.i:
        return Link("top")
    if _two_words(preposition) in APART:
        return Link("marked", above, "", preposition)
    if definite(noun) and (above.pos_ == "NOUN" or preposition.lower_ in {"against", "about"}):
        return Link("prepositional", above, "granted", preposition)
    return Link("prepositional", above, preposition.lower_, preposition)


def _frame(verb: Token) -> str:
    return "to" if has_to(verb) else "ing" if verb.tag_ == "VBG" else "bare"


def has_to(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(aux.tag_ == "TO" for aux in syntax.auxiliaries(verb))


def _that(verb: Token) -> bool:
    """Whether the clause says what the noun is about: "the claim that ..", "a report that .."."""
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.lefts)


def opening_of(verb: Token) -> Token | None:
    """The word that opens a clause: its last marker ("as if"), or "when" and "where"."""
    opening = None
    for child in verb.lefts:
        if child.dep_ == "mark" or (child.dep_ == "advmod" and child.tag_ == "WRB"):
            opening = child
    return opening


def inversion(verb: Token) -> Token | None:
    """The auxiliary before the subject that makes a condition: "Had they known, .."."""
    subject = next((child for child in verb.lefts if child.dep_ in syntax.SUBJECTS), None)
    if subject is None or verb.left_edge.lower_ in FRONTED:
        return None
    for aux in syntax.auxiliaries(verb):
        if aux.i < subject.i and aux.lower_ in {"had", "should", "were"}:
            return aux
    return None


def definite(noun: Token) -> bool:
    """Whether a noun is presented as known: by an article, a possessor, a name."""
    return noun.pos_ == "PROPN" or any(child.lower_ in DEFINITE or child.dep_ == "poss" for child in noun.lefts)
