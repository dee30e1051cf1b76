"""What an amount counts, if it counts at all: the noun, the unit, and the entity or event that the number belongs to.

A number counts where it stands before a noun ("300 monks"), before a word for what befell people ("14 dead"), in the
place of a noun ("at least three were shot"), or where the report says that it is a number ("the toll rose to 14"). A
number behind its noun is a label ("room 12"), one between commas an age.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.what.amounts import Amount
from onrecord.extract.what.numerals import stands_at, word_at
from onrecord.extract.whereabouts import Whereabouts
from onrecord.lexicon import Lexicons
from onrecord.record import Entity, Event, Reading, Reason

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# From a numeral up to its noun.
TO_NOUN = frozenset({"nummod", "quantmod", "compound", "amod", "det", "conj", "punct", "npadvmod", "nmod"})
# From what is counted up to the act whose argument it is.
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "attr", "oprd", "conj", "prep", "agent", "appos",
                       "nummod", "compound", "nmod", "quantmod", "acomp", "npadvmod", "dep"})  # fmt: skip
IN_PLACE_OF_A_NOUN = frozenset({"nsubj", "nsubjpass", "dobj", "agent"})
PLURAL_VERBS = frozenset({"were", "are", "have"})
# "Won 3-1", "voted 54 to 12": scores; "turned 40": an age.
SCORING = frozenset({"win", "lose", "beat", "draw", "lead", "vote", "score", "defeat"})
AGEING = frozenset({"turn"})
RESULT = frozenset({"leave", "claim", "bring"})
YEAR = re.compile(r"1\d{3}|20\d\d|21\d\d")
DEFINITE = frozenset({"the", "these", "those", "his", "her", "its", "their", "our", "my", "your"})
OTHERS = frozenset({"others", "other"})
ENDS = frozenset({"first", "last"})
OF_WHOM = ("of whom", "of which", "of them", "of these", "of those")
# "The dead in the raid", "the toll of the blast".
WITHIN = frozenset({"in", "from", "of", "during"})
# Steps up the tree at most.
CLIMB = 6


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted. ``noun``: the word an entity may stand at; ``argument``: the word whose act is asked for.

    ``borrows``: the unit is not said here but where the same was counted before ("three of them", "the other nine");
    ``part``: a part of what the noun names ("three of the five deputies"), so that its entity is not what is counted.
    ``told``: a noun for a number is spoken of, and the act it names ("the toll of the blast") goes before its verb.
    """

    unit: str
    argument: Token
    noun: Token | None = None
    borrows: bool = False
    part: bool = False
    told: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Scene:
    """A report as this stage looks at it."""

    doc: Doc
    parse: Parse
    lexicons: Lexicons
    places: Whereabouts
    events: dict[int, Event]
    timed: frozenset[int]

    @classmethod
    def of(cls, reading: Reading, parse: Parse, lexicons: Lexicons) -> Scene:
        """``events`` by the first character of their triggers, ``timed``: the tokens of time expressions."""
        events = {event.trigger.start: event for event in reversed(reading.events)}
        timed = frozenset(token.i for time in reading.times for token in parse.tokens(time.span))
        return cls(parse.doc, parse, lexicons, Whereabouts.of(reading), events, timed)

    def event(self, word: Token) -> Event | None:
        """The event whose trigger begins at a word."""
        return self.events.get(self.parse.span(word).start)

    def entity(self, word: Token) -> Entity | None:
        """The entity that the mention headed by a word stands for."""
        return self.places.entity(self.places.at_head(self.parse.span(word)))

    def reason(self, rule: str, note: str, first: Token, last: Token | None = None) -> Reason:
        """A reason with the words from one token to another."""
        return Reason(rule, note, self.parse.between(first, last if last is not None else first))


def judge(scene: Scene, amount: Amount) -> Counted | None:
    """What an amount counts; None if it is no count: a date, an age, a label, an address, a score."""
    first, last = amount.core
    if any(i in scene.timed for i in range(first, last + 1)) and not _mistaken_for_year(scene, amount):
        return None
    if amount.money:
        head = scene.doc[first : last + 1].root
        return Counted(amount.money, head, None)
    found = _state(scene, amount) or _told_number(scene, amount) or _noun(scene, amount)
    if found is None:
        return _in_place_of_noun(scene, amount)
    noun = found.noun
    if noun is None:
        return found
    units = scene.lexicons["time-units"].by_key
    if noun.lemma_.lower() in units or noun.lower_ in {"percent", "%"} or noun.i in scene.timed:
        return None
    endings = scene.lexicons["name-endings"].by_key.get(noun.lower_)
    is_address = noun.tag_ == "NNP" and endings is not None and endings["kind"] == "place"
    return None if is_address and noun.i > last + 1 else found


