"""Tallies: how many of one thing there were, told with different verbs, set side by side.

"Seized 1,200 drums", "counted 640 drums", "a shed holding 900 drums" and "the ministry's figure of 640" are four acts
and one number in dispute. Two tallies are of one find where their sentences share so many rare words, where one report
tells both as the word of two voices, or where reports of one affair give the very same number; and so are all that hang
together by these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from math import log

from onrecord.join.rows import lexicon
from onrecord.join.says.conflicts import link_of_positions
from onrecord.join.says.positions import PEOPLE, Position, Told
from onrecord.join.says.voices import Speakers, Speaking
from onrecord.join.what.signs import rarity, stem
from onrecord.join.what.telling import content_words
from onrecord.join.who.decided import Ties
from onrecord.lexicon import Row
from onrecord.names import bare, fold
from onrecord.record import Id, Link, LinkKind, Quantity, Reading, Reason, Span, Status, make_id

# Fewer of a thing than this are told in passing.
MANY = 10
# And fewer people than this.
SOME = 3
# So many rare words, and so much rarity, two sentences about one find share.
SHARED, RARE = 2, 7.0
# So many names two reports share that give the same number of one thing, and so much they weigh.
COMPANY = 2
# Of very many tallies of one thing the first so many are set side by side.
MOST = 60
# How far behind a number a word may stand that says of it how it is known ("the 640 announced by").
REACH = 40
# Units of measure that count no things either.
MEASURES = frozenset({"percent", "per cent", "mile", "kilometre", "kilometer", "metre", "meter", "foot", "inch", "acre",
                      "hectare", "time", "point", "vote", "page"})  # fmt: skip
# Days between two reports whose words alone show that they are about one find.
MONTH = 31
_OF = re.compile(r"\s+of\s+(\w+(?:\s+\w+){0,2})")
_THERE = re.compile(r"\bthere\s+(?:were|was|are|is|had\s+been|have\s+been)\s*\W?$", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_BARE = re.compile(r"\b(?:of|at)\s+(\d{1,3}(?:,\d{3})+|\d{2,7})\b(?![.,]\d|\s*[%°:])")


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of things that were there: as a position, with the nouns it may be told by and what is in them.

    ``of``: the stems of what they hold ("crates of lemons"); ``row``: the rule that takes it for a tally; ``narrow``:
    that by which it is one of a narrower noun.
    """

    position: Position
    of: frozenset[str]
    row: str
    words: frozenset[str]
    narrow: str = ""

    @property
    def number(self) -> Quantity:
        """The number."""
        value = self.position.value
        assert isinstance(value, Quantity)
        return value


def compare_tallies(told: Iterable[Told], speakers: Speakers) -> Iterator[Link]:
    """The links among tallies that differ, each side with its words. ``told``: all tellings of all reports."""
    groups: dict[str, list[Tally]] = {}
    for telling in _by_reading(told).values():
        for tally in tallies(telling, speakers):
            groups.setdefault(tally.position.thing, []).append(tally)
    for group in groups.values():
        kept = sorted(group, key=_place)[:MOST]
        finds = _finds(kept)
        for (a, left), (b, right) in combinations(enumerate(kept), 2):
            if finds.end(str(a)) == finds.end(str(b)):
                yield from _link(left, right)


def _place(tally: Tally) -> tuple[object, ...]:
    told = tally.position.told
    return (told.day or 0, told.report, tally.position.words)


def _link(left: Tally, right: Tally) -> Iterator[Link]:
    if left.position.told.event.id == right.position.told.event.id:
        return
    link = link_of_positions(left.position, right.position)
    if link is not None and link.kind is not LinkKind.AGREES:
        yield link


def _finds(kept: Sequence[Tally]) -> Ties:
    """Which tallies are of one find."""
    pairs = combinations(enumerate(kept), 2)
    return Ties((str(a), str(b)) for (a, left), (b, right) in pairs if of_one_find(left, right))


def _by_reading(told: Iterable[Told]) -> Mapping[Id, list[Told]]:
    found: dict[Id, list[Told]] = {}
    for one in told:
        found.setdefault(one.report, []).append(one)
    return {report: sorted(group, key=lambda one: one.event.trigger) for report, group in found.items()}


