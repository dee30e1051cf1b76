"""Retelling: which tellings of a report are of one event: one act, a shared participant, nothing in conflict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from onrecord.extract.what.predicates import Told
from onrecord.extract.when.timewords import ORDINAL
from onrecord.lexicon import Row
from onrecord.record import Event, Participant, Reason, TimeInterval

# How many tellings of one act are looked back over; and, for a noun that takes up another word's act, how many
# tellings and how many words.
BACK, BACK_OTHER, FAR = 8, 12, 160
# Nouns of one act that have no singular.
PLURAL = frozenset({"talk", "negotiation"})
Telling = tuple[Told, Event]


def joined(found: list[Telling], taken_up: Mapping[str, Row]) -> tuple[Event, ...]:
    """Later tellings of one event pointed at the first. ``taken_up``: the rows of taken-up.csv."""
    earlier: dict[str, list[Telling]] = {}
    recent: list[Telling] = []
    kept = []
    for told, event in found:
        first, reason = _first(told, event, earlier.get(told.act, []), recent, taken_up)
        if first is not None and reason is not None:
            event = replace(event, same_as=first.same_as or first.id, reasons=(*event.reasons, reason))
        earlier.setdefault(told.act, []).append((told, event))
        del earlier[told.act][:-BACK]
        recent.append((told, event))
        del recent[:-BACK_OTHER]
        kept.append(event)
    return tuple(kept)


def _first(
    told: Told, event: Event, same_act: list[Telling], recent: list[Telling], taken_up: Mapping[str, Row]
) -> tuple[Event | None, Reason | None]:
    """The earlier telling of the event, and why."""
    for other, first in reversed(same_act):
        if not _told_apart(other, told) and _same(told, first, event, _again(other, told)):
            return first, Reason("events.told-before", first.predicate, first.trigger, 0.7)
    row = taken_up.get(told.row.key) if told.row is not None and told.nominal and _definite(told) else None
    if row is not None and (told.head.tag_ != "NNS" or row.key in PLURAL) and not _is_told_whole(told):
        if any(word.lower_ in ORDINAL for word in told.head.lefts):  # "the second attack"
            return None, None
        acts = set(row.words("acts"))
        for other, first in reversed(recent):
            near = told.head.i - other.head.i <= FAR and other.head.i < told.head.sent.start
            again = told.head.tag_ == "NN" or row.key in PLURAL
            if near and other.act in acts and not _told_apart(other, told) and _same(told, first, event, again):
                return first, Reason(row.rule, first.predicate, event.trigger, 0.6)
    return None, None


def _told_apart(first: Told, later: Told) -> bool:
    """Whether a noun tells another act than the one before: "the second raid", "the election" after "elections"."""
    if not (first.nominal and later.nominal):
        return False
    if _is_told_whole(later):
        return True
    numbers = [next((w.lower_ for w in told.head.lefts if w.lower_ in ORDINAL), "") for told in (first, later)]
    return (numbers[0] != numbers[1] and bool(numbers[1])) or (first.head.tag_, later.head.tag_) == ("NNS", "NN")


def _is_told_whole(told: Told) -> bool:
    """Whether a noun says itself which act it is, and so takes up none: "the revolt in Tarvik in 1958"."""
    inside = (word for of in told.head.rights if of.dep_ == "prep" for word in of.rights if word.dep_ == "pobj")
    return any(word.ent_type_ in {"DATE", "GPE", "LOC"} for word in inside)


def _same(told: Told, first: Event, later: Event, again: bool) -> bool:
    """Conservative: a definite noun that takes an act up again, or the same act with both sides the same.

    ``again``: whether the noun may take an act up without naming anybody.
    """
    if first.when is not None and later.when is not None and not _may_meet(first.when, later.when):
        return False
    if first.where is not None and later.where is not None and first.where != later.where:
        return False
    own = set(_of_its_own(later))
    shared = {p.entity for p in first.participants} & {p.entity for p in own}
    if told.nominal and _definite(told):
        return bool(shared) or (not own and again)
    sides = {p.part for p in later.participants}
    same = {(p.part, p.entity) for p in first.participants} == {(p.part, p.entity) for p in later.participants}
    return same and {"actor", "recipient"} <= sides


def _again(first: Told, later: Told) -> bool:
    """Whether a noun may take up what the same noun told before: "the talks" after "talks", one noun for one act."""
    if later.head.tag_ == "NN" or (later.row is not None and later.row.key in PLURAL):
        return True
    return first.nominal and first.head.tag_ == later.head.tag_ and later.head.i - first.head.i <= FAR


def _of_its_own(event: Event) -> Iterator[Participant]:
    """Who takes part by the telling itself, and not because the act is laid on him."""
    blamed = {reason.note for reason in event.reasons if reason.rule.startswith("blame-words#")}
    yield from (p for p in event.participants if not (p.part == "actor" and p.entity in blamed))


def _definite(told: Told) -> bool:
    return any(child.lower_ in {"the", "this", "that", "these", "those"} for child in told.head.lefts)


def _may_meet(a: TimeInterval, b: TimeInterval) -> bool:
    """Whether two intervals overlap; an open side reaches everywhere."""
    before = a.end is not None and b.start is not None and a.end <= b.start
    after = b.end is not None and a.start is not None and b.end <= a.start
    return not before and not after
