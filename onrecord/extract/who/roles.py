"""The stage ``roles``: who holds what office, as far as the report says so in words.

Four ways of saying it: a title before the name ("Foreign Minister Orvik"), an apposition ("Orvik, then the foreign
minister"), a verb ("Orvik was named minister", "who has led the ministry since 2014"), and, for those without a name,
the description itself ("a former minister"). When somebody held it is settled later, by the stage ``tenure``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.syntax import crowded
from onrecord.extract.who.careers import (
    BEGINS,
    ENDS,
    Careers,
    Told,
    careers,
    is_perfect,
    is_present,
    told_by,
    told_by_noun,
    under,
)
from onrecord.extract.who.offices import HELD, Around, Office, bare_name, before_name, described, why_title
from onrecord.extract.who.phrases import Phrase, in_apposition, phrases
from onrecord.extract.who.vocabulary import because, vocabulary
from onrecord.record import Form, Id, Kind, Reading, Reason, Role, make_id

if TYPE_CHECKING:
    from spacy.tokens import Token

# Pronouns that stand for one person.
ONE_PERSON = frozenset({"he", "she", "him", "her", "his", "i", "my"})
# Words between a name and an office in apposition: "Orvik, until March the head of ...".
BETWEEN = 6
SIGNALS = frozenset({"since", "until", "till", "for", "from"})
# To lead one of these is no office.
PASSING = frozenset({"campaign", "delegation", "mission", "opposition"})
THINGS = frozenset({"head", "chair"})
REPLACED = "roles.replaced"
DESCRIPTION = "roles.description"
Found = tuple[Phrase, Office, Reason]


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Role, ...]:
    """The roles that a report gives, in the order of its mentions. ``holder`` and ``of`` are mentions."""
    words = vocabulary(tools.lexicons)
    found = phrases(reading, parse, words)
    near = Around.of(found, parse, words, careers(tools.lexicons))
    roles: dict[Id, Role] = {}
    claimed = (*_of_mentions(found, near), *_by_verbs(near), *_by_nouns(near))
    given = {office.head for _, office, reason in claimed if reason.rule != DESCRIPTION}
    for holder, office, reason in claimed:
        if reason.rule == DESCRIPTION and office.head in given:
            continue  # it is somebody's: he has the row
        role = made(reading, holder, office, reason, near)
        roles.setdefault(role.id, role)
    order = {phrase.mention.id: number for number, phrase in enumerate(found)}
    return tuple(sorted(roles.values(), key=lambda role: order[role.holder]))


def made(reading: Reading, holder: Phrase, office: Office, reason: Reason, near: Around) -> Role:
    """The role that these words give to a mention."""
    span = near.parse.span(near.parse.doc[office.start : office.end])
    key = make_id("ro", reading.document.id, holder.mention.id, span.start, span.end)
    title = " ".join(span.cut(reading.document.text).split())
    return Role(key, holder.mention.id, title, span, office.of, office.former, reasons=(reason, *office.reasons))


# ------------------------------------------------------------------------------------------- titles and appositions


def _of_mentions(found: tuple[Phrase, ...], near: Around) -> Iterator[Found]:
    for phrase in found:
        mention = phrase.mention
        if mention.kind is not Kind.PERSON or mention.form is Form.PRONOUN or phrase.plural:
            continue
        if mention.form is Form.NAME:
            for office in before_name(phrase, near):
                yield phrase, office, why_title(office, near)
            yield from _in_apposition(phrase, near)
            continue
        said = _office_of(phrase, near)
        if said is not None and (said.of is not None or not _may_be_a_thing(phrase)):
            yield phrase, said, Reason(DESCRIPTION, phrase.lemma, mention.head)


def _may_be_a_thing(phrase: Phrase) -> bool:
    """Whether a head or chair is of nothing, and so may be no person: "on the head"."""
    token = phrase.token
    said_of = any(child.dep_ == "prep" and child.lower_ in {"of", "for"} for child in token.rights)
    return phrase.lemma in THINGS and not said_of and not any(c.dep_ == "compound" for c in token.lefts)


def _in_apposition(phrase: Phrase, near: Around) -> Iterator[Found]:
    """The offices beside a name, on either side; "then", "once", "until March" may stand between."""
    for token in _appositions(phrase, near):
        other = near.at.get(token.i)
        if other is None or other.plural:
            continue
        between = _between(phrase, other)
        office = _office_of(other, near) if between is not None or _beside(phrase, other) else None
        if office is not None:
            reason = Reason("roles.apposition", token.text, near.parse.span(token))
            yield phrase, _marked(office, between or [], near), reason


def _office_of(phrase: Phrase, near: Around) -> Office | None:
    """The office that a description gives; of a predecessor or successor, what it is said to be: "as mayor"."""
    noun = next((word for word in under(phrase.token, "as") if near.is_office(word)), None)
    if noun is None or phrase.token.lower_ not in {"predecessor", "successor"}:
        own = phrase.noun is not None and phrase.noun.office and not bare_name(phrase)
        return described(phrase.token, near) if own else None
    office = described(noun, near)
    reason = Reason(f"roles.{phrase.token.lower_}", phrase.token.text, near.parse.span(phrase.token))
    former = True if phrase.token.lower_ == "predecessor" else office.former
    return replace(office, former=former, reasons=(*office.reasons, reason))


def _appositions(phrase: Phrase, near: Around) -> Iterator[Token]:
    if crowded(phrase.token) or crowded(phrase.token.head):
        return
    for child in phrase.token.rights:
        if child.dep_ == "appos":
            yield child
    if phrase.token.dep_ == "appos":
        yield phrase.token.head
    doc = phrase.token.doc
    if phrase.end < len(doc) and doc[phrase.end].text == ",":
        following = next((i for i in range(phrase.end + 2, phrase.end + BETWEEN + 3) if i in near.at), None)
        other = near.at[following] if following is not None else None
        if other is not None and _between(phrase, other):
            yield other.token


def _beside(phrase: Phrase, other: Phrase) -> bool:
    if phrase.start < other.start:  # "Orvik the mayor" may be "they made Orvik the mayor"
        return phrase.end < other.start and in_apposition(phrase, other)
    return in_apposition(other, phrase)


def _between(phrase: Phrase, other: Phrase) -> list[Token] | None:
    """The words that part a name from an office after it, if they only say when or how old; None if they say more."""
    doc = phrase.token.doc
    start = next((c.left_edge.i for c in other.token.lefts if c.dep_ in {"det", "poss"}), other.start)
    inner = list(doc[phrase.end : start])
    if not 2 <= len(inner) <= BETWEEN + 1 or inner[0].text != ",":
        return None
    closed = doc[other.token.right_edge.i + 1] if other.token.right_edge.i + 1 < len(doc) else None
    if closed is not None and closed.lower_ in {"and", "or"}:
        return None
    rest = [token for token in inner[1:] if not token.is_punct]
    if not rest or not (rest[0].lower_ in SIGNALS or rest[0].tag_ in {"RB", "IN"} or _is_age(rest)):
        return None
    return rest if all(_tells_time(token) for token in rest) else None


def _is_age(words: list[Token]) -> bool:
    return len(words) == 1 and words[0].tag_ == "CD" and words[0].is_digit and len(words[0]) == 2


def _tells_time(token: Token) -> bool:
    return token.tag_ in {"RB", "DT", "CD"} or token.ent_type_ in {"DATE", "TIME"} or token.lower_ in SIGNALS | {"once"}


def _marked(office: Office, between: list[Token], near: Around) -> Office:
    """An office with what "then", "once", "now" before it, or "at the time" after it, say of it."""
    former, reasons = office.former, list(office.reasons)
    for token in between:
        row = near.careers.words.get(token.lower_)
        if row is not None:
            former = HELD.get(row["says"], former)
            reasons.append(because(row, near.parse.span(token), row["says"]))
    time = _at_the_time(near.parse.doc[office.head])
    if time is not None:
        former = True
        reasons.append(Reason("roles.at-the-time", "held at the time told of", near.parse.span(time)))
    return replace(office, former=former, reasons=tuple(reasons))


def _at_the_time(token: Token) -> Token | None:
    for child in token.rights:
        if child.lower_ == "at" and any(inner.lower_ == "time" for inner in child.rights):
            return child
    return None


# ---------------------------------------------------------------------------------------------------------- by a verb


def _by_verbs(near: Around) -> Iterator[Found]:
    for told in verbs_of_office(near.parse, near.careers):
        if told.real or told.says == ENDS:
            for office in _offices(told, near):
                yield from _of_verb(told, office, near)


def _offices(told: Told, near: Around) -> Iterator[Office]:
    """The offices that a verb gives; of two joined ones the second is of the first's body, if that stands after it."""
    first: Office | None = None
    for noun in told.offices:
        if near.is_office(noun):
            office = described(noun, near)
            if any(_is_somebody(i, near) for i in range(office.start, office.head)):
                continue  # "named Orvik director", read as one phrase
            if first is not None and office.of is None and _follows(first, noun, near):
                office = replace(office, of=first.of)
            first = first or office
            yield office


