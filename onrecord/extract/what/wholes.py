"""Wholes: events that the words of a report tell as parts of another ("soldiers shot two men during the raid").

Only where words say so, and only where both are told in one way: what happened is no part of what was only planned.
Being its topic makes nothing a part ("charged over the raid"). The part points at the very telling that the words name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.parse import Parse, Tools
from onrecord.extract.what.acts import Acts, Phrases, antecedent, is_aim, joined
from onrecord.extract.what.predicates import lemma
from onrecord.extract.when.timewords import ORDINAL
from onrecord.lexicon import Row
from onrecord.record import Event, Id, Reading, Reason, TimeInterval

if TYPE_CHECKING:
    from spacy.tokens import Token

# Nouns that make "in" and its noun one turn of phrase: "killed in retaliation for", not "killed in a retaliation".
TURNS = frozenset(
    {"retaliation", "revenge", "reprisal", "response", "reaction", "protest", "search", "support", "exchange", "return"}
    | {"defiance", "connection", "agreement", "attempt", "detention", "custody"}
)
# How many words may stand between the act and a list of its parts.
NEAR = 12
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """That one event is told as part of another, both by their place, and why."""

    part: int
    whole: int
    why: Reason


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Event, ...]:
    """The stage ``wholes``: the events, each that is told as part of another with that other's id."""
    events = list(reading.events)
    told = _Told(Acts(reading.events, parse), reading.document.text, tools)
    firsts = {event.id: event.same_as or event.id for event in reading.events}
    above: dict[Id, Id] = {}
    for one in told.parts():
        part, whole = events[one.part], events[one.whole]
        if part.part_of is not None or not fits(part, whole) or _leads_to(firsts[whole.id], firsts[part.id], above):
            continue
        events[one.part] = replace(part, part_of=whole.id, reasons=(*part.reasons, one.why))
        above.setdefault(firsts[part.id], firsts[whole.id])
    return tuple(events)


def fits(part: Event, whole: Event) -> bool:
    """Whether one event may be part of another: told in one way, at times that meet."""
    return part.status is whole.status and not (_over(part.when, whole.when) or _over(whole.when, part.when))


def _over(first: TimeInterval | None, second: TimeInterval | None) -> bool:
    """Whether the first time is over before the second begins."""
    if first is None or second is None or first.end is None or second.start is None:
        return False
    return first.end <= second.start


def _leads_to(start: Id, goal: Id, above: Mapping[Id, Id]) -> bool:
    """Whether the wholes above an event, itself among them, hold another: that cannot be a part of it."""
    at: Id | None = start
    while at is not None and at != goal:
        at = above.get(at)
    return at is not None


