"""Events: what happened, or did not, as the words of a report tell it; with who took part, where and when.

The stage ``events`` finds them and leaves their status open; the stage ``status`` judges it. An event is what stands
in the lexicons of event verbs and event nouns, or, without a PLOVER type, a dynamic verb between entities of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.parse import Parse, Tools
from onrecord.extract.what.clause import clause
from onrecord.extract.what.governing import link_of
from onrecord.extract.what.participants import Cast
from onrecord.extract.what.performed import Performed, performed
from onrecord.extract.what.predicates import Predicates, Told, lemma, predicates
from onrecord.extract.what.retelling import joined
from onrecord.extract.what.setting import nested, when
from onrecord.extract.what.signatures import signatures
from onrecord.extract.what.telling import Spans, Tellings
from onrecord.extract.when.occasions import Dates
from onrecord.extract.whereabouts import Whereabouts
from onrecord.lexicon import Row
from onrecord.record import UNREAD, Event, EventType, Kind, Participant, Reading, Reason, TimeInterval, make_id

if TYPE_CHECKING:
    from spacy.tokens import Token

# An event dated this much before the report is told to explain the new one.
OLD = timedelta(days=730)
AGENTS = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.GROUP})
# What a governing word says of an act that makes it worth a row of its own.
JUDGED = frozenset({"denied", "planned", "refused", "attempted", "prevented", "threatened", "requested"})
ACCUSING = frozenset({"accuse", "charge", "allege", "accusation", "allegation", "suspect", "suspicion"})
PAST = frozenset({"VBD", "VBN", "VBG"})
# Types of acts that are done for or with somebody.
FAVOURS = frozenset({EventType.AID, EventType.COOPERATE})
# The longest headline, in words.
HEADLINE = 16
SAID = "events.saying"


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Event, ...]:
    """The stage ``events``: all events of the report in the order of the text, status not yet judged."""
    known = predicates(tools.lexicons)
    scene = _Scene(reading, parse, tools)
    found = []
    for token in parse.doc:
        told = known.told_by(token)
        event = scene.event(told) if told is not None else None
        if told is not None and event is not None:
            found.append((told, event))
    return joined(found, tools.lexicons["taken-up"].by_key)


class _Scene:
    """What the events of one report are made with."""

    def __init__(self, reading: Reading, parse: Parse, tools: Tools) -> None:
        known = predicates(tools.lexicons)
        self.known = known
        self.everything = tools.everything
        self.signs = signatures(tools.lexicons)
        self.performing = tools.lexicons["performed-acts"].by_key
        self.publication = tools.lexicons["publication-words"].by_key
        self.reading = reading
        self.parse = parse
        self.cast = Cast(
            parse,
            Whereabouts.of(reading),
            known,
            tools.lexicons["blame-words"].by_key,
            tools.lexicons["participant-words"].by_key,
        )
        self.dates = Dates.of(reading, parse, known.deferring)
        self.nested = nested(self.dates)
        self.expressions = {time.id: time.span for time in reading.times}
        self.tellings = Tellings(reading.statements)
        self.terms = Spans(span for st in reading.statements for span in (*st.source.terms, *st.source.reason))
        self.speaking = frozenset(
            token.i
            for cue in reading.cues
            if not any(reason.rule == UNREAD for reason in cue.reasons[:1])
            for span in cue.spans
            for token in parse.tokens(span)
            if token.pos_ == "VERB"
        ) - _of_things(reading, parse, known)

    def event(self, told: Told) -> Event | None:
        """The event that these words tell, or None if it is not one to keep."""
        if told.row is None and told.nominal and not self.everything:
            return None
        trigger = self.parse.of(told.words)
        if self.terms.hold(trigger) or self._opens_a_date_line(told.head):
            return None
        act = self._performed(told)
        participants, reasons = self.cast.fill(told) if act is None else self._cast_of(told, act)
        row = told.row if act is None else act.row
        rule = row.rule if row is not None else self._own_rule(told, participants)
        if rule is None:
            return None
        place = self.cast.place(told)
        time = when(told, self.dates, self.nested)
        why = [Reason(rule, told.predicate, trigger)]
        if told.light is not None and told.light_row is not None:
            words = [told.light, *(c for c in told.light.children if c.lower_ in told.light_row.key.split()[1:])]
            why.append(Reason(told.light_row.rule, told.light_row.key, self.parse.of(words)))
        if place is not None:
            why.append(Reason("events.place-in-clause", place[0].name, self.parse.span(place[1])))
        if time is not None:
            said = self.expressions.get(time.anchor_id or "")
            why.append(Reason("events.time-in-clause", "the time of its clause", said))
        statement = self.tellings.innermost(trigger)
        return Event(
            id=make_id("ev", self.reading.document.id, trigger.start, trigger.end),
            trigger=trigger,
            clause=self.parse.span(clause(told.head)),
            predicate=told.predicate,
            type=self._typed(row, told, participants)
            if row
            else EventType.SAY
            if told.head.i in self.speaking
            else EventType.OTHER,
            mode=(row["mode"] or None) if row else None,
            contexts=row.words("contexts") if row and "contexts" in row.values else (),
            participants=participants,
            where=place[0].id if place is not None else None,
            when=time,
            background=_is_old(time, self.reading.published),
            statement=statement.id if statement is not None else None,
            reasons=(*why, *reasons),
        )

    def _opens_a_date_line(self, word: Token) -> bool:
        """As in "Published: 3 May 2019": it tells of the report, not of the affair."""
        if word.lower_ not in self.publication or any(child.dep_ in {"nsubj", "nsubjpass"} for child in word.lefts):
            return False
        before = word.doc[max(0, word.sent.start) : word.i]
        after = word.doc[word.i + 1 : word.i + 4]
        opens = len(before) <= 2 and all(w.lower_ in {"first", "last", "originally"} or w.is_space for w in before)
        return opens and any(w.text == ":" or w.i in self.dates.by_token for w in after)

    def _performed(self, told: Told) -> Performed | None:
        """What is done by saying so, if the verb is one of saying that tells no other act."""
        if told.row is not None or told.nominal or told.head.i not in self.speaking:
            return None
        return performed(told.head, self.known, self.performing, self._is_same)

    def _is_same(self, one: Token, other: Token) -> bool:
        entity = self.cast.entity(one)
        return entity is not None and entity is self.cast.entity(other)

    def _cast_of(self, told: Told, act: Performed) -> tuple[tuple[Participant, ...], tuple[Reason, ...]]:
        """Who says it, and whom the promised act is done to, or who must do it."""
        own, because = self.cast.fill(told)
        theirs, why = self.cast.fill(act.act)
        wanted = "actor" if act.demanded else "recipient"
        taken = {p.entity for p in own if p.part == "actor"}
        others = [p for p in theirs if p.part == wanted and p.entity not in taken]
        spans = {p.span for p in others} | {p.span for p in own if p.part == "actor"}
        found = (*(p for p in own if p.part == "actor"), *(replace(p, part="recipient") for p in others))
        return found, tuple(reason for reason in (*because, *why) if reason.span in spans)

    def _typed(self, row: Row, told: Told, participants: tuple[Participant, ...]) -> EventType:
        """The type of the row; a favour that is done to nobody is none: "gave details", "provided the rifles"."""
        type_ = EventType(row["type"])
        if type_ not in FAVOURS or told.nominal or row is not told.row:
            return type_
        given = syntax.objects(told.head) and all(p.part != "recipient" for p in participants)
        return EventType.OTHER if given else type_

    def _own_rule(self, told: Told, participants: tuple[Participant, ...]) -> str | None:
        """Why a verb without a row tells an event; None if it tells none for the account.

        In the past it tells what somebody did or what happened, unless it tells how things are or what is said;
        in any other form it is an event where it is denied, planned, refused .. of people or bodies of the report.
        """
        if told.idiom is not None:
            return told.idiom.rule if self.everything else None
        if told.nominal:
            return self.known.things[lemma(told.head)].rule if self.everything else None
        row = self.known.stative.get(lemma(told.head))
        light = self.known.light_row(told.head)
        if light is not None and " " in light[0].key and not self.everything:  # "took place"
            return None
        if told.head.i in self.speaking:
            return (row.rule if row is not None else SAID) if self.everything else None
        if row is None or _tells_an_act(row["kind"], told.head):
            if self._is_told_as_past(told.head):
                return "events.act-told" if row is None else row.rule
            if self._is_judged(told) and self._is_of_somebody(told, participants):
                return "events.act-judged"
        if not self.everything:
            return None
        return row.rule if row is not None else "events.any-verb"

    def _is_told_as_past(self, verb: Token) -> bool:
        """Whether a verb is in the past, a participle, or in the present that headlines use for it."""
        if verb.tag_ in PAST or any(aux.lower_ == "did" for aux in syntax.auxiliaries(verb)):
            return True
        if verb.tag_ == "VB" and verb.dep_ == "conj" and verb.head.tag_ == "VBD" and not syntax.auxiliaries(verb):
            return True  # "razed it and put up a mill": a form that is past, too
        if (
            verb.tag_ not in {"VBZ", "VBP"}
            or len(verb.sent) > HEADLINE
            or verb.sent[-1].text in {".", "!", "?", "”", '"'}
        ):
            return False
        return verb.dep_ in {"ROOT", "conj", "advcl"}

    def _is_of_somebody(self, told: Told, participants: tuple[Participant, ...]) -> bool:
        """Whether people or bodies of the report have a part in it."""
        if any(child.tag_ == "PRP" and child.dep_ == "nsubj" for child in told.head.lefts):
            return True
        return any(self.cast.whereabouts.entities[p.entity].kind in AGENTS for p in participants)

    def _is_judged(self, told: Told) -> bool:
        """Whether a word above says of the act that it was denied, alleged, planned, refused .."""
        link = link_of(told.head)
        above = link.governor
        if above is None or link.kind not in {"clause", "gerund"} or above.pos_ not in {"VERB", "NOUN"}:
            return False
        row = self.signs.of(above, link.frame)
        if row is None:
            return False
        brought_about = row["status"] == "pass" and link.frame == "to" and above.pos_ == "VERB"
        return brought_about or row["status"] in JUDGED or lemma(above) in ACCUSING


def _of_things(reading: Reading, parse: Parse, known: Predicates) -> frozenset[int]:
    """Cues that are no verbs of saying by themselves and have no clause as content: "spotted wires", "found a body"."""
    found = set[int]()
    for statement in reading.statements:
        contents = [parse.tokens(span) for span in statement.content]
        if any(len(tokens) and tokens.root.pos_ in {"VERB", "AUX"} for tokens in contents):
            continue
        tokens = (token for span in statement.cue for token in parse.tokens(span) if token.pos_ == "VERB")
        found |= {token.i for token in tokens if lemma(token) not in known.stative}
    return frozenset(found)


def _tells_an_act(kind: str, verb: Token) -> bool:
    """Whether a verb that often only lends its meaning tells an act: "turned back", "took the mill"; not "took to"."""
    if any(child.dep_ == "prt" for child in verb.rights):
        return kind in {"weak", "carrier"}
    return kind == "weak" and not any(child.dep_ in {"xcomp", "ccomp", "acomp", "attr"} for child in verb.rights)


def _is_old(when: TimeInterval | None, published: TimeInterval | None) -> bool:
    """Whether an event is dated long before the report: told to explain."""
    if when is None or when.end is None or published is None or published.start is None:
        return False
    return when.end < _earlier(published.start)


def _earlier(day: date) -> date:
    return day - OLD if day.toordinal() > OLD.days else day