def _is_somebody(i: int, near: Around) -> bool:
    phrase = near.at.get(i)
    return phrase is not None and phrase.mention.form is Form.NAME and phrase.mention.kind is Kind.PERSON


def _follows(first: Office, noun: Token, near: Around) -> bool:
    """Whether the body of the first of two joined offices stands after the second: "chairman and director of it"."""
    return any(child.dep_ == "prep" and child.i > noun.i for child in near.parse.doc[first.head].rights)


def _by_nouns(near: Around) -> Iterator[Found]:
    """The offices that a noun presupposes: "his resignation as mayor", "Orvik's presidency"."""
    doc = near.parse.doc
    lemmas = {doc.vocab.strings[lemma] for lemma in near.careers.nouns}
    for i, lemma in enumerate(doc.to_array("LEMMA").tolist()):
        told = told_by_noun(doc[i], near.careers) if lemma in lemmas else None
        if told is None:
            continue
        reason = because(told.row, near.parse.span(told.verb))
        for noun in told.offices:
            if noun.i == told.verb.i or near.is_office(noun):
                office = Office(i, i, i + 1) if noun.i == told.verb.i else described(noun, near)
                yield from ((phrase, office, reason) for phrase in _people(told.holders, near))


def verbs_of_office(
    parse: Parse, known: Careers, telling: Callable[[Token, Careers], Told | None] = told_by
) -> Iterator[Told]:
    """What the verbs of a report tell of offices, each as ``telling`` understands it."""
    lemmas = {parse.doc.vocab.strings[lemma] for lemma in known.verbs}
    for i, lemma in enumerate(parse.doc.to_array("LEMMA").tolist()):
        told = telling(parse.doc[i], known) if lemma in lemmas else None
        if told is not None:
            yield told


