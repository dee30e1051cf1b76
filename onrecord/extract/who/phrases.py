"""A mention seen as a phrase of the parse: its head token, number, gender, article and modifiers.

Stages after ``mentions`` get mentions as spans; this is the way back to what the parse says about them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.who.vocabulary import Noun, Vocabulary
from onrecord.lexicon import Row
from onrecord.names import fold
from onrecord.record import Form, Kind, Mention, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
SAYS_NOTHING_NEW = frozenset({"other", "own", "same", "very", "latter", "said"})
# "Latin American" is nobody's country.
PARTS_OF_THE_WORLD = frozenset({"latin", "north", "south", "central", "east", "west", "african", "native"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
INDEFINITE = frozenset({"a", "an", "another", "some", "several", "many", "few", "more", "other"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """``article``: definite, indefinite, possessive or none. ``modifiers`` are lemmas; "@KE" is anything Kenyan."""

    mention: Mention
    token: Token
    start: int
    end: int
    lemma: str
    noun: Noun | None
    plural: bool
    gender: str
    article: str
    modifiers: frozenset[str]
    number: int | None

    @property
    def subject(self) -> bool:
        """Whether it is the subject of its clause, or stands beside it ("Orvik and Marl")."""
        token = self.token.head if self.token.dep_ == "conj" else self.token
        return token.dep_ in {"nsubj", "nsubjpass"}

    @property
    def possessive(self) -> bool:
        """Whether it stands before what is theirs."""
        return self.token.dep_ == "poss" or self.token.tag_ == "PRP$"


def phrases(reading: Reading, parse: Parse, words: Vocabulary) -> tuple[Phrase, ...]:
    """The mentions of a reading as phrases, in the same order. Mentions whose words the view left out are skipped."""
    found = (_phrase(mention, parse, words) for mention in reading.mentions)
    return tuple(phrase for phrase in found if phrase is not None)


def _phrase(mention: Mention, parse: Parse, words: Vocabulary) -> Phrase | None:
    head, whole = parse.tokens(mention.head), parse.tokens(mention.span)
    if not len(head) or not len(whole):
        return None
    token = head[0] if len(head) == 1 else head.root
    if mention.form is Form.PRONOUN:
        gender = "m" if token.lower_ in MALE else "f" if token.lower_ in FEMALE else ""
        plural = mention.kind is Kind.GROUP
        return Phrase(mention, token, whole.start, whole.end, token.lower_, None, plural, gender, "", frozenset(), None)
    if mention.form is Form.NAME:
        gender = _name_gender(parse, words, mention, whole.start, head.start)
        return Phrase(
            mention, token, whole.start, whole.end, fold(head.text), None, False, gender, "", frozenset(), None
        )
    noun = words.noun(token)
    lemma = noun.key if noun is not None else token.lemma_.lower()
    modifiers, number = _modifiers(token, words, noun)
    plural = token.tag_ in {"NNS", "NNPS"} or lemma == "people"
    gender = noun.gender if noun is not None and not plural else ""
    article = _article(token)
    return Phrase(mention, token, whole.start, whole.end, lemma, noun, plural, gender, article, modifiers, number)


def _name_gender(parse: Parse, words: Vocabulary, mention: Mention, start: int, head: int) -> str:
    """What a title before a person's name or a noun in the phrase says, else what the given name does."""
    for token in parse.doc[start:head]:
        title = words.title(token)
        if title is not None and title["gender"]:
            return title["gender"]
        noun = words.noun(token) if token.tag_ == "NN" and token.i + 1 == head else None
        if noun is not None and noun.gender:
            return noun.gender
    given = words.given.get(parse.doc[head].text) if mention.kind is Kind.PERSON else None
    return given["gender"] if given is not None else ""


def _article(token: Token) -> str:
    for child in token.lefts:
        if child.dep_ == "poss":
            return "possessive"
        if child.lower_ in DEFINITE:
            return "definite"
        if child.lower_ in INDEFINITE and child.dep_ in {"det", "amod", "predet", "nummod"}:
            return "indefinite"
    return "indefinite" if any(child.dep_ == "nummod" for child in token.lefts) else ""


def _modifiers(token: Token, words: Vocabulary, noun: Noun | None) -> tuple[frozenset[str], int | None]:
    """What a description says beyond its noun, before it and in prepositional phrases with a name after it."""
    found = set[str]()
    number = None
    first = noun.words == 2 if noun is not None else False
    for child in token.lefts:
        if child.dep_ == "nummod":
            number = _number(child, words)
        elif child.dep_ == "poss":
            found.update(_named(child, words) if child.tag_ != "PRP$" else ())
        elif child.dep_ in {"amod", "compound", "nmod", "npadvmod"} and not (first and child.i == token.i - 1):
            found.update(
                _mark(part, words)
                for part in child.subtree
                if part.is_alpha and part.dep_ not in {"det", "cc", "advmod"}
            )
    for child in token.rights:
        if child.dep_ == "prep":
            for inner in child.rights:
                if inner.dep_ == "pobj" and inner.tag_ in {"NNP", "NNPS"}:
                    found.update(_named(inner, words))
    return frozenset(found - SAYS_NOTHING_NEW), number


def _mark(token: Token, words: Vocabulary) -> str:
    row = nationality(token, words)
    return f"@{row['iso']}" if row is not None else token.lemma_.lower()


def nationality(token: Token, words: Vocabulary) -> Row | None:
    """The country that a capitalised word points to: "Kenyan"; for "South Korean" at its second word."""
    if not token.text[:1].isupper():
        return None
    before = token.nbor(-1) if token.i else None
    if before is not None and before.text[:1].isupper():
        both = words.country_of(f"{before.text} {token.text}")
        if both is not None or before.lower_ in PARTS_OF_THE_WORLD:
            return both
    return words.country_of(token.text)


def _named(token: Token, words: Vocabulary) -> tuple[str, ...]:
    """A name as a modifier: the country's code, else its last word."""
    for length in range(min(words.longest_place, token.i + 1), 0, -1):
        row = words.countries.get(fold(token.doc[token.i - length + 1 : token.i + 1].text))
        if row is not None:
            return (f"@{row['iso']}",)
    return (fold(token.text),)


def _number(token: Token, words: Vocabulary) -> int | None:
    row = words.numbers.get(token.lower_)
    if row is not None:
        return int(row["value"])
    digits = token.text.replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def is_thing(phrase: Phrase) -> bool:
    """Whether a mention is a description of what is no person, body, group or place."""
    return phrase.mention.kind is Kind.OTHER and phrase.mention.form is Form.DESCRIPTION


def in_apposition(first: Phrase, second: Phrase) -> bool:
    """Whether the report puts one beside the other as the same: only a mark parts them, and they are no list.

    "Orvik, the minister" is; "Orvik, his deputy" and "Orvik, the minister and the general" are not.
    """
    doc = second.token.doc
    if first.start >= second.start or any(child.tag_ == "PRP$" for child in second.token.lefts):
        return False
    between = doc[first.end : second.start] if first.end <= second.start else doc[0:0]
    listed = any(child.dep_ in {"conj", "cc"} for child in (*first.token.rights, *second.token.rights))
    return len(between) <= 2 and all(token.is_punct for token in between) and not listed
