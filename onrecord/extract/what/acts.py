"""Acts: which event of a report a word of its parse tells, and which one stands above or below a word.

Stricter than what bounds a time may be: a verb that is no event carries the event of its noun only if it says no more
than that it was ("a riot broke out"), never where it says something about it ("they discussed the riot").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.parse import Parse
from onrecord.extract.what.predicates import lemma
from onrecord.extract.what.setting import says_held
from onrecord.lexicon import Row
from onrecord.record import Event

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs that say that an act was over: what lies after them does not lie after the act's beginning.
ENDING = frozenset({"end", "conclude", "finish"})
# Verbs besides those that say that an act was held ("took place") and whose subject it is.
ENSUING = frozenset({"ensue", "arise", "resume"})
# Light verbs under which somebody has a part in an act that has a time of its own, or says how it went on.
BESIDE = frozenset(
    {"attend", "join", "participate in", "take part in", "survive", "continue", "complete", "conclude", "draw", "face"}
)
# Nouns that only count the act after their "of".
MEASURES = frozenset(
    {"lot", "series", "wave", "string", "spate", "number", "couple", "round", "outbreak"}
    | {"minute", "hour", "day", "night", "week", "month", "year", "decade"}
)
# How many nouns a word may climb to reach the act that it stands beside: "the deaths of men in the raid".
CLIMB = 3
# What joins the parts of a name for one act: "the deaths of two guards".
NAMING = frozenset({"of", "on", "against", "by"})
# The most of joined acts that are looked at.
MANY = 12


class Acts:
    """The events of one report by their words."""

    def __init__(self, events: tuple[Event, ...], parse: Parse) -> None:
        self.parse = parse
        self.events = events
        self.by_token: dict[int, int] = {}
        self.heads: list[Token | None] = []
        for k, event in enumerate(events):
            tokens = parse.tokens(event.trigger)
            self.heads.append(tokens.root if len(tokens) else None)
            for token in tokens:
                self.by_token.setdefault(token.i, k)
        self.light = dict(self._light())

    def _light(self) -> Iterator[tuple[int, int]]:
        """The verbs that lend a noun no more than its tense, by token, with the event of the noun: "made a request"."""
        for k, event in enumerate(self.events):
            for reason in event.reasons:
                file, _, row = reason.rule.partition("#")
                if file == "light-verbs" and row not in BESIDE and reason.span is not None:
                    yield from ((t.i, k) for t in self.parse.tokens(reason.span) if t.pos_ == "VERB")

    def told_by(self, word: Token) -> int | None:
        """The event whose own words hold this word."""
        return self.by_token.get(word.i)

    def of_clause(self, verb: Token) -> list[int]:
        """The event of a verb: its own, else those of its nouns where it says no more than that they were."""
        own = self.light.get(verb.i, self.told_by(verb))
        if own is not None:
            return [own]
        if syntax.crowded(verb) or not says_that_it_was(verb):
            return []
        nouns = [n for n in verb.children if n.dep_ in {"nsubj", "nsubjpass", "dobj"}]
        nouns = [n for noun in nouns for n in joined(noun)]
        found = [self.told_by(noun) for noun in nouns if noun.pos_ == "NOUN"]
        return [k for k in dict.fromkeys(found) if k is not None]

    def beside(self, word: Token) -> list[int]:
        """The acts that a preposition or conjunction stands beside: those of its verb, or that of its noun.

        A word that stands before its verb holds for the verbs joined after it too.
        """
        above = word.head
        for _ in range(CLIMB):
            if above.pos_ in {"VERB", "AUX"}:
                verbs = [above, *(v for v in joined(above)[1:] if word.i < above.i)]
                return [k for verb in verbs for k in self.of_clause(verb)]
            own = self.told_by(above)
            if own is not None:
                return [own] if self._is_alone(above) else []
            if above.dep_ in {"dobj", "nsubjpass"}:
                above = above.head
            elif above.dep_ == "pobj" and above.head.lower_ in NAMING:
                above = above.head.head
            else:
                return []
        return []

    def _is_alone(self, noun: Token) -> bool:
        """Whether a word beside a noun can only belong to it, not to an act of which the noun is the object."""
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        return noun.dep_ not in {"dobj", "pobj"} or self.told_by(verb) in {None, self.told_by(noun)}

    def below(self, first: Token, last: Token) -> list[int]:
        """The acts that the words from the first to the last govern: the nouns under them, or the clause or gerund."""
        phrase = first.doc[first.i : last.i + 1]
        low = [c for word in phrase for c in word.rights if c.i > last.i and c.dep_ in {"pobj", "pcomp"}]
        found = [self.told_by(t) for child in low for word in joined(child) for t in (word, counted(word))]
        return [k for k in dict.fromkeys(found) if k is not None]


def says_that_it_was(verb: Token) -> bool:
    """Whether a verb says of an act only that it was or began: "a riot broke out", "held talks"."""
    return (says_held(verb) and lemma(verb) not in ENDING) or lemma(verb) in ENSUING


def counted(noun: Token) -> Token:
    """What a noun only counts: "a series of raids", "days of clashes"; any other noun is its own."""
    if lemma(noun) not in MEASURES:
        return noun
    of = next((child for child in noun.rights if child.lower_ == "of"), None)
    return next((low for low in of.rights if low.dep_ == "pobj"), noun) if of is not None else noun


def is_aim(verb: Token) -> bool:
    """Whether a verb only tells what something is for: "went there to apologise", "intent to kill"."""
    return verb.dep_ in {"acl", "relcl", "advcl", "pcomp"} and any(word.tag_ == "TO" for word in verb.lefts)


def joined(word: Token) -> list[Token]:
    """A word and what is joined after it by and, or, but; of an endless list the first dozen."""
    found = [word]
    for member in found:
        if syntax.crowded(member):
            break
        found += [child for child in member.rights if child.dep_ == "conj"][: MANY - len(found)]
        if len(found) >= MANY:
            break
    return found


def antecedent(subject: Token) -> Token:
    """The noun that a relative pronoun stands for; any other word is its own."""
    verb = subject.head
    return verb.head if subject.tag_ == "WDT" and verb.dep_ == "relcl" else subject


class Phrases:
    """Rows of a lexicon whose words are looked for in a parse, by the last of them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.by_last: dict[str, list[Row]] = {}
        for row in sorted(rows, key=lambda row: -len(row.key.split())):
            self.by_last.setdefault(row.key.split()[-1], []).append(row)

    def ending_at(self, word: Token) -> Iterator[tuple[Row, Token]]:
        """The rows whose words end here, of those with most words, each with the first of its words."""
        longest = 0
        for row in self.by_last.get(word.lower_, ()):
            words = row.key.split()
            first = word.i + 1 - len(words)
            if len(words) < longest or first < 0:
                return
            told = [lemma(t) if t.pos_ == "NOUN" else t.lower_ for t in word.doc[first : word.i + 1]]
            if told == words and not word.doc[first + 1 : word.i + 1].text.startswith("\n"):
                longest = len(words)
                if not _denied(word.doc[first]):
                    yield row, word.doc[first]


def _denied(word: Token) -> bool:
    """As in "not because of the raid"."""
    return word.i > 0 and word.nbor(-1).lower_ in {"not", "never"} and not word.is_sent_start