class _Told:
    """The words of one report that tell parts."""

    def __init__(self, acts: Acts, text: str, tools: Tools) -> None:
        self.acts = acts
        self.text = text
        rows = tuple(tools.lexicons["part-words"])
        self.phrases = Phrases(row for row in rows if row["stands"] not in {"verb", "stretch"})
        self.stretches = {row.key.split()[0]: row for row in rows if row["stands"] == "stretch"}
        self.verbs = {row.key.split()[0]: row for row in rows if row["stands"] == "verb"}
        self.ways: Mapping[str, Callable[[Token, Token], Iterator[Pair]]] = {
            "under": self._under,
            "held": self._held,
            "clause": self._clause,
            "list": self._list,
            "numbered": self._numbered,
        }

    def parts(self) -> Iterator[Part]:
        """All that is told as part of something else, in the order of the text."""
        if len(self.acts.events) < 2:
            return
        for word in self.acts.parse.doc:
            for row, first in self.phrases.ending_at(word):
                for part, whole in self.ways[row["stands"]](first, word):
                    yield from self._part(row, (part, whole), (first, word))
            if word.dep_ == "pobj" and lemma(word) in self.stretches:
                yield from self._in_stretch(word)
            row_of_verb = self.verbs.get(lemma(word)) if word.pos_ == "VERB" else None
            if row_of_verb is not None:
                yield from self._of_verb(word, row_of_verb)

    def _part(self, row: Row, pair: Pair, words: tuple[Token, Token]) -> Iterator[Part]:
        part, whole = pair
        if part == whole or not (_may_be(row["part"], self._head(part)) and _may_be(row["whole"], self._head(whole))):
            return
        note = f"part of “{' '.join(self.acts.events[whole].trigger.cut(self.text).split())}”"
        yield Part(part, whole, Reason(row.rule, note, self.acts.parse.between(*words)))

    def _head(self, k: int) -> str:
        head = self.acts.heads[k]
        return lemma(head) if head is not None and head.pos_ != "VERB" else self.acts.events[k].predicate

    # -------------------------------------------------------------------------------------------- ways of telling

    def _under(self, first: Token, last: Token) -> Iterator[Pair]:
        """As in "shot two men during the raid", "the raid was part of a campaign"."""
        wholes = self._wholes_under(first, last)
        yield from ((part, whole) for whole in wholes[:1] for part in self._beside(first))

    def _held(self, first: Token, last: Token) -> Iterator[Pair]:
        """As in "killed in the raid": beside a verb only, and no turn of phrase ("in retaliation for")."""
        if first.head.pos_ == "VERB" and not is_aim(first.head) and not any(_turns(noun) for noun in last.rights):
            yield from self._under(first, last)

    def _beside(self, first: Token) -> list[int]:
        """The act that is told as the part: beside the words, or the subject that they say it of."""
        said_of = first.head if first.dep_ in {"attr", "acomp"} else None
        if said_of is not None and lemma(said_of) in {"be", "form", "become"}:
            found = [self.acts.told_by(subject) for subject in syntax.subjects(said_of)]
            return [k for k in found if k is not None]
        if first.pos_ == "NOUN":  # "the raid, part of a campaign"
            own = self.acts.told_by(first.head) if first.dep_ == "appos" else None
            return [] if own is None else [own]
        return self.acts.beside(first)

    def _wholes_under(self, first: Token, last: Token) -> list[int]:
        """The acts under a word, also where a noun for a piece of time stands between: "the first day of the riots"."""
        low = [noun for noun in last.rights if noun.dep_ == "pobj" and self.acts.told_by(noun) is None]
        named = [k for k in self.acts.below(first, last) if self._is_named(k)]
        return named + [k for noun in low for k in self._of_stretch(noun)]

    def _is_named(self, k: int) -> bool:
        """Whether a noun tells it: what lasts is named, not told by a verb."""
        head = self.acts.heads[k]
        return head is not None and (head.pos_ == "NOUN" or head.tag_ == "VBG" or self._is_light(head))

    def _is_light(self, head: Token) -> bool:
        return any(child.dep_ == "dobj" and self.acts.told_by(child) is not None for child in head.rights)

    def _of_stretch(self, noun: Token) -> list[int]:
        if lemma(noun) not in self.stretches:
            return []
        of = [child for child in noun.rights if child.lower_ == "of"]
        return [k for word in of for k in self.acts.below(word, word)]

    def _named_by(self, noun: Token) -> list[int]:
        """The act that a noun tells, or is a piece of."""
        own = self.acts.told_by(noun)
        return self._of_stretch(noun) if own is None else [own]

    def _in_stretch(self, noun: Token) -> Iterator[Part]:
        """As in "arrested two men on the first day of the protests"."""
        row, of = self.stretches[lemma(noun)], next((c for c in noun.rights if c.lower_ == "of"), None)
        if of is None or noun.head.lower_ not in {"on", "in", "at", "during"}:
            return
        for whole in self._of_stretch(noun)[:1]:
            for part in self.acts.beside(noun.head):
                yield from self._part(row, (part, whole), (noun, of))

    def _clause(self, first: Token, last: Token) -> Iterator[Pair]:
        """As in "a raid in which soldiers shot two men": the acts of the clause, the noun that it describes."""
        verb = syntax.clause_verb(first)
        whole = self.acts.told_by(verb.head) if verb.dep_ == "relcl" and verb.head.i < first.i else None
        if last.tag_ == "WDT" and whole is not None and self._is_named(whole):
            yield from ((part, whole) for v in joined(verb) for part in self.acts.of_clause(v))

    def _list(self, first: Token, last: Token) -> Iterator[Pair]:
        """As in "attacks, including a raid on the port": what is counted up, the noun in the plural before it."""
        parts = self.acts.below(first, last)
        for i in range(first.i - 1, max(-1, first.i - 1 - NEAR), -1) if parts else ():
            word = last.doc[i]
            whole = self.acts.told_by(word)
            if whole is not None and word.pos_ == "NOUN":
                if word.tag_ == "NNS" and word in (first.head, *first.head.ancestors):
                    yield from ((part, whole) for part in parts)
                return
            if word.is_sent_start or word.tag_ in {"VBD", "VBZ", "VBP"}:
                return

    def _numbered(self, first: Token, last: Token) -> Iterator[Pair]:
        """As in "the second meeting of the talks"."""
        part = self.acts.told_by(first.head)
        if part is not None and any(w.lower_ in ORDINAL or w.lower_ in {"last", "latest"} for w in first.head.lefts):
            yield from ((part, whole) for whole in self.acts.below(last, last))

    def _of_verb(self, verb: Token, row: Row) -> Iterator[Part]:
        """As in "the protests saw looting", "the offensive began with an airstrike"."""
        if syntax.passive(verb) or syntax.negation(verb) is not None or syntax.modal(verb) is not None:
            return
        governed = row.key.split()[1:]
        under = next((c for c in verb.rights if governed and c.lower_ == governed[0] and c.dep_ == "prep"), None)
        if governed and (under is None or under.i > verb.i + 2):
            return
        wholes = [k for subject in syntax.subjects(verb) for k in self._named_by(antecedent(subject))]
        parts = self.acts.below(under, under) if under is not None else self._objects(verb)
        for whole in wholes[:1]:
            for part in parts:
                yield from self._part(row, (part, whole), (verb, under if under is not None else verb))

    def _objects(self, verb: Token) -> list[int]:
        found = [self.acts.told_by(noun) for noun in syntax.objects(verb) if noun.pos_ == "NOUN"]
        return [k for k in dict.fromkeys(found) if k is not None]


def _may_be(lemmas: str, told: str) -> bool:
    return not lemmas or told in lemmas.split()


def _turns(noun: Token) -> bool:
    """Whether a noun under "in" is no act but a turn of phrase with it: bare, and in the singular."""
    bare = not any(word.dep_ in {"det", "poss", "nummod"} for word in noun.lefts)
    return noun.dep_ == "pobj" and noun.tag_ == "NN" and bare and noun.lower_ in TURNS
