"""Sequence: the words of a report that set its acts against each other, and against the times they hang on.

"Met after the mayor resigned", "the raid led to clashes", "he then left", "the vote, which took place in May": each
gives an order between two events, or the time of one, with the words that say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.parse import Parse, Tools
from onrecord.extract.what.acts import counted
from onrecord.extract.what.predicates import lemma
from onrecord.extract.what.setting import says_held
from onrecord.extract.when.occasions import Dates, Timed, attached
from onrecord.extract.when.timewords import ORDINAL
from onrecord.lexicon import Row
from onrecord.record import Reading, Reason, Status, TimeExpression, TimeKind

if TYPE_CHECKING:
    from spacy.tokens import Token

# How many events back the act lies that "then" goes on from, and how many sentences.
BACK, SENTENCES = 4, 2
# How many words may stand between a noun and the clause that describes it.
NEAR = 14
# Verbs that tell of an act only how it began: it reaches from then on.
BEGINS = frozenset({"begin", "start", "open", "launch", "break", "erupt"})
# Verbs that say of an act that began that it was not over yet: "which opened in May and went on into June".
LASTING = frozenset({"continue", "last", "resume", "run", "end", "finish", "conclude"})
DATED = frozenset({TimeKind.DATE, TimeKind.TIME})
# Words before which a length counts from the act that they name.
COUNTED = frozenset({"after", "before", "following"})
# What an order says of the other event.
TURNED = {"after": "before", "before": "after", "meanwhile": "meanwhile"}
# Verbs of harm, beside which "in" names the act that did it: "killed in the raid"; not "charged in the raid".
HARM = frozenset({"kill", "wound", "injure", "die", "hurt", "maim", "burn", "destroy", "damage", "perish"})
SHUT_OUT = frozenset({Status.DID_NOT_HAPPEN, Status.DENIED, Status.COUNTERFACTUAL, Status.HYPOTHETICAL})


@dataclass(frozen=True, slots=True)
class Order:
    """That one event lies after, before, during, since or until another, or meanwhile; both by their place.

    ``kept``: worth telling even where neither is dated. ``length``: how far apart, as in "three days after".
    """

    event: int
    other: int
    relation: str
    why: Reason
    kept: bool = False
    length: TimeExpression | None = None


class Sequence:
    """The events of one report by their words, and the words of order between them."""

    def __init__(self, reading: Reading, parse: Parse, tools: Tools) -> None:
        self.events = reading.events
        self.text = reading.document.text
        self.parse = parse
        self.dates = Dates.of(reading, parse)
        order = tools.lexicons["order-words"].by_key
        self.links = {word: row for word, row in order.items() if row["stands"] != "adverb" and " " not in word}
        self.phrases = _by_last(order)
        self.adverbs = {word: row for word, row in order.items() if row["stands"] == "adverb"}
        self.causing = _by_verb(tools.lexicons["causing-verbs"].by_key)
        self.by_token: dict[int, int] = {}
        self.heads: list[Token | None] = []
        for k, event in enumerate(reading.events):
            tokens = parse.tokens(event.trigger)
            self.heads.append(tokens.root if len(tokens) else None)
            for token in tokens:
                self.by_token.setdefault(token.i, k)
        self.by_verb = self._by_verb()
        self.begun: set[int] = set()
        self.held = self._held()

    def _by_verb(self) -> dict[int, int]:
        """Events by the verb that carries them: their own, or that of the noun that tells them ("talks began")."""
        found = {
            token.i: k for k, token in enumerate(self.heads) if token is not None and token.pos_ in {"VERB", "AUX"}
        }
        nouns = [(k, t) for k, t in enumerate(self.heads) if t is not None and t.pos_ not in {"VERB", "AUX"}]
        for near in ({"nsubj", "nsubjpass", "dobj"}, {"pobj"}):  # "after the raid, clashes broke out": the clashes
            for k, token in nouns:
                verb = token.head.head if token.dep_ == "pobj" else token.head
                if token.dep_ in near and verb.pos_ == "VERB":
                    found.setdefault(verb.i, k)
        return found

    def at(self, token: Token) -> int | None:
        """The event that a word tells or, if it is a verb, carries."""
        found = self.by_token.get(token.i)
        return self.by_verb.get(token.i) if found is None else found

    def times_of(self, k: int) -> list[Timed]:
        """The times of an event in the clause that says it was held, or the time that its own clause hangs on."""
        return self.held.get(k) or self._within_a_time(k)

    def _within_a_time(self, k: int) -> list[Timed]:
        """As in "in May 2014, when the king fled": what a clause tells that hangs on a time took place in it."""
        verb = self.heads[k]
        for _ in range(SENTENCES):
            if verb is None or verb.dep_ != "conj":
                break
            verb = verb.head
        if verb is None or verb.dep_ not in {"relcl", "acl", "advcl"} or verb.head.i == verb.i:
            return self._of_when_clause(k)
        if not any(word.lower_ == "when" for word in verb.lefts):
            return self._of_when_clause(k)
        expression = self.dates.by_token.get(verb.head.i)
        return self._dated((expression, None) if expression is not None else attached(verb.head, self.dates))

    def _of_when_clause(self, k: int) -> list[Timed]:
        """As in "three died when a fire broke out on Tuesday", also where the fire is no event of its own."""
        head = self.heads[k]
        for clause in head.rights if head is not None and head.pos_ == "VERB" else ():
            opens = any(w.lower_ == "when" and w.dep_ in {"advmod", "mark"} for w in clause.lefts)
            if clause.dep_ == "advcl" and opens and self.at(clause) is None:
                return self._dated(attached(clause, self.dates))
        return []

    def _dated(self, found: Timed | None) -> list[Timed]:
        return [found] if found is not None and found[0].kind in DATED and found[0].interval is not None else []

    def _held(self) -> dict[int, list[Timed]]:
        """By event: the times in a clause that says that it took place, as in "talks, which opened in May"."""
        found = {}
        for word in self.parse.doc:
            if word.tag_ != "WDT" or word.dep_ not in syntax.SUBJECTS or not says_held(word.head):
                continue
            k = self._noun_before(word)
            times = self._dated(attached(word.head, self.dates))
            if k is not None and lemma(word.head) in BEGINS:
                self.begun.add(k)
            for verb in word.head.conjuncts if times else ():
                times += self._dated(attached(verb, self.dates)) if lemma(verb) in LASTING else []
            if k is not None and times:
                found[k] = times
        return found

    def _noun_before(self, pronoun: Token) -> int | None:
        """The event told by a noun to which "which" goes back: the last one in the sentence before it, near it."""
        for i in range(pronoun.i - 1, max(-1, pronoun.i - 1 - NEAR), -1):
            word = pronoun.doc[i]
            k = self.by_token.get(i)
            if k is not None and word.pos_ == "NOUN":
                return k
            if word.is_sent_start or word.tag_ in {"VBD", "VBZ", "VBP"}:
                return None
        return None

    # -------------------------------------------------------------------------------------------- words of order

    def both_ways(self) -> tuple[Order, ...]:
        """All orders that the words of the report set between its events, then what each says of the other event."""
        told = list(self.orders())
        turned = []
        for order in told:
            relation = TURNED.get(order.relation)
            if relation is not None:
                why = Reason(order.why.rule, f"{relation} “{self._words(order.event)}”", order.why.span)
                turned.append(Order(order.other, order.event, relation, why, length=order.length))
        return (*told, *turned)

    def orders(self) -> Iterator[Order]:
        """All orders that the words of the report set between its events."""
        yield from self._numbered()
        yield from self._done_by_an_act()
        for token in self.parse.doc:
            link = self._link(token)
            if link is not None and token.i not in self.dates.by_token:
                yield from self._linked(token, link)
            row = self.adverbs.get(token.lower_)
            if row is not None and token.i not in self.dates.by_token:
                yield from self._stepped(token, row)
            if token.tag_ == "WDT" and token.dep_ == "pobj" and token.head.lower_ in self.links:
                yield from self._in_which(token, self.links[token.head.lower_])
            if token.pos_ == "VERB" and token.lemma_.lower() in self.causing:
                yield from self._caused(token)

    def _link(self, word: Token) -> Row | None:
        """The row of a word, or of the phrase that it ends, that stands before the name of another act."""
        for row in self.phrases.get(word.lower_, ()):
            first = word.i + 1 - len(row.key.split())
            if first >= 0 and word.doc[first : word.i + 1].text.lower() == row.key:
                return row
        single = self.links.get(word.lower_)
        if single is None or single["stands"] == "link":
            return single
        beside = word.head.pos_ == "VERB" and word.dep_ == "prep"
        return single if beside and (single["stands"] == "act" or lemma(word.head) in HARM) else None

    def _numbered(self) -> Iterator[Order]:
        """As in "the second raid": it lies after the first, if the report tells of one."""
        last: dict[tuple[str, int], int] = {}
        numbered = [(k, head, _ordinal(head)) for k, head in enumerate(self.heads) if head is not None]
        for k, head, n in numbered:
            if n is not None:
                last.setdefault((lemma(head), n), k)
        for k, head, n in numbered:
            other = last.get((lemma(head), n - 1)) if n is not None else None
            if other is not None:
                why = Reason(
                    "chronology.numbered", f"after “{self._words(other)}”, the one before it", self.events[k].trigger
                )
                yield Order(k, other, "after", why)

    def _done_by_an_act(self) -> Iterator[Order]:
        """As in "the raid killed two": what an act did lies after its beginning."""
        for k, head in enumerate(self.heads):
            if head is None or head.pos_ != "VERB" or syntax.passive(head) or self.by_token.get(head.i) != k:
                continue
            for subject in syntax.subjects(head):
                other = self.by_token.get(_antecedent(subject).i)
                if other is not None and other != k and not self._shut_out(other):
                    note = f"done by “{self._words(other)}”"
                    yield Order(k, other, "after", Reason("chronology.done-by", note, self.events[other].trigger))

    def _linked(self, word: Token, row: Row) -> Iterator[Order]:
        """As in "met after the mayor resigned": the act above the word, and the act below it."""
        above, below = _ends(word)
        if " " in row.key:  # "in the wake of": the act above the whole phrase
            above = syntax.clause_verb(word.doc[word.i + 1 - len(row.key.split())])
        if above is None or below is None:
            return
        other = self.at(below)
        other = self.at(counted(below)) if other is None else other
        if other is None or self._shut_out(other):
            return
        for event in self._acts(above, word):
            if event != other:
                yield self._order(event, other, row, word)

    def _in_which(self, pronoun: Token, row: Row) -> Iterator[Order]:
        """As in "the vote, during which he fled": the next act of the sentence, set against the noun before."""
        other = self._noun_before(pronoun.head)
        event = next((self.by_token[i] for i in self._rest(pronoun) if i in self.by_token), None)
        if event is not None and other is not None and event != other and not self._shut_out(other):
            yield self._order(event, other, row, pronoun.head)

    def _rest(self, word: Token) -> Iterator[int]:
        """The tokens after a word in its sentence, as far as an act may stand."""
        for i in range(word.i + 1, min(len(word.doc), word.i + 1 + NEAR)):
            if word.doc[i].is_sent_start:
                return
            yield i

    def _acts(self, above: Token, word: Token) -> list[int]:
        """The acts beside a word of order: that of its verb, and those joined to it if the word stands before them."""
        verbs = [above]
        if word.i < above.i:
            verbs += [v for v in above.conjuncts if v.i > above.i]
        found = [self.at(verb) for verb in verbs]
        return [k for k in dict.fromkeys(found) if k is not None]

    def _stepped(self, word: Token, row: Row) -> Iterator[Order]:
        """As in "he then left": after the last act told before it as a fact, in this sentence or the two before."""
        event = self.by_token.get(word.head.i)
        if word.dep_ != "advmod" or event is None or self.events[event].status is not Status.HAPPENED:
            return
        if any(aux.lower_ == "had" for aux in word.head.lefts):
            return
        for other in range(event - 1, max(-1, event - 1 - BACK), -1):
            head = self.heads[other]
            told = self.events[other]
            below = head is not None and head.tag_ not in {"VBD", "VBN"} and head.i in {t.i for t in word.head.subtree}
            if head is None or below or told.status is not Status.HAPPENED:
                continue
            if self._sentences_between(head, word) <= SENTENCES:
                yield self._order(event, other, row, word)
            return

    def _sentences_between(self, first: Token, last: Token) -> int:
        return sum(bool(self.parse.doc[i].is_sent_start) for i in range(first.i + 1, last.i + 1))

    def _caused(self, verb: Token) -> Iterator[Order]:
        """As in "the raid led to clashes": the act on one side of a causing verb lies after that on the other."""
        if syntax.negation(verb) is not None or syntax.modal(verb) is not None:
            return
        for row in self.causing[verb.lemma_.lower()]:
            words = _governed(verb, row)
            if words is None:
                continue
            span, objects = words
            causes = [self.at(_antecedent(s)) for s in syntax.subjects(verb)]
            effects = [self.at(o) for o in objects]
            turned = syntax.passive(verb)
            if turned:
                effects = [self.at(o) for o in syntax.by_agents(verb)]
            if (row["later"] == "subject") is not turned:
                causes, effects = effects, causes
            pairs = [(e, c) for e in effects for c in causes if e is not None and c is not None and e != c]
            for effect, cause in pairs:
                if not self._shut_out(cause):
                    note = f"after “{self._words(cause)}”"
                    yield Order(effect, cause, "after", Reason(row.rule, note, self.parse.between(*span)))
            return

    def _shut_out(self, k: int) -> bool:
        return self.events[k].status in SHUT_OUT

    def _order(self, event: int, other: int, row: Row, word: Token) -> Order:
        """The order that a row's word sets between two events; it is told even where neither is dated."""
        relation = row["relation"]
        note = f"{relation} “{self._words(other)}”"
        first = word.doc[word.i + 1 - len(row.key.split())] if " " in row.key else word
        why = Reason(row.rule, note, self.parse.between(first, word))
        return Order(event, other, relation, why, row["stands"] == "link", self._length_before(word))

    def _length_before(self, word: Token) -> TimeExpression | None:
        """The "three days" of "three days after"."""
        found = self.dates.by_token.get(word.i - 1)
        return found if found is not None and found.kind is TimeKind.DURATION and word.lower_ in COUNTED else None

    def _words(self, k: int) -> str:
        return " ".join(self.events[k].trigger.cut(self.text).split())


