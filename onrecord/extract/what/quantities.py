"""Quantities: how many, as the report counts: "about 300 soldiers", "between 40 and 60", "dozens of monks"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.whereabouts import Whereabouts
from onrecord.lexicon import Row
from onrecord.record import Id, Quantity, Reading, Reason, Span, make_id

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,12}")
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
# Numbers of the pipeline that count nothing in the story.
NOT_COUNTED = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "ORDINAL"})
MONEY = frozenset({"$", "€", "£", "¥"})
AT_LEAST = frozenset({"at least", "more than"})
AT_MOST = frozenset({"at most", "up to", "fewer than", "less than"})
ABOUT = frozenset(["about", "around", "roughly", "approximately", "some", "nearly", "almost"])


@dataclass(frozen=True, slots=True)
class Count:
    """A number as its words give it: tokens ``first`` to ``last``, both included."""

    first: int
    last: int
    low: int | None
    high: int | None
    approximate: bool
    rule: str


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Quantity, ...]:
    """The stage ``quantities``: numbers of people, things and events; not dates, sums of money and shares."""
    places = Whereabouts.of(reading)
    events = {event.trigger.start: event.id for event in reading.events}
    timed = frozenset(token.i for time in reading.times for token in parse.tokens(time.span))
    found = []
    for count in _counts(
        parse.doc, tools.lexicons["quantity-words"].by_first_word, tools.lexicons["number-words"].by_key
    ):
        if count.first in timed or count.last in timed:
            continue
        counted = _counted(parse.doc, count)
        span = parse.between(parse.doc[count.first], parse.doc[count.last])
        of = _entity_or_event(counted, parse, places, events)
        unit = counted.lemma_.lower() if counted is not None else ""
        reason = Reason(count.rule, span.cut(reading.document.text), span)
        key = make_id("q", reading.document.id, span.start, span.end)
        found.append(Quantity(key, span, count.low, count.high, unit, count.approximate, of, (reason,)))
    return tuple(found)


def _entity_or_event(word: Token | None, parse: Parse, places: Whereabouts, events: dict[int, Id]) -> Id | None:
    if word is None:
        return None
    span: Span = parse.span(word)
    if span.start in events:
        return events[span.start]
    entity = places.entity(places.at_head(span))
    return entity.id if entity is not None else None


def _counts(doc: Doc, phrases: Mapping[str, tuple[Row, ...]], numbers: Mapping[str, Row]) -> Iterator[Count]:
    """Every number of the text once, from left to right."""
    i = 0
    while i < len(doc):
        count = _by_phrase(doc, i, phrases.get(doc[i].lower_, ())) or _by_number(doc, i, numbers)
        if count is None:
            i += 1
            continue
        count = _ranged(doc, count, numbers)
        yield count
        i = count.last + 1


def _by_phrase(doc: Doc, i: int, rows: tuple[Row, ...]) -> Count | None:
    for row in rows:
        words = row.key.split()
        if [token.lower_ for token in doc[i : i + len(words)]] == words and doc[i].ent_type_ not in NOT_COUNTED:
            high = int(row["max"]) if row["max"] else None
            return Count(i, i + len(words) - 1, int(row["min"]), high, row["approximate"] == "yes", row.rule)
    return None


def _by_number(doc: Doc, i: int, numbers: Mapping[str, Row]) -> Count | None:
    token = doc[i]
    between = i > 0 and doc[i - 1].lower_ == "between" and token.dep_ == "nummod"  # taken for years by the pipeline
    if token.pos_ != "NUM" or (token.ent_type_ in NOT_COUNTED and not between) or (i and doc[i - 1].text in MONEY):
        return None
    value, last = _value(doc, i, numbers)
    if value is None or (last + 1 < len(doc) and doc[last + 1].lower_ in {"%", "percent", "o'clock"}):
        return None
    return Count(i, last, value, value, False, "quantities.number")


def _value(doc: Doc, i: int, numbers: Mapping[str, Row]) -> tuple[int | None, int]:
    """The number that begins at a token, scales included ("3 million"), and its last token."""
    word = doc[i].lower_
    row = numbers.get(word)
    if DIGITS.fullmatch(word):
        value = int(word.replace(",", ""))
    elif row is not None:
        value = int(row["value"])
    else:
        return None, i
    last = i
    while last + 1 < len(doc) and doc[last + 1].lower_ in SCALES and value < 10**12:
        last += 1
        value *= SCALES[doc[last].lower_]
    return value, last


def _ranged(doc: Doc, count: Count, numbers: Mapping[str, Row]) -> Count:
    """With what stands around a number: "between 40 and 60", "at least 12", "about 300"."""
    if count.rule != "quantities.number":
        return count
    second = _second(doc, count.last + 1, numbers)
    first, last, low, high = count.first, count.last, count.low, count.high
    approximate = count.approximate
    if second is not None and low is not None and second[0] >= low:
        high, last = second
        approximate = True
    before = doc[first - 1].lower_ if first else ""
    two = f"{doc[first - 2].lower_} {before}" if first > 1 else ""
    if before == "between" and high != low:
        first -= 1
    elif two in AT_LEAST or before == "over":
        first, high = first - (2 if two in AT_LEAST else 1), None
    elif two in AT_MOST:
        first, low = first - 2, None
    elif before in ABOUT:
        first, approximate = first - 1, True
    return Count(first, last, low, high, approximate, count.rule)


def _second(doc: Doc, i: int, numbers: Mapping[str, Row]) -> tuple[int, int] | None:
    """The second number of a range that goes on at a token, and its last token."""
    if i + 1 >= len(doc) or doc[i].lower_ not in {"to", "-", "–", "and"}:
        return None
    if doc[i].lower_ == "and" and (i < 2 or doc[i - 2].lower_ != "between"):
        return None
    value, last = _value(doc, i + 1, numbers) if doc[i + 1].pos_ == "NUM" else (None, i)
    return (value, last) if value is not None else None


def _counted(doc: Doc, count: Count) -> Token | None:
    """The noun that is counted: "monks" of "300 monks" and of "dozens of monks"."""
    last = doc[count.last]
    for child in last.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((low for low in child.children if low.dep_ == "pobj"), None)
    word = last
    for _ in range(4):
        if (
            word.dep_ not in {"nummod", "quantmod", "compound", "amod", "det", "conj", "punct", "npadvmod"}
            or word.head.i == word.i
        ):
            break
        word = word.head
        if word.pos_ in {"NOUN", "PROPN"} and word.i > count.last:
            return word
    return None
