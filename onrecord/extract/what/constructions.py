"""Constructions: parts in an act that the words around its complement give, where the act itself names nobody.

"Lestania demanded that Norvane withdraw" is a demand on Norvane; "threatened to bomb the port" is a threat to the port;
"rejected the envoy's proposal" rejects the envoy. They are asked only when no plainer rule found the recipient.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.what.predicates import Predicates, Told, lemma
from onrecord.record import EventType

if TYPE_CHECKING:
    from spacy.tokens import Token

# Acts whose clause names whom they are aimed at as its subject: "demanded that Norvane withdraw", "allowed him to".
ASKING = frozenset({EventType.REQUEST, EventType.CONCEDE, EventType.SUPPORT, EventType.AID})
# Acts by words aimed at whom their clause is aimed at: "offered to meet the rebels", "threatened to bomb the port".
COMMITTING = frozenset({EventType.AGREE, EventType.THREATEN, EventType.REJECT, EventType.CONCEDE})
# Acts that harm whom they are done to, and acts by words that may be of such.
HARM = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.ACCUSE, EventType.SANCTION})
HARMING = frozenset({EventType.THREATEN, EventType.REJECT})
# Acts aimed at whose thing their object is: "praised the mayor's patience", "rejected a Norvanian proposal".
JUDGING = frozenset(
    {EventType.SUPPORT, EventType.REJECT, EventType.ACCUSE, EventType.CONCEDE, EventType.REQUEST, EventType.SANCTION}
)
# Verbs that lay an act on somebody: whoever is accused is the doer of what the accusation names.
ACCUSING = frozenset({"accuse", "charge", "convict", "suspect", "blame", "indict", "try", "sentence", "jail", "arrest"})
TOWARDS = frozenset({"to", "with", "against", "from", "on", "at", "upon", "for"})
# How many of joined names are looked at, and how far a word may be from the verb that it hangs on.
MANY = 40
CLIMB = 7


@dataclass(frozen=True, slots=True)
class Part:
    """A word that takes a part, and the rule of syntax that says so."""

    name: str
    token: Token
    rule: str


def joined(token: Token) -> tuple[Token, ...]:
    """A word and those joined to it by and, or, but; of an endless list the first forty."""
    return tuple(islice(_down(token), MANY))


def _down(token: Token) -> Iterator[Token]:
    waiting = [token]
    while waiting:
        word = waiting.pop(0)
        yield word
        waiting += (child for child in word.rights if child.dep_ == "conj")


def heads_under(preposition: Token) -> tuple[Token, ...]:
    """What stands under a preposition; a dative without one stands for itself."""
    if preposition.pos_ in {"NOUN", "PROPN", "PRON"}:
        return joined(preposition)
    return tuple(head for child in preposition.children if child.dep_ == "pobj" for head in joined(child))


def aimed_at(told: Told, known: Predicates) -> Iterator[tuple[Part, ...]]:
    """Whom an act is aimed at by its construction: groups of parts, of which the first that names somebody counts."""
    type_ = EventType(told.row["type"]) if told.row is not None else EventType.OTHER
    heads = [told.head] if told.light is None else [told.head, told.light]
    if told.nominal and told.light is None and told.head.dep_ == "dobj":
        heads.append(told.head.head)  # "repeated its demand that ..."
    for head in heads:
        if type_ in ASKING:
            yield tuple(_asked(head))
        if type_ in COMMITTING:
            yield tuple(_in_complement(head, known, to_harm=type_ in HARMING))
    if type_ in JUDGING and not told.nominal:
        yield tuple(_owners(told.head, known, of_all=type_ is EventType.REQUEST))
    if type_ is EventType.THREATEN:
        yield tuple(part for head in heads for part in _on_condition(head))
        yield tuple(part for head in heads for part in _where_harmed(head))
    if type_ is EventType.PROTEST:
        yield tuple(_owners_under(told.head, known))
    if type_ in {EventType.PROTEST, EventType.ASSAULT}:
        yield from _by_purpose(heads[-1], known, type_)


def _on_condition(word: Token) -> Iterator[Part]:
    """Who must do what keeps a threat from being carried out: "threatened to attack unless Norvane withdrew"."""
    clauses = [word, *(low for low in word.rights if low.dep_ in {"xcomp", "ccomp", "acl"})]
    for clause in clauses:
        for condition in clause.rights:
            if condition.dep_ == "advcl" and any(w.lower_ in {"if", "unless"} for w in condition.lefts):
                subjects = [child for child in condition.lefts if child.dep_ in {"nsubj", "nsubjpass"}]
                yield from (Part("recipient", t, "participants.on-condition") for s in subjects for t in joined(s))


def _where_harmed(word: Token) -> Iterator[Part]:
    """The place that a threat is to be carried out in, or whose thing is to be harmed."""
    for clause in word.rights:
        if clause.dep_ not in {"xcomp", "acl"}:
            continue
        holders = [clause, *(low for low in clause.rights if low.dep_ == "dobj")]
        for holder in holders:
            for child in holder.rights:
                if child.dep_ == "prep" and child.lower_ in {"in", "of"}:
                    yield from (Part("recipient", t, "participants.where-harmed") for t in heads_under(child))


def _owners_under(noun: Token, known: Predicates) -> Iterator[Part]:
    """Whose act a protest is about: "a strike in protest of the council's refusal", "riots over the king's laws"."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "over", "about", "at", "against"}:
            for thing in heads_under(child):
                yield from _owners_of(thing, known, of_all=True)


