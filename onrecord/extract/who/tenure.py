"""The stage ``tenure``: since when, until when somebody held an office, by the time expressions beside its words.

It follows coreference and resolution, and so also settles what had to wait for them: whose "its" is in "its director",
which rows say the same of the same person, and the former offices of groups ("two former generals").
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when.occasions import Dates, attached
from onrecord.extract.who.careers import (
    BEGINS,
    ENDS,
    Careers,
    Told,
    careers,
    is_past,
    is_perfect,
    is_present,
    is_real,
    told_without_office,
)
from onrecord.extract.who.offices import Around, described
from onrecord.extract.who.phrases import phrases
from onrecord.extract.who.roles import DESCRIPTION, REPLACED, made, of_bodies, verbs_of_office
from onrecord.extract.who.vocabulary import vocabulary
from onrecord.record import (
    Basis,
    Form,
    Id,
    Kind,
    Mention,
    Precision,
    Reading,
    Reason,
    Role,
    Span,
    TimeInterval,
    TimeKind,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.record import TimeExpression

SINCE, UNTIL = frozenset({"since", "from"}), frozenset({"until", "till"})
# Beside a noun only these say when the office was held: "the mayor on Monday" is no mayor of one day.
BESIDE_A_NOUN = SINCE | UNTIL | frozenset({"between", "in", "during"})
ON_A_DAY = frozenset({"on", "in", "at", "during", "from", "effective", "last", "this"})
# Words left of an office that may say when: "since last March the head of ...".
REACH = 6
UNDATED = frozenset({"titles", "roles.title", "tenure-nouns"})
CAN_BE_HAD = frozenset({Kind.ORGANISATION, Kind.PLACE, Kind.GROUP})
# How sure it is that somebody who resigned left the office that he is called by.
LIKELY = 0.8
Bounds = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class _When:
    """A time expression beside an office, and the word before it that says how it bounds it."""

    expression: TimeExpression
    signal: Token | None
    before: bool = False

    @property
    def word(self) -> str:
        """The signal in small letters, or nothing."""
        return self.signal.lower_ if self.signal is not None else ""


@dataclass(frozen=True, slots=True)
class _Office:
    """A role with the words that say it: its verb (None: no verb does) or its noun, and whether it begins or ends."""

    role: Role
    verb: Token | None
    noun: Token
    says: str


def settle(reading: Reading, parse: Parse, tools: Tools) -> tuple[Role, ...]:
    """The roles again, with ``during`` and what it says of ``former``; the same said twice of one person is one row."""
    known = careers(tools.lexicons)
    dates = Dates.of(reading, parse)
    mentions = {mention.id: mention for mention in reading.mentions}
    kinds = {entity.id: entity.kind for entity in reading.entities}
    settled: dict[tuple[Id, Span], Role] = {}
    for role in (*reading.roles, *_later(reading, parse, tools, known)):
        undated = role.reasons[0].rule.partition("#")[0] in UNDATED or not reading.times
        role = role if undated else _dated(_office(role, parse, known), dates)
        role = _owned(role, mentions, kinds)
        holder = mentions[role.holder]
        key = (holder.means or holder.id, role.span)
        settled[key] = _richer(settled[key], role, mentions) if key in settled else role
    return _left(tuple(settled.values()), mentions, _Reader(parse, dates, known))


def _richer(first: Role, second: Role, mentions: dict[Id, Mention]) -> Role:
    """Of two rows that say the same of one person, the one by name, with what only the other knows."""
    named = mentions[second.holder].form is Form.NAME and mentions[first.holder].form is not Form.NAME
    kept, other = (second, first) if named else (first, second)
    former = kept.former if kept.former is not None else other.former
    return replace(kept, of=kept.of or other.of, former=former, during=kept.during or other.during)


def _owned(role: Role, mentions: dict[Id, Mention], kinds: dict[Id, Kind]) -> Role:
    """An office of "its" or "their" only where it was found which body is meant; nobody's own name is his office."""
    if role.of is None:
        return role
    of, holder = mentions[role.of], mentions[role.holder]
    pronoun = of.form is Form.PRONOUN and (of.means is None or kinds.get(of.means) not in CAN_BE_HAD)
    own = of.means is not None and of.means == holder.means
    return replace(role, of=None) if pronoun or own else role


