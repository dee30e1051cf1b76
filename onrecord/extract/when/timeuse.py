"""Words that can stand for a time and for something else: whether they are used for time here.

"may" and "march" as verbs, "2000 people", "the fall of the town", "the third quarter of the crew", a person's age.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.when.calendar import Meaning
from onrecord.extract.when.dategrammar import CURRENCY, DASHES, ERAS
from onrecord.extract.when.timewords import Vocabulary, Words, year_of
from onrecord.record import TimeKind

if TYPE_CHECKING:
    from spacy.tokens import Token

FINDS_YEAR = frozenset(
    {"in", "of", "since", "until", "till", "by", "from", "to", "through", "before", "after", "during", "and", "between",
     "early", "late", "mid", "than", "for", "about", "around", "circa", "ca", "ca.", "fiscal", "(", "[", "or", "year",
     "back", "beyond", "into", "–"}
)  # fmt: skip
NOT_YET = frozenset(
    {"will", "'ll", "’ll", "shall", "wo", "would", "'d", "may", "might", "could", "should", "can", "must", "to"}
)
# Things that are told apart by number: "Flight 1999", "Resolution 1984" name no year.
NUMBERED = frozenset(
    ["flight", "room", "route", "highway", "page", "suite", "channel", "section", "article", "resolution", "paragraph",
     "bus", "gate", "building", "box", "number", "psalm", "windows", "interstate", "unit", "lot", "chapter", "form"]
)  # fmt: skip
LINKING = frozenset({"after", "before", "as", "afterwards", "afterward", "thereafter", "enough"})


def plausible(words: Words, i: int, end: int, meaning: Meaning, parse: Parse, v: Vocabulary) -> bool:
    """Whether the words are used for time here: asked of those that can mean something else too."""
    first, last = parse.doc[words.token[i]], parse.doc[words.token[end - 1]]
    if meaning.literal == "FUTURE_REF" and end - i == 1:
        return _is_ahead(words, i, first)
    named = meaning.season or meaning.month is not None or meaning.weekday is not None
    if words.at(i) == "that" and named and first.tag_ != "DT":  # "said that Friday was dry"
        return False
    if end - i == 2 and meaning.day is not None and meaning.previous and meaning.month is None and not meaning.unit:
        return end >= len(words) or parse.doc[words.token[end]].pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}
    if words.at(end - 1) == "old" and meaning.kind is TimeKind.DURATION:
        return not _is_persons_age(last, v)
    if end - i == 1 and meaning.day is not None and words.at(i)[:1].isdigit() and _counts(words, i, last):
        return False
    if first.ent_type_ in {"PERSON", "MONEY", "WORK_OF_ART"} and end - i == 1 and meaning.clock == "":
        return False
    if end - i == 1 and meaning.month is not None and first.tag_ in {"MD", "VB", "VBP"}:
        return False
    if meaning.season and not _is_season(words, i, end, first):
        return False
    if meaning.year is not None and end - i == 1 and year_of(words.at(i)) is not None:
        return _is_year(words, i, last)
    if end - i == 1 and words.at(i) in {"daily", "weekly", "monthly"} and _is_a_paper(last):
        return False
    if end - i == 1 and words.at(i) in {"noon", "midnight"} and words.at(i - 1) == "high":
        return False
    if end - i == 1 and words.at(i) == "current":
        return words.at(i + 1) not in {"account", "and", "or"}
    if end - i == 1 and words.at(i) in {"quarterly", "monthly"} and last.tag_ == "JJ":
        return False
    return not (words.at(end) == "-" and words.at(end + 1) == "old" and meaning.unit == "")


def _is_ahead(words: Words, i: int, token: Token) -> bool:
    """Whether "soon" and the like look ahead: not in "soon after the vote", "as soon as", nor beside a past verb."""
    if words.at(i + 1) in LINKING or words.at(i - 1) == "as":
        return False
    verb = token.head
    if verb.pos_ not in {"VERB", "AUX"}:
        return verb.pos_ == "ADJ" or token.pos_ == "NOUN"
    return verb.tag_ not in {"VBD", "VBN"} or any(child.lower_ in NOT_YET for child in verb.children)


def _is_persons_age(old: Token, v: Vocabulary) -> bool:
    """Whether an age is a person's: it places nothing in time. A feud's or a bridge's dates its beginning."""
    head = old
    while head.head.i != head.i and head.dep_ in {"amod", "acomp", "npadvmod", "advmod", "nummod", "punct", "compound"}:
        head = head.head
    if head.pos_ in {"VERB", "AUX"}:
        head = next((child for child in head.children if child.dep_ in {"nsubj", "nsubjpass"}), head)
    if head.pos_ != "NOUN" or head.i == old.i:
        return True
    return head.lemma_.lower() in v.persons or head.ent_type_ == "PERSON"


def _is_a_paper(token: Token) -> bool:
    """As in "the party daily Granary", "a daily": a newspaper."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return token.tag_ in {"NN", "NNP"} or (following is not None and following.tag_ == "NNP")


def _counts(words: Words, i: int, token: Token) -> bool:
    """As in "between 3 and 5 people": a number that counts what follows is no day of the month."""
    return token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ in {"NNS", "NNPS"}


def _is_season(words: Words, i: int, end: int, token: Token) -> bool:
    """Whether "fall", "spring" and the like stand alone as a noun: "will fall in 1990", "a spring of water" do not."""
    if token.tag_ in {"VB", "VBP", "VBZ", "VBD"}:
        return False
    if end - i > 1 or words.at(i) not in {"fall", "spring"} or words.at(i - 1) in {"in", "by", "since", "until", "of"}:
        return words.at(i + 1) != "in" or words.at(i) != "fall"
    return token.dep_ == "compound" and token.head.i > token.i and words.at(i - 1) not in {"free", "hot", "steep"}


def _is_year(words: Words, i: int, token: Token) -> bool:
    before, after = words.at(i - 1), words.at(i + 1)
    if _is_paired(words, i):
        return before not in CURRENCY
    if before in NUMBERED:
        return False
    if before in {"$", "#", "£", "€"} or (after in {"%", "percent", "-", "/"} | ERAS and words.glued(i) is not False):
        return before in {"(", "in", "since"} and after in {"-", "/"}
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    counts = following is not None and following.tag_ in {"NNS", "NNPS"} and before not in {"the", "in"}
    if counts and token.dep_ == "nummod":
        return False
    if before in FINDS_YEAR:
        return True
    return 1900 <= int(words.at(i)) <= 2099 and not (following is not None and following.tag_ == "CD")


def _is_paired(words: Words, i: int) -> bool:
    """As in "1914-1918", "1914/15": the first or the second of two years."""
    if words.at(i + 1) in DASHES | {"/"} and words.glued(i):
        year, second = words.at(i), words.at(i + 2)
        full = year_of(second) is not None and 0 < int(second) - int(year) < 200
        return full or (len(second) == 2 and second.isdigit() and int(second) > int(year[2:]))
    return words.at(i - 1) in DASHES and year_of(words.at(i - 2)) is not None and words.at(i + 1) not in DASHES