def of_bodies(told: Told, near: Around) -> Iterator[Found]:
    """The offices that a verb and its body give: "led the ministry". Not from a bare past: he may only lead it on."""
    body = near.at.get(told.body.i) if told.body is not None else None
    if body is None or body.mention.form is Form.PRONOUN or body.mention.kind not in {Kind.ORGANISATION, Kind.PLACE}:
        return
    verb = told.verb
    if not told.real or body.lemma in PASSING or not 0 < body.token.i - verb.i <= BETWEEN:
        return
    if verb.dep_ == "relcl" or is_present(verb) or is_perfect(verb) or _timed(verb):
        end = body.end if body.mention.form is Form.NAME else body.token.i + 1
        yield from _of_verb(told, Office(verb.i, verb.i, end, body.mention.id), near)


def _of_verb(told: Told, office: Office, near: Around) -> Iterator[Found]:
    span = near.parse.of(told.words)
    for phrase in _people(told.holders, near):
        yield phrase, _over(office, told, near), because(told.row, span, told.says)
    for phrase in _people(told.before, near) if told.real else ():
        yield phrase, replace(office, former=True), Reason(REPLACED, told.verb.text, span)


def _people(tokens: tuple[Token, ...], near: Around) -> Iterator[Phrase]:
    """Those of the words that stand for one person, by name, description or pronoun."""
    for phrase in (near.at.get(token.i) for token in tokens):
        if phrase is None or phrase.mention.kind is not Kind.PERSON or phrase.plural:
            continue
        if phrase.mention.form is not Form.PRONOUN or phrase.lemma in ONE_PERSON:
            yield phrase


def _timed(verb: Token) -> bool:
    return any(child.lower_ in {"since", "until", "till", "from", "between"} for child in verb.rights)


def _over(office: Office, told: Told, near: Around) -> Office:
    """An office told of in a clause in the past is over; one in the present is not; else nothing is said."""
    former, reasons = office.former, list(office.reasons)
    for child in told.verb.children if told.says not in {BEGINS, ENDS} else ():
        row = near.careers.words.get(child.lower_) if child.dep_ == "advmod" else None
        if row is not None:
            former = HELD.get(row["says"], former)
            reasons.append(because(row, near.parse.span(child), row["says"]))
    past = not is_present(told.verb) and not is_perfect(told.verb)
    if former is None or (former is False and past):  # "became acting mayor": whether he still is, nobody says
        former = _former(told)
    return replace(office, former=former, reasons=tuple(reasons))


def _former(told: Told) -> bool | None:
    verb = told.verb
    if told.says == ENDS:
        return True if told.real else None
    if told.says == BEGINS:
        return False if is_perfect(verb) else None
    if any(_at_the_time(word) is not None for word in (verb, *told.offices)):
        return True
    if is_present(verb):
        return False
    return True if verb.dep_ == "relcl" and verb.tag_ == "VBD" else None
