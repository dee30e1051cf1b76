"""Relations: which events of a report came before others, and which brought others about, by the words that say so.

"After the raid, clashes broke out" sets one before the other; "the raid led to clashes" says that it caused them.
Only what happened precedes or causes what happened, and what is planned what is planned. The links are those that the
words tell, not all that follow from them; where they go in a circle, the least sure falls.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.parse import Parse, Tools
from onrecord.extract.what.acts import Acts, Phrases, antecedent, counted, is_aim, joined, says_that_it_was
from onrecord.extract.what.predicates import lemma
from onrecord.extract.what.sequence import HARM, Order, Sequence
from onrecord.lexicon import Row
from onrecord.record import Event, Id, Link, LinkKind, Manner, Reading, Reason, Status, make_id

if TYPE_CHECKING:
    from spacy.tokens import Token

# Orders of time that put one event before the other; "during" and "meanwhile" do not.
EARLIER = frozenset({"before", "until", "eve"})
LATER = frozenset({"after", "since"})
# What may be linked with what: events of one of these, both of the same.
REAL = frozenset({Status.HAPPENED, Status.PLANNED})
# How sure a link is by what tells it, as read in reports (docs/measured.md).
SURE = {"relations": 0.9, "cause-words": 0.85, "causing-verbs": 0.9, "order-words": 0.85, "chronology": 0.8}
# What a verb is in its sentence that tells a step of the story.
STEPS = frozenset({"ROOT", "ccomp", "parataxis"})
# How many joined verbs back the first of a row is looked for.
CHAIN = 6
# What may also end a long wait, and then goes on from no other act: only where it closes a row of verbs.
CLOSING = frozenset({"order-words#finally"})
# Of words beside an act which only say that it came later ("he then left"), the act before it is a guess.
STEPPED = 0.75


@dataclass(frozen=True, slots=True)
class Told:
    """That one event came before or caused another, both by their place, how sure that is, and why."""

    left: int
    right: int
    kind: LinkKind
    score: float
    why: Reason


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Link, ...]:
    """The stage ``relations``: the links ``before`` and ``causes`` between the events of the report."""
    if len(reading.events) < 2:
        return ()
    words = _Words(reading, parse, tools)
    fitting = [one for one in words.told() if may_link(reading.events[one.left], reading.events[one.right])]
    kept = without_circles(fitting, reading.events)
    return tuple(_link(one, reading) for one in sorted(kept, key=lambda one: (one.left, one.right, one.kind)))


def may_link(left: Event, right: Event) -> bool:
    """Whether the left event may come before the right one: told in one way, at times that allow it."""
    if left.status is not right.status or left.status not in REAL or left.id == right.id:
        return False
    if (left.same_as or left.id) == (right.same_as or right.id) or right.id == left.part_of or left.id == right.part_of:
        return False
    ends, starts = right.when.end if right.when else None, left.when.start if left.when else None
    return ends is None or starts is None or starts < ends


def without_circles(told: list[Told], events: tuple[Event, ...]) -> list[Told]:
    """The links without those that close a circle: the surest are kept first, then those told first."""
    firsts = [event.same_as or event.id for event in events]
    order = _Order()
    kept: dict[tuple[int, int, LinkKind], Told] = {}
    for one in sorted(told, key=lambda one: (-one.score, one.left, one.right, one.kind, one.why.rule)):
        if (one.left, one.right, one.kind) not in kept and order.takes(firsts[one.left], firsts[one.right]):
            kept[one.left, one.right, one.kind] = one
    return list(kept.values())


def _link(one: Told, reading: Reading) -> Link:
    left, right = reading.events[one.left].id, reading.events[one.right].id
    id_ = make_id("l", reading.document.id, one.kind, left, right)
    return Link(id_, left, right, one.kind, one.score, reasons=(one.why,))


class _Order:
    """What lies before what, as long as nothing lies before itself."""

    def __init__(self) -> None:
        self.after: dict[Id, list[Id]] = {}
        self.groups: dict[Id, Id] = {}

    def takes(self, left: Id, right: Id) -> bool:
        """Put one before another, unless that other lies before it already; whether it was done."""
        one, other = self._group(left), self._group(right)
        if left == right or (one == other and self._leads(right, left)):
            return False
        self.groups[one] = other
        self.after.setdefault(left, []).append(right)
        return True

    def _group(self, id_: Id) -> Id:
        """The name of all that hangs together with an event: only inside it can a circle close."""
        while (above := self.groups.get(id_, id_)) != id_:
            self.groups[id_] = self.groups.get(above, above)
            id_ = above
        return id_

    def _leads(self, start: Id, goal: Id) -> bool:
        waiting, seen = [start], {start}
        while waiting:
            at = waiting.pop()
            if at == goal:
                return True
            new = [id_ for id_ in self.after.get(at, ()) if id_ not in seen]
            seen.update(new)
            waiting += new
        return False


class _Words:
    """The words of one report that set its events against each other."""

    def __init__(self, reading: Reading, parse: Parse, tools: Tools) -> None:
        self.sequence = Sequence(reading, parse, tools)
        self.acts = Acts(reading.events, parse)
        self.parse = parse
        self.text = reading.document.text
        self.quoted = {one.id for one in reading.statements if one.manner is Manner.DIRECT}
        self.causes = Phrases(tools.lexicons["cause-words"])
        self.stands = {row.rule: row["stands"] for row in tools.lexicons["order-words"]}
        self.causing = {row.rule for row in tools.lexicons["causing-verbs"] if row.values.get("causes") == "yes"}
        self.verbs: dict[str, list[Row]] = {}
        for row in tools.lexicons["causing-verbs"]:
            if row.rule in self.causing:
                self.verbs.setdefault(row.key.split()[0], []).append(row)

    def told(self) -> Iterator[Told]:
        """All links that the words tell."""
        for order in self.sequence.orders():
            yield from self._of_order(order)
        for word in self.parse.doc:
            for row, first in self.causes.ending_at(word):
                yield from self._grounds(row, first, word)
            if word.pos_ == "VERB" and lemma(word) in self.verbs:
                yield from self._participle(word)
            if word.pos_ == "VERB" and lemma(word) in HARM:
                yield from self._harm(word)

    # -------------------------------------------------------------------------------------------- by words of order

    def _of_order(self, order: Order) -> Iterator[Told]:
        """What the words that bound a time say of what came first."""
        later = order.relation in LATER
        if not later and order.relation not in EARLIER:
            return
        left, right = (order.other, order.event) if later else (order.event, order.other)
        rule = order.why.rule
        file = rule.split("#")[0].split(".")[0]
        kind = LinkKind.CAUSES if rule in self.causing else LinkKind.BEFORE
        score = SURE[file]
        if self.stands.get(rule) == "adverb":
            score = STEPPED
            if not self._goes_on(order):
                return
        elif file == "order-words" and not self._is_set_against(order):
            return
        if rule != "chronology.done-by":
            yield self._told(left, right, kind, score, order.why)

    def _goes_on(self, order: Order) -> bool:
        """Whether a word like "then" carries the story on from the act before, both being steps of it."""
        first, then = self.acts.heads[order.other], self.acts.heads[order.event]
        if self._is_quoted(order.other) and self._statement(order.other) != self._statement(order.event):
            return False
        if order.why.rule in CLOSING and (then is None or first is None or then not in joined(first)):
            return False
        return self._is_told_in_turn(order.event) and self._is_told_in_turn(order.other)

    def _statement(self, k: int) -> Id | None:
        return self.acts.events[k].statement

    def _is_quoted(self, k: int) -> bool:
        """Whether an act is told in somebody's own words: the report's story does not go on from there."""
        return self._statement(k) in self.quoted

    def _is_told_in_turn(self, k: int) -> bool:
        """Whether a verb tells an act as a step of the story, and not in passing ("the guard, who was charged")."""
        head = self.acts.heads[k]
        if head is None or head.pos_ != "VERB":
            return False
        for _ in range(CHAIN):
            if head.dep_ != "conj":
                break
            head = head.head
        return head.dep_ in STEPS

    def _is_set_against(self, order: Order) -> bool:
        """Whether words between two acts set them against each other, and are not said of one: "was once guarded"."""
        word = self.parse.tokens(order.why.span)[-1] if order.why.span is not None else None
        if word is None or (word.dep_ in {"mark", "advmod"} and word.head.dep_ in {"relcl", "acl"}):
            return False
        below = self.acts.heads[order.other]
        if below is None or is_aim(below):
            return False
        return self._stands_whole(order.event, order) and self._stands_whole(order.other, order)

    def _stands_whole(self, k: int, order: Order) -> bool:
        """Whether the words set the act itself against the other, and not only what is said of it.

        "The talks began after the raid" does; "the talks were adjourned after the raid" tells when they paused.
        """
        head = self.acts.heads[k]
        if head is None or head.pos_ in {"VERB", "AUX"} or order.why.span is None:
            return head is not None
        above = head.head
        for _ in range(3):
            if above.pos_ in {"VERB", "AUX"}:
                return (says_that_it_was(above) or self.acts.light.get(above.i) == k) and head.dep_ != "pobj"
            if order.why.span.overlaps(self.parse.span(above)):
                return True
            if head.dep_ == "conj":
                head, above = above, above.head
            elif counted(above.head) == head and above.head != head:
                above = above.head.head
            else:
                return False
        return False

    def _told(self, left: int, right: int, kind: LinkKind, score: float, why: Reason) -> Told:
        verb = "causes" if kind is LinkKind.CAUSES else "before"
        note = f"“{self._words(left)}” {verb} “{self._words(right)}”"
        return Told(left, right, kind, score, Reason(why.rule, note, why.span))

    def _words(self, k: int) -> str:
        return " ".join(self.acts.events[k].trigger.cut(self.text).split())

    # -------------------------------------------------------------------------------------------- by words of cause

    def _grounds(self, row: Row, first: Token, last: Token) -> Iterator[Told]:
        """As in "resigned over the raid", "resigned because rebels attacked"."""
        if row["stands"] == "clause":
            opens = last.dep_ in {"mark", "advmod"} and last.head.dep_ == "advcl" and last.i < last.head.i
            grounds = self.acts.of_clause(last.head) if opens else []
            effects = self.acts.of_clause(syntax.clause_verb(last.head.head)) if opens else []
        else:
            grounds, effects = self.acts.below(first, last), self.acts.beside(first)
        acts = row.words("acts")
        why = Reason(row.rule, "", self.parse.between(first, last))
        for effect in effects if not acts or any(self._is_one_of(k, acts) for k in effects) else ():
            for ground in grounds:
                yield self._told(ground, effect, LinkKind.CAUSES, SURE["cause-words"], why)

    def _is_one_of(self, k: int, lemmas: tuple[str, ...]) -> bool:
        head = self.acts.heads[k]
        return head is not None and lemma(head) in lemmas

    def _participle(self, verb: Token) -> Iterator[Told]:
        """As in "police shot two men, sparking riots", "riots sparked by the raid"."""
        rows = [row for row in self.verbs[lemma(verb)] if row["later"] == "object"]
        if not rows or syntax.negation(verb) is not None or any(c.dep_ in syntax.SUBJECTS for c in verb.children):
            return
        above = verb.head
        own: list[int | None] = [self.acts.told_by(above)] if above.pos_ == "NOUN" else [*self.acts.of_clause(above)]
        for row in rows:
            last, nouns = _governed(verb, row)
            if last is None:
                continue
            causes, effects = own, [self.acts.told_by(n) for n in nouns]
            if verb.tag_ in {"VBN", "VBD"} and verb.dep_ == "acl":
                if last.dep_ != "prep" or last.i == verb.i:  # what "led to" is no passive, whatever the parse says
                    causes, effects = [self.acts.told_by(n) for n in syntax.by_agents(verb)], own
            elif verb.tag_ != "VBG" or verb.dep_ not in {"advcl", "acl"} or verb.i < above.i:
                continue
            why = Reason(row.rule, "", self.parse.between(verb, last))
            for cause, effect in ((c, e) for c in causes for e in effects if c is not None and e is not None):
                yield self._told(cause, effect, LinkKind.CAUSES, SURE["causing-verbs"], why)

    def _harm(self, verb: Token) -> Iterator[Told]:
        """As in "the blast killed two", "two were killed by a blast": an act that does harm causes it."""
        effect = self.acts.told_by(verb)
        doers = syntax.by_agents(verb)
        if not (syntax.passive(verb) or verb.dep_ == "acl"):
            doers = tuple(antecedent(subject) for subject in syntax.subjects(verb))
        for doer in doers if effect is not None else ():
            cause = self.acts.told_by(doer) if doer.pos_ == "NOUN" else None
            if cause is not None and effect is not None:
                why = Reason("relations.harm-done", "", self.acts.events[cause].trigger)
                yield self._told(cause, effect, LinkKind.CAUSES, SURE["relations"], why)


def _governed(verb: Token, row: Row) -> tuple[Token | None, list[Token]]:
    """The last word of a causing verb, and the nouns that it governs; None if the row does not fit."""
    words = row.key.split()
    if len(words) == 1:
        return verb, [n for child in verb.rights if child.dep_ == "dobj" for n in joined(child)]
    part = next((c for c in verb.rights if c.lower_ == words[1]), None)
    if part is None:
        return None, []
    under = [c for c in part.rights if c.dep_ == "pobj"] or [c for c in verb.rights if c.dep_ == "dobj"]
    return part, [n for child in under for n in joined(child)]