# ------------------------------------------------------------------------------------------------ in one report


def tallies(told: Sequence[Told], speakers: Speakers) -> Iterator[Tally]:
    """The numbers of things that a report gives as having been there. ``told``: its tellings, in their order."""
    if not told:
        return
    found: dict[Span, Tally] = {}
    for one in told:
        for tally in _of_verb(one):
            found.setdefault(tally.number.span, tally)
    found = {span: _narrowed(tally) for span, tally in found.items()}
    for tally in _of_people(told):
        found.setdefault(tally.number.span, tally)
    yield from found.values()
    if found:
        yield from _of_nouns(told, list(found.values()), speakers)


def _of_verb(told: Told) -> Iterator[Tally]:
    """The numbers in the clause of a verb that tells how many there were."""
    event, text = told.event, told.reading.document.text
    if event.status is not Status.HAPPENED:
        return
    verb = _verb(told)
    voice = next((voice for voice in told.voices if voice.statement == event.statement), None)
    clause = event.clause or event.trigger
    for quantity in told.reading.quantities:
        near = quantity.of == event.id or clause.contains(quantity.span)
        if voice is None or not near:
            continue
        there = (
            _rows("tally-verbs").get("there be", "")
            if _THERE.search(text[max(0, quantity.span.start - REACH) : quantity.span.start])
            else ""
        )
        if (verb or there) and _counts(quantity, text):
            yield _tally(told, voice, quantity, verb or there)


def _narrowed(tally: Tally) -> Tally:
    """A number of a wider noun as one of the only narrower noun that its report has for such things."""
    row = _sort_told(tally.position.told.reading, tally.number.unit)
    if row is None:
        return tally
    number = replace(tally.number, unit=row.key)
    return replace(tally, position=replace(tally.position, thing=row.key, value=number), narrow=row.rule)


def _sort_told(reading: Reading, unit: str) -> Row | None:
    """The row of the one noun in a report that is narrower than another; None if there is none, or several."""
    sorts = [row for row in lexicon("wider-nouns") if row["wider"] == unit]
    text = reading.document.text
    told = [row for row in sorts if re.search(rf"\b{row.key[:-1]}(?:{row.key[-1]}|ie)s?\b", text, re.IGNORECASE)]
    return told[0] if len(told) == 1 else None


def _of_people(told: Sequence[Told]) -> Iterator[Tally]:
    """The numbers of people whom the nearest word of their sentence tells to be dead, hurt or held."""
    reading = told[0].reading
    for quantity in reading.quantities:
        if quantity.of is None or (quantity.unit not in PEOPLE and quantity.unit) or not _is_many(quantity, SOME):
            continue
        sentence = next((s.span for s in reading.sentences if s.span.contains(quantity.span)), quantity.span)
        row = _nearest(sentence, quantity, reading.document.text)
        inside = [one for one in told if one.event.status is Status.HAPPENED and sentence.contains(one.event.trigger)]
        host = min(inside, key=lambda one: _host_order(one, quantity), default=None)
        if row is None or host is None or _of_part(quantity, reading.document.text):
            continue
        voice = next((voice for voice in host.voices if voice.statement == host.event.statement), None)
        if voice is None:
            continue
        tally = _tally(host, voice, quantity, row.rule)
        position = replace(tally.position, thing=f"people {row['class']}")
        yield replace(tally, position=position, of=frozenset(), words=tally.words - set(_tolls()))


def _host_order(told: Told, quantity: Quantity) -> tuple[bool, bool, int]:
    """Of the tellings in the sentence of a number that comes first whose clause holds it, and which it counts."""
    event = told.event
    near = abs(event.trigger.start - quantity.span.start)
    counted = quantity.of in {event.id, *(one.entity for one in event.participants)}
    return not (event.clause or event.trigger).contains(quantity.span), not counted, near