def _mistaken_for_year(scene: Scene, amount: Amount) -> bool:
    """Whether "two thousand" of "two thousand monks" was read as a year: in words, and before a plural."""
    first, last = amount.core
    following = scene.doc[last + 1] if last + 1 < len(scene.doc) else None
    spelled = all(scene.doc[i].is_alpha for i in range(first, last + 1)) and last > first
    return spelled and following is not None and following.tag_ == "NNS" and following.i not in scene.timed


# ------------------------------------------------------------------------------------------- the four constructions


def _noun(scene: Scene, amount: Amount) -> Counted | None:
    """The noun behind the number: "monks" of "300 monks", of "dozens of monks" and of "three of the five monks"."""
    doc, last = scene.doc, amount.last
    if word_at(doc, last + 1) == "of":
        return _of(scene, amount, doc[last + 1])
    if word_at(doc, last) == "of":
        return _of(scene, amount, doc[last])
    if stands_at(doc, last + 1, "out of"):
        return _of(scene, amount, doc[last + 2])
    strong = last + 1 + (word_at(doc, last + 1) == "-")
    if word_at(doc, strong) == "strong":  # "a 300-strong force", "the group, some 400 strong"
        noun = doc[strong].head
        return Counted("", noun, noun, reasons=(scene.reason("quantities.strong", "so many strong", doc[strong]),))
    word = doc[amount.core[0] : amount.core[1] + 1].root
    for _ in range(CLIMB):
        if word.dep_ not in TO_NOUN or word.head.i == word.i:
            return None
        word = word.head
        if word.pos_ in {"NOUN", "PROPN"} and word.i > last:
            return _before_noun(scene, word)
        if word.i < amount.first:
            return None
    return None


def _before_noun(scene: Scene, word: Token) -> Counted | None:
    times = word.lemma_ == "time" and word_at(scene.doc, word.i + 1) in {"as", "more", "the", "higher", "that"}
    if times:  # "three times as many"
        return None
    others = word.lower_ in OTHERS
    reason = scene.reason("quantities.others" if others else "quantities.noun", "what is counted", word)
    return Counted(word.lemma_.lower(), word, word, borrows=others, reasons=(reason,))


def _of(scene: Scene, amount: Amount, of: Token) -> Counted | None:
    """Of a bare noun all that it names is counted ("dozens of monks"); "three of the monks", "of them": a part."""
    noun = next((child for child in of.children if child.dep_ == "pobj"), None)
    if noun is None and of.dep_ == "quantmod" and of.head.head.i > of.head.i:  # "two of five guards"
        noun = of.head.head
    if noun is None:
        return None
    head = scene.doc[amount.core[0] : amount.core[1] + 1].root
    if noun.pos_ == "NUM":  # "one of the 12 arrested"
        return Counted("", head, head, part=True, reasons=(scene.reason("quantities.part", "a part of these", noun),))
    if noun.pos_ == "PRON":
        reason = scene.reason("quantities.of-them", "a part of those counted before", of, noun)
        return Counted("", head, head, borrows=True, part=True, reasons=(reason,))
    part = any(child.lower_ in DEFINITE for child in noun.children)
    word = head if part else noun
    rule = "quantities.part" if part else "quantities.noun"
    return Counted(noun.lemma_.lower(), word, word, part=part, reasons=(scene.reason(rule, "what is counted", noun),))


def _state(scene: Scene, amount: Amount) -> Counted | None:
    """What befell people: "14 dead". "12 wounded soldiers" counts soldiers, "14 killed the guard" is a clause."""
    i = amount.last + 1
    row = scene.lexicons["counted-states"].by_key.get(word_at(scene.doc, i))
    if row is None or amount.low == 1 == amount.high:
        return None
    word = scene.doc[i]
    head = scene.doc[amount.core[0] : amount.core[1] + 1].root
    if word.dep_ in {"amod", "compound"} and word.head.pos_ in {"NOUN", "PROPN"} and word.head.i > i:
        return None
    if any(child.dep_ == "dobj" for child in word.children) or (head.dep_ == "nummod" and head.head.i > i):
        return None
    return Counted(row.key, word, None, reasons=(scene.reason(row.rule, "what befell those counted", word),))


