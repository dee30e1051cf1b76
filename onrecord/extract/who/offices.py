"""Offices: where the words of an office begin and end, of what body or place it is, and whether it is still held."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.who.careers import Careers
from onrecord.extract.who.phrases import Phrase, nationality
from onrecord.extract.who.vocabulary import Vocabulary, because
from onrecord.lexicon import Row
from onrecord.record import Form, Id, Kind, Reason

if TYPE_CHECKING:
    from spacy.tokens import Token

# How many words before a noun can belong to its office.
REACH = 12
HELD = {"over": True, "held": False}
BEFORE = "predecessor"
AFTER_OFFICE = frozenset({"elect", "designate"})
SUFFIXES = frozenset({"in chief", "-in-chief", "-general"})
MODIFIERS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBG", "VBN", "RB", "HYPH", "CD", "FW", "AFX"})
JOINED_PARTS = frozenset({"amod", "compound", "nmod"})
# "Interior Minister", "professor of Law": what they are in charge of is no body of that name.
IN_CHARGE = frozenset({"minister", "secretary", "commissioner", "undersecretary", "professor", "lecturer"})
# "The Kenya expert": a place is what they know of.
KNOWING = frozenset({"adviser", "advisor", "expert", "analyst", "specialist", "policymaker", "editor", "strategist"})
# Offices over a place: what stands after "of" is no person, whatever its name looks like.
OVER_PLACES = frozenset({
    "mayor", "governor", "president", "prime minister", "premier", "chancellor", "king", "queen", "emperor", "prince",
    "sultan", "bishop", "archbishop",
})  # fmt: skip
BODIES = frozenset({Kind.ORGANISATION, Kind.PLACE, Kind.GROUP})
OF = frozenset({"of", "for", "to", "at", "in", "with", "from", "on"})
# After these a place may only be where somebody was met.
OF_BODIES_ONLY = frozenset({"at", "in", "with", "from", "on"})
OF_ITS_OWN = frozenset({"its", "their"})


@dataclass(frozen=True, slots=True)
class Office:
    """The words of an office in tokens [start, end); ``head`` is its noun. ``former``: see ``Role``."""

    head: int
    start: int
    end: int
    of: Id | None = None
    former: bool | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What offices are read against: the mentions by their tokens, and where the report names a country."""

    parse: Parse
    words: Vocabulary
    careers: Careers
    at: dict[int, Phrase]
    countries: dict[str, list[Phrase]]

    @classmethod
    def of(cls, found: Sequence[Phrase], parse: Parse, words: Vocabulary, careers: Careers) -> Around:
        """Index the mentions of a report."""
        at = {phrase.token.i: phrase for phrase in found}
        countries: dict[str, list[Phrase]] = {}
        for phrase in found:
            if phrase.mention.form is not Form.NAME:
                continue
            for i in range(phrase.token.i, phrase.end):
                at.setdefault(i, phrase)
            row = words.countries.get(phrase.lemma) if phrase.mention.kind is Kind.PLACE else None
            if row is not None:
                countries.setdefault(row["iso"], []).append(phrase)
        return cls(parse, words, careers, at, countries)

    def country(self, adjective: Token) -> Id | None:
        """The mention of the country that an adjective points to: the last one before it, else the first."""
        row = nationality(adjective, self.words)
        named = self.countries.get(row["iso"], []) if row is not None else []
        at = bisect_right(named, adjective.i, key=lambda phrase: phrase.start)
        return named[max(at - 1, 0)].mention.id if named else None

    def is_office(self, token: Token) -> bool:
        """Whether a noun names an office or rank."""
        noun = self.words.noun(token)
        return noun is not None and noun.office


def described(noun: Token, near: Around) -> Office:
    """The office that a noun heads: without article, "former", nationality and possessor."""
    doc = noun.doc
    title = _Title(near, noun.i, inside=True)
    for i in range(noun.i - 1, max(noun.left_edge.i, noun.i - REACH) - 1, -1):
        if not title.take(doc[i]):
            break
    end = _with_suffix(noun, title)
    for child in noun.lefts:
        if child.dep_ == "poss":
            title.of = _body(child, near) or title.of
        elif child.dep_ == "advmod" and child.i < title.left:
            title.mark(child, near.careers.words.get(child.lower_))
    if noun.lower_ == BEFORE:
        title.former = True
        title.reasons.append(Reason("roles.predecessor", noun.text, near.parse.span(noun)))
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in OF:
            end = _with_complement(noun, child, end, title)
    return title.office(end)


def before_name(phrase: Phrase, near: Around) -> Iterator[Office]:
    """The offices before a name, in capitals or small letters: "former Finance Minister and Deputy Mayor Orvik"."""
    doc = phrase.token.doc
    last = near.parse.tokens(phrase.mention.head)[0].i - 1
    while last >= phrase.start and _is_address(doc[last], near.words):
        last -= 1
    while last >= 0:
        title, i = _Title(near, last + 1, inside=False), last
        while i >= 0 and last - i < REACH and _joined(doc[i], phrase) and title.take(doc[i]):
            i -= 1
        if title.start <= last and any(_office_word(token, near.words) for token in doc[title.start : last + 1]):
            yield title.office(last + 1, head=last)
        elif last + 1 == phrase.start or title.start > last:
            return
        listed = i > phrase.start and doc[i].lower_ == "and" and doc[i - 1].tag_ in {"NNP", "NN"}
        if not listed:
            return
        last = i - 1