# ----------------------------------------------------------------------------------- offices that a verb leaves unsaid


@dataclass(frozen=True, slots=True)
class _Reader:
    """What verbs are read with."""

    parse: Parse
    dates: Dates
    known: Careers


def _left(roles: tuple[Role, ...], mentions: dict[Id, Mention], reader: _Reader) -> tuple[Role, ...]:
    """The roles again, with what a verb says of the one office that its holder is called by: "the mayor resigned"."""
    changed: dict[Id, Role] = {}
    at_end = {mention.head.end: mention for mention in mentions.values() if mention.kind is Kind.PERSON}
    of: dict[Id, list[Role]] = defaultdict(list)
    for role in sorted(roles, key=_start):
        of[mentions[role.holder].means or role.holder].append(role)
    for told in verbs_of_office(reader.parse, reader.known, told_without_office):
        for token in told.holders:
            holder = at_end.get(reader.parse.span(token).end)
            words = reader.parse.span(token.doc[token.left_edge.i : max(token.i, _name_end(token)) + 1])
            held = _within(words, of[holder.means or holder.id]) if holder is not None else []
            if len(held) == 1 and held[0].former is None and held[0].during is None:
                changed[held[0].id] = _with_end(held[0], told, reader)
    return tuple(changed.get(role.id, role) for role in roles)


def _start(role: Role) -> int:
    return role.span.start


def _within(words: Span, roles: list[Role]) -> list[Role]:
    """Of roles in the order of the text, those that these words say."""
    first, last = bisect_left(roles, words.start, key=_start), bisect_left(roles, words.end, key=_start)
    return [role for role in roles[first:last] if words.contains(role.span)]


def _name_end(token: Token) -> int:
    """Where a noun's name in apposition ends: "the mayor, Lena Orvik"."""
    return max((child.right_edge.i for child in token.rights if child.dep_ == "appos"), default=token.i)


def _with_end(role: Role, told: Told, reader: _Reader) -> Role:
    span = reader.parse.of(told.words)
    why = Reason(told.row.rule, f"{told.says} the office that he is called by", span, LIKELY)
    former = True if told.says == ENDS else role.former
    role = replace(role, former=former, reasons=(*role.reasons, why))
    return _dated(_Office(role, told.verb, told.verb, told.says), reader.dates)


# --------------------------------------------------------------------------- roles that coreference must not hear of


def _later(reading: Reading, parse: Parse, tools: Tools, known: Careers) -> Iterator[Role]:
    """The former offices of groups ("two former generals"), and those that only a verb gives ("led the ministry").

    Nobody is taken up again by these, so they come after coreference.
    """
    told = [told for told in verbs_of_office(parse, known) if told.body is not None]
    groups = {mention.id for mention in reading.mentions if _once_held(mention, reading.document.text, known)}
    if not told and not groups:
        return
    words = vocabulary(tools.lexicons)
    found = phrases(reading, parse, words)
    near = Around.of(found, parse, words, known)
    for phrase in found:
        if phrase.mention.id in groups and phrase.plural and near.is_office(phrase.token):
            office = described(phrase.token, near)
            if office.former is not None:
                reason = Reason(DESCRIPTION, phrase.lemma, phrase.mention.head)
                yield made(reading, phrase, office, reason, near)
    for verb in told:
        for holder, office, reason in of_bodies(verb, near):
            yield made(reading, holder, office, reason, near)