def _told_number(scene: Scene, amount: Amount) -> Counted | None:
    """What a noun for a number says that it counts: "the number of dead rose from 12 to 14", "the toll was 430"."""
    i = amount.first - 1
    if word_at(scene.doc, i) in {"to", "at", "from"}:
        if word_at(scene.doc, i) == "to" and word_at(scene.doc, i - 2) == "from":
            i -= 2
        i -= 1
    stands_before = i >= 0 and scene.doc[i].pos_ in {"VERB", "AUX"}
    verb = scene.doc[i] if stands_before else _changing_verb(scene, amount)
    if verb is None:
        return None
    nouns = scene.lexicons["count-nouns"].by_key
    beside = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass", "dobj"}]
    told = next((child for child in beside if child.lemma_.lower() in nouns), None)
    subject = told or next((child for child in beside if child.dep_ != "dobj"), None)
    change = scene.lexicons["count-changes"].by_key.get(verb.lemma_.lower())
    if subject is None or (change is None and verb.lemma_ != "be"):
        return None
    reasons = (scene.reason(change.rule, "how the number changed", verb),) if change is not None else ()
    two = f"{word_at(scene.doc, subject.i - 1)} {subject.lemma_.lower()}"
    row = nouns.get(two) or nouns.get(subject.lemma_.lower())
    if row is None:
        return _changed(scene, amount, subject, reasons)
    first = scene.doc[subject.i - (row.key == two)]
    reasons = (scene.reason(row.rule, "a number is told", first, subject), *reasons)
    of = next((child for child in subject.children if child.lower_ == "of"), None)
    noun = next((child for child in of.children if child.dep_ == "pobj"), None) if of is not None else None
    if noun is not None:
        reasons = (*reasons, scene.reason("quantities.noun", "what is counted", noun))
        return Counted(noun.lemma_.lower(), noun, noun, told=True, reasons=reasons)
    return Counted(row["unit"], subject, None, told=True, reasons=reasons) if row.flag("alone") else None


def _changing_verb(scene: Scene, amount: Amount) -> Token | None:
    """The verb of change above "from 12" and "to 14", where other words stand between."""
    head = scene.doc[amount.core[0] : amount.core[1] + 1].root
    if head.dep_ != "pobj":
        return None
    word = head.head
    for _ in range(3):
        if word.lower_ not in {"from", "to", "at"}:
            return None
        word = word.head
        if word.pos_ == "VERB":
            return word
    return None


def _changed(scene: Scene, amount: Amount, subject: Token, reasons: tuple[Reason, ...]) -> Counted | None:
    """The subject itself is counted: "arrests rose from 12 to 14"."""
    tells_two = amount.earlier or word_at(scene.doc, amount.first - 3) == "from"
    if subject.tag_ != "NNS" or not tells_two:
        return None
    reasons = (*reasons, scene.reason("quantities.noun", "what is counted", subject))
    return Counted(subject.lemma_.lower(), subject, subject, reasons=reasons)


def _in_place_of_noun(scene: Scene, amount: Amount) -> Counted | None:
    """A number in the place of a noun: "at least three were shot", "killing 14", "the 200 first reported"."""
    doc = scene.doc
    head = doc[amount.core[0] : amount.core[1] + 1].root
    bounded = amount.first < amount.core[0] or amount.last > amount.core[1]
    following = doc[amount.last + 1] if amount.last + 1 < len(doc) else None
    is_year = head.i == amount.core[0] and YEAR.fullmatch(head.lower_) is not None
    if following is not None and following.lower_ in PLURAL_VERBS and not _is_label(scene, amount):
        verb = following.head if following.dep_ in {"aux", "auxpass"} else following
        return _elliptical(scene, amount, head, verb)
    if (is_year or amount.low == 1 == amount.high) and not bounded:
        return None
    if word_at(doc, amount.first - 1) in DEFINITE and following is not None:
        verb = doc[following.i + 1] if following.pos_ == "ADV" and following.i + 1 < len(doc) else following
        if verb.tag_ == "VBN" or (verb is not following and verb.pos_ == "VERB"):
            return _elliptical(scene, amount, head, verb)
    word = head
    while word.dep_ == "conj" and word.head.i < word.i:  # "killed 14, then 12"
        word = word.head
    verb = word.head
    if any(child.dep_ in {"compound", "amod", "poss"} and child.lower_ not in OTHERS | ENDS for child in head.lefts):
        return None if not bounded else _elliptical(scene, amount, head, verb)
    if word.dep_ == "pobj" and verb.lower_ in {"of", "by"} and scene.event(verb.head) is not None:
        return _elliptical(scene, amount, head, verb.head)
    if word.dep_ not in IN_PLACE_OF_A_NOUN or verb.lemma_ in SCORING | AGEING:
        return None
    return _elliptical(scene, amount, head, verb) if scene.event(verb) is not None or bounded else None