def _is_address(token: Token, words: Vocabulary) -> bool:
    """Whether a title is a form of address and no office: "Chairman Sir Pavel Orvik"."""
    title = words.title(token)
    return title is not None and not title.flag("office")


def _joined(token: Token, phrase: Phrase) -> bool:
    """Whether a token before a name can belong to its title: in the mention, or left out of it by the parse alone."""
    if token.i >= phrase.start:
        return True
    following = token.nbor(1)
    if token.is_sent_start and token.i + 1 > phrase.start:
        return False
    hyphen = token.tag_ == "HYPH" or following.tag_ == "HYPH" or token.lower_ == "of"
    return hyphen or (token.tag_ in MODIFIERS and token.i < token.head.i <= phrase.end)


class _Title:
    """The words of an office gathered from its noun leftwards."""

    def __init__(self, near: Around, start: int, inside: bool) -> None:
        self.near = near
        self.start = self.left = start
        self.inside = inside
        self.open = True
        self.of: Id | None = None
        self.former: bool | None = None
        self.adjective: Token | None = None
        self.reasons: list[Reason] = []
        self._head = start if inside else start - 1
        self._body = start

    def take(self, token: Token) -> bool:
        """Take one more word on the left; False where the office can no longer go on."""
        self.left = token.i
        if token.i >= self._body:
            return self._plain(token)
        known = self.near.careers.words
        if self.mark(token, known.get(_spelt(token))):
            return True
        aged = token.lower_ == "old" and _spelt(token) != "old"  # "the 54-year-old mayor"
        if aged or (token.tag_ == "VBN" and token.lemma_ in self.near.careers.verbs):  # "Orvik, elected mayor"
            self.open = False
            return True
        if token.tag_ == "POS" and not self.inside:
            self.open = False
            return True
        if token.tag_ == "HYPH":
            return True
        if token.lower_ == "of" and not self.inside and _office_word(token.nbor(-1), self.near.words):
            return self._plain(token)  # "Chief of Staff Orvik"
        if token.dep_ == "cc" and self.inside and token.head.dep_ in JOINED_PARTS:
            return self._plain(token)  # "the foreign and trade minister"
        counted = token.tag_ == "CD" and token.dep_ == "nummod"
        if (token.tag_ not in MODIFIERS or counted) and not _hyphened(token):
            return False
        if nationality(token, self.near.words) is not None and token.i not in self.near.at:
            mixed = _hyphened(token) or (token.i > 0 and token.nbor(-1).tag_ == "HYPH")
            self.adjective, self.open = None if mixed else token, False
            return True
        return self._name(token) if token.i in self.near.at else self._plain(token)

    def mark(self, token: Token, row: Row | None) -> bool:
        """Note what a word of the lexicon says of the office, if it is one."""
        if row is None:
            return False
        first = token.nbor(-2) if "-" in row.key and "-" not in token.text else token
        self.reasons.append(because(row, self.near.parse.between(first, token), row["says"]))
        says = HELD.get(row["says"])
        if self.former is None:
            self.former = says
        elif says not in {None, self.former}:  # "current and former": some are, some were
            self.former = None
        if row.flag("title"):
            self._plain(first)
        else:
            self.open = False
        return True

    def _plain(self, token: Token) -> bool:
        if self.open:
            self.start = token.i
        return True

    def _name(self, token: Token) -> bool:
        """A name before the noun: the body, left out of the title before a name; or what a minister is in charge of."""
        phrase = self.near.at[token.i]
        head = token.doc[self._head]
        if _hyphened(token):  # "Brell-born mayor"
            self.start, self.open = min(token.i + 3, self._head), False
            return True
        portfolio = _portfolio(phrase, head)
        if phrase.mention.kind in BODIES and not portfolio:
            self.of = self.of or phrase.mention.id
            self._body = phrase.start
            if not self.inside or (phrase.mention.kind is Kind.PLACE and not self._goes_on(phrase)):
                self.open = False
        elif phrase.mention.kind is Kind.PERSON and not portfolio and not self.inside:
            return False
        return self._plain(token)

    def _goes_on(self, place: Phrase) -> bool:
        """Whether the office begins before the place inside it: "a senior Kenya official"."""
        before = place.token.doc[place.start - 1] if place.start else None
        plain = before is not None and before.tag_ == "JJ" and before.lower_ not in self.near.careers.words
        return before is not None and plain and nationality(before, self.near.words) is None

    def office(self, end: int, head: int | None = None) -> Office:
        """What was gathered, with the country of its adjective if the report also names that country."""
        doc = self.near.parse.doc
        while self.start < end - 1 and doc[self.start].is_punct:
            self.start += 1
        reasons = [*self.reasons]
        country = self.near.country(self.adjective) if self.adjective is not None and self.of is None else None
        if country is not None and self.adjective is not None:
            reasons.append(Reason("roles.of-adjective", self.adjective.text, self.near.parse.span(self.adjective)))
        last = self._head if head is None else head
        return Office(last, self.start, end, self.of or country, self.former, tuple(reasons))