def _once_held(mention: Mention, text: str, known: Careers) -> bool:
    """Whether a group is told of with one word, and no other, that says whether an office is still held."""
    if mention.kind is not Kind.GROUP or mention.form is not Form.DESCRIPTION:
        return False
    words = text[mention.span.start : mention.head.end].lower().split()
    return len({known.words[word]["says"] for word in words if word in known.words}) == 1


# ------------------------------------------------------------------------------------------------------------- dates


def _office(role: Role, parse: Parse, known: Careers) -> _Office:
    """A role with its words in the parse: its reasons hold the verb that said it."""
    noun = parse.tokens(role.span).root
    for reason in role.reasons:
        row = known.rules.get(reason.rule)
        if reason.span is not None and (row is not None or reason.rule == REPLACED):
            verb = parse.tokens(reason.span)[0]
            return _Office(role, verb, noun, row["says"] if row is not None else ENDS)
    return _Office(role, None, noun, "")


def _dated(office: _Office, dates: Dates) -> Role:
    role = office.role
    when = _when(office, dates) if office.verb is None or is_real(office.verb) else None
    if when is None:
        return role
    if when.expression.interval is None:
        return _until_unknown(office, when, dates)
    bounds = _bounds(office, when, dates)
    if bounds is None:
        return role
    why = Reason("roles.tenure", _said(office, when), when.expression.span)
    during = _interval(when, bounds, why, dates)
    former = _former(office, when, bounds, dates)
    return replace(role, during=during, former=former, reasons=(*role.reasons, why))


def _when(office: _Office, dates: Dates) -> _When | None:
    """The time expression of an office: beside its verb, after its noun, or just before its first word."""
    if office.verb is not None:
        found = attached(office.verb, dates) or _fronted(office.verb, dates)
        if found is not None and _is_date(found[0]):
            return _When(*found)
    inside = office.verb is None and office.noun.dep_ == "pobj" and office.noun.head.head.pos_ in {"NOUN", "PROPN"}
    for child in office.noun.rights if not inside else ():
        if child.dep_ == "prep" and child.lower_ in BESIDE_A_NOUN and _close(office, child, dates):
            inner = next((t.i for t in child.rights if t.i in dates.by_token), None)
            if inner is not None and _is_date(dates.by_token[inner]):
                return _When(dates.by_token[inner], child)
    found_after = _listed(office, dates) if not inside else None
    return found_after or (_in_front(office, dates) if office.verb is None else None)


def _fronted(verb: Token, dates: Dates) -> tuple[TimeExpression, Token | None] | None:
    """As in "in 2012 she left the party and became mayor": what opens the sentence counts for its joined verb."""
    found = attached(verb.head, dates) if verb.dep_ == "conj" else None
    return found if found is not None and found[0].span.start < dates.parse.span(verb.head).start else None


def _close(office: _Office, preposition: Token, dates: Dates) -> bool:
    """Whether only the office's body stands between it and what says when: no comma, no verb."""
    between = preposition.doc[dates.parse.tokens(office.role.span).end : preposition.i]
    return len(between) <= REACH + 2 and not any(token.is_punct or token.pos_ in {"VERB", "AUX"} for token in between)


def _is_date(expression: TimeExpression) -> bool:
    return expression.kind is TimeKind.DATE


def _listed(office: _Office, dates: Dates) -> _When | None:
    """As in "(mayor, 2009-2013)": a stretch of years after the office."""
    doc = office.noun.doc
    end = dates.parse.tokens(office.role.span).end
    if office.verb is not None or end + 1 >= len(doc) or doc[end].text not in {",", "(", "from"}:
        return None
    expression = dates.by_token.get(end + 1)
    ranged = expression is not None and "/" in expression.timex and _is_date(expression)
    return _When(expression, None) if ranged and expression is not None else None


