"""Descriptions: noun phrases that stand for persons, groups, bodies and places without naming them.

Heads come from the lexicons of nouns, never from everything. Generic and empty phrases ("any official"), predicates
("is a ruler") and the titles of names are no descriptions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.syntax import noun_phrase
from onrecord.extract.who.found import Found
from onrecord.extract.who.vocabulary import Noun, Vocabulary, because
from onrecord.names import fold
from onrecord.record import Form, Kind, Reason

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
EMPTY = frozenset({"no", "any", "every", "each", "what", "which", "whatever", "such", "either", "neither"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
MODIFIES = frozenset({"compound", "nmod", "amod", "npadvmod", "det"})
QUANTIFIERS = frozenset(
    {"dozens", "hundreds", "thousands", "scores", "tens", "millions", "number", "handful", "couple"}
)
COUNTING = frozenset({"det", "nummod", "amod", "quantmod", "predet"})
PARTS = frozenset({"one", "some", "several", "many", "most", "few", "two", "three", "four", "five", "six", "seven",
                   "eight", "nine", "ten", "another", "both", "all", "none", "others", "dozens", "hundreds",
                   "thousands", "scores", "half"})  # fmt: skip
AS_OFFICE = frozenset({
    "serve", "work", "act", "appoint", "name", "elect", "resign", "return", "remain", "know", "step", "quit", "retire",
})  # fmt: skip
ONE = frozenset({"a", "an", "another", "one"})
# What a prepositional phrase after somebody's description is about the saying, not about them.
OCCASIONS = frozenset({"interview", "statement", "speech", "condition", "conference", "email", "letter", "report"})
LONGEST = 60


def find_descriptions(parse: Parse, words: Vocabulary, names: tuple[Found, ...]) -> Iterator[Found]:
    """All descriptions, in the order of their heads."""
    taken = taken_by_names(parse.doc, words, names)
    cores = {i for name in names for i in range(name.head_start, name.head_end)}
    for token in parse.doc:
        if token.lower_ in PARTS and token.i not in cores:
            yield from _part(parse, words, token)
        if token.tag_ not in NOUN_TAGS or token.i in taken:
            continue
        noun = words.noun(token)
        if noun is not None and _describes(token, noun, cores):
            yield _description(parse, token, noun, cores)
        elif noun is None and (people := _people(parse, words, token) or _members(parse, token)) is not None:
            yield people


def taken_by_names(doc: Doc, words: Vocabulary, names: tuple[Found, ...]) -> set[int]:
    """Tokens of names and of the titles before them."""
    taken = set[int]()
    for name in names:
        taken.update(range(name.head_start, name.head_end))
        i = name.head_start - 1
        while i >= name.start and (words.title(doc[i]) is not None or doc[i].text[:1].isupper()):
            taken.add(i)
            i -= 1
        taken.update(
            j for j in range(name.start, i + 1) if doc[j].dep_ in MODIFIES and doc[j].head.i >= name.head_start
        )
    return taken


def _describes(token: Token, noun: Noun, cores: set[int]) -> bool:
    if token.dep_ in MODIFIES and token.head.i > token.i and token.head.tag_ in NOUN_TAGS:
        return False
    if is_predicate(token) or _holds_office_as(token):
        return False
    left = {child.lower_ for child in token.lefts}
    if left & EMPTY:
        return False
    plural = token.tag_ in {"NNS", "NNPS"}
    bare = not any(child.dep_ in {"det", "poss", "nummod", "predet"} for child in token.lefts)
    if noun.kind is Kind.PLACE:
        return (
            bool(left & DEFINITE) or any(child.dep_ == "poss" for child in token.lefts) or (not bare and _told(token))
        )
    if noun.kind is Kind.PERSON and bare and not plural:
        return token.dep_ in {"appos", "nsubj", "conj"} and not token.is_sent_start
    if noun.kind is Kind.ORGANISATION and bare and not plural:
        return noun.row.flag("bare")
    return noun.kind is not Kind.GROUP or not bare or plural or token.lower_ in {"people", "opposition", "staff"}


def _told(token: Token) -> bool:
    """An indefinite description that says more than its noun: "a European capital"."""
    return any(child.dep_ in {"amod", "compound"} for child in token.lefts)


def counts(token: Token) -> bool:
    """Whether a noun only counts those whom the noun after "of" stands for ("dozens of miners")."""
    return token.lower_ in QUANTIFIERS and any(child.lower_ == "of" for child in token.rights)


def is_empty(token: Token) -> bool:
    """Whether a description stands for nobody in particular ("any official")."""
    return bool({child.lower_ for child in token.lefts} & EMPTY)


def is_predicate(token: Token) -> bool:
    """Whether a noun only says what somebody is ("he was a colonel")."""
    return token.dep_ == "oprd" or (token.dep_ in {"attr", "acomp"} and token.head.lemma_ in {"be", "become", "remain"})


def _holds_office_as(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ == "as" and token.head.head.lemma_ in AS_OFFICE


def _description(parse: Parse, token: Token, noun: Noun, cores: set[int]) -> Found:
    doc = parse.doc
    start, end = extent(token)
    head = token.i
    if noun.words == 2 and token.i > 0:
        head = token.i - 1
    form = Form.DESCRIPTION
    if token.lower_ == "administration" and token.i - 1 in cores:
        form = Form.NAME
        while head - 1 in cores and head > start:
            head -= 1
    plural = token.tag_ in {"NNS", "NNPS"} or token.lower_ == "people"
    kind = Kind.GROUP if noun.kind is Kind.PERSON and plural else noun.kind
    start = min(start, head)
    reasons = (because(noun.row, parse.span(doc[head : token.i + 1])),)
    return Found(start, end, head, token.i + 1, kind, form, reasons)


def extent(token: Token) -> tuple[int, int]:
    """The tokens of a description: its phrase, without what dates it or tells of the occasion."""
    phrase = noun_phrase(token)
    start, end = phrase.start, phrase.end
    for child in token.rights:
        if child.i < end and (
            (child.dep_ == "prep" and _about_the_saying(child)) or child.dep_ in {"advmod", "case", "agent"}
        ):
            end = child.i
            break
    while end - 1 > token.i and (phrase.doc[end - 1].is_punct or phrase.doc[end - 1].is_space):
        end -= 1
    of = token.head
    if of.lower_ == "of" and token.dep_ == "pobj" and of.head.lower_ in QUANTIFIERS and start == of.i + 1:
        count = of.head
        start = min([child.left_edge.i for child in count.lefts if child.dep_ in COUNTING], default=count.i)
    while start < token.i and (
        phrase.doc[start].is_punct or phrase.doc[start].is_space or phrase.doc[start].dep_ == "cc"
    ):
        start += 1
    return max(start, token.i - LONGEST), min(end, token.i + LONGEST)


def _about_the_saying(preposition: Token) -> bool:
    return any(child.ent_type_ in {"DATE", "TIME"} or child.lemma_ in OCCASIONS for child in preposition.rights)


def _people(parse: Parse, words: Vocabulary, token: Token) -> Found | None:
    """A word for the people of a country as a noun: "the Kenyans", "two Danes"."""
    row = words.peoples.get(fold(token.text)) if token.text[:1].isupper() else None
    if row is None or token.tag_ not in NOUN_TAGS or (token.dep_ in MODIFIES and token.head.i > token.i):
        return None
    if {child.lower_ for child in token.lefts} & EMPTY or is_predicate(token):
        return None
    start, end = extent(token)
    return Found(start, end, token.i, token.i + 1, Kind.GROUP, Form.DESCRIPTION, (because(row, parse.span(token)),))


def _members(parse: Parse, token: Token) -> Found | None:
    """A capitalised word for those who belong to a people, faith or party: "Federalists", "a Federalist"."""
    if token.ent_type_ != "NORP" or not token.text[:1].isupper() or (token.dep_ in MODIFIES and token.head.i > token.i):
        return None
    left = {child.lower_ for child in token.lefts}
    plural = token.tag_ in {"NNS", "NNPS"}
    if left & EMPTY or is_predicate(token) or not (plural or left & ONE):
        return None
    start, end = extent(token)
    reason = Reason("mentions.named-entity", "NORP", parse.span(token), 0.6, model=True)
    kind = Kind.GROUP if plural else Kind.PERSON
    return Found(start, end, token.i, token.i + 1, kind, Form.DESCRIPTION, (reason,))


def _part(parse: Parse, words: Vocabulary, token: Token) -> Iterator[Found]:
    """Part of a group: "one of the officers", "dozens of them". "Hundreds of soldiers" is the soldiers themselves."""
    of = next((child for child in token.rights if child.lower_ == "of" and child.dep_ == "prep"), None)
    whole = next((child for child in of.rights if child.dep_ == "pobj"), None) if of is not None else None
    if of is None or whole is None or token.dep_ in MODIFIES or any(child.lower_ in EMPTY for child in token.lefts):
        return
    noun = words.noun(whole)
    person = noun is not None and noun.kind in {Kind.PERSON, Kind.GROUP}
    definite = any(child.lower_ in DEFINITE or child.dep_ == "poss" for child in whole.lefts)
    if not (whole.lower_ in {"them", "us"} or (person and definite)) or token.lower_ == "none" or is_predicate(token):
        return
    start, end = extent(token)
    kind = (
        Kind.PERSON
        if token.lower_ in {"one", "another"} and noun is not None and noun.kind is Kind.PERSON
        else Kind.GROUP
    )
    reason = Reason("mentions.part", f"{token.lower_} of", parse.between(token, of))
    yield Found(start, end, token.i, token.i + 1, kind, Form.DESCRIPTION, (reason,))