def _portfolio(phrase: Phrase, noun: Token) -> bool:
    """Whether a name says what somebody is in charge of or knows of, and is not the body of his office."""
    if phrase.mention.kind is Kind.PLACE:
        return noun.lower_ in KNOWING
    one_word = phrase.end - phrase.start == 1 and not (phrase.token.is_upper and len(phrase.token) > 1)
    return one_word and noun.lower_ in IN_CHARGE


def _spelt(token: Token) -> str:
    """A word as the lexicon spells it: "one-time" is three tokens, "-elect" is a word of its own."""
    if token.i > 1 and token.nbor(-1).tag_ == "HYPH" and token.lower_ not in AFTER_OFFICE:
        return f"{token.nbor(-2).lower_}-{token.lower_}"
    return token.lower_


def _hyphened(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "HYPH"


def _with_suffix(noun: Token, title: _Title) -> int:
    """As in "president-elect": a hyphen and a word that belongs to the title; and "editor in chief"."""
    doc = noun.doc
    follows = doc[noun.i + 1].lower_ if noun.i + 1 < len(doc) else ""
    for length in (3, 5) if follows in {"-", "in"} else ():
        if doc[noun.i + 1 : noun.i + length].text.lower() in SUFFIXES:
            return noun.i + length
    if noun.i + 2 < len(doc) and doc[noun.i + 1].tag_ == "HYPH":
        row = title.near.careers.words.get(doc[noun.i + 2].lower_)
        if row is not None and row.flag("title"):
            title.mark(doc[noun.i + 2], row)
            title.start = min(title.start, noun.i)
            return noun.i + 3
    return noun.i + 1


def _with_complement(noun: Token, preposition: Token, end: int, title: _Title) -> int:
    """What follows the noun: the body ("of the agency"), or words of the office itself ("of foreign affairs")."""
    near = title.near
    inner = next((word for word in preposition.rights if word.dep_ == "pobj"), None)
    if inner is None:
        return end
    if noun.lower_ == BEFORE and preposition.lower_ == "of" and inner.i in near.at:
        return near.at[inner.i].end
    body = _body(inner, near, noun)
    charge = preposition.lower_ in {"of", "for"} and noun.lower_ in IN_CHARGE
    if charge and inner.i in near.at and _portfolio(near.at[inner.i], noun):
        return inner.i + 1 if preposition.i == end and inner.i == end + 1 else end
    if body is not None and (near.at[inner.i].mention.kind in {Kind.ORGANISATION, Kind.GROUP}
                             or preposition.lower_ not in OF_BODIES_ONLY):  # fmt: skip
        title.of = title.of or body
        return end
    plain = preposition.lower_ in {"of", "for"} and not any(
        i in near.at for i in range(preposition.i, min(inner.i, end + 3) + 1)
    )
    timed = inner.ent_type_ in {"DATE", "TIME", "CARDINAL"} or any(c.dep_ in {"nummod", "poss"} for c in inner.lefts)
    close = preposition.i == end and inner.i - preposition.i <= 3
    return inner.i + 1 if plain and close and not timed else end


def _body(token: Token, near: Around, noun: Token | None = None) -> Id | None:
    """The mention that an office is of: a body, a place or a group, or "its", whose meaning is found later."""
    phrase = near.at.get(token.i)
    if phrase is None:
        return None
    mention = phrase.mention
    if mention.form is Form.PRONOUN:
        return mention.id if token.lower_ in OF_ITS_OWN else None
    if mention.kind in BODIES:
        return mention.id
    known = near.words.noun(noun) if noun is not None else None
    over = known is not None and known.key in OVER_PLACES and mention.form is Form.NAME
    return mention.id if over and phrase.end - phrase.token.i == 1 and phrase.start == phrase.token.i else None


def _office_word(token: Token, words: Vocabulary) -> bool:
    title = words.title(token)
    noun = words.noun(token)
    singular = noun is not None and noun.office and noun.key.endswith(token.lower_)
    return (title is not None and title.flag("office")) or singular


def bare_name(phrase: Phrase) -> bool:
    """Whether an office may as well be a name: "his brother Dean"."""
    token = phrase.token
    return token.tag_ == "NNP" and phrase.end - phrase.start == 1 and not token.n_rights and not token.n_lefts


def why_title(office: Office, near: Around) -> Reason:
    """The row of the title, or that the office stands before a name."""
    parse = near.parse
    for token in parse.doc[office.start : office.end]:
        title = near.words.title(token)
        if title is not None:
            return because(title, parse.span(token))
    return Reason("roles.title", "before the name", parse.span(parse.doc[office.start : office.end]))