def _in_front(office: _Office, dates: Dates) -> _When | None:
    """As in "Orvik, until March the head of the agency"."""
    doc = office.noun.doc
    start = dates.parse.tokens(office.role.span).start
    while start > 0 and doc[start - 1].tag_ in {"DT", "PRP$", "JJ"} and start - 1 not in dates.by_token:
        start -= 1
    expression = dates.by_token.get(start - 1)
    if expression is None:
        return None
    first = start - 1
    while first > 0 and start - first < REACH and dates.by_token.get(first - 1) is expression:
        first -= 1
    signal = doc[first - 1] if first > 0 else None
    if signal is None or signal.lower_ not in SINCE | UNTIL:
        return None
    return _When(expression, signal, before=True) if expression.kind is TimeKind.DATE else None


def _bounds(office: _Office, when: _When, dates: Dates) -> Bounds | None:
    """The first day of the office and the day after its last, ``None`` = open; None if the words bound nothing."""
    interval = when.expression.interval
    assert interval is not None
    start, end = interval.start, interval.end
    word = when.word
    if when.before and word in UNTIL:
        end = _before_the_report(interval, dates)
    ranged = "/" in when.expression.timex
    if office.says in {BEGINS, ENDS}:
        begins = office.says == BEGINS
        fits = word in ON_A_DAY | {"", "since" if begins else "until"}
        start, end = (start if begins and fits else None), (end if fits and not begins else None)
    elif word == "since" or (word == "from" and not ranged):
        end = None
    elif word in UNTIL:
        start = None
    elif not ranged and word not in {"between", "in", "during"}:
        return None
    return None if start is None and end is None else (start, end)


def _before_the_report(interval: TimeInterval, dates: Dates) -> date | None:
    """As in "until March the head": the office is over, so it is the March before the report, not the one to come."""
    end, published = interval.end, dates.published
    if end is None or published is None or published.end is None or end <= published.end:
        return end
    yearly = interval.inferred and interval.precision in {Precision.DAY, Precision.MONTH, Precision.SEASON}
    return end.replace(year=end.year - 1, day=min(end.day, 28)) if yearly and end.year > 1 else None


def _interval(when: _When, bounds: Bounds, why: Reason, dates: Dates) -> TimeInterval:
    """The interval of an office: its open side is not known; a bound that the words give through a rule is inferred."""
    given = when.expression.interval
    assert given is not None
    ranged = "/" in when.expression.timex
    inferred = given.inferred or bounds != (given.start, given.end)
    return TimeInterval(
        *bounds, given.precision, given.basis if given.basis is not Basis.NONE else Basis.EXPRESSION, inferred,
        throughout=ranged or when.word in SINCE, approximate=given.approximate, anchor_id=when.expression.id,
        reasons=(*given.reasons, why),
    )  # fmt: skip


def _said(office: _Office, when: _When) -> str:
    how = f"“{when.word}”" if when.word else office.says
    return f"{how} beside the office"


def _former(office: _Office, when: _When, bounds: Bounds, dates: Dates) -> bool | None:
    """What the dates say of whether it is over: an end before the report says so, "has been since" that it is not."""
    former = office.role.former
    if former is not None:
        return former
    verb, (start, end) = office.verb, bounds
    plain = verb is None or is_past(verb) or is_perfect(verb) or is_present(verb)
    if office.says == BEGINS or not plain:
        return None
    published = dates.published.end if dates.published is not None else None
    if end is not None and (when.word in UNTIL or "/" in when.expression.timex):
        over = end <= published if published is not None else verb is None or is_past(verb)
        return True if over else None
    goes_on = when.word == "since" and start is not None and (verb is None or is_perfect(verb) or is_present(verb))
    return False if goes_on else None


def _until_unknown(office: _Office, when: _When, dates: Dates) -> Role:
    """As in "until March" in a report without a date: when is not known, but that it is over is."""
    role, verb = office.role, office.verb
    over = when.word in UNTIL and role.former is None and (when.before or (verb is not None and is_past(verb)))
    if not over or when.signal is None:
        return role
    why = Reason("roles.tenure", f"“{when.word}” beside the office", dates.parse.span(when.signal))
    return replace(role, former=True, reasons=(*role.reasons, why))