def _is_label(scene: Scene, amount: Amount) -> bool:
    """Whether a number belongs to the noun before it: "Gate 7"; not in "On Friday 38 were", "In Velm 38 were"."""
    i = amount.first - 1
    if i < 0 or scene.doc[i].pos_ not in {"NOUN", "PROPN"} or i in scene.timed:
        return False
    opens = i > 0 and scene.doc[i - 1].pos_ == "ADP" and (i == 1 or bool(scene.doc[i - 1].is_sent_start))
    return not opens


def _elliptical(scene: Scene, amount: Amount, head: Token, verb: Token) -> Counted:
    if "other" in {word_at(scene.doc, amount.first - 1), word_at(scene.doc, amount.core[0] - 1)}:
        reason = scene.reason("quantities.others", "others than those counted before", scene.doc[amount.core[0] - 1])
        return Counted("", verb, head, borrows=True, part=True, reasons=(reason,))
    i = amount.first - 2
    if any(stands_at(scene.doc, i, words) for words in OF_WHOM):  # "of whom 12 escaped"
        reason = scene.reason("quantities.of-them", "a part of those counted before", scene.doc[i], scene.doc[i + 1])
        return Counted("", verb, head, borrows=True, part=True, reasons=(reason,))
    reason = scene.reason("quantities.elliptical", "stands for what it counts", head)
    return Counted("", verb, None, reasons=(reason,))


# ------------------------------------------------------------------------------------------------------- whose number


def tie(scene: Scene, counted: Counted) -> tuple[Entity | Event | None, tuple[Reason, ...]]:
    """The entity that is counted, else the event that the counted noun is, or whose argument it is."""
    noun = counted.noun
    if noun is not None:
        event = scene.event(noun)
        if event is not None:
            return event, (scene.reason("quantities.of-event", "the act itself is counted", noun),)
        entity = scene.entity(noun)
        if entity is not None and not counted.borrows:
            return entity, (scene.reason("quantities.of-entity", "those who are counted", noun),)
    acting = (_below(scene, counted.argument) if counted.told else None) or _act(scene, counted.argument)
    if acting is not None:
        word, event = acting
        return event, (scene.reason("quantities.of-event", "the act whose argument is counted", word),)
    entity = scene.entity(noun) if noun is not None else None
    if noun is None or entity is None:
        return None, ()
    return entity, (scene.reason("quantities.of-entity", "those who are counted", noun),)


def _act(scene: Scene, word: Token) -> tuple[Token, Event] | None:
    """The nearest act above a word, within its clause; else one below it ("12 dead in the raid")."""
    start = word
    for _ in range(CLIMB):
        event = scene.event(word)
        if event is not None:
            return _result(scene, word, event)
        if word.head.i == word.i or word.dep_ not in ARGUMENTS:
            break
        word = word.head
    return _below(scene, start)


def _result(scene: Scene, verb: Token, event: Event) -> tuple[Token, Event]:
    """An act of the subject that has this outcome goes before the verb: "the blast left 14 dead"."""
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    own = scene.event(subject) if subject is not None and verb.lemma_ in RESULT else None
    return (subject, own) if subject is not None and own is not None else (verb, event)


def _below(scene: Scene, word: Token) -> tuple[Token, Event] | None:
    for child in word.children:
        if child.i < word.i:
            continue
        within = child.dep_ == "prep" and child.lower_ in WITHIN
        for below in (child, *child.children) if within or child.dep_ in {"acl", "relcl"} else ():
            event = scene.event(below)
            if event is not None:
                return below, event
    return None


def definite(noun: Token) -> bool:
    """Whether a noun names a group known before: "the prisoners", "those monks"."""
    return any(child.lower_ in DEFINITE for child in noun.children)