def _by_purpose(word: Token, known: Predicates, type_: EventType) -> Iterator[tuple[Part, ...]]:
    """Whom an act is aimed at by what it is done for: "marched to demand the mayor's resignation"."""
    for clause in word.rights:
        if clause.dep_ not in {"advcl", "xcomp", "acl"} or not any(aux.tag_ == "TO" for aux in clause.lefts):
            continue
        if type_ is EventType.PROTEST:
            yield tuple(_owners(clause, known, of_all=True))
        yield tuple(Part("recipient", t, "participants.by-purpose") for t in syntax.objects(clause))


def _asked(word: Token) -> Iterator[Part]:
    """The subject of what is demanded, if it is no pronoun of the demander's own."""
    for clause in word.rights:
        if clause.dep_ in {"ccomp", "acl", "relcl"} and (
            clause.tag_ in {"VB", "VBP"} or syntax.modal(clause) is not None
        ):
            subjects = [child for child in clause.lefts if child.dep_ in {"nsubj", "nsubjpass"}]
            for subject in subjects:
                yield from (Part("recipient", t, "participants.asked-in-clause") for t in joined(subject))


def _in_complement(word: Token, known: Predicates, to_harm: bool) -> Iterator[Part]:
    """Whom the promised, threatened or refused act is aimed at; who is to be harmed is not promised anything."""
    for clause in word.rights:
        if (
            clause.dep_ not in {"xcomp", "acl", "ccomp"}
            or clause.tag_ not in {"VB", "VBG"}
            or syntax.has_subject(clause)
        ):
            continue
        if not to_harm and any(row["type"] in HARM for row in known.verbs.get(lemma(clause), ())):
            continue
        for child in clause.rights:
            if child.dep_ in {"dobj", "dative"} and child.pos_ != "ADP":
                yield from (Part("recipient", t, "participants.in-complement") for t in joined(child))
                yield from _towards(child)
        yield from _towards(clause)


def _towards(word: Token) -> Iterator[Part]:
    for child in word.rights:
        if child.dep_ in {"prep", "dative"} and child.lower_ in TOWARDS:
            yield from (Part("recipient", t, "participants.in-complement") for t in heads_under(child))


def _owners(verb: Token, known: Predicates, of_all: bool) -> Iterator[Part]:
    """Whose thing the object is: "praised the mayor's patience", "rejected an offer from the rebels".

    Of an act the doer, never the one it was done to: "condemned the murder of the poet by the police" is no word
    against the poet. With ``of_all`` both: who demands the removal of the mayor demands it of him.
    """
    for thing in verb.rights:
        if thing.dep_ == "dobj":
            yield from _owners_of(thing, known, of_all)


def _owners_of(thing: Token, known: Predicates, of_all: bool) -> Iterator[Part]:
    row = known.event_noun(thing)
    owns = of_all or row is None or row["possessor"] == "actor"
    words = {"by", "from", "with", "against", "of"} if of_all or row is None else {"by", "from", "with"}
    for child in thing.children:
        beside = child.dep_ in {"amod", "compound"} and child.pos_ in {"PROPN", "ADJ"}
        if owns and (child.dep_ == "poss" or beside):
            yield from (Part("recipient", t, "participants.object-owner") for t in joined(child))
        elif child.dep_ == "prep" and child.lower_ in words:
            yield from (Part("recipient", t, "participants.object-owner") for t in heads_under(child))


def accused_of(preposition: Token) -> tuple[Token, ...]:
    """Who is said to have done what stands under a noun: "convicted of offences, including robbing the monks"."""
    word = preposition
    for _ in range(CLIMB):
        if word.head.i == word.i:
            return ()
        word = word.head
        if word.pos_ in {"VERB", "AUX"}:
            break
        owner = tuple(child for child in word.lefts if child.dep_ == "poss")
        if owner:
            return owner
    if lemma(word) not in ACCUSING:
        return ()
    passive = [child for child in word.lefts if child.dep_ == "nsubjpass"]
    return tuple(h for child in passive for h in joined(child)) or syntax.objects(word)