def _nearest(sentence: Span, quantity: Quantity, text: str) -> Row | None:
    """The row of the word nearest to a number that says what befell people; behind "the number of", of the first."""
    words = ((word.start(), stem(word[0])) for word in _WORD.finditer(text.lower(), sentence.start, sentence.end))
    found = [(at, word) for at, word in words if word in _tolls()]
    opened = text.lower().find("number of", sentence.start, quantity.span.start)
    behind = [(at, word) for at, word in found if 0 <= opened < at < quantity.span.start]
    word = min(behind or [(abs(at - quantity.span.start), word) for at, word in found], default=None)
    return _tolls()[word[1]] if word else None


def _of_part(quantity: Quantity, text: str) -> bool:
    """Whether a number is a part of others ("three of the six")."""
    return text[quantity.span.end : quantity.span.end + 12].split()[:1] == ["of"]


@cache
def _tolls() -> Mapping[str, Row]:
    return {stem(row.key): row for row in lexicon("toll-words")}


def _tally(told: Told, voice: Speaking, quantity: Quantity, row: str) -> Tally:
    reading = told.reading
    of = _OF.match(reading.document.text, _end_of_noun(reading.document.text, quantity))
    sentence = next((s.span for s in reading.sentences if s.span.contains(quantity.span)), quantity.span)
    words = frozenset(map(stem, content_words(sentence.cut(reading.document.text))))
    position = Position("quantity", quantity.unit, quantity, told, voice, quantity.span)
    return Tally(
        position, frozenset(map(stem, content_words(of[1]))) if of else frozenset(), row, words - {stem(quantity.unit)}
    )


def _end_of_noun(text: str, quantity: Quantity) -> int:
    """Where the noun of a number ends, which stands behind it in one of its forms."""
    for word in _WORD.finditer(text, quantity.span.end, quantity.span.end + REACH):
        if stem(word[0]) == stem(quantity.unit) or word[0].startswith(quantity.unit):
            return word.end()
    return quantity.span.end


def _counts(quantity: Quantity, text: str) -> bool:
    """Whether a number is one of things, many enough, and no part of others ("40 of them")."""
    after = text[quantity.span.end : quantity.span.end + 12].split()
    things = bool(quantity.unit) and quantity.unit not in PEOPLE and quantity.unit not in measures()
    return things and _is_many(quantity) and after[:1] != ["of"]


def _is_many(quantity: Quantity, least: int = MANY) -> bool:
    return (quantity.min or quantity.max or 0) >= least


def _verb(told: Told) -> str:
    """The row of a verb that tells how many there were, alone or with the word behind it; empty if it is none."""
    event, text = told.event, told.reading.document.text
    after = text[event.trigger.end : event.trigger.end + 12].split()
    for key in (f"{event.predicate} {after[0].lower()}" if after else "", event.predicate):
        if key in _rows("tally-verbs"):
            return _rows("tally-verbs")[key]
    return ""


def _of_nouns(among: Sequence[Told], known: Sequence[Tally], speakers: Speakers) -> Iterator[Tally]:
    """Numbers that stand for the noun told before: "the ministry's figure of 640", "the 640 announced by"."""
    reading = among[0].reading
    text = reading.document.text
    spans = {tally.number.span for tally in known}
    for quantity in (*reading.quantities, *_bare(reading)):
        row = _stands_alone(text, quantity)
        before = [tally for tally in known if tally.number.span.start < quantity.span.start]
        if quantity.span in spans or not row or not before or not _is_many(quantity):
            continue
        tied = min(reversed(before), key=lambda one: _apart(one.number, quantity))
        who = _whose(reading, quantity)
        voice = tied.position.voice if who is None else speakers.of_source(tied.position.voice, who)
        told, value = _host(among, quantity, tied), replace(quantity, unit=tied.number.unit)
        position = Position("quantity", tied.position.thing, value, told, voice, quantity.span)
        yield replace(tied, position=position, row=row, words=frozenset())


def _bare(reading: Reading) -> Iterator[Quantity]:
    """Numbers that count nothing where they stand, and so are none of the reading's."""
    for found in _BARE.finditer(reading.document.text):
        span = Span(*found.span(1))
        if not any(span.overlaps(quantity.span) for quantity in reading.quantities):
            number = int(found[1].replace(",", ""))
            yield Quantity(make_id("q", reading.document.id, span), span, number, number)


