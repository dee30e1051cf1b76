"""Whether the name of a country or capital stands for its government: "Nairobi denied", "talks with Kenya".

What a country does, by deed or word, its government does; and so it is where one deals with it or puts something on it.
Places lie, burn and are shelled. The words are rows of ``place-uses``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.who.vocabulary import because
from onrecord.gazetteer import COUNTRY
from onrecord.lexicon import Row
from onrecord.record import Reason

if TYPE_CHECKING:
    from spacy.tokens import Token

SEAT = "seat"
# Of which places what a name does is an act of government: of a country and its capital, or of one of the two.
BOTH, SEAT_ALONE, COUNTRY_ALONE, NEITHER = (
    frozenset({COUNTRY, SEAT}), frozenset({SEAT}), frozenset({COUNTRY}), frozenset[str](),
)  # fmt: skip
# What it must be, and to a word of which use, to act.
ACTING_AS = {
    "poss": frozenset({"deed", "dealing"}),
    "compound": frozenset({"deed", "dealing", "body"}),
    "dobj": frozenset({"person"}),
    "dative": frozenset({"person"}),
    "nsubjpass": frozenset({"person"}),
}
ACTING_UNDER = {
    "on": frozenset({"burden"}),
    "against": frozenset({"burden"}),
    "between": frozenset({"deed", "dealing"}),
    "with": frozenset({"deed", "dealing", "person"}),
    "from": frozenset({"deed"}),
    "by": frozenset({"deed"}),
}
# Joined to a name by a hyphen: "Nairobi-backed", "pro-Nairobi".
BACKED = frozenset({"aligned", "backed", "controlled", "friendly", "funded", "led", "run", "sponsored", "supported"})
SIDES = frozenset({"anti", "pro"})
HYPHENS = frozenset({"-", "–"})
MANY = 20  # members of a list joined by and

Uses = Mapping[str, Row]
Acts = tuple[frozenset[str], Reason | None]


def acts(parse: Parse, uses: Uses, root: Token, end: int) -> Acts:
    """Of which places a name acts here (``BOTH``, ...), and the words that tell so, or tell the contrary.

    ``root`` is the name's head, ``end`` the token behind the name.
    """
    top = _first_of_list(root)
    if top.dep_ == "nsubj" and top.head.pos_ in {"VERB", "AUX"}:
        return _as_subject(parse, uses, top.head)
    if top.dep_ == "pobj":
        return _under(parse, uses, top.head)
    told = _told(parse, uses, top.head, ACTING_AS.get(top.dep_, NEITHER))
    if told[0]:
        return told
    return _hyphened(parse, root.i, end) or _as_modifier(parse, uses, root, end)


def _first_of_list(token: Token) -> Token:
    """The first of several joined by "and": what it is in the sentence, they all are."""
    for _ in range(MANY):
        if token.dep_ != "conj" or token.head.i == token.i:
            break
        token = token.head
    return token


def _as_subject(parse: Parse, uses: Uses, verb: Token) -> Acts:
    row = uses.get(verb.lemma_.lower())
    if row is not None and "place" in row.words("use"):
        return NEITHER, because(row, parse.span(verb), "said of a place")
    return BOTH, Reason("places.acts", verb.text, parse.span(verb))


def _under(parse: Parse, uses: Uses, preposition: Token) -> Acts:
    word = preposition.lower_
    according = word == "to" and preposition.i > 0 and parse.doc[preposition.i - 1].lower_ == "according"
    if preposition.dep_ == "agent" or according:
        return BOTH, Reason("places.acts", word, parse.span(preposition))
    return _told(parse, uses, preposition.head, ACTING_UNDER.get(word, NEITHER))


def _told(parse: Parse, uses: Uses, word: Token, telling: frozenset[str]) -> Acts:
    row = uses.get(word.lemma_.lower())
    if row is None or not telling & set(row.words("use")):
        return NEITHER, None
    return BOTH, because(row, parse.span(word), "the government is meant")


def _hyphened(parse: Parse, first: int, end: int) -> Acts | None:
    doc = parse.doc
    for hyphen, word, words in ((end, end + 1, BACKED), (first - 1, first - 2, SIDES)):
        if 0 <= word < len(doc) and doc[hyphen].text in HYPHENS and doc[word].lower_ in words:
            return BOTH, Reason("places.acts", doc[word].text, parse.span(doc[word]))
    return None


def _as_modifier(parse: Parse, uses: Uses, root: Token, end: int) -> Acts:
    """The envoy of a capital is the government's, its mayor the city's; "U.S. officials" are no place at all."""
    row = uses.get(root.head.lemma_.lower())
    if root.dep_ == "poss" and row is not None and "envoy" in row.words("use"):
        return SEAT_ALONE, because(row, parse.span(root.head), "the government is meant")
    noun = root.head
    if root.dep_ in {"compound", "amod", "nmod"} and noun.i >= end and noun.tag_ in {"NN", "NNS"}:
        return COUNTRY_ALONE, Reason("places.modifier", noun.text, parse.span(noun))
    return NEITHER, None
