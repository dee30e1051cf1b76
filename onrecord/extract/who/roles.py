"""The stage ``roles``: who holds what office, as far as the report says so in words.

Four ways of saying it: a title before the name ("Foreign Minister Orvik"), an apposition ("Orvik, the foreign
minister"), a predicate ("Orvik was the minister", "who served as the minister"), and, for those without a name, the
description itself ("a former minister").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.who.phrases import FORMER, Phrase, in_apposition, nationality, phrases
from onrecord.extract.who.vocabulary import Vocabulary, because, vocabulary
from onrecord.record import Form, Id, Kind, Reading, Reason, Role, make_id

if TYPE_CHECKING:
    from spacy.tokens import Token

CURRENT = frozenset({"current", "acting", "incumbent", "sitting", "present", "interim", "now", "serving"})
PAST_OFFICE = frozenset({"serve", "work", "act"})
PREDICATES = frozenset({"be", "become", "remain", "serve", "work", "act"})
NAMED_AS = frozenset({"appoint", "name", "elect"})
# "Stepped down as", "resigned as": with it the office is over.
LEAVING = frozenset({"step", "stand", "resign", "quit", "retire"})
THEN = frozenset({"then", "once", "formerly", "previously", "until"})
LEFT_PARTS = frozenset({"amod", "compound", "nmod", "npadvmod", "nummod", "punct", "advmod"})


@dataclass(frozen=True, slots=True)
class _Office:
    """The words of an office in tokens [start, end), and what is said of them."""

    start: int
    end: int
    of: Id | None
    former: bool | None
    adjective: int | None = None


@dataclass(frozen=True, slots=True)
class _Around:
    """What roles are read against: the mentions by their tokens, and where the report names a country."""

    words: Vocabulary
    at: dict[int, Phrase]
    countries: dict[str, list[Phrase]]

    def country(self, adjective: Token) -> Id | None:
        """The mention of the country that an adjective points to: the last one before it, else the first."""
        row = nationality(adjective, self.words)
        named = self.countries.get(row["iso"], []) if row is not None else []
        at = bisect_right(named, adjective.i, key=lambda phrase: phrase.start)
        return named[max(at - 1, 0)].mention.id if named else None


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Role, ...]:
    """The roles that a report gives, in the order of its mentions. ``holder`` and ``of`` are mentions."""
    words = vocabulary(tools.lexicons)
    found = phrases(reading, parse, words)
    at = {phrase.token.i: phrase for phrase in found}
    for phrase in found:
        if phrase.mention.form is Form.NAME:
            at.update({i: phrase for i in range(phrase.token.i, phrase.end) if i not in at})
    countries: dict[str, list[Phrase]] = {}
    for phrase in found:
        row = words.countries.get(phrase.lemma) if phrase.mention.form is Form.NAME else None
        if row is not None and phrase.mention.kind is Kind.PLACE:
            countries.setdefault(row["iso"], []).append(phrase)
    near = _Around(words, at, countries)
    roles: dict[Id, Role] = {}
    for phrase in found:
        if phrase.mention.form is Form.PRONOUN or phrase.plural:
            continue
        for role in _roles(reading, parse, phrase, near):
            roles.setdefault(role.id, role)
    return tuple(roles.values())


def _roles(reading: Reading, parse: Parse, phrase: Phrase, near: _Around) -> Iterator[Role]:
    named_person = phrase.mention.form is Form.NAME and phrase.mention.kind is Kind.PERSON
    if named_person:
        office = _title(parse, phrase, near)
        if office is not None:
            yield _role(reading, parse, phrase, office, _why_title(parse, near.words, office))
        for token in _appositions(phrase):
            other = near.at.get(token.i)
            if other is not None and _is_office(other) and _beside(phrase, other):
                described = _office(other.token, near)
                yield _role(
                    reading, parse, phrase, described, Reason("roles.apposition", token.text, parse.span(token))
                )
    elif phrase.mention.kind is Kind.PERSON and _is_office(phrase):
        office = _office(phrase.token, near)
        yield _role(reading, parse, phrase, office, Reason("roles.description", phrase.lemma, phrase.mention.head))
    if phrase.mention.kind is Kind.PERSON:
        for token, verb, former in _predicates(phrase.token, near.words):
            predicate = _office(token, near, former)
            yield _role(reading, parse, phrase, predicate, Reason("roles.predicate", verb.text, parse.span(verb)))


def _role(reading: Reading, parse: Parse, holder: Phrase, office: _Office, reason: Reason) -> Role:
    span = parse.span(parse.doc[office.start : office.end])
    key = make_id("ro", reading.document.id, holder.mention.id, span.start, span.end)
    title = " ".join(span.cut(reading.document.text).split())
    reasons = [reason]
    if office.adjective is not None:
        token = parse.doc[office.adjective]
        reasons.append(Reason("roles.of-adjective", token.text, parse.span(token)))
    return Role(key, holder.mention.id, title, span, office.of, office.former, reasons=tuple(reasons))


def _beside(phrase: Phrase, other: Phrase) -> bool:
    return in_apposition(phrase, other) if phrase.start < other.start else in_apposition(other, phrase)


def _is_office(phrase: Phrase) -> bool:
    return phrase.noun is not None and phrase.noun.kind is Kind.PERSON and phrase.noun.office


# ----------------------------------------------------------------------------------------------- the words of an office


def _office(noun: Token, near: _Around, former: bool | None = None) -> _Office:
    """The office that a noun heads: without article, "former", nationality and possessor."""
    start = noun.i
    at, words = near.at, near.words
    of: Id | None = None
    adjective: Token | None = None
    for child in reversed(list(noun.lefts)):
        if child.dep_ == "poss":
            of = _holder_of(child, at)
        if child.lower_ in FORMER:
            former = True
        elif child.lower_ in CURRENT:
            former = False
        joined = child.dep_ in LEFT_PARTS and child.right_edge.i == start - 1
        if joined and child.lower_ not in FORMER | CURRENT and nationality(child, words) is None:
            start = child.left_edge.i
            body = at.get(child.i)
            if body is not None and body.mention.form is Form.NAME and body.mention.kind is Kind.ORGANISATION:
                of = of or body.mention.id
        elif child.i in at and child.dep_ in LEFT_PARTS:
            of = of or at[child.i].mention.id
        elif child.dep_ == "amod" and nationality(child, words) is not None:
            adjective = child
    while start < noun.i and noun.doc[start].is_punct:
        start += 1
    end = noun.i + 1
    for child in noun.rights:
        if child.lower_ in {"of", "for", "in", "to"} and child.dep_ == "prep":
            inner = next((word for word in child.rights if word.dep_ == "pobj"), None)
            if inner is None:
                continue
            of = of or _holder_of(inner, at)
            if child.lower_ == "of" and inner.i not in at and inner.i - child.i == 1:
                end = inner.i + 1
    return _of_country(_Office(start, end, of, former), adjective, near)


def _of_country(office: _Office, adjective: Token | None, near: _Around) -> _Office:
    """An office that only an adjective places ("the Kenyan minister"), if the report also names the country."""
    country = near.country(adjective) if adjective is not None and office.of is None else None
    return office if adjective is None or country is None else replace(office, of=country, adjective=adjective.i)


def _holder_of(token: Token, at: dict[int, Phrase]) -> Id | None:
    phrase = at.get(token.i)
    if phrase is None or phrase.mention.form is Form.PRONOUN or phrase.mention.kind is Kind.PERSON:
        return None
    return phrase.mention.id


def _title(parse: Parse, phrase: Phrase, near: _Around) -> _Office | None:
    """The office before a name, in capitals or small letters."""
    doc = parse.doc
    head = parse.tokens(phrase.mention.head)[0].i
    first = next((i for i in range(phrase.start, head) if doc[i].tag_ not in {"DT", "PRP$", "POS"}), head)
    at, words = near.at, near.words
    former: bool | None = None
    of: Id | None = None
    adjective: Token | None = None
    start = None
    for i in range(first, head):
        token = doc[i]
        if token.lower_ in FORMER:
            former, start = True, None
        elif token.lower_ in CURRENT:
            former, start = False, None
        elif i in at:
            of, start = at[i].mention.id, None
        elif token.tag_ == "POS" or token.is_punct:
            start = None
        elif nationality(token, words) is not None:
            adjective, start = token, None
        elif start is None:
            start = i
    if start is None or not any(_office_word(token, words) for token in doc[start:head]):
        return None
    return _of_country(_Office(start, head, of, former), adjective, near)


def _office_word(token: Token, words: Vocabulary) -> bool:
    title = words.title(token)
    noun = words.noun(token)
    return (title is not None and title.flag("office")) or (noun is not None and noun.office)


def _why_title(parse: Parse, words: Vocabulary, office: _Office) -> Reason:
    for token in parse.doc[office.start : office.end]:
        title = words.title(token)
        if title is not None:
            return because(title, parse.span(token))
    return Reason("roles.title", "before the name", parse.span(parse.doc[office.start : office.end]))


# ----------------------------------------------------------------------------------------------- where it is said


def _appositions(phrase: Phrase) -> Iterator[Token]:
    """Nouns in apposition to a mention, on either side."""
    for child in phrase.token.rights:
        if child.dep_ == "appos":
            yield child
    if phrase.token.dep_ == "appos":
        yield phrase.token.head


def _predicates(token: Token, words: Vocabulary) -> Iterator[tuple[Token, Token, bool | None]]:
    """The office nouns that are said of a subject, the verb that says so, and whether it is over."""
    verbs = [child for child in token.rights if child.dep_ == "relcl" and _who(child)]
    if token.dep_ in {"nsubj", "nsubjpass"}:
        verbs.append(token.head)
    for verb in verbs:
        if verb.lemma_ not in PREDICATES | NAMED_AS | LEAVING or any(child.dep_ == "neg" for child in verb.children):
            continue
        for noun in _said_of(verb):
            known = words.noun(noun)
            if known is not None and known.office and noun.tag_ in {"NN", "NNP"}:
                yield noun, verb, _is_over(verb, clause=verb.dep_ == "relcl")


def _who(verb: Token) -> bool:
    return any(child.lower_ in {"who", "that"} and child.dep_.startswith("nsubj") for child in verb.lefts)


def _said_of(verb: Token) -> Iterator[Token]:
    for child in verb.rights:
        if child.dep_ in {"attr", "oprd"} and verb.lemma_ not in PAST_OFFICE:
            yield child
        elif child.lower_ == "as" and verb.lemma_ not in {"be", "become", "remain"}:
            yield from (inner for inner in child.rights if inner.dep_ == "pobj")


def _at_the_time(preposition: Token) -> bool:
    return preposition.lower_ == "at" and any(child.lower_ == "time" for child in preposition.rights)


def _has_left(verb: Token) -> bool:
    return verb.tag_ == "VBN" and all(child.lemma_ == "have" for child in verb.lefts if child.dep_ == "aux")


def _is_over(verb: Token, clause: bool) -> bool | None:
    """An office told of in a clause in the past is over; one in the present is not; else nothing is said."""
    if any(child.lower_ in THEN or _at_the_time(child) for child in verb.children):
        return True
    if verb.lemma_ in LEAVING:
        return True if verb.tag_ == "VBD" or _has_left(verb) else None
    if any(child.dep_ == "aux" for child in verb.children):
        return None
    if verb.tag_ in {"VBZ", "VBP"}:
        return False
    return True if clause and verb.tag_ == "VBD" and verb.lemma_ != "become" else None