def _host(among: Sequence[Told], quantity: Quantity, tied: Tally) -> Told:
    """The telling beside which a number stands: of its sentence; else that of the number which it goes back to."""
    reading = among[0].reading
    sentence = next((s.span for s in reading.sentences if s.span.contains(quantity.span)), quantity.span)
    own = [one for one in among if sentence.contains(one.event.trigger) and one.event.id != tied.position.told.event.id]
    return min(own, key=lambda one: abs(one.event.trigger.start - quantity.span.start), default=tied.position.told)


def _apart(one: Quantity, other: Quantity) -> float:
    """How far apart two numbers are, as a factor's logarithm."""
    return abs(log((one.max or one.min or 1) / (other.max or other.min or 1)))


def _stands_alone(text: str, quantity: Quantity) -> str:
    """The row of the noun before or the verb behind a number by which it stands for what was counted before."""
    before = fold(text[max(0, quantity.span.start - REACH) : quantity.span.start]).split()[-2:]
    after = fold(text[quantity.span.end : quantity.span.end + REACH]).split()[:2]
    nouns, verbs = _rows("tally-nouns"), _rows("tally-reports")
    if len(before) == 2 and before[1] in {"of", "at"} and before[0] in nouns:
        return nouns[before[0]]
    if len(after) == 2 and after[1] == "by" and after[0] in verbs:
        return verbs[after[0]]
    return ""


def _whose(reading: Reading, quantity: Quantity) -> Id | None:
    """Whose number it is: the owner before its noun, or who is named behind "by"; None if nobody is."""
    sentence = next((s.span for s in reading.sentences if s.span.contains(quantity.span)), quantity.span)
    inside = [m for m in reading.mentions if m.means is not None and sentence.contains(m.span)]
    before = [m for m in inside if m.span.end <= quantity.span.start and quantity.span.start - m.span.end <= REACH // 2]
    after = [m for m in inside if m.span.start >= quantity.span.end and m.span.start - quantity.span.end <= REACH // 2]
    text = reading.document.text
    by = "by" in text[quantity.span.end : quantity.span.end + REACH].split()[:2]
    chosen = next(iter(after if by else reversed(before)), None)
    return chosen.means if chosen is not None else None


@cache
def measures() -> frozenset[str]:
    """Units of time and of money, which count no things."""
    times, money = lexicon("time-units"), lexicon("currencies")
    return (
        frozenset(fold(word) for rows in (times, money) for row in rows for word in (row.key, *row.values.values()))
        | MEASURES
    )


@cache
def _rows(name: str) -> Mapping[str, str]:
    """The keys of a lexicon, each with the name of its row."""
    return {row.key: row.rule for row in lexicon(name)}


# ------------------------------------------------------------------------------------------------ of one find


def of_one_find(one: Tally, other: Tally) -> bool:
    """Whether two tallies of one noun are of the same things."""
    if one.of and other.of and one.of.isdisjoint(other.of):
        return False
    if one.position.told.report == other.position.told.report:
        return one.position.voice.key != other.position.voice.key
    shared = one.words & other.words
    here, there = one.position.told.day, other.position.told.day
    soon = here is None or there is None or abs(here - there) <= MONTH
    if soon and len(shared) >= SHARED and sum(map(rarity, shared)) >= RARE:
        return True
    near = not one.of.isdisjoint(other.of) or (
        one.number.min == other.number.min and one.number.max == other.number.max
    )
    return near and len(_company(one) & _company(other)) >= COMPANY


def _company(tally: Tally) -> frozenset[str]:
    return _named(tally.position.told.reading)


def _named(reading: Reading) -> frozenset[str]:
    """The names in a report, as they are compared."""
    return frozenset(bare(entity.name) for entity in reading.entities if entity.named) - {""}


def tally_reasons(reading: Reading) -> tuple[Reason, ...]:
    """What each number in a report is taken for a tally by."""
    speakers = Speakers([reading], reading.entities, {}, ())
    told = [Told(event, reading, speakers.of(event, reading.document.id), None) for event in reading.events]
    found = ((rule, one.number.span) for one in tallies(told, speakers) for rule in (one.row, one.narrow) if rule)
    return tuple(Reason(rule, "a number of how many there were", span) for rule, span in found)