def _by_last(rows: Mapping[str, Row]) -> dict[str, list[Row]]:
    """The rows of several words by their last word."""
    found: dict[str, list[Row]] = {}
    for words, row in rows.items():
        if " " in words:
            found.setdefault(words.split()[-1], []).append(row)
    return found


def _by_verb(rows: Mapping[str, Row]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for row in rows.values():
        verb = row.key.split()[0]
        found[verb] = (*found.get(verb, ()), row)
    return found


def _ends(word: Token) -> tuple[Token | None, Token | None]:
    """The verb above a word of order, and the verb or noun below it; None where the parse shows none."""
    if word.dep_ == "prep" or (word.pos_ == "ADP" and word.dep_ not in {"mark", "agent"}):
        below = next((t for t in word.rights if t.dep_ in {"pobj", "pcomp"}), None)
        return syntax.clause_verb(word.head), below
    if word.dep_ in {"mark", "advmod"} and word.head.dep_ in {"advcl", "relcl", "acl"} and word.i < word.head.i:
        above = syntax.clause_verb(word.head.head)
        contrasts = word.lower_ == "while" and word.i < above.i  # "While talks failed in May, the two sides ..."
        return (None, None) if contrasts else (above, word.head)
    return None, None


def _ordinal(noun: Token) -> int | None:
    """The number of an act told by a noun: 2 of "the second raid"."""
    if noun.pos_ != "NOUN":
        return None
    return next((ORDINAL[word.lower_] for word in noun.lefts if word.lower_ in ORDINAL), None)


def _antecedent(subject: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    verb = subject.head
    return verb.head if subject.tag_ == "WDT" and verb.dep_ == "relcl" else subject


def _governed(verb: Token, row: Row) -> tuple[tuple[Token, Token], list[Token]] | None:
    """The words of a causing verb, first and last, and the heads of what it governs; None if the row does not fit."""
    _, *rest = row.key.split()
    if not rest:
        return (verb, verb), list(syntax.objects(verb))
    part = next((t for t in verb.rights if t.lower_ == rest[0] and t.dep_ in {"prep", "prt", "advmod", "dative"}), None)
    if part is None:
        return None
    below = [h for t in part.rights if t.dep_ == "pobj" for h in syntax.with_conjuncts(t)]
    return (verb, part), below or list(syntax.objects(verb))
